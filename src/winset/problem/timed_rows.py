"""The rows of a problem laid out for the model through time: by the rung that is put."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.engine.layout import B1, I4, I8, Problem, Structure
from winset.errors import AskError
from winset.problem.crosses import Places, crosses, links, near, spans, starts
from winset.problem.names import Names, RowName
from winset.problem.rows import MICRO, WHOLE_SCALE


def four_bytes(amounts: NDArray[Any]) -> I4:
    """Return millionths of a point, of any shape, in whole numbers of four bytes.

    Raises
    ------
    AskError
        One is too large: more than 2,147 points.
    """
    rounded = amounts if amounts.dtype.kind == "i" else np.rint(amounts)
    most = max(float(rounded.max(initial=0)), -float(rounded.min(initial=0)))
    if not most < 1 << 31:
        message = (
            f"a rung is worth {most / MICRO:,.0f} points to somebody, and at most 2,147 can be followed "
            "through time; look for a weight, an effect or a stance that is far too large."
        )
        raise AskError(message)
    return np.ascontiguousarray(rounded.astype(np.int32))


def lay_out(
    names: Names, problem: Problem, needed: B1
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Lay rows out by the measure, or the slot, that they speak of.

    Parameters
    ----------
    names, problem
        A block of worlds.
    needed
        [world, slot, constituency] whose consent a rung needs.

    Returns
    -------
    tuple
        Fields of the ``Story`` and of the ``Draws``.
    """
    st, v = problem
    binding: list[list[int]] = [[] for _ in range(st.status_quo.size)]
    for index, row in enumerate(names.rows):
        for m in _bound(names, st, row, index):
            binding[m].append(index)
    found = [index for index, row in enumerate(names.rows) if row.kind == "package"]
    wholes = np.array(found, dtype=np.int32)
    square = {int(row): place for place, row in enumerate(st.square_row)}
    rule_first, rule_row = flat([[row for row in own if st.row_owner[row] < 0] for own in binding])
    ask_first, ask_list = by_measure(st, np.flatnonzero(st.clause_hard))
    used = np.bitwise_or.reduce(v.pair, axis=0) != 0
    floors = [[row for row in own if st.row_owner[row] >= 0] for own in binding]
    slot, floor_row, floor = _floors(problem, floors, needed, used)
    floor_first = starts(np.bincount(slot, minlength=st.first[-1]))
    near_by, near_columns = crosses(st, used, near(st, slot, floor_first, floor_row))
    charged, charges = _charges(st, found)
    linked, link_columns = crosses(st, used, links(st, wholes))
    story = {
        "floor_first": floor_first,
        "floor_row": floor_row,
        "rule_first": rule_first,
        "rule_row": rule_row,
        "wholes": wholes,
        "whole_square": np.array([square.get(row, -1) for row in found], dtype=np.int32),
        "near": near_by,
        "links": linked,
        **charged,
        "ask_first": ask_first,
        "ask_list": ask_list,
        "alone": _alone(st, needed.shape[2]),
    }
    entries = _in_millionths(_entries(problem, wholes))
    today = st.first[:-1] + st.status_quo
    draws = {
        "floor": four_bytes(floor),
        "whole": four_bytes(entries),
        "near": four_bytes(np.take(v.pair, near_columns, axis=1)),
        "links": four_bytes(_in_millionths(np.take(v.pair, link_columns, axis=1))),
        "whole_today": entries[:, today].sum(axis=1) + _in_millionths(_rest(problem, wholes)),
        "charge": four_bytes(_in_millionths(v.soft[:, charges])),
        "total": four_bytes(v.total.transpose(0, 2, 1)),
        "total_today": v.total[:, :, today].sum(axis=2),
    }
    return story, draws


def _bound(names: Names, st: Structure, row: RowName, index: int) -> list[int]:
    """Tell which measures a row binds: one by name, several that a ceiling is over, or none."""
    if row.measure:
        return [names.measures.index(row.measure)]
    if row.kind == "package":
        return []
    woken: list[int] = st.wake_measure[st.wake_start[index] : st.wake_start[index + 1]].tolist()
    return woken


def _in_millionths(amounts: I8) -> I8:
    """Return amounts of rows that weigh the whole, which are finer only to hold squares.

    Raises
    ------
    ValueError
        One is no whole number of millionths.
    """
    found, rest = np.divmod(amounts, WHOLE_SCALE)
    if rest.any():
        raise ValueError(
            "an amount of a row that weighs the whole is no whole number of millionths"
        )
    return np.asarray(found)


def flat(groups: Sequence[Sequence[int]]) -> tuple[I4, I4]:
    """Return where each group starts, one more at the end, and all members."""
    members = np.array([item for group in groups for item in group], dtype=np.int32)
    return starts([len(group) for group in groups]), members


