"""A regime as an integer program: cells, limits with names, and what is covered.

A cell is one exercise in one month, form and place; it is held or not.  A limit is a weighted count
of cells between two ends; it stands as long as all its names do, so that a named constraint can be
dropped or loosened alone.  Covered is, for each objective, pair and year, the sum of what the cells
give, up to a cap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from winset.errors import LimitError
from winset.exercise.calendar.days import blocking
from winset.exercise.calendar.regime import FORMS, YEAR, Form, Pair, Regime

MILLI = 1000
"""A full run in units of coverage; a point of cost in units of cost."""
FULL = 1_000_000_000
"""Everything covered in every year, in units of value; rounding takes up to a few ten-thousandths."""


MOST_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One exercise in one month, form and place."""

    drill: str
    month: int
    form: Form
    place: str

    @property
    def year(self) -> int:
        """Year of the calendar, from 0."""
        return self.month // YEAR

    @property
    def kind(self) -> tuple[str, Form, int]:
        """What is held in which year, whatever the month and the place."""
        return self.drill, self.form, self.year


@dataclass(frozen=True, slots=True)
class Limit:
    """A weighted count of cells that must lie between two ends.

    Attributes
    ----------
    names
        Constraints it follows from; it falls if one of them does.  Empty for what a calendar is.
    cells, weights
        Numbers of cells, and the weight of each.
    """

    names: tuple[str, ...]
    cells: tuple[int, ...]
    weights: tuple[int, ...]
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Term:
    """What is covered of an objective, for a pair, in a year: worth times the sum, up to a cap."""

    objective: str
    pair: Pair
    year: int
    worth: int
    cap: int
    cells: tuple[int, ...]
    gives: tuple[int, ...]

    def covered(self, held: Collection[int]) -> int:
        """Return what a set of cells covers, in thousandths of a run."""
        total = 0
        for cell, gives in zip(self.cells, self.gives, strict=True):
            if cell in held:
                total += gives
        return min(self.cap, total)


