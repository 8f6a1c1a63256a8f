"""The questions asked of a block of worlds; each world is solved by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .bound import reset_dual
from .core import Frame
from .fold import build_core
from .jit import kernel, outer_kernel, part_kernel
from .layout import B1, I1, I8, Structure, Values
from .logic import root_state
from .plan import Plan
from .presolve import FAILS, open_levels, presolve
from .search import ANY, DEEPEST, Engine, search
from .tree import (
    DEPTH,
    EFFORT,
    FOUND,
    NODES,
    SETTLED,
    UPPER,
    Tree,
    clear_tree,
    take_status_quo,
)


class Found(NamedTuple):
    """What a search for the deepest packages writes, world by world."""

    levels: I1
    depth: I8
    bound: I8
    nodes: I8
    settled: B1
    found: B1
    effort: I8


@part_kernel
def open_world(
    st: Structure,
    v: Values,
    plan: Plan,
    w: int,
    m: int,
    at: int,
    dom: I8,
    short: I8,
    across: I8,
    seen: I8,
) -> bool:
    """Find the open levels of a world in which measure m (or none: -1) stands at ``at`` or above.

    False: there are no accepted packages but the status quo.
    """
    open_levels(st, v, w, dom)
    if m >= 0:
        dom[m] &= ~((np.int64(1) << at) - 1)
    return not plan.hopeless and presolve(st, v, plan, w, dom, short, across, seen) != FAILS


@kernel
def most_depth(v: Values, w: int, upper: float) -> int:
    """Largest depth that a bound on the score allows."""
    depth = v.depth
    total = np.int64(0)
    for s in range(depth.shape[1]):
        total += max(np.int64(0), depth[w, s])
    return total if upper >= total else np.int64(np.floor(upper + 1e-3)) + 1


@kernel
def settle_reached(measure: I8, level: I8, x: I1, answer: I1) -> None:
    """Mark every target that a package reaches as open."""
    for t in range(answer.size):
        if x[measure[t]] >= level[t]:
            answer[t] = 1


@kernel
def settle_closed(measure: I8, level: I8, t: int, answer: I1) -> None:
    """Mark a target that no package reaches as closed, and all that lie above it."""
    for other in range(answer.size):
        if measure[other] == measure[t] and level[other] >= level[t]:
            answer[other] = 0


@kernel
def any_asked(answer: I1) -> bool:
    """Whether a target is still to be answered."""
    for t in range(answer.size):
        if answer[t] < 0:
            return True
    return False


@kernel
def force_slot(frame: Frame, m: int, at: int, state: I8) -> bool:
    """Keep only levels from ``at`` on; False when there is none."""
    first = frame.first
    f = frame.place[m]
    if f < 0:
        return frame.base[m] >= at
    for s in range(first[f], first[f + 1]):
        if frame.level[s] < at:
            state[f] &= ~(np.int64(1) << (s - first[f]))
    return state[f] != 0


@kernel
def write_answer(v: Values, w: int, tree: Tree, deepest: Found) -> None:
    """Copy what a search found for a world."""
    count, best, levels = tree.count, tree.best, tree.levels
    depth, bound = deepest.depth, deepest.bound
    found = count[FOUND] == 1
    settled = count[SETTLED] == 1
    deepest.found[w] = found
    deepest.settled[w] = settled
    deepest.nodes[w] = count[NODES]
    depth[w] = best[DEPTH] if found else -1
    deepest.effort[w] = best[EFFORT] if found else -1
    for k in range(levels.size):
        deepest.levels[w, k] = levels[k] if found else -1
    bound[w] = depth[w]
    if not settled:
        bound[w] = max(depth[w], most_depth(v, w, tree.scale[UPPER]))


@outer_kernel
def solve_block(
    st: Structure,
    v: Values,
    plan: Plan,
    engine: Engine,
    worlds: I8,
    start: int,
    stop: int,
    goal: int,
    limit: int,
    measure: I8,
    level: I8,
    deepest: Found,
    answer: I1,
) -> None:
    """Solve the worlds listed from start to stop.

    DEEPEST: the best package in which the one target, if there is one, is reached.
    ANY: for each target whether some package reaches it; packages found answer other targets too.
    The last one found is written where there is room for packages.
    """
    status_quo = st.status_quo
    core, work, dual = engine.core, engine.work, engine.dual
    frame, wide, narrow, logic = core.frame, core.wide, core.narrow, core.logic
    tree, state, fold = engine.tree, engine.state, core.fold
    dom, short, across, seen = engine.dom, engine.short, engine.across, engine.seen
    for k in range(start, stop):
        w = worlds[k]
        m = np.int64(-1)
        at = np.int64(0)
        if goal == DEEPEST and measure.size == 1:
            m, at = measure[0], level[0]
        if goal == ANY:
            settle_reached(measure, level, status_quo, answer[w])
            if not any_asked(answer[w]):
                continue
        opened = open_world(st, v, plan, w, m, at, dom, short, across, seen)
        if opened:
            build_core(st, v, plan, w, dom, frame, wide, narrow, logic, fold)
            work.seen[:] = 0
            reset_dual(frame, wide, narrow, dual)
        for t in range(measure.size if goal == ANY else 1):
            if goal == ANY and answer[w, t] >= 0:
                continue
            clear_tree(tree)
            if goal == DEEPEST and (m < 0 or status_quo[m] >= at):
                take_status_quo(st, v, w, tree)
            ready = opened
            if opened:
                root_state(frame, plan.owner_need, state)
            if opened and goal == ANY:
                ready = force_slot(frame, measure[t], level[t], state)
            if ready:
                search(st, v, w, frame, wide, narrow, logic, work, dual, tree, state, goal, limit)
            if goal == DEEPEST:
                write_answer(v, w, tree, deepest)
            elif tree.count[FOUND] == 1:
                settle_reached(measure, level, tree.levels, answer[w])
                if deepest.levels.shape[0] > 0:
                    write_answer(v, w, tree, deepest)
            elif tree.count[SETTLED] == 1:
                settle_closed(measure, level, t, answer[w])
