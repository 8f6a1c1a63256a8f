"""The one place that says whether a package is accepted in a world, and by how much."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .jit import kernel, outer_kernel
from .layout import B1, I1, I8, Structure, Values


class Room(NamedTuple):
    """What judging a package writes into: package, slacks, binding rows, violated clauses."""

    levels: I1
    slack: I8
    binding: B1
    violated: B1


def judging_room(st: Structure) -> Room:
    """Allocate what judging a package writes into."""
    return Room(
        np.zeros(st.status_quo.size, np.int8),
        np.zeros(st.row_owner.size, np.int64),
        np.zeros(st.row_owner.size, np.bool_),
        np.zeros(st.clause_hard.size, np.bool_),
    )


@kernel
def is_status_quo(st: Structure, x: I1) -> bool:
    """Whether nothing changes: such a package is in the win-set by definition."""
    for m in range(x.size):
        if x[m] != st.status_quo[m]:
            return False
    return True


@kernel
def any_shut(st: Structure, v: Values, w: int, x: I1) -> bool:
    """Whether a one-rung limit closes a rung of the package."""
    for m in range(x.size):
        if v.shut[w, st.first[m] + x[m]] != 0:
            return True
    return False


@kernel
def mark_violated(st: Structure, v: Values, w: int, x: I1, violated: B1) -> bool:
    """Mark every clause that is on and has no true literal; tell whether a hard one is among them."""
    clause_start = st.clause_start
    hard = False
    for q in range(violated.size):
        holds = not v.clause_on[w, q]
        for i in range(clause_start[q], clause_start[q + 1]):
            reached = x[st.lit_measure[i]] >= st.lit_level[i]
            if reached == st.lit_at_least[i]:
                holds = True
        violated[q] = not holds
        if violated[q] and st.clause_hard[q]:
            hard = True
    return hard


@kernel
def is_awake(st: Structure, r: int, x: I1) -> bool:
    """Whether somebody is asked: the wake set is empty or has left the status quo."""
    wake_start, wake_measure = st.wake_start, st.wake_measure
    start, stop = wake_start[r], wake_start[r + 1]
    for i in range(start, stop):
        if x[wake_measure[i]] != st.status_quo[wake_measure[i]]:
            return True
    return start == stop


@kernel
def row_value(st: Structure, v: Values, w: int, x: I1, r: int, violated: B1) -> int:
    """Constant, entries, pair terms and softs of one row."""
    row_start, term_start, soft_start, first = st.row_start, st.term_start, st.soft_start, st.first
    value = v.constant[w, r]
    for e in range(row_start[r], row_start[r + 1]):
        value += v.coef[w, st.coef_start[e] + x[st.row_measure[e]]]
    for t in range(term_start[r], term_start[r + 1]):
        a, b = st.term_a[t], st.term_b[t]
        width = first[b + 1] - first[b]
        value += v.pair[w, st.pair_start[t] + x[a] * width + x[b]]
    for s in range(soft_start[r], soft_start[r + 1]):
        if violated[st.soft_clause[s]]:
            value -= v.soft[w, s]
    return value


@kernel
def take_squares(st: Structure, v: Values, w: int, x: I1, slack: I8) -> None:
    """Subtract from the rows that saturate what the squares of the totals cost them."""
    total = v.total
    square_row, first = st.square_row, st.first
    for c in range(total.shape[1]):
        here = np.int64(0)
        before = np.int64(0)
        for m in range(x.size):
            here += total[w, c, first[m] + x[m]]
            before += total[w, c, first[m] + st.status_quo[m]]
        more = here * here - before * before
        for p in range(square_row.size):
            slack[square_row[p]] -= v.square[w, p, c] * more


@kernel
def consents(st: Structure, slack: I8, binding: B1) -> bool:
    """Whether structure holds and every acceptance clause has an owner without a failing row."""
    accept_start, row_owner = st.accept_start, st.row_owner
    for r in range(slack.size):
        if row_owner[r] < 0 and binding[r] and slack[r] < 0:
            return False
    for a in range(accept_start.size - 1):
        found = False
        for i in range(accept_start[a], accept_start[a + 1]):
            willing = True
            for r in range(slack.size):
                if row_owner[r] == st.accept_owner[i] and binding[r] and slack[r] < 0:
                    willing = False
            found = found or willing
        if not found:
            return False
    return True


@kernel
def judge_world(
    st: Structure, v: Values, w: int, x: I1, slack: I8, binding: B1, violated: B1
) -> bool:
    """Judge one package in one world; writes slacks, binding rows and violated clauses."""
    hard = mark_violated(st, v, w, x, violated)
    for r in range(slack.size):
        slack[r] = row_value(st, v, w, x, r, violated)
        binding[r] = v.row_on[w, r] and is_awake(st, r, x)
    take_squares(st, v, w, x, slack)
    if is_status_quo(st, x):
        return True
    return not hard and not any_shut(st, v, w, x) and consents(st, slack, binding)


@outer_kernel
def judge_block(
    st: Structure,
    v: Values,
    start: int,
    stop: int,
    levels: I1,
    accepted: B1,
    slack: I8,
    binding: B1,
    violated: B1,
    shut: B1,
) -> None:
    """Judge one package a world, for the worlds from start to stop."""
    for w in range(start, stop):
        accepted[w] = judge_world(st, v, w, levels[w], slack[w], binding[w], violated[w])
        shut[w] = any_shut(st, v, w, levels[w])


@outer_kernel
def alone_block(
    st: Structure,
    v: Values,
    start: int,
    stop: int,
    skip: B1,
    measure: I8,
    level: I8,
    x: I1,
    slack: I8,
    binding: B1,
    violated: B1,
    answer: B1,
) -> None:
    """Judge each target by itself on the status quo; rows marked in ``skip`` do not bind."""
    status_quo = st.status_quo
    for m in range(x.size):
        x[m] = status_quo[m]
    for w in range(start, stop):
        for t in range(measure.size):
            m = measure[t]
            x[m] = level[t]
            fits = judge_world(st, v, w, x, slack, binding, violated)
            hard = mark_violated(st, v, w, x, violated)
            if not fits and not hard and not any_shut(st, v, w, x):
                for r in range(skip.size):
                    binding[r] = binding[r] and not skip[r]
                fits = consents(st, slack, binding)
            answer[w, t] = fits
            x[m] = status_quo[m]


@kernel
def look_again(
    st: Structure,
    v: Values,
    w: int,
    x: I1,
    rows: I8,
    slack: I8,
    binding: B1,
    violated: B1,
) -> None:
    """Recompute the given rows, which include all that saturate."""
    for i in range(rows.size):
        r = rows[i]
        slack[r] = row_value(st, v, w, x, r, violated)
        binding[r] = v.row_on[w, r] and is_awake(st, r, x)
    take_squares(st, v, w, x, slack)


@outer_kernel
def neighbours_block(
    st: Structure,
    v: Values,
    start: int,
    stop: int,
    reader_start: I8,
    reader: I8,
    package: I1,
    x: I1,
    slack: I8,
    binding: B1,
    violated: B1,
    answer: B1,
) -> None:
    """Judge a package moved in one measure at a time, for the worlds from start to stop."""
    first = st.first
    for m in range(x.size):
        x[m] = package[m]
    for w in range(start, stop):
        fits = judge_world(st, v, w, x, slack, binding, violated)
        for m in range(x.size):
            rows = reader[reader_start[m] : reader_start[m + 1]]
            for slot in range(first[m], first[m + 1]):
                x[m] = slot - first[m]
                if x[m] == package[m]:
                    answer[w, slot] = fits
                    continue
                hard = mark_violated(st, v, w, x, violated)
                look_again(st, v, w, x, rows, slack, binding, violated)
                answer[w, slot] = is_status_quo(st, x) or (
                    not hard and not any_shut(st, v, w, x) and consents(st, slack, binding)
                )
            x[m] = package[m]
            mark_violated(st, v, w, x, violated)
            look_again(st, v, w, x, rows, slack, binding, violated)
