"""Figures in which position carries the value, drawn offline as static SVG in two widths."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from winset.brief.document import Plot
from winset.brief.lasting import lasting
from winset.brief.offset_bars import offset_bars
from winset.brief.points import CurvePoint, FanFlag, FanPoint, PacePoint, PaceTick, RoomRow
from winset.brief.runs import clean
from winset.errors import AskError, nearest
from winset.words.brief import figures as wording

if TYPE_CHECKING:
    import altair as alt

WIDTHS = {
    "room": (372, 336),
    "certainty": (640, 336),
    "lasting": (640, 336),
    "offsets": (640, 336),
    "pace": (640, 336),
    "fan": (640, 336),
}
"""Wide and narrow drawing of each figure, in pixels of the page."""
_OF_REACH = ("room", "certainty")
_INK, _BAR, _TICK, _DOT, _GRID, _GREY = (
    "#1c2733",
    "#c3cad3",
    "#4a5563",
    "#153f68",
    "#dfe4ea",
    "#56616e",
)
_FONT = "Inter, system-ui, sans-serif"
_AXIS: dict[str, Any] = {
    "domain": False,
    "ticks": False,
    "gridColor": _GRID,
    "labelFontSize": 12,
    "titleFontSize": 11,
    "titleFontWeight": "normal",
    "titleColor": _GREY,
    "labelColor": _GREY,
    "labelFlush": False,
}
_LABEL_ROOM, _VALUE_ROOM, _STEP, _AXIS_ROOM = 126, 36, 33, 40


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure in both widths."""

    wide: str
    narrow: str


def figure(answer: Any, name: str = "room") -> Any:
    """Draw a figure of an answer for a notebook or a file.

    Parameters
    ----------
    answer
        Answer to "how far can it go?" or "in which order, and how fast?".
    name
        Of ``reach``: ``room`` (depth by domain) or ``certainty`` (depth of one package by
        worlds). Of ``path``: ``plan`` (the dated steps as lanes), ``pace`` (the same programme
        slower and faster) or ``fan`` (depth by quarter).

    Raises
    ------
    AskError
        If there is no figure of that name.
    """
    from winset.brief.facts import from_reach
    from winset.brief.sections import first, package, path

    own = ("plan", "pace", "fan") if answer.question == "path" else _OF_REACH
    if name not in own:
        message = f"There is no figure {name!r} of {answer.question}; there are {', '.join(own)}."
        raise AskError(message, nearest=nearest(name, own))
    if name == "plan":
        return path.chart(answer.case, answer, answer.programme.words.name)
    if answer.question == "path":
        return _chart(path.plot(answer.case, answer, name), WIDTHS[name][0])
    facts = from_reach(answer.case, answer)
    plot = first.room(facts) if name == "room" else package.figure(facts)
    return _chart(plot, WIDTHS[name][0])


def draw(plot: Plot) -> Drawing:
    """Draw a figure in both widths.

    Raises
    ------
    KeyError
        If no drawing of that name exists.
    """
    wide, narrow = (_svg(_chart(plot, width)) for width in WIDTHS[plot.drawing])
    return Drawing(_own(wide, f"{plot.id}-w"), _own(narrow, f"{plot.id}-n"))


def chart(plot: Plot, width: int | None = None) -> Any:
    """Draw the figure of a block, by default as wide as on the page."""
    return _chart(plot, width or WIDTHS[plot.drawing][0])


def svg(drawing: Any) -> str:
    """Write a drawing as the text of a file of its own."""
    return _svg(drawing)


def _chart(plot: Plot, width: int) -> Any:
    charts: dict[str, Callable[[Any, int], Any]] = {
        "room": room,
        "certainty": certainty,
        "lasting": lasting,
        "offsets": offset_bars,
        "pace": pace,
        "fan": fan,
    }
    return charts[plot.drawing](plot.rows, width)


