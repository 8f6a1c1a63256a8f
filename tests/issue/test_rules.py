"""Rules on a line: published rounds, the plain twin, brute force, and when nothing comes to rest."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import winset
from winset.engine.challenge import challenge, points
from winset.errors import AskError, LimitError
from winset.issue import Actor, ActorTable, Issue, Range, read_actors
from winset.testing.twin import twin

MEDIANS = [8.42, 9.61, 9.96, 9.96, 9.96, 7.47, 8.82, 9.67]
"""Rounds 1 to 8; printed in the replication as 8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8 and 9.6."""
MEANS = [7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6]
"""As printed there for rounds 1 to 8, cut after one decimal."""


@pytest.fixture(scope="module")
def emission() -> Issue:
    return winset.issue("emission", outcome=8.833)


def actors(*rows: tuple[float, float, float]) -> ActorTable:
    people = [
        Actor(f"a{place}", *(Range(value, value, value) for value in (row[0], row[1], row[2])))
        for place, row in enumerate(rows)
    ]
    return ActorTable("few", tuple(people), "0")


def test_the_replication_runs_as_published(emission: Issue) -> None:
    rounds = emission.table("rounds")
    assert np.allclose(rounds["middle"][1:9], MEDIANS, atol=0.006)
    assert np.allclose(rounds["mean"][1:9], MEANS, atol=0.07)
    assert np.allclose(rounds["error"][[3, 6, 7]], [1.13, 1.36, 0.01], atol=0.005)


def test_the_baselines_of_the_published_table(emission: Issue) -> None:
    by = {row["solution"]: row for row in emission.table("solutions").rows()}
    assert by["mean"]["middle"] == pytest.approx(7.39, abs=0.005)
    assert by["mean"]["error"] == pytest.approx(1.44, abs=0.005)
    assert by["median"]["error"] == pytest.approx(1.833)


def test_it_says_that_the_challenges_never_come_to_rest(emission: Issue) -> None:
    assert emission.table("rounds")["share"][-1] == 0.0
    assert "do not come to rest within 20 rounds: " in emission.sentences[1]
    assert "depends on the round at which one stops" in emission.sentences[1]
    assert "by 0.01 to 1.83" in emission.sentences[2]
    assert "no number of the table has a range" in emission.sentences[-1].lower()


def test_the_text_of_the_replication_comes_to_rest_elsewhere() -> None:
    found = winset.issue("emission", variant="text")
    rounds = found.table("rounds")
    assert rounds["share"][-1] == 1.0
    assert rounds["middle"][-1] == pytest.approx(7.0)
    assert "come to rest" in found.sentences[1]
    assert "1, the least move is taken" in found.definition


def test_worlds_within_ranges_and_the_same_worlds_again() -> None:
    wide = winset.issue("emission", n=200, spread=0.1)
    again = winset.issue("emission", n=200, spread=0.1)
    more = winset.issue("emission", n=300, spread=0.1)
    assert wide.run.worlds == 200
    for name, table in wide.tables.items():
        assert table.csv() == again.table(name).csv()
    assert wide.run.id == again.run.id != more.run.id
    row = next(wide.table("solutions").where(solution="mean").rows())
    assert row["at_p25"] < row["at_p50"] < row["at_p75"]
    assert "an assumption" in wide.sentences[-1]
    assert "--spread=0.1" in wide.run.command
    assert "--variant=replica" in wide.run.command


lines = st.integers(2, 6).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 10), st.integers(0, 4)), min_size=n, max_size=n
    )
)


def arrays(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    c, x, s = (np.array([values], dtype=float) for values in zip(*rows, strict=True))
    return x, c, s / 4


@settings(max_examples=60, deadline=None)
@given(rows=lines.filter(lambda rows: any(row[2] for row in rows)))
def test_compiled_and_plain_give_the_same_digits(rows: list[tuple[int, int, int]]) -> None:
    plain = import_module(f"{twin().__name__}.challenge")
    table = arrays(rows)
    for one, other in zip(
        points(*table, reference=4.0, cost=0.25),
        plain.points(*table, reference=4.0, cost=0.25),
        strict=True,
    ):
        assert one.tobytes() == other.tobytes()
    for faithful in (True, False):
        for one, other in zip(
            challenge(*table, rounds=5, faithful=faithful),
            plain.challenge(*table, rounds=5, faithful=faithful),
            strict=True,
        ):
            assert one.tobytes() == other.tobytes()


@settings(max_examples=80, deadline=None)
@given(
    rows=lines.filter(lambda rows: any(row[2] for row in rows)),
    reference=st.none() | st.integers(0, 10),
    cost=st.sampled_from([0.0, 0.2, 1.0]),
)
def test_the_nash_point_is_the_best_of_a_fine_grid(
    rows: list[tuple[int, int, int]], reference: int | None, cost: float
) -> None:
    x, c, s = arrays(rows)
    given_point = float("nan") if reference is None else float(reference)
    mean, median, nash = points(x, c, s, reference=given_point, cost=cost)
    place, weight = x[0], (c * s)[0]
    ends = [*place, *([] if reference is None else [reference])]
    width = max(ends) - min(ends)
    if width == 0:
        assert nash[0] == place[0]
        return

    def product(at: float) -> float:
        fallback = np.full(len(place), width) if reference is None else np.abs(reference - place)
        gain = (fallback - np.abs(at - place)) / width + cost
        used = weight > 0
        if (gain[used] < -1e-9).any():
            return -1.0
        return float(np.prod(np.maximum(gain[used], 0.0) ** weight[used]))

    grid = np.linspace(min(ends), max(ends), 801)
    assert product(float(nash[0])) >= max(map(product, grid.tolist())) - 1e-6
    assert mean[0] == pytest.approx((weight * place).sum() / weight.sum())
    heavy = [at for at in place if 2 * weight[place <= at].sum() >= weight.sum() * (1 - 1e-12)]
    assert median[0] == min(heavy)


def test_without_a_costly_reference_nobody_leaves_what_lies_between() -> None:
    few = actors((1, 0, 1), (2, 10, 1))
    stay = winset.issue(few, reference=3.0)
    assert stay.table("solutions").where(solution="nash")["middle"][0] == pytest.approx(3.0)
    dear = winset.issue(few, reference=3.0, cost=1.0)
    nash = dear.table("solutions").where(solution="nash")["middle"][0]
    assert nash == pytest.approx(19 / 3)  # where (13 - x) (7 + x)^2 is highest


@settings(max_examples=40, deadline=None)
@given(rows=lines.filter(lambda rows: sum(bool(row[2]) for row in rows) > 1))
def test_shift_and_stretch_of_the_line_move_nothing_else(rows: list[tuple[int, int, int]]) -> None:
    x, c, s = arrays(rows)
    if len(np.unique(x)) < 2:
        return
    one = challenge(x, c, s, rounds=4)
    other = challenge(4.0 * x + 8.0, c, s, rounds=4)  # exact in binary
    same = (one.kinds == other.kinds).all()
    assert not same or np.allclose(4.0 * one.positions + 8.0, other.positions)
    mean, median, nash = points(x, c, s)
    moved = points(4.0 * x + 8.0, c, s)
    assert np.allclose([4.0 * mean + 8.0, 4.0 * median + 8.0, 4.0 * nash + 8.0], moved)


def test_moves_stay_between_the_extremes_and_are_told(emission: Issue) -> None:
    moves = emission.table("moves")
    assert 4.0 <= moves["after"].min() <= moves["after"].max() <= 10.0
    first = next(moves.rows())
    assert (first["actor"], first["kind"], first["other"]) == ("Belgium", "compromise", "France")
    for name in ("Belgium", "Ireland"):
        own = [*moves.where(actor=name).rows()]
        assert all(a["after"] == b["before"] for a, b in pairwise(own))
        row = next(emission.table("actors").where(actor=name).rows())
        assert row["end"] == own[-1]["after"]
        assert row["moved"] == len(own)


def test_a_wrong_question_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(AskError, match=r"allowed: replica, text.*Nearest: text"):
        winset.issue("emission", variant="texts")  # type: ignore[arg-type]
    for wrong in ({"n": 0}, {"rounds": 0}, {"rounds": 1001}, {"cost": -1.0}, {"spread": 2.0}):
        with pytest.raises(AskError):
            winset.issue("emission", **wrong)  # type: ignore[arg-type]
    for name in ("reference", "outcome"):
        with pytest.raises(AskError, match="not a finite number"):
            winset.issue("emission", **{name: float("nan")})  # type: ignore[arg-type]
    with pytest.raises(LimitError, match="MB are allowed"):
        winset.issue("emission", n=10_000_000, rounds=1000, spread=0.1)


def test_a_figure_can_be_drawn(emission: Issue) -> None:
    drawn = emission.figure().to_dict()
    assert len(drawn["vconcat"]) == 3


def test_the_ready_table_is_read() -> None:
    table = read_actors("emission")
    assert [one.name for one in table.actors][:2] == ["Netherlands", "Belgium"]
    assert not table.percent
