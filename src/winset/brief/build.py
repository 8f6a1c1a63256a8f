"""Put a brief together and write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from winset.brief import glossary
from winset.brief.document import Document, Section
from winset.brief.facts import Answer, Facts, from_reach
from winset.brief.sections import appendix, closing, first, ladder, package, rests, stops
from winset.case.model import Case
from winset.errors import AskError

SECTIONS: tuple[Callable[[Facts], Section], ...] = (
    ladder.section,
    stops.section,
    package.section,
    rests.section,
    closing.limits,
    closing.sources,
    appendix.section,
)
"""Sections in the order of the page."""


def compose(case: Case, reach: Answer) -> Document:
    """Write the brief of an answer as a document that is not rendered yet."""
    return document(from_reach(case, reach))


def document(facts: Facts) -> Document:
    """Write a brief from its rows."""
    case = facts.case
    changed = len(facts.run.changes)
    warnings = (
        (f"Not the case as published: {changed} {'change' if changed == 1 else 'changes'} set.",)
        if changed
        else ()
    )
    made = Document(
        kicker=first.kicker(facts),
        title=case.question or case.title,
        lead=first.lead(facts),
        first=first.blocks(facts),
        sections=tuple(section(facts) for section in SECTIONS),
        stamp=closing.stamp(facts),
        description=f"{case.title}, as of {first.long_date(case.as_of)}",
        warnings=warnings,
    )
    return glossary.mark(made)


def brief(
    case: Case,
    reach: Answer,
    *,
    out: str | Path,
    form: Literal["html", "text"] = "html",
) -> Path:
    """Write the brief of an answer as one file that needs nothing else.

    Parameters
    ----------
    case
        The case that was asked about.
    reach
        Answer to "how far can it go?".
    out
        File to write; its folder must exist.
    form
        ``html`` for the page, ``text`` for the same document as plain text.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    AskError
        ``form`` is neither of the two.
    OutputError
        The file cannot be written; nothing is left half-written.
    """
    from winset.output import writing

    if form not in ("html", "text"):
        message = f"A brief is written as html or text, not as {form!r}."
        raise AskError(message)
    made = compose(case, reach)
    if form == "html":
        from winset.brief import html

        page = html.render(made)
    else:
        from winset.brief import text

        page = text.render(made)
    target = Path(out)
    with writing(target) as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")
    return target
