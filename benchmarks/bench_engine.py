"""Worlds a second for the deepest package, and how that compares with HiGHS on the same worlds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

import numpy as np

import winset
from benchmarks.engine_problems import case_like, first_synthetic
from benchmarks.rows import Row
from winset.engine import Problem, deepest, slim, warm
from winset.engine.api import NODE_LIMIT
from winset.errors import LimitError
from winset.oracle.milp import Program
from winset.problem import compile_problem

CASE = "trilateral-2022"
SLACK: tuple[str, ...] = ()
TIGHT = ("parameters/offset_executive = 0.05",)
"""Gains of a whole package count at a twentieth: every level is paid for by others."""
COMPARED = 6
CUT = 20_000
"""Nodes at which a random world is left unsettled: random numbers leave no structure to prune by."""
PATIENCE = 60.0
"""Seconds for HiGHS in one world; a world cut off there makes the ratio a lower limit."""


def rows() -> Iterator[Row]:
    """Yield speeds; of the bundled case, then of random problems."""
    warm()
    slack, tight = slim(bundled(2_000, SLACK)), slim(bundled(200, TIGHT))
    yield speed("deepest, bundled case, slack", slack, 2_000.0)
    yield speed("deepest, bundled case, tight", tight, 50.0)
    yield ratio("  over HiGHS, slack, same worlds, one thread", bundled(COMPARED, SLACK), None)
    yield ratio("  over HiGHS, tight, same worlds, one thread", bundled(COMPARED, TIGHT), 30.0)
    yield speed("deepest, random numbers in its shape, slack", case_like(40, 1.0), None, CUT)
    yield speed("deepest, random numbers in its shape, tight", case_like(100, 0.05), None, CUT)
    yield speed("deepest, 24 measures of 4 levels, 6 vetoes", first_synthetic(600), 250.0)


def bundled(worlds: int, changes: Sequence[str]) -> Problem:
    """Return the bundled case as the engine sees it."""
    case = winset.load(CASE)
    return compile_problem(winset.draw(case, worlds, changes=tuple(changes)), 0, worlds).problem


def speed(what: str, problem: Problem, target: float | None, node_limit: int = NODE_LIMIT) -> Row:
    """Time the deepest packages of all worlds on all threads."""
    worlds = problem.values.depth.shape[0]
    began = perf_counter()
    found = deepest(problem, node_limit=node_limit)
    taken = perf_counter() - began
    nodes = found.nodes
    note = f"{worlds:,} worlds, nodes p50 {np.median(nodes):.0f}, most {nodes.max():,}"
    if not found.settled.all():
        note += f", {int((~found.settled).sum())} not settled"
    return Row(what, worlds / taken, "worlds/s", target, "high", note)


def ratio(what: str, problem: Problem, target: float | None) -> Row:
    """Time engine and HiGHS in the same worlds, each on one thread; depths must agree."""
    with one_thread():
        took = []
        for _ in range(3):
            began = perf_counter()
            found = deepest(problem)
            took.append(perf_counter() - began)
    ours, theirs, cut = min(took), 0.0, 0
    for world in range(COMPARED):
        program = Program(problem, world, time_limit=PATIENCE, presolve=(True,))
        began = perf_counter()
        try:
            best = program.deepest()
        except LimitError:
            cut += 1
        else:
            if best is None or (found.settled[world] and best.depth != found.depth[world]):
                raise AssertionError(f"world {world}: engine and HiGHS disagree")
        theirs += perf_counter() - began
    note = f"{1e3 * theirs / COMPARED:,.0f} ms over {1e3 * ours / COMPARED:,.1f} ms a world"
    if cut:
        note += f"; HiGHS cut off in {cut} of {COMPARED}: at least"
    return Row(what, theirs / ours, "times", target, "high", note)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the engine use one thread."""
    before = os.environ.get("WINSET_THREADS")
    os.environ["WINSET_THREADS"] = "1"
    try:
        yield
    finally:
        del os.environ["WINSET_THREADS"]
        if before is not None:
            os.environ["WINSET_THREADS"] = before
