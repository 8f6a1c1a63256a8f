"""A case with its log: entries read one by one, checked together, worked into the case."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from winset.case.evaluation import Bounds, read_evaluation
from winset.case.findings import Findings
from winset.case.hashing import digest
from winset.case.logbook import Book, book_of
from winset.case.model import Case, Entry, Log
from winset.case.present import presented


def with_log(case: Case, file: Path, bounds: Bounds, findings: Findings) -> Case:
    """Return a case as its log left it; the case itself where there is no log.

    Of no use unless the findings hold no error.
    """
    if not os.path.lexists(file):
        return case
    book = book_of(file, findings)
    entries = () if findings.failed else entries_of(book, file.name, case, bounds, findings)
    if findings.failed:
        return case
    return shown_with(case, entries, len(book.rest), file.name, bounds, findings)


def shown_with(
    case: Case,
    entries: tuple[Entry, ...],
    unsealed: int,
    file: str,
    bounds: Bounds,
    findings: Findings,
) -> Case:
    """Return a case with some entries worked in, and a hash that holds them."""
    log = Log(entries, unsealed, file, case)
    if not entries:
        return replace(case, log=log)
    made = replace(presented(case, entries, bounds, findings), log=log)
    return case if findings.failed else replace(made, hash=digest(made))


def entries_of(
    book: Book, name: str, case: Case, bounds: Bounds, findings: Findings
) -> tuple[Entry, ...]:
    """Read the entries of a log; of no use unless the findings hold no error."""
    found = []
    for chapter in book.chapters:
        one = read_evaluation(chapter.text, name, case, bounds, findings, line=chapter.line)
        if one is not None:
            found.append(Entry(chapter.number, one, chapter.seal))
    check_ids(found, findings)
    return tuple(found)


def check_ids(entries: Iterable[Entry], findings: Findings) -> None:
    """Report an id that two entries have."""
    seen: dict[str, int] = {}
    for entry in entries:
        about = entry.evaluation
        if about.id in seen:
            findings.add(
                "E032",
                about.at,
                f"evaluation {about.id} twice (first in entry {seen[about.id]})",
                do="Give the later one another id; an entry is never replaced",
            )
        seen.setdefault(about.id, entry.number)
