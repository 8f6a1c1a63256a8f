"""P1: the compiled problem says what the definitions say, limit by limit and package by package."""

from __future__ import annotations

import random

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.properties.tools import Solved, examples, shown
from winset.case.model import Case
from winset.oracle.compare import Comparison
from winset.oracle.restate import Restatement
from winset.testing import cases


def differences(case: Case, seed: int, packages: int) -> list[str]:
    solved = Solved.of(case)
    found = []
    for world, plain in enumerate(solved.plains):
        comparison = Comparison(solved.compiled, world, Restatement(case, solved.worlds, world))
        found += comparison.rows()
        every = list(plain.packages())
        chosen = random.Random(seed).sample(every, min(packages, len(every)))
        for levels in chosen:
            found += comparison.disagreements(levels)
            event("accepted" if plain.accepts(levels) else "refused")
    return found


@examples(120)
@given(cases(), st.integers(0, 99))
def test_the_compiled_problem_says_what_the_definitions_say(case, seed):
    assert differences(shown(case), seed, 5) == []


@examples(30)
@given(cases(uncertain=True), st.integers(0, 99))
def test_so_it_does_where_numbers_are_uncertain(case, seed):
    assert differences(shown(case), seed, 4) == []


@examples(30)
@given(cases(measures=(1, 3), packages=40))
def test_whole_win_sets_are_those_of_the_definitions(case):
    assert differences(shown(case), 0, 40) == []


@examples(20)
@given(cases(measures=(1, 4), packages=60))
def test_depth_is_the_ruler_of_the_definitions(case):
    solved = Solved.of(shown(case), 1)
    world = Restatement(case, solved.worlds, 0)
    for levels in solved.plains[0].packages():
        package = dict(solved.named(levels))
        depth, _ = solved.plains[0].worth(levels)
        assert depth == pytest.approx(float(world.depth(package)) * 1e6, abs=len(levels))
