"""The programmes of the sources as they stand: figure 8, agreements and disputed questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import (
    Block,
    Bullets,
    Fold,
    Paragraph,
    Section,
    Strip,
    StripCell,
    Strips,
    TraceNote,
)
from winset.brief.facts import Facts
from winset.brief.runs import Link, Runs, Strong, Text
from winset.brief.sections import common
from winset.brief.values import author_of
from winset.case.model import Programme
from winset.words import phrases as words
from winset.words.brief import authors as wording
from winset.words.brief.shared import of_100
from winset.words.holders import holder

_HALF = 0.5
Row = Mapping[str, Any]


def section(facts: Facts) -> Section | None:
    """How far each programme could be carried; nothing where none is coded."""
    told = carried(facts)
    if not told:
        return None
    heading = wording.programmes_title([*told.values()])
    found = (Paragraph(_reading(facts)), figure(facts), *_agreements(facts))
    return Section("authors", heading, found)


def programme_id(programme: str, place: int | None = None) -> str:
    """Trace of a programme, or of one of its steps."""
    return f"r.reach.programme.{common.safe(programme)}" + (
        f".{place}" if place is not None else ""
    )


def _rows(facts: Facts) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in facts.rows("programmes"):
        found.setdefault(row["programme"], []).append(row)
    return found


def dated(facts: Facts) -> list[Programme]:
    """Programmes by the first full date their source names, never by how far they go."""
    dates = wording.dates(facts.case)
    return sorted(facts.case.programmes, key=lambda item: dates.get(item.source, ""))


def carried(facts: Facts) -> dict[str, wording.Carried]:
    """How far each programme goes, in the order of their dates."""
    rows = _rows(facts)
    found = {}
    for programme in dated(facts):
        steps = rows.get(programme.id, [])
        if not steps:
            continue
        stop = next((row for row in steps if row["share"] < _HALF), None)
        found[programme.id] = wording.Carried(
            programme.words.phrase,
            steps.index(stop) if stop else len(steps),
            len(steps),
            steps[-1]["share"],
            int(steps[-1]["worlds"]),
            facts.case.rung[stop["rung"]].words.phrase if stop else "",
            bool(stop and programme.steps[stop["place"]].when),
            _who(facts, stop) if stop else "",
        )
    return found


def _who(facts: Facts, row: Row) -> str:
    if not row["who"]:
        return ""
    return holder(facts.case, row["limit"], row["who"])


def _reading(facts: Facts) -> Runs:
    worlds = facts.rows("programmes")[0]["worlds"]
    return (Text(wording.reading(worlds)),)


def figure(facts: Facts) -> Strips:
    """Figure 8: one strip a programme, a break where it first falls below half of the worlds."""
    rows = _rows(facts)
    told = carried(facts)
    strips = [
        Strip(
            _sentence(told[programme.id], programme.id),
            wording.by(author_of(facts.case, programme.source), len(rows[programme.id])),
            _cells(facts, programme.id, rows[programme.id], told[programme.id]),
        )
        for programme in dated(facts)
        if programme.id in told
    ]
    return Strips(
        "fig-programmes",
        wording.stoppers_title([*told.values()]),
        wording.READS,
        tuple(strips),
        common.foot(facts),
    )


def _cells(
    facts: Facts, ident: str, rows: list[Row], told: wording.Carried
) -> tuple[StripCell, ...]:
    cells = []
    for place, row in enumerate(rows):
        rung = facts.case.rung[row["rung"]]
        band = words.band(row["share"])
        stop = told.who or wording.SEVERAL
        cells.append(
            StripCell(
                facts.case.measure[rung.measure].words.label,
                rung.words.label,
                f"{rung.id} {rung.words.name}",
                words.of_hundred(row["share"], int(row["worlds"])),
                band.index,
                band.word,
                programme_id(ident, place),
                wording.below_half(stop) if place == told.upto and told.stop else "",
            )
        )
    return tuple(cells)


def _sentence(row: wording.Carried, ident: str) -> Runs:
    marks = [(of_100(row.whole, row.worlds), programme_id(ident))]
    marks.append((words.count_phrase(row.whole, row.worlds), programme_id(ident)))
    name = words.capital(row.name)
    rest = wording.programme_sentence(row).removeprefix(name)
    return (Strong(name), *common.linked(rest, marks))


def _agreements(facts: Facts) -> list[Block]:
    """Where the sources agree, from the case's own list; where they differ stands elsewhere."""
    named = [(source.id, author_of(facts.case, source.id)) for source in facts.case.sources]
    items: list[Runs] = []
    for row in facts.case.disagreements:
        if row.get("relation") == "agree":
            sides = [(name, row[key]) for key, name in named if row.get(key)]
            items.append((Text(wording.agreement(row.get("issue", ""), sides)),))
    return [Fold((Text(wording.AGREE),), (Bullets(tuple(items)),))] if items else []


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Every step of every programme: together with those before it, and by itself."""
    found = []
    told = carried(facts)
    for ident, rows in _rows(facts).items():
        if ident not in told:
            continue
        lines = tuple(
            (
                programme_id(ident, place),
                wording.step_line(place + 1),
                (
                    Text(wording.up_to_here(facts.case.rung[row["rung"]].words.name)),
                    Text(of_100(row["share"], row["worlds"])),
                    Text(wording.by_itself(of_100(row["alone"], row["worlds"]))),
                    Link(row["rung"], common.open_id(row["rung"])),
                ),
            )
            for place, row in enumerate(rows)
        )
        title = (Text(words.capital(told[ident].name)),)
        counted = (Text(wording.counted(len(rows), rows[0]["worlds"])),)
        found.append(TraceNote(programme_id(ident), title, counted, lines))
    return tuple(found)
