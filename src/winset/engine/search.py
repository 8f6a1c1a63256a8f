"""Depth-first search of one world: propagate, bound, pick, branch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .bound import (
    MARGIN,
    RANGE,
    RIPE,
    Dual,
    evaluate,
    keep_prices,
    literals_at_picks,
    move_prices,
    new_dual,
    restore_prices,
    value_at_picks,
)
from .core import (
    CLAUSES,
    FREE,
    NARROW,
    OWNERS,
    WAKES,
    WIDE_ROWS,
    Core,
    Frame,
    Logic,
    Narrow,
    Wide,
    new_core,
)
from .jit import kernel, part_kernel
from .layout import I8, Structure, Values
from .logic import AWAKE, OPEN, put_asleep
from .plan import ASKED, REQUIRED, UNASKED, Plan
from .presolve import FAILS
from .propagate import Scratch, new_scratch, propagate, propagate_all
from .tree import (
    FOUND,
    LOWEST,
    NODES,
    OPENED,
    SCALE,
    SCORE,
    SETTLED,
    UPPER,
    Tree,
    cannot_improve,
    lowest_slot,
    new_tree,
    offer,
    pop,
    push,
    set_best_score,
    set_scale,
)

DEEPEST, ANY = 0, 1
"""What is searched: the best package, or just one."""

FIRST_STEPS, STEPS = 60, 2
"""Steps of the prices at the first node that is bounded, and at every other."""
FIRST_PACE, PACE = 1.0, 0.18
"""Share of the distance to the target that a step goes at first."""
PATIENCE, SLOWER = 3, 0.7
"""After so many steps without progress the pace is multiplied by this."""


class Engine(NamedTuple):
    """Everything a search needs, allocated once for many worlds."""

    core: Core
    work: Scratch
    dual: Dual
    tree: Tree
    state: I8
    dom: I8
    """[measure] open levels as bits"""
    short: I8
    """[slot]"""
    across: I8
    """[level]"""
    seen: I8
    """[part]"""


def new_engine(st: Structure, v: Values, plan: Plan) -> Engine:
    """Allocate room for the largest world."""
    core = new_core(st, v, plan)
    measures = st.status_quo.size
    width = measures + plan.owner_need.size + st.row_owner.size
    return Engine(
        core,
        new_scratch(core),
        new_dual(core),
        new_tree(st, width),
        np.zeros(width, np.int64),
        np.zeros(measures, np.int64),
        np.zeros(int(st.first[-1]), np.int64),
        np.zeros(64, np.int64),
        np.zeros(plan.part_measure.size, np.int64),
    )


@kernel
def set_score(frame: Frame, tree: Tree, dual: Dual, goal: int) -> float:
    """Write the objective of the slots; returns the score of what is not free."""
    bound, dual_score = dual.bound, dual.score
    frame_known, first = frame.known, frame.first
    scale = tree.scale
    bound[RANGE] = 0.0
    for f in range(frame.count[FREE]):
        least, most = np.inf, -np.inf
        for s in range(first[f], first[f + 1]):
            score = frame.depth[s] - frame.effort[s] / scale[SCALE]
            dual_score[s] = score if goal == DEEPEST else 0.0
            least = min(least, dual_score[s])
            most = max(most, dual_score[s])
        bound[RANGE] += most - least
    known = frame_known[0] - (frame_known[1] - scale[LOWEST]) / scale[SCALE]
    return known if goal == DEEPEST else 0.0


@kernel
def is_single(frame: Frame, state: I8) -> bool:
    """Whether one slot of each measure is left."""
    for f in range(frame.count[FREE]):
        if state[f] & (state[f] - 1) != 0:
            return False
    return True


@kernel
def cut_by_bound(frame: Frame, state: I8, dual: Dual, spare: float) -> bool:
    """Remove slots whose reduced score is below what may be lost; tells whether any was."""
    first = frame.first
    moved = False
    for f in range(frame.count[FREE]):
        for s in range(first[f], first[f + 1]):
            bit = np.int64(1) << (s - first[f])
            if state[f] & bit != 0 and dual.best[f] - dual.theta[s] > spare:
                state[f] &= ~bit
                moved = True
    return moved


@kernel
def picks_fit(frame: Frame, logic: Logic, dual: Dual) -> bool:
    """Whether every row that binds and every clause holds at the picked slots."""
    count = frame.count
    for j in range(count[WIDE_ROWS] + count[NARROW]):
        if dual.binds[j] and dual.slack[j] < 0.0:
            return False
    for q in range(count[CLAUSES]):
        if literals_at_picks(frame, logic, q, dual.pick) == 0:
            return False
    return True


@kernel
def tighten(
    st: Structure,
    v: Values,
    w: int,
    frame: Frame,
    wide: Wide,
    narrow: Narrow,
    logic: Logic,
    work: Scratch,
    dual: Dual,
    tree: Tree,
    state: I8,
    goal: int,
    known: float,
) -> float:
    """Bound, offer the picks and cut in turn; -inf: the node holds nothing better."""
    dual_bound = dual.bound
    count = tree.count
    fresh = dual_bound[RIPE] == 0.0
    dual_bound[RIPE] = 1.0
    steps = FIRST_STEPS if fresh else STEPS
    pace = FIRST_PACE if fresh else PACE
    least = np.inf
    stale = 0
    for step in range(steps):
        if goal == DEEPEST and cannot_improve(frame, state, tree):
            return -np.inf
        bound = evaluate(frame, wide, narrow, logic, state, dual) + known
        margin = dual_bound[MARGIN] + 1e-13 * abs(known)
        value_at_picks(frame, wide, narrow, dual)
        if picks_fit(frame, logic, dual):
            offer(st, v, w, frame, dual.pick, tree)
            if goal == ANY and count[FOUND] == 1:
                return np.inf
        best = tree.scale[SCORE] if goal == DEEPEST else 0.0
        hope = 0.01 * (bound - best) if best > -np.inf else 1e-3 * abs(bound)
        stale = 0 if step == 0 or bound < least - hope else stale + 1
        if stale == PATIENCE:
            pace *= SLOWER
            stale = 0
        if bound < least:
            least = bound
            keep_prices(dual)
        if bound + margin < best:
            return -np.inf
        if cut_by_bound(frame, state, dual, bound + margin - best):
            if propagate(frame, narrow, logic, state, work) == FAILS:
                return -np.inf
        if step + 1 < steps:
            target = best
            if goal == ANY:
                target = -1.0
            elif count[FOUND] == 0:
                target = bound - 0.05 * abs(bound)
            move_prices(frame, logic, dual, target - known, pace)
    restore_prices(dual)
    return least


@kernel
def branch_choices(count: I8, logic: Logic, tree: Tree, state: I8, upper: float) -> bool:
    """Branch on who of several must consent, if that is still open."""
    choice_start, choice_owner = logic.choice_start, logic.choice_owner
    free = count[FREE]
    for i in range(choice_start.size - 1):
        asked = -1
        met = False
        for k in range(choice_start[i], choice_start[i + 1]):
            need = state[free + choice_owner[k]]
            met = met or need == REQUIRED
            if need == ASKED:
                asked = choice_owner[k]
        if not met:
            state[free + asked] = UNASKED
            push(tree, state, upper)
            state[free + asked] = REQUIRED
            push(tree, state, upper)
            return True
    return False


@kernel
def branch_wakes(count: I8, logic: Logic, tree: Tree, state: I8, upper: float) -> bool:
    """Branch on what sleeps: one node for each row asleep, and one with all awake on top."""
    at = count[FREE] + count[OWNERS]
    branched = False
    for k in range(count[WAKES]):
        if state[at + k] == OPEN:
            push(tree, state, upper)
            put_asleep(count, logic, k, tree.stack[tree.count[OPENED] - 1])
            state[at + k] = AWAKE
            branched = True
    if branched:
        push(tree, state, upper)
    return branched


@kernel
def branch_measure(frame: Frame, dual: Dual, tree: Tree, state: I8, upper: float) -> None:
    """Branch on the measure with the clearest pick: that slot on top, then all but it."""
    first = frame.first
    pick = dual.pick
    chosen, most = -1, -np.inf
    for f in range(frame.count[FREE]):
        if state[f] & (state[f] - 1) == 0:
            continue
        second = np.inf
        for s in range(first[f], first[f + 1]):
            if state[f] >> (s - first[f]) & 1 and s != pick[f]:
                second = min(second, dual.best[f] - dual.theta[s])
        if second > most:
            chosen, most = f, second
    before = state[chosen]
    bit = np.int64(1) << (pick[chosen] - first[chosen])
    if before & bit == 0:
        bit = before & -before
    state[chosen] = before & ~bit
    push(tree, state, upper)
    state[chosen] = bit
    push(tree, state, upper)


@part_kernel
def search(
    st: Structure,
    v: Values,
    w: int,
    frame: Frame,
    wide: Wide,
    narrow: Narrow,
    logic: Logic,
    work: Scratch,
    dual: Dual,
    tree: Tree,
    state: I8,
    goal: int,
    limit: int,
) -> None:
    """Search from ``state``; the tree tells what was found and whether that is all."""
    count, scale = tree.count, tree.scale
    frame_count = frame.count
    pick = dual.pick
    set_scale(frame, tree)
    set_best_score(tree)
    known = set_score(frame, tree, dual, goal)
    push(tree, state, np.inf)
    while count[OPENED] > 0:
        if count[NODES] >= limit:
            count[SETTLED] = 0
            break
        above = pop(tree, state)
        if goal == DEEPEST and cannot_improve(frame, state, tree):
            continue
        if above < scale[SCORE] - 1.0:
            continue
        if propagate_all(frame, wide, narrow, logic, state, work) == FAILS:
            continue
        if goal == DEEPEST and cannot_improve(frame, state, tree):
            continue
        if branch_choices(frame_count, logic, tree, state, above):
            continue
        if branch_wakes(frame_count, logic, tree, state, above):
            continue
        upper = tighten(st, v, w, frame, wide, narrow, logic, work, dual, tree, state, goal, known)
        upper = min(above, upper)
        if upper > -np.inf and is_single(frame, state):
            for f in range(frame_count[FREE]):
                pick[f] = lowest_slot(frame, f, state[f])
            offer(st, v, w, frame, pick, tree)
            upper = -np.inf
        if goal == ANY and count[FOUND] == 1:
            return
        if upper > -np.inf:
            branch_measure(frame, dual, tree, state, upper)
    for at in range(count[OPENED]):
        scale[UPPER] = max(scale[UPPER], tree.upper[at])
