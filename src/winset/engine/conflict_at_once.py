"""Simultaneous stability where everybody can move anywhere in its block and one opponent answers.

What each player would improve is kept as one bit a change, once for each state, so that an
improvement and an answer are put together without asking again who gains.
"""

from __future__ import annotations

import numpy as np

from .conflict import SIM
from .conflict_graph import I4, I8, U1, Graph
from .jit import kernel, outer_kernel

MOST_HELD = 6
"""Options of one player of which all changes fit into one word, its sign left alone."""


@kernel
def improving(graph: Graph, own: I4, change: I8, count: int, gain: I8) -> None:
    """Write the changes that improve each state for one player, a bit each."""
    for s in range(own.size):
        code, here = graph.code[s], own[s]
        bits = np.int64(0)
        for k in range(count):
            t = graph.state[code ^ change[k]]
            if t >= 0 and own[t] > here:
                bits |= np.int64(1) << k
        gain[s] = bits


@kernel
def answered(graph: Graph, own: I4, player: int, s: int, there: int, change: I8, gain: I8) -> bool:
    """Whether an improving change of one opponent, made at the same time, spoils code ``there``."""
    for j in range(gain.shape[0]):
        if j == player:
            continue
        bits = gain[j, s]
        k = 0
        while bits:
            if bits & 1:
                t = graph.state[there ^ change[j, k]]
                if t >= 0 and own[t] <= own[s]:
                    return True
            bits >>= 1
            k += 1
    return False


@outer_kernel
def judge_at_once(graph: Graph, rank: I4, change: I8, counts: I8, gain: I8, out: U1) -> None:
    """Add simultaneous stability to the verdicts.

    Parameters
    ----------
    rank
        [world, player, state]
    change
        [player, change] options changed, 63 at most; ``counts`` [player] of them.
    gain
        [player, state] room.
    out
        [player, world, state] bits.
    """
    for world in range(rank.shape[0]):
        for j in range(gain.shape[0]):
            improving(graph, rank[world, j], change[j], counts[j], gain[j])
        for i in range(gain.shape[0]):
            own = rank[world, i]
            for s in range(own.size):
                bits = gain[i, s]
                k = 0
                while bits:
                    if bits & 1:
                        if not answered(
                            graph, own, i, s, graph.code[s] ^ change[i, k], change, gain
                        ):
                            break
                    bits >>= 1
                    k += 1
                if bits == 0:
                    out[i, world, s] |= SIM
