"""Rows and clauses of a world written into its core."""

from __future__ import annotations

import numpy as np

from .core import (
    CELLS,
    CLAUSES,
    NARROW,
    SLOTS,
    SOFTS,
    WAKES,
    WIDE_ROWS,
    Fold,
    Frame,
    Logic,
    Narrow,
    Wide,
    frame_world,
)
from .jit import kernel, part_kernel
from .layout import I8, Structure, Values
from .plan import ASKED, LANES, REQUIRED, Plan
from .presolve import wake_state

OFF = -2
"""Owner of a row that cannot bind; -1 is structure."""


@kernel
def local_mask(frame: Frame, m: int, mask: int) -> int:
    """Translate a mask over the levels of a free measure into one over its slots."""
    first = frame.first
    bits = np.int64(0)
    f = frame.place[m]
    for s in range(first[f], first[f + 1]):
        if mask >> frame.level[s] & 1:
            bits |= np.int64(1) << (s - first[f])
    return bits


@kernel
def all_slots(frame: Frame, f: int) -> int:
    """Mask of all slots of a free measure."""
    first = frame.first
    return (np.int64(1) << (first[f + 1] - first[f])) - 1


@kernel
def row_is_on(st: Structure, v: Values, plan: Plan, w: int, r: int, dom: I8) -> bool:
    """Whether a row can bind: on, with an owner somebody asks, and not asleep for good."""
    owner_need = plan.owner_need
    owner = st.row_owner[r]
    if owner >= 0 and owner_need[owner] != REQUIRED and owner_need[owner] != ASKED:
        return False
    return v.row_on[w, r] and wake_state(st, r, dom) != -2


@kernel
def fold_entries(st: Structure, v: Values, w: int, r: int, frame: Frame, fold: Fold) -> float:
    """Add entries and squares' constant; returns the constant so far."""
    largest, first, base, level = frame.largest, frame.first, frame.base, frame.level
    row_start = st.row_start
    coef = v.coef
    const = np.float64(v.constant[w, r])
    size = abs(const)
    for e in range(row_start[r], row_start[r + 1]):
        m, at = st.row_measure[e], st.coef_start[e]
        f = frame.place[m]
        if f < 0:
            const += coef[w, at + base[m]]
            size += abs(coef[w, at + base[m]])
            continue
        top = np.float64(0.0)
        for s in range(first[f], first[f + 1]):
            fold.unary[s] += coef[w, at + level[s]]
            top = max(top, np.float64(abs(coef[w, at + level[s]])))
        size += top
    largest[0] = max(largest[0], size)
    return const


@kernel
def fold_terms(
    st: Structure, v: Values, plan: Plan, w: int, r: int, frame: Frame, fold: Fold
) -> float:
    """Add pair terms: to cells, to unary values, or to the constant that is returned."""
    largest, place, frame_first, base = frame.largest, frame.place, frame.first, frame.base
    level = frame.level
    term_start, first = st.term_start, st.first
    v_pair = v.pair
    unary = fold.unary
    const = np.float64(0.0)
    size = np.float64(0.0)
    for t in range(term_start[r], term_start[r + 1]):
        a, b = np.int64(st.term_a[t]), np.int64(st.term_b[t])
        width = first[b + 1] - first[b]
        at = st.pair_start[t]
        fa, fb = place[a], place[b]
        top = np.float64(0.0)
        if fa < 0 and fb < 0:
            const += v_pair[w, at + base[a] * width + base[b]]
        elif fb < 0:
            for s in range(frame_first[fa], frame_first[fa + 1]):
                value = np.float64(v_pair[w, at + level[s] * width + base[b]])
                unary[s] += value
                top = max(top, abs(value))
        elif fa < 0:
            for s in range(frame_first[fb], frame_first[fb + 1]):
                value = np.float64(v_pair[w, at + base[a] * width + level[s]])
                unary[s] += value
                top = max(top, abs(value))
        else:
            pair = frame.pair_of[plan.term_pair[t]]
            into = frame.pair_at[pair]
            na = frame_first[fa + 1] - frame_first[fa]
            nb = frame_first[fb + 1] - frame_first[fb]
            down, right = (1, na) if plan.term_swap[t] else (nb, 1)
            for i in range(na):
                source = at + level[frame_first[fa] + i] * width
                for k in range(nb):
                    value = np.float64(v_pair[w, source + level[frame_first[fb] + k]])
                    fold.cell[into + i * down + k * right] += value
                    top = max(top, abs(value))
        size += top
    largest[0] = max(largest[0], size + abs(const))
    return const


