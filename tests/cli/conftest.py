"""The command line as a user meets it, and a small case to ask about."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import winset
from winset.cli import main


@dataclass(frozen=True)
class Said:
    """What a command printed and how it left."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def winset_(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process, in place of a shell."""

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["winset", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        code = left.value.code
        return Said(code if isinstance(code, int) else 0, said.out, said.err)

    return run


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Make the small case of `winset new`."""
    folder = tmp_path / "mine"
    winset.new(folder)
    return folder
