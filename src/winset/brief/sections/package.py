"""One package to act on: figure 3, the packages side by side, and one step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import (
    Block,
    Bullets,
    Columns,
    DataTable,
    Fold,
    Heading,
    Paragraph,
    Plot,
    Section,
)
from winset.brief.facts import Facts, PackageFact, RungFact
from winset.brief.points import CurvePoint
from winset.brief.runs import Number, Runs, Small, Text
from winset.brief.sections import common, first
from winset.words import phrases as words
from winset.words.brief import package as wording
from winset.words.brief.shared import NOBODY, of_100
from winset.words.holders import holder

_LEFT = 8
"""Ladders left as today that are listed; the table has all."""


def section(facts: Facts) -> Section:
    """Say what can be proposed, by how sure one wants to be."""
    told = offers(facts)
    found: list[Block] = []
    if any(offer.steps for offer in told):
        drawn = (figure(facts), Fold((Text(wording.FOLD),), (twin(facts),)))
        further = _further(facts)
        found = [Paragraph((Text(said(facts)),))]
        found += [Columns(drawn, tuple(further[:-1]))] if further else drawn
        found += [*_steps(facts), *further[-1:]]
    return Section("act", wording.offers_heading(told), tuple(found))


def said(facts: Facts) -> str:
    """Say how the packages were found and, where it was proven, how much deeper one could be."""
    rows = sorted(facts.rows("bounds"), key=lambda row: -row["certainty"])
    rows = [row for row in rows if row["found"] is not None]
    if not rows:
        return wording.FOUND
    levels, bounds, found = ([row[key] for row in rows] for key in ("certainty", "bound", "found"))
    return wording.bounded(levels, bounds, found, rows[0]["worlds"]) + _ignorance(facts)


def _ignorance(facts: Facts) -> str:
    """Say how much deeper each world's own deepest package is; nothing where it was not counted."""
    name = facts.balanced.name if facts.balanced is not None else ""
    rows = [row for row in facts.rows("ignorance") if row["package"] == name]
    return wording.ignorance(name, rows[0]["lost"]) if rows else ""


def offers(facts: Facts) -> list[wording.Offer]:
    """List what the headings say of each package, the surest first."""
    return [
        wording.Offer(found.name, found.certainty, len(first.new_steps(facts, found)), found.depth)
        for found in ordered(facts)
    ]


def ordered(facts: Facts) -> list[PackageFact]:
    """List the packages from the surest to the boldest."""
    return sorted(facts.packages, key=lambda found: -found.certainty)


def figure(facts: Facts) -> Plot:
    """Draw figure 3: how deep one package may go for how many worlds."""
    told = offers(facts)
    rings: dict[tuple[float, float], list[str]] = {}
    for found in ordered(facts):
        rings.setdefault((100 * found.share, found.depth), []).append(found.name)
    named = [
        CurvePoint(share, depth, wording.ring(names, depth))
        for (share, depth), names in rings.items()
    ]
    path = [CurvePoint(100 * stage.share, stage.depth) for stage in facts.stages]
    today = facts.packages[0].today if facts.packages else 0.0
    title = wording.certainty_title(told, today)
    return Plot(
        id="fig-certainty",
        title=title,
        reads=wording.READS,
        alt=wording.curve_alt(title, told),
        drawing="certainty",
        rows=(*path, *named),
        foot=common.foot(facts, "table-certainty"),
        twin=twin(facts),
    )


def twin(facts: Facts) -> DataTable:
    """Set the packages side by side: certainty, depth, steps, effort and time."""
    rows: list[tuple[Runs, ...]] = []
    for found in ordered(facts):
        taken = first.new_steps(facts, found)
        efforts = [fact.measure.effort.mode for fact in taken]
        lags = [fact.measure.lag.mode for fact in taken]
        share = words.of_hundred(found.share, facts.worlds)
        rows.append(
            (
                (Text(words.capital(found.name)),),
                (Text(f"{round(100 * found.certainty)}"),),
                (Number(share, first.package_id(found)),),
                (Text(f"{round(found.depth)}"),),
                (Text(f"{len(taken)}"),),
                (Text(f"{round(sum(efforts))}"),),
                (Text(f"{round(max(lags, default=0))}"),),
            )
        )
    return DataTable(
        "table-certainty",
        wording.CAPTION,
        wording.COLUMNS,
        tuple(rows),
        (False, True, True, True, True, True, True),
    )


