"""Which single assumption would change a finding: figure 10, from an answer to ``sense``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief import values
from winset.brief.document import (
    Axis,
    Block,
    Bullets,
    Heading,
    Mark,
    Paragraph,
    TraceNote,
    Track,
    TrackRow,
    Tracks,
)
from winset.brief.facts import Facts
from winset.brief.runs import Basis, Link, Number, Runs, Text
from winset.brief.sections import common
from winset.words import phrases as words
from winset.words.brief import assumptions as wording
from winset.words.brief.values import BASES, name_of
from winset.words.sense import ABOUT_NULLS

QUESTION = "sense"
SHARES = ("lead", "beyond", "blocker")
"""Findings whose number is a share; the others are depths in percent."""
_INPUTS = 5

Row = Mapping[str, Any]


def blocks(facts: Facts) -> list[Block]:
    """Figure 10 and what the answer says of firmness; nothing where it was not asked."""
    swings = _swings(facts)
    sentences = [
        sentence
        for other in facts.others
        if other.question == QUESTION
        for sentence in other.sentences
    ]
    found: list[Block] = []
    if swings:
        found += [Heading(wording.SINGLE), figure(facts)]
    if sentences:
        told = tuple((Text(sentence),) for sentence in sentences)
        about = Paragraph((Text(ABOUT_NULLS),)) if facts.rows("nulls", QUESTION) else None
        found += [Heading(wording.CODING), *([about] if about else [])]
        found.append(Bullets(told, "rests-told"))
    return found


def flip_id(finding: str, address: str) -> str:
    """Trace of a finding with one value moved to both ends of its range."""
    return f"r.sense.{finding}.{common.safe(address.replace('/', '.'))}"


def _swings(facts: Facts) -> dict[str, list[Row]]:
    """Pick the most influential inputs of each finding, widest swing first."""
    found: dict[str, list[Row]] = {}
    for row in facts.rows("flips_single", QUESTION):
        if row["low"] is not None and row["high"] is not None:
            found.setdefault(row["finding"], []).append(row)
    return {
        finding: sorted(rows, key=lambda row: -abs(row["high"] - row["low"]))[:_INPUTS]
        for finding, rows in found.items()
    }


def _percent(finding: str, number: float) -> float:
    return 100.0 * number if finding in SHARES else number


def figure(facts: Facts) -> Tracks:
    """Figure 10: each finding at the low and the high end of its most influential inputs."""
    rows = []
    for finding, found in _swings(facts).items():
        for place, row in enumerate(found):
            opens = _subject(facts, finding) if place == 0 else ""
            rows.append(_row(facts, finding, row, opens))
    ticks = tuple((float(place), str(place)) for place in (0, 25, 50, 75, 100))
    return Tracks(
        "fig-flips",
        wording.flips_title(_told(facts)),
        wording.READS,
        wording.HEAD,
        (Axis(wording.AXIS, ticks),),
        tuple(rows),
        common.foot(facts),
    )


def _subject(facts: Facts, finding: str) -> str:
    label = wording.FINDINGS.get(finding, finding)
    for row in facts.rows("findings", QUESTION):
        if row["finding"] == finding and str(row["value"]) in facts.case.rung:
            return f"{label}: {facts.case.rung[str(row['value'])].words.phrase}"
        if row["finding"] == finding and str(row["value"]) in facts.case.constituency:
            return f"{label}: {facts.case.constituency[str(row['value'])].words.phrase}"
    return label


def _name(facts: Facts, address: str) -> str:
    if address in facts.case.values:
        return words.capital(name_of(facts.case, address))
    choice = facts.case.choices.get(address)
    return choice.question or address if choice is not None else address


def _row(facts: Facts, finding: str, row: Row, opens: str) -> TrackRow:
    low, high = _percent(finding, row["low"]), _percent(finding, row["high"])
    said: list[Text | Number] = [Number(wording.span(low, high), flip_id(finding, row["address"]))]
    if row["flips"]:
        said.append(Text(wording.REVERSES))
    marks = [Mark("bar", low, high), Mark("tick", low)]
    if finding in SHARES:
        marks.append(Mark("line", 50.0))
    head = [*_basis(row), Text(_name(facts, row["address"]))]
    return TrackRow(tuple(head), (Track(tuple(marks), tuple(said)),), opens)


def _basis(row: Row) -> Runs:
    return (Basis(row["basis"]), Text(" ")) if row["basis"] in BASES else ()


def _told(facts: Facts) -> list[wording.Swing]:
    return [
        wording.Swing(
            wording.FINDINGS.get(finding, finding),
            _name(facts, row["address"]),
            _percent(finding, row["low"]),
            _percent(finding, row["high"]),
            bool(row["flips"]),
        )
        for finding, rows in _swings(facts).items()
        for row in rows
    ]


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Each finding with each value at its ends."""
    found = []
    for finding, rows in _swings(facts).items():
        for row in rows:
            address = row["address"]
            where: Runs = (Text(_name(facts, address)),)
            if address in facts.case.values:
                where = (Link(_name(facts, address), values.value_id(address)),)
            low, high = _percent(finding, row["low"]), _percent(finding, row["high"])
            counted = (Text(wording.at_ends(low, high)),)
            title = (Text(f"{wording.FINDINGS.get(finding, finding)}: {_name(facts, address)}"),)
            note = TraceNote(
                flip_id(finding, address), title, counted, (("", wording.LINE, where),)
            )
            found.append(note)
    return tuple(found)
