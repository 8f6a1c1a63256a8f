"""Days and quarters."""

from __future__ import annotations

from datetime import date
from math import isnan


def quarters_after(start: str, day: str) -> int:
    """Whole quarters between the day a case stands at and another day.

    Examples
    --------
    >>> quarters_after("2022-08-01", "2025-01-20")
    9
    """
    first, then = date.fromisoformat(start), date.fromisoformat(day)
    months = 12 * (then.year - first.year) + then.month - first.month - (then.day < first.day)
    return months // 3


def quarter_start(start: str, quarter: float) -> str:
    """First day of a quarter counted from 1 at the day a case stands at; empty for no quarter.

    Examples
    --------
    >>> quarter_start("2022-08-01", 3)
    '2023-02-01'
    """
    if isnan(quarter):
        return ""
    first = date.fromisoformat(start)
    months = first.month - 1 + 3 * (int(quarter) - 1)
    return date(first.year + months // 12, months % 12 + 1, 1).isoformat()
