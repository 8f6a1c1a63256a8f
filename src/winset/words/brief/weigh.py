"""Whose programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
READS = (
    "In the order of the sources' dates, never of a result. Silence on a measure is not refusal, "
    "and programmes differ in ambition."
)
DEPTH_ROW = "Depth at the end, percent"
DEPTH_OPENS = "Depth"
STEPS_ROW = "Of its own steps in effect at the end"
REGRET_ROW = "Behind the best of each world, percent"
GROUPS = {
    "criterion": "Effects at the end, by criterion",
    "party": "Worth to governments, points",
}
FIGURE_READS = (
    "Tick: middle world. Grey bar: middle four fifths of worlds. Each row has its own scale, "
    "from its lowest to its highest end; dashed line: zero. Highest: worlds of 100 in which no "
    "other programme is higher, ties counted for each."
)
HEAD = "At the end"
TURNS = "changes sides"
TURNS_CAPTION = (
    "Worlds of 100 in which the first leads, in the lowest and in the highest third of each"
)
TURNS_COLUMNS = ("Programmes", "assumption", "lowest third", "highest third", "the lead")


def best_in(regret: float, share: float) -> str:
    """Say how far behind the best, and how often best."""
    return f"{regret:.1f}; best in {100 * share:.0f} of 100"


def own_steps(row: Row, share: float) -> str:
    """Say how many of its own steps are in effect, and how often no other has a larger part."""
    return f"{row['carried']:.0f} of {row['steps']}; largest part in {100 * share:.0f} of 100"


def highest_in(row: Row, share: float) -> str:
    """Write the middle world with its span, and how often no other programme is higher."""
    return f"{span(row)}; highest in {100 * share:.0f}"


def title(depths: Sequence[tuple[str, float]]) -> str:
    """Name the programmes with their depth at the end."""
    told = [f"{name} {depth:.0f} percent" for name, depth in depths]
    return f"Programmes side by side: {'; '.join(told)}"


def span(row: Row) -> str:
    """Write the middle world with the middle four fifths."""
    return f"{row['p50']:.1f} ({row['p10']:.1f} to {row['p90']:.1f})".replace("-", "−")


def pair(first: str, second: str, ruler: str) -> str:
    """Name two programmes and by what they are compared."""
    return f"{first} against {second}, by {ruler}"


def turns_fold(count: int, flips: int) -> str:
    """Open the table of single assumptions; some change the side that leads."""
    verb = "changes" if flips == 1 else "change"
    return f"Single assumptions that go with a lead: {count}, of which {flips or 'none'} {verb} its side"
