"""The section on changes of government, and what a brief says of proven bounds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import winset
from winset.brief.build import compose
from winset.brief.document import Document
from winset.brief.text import render

CANAL = Path(winset.__file__).parent / "cases" / "shared_canal"
LEADERS = """
LOW:
  question: Who leads the Lower cooperative?
  options:
    even: {label: even, says: the present board, basis: A}
    mean: {label: mean, says: a mean board, basis: A, changes: ["weights/LOW-BRD/money += 9"]}
"""
ELECTIONS = "id,party,date,low,mode,high,shape,basis,refs,note\nL1,LOW,2022-03-01,,1,,exact,X,,\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("hold") / "canal"
    shutil.copytree(CANAL, folder)
    (folder / "leaders.yaml").write_text(LEADERS, "utf-8")
    (folder / "elections.csv").write_text(ELECTIONS, "utf-8")
    case = winset.load(folder)
    reach = winset.reach(case, n=60, prove=True)
    return compose(case, reach, winset.hold(case, package={"gauge": 2, "fund": 1}, n=60))


def test_what_falls_first_and_what_elections_leave_are_told(made: Document) -> None:
    (section,) = [one for one in made.sections if one.id == "hold"]
    assert section.title.startswith("Under a mean board, hourly gauges open to all falls first")
    text = render(made)
    assert "What falls under a mean board, of 100 worlds" in text
    assert "Still standing after each election, of 100 worlds" in text
    assert "2022-03" in text


def test_proven_bounds_stand_beside_the_packages(made: Document) -> None:
    assert "no package that 95, 80 or 50 of 100 accept is deeper than 50, 50 or 50 percent" in (
        " ".join(render(made).split())
    )
