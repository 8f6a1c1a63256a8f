"""In which worlds a programme leads, breaks or stays shallow: the ranges of each box, drawn."""

from __future__ import annotations

from typing import Any

from winset.ask.weigh.box_words import ends, own_ranges, question
from winset.ask.words import capital, of_hundred
from winset.brief.document import Axis, Mark, Track, TrackRow, Tracks
from winset.brief.facts import Asked, Facts
from winset.brief.runs import Link, Text
from winset.brief.values import name_of

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
        opens = (
            f"{question(facts.case, said, row)}: in {shares[0]} of 100 worlds, in the box "
            f"{shares[1]} of 100; it covers {shares[2]} of 100"
        )
        for one in own_ranges(answer.tables, row):
            name = Text(capital(name_of(facts.case, one["address"])))
            rows.append(TrackRow((name,), (_track(one),), opens))
            opens = ""
    return Tracks(
        "fig-boxes",
        f"For {len(found)} of {asked} questions a few ranges tell in which worlds",
        "Bar: the range in which such worlds are frequent, on the axis from the lowest to the "
        "highest value drawn. All ranges of a box hold together. Found in one half of the worlds; "
        "the shares are from the other half, in which a box must be denser than chance would show. "
        "Last: resamples whose box restricts the same number; where few do, do not lean on it.",
        "Number",
        (Axis("range of the box"),),
        tuple(rows),
        (
            Text(f"Model result; {answer.run.worlds:,} worlds. "),
            Link("How it is counted", "method"),
        ),
    )


def _track(one: Row) -> Track:
    low, high = one["lowest"], one["highest"]

    def place(value: float | None, otherwise: float) -> float:
        return otherwise if value is None else 100.0 * (value - low) / (high - low)

    bar = Mark("bar", place(one["at_least"], 0.0), place(one["at_most"], 100.0))
    return Track((bar,), (Text(f"{ends(one)}; {100 * one['again']:.0f} of 100 resamples"),))
