"""Verdicts of one order of preferences as a table and in words: the middle world, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.dispute.schemas import VERDICTS
from winset.conflict.model import Conflict
from winset.conflict.solve import CONCEPTS, Stability
from winset.tables import Table
from winset.words.dispute import verdict


def ranked(conflict: Conflict, table: NDArray[np.int32]) -> Conflict:
    """Give the players of a dispute the orders of a table [player, state]."""
    players = tuple(
        replace(
            player,
            ranking=tuple(
                tuple(np.flatnonzero(row == rank).tolist())
                for rank in range(int(row.max()), -1, -1)
            ),
        )
        for player, row in zip(conflict.players, table, strict=True)
    )
    return replace(conflict, players=players)


def verdicts(found: Stability) -> Table:
    """For whom each state is stable, under each concept."""
    conflict = found.conflict
    stands = {name: found.stands(name) for name in found.concepts}
    rows = []
    for state in range(conflict.count):
        answers = conflict.answers(state)
        for group, who in enumerate((*found.names, "all")):
            told = [
                ""
                if name not in stands
                else _yes(
                    stands[name][:, state].all() if who == "all" else stands[name][group, state]
                )
                for name in CONCEPTS
            ]
            rows.append((state + 1, who, answers, *told))
    return VERDICTS.from_rows(rows)


def sentences(found: Stability, *, concept: str) -> Iterator[str]:
    """Yield what was found of one order of preferences, the definition last."""
    for name in found.concepts:
        states = [(state + 1, found.conflict.answers(state)) for state in found.equilibria(name)]
        yield verdict(name, states)
    yield found.definition(concept)


def _yes(stands: object) -> str:
    return "yes" if stands else "no"
