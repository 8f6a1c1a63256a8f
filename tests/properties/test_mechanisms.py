"""P14: what is off leaves no trace; an offset of one is a plain sum; more offset accepts more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import event, given

from tests.properties.tools import Solved, examples, shown, without_changes
from winset.case.model import Case, Mechanisms
from winset.oracle.restate import Restatement
from winset.testing import cases
from winset.testing.parts import number

Change = Callable[[Case], Case]


def setting(**chosen: str) -> Change:
    return lambda case: replace(case, settings={**case.settings, **chosen})


def parameter(name: str, value: float) -> Change:
    def change(case: Case) -> Case:
        return replace(
            case,
            parameters=tuple(
                replace(one, value=number(f"parameters/{name}", value)) if one.id == name else one
                for one in case.parameters
            ),
        )

    return change


def mechanism(**parts: object) -> Change:
    return lambda case: replace(case, mechanisms=replace(case.mechanisms, **parts))


def lever_at(option: str) -> Change:
    return lambda case: replace(
        case,
        levers=tuple(
            replace(one, default=option) if one.id == "profile" else one for one in case.levers
        ),
    )


def no_hosts(case: Case) -> Case:
    return replace(
        case, constituencies=tuple(replace(one, hosts=()) for one in case.constituencies)
    )


def no_rules(kind: str) -> Change:
    return lambda case: replace(case, rules=tuple(rule for rule in case.rules if rule.kind != kind))


def flag_down(case: Case) -> Case:
    return replace(case, flags={**case.flags, "law": False})


def both(*changes: Change) -> Change:
    def change(case: Case) -> Case:
        for one in changes:
            case = one(case)
        return case

    return change


OFF: dict[str, tuple[Change, Change]] = {
    "scope": (setting(scope="off"), mechanism(scope=None)),
    "ceiling": (
        both(setting(ceiling="off"), mechanism(easings=())),
        both(setting(ceiling="level"), mechanism(easings=(), ceilings=())),
    ),
    "saturation": (
        setting(saturation="off"),
        both(setting(saturation="on"), parameter("saturation", 0.0)),
    ),
    "lobby": (parameter("lobby_shift", 0.0), no_hosts),
    "amplifier": (parameter("boost", 0.0), mechanism(amplifiers=())),
    "linkage": (
        parameter("linkage_value", 0.0),
        lambda case: replace(case, linkages=()),
    ),
    "learning": (parameter("rate", 0.0), mechanism(learnings=())),
    "easing": (parameter("remains", 1.0), mechanism(easings=())),
    "enabling": (both(flag_down, parameter("cut", 0.5)), both(flag_down, mechanism(enablings=()))),
    "cut": (parameter("cut", 0.0), mechanism(enablings=())),
    "quiet": (lever_at("normal"), both(lever_at("normal"), mechanism(quiet=()))),
    "help": (parameter("soft_price", 0.0), no_rules("helps")),
    "red line": (setting(red_lines="off"), both(setting(red_lines="off"), no_rules("refuses"))),
    "price": (
        both(setting(ceiling="price"), parameter("ceiling_price", 0.0), mechanism(easings=())),
        both(setting(ceiling="off"), mechanism(easings=())),
    ),
}


def slacks(solved: Solved) -> list[dict[object, int]]:
    """Return the slack of every row that is on, by its name, at every hundredth package."""
    found = []
    for plain in solved.plains:
        for levels in list(plain.packages())[::100]:
            violated = plain.violations(levels)
            found.append(
                {
                    name: plain.slack(row, levels, violated)
                    for row, name in enumerate(solved.compiled.names.rows)
                    if plain.row_on[row] and name.kind in {"floor", "package"} and not name.source
                }
            )
    return found


@pytest.mark.parametrize("what", OFF)
def test_what_is_off_leaves_no_trace(what):
    off, absent = OFF[what]

    @examples(12)
    @given(cases(packages=300))
    def holds(case):
        case = without_changes(shown(case))
        with_it_off, without_it = Solved.of(off(case)), Solved.of(absent(case))
        assert slacks(with_it_off) == slacks(without_it)
        assert with_it_off.winsets() == without_it.winsets()
        event("a trace where it is on" if slacks(Solved.of(case)) != slacks(without_it) else "none")

    holds()


def offsets(value: float) -> Change:
    return both(parameter("offset_executive", value), parameter("offset_ratifier", value))


@examples(25)
@given(cases(packages=200))
def test_with_an_offset_of_one_the_whole_is_a_plain_sum(case):
    case = without_changes(shown(case))
    case = both(offsets(1.0), setting(saturation="off"), no_rules("helps"))(case)
    case = replace(case, linkages=(), mechanisms=replace(case.mechanisms, ceilings=(), easings=()))
    solved = Solved.of(case, 1)
    restated = Restatement(case, solved.worlds, 0)
    plain = solved.plains[0]
    for levels in list(plain.packages())[::20]:
        package = dict(solved.named(levels))
        for row, name in enumerate(solved.compiled.names.rows):
            if name.kind != "package" or not plain.row_on[row]:
                continue
            who = name.constituency
            total = -restated.world.threshold(who) + sum(
                restated.value.item(who, measure, package[measure])
                + sum(restated.value.deltas(who, measure, package[measure], package))
                for measure in restated.counted(who)
            )
            slack = Fraction(plain.slack(row, levels, plain.violations(levels)), 10**12)
            assert abs(slack - total) < Fraction(60, 10**6)


@examples(25)
@given(cases(packages=300))
def test_the_more_gains_count_the_more_is_accepted(case):
    """Without pairs of measures that work on one step, whose parts are weighed one by one."""
    case = replace(without_changes(shown(case)), mechanisms=Mechanisms())
    case = setting(saturation="off", ceiling="off")(case)
    steps = [Solved.of(offsets(value)(case)).winsets() for value in (0.0, 0.25, 1.0)]
    for less, more in pairwise(steps):
        for small, big in zip(less, more, strict=True):
            assert small <= big
            event("wider" if small < big else "the same")
