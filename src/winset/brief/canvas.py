"""A frame counted in pixels on which small figures are drawn mark by mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from winset.brief.runs import clean

if TYPE_CHECKING:
    import altair as alt

ENDS = {"x2": "x2:Q", "y2": "y2:Q"}
"""Channels of marks that reach from one place to another."""
_FONT = "Inter, system-ui, sans-serif"
Marks = list[dict[str, Any]]


def write(drawn: Mapping[str, Marks], kind: str, x: float, y: float, said: str) -> None:
    """Add a text to what is drawn; its kind decides how it looks."""
    drawn["text"].append({"kind": kind, "x": x, "y": y, "text": clean(said)})


@dataclass(frozen=True)
class Canvas:
    """Marks by kind, at places from the upper left corner, and how each kind of text looks."""

    drawn: Mapping[str, Marks]
    width: float
    height: float
    styles: Mapping[str, Mapping[str, Any]]

    def marks(self, values: Marks) -> alt.Chart:
        """Place marks."""
        import altair as alt  # heavy

        across = alt.Scale(domain=[0, self.width], nice=False)
        down = alt.Scale(domain=[self.height, 0], nice=False)
        return alt.Chart(alt.InlineData(values=values)).encode(
            x=alt.X("x:Q", axis=None, scale=across), y=alt.Y("y:Q", axis=None, scale=down)
        )

    def chart(self, layers: Sequence[alt.Chart]) -> alt.LayerChart:
        """Lay marks over each other, texts on top, in a frame that measures nothing."""
        import altair as alt  # heavy

        texts = (
            self.marks(self.drawn["text"])
            .transform_filter(f"datum.kind == '{kind}'")
            .mark_text(baseline="alphabetic", **style)
            .encode(text="text:N")
            for kind, style in self.styles.items()
        )
        framed: alt.LayerChart = (
            alt.layer(*layers, *texts)
            .properties(
                width=self.width,
                height=self.height,
                background="#ffffff",
                padding=0,
                autosize=alt.AutoSizeParams(type="none"),
            )
            .configure(font=_FONT, view=alt.ViewConfig(stroke=None))
        )
        return framed
