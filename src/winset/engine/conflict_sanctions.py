"""What is the least a mover can be held to after the others have answered?

The answers of the others are walks in a graph, so the least worth that can be reached from each
state is found by one backward search that starts from the worst states: linear in the number of
moves, whatever the length of the walks.  Where one opponent answers by one move, a sweep over the
blocks in which it can move does not even look at the moves.
"""

from __future__ import annotations

import numpy as np

from .conflict_graph import I4, I8, Graph, allowed, better, blocked, sort
from .jit import kernel


@kernel
def guard(graph: Graph, player: int, worth: I4, out: I4) -> None:
    """Best the player can make of each state by one move of its own, staying included."""
    bit = np.int64(1) << player
    for s in range(graph.first.size - 1):
        best = worth[s]
        if graph.seen[s] & bit:
            for k in range(graph.first[s], graph.first[s + 1]):
                code = graph.code[k]
                change = graph.mask[player]
                while change:
                    t = graph.state[code ^ change]
                    if t >= 0 and graph.seen[t] & bit and allowed(code, change, graph.ways):
                        best = max(best, worth[t])
                    change = (change - 1) & graph.mask[player]
        out[s] = best


@kernel
def guard_block(graph: Graph, player: int, worth: I4, best: I4, out: I4) -> None:
    """Find the same for a player who can move anywhere in its block."""
    fixed = ~graph.mask[player]
    for s in range(worth.size):
        best[0, graph.code[s] & fixed] = 0
    for s in range(worth.size):
        block = graph.code[s] & fixed
        best[0, block] = max(best[0, block], worth[s])
    for s in range(worth.size):
        out[s] = best[0, graph.code[s] & fixed]


@kernel
def one_step(
    graph: Graph, rank: I4, player: int, worth: I4, kept: I4, order: I4, best: I4, out: I4
) -> None:
    """Least worth to which one move of one opponent leads.

    ``out`` [4, state]: by ``worth`` and by ``kept`` over all moves, then over moves that improve
    the mover's own state.  ``order`` [2, state] and ``best`` [4, code] are room for sweeps.
    """
    for s in range(graph.first.size - 1):
        out[0, s] = out[2, s] = worth[s]
        out[1, s] = out[3, s] = kept[s]
    for j in range(graph.mask.size):
        if j == player:
            continue
        if blocked(graph, j):
            step_by_step(graph, rank, player, j, worth, kept, out)
        else:
            sweep(graph, rank[graph.member[graph.start[j]]], j, worth, kept, order, best, out)


@kernel
def sweep(
    graph: Graph, own: I4, player: int, worth: I4, kept: I4, order: I4, best: I4, out: I4
) -> None:
    """Lower ``out`` by the moves of one opponent, block by block, from its best state down."""
    count = own.size
    fixed = ~graph.mask[player]
    most = np.int32(count)
    for s in range(count):
        block = graph.code[s] & fixed
        best[0, block] = best[1, block] = most
    sort(own, order[0], order[1])
    top = count - 1
    while top >= 0:
        low = top
        while low and own[order[0, low - 1]] == own[order[0, top]]:
            low -= 1
        for place in range(low, top + 1):
            s = order[0, place]
            block = graph.code[s] & fixed
            out[2, s] = min(out[2, s], best[0, block])
            out[3, s] = min(out[3, s], best[1, block])
        for place in range(low, top + 1):
            s = order[0, place]
            block = graph.code[s] & fixed
            best[0, block] = min(best[0, block], worth[s])
            best[1, block] = min(best[1, block], kept[s])
        top = low - 1
    for s in range(count):
        block = graph.code[s] & fixed
        out[0, s] = min(out[0, s], best[0, block])
        out[1, s] = min(out[1, s], best[1, block])


@kernel
def step_by_step(
    graph: Graph, rank: I4, player: int, mover: int, worth: I4, kept: I4, out: I4
) -> None:
    """Lower ``out`` by the moves of one opponent, one by one."""
    need = (np.int64(1) << player) | (np.int64(1) << mover)
    for s in range(graph.first.size - 1):
        if (graph.seen[s] & need) != need:
            continue
        for k in range(graph.first[s], graph.first[s + 1]):
            code = graph.code[k]
            change = graph.mask[mover]
            while change:
                t = graph.state[code ^ change]
                if t >= 0 and t != s and (graph.seen[t] & need) == need:
                    if allowed(code, change, graph.ways):
                        out[0, s] = min(out[0, s], worth[t])
                        out[1, s] = min(out[1, s], kept[t])
                        if worth[t] < out[2, s] or kept[t] < out[3, s]:
                            if better(graph, rank, mover, s, t):
                                out[2, s] = min(out[2, s], worth[t])
                                out[3, s] = min(out[3, s], kept[t])
                change = (change - 1) & graph.mask[mover]


@kernel
def sequences(
    graph: Graph,
    rank: I4,
    player: int,
    improve: bool,
    worth: I4,
    order: I4,
    before: I8,
    done: I8,
    queue: I8,
    out: I4,
) -> None:
    """Least worth to which the opponents can lead each state by a walk.

    ``before`` [word, player] holds what the walk must remember: the set of words from which the
    player may move and leave this word behind.  Word 0 is the fresh start.  States are taken up
    from the worst on, so that the first worth that arrives is the least.
    """
    words = before.shape[0]
    full = (np.int64(1) << words) - 1
    done[:] = 0
    for place in range(order.size):
        target = order[place]
        fresh = full & ~done[target]
        if fresh == 0:
            continue
        value = worth[target]
        head, tail = 0, 0
        done[target] = full
        if fresh & 1:
            out[target] = value
        for w in range(words):
            if fresh >> w & 1:
                queue[tail] = target * words + w
                tail += 1
        while head < tail:
            t, w = queue[head] // words, queue[head] % words
            head += 1
            for j in range(graph.mask.size):
                sources = before[w, j]
                need = (np.int64(1) << player) | (np.int64(1) << j)
                if sources == 0 or j == player or (graph.seen[t] & need) != need:
                    continue
                for k in range(graph.first[t], graph.first[t + 1]):
                    code = graph.code[k]
                    change = graph.mask[j]
                    while change:
                        s = graph.state[code ^ change]
                        if s >= 0 and s != t:
                            new = sources & ~done[s]
                            if (
                                new
                                and (graph.seen[s] & need) == need
                                and allowed(code ^ change, change, graph.ways)
                                and (not improve or better(graph, rank, j, s, t))
                            ):
                                done[s] |= new
                                if new & 1:
                                    out[s] = value
                                for v in range(words):
                                    if new >> v & 1:
                                        queue[tail] = s * words + v
                                        tail += 1
                        change = (change - 1) & graph.mask[j]
