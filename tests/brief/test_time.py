"""The sections on programmes through time: plan, pace, fan, stories, programmes side by side."""

from __future__ import annotations

import dataclasses

import pytest

import winset
from tests.brief import synthetic
from winset.ask.path.schemas import SCHEMAS
from winset.brief import compose, html, text
from winset.brief.document import DataTable, Document, Plot, Tracks, every_block
from winset.brief.figures import draw, figure
from winset.brief.points import FanFlag, FanPoint, PacePoint, PaceTick
from winset.errors import AskError
from winset.words import boxes as box_words


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


def plain(told: str) -> str:
    return told.replace("\u00a0", " ")


def block(made: Document, name: str) -> object:
    return next(one for one in every_block(made) if getattr(one, "id", "") == name)


def test_sentences_stand_by_topic_beside_their_figures(
    made: Document, path: winset.ask.path.Path
) -> None:
    topics = path.topics
    assert [path.headline, *(one for group in topics.values() for one in group)] == [
        *path.sentences
    ]
    (section,) = (one for one in made.sections if one.id == "path")
    kinds = [(one.kind, getattr(one, "id", "")) for one in section.blocks]
    assert kinds.index(("tracks", "fig-plan")) < kinds.index(("plot", "fig-pace"))
    between = section.blocks[kinds.index(("tracks", "fig-plan")) + 1]
    assert between.kind == "bullets"
    assert ("fold", "path-rests") in kinds
    assert ("fold", "path-by-hand") not in kinds
    page = " ".join(text.render(made, width=10_000).split())
    for group in topics.values():
        for sentence in group:
            assert plain(" ".join(sentence.split())) in plain(page)


def test_every_step_has_a_lane_with_its_quarter(made: Document, path: winset.ask.path.Path) -> None:
    plan = block(made, "fig-plan")
    assert isinstance(plan, Tracks)
    assert len(plan.rows) == len(path.programme.steps)
    ticks = [mark.start for row in plan.rows for mark in row.cells[0].marks if mark.look == "tick"]
    asked = sorted(step.quarter for step in path.programme.steps)
    assert ticks == [pytest.approx(100 * (quarter - 1) / 9) for quarter in asked]


def test_a_step_often_lost_has_a_cross_and_says_by_what(
    made: Document, path: winset.ask.path.Path
) -> None:
    plan = block(made, "fig-plan")
    assert isinstance(plan, Tracks)
    rows = [*path.tables["standing"].rows()]
    crosses = [any(mark.look == "cross" for mark in row.cells[0].marks) for row in plan.rows]
    assert crosses == [row["share_lost"] >= 0.1 for row in rows]
    assert any(crosses)
    assert 'class="m cross"' in html.render(made)
    assert "mostly by a relapse" in " ".join(text.render(made, width=10_000).split())


def test_steps_held_up_are_named(case: winset.Case, path: winset.ask.path.Path) -> None:
    changed = {"share_dropped": 0.5, "refuser": "KR-PRES", "share_ruled_out": 0.75}
    row = {**next(iter(path.tables["arrivals"].rows())), **changed}
    tables = {**path.tables, "arrivals": SCHEMAS["arrivals"].from_rows([[*row.values()]])}
    told = dataclasses.replace(path, tables=tables).sentences
    step = f"{case.rung[row['rung']].words.phrase} ({row['rung']})"
    start = f"Given up most often after refusals: {step} in about 50"
    assert any(plain(sentence).startswith(start) for sentence in told)
    assert any(f"whoever agrees: {step} in about 75" in plain(sentence) for sentence in told)


