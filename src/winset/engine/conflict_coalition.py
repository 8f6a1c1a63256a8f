"""Symmetric stability for players who move together.

A coalition is held by an answer if some member ends no better off, and no move of the coalition
afterwards makes all of them better off; it may be another member each time.  So no single least
worth decides: the answers that hold are another set for every state, and one backward search is
made for each.
"""

from __future__ import annotations

import numpy as np

from .conflict import GMR, NASH, SEQ, SMR, SSEQ
from .conflict_graph import I4, I8, U1, Graph, allowed, better, sort, tangled
from .conflict_sanctions import one_step, sequences
from .jit import kernel, outer_kernel


@kernel
def escapes_block(graph: Graph, rank: I4, player: int, s: int, best: I4, kept: I4) -> None:
    """Mark the same for a coalition that can move anywhere in its block."""
    fixed = ~graph.mask[player]
    for u in range(kept.size):
        best[0, graph.code[u] & fixed] = 0
    for u in range(kept.size):
        if better(graph, rank, player, s, u):
            best[0, graph.code[u] & fixed] = 1
    for u in range(kept.size):
        kept[u] = best[0, graph.code[u] & fixed]


@kernel
def escapes(graph: Graph, rank: I4, player: int, s: int, kept: I4) -> None:
    """Mark with 1 the states from which the coalition has, or can move to, what all prefer to s."""
    bit = np.int64(1) << player
    for u in range(graph.first.size - 1):
        kept[u] = 0
        if better(graph, rank, player, s, u):
            kept[u] = 1
        if kept[u] == 1 or not graph.seen[u] & bit:
            continue
        for k in range(graph.first[u], graph.first[u + 1]):
            code = graph.code[k]
            change = graph.mask[player]
            while change and kept[u] == 0:
                w = graph.state[code ^ change]
                if w >= 0 and graph.seen[w] & bit and allowed(code, change, graph.ways):
                    if better(graph, rank, player, s, w):
                        kept[u] = 1
                change = (change - 1) & graph.mask[player]


@kernel
def all_held(graph: Graph, rank: I4, player: int, s: int, least: I4) -> bool:
    """Whether every improvement from s can be led to a state marked 0."""
    bit = np.int64(1) << player
    for k in range(graph.first[s], graph.first[s + 1]):
        code = graph.code[k]
        change = graph.mask[player]
        while change:
            t = graph.state[code ^ change]
            if t >= 0 and graph.seen[t] & bit and allowed(code, change, graph.ways):
                if better(graph, rank, player, s, t) and least[t] > 0:
                    return False
            change = (change - 1) & graph.mask[player]
    return True


@outer_kernel
def judge_together(
    graph: Graph,
    rank: I4,
    player: int,
    before: I8,
    kept: I4,
    orders: I4,
    done: I8,
    queue: I8,
    best: I4,
    least: I4,
    out: U1,
) -> None:
    """Add the symmetric concepts to the verdicts on a coalition.

    Parameters
    ----------
    rank
        [world, member, state]
    before
        [word, player] memory of a walk; no words: one opponent, one move.
    orders, best, least
        [3, state], [4, code], [4, state] room.
    out
        [world, state] bits, in which Nash, GMR and SEQ are judged already.
    """
    knotted = tangled(graph, player)
    for world in range(rank.shape[0]):
        table = rank[world]
        for s in range(graph.first.size - 1):
            bits = out[world, s]
            if bits & NASH or not graph.seen[s] & (np.int64(1) << player):
                out[world, s] = bits | SMR | SSEQ
                continue
            if not bits & GMR:
                continue
            if knotted:
                escapes(graph, table, player, s, kept)
            else:
                escapes_block(graph, table, player, s, best, kept)
            if before.shape[0] == 0:
                one_step(graph, table, player, kept, kept, orders, best, least)
            else:
                sort(kept, orders[0], orders[2])
                sequences(
                    graph, table, player, False, kept, orders[0], before, done, queue, least[1]
                )
                if bits & SEQ:
                    sequences(
                        graph, table, player, True, kept, orders[0], before, done, queue, least[3]
                    )
            if all_held(graph, table, player, s, least[1]):
                bits |= SMR
            if bits & SEQ and all_held(graph, table, player, s, least[3]):
                bits |= SSEQ
            out[world, s] = bits
