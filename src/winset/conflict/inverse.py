"""Which preferences would make a state stable?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.conflict.moves import moves, together, walks
from winset.conflict.solve import Stability, known_concept
from winset.errors import AskError


@dataclass(frozen=True, slots=True)
class Demand:
    """What one move of a player asks of its preferences.

    The state stays stable against the move to ``target`` exactly if, for one of the sets in
    ``any_of``, the player likes no state of the set better than the state itself.
    """

    target: int
    any_of: tuple[frozenset[int], ...]

    def met(self, rank: NDArray[np.int32], state: int) -> bool:
        """Whether an order of the states (larger is better) meets the demand."""
        return any(all(rank[one] <= rank[state] for one in each) for each in self.any_of)


def demands(found: Stability, group: int, state: int, concept: str) -> tuple[Demand, ...]:
    """Which orders of a player make a state stable, the others staying as they are?

    The answer is exact and short: the state is stable under exactly those orders that meet every
    demand.  Peers list orders one by one, which is out of reach above a handful of states.

    Parameters
    ----------
    found
        The dispute with its definition of answers.
    group
        Place of a player who moves alone.
    state
        State, from 0.
    concept
        Concept of stability.

    Returns
    -------
    tuple of Demand
        One for each move of the player; each lists sets of states by size, smallest first,
        without sets that hold another of the list.

    Raises
    ------
    AskError
        Unknown concept, or a coalition.
    """
    known_concept(concept)
    if len(found.groups[group]) > 1:
        raise AskError("Inverse questions are answered for players who move alone.")
    return tuple(
        Demand(
            target,
            _smallest([frozenset({target}), *_sanctions(found, group, state, target, concept)]),
        )
        for target in moves(found, group, state)
    )


def _sanctions(
    found: Stability, group: int, state: int, target: int, concept: str
) -> list[frozenset[int]]:
    if concept == "nash":
        return []
    if concept == "sim":
        return [frozenset({result}) for result in together(found, group, state, target)]
    symmetric = concept in {"smr", "sseq"}
    improving = concept in {"seq", "sseq"}
    ends = [walk.state for walk in walks(found, group, target, improving=improving)]
    return [
        frozenset({end, *(moves(found, group, end) if symmetric else ())}) - {state} for end in ends
    ]


def _smallest(sets: list[frozenset[int]]) -> tuple[frozenset[int], ...]:
    kept: list[frozenset[int]] = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= each for other in kept):
            kept.append(each)
    return tuple(kept)
