"""Which limits close a rung: those that open it when waived alone, then the smallest sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.bounds import RowBounds, closers
from winset.ask.reach.near import look_near
from winset.ask.reach.smallest import Smallest, Waiving, smallest
from winset.ask.reach.units import (
    BOTH,
    CONSENT,
    FLOORS,
    WHOLE,
    Bools,
    Unit,
    members_of,
    units_of,
    waived,
)
from winset.engine import exists, without
from winset.engine.layout import Problem
from winset.problem import Compiled

Key = tuple[str, str]
"""Limit and who, as in the table ``limits``."""
_K = TypeVar("_K")


@dataclass(frozen=True)
class Targets:
    """Rungs asked about: [target] measure, level and id."""

    measure: NDArray[np.int16]
    level: NDArray[np.int8]
    rung: tuple[str, ...]


@dataclass
class Tally:
    """Counts of worlds for one rung."""

    closed: int = 0
    tried: int = 0
    one: int = 0
    tried_one: int = 0
    two: int = 0
    three: int = 0
    alone: dict[Key, int] = field(default_factory=dict)
    sole: dict[Key, int] = field(default_factory=dict)
    joint: dict[Key, int] = field(default_factory=dict)
    sets: dict[tuple[Key, ...], int] = field(default_factory=dict)
    """Smallest sets of more than one limit."""


@dataclass(frozen=True)
class Closing:
    """What was found for one block of worlds, [world, target, unit]."""

    units: list[Unit]
    bounds: RowBounds
    closer: Bools
    """Limits known to close the rung all by themselves."""
    alone: Bools
    """Limits that open the rung when waived alone."""
    gives: NDArray[np.int8]
    """Of these, what of a constituency must give, as a place in ``CONSENT``; else 0.

    Floors where they do alone, the whole where floors do not and it does, else both.
    """
    short: NDArray[np.int64]
    """Micro-points that would do, where a near package tells; else very many."""


def find_closing(
    compiled: Compiled, targets: Targets, closed: Bools, deepest: NDArray[np.int8], nodes: int
) -> Closing:
    """Search one block for the limits that alone close each closed rung.

    Limits known to close the rung by themselves leave at most one to be tried.  Otherwise those
    that a near package fails (see :mod:`winset.ask.reach.near`) are tried one by one, and the
    others all together, then in halves while a rung opens: no limit is missed.

    Parameters
    ----------
    compiled, targets
        The block, and the rungs asked about.
    closed
        [world, target] where the rung is closed.
    deepest
        [world, measure] the deepest package of each world.
    nodes
        Limit of each search.
    """
    problem, names = compiled.problem, compiled.names
    units = units_of(names)
    near = look_near(problem, names, units, targets.measure, targets.level, closed, deepest)
    bounds = RowBounds(problem)
    closer = closers(problem, bounds, units, targets.measure, targets.level, closed)
    candidate = near.candidate | closer
    count = closer.sum(axis=2, keepdims=True)
    unclear = closed[:, :, None] & (count == 0)
    candidate |= _far(problem, units, targets, unclear & ~candidate, nodes)
    possible = candidate & ((count == 0) | ((count == 1) & closer))
    alone, gives = near.alone.copy(), np.zeros(near.alone.shape, dtype=np.int8)
    for place, unit in enumerate(units):
        known = alone[:, :, place], near.floor[:, :, place]
        alone[:, :, place], gives[:, :, place] = _giving(
            problem, unit, targets, possible[:, :, place], known, nodes
        )
    return Closing(units, bounds, closer, alone, gives, near.short)


def _giving(
    problem: Problem,
    unit: Unit,
    targets: Targets,
    possible: Bools,
    known: tuple[Bools, Bools],
    nodes: int,
) -> tuple[Bools, NDArray[np.int8]]:
    """Tell where one limit alone opens a rung and what of it must give, [world, target] each.

    ``known`` says where it is known to open the rung, and where its floors are known to do.
    """
    alone, floors = known
    if unit.limits == "consent":
        asked = possible & ~floors
        floors = floors | _exists(without(problem, rows=unit.floors), targets, asked, nodes)
        alone = alone | floors
    alone = alone | _exists(waived(problem, [unit]), targets, possible & ~alone, nodes)
    if unit.limits != "consent":
        which = CONSENT.index(unit.limits) if unit.owner >= 0 else 0
        return alone, np.where(alone, which, 0).astype(np.int8)
    whole = _exists(without(problem, rows=unit.whole), targets, alone & ~floors, nodes)
    gives = np.select([floors, whole, alone], [FLOORS, WHOLE, BOTH], 0)
    return alone, gives.astype(np.int8)


def _far(
    problem: Problem, units: Sequence[Unit], targets: Targets, far: Bools, nodes: int
) -> Bools:
    """Tell which of some limits open a rung alone, by waiving them in halves, [world, target, unit].

    ``far`` marks the limits to be tried.  All that are tried for any rung of a world are waived
    together: what stays closed then is closed with fewer waived too.
    """
    rows, clauses = members_of(problem, units)
    opened = np.zeros_like(far)
    halves = [(0, len(units), far.any(axis=2))]
    while halves:
        start, stop, asked = halves.pop()
        group = far[:, :, start:stop] & np.asarray(asked)[:, :, None]
        waived = group.any(axis=1)
        freed = without(
            problem, rows=waived @ rows[start:stop], clauses=waived @ clauses[start:stop]
        )
        found = _exists(freed, targets, np.asarray(group.any(axis=2)), nodes)
        if stop - start == 1:
            opened[:, :, start] = found
        elif found.any():
            middle = (start + stop) // 2
            halves += [(start, middle, found), (middle, stop, found)]
    return opened


def _exists(problem: Problem, targets: Targets, asked: Bools, nodes: int) -> Bools:
    """Tell where a package is found, of what is asked, [world, target]."""
    if not asked.any():
        return asked
    which = asked.any(axis=0)
    found = np.zeros_like(asked)
    verdict = exists(
        problem,
        targets.measure[which],
        targets.level[which],
        node_limit=nodes,
        asked=asked[:, which],
    )
    found[:, which] = verdict == 1
    return found


def count_closing(closing: Closing, closed: Bools, tallies: Sequence[Tally]) -> None:
    """Add the limits that alone close each rung in a block to the counts of its rung."""
    others = closing.alone.sum(axis=2)
    for target, tally in enumerate(tallies):
        tally.closed += int(closed[:, target].sum())
        tally.one += int((others[:, target] > 0).sum())
        for place, unit in enumerate(closing.units):
            alone = closing.alone[:, target, place]
            if not alone.any():
                continue
            for limit, where in _by_kind(closing, target, place):
                hit = alone & where
                _add(tally.alone, (limit, unit.who), hit)
                _add(tally.sole, (limit, unit.who), hit & (others[:, target] == 1))


def _by_kind(closing: Closing, target: int, place: int) -> Iterable[tuple[str, Bools]]:
    """Split the worlds of a constituency by which of its limits has to give."""
    unit = closing.units[place]
    if unit.owner < 0:
        return [(unit.limit, np.ones(closing.alone.shape[0], dtype=bool))]
    gives = closing.gives[:, target, place]
    return [(CONSENT[which], np.asarray(gives == which)) for which in (FLOORS, WHOLE, BOTH)]


def count_sets(
    compiled: Compiled,
    closing: Closing,
    targets: Targets,
    closed: Bools,
    tallies: Sequence[Tally],
    nodes: int,
) -> None:
    """Find the smallest sets that must give where no limit alone opens a rung, and count them."""
    opened_by_one = closing.alone.any(axis=2)
    units = closing.units
    keys = [(unit.limits, unit.who) for unit in units]
    for target, tally in enumerate(tallies):
        one = int((closed & opened_by_one)[:, target].sum())
        tally.tried += one
        tally.tried_one += one
        worlds = np.flatnonzero((closed & ~opened_by_one)[:, target])
        if worlds.size == 0:
            continue
        measure, level = int(targets.measure[target]), int(targets.level[target])
        waiving = Waiving(compiled.problem, units, measure, level, nodes)
        for found in smallest(waiving, worlds, closing.closer[worlds, target]):
            _count_set(tally, found, keys)


def _count_set(tally: Tally, found: Smallest, keys: Sequence[Key]) -> None:
    if found.size == 0:
        return
    tally.tried += 1
    tally.tried_one += found.size == 1
    tally.two += found.size == 2
    tally.three += found.size == 3
    if found.size > 1:
        for places in found.sets:
            key = tuple(keys[place] for place in places)
            tally.sets[key] = tally.sets.get(key, 0) + 1
        for place in {place for places in found.sets for place in places}:
            tally.joint[keys[place]] = tally.joint.get(keys[place], 0) + 1


def _add(counts: dict[_K, int], key: _K, hit: Bools) -> None:
    if hit.any():
        counts[key] = counts.get(key, 0) + int(hit.sum())
