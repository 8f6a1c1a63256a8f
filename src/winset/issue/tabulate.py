"""From what was found on one issue to the tables of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from winset.issue import schemas
from winset.tables import Table, quartiles, share_where

if TYPE_CHECKING:
    from winset.issue.solve import Solved

KINDS = ("", "confrontation", "compromise", "capitulation")
Rows = list[tuple[object, ...]]


def tabulate(found: Solved) -> Mapping[str, Table]:
    """Build every table of the answer; row 0 of every array is the middle of all ranges."""
    tables = (
        schemas.SOLUTIONS.from_rows(_solutions(found)),
        schemas.ROUNDS.from_rows(_rounds(found)),
        schemas.ACTORS.from_rows(_actors(found)),
        schemas.MOVES.from_rows(_moves(found)),
    )
    return {table.name: table for table in tables}


def _solutions(found: Solved) -> Rows:
    return [
        (
            name,
            found.worlds,
            *quartiles(at[1:]),
            at[0],
            abs(at[0] - found.outcome),
        )
        for name, at in found.points.items()
    ]


def _rounds(found: Solved) -> Rows:
    settled = found.rounds.settled
    return [
        (
            step,
            found.worlds,
            *share_where((settled[1:] >= 0) & (settled[1:] <= step)),
            *quartiles(found.medians[1:, step]),
            found.medians[0, step],
            found.means[0, step],
            abs(found.medians[0, step] - found.outcome),
        )
        for step in range(found.medians.shape[1])
    ]


def _actors(found: Solved) -> Rows:
    start, median = found.rounds.positions[:, 0], found.points["median"]
    weight = found.weights[0] / found.weights[0].sum()
    return [
        (
            one.name,
            one.capability.mode,
            one.position.mode,
            one.salience.mode,
            100.0 * weight[place],
            found.worlds,
            *share_where(start[1:, place] == median[1:]),
            found.rounds.positions[0, -1, place],
            int(np.count_nonzero(found.rounds.kinds[0, :, place])),
        )
        for place, one in enumerate(found.table.actors)
    ]


def _moves(found: Solved) -> Rows:
    kinds, others, positions = (
        found.rounds.kinds[0],
        found.rounds.others[0],
        found.rounds.positions[0],
    )
    return [
        (
            step + 1,
            found.names[place],
            KINDS[kinds[step, place]],
            found.names[others[step, place]],
            positions[step, place],
            positions[step + 1, place],
        )
        for step, place in np.argwhere(kinds > 0).tolist()
    ]
