"""Rungs that crowd each other out: each is open, both together are not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.edge.schemas import RIVALS
from winset.ask.reach.limits import Targets
from winset.ask.reach.near import follow
from winset.ask.reach.units import Unit, blamed, failing, take, units_of, waived
from winset.engine import exists, forced, judge
from winset.problem import Compiled
from winset.tables import Table, share_of

Bools = NDArray[np.bool_]
DROPPED = 12
"""Rungs asked about: those most often open and missing from the deepest package."""
SEEN = 0.05
"""Least share of worlds in which a pair must be rivals to be listed."""
_EXPLAINED = 40


def rivals(
    compiled: Compiled,
    targets: Targets,
    is_open: Bools,
    deepest: NDArray[np.int8],
    nodes: int,
) -> Table:
    """Find which rungs do not go together with a rung that deepest packages drop.

    Parameters
    ----------
    compiled, targets
        A block of worlds, and all rungs.
    is_open
        [world, target]
    deepest
        [world, measure] the deepest package of each world.
    nodes
        Limit of each search; a pair on which it gives up does not count.
    """
    problem, n = compiled.problem, is_open.shape[0]
    above = np.flatnonzero(targets.level > problem.structure.status_quo[targets.measure])
    missing = is_open & (deepest[:, targets.measure] < targets.level)
    found: dict[tuple[int, int], Bools] = {}
    for rung in _candidates(targets, missing):
        m, at = int(targets.measure[rung]), int(targets.level[rung])
        held = forced(problem, m, at)
        others = above[targets.measure[above] != m]
        verdict = exists(held, targets.measure[others], targets.level[others], node_limit=nodes)
        apart = (verdict == 0) & is_open[:, others] & is_open[:, [rung]]
        named: set[int] = set()
        for place in np.flatnonzero(apart.mean(axis=0) >= SEEN).tolist():
            other = int(others[place])
            if int(targets.measure[other]) not in named and (other, rung) not in found:
                named.add(int(targets.measure[other]))
                found[rung, other] = apart[:, place]
    order = sorted(found, key=lambda pair: -int(found[pair].sum()))
    rows = []
    for rank, (rung, other) in enumerate(order):
        apart = found[rung, other]
        through = ("", "")
        if rank < _EXPLAINED:
            through = _through(compiled, targets, (rung, other), apart, deepest, nodes)
        count = share_of(int(apart.sum()), n)
        rows.append((targets.rung[rung], targets.rung[other], *through, *count, n))
    return RIVALS.from_rows(rows)


def _candidates(targets: Targets, missing: Bools) -> list[int]:
    """Return of each ladder the rung most often dropped, those dropped most first."""
    count = missing.sum(axis=0)
    best: dict[int, int] = {}
    for rung in np.flatnonzero(count).tolist():
        m = int(targets.measure[rung])
        if m not in best or count[rung] > count[best[m]]:
            best[m] = rung
    return sorted(best.values(), key=lambda rung: -int(count[rung]))[:DROPPED]


def _through(
    compiled: Compiled,
    targets: Targets,
    pair: tuple[int, int],
    apart: Bools,
    deepest: NDArray[np.int8],
    nodes: int,
) -> tuple[str, str]:
    """Name the limit that, waived alone, lets both rungs in most often."""
    units = units_of(compiled.names)
    worlds = np.flatnonzero(apart)
    part = take(compiled.problem, worlds)
    (m, at), (other, height) = (
        (int(targets.measure[rung]), int(targets.level[rung])) for rung in pair
    )
    package = deepest[worlds].copy()
    for measure, level in ((m, at), (other, height)):
        package[:, measure] = np.maximum(package[:, measure], level)
    follow(part, package)
    fails = blamed(part, units, failing(units, judge(part, package, every=False)))
    held = forced(part, m, at)
    best: tuple[int, Unit | None] = (0, None)
    for place in np.flatnonzero(fails.any(axis=0)).tolist():
        freed = exists(waived(held, [units[place]]), [other], [height], node_limit=nodes)
        best = max(best, (int((freed == 1).sum()), units[place]), key=lambda item: item[0])
    return ("", "") if best[1] is None else (best[1].limit, best[1].who)
