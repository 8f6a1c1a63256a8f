"""The open nodes of a search and the best package so far.

The order of packages is lexicographic: deeper, then less effort, then lower levels in the
order of the measures.  A float score (depth less a small share of the effort) guides and
prunes; integers decide.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .core import F8, FREE, Frame
from .jit import kernel
from .judge import Room, judge_world, judging_room
from .layout import I1, I8, Structure, Values

NODES, OPENED, FOUND, SETTLED = 0, 1, 2, 3
"""Places in ``Tree.count``."""
DEPTH, EFFORT = 0, 1
"""Places in ``Tree.best``: of the best package."""
LOWEST, SCALE, SCORE, UPPER = 0, 1, 2, 3
"""Places in ``Tree.scale``: effort that costs nothing, effort worth one depth, best score, bound."""


class Tree(NamedTuple):
    """Open nodes and the best package so far."""

    stack: I8
    """[node, state]"""
    upper: F8
    """[node] bound"""
    levels: I1
    """Best package."""
    best: I8
    """Its depth and effort."""
    scale: F8
    count: I8
    """Nodes seen, nodes open, whether a package was found, whether the search was finished."""
    room: Room


def new_tree(st: Structure, width: int) -> Tree:
    """Allocate room for the deepest tree: each node opens one more than it closes."""
    deepest = int(st.first[-1]) + 2 * st.row_owner.size + 3 + width
    return Tree(
        np.zeros((deepest, width), np.int64),
        np.zeros(deepest),
        np.zeros(st.status_quo.size, np.int8),
        np.zeros(2, np.int64),
        np.zeros(4),
        np.zeros(4, np.int64),
        judging_room(st),
    )


@kernel
def clear_tree(tree: Tree) -> None:
    """Forget what was found."""
    count = tree.count
    count[:] = 0
    count[SETTLED] = 1
    tree.scale[UPPER] = -np.inf


@kernel
def push(tree: Tree, state: I8, upper: float) -> None:
    """Put a state on the stack."""
    count = tree.count
    at = count[OPENED]
    for i in range(state.size):
        tree.stack[at, i] = state[i]
    tree.upper[at] = upper
    count[OPENED] = at + 1


@kernel
def pop(tree: Tree, state: I8) -> float:
    """Take the last state off the stack; returns its bound."""
    count = tree.count
    at = count[OPENED] - 1
    for i in range(state.size):
        state[i] = tree.stack[at, i]
    count[OPENED] = at
    count[NODES] += 1
    return tree.upper[at]


@kernel
def take_status_quo(st: Structure, v: Values, w: int, tree: Tree) -> None:
    """Start with the status quo as the best package: it is accepted by definition."""
    best, levels = tree.best, tree.levels
    status_quo, first = st.status_quo, st.first
    best[:] = 0
    for m in range(levels.size):
        levels[m] = status_quo[m]
        best[DEPTH] += v.depth[w, first[m] + status_quo[m]]
        best[EFFORT] += v.effort[w, first[m] + status_quo[m]]
    tree.count[FOUND] = 1


@kernel
def set_scale(frame: Frame, tree: Tree) -> None:
    """Choose the scale on which no difference in effort outweighs one unit of depth."""
    scale, best = tree.scale, tree.best
    first, effort = frame.first, frame.effort
    low = high = frame.known[1]
    for f in range(frame.count[FREE]):
        least, most = np.inf, -np.inf
        for s in range(first[f], first[f + 1]):
            least = min(least, effort[s])
            most = max(most, effort[s])
        low += least
        high += most
    if tree.count[FOUND] == 1:
        low = min(low, np.float64(best[EFFORT]))
        high = max(high, np.float64(best[EFFORT]))
    scale[LOWEST] = low
    scale[SCALE] = high - low + 1.0


@kernel
def set_best_score(tree: Tree) -> None:
    """Score of the best package, to be compared with bounds."""
    scale, best = tree.scale, tree.best
    scale[SCORE] = -np.inf
    if tree.count[FOUND] == 1:
        less = (best[EFFORT] - scale[LOWEST]) / scale[SCALE]
        scale[SCORE] = best[DEPTH] - less


@kernel
def is_better(depth: int, effort: int, x: I1, tree: Tree) -> bool:
    """Whether a package beats the best one: deeper, less effort, lower levels."""
    best = tree.best
    if tree.count[FOUND] == 0 or depth > best[DEPTH]:
        return True
    less = effort < best[EFFORT] or (effort == best[EFFORT] and is_lower(x, tree.levels))
    return depth == best[DEPTH] and less


@kernel
def is_lower(x: I1, levels: I1) -> bool:
    """Whether the first measure at which two packages differ stands lower in the first one."""
    for m in range(x.size):
        if x[m] < levels[m]:
            return True
        if x[m] > levels[m]:
            return False
    return False


@kernel
def offer(st: Structure, v: Values, w: int, frame: Frame, pick: I8, tree: Tree) -> None:
    """Judge the picked package; keep it if it is accepted and better."""
    best = tree.best
    first = st.first
    room = tree.room
    x = room.levels
    depth, effort = np.int64(0), np.int64(0)
    for m in range(x.size):
        f = frame.place[m]
        x[m] = frame.base[m] if f < 0 else frame.level[pick[f]]
        depth += v.depth[w, first[m] + x[m]]
        effort += v.effort[w, first[m] + x[m]]
    if not is_better(depth, effort, x, tree):
        return
    if not judge_world(st, v, w, x, False, room.slack, room.binding, room.violated):
        return
    for m in range(x.size):
        tree.levels[m] = x[m]
    best[DEPTH] = depth
    best[EFFORT] = effort
    tree.count[FOUND] = 1
    set_best_score(tree)


@kernel
def cannot_improve(frame: Frame, state: I8, tree: Tree) -> bool:
    """Whether depth, effort and levels, each at its best, do not beat the best package."""
    known, first = frame.known, frame.first
    best = tree.best
    if tree.count[FOUND] == 0:
        return False
    depth, effort = known[0], known[1]
    for f in range(frame.count[FREE]):
        most, least = -np.inf, np.inf
        for s in range(first[f], first[f + 1]):
            if state[f] >> (s - first[f]) & 1:
                most = max(most, frame.depth[s])
                least = min(least, frame.effort[s])
        depth += most
        effort += least
    more = effort > best[EFFORT] or (
        effort == best[EFFORT] and not can_be_lower(frame, state, tree.levels)
    )
    return depth < best[DEPTH] or (depth == best[DEPTH] and more)


@kernel
def can_be_lower(frame: Frame, state: I8, levels: I1) -> bool:
    """Whether the lowest open levels are lower than those of a package, in the order of measures."""
    for m in range(levels.size):
        f = frame.place[m]
        lowest = frame.base[m] if f < 0 else frame.level[lowest_slot(frame, f, state[f])]
        if lowest < levels[m]:
            return True
        if lowest > levels[m]:
            return False
    return False


@kernel
def lowest_slot(frame: Frame, f: int, mask: int) -> int:
    """First open slot of a free measure (its first slot if none is open)."""
    first = frame.first
    for s in range(first[f], first[f + 1]):
        if mask >> (s - first[f]) & 1:
            return s
    return first[f]
