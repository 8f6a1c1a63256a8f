"""What a package is worth to each executive, as rows that the exact engine can be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import take
from winset.engine import deepest, judge, without
from winset.engine.layout import Problem, Structure, Values
from winset.errors import AskError
from winset.problem import Compiled

Levels = NDArray[np.int8]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Stage:
    """One world: its win-set, and a value row for each executive.

    The value row is the executive's package row with gains and losses counted alike, against the
    status quo.  A last measure, ``package``, stands at 1 in every package: it sets the status quo
    as one package among others apart from the status quo as what is there without an agreement.
    """

    problem: Problem
    rows: NDArray[np.intp]
    """[party] value rows."""
    scale: Integers
    """[party] units of the row in a point."""
    worth: Integers
    """[party, slot] what each rung alone adds."""
    sum_rows: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    """[sum] rows that say nothing new, see :mod:`winset.ask.settle.sums`."""
    sums: Integers = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    """[sum, party] how often each value row is in it."""

    @property
    def status_quo(self) -> Levels:
        """[measure] the package in which nothing changes."""
        return self.problem.structure.status_quo[:-1]

    def gains(self, packages: Levels) -> Integers:
        """Return [package, party] what each package is worth, in units of the rows."""
        worlds = np.zeros(len(packages), dtype=np.intp)
        judged = judge(take(self.problem, worlds), with_one(packages))
        return np.asarray(judged.row_slack[:, self.rows])

    def accepted(self, packages: Levels) -> NDArray[np.bool_]:
        """Return [package] whether each package is in the win-set."""
        worlds = np.zeros(len(packages), dtype=np.intp)
        added = np.concatenate([self.rows, self.sum_rows])
        problem = without(take(self.problem, worlds), rows=added)
        judged = judge(problem, with_one(packages))
        return np.asarray(judged.accepted | (packages == self.status_quo).all(axis=1))

    def find(
        self, at_least: Integers, weight: NDArray[np.float64], node_limit: int
    ) -> tuple[Levels | None, bool]:
        """Look for an accepted package that gives each party at least so much.

        Parameters
        ----------
        at_least
            [party] in units of the rows.
        weight
            [party] what to favour among such packages, rung by rung.
        node_limit
            Nodes after which the search gives up.

        Returns
        -------
        tuple
            A package [measure] or None, and whether None is proven.
        """
        st, values = self.problem
        constant = values.constant.copy()
        constant[0, self.rows] -= at_least
        if self.sum_rows.size:
            constant[0, self.sum_rows] -= self.sums @ at_least
        score = np.rint(weight @ self.worth).astype(np.int64)
        for start, stop in pairwise(st.first.tolist()):
            score[start:stop] -= score[start:stop].min()
        problem = Problem(st, values._replace(constant=constant, depth=score[None, :]))
        package = st.status_quo.size - 1
        best = deepest(problem, node_limit=node_limit, force=(package, 1))
        levels = best.levels[0, :-1] if best.found[0] else None
        return levels, bool(best.found[0] or best.settled[0])


def with_one(packages: Levels) -> Levels:
    """Return packages with the last measure at 1."""
    return np.pad(packages, ((0, 0), (0, 1)), constant_values=1)


def set_stage(judged: Compiled, valued: Compiled, world: int, executives: tuple[str, ...]) -> Stage:
    """Put value rows beside the limits of one world.

    Parameters
    ----------
    judged
        The block whose limits hold.
    valued
        The same worlds with gains and losses counted alike; its package rows are the values.
    world
        Place in the block.
    executives
        Whose gains are looked at, in the order of the parties.
    """
    rows = value_rows(valued, executives)
    here = np.array([world])
    structure, mine = take(judged.problem, here)
    other = take(valued.problem, here).values
    first = structure.row_owner.size
    structure, mine = _with_rows(structure, mine, valued.problem.structure, other, rows)
    worth = _worth(valued.problem.structure, other, rows)
    problem = Problem(*_with_measure(structure, mine))
    return Stage(
        problem,
        np.arange(first, first + len(rows)),
        valued.names.row_scale[rows] * 1_000_000,
        np.pad(worth, ((0, 0), (0, 2))),
    )


def value_rows(valued: Compiled, executives: tuple[str, ...]) -> list[int]:
    """Return the package row of each executive.

    Raises
    ------
    AskError
        An executive weighs nothing, so that no package is worth anything to it.
    """
    place = {
        row.constituency: index
        for index, row in enumerate(valued.names.rows)
        if row.kind == "package" and not row.source
    }
    for who in executives:
        if who not in place:
            raise AskError(f"{who} weighs no measure: it has nothing to bargain for.")
    return [place[who] for who in executives]


def _with_rows(
    st: Structure, v: Values, other_st: Structure, other: Values, rows: list[int]
) -> tuple[Structure, Values]:
    """Append rows of another problem of the same measures and clauses, never asleep."""
    entries = [np.arange(*other_st.row_start[row : row + 2]) for row in rows]
    terms = [np.arange(*other_st.term_start[row : row + 2]) for row in rows]
    softs = [np.arange(*other_st.soft_start[row : row + 2]) for row in rows]
    entry, term, soft = (np.concatenate(parts) for parts in (entries, terms, softs))
    count, square = len(rows), st.square_row
    places = [np.flatnonzero(other_st.square_row == row) for row in rows]
    saturating = np.concatenate(places)
    last = st.row_owner.size
    added = [last + place for place, found in enumerate(places) if found.size]
    structure = st._replace(
        row_start=_extended(st.row_start, entries),
        row_measure=np.concatenate([st.row_measure, other_st.row_measure[entry]]),
        coef_start=np.concatenate([st.coef_start, other_st.coef_start[entry] + v.coef.shape[1]]),
        term_start=_extended(st.term_start, terms),
        term_a=np.concatenate([st.term_a, other_st.term_a[term]]),
        term_b=np.concatenate([st.term_b, other_st.term_b[term]]),
        pair_start=np.concatenate([st.pair_start, other_st.pair_start[term] + v.pair.shape[1]]),
        soft_start=_extended(st.soft_start, softs),
        soft_clause=np.concatenate([st.soft_clause, other_st.soft_clause[soft]]),
        square_row=np.concatenate([square, np.array(added, dtype=square.dtype)]),
        wake_start=np.pad(st.wake_start, (0, count), mode="edge"),
        row_owner=np.pad(st.row_owner, (0, count), constant_values=-1),
    )
    values = v._replace(
        row_on=np.pad(v.row_on, ((0, 0), (0, count)), constant_values=True),
        constant=np.pad(v.constant, ((0, 0), (0, count))),
        coef=np.concatenate([v.coef, other.coef], axis=1),
        pair=np.concatenate([v.pair, other.pair], axis=1),
        soft=np.concatenate([v.soft, other.soft[:, soft]], axis=1),
        square=np.concatenate([v.square, other.square[:, saturating]], axis=1),
    )
    return structure, values


def _extended(starts: NDArray[np.int32], parts: list[NDArray[np.intp]]) -> NDArray[np.int32]:
    more = starts[-1] + np.cumsum([part.size for part in parts])
    return np.concatenate([starts, more]).astype(np.int32)


def _with_measure(st: Structure, v: Values) -> tuple[Structure, Values]:
    """Append a measure of two levels that no limit reads."""
    structure = st._replace(
        first=np.append(st.first, st.first[-1] + 2).astype(np.int32),
        status_quo=np.append(st.status_quo, 0).astype(np.int8),
    )
    values = v._replace(
        depth=np.pad(v.depth, ((0, 0), (0, 2))),
        effort=np.pad(np.zeros_like(v.effort), ((0, 0), (0, 2))),
        shut=np.pad(v.shut, ((0, 0), (0, 2))),
        total=np.pad(v.total, ((0, 0), (0, 0), (0, 2))),
    )
    return structure, values


def _worth(st: Structure, v: Values, rows: list[int]) -> Integers:
    worth = np.zeros((len(rows), int(st.first[-1])), dtype=np.int64)
    for place, row in enumerate(rows):
        for entry in range(st.row_start[row], st.row_start[row + 1]):
            measure = st.row_measure[entry]
            start, stop = st.first[measure], st.first[measure + 1]
            at = st.coef_start[entry]
            worth[place, start:stop] = v.coef[0, at : at + stop - start]
    return worth
