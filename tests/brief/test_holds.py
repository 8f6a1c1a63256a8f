"""The section on changes of government, and what a brief says of proven bounds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import winset
from winset.ask.hold import Hold
from winset.brief import figures
from winset.brief.build import compose
from winset.brief.document import DataTable, Document, Plot, every_block, inside
from winset.brief.sections import settlement
from winset.brief.text import render
from winset.errors import AskError

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
    assert "After 1 election" in text


def test_proven_bounds_stand_beside_the_packages(made: Document) -> None:
    assert "no package that 95, 80 or 50 of 100 accept is deeper than 50, 50 or 50 percent" in (
        " ".join(render(made).split())
    )


def test_how_long_steps_last_is_drawn_in_both_widths(made: Document) -> None:
    (course, plot) = [
        block
        for block in every_block(made)
        if isinstance(block, Plot) and block.drawing == "lasting"
    ]
    assert course.title.startswith("Under a mean board least stands of ")
    assert "A mean board" in figures.draw(course).wide
    drawn = figures.draw(plot)
    for svg in (drawn.wide, drawn.narrow):
        assert "The whole package" in svg
        assert "LOW ’22" in svg
    (hold,) = [one for one in made.sections if one.id == "hold"]
    assert [block.id for block in inside(hold.blocks) if isinstance(block, DataTable)] == [
        "table-falls",
        "table-courses",
        "table-lasting",
    ]
    last = [point for point in plot.rows if point.quarter]
    assert {point.panel for point in last} > {"The whole package"}
    assert all(point.low <= point.share <= point.high for point in plot.rows)


def test_a_case_without_elections_has_no_such_figure(canal_hold: Hold) -> None:
    with pytest.raises(AskError, match="no elections at which"):
        canal_hold.figure()
    with pytest.raises(AskError, match="the figures of hold are courses, lasting"):
        canal_hold.figure("room")


@pytest.fixture(scope="module")
def canal_hold(tmp_path_factory: pytest.TempPathFactory) -> Hold:
    folder = tmp_path_factory.mktemp("still") / "canal"
    shutil.copytree(CANAL, folder)
    (folder / "leaders.yaml").write_text(LEADERS, "utf-8")
    return winset.hold(winset.load(folder), package={"gauge": 2, "fund": 1}, n=20)


OFFSETS = [
    {
        "rung": "fund.2",
        "offset": offset,
        "payer": payer,
        "worlds": 40,
        "share": share,
        "low": 0.0,
        "high": 1.0,
        "paid_p25": paid,
        "paid_p50": paid,
        "paid_p75": paid,
    }
    for offset, payer, share, paid in (
        ("gauge.1", "", 0.2, None),
        ("points:MID-BRD", "LOW-BRD", 0.6, 1.5),
        ("turns.1", "UP-BRD", 0.0, 1.0),
    )
]


def test_what_turns_a_refusal_is_drawn_with_who_pays() -> None:
    case = winset.load("shared-canal")
    plot = settlement.figure(case, OFFSETS)
    assert plot is not None
    assert [(row.share, row.payer) for row in plot.rows] == [(60.0, "LOW"), (20.0, "")]
    assert "60 of 100" in plot.alt
    for svg in (figures.draw(plot).wide, figures.draw(plot).narrow):
        assert "nobody pays" in svg
        assert ">LOW<" in svg
    assert settlement.figure(case, OFFSETS[2:]) is None
    many = [{**OFFSETS[0], "share": 0.9 - place / 100} for place in range(20)]
    full = settlement.figure(case, [*many, OFFSETS[1]])
    assert full is not None
    assert len(full.rows) == 8
    assert full.rows[-1].payer == "LOW"  # the best side payment is always shown


def test_the_settlement_is_told_with_what_it_gives_each_government() -> None:
    case = winset.load("shared-canal")
    settled = winset.settle(case, n=3, offset="fund.2", disagreement={"UP": -1})
    made = compose(case, winset.reach(case, n=40), settled)
    text = render(made)
    assert "Gain over today in points of each executive" in text
    assert "Upper's board proposes" in text.replace("\n", " ")
    (section,) = [one for one in made.sections if one.id == "settle"]
    assert section.title.startswith("The solutions agree on")
    told = any(row["share"] > 0 for row in settled.table("offsets").rows())
    assert told == any(isinstance(block, Plot) for block in section.blocks)
    if told:
        assert "vconcat" not in settled.figure().to_dict()
    with pytest.raises(AskError, match="ask settle with an offset"):
        winset.settle(case, n=1).figure()
