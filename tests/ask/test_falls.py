"""What took rungs away: each fall has one cause where one event fits, and all falls are counted."""

from types import SimpleNamespace

import numpy as np
import pytest

import winset
from winset.ask.path.falls import CAUSES, falls_of
from winset.words.programme import SEVERAL

QUARTERS = 6


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def made_up(case, levels, events):
    """One world: a measure's levels by quarter, and events by name with their quarters."""
    table = np.array([[m.status_quo for m in case.measures]] * QUARTERS, dtype=np.int8)
    for measure, heights in levels.items():
        table[:, [m.id for m in case.measures].index(measure)] = heights

    def happened(name):
        return np.isin(np.arange(1, QUARTERS + 1), events.get(name, []))[None]

    return SimpleNamespace(joined=lambda _: table[None], happened=happened)


@pytest.mark.parametrize(
    ("levels", "events", "cause"),
    [
        ({"E3": [1, 2, 0, 0, 0, 0]}, {"reversal": [3]}, "reversal"),
        ({"H3": [0, 3, 1, 1, 1, 1]}, {"crisis": [3]}, "crisis"),
        ({"H1": [1, 2, 1, 1, 1, 1]}, {"relapse": [3]}, "relapse"),
        ({"D1": [3, 4, 1, 1, 4, 4]}, {"suspension": [3]}, "suspension"),
        ({"D1": [3, 5, 4, 4, 4, 4]}, {"step-down": [3]}, "step-down"),
        ({"H3": [2, 2, 1, 1, 1, 1]}, {"crisis": [3], "relapse": [3]}, SEVERAL),
        ({"H3": [3, 3, 0, 0, 0, 0]}, {"crisis": [3], "relapse": [3]}, SEVERAL),
        ({"H3": [3, 3, 0, 0, 0, 0]}, {"crisis": [3], "reversal": [3]}, "reversal"),
    ],
)
def test_a_fall_has_the_cause_that_alone_fits(case, levels, events, cause):
    falls = falls_of(case, made_up(case, levels, events))
    assert falls.quarter.tolist() == [2]
    assert [(*CAUSES, SEVERAL)[why - 1] for why in falls.why] == [cause]


def test_a_return_is_counted_in_quarters_and_only_to_the_same_height(case):
    suspended = {"D1": [3, 4, 1, 1, 4, 4]}
    assert falls_of(case, made_up(case, suspended, {"suspension": [3]})).back.tolist() == [2]
    lower = {"D1": [3, 4, 1, 1, 3, 3]}
    assert falls_of(case, made_up(case, lower, {"suspension": [3]})).back.tolist() == [-1]


@pytest.fixture(scope="module")
def answer(case):
    return winset.path(case, "smith", n=80, quarters=24, paces=())


def test_every_rung_lost_is_counted_once(answer):
    levels = answer.followed.joined("levels").astype(int)
    lost = np.maximum(-np.diff(levels, axis=1), 0).sum() / levels.shape[0]
    table = answer.tables["falls"]
    assert table["rungs"].sum() == pytest.approx(lost)
    assert table["share"].sum() == pytest.approx(1.0)
    assert lost > 1.0


@pytest.mark.parametrize(
    ("part", "cause"), [("government", "reversal"), ("relapse", "relapse"), ("crisis", "crisis")]
)
def test_a_cause_goes_away_with_its_part_of_the_model(case, answer, part, cause):
    def rungs(one):
        return next(r["rungs"] for r in one.tables["falls"].rows() if r["cause"] == cause)

    assert rungs(answer) > 0.0
    off = winset.path(case, "smith", n=80, quarters=24, paces=(), without=[part])
    assert rungs(off) == 0.0


def test_a_step_says_when_it_is_lost_and_by_what(case, answer):
    standing = {row["rung"]: row for row in answer.tables["standing"].rows()}
    arrivals = {row["rung"]: row for row in answer.tables["arrivals"].rows()}
    for rung, row in standing.items():
        assert row["share_lost"] == arrivals[rung]["share_lost"]
        assert bool(row["cause"]) == (row["share_lost"] > 0)
        if row["cause"]:
            assert row["p10"] <= row["lost_p90"]
    told = " ".join(answer.sentences)
    assert "mostly by a relapse without backing" in told
    assert "a restraint code for leaders (H1.2)" in told


def test_steps_after_the_horizon_are_said_not_to_be_asked_for(case):
    short = winset.path(case, "smith", n=4, quarters=6, paces=())
    late = sum(step.quarter > 6 for step in short.programme.steps)
    assert f"{late} steps are planned after quarter 6 and not asked for" in " ".join(
        short.sentences
    )


def test_whole_programmes_have_no_such_sentence(answer):
    assert "not asked for" not in " ".join(answer.sentences)
