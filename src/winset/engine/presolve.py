"""Which levels a world leaves open at all: shut rungs, hard clauses, rows of few measures."""

from __future__ import annotations

import numpy as np

from .jit import kernel, outer_kernel
from .layout import B1, I8, Structure, Values
from .plan import REQUIRED, Plan

FAILS, SAME, CHANGED = -1, 0, 1
"""What a filter did: nothing is left, nothing was removed, something was removed."""


@kernel
def open_levels(st: Structure, v: Values, w: int, dom: I8) -> None:
    """Write for each measure its open levels as bits."""
    first = st.first
    for m in range(dom.size):
        bits = np.int64(0)
        for level in range(first[m + 1] - first[m]):
            if v.shut[w, first[m] + level] == 0:
                bits |= np.int64(1) << level
        dom[m] = bits


@kernel
def unit_clauses(st: Structure, v: Values, plan: Plan, w: int, dom: I8) -> int:
    """Remove levels that would leave a hard clause without a true literal."""
    clause_hard = st.clause_hard
    lit_start, lit_measure, lit_mask = plan.lit_start, plan.lit_measure, plan.lit_mask
    result = SAME
    for q in range(clause_hard.size):
        if not (clause_hard[q] and v.clause_on[w, q]):
            continue
        live = 0
        last = -1
        for i in range(lit_start[q], lit_start[q + 1]):
            if dom[lit_measure[i]] & lit_mask[i] != 0:
                live += 1
                last = i
        if live == 0:
            return FAILS
        if live == 1:
            m = lit_measure[last]
            kept = dom[m] & lit_mask[last]
            if kept != dom[m]:
                dom[m] = kept
                result = CHANGED
    return result


@kernel
def surely_violated(plan: Plan, clause: int, dom: I8) -> bool:
    """Whether no literal of a clause can hold any more."""
    lit_start = plan.lit_start
    for i in range(lit_start[clause], lit_start[clause + 1]):
        if dom[plan.lit_measure[i]] & plan.lit_mask[i] != 0:
            return False
    return True


@kernel
def add_best(st: Structure, v: Values, w: int, r: int, dom: I8, short: I8, across: I8) -> int:
    """Sum the best of entries and terms; ``short[slot]`` is what standing there costs of it."""
    row_start, term_start, first = st.row_start, st.term_start, st.first
    coef = v.coef
    best = np.int64(0)
    for e in range(row_start[r], row_start[r + 1]):
        m = st.row_measure[e]
        n = first[m + 1] - first[m]
        at = st.coef_start[e]
        top = np.int64(-(2**62))
        for k in range(n):
            if dom[m] >> k & 1:
                top = max(top, coef[w, at + k])
        best += top
        for k in range(n):
            short[first[m] + k] += top - coef[w, at + k]
    for t in range(term_start[r], term_start[r + 1]):
        best += add_best_cell(st, v, w, t, dom, short, across)
    return best


@kernel
def add_best_cell(st: Structure, v: Values, w: int, t: int, dom: I8, short: I8, across: I8) -> int:
    """Best cell of one term; ``short[slot]`` grows by what standing there costs of it."""
    first = st.first
    pair = v.pair
    a, b = np.int64(st.term_a[t]), np.int64(st.term_b[t])
    first_a, first_b = np.int64(first[a]), np.int64(first[b])
    rows, columns = first[a + 1] - first_a, first[b + 1] - first_b
    top = np.int64(-(2**62))
    for k in range(columns):
        across[k] = -(2**62)
    for i in range(rows):
        if not dom[a] >> i & 1:
            continue
        at = st.pair_start[t] + i * columns
        some = np.int64(-(2**62))
        for k in range(columns):
            if dom[b] >> k & 1:
                some = max(some, pair[w, at + k])
                across[k] = max(across[k], pair[w, at + k])
        top = max(top, some)
        short[first_a + i] -= some
    for i in range(rows):
        short[first_a + i] += top
    for k in range(columns):
        if dom[b] >> k & 1:
            short[first_b + k] += top - across[k]
    return top


