"""The price of a consent: the points that are missing where one constituency closes a rung."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.bounds import best_of_row
from winset.ask.reach.limits import Closing, Key, Targets
from winset.ask.reach.units import take
from winset.engine import exists
from winset.engine.layout import Problem
from winset.problem import Compiled

MICRO = 1_000_000
_GRID = 50_000
"""A twentieth of a point in micro-points: how finely a price is searched."""
_FIRST = 4
"""First step of the search beyond the least that the floor asks for, in twentieths."""
_HIGHEST = 800
"""Prices are not told apart above 40 points beyond that least."""

Integers = NDArray[np.int64]
Prices = dict[tuple[int, Key], list[float]]
"""Points missing by (target, limit), one a world.

Under ``(~target, limit)`` stands an infinite price for every world in which none was found.
"""


def add_prices(
    compiled: Compiled,
    closing: Closing,
    targets: Targets,
    prices: Prices,
    *,
    spared: Collection[str],
    most: int,
    nodes: int,
) -> None:
    """Price the consents that alone close a rung in a block of worlds.

    The price of constituency k for a rung of measure m is the least t which, added to k's floor
    on m and to k's whole, opens the rung; it is found to a twentieth of a point, rounded up. Where the
    rung is still closed at the highest price tried, there is none.

    Parameters
    ----------
    compiled, closing, targets
        The block, what was found to close its rungs, and the rungs.
    prices
        Prices so far, in the order of worlds; lists are extended in place.
    spared
        Constituencies whose consent is given no price.
    most
        Worlds to be priced for one rung and one limit, the first ones.
    nodes
        Limit of each search.
    """
    for target in range(len(targets.rung)):
        worlds, units, keys = _cases(closing, target, prices, spared, most)
        if not keys:
            continue
        found = _Search(compiled, closing, targets, target, worlds, units, nodes).prices()
        for key, price in zip(keys, found.tolist(), strict=True):
            place = target if np.isfinite(price) else ~target
            prices.setdefault((place, key), []).append(price)


def _cases(
    closing: Closing, target: int, prices: Prices, spared: Collection[str], most: int
) -> tuple[list[int], list[int], list[Key]]:
    """List the worlds and constituencies to be priced, and the limit each price belongs to."""
    worlds: list[int] = []
    units: list[int] = []
    keys: list[Key] = []
    for place, unit in enumerate(closing.units):
        if unit.owner < 0 or unit.who in spared:
            continue
        room = {
            kind: most
            - sum(len(prices.get((at, (kind, unit.who)), ())) for at in (target, ~target))
            for kind in ("floor", "threshold", "consent")
        }
        for world in np.flatnonzero(closing.alone[:, target, place]).tolist():
            kind = _kind(closing, world, target, place)
            if room[kind] > 0:
                room[kind] -= 1
                worlds.append(world)
                units.append(place)
                keys.append((kind, unit.who))
    return worlds, units, keys


def _kind(closing: Closing, world: int, target: int, place: int) -> str:
    if closing.floor[world, target, place]:
        return "floor"
    return "threshold" if closing.threshold[world, target, place] else "consent"


class _Search:
    """Bisects the prices of one rung, all (world, constituency) at once."""

    def __init__(
        self,
        compiled: Compiled,
        closing: Closing,
        targets: Targets,
        target: int,
        worlds: list[int],
        units: list[int],
        nodes: int,
    ) -> None:
        self.problem = take(compiled.problem, np.array(worlds, dtype=np.intp))
        self.measure = int(targets.measure[target])
        self.level = int(targets.level[target])
        self.nodes = nodes
        self.short = closing.short[worlds, target, units]
        names = compiled.names
        mine = ("", names.measures[self.measure])
        self.scale = np.zeros((len(units), len(names.rows)), dtype=np.int64)
        for place, unit in enumerate(units):
            for row in closing.units[unit].rows:
                if names.rows[row].measure in mine:
                    self.scale[place, row] = names.row_scale[row]

    def prices(self) -> NDArray[np.float64]:
        """Points missing in each case; infinite where the rung stays closed at the highest."""
        least = self._least()
        low = np.full(least.size, -1, dtype=np.int64)
        high = np.minimum(-(-self.short // _GRID) - least, _HIGHEST)
        known = (least == 0) & (high < _HIGHEST)
        trial = np.where(known, (low + high) // 2, 0)
        while (searching := np.flatnonzero(high - low > 1)).size:
            added = least[searching] + trial[searching]
            opens = self._opens(searching, added * _GRID)
            high[searching[opens]] = trial[searching[opens]]
            low[searching[~opens]] = trial[searching[~opens]]
            wider = np.minimum(2 * low + _FIRST, _HIGHEST - 1)
            trial = np.where(high < _HIGHEST, (low + high) // 2, np.maximum(wider, _FIRST))
        points = (least + high) * (_GRID / MICRO)
        return np.where(high < _HIGHEST, points, np.inf)

    def _least(self) -> Integers:
        """Twentieths of a point without which some floor on the measure cannot be met."""
        least = np.zeros(self.scale.shape[0], dtype=np.int64)
        owners = self.problem.structure.row_owner
        for row in np.flatnonzero((self.scale != 0).any(axis=0) & (owners >= 0)):
            st = self.problem.structure
            on = self.problem.values.row_on[:, row] & (self.scale[:, row] != 0)
            if st.wake_start[row + 1] == st.wake_start[row] and on.any():
                best = best_of_row(self.problem, int(row), self.measure)[:, self.level :].max(
                    axis=1
                )
                least = np.maximum(least, np.where(on, -best, 0))
        return -(-least // _GRID)

    def _opens(self, cases: NDArray[np.intp], added: Integers) -> NDArray[np.bool_]:
        part = take(self.problem, cases)
        eased = part.values.constant + added[:, None] * self.scale[cases]
        problem = Problem(part.structure, part.values._replace(constant=eased))
        found = exists(problem, [self.measure], [self.level], node_limit=self.nodes)
        return np.asarray(found[:, 0] == 1)
