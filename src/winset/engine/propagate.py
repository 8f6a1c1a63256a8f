"""Filters on a node of the search: what a state still allows.

A state is one vector of integers: for each free measure its open slots as bits, then for each
owner REQUIRED, ASKED or UNASKED, then for each wake mode AWAKE, OPEN or ASLEEP.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .core import F8, FREE, NARROW, PAIRS, SOFTS, WIDE_ROWS, Core, Frame, Logic, Narrow, Wide
from .jit import kernel
from .layout import I8
from .logic import (
    BINDS,
    IGNORED,
    WAITS,
    filter_clauses,
    give_up,
    row_mode,
    settle_choices,
    settle_wakes,
    soft_is_lost,
)
from .plan import LANES
from .presolve import CHANGED, FAILS, SAME

LOW = -1e300


class Scratch(NamedTuple):
    """Room for filters, one world at a time."""

    best: F8
    """[free, lane] best unary value; later what is missing from the pairs"""
    value: F8
    """[slot, lane]"""
    sum: F8
    """[lane]"""
    limit: F8
    """[lane]"""
    across: F8
    """[level, lane]"""
    some: F8
    top: F8
    """[lane]"""
    short: F8
    """[slot]"""
    down: F8
    """[level]"""
    seen: I8
    """[narrow part] state at which its row was last filtered to no effect"""
    mode: I8
    """[row]"""
    centre: F8
    """[criterion] where squares are replaced by their tangents."""


def new_scratch(core: Core) -> Scratch:
    """Allocate room for the largest world."""
    measures, slots = core.frame.free.size, core.frame.level.size
    return Scratch(
        np.zeros((measures, LANES), np.float64),
        np.zeros((slots, LANES), np.float64),
        np.zeros(LANES, np.float64),
        np.zeros(LANES, np.float64),
        np.zeros((64, LANES), np.float64),
        np.zeros(LANES, np.float64),
        np.zeros(LANES, np.float64),
        np.zeros(slots, np.float64),
        np.zeros(64, np.float64),
        np.zeros(core.narrow.part_free.size, np.int64),
        np.zeros(core.wide.owner.size + core.narrow.owner.size, np.int64),
        np.zeros(core.wide.fixed.size, np.float64),
    )


@kernel
def set_centres(frame: Frame, wide: Wide, state: I8, centre: F8) -> None:
    """Middle of what each total can be: where tangents replace the squares."""
    fixed, total = wide.fixed, wide.total
    first = frame.first
    for c in range(centre.size):
        low, high = fixed[c], fixed[c]
        for f in range(frame.count[FREE]):
            least, most = np.inf, -np.inf
            for s in range(first[f], first[f + 1]):
                if state[f] >> (s - first[f]) & 1:
                    least = min(least, total[c, s])
                    most = max(most, total[c, s])
            low += least
            high += most
        centre[c] = np.floor((low + high) / 2.0)


@kernel
def sum_wide(frame: Frame, wide: Wide, g: int, state: I8, work: Scratch) -> None:
    """Best unary values of a group of wide rows, tangents included."""
    centre = work.centre
    first = frame.first
    square = wide.square
    value, best, total = work.value, work.best, work.sum
    for j in range(LANES):
        total[j] = wide.const[g, j]
    for c in range(centre.size):
        at = centre[c]
        for j in range(LANES):
            total[j] += square[g, c, j] * (at * at - 2.0 * at * wide.fixed[c])
    for f in range(frame.count[FREE]):
        for j in range(LANES):
            best[f, j] = LOW
        for s in range(first[f], first[f + 1]):
            if not state[f] >> (s - first[f]) & 1:
                continue
            for j in range(LANES):
                value[s, j] = wide.unary[g, s, j]
            for c in range(centre.size):
                slope = 2.0 * centre[c] * wide.total[c, s]
                for j in range(LANES):
                    value[s, j] -= square[g, c, j] * slope
            for j in range(LANES):
                best[f, j] = max(best[f, j], value[s, j])
        for j in range(LANES):
            total[j] += best[f, j]


@kernel
def add_links(frame: Frame, wide: Wide, g: int, state: I8, work: Scratch) -> None:
    """Add the best cell of each pair; ``value - best`` becomes what a slot leaves of the sum."""
    first = frame.first
    cell = wide.cell
    value, best, total, across = work.value, work.best, work.sum, work.across
    some, top = work.some, work.top
    for p in range(frame.count[PAIRS]):
        if not wide.linked[p]:
            continue
        a, b = frame.pair_a[p], frame.pair_b[p]
        sa, sb = first[a], first[b]
        na, nb = first[a + 1] - sa, first[b + 1] - sb
        for j in range(LANES):
            top[j] = LOW
        for k in range(nb):
            for j in range(LANES):
                across[k, j] = LOW
        for i in range(na):
            if not state[a] >> i & 1:
                continue
            for j in range(LANES):
                some[j] = LOW
            at = frame.pair_at[p] + i * nb
            for k in range(nb):
                if state[b] >> k & 1:
                    for j in range(LANES):
                        x = cell[g, at + k, j]
                        some[j] = max(some[j], x)
                        across[k, j] = max(across[k, j], x)
            for j in range(LANES):
                top[j] = max(top[j], some[j])
                value[sa + i, j] += some[j]
        for k in range(nb):
            if state[b] >> k & 1:
                for j in range(LANES):
                    value[sb + k, j] += across[k, j]
        for j in range(LANES):
            total[j] += top[j]
            best[a, j] += top[j]
            best[b, j] += top[j]


@kernel
def filter_wide(frame: Frame, wide: Wide, logic: Logic, g: int, state: I8, work: Scratch) -> int:
    """Remove slots at which a wide row of a group cannot hold."""
    count = frame.count
    work_mode, work_sum = work.mode, work.sum
    owner, wake = wide.owner, wide.wake
    busy = False
    for j in range(LANES):
        row = g * LANES + j
        mode = row_mode(owner[row], wake[row], count, state)
        work_mode[row] = mode
        work.limit[j] = 0.0 if mode == BINDS else LOW
        busy = busy or mode != IGNORED
    if not busy:
        return SAME
    sum_wide(frame, wide, g, state, work)
    add_links(frame, wide, g, state, work)
    for s in range(count[SOFTS]):
        j = logic.soft_row[s] - g * LANES
        if 0 <= j < LANES and soft_is_lost(logic, s, state):
            work_sum[j] -= logic.soft_cost[s]
    result = SAME
    for j in range(LANES):
        row = g * LANES + j
        if work_sum[j] < 0.0 and work_mode[row] == BINDS:
            return FAILS
        if work_sum[j] < 0.0 and work_mode[row] == WAITS:
            done = give_up(owner[row], wake[row], count, logic, state)
            if done == FAILS:
                return FAILS
            result = done if done != SAME else result
    done = cut_slots(frame, state, work)
    return done if done != SAME else result


@kernel
def cut_slots(frame: Frame, state: I8, work: Scratch) -> int:
    """Remove slots that leave too little of a sum that binds."""
    first = frame.first
    value, best, total, limit = work.value, work.best, work.sum, work.limit
    result = SAME
    for f in range(frame.count[FREE]):
        here = state[f]
        for s in range(first[f], first[f + 1]):
            bit = np.int64(1) << (s - first[f])
            if here & bit == 0:
                continue
            fails = 0
            for j in range(LANES):
                fails += total[j] - best[f, j] + value[s, j] < limit[j]
            if fails > 0:
                here &= ~bit
        if here != state[f]:
            state[f] = here
            result = CHANGED
        if here == 0:
            return FAILS
    return result


@kernel
def sum_narrow(frame: Frame, narrow: Narrow, n: int, state: I8, short: F8, down: F8) -> float:
    """Best value of a narrow row; adds to ``short[slot]`` what standing there costs of it."""
    part_start, link_start, unary = narrow.part_start, narrow.link_start, narrow.unary
    frame_first = frame.first
    best = narrow.const[n]
    for i in range(part_start[n], part_start[n + 1]):
        f, at = narrow.part_free[i], narrow.part_at[i]
        first = frame_first[f]
        top = LOW
        for k in range(frame_first[f + 1] - first):
            if state[f] >> k & 1:
                top = max(top, unary[at + k])
        best += top
        for k in range(frame_first[f + 1] - first):
            short[first + k] += top - unary[at + k]
    for i in range(link_start[n], link_start[n + 1]):
        p, at = narrow.link_pair[i], narrow.link_at[i]
        a, b = frame.pair_a[p], frame.pair_b[p]
        sa, sb = frame_first[a], frame_first[b]
        na, nb = frame_first[a + 1] - sa, frame_first[b + 1] - sb
        top = LOW
        for k in range(nb):
            down[k] = LOW
        for j in range(na):
            if not state[a] >> j & 1:
                continue
            some = LOW
            for k in range(nb):
                if state[b] >> k & 1:
                    x = narrow.cell[at + j * nb + k]
                    some = max(some, x)
                    down[k] = max(down[k], x)
            top = max(top, some)
            short[sa + j] -= some
        best += top
        for j in range(na):
            short[sa + j] += top
        for k in range(nb):
            if state[b] >> k & 1:
                short[sb + k] += top - down[k]
    return best


@kernel
def is_seen(narrow: Narrow, n: int, state: I8, seen: I8) -> bool:
    """Whether a row that binds was filtered in just this state, to no effect."""
    part_start = narrow.part_start
    for i in range(part_start[n], part_start[n + 1]):
        if seen[i] != state[narrow.part_free[i]]:
            return False
    return part_start[n] < part_start[n + 1]


@kernel
def filter_narrow(
    frame: Frame, narrow: Narrow, logic: Logic, n: int, state: I8, work: Scratch
) -> int:
    """Remove slots at which a narrow row cannot hold."""
    count, first = frame.count, frame.first
    seen = work.seen
    owner, wake, part_start, part_free = (
        narrow.owner,
        narrow.wake,
        narrow.part_start,
        narrow.part_free,
    )
    mode = row_mode(owner[n], wake[n], count, state)
    if mode == IGNORED:
        return SAME
    if is_seen(narrow, n, state, seen):
        return SAME
    short = work.short
    best = sum_narrow(frame, narrow, n, state, short, work.down)
    for s in range(count[SOFTS]):
        if logic.soft_row[s] == count[WIDE_ROWS] + n and soft_is_lost(logic, s, state):
            best -= logic.soft_cost[s]
    result = SAME
    empty = False
    for i in range(part_start[n], part_start[n + 1]):
        f = part_free[i]
        for s in range(first[f], first[f + 1]):
            bit = np.int64(1) << (s - first[f])
            if mode == BINDS and state[f] & bit != 0 and best < short[s]:
                state[f] &= ~bit
                result = CHANGED
            short[s] = 0.0
        empty = empty or state[f] == 0
    if mode == BINDS and (empty or best < 0.0):
        return FAILS
    if mode == WAITS:
        gone = best < 0.0
        return give_up(owner[n], wake[n], count, logic, state) if gone else SAME
    if result == SAME:
        for i in range(part_start[n], part_start[n + 1]):
            seen[i] = state[part_free[i]]
    return result


@kernel
def propagate(frame: Frame, narrow: Narrow, logic: Logic, state: I8, work: Scratch) -> int:
    """Filter with clauses and narrow rows until nothing moves; FAILS or SAME."""
    count = frame.count
    for f in range(count[FREE]):
        if state[f] == 0:
            return FAILS
    moved = True
    while moved:
        moved = False
        if filter_clauses(count, logic, state) == FAILS:
            return FAILS
        if settle_choices(count[FREE], logic, state) == FAILS:
            return FAILS
        settle_wakes(count, logic, state)
        for n in range(count[NARROW]):
            done = filter_narrow(frame, narrow, logic, n, state, work)
            if done == FAILS:
                return FAILS
            moved = moved or done == CHANGED
    return SAME


@kernel
def propagate_all(
    frame: Frame, wide: Wide, narrow: Narrow, logic: Logic, state: I8, work: Scratch
) -> int:
    """Filter with wide rows as well until nothing moves; FAILS or SAME."""
    moved = True
    while moved:
        moved = False
        if propagate(frame, narrow, logic, state, work) == FAILS:
            return FAILS
        set_centres(frame, wide, state, work.centre)
        for g in range(wide.const.shape[0]):
            done = filter_wide(frame, wide, logic, g, state, work)
            if done == FAILS:
                return FAILS
            moved = moved or done == CHANGED
    return SAME
