"""How to follow a number to a paragraph."""

from __future__ import annotations

from winset.words.brief.values import KINDS
from winset.words.phrases import capital

TITLE = "How to follow a number to a paragraph"
READING = (
    "Each number on the page opens its line here; each line names the values it "
    "was made from, each value the paragraphs behind it."
)
RESULTS = "Results"
VALUES = "Values"
PARAGRAPHS = "Paragraphs, in our words"
COLUMNS = ("Value", "range", "basis", "paragraphs")
PARAGRAPHS_CAPTION = "Paraphrase of each paragraph"
PARAGRAPHS_COLUMNS = ("Paragraph", "says")


def caption(kind: str) -> str:
    """Say what a table of values shows."""
    return f"{capital(KINDS[kind])}: value and range"
