"""P2 and P3: the engine finds what trying everything finds, and what HiGHS finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.properties.tools import Solved, examples, shown
from winset import engine
from winset.case import load
from winset.oracle import brute
from winset.oracle.milp import Program
from winset.problem import compile_problem
from winset.testing import cases
from winset.worlds import draw


def rungs(solved: Solved) -> list[tuple[int, int]]:
    return [(m, at) for m, top in enumerate(solved.plains[0].tops) for at in range(top + 1)]


@examples(100)
@given(cases())
def test_the_engine_finds_the_deepest_package_and_every_reachable_rung(case):
    solved = Solved.of(shown(case))
    targets = rungs(solved)
    best = engine.deepest(solved.compiled.problem)
    measure, level = (np.array(column) for column in zip(*targets, strict=True))
    reached = engine.exists(solved.compiled.problem, measure, level)
    assert best.settled.all()
    for world, plain in enumerate(solved.plains):
        winset = plain.winset()
        event("only the status quo" if len(winset) == 1 else "something is accepted")
        wanted = brute.deepest(winset, plain)
        assert wanted is not None
        assert tuple(best.levels[world].tolist()) == wanted.levels
        assert (best.depth[world], best.effort[world]) == (wanted.depth, wanted.effort)
        assert best.bound[world] == wanted.depth
        assert reached[world].tolist() == [int(brute.exists(winset, *one)) for one in targets]


@examples(50)
@given(cases(packages=500), st.data())
def test_the_engine_forces_a_rung_at_the_least_cost(case, data):
    solved = Solved.of(shown(case))
    force = data.draw(st.sampled_from(rungs(solved)))
    best = engine.deepest(solved.compiled.problem, force=force)
    assert best.settled.all()
    for world, plain in enumerate(solved.plains):
        wanted = brute.deepest(plain.winset(), plain, force=force)
        event("forced" if wanted else "impossible")
        assert best.found[world] == (wanted is not None)
        if wanted is not None:
            assert tuple(best.levels[world].tolist()) == wanted.levels
            assert best.depth[world] == wanted.depth


@examples(30)
@given(cases(packages=300))
def test_the_engine_finds_which_rungs_stand_alone(case):
    solved = Solved.of(shown(case))
    problem, targets = solved.compiled.problem, rungs(solved)
    measure, level = (np.array(column) for column in zip(*targets, strict=True))
    stands = engine.alone(problem, measure, level)
    wholes = [row for row, name in enumerate(solved.compiled.names.rows) if name.kind == "package"]
    lighter = engine.without(problem, rows=wholes) if wholes else problem
    for world in range(len(solved.plains)):
        plain = brute.Plain(lighter, world)
        assert stands[world].tolist() == [brute.alone(plain, *one) for one in targets]


@examples(50)
@given(cases(packages=300), st.data())
def test_the_engine_judges_as_plain_python_does(case, data):
    solved = Solved.of(shown(case))
    levels = data.draw(st.tuples(*(st.integers(0, top) for top in solved.plains[0].tops)))
    judgement = engine.judge(solved.compiled.problem, levels)
    for world, plain in enumerate(solved.plains):
        wanted = plain.judge(levels)
        assert bool(judgement.accepted[world]) == wanted.accepted
        assert judgement.row_slack[world].tolist() == list(wanted.slack)
        assert judgement.violated[world].tolist() == list(wanted.violated)
        assert bool(judgement.shut[world]) == wanted.shut


@examples(60, shrink=False)
@given(cases(measures=(8, 11), constituencies=(3, 6), packages=10**9), st.data())
def test_the_engine_finds_the_depth_that_highs_finds(case, data):
    solved = Solved.of(shown(case), 1)
    force = data.draw(st.sampled_from([None, *rungs(solved)]))
    best = engine.deepest(solved.compiled.problem, force=force)
    found = Program(solved.compiled.problem, 0).deepest(force=force)
    event("forced" if force else "free")
    assert best.settled.all()
    assert bool(best.found[0]) == (found is not None)
    if found is not None:
        assert int(best.depth[0]) == found.depth
        assert solved.plains[0].accepts(tuple(best.levels[0].tolist()))


@pytest.mark.slow
@pytest.mark.parametrize("tight", [False, True])
def test_so_it_does_in_the_bundled_case(tight):
    case = load("trilateral-2022")
    changes = ["parameters/offset_executive = 0.05"] if tight else []
    compiled = compile_problem(draw(case, 1 if tight else 2, rng=5, changes=changes))
    best = engine.deepest(compiled.problem)
    for world in np.flatnonzero(best.settled):
        found = Program(compiled.problem, int(world)).deepest()
        assert found is not None
        assert int(best.depth[world]) == found.depth
    assert best.settled.any()
