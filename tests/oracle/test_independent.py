"""The check behind `winset check --independent` agrees, and notices when something is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from winset import engine, problem
from winset.case import load
from winset.engine import Problem
from winset.oracle import check_independent


@pytest.fixture(scope="module")
def canal():
    return load("shared-canal")


def test_the_small_case_agrees(canal):
    seen = []
    report = check_independent(canal, worlds=4, progress=lambda done, of: seen.append((done, of)))
    assert report.agrees, report.text
    assert report.depths == 4
    assert report.rows > 50
    assert report.largest < 1e-5
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert "agree" in report.text
    assert str(report) == report.text


@pytest.mark.slow
def test_the_bundled_case_agrees(capfd):
    report = check_independent(load("trilateral-2022"), worlds=3)
    assert report.agrees, report.text
    assert report.rows > 1000
    assert capfd.readouterr().out == ""


def test_a_wrong_coefficient_is_noticed(canal, monkeypatch):
    compile_problem = problem.compile_problem

    def wrong(worlds, *block):
        compiled = compile_problem(worlds, *block)
        values = compiled.problem.values
        coef = values.coef.copy()
        coef[coef != 0] += 1000
        return replace(
            compiled, problem=Problem(compiled.problem.structure, values._replace(coef=coef))
        )

    monkeypatch.setattr(problem, "compile_problem", wrong)
    report = check_independent(canal, worlds=2)
    assert not report.agrees
    assert "compiled" in report.text


def test_a_lost_row_is_noticed(canal, monkeypatch):
    compile_problem = problem.compile_problem

    def wrong(worlds, *block):
        compiled = compile_problem(worlds, *block)
        values = compiled.problem.values
        on = np.zeros_like(values.row_on)
        return replace(
            compiled, problem=Problem(compiled.problem.structure, values._replace(row_on=on))
        )

    monkeypatch.setattr(problem, "compile_problem", wrong)
    report = check_independent(canal, worlds=1)
    assert any("no row for" in one for one in report.disagreements)


def test_a_shallow_answer_is_noticed(canal, monkeypatch):
    deepest = engine.deepest

    def shallow(asked, **options):
        found = deepest(asked, **options)
        quo = np.broadcast_to(asked.structure.status_quo, found.levels.shape)
        depth = asked.values.depth[:, asked.structure.first[:-1] + asked.structure.status_quo].sum(
            1
        )
        return found._replace(levels=quo, depth=depth, bound=depth)

    monkeypatch.setattr(engine, "deepest", shallow)
    report = check_independent(canal, worlds=2)
    assert any("HiGHS" in one for one in report.disagreements)
