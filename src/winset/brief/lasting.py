"""How long steps last: small multiples of shares still in place, over the elections of a case."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from winset.brief.canvas import ENDS, Canvas, Marks, write
from winset.words.brief import figures as wording

if TYPE_CHECKING:
    import altair as alt

_INK, _GREY, _LINE, _BAND, _GRID = "#1c2733", "#56616e", "#aab4bf", "#e3e8ee", "#dfe4ea"
_HIGH, _TITLE, _FOOT, _LEFT, _GAP, _RIGHT = 78, 22, 30, 30, 22, 10
_AFTER = 6
"""Quarters shown after the last election."""
_LOWEST = 25
"""Share below which a line is named above it."""
_ASIDE = 7
_NEAR = 30
"""Pixels below which two votes share a name and the year of the first."""


@dataclass(frozen=True, slots=True)
class LastingPoint:
    """How often one step of a package still stands from a quarter on."""

    panel: str
    """Field of policy, or the whole."""
    label: str
    quarter: int
    year: str
    mark: str
    """Who votes; empty on the first day."""
    share: float
    """Of 100 worlds; ``low`` and ``high`` are the ends of its interval."""
    low: float
    high: float


def lasting(rows: tuple[LastingPoint, ...], width: int) -> alt.LayerChart:
    """Chart one panel a field of policy: a line for each step, the one that lasts worst in ink.

    Lines fall at elections only.  The grey band is the interval of the line in ink; dotted lines
    are the days on which a winner takes office, the small names who voted.
    """
    panels = [*dict.fromkeys(row.panel for row in rows)]
    columns = 2 if width > 500 and len(panels) > 1 else 1
    room = (width - columns * _LEFT - (columns - 1) * _GAP - _RIGHT) / columns
    across, down = _LEFT + room + _GAP, _TITLE + _HIGH + _FOOT
    last = max((row.quarter for row in rows), default=1) + _AFTER
    drawn: dict[str, Marks] = {name: [] for name in ("grid", "vote", "band", "line", "text")}
    for place, panel in enumerate(panels):
        left = (place % columns) * across + _LEFT
        top = (place // columns) * down + _TITLE
        own = [row for row in rows if row.panel == panel]
        _panel(drawn, own, left, top, room / last, room)
    height = down * -(-len(panels) // columns)
    canvas = Canvas(drawn, width, height, _STYLES)
    return canvas.chart(
        [
            canvas.marks(drawn["grid"]).mark_rule(color=_GRID).encode(**ENDS),
            canvas.marks(drawn["band"]).mark_rect(color=_BAND).encode(**ENDS),
            canvas.marks(drawn["vote"])
            .mark_rule(color=_GREY, strokeDash=[2, 3], opacity=0.6)
            .encode(**ENDS),
            *(
                canvas.marks(drawn["line"])
                .transform_filter(f"datum.worst == {str(worst).lower()}")
                .mark_rule(color=color, strokeWidth=stroke)
                .encode(**ENDS)
                for worst, color, stroke in ((False, _LINE, 1.2), (True, _INK, 2))
            ),
        ]
    )


_STYLES: dict[str, dict[str, Any]] = {
    "title": {"align": "left", "fontSize": 13, "fontWeight": 600, "color": _INK},
    "axis": {"align": "right", "fontSize": 11, "color": _GREY},
    "vote": {"align": "center", "fontSize": 9.5, "color": _GREY},
    "worst": {"align": "right", "fontSize": 11.5, "fontWeight": 600, "color": _INK},
}


def _panel(
    drawn: dict[str, Marks],
    rows: list[LastingPoint],
    left: float,
    top: float,
    step: float,
    room: float,
) -> None:
    """Add the marks of one panel, in pixels."""

    def high(share: float) -> float:
        return top + _HIGH * (1.0 - share / 100.0)

    write(drawn, "title", left, top - 8, rows[0].panel)
    for share in (0, 50, 100):
        drawn["grid"].append({"x": left, "x2": left + room, "y": high(share), "y2": high(share)})
        write(drawn, "axis", left - 6, high(share) + 4, f"{share}")
    lines: dict[str, list[LastingPoint]] = {}
    for row in rows:
        lines.setdefault(row.label, []).append(row)
    worst = min(lines, key=lambda label: lines[label][-1].share)
    for label, points in lines.items():
        stops = [*(row.quarter for row in points[1:]), room / step]
        for row, stop in zip(points, stops, strict=True):
            x, x2 = left + step * row.quarter, left + step * stop
            level = high(row.share)
            drawn["line"].append(
                {"x": x, "x2": x2, "y": level, "y2": level, "worst": label == worst}
            )
            if label == worst:
                drawn["band"].append({"x": x, "x2": x2, "y": high(row.low), "y2": high(row.high)})
        for before, row in pairwise(points):
            x = left + step * row.quarter
            drawn["line"].append(
                {
                    "x": x,
                    "x2": x,
                    "y": high(before.share),
                    "y2": high(row.share),
                    "worst": label == worst,
                }
            )
    end = lines[worst][-1]
    over = end.low < _LOWEST
    at = high(end.high) - 5 if over else high(end.low) + 13
    write(drawn, "worst", left + room - 2, at, f"{worst} {round(end.share)}".strip())
    groups: list[list[tuple[float, LastingPoint]]] = []
    for row in lines[worst]:
        x = left + step * row.quarter
        if row.mark:
            drawn["vote"].append({"x": x, "x2": x, "y": top, "y2": top + _HIGH})
            if groups and x - groups[-1][-1][0] < _NEAR:
                groups[-1].append((x, row))
            else:
                groups.append([(x, row)])
    for group in groups:
        middle = group[0][0] - _ASIDE * (len(group) - 1)
        names = " ".join(row.mark for _, row in group)
        write(drawn, "vote", middle, top + _HIGH + 13, f"{names} {wording.year(group[0][1].year)}")