@dataclass(frozen=True)
class Program:
    """Cells, limits and terms; everything is a whole number.

    Attributes
    ----------
    steps
        What one unit of a constraint is, for those that can be loosened by one.
    """

    cells: tuple[Cell, ...]
    limits: tuple[Limit, ...]
    terms: tuple[Term, ...]
    steps: Mapping[str, int]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all constraints, in order of first mention."""
        return tuple(dict.fromkeys(name for limit in self.limits for name in limit.names))

    def value(self, held: Collection[int]) -> int:
        """Return what a set of cells is worth."""
        total = 0
        for term in self.terms:
            total += term.worth * term.covered(held)
        return total

    def broken(self, held: Collection[int]) -> tuple[Limit, ...]:
        """Return the limits that a set of cells breaks."""
        return tuple(limit for limit in self.limits if not _holds(limit, held))

    def without(self, names: Collection[str]) -> Program:
        """Return the program without some constraints."""
        gone = frozenset(names)
        return replace(self, limits=tuple(one for one in self.limits if not gone & {*one.names}))

    def loosened(self, name: str) -> Program:
        """Return the program with one constraint loosened by one unit."""
        step = self.steps[name]
        return replace(
            self,
            limits=tuple(
                replace(one, most=one.most + step)
                if name in one.names and one.most is not None
                else one
                for one in self.limits
            ),
        )

    def with_limits(self, more: Sequence[Limit]) -> Program:
        """Return the program with further limits."""
        return replace(self, limits=(*self.limits, *more))


def _holds(limit: Limit, held: Collection[int]) -> bool:
    total = 0
    for cell, weight in zip(limit.cells, limit.weights, strict=True):
        if cell in held:
            total += weight
    return (limit.least is None or total >= limit.least) and (
        limit.most is None or total <= limit.most
    )


def program_of(
    regime: Regime, *, shut: Collection[str] = (), observers: float | None = None
) -> Program:
    """Build the program of a regime.

    Parameters
    ----------
    regime
        The regime.
    shut
        Rungs that are closed in too many worlds to be planned.
    observers
        What observing teaches of what taking part does; by default the middle of its range.

    Raises
    ------
    LimitError
        More cells than can be searched.
    """
    cells = tuple(_cells(regime))
    if len(cells) > MOST_CELLS:
        message = (
            f"{regime.id} has {len(cells):,} cells (exercise, month, form and place); calendars of "
            f"up to {MOST_CELLS:,} are sought. Name fewer months, places or years."
        )
        raise LimitError(message)
    where = _Where(regime, cells)
    limits = tuple(
        limit
        for some in (
            _once(where),
            _means(where),
            _units(where),
            _rhythm(where),
            _watched(where),
            _consents(where, shut),
            _places(where),
            _windows(where),
            _locks(where),
            _refused(where),
        )
        for limit in some
    )
    kept = regime.learning.observers.mode if observers is None else observers
    steps = {f"budget {regime.year_name(year)}": MILLI for year in range(regime.years)}
    steps |= {"lift": 1}
    steps |= {f"unit {unit}": 1 for unit in regime.units}
    steps |= {f"load {unit}": 1 for unit in regime.units}
    return Program(cells, limits, tuple(terms_of(regime, cells, kept)), steps)


def _cells(regime: Regime) -> Iterator[Cell]:
    for drill in regime.drills.values():
        for month in sorted(drill.months):
            for form in drill.ways:
                for place in drill.places:
                    yield Cell(drill.id, month, form, place)


def terms_of(
    regime: Regime,
    cells: Sequence[Cell],
    observers: float,
    forms: Sequence[Form | None] | None = None,
) -> Iterator[Term]:
    """Yield what is covered by objective, pair and year.

    Parameters
    ----------
    regime, cells
        The regime, and its cells.
    observers
        What observing teaches of what taking part does.
    forms
        Form in which each cell is carried out in the end; None where it is not.  By default the
        cell's own.
    """
    whole = 0.0
    for objective in regime.objectives.values():
        for weight in regime.pairs.values():
            whole += objective.weight * weight * regime.years
    for objective in regime.objectives.values():
        cap = round(MILLI * objective.cap)
        for pair, weight in regime.pairs.items():
            part = objective.weight * weight
            worth = round(FULL * part / (whole * cap)) if whole else 0
            for year in range(regime.years):
                given = [
                    (place, gives)
                    for place, cell in enumerate(cells)
                    if cell.year == year
                    and (gives := _gives(regime, cell, objective.id, pair, observers, forms, place))
                ]
                yield Term(
                    objective.id,
                    pair,
                    year,
                    worth,
                    cap,
                    tuple(place for place, _ in given),
                    tuple(gives for _, gives in given),
                )


def _gives(
    regime: Regime,
    cell: Cell,
    objective: str,
    pair: Pair,
    observers: float,
    forms: Sequence[Form | None] | None,
    place: int,
) -> int:
    drill = regime.drills[cell.drill]
    form = cell.form if forms is None else forms[place]
    if form is None:
        return 0
    share = regime.share(drill, form, pair, observers)
    return round(MILLI * drill.trains.get(objective, 0.0) * share)


class _Where:
    """Where to find cells: by exercise, month, year."""

    def __init__(self, regime: Regime, cells: Sequence[Cell]) -> None:
        self.regime = regime
        self.cells = cells
        self.by_drill: dict[str, list[int]] = defaultdict(list)
        for number, cell in enumerate(cells):
            self.by_drill[cell.drill].append(number)

    def of(self, drill: str, months: Collection[int], forms: Collection[str] = ()) -> list[int]:
        return [
            number
            for number in self.by_drill[drill]
            if self.cells[number].month in months
            and (not forms or self.cells[number].form in forms)
        ]

    def cost(self, number: int) -> int:
        cell = self.cells[number]
        drill = self.regime.drills[cell.drill]
        return round(MILLI * (drill.ways[cell.form].cost + drill.places[cell.place]))

    def uses(self, number: int, unit: str) -> int:
        cell = self.cells[number]
        drill = self.regime.drills[cell.drill]
        return drill.units.get(unit, 0) + drill.ways[cell.form].units.get(unit, 0)


def _count(
    names: tuple[str, ...],
    cells: Sequence[int],
    least: int | None,
    most: int | None,
    weights: Sequence[int] | None = None,
) -> Iterator[Limit]:
    """Yield a limit unless it can neither be broken nor reached."""
    given = tuple(weights) if weights is not None else (1,) * len(cells)
    heaviest = 0
    for weight in given:
        heaviest += max(weight, 0)
    if least is not None or (most is not None and heaviest > most):
        yield Limit(names, tuple(cells), given, least, most)


def _once(where: _Where) -> Iterator[Limit]:
    """Let an exercise be held once a month, in one form and place."""
    for drill in where.regime.drills.values():
        for month in sorted(drill.months):
            yield from _count((), where.of(drill.id, {month}), None, 1)


def _means(where: _Where) -> Iterator[Limit]:
    regime = where.regime
    for year in range(regime.years):
        cells = [n for n, cell in enumerate(where.cells) if cell.year == year]
        weights = [where.cost(n) for n in cells]
        most = round(MILLI * regime.budget)
        yield from _count((f"budget {regime.year_name(year)}",), cells, None, most, weights)
    for month in range(regime.months):
        cells = [n for n, cell in enumerate(where.cells) if cell.month == month]
        weights = [regime.drills[where.cells[n].drill].lift for n in cells]
        yield from _count(("lift",), cells, None, regime.lift, weights)


def _units(where: _Where) -> Iterator[Limit]:
    regime = where.regime
    for unit in regime.units.values():
        users = [n for n in range(len(where.cells)) if where.uses(n, unit.id)]
        for month in range(regime.months):
            tied = [n for n in users if month in _tied(regime, where.cells[n])]
            weights = [where.uses(n, unit.id) for n in tied]
            yield from _count((f"unit {unit.id}",), tied, None, unit.at_once, weights)
        for year in range(regime.years):
            used = [n for n in users if where.cells[n].year == year]
            weights = [where.uses(n, unit.id) * len(_tied(regime, where.cells[n])) for n in used]
            yield from _count((f"load {unit.id}",), used, None, unit.a_year, weights)


def _tied(regime: Regime, cell: Cell) -> range:
    """Return the months in which a run ties its units: its own and those of staging."""
    return range(max(0, cell.month - regime.drills[cell.drill].staging), cell.month + 1)


def _rhythm(where: _Where) -> Iterator[Limit]:
    regime = where.regime
    for drill in regime.drills.values():
        for year in range(regime.years):
            cells = where.of(drill.id, range(YEAR * year, YEAR * (year + 1)))
            yield from _count((f"most {drill.id}",), cells, None, drill.most)
            if drill.least and cells:
                yield from _count((f"least {drill.id}",), cells, drill.least, None)
        for month in range(regime.months):
            cells = where.of(drill.id, range(month, month + drill.apart))
            if drill.apart > 1 and month in drill.months:
                yield from _count((f"apart {drill.id}",), cells, None, 1)


def _watched(where: _Where) -> Iterator[Limit]:
    """Let three-way come only after enough runs with observers."""
    runs, months = where.regime.watched
    for drill in where.regime.drills.values():
        if drill.observed or not runs:
            continue
        for number in where.of(drill.id, drill.months, ("three-way",)):
            month = where.cells[number].month
            before = where.of(drill.id, range(month - months + 1), ("observers",))
            weights = [runs, *([-1] * len(before))]
            yield from _count((f"watched {drill.id}",), [number, *before], None, 0, weights)


def _consents(where: _Where, shut: Collection[str]) -> Iterator[Limit]:
    for number, cell in enumerate(where.cells):
        rung = where.regime.drills[cell.drill].ways[cell.form].rung
        if rung in shut:
            yield Limit((f"consent {rung}",), (number,), (1,), None, 0)


def _places(where: _Where) -> Iterator[Limit]:
    for number, cell in enumerate(where.cells):
        place = where.regime.places.get(cell.place)
        if place is not None and cell.form in place.bars:
            yield Limit((f"place {place.id}",), (number,), (1,), None, 0)


def _windows(where: _Where) -> Iterator[Limit]:
    regime = where.regime
    fixed = [window for window in regime.windows if window.chance is None]
    for number, cell in enumerate(where.cells):
        drill = regime.drills[cell.drill]
        for names in blocking(regime, fixed, drill, cell.form, cell.place, cell.month):
            told = tuple(f"window {name}" for name in names)
            yield Limit(told, (number,), (1,), None, 0)


def _locks(where: _Where) -> Iterator[Limit]:
    for lock in where.regime.locks:
        name = f"lock {lock.drill} {where.regime.month_name(lock.month)}"
        if lock.form == "off":
            yield from _count((name,), where.of(lock.drill, {lock.month}), None, 0)
        else:
            cells = where.of(lock.drill, {lock.month}, (lock.form,))
            yield from _count((name,), cells, 1, None)


def _refused(where: _Where) -> Iterator[Limit]:
    for one in where.regime.refusals:
        forms = FORMS[FORMS.index(one.form) :]
        cells = where.of(one.drill, range(one.first, one.last + 1), forms)
        yield from _count((f"refused {one.drill}",), cells, None, 0)
