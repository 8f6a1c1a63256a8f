"""A dispute without names, and who can move where in it.

A state is a set of yes-or-no options that somebody holds; a player changes its own options only.
Moves are never stored: the change ``d`` of a code ``c`` is a subset of the player's mask, and
``state[c ^ d]`` is the state it leads to.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .jit import kernel

I8 = NDArray[np.int64]
I4 = NDArray[np.int32]
U1 = NDArray[np.uint8]


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
def tangled(graph: Graph, player: int) -> bool:
    """Whether some move within a block of the player is not possible, or leads to several states."""
    if (graph.ways[0] | graph.ways[1]) & graph.mask[player]:
        return True
    if graph.code.size > graph.first.size - 1:
        return True
    full = (np.int64(1) << graph.mask.size) - 1
    for s in range(graph.seen.size):
        if graph.seen[s] != full:
            return True
    return False


@kernel
def blocked(graph: Graph, player: int) -> bool:
    """Whether the moves of a player have to be looked at one by one.

    A single player without one-way options can move between any two states of its block, where
    none is merged and nobody believes any impossible.
    """
    return graph.start[player + 1] - graph.start[player] > 1 or tangled(graph, player)


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
