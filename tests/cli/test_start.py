"""Starting: help is quick and light, teaches, and every command has an example."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from winset.cli.app import app

HEAVY = {"numpy", "numba", "scipy", "polars", "pandas", "pydantic", "altair", "yaml", "lark"}
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def modules_after(*words: str) -> set[str]:
    code = (
        "import sys\n"
        f"sys.argv = ['winset', *{list(words)!r}]\n"
        "from winset.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('MODULES', *{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_help_imports_neither_numpy_nor_pydantic() -> None:
    loaded = modules_after("--help")
    assert "typer" in loaded
    assert not HEAVY & loaded


@pytest.mark.parametrize("name", ["reach", "brief", "check", "evidence"])
def test_help_of_a_command_imports_nothing_of_the_engine(name: str) -> None:
    """Typer itself reads options with pydantic; winset adds nothing."""
    assert not (HEAVY - {"pydantic"}) & modules_after(name, "--help")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, winset_) -> None:
    said = winset_(name, "--help")
    assert said.code == 0
    assert "Usage: winset" in said.out
    if name != "evidence":
        assert f"winset {name}" in said.out.partition("Example:")[2]


def test_no_word_at_all_shows_help(winset_) -> None:
    said = winset_()
    assert said.code == 2
    assert "brief" in said.out + said.err


def test_module_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "winset", "version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith("winset ")
    assert not done.stderr


def test_unknown_command_is_a_wrong_question(winset_) -> None:
    said = winset_("raech", "x")
    assert said.code == 2
    assert "reach" in said.err
