"""Add an evaluation to the log of a case: checked whole, then written whole, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from winset.case.cells import read_text
from winset.case.checking import errors_of
from winset.case.evaluation import STATE_BOUNDS, day_of, read_evaluation
from winset.case.findings import Findings
from winset.case.logbook import append, book_of, entry_text
from winset.case.logged import check_ids, entries_of, shown_with
from winset.case.model import STAGES, Case, Entry
from winset.case.read import cases, load, locate, log_of, read_folder, spread_of
from winset.errors import AskError, OutputError, nearest, shown


@dataclass(frozen=True, slots=True)
class Added:
    """An entry that was added, and the log it stands in."""

    entry: Entry
    log: Path
    kept: int
    """Bytes of an unfinished entry that were put beside the log first; 0 for none."""

    def __str__(self) -> str:
        about = self.entry.evaluation
        told = f"{self.log}: entry {self.entry.number}, {about.id} of {about.date}: {about.title}."
        if self.kept:
            told += f" {self.kept:,} bytes of an unfinished entry are kept beside the log."
        return told


def evaluation_template(case: Case, rung: str = "") -> str:
    """Write an evaluation to fill in: it is already in order, and says what else may stand in it.

    Parameters
    ----------
    case
        The case.
    rung
        The rung that was executed; else the first one that is not in place.

    Raises
    ------
    AskError
        The case has no such rung.
    """
    above = [one.id for each in case.measures for one in each.rungs if one.level > each.status_quo]
    chosen = rung or above[0]
    if chosen not in case.rung:
        message = f"{case.id} has no rung {shown(chosen)}."
        raise AskError(message, nearest=nearest(chosen, case.rung, count=3))
    last = case.log.last if case.log is not None else ""
    day = last or (case.as_of if day_of(case.as_of) else "YYYY-MM-DD")
    named = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{chosen}-{day}")
    return _TEMPLATE.format(
        id=named,
        date=day,
        rung=chosen,
        stages=", ".join(STAGES),
        states=", ".join(STATE_BOUNDS),
    )


_TEMPLATE = """\
# What happened, and what it showed. Fill in, then: winset track add CASE THIS-FILE
# An entry is never changed afterwards; what turns out wrong is corrected by a later one.
format: 1
id: {id}
date: {date}            # the day, YYYY-MM-DD, at or after the as-of date of the case
title: what happened
place: ""
source: where this is known from
note: ""
basis: X                # X known from elsewhere, A an assumption; for every number below

# Stages: {stages}. `by` names constituencies.
moves:
  - {{rung: {rung}, to: executed, note: ""}}

# What else may stand here: take the first mark of a line off. A number may be a range: 0.2..0.4..0.6
# proficiency: {{MEASURE: 0.4}}  # share of full practice, 0 to 1
# trust:
#   - {{between: [PARTY, PARTY], change: 0.3, says: what it was}}  # points, on a scale of -5 to 5
# states: {{assurance: 2.5}}  # {states}
# effects:
#   - {{measure: MEASURE, criterion: CRITERION, value: 1..2..3, model: warning}}
# changes:
#   - flags/NAME = true  # any value, lever, leader or flag of the case
"""


def track_add(case: str | Path, evaluation: str | Path, *, log: str | Path | None = None) -> Added:
    """Append an evaluation to the log of a case.

    Everything is checked before anything is written: the evaluation against the case, and the case
    with all entries together.

    Parameters
    ----------
    case
        A case folder, or the name of a bundled case together with ``log``.
    evaluation
        A YAML file; see docs/reference/evaluation.md.
    log
        A log beside the case, made if missing; by default ``log.yaml`` in the case folder.

    Returns
    -------
    Added
        The entry with its number and seal, and where it stands.

    Raises
    ------
    CaseError
        The evaluation, the log or the case is wrong; with all problems.
    AskError
        There is no such case or evaluation; or the case is bundled and no log was named.
    OutputError
        The log cannot be written; it is as it was.
    """
    folder = locate(case)
    if log is None and str(case) in cases() and not Path(case).is_dir():
        message = (
            f"{case} is bundled and read-only. Make a copy with `winset new MY --from {case}`, "
            "or say --log FILE to keep a log beside it."
        )
        raise AskError(message)
    path = Path(evaluation)
    if not path.is_file():
        message = f"There is no evaluation {shown(str(evaluation))}. Name a YAML file."
        raise AskError(message)
    file = log_of(folder) if log is None else Path(log)
    if file.is_dir() or not file.parent.is_dir():
        message = f"{file} cannot be a log: it is a folder, or its folder is missing."
        raise OutputError(message)
    return _add(load(folder, log=False), folder, path, file)


def _add(case: Case, folder: Path, path: Path, file: Path) -> Added:
    findings = Findings()
    bounds = spread_of(read_folder(folder, Findings())).bounds
    book = book_of(file, findings)
    findings.stop()
    entries = entries_of(book, file.name, case, bounds, findings)
    raw = read_text(path.parent, path.name, findings)
    findings.stop()
    text = entry_text(raw or "", path.name, findings)
    read = (read_evaluation(text, path.name, case, bounds, findings),)
    findings.stop()
    added = (Entry(len(entries) + 1, one, "") for one in read if one is not None)
    whole = (*entries, *added)
    check_ids(whole, findings)
    findings.stop()
    after = shown_with(case, whole, 0, file.name, bounds, findings)
    if not findings.failed:
        errors_of(after, findings)
    findings.stop()
    return Added(replace(whole[-1], hash=append(file, book, text)), file, len(book.rest))
