"""One issue on a line: who wants what, where rules settle it, and where challenges wander."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from winset.words.brief import figures as wording

if TYPE_CHECKING:
    import altair as alt

_INK, _BAR, _DOT, _GRID, _GREY = "#1c2733", "#c3cad3", "#153f68", "#dfe4ea", "#56616e"
_WIDTH, _STEP = 460, 22
_FONT = "Inter, system-ui, sans-serif"


def chart(answer: Any) -> alt.VConcatChart:
    """Draw an answer about one issue, for a notebook or a file.

    Above, each actor at the position it wants, the dot as large as its weight, a bar where the
    position is uncertain; in the middle each rule, the dot with every number in the middle of its
    range, the bar over the middle half of the worlds; below, the median after each round of
    challenges.
    """
    import altair as alt  # heavy

    scale = alt.Scale(domain=_line(answer), nice=False)
    x = alt.X("at:Q", title=None, scale=scale)
    parts = [
        _panel(_actors(answer), x, wording.actors_want(len(answer.actors.actors)), sized=True),
        _panel(_solutions(answer), x, wording.SETTLES, sized=False),
        _rounds(answer, x),
    ]
    drawn: alt.VConcatChart = (
        alt.vconcat(*parts, spacing=14)
        .configure_view(stroke=None)
        .configure(font=_FONT, background="#ffffff")
        .configure_axis(gridColor=_GRID, domain=False, ticks=False, labelColor=_GREY)
        .configure_title(anchor="start", frame="group", fontSize=13, color=_INK)
    )
    return drawn


def svg(answer: Any) -> str:
    """Return the drawing as one SVG document."""
    import vl_convert  # heavy

    made: str = vl_convert.vegalite_to_svg(json.dumps(chart(answer).to_dict(), sort_keys=True))
    return made


def _line(answer: Any) -> list[float]:
    ends = [end for one in answer.actors.actors for end in (one.position.low, one.position.high)]
    margin = 0.03 * (max(ends) - min(ends))
    return [min(ends) - margin, max(ends) + margin]


def _actors(answer: Any) -> list[dict[str, Any]]:
    weight = {row["actor"]: row["weight"] for row in answer.table("actors").rows()}
    rows = [
        {
            "label": one.name,
            "at": one.position.mode,
            "low": one.position.low,
            "high": one.position.high,
            "size": weight[one.name],
        }
        for one in answer.actors.actors
    ]
    return sorted(rows, key=lambda row: float(row["at"]))


def _solutions(answer: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": wording.SOLUTIONS[row["solution"]],
            "at": row["middle"],
            "low": row["at_p25"],
            "high": row["at_p75"],
            "text": f"{row['middle']:.2f}",
        }
        for row in answer.table("solutions").rows()
    ]


def _panel(rows: list[dict[str, Any]], x: Any, title: str, *, sized: bool) -> Any:
    import altair as alt  # heavy

    base = alt.Chart(
        alt.InlineData(values=rows),
        title=title,
        width=_WIDTH,
        height=_STEP * len(rows),
    ).encode(
        y=alt.Y("label:N", sort=[row["label"] for row in rows], title=None).axis(
            labelLimit=160, labelColor=_INK, labelFontSize=12
        )
    )
    bar = base.mark_bar(height=8, color=_BAR).encode(
        x=alt.X("low:Q", title=None, scale=x["scale"]), x2="high:Q"
    )
    dot = base.mark_point(filled=True, color=_DOT, opacity=0.9, size=90).encode(x=x)
    if sized:
        dot = dot.encode(size=alt.Size("size:Q", legend=None).scale(range=[20, 420]))
        return alt.layer(bar, dot)
    text = base.mark_text(align="left", dx=9, fontSize=12, fontWeight=600, color=_INK)
    return alt.layer(bar, dot, text.encode(x=x, text="text:N"))


def _rounds(answer: Any, x: Any) -> Any:
    import altair as alt  # heavy

    rows = [{"at": row["middle"], "round": row["round"]} for row in answer.table("rounds").rows()]
    y = alt.Y("round:Q", title=wording.ROUND).scale(domain=[len(rows) - 1, 0], nice=False)
    base = alt.Chart(
        alt.InlineData(values=rows),
        title=wording.ROUNDS,
        width=_WIDTH,
        height=max(60, 9 * len(rows)),
    ).encode(x=x, y=y.axis(values=[*range(0, len(rows), 5)]), order="round:Q")
    return alt.layer(
        base.mark_line(color=_BAR, strokeWidth=2),
        base.mark_point(filled=True, color=_DOT, size=30, opacity=1),
    )
