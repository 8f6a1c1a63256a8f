"""What each limit allows at best: a cheap proof that it closes a rung all by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import Bools, Unit
from winset.engine.layout import Problem

Integers = NDArray[np.int64]


class RowBounds:
    """Most that each row of a block can be worth while one measure stands at each level."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._whole: dict[int, Integers] = {}
        self._known: dict[tuple[int, int], Integers] = {}

    def of(self, row: int, measure: int) -> Integers:
        """Most that a row can be worth while a measure stands at each level, [world, level].

        All other measures take whatever level helps most; softs and squares are left out where
        they only cost, so that the bound is never too low.
        """
        if (row, measure) not in self._known:
            self._known[row, measure] = self._bound(row, measure)
        return self._known[row, measure]

    def _bound(self, row: int, measure: int) -> Integers:
        st = self._problem.structure
        worth = np.repeat(self._best(row)[:, None], _levels(self._problem, measure), axis=1)
        for entry in range(st.row_start[row], st.row_start[row + 1]):
            if st.row_measure[entry] == measure:
                cells = self._cells(entry)
                worth += cells - cells.max(axis=1, keepdims=True)
        for term in range(st.term_start[row], st.term_start[row + 1]):
            if measure in (st.term_a[term], st.term_b[term]):
                table = self._table(term)
                other = 2 if st.term_a[term] == measure else 1
                worth += table.max(axis=other) - table.max(axis=(1, 2))[:, None]
        return worth

    def _best(self, row: int) -> Integers:
        """Most that a row can be worth, [world]."""
        if row not in self._whole:
            st = self._problem.structure
            best = self._problem.values.constant[:, row] + _today_squared(self._problem, row)
            for entry in range(st.row_start[row], st.row_start[row + 1]):
                best = best + self._cells(entry).max(axis=1)
            for term in range(st.term_start[row], st.term_start[row + 1]):
                best = best + self._table(term).max(axis=(1, 2))
            self._whole[row] = best
        return self._whole[row]

    def _cells(self, entry: int) -> Integers:
        """Return what an entry is worth, [world, level]."""
        st = self._problem.structure
        start = int(st.coef_start[entry])
        levels = _levels(self._problem, int(st.row_measure[entry]))
        return self._problem.values.coef[:, start : start + levels]

    def _table(self, term: int) -> Integers:
        """Return what a pair term is worth, [world, level of a, level of b]."""
        st, pair = self._problem.structure, self._problem.values.pair
        shape = tuple(_levels(self._problem, int(m)) for m in (st.term_a[term], st.term_b[term]))
        start = int(st.pair_start[term])
        table = pair[:, start : start + shape[0] * shape[1]]
        return table.reshape(pair.shape[0], *shape)


def _today_squared(problem: Problem, row: int) -> Integers:
    """Most that squares can give back: totals may fall to nothing where rungs may be undone."""
    st, v = problem.structure, problem.values
    place = np.flatnonzero(st.square_row == row)
    if place.size == 0:
        return np.zeros(v.depth.shape[0], dtype=np.int64)
    today = v.total[:, :, st.first[:-1] + st.status_quo].sum(axis=2)
    return np.asarray((v.square[:, place[0]] * today * today).sum(axis=1))


def _levels(problem: Problem, measure: int) -> int:
    first = problem.structure.first
    return int(first[measure + 1] - first[measure])


def closers(
    problem: Problem,
    bounds: RowBounds,
    units: Sequence[Unit],
    measure: NDArray[np.int16],
    level: NDArray[np.int8],
    closed: Bools,
) -> Bools:
    """Tell which limits close a rung above the status quo all by themselves.

    Whatever opens the rung has to waive all of them.  A limit may close a rung without being
    found here; none is found that does not.

    Parameters
    ----------
    problem, bounds
        The block, and what its rows can be worth.
    measure, level
        [target] rungs asked about.
    closed
        [world, target] where a rung is closed; nothing is looked for elsewhere.

    Returns
    -------
    Bools
        [world, target, unit]
    """
    st, v = problem.structure, problem.values
    required = _required(problem)
    found = np.zeros((v.depth.shape[0], level.size, len(units)), dtype=bool)
    measures = range(st.status_quo.size)
    asked = [np.flatnonzero((measure == m) & (level > st.status_quo[m])) for m in measures]
    shut = np.stack([closed[:, targets].any(axis=1) for targets in asked], axis=1)
    for place, unit in enumerate(units):
        if unit.owner >= 0 and unit.owner not in required:
            continue
        for row in unit.rows:
            on = v.row_on[:, row]
            for m in _read_by(problem, row):
                targets = asked[m]
                if (on & shut[:, m]).any() and _woken(problem, row, m):
                    fails = (bounds.of(row, m) < 0) & on[:, None]
                    above = np.logical_and.accumulate(fails[:, ::-1], axis=1)[:, ::-1]
                    found[:, targets, place] |= above[:, level[targets]]
        for clause in unit.clauses:
            for target in np.flatnonzero(level > st.status_quo[measure]):
                if _surely_violated(problem, clause, int(measure[target]), int(level[target])):
                    found[:, target, place] |= v.clause_on[:, clause]
    return found & closed[:, :, None]


def _required(problem: Problem) -> set[int]:
    """Owners without whose consent some party refuses."""
    st = problem.structure
    groups = zip(st.accept_start[:-1], st.accept_start[1:], strict=True)
    return {int(st.accept_owner[start]) for start, stop in groups if stop - start == 1}


def _read_by(problem: Problem, row: int) -> set[int]:
    st = problem.structure
    entries = slice(st.row_start[row], st.row_start[row + 1])
    terms = slice(st.term_start[row], st.term_start[row + 1])
    parts = (st.row_measure[entries], st.term_a[terms], st.term_b[terms])
    return {int(m) for part in parts for m in part}


def _woken(problem: Problem, row: int, measure: int) -> bool:
    """Whether a row surely binds once the measure has left the status quo."""
    st = problem.structure
    wake = st.wake_measure[st.wake_start[row] : st.wake_start[row + 1]]
    return wake.size == 0 or measure in wake


def _surely_violated(problem: Problem, clause: int, measure: int, level: int) -> bool:
    st = problem.structure
    literals = range(st.clause_start[clause], st.clause_start[clause + 1])
    return all(
        st.lit_measure[i] == measure and not st.lit_at_least[i] and st.lit_level[i] <= level
        for i in literals
    )
