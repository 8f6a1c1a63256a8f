"""Judge the states of a dispute: arrays in, arrays out, no names."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .conflict import GMR, NASH, SEQ, SIM, SMR, SSEQ, judge_player, spread
from .conflict_at_once import MOST_HELD, judge_at_once
from .conflict_coalition import judge_together
from .conflict_graph import Graph

__all__ = [
    "GMR",
    "NASH",
    "SEQ",
    "SIM",
    "SMR",
    "SSEQ",
    "Answering",
    "Graph",
    "graph_of",
    "reached",
    "stabilities",
]

Answering = Literal["one-step", "once", "legal", "free"]
"""Who may answer a move, and how often.

``one-step``: one opponent by one move.  ``once``: several, each at most once.  ``legal``: several
as often as they like, nobody twice in a row.  ``free``: in any order.
"""

MOST_ONCE = 5
"""Opponents of whom each subset can be remembered."""
MOST_TOGETHER = 4096
"""States up to which symmetric concepts are judged for coalitions: a search is made for each."""


def graph_of(
    index: NDArray[np.int32],
    mask: NDArray[np.int64],
    ways: NDArray[np.int64],
    impossible: NDArray[np.bool_],
    groups: tuple[tuple[int, ...], ...],
) -> Graph:
    """Lay out a dispute.

    Parameters
    ----------
    index
        [code] state or -1.
    mask
        [member] options each decision maker holds.
    ways
        Options that can only be taken up, options that can only be dropped.
    impossible
        [member, state] what each believes cannot be.
    groups
        Decision makers who move together; one of its own for who moves alone.
    """
    code = np.flatnonzero(index >= 0).astype(np.int64)
    code = code[np.argsort(index[code], kind="stable")]
    count = int(index.max()) + 1
    first = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(index[code], minlength=count), out=first[1:])
    seen = np.zeros(count, dtype=np.int64)
    for bit, group in enumerate(groups):
        seen |= np.where(impossible[list(group)].any(axis=0), 0, 1 << bit)
    sizes = [len(group) for group in groups]
    return Graph(
        state=index,
        first=first,
        code=code,
        mask=np.array([sum(int(mask[one]) for one in group) for group in groups], np.int64),
        ways=ways,
        seen=seen,
        start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        member=np.array([one for group in groups for one in group], dtype=np.int64),
    )


def memory_of(answering: Answering, players: int, player: int) -> NDArray[np.int64]:
    """[word, player] set of words from which a player may move and leave this word behind.

    Word 0 is the fresh start.
    """
    if answering == "one-step":
        return np.zeros((0, players), dtype=np.int64)
    others = [one for one in range(players) if one != player]
    if answering == "free":
        table = np.ones((1, players), dtype=np.int64)
    elif answering == "legal":
        full = (1 << (len(others) + 1)) - 1
        table = np.zeros((len(others) + 1, players), dtype=np.int64)
        for place, one in enumerate(others):
            table[place + 1, one] = full & ~(1 << (place + 1))
    else:
        table = np.zeros((1 << len(others), players), dtype=np.int64)
        for used in range(1 << len(others)):
            for place, one in enumerate(others):
                if used >> place & 1:
                    table[used, one] = 1 << (used & ~(1 << place))
    table[:, player] = 0
    return table


def stabilities(graph: Graph, rank: NDArray[np.int32], answering: Answering) -> NDArray[np.uint8]:
    """Say under which concepts each state stands, for each player and world.

    Parameters
    ----------
    graph
        The dispute.
    rank
        [world, member, state] larger is better, equal is a tie, below the number of states.
    answering
        Who may answer a move.

    Returns
    -------
    NDArray[np.uint8]
        [player, world, state] bits.  Of a coalition of several in more than ``MOST_TOGETHER``
        states symmetric concepts are not judged and their bits are off.
    """
    players, states = len(graph.mask), len(graph.first) - 1
    out = np.empty((players, len(rank), states), dtype=np.uint8)
    kept = np.empty(states, dtype=np.int32)
    orders = np.empty((3, states), dtype=np.int32)
    done = np.empty(states, dtype=np.int64)
    best = np.empty((4, len(graph.state)), dtype=np.int32)
    apart = answering == "one-step" and _untangled(graph)
    for player in range(players):
        before = memory_of(answering, players, player)
        size = int(graph.start[player + 1] - graph.start[player])
        least = np.empty((size, 4, states), dtype=np.int32)
        others = len(graph.state) >> int(graph.mask[player]).bit_count()
        judge_player(
            graph,
            rank,
            orders,
            player,
            before,
            kept,
            least,
            done,
            np.empty(states * len(before), dtype=np.int64),
            np.empty(max(others, players * 2), dtype=np.int32),
            best,
            apart,
            out[player],
        )
        if size > 1:
            out[player] &= NASH | GMR | SEQ | SIM
            if states <= MOST_TOGETHER:
                judge_together(
                    graph,
                    rank,
                    player,
                    before,
                    kept,
                    orders,
                    done,
                    np.empty(states * len(before), dtype=np.int64),
                    best,
                    np.empty((4, states), dtype=np.int32),
                    out[player],
                )
    if apart:
        _judge_at_once(graph, rank, out)
    return out


def _untangled(graph: Graph) -> bool:
    """Whether everybody moves alone and anywhere in its block, by few enough changes."""
    players = len(graph.mask)
    held = int(np.bitwise_or.reduce(graph.mask))
    return (
        len(graph.member) == players
        and not (int(graph.ways[0]) | int(graph.ways[1])) & held
        and len(graph.code) == len(graph.first) - 1
        and bool((graph.seen == (1 << players) - 1).all())
        and max(int(mask).bit_count() for mask in graph.mask) <= MOST_HELD
    )


def _judge_at_once(graph: Graph, rank: NDArray[np.int32], out: NDArray[np.uint8]) -> None:
    players, states = len(graph.mask), len(graph.first) - 1
    change = np.zeros((players, 1 << MOST_HELD), dtype=np.int64)
    counts = np.zeros(players, dtype=np.int64)
    for player, mask in enumerate(graph.mask.tolist()):
        bits = [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
        counts[player] = (1 << len(bits)) - 1
        for k in range(1, 1 << len(bits)):
            one = sum(1 << bit for place, bit in enumerate(bits) if k >> place & 1)
            change[player, k - 1] = one
    order = np.ascontiguousarray(rank[:, graph.member])
    gain = np.empty((players, states), dtype=np.int64)
    judge_at_once(graph, order, change, counts, gain, out)


def reached(
    graph: Graph, rank: NDArray[np.int32], origin: int, *, improving: bool
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Fewest moves from a state to each other, nobody moving twice in a row.

    Returns
    -------
    tuple
        [state] moves or -1, and [state * (players + 1) + last mover] the node before.
    """
    states, words = len(graph.first) - 1, len(graph.mask) + 1
    out = np.empty(states, dtype=np.int32)
    parent = np.empty(states * words, dtype=np.int64)
    queue = np.empty(states * words, dtype=np.int64)
    spread(graph, rank, origin, improving, parent, queue, out)
    return out, parent
