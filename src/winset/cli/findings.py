"""What a check found, in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from winset.case.evidence import Anchor
    from winset.errors import Problem
    from winset.tables import Table


def say(problems: Sequence[Problem]) -> None:
    """Print each problem as one paragraph, and last how many there are."""
    for problem in problems:
        typer.echo(str(problem))
    wrong = sum(problem.is_error for problem in problems)
    doubtful = len(problems) - wrong
    if not problems:
        typer.echo("nothing found")
    else:
        typer.echo(f"{_count(wrong, 'error')}, {_count(doubtful, 'doubt')}")


def as_table(problems: Sequence[Problem]) -> Table:
    """Return problems as a table, one a row."""
    from winset.tables import Column, Schema

    schema = Schema(
        "problems",
        "What is wrong or doubtful about the case?",
        (
            Column("file", "text", "", "File of the case folder."),
            Column("line", "int", "", "Line in it, from 1; 0 for the whole file."),
            Column("id", "text", "", "Which rule; see docs/reference/errors.md."),
            Column("found", "text", "", "What stands there."),
            Column("allowed", "text", "", "What may stand there."),
            Column("nearest", "text", "", "Nearest valid name."),
            Column("do", "text", "", "What to do."),
        ),
    )
    return schema.from_rows(
        (p.at.file, p.at.line, p.id, p.found, p.allowed, p.nearest, p.do) for p in problems
    )


def anchors_table(anchors: Sequence[Anchor]) -> Table:
    """Return coded paragraphs as a table, one a row."""
    from winset.tables import Column, Schema

    schema = Schema(
        "anchors",
        "Do the texts still hold the paragraphs the case was coded from?",
        (
            Column("paragraph", "text", "", "Source and number, as in refs."),
            Column("state", "text", "", "found, moved (elsewhere in the text) or missing."),
            Column("file", "text", "", "Text in which it was found."),
            Column("number", "int", "", "Its number there; 0 where missing."),
        ),
    )
    return schema.from_rows((one.id, one.state, one.file, one.paragraph) for one in anchors)


def anchors_words(anchors: Sequence[Anchor]) -> str:
    """Say how many paragraphs were found."""
    states = [anchor.state for anchor in anchors]
    found, moved, missing = (states.count(state) for state in ("found", "moved", "missing"))
    if found == len(states):
        return f"All {found} paragraphs are where they were coded from."
    return f"{found} of {len(states)} paragraphs found, {moved} moved, {missing} missing."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
