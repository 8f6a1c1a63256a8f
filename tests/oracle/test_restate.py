"""The re-statement against numbers worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.case import load
from winset.case.model import (
    At,
    AtLeast,
    Choice,
    Compare,
    Consents,
    Flag,
    Not,
    Option,
    RungAtLeast,
    Stance,
)
from winset.oracle.conditions import clauses
from winset.oracle.restate import Restatement, RowKey, accepts, coefficients
from winset.oracle.value import Value
from winset.oracle.world import World, power
from winset.testing.parts import number
from winset.worlds import draw


@given(st.fractions(0, 1), st.integers(0, 6))
def test_whole_powers_are_exact(base, exponent):
    assert power(base, Fraction(exponent)) == base**exponent


def test_other_powers_are_right_to_many_digits():
    root = power(Fraction(1, 2), Fraction(1, 2))
    assert abs(root * root - Fraction(1, 2)) < Fraction(1, 10**45)
    assert power(Fraction(0), Fraction(1, 2)) == 0
    assert power(Fraction(1), Fraction(3, 2)) == 1


@pytest.fixture
def canal():
    """Return the case whose every number is worked by hand in the documentation."""
    return load("shared-canal")


def restated(case, **changes) -> Restatement:
    worlds = draw(replace(case, **changes), 1)
    return coefficients(worlds.case, worlds, 0)


WIN_SETS = {
    "-2": {(1, 0, 0), (1, 1, 1), (2, 0, 1), (2, 2, 2)},
    "-4": {(1, 0, 0), (2, 0, 1)},
}
"""Levels of gauge, turns and fund, by what turns cost Upper; found with a pencil."""


@pytest.mark.parametrize("cost", WIN_SETS)
def test_the_hand_worked_case_has_the_win_sets_found_by_hand(canal, cost):
    worlds = draw(canal, 1, changes=[f"effects/turns/water/UP = {cost}"])
    world = Restatement(canal, worlds, 0)
    found = {
        levels
        for levels in product((1, 2), (0, 1, 2), (0, 1, 2))
        if world.verdict(dict(zip(("gauge", "turns", "fund"), levels, strict=True)))
    }
    assert found == WIN_SETS[cost]


def test_the_status_quo_is_accepted_by_definition(canal):
    world = restated(canal)
    assert world.verdict(dict(world.world.quo))
    worlds = draw(canal, 1)
    assert accepts(canal, worlds, 0, dict(world.world.quo)).reasons == ()


def test_a_threshold_out_of_reach_refuses_everything_it_is_asked_for(canal):
    hard = tuple(
        replace(one, threshold=number(one.threshold.address, 99.0)) for one in canal.constituencies
    )
    world = restated(canal, constituencies=hard)
    for who, rungs in world.needed.items():
        for measure, level in rungs:
            verdict = world.verdict({**world.world.quo, measure: level})
            assert not verdict
            assert any(who in reason for reason in verdict.reasons)


CONDITIONS = st.recursive(
    st.one_of(
        st.builds(RungAtLeast, st.sampled_from("AB"), st.integers(0, 3)),
        st.sampled_from([Flag("up"), Flag("down")]),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda items: st.builds(AtLeast, st.integers(1, len(items)), st.just(tuple(items)))
        ),
    ),
    max_leaves=6,
)


def truth(condition, package) -> bool:
    match condition:
        case RungAtLeast(measure, level):
            return package[measure] >= level
        case Flag(name):
            return name == "up"
        case Not(item):
            return not truth(item, package)
        case AtLeast(count, items):
            return sum(truth(item, package) for item in items) >= count
    raise TypeError(condition)


@given(CONDITIONS)
def test_clauses_mean_what_the_condition_means(condition):
    case = replace(load("shared-canal"), flags={"up": True, "down": False})
    value = Value(World(case, draw(case, 1), 0))
    parts = list(clauses(condition, value, "A", 1))
    for a, b in product(range(4), repeat=2):
        package = {"A": a, "B": b}
        met = all(
            any((package[measure] >= level) == above for measure, level, above in part)
            for part in parts
        )
        assert met == truth(condition, package)


def floor(case, package, who="UP-BRD", measure="turns", **changes) -> Fraction:
    world = restated(case, **changes)
    return world.margin(RowKey("floor", who, measure, 0), {**world.world.quo, **package})


@pytest.fixture
def plain(canal):
    """Return the canal with turns that cost Upper exactly 3."""
    effects = tuple(
        replace(one, value=number(one.value.address, -3.0))
        if (one.measure, one.party) == ("turns", "UP")
        else one
        for one in canal.effects
    )
    return replace(canal, effects=effects)


def test_a_floor_is_value_plus_linkage_plus_width_less_threshold(plain):
    # turns.1: half of the loss of 3; a width of 1; the fund at 1/2 gives 2 * 1/2 * 1/2
    assert floor(plain, {"turns": 1}) == Fraction(-3, 2) + 1
    assert floor(plain, {"turns": 1, "fund": 1}) == Fraction(-3, 2) + 1 + Fraction(1, 2)


def test_losses_bend_and_gains_do_not(plain):
    curve = replace(plain.parameters[0], id="cost_curve", value=number("parameters/cost_curve", 2))
    bent = replace(plain, parameters=(*plain.parameters, curve))
    assert floor(bent, {"turns": 1}) == -3 * Fraction(1, 4) + 1
    fund = {"measure": "fund"}
    assert (
        floor(bent, {"fund": 1}, **fund)
        == floor(plain, {"fund": 1}, **fund)
        == 4 * Fraction(1, 2) + 1
    )


def test_the_whole_counts_gains_at_the_offset_and_losses_in_full(plain):
    world = restated(plain)
    package = {"gauge": 2, "turns": 2, "fund": 2}
    # Upper: no effect of open gauges' exposure but -1 from 0; turns -3; fund 4; linkage 2 * 1 * 1
    half = Fraction(1, 2)
    margin = world.margin(RowKey("package", "UP-BRD", "", 0), package)
    assert margin == -1 - 3 + half * 4 + half * 2


def test_the_ceiling_is_raised_by_progress(plain):
    world = restated(plain)
    row = RowKey("ceiling", "", "fund", 0, "quarrel")
    assert world.margin(row, {"gauge": 1, "turns": 0, "fund": 2}) == Fraction(1, 2) - 1
    assert world.margin(row, {"gauge": 1, "turns": 1, "fund": 2}) == Fraction(3, 4) - 1
    assert world.margin(row, {"gauge": 1, "turns": 2, "fund": 0}) == 0
    assert world.asleep(row, {"gauge": 1, "turns": 2, "fund": 0})


def test_a_stance_on_a_rung_beats_one_on_its_measure(plain):
    stances = tuple(
        Stance("UP-BRD", target, "override", number(f"stances/UP-BRD/{target}", code))
        for target, code in (("turns", -2.0), ("turns.1", 3.0))
    )
    assert floor(plain, {"turns": 1}, stances=stances) == 3 + 1
    assert floor(plain, {"turns": 2}, stances=stances) == -2 + 1


def test_missing_help_costs_its_price_once_for_each_part(plain):
    price = replace(plain.parameters[0], id="soft_price", value=number("parameters/soft_price", 2))
    parameters = (*plain.parameters, price)
    help_ = replace(
        plain.rules[0],
        id="H1",
        kind="helps",
        rungs=("turns.1",),
        condition=AtLeast(2, (RungAtLeast("gauge", 2), RungAtLeast("fund", 2))),
    )
    changes = {"parameters": parameters, "rules": (help_,)}
    before = floor(plain, {"turns": 1})
    assert floor(plain, {"turns": 1}, **changes) == before - 4
    assert floor(plain, {"turns": 1, "gauge": 2}, **changes) == before - 2


def test_a_prerequisite_of_consent_holds_whatever_the_party_accepts(plain):
    """The growers may be outvoted, but a rule that needs their consent is a rule."""
    upper = plain.parties[0]
    either = replace(upper, accepts=AtLeast(1, upper.accepts.items))
    rule = replace(plain.rules[0], rungs=("turns.2",), condition=Consents("UP-GRW"))
    package = {"gauge": 2, "turns": 2, "fund": 2}
    parties = (either, *plain.parties[1:])
    free = restated(plain, parties=parties, rules=())
    bound = restated(plain, parties=parties, rules=(rule,))
    assert not any("N1" in reason for reason in free.verdict(package).reasons)
    assert any("N1" in reason for reason in bound.verdict(package).reasons)


def test_a_conflict_that_stands_today_is_not_asked_again(plain):
    clash = replace(
        plain.rules[0], kind="excludes", rungs=("gauge.1",), condition=RungAtLeast("fund", 1)
    )
    world = restated(plain, rules=(clash,))
    assert any("N1" in one for one in world.verdict({"gauge": 1, "turns": 0, "fund": 1}).reasons)
    assert not any(
        "N1" in one for one in world.verdict({"gauge": 1, "turns": 1, "fund": 0}).reasons
    )


def test_a_lever_is_compared_by_the_order_of_its_options(plain):
    stage = Choice(
        "stage",
        "lever",
        "",
        tuple(Option(name, name, "", 0.0, (), (), "A", (), "", At("", 0)) for name in "abc"),
        "b",
        (),
        At("", 0),
    )
    for operator, value, holds in ((">=", "b", True), (">=", "c", False), ("<=", "b", True)):
        needs = replace(
            plain.rules[0],
            rungs=("gauge.2",),
            condition=Compare("state", "stage", operator, value),
        )
        world = restated(plain, levers=(stage,), rules=(needs,))
        reasons = world.verdict({"gauge": 2, "turns": 0, "fund": 0}).reasons
        assert any("N1" in one for one in reasons) == (not holds)
