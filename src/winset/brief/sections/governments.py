"""What each government gets: figure 6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.ask import words
from winset.brief.document import Axis, Mark, Paragraph, Section, TraceNote, Track, TrackRow, Tracks
from winset.brief.facts import Facts
from winset.brief.runs import Number, Runs, Text, say
from winset.brief.sections import common
from winset.brief.titles import Gain, gains_heading, gains_title
from winset.brief.words import of_100

_LOW, _HIGH = -150.0, 150.0
"""Ends of the axis in percent; what lies beyond is drawn at the end."""

Row = Mapping[str, Any]


def section(facts: Facts) -> Section | None:
    """Show what each side gains; nothing where no package was weighed."""
    told = gains(facts)
    if not told:
        return None
    text = (
        "Gain over today as each executive weighs the whole: gains count at the rate at which they "
        "pay for losses. Percent of the best that executive gets in the middle world from any row "
        "here; sides are never added up or compared in points."
    )
    heading = gains_heading(told, _put_forward(facts))
    return Section("governments", heading, (Paragraph((Text(text),)), figure(facts)))


def gain_id(package: str, party: str) -> str:
    """Trace of what a party gains from a package."""
    return f"r.reach.gains.{common.safe(package)}.{common.safe(party)}"


def _put_forward(facts: Facts) -> str:
    return facts.balanced.name if facts.balanced is not None else ""


def gains(facts: Facts) -> list[Gain]:
    """Middle worlds by package and party, where a percent is defined."""
    return [
        Gain(
            _package(facts, row["package"]), _party(facts, row["party"]), float(row["percent_p50"])
        )
        for row in facts.rows("gains")
        if row["percent_p50"] is not None
    ]


def _package(facts: Facts, name: str) -> str:
    return next((item.words.phrase for item in facts.case.programmes if item.id == name), name)


def _party(facts: Facts, name: str) -> str:
    return facts.case.party[name].words.phrase


def figure(facts: Facts) -> Tracks:
    """Figure 6: packages from the surest to the boldest, then programmes by date; a lane a party."""
    held: dict[str, dict[str, Row]] = {}
    for row in facts.rows("gains"):
        held.setdefault(row["package"], {})[row["party"]] = row
    rows = [_row(facts, name, found) for name, found in held.items()]
    ticks = tuple((_place(value), f"{value:.0f}".replace("-", "−")) for value in (-100, 0, 100))
    axes = tuple(
        Axis(f"{party.words.name}, percent of its best", ticks) for party in facts.case.parties
    )
    return Tracks(
        "fig-governments",
        gains_title(gains(facts)),
        "Shape: middle world. Grey bar: middle half of worlds. Dashed line: today.",
        "Package",
        axes,
        tuple(rows),
        common.foot(facts),
    )


def _place(percent: float) -> float:
    return 100.0 * (min(max(percent, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)


def _row(facts: Facts, name: str, found: Mapping[str, Row]) -> TrackRow:
    cells = []
    for place, party in enumerate(facts.case.parties):
        row = found.get(party.id)
        shape = common.SHAPES[place % len(common.SHAPES)]
        cells.append(_cell(name, row, shape) if row else Track((), (Text("not weighed"),)))
    return TrackRow((Text(words.capital(_package(facts, name))),), tuple(cells))


def _cell(name: str, row: Row, shape: str) -> Track:
    if row["percent_p50"] is None:
        return Track((), (Text("no gain to compare with"),))
    low, middle, high = (float(row[f"percent_p{part}"]) for part in (25, 50, 75))
    said = say(
        "{middle} ({low} to {high})",
        middle=Number(_signed(middle), gain_id(name, row["party"])),
        low=_signed(low),
        high=_signed(high),
    )
    marks = (
        Mark("line", _place(0.0)),
        Mark("bar", _place(low), _place(high)),
        Mark(shape, _place(middle)),
    )
    return Track(marks, said)


def _signed(value: float) -> str:
    return f"{round(value)}".replace("-", "−")


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Gain in points, and how often a party is worse off than today."""
    found = []
    for row in facts.rows("gains"):
        title = f"{words.capital(_package(facts, row['package']))}: gain of {_party(facts, row['party'])}"
        points = [words.points(float(row[f"p{part}"])) for part in (50, 25, 75)]
        counted: Runs = (
            Text(
                f"{points[0]} points over today in the middle world ({points[1]} to {points[2]} in "
                f"the middle half), worse off than today in {of_100(row['worse'], row['worlds'])}, "
                f"over the first {row['worlds']:,} worlds."
            ),
        )
        found.append(TraceNote(gain_id(row["package"], row["party"]), (Text(title),), counted, ()))
    return tuple(found)
