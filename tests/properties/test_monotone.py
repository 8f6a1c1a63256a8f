"""P6: another limit never opens a package, lifting one never closes any."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from tests.properties.tools import Solved, examples, shown, without_changes
from winset import engine
from winset.case.model import AtLeast, Case, Rule, RungAtLeast
from winset.oracle.brute import Plain
from winset.testing import cases


def smaller(more: Case, less: Case) -> None:
    """Hold that the first case accepts nothing that the second does not."""
    wide, narrow = Solved.of(less), Solved.of(more)
    for big, small in zip(wide.winsets(), narrow.winsets(), strict=True):
        assert small <= big
        event("closes something" if small < big else "closes nothing")


def rule(case: Case, kind, rung: str, condition) -> Rule:
    return Rule(
        "R99", kind, (), (rung,), condition, "", ("reach",), "", "", "A", (), "", case.parties[0].at
    )


@examples(30)
@given(cases(packages=300), st.data())
def test_another_rule_never_opens_a_package(case, data):
    rung = data.draw(st.sampled_from(sorted(case.rung)))
    other = case.rung[data.draw(st.sampled_from(sorted(case.rung)))]
    kind = data.draw(st.sampled_from(["needs", "helps", "excludes", "refuses"]))
    if other.measure == case.rung[rung].measure:
        kind = "refuses"
    condition = None if kind == "refuses" else RungAtLeast(other.measure, other.level)
    shown(case)
    smaller(replace(case, rules=(*case.rules, rule(case, kind, rung, condition))), case)


@examples(30)
@given(cases(packages=300), st.data())
def test_a_higher_threshold_never_opens_a_package(case, data):
    case = replace(case, mechanisms=replace(case.mechanisms, ceilings=(), easings=()))
    who = data.draw(st.sampled_from(case.constituencies))
    value = who.threshold
    raised = replace(value, low=value.low + 0.5, mode=value.mode + 0.5, high=value.high + 0.5)
    harder = tuple(
        replace(one, threshold=raised) if one is who else one for one in case.constituencies
    )
    smaller(replace(case, constituencies=harder), shown(case))


@examples(30)
@given(cases(packages=300), st.data())
def test_a_veto_more_never_opens_a_package(case, data):
    party = data.draw(st.sampled_from(case.parties))
    if not isinstance(party.accepts, AtLeast) or party.accepts.count == 0:
        event("one voice")
        return
    count = len(party.accepts.items)
    strict = replace(party, accepts=AtLeast(count, party.accepts.items))
    parties = tuple(strict if one is party else one for one in case.parties)
    smaller(replace(case, parties=parties), shown(case))


@examples(20)
@given(cases(packages=300), st.data())
def test_asking_for_more_rungs_never_opens_a_package(case, data):
    """Linkages count for those asked on both sides, so that they are left out here."""
    case = replace(without_changes(case), linkages=())
    majorities = [one for one in case.constituencies if one.kind == "majority"]
    if not majorities:
        event("no majority")
        return
    who = data.draw(st.sampled_from(majorities))
    asked = replace(who, asked_for=frozenset(case.rung))
    members = tuple(asked if one is who else one for one in case.constituencies)
    smaller(replace(case, constituencies=members), shown(case))


@examples(30)
@given(cases(packages=300), st.data())
def test_waiving_never_closes_a_package(case, data):
    solved = Solved.of(shown(case))
    problem = solved.compiled.problem
    owner = data.draw(st.integers(0, len(case.constituencies) - 1))
    rows = len(solved.compiled.names.rows)
    clauses = len(solved.compiled.names.clauses)
    row = data.draw(st.sampled_from([None, *range(rows)]))
    clause = data.draw(st.sampled_from([None, *range(clauses)]))
    waived = [
        engine.without(problem, owners=(owner,)),
        engine.without(problem, rows=None if row is None else [row]),
        engine.without(problem, clauses=None if clause is None else [clause]),
    ]
    for lighter in waived:
        for world, plain in enumerate(solved.plains):
            before, after = set(plain.winset()), set(Plain(lighter, world).winset())
            assert before <= after
            event("opens something" if before < after else "opens nothing")
