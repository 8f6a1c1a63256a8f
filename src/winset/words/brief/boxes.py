"""In which worlds a programme leads, breaks or stays shallow."""

from __future__ import annotations

READS = (
    "Bar: the range in which such worlds are frequent, on the axis from the lowest to the "
    "highest value drawn. All ranges of a box hold together. Found in one half of the worlds; "
    "the shares are from the other half, in which a box must be denser than chance would show. "
    "Last: resamples whose box restricts the same number; where few do, do not lean on it."
)
HEAD = "Number"
AXIS = "range of the box"


def title(found: int, asked: int) -> str:
    """Say for how many questions a box was found."""
    return f"For {found} of {asked} questions a few ranges tell in which worlds"


def opens(question: str, base: str, density: str, coverage: str) -> str:
    """Head the ranges of a box: how frequent such worlds are, in the box, and how many it covers."""
    return (
        f"{question}: in {base} of 100 worlds, in the box {density} of 100; it covers {coverage} "
        "of 100"
    )


def again(ends: str, share: float) -> str:
    """Tell a range, and how many resamples restrict the same number."""
    return f"{ends}; {100 * share:.0f} of 100 resamples"
