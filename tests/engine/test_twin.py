"""P4: compiled kernels and their source run as plain Python give the same integers."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import winset.engine
from tests.engine.problems import Draw, all_packages, all_targets, columns
from winset import engine
from winset.engine import Problem
from winset.testing.twin import twin

SEEDS = range(3000, 3060)


@pytest.fixture(scope="module")
def plain() -> ModuleType:
    return twin()


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return [
        Draw(seed, worlds=3, measures=7 if seed % 6 == 0 else None, big=10**6 + 3).problem()
        for seed in SEEDS
    ]


def same(one: Any, other: Any) -> None:
    ones, others = ((one,), (other,)) if isinstance(one, np.ndarray) else (one, other)
    for a, b in zip(ones, others, strict=True):
        assert a.dtype == b.dtype
        assert a.shape == b.shape
        assert a.tobytes() == b.tobytes()


def test_the_plain_copy_is_plain_and_the_other_is_not(plain: ModuleType) -> None:
    for module, name in outer():
        assert hasattr(kernel_of("winset.engine", module, name), "signatures")
        assert not hasattr(kernel_of(plain.__name__, module, name), "signatures")
    assert not hasattr(plain.jit, "numba")
    assert plain.judge is not engine.judge


def test_judging(plain: ModuleType, problems: list[Problem]) -> None:
    for problem in problems:
        for levels in all_packages(problem.structure)[::7]:
            same(engine.judge(problem, levels), plain.judge(problem, levels))


def test_rungs_alone(plain: ModuleType, problems: list[Problem]) -> None:
    for problem in problems:
        targets = columns(all_targets(problem.structure))
        same(engine.alone(problem, *targets), plain.alone(problem, *targets))


def test_moving_one_measure(plain: ModuleType, problems: list[Problem]) -> None:
    for problem in problems:
        levels = all_packages(problem.structure)[-1]
        same(engine.neighbours(problem, levels), plain.neighbours(problem, levels))


def test_searching_node_by_node(plain: ModuleType, problems: list[Problem]) -> None:
    for problem in problems:
        force = all_targets(problem.structure)[-1]
        same(engine.deepest(problem), plain.deepest(problem))
        same(engine.deepest(problem, force=force), plain.deepest(problem, force=force))
        same(engine.deepest(problem, node_limit=2), plain.deepest(problem, node_limit=2))


def test_reachable_rungs(plain: ModuleType, problems: list[Problem]) -> None:
    for problem in problems:
        targets = columns(all_targets(problem.structure))
        for limit in (1, 1000):
            same(
                engine.exists(problem, *targets, node_limit=limit),
                plain.exists(problem, *targets, node_limit=limit),
            )


def outer(mark: str = "outer_kernel") -> list[tuple[str, str]]:
    """Modules and names of the kernels that Python calls, from the source."""
    found = []
    home = Path(winset.engine.__file__).parent
    for path in sorted(home.rglob("*.py")):
        module = ".".join(path.relative_to(home).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                marks = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
                if mark in marks:
                    found.append((module, node.name))
    return found


def test_parts_are_compiled_ahead_for_what_the_search_hands_them() -> None:
    warm = import_module("winset.engine.warm")
    warm.compile_search()
    warm.compile_fold()
    engine.deepest(Draw(4, worlds=1, measures=4).problem())
    parts = outer("part_kernel")
    assert len(parts) == 3
    for module, name in parts:
        assert len(kernel_of("winset.engine", module, name).signatures) == 1, name


def kernel_of(package: str, module: str, name: str) -> Any:
    return getattr(import_module(f"{package}.{module}"), name)


def test_each_kernel_is_compiled_once_whatever_arrays_are_handed_in() -> None:
    problem = Draw(4, worlds=3, measures=4).problem()
    odd = problem._replace(
        values=problem.values._replace(
            depth=np.asfortranarray(problem.values.depth),
            coef=problem.values.coef.astype(np.int32),
            shut=problem.values.shut.astype(np.int64),
            row_on=problem.values.row_on.astype(np.uint8),
        ),
        structure=problem.structure._replace(
            first=problem.structure.first.astype(np.int64),
            status_quo=problem.structure.status_quo.astype(np.int64),
        ),
    )
    frozen = problem._replace(
        values=type(problem.values)._make(array.copy() for array in problem.values)
    )
    for array in frozen.values:
        array.flags.writeable = False
    answers = []
    asked = np.ones((3, 2), np.bool_)
    for each in (problem, odd, frozen):
        quo = each.structure.status_quo
        answers.append(
            [
                *engine.judge(each, quo),
                engine.neighbours(each, quo.tolist()),
                engine.accepts(each, [quo, quo]),
                engine.accepts(engine.slim(each), [quo, quo]),
                engine.accepts(each, [[quo, quo]] * 3),
                engine.alone(each, [0, 1], [1, 0]),
                engine.exists(each, np.array([0, 1], np.int16), np.array([1, 1], np.int8)),
                engine.exists(each, [0, 1], [1, 1], asked=np.asfortranarray(asked)),
                *engine.witness(each, [0], [1]),
                *engine.deepest(each),
                *engine.deepest(each, force=(0, 1), node_limit=3),
            ]
        )
    for answer in answers[1:]:
        same(answer, answers[0])
    searching = [pair for pair in outer() if pair[0] in ("answers", "beside", "judge")]
    assert len(searching) >= 4
    for module, name in searching:
        assert len(kernel_of("winset.engine", module, name).signatures) == 1, name
