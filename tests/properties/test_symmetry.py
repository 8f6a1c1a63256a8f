"""P5, P9, P10: order, unit and doubling change nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.properties.tools import Solved, examples, shown, times, with_values, without_changes
from winset.case.model import AtLeast, Case, Condition, Consents, Value
from winset.testing import cases

ORDERED = ("parties", "constituencies", "measures", "criteria", "rules", "weights", "effects")


@examples(30)
@given(cases(packages=300, tight=True), st.randoms(use_true_random=False))
def test_the_order_of_nouns_changes_no_win_set(case, dice):
    case = replace(case, mechanisms=replace(case.mechanisms, learnings=()))
    parts = {}
    for name in ORDERED:
        rows = list(getattr(case, name))
        dice.shuffle(rows)
        parts[name] = tuple(rows)
    before, after = Solved.of(shown(case)), Solved.of(replace(case, **parts))
    assert before.winsets() == after.winsets()
    assert before.best() == after.best()


LINEAR = (
    "width_executive",
    "width_ratifier",
    "stance_scale",
    "effort_price",
    "linkage_value",
    "soft_price",
    "scope_price",
    "ceiling_price",
)
"""Parameters in points, or points per something."""


def doubled(case: Case) -> Case:
    case = with_values(case, lambda value: times(value, 2.0), "weights", "constituencies")

    def point(value: Value) -> Value:
        return times(value, 2.0) if value.address.partition("/")[2] in LINEAR else value

    return with_values(case, point, "parameters")


@examples(40)
@given(cases(packages=150))
def test_points_may_be_measured_in_halves(case):
    case = without_changes(case)
    named = {parameter.id for parameter in case.parameters}
    assume({"stance_scale", "linkage_value"} <= named)
    before, after = Solved.of(shown(case)), Solved.of(doubled(case))
    compared = 0
    for world, plain in enumerate(before.plains):
        for levels in plain.packages():
            if before.decided(levels, world) and after.decided(levels, world, 120):
                compared += 1
                assert plain.accepts(levels) == after.plains[world].accepts(levels)
    assume(compared)


TWICE = "twin"


def with_twin(case: Case, name: str) -> Case:
    """Return a case in which a constituency stands twice, and is asked twice."""
    original = case.constituency[name]
    twin = replace(
        original,
        id=TWICE,
        threshold=replace(original.threshold, address=f"constituencies/{TWICE}/threshold"),
    )

    def again(rows, key, address):
        copies = [
            replace(row, **{key: TWICE}, value=replace(row.value, address=address(row)))
            for row in rows
            if getattr(row, key) == name
        ]
        return (*rows, *copies)

    def both(condition: Condition) -> Condition:
        match condition:
            case Consents(who) if who == name:
                return AtLeast(2, (condition, Consents(TWICE)))
            case AtLeast(count, items):
                return AtLeast(count, tuple(map(both, items)))
        return condition

    def hosts(one):
        copies = tuple((TWICE, measures) for host, measures in one.hosts if host == name)
        return replace(one, hosts=(*one.hosts, *copies))

    return replace(
        case,
        constituencies=(*map(hosts, case.constituencies), twin),
        parties=tuple(replace(one, accepts=both(one.accepts)) for one in case.parties),
        weights=again(case.weights, "constituency", lambda row: f"weights/{TWICE}/{row.criterion}"),
        stances=again(case.stances, "constituency", lambda row: f"stances/{TWICE}/{row.target}"),
        linkages=tuple(
            replace(one, who=(*one.who, TWICE)) if name in one.who else one for one in case.linkages
        ),
        mechanisms=replace(
            case.mechanisms,
            ceilings=tuple(
                replace(one, payers=(*one.payers, TWICE)) if name in one.payers else one
                for one in case.mechanisms.ceilings
            ),
        ),
    )


@examples(30)
@given(cases(packages=200, uncertain=False), st.data())
def test_somebody_asked_twice_is_asked_once(case, data):
    case = without_changes(case)
    names = [one.id for one in case.constituencies if one.kind not in {"lobby", "amplifier"}]
    name = data.draw(st.sampled_from(names))
    before, after = Solved.of(shown(case)), Solved.of(with_twin(case, name))
    assert before.winsets() == after.winsets()


def test_the_twin_would_be_noticed_if_it_differed():
    """The property above is no tautology: a twin with another threshold closes something."""
    from winset.case import load

    case = load("shared-canal")
    asked = next(one.id for one in case.constituencies if one.kind == "executive")
    twin = with_twin(case, asked)
    hard = replace(
        twin,
        constituencies=tuple(
            replace(one, threshold=replace(one.threshold, low=99.0, mode=99.0, high=99.0))
            if one.id == TWICE
            else one
            for one in twin.constituencies
        ),
    )
    sizes = [[len(found) for found in Solved.of(one).winsets()] for one in (twin, hard)]
    assert sizes[0] != pytest.approx(sizes[1])