def room(rows: tuple[RoomRow, ...], width: int) -> alt.LayerChart:
    """Chart depth by domain: tick today, dot middle world, grey bar middle half of worlds."""
    import altair as alt

    data = alt.InlineData(
        values=[
            {
                "label": clean(row.label),
                "today": row.today,
                "low": row.low,
                "middle": row.middle,
                "high": row.high,
                "end": max(row.high, row.middle, row.today),
                "text": f"{round(row.middle)}",
            }
            for row in rows
        ]
    )
    order = [clean(row.label) for row in rows]
    y = alt.Y("label:N", sort=order, title=None).axis(
        domain=False,
        ticks=False,
        labelPadding=10,
        labelLimit=_LABEL_ROOM,
        labelFontSize=13,
        labelColor=_INK,
    )
    scale = alt.Scale(domain=[0, 100], nice=False, clamp=True)
    axis = alt.Axis(values=[0, 25, 50, 75, 100], **_AXIS)
    x_title = wording.ROOM_AXIS
    base = alt.Chart(data).encode(y=y)
    bar = base.mark_bar(height=11, color=_BAR).encode(
        x=alt.X("low:Q", scale=scale, axis=axis, title=x_title), x2="high:Q"
    )
    tick = base.mark_tick(color=_TICK, thickness=3, height=20).encode(x=alt.X("today:Q"))
    dot = base.mark_point(filled=True, size=100, color=_DOT, opacity=1).encode(x=alt.X("middle:Q"))
    value = base.mark_text(align="left", dx=10, fontSize=13, fontWeight=600, color=_INK).encode(
        x=alt.X("end:Q"), text="text:N"
    )
    return _framed(
        alt.layer(bar, tick, dot, value),
        width - _LABEL_ROOM - _VALUE_ROOM,
        _STEP * max(len(rows), 1),
        _LABEL_ROOM,
    )


_HEADROOM = 1.06
"""Room for the name of the deepest package above its ring."""


def certainty(rows: tuple[CurvePoint, ...], width: int) -> alt.LayerChart:
    """Chart depth of one package by the worlds that accept it: line of the search, rings offered."""
    import altair as alt

    path = [
        {"share": row.share, "depth": row.depth}
        for row in deepest_so_far(tuple(row for row in rows if not row.label))
    ]
    offered = [
        {"share": row.share, "depth": row.depth, "text": clean(row.label)}
        for row in rows
        if row.label
    ]
    deepest = max((row.depth for row in rows), default=0.0)
    top = max(10.0, 10.0 * ceil(_HEADROOM * deepest / 10))
    lowest = min([50.0, *(10.0 * floor(row.share / 10) for row in rows if row.label)])
    x = alt.X("share:Q", title=wording.CERTAINTY_AXIS).scale(
        domain=[100, lowest], nice=False, clamp=True
    )
    y = alt.Y("depth:Q", title=None).scale(domain=[0, top], nice=False)
    across = alt.Axis(tickCount=5, **_AXIS)
    stride = 10 if top <= 60 else 20
    upward = alt.Axis(values=list(range(stride, int(top) + 1, stride)), **_AXIS)
    shown = [point for point in path if point["share"] >= lowest]
    line = (
        alt.Chart(alt.InlineData(values=shown))
        .mark_line(color=_DOT, strokeWidth=2, interpolate="step-after", order=False)
        .encode(x=x.axis(across), y=y.axis(upward))
    )
    base = alt.Chart(alt.InlineData(values=offered)).encode(x=x, y=y)
    ring = base.mark_point(size=110, fill="#ffffff", stroke=_INK, strokeWidth=2.5, opacity=1)
    text: dict[str, Any] = {"fontSize": 13, "fontWeight": 600, "color": _INK}
    near_axis = "datum.share > 88"
    inward = base.mark_text(align="left", dx=10, dy=14, **text).transform_filter(near_axis)
    outward = base.mark_text(align="right", dx=-10, dy=-9, **text).transform_filter(
        f"!({near_axis})"
    )
    names = (inward.encode(text="text:N"), outward.encode(text="text:N"))
    left = 34
    return _framed(alt.layer(line, ring, *names), width - left - 24, 210, left)


def deepest_so_far(points: tuple[CurvePoint, ...]) -> tuple[CurvePoint, ...]:
    """Keep the packages that no package accepted in as many worlds outdoes, surest first."""
    kept: list[CurvePoint] = []
    for point in sorted(points, key=lambda point: (-point.share, -point.depth)):
        if not kept or point.depth > kept[-1].depth:
            kept.append(point)
    return tuple(kept)


