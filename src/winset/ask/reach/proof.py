"""Single packages that stand in many worlds: found by giving up worlds, bounded by groups of worlds.

Which package is deepest among those that at least K of W worlds accept is a choice of worlds as
much as of rungs.  Two things can be proven.  The deepest package that *all* of some worlds accept
is found exactly, by solving a few of them jointly and adding those that still refuse.  And however
the at most W - K refusing worlds lie, of G disjoint groups of worlds at least G - (W - K) accept
the package whole; so it is no deeper than the (G - W + K)-th deepest of what each group accepts
[campigaratti2011]_, [ahmed2013]_.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, inf, prod

import numpy as np
from numpy.typing import NDArray

from winset.engine import accepts, deepest
from winset.engine.layout import Problem
from winset.problem.join import jointly

SIZES = (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 24, 30)
"""Worlds in a group, as many as are tried."""
MOST_PACKAGES = 4_096
"""A problem with fewer packages than this is settled by judging all of them."""
_NODES = 400
_GLANCE = 60
"""Nodes spent on what leaving one world out might gain."""
_ADDED = 2
_PART = 0.02

Levels = NDArray[np.int8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Bound:
    """No package that so many worlds of the sample accept is deeper.

    Attributes
    ----------
    share
        Of the sample's worlds that must accept the very same package.
    depth
        Percent of the tops of all ladders, in the mean world of the sample.
    members
        Worlds in a group of the proof; 0 where all packages were judged.
    """

    share: float
    depth: float
    members: int


def bound(sample: Problem, share: float) -> Bound:
    """Prove how deep a package can be that a share of the sample's worlds accept."""
    count = sample.values.depth.shape[0]
    refusing = count - ceil(share * count)
    every = every_package(sample, MOST_PACKAGES)
    if every is not None:
        counts = accepts(sample, every).sum(axis=0)
        reached = percent(sample, every[counts >= count - refusing])
        return Bound(share, float(reached.max()), 0)
    order = _hardest_first(sample)
    best = Bound(share, inf, 0)
    for members in SIZES:
        groups = count // members
        if groups <= refusing:
            break
        dealt = order[: groups * members].reshape(members, groups).T
        found = deepest(jointly(sample, dealt), node_limit=_NODES)
        reached = np.sort(100.0 * found.bound / max(_tops(sample), 1.0))[::-1]
        proven = float(reached[groups - refusing - 1])
        if proven < best.depth:
            best = Bound(share, proven, members)
    return best


def percent(sample: Problem, packages: Levels) -> NDArray[np.float64]:
    """Depth of packages in the mean world, percent of the tops of all ladders, [package]."""
    slots = sample.structure.first[:-1] + packages
    depth = _mean_depth(sample)[slots].sum(axis=1)
    return np.asarray(100.0 * depth / max(_tops(sample), 1.0), dtype=np.float64)


def _mean_depth(sample: Problem) -> NDArray[np.float64]:
    return np.asarray(np.rint(sample.values.depth.mean(axis=0)))


def _tops(sample: Problem) -> float:
    return float(_mean_depth(sample)[sample.structure.first[1:] - 1].sum())


def every_package(sample: Problem, most: int) -> Levels | None:
    """List all packages, the status quo among them, where they are no more than ``most``."""
    sizes = np.diff(sample.structure.first).tolist()
    if prod(sizes) > most:
        return None
    grid = np.meshgrid(*(np.arange(size) for size in sizes), indexing="ij")
    return np.stack([axis.ravel() for axis in grid], axis=1).astype(np.int8)


def _hardest_first(sample: Problem) -> NDArray[np.intp]:
    """Order worlds by what each accepts at most, so that groups are dealt alike."""
    single = np.arange(sample.values.depth.shape[0], dtype=np.intp)[:, None]
    reached = deepest(jointly(sample, single), node_limit=_NODES).bound
    return np.argsort(reached, kind="stable")


def give_up_worlds(sample: Problem, *, least: float) -> Iterator[Levels]:
    """Yield ever deeper packages that ever fewer worlds accept, from all worlds down to a share.

    Each is the deepest that all worlds not yet given up accept.  The world given up next is the
    one without which the others accept most.  Until one world in twenty is given up they go one
    by one, then in parts of two in a hundred.

    Parameters
    ----------
    sample
        The worlds.
    least
        Share of worlds at which to stop.
    """
    count = sample.values.depth.shape[0]
    wanted = np.ones(count, dtype=np.bool_)
    active = [int(world) for world in _hardest_first(sample)[:2]]
    while True:
        package, active = _for_all(sample, wanted, active)
        yield package
        gone = count - int(wanted.sum())
        step = 1 if gone < 0.05 * count else max(1, round(_PART * count))
        if gone + step > (1.0 - least) * count + 1e-9 or len(active) < 2:
            return
        order, active = _least_missed(sample, active, package)
        wanted[order[:step]] = False
        active = [world for world in active if wanted[world]]
        if not active:
            active = [int(np.flatnonzero(wanted)[0])]


def _for_all(sample: Problem, wanted: Bools, active: list[int]) -> tuple[Levels, list[int]]:
    """Find the deepest package that all wanted worlds accept, and worlds that force it."""
    while True:
        package = deepest(jointly(sample, np.array([active])), node_limit=_NODES).levels[0]
        refused = np.flatnonzero(wanted & ~accepts(sample, package)[:, 0])
        if refused.size == 0:
            return package, active
        active = [*active, *refused[:_ADDED].tolist()]


def _least_missed(
    sample: Problem, active: list[int], package: Levels
) -> tuple[list[int], list[int]]:
    """Order active worlds by what leaving each out gains; drop those that hold nothing back."""
    without = np.array([[w for w in active if w != left] for left in active])
    found = deepest(jointly(sample, without), node_limit=_GLANCE)
    gains = percent(sample, found.levels) - percent(sample, package[None, :])
    order = np.argsort(-gains, kind="stable")
    binding = [active[place] for place in range(len(active)) if gains[place] > 1e-9]
    return [active[place] for place in order], binding or active
