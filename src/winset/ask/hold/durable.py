"""The deepest package that every government would keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.hold.governments import Governments
from winset.ask.hold.leaving import MICRO, Leaving, settle_down
from winset.ask.reach.robust import build_path
from winset.engine import deepest, judge
from winset.engine.layout import Problem
from winset.problem.join import Borrowed, with_rows

NODES = 2_000
"""Nodes after which the search for one world's deepest package gives up."""


@dataclass(frozen=True)
class Durable:
    """The deepest package found that every government keeps.

    Attributes
    ----------
    levels
        [measure]; the status quo where nothing more lasts.
    survives
        [world] whether all accept it today and every government keeps all of it.
    """

    levels: NDArray[np.int8]
    survives: NDArray[np.bool_]


def find_durable(
    base: Problem, rules: Sequence[tuple[Governments, Leaving]], share: float
) -> Durable:
    """Search the deepest package kept whole by every government in a share of worlds.

    What new executives demand of a step they find in place is added to the problem as rows, so
    that the search sees consent today and staying tomorrow at once.  The packages met are then
    put through every combination of governments, the deepest first, until one passes.

    Parameters
    ----------
    base
        The worlds under the present governments.
    rules
        Who may leave what, for every combination of governments.
    share
        Of the worlds in which the package must survive.
    """
    singles = [leaving for governments, leaving in rules if len(governments.changed) == 1]
    joined = with_rows(base, [_demands(leaving) for leaving in singles])
    path = build_path(joined, deepest(joined, node_limit=NODES).levels)
    depth = base.values.depth.mean(axis=0)[base.structure.first[:-1] + path.packages].sum(axis=1)
    for place in np.argsort(-depth, kind="stable"):
        package = path.packages[place]
        if judge(joined, package).accepted.mean() < share:
            continue
        survives = _survives(base, rules, package)
        if survives.mean() >= share:
            return Durable(package, survives)
    today = base.structure.status_quo
    return Durable(today, np.ones(base.values.depth.shape[0], dtype=np.bool_))


def _demands(rules: Leaving) -> Borrowed:
    """Return what new executives need to stay, where levers alone protect a step."""
    rows: list[int] = []
    wake: list[int] = []
    spare: list[NDArray[np.int64]] = []
    for place, seat in enumerate(rules.seats):
        if not rules.limit[:, place].any():
            continue
        covered = np.ones(rules.exit_cost.size)
        for one in rules.case.mechanisms.guarantees:
            if one.id in rules.always and rules.names.measures[seat.measure] in one.covers:
                covered *= 1.0 - rules.shares[one.id]
        cost = rules.exit_cost * (2.0 - covered) - rules.limit[:, place]
        rows += seat.rows
        wake += [seat.measure] * len(seat.rows)
        spare += [np.floor(cost * MICRO).astype(np.int64)] * len(seat.rows)
    stacked = np.stack(spare, axis=1) if spare else np.zeros((rules.exit_cost.size, 0), np.int64)
    return Borrowed(rules.problem, np.array(rows, np.intp), stacked, np.array(wake, np.intp))


def _survives(
    base: Problem, rules: Sequence[tuple[Governments, Leaving]], package: NDArray[np.int8]
) -> NDArray[np.bool_]:
    held = judge(base, package).accepted
    for _, leaving in rules:
        if not held.any():
            break
        levels = np.tile(package, (held.size, 1))
        held &= (settle_down(leaving, levels).levels == levels).all(axis=1)
    return np.asarray(held)
