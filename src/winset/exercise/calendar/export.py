"""A calendar of exercises in the form that calendars read."""

from __future__ import annotations

from datetime import date

from winset.exercise.calendar.answer import Calendar
from winset.ics import Event, document


def icalendar(answer: Calendar) -> str:
    """Write one all-day event a run, from its first to its last day."""
    regime = answer.regime
    return document(
        "exercise-plan",
        regime.start,
        [_event(regime.id, row) for row in answer.table("runs").rows()],
    )


def _event(regime: str, row: dict[str, object]) -> Event:
    begins, ends = (date.fromisoformat(str(row[key])) for key in ("begins", "ends"))
    told = [f"Planned form: {row['form']}."]
    if row["rung"]:
        told.append(f"Needs {row['rung']}.")
    if row["otherwise"]:
        told.append(f"Otherwise: {row['otherwise']}.")
    if row["upward"]:
        told.append(f"To move up: {row['upward']}.")
    return Event(
        f"{regime}-{row['exercise']}-{begins:%Y%m}@winset",
        begins,
        ends,
        f"{row['label']} ({row['form']})",
        " ".join(told),
        str(row["place"]),
    )
