"""What must never stand in the repository."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

import winset

REPO = Path(__file__).parents[2]
SOURCE = Path(winset.__file__).parent
LONGEST = 500


def tracked() -> list[Path]:
    """Return every text file that is or would be part of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPO,
        capture_output=True,
        check=False,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.split("\0") if name]
    binary = {".woff2", ".png", ".xlsx", ".ttf", ".npz"}
    paths = [REPO / name for name in names if Path(name).suffix not in binary]
    return [path for path in paths if path.is_file()]


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(REPO)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_nothing_points_outside_the_repository() -> None:
    others = [path for path in tracked() if path != Path(__file__)]
    pattern = r"\.\./shared|/work/shared|/work/main|/tmp/spec|\bledger\.(?:csv|md)\b|/home/\w"
    assert not lines_with(pattern, others)


def test_no_package_index_is_named() -> None:
    others = [path for path in tracked() if path != Path(__file__)]
    assert not lines_with(r"--(?:extra-)?index-url|--find-links|--trusted-host", others) or all(
        line.startswith("Makefile") for line in lines_with(r"--(?:extra-)?index-url", others)
    )
    locks = [path for path in others if path.suffix == ".lock"]
    assert len(locks) == 2
    assert not lines_with(r"//", locks)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: p.name)
def test_files_can_be_read_in_one_sitting(path: Path) -> None:
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert count <= LONGEST


def test_polars_sums_nothing() -> None:
    """Grouped float sums of polars differ from run to run."""
    users = [p for p in SOURCE.rglob("*.py") if re.search(r"\bpolars\b", p.read_text("utf-8"))]
    assert users, "nobody uses polars: drop it"
    assert not lines_with(r"\.(?:group_by|mean|sum|agg)\(", users)


def test_kernels_use_no_operation_that_differs_between_compilers() -> None:
    """Literal powers and NumPy reductions differ between compiled and plain Python."""
    wrong = []
    for path in (SOURCE / "engine").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and _is_kernel(function):
                wrong += [f"{path.name}:{line}" for line in _unsteady(function)]
    assert not wrong


def _is_kernel(function: ast.FunctionDef) -> bool:
    names = {
        node.id
        for each in function.decorator_list
        for node in ast.walk(each)
        if isinstance(node, ast.Name)
    }
    return bool(names & {"kernel", "inner_kernel", "outer_kernel"})


def _unsteady(function: ast.FunctionDef) -> list[int]:
    lines = []
    for node in ast.walk(function):
        power = (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Pow)
            and not isinstance(node.left, ast.Constant)
        )
        call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        reduction = call and node.func.attr in {"sum", "dot", "exp", "power", "mean", "prod"}
        scalar = call and isinstance(node.func.value, ast.Name) and node.func.value.id == "math"
        if power or (reduction and not scalar):
            lines.append(node.lineno)
    return lines


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert not silent
