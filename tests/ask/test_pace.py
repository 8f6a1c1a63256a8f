"""Pace: two ways of counting depth, differences with their errors, the price of a crisis."""

from types import SimpleNamespace

import numpy as np
import pytest

import winset
from winset.ask.path.pace import pace_table
from winset.words import path as words

WORLDS, QUARTERS = 40, 8


def made_up(pace, depth, crises):
    """Follow a programme at a pace: [world, quarter] its depth, [world] whether a crisis comes."""
    table = np.asarray(depth, dtype=float)[:, :, None]

    def happened(name):
        came = np.zeros(table.shape[:2], dtype=bool)
        came[:, 0] = np.asarray(crises) if name == "crisis" else False
        return came

    return SimpleNamespace(
        pace=pace,
        over_time=table[:, :, 0].mean(axis=1),
        at_end=table[:, -1, 0],
        happened=happened,
        joined=lambda _: np.zeros((*table.shape[:2], 1), dtype=np.int8),
    )


def climbing(start, height=10.0):
    """Return a depth that is 0 before a quarter and the same in all worlds from it on, but for noise."""
    noise = np.linspace(-1.0, 1.0, WORLDS)[:, None]
    return np.where(np.arange(QUARTERS) >= start, height, 0.0) + noise


def often(share):
    return np.arange(WORLDS) < share * WORLDS


def told(found):
    table = pace_table(found)
    return [*table.rows()], words._pace({"pace": table}, WORLDS)


def test_what_comes_earlier_counts_longer_but_not_at_the_end():
    rows, said = told(
        [
            made_up(0.5, climbing(1), often(0)),
            made_up(1.0, climbing(3), often(0)),
            made_up(2.0, climbing(6), often(0)),
        ]
    )
    assert [row["among_best"] for row in rows] == [True, False, False]
    assert [row["among_best_end"] for row in rows] == [True, True, True]
    assert rows[0]["lead"] == pytest.approx(10.0 * 2 / QUARTERS)
    assert rows[0]["lead_end"] == pytest.approx(0.0)
    assert "no pace tried is ahead of another by more than chance" in said[1]
    assert not any("crisis" in sentence for sentence in said)


def test_a_pace_that_is_ahead_at_the_end_is_not_said_to_be_even():
    rows, said = told(
        [made_up(1.0, climbing(3), often(0)), made_up(2.0, climbing(3, 8.0), often(0))]
    )
    assert [row["among_best_end"] for row in rows] == [True, False]
    assert "chance" not in said[1]


def test_regret_of_a_pace_is_what_the_best_of_each_world_has_more():
    depth = climbing(1)
    depth[::2] = climbing(5)[::2]
    rows, _ = told([made_up(0.5, depth, often(0)), made_up(1.0, climbing(3), often(0))])
    best = np.maximum(depth.mean(axis=1), climbing(3).mean(axis=1))
    behind = best - depth.mean(axis=1)
    assert rows[0]["regret"] == pytest.approx(behind.mean())
    assert rows[0]["regret_error"] == pytest.approx(behind.std() / np.sqrt(WORLDS))


def test_depth_and_crises_that_are_traded_have_a_price():
    """Four quarters earlier gain 5 points over time; half of the worlds more have a crisis."""
    rows, said = told(
        [
            made_up(0.5, climbing(1), often(0.75)),
            made_up(1.0, climbing(5), often(0.25)),
            made_up(2.0, climbing(7), often(0.25)),
        ]
    )
    assert rows[0]["more_crises"] == pytest.approx(0.5)
    assert rows[0]["even_at"] == pytest.approx(10.0)
    assert rows[2]["even_at"] is None
    trade = [sentence for sentence in said if "counts a crisis" in sentence]
    assert len(trade) == 1
    assert "at 0.5 times gains depth over time and brings more crises: it is worse" in trade[0]


def test_a_slow_pace_that_spares_crises_is_better_for_who_minds_them():
    _, said = told([made_up(1.0, climbing(1), often(0.75)), made_up(2.0, climbing(5), often(0.25))])
    assert "loses depth and spares crises: it is better" in said[-1]


def test_what_wins_both_ways_has_no_price():
    rows, said = told(
        [made_up(0.5, climbing(1), often(0.25)), made_up(1.0, climbing(5), often(0.75))]
    )
    assert rows[0]["even_at"] is None
    assert not any("counts a crisis" in sentence for sentence in said)


def test_interior_is_told_by_both_ways_of_counting():
    case = winset.load("trilateral-2022")
    answer = winset.path(case, "cautious", n=60, quarters=16, paces=(0.5, 2.0))
    every = {row["by"]: row for row in answer.tables["interior"].rows() if not row["address"]}
    depth = [answer.tables["pace"]["depth"], answer.tables["pace"]["depth_end"]]
    for row, value in zip(every.values(), depth, strict=True):
        assert row["pace_low"] == answer.tables["pace"]["pace"][int(np.argmax(value))]
    assert [*every] == ["over time", "at the end"]
    assert "by depth at the end; on the mean it is" in " ".join(answer.sentences)
