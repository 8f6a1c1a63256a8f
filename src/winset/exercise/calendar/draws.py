"""What becomes of a calendar where consent is refused and windows come: forms, cover and skill by world."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.case.quantity import Quantity
from winset.effects.draws import normal_stream
from winset.exercise.calendar.days import blocking
from winset.exercise.calendar.program import FULL, MILLI, Cell
from winset.exercise.calendar.regime import FORMS, Drill, Form, Pair, Regime, Window
from winset.worlds.keyed import uniform
from winset.worlds.quantile import value_at

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]


@dataclass(frozen=True)
class Draws:
    """Everything uncertain about a regime, a number each world.

    Attributes
    ----------
    half_life
        [world] months by kind of skill.
    shares
        Share of worlds in which each rung is open.
    comes, begins
        [world] whether a window comes and in which month, by window.
    """

    n: int
    rng: int
    observers: Floats
    gain: Floats
    start: Floats
    overhead: Floats
    half_life: Mapping[str, Floats]
    shares: Mapping[str, float]
    comes: Mapping[str, NDArray[np.bool_]]
    begins: Mapping[str, NDArray[np.int64]]

    def open(self, rung: str) -> NDArray[np.bool_]:
        """Tell in which worlds a rung is open; of one measure, the same worlds are the hard ones."""
        measure = rung.partition(".")[0]
        rank = uniform(self.rng, f"calendar/consent/{measure}", 0, self.n)
        return np.asarray(rank < self.shares.get(rung, 1.0))


def draw(regime: Regime, shares: Mapping[str, float], *, n: int, rng: int) -> Draws:
    """Draw what is uncertain; world 17 of a hundred is world 17 of a million."""
    stream = normal_stream(rng, 0, n, prefix="calendar")

    def drawn(name: str, span: Quantity) -> Floats:
        return value_at(stream(name), *span)

    learning = regime.learning
    loose = [window for window in regime.windows if window.chance is not None]
    comes, begins = {}, {}
    for window in loose:
        assert window.chance is not None  # noqa: S101 - chosen above
        chance = drawn(f"windows/{window.id}/chance", window.chance)
        comes[window.id] = uniform(rng, f"calendar/windows/{window.id}/comes", 0, n) < chance
        first, last = window.months
        place = uniform(rng, f"calendar/windows/{window.id}/begins", 0, n)
        begins[window.id] = first + np.floor(place * (last - first + 1)).astype(np.int64)
    return Draws(
        n,
        rng,
        drawn("observers", learning.observers),
        drawn("gain", learning.gain),
        drawn("start", learning.start),
        drawn("overhead", learning.overhead),
        {kind: drawn(f"half_life/{kind}", span) for kind, span in learning.half_life.items()},
        shares,
        comes,
        begins,
    )


def carried(regime: Regime, draws: Draws, cell: Cell, *, consent: bool = True) -> Levels:
    """Return the form in which a planned run is carried out in the end.

    Where the planned form is refused or a window is in its way, the next lesser form of the
    exercise is taken; where none is left, the run is dropped.

    Parameters
    ----------
    regime, draws, cell
        The regime, what was drawn, the run.
    consent
        Whether refusals count, or only windows.

    Returns
    -------
    NDArray[np.int8]
        [world] place of the form in :data:`FORMS`, -1 for dropped.
    """
    drill = regime.drills[cell.drill]
    level = np.full(draws.n, FORMS.index(cell.form), dtype=np.int8)
    for place in range(len(FORMS) - 1, -1, -1):
        here = level == place
        level[here & _barred(regime, draws, drill, FORMS[place], cell, consent=consent)] -= 1
    return level


def _barred(
    regime: Regime, draws: Draws, drill: Drill, form: Form, cell: Cell, *, consent: bool
) -> NDArray[np.bool_]:
    way = drill.ways.get(form)
    fixed = [window for window in regime.windows if window.chance is None]
    if way is None or (
        form != cell.form and blocking(regime, fixed, drill, form, cell.place, cell.month)
    ):
        return np.ones(draws.n, dtype=np.bool_)
    barred = np.zeros(draws.n, dtype=np.bool_)
    if consent and way.rung:
        barred |= ~draws.open(way.rung)
    for window in regime.windows:
        if window.chance is not None and window.touches(drill, form, cell.place):
            barred |= _on(draws, window, cell.month)
    return barred


def _on(draws: Draws, window: Window, month: int) -> NDArray[np.bool_]:
    begins = draws.begins[window.id]
    return np.asarray(draws.comes[window.id] & (begins <= month) & (month < begins + window.lasts))


@dataclass(frozen=True)
class Carried:
    """A calendar as it is carried out in each world.

    Attributes
    ----------
    levels
        [run, world] place of the form in :data:`FORMS`, -1 for dropped.
    """

    regime: Regime
    draws: Draws
    cells: tuple[Cell, ...]
    levels: Levels

    @classmethod
    def of(
        cls, regime: Regime, draws: Draws, cells: Sequence[Cell], *, consent: bool = True
    ) -> Carried:
        """Carry out some runs, in order of months."""
        listed = tuple(sorted(cells, key=lambda cell: (cell.month, cell.drill)))
        rows = [carried(regime, draws, cell, consent=consent) for cell in listed]
        levels = np.stack(rows) if rows else np.zeros((0, draws.n), dtype=np.int8)
        return cls(regime, draws, listed, levels)

    def share(self, run: int, pair: Pair) -> Floats:
        """Return what a run gives to the skill of a pair, [world] of what three-way gives."""
        drill = self.regime.drills[self.cells[run].drill]
        level = self.levels[run]
        if set(pair) == set(drill.pair):
            return np.asarray(level >= 0, dtype=np.float64)
        return np.where(level == 2, 1.0, np.where(level == 1, self.draws.observers, 0.0))

    def covered(self, objective: str, year: int) -> Floats:
        """Return the share of an objective's cap that is covered in a year, [world], 0..1."""
        regime = self.regime
        cap = regime.objectives[objective].cap
        whole, total = 0.0, np.zeros(self.draws.n)
        for pair, weight in regime.pairs.items():
            given = np.zeros(self.draws.n)
            for run, cell in enumerate(self.cells):
                trains = regime.drills[cell.drill].trains.get(objective, 0.0)
                if cell.year == year and trains:
                    given += trains * self.share(run, pair)
            total += weight * np.minimum(given / cap, 1.0)
            whole += weight
        return total / whole if whole else total

    def value(self) -> Floats:
        """Return what is covered of everything in all years, [world], percent."""
        regime = self.regime
        whole, total = 0.0, np.zeros(self.draws.n)
        for objective in regime.objectives.values():
            for year in range(regime.years):
                total += objective.weight * self.covered(objective.id, year)
                whole += objective.weight
        return 100.0 * total / whole if whole else total

    def skill(self, objective: str, pair: Pair) -> Floats:
        """Follow the skill of a pair: [month, world], 0..1, at the end of each month.

        ``K`` loses half in a half-life, and a run adds ``a v g (1 - K)``: ``a`` the gain of a full
        run, ``v`` what the exercise trains of the objective, ``g`` what its form gives to the pair.
        """
        regime, draws = self.regime, self.draws
        left = np.exp2(-1.0 / draws.half_life[regime.objectives[objective].kind])
        now = draws.start.copy()
        out = np.empty((regime.months, draws.n))
        runs = _by_month(self.cells)
        for month in range(regime.months):
            now = now * left
            for run in runs.get(month, ()):
                trains = regime.drills[self.cells[run].drill].trains.get(objective, 0.0)
                if trains:
                    now = now + draws.gain * trains * self.share(run, pair) * (1.0 - now)
            out[month] = now
        return out


def _by_month(cells: Sequence[Cell]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for run, cell in enumerate(cells):
        found.setdefault(cell.month, []).append(run)
    return found


def final_forms(
    regime: Regime, draws: Draws, cells: Collection[Cell]
) -> Iterator[tuple[Form | None, ...]]:
    """Yield, world by world, the form each cell would be carried out in if only windows counted."""
    levels = np.stack([carried(regime, draws, cell, consent=False) for cell in cells])
    for world in range(draws.n):
        yield tuple(FORMS[level] if level >= 0 else None for level in levels[:, world].tolist())


def percent(value: int) -> float:
    """Turn a value of the program into percent of everything covered."""
    return 100.0 * value / FULL


def cost_of(regime: Regime, cell: Cell) -> float:
    """Return the points that a run costs, to a thousandth."""
    drill = regime.drills[cell.drill]
    return round(MILLI * (drill.ways[cell.form].cost + drill.places[cell.place])) / MILLI
