"""Rules for kernels, without which compiled and plain code differ in the last digit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import winset.engine

FILES = sorted(Path(winset.engine.__file__).parent.rglob("*.py"))
FUNCTIONS = {"exp", "power", "dot", "sum", "mean", "matmul", "einsum", "prange", "log", "tanh"}
"""NumPy's own differ from plain arithmetic in the last digit, or sum in another order."""


def kernels(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
            if marks & {"kernel", "part_kernel", "inner_kernel", "outer_kernel"}:
                yield node


def offences(function: ast.FunctionDef) -> Iterator[str]:
    """Say what a kernel must not do and does."""
    for node in ast.walk(function):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield "@"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            sides = [node.left, node.right] if isinstance(node, ast.BinOp) else []
            values = [side.value for side in sides if isinstance(side, ast.Constant)]
            if len(values) < 2 or not all(isinstance(value, int) for value in values):
                yield "**"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and ast.unparse(called.value) == "math":
                continue  # scalars of the C library, equal in compiled and plain Python
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in FUNCTIONS | {"pow"}:
                yield name


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_kernels_use_only_arithmetic_that_is_the_same_everywhere() -> None:
    found = [
        f"{path.name}: {function.name}: {offence}"
        for path in FILES
        for function in kernels(parsed(path))
        for offence in offences(function)
    ]
    assert found == []


def test_there_are_kernels_to_look_at() -> None:
    assert sum(1 for path in FILES for _ in kernels(parsed(path))) > 50


@pytest.mark.parametrize(
    "body",
    ["x ** 2", "x ** 0.5", "2.0 ** 3", "np.dot(x, x)", "x.sum()", "np.exp(x)", "sum(x)", "x @ x"],
)
def test_an_offence_is_seen(body: str) -> None:
    function = ast.parse(f"def f(x):\n    return {body}").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert list(offences(function))


def test_an_integer_constant_may_be_a_power() -> None:
    function = ast.parse("def f():\n    return 2 ** 62").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert not list(offences(function))


def test_nothing_is_compiled_with_looser_arithmetic() -> None:
    words = {"fastmath", "parallel", "error_model", "boundscheck"}
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.keyword):
                assert node.arg not in words, path.name


def test_the_engine_imports_nothing_else_of_winset() -> None:
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 1 or not (node.module or "").startswith("winset"), path.name
            if isinstance(node, ast.Import):
                assert not any(each.name.startswith("winset") for each in node.names), path.name
