"""Tables for reading in a terminal: fewer columns than those of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.ask.reach import Reach
    from winset.ask.track import Track
    from winset.tables import Table

LEGEND = (
    "Of 100 worlds: open, some package that all accept holds the rung; alone, it is accepted with "
    "all else as today;\ndeepest, the deepest package holds it. Open rungs may not fit together."
)


def ladder(answer: Reach) -> Table:
    """Return the rungs of an answer in the order of the ladder, with shares of 100 worlds."""
    from winset.tables import Column, Schema
    from winset.words.phrases import of_hundred

    schema = Schema(
        "ladder",
        "How open is each rung?",
        (
            Column("rung", "text", "", "Rung, as MEASURE.LEVEL."),
            Column("step", "text", "", "Its short label."),
            Column("today", "text", "", "Whether it is in place today."),
            Column("open", "text", "", "Of 100 worlds, those in which some package holds it."),
            Column("alone", "text", "", "Of 100 worlds, those in which it is accepted alone."),
            Column("deepest", "text", "", "Of 100 worlds, those whose deepest package holds it."),
            Column("most in the way", "text", "", "Limit that most often must give."),
        ),
    )
    n = answer.run.worlds
    return schema.from_rows(
        (
            row["rung"],
            answer.case.rung[row["rung"]].words.label,
            "today" if row["status_quo"] else "",
            of_hundred(row["share_open"], n),
            of_hundred(row["share_alone"], n),
            of_hundred(row["share_in_deepest"], n),
            row["reason"],
        )
        for row in answer.table("rungs").rows()
    )


def loop(answer: Track) -> Table:
    """Return where each measure stands, with the stages it came through and their days."""
    from winset.case.model import STAGES
    from winset.tables import Column, Schema

    schema = Schema(
        "loop",
        "Where does each measure stand in the loop?",
        (
            Column("measure", "text", "", "Measure."),
            Column("rung", "text", "", "Rung of which the log speaks, or which is in place."),
            Column("step", "text", "", "Its short label."),
            Column("stage", "text", "", "Where it stands."),
            Column("way", "text", "", "Stages it came through, with the day of the last time."),
        ),
    )
    rows = []
    for row in answer.table("stages").rows():
        days = sorted((row[one], place) for place, one in enumerate(STAGES) if row[one])
        way = ", ".join(f"{STAGES[place]} {day}" for day, place in days)
        who = f" ({row['by']})" if row["by"] else ""
        rows.append((row["measure"], row["rung"], row["label"], row["stage"], f"{way}{who}"))
    return schema.from_rows(rows)
