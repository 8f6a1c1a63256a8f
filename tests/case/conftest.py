"""Folders to break: copies of the starter case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from winset.case import load, new
from winset.errors import CaseError, Problem

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh copy of the starter case."""
    return new(tmp_path / "case")


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace a text in a file of the folder; the text must be there."""

    def replace(name: str, old: str, text: str) -> None:
        path = folder / name
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, text), encoding="utf-8")

    return replace


@pytest.fixture
def problems(folder: Path) -> Callable[[], tuple[Problem, ...]]:
    """All problems of the folder; it must have some."""

    def broken() -> tuple[Problem, ...]:
        with pytest.raises(CaseError) as caught:
            load(folder)
        return caught.value.problems

    return broken
