"""Packages handed in: judged, moved in one measure, rungs by themselves, limits lifted."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine import checks
from tests.engine.checks import Known
from tests.engine.problems import Draw, all_packages, columns, whole_rows
from winset import engine
from winset.oracle.brute import Plain


@pytest.fixture(scope="module")
def known() -> list[Known]:
    return [
        Known.of(Draw(seed, measures=6 if seed % 5 == 0 else None).problem(), packages=8)
        for seed in range(1000, 1150)
    ]


def test_the_problems_use_every_feature_and_are_tight(known: list[Known]) -> None:
    structures = [each.problem.structure for each in known]
    for name in ("term_a", "soft_clause", "square_row", "wake_measure", "lit_measure"):
        assert sum(getattr(one, name).size > 0 for one in structures) > 40, name
    assert sum(any(np.diff(one.accept_start) > 1) for one in structures) > 30
    assert sum(one.status_quo.any() for one in structures) > 30
    assert sum(not each.problem.values.row_on.all() for each in known) > 30
    assert sum(bool(each.problem.values.shut.any()) for each in known) > 30
    sizes = np.array([len(true.winset) for each in known for true in each.truths])
    every = np.array([len(all_packages(one)) for one in structures for _ in range(4)])
    assert (sizes > 1).mean() > 0.6
    assert (sizes < every).mean() > 0.8
    slacks = [s for each in known for true in each.truths for one in true.judged for s in one.slack]
    assert np.isin(slacks, [-1, 0]).mean() > 0.15


def test_judging_says_what_the_layout_says(known: list[Known]) -> None:
    for each in known:
        checks.check_judge(engine, each)


def test_each_world_may_be_given_its_own_package(known: list[Known]) -> None:
    for each in known:
        worlds = len(each.truths)
        packages = [each.packages[w % len(each.packages)] for w in range(worlds)]
        found = engine.judge(each.problem, np.asfortranarray(packages))
        wanted = [true.plain.accepts(packages[w]) for w, true in enumerate(each.truths)]
        assert found.accepted.tolist() == wanted


def test_slacks_of_rows_that_are_off_may_be_left_out(known: list[Known]) -> None:
    off = 0
    for each in known:
        for levels in each.packages:
            full = engine.judge(each.problem, levels)
            brief = engine.judge(each.problem, levels, every=False)
            on = each.problem.values.row_on
            assert (brief.row_slack[on] == full.row_slack[on]).all()
            assert (brief.accepted == full.accepted).all()
            off += int((brief.row_slack[~on] != full.row_slack[~on]).sum())
    assert off > 100


def test_many_packages_are_accepted_as_each_is_judged(known: list[Known]) -> None:
    refused = 0
    for each in known:
        wanted = [[true.plain.accepts(one) for one in each.packages] for true in each.truths]
        assert engine.accepts(each.problem, each.packages).tolist() == wanted
        own = [each.packages[w:] + each.packages[:w] for w in range(len(each.truths))]
        turned = [row[w:] + row[:w] for w, row in enumerate(wanted)]
        assert engine.accepts(each.problem, own).tolist() == turned
        refused += sum(not one for row in wanted for one in row)
    assert refused > 500
    with pytest.raises(ValueError, match="packages of"):
        engine.accepts(known[0].problem, [known[0].packages])


def test_the_status_quo_is_accepted_whatever_the_rows_say(known: list[Known]) -> None:
    for each in known:
        values = each.problem.values
        refused = each.problem._replace(values=values._replace(constant=values.constant - 10**6))
        quo = each.problem.structure.status_quo
        assert engine.judge(refused, quo).accepted.all()
        assert engine.deepest(refused).found.all()


def test_neighbours_are_judged_packages(known: list[Known]) -> None:
    for each in known:
        checks.check_neighbours(engine, each)


def test_a_rung_alone_meets_no_row_over_a_whole_package(known: list[Known]) -> None:
    differ = 0
    for each in known:
        checks.check_alone(engine, each)
        if whole_rows(each.problem.structure).any():
            differ += any(
                true.alone != [true.plain.accepts(one) for one in _alone(true.plain)]
                for true in each.truths
            )
    assert differ > 10


def _alone(plain: Plain) -> list[tuple[int, ...]]:
    return [
        tuple(k if n == m else quo for n, quo in enumerate(plain.quo))
        for m, top in enumerate(plain.tops)
        for k in range(top + 1)
    ]


def test_lifted_limits_bind_nobody(known: list[Known]) -> None:
    for each in known:
        checks.check_without(engine, each)


def test_a_relaxed_problem_has_the_answers_of_its_own_rows(known: list[Known]) -> None:
    more = 0
    for each in known:
        rows, clauses = each.problem.values.row_on.shape[1], each.problem.values.clause_on.shape[1]
        freed = engine.without(each.problem, owners=[0], rows=[rows - 1], clauses=range(clauses))
        before = engine.exists(each.problem, *columns(each.targets))
        after = engine.exists(freed, *columns(each.targets))
        assert after.tolist() == [true.reached for true in Known.of(freed).truths]
        assert (after >= before).all()
        more += int((after > before).any())
    assert more > 40
