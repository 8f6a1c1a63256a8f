"""Problems made from a problem: what is asked again with some rungs held in place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .layout import B1, Problem

HELD = np.uint32(1 << 31)
"""Bit of the one-rung limit that holds a measure at a rung or above."""


def forced(problem: Problem, measure: ArrayLike, level: ArrayLike) -> Problem:
    """Hold measures at a level or above: a copy that shares all arrays but the one-rung limits.

    Every package below one of the levels is shut, so that ``exists`` asked about a further rung
    tells whether some accepted package reaches all of them.  The status quo itself stays in the
    win-set by definition: ask about a rung above it.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    measure, level
        [rung] each measure stands at its level or above.

    Returns
    -------
    Problem
        The narrowed problem; its win-sets, the status quo aside, are parts of those of ``problem``.

    Raises
    ------
    ValueError
        A measure or level that the problem does not have.
    """
    first = problem.structure.first.astype(np.int64)
    measures = np.atleast_1d(np.asarray(measure, dtype=np.int64))
    levels = np.atleast_1d(np.asarray(level, dtype=np.int64))
    if measures.shape != levels.shape:
        raise ValueError(f"one level a measure: got {measures.shape} and {levels.shape}")
    shut = problem.values.shut.copy()
    for m, at in zip(measures.tolist(), levels.tolist(), strict=True):
        if not (0 <= m < first.size - 1 and 0 <= at < first[m + 1] - first[m]):
            raise ValueError(f"there is no level {at} of measure {m}")
        shut[:, first[m] : first[m] + at] |= HELD
    return Problem(problem.structure, problem.values._replace(shut=shut))


def without(
    problem: Problem,
    *,
    owners: Sequence[int] = (),
    rows: ArrayLike | None = None,
    clauses: ArrayLike | None = None,
) -> Problem:
    """Lift some limits: a copy of the problem that shares all arrays but the switches.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    owners
        All rows of these owners.
    rows, clauses
        Numbers, or booleans of shape [row] or [world, row] (clauses alike).

    Returns
    -------
    Problem
        The relaxed problem; its win-sets contain those of ``problem``.
    """
    structure, values = problem
    row_on = values.row_on & ~np.isin(structure.row_owner, np.asarray(owners, dtype=np.int64))
    if rows is not None:
        row_on &= ~_marked(rows, row_on.shape)
    clause_on = values.clause_on
    if clauses is not None:
        clause_on = clause_on & ~_marked(clauses, clause_on.shape)
    return Problem(structure, values._replace(row_on=row_on, clause_on=clause_on))


def _marked(which: ArrayLike, shape: tuple[int, ...]) -> B1:
    """Read numbers or booleans as a mask of shape [world, ...]."""
    given = np.asarray(which)
    if given.dtype == np.bool_:
        return np.broadcast_to(given, shape)
    mask = np.zeros(shape[1], np.bool_)
    mask[given.astype(np.int64)] = True
    return np.broadcast_to(mask, shape)
