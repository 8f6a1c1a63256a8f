"""How wide a step each side bears: figure 7."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import Axis, Mark, Paragraph, Section, TraceNote, Track, TrackRow, Tracks
from winset.brief.facts import Facts
from winset.brief.runs import Number, Runs, Text, say
from winset.brief.sections import common
from winset.words import phrases as words
from winset.words.brief import scope as wording
from winset.words.brief.shared import ALL, of_100

_LEVELS = (1, 2, 3, 4)
_ALL = "all"

Row = Mapping[str, Any]


def section(facts: Facts) -> Section | None:
    """Scope; nothing where the case has none."""
    rows = bearings(facts)
    if not rows:
        return None
    named = facts.case.mechanisms.scope.levels if facts.case.mechanisms.scope else ()
    text = wording.reading(named)
    return Section("scope", wording.scope_heading(rows), (Paragraph((Text(text),)), figure(facts)))


def bearings(facts: Facts) -> list[wording.Bearing]:
    """In how many worlds all bear each scope."""
    return [
        wording.Bearing(
            row["variant"],
            int(row["scope"]),
            row["share"],
            int(row["worlds"]),
            name_of(facts, int(row["scope"])),
        )
        for row in facts.rows("scope")
        if row["party"] == _ALL
    ]


def name_of(facts: Facts, level: int) -> str:
    """Name what a scope reaches in the words of the case; empty where it has none."""
    scope = facts.case.mechanisms.scope
    return scope.levels[level - 1] if scope is not None and level <= len(scope.levels) else ""


def scope_id(party: str, variant: str) -> str:
    """Trace of what a party, or all, bear."""
    return f"r.reach.scope.{party}.{variant}"


def figure(facts: Facts) -> Tracks:
    """Figure 7: a band for each party, then what all have in common."""
    first: dict[tuple[str, str], Row] = {}
    for row in facts.rows("scope"):
        first.setdefault((row["party"], row["variant"]), row)
    rows = [
        _party(party.words.name, common.SHAPES[place % len(common.SHAPES)], first[party.id, "none"])
        for place, party in enumerate(facts.case.parties)
        if (party.id, "none") in first
    ]
    rows += [
        _common(label, first[_ALL, variant])
        for variant, label in wording.VARIANTS.items()
        if (_ALL, variant) in first
    ]
    ticks = tuple((_place(level), str(level)) for level in _LEVELS)
    return Tracks(
        "fig-scope",
        wording.scope_title(bearings(facts)),
        wording.READS,
        wording.HEAD,
        (Axis(wording.AXIS, ticks),),
        tuple(rows),
        common.foot(facts),
    )


def _place(level: float) -> float:
    """Place of a scope level on the axis, which runs from a half to four and a half."""
    return max(0.0, min(100.0, 25.0 * (level - 0.5)))


def _party(name: str, shape: str, row: Row) -> TrackRow:
    low, ideal, high = (float(row[f"{part}_p50"]) for part in ("lower", "ideal", "upper"))
    said = say(
        wording.BEARS if high < _LEVELS[-1] else wording.BEARS_ALL,
        ideal=f"{ideal:.1f}",
        high=Number(
            f"{high:.1f}" if high < _LEVELS[-1] else wording.EVERY,
            scope_id(row["party"], row["variant"]),
        ),
    )
    marks = (Mark("bar", _place(low), _place(high)), Mark(shape, _place(ideal)))
    return TrackRow((Text(name),), (Track(marks, said),))


def _common(label: str, row: Row) -> TrackRow:
    low, high = float(row["lower_p50"]), float(row["upper_p50"])
    shared = words.count_phrase(row["overlap"], int(row["worlds"]))
    said = say(
        wording.IN_COMMON,
        share=Number(shared, scope_id(row["party"], row["variant"])),
    )
    marks = (Mark("core", _place(low), _place(high)),) if low < high else ()
    return TrackRow((Text(label),), (Track(marks, said),))


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Say what each party, and all, bear at each scope."""
    held: dict[tuple[str, str], list[Row]] = {}
    for row in facts.rows("scope"):
        held.setdefault((row["party"], row["variant"]), []).append(row)
    found = []
    for (party, variant), rows in held.items():
        name = facts.case.party[party].words.name if party in facts.case.party else ALL
        lines: list[tuple[str, str, Runs]] = [
            (
                "",
                wording.level_name(row["scope"]),
                (Text(wording.borne(of_100(row["share"], row["worlds"]))),),
            )
            for row in rows
        ]
        title = (Text(wording.trace_title(name, variant)),)
        counted = (Text(wording.counted(rows[0]["worlds"])),)
        found.append(TraceNote(scope_id(party, variant), title, counted, tuple(lines)))
    return tuple(found)
