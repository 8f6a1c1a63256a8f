"""In which order and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
READS = (
    "Shocks, elections and quarrels come as drawn; a step is put to everybody in the state of its "
    "quarter. Nothing here is a forecast."
)
PLAN_READS = (
    "Axis: quarters after the as-of date. Tick: asked for. Grey bar: agreed, the middle four fifths of worlds in which it "
    "is. Ring: in effect, middle world. Cross: lost again, middle world, where a tenth of worlds "
    "or more lose it. In words: month asked for, and worlds in which it stands at the end and is lost."
)
PLAN_MARKS = (
    "Tick: asked for. Bar: agreed, the middle four fifths of worlds. Ring: in effect, middle world. "
    "Cross: lost again, middle world, where a tenth of worlds or more lose it."
)
PLAN_STANDS = "stands at the end"
PLAN_HEAD = "Step"
PLAN_AXIS = "asked for, agreed, in effect"
PACE_CAPTION = (
    "Paces: depth over time and at the end, each with what it is more than as written and its "
    "standard error, worlds of 100 with a crisis, depth behind the best of each world"
)
PACE_COLUMNS = (
    "Time between steps",
    "depth over time",
    "from to",
    "more",
    "at the end",
    "more",
    "crisis",
    "more",
    "regret",
    "as good as the best",
)
PACE_READS = (
    "Above: depth in effect, mean over quarters; bar: middle four fifths of worlds; dashed: depth "
    "at the end. Below: "
    "worlds of 100 with a crisis over a settlement, with its error. Shaded: paces whose "
    "depth over time is within chance of the best. Ticks on the upper axis: how far apart the other "
    "programmes set their steps, beside this one."
)
YES, NO = "yes", "no"
FAN_CAPTION = "Depth in effect by quarter: percent below which so many of 100 worlds lie"
FAN_COLUMNS = ("Quarter", "5", "25", "50", "75", "95")
FAN_READS = (
    "Line: middle world of each quarter; darker band: middle half; lighter: 90 of 100. Thin "
    "lines: five single worlds, for no world follows the middle. Dashed: the typical world "
    "of the most frequent story; triangles: its shocks. Flags: elections in which another "
    "type of government may take over."
)
FLAGS_CAPTION = (
    "elections, with worlds of 100 in which a government changes, and shocks of the typical world"
)
FLAGS_COLUMNS = ("Quarter", "event", "government changes", "in the typical world")
FINDINGS_CAPTION = (
    "Findings, two runs of the same world compared: worlds of 100 in which each comes out, in "
    "which the opposite does, and in which anything is left with its part of the model off"
)
FINDINGS_COLUMNS = ("Finding", "holds", "opposite", "with it off")
CRITERION = "Criterion"
CRITERIA_CAPTION = (
    "Effects of what is in effect by criterion and quarter, points, mean over governments: middle "
    "world, middle four fifths"
)
STORIES_CAPTION = (
    "Groups of worlds that go alike, of 100, and the world nearest to the middle of each"
)
STORIES_COLUMNS = ("Story", "worlds", "typical", "how it goes")


def within(share: float, low: float, high: float) -> str:
    """Write a share of 100 with the ends of its interval."""
    return f"{100 * share:.0f} ({100 * low:.0f} to {100 * high:.0f})"


def fold(caption: str) -> str:
    """Open the table of a figure."""
    return f"Table of the figure: {caption}"


def fold_of(caption: str) -> str:
    """Open a table that belongs to no figure."""
    return f"Table: {caption}"


def in_quarter(quarter: int) -> str:
    """Head a column of one quarter."""
    return f"quarter {quarter}"


def flags_fold(caption: str) -> str:
    """Open the table of what happens beside the fan."""
    return f"Table of the flags: {caption}"


def election(party: str) -> str:
    """Name an election."""
    return f"Election, {party}"


def came(*, election: bool, typical: bool) -> str:
    """Say what happens in the typical world."""
    if election:
        return "changes hands" if typical else ""
    return "comes"


def of_100(share: float) -> str:
    """Write a share of worlds beside a lane."""
    return f"{100 * share:.0f} of 100"


def planned(date: str, share: float, lost: float, cause: str) -> str:
    """Say when a step is asked for, how often it stands at the end, and what takes it away."""
    told = f"{date[:7]}; stands at the end in {100 * share:.0f} of 100"
    return f"{told}, lost in {100 * lost:.0f}, mostly by {cause}" if cause else told


def plan_title(steps: int, rung: str) -> str:
    """Name the step that stands least often at the end."""
    return f"Of {steps} steps, {rung} stands least often at the end"


def span(low: float, high: float) -> str:
    """Write the middle four fifths."""
    return f"{low:.0f} to {high:.0f}"


def more(mean: float, error: float) -> str:
    """Write a difference with its standard error."""
    return f"{mean:+.1f} ± {error:.1f}".replace("-", "−")


def pace_title(best: Row, last: Row, *, even: bool) -> str:
    """Name the pace that is deepest over time, and at the end."""
    where = "in between" if best["interior"] else "at an end of what was tried"
    told = f"Deepest over time at {best['pace']:g} times the time between steps, {where}"
    if even:
        return f"{told}; at the end no pace is ahead beyond chance"
    return f"{told}; at the end at {last['pace']:g} times"


def pace_alt(title: str, fast: Row, slow: Row) -> str:
    """Describe the figure of paces, for a reader who cannot see it."""
    return (
        f"Line chart of pace. {title}. Crises: {100 * fast['share_crisis']:.0f} of 100 at "
        f"{fast['pace']:g} times, {100 * slow['share_crisis']:.0f} at {slow['pace']:g} times. "
        "Table follows."
    )


def fan_title(first: Row, last: Row) -> str:
    """Say from where to where depth goes."""
    return (
        f"Depth goes from {first['p50']:.0f} to {last['p50']:.0f} percent of the ladders in the middle "
        f"world, to between {last['p05']:.0f} and {last['p95']:.0f} in 90 of 100 worlds"
    )


def fan_alt(title: str, first: float, most: float) -> str:
    """Describe the fan, for a reader who cannot see it."""
    return (
        f"Fan chart of depth by quarter. {title}. Lowest: {first:.0f} at first; highest: "
        f"{most:.0f}. Table follows."
    )


def story(number: int) -> str:
    """Name a group of worlds."""
    return f"Story {number}"


def stories_fold(count: int) -> str:
    """Open the table of stories."""
    return f"How most worlds go, in {count} stories"
