"""The sections on programmes through time: plan, pace, fan, stories, programmes side by side."""

from __future__ import annotations

import pytest

import winset
from tests.brief import synthetic
from winset.brief import compose, html, text
from winset.brief.document import Document, Plot, Tracks, every_block
from winset.brief.figures import figure
from winset.errors import AskError


@pytest.fixture(scope="module")
def case() -> winset.Case:
    return winset.load("trilateral-2022")


@pytest.fixture(scope="module")
def path(case: winset.Case) -> winset.ask.path.Path:
    return winset.path(case, "smith", n=40, quarters=10, paces=(0.5, 2.0))


@pytest.fixture(scope="module")
def weigh(case: winset.Case) -> winset.ask.weigh.Weigh:
    return winset.weigh(case, n=24, quarters=6)


@pytest.fixture(scope="module")
def made(case: winset.Case, path: object, weigh: object) -> Document:
    return compose(case, synthetic.answer(case, worlds=40), path, weigh)  # type: ignore[arg-type]


def block(made: Document, name: str) -> object:
    return next(one for one in every_block(made) if getattr(one, "id", "") == name)


def test_every_step_has_a_lane_with_its_quarter(made: Document, path: winset.ask.path.Path) -> None:
    plan = block(made, "fig-plan")
    assert isinstance(plan, Tracks)
    assert len(plan.rows) == len(path.programme.steps)
    ticks = [mark.start for row in plan.rows for mark in row.cells[0].marks if mark.look == "tick"]
    asked = sorted(step.quarter for step in path.programme.steps)
    assert ticks == [pytest.approx(100 * (quarter - 1) / 9) for quarter in asked]


def test_pace_and_fan_say_what_their_tables_say(made: Document, path: winset.ask.path.Path) -> None:
    pace, fan = block(made, "fig-pace"), block(made, "fig-fan")
    assert isinstance(pace, Plot)
    assert isinstance(fan, Plot)
    best = max(path.tables["pace"].rows(), key=lambda row: row["depth"])
    assert pace.title.startswith(f"Deepest over time at {best['pace']:g} times")
    assert [row.pace for row in pace.rows] == [0.5, 1.0, 2.0]  # type: ignore[union-attr]
    last = [*path.tables["fan"].rows()][-1]
    assert f"to {last['p50']:.0f} of 100 in the middle world" in fan.title
    assert len(fan.rows) == 10


def test_programmes_stand_by_date_with_regret_and_share(
    made: Document, weigh: winset.ask.weigh.Weigh
) -> None:
    table = block(made, "fig-programmes-time")
    assert isinstance(table, Tracks)
    names = weigh.tables["compare"]["programme"].tolist()
    assert len(table.axes) == len(names) == 3
    page = " ".join(text.render(made, width=10_000).split())
    for row in weigh.tables["compare"].rows():
        assert f"{row['regret']:.1f}; best in {100 * row['share_best']:.0f} of 100" in page


def test_the_page_draws_them_and_needs_no_network(made: Document) -> None:
    page = html.render(made)
    for name in ("fig-plan", "fig-pace", "fig-fan", "fig-programmes-time"):
        assert f'id="{name}"' in page
    assert "NaN" not in page
    assert "nan" not in text.render(made).lower().split()


def test_figures_of_a_notebook_are_those_of_the_question(path: winset.ask.path.Path) -> None:
    for name in ("pace", "fan"):
        assert figure(path, name).to_dict()["background"] == "#ffffff"
    with pytest.raises(AskError, match="no figure 'room' of path"):
        figure(path, "room")