def pace(rows: tuple[PacePoint | PaceTick, ...], width: int) -> alt.VConcatChart:
    """Chart depth and crises by pace, slow on the left; paces as good as the best are shaded.

    Dashed above: depth at the end. Ticks on the upper axis show how far apart other programmes set
    their steps.
    """
    import altair as alt

    points = [row for row in rows if isinstance(row, PacePoint)]
    ticks = [row for row in rows if isinstance(row, PaceTick)]
    every = [row.pace for row in rows]
    scale = alt.Scale(type="log", domain=[max(every) * 1.06, min(every) / 1.06], nice=False)
    depth = _pace_panel(points, scale, ("depth", "low", "high"), wording.PACE_DEPTH, ticks)
    columns = ("crisis", "crisis_low", "crisis_high")
    crisis = _pace_panel(points, scale, columns, wording.PACE_CRISIS)
    chart: alt.VConcatChart = (
        alt.vconcat(
            *(panel.properties(width=width - 64, height=130) for panel in (depth, crisis)),
            spacing=22,
        )
        .properties(background="#ffffff", padding={"left": 4, "right": 4, "top": 6, "bottom": 4})
        .configure_view(stroke="transparent")
        .configure(font=_FONT)
    )
    return chart


def _pace_panel(
    points: list[PacePoint],
    scale: alt.Scale,
    columns: tuple[str, str, str],
    title: str,
    ticks: list[PaceTick] | None = None,
) -> Any:
    """Chart one number by pace; a panel with ticks of other programmes leaves paces to the next."""
    import altair as alt

    axis = alt.Axis(
        values=[row.pace for row in points],
        labelExpr=f"format(datum.value, '~g') + {wording.TIMES}",
        labels=ticks is None,
        **_AXIS,
    )
    across = wording.PACE_AXIS if ticks is None else None
    x = alt.X("pace:Q", scale=scale, axis=axis, title=across)
    upward = alt.Axis(tickCount=4, titleAlign="left", titleAngle=0, titleX=0, titleY=-8, **_AXIS)
    middle, low, high = columns
    y = alt.Y(f"{middle}:Q", title=title, axis=upward, scale=alt.Scale(zero=True))
    shown = (*columns, "pace", "end")
    data = [{name: getattr(row, name) for name in shown} for row in points]
    base = alt.Chart(alt.InlineData(values=data)).encode(x=x)
    best = [row.pace for row in points if row.among_best]
    shade = [{"from": max(best) * 1.05, "to": min(best) / 1.05}] if best else []
    area = (
        alt.Chart(alt.InlineData(values=shade))
        .mark_rect(color=_GRID, opacity=0.6)
        .encode(x=alt.X("from:Q", scale=scale, axis=axis, title=across), x2="to:Q")
    )
    bar = base.mark_rule(color=_BAR, strokeWidth=9).encode(y=alt.Y(f"{low}:Q"), y2=f"{high}:Q")
    line = base.mark_line(color=_DOT, strokeWidth=2).encode(y=y)
    dot = base.mark_point(filled=True, size=70, color=_DOT, opacity=1).encode(y=y)
    layers = [area, bar, line, dot]
    if ticks is not None:
        end = base.mark_line(color=_INK, strokeWidth=1.6, strokeDash=[5, 3])
        layers += [end.encode(y=alt.Y("end:Q")), *_pace_ticks(ticks, x)]
    return alt.layer(*layers)


def _pace_ticks(ticks: list[PaceTick], x: alt.X) -> list[alt.Chart]:
    """Mark how far apart other programmes set their steps."""
    import altair as alt

    if not ticks:
        return []
    named = [{"pace": tick.pace, "label": clean(tick.label)} for tick in ticks]
    base = alt.Chart(alt.InlineData(values=named)).encode(x=x)
    mark = base.mark_tick(color=_INK, thickness=2, height=12).encode(y=alt.value(124))
    return [mark, base.mark_text(fontSize=12, color=_INK).encode(y=alt.value(110), text="label:N")]


_FAN_HEIGHT, _FLAG = 210, 13
"""Height of the fan, and of one line of flags above it, in pixels."""


