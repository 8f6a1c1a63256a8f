"""A dated plan as iCalendar (RFC 5545): one all-day event a step."""

from __future__ import annotations

from datetime import date, timedelta

from winset.case.model import Case, Programme
from winset.tables import Table

_WIDEST = 74


def calendar(case: Case, plan: Table, programme: Programme) -> str:
    """Write the steps of a plan as events that start with their quarter and last one day.

    Examples
    --------
    Lines end with CR LF and are folded at 75 bytes, as calendars want it.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//winset//path//EN"]
    for row in plan.rows():
        day = date.fromisoformat(row["date"])
        gate = f" if {row['gate']}" if row["gate"] else ""
        lines += [
            "BEGIN:VEVENT",
            f"UID:{case.id}-{programme.id}-{row['rung']}-{row['quarter']}@winset",
            f"DTSTAMP:{case.as_of.replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(row['rung'] + ' ' + row['step'])}",
            f"DESCRIPTION:{_escaped(_said(row['quarter'], gate, row['share_end']))}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _said(quarter: int, gate: str, share: float) -> str:
    return f"Quarter {quarter}{gate}; in effect at the end in {share:.0%} of coded worlds."


def _escaped(text: str) -> str:
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that none is longer than 75 bytes, never within a letter."""
    parts, current, size = [], "", 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > _WIDEST:
            parts.append(current)
            current, size = " ", 1
        current += letter
        size += wide
    return "\r\n".join([*parts, current])