def by_measure(st: Structure, clauses: Iterable[int]) -> tuple[I4, I4]:
    """List clauses by the measures that they speak of."""
    found: list[list[int]] = [[] for _ in range(st.status_quo.size)]
    for clause in clauses:
        span = slice(int(st.clause_start[clause]), int(st.clause_start[clause + 1]))
        for m in sorted(set(st.lit_measure[span].tolist())):
            found[m].append(int(clause))
    return flat(found)


def _floors(
    problem: Problem, floors: Sequence[Sequence[int]], needed: B1, used: B1
) -> tuple[Places, I4, I8]:
    """List by slot the rows that can say something there in some world.

    Returns
    -------
    tuple
        Their slots, their rows, and [world, floor] constant and entry.
    """
    st, v = problem
    sizes = np.diff(st.first)
    measure = np.repeat(np.arange(sizes.size), sizes)
    counts = np.array([len(own) for own in floors])[measure]
    row = np.array([row for m in measure.tolist() for row in floors[m]], dtype=np.int32)
    slot = np.repeat(np.arange(measure.size), counts)
    level = slot - st.first[measure[slot]]
    amount = v.constant[:, row] + v.coef[:, st.coef_start[st.row_start[row]] + level]
    term, floor = spans(st.term_start[row], np.diff(st.term_start)[row])
    width = sizes[st.term_b[term]]
    column, cell = spans(st.pair_start[term] + level[floor] * width, width)
    anybody = np.asarray(needed.any(axis=0))
    speaks = amount.any(axis=0) | anybody[slot, st.row_owner[row]]
    speaks |= np.diff(st.soft_start)[row] > 0
    speaks[floor[cell[used[column]]]] = True
    return slot[speaks], row[speaks], np.ascontiguousarray(amount[:, speaks])


def _entries(problem: Problem, wholes: I4) -> I8:
    """[world, slot, whole] entries of the rows that weigh the whole."""
    st, v = problem
    table = np.zeros((v.coef.shape[0], int(st.first[-1]), wholes.size), dtype=np.int64)
    for place, row in enumerate(wholes):
        for e in range(st.row_start[row], st.row_start[row + 1]):
            m = st.row_measure[e]
            size = st.first[m + 1] - st.first[m]
            own = v.coef[:, st.coef_start[e] : st.coef_start[e] + size]
            table[:, st.first[m] : st.first[m + 1], place] = own
    return table


def _rest(problem: Problem, wholes: I4) -> I8:
    """[world, whole] constant, pair terms and costs of the rows of the whole at the status quo."""
    st, v = problem
    quo, table = st.status_quo.astype(np.int64), v.constant[:, wholes]
    missed = (quo[st.lit_measure] >= st.lit_level) != st.lit_at_least
    violated = [missed[a:b].all() for a, b in pairwise(st.clause_start.tolist())]
    for place, row in enumerate(wholes):
        term = np.arange(st.term_start[row], st.term_start[row + 1])
        a, b = st.term_a[term], st.term_b[term]
        column = st.pair_start[term] + quo[a] * np.diff(st.first)[b] + quo[b]
        table[:, place] += v.pair[:, column].sum(axis=1)
        for s in range(st.soft_start[row], st.soft_start[row + 1]):
            clause = st.soft_clause[s]
            if violated[clause]:
                table[:, place] -= v.soft[:, s] * v.clause_on[:, clause]
    return table


def _charges(st: Structure, wholes: Sequence[int]) -> tuple[dict[str, I4], I4]:
    """Index what violated clauses cost the rows that weigh the whole, and name the soft prices."""
    charges: list[list[tuple[int, int]]] = [[] for _ in range(st.clause_hard.size)]
    for i, row in enumerate(wholes):
        for s in range(st.soft_start[row], st.soft_start[row + 1]):
            charges[st.soft_clause[s]].append((s, i))
    charge_first, charge_soft = flat([[s for s, _ in group] for group in charges])
    cost_first, cost_clause = by_measure(st, [q for q, group in enumerate(charges) if group])
    story = {
        "cost_first": cost_first,
        "cost_clause": cost_clause,
        "charge_first": charge_first,
        "charge_whole": flat([[i for _, i in group] for group in charges])[1],
    }
    return story, charge_soft


def _alone(st: Structure, owners: int) -> B1:
    """Tell whose refusal is enough: some acceptance clause has no other owner."""
    alone = np.zeros(owners, dtype=np.bool_)
    single = np.diff(st.accept_start) == 1
    alone[st.accept_owner[st.accept_start[:-1][single]]] = True
    return alone
