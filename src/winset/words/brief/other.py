"""Answers to questions that have no section of their own."""

from __future__ import annotations

COLUMNS = ("Table", "answers", "rows")
FOLD = "Where its numbers are"


def caption(command: str) -> str:
    """Say how to have the tables again."""
    return f"Tables of this answer; again: {command}"
