"""All-day events as iCalendar (RFC 5545), for calendars of any kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_WIDEST = 74


@dataclass(frozen=True, slots=True)
class Event:
    """Something that fills whole days.

    Attributes
    ----------
    uid
        What no other event has; the same event keeps it.
    first, last
        First and last day.
    """

    uid: str
    first: date
    last: date
    summary: str
    says: str
    place: str = ""


def document(product: str, stamp: date, events: Iterable[Event]) -> str:
    r"""Write events as one calendar.

    Lines end with CR LF and are folded at 75 bytes, never within a letter, as calendars want it.

    Parameters
    ----------
    product
        What wrote it.
    stamp
        Day it stands at; no clock is read, so that the same events give the same bytes.
    events
        The events.

    Examples
    --------
    >>> one = Event("a@winset", date(2022, 11, 1), date(2022, 11, 3), "Drill, small", "")
    >>> [line for line in document("demo", date(2022, 8, 1), [one]).split("\r\n") if "DT" in line]
    ['DTSTAMP:20220801T000000Z', 'DTSTART;VALUE=DATE:20221101', 'DTEND;VALUE=DATE:20221104']
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//winset//{product}//EN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(event.summary)}",
            *([f"DESCRIPTION:{_escaped(event.says)}"] if event.says else []),
            *([f"LOCATION:{_escaped(event.place)}"] if event.place else []),
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


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
