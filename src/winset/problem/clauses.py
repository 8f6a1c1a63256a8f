"""Conditions of a case as clauses over "this measure stands at that level or above"."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from winset.case.model import (
    AtLeast,
    Compare,
    Condition,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    Rule,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.errors import AskError
from winset.problem.consent import Consent
from winset.problem.frame import Bools, Floats
from winset.problem.names import ClauseName

Literal = tuple[str, int, bool]
"""Measure, level, and whether it must stand at the level or above (else below)."""


@dataclass(frozen=True)
class Clause:
    """A disjunction of literals, on in some worlds."""

    name: ClauseName
    literals: tuple[Literal, ...]
    on: Bools
    """[world]"""
    hard: bool
    within: bool = False
    """Made for one floor row: asks only while the measure stands at some of the rungs above."""


@dataclass(frozen=True)
class NeedsFloor:
    """A rule that asks for the consent of one constituency to one rung."""

    rule: Rule
    who: str
    rung: str
    on: Bools


@dataclass(frozen=True)
class _Part:
    """One clause of a condition in conjunctive form."""

    literals: frozenset[Literal]
    met: Bools
    """[world] whether facts alone already meet it."""
    consents: frozenset[str] = frozenset()


def clauses(consent: Consent) -> tuple[list[Clause], list[NeedsFloor]]:
    """Turn every rule that ``reach`` reads into clauses and consents of single rungs."""
    found: list[Clause] = []
    floors: list[NeedsFloor] = []
    for rule in consent.frame.case.rules:
        if "reach" not in rule.read_by:
            continue
        for rung in rule.rungs:
            _add_rule(consent, rule, rung, found, floors)
    return found, floors


def _add_rule(
    consent: Consent, rule: Rule, rung: str, found: list[Clause], floors: list[NeedsFloor]
) -> None:
    frame = consent.frame
    noun = frame.case.rung[rung]
    if noun.level <= frame.status_quo(noun.measure) and rule.kind != "excludes":
        return
    holds = _holds(consent, rule)
    condition = rule.condition
    if rule.kind == "excludes":
        condition = None if condition is None else Not(condition)
    kind = {"needs": "prerequisite", "helps": "helps", "excludes": "conflict"}
    name = ClauseName(kind.get(rule.kind, "red line"), rule.id, rung)  # type: ignore[arg-type]
    parts = [_Part(frozenset(), np.zeros(frame.count, dtype=bool))]
    if condition is not None:
        parts = _conjunctive(consent, condition, rung)
    for part in parts:
        on = holds & ~part.met
        if part.consents:
            _only_consent(rule, part)
            floors.extend(NeedsFloor(rule, who, rung, on) for who in sorted(part.consents))
            continue
        literals = ((noun.measure, noun.level, False), *sorted(part.literals))
        if _met_today(consent, literals):
            found.append(Clause(name, literals, on, rule.kind != "helps"))


def _met_today(consent: Consent, literals: tuple[Literal, ...]) -> bool:
    """Return whether the status quo satisfies the clause: what stands is not asked again."""
    return any(
        (consent.frame.status_quo(measure) >= level) == at_least
        for measure, level, at_least in literals
    )


def _only_consent(rule: Rule, part: _Part) -> None:
    if part.literals or len(part.consents) > 1:
        message = (
            f"{rule.at}: rule {rule.id} offers consents(...) as one of several alternatives; "
            "a consent can only be required on its own. Write one row for each alternative."
        )
        raise AskError(message)


def _holds(consent: Consent, rule: Rule) -> Bools:
    """Return in which worlds a rule stands at all."""
    frame = consent.frame
    holds = np.ones(frame.count, dtype=bool)
    if rule.switch:
        address, _, option = rule.switch.partition("=")
        holds = frame.chosen(address, option)
    if rule.kind == "refuses":
        holds = holds & frame.is_set("red_lines", "on")
    return holds


def _conjunctive(consent: Consent, condition: Condition, rung: str) -> list[_Part]:
    """Rewrite a condition as parts that must all hold, each a disjunction."""
    match condition:
        case Not(item):
            return _conjunctive(consent, _negated(item), rung)
        case AtLeast(count, items):
            parts = []
            for some in combinations(items, len(items) - count + 1):
                choices = [_conjunctive(consent, item, rung) for item in some]
                parts.extend(_any_of(choices))
            return parts
        case _:
            return [_atom(consent, condition, rung)]


def _negated(item: Condition) -> Condition:
    match item:
        case Not(inner):
            return inner
        case AtLeast(count, items):
            return AtLeast(len(items) - count + 1, tuple(Not(each) for each in items))
        case _:
            return _Negated(item)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Negated:
    """An atom that must not hold."""

    item: Condition


def _any_of(choices: list[list[_Part]]) -> list[_Part]:
    """Distribute "or" over lists of parts."""
    result = choices[0]
    for more in choices[1:]:
        result = [
            _Part(one.literals | other.literals, one.met | other.met, one.consents | other.consents)
            for one in result
            for other in more
        ]
    return result


def _atom(consent: Consent, atom: Condition | _Negated, rung: str) -> _Part:
    frame = consent.frame
    never = np.zeros(frame.count, dtype=bool)
    match atom:
        case _Negated(RungAtLeast(measure, level)):
            return _Part(frozenset({(measure, level, False)}), never)
        case _Negated(inner):
            positive = _atom(consent, inner, rung)
            if positive.consents:
                message = f"A rule on {rung} asks that {inner} be refused; no rule can."
                raise AskError(message)
            return _Part(frozenset(), ~positive.met)
        case RungAtLeast(measure, level):
            return _Part(frozenset({(measure, level, True)}), never)
        case Consents(who):
            return _Part(frozenset(), never, frozenset({who}))
        case _:
            return _Part(frozenset(), fact(consent, atom, rung))


def fact(consent: Consent, atom: Condition, rung: str) -> Bools:
    """Return [world] whether something other than a rung or a consent is so at the as-of date."""
    frame = consent.frame
    match atom:
        case Supports(who):
            noun = frame.case.rung[rung]
            return consent.valued.gain[who, noun.measure][:, noun.level] >= 0.0
        case Flag(name) | Venue(name):
            return frame.flag(name)
        case Compare():
            return _compared(consent, atom, rung)
        case Happened() | Held():
            return np.zeros(frame.count, dtype=bool)
        case _:
            message = f"{atom!r} is not a fact of a case."
            raise TypeError(message)


def _compared(consent: Consent, atom: Compare, rung: str) -> Bools:
    frame = consent.frame
    if atom.subject == "state":
        address = f"levers/{atom.name}"
        names = [option.id for option in frame.case.choices[address].options]
        left = frame.worlds.options[address][frame.start : frame.stop].astype(np.float64)
        right = np.full(frame.count, float(names.index(atom.value)))
    else:
        measure = frame.case.rung[rung].measure
        match atom.subject:
            case "attitude":
                left = _attitude(consent, atom.name, measure)
            case "parameter":
                left = frame.parameter(atom.name)
            case _:
                left = np.zeros(frame.count)
        right = _operand(consent, atom.value)
    if atom.operator == ">=":
        return left >= right
    return left <= right if atom.operator == "<=" else left == right


def _attitude(consent: Consent, outsider: str, measure: str) -> Floats:
    """Return how an outsider takes a measure; one that nobody coded is indifferent."""
    address = f"attitudes/{outsider}/{measure}"
    if address in consent.frame.worlds.numbers:
        return consent.frame.number(address)
    return np.zeros(consent.frame.count)


def _operand(consent: Consent, text: str) -> Floats:
    try:
        return np.full(consent.frame.count, float(text))
    except ValueError:
        return consent.frame.parameter(text)
