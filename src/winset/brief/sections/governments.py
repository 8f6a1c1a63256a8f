"""What each government gets: figure 6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import (
    Axis,
    Block,
    Bullets,
    Fold,
    Mark,
    Paragraph,
    Section,
    TraceNote,
    Track,
    TrackRow,
    Tracks,
)
from winset.brief.facts import Facts
from winset.brief.runs import Number, Runs, Text, say
from winset.brief.sections import common
from winset.brief.sections.cards import cards
from winset.case.model import Named
from winset.words import phrases as words
from winset.words.brief import governments as wording
from winset.words.brief.shared import of_100

_LOW, _HIGH = -50.0, 150.0
"""Ends of the axis in percent; what lies beyond is drawn at the end."""

_ALIKE = 0.05
"""Points below which two gains read alike."""

Row = Mapping[str, Any]


def section(facts: Facts) -> Section | None:
    """Show what each side gains; nothing where no package was weighed."""
    told = gains(facts)
    if not told:
        return None
    worlds = facts.rows("gains")[0]["worlds"]
    text = wording.reading(worlds)
    balanced = facts.balanced
    heading = wording.gains_heading(told, balanced.name if balanced is not None else "")
    text += _alike(facts)
    found: list[Block] = [Paragraph((Text(text),)), figure(facts), *cards(facts), *_free(facts)]
    return Section("governments", heading, tuple(found))


def _alike(facts: Facts) -> str:
    """Say whose own proposal gives every side what the package put forward gives."""
    held, package = _held(facts), facts.balanced
    mine = held.get(package.name, {}) if package is not None else {}
    told = [
        _who(facts, who).phrase
        for who in mine
        if who in held and all(_same(held[who].get(side), row) for side, row in mine.items())
    ]
    if package is None or not told:
        return ""
    return wording.alike(package.name, told)


def _same(one: Row | None, other: Row) -> bool:
    return one is not None and abs(one["gain_p50"] - other["gain_p50"]) < _ALIKE


def gain_id(package: str, who: str) -> str:
    """Trace of what an executive gains from a package."""
    return f"r.reach.gains.{common.safe(package)}.{common.safe(who)}"


def _held(facts: Facts) -> dict[str, dict[str, Row]]:
    """Rows by package and executive, today left out."""
    held: dict[str, dict[str, Row]] = {}
    for row in facts.rows("gains"):
        if row["package"] != "today":
            held.setdefault(row["package"], {})[row["who"]] = row
    return held


def _best(facts: Facts) -> dict[str, float]:
    """Points of the middle gain of each executive from its own proposal."""
    return {
        row["who"]: 100.0 * row["gain_p50"] / row["of_best"]
        for row in facts.rows("gains")
        if row["of_best"]
    }


def gains(facts: Facts) -> list[wording.Gain]:
    """Middle worlds by package and executive, where a percent is defined."""
    return [
        wording.Gain(_package(facts, name), _who(facts, who).phrase, float(row["of_best"]))
        for name, found in _held(facts).items()
        for who, row in found.items()
        if row["of_best"] is not None
    ]


def _package(facts: Facts, name: str) -> str:
    if name in facts.case.constituency:
        return wording.proposal(_who(facts, name).phrase)
    return name


def _who(facts: Facts, name: str) -> Named:
    return facts.case.constituency[name].words


def figure(facts: Facts) -> Tracks:
    """Figure 6: the packages offered, then each side's own proposal; a lane an executive."""
    held = _held(facts)
    best = _best(facts)
    lanes = list(dict.fromkeys(who for found in held.values() for who in found))
    rows = [
        TrackRow(
            (Text(words.capital(_package(facts, name))),),
            tuple(_cell(facts, name, found.get(who), best) for who in lanes),
        )
        for name, found in held.items()
    ]
    ticks = tuple(
        (_place(value), f"{value:.0f}".replace("-", "−")) for value in (-50, 0, 50, 100, 150)
    )
    axes = tuple(Axis(wording.percent(_who(facts, who).name), ticks) for who in lanes)
    return Tracks(
        "fig-governments",
        wording.gains_title(gains(facts)),
        wording.READS,
        wording.HEAD,
        axes,
        tuple(rows),
        common.foot(facts),
    )


def _place(percent: float) -> float:
    return 100.0 * (min(max(percent, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)


def _cell(facts: Facts, name: str, row: Row | None, best: Mapping[str, float]) -> Track:
    if row is None or not best.get(row["who"]):
        return Track((), (Text(wording.NOT_WEIGHED),))
    low, middle, high = (
        100.0 * float(row[f"gain_p{part}"]) / best[row["who"]] for part in (25, 50, 75)
    )
    parties = [party.id for party in facts.case.parties]
    place = parties.index(facts.case.constituency[row["who"]].party)
    said = say(
        wording.GAINS,
        middle=Number(_signed(middle), gain_id(name, row["who"])),
        low=_signed(low),
        high=_signed(high),
    )
    marks = (
        Mark("line", _place(0.0)),
        Mark("bar", _place(low), _place(high)),
        Mark(common.SHAPES[place % len(common.SHAPES)], _place(middle)),
    )
    return Track(marks, said)


def _signed(value: float) -> str:
    return f"{round(value)}".replace("-", "−")


def _free(facts: Facts) -> list[Block]:
    """List what can be done with nobody's new consent."""
    items: list[Runs] = [
        (
            Text(f"{words.capital(facts.rung[row['rung']].rung.words.phrase)}: "),
            Number(of_100(row["share_alone"], facts.worlds), f"r.reach.{row['rung']}.alone"),
        )
        for row in facts.rows("free")
        if row["rung"] in facts.rung and facts.rung[row["rung"]].beyond
    ]
    if not items:
        return []
    return [Fold((Text(wording.free(len(items))),), (Bullets(tuple(items)),), "free")]


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Gain in points, and how often the package is accepted."""
    found = []
    for name, held in _held(facts).items():
        for who, row in held.items():
            title = wording.gain_of(_package(facts, name), _who(facts, who).phrase)
            low, middle, high = (float(row[f"gain_p{part}"]) for part in (25, 50, 75))
            share = of_100(row["share"], row["worlds"])
            counted = wording.in_points(low, middle, high, share, row["worlds"])
            note = TraceNote(gain_id(name, who), (Text(title),), (Text(counted),), ())
            found.append(note)
    return tuple(found)
