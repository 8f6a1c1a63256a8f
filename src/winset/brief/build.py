"""Put a brief together and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from winset.brief import glossary
from winset.brief.document import Document, Section
from winset.brief.facts import Asked, Facts, from_reach
from winset.brief.sections import (
    appendix,
    authors,
    closing,
    first,
    governments,
    hold,
    ladder,
    move,
    other,
    package,
    path,
    rests,
    scope,
    settlement,
    stops,
    weigh,
)
from winset.brief.summary import summary as shortened
from winset.case.model import Case
from winset.errors import AskError
from winset.words.brief import page as wording
from winset.words.language import language_of

SECTIONS: tuple[Callable[[Facts], Section | None], ...] = (
    package.section,
    ladder.section,
    stops.section,
    move.section,
    governments.section,
    scope.section,
    authors.section,
)
"""Sections in the order of the page; one that has nothing to show is left out."""
CLOSING: tuple[Callable[[Facts], Section | None], ...] = (
    rests.section,
    closing.limits,
    closing.sources,
    appendix.section,
)
"""Sections after those of the questions asked."""
WHOLE = "index.html"
"""File of the whole brief, as ``winset brief`` names it, beside its summary."""
QUESTIONS: Mapping[str, Callable[[Facts, Asked], Section] | None] = {
    "sense": None,
    "hold": hold.section,
    "settle": settlement.section,
    "path": path.section,
    "weigh": weigh.section,
}
"""Questions with a section of their own; None: told in another section.  The rest tell themselves."""


def compose(case: Case, *answers: Asked, language: str = "en") -> Document:
    """Write the brief of some answers as a document that is not rendered yet.

    Raises
    ------
    AskError
        None of the answers is one to "how far can it go?", a question is answered twice, or there
        is no such language.
    """
    language_of(language)
    asked = [answer.question for answer in answers]
    twice = sorted({name for name in asked if asked.count(name) > 1})
    if twice:
        raise AskError(f"A brief takes one answer a question; given twice: {', '.join(twice)}.")
    if "reach" not in asked:
        raise AskError("A brief needs an answer to reach; make one with winset.reach(case).")
    reach = answers[asked.index("reach")]
    others = tuple(answer for answer in answers if answer is not reach)
    return document(from_reach(case, reach, others), language)


def document(facts: Facts, language: str = "en") -> Document:
    """Write a brief from its rows."""
    case = facts.case
    changed = len(facts.run.changes)
    warnings = (wording.changed(changed),) if changed else ()
    made = Document(
        kicker=first.kicker(facts),
        title=case.question or case.title,
        lead=first.lead(facts),
        first=first.blocks(facts),
        sections=tuple(_sections(facts)),
        stamp=closing.stamp(facts),
        language=language,
        description=wording.description(case.title, case.as_of),
        warnings=warnings,
    )
    return glossary.mark(made)


def _sections(facts: Facts) -> Iterator[Section]:
    asked = [QUESTIONS.get(answer.question, other.section) for answer in facts.others]
    told = [
        section(facts, answer)
        for section, answer in zip(asked, facts.others, strict=True)
        if section is not None
    ]
    made = [*(section(facts) for section in SECTIONS), *told]
    made += [section(facts) for section in CLOSING]
    yield from (section for section in made if section is not None)


def brief(
    case: Case,
    *answers: Asked,
    out: str | Path,
    form: Literal["html", "text", "pdf"] = "html",
    full: bool = False,
    summary: bool = False,
    language: str = "en",
) -> Path:
    """Write the brief of some answers as one file that needs nothing else.

    Parameters
    ----------
    case
        The case that was asked about.
    answers
        An answer to ``reach``, and answers to other questions about the same case.
    out
        File to write; its folder must exist.
    form
        ``html`` for the page, ``text`` for the same document as plain text, ``pdf`` for the page
        as a browser prints it.
    full
        Whether printing includes what is folded and the appendix.
    summary
        Write two sheets for a meeting instead: the first screen, who stops and what moves them,
        what lasts, order and pace where they were asked, limits, sources.  On a page its numbers
        lead to ``index.html`` beside it.
    language
        Code of the language, one of :data:`winset.words.language.LANGUAGES`; there is English.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    AskError
        ``form`` is none of the three, there is no such language, no answer is one to ``reach``, or
        no browser prints a PDF.
    OutputError
        The file cannot be written; nothing is left half-written.
    """
    from winset.output import writing

    if form not in ("html", "text", "pdf"):
        message = f"A brief is written as html, text or pdf, not as {form!r}."
        raise AskError(message)
    made = compose(case, *answers, language=language)
    if summary:
        made = shortened(made)
    if form == "text":
        from winset.brief import text

        page = text.render(made, appendix=full)
    else:
        from winset.brief import html

        page = html.render(made, full=full, page=WHOLE if summary and form == "html" else "")
    target = Path(out)
    with writing(target) as temporary:
        if form == "pdf":
            from winset.brief import paper

            paper.write(page, temporary)
        else:
            temporary.write_text(page, encoding="utf-8", newline="\n")
    return target
