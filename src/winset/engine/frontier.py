"""The exact frontier of parties' gains where they add up and no limit joins two measures.

The undominated sums of two sets are among the sums of their undominated points, so the frontier
is merged measure by measure and pruned after each.  Packages of equal gains
stay together as one class; every member can be recovered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .jit import outer_kernel
from .layout import I1, I8

MEMORY = 400_000_000
"""Bytes that one merge may take."""
_LARGEST = 2**62


class Merge(NamedTuple):
    """How the classes after one measure came about; one entry for each class before and level."""

    group: I8
    """[entry] class it belongs to, ascending."""
    before: I8
    """[entry] class before the measure."""
    level: I8
    """[entry]"""


class Frontier(NamedTuple):
    """All undominated gains, and the packages that reach them."""

    points: I8
    """[class, party] the highest sum first; no row is at least another one."""
    packages: I8
    """[class] how many packages give exactly these gains."""
    merges: tuple[Merge, ...]
    """[measure]"""


@outer_kernel
def keep_undominated(points: I8, front: I8, group: I8) -> int:
    """Keep the points that no other beats; those alike share a class.

    ``points`` come with descending sums, so that only earlier ones can beat a later one.  Writes
    the classes' gains to ``front`` and the class of each point, -1 if beaten, to ``group``.
    """
    count = np.int64(0)
    parties = points.shape[1]
    for i in range(points.shape[0]):
        place = count
        for k in range(count):
            more = False
            covers = True
            for j in range(parties):
                if front[k, j] < points[i, j]:
                    covers = False
                    break
                more = more or front[k, j] > points[i, j]
            if covers:
                place = np.int64(-1) if more else np.int64(k)
                break
        group[i] = place
        if place == count:
            for j in range(parties):
                front[count, j] = points[i, j]
            count += 1
    return int(count)


def additive_frontier(gains: Sequence[ArrayLike], *, memory: int = MEMORY) -> Frontier:
    """Find every undominated sum of gains, one level a measure.

    Parameters
    ----------
    gains
        By measure: [level, party] integers.
    memory
        Bytes that one merge may take.

    Returns
    -------
    Frontier
        Gains, the number of packages behind each, and how to recover them.

    Raises
    ------
    ValueError
        Gains of another shape, or so large that sums or counts would not fit.
    MemoryError
        A merge would take more than ``memory``; said before it starts, with the estimate.

    Examples
    --------
    >>> found = additive_frontier([[[0, 0], [2, -1]], [[0, 0], [-1, 2]]])
    >>> found.points.tolist()
    [[1, 1], [2, -1], [-1, 2]]
    """
    measures = [np.ascontiguousarray(part, dtype=np.int64) for part in gains]
    _check(measures)
    points = np.zeros((1, measures[0].shape[1]), dtype=np.int64)
    packages = np.ones(1, dtype=np.int64)
    merges = []
    for part in measures:
        entries = len(points) * len(part)
        needed = entries * (3 * points.shape[1] + 6) * 8
        if needed > memory:
            raise MemoryError(
                f"{len(points):,} points with {len(part):,} levels need about "
                f"{needed / 1e6:,.0f} MB; {memory / 1e6:,.0f} MB are allowed."
            )
        sums = (points[:, None, :] + part[None, :, :]).reshape(entries, -1)
        order = np.lexsort((*sums.T, -sums.sum(axis=1)))
        sums = np.ascontiguousarray(sums[order])
        front, group = np.empty_like(sums), np.empty(entries, dtype=np.int64)
        count = keep_undominated(sums, front, group)
        kept = np.flatnonzero(group >= 0)
        kept = kept[np.argsort(group[kept], kind="stable")]
        before, level = np.divmod(order[kept], len(part))
        merges.append(Merge(group[kept], before, level))
        points = front[:count].copy()
        total = np.zeros(count, dtype=np.int64)
        np.add.at(total, group[kept], packages[before])
        packages = total
    return Frontier(points, packages, tuple(merges))


def members(found: Frontier, place: int) -> Iterator[I1]:
    """Yield the packages of one class, [measure] levels each, one after the other.

    Parameters
    ----------
    found
        A frontier.
    place
        Place of the class in ``points``.
    """
    levels = np.zeros(len(found.merges), dtype=np.int8)
    yield from _members(found.merges, len(found.merges) - 1, place, levels)


def _members(merges: tuple[Merge, ...], measure: int, place: int, levels: I1) -> Iterator[I1]:
    if measure < 0:
        yield levels.copy()
        return
    merge = merges[measure]
    start, stop = np.searchsorted(merge.group, [place, place + 1])
    for entry in range(start, stop):
        levels[measure] = merge.level[entry]
        yield from _members(merges, measure - 1, int(merge.before[entry]), levels)


def _check(measures: list[I8]) -> None:
    if not measures or any(part.ndim != 2 or part.size == 0 for part in measures):
        raise ValueError("gains are one table [level, party] a measure, none of them empty")
    if len({part.shape[1] for part in measures}) > 1:
        raise ValueError("every measure gives gains to the same parties")
    if sum(int(np.abs(part).max()) for part in measures) * measures[0].shape[1] >= _LARGEST:
        raise ValueError("sums of gains would not fit into 64 bits")
    if prod(len(part) for part in measures) >= 2 * _LARGEST:
        raise ValueError("packages are too many to be counted in 64 bits")
