"""What a followed programme leaves in tables and calendars: entries, stories, findings, names."""

from __future__ import annotations

from collections.abc import Sequence

HASTE = "haste brings more crises"
BACKING = "less backing brings more crises"
RELAPSE = "settlements with less backing relapse more often"
THREAT = "more is agreed to after a threat"
THREAT_GONE = "what a threat opens is gone two years later"
REVERSAL = "a reversal costs more trust than the step gave"
SKILL = "skill falls when drills lapse"
OVER_TIME, AT_END = "over time", "at the end"
"""Two ways of counting depth."""
SEVERAL = "several at once"
"""Cause of a loss that more than one event of its quarter could have brought."""
PARTS = {
    "threat": "felt threat",
    "window": "windows that open and close with governments",
    "mood": "quarrels and grievance",
    "trust": "trust",
    "assurance": "assurance by the ally",
    "skill": "skill that lapses",
    "opinion": "opinion and ties between people",
    "crisis": "crises over settlements",
    "relapse": "relapses of settlements",
    "tension": "tension that spills over",
    "spoiler": "spoilers",
    "coercion": "coercion",
    "leak": "leaks",
    "government": "what new governments undo",
    "push": "pressure by the ally",
    "generations": "generations that weigh differently",
    "+abandonment": "the rival theory that doubt about the ally drives the two together, put on",
    "+backlash": "the rival theory that contrition raises anger, put on",
}
"""Parts of the model, as they stand in a sentence; with + a rival theory."""
NOTHING_BREAKS = "nothing breaks"


def entry(quarter: int, gate: str, share: float) -> str:
    """Say in a calendar when a step is due, and how often it is in effect at the end."""
    return f"Quarter {quarter}{gate}; in effect at the end in {share:.0%} of coded worlds."


def happened(event: str, quarter: int, times: int) -> str:
    """Say when an event came first, and how often."""
    more = f", {times} times" if times > 1 else ""
    return f"{event} in quarter {quarter}{more}"


def story(first: float, middle: float, last: float, events: Sequence[str]) -> str:
    """Tell one world by its depth and by its events."""
    return (
        f"depth {first:.0f} at first, {middle:.0f} half way, "
        f"{last:.0f} at last; {'; '.join(events) or NOTHING_BREAKS}"
    )


def found(programme: str) -> str:
    """Name what a search made of a programme."""
    return f"what a search made of {programme}"


def found_label(label: str) -> str:
    """Label what a search found."""
    return f"{label[:10]} found"


def found_says(programme: str, says: str) -> str:
    """Say what a found programme is."""
    return f"Found by search under the rules of {programme}; nobody's proposal. {says}"
