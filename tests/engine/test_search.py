"""What a search finds in whole win-sets: the deepest package, reachable rungs, bounds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine import checks
from tests.engine.checks import Known
from tests.engine.problems import Draw, columns, part
from winset import engine
from winset.engine import Problem


@pytest.fixture(scope="module")
def known() -> list[Known]:
    return [
        Known.of(Draw(seed, measures=6 if seed % 4 == 0 else None).problem(), packages=1)
        for seed in range(2000, 2250)
    ]


def test_the_deepest_package_ties_broken_by_effort_and_order(known: list[Known]) -> None:
    for each in known:
        checks.check_deepest(engine, each)


def test_ties_there_are(known: list[Known]) -> None:
    depth = effort = 0
    for each in known:
        for true in each.truths:
            best = true.best[None]
            assert best is not None
            sizes = [true.plain.worth(levels) for levels in true.winset]
            depth += sum(size[0] == best.depth for size in sizes) > 1
            effort += sizes.count((best.depth, best.effort)) > 1
    assert depth > 300
    assert effort > 100


def test_reachable_rungs(known: list[Known]) -> None:
    for each in known:
        checks.check_exists(engine, each)


def test_a_rung_that_is_open_has_an_accepted_package_shown(known: list[Known]) -> None:
    shown = 0
    for each in known:
        for measure, level in zip(*columns(each.targets), strict=True):
            verdict, levels = engine.witness(each.problem, [measure], [level])
            assert (verdict == engine.exists(each.problem, [measure], [level])).all()
            is_open = verdict[:, 0] == 1
            asked = is_open & (level > each.problem.structure.status_quo[measure])
            assert (levels[asked, measure] >= level).all()
            assert engine.judge(each.problem, levels).accepted[asked].all()
            shown += int(asked.sum())
    assert shown > 1000


def test_a_rung_asked_by_itself_or_twice_gets_the_same_answer(known: list[Known]) -> None:
    for each in known[:60]:
        measure, level = columns(each.targets)
        together = engine.exists(each.problem, measure, level)
        for t in range(measure.size):
            one = engine.exists(each.problem, [measure[t]] * 2, [level[t]] * 2)
            assert (one == together[:, [t]]).all()


def test_a_search_that_gives_up_claims_nothing_false(known: list[Known]) -> None:
    unsettled = 0
    for each in known:
        checks.check_limits(engine, each, range(6))
        unsettled += int((~engine.deepest(each.problem, node_limit=2).settled).sum())
    assert unsettled > 100


def test_large_amounts_stay_exact() -> None:
    for seed in range(60):
        each = Known.of(Draw(seed, big=10**8 + 7).problem(), packages=2)
        checks.check_judge(engine, each)
        checks.check_deepest(engine, each)
        checks.check_exists(engine, each)


def paying(worlds: int, seed: int) -> Problem:
    """Draw measures half of which add no depth but pay, in the one row, for the others."""
    problem = Draw(seed, worlds=worlds, measures=6).problem()
    structure, values = problem
    depth, coef = values.depth.copy(), np.zeros_like(values.coef)
    count, entries = structure.status_quo.size, structure.row_measure
    for m in range(count):
        slots = slice(structure.first[m], structure.first[m + 1])
        depth[:, slots] = 0 if m % 2 else np.arange(depth[:, slots].shape[1]) * (m + 1)
    for e, m in enumerate(entries.tolist()):
        levels = int(structure.first[m + 1] - structure.first[m])
        at = int(structure.coef_start[e])
        coef[:, at : at + levels] = np.arange(levels) * (2 if m % 2 else -2 - m)
    changed = values._replace(
        depth=depth,
        coef=coef,
        constant=values.constant * 0,
        pair=values.pair * 0,
        soft=values.soft * 0,
        square=values.square * 0,
    )
    return Problem(structure, changed)


def test_measures_without_depth_pay_for_depth() -> None:
    paid = 0
    for seed in range(120):
        problem = paying(3, seed)
        each = Known.of(problem, packages=1)
        checks.check_deepest(engine, each)
        odd = np.arange(problem.structure.status_quo.size) % 2 == 1
        levels = engine.deepest(problem).levels
        paid += int((levels[:, odd] > problem.structure.status_quo[odd]).any())
    assert paid > 15


def test_forcing_what_no_package_has_finds_none() -> None:
    problem = Draw(7, worlds=3, measures=3).problem()
    structure, values = problem
    at = int(structure.first[1]) - 1
    shut = values.shut.copy()
    shut[:, at] = 4
    closed = Problem(structure, values._replace(shut=shut))
    found = engine.deepest(closed, force=(0, at))
    if structure.status_quo[0] == at:
        pytest.fail("the drawn problem does not serve")
    assert not found.found.any()
    assert found.settled.all()
    assert (found.levels == -1).all()
    assert (engine.exists(closed, [0], [at]) == 0).all()


def test_no_worlds_and_no_targets() -> None:
    problem = Draw(7, worlds=3).problem()
    none = part(problem, 0, 0)
    assert engine.deepest(none).levels.shape == (0, problem.structure.status_quo.size)
    assert engine.exists(none, [0], [0]).shape == (0, 1)
    assert engine.exists(problem, [], []).shape == (3, 0)
