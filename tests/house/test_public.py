"""The public names: lazy, typed, and all of them there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import winset


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(winset.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    told = {
        alias.asname: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert told == winset._HOME


def test_every_name_can_be_loaded_and_is_documented() -> None:
    for name in winset._HOME:
        thing = getattr(winset, name)
        assert thing.__doc__, name
        assert name in dir(winset)


def test_functions_stay_functions_after_their_modules_are_imported() -> None:
    code = (
        "import winset, importlib\n"
        "for home in sorted(set(winset._HOME.values())): importlib.import_module(home)\n"
        "importlib.import_module('winset.brief')\n"
        "assert all(callable(getattr(winset, name)) for name in winset._HOME)\n"
        "assert all(callable(getattr(winset, name)) for name in winset._HOME)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_import_is_quick_because_it_imports_nothing_heavy() -> None:
    code = "import sys, winset; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"numpy", "numba", "scipy", "polars", "pandas", "pydantic", "altair", "typer", "yaml"}
    assert not heavy & set(done.stdout.split())


def test_unknown_names_are_refused_as_python_does() -> None:
    assert not hasattr(winset, "nonsense")
