"""Fixed words of the page, of its script and of the plain text."""

from __future__ import annotations

from winset.words.brief.shared import long_date
from winset.words.phrases import BAND_EDGES, BAND_WORDS

LABELS = {
    "ladder": "Ladder",
    "act": "Packages",
    "stops": "Who stops",
    "move": "What moves it",
    "governments": "Who gets what",
    "scope": "How wide",
    "authors": "The sources' own programmes",
    "rests": "What it rests on",
    "hold": "What holds",
    "settle": "Settlement",
    "dispute": "The dispute",
    "path": "Order and pace",
    "weigh": "Programmes compared",
    "limits": "Limits",
    "sources": "Sources and method",
    "trace": "Trace",
}
"""Short names of sections for the line of links."""
SKIP = "Skip to the answer"
FINDINGS = "Findings"
SECTIONS = "Sections"
ON_THIS_PAGE = "On this page: "
WHOLE = "The whole brief, with every table and how each number was counted"
KEY = "Key"
KEY_OPEN = "open in"
IN_PLACE = "in place"
TODAY = "today"
IN_PACKAGE = "in the package"
RED_LINE = "red line"
RED_LINE_KEY = "‖ red line"
UNSOURCED = "a step no source names"
FRAGILE = "fragile"
FRAGILE_KEY = "? fragile: another class of share if only the shape of the ranges differs"
TRACKS_KEY = f"(~ {UNSOURCED})"
LADDER_KEY = "(* in the package, ‖ red line, ~ a step no source names, ? fragile)"
EDGE_STEP = "Step at the edge"
EDGE_OPEN = "open, of 100"
BEFORE_SHARE = "open in "
AFTER_SHARE = " of 100"
BACK_TO_NUMBER = "Back to the number"
BACK = "Back"
SCRIPT = {"panel": "How this number is made", "close": "Close"}
"""Words that the script shows, by the names it has for them."""


def rows_shown(count: int, whole: int) -> str:
    """Say on two sheets that a figure is cut."""
    return f"The first {count} of {whole} steps; the brief has all, in the same order."


def step(level: int) -> str:
    """Name a column of the ladder, for a reader who cannot see it."""
    return f"Step {level}"


def aside(words: str) -> str:
    """Add to a cell what its look says, for a reader who cannot see it."""
    return f", {words}"


def open_in(band: str) -> str:
    """Say the band of a cell, for a reader who cannot see it."""
    return f", open in {band}"


def changed(count: int) -> str:
    """Warn that values of the case were changed."""
    return f"Not the case as published: {count} {'change' if count == 1 else 'changes'} set."


def description(title: str, as_of: str) -> str:
    """Describe the page in a line."""
    return f"{title}, as of {long_date(as_of)}"


def bands() -> list[str]:
    """Write each band with the shares it covers: ``most 75-94``."""
    edges = [0, *(round(100 * edge) for edge in BAND_EDGES), 101]
    return [
        f"{word} {low}-{high - 1}"
        for word, low, high in zip(BAND_WORDS, edges, edges[1:], strict=False)
    ]
