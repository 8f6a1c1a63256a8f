"""One package for many worlds: never claimed better than it is, and better than a climb."""

from __future__ import annotations

import numpy as np
import pytest

from winset.ask.reach.robust import CERTAINTIES, accepting, build_path, depths
from winset.case import load
from winset.engine import deepest, judge
from winset.engine.layout import Problem
from winset.oracle import brute
from winset.problem import compile_problem
from winset.worlds import draw


@pytest.fixture(scope="module")
def canal() -> Problem:
    return compile_problem(draw(load("shared-canal"), 40)).problem


def best_by_trying_all(problem: Problem, level: float) -> float:
    """Mean depth of the deepest single package that enough worlds accept."""
    worlds = problem.values.depth.shape[0]
    packages = list(brute.Plain(problem, 0).packages())
    plain = [brute.Plain(problem, world) for world in range(worlds)]
    st = problem.structure
    found = -1.0
    for package in packages:
        share = np.mean([world.accepts(package) for world in plain])
        if share >= level:
            slots = st.first[:-1] + np.array(package)
            found = max(found, float(problem.values.depth[:, slots].sum(axis=1).mean()))
    return found


@pytest.mark.parametrize("level", [level for _, level in CERTAINTIES])
def test_on_a_small_case_it_finds_the_deepest(canal: Problem, level: float) -> None:
    path = build_path(canal, deepest(canal).levels)
    share = accepting(canal, path) / canal.values.depth.shape[0]
    st = canal.structure
    depth = canal.values.depth[:, st.first[:-1] + path.packages].sum(axis=2).mean(axis=0)
    assert max(depth[share >= level]) == pytest.approx(best_by_trying_all(canal, level))


def test_what_it_says_of_a_package_is_what_the_judge_says(canal: Problem) -> None:
    path = build_path(canal, deepest(canal).levels)
    for package, count in zip(path.packages, accepting(canal, path), strict=True):
        assert judge(canal, package).accepted.sum() == count
    tops = canal.structure.first[1:] - 1
    whole = canal.values.depth[:, tops].sum(axis=1)
    today = canal.values.depth[:, canal.structure.first[:-1] + canal.structure.status_quo]
    assert np.allclose(depths(canal, path)[:, 0], 100 * today.sum(axis=1) / whole)


def test_the_path_starts_today_and_holds_no_package_twice() -> None:
    sample = compile_problem(draw(load("trilateral-2022"), 24)).problem
    path = build_path(sample, deepest(sample, node_limit=200).levels)
    assert np.array_equal(path.packages[0], sample.structure.status_quo)
    assert len({package.tobytes() for package in path.packages}) == len(path.packages)
    share = accepting(sample, path) / 24
    depth = depths(sample, path).mean(axis=0)
    assert share[0] == 1.0
    assert max(depth[share >= 0.5]) > max(depth[share >= 0.95]) > depth[0]
