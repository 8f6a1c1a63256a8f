"""The random cases hold everything a case can hold, and many of them are decided by one unit."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

from tests.properties.tools import Solved
from winset.case import model
from winset.case.condition import walk
from winset.problem import SETTINGS
from winset.testing import cases

ATOMS = (
    model.RungAtLeast,
    model.Consents,
    model.Supports,
    model.Compare,
    model.Flag,
    model.Venue,
    model.Happened,
    model.Held,
    model.Not,
    model.AtLeast,
)
MECHANISMS = ("scope", "ceilings", "easings", "learnings", "enablings", "quiet", "amplifiers")


def features(case: model.Case):
    for rule in case.rules:
        yield rule.kind
        for part in walk(rule.condition) if rule.condition else ():
            yield type(part)
    for member in case.constituencies:
        yield member.kind
        yield "hosts" if member.hosts else "no hosts"
        yield "durability" if member.durability else "no durability"
    for party in case.parties:
        if isinstance(party.accepts, model.AtLeast):
            yield "or" if 0 < party.accepts.count < len(party.accepts.items) else "and"
    for name in MECHANISMS:
        yield name if getattr(case.mechanisms, name) else f"no {name}"
    for name, value in case.settings.items():
        yield name, value
    for stance in case.stances:
        yield "stance", stance.use, "." in stance.target
    for linkage in case.linkages:
        yield "linkage", bool(linkage.who)
    for choice in case.choices.values():
        yield choice.kind
    yield "uncertain" if any(not value.exact for value in case.values.values()) else "certain"


def test_random_cases_hold_everything_and_are_often_decided_by_one_unit():
    seen: Counter[object] = Counter()

    @settings(
        max_examples=250,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(packages=100))
    def look(case):
        seen.update(set(features(case)))
        seen["cases"] += 1
        solved = Solved.of(case, 1)
        plain = solved.plains[0]
        winset = plain.winset()
        if 1 < len(winset) < len(list(plain.packages())):
            seen["divided"] += 1
        seen["tight"] += any(
            plain.row_on[row]
            and any(plain.entries[row])
            and abs(plain.slack(row, levels, plain.violations(levels)))
            <= int(solved.compiled.names.row_scale[row])
            and not plain.asleep(row, levels)
            and any(levels[m] != plain.quo[m] for m, _ in plain.entries[row])
            and solved.compiled.names.rows[row].kind == "package"
            for levels in winset
            for row in range(len(plain.owner))
        )

    look()
    wanted: set[object] = {*ATOMS, *MECHANISMS, *(f"no {name}" for name in MECHANISMS)}
    wanted |= {(name, form) for name, forms in SETTINGS.items() for form in forms}
    wanted |= {"needs", "helps", "excludes", "refuses", "or", "and", "hosts", "durability"}
    wanted |= {"executive", "implementer", "majority", "conditional", "soft", "lobby", "amplifier"}
    wanted |= {("stance", use, rung) for use in ("override", "evidence") for rung in (True, False)}
    wanted |= {("linkage", True), ("linkage", False), "switch", "lever", "leader"}
    wanted |= {"uncertain", "certain"}
    assert [one for one in wanted if seen[one] < 3] == []
    assert seen["tight"] > seen["cases"] / 8
    assert seen["divided"] > seen["cases"] / 4