@kernel
def fold_soft(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    s: int,
    row: int,
    frame: Frame,
    logic: Logic,
    fold: Fold,
) -> float:
    """Add one soft: to the constant, to unary values, to cells, or to the list of large softs."""
    frame_count, first = frame.count, frame.first
    soft_start, soft_free, soft_mask = logic.soft_start, logic.soft_free, logic.soft_mask
    lit_start, soft_pair = plan.lit_start, plan.soft_pair
    q = st.soft_clause[s]
    cost = np.float64(v.soft[w, s])
    if not v.clause_on[w, q]:
        return 0.0
    count = frame_count[SOFTS]
    start = soft_start[count]
    live = start
    for i in range(lit_start[q], lit_start[q + 1]):
        m, mask = plan.lit_measure[i], plan.lit_mask[i]
        f = frame.place[m]
        if f < 0:
            if mask >> frame.base[m] & 1:
                return 0.0
            continue
        bits = local_mask(frame, m, mask)
        if bits == all_slots(frame, f):
            return 0.0
        if bits != 0:
            soft_free[live] = f
            soft_mask[live] = bits
            live += 1
    if live == start:
        return -cost
    fa, fb = soft_free[start], soft_free[live - 1]
    mask_a, mask_b = soft_mask[start], soft_mask[live - 1]
    if live - start == 1:
        for k in range(first[fa + 1] - first[fa]):
            if not mask_a >> k & 1:
                fold.unary[first[fa] + k] -= cost
    elif soft_pair[s] >= 0:
        into = frame.pair_at[frame.pair_of[soft_pair[s]]]
        nb = first[fb + 1] - first[fb]
        for i in range(first[fa + 1] - first[fa]):
            for k in range(nb):
                if not (mask_a >> i & 1 or mask_b >> k & 1):
                    fold.cell[into + i * nb + k] -= cost
    else:
        logic.soft_row[count] = row
        logic.soft_cost[count] = cost
        soft_start[count + 1] = live
        frame_count[SOFTS] = count + 1
    return 0.0


@kernel
def fold_row(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    r: int,
    row: int,
    frame: Frame,
    logic: Logic,
    fold: Fold,
) -> float:
    """Write a row's unary values and cells into the scratch space; returns its constant."""
    part_start, link_start = plan.part_start, plan.link_start
    soft_start = st.soft_start
    largest, first, pair_at = frame.largest, frame.first, frame.pair_at
    for i in range(part_start[r], part_start[r + 1]):
        f = frame.place[plan.part_measure[i]]
        if f >= 0:
            fold.unary[first[f] : first[f + 1]] = 0.0
    for i in range(link_start[r], link_start[r + 1]):
        p = frame.pair_of[plan.link_pair[i]]
        if p >= 0:
            fold.cell[pair_at[p] : pair_at[p + 1]] = 0.0
    const = fold_entries(st, v, w, r, frame, fold)
    const += fold_terms(st, v, plan, w, r, frame, fold)
    for s in range(soft_start[r], soft_start[r + 1]):
        const += fold_soft(st, v, plan, w, s, row, frame, logic, fold)
        largest[0] = max(largest[0], np.float64(v.soft[w, s]))
    return const


@kernel
def fold_wake(st: Structure, r: int, frame: Frame, logic: Logic) -> int:
    """Give a number to the wake mode of a row that more than one measure may wake; -1: always awake."""
    frame_count = frame.count
    wake_start = logic.wake_start
    st_wake_start = st.wake_start
    count = frame_count[WAKES]
    at = wake_start[count]
    for i in range(st_wake_start[r], st_wake_start[r + 1]):
        m = st.wake_measure[i]
        f = frame.place[m]
        if f >= 0:
            logic.wake_free[at] = f
            logic.wake_bit[at] = local_mask(frame, m, np.int64(1) << st.status_quo[m])
            at += 1
    wake_start[count + 1] = at
    frame_count[WAKES] = count + 1
    return count


