"""What happens when: the calendar of elections, shocks of one world, and the typical line of the fan."""

import numpy as np
import pytest

import winset
from winset.problem.elections import elections_in

QUARTERS = 24


@pytest.fixture(scope="module")
def answer():
    return winset.path(winset.load("trilateral-2022"), "smith", n=60, quarters=QUARTERS, paces=())


def test_elections_are_those_of_the_calendar_with_the_share_that_changes(answer):
    rows = [row for row in answer.tables["milestones"].rows() if row["kind"] == "election"]
    time = answer.case.time
    parties = (*time.pair, time.ally)
    assert [(row["quarter"], row["what"]) for row in rows] == [
        (one.quarter, parties[one.role]) for one in elections_in(answer.case, time, QUARTERS)
    ]
    changed = answer.followed.happened("change of government")
    for row in rows:
        assert row["share_change"] == changed[:, row["quarter"] - 1].mean()


def test_shocks_are_those_that_came_in_the_typical_world(answer):
    typical = next(iter(answer.tables["stories"].rows()))["world"]
    rows = [row for row in answer.tables["milestones"].rows() if row["kind"] == "shock"]
    came = np.flatnonzero(answer.followed.happened("shock")[typical]) + 1
    assert sorted({row["quarter"] for row in rows}) == came.tolist()
    assert {row["what"] for row in rows} <= set(answer.case.time.rates)
    assert all(row["typical"] and row["share_change"] is None for row in rows)
    line = answer.tables["fan"]["typical"]
    assert np.array_equal(line, answer.followed.depth[typical, :, 0])


def test_without_stories_the_middle_world_is_typical():
    few = winset.path(winset.load("trilateral-2022"), "smith", n=5, quarters=8, paces=())
    assert len(few.tables["stories"]) == 0
    depth = few.followed.depth[:, :, 0]
    middle = np.argsort(depth.mean(axis=1), kind="stable")[2]
    assert np.array_equal(few.tables["fan"]["typical"], depth[middle])


def test_spacing_is_told_beside_that_of_the_programme_followed(answer):
    rows = {row["programme"]: row for row in answer.tables["spacing"].rows()}
    assert next(iter(rows)) == "smith"
    assert rows["smith"]["relative"] == 1.0
    assert rows["klinck"]["spacing"] == pytest.approx(7 / 27)
    assert rows["klinck"]["relative"] == pytest.approx((7 / 27) / (15 / 31))
