"""Which days a month leaves free for an exercise, and which windows take them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from winset.exercise.calendar.regime import Drill, Form, Regime, Window

ONE = timedelta(days=1)


def first_clear(month: date, days: int, spans: Sequence[tuple[date, date]]) -> date | None:
    """Return the first day of a month from which so many days are clear, or None.

    Parameters
    ----------
    month
        First day of the month.
    days
        Days without a break, all within the month.
    spans
        First and last days that are taken.

    Examples
    --------
    >>> first_clear(date(2022, 8, 1), 10, [(date(2022, 8, 12), date(2022, 8, 18))])
    datetime.date(2022, 8, 1)
    >>> first_clear(date(2022, 8, 1), 14, [(date(2022, 8, 12), date(2022, 8, 18))]) is None
    True
    """
    day, run = month, 0
    while day.month == month.month:
        run = 0 if any(first <= day <= last for first, last in spans) else run + 1
        if run == days:
            return day - (days - 1) * ONE
        day += ONE
    return None


def blocking(
    regime: Regime, windows: Sequence[Window], drill: Drill, form: Form, place: str, month: int
) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of fixed windows that together leave no room in a month."""
    start = regime.first_day(month)
    following = regime.first_day(month + 1)
    near = [
        window
        for window in windows
        if window.touches(drill, form, place)
        and any(first < following and last >= start for first, last in window.spans)
    ]
    found: list[tuple[str, ...]] = []
    for size in range(1, len(near) + 1):
        for some in combinations(near, size):
            names = tuple(window.id for window in some)
            if any(set(smaller) <= set(names) for smaller in found):
                continue
            spans = [span for window in some for span in window.spans]
            if first_clear(start, drill.days, spans) is None:
                found.append(names)
    return tuple(found)


def held_from(regime: Regime, drill: Drill, form: Form, place: str, month: int) -> date:
    """Return the day on which a run begins: the first clear one, or the first of the month."""
    spans = [
        span
        for window in regime.windows
        if window.touches(drill, form, place)
        for span in window.spans
    ]
    start = regime.first_day(month)
    return first_clear(start, drill.days, spans) or start
