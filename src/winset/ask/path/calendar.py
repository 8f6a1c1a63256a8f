"""A dated plan as iCalendar: one all-day event a step."""

from __future__ import annotations

from datetime import date

from winset.case.model import Case, Programme
from winset.ics import Event, document
from winset.tables import Table
from winset.words.programme import entry


def calendar(case: Case, plan: Table, programme: Programme) -> str:
    """Write the steps of a plan as events that start with their quarter and last one day."""
    events = []
    for row in plan.rows():
        day = date.fromisoformat(row["date"])
        gate = f" if {row['gate']}" if row["gate"] else ""
        events.append(
            Event(
                f"{case.id}-{programme.id}-{row['rung']}-{row['quarter']}@winset",
                day,
                day,
                f"{row['rung']} {row['step']}",
                entry(row["quarter"], gate, row["share_end"]),
            )
        )
    return document("path", date.fromisoformat(case.as_of), events)
