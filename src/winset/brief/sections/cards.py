"""What each government would read first about itself: a short card, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import Block, DataTable, Heading, Paragraph
from winset.brief.facts import Facts, PackageFact, RungFact
from winset.brief.runs import Text, say
from winset.brief.sections import common
from winset.case.model import Constituency, Party
from winset.words.brief import cards as wording
from winset.words.brief.shared import of_100
from winset.words.brief.stops import ROLES

Row = Mapping[str, Any]
_MOST_NAMED = 3
_AT_HOME = [*ROLES][:2]
"""Roles of those who refuse at home: they must agree, or can only complain."""
_TELLING = 0.05
"""Shares of worlds and points below this are not told."""


def cards(facts: Facts) -> list[Block]:
    """Build one column a government; nothing where no package was weighed."""
    package = facts.balanced
    sides = _sides(facts)
    if package is None or not facts.rows("criteria") or not sides:
        return []
    lines = (
        (wording.PROPOSES, _proposes),
        (wording.PAYS, _pays),
        (wording.RISES, _rises),
        (wording.FALLS, _falls),
        (wording.SCEPTIC, _sceptic),
        (wording.STOPPED, _stopped),
    )
    rows = tuple(
        ((Text(title),), *((Text(tell(facts, package, side, who)),) for side, who in sides))
        for title, tell in lines
    )
    reading = say(wording.READING)
    table = DataTable(
        "table-cards",
        wording.caption(package.name),
        (wording.HEAD, *(side.words.name for side, _ in sides)),
        rows,
        wordy=True,
    )
    return [Heading(wording.TITLE), Paragraph(reading), table]


def _sides(facts: Facts) -> list[tuple[Party, Constituency]]:
    """Each party with its executive, if its gains were weighed."""
    weighed = {row["who"] for row in facts.rows("gains")}
    return [
        (party, who)
        for party in facts.case.parties
        for who in facts.case.constituencies
        if who.party == party.id and who.id in weighed
    ]


def _listed(items: list[str], none: str) -> str:
    return wording.listed(items, _MOST_NAMED) if items else none


def _proposes(facts: Facts, package: PackageFact, _: Party, who: Constituency) -> str:
    """Rungs of its own proposal above those of the package, the deepest first."""
    above = [
        facts.rung[row["rung"]]
        for row in facts.rows("proposers")
        if row["who"] == who.id
        and row["rung"] in facts.rung
        and row["level"] > package.levels.get(row["measure"], 0)
    ]
    ordered = sorted(above, key=lambda fact: -fact.gain)
    return _listed([fact.rung.words.phrase for fact in ordered], wording.SAME_PACKAGE)


def _pays(facts: Facts, package: PackageFact, side: Party, _: Constituency) -> str:
    """Rungs of the package that somebody of this government gives most for."""
    mine = sorted(
        (
            row
            for row in facts.rows("gives")
            if row["package"] == package.name
            and facts.case.constituency[row["least"]].party == side.id
            and row["least_gain"] <= -_TELLING
        ),
        key=lambda row: float(row["least_gain"]),
    )
    told = [
        wording.paid(
            facts.rung[row["rung"]].rung.words.phrase,
            _who(facts, row["least"]),
            _points(row["least_gain"]),
        )
        for row in mine
    ]
    return _listed(told, wording.NO_COST)


def _rises(facts: Facts, package: PackageFact, _: Party, who: Constituency) -> str:
    return _criteria(facts, package, who, sign=1.0)


def _falls(facts: Facts, package: PackageFact, _: Party, who: Constituency) -> str:
    return _criteria(facts, package, who, sign=-1.0)


def _criteria(facts: Facts, package: PackageFact, who: Constituency, *, sign: float) -> str:
    """Criteria that rise, or fall, most in the middle world."""
    mine = sorted(
        (
            row
            for row in facts.rows("criteria")
            if row["package"] == package.name
            and row["who"] == who.id
            and sign * row["part_p50"] >= _TELLING
        ),
        key=lambda row: -sign * float(row["part_p50"]),
    )
    told = [
        f"{facts.case.criterion[row['criterion']].words.phrase} {_points(row['part_p50'])}"
        for row in mine
    ]
    return _listed(told, wording.NOTHING)


def _sceptic(facts: Facts, package: PackageFact, side: Party, who: Constituency) -> str:
    """Whoever at home refuses a step of the package in most worlds, the executive aside."""
    taken = {f"{measure}.{level}" for measure, level in package.levels.items()}
    spared = {item.id for item in facts.unpriced}
    mine = [
        row
        for row in facts.rows("consents")
        if row["rung"] in taken
        and row["role"] in _AT_HOME
        and row["who"] in facts.case.constituency
        and facts.case.constituency[row["who"]].party == side.id
        and row["who"] not in {who.id, *spared}
        and (row["refusing"] or 0.0) >= _TELLING
    ]
    if not mine:
        return wording.NO_SCEPTIC
    top = max(mine, key=lambda row: float(row["refusing"]))
    return wording.sceptic(
        _who(facts, top["who"]),
        facts.rung[top["rung"]].rung.words.phrase,
        of_100(top["refusing"], top["worlds"]),
        ROLES[top["role"]],
    )


def _stopped(facts: Facts, _: PackageFact, side: Party, who: Constituency) -> str:
    """Name the step at the edge its executive gains most from and another government stops."""
    margins = {
        row["rung"]: float(row["margin_p50"])
        for row in facts.rows("consents")
        if row["who"] == who.id and row["margin_p50"] is not None
    }
    found: list[tuple[float, RungFact, str, str]] = []
    for fact in facts.edge:
        limit = common.main_limit(facts, fact.rung.id)
        if limit is None or not common.is_person(facts, limit):
            continue
        other = facts.case.constituency[limit.who]
        if other.party != side.id and margins.get(fact.rung.id, 0.0) > 0.0:
            share = of_100(facts.stop_share(limit), facts.worlds)
            found.append((margins[fact.rung.id], fact, _who(facts, limit.who), share))
    if not found:
        return wording.NOT_STOPPED
    _most, best, holder, share = max(found, key=lambda one: one[0])
    return wording.stopped(best.rung.words.phrase, holder, share)


def _who(facts: Facts, name: str) -> str:
    return facts.case.constituency[name].words.phrase


def _points(value: float) -> str:
    return f"{value:+.1f}".replace("-", "\u2212")
