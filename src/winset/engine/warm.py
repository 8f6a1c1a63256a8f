"""Compiling every kernel before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from . import answers
from .api import accepts, deepest, exists, judge, neighbours, slim
from .fold import build_core
from .frontier import additive_frontier
from .jit import TWIN, compile_part, is_kept
from .layout import Problem, Structure, Values
from .ready import proper, ready
from .search import new_engine, search


def warm(progress: Callable[[str], None] | None = None) -> None:
    """Compile every kernel, or load it from the cache, on a problem of two measures.

    Where there is more than one processor, the search is compiled in a process of its own.
    """
    problem = _tiny_problem()
    wait = _search_beside()
    steps: list[tuple[str, Callable[[], object]]] = [
        ("judging packages", lambda: judge(problem, problem.structure.status_quo)),
        ("judging many packages", lambda: accepts(problem, problem.structure.status_quo)),
        ("moving one measure", lambda: neighbours(problem, problem.structure.status_quo)),
        ("rows that always hold", lambda: slim(problem)),
        ("frontiers", lambda: additive_frontier([[[0]]])),
        ("what is open", compile_fold),
        ("searching", wait),
        ("deepest packages", lambda: deepest(problem)),
        ("open rungs", lambda: exists(problem, [0], [1])),
    ]
    for text, step in steps:
        if progress is not None:
            progress(text)
        step()


def _search_beside() -> Callable[[], object]:
    """Begin to compile the search in a second process; returns what waits for it.

    If it fails, nothing is lost but time: what is not in the cache is compiled here.
    """
    kept = TWIN or is_kept(Path(answers.__file__), answers.solve_block.__name__)
    if kept or not sys.executable:
        return lambda: None
    code = f"from {__name__} import compile_search; compile_search()"
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", code], stdout=quiet, stderr=quiet).wait  # noqa: S603 - this program


def compile_search() -> None:
    """Compile the part of the search that begins where a world is laid out."""
    st, v, plan = ready(_tiny_problem())
    engine = new_engine(st, v, plan)
    core, work, dual, tree = engine.core, engine.work, engine.dual, engine.tree
    frame, wide, narrow, logic = core.frame, core.wide, core.narrow, core.logic
    compile_part(search, st, v, 0, frame, wide, narrow, logic, work, dual, tree, engine.state, 0, 0)


def compile_fold() -> None:
    """Compile the parts that find what is open in a world and lay it out."""
    st, v, plan = ready(_tiny_problem())
    engine = new_engine(st, v, plan)
    core, dom = engine.core, engine.dom
    room = engine.short, engine.across, engine.seen
    compile_part(answers.open_world, st, v, plan, 0, 0, 0, dom, *room)
    frame, wide, narrow, logic = core.frame, core.wide, core.narrow, core.logic
    compile_part(build_core, st, v, plan, 0, dom, frame, wide, narrow, logic, core.fold)


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
