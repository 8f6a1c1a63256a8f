"""Days and quarters."""

from __future__ import annotations

from datetime import date


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