@kernel
def fold_wide(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    dom: I8,
    frame: Frame,
    wide: Wide,
    logic: Logic,
    fold: Fold,
) -> None:
    """Write the wide rows side by side."""
    const, unary, cell, linked = wide.const, wide.unary, wide.cell, wide.linked
    owner, wake = wide.owner, wide.wake
    count, first, pair_at = frame.count, frame.first, frame.pair_at
    plan_wide, part_start, link_start = plan.wide, plan.part_start, plan.link_start
    slots, cells = count[SLOTS], count[CELLS]
    const[:] = 0.0
    unary[:, :slots] = 0.0
    cell[:, :cells] = 0.0
    wide.square[:] = 0.0
    linked[:] = False
    owner[:] = OFF
    wake[:] = -1
    for j in range(plan_wide.size):
        r = plan_wide[j]
        if not row_is_on(st, v, plan, w, r, dom):
            continue
        g, lane = j // LANES, j % LANES
        const[g, lane] = fold_row(st, v, plan, w, r, j, frame, logic, fold)
        owner[j] = st.row_owner[r]
        if wake_state(st, r, dom) != -1:
            wake[j] = fold_wake(st, r, frame, logic)
        for i in range(part_start[r], part_start[r + 1]):
            f = frame.place[plan.part_measure[i]]
            if f >= 0:
                for s in range(first[f], first[f + 1]):
                    unary[g, s, lane] = fold.unary[s]
        for i in range(link_start[r], link_start[r + 1]):
            p = frame.pair_of[plan.link_pair[i]]
            if p >= 0:
                linked[p] = True
                for c in range(pair_at[p], pair_at[p + 1]):
                    cell[g, c, lane] = fold.cell[c]
    fold_squares(st, v, plan, w, frame, wide)


@kernel
def fold_squares(st: Structure, v: Values, plan: Plan, w: int, frame: Frame, wide: Wide) -> None:
    """Write totals and squares; what the status quo's total is worth goes to the constants."""
    wide_fixed, wide_total = wide.fixed, wide.total
    status_quo, st_first = st.status_quo, st.first
    total = v.total
    plan_wide = plan.wide
    first, largest = frame.first, frame.largest
    for c in range(wide_fixed.size):
        before = np.float64(0.0)
        most = np.float64(0.0)
        fixed = np.float64(0.0)
        for m in range(status_quo.size):
            before += total[w, c, st_first[m] + status_quo[m]]
            f = frame.place[m]
            if f < 0:
                fixed += total[w, c, st_first[m] + frame.base[m]]
                continue
            top = np.float64(0.0)
            for s in range(first[f], first[f + 1]):
                wide_total[c, s] = total[w, c, st_first[m] + frame.level[s]]
                top = max(top, wide_total[c, s])
            most += top
        wide_fixed[c] = fixed
        most = max(most + fixed, before)
        for j in range(plan_wide.size):
            place = plan.square_of[plan_wide[j]]
            if place >= 0 and wide.owner[j] != OFF:
                g, lane = j // LANES, j % LANES
                size = np.float64(v.square[w, place, c])
                wide.square[g, c, lane] = size
                wide.const[g, lane] += size * before * before
                largest[0] = max(largest[0], 2.0 * size * most * most)


@kernel
def is_settled(st: Structure, plan: Plan, r: int) -> bool:
    """Whether the presolve has left nothing to a row: one measure, always awake, required."""
    wake_start, soft_start = st.wake_start, st.soft_start
    part_start = plan.part_start
    owner = st.row_owner[r]
    return (
        part_start[r + 1] - part_start[r] == 1
        and wake_start[r] == wake_start[r + 1]
        and soft_start[r] == soft_start[r + 1]
        and (owner < 0 or plan.owner_need[owner] == REQUIRED)
    )


