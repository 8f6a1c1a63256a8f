"""In which worlds a programme leads, breaks or stays shallow: the ranges of each box, drawn."""

from __future__ import annotations

from typing import Any

from winset.brief.document import Axis, Mark, Track, TrackRow, Tracks
from winset.brief.facts import Asked, Facts
from winset.brief.runs import Link, Text
from winset.words.boxes import ends, own_ranges, question
from winset.words.brief import boxes as wording
from winset.words.brief import shared
from winset.words.brief.values import name_of
from winset.words.phrases import capital, of_hundred

Row = dict[str, Any]


def figure(facts: Facts, answer: Asked) -> Tracks | None:
    """Draw each range of each box within the range drawn; nothing where no box was found."""
    found = [row for row in answer.tables["boxes"].rows() if row["box"] == "found"]
    if not found:
        return None
    said = {one.id: one.words.phrase for one in facts.case.programmes}
    asked = len(answer.tables["boxes"])
    held = answer.run.worlds - answer.run.worlds // 2
    rows = []
    for row in found:
        shares = [of_hundred(row[name], held) for name in ("base_rate", "density", "coverage")]
        opens = wording.opens(question(facts.case, said, row), *shares)
        for one in own_ranges(answer.tables, row):
            name = Text(capital(name_of(facts.case, one["address"])))
            rows.append(TrackRow((name,), (_track(one),), opens))
            opens = ""
    return Tracks(
        "fig-boxes",
        wording.title(len(found), asked),
        wording.READS,
        wording.HEAD,
        (Axis(wording.AXIS),),
        tuple(rows),
        (
            Text(shared.foot("", answer.run.worlds)),
            Link(shared.METHOD, "method"),
        ),
    )


def _track(one: Row) -> Track:
    low, high = one["lowest"], one["highest"]

    def place(value: float | None, otherwise: float) -> float:
        return otherwise if value is None else 100.0 * (value - low) / (high - low)

    bar = Mark("bar", place(one["at_least"], 0.0), place(one["at_most"], 100.0))
    return Track((bar,), (Text(wording.again(ends(one), one["again"])),))
