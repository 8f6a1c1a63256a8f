"""Packages near a closed rung, judged: what they fail is what may have to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import Bools, Unit, blamed, failed_rows, failing, take
from winset.engine import judge
from winset.engine.layout import Problem
from winset.problem import Names

_ROUNDS = 6
_NEVER = 2**62


@dataclass(frozen=True)
class Near:
    """What two packages near each closed rung fail, [world, target, unit]."""

    candidate: Bools
    """Limits that one of them fails."""
    alone: Bools
    """Limits that are all that one of them fails: waiving one opens the rung."""
    floor: Bools
    """Of these, constituencies of which only floors are failed."""
    threshold: Bools
    """Of these, constituencies of which only the whole is failed."""
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
    candidate, alone, floor, threshold = (np.zeros(shape, dtype=bool) for _ in range(4))
    short = np.full(shape, _NEVER, dtype=np.int64)
    today = np.tile(problem.structure.status_quo, (closed.shape[0], 1))
    for target in np.flatnonzero(closed.any(axis=0)):
        worlds = np.flatnonzero(closed[:, target])
        part = take(problem, worlds)
        m = int(measure[target])
        for base in (today, deepest):
            package = base[worlds].copy()
            package[:, m] = np.maximum(package[:, m], level[target])
            follow(part, package)
            judged = judge(part, package)
            fails = blamed(part, units, failing(units, judged))
            candidate[worlds, target] |= fails
            lone = (fails.sum(axis=1) == 1) & ~judged.shut
            for place in np.flatnonzero(fails[lone].any(axis=0)).tolist():
                here = np.flatnonzero(lone & fails[:, place])
                rows = failed_rows(judged)[here]
                kinds = _kinds(names, units[place], rows)
                at = (worlds[here], target, place)
                alone[at] = True
                floor[at] |= kinds[0] & ~kinds[1]
                threshold[at] |= kinds[1] & ~kinds[0]
                missing = _missing(names, units[place], m, rows, judged.row_slack[here])
                short[at] = np.minimum(short[at], missing)
    return Near(candidate, alone, floor, threshold & ~floor, short)


def _kinds(names: Names, unit: Unit, rows: Bools) -> tuple[Bools, Bools]:
    """Tell whether floors and whether wholes of a unit are failed, [world] each."""
    floors = [row for row in unit.rows if names.rows[row].kind == "floor"]
    wholes = [row for row in unit.rows if names.rows[row].kind == "package"]
    return np.asarray(rows[:, floors].any(axis=1)), np.asarray(rows[:, wholes].any(axis=1))


def _missing(
    names: Names, unit: Unit, measure: int, rows: Bools, slack: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Micro-points that would mend every failed row of a unit, [world]."""
    missing = np.zeros(rows.shape[0], dtype=np.int64)
    for row in unit.rows:
        mendable = names.rows[row].measure in ("", names.measures[measure])
        short = -(slack[:, row] // names.row_scale[row]) if mendable else np.int64(_NEVER)
        missing = np.where(rows[:, row], np.maximum(missing, short), missing)
    return missing


def follow(problem: Problem, package: NDArray[np.int8]) -> None:
    """Raise what violated hard clauses ask for, clause by clause, until nothing moves."""
    st, on = problem.structure, problem.values.clause_on
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
