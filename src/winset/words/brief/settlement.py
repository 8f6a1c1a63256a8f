"""What rules of dividing give each government, and what turns a refusal."""

from __future__ import annotations

from winset.words.phrases import capital

READS = (
    "A solution is a rule of dividing, never a forecast. Gains are counted over today, losses like "
    "gains; the rows mean and median are averages of preferred rungs, which any rule should beat."
)
FOLD = "Table of the figure: what turns it"
OFFSETS_READS = (
    "Left: points that the payer loses; bar the middle half of the worlds in which it turns, "
    "tick the middle one, shape and letters who pays. Right: arrow from never to the worlds, "
    "of 100 in which the rung is refused, in which the verdict turns."
)
OFFSETS_CAPTION = "What turns the refusal, of 100 worlds in which the rung is refused"
OFFSETS_COLUMNS = ("Added", "turns it", "who pays", "points, middle world")
SOLUTIONS_CAPTION = (
    "Gain over today in points of each executive, middle world; last, how often all accept it"
)
RULE = "Rule"
ACCEPTED = "accepted"


def offsets_title(rung: str, best: str) -> str:
    """Name what turns the refusal of a step most often."""
    return f"What would turn the refusal of {rung}: most often {best}"


def offsets_alt(title: str, share: str) -> str:
    """Describe the figure of offsets, for a reader who cannot see it."""
    return f"Bars and arrows of offsets. {title}, in {share} of 100 worlds. Table follows."


def points_to(who: str) -> str:
    """Name a side payment."""
    return f"points to {who}"


def proposes(who: str) -> str:
    """Name the rule by which one executive proposes."""
    return f"{capital(who)} proposes"
