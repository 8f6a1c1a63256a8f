"""P7, P8, P15: the same bytes however computed; a new number moves no other; intervals hold."""

from __future__ import annotations

from dataclasses import replace

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.tools import examples, shown
from winset import engine
from winset.case import load
from winset.case.model import Case, Parameter
from winset.problem import compile_problem
from winset.tables import wilson
from winset.testing import cases
from winset.testing.parts import number
from winset.worlds import Worlds, draw


def answers(worlds: Worlds, start: int = 0, stop: int | None = None) -> list[bytes]:
    compiled = compile_problem(worlds, start, stop)
    best = engine.deepest(compiled.problem)
    measures = np.repeat(
        np.arange(len(compiled.names.measures)), np.diff(compiled.problem.structure.first)
    )
    levels = np.concatenate([np.arange(size) for size in np.diff(compiled.problem.structure.first)])
    reached = engine.exists(compiled.problem, measures, levels)
    columns = (best.levels, best.depth, best.effort, best.settled, reached)
    worlds_in_block = best.depth.size
    return [b"".join(column[w].tobytes() for column in columns) for w in range(worlds_in_block)]


@examples(8)
@given(cases(packages=400, uncertain=True))
def test_no_answer_depends_on_blocks(case):
    worlds = draw(shown(case), 7, rng=2)
    whole = answers(worlds)
    assert whole == [one for start in range(7) for one in answers(worlds, start, start + 1)]
    assert whole == [*answers(worlds, 0, 3), *answers(worlds, 3, 7)]


@examples(8)
@given(cases(packages=400, uncertain=True))
def test_no_answer_depends_on_threads(case):
    worlds = draw(shown(case), 8, rng=2)
    threads = numba.get_num_threads()
    try:
        numba.set_num_threads(1)
        alone = answers(worlds)
    finally:
        numba.set_num_threads(threads)
    assert alone == answers(worlds)


@examples(12)
@given(cases(packages=400, uncertain=True), st.integers(0, 5))
def test_a_world_is_the_same_alone_and_among_others(case, place):
    among, by_itself = draw(shown(case), 6, rng=2), draw(case, 1, rng=2, first=place)
    for address in case.values:
        assert among.number(address)[place] == by_itself.number(address)[0]
    assert answers(among)[place] == answers(by_itself)[0]


@pytest.mark.slow
def test_neither_does_the_bundled_case():
    case = load("trilateral-2022")
    worlds = draw(case, 6, rng=9)
    whole = answers(worlds)
    assert whole == [*answers(worlds, 0, 1), *answers(worlds, 1, 6)]
    assert whole[4] == answers(draw(case, 1, rng=9, first=4))[0]


def with_parameter(case: Case, name: str) -> Case:
    value = replace(number(f"parameters/{name}", 0.5), low=0.0, high=1.0, shape="pert")
    return replace(case, parameters=(*case.parameters, Parameter(name, value, "", "", (), (), "")))


@examples(12)
@given(cases(packages=50, uncertain=True))
def test_a_parameter_nobody_reads_moves_no_world(case):
    before, after = draw(shown(case), 5), draw(with_parameter(case, "unread"), 5)
    for address in case.values:
        np.testing.assert_array_equal(before.number(address), after.number(address))
    assert answers(before) == answers(after)


@examples(12)
@given(cases(packages=50, uncertain=True))
def test_renaming_a_number_moves_only_that_number(case):
    one, other = (draw(with_parameter(case, name), 5) for name in ("unread", "renamed"))
    for address in case.values:
        np.testing.assert_array_equal(one.number(address), other.number(address))
    assert (one.number("parameters/unread") != other.number("parameters/renamed")).any()


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
def test_intervals_of_shares_hold_what_they_promise(share):
    """In 95 of 100 runs of 400 worlds the interval holds the share of all worlds."""
    value = replace(number("parameters/x", 0.5), low=0.0, high=1.0, shape="uniform")
    parameter = Parameter("x", value, "", "", (), (), "")
    case = replace(load("shared-canal"), parameters=(parameter,))
    runs, n = 500, 400
    drawn = draw(case, runs * n).number("parameters/x").reshape(runs, n)
    low, high = wilson((drawn < share).sum(axis=1), n)
    held = np.mean((low <= share) & (share <= high))
    assert 0.92 <= held <= 0.98