@kernel
def fold_narrow(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    dom: I8,
    frame: Frame,
    narrow: Narrow,
    logic: Logic,
    fold: Fold,
) -> None:
    """List the narrow rows that may fail."""
    frame_count, first, pair_at = frame.count, frame.first, frame.pair_at
    plan_narrow, plan_part_start, plan_link_start = plan.narrow, plan.part_start, plan.link_start
    wake, part_start, link_start = narrow.wake, narrow.part_start, narrow.link_start
    unary, cell = fold.unary, fold.cell
    count, part, link = np.int64(0), np.int64(0), np.int64(0)
    at, into = np.int64(0), np.int64(0)
    for j in range(plan_narrow.size):
        r = plan_narrow[j]
        if is_settled(st, plan, r) or not row_is_on(st, v, plan, w, r, dom):
            continue
        softs = frame_count[SOFTS]
        const = fold_row(st, v, plan, w, r, frame_count[WIDE_ROWS] + count, frame, logic, fold)
        worst = const
        for s in range(softs, frame_count[SOFTS]):
            worst -= logic.soft_cost[s]
        part_start[count], link_start[count] = part, link
        for i in range(plan_part_start[r], plan_part_start[r + 1]):
            f = frame.place[plan.part_measure[i]]
            if f >= 0:
                narrow.part_free[part], narrow.part_at[part] = f, at
                low = np.inf
                for s in range(first[f], first[f + 1]):
                    narrow.unary[at] = unary[s]
                    low = min(low, unary[s])
                    at += 1
                worst += low
                part += 1
        for i in range(plan_link_start[r], plan_link_start[r + 1]):
            p = frame.pair_of[plan.link_pair[i]]
            if p >= 0:
                narrow.link_pair[link], narrow.link_at[link] = p, into
                low = np.inf
                for c in range(pair_at[p], pair_at[p + 1]):
                    narrow.cell[into] = cell[c]
                    low = min(low, cell[c])
                    into += 1
                worst += low
                link += 1
        if worst >= 0.0:
            part, link = part_start[count], link_start[count]
            frame_count[SOFTS] = softs
            continue
        narrow.const[count] = const
        narrow.owner[count] = st.row_owner[r]
        wake[count] = -1
        state = wake_state(st, r, dom)
        spared = state >= 0 and spare_status_quo(st, frame, narrow, count, part, state, -worst)
        if state != -1 and not spared:
            wake[count] = fold_wake(st, r, frame, logic)
        count += 1
    part_start[count], link_start[count] = part, link
    frame_count[NARROW] = count


@kernel
def spare_status_quo(
    st: Structure, frame: Frame, narrow: Narrow, row: int, stop: int, m: int, bonus: float
) -> bool:
    """Let a row that only measure m can wake hold whenever m stands at the status quo.

    False: the row does not read m.
    """
    f = frame.place[m]
    k = frame.spot[m, st.status_quo[m]] - frame.first[f]
    for i in range(narrow.part_start[row], stop):
        if narrow.part_free[i] == f:
            narrow.unary[narrow.part_at[i] + k] += bonus
            return True
    return False


@kernel
def fold_clauses(st: Structure, v: Values, plan: Plan, w: int, frame: Frame, logic: Logic) -> None:
    """List the hard clauses that are still open."""
    clause_start = logic.clause_start
    clause_hard = st.clause_hard
    lit_start = plan.lit_start
    count, at = np.int64(0), np.int64(0)
    clause_start[0] = 0
    for q in range(clause_hard.size):
        if not (clause_hard[q] and v.clause_on[w, q]):
            continue
        holds = False
        live = at
        for i in range(lit_start[q], lit_start[q + 1]):
            m, mask = plan.lit_measure[i], plan.lit_mask[i]
            f = frame.place[m]
            if f < 0:
                holds = holds or mask >> frame.base[m] & 1 == 1
                continue
            bits = local_mask(frame, m, mask)
            holds = holds or bits == all_slots(frame, f)
            if bits != 0:
                logic.clause_free[live], logic.clause_mask[live] = f, bits
                live += 1
        if not holds:
            at = live
            count += 1
            clause_start[count] = at
    frame.count[CLAUSES] = count


@part_kernel
def build_core(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    dom: I8,
    frame: Frame,
    wide: Wide,
    narrow: Narrow,
    logic: Logic,
    fold: Fold,
) -> None:
    """Write the core of a world whose levels are open as in ``dom``."""
    count = frame.count
    frame_world(st, v, plan, w, dom, frame)
    count[SOFTS] = 0
    count[WAKES] = 0
    logic.soft_start[0] = 0
    logic.wake_start[0] = 0
    fold_wide(st, v, plan, w, dom, frame, wide, logic, fold)
    fold_narrow(st, v, plan, w, dom, frame, narrow, logic, fold)
    fold_clauses(st, v, plan, w, frame, logic)
    frame.largest[0] *= 4.0 + wide.fixed.size + st.soft_clause.size
