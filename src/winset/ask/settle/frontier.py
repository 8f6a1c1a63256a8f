"""Packages that no accepted package beats by more than a stated amount for every party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from winset.ask.settle.gains import Integers, Levels, Stage
from winset.ask.settle.sums import with_sums

_DOUBLINGS = 8
"""How often a bound that cannot be proven is moved twice as far from what was found."""


@dataclass(frozen=True)
class Frontier:
    """Accepted packages of one world, and how much they may miss.

    For every accepted package y that gives nobody less than the disagreement point some package
    here gives every party k at least ``y[k] - slack[k]``; where ``complete`` is false this is
    only known up to ``gap``.
    """

    packages: Levels
    """[point, measure]"""
    gains: Integers
    """[point, party] in units of the rows; none is at least as good for all as another."""
    ideal: Integers
    """[party] the most that a package found gives, and what may be missed of it."""
    slack: Integers
    """[party]"""
    complete: bool
    gap: float
    """Largest share of the range, smallest over parties, by which a package may still be missed."""
    searches: int


class _Search:
    def __init__(
        self, stage: Stage, start: Integers, node_limit: int, time_limit: float | None
    ) -> None:
        self.stage, self.start, self.node_limit = stage, start, node_limit
        self.until = None if time_limit is None else monotonic() + time_limit
        self.packages: list[Levels] = []
        self.gains: list[Integers] = []
        self.searches = 0

    @property
    def late(self) -> bool:
        return self.until is not None and monotonic() > self.until

    def look(self, at_least: Integers, weight: NDArray[np.float64]) -> tuple[Integers | None, bool]:
        """Search, and keep what is found."""
        self.searches += 1
        levels, known = self.stage.find(at_least, weight, self.node_limit)
        if levels is None:
            return None, known
        gains = self.stage.gains(levels[None, :])[0]
        self.packages.append(levels)
        self.gains.append(gains)
        return gains, True

    def most(self, party: int, share: float) -> tuple[int, float]:
        """Return what a party can get, to within a share, and a bound that is proven."""
        weight = np.zeros(self.start.size)
        weight[party] = 1.0 / 1e6
        best, known = self.look(self.start, weight)
        if best is None:
            return int(self.start[party]), float(self.start[party]) if known else np.inf
        found, step = int(best[party]), 0
        while best is not None:
            found = max(found, int(best[party]))
            step = max(1, int(share * (found - self.start[party])))
            best, known = self._above(party, found + step, weight)
        away = step
        for _ in range(_DOUBLINGS):
            if known:
                break
            away *= 2
            best, known = self._above(party, found + away, weight)
            known = known and best is None
        return found + step, float(found + away) if known else np.inf

    def _above(
        self, party: int, least: int, weight: NDArray[np.float64]
    ) -> tuple[Integers | None, bool]:
        if self.late:
            return None, False
        at_least = self.start.copy()
        at_least[party] = least
        return self.look(at_least, weight)


def frontier(
    stage: Stage,
    *,
    disagreement: Integers,
    eps: float,
    node_limit: int = 1_000,
    time_limit: float | None = None,
    progress: Callable[[float], None] | None = None,
) -> Frontier:
    """Find packages such that no accepted package is missed by more than eps of each range.

    The gains still to be looked into are kept as corners l: an accepted package that is missed
    gives every party more than some corner does.  Each corner is put to the engine as one question,
    *does any accepted package give everybody more than this?*; a no closes the corner for good, a
    package found takes what it covers away from all corners.

    Parameters
    ----------
    stage
        One world.
    disagreement
        [party] what each party has without an agreement, in units of the rows.
    eps
        Share of each party's range, from the disagreement point to the most it can get; 0 finds
        every gain on the frontier.
    node_limit
        Nodes after which one question is left open.
    time_limit
        Seconds after which the packages found so far are returned with the gap left.
    progress
        Called after each question with the share of corners known that are closed; it may fall,
        since a package found can open more.
    """
    parties = disagreement.size
    even = with_sums(stage, np.ones(parties, dtype=np.int64))
    search = _Search(even, disagreement, node_limit, time_limit)
    bounds = [search.most(party, eps / 2) for party in range(parties)]
    ideal = np.array([most for most, _ in bounds], dtype=np.int64)
    bound = np.array([proven for _, proven in bounds])
    span = np.maximum(ideal - disagreement, 1)
    search.stage = with_sums(stage, span)
    slack = np.floor(eps * span).astype(np.int64)
    weight = 1e9 / np.maximum(span, 1e9)
    corners = [disagreement - 1]
    for gains in search.gains:
        corners = _uncovered(corners, gains + slack)
    left: list[Integers] = []
    closed = 0
    while corners and not search.late:
        if progress is not None:
            progress(closed / (closed + len(corners)))
        at = int(np.argmax([np.prod((ideal - corner) / span) for corner in corners]))
        corner = corners[at]
        beyond = bool((corner >= bound).any())
        found, known = (None, True) if beyond else search.look(corner + 1, weight)
        if found is None:
            corners.pop(at)
            closed += 1
            left += [] if known else [corner]
        else:
            corners = _uncovered(corners, found + slack)
    open_corners = [*corners, *left]
    missing = [float(((bound - corner) / span).min()) for corner in open_corners]
    packages = np.array(search.packages, dtype=np.int8).reshape(-1, stage.status_quo.size)
    points = np.array(search.gains, dtype=np.int64).reshape(-1, parties)
    keep = undominated(points)
    return Frontier(
        packages[keep],
        points[keep],
        ideal,
        slack,
        not open_corners,
        max(missing, default=0.0),
        search.searches,
    )


def _uncovered(corners: list[Integers], covered: Integers) -> list[Integers]:
    """Take from all corners what lies at or below ``covered``; keep only the lowest corners."""
    kept, raised = [], []
    for corner in corners:
        if (corner >= covered).any():
            kept.append(corner)
            continue
        for party in range(covered.size):
            child = corner.copy()
            child[party] = covered[party]
            raised.append(child)
    for place, child in enumerate(raised):
        others = [*kept, *raised[place + 1 :]]
        if not others or not (np.array(others) <= child).all(axis=1).any():
            kept.append(child)
    return kept


def undominated(points: Integers) -> NDArray[np.intp]:
    """Return the places of points that no other point matches or beats for all, each once."""
    keep: list[int] = []
    for place in np.lexsort(points.T[::-1])[::-1].tolist():
        if not keep or not (points[keep] >= points[place]).all(axis=1).any():
            keep.append(place)
    return np.array(keep, dtype=np.intp)
