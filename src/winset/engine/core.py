"""The problem of one world cut down to what is still open, laid out for speed.

Measures with one open level are folded into constants, clauses of one or two measures into
unary and pair tables.  All amounts are floats that hold integers exactly (``too_large`` says
when they would not).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import kernel
from .layout import B1, I8, Structure, Values
from .plan import LANES, Plan

F8 = NDArray[np.float64]

FREE, SLOTS, PAIRS, CELLS, NARROW, CLAUSES, SOFTS, WAKES, OWNERS, WIDE_ROWS = range(10)
"""Places in ``Frame.count``."""
EXACT = 2.0**52
"""Sums of integers below this are exact in floats."""


class Frame(NamedTuple):
    """Open measures (*free*) and their open levels (*slots*)."""

    count: I8
    """Numbers of free measures, slots, pairs, ..., owners and (rounded up to lanes) wide rows."""
    base: I8
    """[measure] level of the measures that are not free."""
    free: I8
    """[free] measure"""
    place: I8
    """[measure] place among the free or -1."""
    first: I8
    """[free + 1] first slot"""
    level: I8
    """[slot]"""
    depth: F8
    effort: F8
    """[slot]"""
    known: F8
    """Depth and effort of the measures that are not free."""
    spot: I8
    """[measure, level] slot or -1."""
    pair_a: I8
    pair_b: I8
    """[pair] free measures"""
    pair_at: I8
    """[pair + 1] first cell; cell (i, k) of a pair stands at pair_at + i * width of b + k."""
    pair_of: I8
    """[pair of the plan] pair or -1."""
    largest: F8
    """Largest sum of absolute amounts of any row."""


class Wide(NamedTuple):
    """Rows over many measures, eight side by side."""

    const: F8
    """[group, lane]"""
    unary: F8
    """[group, slot, lane]"""
    cell: F8
    """[group, cell, lane]"""
    linked: B1
    """[pair] whether a wide row reads it."""
    square: F8
    """[group, criterion, lane]"""
    total: F8
    """[criterion, slot]"""
    fixed: F8
    """[criterion] total of the measures that are not free."""
    owner: I8
    """[wide row] or -1; -2: the row is off."""
    wake: I8
    """[wide row] wake mode or -1."""


class Narrow(NamedTuple):
    """Rows over few measures."""

    const: F8
    owner: I8
    wake: I8
    part_start: I8
    part_free: I8
    part_at: I8
    """Parts of each row: the free measure and where its values start in ``unary``."""
    unary: F8
    link_start: I8
    link_pair: I8
    link_at: I8
    """Pairs of each row and where their cells start in ``cell``."""
    cell: F8


class Logic(NamedTuple):
    """Hard clauses, softs of more than two measures, and wake sets still open."""

    clause_start: I8
    clause_free: I8
    clause_mask: I8
    soft_start: I8
    soft_free: I8
    soft_mask: I8
    """Masks are over open levels of the free measure."""
    soft_row: I8
    """Wide row, or number of wide rows + narrow row."""
    soft_cost: F8
    wake_start: I8
    wake_free: I8
    wake_bit: I8
    """[...] the status quo among the open levels."""
    choice_start: I8
    choice_owner: I8
    """Owners of whom one must consent."""


class Fold(NamedTuple):
    """Where one row is put together."""

    unary: F8
    """[slot]"""
    cell: F8
    """[cell]"""


class Core(NamedTuple):
    """All of it."""

    frame: Frame
    wide: Wide
    narrow: Narrow
    logic: Logic
    fold: Fold


def new_core(st: Structure, v: Values, plan: Plan) -> Core:
    """Allocate room for the largest world."""
    measures, slots = st.status_quo.size, st.first[-1]
    cells = np.int64(0)
    widest = np.int64(0)
    for m in range(measures):
        widest = max(widest, np.int64(st.first[m + 1] - st.first[m]))
    for p in range(plan.pair_a.size):
        a, b = plan.pair_a[p], plan.pair_b[p]
        cells += (st.first[a + 1] - st.first[a]) * (st.first[b + 1] - st.first[b])
    narrow_slots = plan.part_measure.size * widest
    narrow_cells = plan.link_pair.size * widest * widest
    rows, lits, softs = st.row_owner.size, plan.lit_measure.size, st.soft_clause.size
    groups = (plan.wide.size + LANES - 1) // LANES
    soft_lits = np.int64(0)
    for s in range(softs):
        q = st.soft_clause[s]
        soft_lits += plan.lit_start[q + 1] - plan.lit_start[q]
    count = np.zeros(10, np.int64)
    count[OWNERS], count[WIDE_ROWS] = plan.owner_need.size, groups * LANES
    pairs, criteria = plan.pair_a.size, v.total.shape[1]
    return Core(
        Frame(
            count,
            np.zeros(measures, np.int64),
            np.zeros(measures, np.int64),
            np.zeros(measures, np.int64),
            np.zeros(measures + 1, np.int64),
            np.zeros(slots, np.int64),
            np.zeros(slots, np.float64),
            np.zeros(slots, np.float64),
            np.zeros(2, np.float64),
            np.zeros((measures, widest), np.int64),
            np.zeros(pairs, np.int64),
            np.zeros(pairs, np.int64),
            np.zeros(pairs + 1, np.int64),
            np.zeros(pairs, np.int64),
            np.zeros(1, np.float64),
        ),
        Wide(
            np.zeros((groups, LANES), np.float64),
            np.zeros((groups, slots, LANES), np.float64),
            np.zeros((groups, cells, LANES), np.float64),
            np.zeros(pairs, np.bool_),
            np.zeros((groups, criteria, LANES), np.float64),
            np.zeros((criteria, slots), np.float64),
            np.zeros(criteria, np.float64),
            np.zeros(groups * LANES, np.int64),
            np.zeros(groups * LANES, np.int64),
        ),
        Narrow(
            np.zeros(rows, np.float64),
            np.zeros(rows, np.int64),
            np.zeros(rows, np.int64),
            np.zeros(rows + 1, np.int64),
            np.zeros(plan.part_measure.size, np.int64),
            np.zeros(plan.part_measure.size, np.int64),
            np.zeros(narrow_slots, np.float64),
            np.zeros(rows + 1, np.int64),
            np.zeros(plan.link_pair.size, np.int64),
            np.zeros(plan.link_pair.size, np.int64),
            np.zeros(narrow_cells, np.float64),
        ),
        Logic(
            np.zeros(st.clause_hard.size + 1, np.int64),
            np.zeros(lits, np.int64),
            np.zeros(lits, np.int64),
            np.zeros(softs + 1, np.int64),
            np.zeros(soft_lits, np.int64),
            np.zeros(soft_lits, np.int64),
            np.zeros(softs, np.int64),
            np.zeros(softs, np.float64),
            np.zeros(rows + 1, np.int64),
            np.zeros(st.wake_measure.size, np.int64),
            np.zeros(st.wake_measure.size, np.int64),
            plan.choice_start,
            plan.choice_owner,
        ),
        Fold(np.zeros(slots, np.float64), np.zeros(cells, np.float64)),
    )


@kernel
def frame_world(st: Structure, v: Values, plan: Plan, w: int, dom: I8, frame: Frame) -> None:
    """Give numbers to the free measures, their slots and the pairs between them."""
    known, spot, first, pair_at = frame.known, frame.spot, frame.first, frame.pair_at
    place, pair_of, count = frame.place, frame.pair_of, frame.count
    pair_a = plan.pair_a
    st_first = st.first
    known[:] = 0.0
    frame.largest[0] = 0.0
    spot[:] = -1
    free = np.int64(0)
    slot = np.int64(0)
    for m in range(dom.size):
        many = dom[m] & (dom[m] - 1) != 0
        place[m] = free if many else -1
        if many:
            frame.free[free] = m
            first[free] = slot
            free += 1
        for k in range(st_first[m + 1] - st_first[m]):
            if not dom[m] >> k & 1:
                continue
            depth, effort = v.depth[w, st_first[m] + k], v.effort[w, st_first[m] + k]
            if many:
                spot[m, k] = slot
                frame.level[slot] = k
                frame.depth[slot] = depth
                frame.effort[slot] = effort
                slot += 1
            else:
                frame.base[m] = k
                known[0] += depth
                known[1] += effort
    first[free] = slot
    pair = np.int64(0)
    cell = np.int64(0)
    for p in range(pair_a.size):
        a, b = place[pair_a[p]], place[plan.pair_b[p]]
        pair_of[p] = -1
        if min(a, b) >= 0:
            pair_of[p] = pair
            frame.pair_a[pair], frame.pair_b[pair], pair_at[pair] = a, b, cell
            cell += (first[a + 1] - first[a]) * (first[b + 1] - first[b])
            pair += 1
    pair_at[pair] = cell
    count[FREE], count[SLOTS] = free, slot
    count[PAIRS], count[CELLS] = pair, cell