def _steps(facts: Facts) -> list[Block]:
    balanced = facts.balanced
    taken = first.new_steps(facts, balanced) if balanced is not None else []
    if balanced is None or not taken:
        return []
    title = wording.steps_fold(balanced.name, len(taken))
    table = DataTable(
        "package",
        wording.steps_caption(balanced.certainty),
        wording.STEP_COLUMNS,
        tuple(_step(facts, fact, balanced) for fact in taken),
        (False, False, False, True, True),
        wordy=True,
    )
    note = Paragraph((Text(f"{wording.UNOPPOSED} {wording.LASTS}"),), "small")
    return [Fold((Text(title),), (note, table), "package-fold")]


def _further(facts: Facts) -> list[Block]:
    """Say what the balanced package leaves, and what one step more would cost it."""
    balanced = facts.balanced
    rows = [row for row in facts.rows("additions") if balanced and row["package"] == balanced.name]
    if balanced is None or not rows:
        return []
    rows.sort(key=lambda row: -row["share"])
    moved = {fact.measure.id for fact in first.new_steps(facts, balanced)}
    left = [row for row in rows if facts.rung[row["rung"]].measure.id not in moved]
    ladders = len(facts.case.measures)
    share = of_100(balanced.share, facts.worlds)
    start = wording.further(balanced.name, share, ladders - len(moved), ladders, rows[0]["worlds"])
    table = DataTable(
        "table-further",
        wording.further_caption(balanced.name, rows[0]["worlds"]),
        wording.FURTHER_COLUMNS,
        tuple(_more(_added(facts, row), row) for row in rows),
        (False, True, True, False),
        wordy=True,
    )
    found: list[Block] = [
        Heading(wording.FURTHER),
        Paragraph((Text(start),)),
    ]
    if left:
        items = tuple(
            (Text(wording.still(_added(facts, row))), Small(f" {row['rung']}"))
            for row in left[:_LEFT]
        )
        found.append(Bullets(items))
    return [*found, Fold((Text(wording.further_fold(len(rows))),), (table,))]


def _added(facts: Facts, row: Mapping[str, Any]) -> wording.More:
    who = holder(facts.case, row["limit"], row["who"]) if row["who"] else ""
    return wording.More(facts.rung[row["rung"]].rung.words.phrase, row["share"], who, row["worlds"])


def _more(one: wording.More, row: Mapping[str, Any]) -> tuple[Runs, ...]:
    return (
        (Text(words.capital(one.phrase)), Small(f" {row['rung']}")),
        (Text(words.of_hundred(row["share"], row["worlds"])),),
        (Text(words.of_hundred(row["lost"], row["worlds"])),),
        (Text(words.capital(one.who) if one.who else NOBODY),),
    )


def _step(facts: Facts, fact: RungFact, balanced: PackageFact) -> tuple[Runs, ...]:
    today = {rung.level: rung.words.label for rung in fact.measure.rungs}
    level = balanced.levels[fact.measure.id]
    alone = words.of_hundred(fact.alone, facts.worlds)
    share = words.of_hundred(fact.share, facts.worlds)
    return (
        (Text(words.capital(fact.rung.words.name)), Small(f" {fact.rung.id}")),
        (Text(wording.rung_of(level, len(fact.measure.rungs))),),
        (Text(today.get(fact.measure.status_quo, wording.NOTHING_YET)),),
        (Number(alone, f"r.reach.{fact.rung.id}.alone"),),
        (Number(share, common.open_id(fact.rung.id)),),
    )
