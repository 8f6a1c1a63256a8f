"""Which single assumption would change a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FINDINGS = {
    "lead": "The deepest step of the core that most worlds open",
    "beyond": "The first step beyond the core",
    "blocker": "Who stops most steps at the edge",
    "depth": "Mean depth of the deepest package",
    "package": "Depth of the balanced package",
}
SINGLE = "Which single assumption would change a finding"
CODING = "How much of this is the coding"
READS = (
    "Bar: the finding with one value at the low end of its range (tick) and at the high end, "
    "all else drawn as before. Dashed line: half of the worlds."
)
HEAD = "Value moved"
AXIS = "worlds of 100, or percent of depth"
REVERSES = " · reverses it"
LINE = "value"


@dataclass(frozen=True, slots=True)
class Swing:
    """A finding with one value at the low and the high end of its range, of 100."""

    finding: str
    value: str
    low: float
    high: float
    flips: bool


def flips_title(swings: Sequence[Swing]) -> str:
    """Name the value that moves a finding most, among those that reverse one."""
    if not swings:
        return "No single value was moved"
    turning = [swing for swing in swings if swing.flips]
    most = max(turning or swings, key=lambda swing: abs(swing.high - swing.low))
    moved = f"{most.value} moves it from {round(most.low)} to {round(most.high)}"
    if turning:
        return f"{most.finding} would be another: {moved}"
    return f"No single value here reverses a finding; {moved[0].lower()}{moved[1:]}"


def span(low: float, high: float) -> str:
    """Write a finding at both ends."""
    return f"{round(low)} to {round(high)}"


def at_ends(low: float, high: float) -> str:
    """Say how the finding reads at both ends."""
    return (
        f"Held at its low end the finding reads {low:.0f}, at "
        f"its high end {high:.0f}; all else is drawn as before."
    )
