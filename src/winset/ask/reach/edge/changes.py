"""Everything that could be otherwise, one thing at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from winset.case.model import Case, Measure
from winset.engine import without
from winset.engine.layout import Problem
from winset.problem import Compiled, compile_problem
from winset.words import edge as words
from winset.worlds import Worlds, redraw


@dataclass(frozen=True, slots=True)
class Trial:
    """One change, or several at once."""

    kind: str
    change: str
    label: str
    sets: tuple[str, ...] = ()
    """Changes of the case."""
    given: tuple[str, ...] = ()
    """Rungs that would be in place today."""
    waived: tuple[str, ...] = ()
    """Constituencies that would not be asked."""

    def __and__(self, other: Trial) -> Trial:
        """Both at once."""
        return Trial(
            "pair",
            f"{self.change} + {other.change}",
            f"{self.label}, and {other.label}",
            self.sets + other.sets,
            self.given + other.given,
            self.waived + other.waived,
        )


def trials(case: Case, unpriced: Collection[str]) -> list[Trial]:
    """List every single change, in case order.

    Parameters
    ----------
    unpriced
        Constituencies whose consent is never waived.
    """
    found = [
        Trial("rung", rung.id, words.in_place(rung.words.phrase), given=(rung.id,))
        for measure in case.measures
        for rung in measure.rungs
        if rung.level > measure.status_quo
    ]
    found += [
        Trial("consent", who.id, words.not_objecting(who.words.phrase), waived=(who.id,))
        for who in case.constituencies
        if who.id not in unpriced
    ]
    for choice in case.choices.values():
        for option in choice.options:
            if choice.kind != "switch" and option.id == choice.default:
                continue
            text = f"{choice.address} = {option.id}"
            reading = choice.kind == "switch"
            label = (
                words.reading(option.label) if reading else words.set_to(choice.id, option.label)
            )
            found.append(Trial(choice.kind, text, label, sets=(text,)))
    for flag, value in case.flags.items():
        text = f"flags/{flag} = {'false' if value else 'true'}"
        label = words.flag(flag, so=not value)
        found.append(Trial("flag", text, label, sets=(text,)))
    return found


def changed(worlds: Worlds, base: Compiled, trial: Trial) -> Problem:
    """State the same worlds, compiled as ``base``, with a change made."""
    drawn = redraw(worlds, trial.sets) if trial.sets else worlds
    if trial.given:
        drawn = replace(drawn, case=_given(drawn.case, trial.given))
    compiled = compile_problem(drawn) if trial.sets or trial.given else base
    owners = [compiled.names.owners.index(who) for who in trial.waived]
    return without(compiled.problem, owners=owners) if owners else compiled.problem


def _given(case: Case, rungs: Collection[str]) -> Case:
    """Return the case as it would be with some rungs in place today, and all below them."""
    tops = {case.rung[rung].measure: 0 for rung in rungs}
    for rung in rungs:
        noun = case.rung[rung]
        tops[noun.measure] = max(tops[noun.measure], noun.level)
    measures = tuple(_raised(m, tops[m.id]) if m.id in tops else m for m in case.measures)
    return replace(case, measures=measures)


def _raised(measure: Measure, level: int) -> Measure:
    rungs = tuple(
        replace(rung, status_quo=rung.status_quo or rung.level <= level) for rung in measure.rungs
    )
    return replace(measure, rungs=rungs)
