"""Trying everything and HiGHS: against each other, and against problems small enough to see."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from winset import engine
from winset.case import load
from winset.engine import Problem, Structure, Values
from winset.errors import LimitError
from winset.oracle import brute, milp
from winset.oracle.brute import Plain
from winset.oracle.milp import Program
from winset.problem import compile_problem
from winset.testing import cases
from winset.worlds import draw


def problem(**changes) -> Problem:
    """Two measures of two levels above absence; one owner, whose row the changes may fill."""
    none: list[int] = []
    structure = Structure(
        first=np.array([0, 3, 6]),
        status_quo=np.array([0, 0]),
        clause_start=np.array([0]),
        lit_measure=np.array(none),
        lit_level=np.array(none),
        lit_at_least=np.array(none, dtype=bool),
        clause_hard=np.array(none, dtype=bool),
        row_start=np.array([0, 2]),
        row_measure=np.array([0, 1]),
        coef_start=np.array([0, 3]),
        term_start=np.array([0, 0]),
        term_a=np.array(none),
        term_b=np.array(none),
        pair_start=np.array(none),
        soft_start=np.array([0, 0]),
        soft_clause=np.array(none),
        square_row=np.array(none),
        wake_start=np.array([0, 0]),
        wake_measure=np.array(none),
        row_owner=np.array([0]),
        accept_start=np.array([0, 1]),
        accept_owner=np.array([0]),
    )
    values = Values(
        depth=np.array([[0, 1, 2, 0, 1, 2]]),
        effort=np.array([[0, 1, 1, 0, 1, 1]]),
        shut=np.zeros((1, 6), dtype=np.uint32),
        clause_on=np.zeros((1, 0), dtype=bool),
        row_on=np.ones((1, 1), dtype=bool),
        constant=np.array([[3]]),
        coef=np.array([[0, -1, -2, 0, -1, -2]]),
        pair=np.zeros((1, 0), dtype=np.int64),
        soft=np.zeros((1, 0), dtype=np.int64),
        total=np.zeros((1, 0, 6), dtype=np.int64),
        square=np.zeros((1, 0, 0), dtype=np.int64),
    )
    own = {k: v for k, v in changes.items() if k in Structure._fields}
    drawn = {k: v for k, v in changes.items() if k in Values._fields}
    return Problem(
        structure._replace(**{k: np.array(v) for k, v in own.items()}),
        values._replace(**{k: np.array(v) for k, v in drawn.items()}),
    )


def best(made: Problem) -> tuple[tuple[int, ...], int, int]:
    plain = Plain(made, 0)
    found = brute.deepest(plain.winset(), plain)
    again = Program(made, 0).deepest(effort=True)
    assert (again.depth, again.effort) == (found.depth, found.effort)
    return found.levels, found.depth, found.effort


def test_ties_go_to_less_effort_then_to_lower_levels_first():
    assert best(problem()) == ((1, 2), 3, 2)
    assert best(problem(effort=[[0, 5, 1, 0, 0, 1]])) == ((2, 1), 3, 1)


def test_a_row_holds_at_nothing_exactly():
    assert best(problem(constant=[[4]]))[0] == (2, 2)
    assert best(problem(constant=[[2]]))[1] == 2


def test_pairs_count_once_and_by_both_levels():
    pair = np.zeros((3, 3), dtype=np.int64)
    pair[1, 2] = -1
    pair[2, 1] = 1
    changes = {"term_start": [0, 1], "term_a": [0], "term_b": [1], "pair_start": [0]}
    assert best(problem(**changes, pair=[pair.ravel()]))[0] == (2, 1)


def test_a_square_takes_what_the_totals_have_in_common():
    changes = {"square_row": [0], "total": [[[0, 1, 2, 0, 1, 2]]]}
    assert best(problem(**changes, square=[[[1]]], coef=[[0] * 6], constant=[[9]]))[1] == 3
    assert best(problem(**changes, square=[[[1]]], coef=[[0] * 6], constant=[[8]]))[1] == 2


CLAUSE = {
    "clause_start": [0, 2],
    "lit_measure": [0, 1],
    "lit_level": [1, 2],
    "lit_at_least": [False, True],
    "clause_on": [[True]],
}


def test_a_hard_clause_forbids_and_a_soft_one_costs():
    hard = problem(**CLAUSE, clause_hard=[True], constant=[[9]], depth=[[0, 9, 9, 0, 1, 1]])
    assert best(hard)[0] == (1, 2)
    soft = {"soft_start": [0, 1], "soft_clause": [0], "clause_hard": [False]}
    dear = problem(**CLAUSE, **soft, soft=[[9]], constant=[[1]])
    assert best(dear)[0] == (0, 1)
    cheap = problem(**CLAUSE, **soft, soft=[[0]], constant=[[1]])
    assert best(cheap)[1] == 1


def test_one_of_two_owners_is_enough_only_where_the_clause_says_so():
    rows = {
        "row_start": [0, 1, 2],
        "term_start": [0, 0, 0],
        "soft_start": [0, 0, 0],
        "wake_start": [0, 0, 0],
        "row_owner": [0, 1],
        "row_on": [[True, True]],
        "constant": [[0, 0]],
    }
    either = problem(**rows, accept_start=[0, 2], accept_owner=[0, 1])
    assert best(either)[1] == 2
    both = problem(**rows, accept_start=[0, 1, 2], accept_owner=[0, 1])
    assert best(both)[1] == 0


def test_a_row_sleeps_until_something_it_watches_moves():
    watched = {"wake_start": [0, 1], "wake_measure": [0], "constant": [[-9]]}
    assert best(problem(**watched))[0] == (0, 2)


def test_the_status_quo_is_accepted_whatever_the_rows_say():
    assert best(problem(constant=[[-9]]))[0] == (0, 0)


def test_shut_rungs_are_no_choice():
    assert best(problem(shut=[[0, 0, 1, 0, 0, 1]]))[0] == (1, 1)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(packages=400), st.data())
def test_highs_finds_what_trying_everything_finds(case, data):
    compiled = compile_problem(draw(case, 1, rng=3))
    plain, program = Plain(compiled.problem, 0), Program(compiled.problem, 0)
    winset = plain.winset()
    m = data.draw(st.integers(0, len(plain.tops) - 1))
    level = data.draw(st.integers(0, plain.tops[m]))
    free, tried = program.deepest(effort=True), brute.deepest(winset, plain)
    assert (free.depth, free.effort) == (tried.depth, tried.effort)
    assert plain.accepts(free.levels)
    forced, tried = (
        program.deepest(force=(m, level)),
        brute.deepest(winset, plain, force=(m, level)),
    )
    event("impossible" if tried is None else "possible")
    assert (forced and forced.depth) == (tried and tried.depth)
    assert program.exists(m, level) == brute.exists(winset, m, level)


def test_too_many_packages_are_refused():
    compiled = compile_problem(draw(load("trilateral-2022"), 1))
    with pytest.raises(LimitError, match="too many to try"):
        next(Plain(compiled.problem, 0).packages())


def test_a_solver_without_time_says_so(monkeypatch):
    compiled = compile_problem(draw(load("trilateral-2022"), 1))
    with pytest.raises(LimitError, match="HiGHS gave no answer"):
        Program(compiled.problem, 0, time_limit=0.0).deepest()
    monkeypatch.setattr(milp, "_ROUNDS", 0)
    with pytest.raises(LimitError, match="too tight"):
        Program(compiled.problem, 0).deepest()


def test_a_package_that_presolve_hides_is_found_without_it():
    with np.load(Path(__file__).parents[1] / "data" / "highs_presolve.npz") as kept:
        parts = [
            {name: kept[f"{part}.{name}"] for name in form._fields}
            for part, form in (("structure", Structure), ("values", Values))
        ]
    made = Problem(Structure(**parts[0]), Values(**parts[1]))
    found = Program(made, 0).deepest(force=(4, 1))
    assert found.depth == engine.deepest(made, force=(4, 1)).depth[0] == 5_750_000
    assert Plain(made, 0).accepts(found.levels)