def test_pace_and_fan_say_what_their_tables_say(made: Document, path: winset.ask.path.Path) -> None:
    pace, fan = block(made, "fig-pace"), block(made, "fig-fan")
    assert isinstance(pace, Plot)
    assert isinstance(fan, Plot)
    best = max(path.tables["pace"].rows(), key=lambda row: row["depth"])
    assert pace.title.startswith(f"Deepest over time at {best['pace']:g} times")
    paces = [row.pace for row in pace.rows if isinstance(row, PacePoint)]
    assert paces == [0.5, 1.0, 2.0]
    last = [*path.tables["fan"].rows()][-1]
    assert f"to {last['p50']:.0f} percent of the ladders in the middle world" in fan.title
    assert sum(isinstance(row, FanPoint) for row in fan.rows) == 10


def test_other_programmes_are_ticks_at_their_own_distance_between_steps(
    made: Document, case: winset.Case
) -> None:
    pace = block(made, "fig-pace")
    assert isinstance(pace, Plot)
    ticks = {row.label: row.pace for row in pace.rows if isinstance(row, PaceTick)}
    spacing = {}
    for one in case.programmes:
        quarters = sorted(step.quarter for step in one.steps)
        spacing[one.words.label] = (quarters[-1] - quarters[0]) / (len(quarters) - 1)
    own = spacing.pop("Smith's four")
    assert ticks == {label: pytest.approx(gap / own) for label, gap in spacing.items()}
    drawn = draw(pace).wide
    assert all(f">{label}<" in drawn.replace("&#39;", "'") for label in ticks)


def test_elections_and_the_shocks_of_the_typical_world_are_flags(
    made: Document, path: winset.ask.path.Path
) -> None:
    fan, table = block(made, "fig-fan"), block(made, "table-flags")
    assert isinstance(fan, Plot)
    assert isinstance(table, DataTable)
    flags = [row for row in fan.rows if isinstance(row, FanFlag)]
    told = [*path.tables["milestones"].rows()]
    assert [row.quarter for row in flags] == [row["quarter"] for row in told]
    assert {(row.quarter, row.label) for row in flags if row.label} == {(9, "Japan"), (10, "US")}
    assert len(table.rows) == len(told) > 2
    drawn = draw(fan).wide
    assert ">Japan<" in drawn
    assert ">US<" in drawn


def test_a_box_is_drawn_once_and_assumptions_are_folded(case: winset.Case) -> None:
    answer = winset.weigh(case, n=400, quarters=24)
    found = [row for row in answer.tables["boxes"].rows() if row["box"] == "found"]
    assert found
    page = compose(case, synthetic.answer(case, worlds=40), answer)
    figure = block(page, "fig-boxes")
    assert isinstance(figure, Tracks)
    assert len(figure.rows) == len(answer.tables["box_ranges"])
    assert sum(bool(row.opens) for row in figure.rows) == len(found)
    for row in figure.rows:
        (bar,) = row.cells[0].marks
        assert 0.0 <= bar.start < bar.end <= 100.0
    written = text.render(page, width=10_000)
    drawn = box_words.boxes(case, {}, answer.tables, 400)
    assert drawn[-1] not in written
    assert "Single assumptions that go with a lead" in written


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
    for name in ("plan", "pace", "fan"):
        assert figure(path, name).to_dict()["background"] == "#ffffff"
    with pytest.raises(AskError, match="no figure 'room' of path"):
        figure(path, "room")


def test_the_plan_is_drawn_as_lanes_with_dates(path: winset.ask.path.Path) -> None:
    drawn = path.svg()
    assert drawn.startswith("<svg xmlns=")
    for shown in ("2022-08", "2023-08", "2024-08", "stands at the end", "Leaders meet beside"):
        assert shown in drawn
    rows = [*path.tables["standing"].rows()]
    lost = sum(row["share_lost"] >= 0.1 for row in rows)
    effect = sum(row["effect"] is not None for row in path.tables["plan"].rows())
    spec = figure(path, "plan").to_dict()
    points = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    held = spec["datasets"]
    counts = {layer["mark"]["shape"]: len(held[layer["data"]["name"]]) for layer in points}
    assert counts == {"circle": effect, "cross": lost}
