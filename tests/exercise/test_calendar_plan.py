"""The calendar against all calendars, against another solver, and against itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exercise.small_regime import ONE, TWO, WAYS, best_by_hand, regime
from winset.errors import LimitError
from winset.exercise.calendar import solver
from winset.exercise.calendar.changes import relaxations
from winset.exercise.calendar.days import blocking, first_clear
from winset.exercise.calendar.found import pruned
from winset.exercise.calendar.greedy import greedy
from winset.exercise.calendar.program import Program, program_of
from winset.exercise.calendar.read import load_regime
from winset.exercise.calendar.regime import Refusal, Regime

pytest.importorskip("ortools")
GIVEN = {"D1.2": 0.9, "D1.3": 0.8, "D3.1": 0.7, "D3.2": 0.3, "D4.1": 0.7, "D4.2": 0.6}
SHUT = ("D3.2", "D6.2")


@st.composite
def regimes(draw: st.DrawFn) -> Regime:
    """Draw a regime of at most twelve cells, of which some have no calendar."""
    ways = draw(st.sampled_from([WAYS, {"two-way": {"cost": 1}, "three-way": {"cost": 2.5}}]))
    one = {
        **ONE,
        "forms": ways,
        "least": draw(st.integers(0, 1)),
        "most": draw(st.integers(1, 2)),
        "apart": draw(st.sampled_from([1, 4, 8])),
        "lift": draw(st.integers(0, 2)),
        "units": {"ships": 1},
        "staging": draw(st.integers(0, 1)),
        "observed": draw(st.sampled_from(["true", "false"])),
    }
    two = {**TWO, "months": [draw(st.integers(1, 12)), 3], "least": draw(st.integers(0, 1))}
    two = {**two, "units": {"ships": 1}, "lift": 1, "forms": draw(st.sampled_from([ways, WAYS]))}
    windows = {
        "w": {
            "from": "2023-03-01",
            "to": draw(st.sampled_from(["2023-03-10", "2023-03-31"])),
            "bars": draw(st.sampled_from([["three-way"], ["two-way", "observers", "three-way"]])),
        }
    }
    return regime(
        budget=draw(st.sampled_from([0.5, 2, 3.5, 6])),
        lift=draw(st.integers(0, 3)),
        units={"ships": {"at_once": 1, "a_year": draw(st.integers(1, 6))}},
        objectives={"x": {"cap": draw(st.sampled_from([0.5, 1, 2]))}},
        windows=windows,
        exercises={"one": one, "two": two},
    )


@settings(max_examples=60, deadline=None)
@given(regimes())
def test_the_solver_finds_what_trying_every_calendar_finds(one: Regime) -> None:
    program = program_of(one)
    by_hand = best_by_hand(program)
    if by_hand is None:
        with pytest.raises(solver.ConflictError) as caught:
            solver.best(program)
        assert len(caught.value.names) == fewest_in_conflict(program)
        _no_member_is_spare(program, caught.value.names)
        return
    found = solver.best(program)
    assert found.proven
    assert found.value == found.bound == by_hand == program.value(found.held)
    assert not program.broken(found.held)


def fewest_in_conflict(program: Program) -> int:
    """Count the names of the smallest set in conflict, by trying all calendars and all sets."""
    families = set()
    for row in product((False, True), repeat=len(program.cells)):
        held = {number for number, on in enumerate(row) if on}
        families.add(frozenset(frozenset(limit.names) for limit in program.broken(held)))
    for size in range(len(program.names) + 1):
        for some in combinations(program.names, size):
            if all(any(names <= {*some} for names in broken) for broken in families):
                return size
    return -1


def _no_member_is_spare(program: Program, names: tuple[str, ...]) -> None:
    others = set(program.names) - set(names)
    alone = program.without(others)
    assert best_by_hand(alone) is None
    for name in names:
        assert best_by_hand(alone.without({name})) is not None


@settings(max_examples=60, deadline=None)
@given(regimes())
def test_the_greedy_calendar_is_never_better_and_breaks_nothing_it_does_not_name(
    one: Regime,
) -> None:
    program = program_of(one)
    found, unmet = greedy(program)
    assert found.bound is None
    assert {name for limit in program.broken(found.held) for name in limit.names} == set(unmet)
    by_hand = best_by_hand(program)
    if not unmet:
        assert by_hand is not None
        assert found.value <= by_hand


@settings(max_examples=30, deadline=None)
@given(regimes(), st.randoms(use_true_random=False))
def test_the_order_of_exercises_does_not_matter(one: Regime, shuffle: Any) -> None:
    names = [*one.drills]
    shuffle.shuffle(names)
    other = replace(one, drills={name: one.drills[name] for name in names})
    assert best_by_hand(program_of(one)) == best_by_hand(program_of(other))
    if best_by_hand(program_of(one)) is not None:
        assert solver.best(program_of(one)).value == solver.best(program_of(other)).value


@settings(max_examples=12, deadline=None)
@given(regimes())
def test_a_constraint_more_never_helps_and_its_price_is_what_dropping_it_gains(one: Regime) -> None:
    program = program_of(one)
    if best_by_hand(program) is None:
        return
    found = solver.best(program)
    for relaxed in relaxations(program, one):
        looser = relaxed.of(program)
        value = best_by_hand(looser)
        assert value is not None
        assert value >= found.value
        assert solver.better(looser, found) == (value - found.value,) * 2


@settings(max_examples=30, deadline=None)
@given(regimes())
def test_alternatives_are_no_better_and_do_without_two_runs_of_each_before(one: Regime) -> None:
    program = program_of(one)
    if best_by_hand(program) is None:
        return
    found = solver.best(program)
    before = [found]
    for other in solver.alternatives(program, found):
        assert not program.broken(other.held)
        assert other.value <= found.value
        assert all(len(one.held - other.held) >= solver.DIFFERENT for one in before)
        before.append(other)
    assert len(before) <= 1 + solver.ALTERNATIVES


def test_pruning_takes_out_only_what_is_worth_nothing() -> None:
    program = program_of(regime(budget=50, objectives={"x": {"cap": 0.5}}))
    every = {n for n, cell in enumerate(program.cells) if cell.form == "two-way"}
    kept = pruned(program, every)
    assert program.value(kept) == program.value(every)
    assert len(kept) < len(every)


@pytest.fixture(scope="module")
def years() -> Program:
    return program_of(load_regime("three-years"), shut=SHUT)


@pytest.mark.slow
def test_another_solver_agrees_on_the_ready_regime(years: Program) -> None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    cells, terms = len(years.cells), len(years.terms)
    matrix = lil_matrix((len(years.limits) + terms, cells + terms))
    low, high = [], []
    for row, limit in enumerate(years.limits):
        for cell, weight in zip(limit.cells, limit.weights, strict=True):
            matrix[row, cell] = weight
        low.append(-np.inf if limit.least is None else limit.least)
        high.append(np.inf if limit.most is None else limit.most)
    for place, term in enumerate(years.terms):
        for cell, gives in zip(term.cells, term.gives, strict=True):
            matrix[len(years.limits) + place, cell] = gives
        matrix[len(years.limits) + place, cells + place] = -1
        low.append(0)
        high.append(np.inf)
    caps = [term.cap for term in years.terms]
    solved = milp(
        np.concatenate([np.zeros(cells), [-term.worth for term in years.terms]]),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        integrality=np.concatenate([np.ones(cells), np.zeros(terms)]),
        bounds=Bounds(0, np.concatenate([np.ones(cells), caps])),
        options={"mip_rel_gap": 0.0},
    )
    found = solver.best(years)
    assert found.proven
    assert round(-solved.fun) == found.value
    assert greedy(years)[0].value <= found.value


def test_the_same_regime_gives_the_same_calendar_twice(years: Program) -> None:
    assert solver.best(years) == solver.best(years)


def test_a_search_that_is_cut_off_says_by_how_much_it_may_be_beaten(years: Program) -> None:
    start = greedy(years)[0]
    found = solver.best(years, effort=0.02, hint=start.held)
    assert found.bound is not None
    assert not found.proven
    whole = solver.best(years)
    assert found.value <= whole.value <= found.bound


def test_a_regime_too_large_to_search_is_refused_with_what_to_do() -> None:
    many = {f"e{n}": {**ONE, "months": [*range(1, 13)]} for n in range(60)}
    with pytest.raises(LimitError, match="Name fewer months"):
        program_of(regime(years=10, exercises=many))


def test_three_way_comes_only_after_a_run_with_observers() -> None:
    one = {**ONE, "months": [10, 3], "most": 2}
    program = program_of(
        regime(budget=50, watched_months=4, objectives={"x": {"cap": 9}}, exercises={"one": one})
    )
    forms = {program.cells[n].month: program.cells[n].form for n in solver.best(program).held}
    assert forms == {1: "observers", 6: "three-way"}
    done = {**one, "observed": "true"}
    free = program_of(regime(budget=50, exercises={"one": done}, objectives={"x": {"cap": 9}}))
    assert {free.cells[n].form for n in solver.best(free).held} == {"three-way"}


def test_a_red_line_on_a_place_moves_the_exercise_and_has_a_price() -> None:
    one = {**ONE, "observed": "true", "places": {"islands": 0, "south": 1.5}}
    places = {"islands": {"red_line": "R1"}, "south": {}}
    rule = regime(budget=2, exercises={"one": one}, places=places, consent={"shares": {}}, lift=0)
    program = program_of(rule)
    found = solver.best(program)
    assert {program.cells[n].form for n in found.held} == {"two-way"}
    prices = {
        one.name: solver.better(one.of(program), found)[0] for one in relaxations(program, rule)
    }
    assert prices["red line R1"] == prices["place islands"] > 0


def test_windows_bar_a_month_only_if_they_leave_too_few_days() -> None:
    spans = [(date(2023, 3, 1), date(2023, 3, 10)), (date(2023, 3, 20), date(2023, 3, 25))]
    assert first_clear(date(2023, 3, 1), 9, spans) == date(2023, 3, 11)
    assert first_clear(date(2023, 3, 1), 10, spans) is None
    early = {"from": "2023-03-01", "to": "2023-03-10"}
    late = {"from": "2023-03-20", "to": "2023-03-25"}
    rule = regime(
        windows={"early": early, "late": late}, exercises={"one": {**ONE, "days": 10}, "two": TWO}
    )
    drill = rule.drills["one"]
    assert blocking(rule, rule.windows, drill, "three-way", "", 6) == (("early", "late"),)
    assert blocking(rule, rule.windows, drill, "two-way", "", 6) == ()
    assert blocking(rule, rule.windows, rule.drills["two"], "three-way", "", 6) == ()


def test_a_window_of_a_party_leaves_the_others_two_way_exercise_alone() -> None:
    every = ["two-way", "observers", "three-way"]
    window = {"from": "2023-03-01", "to": "2023-03-31", "bars": every, "parties": ["C"]}
    rule = regime(windows={"w": window})
    one, two = rule.drills["one"], rule.drills["two"]
    assert blocking(rule, rule.windows, one, "two-way", "", 6) == ()
    assert blocking(rule, rule.windows, one, "observers", "", 6) == (("w",),)
    assert blocking(rule, rule.windows, two, "two-way", "", 6) == (("w",),)


def test_staging_ties_units_in_the_months_before() -> None:
    units = {"ships": {"at_once": 1, "a_year": 12}}
    one = {**ONE, "months": [3], "units": {"ships": 1}, "staging": 1}
    two = {**TWO, "months": [2], "units": {"ships": 1}}
    rule = regime(units=units, exercises={"one": one, "two": two}, budget=50)
    assert len(solver.best(program_of(rule)).held) == 1
    free = regime(units=units, exercises={"one": {**one, "staging": 0}, "two": two}, budget=50)
    assert len(solver.best(program_of(free)).held) == 2


def test_a_refused_form_is_not_held_that_year_nor_a_fuller_one() -> None:
    one = {**ONE, "observed": "true"}
    rule = regime(years=2, budget=50, exercises={"one": one})
    refused = replace(rule, refusals=(Refusal("one", "observers", 0, 11),))
    program = program_of(refused)
    forms = {program.cells[n].year: program.cells[n].form for n in solver.best(program).held}
    assert forms == {0: "two-way", 1: "three-way"}


def test_conflicts_are_named_down_to_the_last_that_matters() -> None:
    one = {
        **ONE,
        "months": [3],
        "least": 1,
        "forms": {"three-way": {"cost": 2}},
        "observed": "true",
    }
    window = {"from": "2023-03-01", "to": "2023-03-31"}
    rule = regime(
        windows={"w": window, "idle": WINDOW_ELSEWHERE}, exercises={"one": one, "two": TWO}
    )
    with pytest.raises(solver.ConflictError) as caught:
        solver.best(program_of(rule))
    assert set(caught.value.names) == {"least one", "window w"}


WINDOW_ELSEWHERE = {"from": "2023-05-01", "to": "2023-05-31"}
