"""A calendar as a few narrow columns for the terminal."""

from __future__ import annotations

from winset.exercise.calendar.answer import Calendar
from winset.tables import Column, Schema

_SHORT = Schema(
    "runs",
    "Which exercise is held when, and in which form?",
    (
        Column("begins", "text", "", "First day."),
        Column("ends", "text", "", "Last day."),
        Column("exercise", "text", "", "Its name."),
        Column("form", "text", "", "two-way, observers or three-way."),
        Column("rung", "text", "", "Rung whose consent it needs."),
        Column("planned", "float", "share", "Worlds in which it is carried out as planned."),
        Column("otherwise", "text", "", "Lesser form taken most often where it is not."),
    ),
)


def overview(answer: Calendar) -> str:
    """Return the runs, a line each."""
    rows = [
        (
            row["begins"],
            row["ends"],
            row["label"],
            row["form"],
            row["rung"],
            row["share_planned"],
            row["otherwise"],
        )
        for row in answer.table("runs").rows()
    ]
    return _SHORT.from_rows(rows).text()
