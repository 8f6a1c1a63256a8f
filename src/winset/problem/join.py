"""Rows of one problem added to another over the same worlds and ladders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.engine.layout import Problem, Values


@dataclass(frozen=True)
class Borrowed:
    """Rows of a problem that another problem is to meet as well, whoever owns them.

    Attributes
    ----------
    problem
        Where they stand; same worlds, measures and levels as the problem they go to.
    rows
        Places of the rows; none of them may lose by saturation.
    spare
        [world, place in ``rows``] what is added to the constant of each, in units of the row.
    wake
        [place in ``rows``] the measure without which the row asks nothing: it sleeps while that
        measure stands at the status quo.
    """

    problem: Problem
    rows: NDArray[np.intp]
    spare: NDArray[np.int64]
    wake: NDArray[np.intp]


def with_rows(base: Problem, extra: Sequence[Borrowed]) -> Problem:
    """Return a problem that must meet the rows of others too.

    The rows have no owner: no party's rule can set them aside.  A row is borrowed with its pair
    terms and with the clauses that cost it something, which are added as clauses that only cost.

    Raises
    ------
    ValueError
        The ladders differ, or a borrowed row saturates.
    """
    problem = base
    for one in extra:
        problem = _joined(problem, one)
    return problem


def _joined(base: Problem, more: Borrowed) -> Problem:
    st, other = base.structure, more.problem.structure
    if not np.array_equal(st.first, other.first):
        raise ValueError("rows can be borrowed between problems of the same ladders only")
    if np.isin(more.rows, other.square_row).any():
        raise ValueError("a row that loses by saturation cannot be borrowed")
    entries = _members(other.row_start, more.rows)
    terms = _members(other.term_start, more.rows)
    softs = _members(other.soft_start, more.rows)
    clauses = np.unique(other.soft_clause[softs])
    literals = _members(other.clause_start, clauses)
    sizes = np.diff(other.first)[other.row_measure[entries]]
    blocks = np.diff(other.first)[other.term_a[terms]] * np.diff(other.first)[other.term_b[terms]]
    coefs = _spans(other.coef_start[entries], sizes)
    pairs = _spans(other.pair_start[terms], blocks)
    values, their = base.values, more.problem.values
    structure: dict[str, NDArray[Any]] = {
        "clause_start": _extended(st.clause_start, np.diff(other.clause_start)[clauses]),
        "lit_measure": np.concatenate((st.lit_measure, other.lit_measure[literals])),
        "lit_level": np.concatenate((st.lit_level, other.lit_level[literals])),
        "lit_at_least": np.concatenate((st.lit_at_least, other.lit_at_least[literals])),
        "clause_hard": np.concatenate((st.clause_hard, np.zeros(clauses.size, np.bool_))),
        "row_start": _extended(st.row_start, np.diff(other.row_start)[more.rows]),
        "row_measure": np.concatenate((st.row_measure, other.row_measure[entries])),
        "coef_start": np.concatenate((st.coef_start, values.coef.shape[1] + _offsets(sizes))),
        "term_start": _extended(st.term_start, np.diff(other.term_start)[more.rows]),
        "term_a": np.concatenate((st.term_a, other.term_a[terms])),
        "term_b": np.concatenate((st.term_b, other.term_b[terms])),
        "pair_start": np.concatenate((st.pair_start, values.pair.shape[1] + _offsets(blocks))),
        "soft_start": _extended(st.soft_start, np.diff(other.soft_start)[more.rows]),
        "soft_clause": np.concatenate(
            (
                st.soft_clause,
                st.clause_hard.size + np.searchsorted(clauses, other.soft_clause[softs]),
            )
        ),
        "wake_start": _extended(st.wake_start, np.ones(more.rows.size, np.int32)),
        "wake_measure": np.concatenate((st.wake_measure, more.wake)),
        "row_owner": np.concatenate((st.row_owner, np.full(more.rows.size, -1))),
    }
    spared = their.constant[:, more.rows] + more.spare
    joined = values._replace(
        clause_on=np.concatenate((values.clause_on, their.clause_on[:, clauses]), axis=1),
        row_on=np.concatenate((values.row_on, their.row_on[:, more.rows]), axis=1),
        constant=np.concatenate((values.constant, spared), axis=1),
        coef=np.concatenate((values.coef, their.coef[:, coefs]), axis=1),
        pair=np.concatenate((values.pair, their.pair[:, pairs]), axis=1),
        soft=np.concatenate((values.soft, their.soft[:, softs]), axis=1),
    )
    typed: dict[str, Any] = {
        name: array.astype(getattr(st, name).dtype) for name, array in structure.items()
    }
    return Problem(st._replace(**typed), joined)


def _members(starts: NDArray[np.int32], rows: NDArray[Any]) -> NDArray[np.intp]:
    """Places of everything that belongs to some rows of a compressed list."""
    return _spans(starts[:-1][rows], np.diff(starts)[rows])


def _spans(starts: Iterable[int], sizes: Iterable[int]) -> NDArray[np.intp]:
    parts = [np.arange(a, a + n) for a, n in zip(starts, sizes, strict=True)]
    return np.concatenate(parts).astype(np.intp) if parts else np.zeros(0, dtype=np.intp)


def _offsets(sizes: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))[: sizes.size]


def _extended(starts: NDArray[np.int32], sizes: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.concatenate((starts, starts[-1] + np.cumsum(sizes, dtype=np.int64)))


def jointly(problem: Problem, groups: NDArray[np.intp]) -> Problem:
    """Return a problem whose worlds are groups of worlds: what it accepts, all of a group accept.

    Depth and effort are those of the mean world of all, the same in every group, so that what
    groups reach can be compared.

    Parameters
    ----------
    problem
        The worlds.
    groups
        [group, member] numbers of the worlds in each group.
    """
    st, v = problem
    members = groups.shape[1]
    owners = int(max(st.row_owner.max(initial=-1), st.accept_owner.max(initial=-1))) + 1
    clauses = st.clause_hard.size
    copies = range(members)
    squares = [st.square_row + t * st.row_owner.size for t in copies]
    structure: dict[str, Any] = {
        "first": st.first,
        "status_quo": st.status_quo,
        "row_owner": np.concatenate(
            [np.where(st.row_owner < 0, -1, st.row_owner + t * owners) for t in copies]
        ),
        "accept_owner": np.concatenate([st.accept_owner + t * owners for t in copies]),
        "soft_clause": np.concatenate([st.soft_clause + t * clauses for t in copies]),
        "square_row": np.concatenate(squares),
        "coef_start": np.concatenate([st.coef_start + t * v.coef.shape[1] for t in copies]),
        "pair_start": np.concatenate([st.pair_start + t * v.pair.shape[1] for t in copies]),
    }
    for name in st._fields:
        if name not in structure:
            array = getattr(st, name)
            starts = name.endswith("_start")
            structure[name] = _repeated(array, members) if starts else np.tile(array, members)
    typed = {name: array.astype(getattr(st, name).dtype) for name, array in structure.items()}
    return Problem(type(st)(**typed), _grouped(v, groups))


def _repeated(starts: NDArray[np.int32], times: int) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(np.tile(np.diff(starts), times), dtype=np.int64)))


def _grouped(v: Values, groups: NDArray[np.intp]) -> Values:
    """Values of groups: what stands in one row a world stands side by side a group."""
    count, members = groups.shape

    def side_by_side(array: NDArray[Any]) -> NDArray[Any]:
        return np.ascontiguousarray(array[groups].reshape(count, -1))

    def mean(array: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.tile(np.rint(array.mean(axis=0)).astype(np.int64), (count, 1))

    rows, criteria = v.square.shape[1:]
    square = np.zeros((count, members, rows, members, criteria), dtype=np.int64)
    for t in range(members):
        square[:, t, :, t, :] = v.square[groups[:, t]]
    return Values(
        depth=mean(v.depth),
        effort=mean(v.effort),
        shut=np.bitwise_or.reduce(v.shut[groups], axis=1),
        clause_on=side_by_side(v.clause_on),
        row_on=side_by_side(v.row_on),
        constant=side_by_side(v.constant),
        coef=side_by_side(v.coef),
        pair=side_by_side(v.pair),
        soft=side_by_side(v.soft),
        total=v.total[groups].reshape(count, members * criteria, v.total.shape[2]),
        square=square.reshape(count, members * rows, members * criteria),
    )
