"""The price of a consent: the points that are missing where one constituency closes a rung."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.limits import Closing, Key, Targets
from winset.ask.reach.units import CONSENT, Bools, take
from winset.engine import judge, witness
from winset.engine.layout import Problem
from winset.problem import Compiled

MICRO = 1_000_000
_GRID = 50_000
"""A twentieth of a point in micro-points: how finely a price is searched."""
_TOGETHER = 256
"""Prices searched at a time; bounds the memory, not the answer."""
_HIGHEST = 800
"""Prices are not told apart above 40 points beyond the least that the floor asks for."""

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
    cases = [
        Case(target, *one)
        for target in range(len(targets.rung))
        for one in _cases(closing, target, prices, spared, most)
    ]
    for start in range(0, len(cases), _TOGETHER):
        part = cases[start : start + _TOGETHER]
        found = _Search(compiled, closing, targets, part, nodes).prices()
        for case, price in zip(part, found.tolist(), strict=True):
            place = case.target if np.isfinite(price) else ~case.target
            prices.setdefault((place, case.key), []).append(price)


class Case(NamedTuple):
    """One price to be found: a rung, a world, a constituency and its limit."""

    target: int
    world: int
    unit: int
    key: Key


def _cases(
    closing: Closing, target: int, prices: Prices, spared: Collection[str], most: int
) -> Iterator[tuple[int, int, Key]]:
    """Yield the worlds and constituencies to be priced, and the limit each price belongs to."""
    for place, unit in enumerate(closing.units):
        alone = np.flatnonzero(closing.alone[:, target, place]).tolist()
        if unit.owner < 0 or unit.who in spared or not alone:
            continue
        room = {
            kind: most
            - sum(len(prices.get((at, (kind, unit.who)), ())) for at in (target, ~target))
            for kind in CONSENT[1:]
        }
        for world in alone:
            kind = CONSENT[closing.gives[world, target, place]]
            if room[kind] > 0:
                room[kind] -= 1
                yield world, place, (kind, unit.who)


class _Search:
    """Lowers the prices of some cases, all at once.

    A rung that opens at a twentieth less than the price so far shows a package; what that package
    needs is the next price.  Where it stays closed, the price is found.
    """

    def __init__(
        self,
        compiled: Compiled,
        closing: Closing,
        targets: Targets,
        cases: Sequence[Case],
        nodes: int,
    ) -> None:
        self.worlds = np.array([case.world for case in cases], dtype=np.intp)
        self.target = np.array([case.target for case in cases], dtype=np.intp)
        self.problem = take(compiled.problem, self.worlds)
        self.targets = targets
        self.nodes = nodes
        self.bounds = closing.bounds
        self.short = closing.short[self.worlds, self.target, [case.unit for case in cases]]
        names = compiled.names
        self.scale = np.zeros((len(cases), len(names.rows)), dtype=np.int64)
        for place, case in enumerate(cases):
            mine = ("", names.measures[targets.measure[case.target]])
            for row in closing.units[case.unit].rows:
                if names.rows[row].measure in mine:
                    self.scale[place, row] = names.row_scale[row]

    def prices(self) -> NDArray[np.float64]:
        """Points missing in each case; infinite where the rung stays closed at the highest."""
        least = self._least()
        high = np.minimum(-(-self.short // _GRID) - least, _HIGHEST)
        searching = high > 0
        while searching.any():
            opens, enough = self._opens(searching, (least + high - 1) * _GRID)
            searching &= opens
            high = np.where(searching, np.maximum(-(-enough // _GRID) - least, 0), high)
            searching &= high > 0
        points = (least + high) * (_GRID / MICRO)
        return np.where(high < _HIGHEST, points, np.inf)

    def _least(self) -> Integers:
        """Twentieths of a point without which some floor on the measure cannot be met."""
        least = np.zeros(self.target.size, dtype=np.int64)
        st = self.problem.structure
        on = self.problem.values.row_on & (self.scale != 0)
        on &= (st.row_owner >= 0) & (st.wake_start[1:] == st.wake_start[:-1])
        for row in np.flatnonzero(on.any(axis=0)).tolist():
            for target in np.unique(self.target[on[:, row]]).tolist():
                here = np.flatnonzero(on[:, row] & (self.target == target))
                bound = self.bounds.of(row, int(self.targets.measure[target]))
                best = bound[self.worlds[here], self.targets.level[target] :].max(axis=1)
                least[here] = np.maximum(least[here], -best)
        return -(-least // _GRID)

    def _opens(self, searching: Bools, added: Integers) -> tuple[Bools, Integers]:
        """Tell in which cases searched the points added open the rung, and how many would do.

        The package found may ask for less than was added.
        """
        eased = self.problem.values.constant + added[:, None] * self.scale
        problem = Problem(self.problem.structure, self.problem.values._replace(constant=eased))
        which, place = np.unique(self.target, return_inverse=True)
        asked = (place[:, None] == np.arange(which.size)) & searching[:, None]
        measure, level = self.targets.measure[which], self.targets.level[which]
        found, packages = witness(problem, measure, level, node_limit=self.nodes, asked=asked)
        opens = np.asarray((found == 1).any(axis=1))
        enough = added.copy()
        enough[opens] = self._enough(np.flatnonzero(opens), packages[opens])
        return opens, np.minimum(enough, added)

    def _enough(self, cases: NDArray[np.intp], packages: NDArray[np.int8]) -> Integers:
        """Points without which packages would fail a row of their cases."""
        judged = judge(self.problem, packages, worlds=cases, every=False)
        scale = self.scale[cases]
        short = -(judged.row_slack // np.maximum(scale, 1))
        return np.asarray(np.where(judged.binding & (scale != 0), short, 0).max(axis=1, initial=0))
