"""The one place that says whether a package is accepted in a world, and by how much."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .jit import kernel, outer_kernel
from .layout import B1, I1, I8, Structure, Values


class Room(NamedTuple):
    """What judging a package writes into."""

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
def must_consent(st: Structure, owner: int) -> bool:
    """Whether some acceptance clause names this owner alone."""
    accept_start, accept_owner = st.accept_start, st.accept_owner
    for a in range(accept_start.size - 1):
        if accept_start[a + 1] - accept_start[a] == 1 and accept_owner[accept_start[a]] == owner:
            return True
    return False


@kernel
def choices_met(st: Structure, slack: I8, binding: B1) -> bool:
    """Whether every acceptance clause has an owner without a failing row."""
    accept_start, row_owner = st.accept_start, st.row_owner
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
def consents(st: Structure, slack: I8, binding: B1) -> bool:
    """Whether structure holds and every acceptance clause has an owner without a failing row."""
    row_owner = st.row_owner
    failing = False
    for r in range(slack.size):
        if binding[r] and slack[r] < 0:
            if row_owner[r] < 0 or must_consent(st, row_owner[r]):
                return False
            failing = True
    for a in range(st.accept_start.size - 1):
        if st.accept_start[a] == st.accept_start[a + 1]:
            return False
    return not failing or choices_met(st, slack, binding)


@kernel
def judge_world(
    st: Structure, v: Values, w: int, x: I1, every: bool, slack: I8, binding: B1, violated: B1
) -> bool:
    """Judge one package in one world; writes slacks, binding rows and violated clauses.

    ``every``: the slacks of rows that are off are written too.
    """
    hard = mark_violated(st, v, w, x, violated)
    for r in range(slack.size):
        on = v.row_on[w, r]
        if on or every:
            slack[r] = row_value(st, v, w, x, r, violated)
        binding[r] = on and is_awake(st, r, x)
    take_squares(st, v, w, x, slack)
    if is_status_quo(st, x):
        return True
    return not hard and not any_shut(st, v, w, x) and consents(st, slack, binding)


@kernel
def stands(st: Structure, v: Values, w: int, x: I1, room: Room) -> bool:
    """Tell whether a package is accepted, and stop at the first row that refuses it."""
    slack, binding, violated = room.slack, room.binding, room.violated
    if is_status_quo(st, x):
        return True
    if any_shut(st, v, w, x) or mark_violated(st, v, w, x, violated):
        return False
    slack[:] = 0
    take_squares(st, v, w, x, slack)
    for r in range(slack.size):
        binding[r] = v.row_on[w, r] and is_awake(st, r, x)
        if not binding[r]:
            continue
        slack[r] += row_value(st, v, w, x, r, violated)
        if slack[r] < 0 and (st.row_owner[r] < 0 or must_consent(st, st.row_owner[r])):
            return False
    return consents(st, slack, binding)


@outer_kernel
def judge_block(
    st: Structure,
    v: Values,
    worlds: I8,
    start: int,
    stop: int,
    levels: I1,
    every: bool,
    accepted: B1,
    slack: I8,
    binding: B1,
    violated: B1,
    shut: B1,
) -> None:
    """Judge the packages from start to stop, each in its world."""
    for k in range(start, stop):
        w = worlds[k]
        accepted[k] = judge_world(st, v, w, levels[k], every, slack[k], binding[k], violated[k])
        shut[k] = any_shut(st, v, w, levels[k])


@outer_kernel
def accepts_block(
    st: Structure, v: Values, start: int, stop: int, packages: I1, room: Room, answer: B1
) -> None:
    """Tell which packages are accepted, for the worlds from start to stop.

    ``packages``: [world, package, measure], or one line for all worlds.
    """
    for w in range(start, stop):
        mine = packages[w if packages.shape[0] > 1 else 0]
        for k in range(mine.shape[0]):
            answer[w, k] = stands(st, v, w, mine[k], room)
