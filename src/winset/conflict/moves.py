"""Moves and answers one by one, for words and for inverse questions about a single state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.conflict.solve import Stability
from winset.engine.conflict_api import memory_of


@dataclass(frozen=True, slots=True)
class Walk:
    """A state that opponents can lead to, with the moves on the way: (mover, state)."""

    state: int
    steps: tuple[tuple[int, int], ...]


def moves(found: Stability, group: int, state: int) -> tuple[int, ...]:
    """States to which a group can move from a state, in order."""
    graph = found.graph
    bit = 1 << group
    if not int(graph.seen[state]) & bit:
        return ()
    mask, forward, back = int(graph.mask[group]), int(graph.ways[0]), int(graph.ways[1])
    reached = set()
    for code in graph.code[graph.first[state] : graph.first[state + 1]].tolist():
        change = mask
        while change:
            target = int(graph.state[code ^ change])
            blocked = code & change & forward or ~code & change & back
            if target >= 0 and not blocked and int(graph.seen[target]) & bit:
                reached.add(target)
            change = (change - 1) & mask
    return tuple(sorted(reached - {state}))


def prefers(found: Stability, group: int, there: int, here: int) -> bool:
    """Whether every member of a group strictly prefers one state to another."""
    rank = found.conflict.rank
    return all(rank[one, there] > rank[one, here] for one in found.groups[group])


def improvements(found: Stability, group: int, state: int) -> tuple[int, ...]:
    """States to which a group can move and that it prefers."""
    return tuple(t for t in moves(found, group, state) if prefers(found, group, t, state))


def walks(found: Stability, group: int, start: int, *, improving: bool) -> Iterator[Walk]:
    """Yield every state to which the opponents of a group can answer, by a shortest walk."""
    players = len(found.groups)
    table = memory_of(found.answering, players, group)
    seen = {(start, 0)}
    told = set()
    todo: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(start, 0, ())]
    own = 1 << group
    while todo:
        later: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
        for state, word, steps in todo:
            for one in range(players):
                if one == group:
                    continue
                nexts = _next_words(table, word, one, first=not steps)
                if not nexts:
                    continue
                for target in moves(found, one, state):
                    if not int(found.graph.seen[target]) & own:
                        continue
                    if improving and not prefers(found, one, target, state):
                        continue
                    walk = (*steps, (one, target))
                    if target not in told:
                        told.add(target)
                        yield Walk(target, walk)
                    for then in nexts:
                        if (target, then) not in seen:
                            seen.add((target, then))
                            later.append((target, then, walk))
        todo = later


def _next_words(table: NDArray[np.int64], word: int, mover: int, *, first: bool) -> tuple[int, ...]:
    if len(table) == 0:
        return (1,) if first else ()
    return tuple(w for w in range(len(table)) if int(table[w, mover]) >> word & 1)


def together(found: Stability, group: int, state: int, target: int) -> Iterator[int]:
    """States that result where opponents improve at the same time as a group moves to a state.

    Only for states with one code each; of merged states the lowest code counts.
    """
    graph = found.graph
    code = int(found.conflict.codes[state])
    change = code ^ int(found.conflict.codes[target])
    changes = [0]
    for one in range(len(found.groups)):
        if one == group:
            continue
        own = [code ^ int(found.conflict.codes[t]) for t in improvements(found, one, state)]
        joint = changes if found.answering != "one-step" else [0]
        changes += [before | each for before in [*joint] for each in own]
    for each in changes[1:]:
        result = int(graph.state[code ^ change ^ each])
        if result >= 0 and int(graph.seen[result]) >> group & 1:
            yield result
