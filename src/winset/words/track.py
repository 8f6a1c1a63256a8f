"""Every sentence of the answer to "what has happened since?", from rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from winset.case.model import Case
from winset.tables import Table
from winset.words.phrases import capital, join_names, share_phrase

Row = dict[str, Any]
TITLE = "What has happened since?"
DEFINITION = (
    "A rung stands where the latest move of the log puts it; executed rungs are in place for every "
    "question. Days come from the log and from half-lives and gaps of the case, at the middle of their "
    "ranges. With and without the log the same worlds are asked; an error of a change is two standard "
    "errors of the paired difference."
)
THERE, NOT_THERE = "in place", "not in place"
_FEW = 4


def summary(case: Case, tables: Mapping[str, Table], on: str) -> list[str]:
    """Return the answer in a few sentences, the headline first."""
    return [
        _headline(case, tables),
        *_cut(case),
        *_waiting(case, tables["stages"]),
        *_due(case, tables["due"], on),
        *_facts(tables["facts"]),
        *_moved(tables["moved"]),
    ]


def _headline(case: Case, tables: Mapping[str, Table]) -> str:
    entries = [*tables["entries"].rows()]
    if not entries:
        return f"Nothing is logged of {case.id}: `winset track add` writes down what happened."
    count = "1 entry" if len(entries) == 1 else f"{len(entries):,} entries"
    days = sorted({str(row["date"]) for row in entries})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    raised = _in_place(case)
    told = "Nothing new is in place"
    if raised:
        told = f"{capital(_named(case, raised))} {'is' if len(raised) == 1 else 'are'} in place"
    return f"{told} by the log of {case.id} ({count}, {when})."


def _in_place(case: Case) -> list[str]:
    """Rungs that stand by the log and did not before: the highest of each measure."""
    without = case if case.log is None else case.log.without
    return [
        measure.rungs[measure.status_quo - 1].id
        for measure, before in zip(case.measures, without.measures, strict=True)
        if measure.status_quo > before.status_quo
    ]


def _named(case: Case, rungs: Iterable[str]) -> str:
    names = [f"{case.rung[one].words.phrase} ({one})" for one in rungs]
    more = [f"{len(names) - _FEW} more"] if len(names) > _FEW else []
    return join_names([*names[:_FEW], *more]) if names else ""


def _cut(case: Case) -> list[str]:
    if case.log is None or not case.log.unsealed:
        return []
    told = (
        f"The log was cut off after entry {len(case.log.entries)}: {case.log.unsealed:,} bytes behind it "
        "are no entry and are not read; the next `winset track add` keeps them beside the log."
    )
    return [told]


def _waiting(case: Case, stages: Table) -> list[str]:
    told = []
    rows = [*stages.rows()]
    for stage in ("blocked", "acceptable", "proposed", "prepared", "ended"):
        rungs = [row["rung"] for row in rows if row["stage"] == stage]
        if rungs:
            told.append(f"{capital(stage)}: {_named(case, rungs)}.")
    held = [row["rung"] for row in rows if row["stage"] == "executed"]
    if held:
        told.append(f"Executed and not yet evaluated: {_named(case, held)}.")
    return told


def _due(case: Case, due: Table, on: str) -> list[str]:
    rows = [*due.rows()]
    if not rows:
        return []
    late = [row for row in rows if row["overdue"]]
    told = [_due_row(case, row) for row in (late or rows[:1])[:_FEW]]
    head = f"Overdue on {on}" if late else f"Nothing is overdue on {on}; next"
    return [f"{head}: {'; '.join(told)}."]


def _due_row(case: Case, row: Row) -> str:
    measure = case.measure.get(row["measure"])
    what = measure.words.phrase if measure else "what is in place"
    if row["kind"] == "reaffirmation":
        ends = f"{row['due_first']} to {row['due_last']}"
        return f"the next occasion of {what}, due {row['due']} ({ends})"
    return (
        f"practice of {what}, {row['proficiency']:.2f} on {row['last']} and {row['remains']:.2f} now "
        f"({row['remains_low']:.2f} to {row['remains_high']:.2f}), half gone by {row['due']}"
    )


def _facts(facts: Table) -> list[str]:
    values = [row for row in facts.rows() if row["after"] not in (THERE, NOT_THERE)]
    if not values:
        return []
    named = [str(row["address"]) for row in values]
    more = [f"{len(named) - _FEW} more"] if len(named) > _FEW else []
    return [f"The log also changed {join_names([*named[:_FEW], *more])}."]


def _moved(moved: Table) -> list[str]:
    rows = [*moved.rows()]
    if not rows:
        return []
    told = [
        _most([row for row in rows if row["what"] == what], said)
        for what, said in (("open", "open"), ("alone", "accepted alone"))
    ]
    turned = [
        f"{row['rung']} ({row['what']}) from {row['verdict_before']} to {row['verdict_after']}"
        for row in rows
        if row["verdict_before"] != row["verdict_after"]
    ]
    more = [f"{len(turned) - _FEW} more"] if len(turned) > _FEW else []
    if not turned:
        return [*told, "No verdict turns."]
    return [*told, f"Verdicts that turn: {join_names([*turned[:_FEW], *more])}."]


def _most(rows: list[Row], said: str) -> str:
    """Say how many rungs move in one respect, and which one most."""
    n, most = rows[0]["worlds"], rows[0]
    if not any(row["only_with"] or row["only_without"] for row in rows):
        return f"With the log no rung is {said} in more or fewer of {n:,} worlds."
    beyond = sum(abs(row["change"]) > row["change_error"] for row in rows)
    return (
        f"With the log, {beyond} of {len(rows)} rungs are {said} in more or fewer worlds, beyond "
        f"chance; most of all {most['rung']}, {share_phrase(most['before'], n)} without it and "
        f"{share_phrase(most['after'], n, first=False)} with it ({100 * most['change']:+.0f} of 100, "
        f"± {100 * most['change_error']:.0f})."
    )
