"""From what was found in every world to the tables of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from winset.ask.settle import schemas
from winset.tables import Table, quartiles, share_where

if TYPE_CHECKING:
    from winset.ask.settle.offsets import Offsets
    from winset.ask.settle.solve import Settled

Rows = list[tuple[object, ...]]
Bools = NDArray[np.bool_]


def tabulate(found: Settled) -> Mapping[str, Table]:
    """Build every table of the answer."""
    offsets = [] if found.offsets is None else _offsets(found, found.offsets)
    tables = (
        schemas.SOLUTIONS.from_rows(_solutions(found)),
        schemas.SETTLEMENTS.from_rows(_settlements(found)),
        schemas.AGREEMENT.from_rows(_agreement(found)),
        schemas.TIES.from_rows(_ties(found)),
        schemas.OFFSETS.from_rows(offsets),
        schemas.MIXTURES.from_rows(_mixtures(found)),
        schemas.FRONTIER.from_rows(_frontier(found)),
    )
    return {table.name: table for table in tables}


def _solutions(found: Settled) -> Rows:
    rows: Rows = []
    for name in found.packages:
        gains, of_best = np.array(found.gains[name]), np.array(found.of_best[name])
        rows += [
            (
                name,
                who,
                found.worlds,
                *quartiles(gains[:, place]),
                *quartiles(of_best[:, place]),
                *share_where(found.accepted[name]),
            )
            for place, who in enumerate(found.executives)
        ]
    return rows


def _mixtures(found: Settled) -> Rows:
    rows: Rows = []
    for name, gains in found.mixed_gains.items():
        parts, of_best = np.array(found.parts[name]), np.array(found.mixed_of_best[name])
        rows += [
            (
                name,
                who,
                found.worlds,
                *quartiles(np.array(gains)[:, place]),
                *quartiles(of_best[:, place]),
                int(parts.max()),
                *share_where(parts == 1),
            )
            for place, who in enumerate(found.executives)
        ]
    return rows


def _settlements(found: Settled) -> Rows:
    rows: Rows = []
    for name, packages in found.packages.items():
        levels = np.array(packages)
        for place, measure in enumerate(found.case.measures):
            for rung in measure.rungs:
                reached = levels[:, place] >= rung.level
                if rung.level > found.today[place] and reached.any():
                    rows.append((name, rung.id, found.worlds, *share_where(reached)))
    return rows


def _agreement(found: Settled) -> Rows:
    rows: Rows = []
    for one, other in combinations(found.packages, 2):
        apart = np.array(found.packages[one]) != np.array(found.packages[other])
        same = ~apart.any(axis=1)
        rows.append((one, other, found.worlds, *share_where(same), float(apart.sum(axis=1).mean())))
    return rows


def _ties(found: Settled) -> Rows:
    rungs = []
    for measure in found.case.measures:
        rungs += [f"{measure.id}.0", *(rung.id for rung in measure.rungs)]
    rows: Rows = []
    for name, moves in found.ties.items():
        good = np.array(moves)
        order = np.argsort(-good.mean(axis=0), kind="stable")
        rows += [
            (name, rungs[slot], found.worlds, *share_where(good[:, slot]))
            for slot in order.tolist()
            if good[:, slot].any()
        ]
    return rows


def _offsets(found: Settled, offsets: Offsets) -> Rows:
    refused = offsets.refused
    if not refused.any():
        return []
    rows: list[tuple[float, tuple[object, ...]]] = []
    count = int(refused.sum())
    for name, turned in offsets.turns.items():
        change = np.median(offsets.costs[name][turned], axis=0)
        loser = int(np.argmin(change))
        payer = found.executives[loser] if change[loser] < 0 else ""
        paid = -offsets.costs[name][turned][:, loser] if payer else np.array([np.nan])
        share = share_where(turned[refused])
        rows.append((share[0], (found.rung, name, payer, count, *share, *quartiles(paid))))
    rows.sort(key=lambda row: -row[0])
    return [row for _, row in rows] + _payments(found, offsets, count)


def _payments(found: Settled, offsets: Offsets, count: int) -> Rows:
    return [
        (
            found.rung,
            f"points:{who}",
            payer,
            count,
            *share_where(np.isfinite(paid)[offsets.refused]),
            *quartiles(paid),
        )
        for (who, payer), paid in offsets.payments.items()
    ]


def _frontier(found: Settled) -> Rows:
    return [
        (world, len(one.packages), one.searches, one.complete, one.gap)
        for world, one in enumerate(found.frontiers)
    ]
