"""The tables of a calendar, from what was found and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from winset.exercise.calendar import schemas
from winset.exercise.calendar.consent import Standing
from winset.exercise.calendar.days import held_from
from winset.exercise.calendar.draws import Carried, Floats, cost_of, percent
from winset.exercise.calendar.found import Found
from winset.exercise.calendar.program import Cell, Program
from winset.exercise.calendar.regime import FORMS, YEAR, Drill, Form, Regime, Window, lesser
from winset.exercise.calendar.skill import rhythms
from winset.exercise.calendar.words import constraint
from winset.tables import Table, share_of, share_where

NAN = float("nan")
SPREAD = (0.1, 0.5, 0.9)
Line = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """What a relaxed constraint gains: found, and at most, in units of the program."""

    name: str
    how: str
    gain: int
    most: int


@dataclass(frozen=True, slots=True)
class RefusedYear:
    """A calendar in which a rung is refused in the first year.

    Attributes
    ----------
    found
        The calendar; None where no calendar meets all constraints then.
    before
        What a calendar covers if the rung is open; None where that was not sought.
    """

    rung: str
    program: Program
    found: Found | None
    before: int | None


@dataclass(frozen=True)
class Outcome:
    """Everything that was found about a regime."""

    regime: Regime
    program: Program
    found: Found
    greedily: bool
    standings: Mapping[str, Standing]
    shut: Collection[str]
    carried: Carried
    second: Carried | None
    robust: float | None
    others: Sequence[Found]
    prices: Sequence[Price]
    refusals: Sequence[RefusedYear]
    together: Sequence[str]


def tables(outcome: Outcome) -> dict[str, Table]:
    """Build every table."""
    rows = {
        schemas.RUNS: _runs(outcome),
        schemas.COVERED: _covered(outcome),
        schemas.SKILLS: _skills(outcome),
        schemas.RHYTHMS: _rhythms(outcome),
        schemas.PRICES: _prices(outcome),
        schemas.NEARBY: _nearby(outcome),
        schemas.REFUSALS: _refusals(outcome),
        schemas.STANDINGS: _standings(outcome),
        schemas.TOGETHER: _together(outcome),
        schemas.WINDOWS: _windows(outcome),
        schemas.ROBUST: _robust(outcome),
        schemas.INPUTS: _inputs(outcome.regime),
    }
    return {schema.name: schema.from_rows(some) for schema, some in rows.items()}


def _runs(outcome: Outcome) -> list[Line]:
    return sorted(_each_run(outcome), key=lambda line: (str(line[0]), str(line[2])))


def _each_run(outcome: Outcome) -> Iterator[Line]:
    regime, carried = outcome.regime, outcome.carried
    locked = {(lock.drill, lock.month) for lock in regime.locks}
    for run, cell in enumerate(carried.cells):
        drill = regime.drills[cell.drill]
        planned = FORMS.index(cell.form)
        levels = carried.levels[run]
        begins = held_from(regime, drill, cell.form, cell.place, cell.month)
        below = [int(np.count_nonzero(levels == place)) for place in range(planned)]
        most = max(below, default=0)
        yield (
            begins.isoformat(),
            (begins + timedelta(days=drill.days - 1)).isoformat(),
            drill.id,
            drill.label,
            cell.form,
            drill.ways[cell.form].rung,
            regime.places[cell.place].label if cell.place else "",
            cost_of(regime, cell),
            (drill.id, cell.month) in locked,
            *share_where(levels == planned),
            FORMS[below.index(most)] if most else "",
            *share_where(levels < 0),
            _upward(outcome, drill, cell.form),
        )


def _upward(outcome: Outcome, drill: Drill, form: Form) -> str:
    """Say what must give before the next higher form of an exercise is open."""
    higher = [one for one in FORMS[FORMS.index(form) + 1 :] if one in drill.ways]
    rung = drill.ways[higher[0]].rung if higher else ""
    if rung not in outcome.shut:
        return ""
    standing = outcome.standings[rung]
    return f"{higher[0]} needs {rung}: {standing.condition or 'closed in too many worlds'}"


def _spread(values: Floats) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, SPREAD).tolist()
    return low, middle, high


def _covered(outcome: Outcome) -> Iterator[Line]:
    regime, carried = outcome.regime, outcome.carried
    yield "all", "all", percent(outcome.found.value), *_spread(carried.value())
    for objective in regime.objectives.values():
        for year in range(regime.years):
            got, whole = 0.0, 0.0
            for term in outcome.program.terms:
                if (term.objective, term.year) == (objective.id, year):
                    weight = regime.pairs[term.pair]
                    got += weight * term.covered(outcome.found.held) / term.cap
                    whole += weight
            values = 100.0 * carried.covered(objective.id, year)
            planned = 100.0 * got / whole if whole else 0.0
            yield objective.id, regime.year_name(year), planned, *_spread(values)


def _skills(outcome: Outcome) -> Iterator[Line]:
    regime = outcome.regime
    for objective in regime.objectives:
        for pair in regime.pairs:
            bands = np.quantile(outcome.carried.skill(objective, pair), SPREAD, axis=1)
            for month in range(regime.months):
                yield objective, "-".join(pair), regime.month_name(month), *bands[:, month].tolist()


def _rhythms(outcome: Outcome) -> Iterator[Line]:
    for one in rhythms(outcome.carried.draws):
        middles = [float(np.median(values)) for values in (one.left, one.watched, one.split)]
        yield one.kind, one.times, middles[0], *_spread(one.lowest), *middles[1:]


def _prices(outcome: Outcome) -> Iterator[Line]:
    for one in sorted(outcome.prices, key=lambda price: (-price.gain, price.name)):
        yield (
            one.name,
            one.how,
            percent(one.gain),
            percent(one.most),
            one.gain == one.most,
            constraint(one.name, outcome.regime),
        )


def _nearby(outcome: Outcome) -> Iterator[Line]:
    found = outcome.found
    over = percent(found.bound - found.value) if found.bound is not None else NAN
    yield 0, percent(found.value), 0.0 - over, found.proven, "", ""
    for number, other in enumerate(outcome.others, start=1):
        yield (
            number,
            percent(other.value),
            percent(found.value - other.value),
            other.proven,
            _listed(outcome, found.held - other.held),
            _listed(outcome, other.held - found.held),
        )


def _listed(outcome: Outcome, held: Collection[int]) -> str:
    return _told(outcome.regime, [outcome.program.cells[number] for number in held])


def _told(regime: Regime, cells: Sequence[Cell]) -> str:
    """List runs by month, exercise and form."""
    ordered = sorted(cells, key=lambda cell: (cell.month, cell.drill))
    return "; ".join(
        f"{regime.month_name(cell.month)} {regime.drills[cell.drill].label} ({cell.form})"
        for cell in ordered
    )


def _refusals(outcome: Outcome) -> Iterator[Line]:
    regime = outcome.regime
    span = regime.learning.observers
    for one in outcome.refusals:
        behind, held = NAN, "no calendar meets all constraints"
        if one.found is not None:
            first = [n for n in one.found.held if one.program.cells[n].month < YEAR]
            held = _told(regime, [one.program.cells[n] for n in first])
            behind = percent(one.before - one.found.value) if one.before is not None else NAN
        for drill in regime.drills.values():
            if "three-way" not in drill.ways or drill.ways["three-way"].rung != one.rung:
                continue
            form = next((f for f in lesser("three-way") if _open(outcome, drill, f)), None)
            kept = [_kept(regime, drill, form, share) for share in (span.low, span.mode, span.high)]
            across = {"observers": span.mode, "two-way": 0.0}.get(form or "", NAN)
            yield (
                one.rung,
                drill.id,
                one.rung in outcome.shut,
                form or "",
                *kept,
                across,
                behind,
                held,
            )


def _open(outcome: Outcome, drill: Drill, form: Form) -> bool:
    return form in drill.ways and drill.ways[form].rung not in outcome.shut


def _kept(regime: Regime, drill: Drill, form: Form | None, observers: float) -> float:
    """Return what a form keeps of a three-way run, over all pairs as they count."""
    if form is None:
        return NAN
    got, whole = 0.0, 0.0
    for pair, weight in regime.pairs.items():
        got += weight * regime.share(drill, form, pair, observers)
        whole += weight
    return got / whole if whole else NAN


def _standings(outcome: Outcome) -> Iterator[Line]:
    for one in outcome.standings.values():
        yield (
            one.rung,
            one.phrase,
            *_interval(one.open, one.worlds),
            *_interval(one.alone, one.worlds),
            one.worlds,
            one.rung in outcome.shut,
            one.condition,
        )


def _interval(share: float, worlds: int) -> tuple[float, float, float]:
    return share_of(round(share * worlds), worlds) if worlds else (share, share, share)


def _together(outcome: Outcome) -> Iterator[Line]:
    rungs = " ".join(planned_rungs(outcome.regime, outcome.program, outcome.found))
    for number, line in enumerate(outcome.together):
        yield number, rungs, line


def planned_rungs(regime: Regime, program: Program, found: Found) -> tuple[str, ...]:
    """Return the rungs that the runs of a calendar need."""
    ways = [
        regime.drills[cell.drill].ways[cell.form].rung
        for cell in (program.cells[number] for number in sorted(found.held))
    ]
    return tuple(sorted({rung for rung in ways if rung}))


def _windows(outcome: Outcome) -> Iterator[Line]:
    for window in outcome.regime.windows:
        for begins, ends in _spans(outcome.regime, window):
            chance = window.chance
            yield (
                window.id,
                window.label,
                begins,
                ends,
                " ".join(form for form in FORMS if form in window.bars),
                " ".join(party for party in outcome.regime.parties if party in window.parties),
                f"{chance.low:g} to {chance.high:g}" if chance else "",
                window.red_line,
            )


def _spans(regime: Regime, window: Window) -> Iterator[tuple[str, str]]:
    if window.chance is not None:
        yield regime.month_name(window.months[0]), regime.month_name(window.months[1])
    end = regime.first_day(regime.months)
    for first, last in window.spans:
        if last >= regime.start and first < end:
            yield first.isoformat(), last.isoformat()


def _robust(outcome: Outcome) -> Iterator[Line]:
    level = outcome.robust if outcome.robust is not None else SPREAD[-1]
    draws, regime = outcome.carried.draws, outcome.regime
    for name, carried in (("planned", outcome.carried), ("robust", outcome.second)):
        if carried is None:
            continue
        values = Carried.of(regime, draws, carried.cells, consent=False).value()
        numbers = {cell: n for n, cell in enumerate(outcome.program.cells)}
        planned = outcome.program.value({numbers[cell] for cell in carried.cells})
        reached = float(np.quantile(values, 1.0 - level))
        yield name, percent(planned), level, reached, *_spread(values)


def _inputs(regime: Regime) -> Iterator[Line]:
    for one in regime.stated:
        yield one.item, one.value, one.basis, one.source
