"""The graph of a dispute: states as numbered cards, arrows for one-sided improvements."""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any

from winset.errors import AskError
from winset.words.brief import figures as wording

if TYPE_CHECKING:
    import altair as alt

MOST_STATES = 12
_INK, _GREY, _LINE, _STABLE = "#1c2733", "#56616e", "#9aa5b1", "#153f68"
_WIDE, _HIGH, _COLUMN, _ROW, _MARGIN = 156, 60, 236, 98, 30


def graph(answer: Any) -> alt.LayerChart | alt.FacetChart:
    """Draw the states of a dispute and who would leave them, for a notebook or a file.

    Columns run from the first kind of state of the case to its last; states of no kind stand in
    between.  A card says what is done and in how many of 100 worlds the state is stable; its
    frame is heavy from half of the worlds on.  An arrow goes where a player would leave in at
    least half of the worlds.

    Raises
    ------
    AskError
        There are more states than can be read in a drawing.
    """
    import altair as alt  # heavy

    states = [*answer.table("states").rows()]
    if len(states) > MOST_STATES:
        raise AskError(
            f"A graph of {len(states):,} states cannot be read; up to {MOST_STATES} are drawn. "
            "Read the tables states and leavers instead."
        )
    cards = _cards(states, [outcome.id for outcome in answer.case.dispute.outcomes])
    arrows = _arrows([*answer.table("leavers").rows()], cards)
    width = max(card["x"] for card in cards.values()) + _WIDE / 2 + _MARGIN
    height = max(card["y"] for card in cards.values()) + _HIGH / 2 + _MARGIN
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False))
    lines = alt.Chart(alt.InlineData(values=arrows)).encode(x=x, y=y)
    nodes = alt.Chart(alt.InlineData(values=[*cards.values()])).encode(x=x, y=y)
    frame = nodes.mark_rect(fill="white", height=_HIGH, width=_WIDE).encode(
        stroke=alt.condition("datum.share >= 0.5", alt.value(_STABLE), alt.value(_LINE)),
        strokeWidth=alt.condition("datum.share >= 0.5", alt.value(2.5), alt.value(1)),
    )
    layers = [
        lines.mark_rule(color=_LINE).encode(x2="x2:Q", y2="y2:Q"),
        lines.mark_point(shape="triangle", filled=True, color=_GREY, size=70, opacity=1).encode(
            x=alt.X("x2:Q", axis=None),
            y=alt.Y("y2:Q", axis=None),
            angle=alt.Angle("angle:Q", scale=None),
        ),
        frame,
        *(
            nodes.mark_text(dy=dy, fontSize=10, color=_INK, limit=_WIDE - 8).encode(
                text=f"{line}:N"
            )
            for line, dy in (("head", -20), ("line0", -6), ("line1", 8), ("line2", 22))
        ),
    ]
    title = alt.TitleParams(
        answer.title, subtitle=_wrapped(answer.definition), anchor="start", subtitleColor=_GREY
    )
    return alt.layer(*layers).properties(width=width, height=height, title=title)


def _cards(states: list[dict[str, Any]], kinds: list[str]) -> dict[int, dict[str, Any]]:
    order = [*kinds[:-1], "", *kinds[-1:]]
    used = [kind for kind in order if any(state["outcome"] == kind for state in states)]
    filled: dict[str, int] = {}
    cards = {}
    for state in states:
        place = used.index(state["outcome"])
        row = filled[state["outcome"]] = filled.get(state["outcome"], -1) + 1
        share = round(100 * state["share_stable"])
        done = [*state["holds"].split(", ", 2), "", ""]
        cards[state["state"]] = {
            "x": _MARGIN + _WIDE / 2 + place * _COLUMN,
            "y": _MARGIN + _HIGH / 2 + row * _ROW,
            "head": wording.state(state["state"], share, today=state["status_quo"]),
            "line0": done[0],
            "line1": done[1],
            "line2": done[2],
            "share": state["share_stable"],
        }
    return cards


def _arrows(
    rows: list[dict[str, Any]], cards: Mapping[int, Mapping[str, Any]]
) -> list[dict[str, float]]:
    found = []
    for row in rows:
        if row["share_leaves"] < 0.5 or row["to_state"] not in cards:
            continue
        here, there = cards[row["state"]], cards[row["to_state"]]
        across, down = there["x"] - here["x"], there["y"] - here["y"]
        length = hypot(across, down) or 1.0
        # the tip stands on the frame of the card it points to
        ends = [side / abs(part) for side, part in ((_WIDE / 2, across), (_HIGH / 2, down)) if part]
        keep = 1 - min([*ends, 1.0]) - 6 / length
        found.append(
            {
                "x": here["x"],
                "y": here["y"],
                "x2": here["x"] + across * keep,
                "y2": here["y"] + down * keep,
                "angle": degrees(atan2(down, across)) + 90,
            }
        )
    return found


def _wrapped(text: str, width: int = 110) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)
