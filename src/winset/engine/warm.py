"""Compiling every kernel before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .api import accepts, deepest, exists, judge, neighbours, slim
from .frontier import additive_frontier
from .layout import Problem, Structure, Values
from .ready import proper


def warm(progress: Callable[[str], None] | None = None) -> None:
    """Compile every kernel, or load it from the cache, on a problem of two measures."""
    problem = _tiny_problem()
    steps: list[tuple[str, Callable[[], object]]] = [
        ("judging packages", lambda: judge(problem, problem.structure.status_quo)),
        ("judging many packages", lambda: accepts(problem, problem.structure.status_quo)),
        ("moving one measure", lambda: neighbours(problem, problem.structure.status_quo)),
        ("rows that always hold", lambda: slim(problem)),
        ("deepest packages", lambda: deepest(problem)),
        ("open rungs", lambda: exists(problem, [0], [1])),
        ("frontiers", lambda: additive_frontier([[[0]]])),
    ]
    for text, step in steps:
        if progress is not None:
            progress(text)
        step()


def _tiny_problem() -> Problem:
    """Two measures of two levels, one row, one world."""
    none, starts = np.zeros(0), np.zeros(2)
    structure: dict[str, Any] = dict.fromkeys(Structure._fields, none)
    structure |= {
        "first": np.array([0, 2, 4]),
        "status_quo": np.zeros(2),
        "clause_start": np.zeros(1),
        "row_start": np.array([0, 1]),
        "row_measure": np.zeros(1),
        "coef_start": np.zeros(1),
        "term_start": starts,
        "soft_start": starts,
        "wake_start": starts,
        "row_owner": np.array([-1]),
        "accept_start": np.zeros(1),
    }
    values: dict[str, Any] = dict.fromkeys(Values._fields, np.zeros((1, 0)))
    values |= {
        "depth": np.array([[0, 1, 0, 1]]),
        "effort": np.zeros((1, 4)),
        "shut": np.zeros((1, 4)),
        "row_on": np.ones((1, 1)),
        "constant": np.zeros((1, 1)),
        "coef": np.array([[0, -1]]),
        "total": np.zeros((1, 0, 4)),
        "square": np.zeros((1, 0, 0)),
    }
    return Problem(proper(Structure(**structure)), proper(Values(**values)))
