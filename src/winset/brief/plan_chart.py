"""A programme as lanes over its quarters: asked for, agreed, in effect, lost again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from winset.brief.canvas import ENDS, Canvas, Marks, write
from winset.brief.points import PlanBar
from winset.words.brief import path as wording

if TYPE_CHECKING:
    import altair as alt

_INK, _BAR, _GREY, _GRID = "#1c2733", "#c3cad3", "#56616e", "#dfe4ea"
_ROW, _HEAD, _FOOT, _LABEL, _SHARE, _LEFT = 26, 74, 14, 330, 120, 10
_YEAR = 4
"""Quarters between two lines."""


def plan_chart(
    rows: Sequence[PlanBar], title: str, dates: Sequence[str], width: int = 1000
) -> alt.LayerChart:
    """Chart one lane a step: tick asked for, bar agreed, ring in effect, cross lost.

    Parameters
    ----------
    rows
        Steps in their order.
    title
        Whose programme it is.
    dates
        First day of each quarter.
    width
        Pixels.
    """
    drawn: dict[str, Marks] = {
        name: [] for name in ("grid", "bar", "tick", "ring", "cross", "text")
    }
    height = _HEAD + _ROW * len(rows) + _FOOT
    room = width - _LABEL - _SHARE

    def place(quarter: float) -> float:
        return _LABEL + room * (quarter - 1) / max(1, len(dates) - 1)

    write(drawn, "title", _LEFT, 22, title)
    write(drawn, "head", _LEFT, 42, wording.PLAN_MARKS)
    write(drawn, "head", width - _SHARE + 16, _HEAD - 10, wording.PLAN_STANDS)
    for quarter in range(1, len(dates) + 1, _YEAR if len(dates) <= 48 else 2 * _YEAR):
        x = place(quarter)
        drawn["grid"].append({"x": x, "x2": x, "y": _HEAD - 4, "y2": height - _FOOT})
        write(drawn, "axis", x, _HEAD - 10, dates[quarter - 1][:7])
    for lane, row in enumerate(rows):
        y = _HEAD + _ROW * lane + _ROW / 2
        write(drawn, "label", _LEFT, y + 4, row.label)
        write(drawn, "share", width - _SHARE + 16, y + 4, wording.of_100(row.stands))
        if row.agreed:
            low, high = map(place, row.agreed)
            drawn["bar"].append({"x": low, "x2": max(high, low + 3), "y": y - 5, "y2": y + 5})
        drawn["tick"].append(
            {"x": place(row.asked), "x2": place(row.asked), "y": y - 9, "y2": y + 9}
        )
        for name, when in (("ring", row.effect), ("cross", row.lost)):
            if when:
                drawn[name].append({"x": place(when), "y": y})
    canvas = Canvas(drawn, width, height, _STYLES)
    return canvas.chart(
        [
            canvas.marks(drawn["grid"]).mark_rule(color=_GRID).encode(**ENDS),
            canvas.marks(drawn["bar"]).mark_rect(color=_BAR).encode(**ENDS),
            canvas.marks(drawn["tick"]).mark_rule(color=_INK, strokeWidth=3).encode(**ENDS),
            canvas.marks(drawn["ring"]).mark_point(
                shape="circle", size=90, fill="#ffffff", stroke=_INK, strokeWidth=2, opacity=1
            ),
            canvas.marks(drawn["cross"]).mark_point(
                shape="cross", angle=45, size=90, filled=True, color=_INK, opacity=1
            ),
        ]
    )


_STYLES: dict[str, dict[str, Any]] = {
    "title": {"align": "left", "fontSize": 15, "fontWeight": 600, "color": _INK},
    "head": {"align": "left", "fontSize": 11, "color": _GREY},
    "axis": {"align": "center", "fontSize": 11, "color": _GREY},
    "label": {"align": "left", "fontSize": 12, "color": _INK, "limit": _LABEL - 80},
    "share": {"align": "left", "fontSize": 12, "color": _INK},
}
