"""Which limits close a rung: those that open it when waived alone, then pairs of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.bounds import closers
from winset.ask.reach.near import look_near
from winset.ask.reach.units import Bools, Unit, take, units_of, waived
from winset.engine import exists, without
from winset.engine.layout import Problem
from winset.problem import Compiled, Names

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
    alone: dict[Key, int] = field(default_factory=dict)
    sole: dict[Key, int] = field(default_factory=dict)
    joint: dict[Key, int] = field(default_factory=dict)
    pairs: dict[tuple[Key, Key], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Closing:
    """What was found for one block of worlds, [world, target, unit]."""

    units: list[Unit]
    candidate: Bools
    """Limits that some near package fails."""
    closer: Bools
    """Limits known to close the rung all by themselves."""
    alone: Bools
    """Limits that open the rung when waived alone."""
    floor: Bools
    """Of these, constituencies of which only floors need be waived."""
    threshold: Bools
    """Of these, constituencies of which only the whole need be waived."""
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
    closer = closers(problem, units, targets.measure, targets.level) & closed[:, :, None]
    candidate = near.candidate | closer
    count = closer.sum(axis=2, keepdims=True)
    unclear = closed & (count[:, :, 0] == 0)
    for target in np.flatnonzero(unclear.any(axis=0)).tolist():
        worlds = np.flatnonzero(unclear[:, target])
        far = ~candidate[worlds, target]
        candidate[worlds, target] |= _far(problem, units, targets, target, worlds, far, nodes)
    possible = candidate & ((count == 0) | ((count == 1) & closer))
    alone, floor, threshold = near.alone.copy(), near.floor.copy(), near.threshold.copy()
    for place, unit in enumerate(units):
        asked = possible[:, :, place] & ~alone[:, :, place]
        floors, wholes = _rows_by_kind(names, unit)
        if unit.owner < 0 or not floors or not wholes:
            alone[:, :, place] |= _exists(waived(problem, [unit]), targets, asked, nodes)
            if unit.owner >= 0:
                (floor if floors else threshold)[:, :, place] = alone[:, :, place]
            continue
        floor[:, :, place] |= _exists(without(problem, rows=floors), targets, asked, nodes)
        asked &= ~floor[:, :, place]
        threshold[:, :, place] |= _exists(without(problem, rows=wholes), targets, asked, nodes)
        asked &= ~threshold[:, :, place]
        alone[:, :, place] |= _exists(waived(problem, [unit]), targets, asked, nodes)
        alone[:, :, place] |= floor[:, :, place] | threshold[:, :, place]
    return Closing(units, candidate, closer, alone, floor, threshold, near.short)


def _far(
    problem: Problem,
    units: Sequence[Unit],
    targets: Targets,
    target: int,
    worlds: NDArray[np.intp],
    far: Bools,
    nodes: int,
) -> Bools:
    """Tell which of some limits open a rung alone, by waiving them in halves, [world, unit].

    ``far`` marks the limits to be tried in each world.
    """
    part = take(problem, worlds)
    rows = np.zeros((len(units), problem.structure.row_owner.size), dtype=bool)
    clauses = np.zeros((len(units), problem.structure.clause_hard.size), dtype=bool)
    for place, unit in enumerate(units):
        rows[place, [*unit.rows]] = True
        clauses[place, [*unit.clauses]] = True
    opened = np.zeros_like(far)
    halves = [(0, len(units), np.arange(worlds.size))]
    while halves:
        start, stop, here = halves.pop()
        group = far[here, start:stop]
        here, group = here[group.any(axis=1)], group[group.any(axis=1)]
        if here.size == 0:
            continue
        freed = without(
            take(part, here), rows=group @ rows[start:stop], clauses=group @ clauses[start:stop]
        )
        which = slice(target, target + 1)
        found = exists(freed, targets.measure[which], targets.level[which], node_limit=nodes)
        here = here[found[:, 0] == 1]
        if stop - start == 1:
            opened[here, start] = True
        elif here.size:
            middle = (start + stop) // 2
            halves += [(start, middle, here), (middle, stop, here)]
    return opened


def _rows_by_kind(names: Names, unit: Unit) -> tuple[list[int], list[int]]:
    floors = [row for row in unit.rows if names.rows[row].kind == "floor"]
    return floors, [row for row in unit.rows if names.rows[row].kind == "package"]


def _opened(
    problem: Problem,
    sets: Sequence[Sequence[Unit]],
    targets: Targets,
    wanted: Bools,
    nodes: int,
) -> Bools:
    """Tell where waiving each set of units opens a rung, [world, target, set], if wanted."""
    opened = np.zeros_like(wanted)
    for place, units in enumerate(sets):
        here = wanted[:, :, place]
        if here.any():
            opened[:, :, place] = _exists(waived(problem, units), targets, here, nodes)
    return opened


def _exists(problem: Problem, targets: Targets, wanted: Bools, nodes: int) -> Bools:
    """Tell where a package is found, of the wanted worlds and targets, [world, target]."""
    opened = np.zeros_like(wanted)
    for target in np.flatnonzero(wanted.any(axis=0)):
        worlds = np.flatnonzero(wanted[:, target])
        which = slice(target, target + 1)
        part = take(problem, worlds)
        found = exists(part, targets.measure[which], targets.level[which], node_limit=nodes)
        opened[worlds, target] = found[:, 0] == 1
    return opened


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
    floor = closing.floor[:, target, place]
    threshold = closing.threshold[:, target, place]
    return [("floor", floor), ("threshold", threshold), ("consent", ~floor & ~threshold)]


def count_pairs(
    compiled: Compiled,
    closing: Closing,
    targets: Targets,
    closed: Bools,
    tallies: Sequence[Tally],
    nodes: int,
) -> None:
    """Search closed rungs that no limit alone opens for pairs that do, and count them."""
    opened_by_one = closing.alone.any(axis=2)
    rest = closed & ~opened_by_one
    for target, tally in enumerate(tallies):
        tally.tried += int(closed[:, target].sum())
        tally.tried_one += int((closed & opened_by_one)[:, target].sum())
    if not rest.any():
        return
    units = closing.units
    candidate = closing.candidate & rest[:, :, None]
    count = closing.closer.sum(axis=2)
    possible = {}
    for a, b in combinations(range(len(units)), 2):
        held = closing.closer[:, :, a].astype(int) + closing.closer[:, :, b]
        both = candidate[:, :, a] & candidate[:, :, b] & (held == count)
        if both.any():
            possible[a, b] = both
    if not possible:
        return
    pairs = [*possible]
    wanted = np.stack([*possible.values()], axis=2)
    opened = _opened(
        compiled.problem, [(units[a], units[b]) for a, b in pairs], targets, wanted, nodes
    )
    keys = [_joint_key(compiled.names, unit) for unit in units]
    for target, tally in enumerate(tallies):
        tally.two += int(opened[:, target].any(axis=1).sum())
        member = np.zeros((opened.shape[0], len(units)), dtype=bool)
        for place, (a, b) in enumerate(pairs):
            hit = opened[:, target, place]
            _add(tally.pairs, (keys[a], keys[b]), hit)
            member[:, a] |= hit
            member[:, b] |= hit
        for place, key in enumerate(keys):
            _add(tally.joint, key, member[:, place])


def _joint_key(names: Names, unit: Unit) -> Key:
    if unit.owner < 0:
        return unit.limit, unit.who
    floors, thresholds = _rows_by_kind(names, unit)
    return ("floor" if not thresholds else "threshold" if not floors else "consent"), unit.who


def _add(counts: dict[_K, int], key: _K, hit: Bools) -> None:
    if hit.any():
        counts[key] = counts.get(key, 0) + int(hit.sum())
