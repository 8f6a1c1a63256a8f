"""The package that one solution picks in every world, for other questions to be asked about."""

from __future__ import annotations

import numpy as np

from winset.ask.settle.frontier import frontier
from winset.ask.settle.gains import Levels, set_stage, value_rows
from winset.ask.settle.solutions import choose, rules
from winset.ask.settle.solve import alike, executives_of
from winset.case.model import Case
from winset.problem import Compiled, compile_problem
from winset.worlds import Worlds

SOLUTIONS = tuple(rules())
"""Solutions that can be named."""


def picked(
    case: Case,
    worlds: Worlds,
    judged: Compiled,
    solution: str,
    *,
    eps: float = 0.1,
    node_limit: int = 2_000,
) -> Levels:
    """Find the package of a solution in each world; today's where none gives everybody its due.

    Parameters
    ----------
    case, worlds
        The case and the drawn worlds.
    judged
        The worlds, compiled.
    solution
        One of :data:`SOLUTIONS`; no agreement leaves today in place.
    eps, node_limit
        As in :func:`winset.settle`.

    Returns
    -------
    Levels
        [world, measure]
    """
    executives = executives_of(case)
    valued = compile_problem(alike(case, worlds, [*worlds.changes]))
    value_rows(valued, executives)
    rule = rules()[solution]
    levels = np.tile(judged.problem.structure.status_quo, (worlds.n, 1))
    for world in range(worlds.n):
        stage = set_stage(judged, valued, world, executives)
        today = np.zeros(len(executives), dtype=np.int64)
        found = frontier(stage, disagreement=today, eps=eps, node_limit=node_limit)
        if len(found.packages):
            gains = found.gains / stage.scale
            levels[world] = found.packages[choose(rule, gains, np.maximum(gains.max(axis=0), 0.0))]
    return levels
