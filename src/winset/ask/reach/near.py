"""Packages near a closed rung, judged: what they fail is what may have to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import FLOORS, Bools, Unit, blamed, failed_rows, failing
from winset.engine import judge
from winset.engine.layout import Problem
from winset.problem import Names

_ROUNDS = 6
_NEVER = 2**62
_TOGETHER = 2_000
"""Packages judged at a time; bounds the memory, not the answer."""


@dataclass(frozen=True)
class Near:
    """What two packages near each closed rung fail, [world, target, unit]."""

    candidate: Bools
    """Limits that one of them fails."""
    alone: Bools
    """Limits that are all that one of them fails: waiving one opens the rung."""
    floor: Bools
    """Of these, constituencies of which only floors are failed."""
    short: NDArray[np.int64]
    """Of these, micro-points that would do, added to the floor of the measure and to the whole."""


def look_near(
    problem: Problem,
    names: Names,
    units: Sequence[Unit],
    measure: NDArray[np.int16],
    level: NDArray[np.int8],
    closed: Bools,
    deepest: NDArray[np.int8],
) -> Near:
    """Judge the status quo and the deepest package with each closed rung forced in.

    Prerequisites of the rung are followed.

    Parameters
    ----------
    measure, level
        [target] rungs asked about.
    closed
        [world, target] where to look.
    deepest
        [world, measure] the deepest package of each world.
    """
    shape = (*closed.shape, len(units))
    candidate, alone, floor = (np.zeros(shape, dtype=bool) for _ in range(3))
    near = Near(candidate, alone, floor, np.full(shape, _NEVER, dtype=np.int64))
    today = np.broadcast_to(problem.structure.status_quo, deepest.shape)
    pairs = np.argwhere(closed)
    for start in range(0, len(pairs), _TOGETHER):
        world, target = pairs[start : start + _TOGETHER].T
        for base in (today, deepest):
            _look(problem, names, units, base[world], (world, target), measure, level, near)
    return near


def _look(
    problem: Problem,
    names: Names,
    units: Sequence[Unit],
    package: NDArray[np.int8],
    at: tuple[NDArray[np.intp], NDArray[np.intp]],
    measure: NDArray[np.int16],
    level: NDArray[np.int8],
    near: Near,
) -> None:
    """Force the rung of each (world, target) into a package and note what then fails."""
    world, target = at
    moved = (np.arange(world.size), measure[target])
    package[moved] = np.maximum(package[moved], level[target])
    follow(problem, package, worlds=world)
    judged = judge(problem, package, worlds=world, every=False)
    fails = blamed(problem, units, failing(units, judged))
    near.candidate[world, target] |= fails
    lone = (fails.sum(axis=1) == 1) & ~judged.shut
    for place in np.flatnonzero(fails[lone].any(axis=0)).tolist():
        here = np.flatnonzero(lone & fails[:, place])
        rows = failed_rows(judged)[here]
        to = (world[here], target[here], place)
        near.alone[to] = True
        near.floor[to] |= units[place].failed(rows) == FLOORS
        missing = _missing(names, units[place], measure[target[here]], rows, judged.row_slack[here])
        near.short[to] = np.minimum(near.short[to], missing)


def _missing(
    names: Names, unit: Unit, measure: NDArray[np.int16], rows: Bools, slack: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Micro-points that would mend every failed row of a unit, [package]."""
    missing = np.zeros(rows.shape[0], dtype=np.int64)
    for row in unit.rows:
        short = -(slack[:, row] // names.row_scale[row])
        if names.rows[row].measure:
            mendable = measure == names.measures.index(names.rows[row].measure)
            short = np.where(mendable, short, _NEVER)
        missing = np.where(rows[:, row], np.maximum(missing, short), missing)
    return missing


def follow(
    problem: Problem, package: NDArray[np.int8], *, worlds: NDArray[np.intp] | None = None
) -> None:
    """Raise what violated hard clauses ask for, clause by clause, until nothing moves.

    ``package`` has a line for each world, or for each of ``worlds``.
    """
    st, on = problem.structure, problem.values.clause_on
    on = on if worlds is None else on[worlds]
    for _ in range(_ROUNDS):
        moved = False
        for clause in np.flatnonzero(st.clause_hard):
            literals = range(st.clause_start[clause], st.clause_start[clause + 1])
            raises = [i for i in literals if st.lit_at_least[i]]
            if not raises:
                continue
            holds = ~on[:, clause]
            for i in literals:
                reached = package[:, st.lit_measure[i]] >= st.lit_level[i]
                holds |= reached == st.lit_at_least[i]
            if not holds.all():
                package[~holds, st.lit_measure[raises[0]]] = st.lit_level[raises[0]]
                moved = True
        if not moved:
            return
