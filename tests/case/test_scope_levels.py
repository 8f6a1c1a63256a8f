"""Names of the scope levels: read in order, one for each level, kept through a round trip."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import winset
from winset.case import load
from winset.errors import CaseError

BUNDLED = Path(winset.__file__).parent / "cases" / "trilateral_2022"


def test_names_are_read_in_order() -> None:
    scope = load("trilateral-2022").mechanisms.scope
    assert scope is not None
    assert scope.levels[0] == "the peninsula"
    assert len(scope.levels) == 4


def test_a_name_too_few_is_a_problem_at_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED, folder)
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "levels: [the" in row)
    path.write_text(text.replace("levels: [the peninsula, ", "levels: ["), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert (problem.id, problem.at.file, problem.at.line) == ("E024", "case.yaml", line)
    assert "one for each scope from 1 to 4" in problem.allowed
