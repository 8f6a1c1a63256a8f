"""What an engine must answer beside the search: frontiers, plans, threads, sources."""

from __future__ import annotations

import threading
from importlib import import_module
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from tests.engine.counting import counted
from tests.engine.problems import Draw
from winset.engine import Problem, Structure

Gains = list[NDArray[np.int64]]
Classes = dict[tuple[int, ...], set[tuple[int, ...]]]


def by_trying_all(gains: Gains) -> Classes:
    """Return the undominated sums of gains, each with all packages behind it."""
    found: Classes = {}
    for package in product(*(range(len(part)) for part in gains)):
        total = sum(part[level] for part, level in zip(gains, package, strict=True))
        found.setdefault(tuple(np.asarray(total).tolist()), set()).add(package)
    return {
        one: packages
        for one, packages in found.items()
        if not any(
            other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in found
        )
    }


def check_frontiers(engine: ModuleType) -> None:
    """Every undominated sum, every package behind it; what would not fit is refused."""
    rng = np.random.default_rng(0)
    for seed in range(40):
        parties = 1 + seed % 4
        gains = [rng.integers(-3, 4, (rng.integers(1, 5), parties)) for _ in range(1 + seed % 3)]
        found = engine.additive_frontier(gains)
        told = {
            tuple(point): {tuple(one.tolist()) for one in engine.members(found, place)}
            for place, point in enumerate(found.points.tolist())
        }
        assert told == by_trying_all(gains)
        assert found.packages.tolist() == [len(told[tuple(p)]) for p in found.points.tolist()]
    module = import_module(f"{engine.__name__}.frontier")
    largest = module._LARGEST
    engine.additive_frontier([[[largest - 1]]])
    engine.additive_frontier([[[0]], [[0]]], memory=72)
    engine.additive_frontier([[[0], [0]]] * 62)
    refused: list[tuple[object, type[Exception], int]] = [
        ([[[largest]]], ValueError, 10**9),
        ([], ValueError, 10**9),
        ([[]], ValueError, 10**9),
        ([[0, 1]], ValueError, 10**9),
        ([[[0]], [[0, 1]]], ValueError, 10**9),
        ([[[0]], [[0]]], MemoryError, 71),
        ([[[0], [0]]] * 63, ValueError, 10**9),
    ]
    for odd, error, memory in refused:
        try:
            engine.additive_frontier(odd, memory=memory)
        except error:
            continue
        raise AssertionError(odd)


def check_plans(engine: ModuleType) -> None:
    """A structure is planned once, by its content, as long as it is one of the last sixteen."""
    problems = [Draw(seed, worlds=1).problem() for seed in range(17)]
    copies = [problem._replace(structure=_copied(problem.structure)) for problem in problems]
    ready = import_module(f"{engine.__name__}.ready")
    ready._PLANS.clear()
    for asked, planned in ((problems[:16], 16), (copies[:16], 0), (problems, 1), (copies[:1], 1)):
        with counted(engine, [("ready", "make_plan")]) as spent:
            for problem in asked:
                ready.ready(problem)
        assert spent.total() == planned
    _check_kept_engine(engine, copies[0])


def _check_kept_engine(engine: ModuleType, problem: Problem) -> None:
    """A thread keeps its engine as long as plan and number of shared criteria are the same."""
    api, ready = (import_module(f"{engine.__name__}.{name}") for name in ("api", "ready"))
    structure, values, plan = ready.ready(problem)
    held = api._engine_of(structure, values, plan)
    assert api._engine_of(structure, values, plan) is held
    more = values._replace(total=np.repeat(values.total, 2, axis=1))
    wider = api._engine_of(structure, more, plan)
    assert (wider is held) == (more.total.shape == values.total.shape)


def _copied(structure: Structure) -> Structure:
    return Structure._make(array.copy() for array in structure)


def check_one_thread(engine: ModuleType) -> None:
    """What one thread can do is done where it was asked for."""
    ready = import_module(f"{engine.__name__}.ready")
    seen = []
    ready.share(ready.GROUP, threading.get_ident, lambda mine, *_: seen.append(mine))
    assert seen == [threading.get_ident()]


def check_sources(engine: ModuleType) -> None:
    """The sources of a file are itself, how it is compiled, and all it imports."""
    jit = import_module(f"{engine.__name__}.jit")
    home = Path(str(jit.__file__)).resolve().parent
    wanted = ("bound", "core", "fold", "jit", "layout", "logic", "plan", "presolve")
    assert jit.sources_of(home / "bound.py") == [home / f"{name}.py" for name in wanted]
