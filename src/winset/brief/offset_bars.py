"""What turns a refusal: points that the payer loses, and in how many worlds the verdict turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.brief.canvas import ENDS, Canvas, Marks, write
from winset.words.brief import figures as wording

if TYPE_CHECKING:
    import altair as alt

_INK, _BAR, _GREY, _GRID, _MOVE = "#1c2733", "#c3cad3", "#56616e", "#dfe4ea", "#b35309"
_ROW, _HEAD, _GAP, _RIGHT = 30, 34, 26, 34


@dataclass(frozen=True, slots=True)
class OffsetBar:
    """What added to a refused rung turns the verdict, how often, and what the payer loses."""

    label: str
    payer: str
    """Party of who pays, with its shape; empty where nobody does."""
    shape: str
    share: float
    low: float
    paid: float
    """Points in the middle world; ``high`` is the upper quarter, ``low`` the lower."""
    high: float


def offset_bars(rows: tuple[OffsetBar, ...], width: int) -> alt.LayerChart:
    """Chart two panels that share rows: left what is paid, right how often the verdict turns.

    The bar is the middle half of what the payer loses, the tick its middle world, the shape who
    pays; the arrow goes from never to the share of worlds in which the verdict turns.
    """
    import altair as alt  # heavy

    wide = width > 500
    label = 190 if wide else 0
    high = _ROW if wide else _ROW + 18
    room = (width - label - _GAP - _RIGHT) / 2
    most = max((row.high for row in rows if row.payer), default=0.0) or 1.0
    drawn: dict[str, Marks] = {
        name: [] for name in ("grid", "bar", "tick", "move", "shape", "text")
    }
    right = label + room + _GAP
    height = _HEAD + high * len(rows) + 8

    write(drawn, "head", label, 12, wording.PAYER_LOSES)
    write(drawn, "head", right, 12, wording.TURNED)
    for share in (0, 50, 100):
        x = right + room * share / 100
        drawn["grid"].append({"x": x, "x2": x, "y": _HEAD - 4, "y2": height})
        write(drawn, "axis", x, 27, f"{share}")
    for place, row in enumerate(rows):
        y = _HEAD + high * place + high - _ROW / 2
        write(drawn, "label", 0, y + 4 if wide else y - 16, row.label)
        if row.payer:
            scale = (room - 46) / most
            low, high_end = label + scale * row.low, label + scale * row.high
            drawn["bar"].append({"x": low, "x2": high_end, "y": y - 5, "y2": y + 5})
            drawn["tick"].append(
                {
                    "x": label + scale * row.paid,
                    "x2": label + scale * row.paid,
                    "y": y - 8,
                    "y2": y + 8,
                }
            )
            at = high_end + 12
            drawn["shape"].append({"x": at, "y": y, "shape": row.shape})
            write(drawn, "small", at + 8, y + 4, row.payer)
        else:
            write(drawn, "small", label, y + 4, wording.NOBODY_PAYS)
        x = right + room * row.share / 100
        drawn["move"].append({"x": right, "x2": x, "y": y, "y2": y})
        write(drawn, "value", x + 8, y + 4, f"{round(row.share)}")
    canvas = Canvas(drawn, width, height, _STYLES)
    heads = [{**one, "x": one["x2"]} for one in drawn["move"]]
    return canvas.chart(
        [
            canvas.marks(drawn["grid"]).mark_rule(color=_GRID).encode(**ENDS),
            canvas.marks(drawn["bar"]).mark_rect(color=_BAR).encode(**ENDS),
            canvas.marks(drawn["tick"]).mark_rule(color=_INK, strokeWidth=3).encode(**ENDS),
            canvas.marks(drawn["move"]).mark_rule(color=_MOVE, strokeWidth=2).encode(**ENDS),
            canvas.marks(heads).mark_point(
                shape="triangle-right", filled=True, size=60, color=_MOVE, opacity=1
            ),
            canvas.marks(drawn["shape"])
            .mark_point(filled=True, size=60, color=_GREY, opacity=1)
            .encode(shape=alt.Shape("shape:N", scale=None)),
        ]
    )


_STYLES: dict[str, dict[str, Any]] = {
    "head": {"align": "left", "fontSize": 11, "color": _GREY},
    "axis": {"align": "center", "fontSize": 11, "color": _GREY},
    "label": {"align": "left", "fontSize": 13, "color": _INK, "limit": 184},
    "small": {"align": "left", "fontSize": 11, "color": _GREY},
    "value": {"align": "left", "fontSize": 13, "fontWeight": 600, "color": _INK},
}
