"""The additive frontier is that of all packages, with every package of a tie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.engine.checks_beside import by_trying_all
from winset.engine import additive_frontier, members
from winset.testing.twin import twin

Gains = list[NDArray[np.int64]]


@st.composite
def problems(dice: st.DrawFn) -> Gains:
    parties = dice(st.integers(1, 4))
    row = st.lists(st.integers(-3, 3), min_size=parties, max_size=parties)
    sizes = dice(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return [np.array(dice(st.lists(row, min_size=n, max_size=n))) for n in sizes]


@settings(max_examples=150, deadline=None)
@given(gains=problems())
def test_it_is_the_frontier_of_all_packages(gains: Gains) -> None:
    found = additive_frontier(gains)
    told = {
        tuple(point): {tuple(one.tolist()) for one in members(found, place)}
        for place, point in enumerate(found.points.tolist())
    }
    assert told == by_trying_all(gains)
    assert found.packages.tolist() == [len(told[tuple(point)]) for point in found.points.tolist()]


@settings(max_examples=20, deadline=None)
@given(gains=problems())
def test_the_plain_copy_gives_the_same_integers(gains: Gains) -> None:
    one, other = additive_frontier(gains), twin().additive_frontier(gains)
    assert one.points.tobytes() == other.points.tobytes()
    assert one.packages.tobytes() == other.packages.tobytes()


def test_a_thousand_million_packages_and_their_ties() -> None:
    dice = np.random.default_rng(7)
    gains = [np.sort(dice.integers(0, 10**6, (4, 3)), axis=0) * [1, 1, -1] for _ in range(15)]
    found = additive_frontier(gains)
    assert len(found.points) > 100
    again = next(members(found, 3))
    total = sum(part[level] for part, level in zip(gains, again, strict=True))
    assert np.array_equal(np.asarray(total), found.points[3])
    same = additive_frontier([np.zeros((4, 3), np.int64)] * 15)
    assert same.packages.tolist() == [4**15]


@pytest.mark.parametrize(
    ("gains", "said"),
    [
        ([], "one table"),
        ([[1, 2]], "one table"),
        ([[[1, 2]], [[1]]], "same parties"),
        ([[[2**61, 0]]], "64 bits"),
        ([[[0], [0]]] * 64, "counted"),
    ],
)
def test_wrong_gains_are_refused(gains: list[list[list[int]]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        additive_frontier(gains)


def test_too_much_memory_is_refused_with_the_estimate() -> None:
    with pytest.raises(MemoryError, match="need about"):
        additive_frontier([np.arange(2000).reshape(1000, 2)], memory=1000)
