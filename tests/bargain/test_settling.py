"""Settling a bargain: against all outcomes, ties as classes, fallbacks, mixtures, and limits."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import winset
from winset.ask.settle.mixtures import mix
from winset.ask.settle.solutions import egalitarian, kalai_smorodinsky, nash, rules, utilitarian
from winset.bargain import Bargain, Matter, Profile
from winset.errors import AskError, LimitError


def bargain(tables: list[list[list[int]]], reservation: float | None = None) -> Bargain:
    """Make one of tables [party][matter][value]."""
    matters = tuple(
        Matter(f"m{place}", tuple(f"v{value}" for value in range(len(row))))
        for place, row in enumerate(tables[0])
    )
    profiles = tuple(
        Profile(
            f"p{place}",
            (1.0,) * len(matters),
            tuple(tuple(value / 4 for value in row) for row in table),
            reservation,
        )
        for place, table in enumerate(tables)
    )
    return Bargain("drawn", matters, profiles)


tables = st.tuples(st.integers(2, 3), st.lists(st.integers(1, 3), min_size=1, max_size=3)).flatmap(
    lambda shape: st.lists(
        st.tuples(
            *(st.lists(st.integers(0, 4), min_size=size, max_size=size) for size in shape[1])
        ).map(list),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(max_examples=60, deadline=None)
@given(rows=tables, reservation=st.sampled_from([None, 0.0, 0.25]))
def test_solutions_are_those_of_all_outcomes(
    rows: list[list[list[int]]], reservation: float | None
) -> None:
    if reservation is not None and any(
        sum(max(row) for row in table) < 4 * reservation for table in rows
    ):
        return
    whole = bargain(rows, reservation)
    found = winset.bargain(whole)
    every = np.array(
        [
            [
                sum(row[level] for row, level in zip(one.evaluations, levels, strict=True))
                for one in whole.profiles
            ]
            for levels in product(*(range(len(one.values)) for one in whole.matters))
        ]
    )
    without = np.array(
        [one.least if reservation is None else reservation for one in whole.profiles]
    )
    rational = every[(every >= without - 1e-12).all(axis=1)]
    solutions = found.table("solutions")
    if not len(rational):
        assert len(solutions) == 0
        assert "nothing to settle" in found.headline
        return
    ideal = rational.max(axis=0) - without
    for name, rule in rules().items():
        told = [*solutions.where(solution=name).rows()]
        point = np.array([row["utility"] for row in told])
        assert rule((point - without)[None], ideal)[0] == pytest.approx(
            rule(rational - without, ideal).max(), abs=1e-9
        )
        assert told[0]["outcomes"] == np.isclose(every, point).all(axis=1).sum()
        members = {
            row["member"] for row in found.table("settlements").rows() if row["solution"] == name
        }
        assert len(members) == min(10, told[0]["outcomes"])
    undominated = {
        tuple(point)
        for point in every.tolist()
        if not ((every >= point).all(axis=1) & (every > point).any(axis=1)).any()
    }
    assert len(found.table("frontier")) == len(undominated) * len(whole.profiles)


def test_equal_outcomes_stay_together_and_are_listed() -> None:
    even = bargain([[[0, 4], [0, 4]], [[4, 0], [4, 0]]])
    found = winset.bargain(even)
    assert sorted(found.table("frontier")["outcomes"].tolist()) == [1, 1, 1, 1, 2, 2]
    row = next(found.table("solutions").where(solution="nash").rows())
    assert (row["utility"], row["outcomes"]) == (1.0, 2)
    assert "reached by 2 outcomes alike" in found.headline
    picked = [*found.table("settlements").where(solution="nash").rows()]
    assert {(row["member"], row["matter"], row["value"]) for row in picked} == {
        (1, "m0", "v0"),
        (1, "m1", "v1"),
        (2, "m0", "v1"),
        (2, "m1", "v0"),
    } or len(picked) == 4


def test_fallbacks_and_weights_move_the_answer() -> None:
    line = bargain([[[0, 1, 2, 3, 4]], [[4, 3, 2, 1, 0]]])
    plain = winset.bargain(line)
    pushed = winset.bargain(line, disagreement={"p0": 0.75}, weights={"p0": 3.0})
    one, other = (
        answer.table("solutions").where(solution="nash", who="p0")["utility"][0]
        for answer in (plain, pushed)
    )
    assert (one, other) == (0.5, 1.0) or other > one
    assert pushed.table("profiles")["without"].tolist() == [0.75, 0.0]
    heavy = pushed.table("solutions").where(solution="weighted-nash", who="p0")["utility"][0]
    assert heavy >= one
    assert "--disagreement=p0=0.75" in pushed.run.command
    assert "--weight=p0=3.0" in pushed.run.command


surpluses = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=7
).map(lambda rows: np.array(rows, dtype=float))


@settings(max_examples=60, deadline=None)
@given(points=surpluses)
def test_mixtures_are_at_least_as_good_and_no_direction_improves_them(points: np.ndarray) -> None:
    ideal = points.max(axis=0)
    found = mix(points, ideal)
    for name, rule in (
        ("nash", nash),
        ("kalai-smorodinsky", kalai_smorodinsky),
        ("egalitarian", egalitarian),
        ("utilitarian", utilitarian),
    ):
        one = found[name]
        assert one.shares.sum() == pytest.approx(1.0)
        assert (one.shares > 0).all()
        value = rule((one.shares @ points[one.points])[None], ideal)[0]
        assert value >= rule(points, ideal).max() - 1e-6
    if (points > 0).any(axis=0).all():
        shares = points / ideal
        now = found["nash"].shares @ shares[found["nash"].points]
        assert (shares / now).sum(axis=1).max() <= 3 * (1 + 1e-3)


def test_two_halves_make_the_middle() -> None:
    ends = np.array([[4.0, 0.0], [0.0, 4.0]])
    for name in ("nash", "kalai-smorodinsky", "egalitarian"):
        one = mix(ends, ends.max(axis=0))[name]
        assert one.shares == pytest.approx([0.5, 0.5], abs=1e-4)
    heavy = mix(ends, ends.max(axis=0), weight=np.array([3.0, 1.0]))["weighted-nash"]
    assert heavy.shares == pytest.approx([0.75, 0.25], abs=1e-4)
    whole = bargain([[[0, 4]], [[4, 0]]])
    found = winset.bargain(whole, mixtures=True)
    mixed = found.table("solutions").where(solution="mixed:nash")
    assert mixed["utility"].tolist() == pytest.approx([0.5, 0.5], abs=1e-4)
    members = found.table("settlements").where(solution="mixed:nash")
    assert members["share"].tolist() == pytest.approx([0.5, 0.5], abs=1e-4)
    assert "rises from 0.0 to 50.0 percent" in " ".join(found.sentences)


def test_a_billion_outcomes_are_settled_and_too_many_points_are_refused_first() -> None:
    rng = np.random.default_rng(7)
    up = [sorted(row) for row in rng.integers(0, 5, (15, 4)).tolist()]
    large = bargain([up, [sorted(row)[::-1] for row in rng.integers(0, 5, (15, 4)).tolist()]])
    found = winset.bargain(large)
    assert large.outcomes == 4**15
    assert len(found.table("frontier")) > 0
    with pytest.raises(LimitError, match=r"1,073,741,824 outcomes: .* MB are allowed"):
        winset.bargain(large, memory=1_000)
    many = bargain([[[0, 1]] * 64, [[1, 0]] * 64])
    with pytest.raises(LimitError, match="too many to be counted"):
        winset.bargain(many)


def test_wrong_questions_are_refused() -> None:
    whole = bargain([[[0, 4]], [[4, 0]]])
    with pytest.raises(AskError, match="no party 'p9'"):
        winset.bargain(whole, disagreement={"p9": 1.0})
    with pytest.raises(AskError, match="finite"):
        winset.bargain(whole, disagreement={"p0": float("inf")})
    with pytest.raises(AskError, match="positive"):
        winset.bargain(whole, weights={"p0": 0.0})


def test_the_same_question_gives_the_same_tables(tmp_path: Path) -> None:
    whole = bargain([[[0, 3, 4], [1, 2]], [[4, 3, 0], [2, 0]]])
    one, other = (winset.bargain(whole, mixtures=True) for _ in range(2))
    for name in one.tables:
        assert one.table(name).csv() == other.table(name).csv()
    one.save(tmp_path / "run")
    assert (tmp_path / "run/manifest.json").exists()


def test_some_of_many_profiles_can_be_chosen() -> None:
    three = bargain([[[0, 4], [1, 3]], [[4, 0], [3, 1]], [[2, 2], [0, 4]]])
    found = winset.bargain(three, parties=["p2", "p0"])
    assert [one.name for one in found.bargain.profiles] == ["p2", "p0"]
    assert "--party=p2 --party=p0" in found.run.command
    both = Bargain("drawn", three.matters, (three.profiles[2], three.profiles[0]))
    assert found.table("frontier").csv() == winset.bargain(both).table("frontier").csv()
    with pytest.raises(AskError, match=r"no party 'p9'; the parties are p0, p1, p2"):
        winset.bargain(three, parties=["p9", "p0"])
    with pytest.raises(AskError, match="1 profiles"):
        winset.bargain(three, parties=["p0", "p0"])


def outcome(points: np.ndarray, name: str, ideal: np.ndarray | None = None) -> np.ndarray:
    one = mix(points, points.max(axis=0) if ideal is None else ideal)[name]
    mixed: np.ndarray = one.shares @ points[one.points]
    return mixed


positive = surpluses.filter(lambda points: bool((points > 0).any(axis=0).all()))


@settings(max_examples=40, deadline=None)
@given(points=positive, scale=st.tuples(*[st.sampled_from([0.5, 2.0, 4.0])] * 3))
def test_the_unit_of_a_party_does_not_matter_to_nash_and_kalai_smorodinsky(
    points: np.ndarray, scale: tuple[float, float, float]
) -> None:
    for name in ("nash", "kalai-smorodinsky"):
        one, other = outcome(points, name), outcome(points * scale, name)
        least = np.array([(point / points.max(axis=0)).min() for point in (one, other / scale)])
        if name == "nash":
            assert other == pytest.approx(one * scale, abs=1e-3 * max(scale) * 8)
        else:  # several mixtures can share the least share
            assert least[0] == pytest.approx(least[1], abs=1e-6)


def test_it_does_matter_to_the_egalitarian_and_the_utilitarian_one() -> None:
    points = np.array([[4.0, 0.0], [0.0, 2.0]])
    scale = np.array([1.0, 4.0])
    for name in ("egalitarian", "utilitarian"):
        assert outcome(points * scale, name) != pytest.approx(outcome(points, name) * scale)


@settings(max_examples=40, deadline=None)
@given(points=positive)
def test_nash_does_not_depend_on_mixtures_it_did_not_take(points: np.ndarray) -> None:
    ideal = points.max(axis=0)
    found = mix(points, ideal)["nash"]
    fewer = points[found.points]
    again = outcome(fewer, "nash", ideal)
    assert again == pytest.approx(found.shares @ fewer, abs=1e-2)


def test_kalai_smorodinsky_depends_on_the_best_that_nobody_takes() -> None:
    line = np.array([[4.0, 0.0], [0.0, 4.0]])
    wider = np.concatenate([line, [[0.0, 8.0]]])
    assert outcome(line, "kalai-smorodinsky") == pytest.approx([2.0, 2.0])
    assert outcome(wider, "kalai-smorodinsky") == pytest.approx([2.0, 4.0])