def fan(rows: tuple[FanPoint | FanFlag, ...], width: int) -> alt.LayerChart:
    """Chart depth by quarter: middle line, middle half and 90 of 100, single worlds thin.

    Elections are flags above, one line a party; shocks of the typical world are triangles below.
    """
    import altair as alt

    points = [row for row in rows if isinstance(row, FanPoint)]
    marked = [row for row in rows if isinstance(row, FanFlag)]
    names = ("p5", "p25", "p50", "p75", "p95")
    data = [
        {"quarter": row.quarter, "typical": row.typical, **dict(zip(names, row.bands, strict=True))}
        for row in points
    ]
    single = [
        {"quarter": row.quarter, "depth": depth, "world": place}
        for row in points
        for place, depth in enumerate(row.worlds)
    ]
    last = max((row.quarter for row in points), default=1)
    deepest = max((max((*row.bands, *row.worlds, row.typical)) for row in points), default=0.0)
    top = max(10.0, 10.0 * ceil(deepest / 10))
    x = alt.X("quarter:Q", title=wording.FAN_AXIS).scale(domain=[1, last], nice=False)
    across = alt.Axis(values=list(range(4, last + 1, 4 if last <= 40 else 8)), **_AXIS)
    upward = alt.Axis(tickCount=5, **_AXIS)
    y = alt.Y("p50:Q", title=None).scale(domain=[0, top], nice=False).axis(upward)
    base = alt.Chart(alt.InlineData(values=data)).encode(x=x.axis(across))
    wide = base.mark_area(color=_GRID).encode(y=alt.Y("p5:Q"), y2="p95:Q")
    half = base.mark_area(color=_BAR).encode(y=alt.Y("p25:Q"), y2="p75:Q")
    middle = base.mark_line(color=_DOT, strokeWidth=2.5).encode(y=y)
    thin = (
        alt.Chart(alt.InlineData(values=single))
        .mark_line(color=_TICK, strokeWidth=0.8, interpolate="step-after")
        .encode(x=x, y=alt.Y("depth:Q"), detail="world:N")
    )
    typical = base.mark_line(
        color=_INK, strokeWidth=1.6, strokeDash=[5, 3], interpolate="step-after"
    ).encode(y=alt.Y("typical:Q"))
    held = [*dict.fromkeys(row.label for row in marked if row.label)]
    flags = [
        mark
        for place, label in enumerate(held)
        for mark in _flagged(marked, label, x, -_FLAG * (len(held) - place))
    ]
    shocks = [{"quarter": row.quarter} for row in marked if not row.label]
    rug = (
        alt.Chart(alt.InlineData(values=shocks))
        .mark_point(shape="triangle-up", filled=True, size=45, color=_INK, opacity=1)
        .encode(x=x, y=alt.value(_FAN_HEIGHT - 5))
    )
    left = 34
    return _framed(
        alt.layer(wide, half, *flags, thin, typical, middle, rug),
        width - left - 24,
        _FAN_HEIGHT,
        left,
        above=8 + _FLAG * len(held),
    )


def _flagged(rows: list[FanFlag], label: str, x: Any, height: int) -> tuple[Any, Any]:
    """Draw the flags of one party: poles from a line above the figure down to its axis."""
    import altair as alt

    quarters = [
        {"quarter": row.quarter, "label": clean(label)} for row in rows if row.label == label
    ]
    base = alt.Chart(alt.InlineData(values=quarters)).encode(x=x)
    pole = base.mark_rule(color=_GREY, strokeDash=[2, 3])
    name = base.mark_text(fontSize=11, color=_GREY, align="left", dx=3, dy=5)
    return (
        pole.encode(y=alt.value(height), y2=alt.value(_FAN_HEIGHT)),
        name.encode(y=alt.value(height), text="label:N"),
    )


def _framed(chart: Any, width: int, height: int, left: int, above: int = 8) -> alt.LayerChart:
    """Give a chart a fixed frame, so that no text has to be measured."""
    import altair as alt

    framed: alt.LayerChart = (
        chart.properties(
            width=width,
            height=height,
            background="#ffffff",
            padding={"left": left, "right": _VALUE_ROOM, "top": above, "bottom": _AXIS_ROOM},
            autosize=alt.AutoSizeParams(type="none"),
        )
        .configure_view(stroke="transparent")
        .configure(font=_FONT)
    )
    return framed


def _svg(chart: Any) -> str:
    return _converted(json.dumps(chart.to_dict(), sort_keys=True))


@lru_cache(maxsize=32)
def _converted(spec: str) -> str:
    import vl_convert

    made: str = vl_convert.vegalite_to_svg(spec)
    return made


def _own(svg: str, prefix: str) -> str:
    """Give every id of a drawing its own prefix, so that figures share a page and bytes repeat.

    The renderer counts clip paths from one over the life of the process.
    """
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))
    for place, name in enumerate(names):
        new = f"{prefix}{place}"
        svg = svg.replace(f'id="{name}"', f'id="{new}"').replace(f"url(#{name})", f"url(#{new})")
    svg = re.sub(r"<\?xml[^>]*\?>", "", svg)
    svg = re.sub(r'\s(?:xmlns(?::\w+)?|version)="[^"]*"', "", svg)
    svg = re.sub(r'\saria-(?:label|roledescription)="[^"]*"', "", svg)
    svg = re.sub(r'\srole="[^"]*"', "", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).strip()