@kernel
def filter_row(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    r: int,
    dom: I8,
    short: I8,
    across: I8,
    only: int,
) -> int:
    """Remove levels at which a row cannot hold; ``only``: a measure but for its status quo, or -1."""
    soft_start, first = st.soft_start, st.first
    part_start = plan.part_start
    best = v.constant[w, r] + add_best(st, v, w, r, dom, short, across)
    for s in range(soft_start[r], soft_start[r + 1]):
        clause = st.soft_clause[s]
        if v.clause_on[w, clause] and surely_violated(plan, clause, dom):
            best -= v.soft[w, s]
    result = SAME
    empty = False
    for i in range(part_start[r], part_start[r + 1]):
        m = plan.part_measure[i]
        for k in range(first[m + 1] - first[m]):
            s = first[m] + k
            free = only >= 0 and (m != only or k == st.status_quo[m])
            if dom[m] >> k & 1 and best < short[s] and not free:
                dom[m] &= ~(np.int64(1) << k)
                result = CHANGED
            short[s] = 0
        empty = empty or dom[m] == 0
    if empty or (best < 0 and only < 0):
        return FAILS
    return result


@kernel
def wake_state(st: Structure, r: int, dom: I8) -> int:
    """Tell whether a row is awake (-1), sleeps (-2), or is woken only by one measure (its number).

    -3: it depends on more than one measure.
    """
    wake_start = st.wake_start
    start, stop = wake_start[r], wake_start[r + 1]
    if start == stop:
        return -1
    found = -2
    for i in range(start, stop):
        m = np.int64(st.wake_measure[i])
        bit = np.int64(1) << st.status_quo[m]
        if dom[m] & bit == 0:
            return -1
        if dom[m] != bit:
            found = m if found == -2 else -3
    return found


@kernel
def is_seen(plan: Plan, r: int, dom: I8, seen: I8) -> bool:
    """Whether a row was filtered at just these levels, to no effect."""
    part_start = plan.part_start
    for i in range(part_start[r], part_start[r + 1]):
        if seen[i] != dom[plan.part_measure[i]]:
            return False
    return True


@kernel
def presolve(
    st: Structure, v: Values, plan: Plan, w: int, dom: I8, short: I8, across: I8, seen: I8
) -> int:
    """Filter with clauses and required narrow rows until nothing moves."""
    narrow, part_start = plan.narrow, plan.part_start
    wake_start = st.wake_start
    for m in range(dom.size):
        if dom[m] == 0:
            return FAILS
    short[:] = 0
    seen[:] = 0
    result = CHANGED
    while result == CHANGED:
        result = unit_clauses(st, v, plan, w, dom)
        if result == FAILS:
            return FAILS
        for i in range(narrow.size):
            r = narrow[i]
            owner = st.row_owner[r]
            if not v.row_on[w, r] or (owner >= 0 and plan.owner_need[owner] != REQUIRED):
                continue
            sleeps = wake_start[r] != wake_start[r + 1]
            if not sleeps and is_seen(plan, r, dom, seen):
                continue
            only = wake_state(st, r, dom)
            if only < -1:
                continue
            done = filter_row(st, v, plan, w, r, dom, short, across, only)
            if done == FAILS:
                return FAILS
            if done == CHANGED:
                result = CHANGED
            else:
                for k in range(part_start[r], part_start[r + 1]):
                    seen[k] = dom[plan.part_measure[k]]
    return result


@kernel
def least_of_row(st: Structure, v: Values, w: int, r: int) -> int:
    """Sum the worst of constant, entries, terms and softs of a row, whatever the package."""
    row_start, term_start, soft_start, first = st.row_start, st.term_start, st.soft_start, st.first
    least = v.constant[w, r]
    for e in range(row_start[r], row_start[r + 1]):
        m, at = st.row_measure[e], st.coef_start[e]
        low = v.coef[w, at]
        for k in range(first[m + 1] - first[m]):
            low = min(low, v.coef[w, at + k])
        least += low
    for t in range(term_start[r], term_start[r + 1]):
        a, b, at = st.term_a[t], st.term_b[t], st.pair_start[t]
        low = v.pair[w, at]
        for k in range((first[a + 1] - first[a]) * (first[b + 1] - first[b])):
            low = min(low, v.pair[w, at + k])
        least += low
    for s in range(soft_start[r], soft_start[r + 1]):
        least -= v.soft[w, s]
    return least


@outer_kernel
def idle_block(st: Structure, v: Values, plan: Plan, start: int, stop: int, answer: B1) -> None:
    """Mark the rows that hold whatever the package, for the worlds from start to stop."""
    square_of = plan.square_of
    for w in range(start, stop):
        for r in range(square_of.size):
            if v.row_on[w, r] and square_of[r] < 0:
                answer[w, r] = least_of_row(st, v, w, r) >= 0
