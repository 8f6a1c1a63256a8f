"""Regimes with something added or refused, and the ways in which a constraint can be relaxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from winset.case.model import Case
from winset.errors import AskError, nearest
from winset.exercise.calendar.consent import rungs_of
from winset.exercise.calendar.program import Program
from winset.exercise.calendar.regime import YEAR, Refusal, Regime, Window


@dataclass(frozen=True, slots=True)
class Relaxed:
    """One constraint, or several of a kind, with how it is relaxed."""

    name: str
    how: str
    names: tuple[str, ...]

    @property
    def group(self) -> str:
        """Constraints that may be priced together, next to each other in the list."""
        kind = self.name.partition(" ")[0]
        return _TOGETHER.get(kind, self.name)

    def of(self, program: Program) -> Program:
        """Return the looser program."""
        return program.loosened(self.name) if self.how == ONE_MORE else program.without(self.names)


ONE_MORE, DROPPED = "one more", "dropped"
WINDOWS = "all windows"
_KINDS = {
    WINDOWS: "window ",
    "all consents": "consent ",
    "all conversions": "watched ",
}
"""Constraints of a kind, by what their names begin with."""
_TOGETHER = {
    "lift": "means",
    "unit": "means",
    "load": "means",
    "most": "rhythm",
    "apart": "rhythm",
    "watched": "watched",
    "window": "window",
    "place": "place",
}


def relaxations(program: Program, regime: Regime) -> Iterator[Relaxed]:
    """Yield every constraint, first those of a kind together, then each alone."""
    for told, kind in _KINDS.items():
        names = tuple(name for name in program.names if name.startswith(kind))
        if len(names) > 1 or (told == WINDOWS and regime.windows):
            yield Relaxed(told, DROPPED, names)
    for line, drawn in _of_red_lines(regime).items():
        held = tuple(name for name in drawn if name in program.names)
        if held:
            yield Relaxed(f"red line {line}", DROPPED, held)
    for name in sorted(program.names, key=lambda name: _TOGETHER.get(name.partition(" ")[0], "")):
        yield Relaxed(name, ONE_MORE if name in program.steps else DROPPED, (name,))


def _of_red_lines(regime: Regime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in regime.places.values():
        if place.red_line:
            found.setdefault(place.red_line, []).append(f"place {place.id}")
    for window in regime.windows:
        if window.red_line:
            found.setdefault(window.red_line, []).append(f"window {window.id}")
    return found


def with_elections(regime: Regime, case: Case | None) -> Regime:
    """Add a window around every change of government that the case lists.

    Raises
    ------
    AskError
        The regime asks for the elections of a case and names none.
    """
    if regime.elections is None:
        return regime
    if case is None:
        message = "The regime asks for elections of a case and names none under consent."
        raise AskError(message)
    before, after, bars = regime.elections
    more = [
        Window(
            f"election-{one.id}",
            f"Change of government, {one.id}",
            ((day - timedelta(days=before), day + timedelta(days=after)),),
            bars,
            frozenset({one.party}),
            frozenset(),
            None,
            (0, 0),
            0,
            "",
            one.value.at,
        )
        for one in case.elections
        if one.party in regime.parties
        for day in (date.fromisoformat(one.date),)
        if -YEAR < regime.month_of(day) < regime.months + YEAR
    ]
    return replace(regime, windows=(*regime.windows, *more))


def refused(regime: Regime, rung: str, year: int) -> tuple[Refusal, ...]:
    """Return what is refused if consent to a rung is, in one year of the calendar."""
    first, last = YEAR * year, YEAR * (year + 1) - 1
    return tuple(
        Refusal(drill.id, way.form, first, last)
        for drill in regime.drills.values()
        for way in drill.ways.values()
        if way.rung == rung
    )


def read_refusals(regime: Regime, asked: Iterable[str]) -> tuple[Refusal, ...]:
    """Read refusals as ``D3.2`` (a rung, in the first year) or ``hunt-west:2`` (an exercise).

    Raises
    ------
    AskError
        Neither an exercise nor a rung of the regime, or a year it does not have.
    """
    found: list[Refusal] = []
    for text in asked:
        name, _, told = text.partition(":")
        known = [*regime.drills, *rungs_of(regime)]
        if name not in known:
            message = f"There is no exercise and no rung {name!r} in {regime.id}."
            raise AskError(message, nearest=nearest(name, known))
        if told and not (told.isdigit() and 1 <= int(told) <= regime.years):
            message = f"Year {told!r} of a refusal is not one of 1 to {regime.years}."
            raise AskError(message)
        year = int(told) - 1 if told else 0
        if name in regime.drills:
            form = [*regime.drills[name].ways][-1]
            found.append(Refusal(name, form, YEAR * year, YEAR * (year + 1) - 1))
        else:
            found += refused(regime, name, year)
    return tuple(found)
