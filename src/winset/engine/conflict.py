"""Kernels for disputes: who can move where, who can answer, and which states stand.

A state is a set of yes-or-no options that somebody holds; a player changes its own options only.
Moves are never stored: the change ``d`` of a code ``c`` is a subset of the player's mask, and
``state[c ^ d]`` is the state it leads to.

Every sanction is a question of the form "what is the least a mover can be held to after the
others have answered?".  The answers of the others are walks in a graph, so the least worth that
can be reached from each state is found by one backward search that starts from the worst states:
linear in the number of moves, whatever the length of the walks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import kernel, outer_kernel

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
U1 = NDArray[np.uint8]

NASH, GMR, SMR, SEQ, SSEQ, SIM = 1, 2, 4, 8, 16, 32
"""Bits of a verdict."""


class Graph(NamedTuple):
    """A dispute without names."""

    state: I4
    """[code] state, or -1 where the code is infeasible."""
    first: I8
    """[state + 1] first of its codes"""
    code: I8
    """[member] codes of the states; more than one where states are merged."""
    mask: I8
    """[player] options it holds"""
    ways: I8
    """Options that can only be taken up, options that can only be dropped."""
    seen: I8
    """[state] players who believe the state possible, one bit each."""
    start: I8
    """[player + 1] first of its members"""
    member: I8
    """[place] rows of the rank table; more than one for a coalition."""


@kernel
def allowed(code: int, change: int, ways: I8) -> bool:
    """Whether no option of the change goes a way it cannot."""
    return (code & change & ways[0]) == 0 and (~code & change & ways[1]) == 0


@kernel
def better(graph: Graph, rank: I4, player: int, here: int, there: int) -> bool:
    """Whether every member of the player strictly prefers ``there``."""
    for k in range(graph.start[player], graph.start[player + 1]):
        row = graph.member[k]
        if rank[row, there] <= rank[row, here]:
            return False
    return True


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
                    if t >= 0 and worth[t] > best and graph.seen[t] & bit:
                        if allowed(code, change, graph.ways):
                            best = worth[t]
                    change = (change - 1) & graph.mask[player]
        out[s] = best


@kernel
def one_step(graph: Graph, rank: I4, player: int, worth: I4, kept: I4, out: I4) -> None:
    """Least worth to which one move of one opponent leads.

    ``out`` [4, state]: by ``worth`` and by ``kept`` over all moves, then over moves that improve
    the mover's own state.
    """
    for s in range(graph.first.size - 1):
        low, low_kept = worth[s], kept[s]
        up, up_kept = worth[s], kept[s]
        for j in range(graph.mask.size):
            need = (np.int64(1) << player) | (np.int64(1) << j)
            if j == player or (graph.seen[s] & need) != need:
                continue
            for k in range(graph.first[s], graph.first[s + 1]):
                code = graph.code[k]
                change = graph.mask[j]
                while change:
                    t = graph.state[code ^ change]
                    if t >= 0 and t != s and (graph.seen[t] & need) == need:
                        if allowed(code, change, graph.ways):
                            low = min(low, worth[t])
                            low_kept = min(low_kept, kept[t])
                            if worth[t] < up or kept[t] < up_kept:
                                if better(graph, rank, j, s, t):
                                    up = min(up, worth[t])
                                    up_kept = min(up_kept, kept[t])
                    change = (change - 1) & graph.mask[j]
        out[0, s], out[1, s], out[2, s], out[3, s] = low, low_kept, up, up_kept


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


@kernel
def held(graph: Graph, rank: I4, player: int, least: I4, s: int, t: int) -> int:
    """Concepts under which an improvement from ``s`` to ``t`` is sanctioned."""
    found = 0
    for k in range(graph.start[player], graph.start[player + 1]):
        m = k - graph.start[player]
        limit = rank[graph.member[k], s]
        if least[m, 0, t] <= limit:
            found |= GMR
        if least[m, 1, t] <= limit:
            found |= SMR
        if least[m, 2, t] <= limit:
            found |= SEQ
        if least[m, 3, t] <= limit:
            found |= SSEQ
    return found


@kernel
def answers(
    graph: Graph, rank: I4, player: int, s: int, code: int, joint: bool, changes: I4
) -> int:
    """Collect what opponents would change at the same time, each improving its own state."""
    count = 0
    if joint:
        changes[0] = 0
        count = 1
    for j in range(graph.mask.size):
        need = (np.int64(1) << player) | (np.int64(1) << j)
        if j == player or (graph.seen[s] & need) != need:
            continue
        known = count
        change = graph.mask[j]
        while change:
            t = graph.state[code ^ change]
            if t >= 0 and t != s and (graph.seen[t] & need) == need:
                if allowed(code, change, graph.ways) and better(graph, rank, j, s, t):
                    if joint:
                        for k in range(known):
                            changes[count] = changes[k] | change
                            count += 1
                    else:
                        changes[count] = change
                        count += 1
            change = (change - 1) & graph.mask[j]
    return count


@kernel
def met(graph: Graph, rank: I4, player: int, s: int, code: int, changes: I4, count: int) -> bool:
    """Whether some answer given at the same time leaves the player no better off than ``s``."""
    bit = np.int64(1) << player
    for k in range(count):
        if changes[k] == 0:
            continue
        t = graph.state[code ^ changes[k]]
        if t >= 0 and graph.seen[t] & bit and not better(graph, rank, player, s, t):
            return True
    return False


@kernel
def verdict(
    graph: Graph, rank: I4, player: int, joint: bool, least: I4, changes: I4, out: U1
) -> None:
    """Concepts under which each state stands for the player, as bits."""
    bit = np.int64(1) << player
    for s in range(graph.first.size - 1):
        kept = NASH | GMR | SMR | SEQ | SSEQ | SIM
        if graph.seen[s] & bit:
            for k in range(graph.first[s], graph.first[s + 1]):
                code = graph.code[k]
                count = -1
                change = graph.mask[player]
                while change:
                    t = graph.state[code ^ change]
                    if (
                        t >= 0
                        and graph.seen[t] & bit
                        and better(graph, rank, player, s, t)
                        and allowed(code, change, graph.ways)
                    ):
                        found = held(graph, rank, player, least, s, t)
                        if kept & SIM:
                            if count < 0:
                                count = answers(graph, rank, player, s, code, joint, changes)
                            if met(graph, rank, player, s, code ^ change, changes, count):
                                found |= SIM
                        kept &= found
                        if kept == 0:
                            break
                    change = (change - 1) & graph.mask[player]
        out[s] = kept


@outer_kernel
def judge_player(
    graph: Graph,
    rank: I4,
    orders: I4,
    player: int,
    before: I8,
    kept: I4,
    least: I4,
    done: I8,
    queue: I8,
    changes: I4,
    out: U1,
) -> None:
    """Say for each world and state under which concepts it stands for one player.

    Parameters
    ----------
    rank
        [world, member, state] larger is better, equal is a tie.
    orders
        [2, member, state] room for the states from worst to best, by rank and by what is kept.
    before
        [word, player] memory of a walk; no words: one opponent, one move.
    out
        [world, state] bits.
    """
    for world in range(rank.shape[0]):
        table = rank[world]
        for k in range(graph.start[player], graph.start[player + 1]):
            m = k - graph.start[player]
            worth = table[graph.member[k]]
            guard(graph, player, worth, kept)
            if before.shape[0] == 0:
                one_step(graph, table, player, worth, kept, least[m])
                continue
            sort(worth, orders[0], orders[2])
            sort(kept, orders[1], orders[2])
            for c in range(4):
                value = kept if c & 1 else worth
                sequences(
                    graph,
                    table,
                    player,
                    c >= 2,
                    value,
                    orders[c & 1],
                    before,
                    done,
                    queue,
                    least[m, c],
                )
        verdict(graph, table, player, before.shape[0] > 0, least, changes, out[world])


@kernel
def sort(value: I4, order: I4, count: I4) -> None:
    """States from the least value to the greatest; values lie in 0 .. states - 1."""
    count[:] = 0
    for s in range(value.size):
        count[value[s]] += 1
    total = 0
    for v in range(value.size):
        here = count[v]
        count[v] = total
        total += here
    for s in range(value.size):
        order[count[value[s]]] = s
        count[value[s]] += 1


@outer_kernel
def spread(
    graph: Graph, rank: I4, origin: int, improve: bool, parent: I8, queue: I8, out: I4
) -> None:
    """Fewest moves in which each state is reached from ``origin``; -1 where it is not.

    Nobody moves twice in a row.  ``parent`` [state * (players + 1) + last mover] is the node
    before, and the last word stands for nobody.
    """
    players = graph.mask.size
    words = players + 1
    parent[:] = -1
    out[:] = -1
    queue[0] = origin * words + players
    parent[queue[0]] = queue[0]
    out[origin] = 0
    head, tail, level, edge = 0, 1, 0, 1
    while head < tail:
        if head == edge:
            level += 1
            edge = tail
        node = queue[head]
        s, last = node // words, node % words
        head += 1
        for j in range(players):
            bit = np.int64(1) << j
            if j == last or not graph.seen[s] & bit:
                continue
            for k in range(graph.first[s], graph.first[s + 1]):
                code = graph.code[k]
                change = graph.mask[j]
                while change:
                    t = graph.state[code ^ change]
                    if (
                        t >= 0
                        and t != s
                        and parent[t * words + j] < 0
                        and graph.seen[t] & bit
                        and allowed(code, change, graph.ways)
                        and (not improve or better(graph, rank, j, s, t))
                    ):
                        parent[t * words + j] = node
                        if out[t] < 0:
                            out[t] = level + 1
                        queue[tail] = t * words + j
                        tail += 1
                    change = (change - 1) & graph.mask[j]
