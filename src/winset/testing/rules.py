"""Rules, switches, levers and leader types of random cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from winset.case.model import (
    AtLeast,
    Change,
    Choice,
    Compare,
    Condition,
    Consents,
    Constituency,
    Flag,
    Happened,
    Held,
    Measure,
    Not,
    Option,
    Rule,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.testing.parts import NOWHERE, Draw

_RuleKind = Literal["needs", "helps", "excludes", "refuses"]


def choices(
    dice: Draw,
    parties: Sequence[str],
    members: Sequence[Constituency],
    measures: Sequence[Measure],
) -> tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]]:
    """Return switches, levers and leader types; changes reach numbers and forms of the model."""
    switches = []
    if dice.chance(2):
        change = dice.among(
            Change("settings/red_lines", "=", "off"),
            Change("settings/ladder", "=", "stepwise"),
            Change("settings/scope", "=", "hard"),
            Change(f"constituencies/{members[0].id}/threshold", "+=", "0.5"),
            Change(f"measures/{measures[0].id}/effort", "*=", "2"),
        )
        switches.append(
            _choice("Z1", "switch", {"no": (), "yes": (change,)}, dice.among("no", "yes"))
        )
    profile = dict.fromkeys(("low", "none", "normal", "display"), ())
    stage = dict.fromkeys(("one", "two", "three"), ())
    levers = (
        _choice("profile", "lever", profile, dice.among("normal", "low", "none", "display")),
        _choice("stage", "lever", stage, dice.among("one", "two", "three")),
    )
    leaders = []
    if dice.chance(3):
        softer = Change(f"constituencies/{members[0].id}/threshold", "-=", "0.5")
        leaders.append(
            _choice(
                parties[0], "leader", {"plain": (), "warm": (softer,)}, dice.among("plain", "warm")
            )
        )
    return tuple(switches), levers, tuple(leaders)


def _choice(
    name: str,
    kind: Literal["switch", "lever", "leader"],
    options: Mapping[str, tuple[Change, ...]],
    default: str,
) -> Choice:
    weight = 1 / len(options) if kind == "switch" else 0.0
    return Choice(
        id=name,
        kind=kind,
        question="",
        options=tuple(
            Option(option, option, "", weight, changes, (), "A", (), "", NOWHERE)
            for option, changes in options.items()
        ),
        default=default,
        refs=(),
        at=NOWHERE,
    )


def rules(
    dice: Draw,
    measures: Sequence[Measure],
    members: Sequence[Constituency],
    switches: Sequence[Choice],
) -> tuple[Rule, ...]:
    """Return up to four rules; each reads only measures before its own."""
    found = []
    for place in range(dice.whole(0, 4)):
        kind: _RuleKind = dice.among("needs", "helps", "excludes", "refuses")
        at = dice.whole(0, len(measures) - 1)
        before = measures[:at]
        condition = (
            _conflict(dice, before) if kind == "excludes" else _all(dice, before, members, kind)
        )
        if kind == "refuses" and dice.chance(4):
            condition = None
        if condition is None and kind != "refuses":
            continue
        switch = f"switches/Z1={dice.among('no', 'yes')}" if switches and dice.chance(3) else ""
        found.append(
            Rule(
                id=f"R{place + 1}",
                kind=kind,
                who=(members[0].id,) if kind == "refuses" else (),
                rungs=(dice.among(*measures[at].rungs).id,),
                condition=condition,
                condition_text="" if condition is None else written(condition),
                read_by=("path",) if dice.chance(8) else ("reach", "path"),
                switch=switch,
                says="Prose." if condition is None else "",
                basis="A",
                refs=(),
                note="",
                at=NOWHERE,
            )
        )
    return tuple(found)


def _conflict(dice: Draw, before: Sequence[Measure]) -> Condition | None:
    if not before:
        return None
    rung = dice.among(*dice.among(*before).rungs)
    return RungAtLeast(rung.measure, rung.level)


def _all(
    dice: Draw, before: Sequence[Measure], members: Sequence[Constituency], kind: str
) -> Condition:
    if kind != "helps" and dice.chance(4):
        consents = Consents(dice.among(*members).id)
        if dice.chance(2):
            return consents
        return AtLeast(2, (consents, _any(dice, before, members)))
    parts = tuple(_any(dice, before, members) for _ in range(dice.among(1, 1, 2)))
    return parts[0] if len(parts) == 1 else AtLeast(len(parts), parts)


def _any(dice: Draw, before: Sequence[Measure], members: Sequence[Constituency]) -> Condition:
    atoms = tuple(dict.fromkeys(_atom(dice, before, members) for _ in range(dice.whole(1, 3))))
    if len(atoms) == 1:
        return atoms[0]
    return AtLeast(2 if len(atoms) == 3 and dice.chance(3) else 1, atoms)


def _atom(dice: Draw, before: Sequence[Measure], members: Sequence[Constituency]) -> Condition:
    if before and not dice.chance(3):
        rung = dice.among(*dice.among(*before).rungs)
        return RungAtLeast(rung.measure, rung.level)
    return dice.among(
        Supports(dice.among(*members).id),
        Compare("state", "stage", dice.among(">=", "<=", "="), dice.among("two", "one", "three")),
        Compare("attitude", "OUT", ">=", "0"),
        Compare("threat", "OUT", ">=", dice.among("1", "0", "mark")),
        Compare("parameter", "mark", dice.among(">=", "<="), "0.5"),
        Flag("law"),
        Not(Flag("law")),
        Venue("place"),
        Happened("X1"),
        Held(*_first(before), 2) if before else Flag("law"),
    )


def _first(before: Sequence[Measure]) -> tuple[str, int]:
    return before[0].id, 1


def written(condition: Condition) -> str:
    """Write a condition in the language of case folders."""
    match condition:
        case RungAtLeast(measure, level):
            return f"{measure}.{level}"
        case Consents(who):
            return f"consents({who})"
        case Supports(who):
            return f"support({who})"
        case Compare(subject, name, operator, value):
            return f"{subject}({name}) {operator} {value}"
        case Flag(name):
            return f"flag({name})"
        case Venue(name):
            return f"venue({name})"
        case Happened(shock):
            return f"shock({shock})"
        case Held(measure, level, quarters):
            return f"{measure}.{level} held {quarters}"
        case Not(item):
            return f"not {_wrapped(item)}"
        case AtLeast(count, items):
            if count == len(items):
                return " and ".join(map(_wrapped, items))
            if count == 1:
                return " or ".join(map(_wrapped, items))
            return f"{count} of ({', '.join(map(written, items))})"


def _wrapped(condition: Condition) -> str:
    text = written(condition)
    compound = isinstance(condition, AtLeast) and " of (" not in text.split(" or ")[0]
    return f"({text})" if compound else text
