"""Answers of an odd shape still make a correct page."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.brief import synthetic
from tests.brief.test_page import Page
from winset.brief import compose, html, outline, text
from winset.brief.document import Plot, Stops, every_block
from winset.brief.points import RoomRow
from winset.case.model import Case, Mechanisms


def closed(*_: object) -> float:
    return 0.0


def opened(*_: object) -> float:
    return 1.0


def half(*_: object) -> float:
    return 0.4


ODD: dict[str, dict[str, Any]] = {
    "nothing open": {"share": closed},
    "everything open": {"share": opened},
    "all alike": {"share": half},
    "unsettled": {"share": half, "unsettled": 0.1},
    "no package": {"packages": False},
    "no reading": {"readings": False},
    "joint only": {"share": closed, "joint": True},
    "few worlds": {"worlds": 3},
}


@pytest.mark.parametrize("shape", ODD)
def test_odd_answers(river: Case, shape: str) -> None:
    made = compose(river, synthetic.answer(river, **ODD[shape]))
    parsed = Page(html.render(made))
    ids = {attrs["id"] for _, attrs, _ in parsed.elements if "id" in attrs}
    assert {attrs["href"][1:] for _, attrs, _ in parsed.of("a")} <= ids
    told = text.render(made)
    assert "{" not in told
    assert "nan" not in told
    assert "None" not in told.replace("None of", "")
    assert all(outline(made))


def told(case: Case, shape: str) -> str:
    made = text.render(compose(case, synthetic.answer(case, **ODD[shape])), width=10_000)
    return made.replace("\u00a0", " ")


def test_nothing_open(river: Case) -> None:
    assert "Not beyond where it stands" in told(river, "nothing open")
    assert "None of 6 steps beyond today is open in more than a few worlds" in told(
        river, "nothing open"
    )


def test_everything_open(river: Case) -> None:
    page = told(river, "everything open")
    assert "As far as the ladders go" in page
    assert "Every one of 6 steps beyond today is open in most worlds" in page
    assert "No ladder has a next step that is closed in half of the worlds" in page


def test_unsettled_worlds_are_told_as_a_lower_bound(river: Case) -> None:
    assert "at least 40 of 100" in told(river, "unsettled")
    assert "200 not settled" in html.render(
        compose(river, synthetic.answer(river, **ODD["unsettled"]))
    )


def test_joint_limits_are_named_together(river: Case) -> None:
    page = told(river, "joint only")
    assert "Several limits together close the 3 steps at the edge; none does so alone." in page


def test_no_package(river: Case) -> None:
    assert "found no package beyond today" in told(river, "no package")


def test_no_rival_reading(river: Case) -> None:
    assert "The disputed readings do not change this." in told(river, "no reading")


def test_one_party_without_words_sources_or_groups(river: Case) -> None:
    case = dataclasses.replace(
        river,
        parties=river.parties[:1],
        words={},
        sources=(),
        evidence=(),
        groups=(),
        switches=(),
        rules=(),
        mechanisms=Mechanisms(),
    )
    made = compose(case, synthetic.answer(case))
    page = html.render(made)
    assert "The author of this case names no limits." in page
    assert "No source is named for this case" in page
    assert "Uptown could carry" in page
    assert Page(page).open == []


def test_blocks_of_the_stops_table_follow_the_parties(river: Case) -> None:
    made = compose(river, synthetic.answer(river, share=half))
    stops = next(block for block in every_block(made) if isinstance(block, Stops))
    titles = [block.title for block in stops.blocks]
    assert titles == [
        title for title in ("Uptown", "Lowtown", "Farmers", "Nobody alone") if title in titles
    ]
    holders = {cell.key for row in stops.rows for cell in row.cells}
    assert holders == {column.key for block in stops.blocks for column in block.columns}


def test_room_figure_is_ordered_by_what_could_be_added(trilateral: Case) -> None:
    made = compose(trilateral, synthetic.answer(trilateral))
    plot = next(block for block in every_block(made) if isinstance(block, Plot))
    gains = [row.middle - row.today for row in plot.rows if isinstance(row, RoomRow)]
    assert len(gains) == len(trilateral.domains)
    assert gains == sorted(gains, reverse=True)
    assert plot.rows[0].label.lower() in plot.title.lower() or "even" in plot.title
