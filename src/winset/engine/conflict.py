"""Kernels for disputes: under which concepts each state stands, and where moves lead."""

from __future__ import annotations

import numpy as np

from .conflict_graph import I4, I8, U1, Graph, allowed, better, blocked, sort
from .conflict_sanctions import guard, guard_block, one_step, sequences
from .jit import kernel, outer_kernel

NASH, GMR, SMR, SEQ, SSEQ, SIM = 1, 2, 4, 8, 16, 32
"""Bits of a verdict; the middle four stand in the order of the least worths they ask for."""


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
def stands_at_once(graph: Graph, rank: I4, player: int, s: int, joint: bool, changes: I4) -> bool:
    """Whether every improvement from ``s`` meets a change made at the same time."""
    bit = np.int64(1) << player
    for k in range(graph.first[s], graph.first[s + 1]):
        code = graph.code[k]
        count = 0
        asked = False
        change = graph.mask[player]
        while change:
            t = graph.state[code ^ change]
            if (
                t >= 0
                and graph.seen[t] & bit
                and better(graph, rank, player, s, t)
                and allowed(code, change, graph.ways)
            ):
                if not asked:
                    count = answers(graph, rank, player, s, code, joint, changes)
                    asked = True
                if not met(graph, rank, player, s, code ^ change, changes, count):
                    return False
            change = (change - 1) & graph.mask[player]
    return True


@kernel
def one_by_one(graph: Graph, rank: I4, player: int, least: I4, out: U1) -> None:
    """Judge all but simultaneous stability, looking at each move."""
    bit = np.int64(1) << player
    for s in range(graph.first.size - 1):
        kept = NASH | GMR | SMR | SEQ | SSEQ
        if graph.seen[s] & bit:
            for k in range(graph.first[s], graph.first[s + 1]):
                code = graph.code[k]
                change = graph.mask[player]
                while change and kept:
                    t = graph.state[code ^ change]
                    if (
                        t >= 0
                        and graph.seen[t] & bit
                        and better(graph, rank, player, s, t)
                        and allowed(code, change, graph.ways)
                    ):
                        kept &= held(graph, rank, player, least, s, t)
                    change = (change - 1) & graph.mask[player]
        out[s] = kept


@kernel
def at_once(graph: Graph, own: I4, player: int, least: I4, order: I4, most: I4, out: U1) -> None:
    """Judge the same for a player who can move anywhere in its block, from its best state down.

    ``most`` [4, code] is the greatest of the least worths of the better states of a block.
    """
    count = own.size
    fixed = ~graph.mask[player]
    for s in range(count):
        block = graph.code[s] & fixed
        for c in range(4):
            most[c, block] = -1
    sort(own, order[0], order[1])
    top = count - 1
    while top >= 0:
        low = top
        while low and own[order[0, low - 1]] == own[order[0, top]]:
            low -= 1
        for place in range(low, top + 1):
            s = order[0, place]
            block = graph.code[s] & fixed
            kept = 0
            if most[0, block] < 0:
                kept = NASH
            for c in range(4):
                if most[c, block] <= own[s]:
                    kept |= GMR << c
            out[s] = kept
        for place in range(low, top + 1):
            s = order[0, place]
            block = graph.code[s] & fixed
            for c in range(4):
                most[c, block] = max(most[c, block], least[0, c, s])
        top = low - 1


@kernel
def verdict(
    graph: Graph,
    rank: I4,
    player: int,
    joint: bool,
    apart: bool,
    least: I4,
    order: I4,
    best: I4,
    changes: I4,
    out: U1,
) -> None:
    """Concepts under which each state stands for the player, as bits.

    Simultaneous stability is left out where it is judged ``apart``.
    """
    if blocked(graph, player):
        one_by_one(graph, rank, player, least, out)
    else:
        own = rank[graph.member[graph.start[player]]]
        at_once(graph, own, player, least, order, best, out)
    if apart:
        return
    bit = np.int64(1) << player
    for s in range(graph.first.size - 1):
        if not (out[s] & NASH or not graph.seen[s] & bit):
            if not stands_at_once(graph, rank, player, s, joint, changes):
                continue
        out[s] |= SIM


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
    best: I4,
    apart: bool,
    out: U1,
) -> None:
    """Say for each world and state under which concepts it stands for one player.

    Parameters
    ----------
    rank
        [world, member, state] larger is better, equal is a tie.
    orders
        [3, state] room for the states from worst to best, by rank and by what is kept.
    before
        [word, player] memory of a walk; no words: one opponent, one move.
    apart
        Whether simultaneous stability is judged elsewhere.
    out
        [world, state] bits.
    """
    for world in range(rank.shape[0]):
        table = rank[world]
        for k in range(graph.start[player], graph.start[player + 1]):
            m = k - graph.start[player]
            worth = table[graph.member[k]]
            if blocked(graph, player):
                guard(graph, player, worth, kept)
            else:
                guard_block(graph, player, worth, best, kept)
            if before.shape[0] == 0:
                one_step(graph, table, player, worth, kept, orders, best, least[m])
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
        verdict(
            graph,
            table,
            player,
            before.shape[0] > 0,
            apart,
            least,
            orders,
            best,
            changes,
            out[world],
        )


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
