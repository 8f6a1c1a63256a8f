"""From a case with its log to tables: stages, facts, entries, what is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from winset.ask.track import schemas
from winset.case import diff
from winset.case.evaluation import day_of
from winset.case.model import STAGES, Case, Entry, Measure, Timing, Value
from winset.tables import Table
from winset.words.track import NOT_THERE, THERE

DAYS = 365.25 / 4
"""Days of a quarter."""
HALF_LIFE = "skill_hl"
"""Parameter: half-life of proficiency, quarters."""
Cells = tuple[object, ...]
_STANDS = re.compile(r"measures/.*/rungs/(.*)/status_quo")
_HELD = ("executed", "evaluated")


def tabulate(case: Case, on: date) -> dict[str, Table]:
    """Return every table that needs no worlds."""
    return {
        "stages": schemas.STAGES.from_rows(_stages(case)),
        "due": schemas.DUE.from_rows(sorted(_due(case, on), key=lambda row: str(row[3]))),
        "facts": schemas.FACTS.from_rows(_facts(case)),
        "entries": schemas.ENTRIES.from_rows(_listed(case)),
    }


def entries(case: Case) -> tuple[Entry, ...]:
    """Entries of the log of a case by date; none without a log."""
    return () if case.log is None else case.log.by_date


def _listed(case: Case) -> Iterator[Cells]:
    for entry in sorted(entries(case), key=lambda one: one.number):
        about = entry.evaluation
        yield (
            entry.number, about.id, about.date, about.title, about.place, about.source, about.note,
            entry.hash,
        )  # fmt: skip


def _stages(case: Case) -> Iterator[Cells]:
    last: dict[str, dict[str, Cells]] = {}
    for entry in entries(case):
        for move in entry.evaluation.moves:
            here = last.setdefault(move.rung, {})
            here.pop(move.to, None)  # the latest move stands last
            here[move.to] = (entry.evaluation.date, " ".join(move.by), entry.evaluation.id)
    for measure in case.measures:
        logged = [rung for rung in measure.rungs if rung.id in last]
        for rung in logged:
            moves = last[rung.id]
            stage = [*moves][-1]
            since, by, entry_id = moves[stage]
            days = [str(moves[one][0]) if one in moves else "" for one in STAGES]
            held = rung.level <= measure.status_quo
            yield measure.id, rung.id, rung.words.label, held, stage, since, by, *days, entry_id
        if not logged:
            yield _untouched(measure)


def _untouched(measure: Measure) -> Cells:
    level = measure.status_quo
    rung = measure.rungs[level - 1] if level else None
    name, label = (rung.id, rung.words.label) if rung else ("", measure.words.label)
    stage = "in place" if level else ""
    return measure.id, name, label, bool(level), stage, "", "", *([""] * len(STAGES)), ""


def _facts(case: Case) -> Iterator[Cells]:
    if case.log is None:
        return
    for one in diff(case.log.without, case).differences:
        rung = _STANDS.fullmatch(one.address)
        if rung is not None:
            here = one.after == "True"
            yield f"rungs/{rung[1]}", *((NOT_THERE, THERE) if here else (THERE, NOT_THERE))
        elif not one.address.startswith("log/"):
            yield one.address, one.before, one.after


# what is due


def _due(case: Case, on: date) -> Iterator[Cells]:
    if case.time is None:
        return
    yield from _reaffirmations(case, case.time, on)
    yield from _practice(case, case.time, on)


def _reaffirmations(case: Case, time: Timing, on: date) -> Iterator[Cells]:
    gap = case.values[f"parameters/{time.occasion_gap}"]
    none = float("nan")
    for name in time.roles["reaffirm"]:
        last = _last_held(case, name)
        if case.measure[name].status_quo and last is not None:
            days = _days(last, gap)
            yield name, "reaffirmation", *days, days[1] < on.isoformat(), none, none, none, none


def _last_held(case: Case, measure: str) -> date | None:
    """Day of the last occasion in the log, or the as-of date; None where the case has none."""
    found = [
        entry.evaluation.date
        for entry in entries(case)
        for move in entry.evaluation.moves
        if move.to in _HELD and case.rung[move.rung].measure == measure
    ]
    return day_of(max(found, default=case.as_of))


def _practice(case: Case, time: Timing, on: date) -> Iterator[Cells]:
    half = case.values[f"parameters/{HALF_LIFE}"]
    reached: Mapping[str, tuple[str, Value]] = {
        one.measure: (entry.evaluation.date, one.value)
        for entry in entries(case)
        for one in entry.evaluation.proficiency
    }
    if (
        not reached
        and day_of(case.as_of)
        and any(case.measure[name].status_quo for name in time.roles["drills"])
    ):
        reached = {"skill": (case.as_of, case.values[f"parameters/{time.starts['skill']}"])}
    for name, (day, value) in reached.items():
        begin = date.fromisoformat(day)
        days = _days(begin, half)
        gone = max((on - begin).days, 0) / DAYS
        left, low, high = (
            level * 2.0 ** (-gone / quarters)
            for level, quarters in (
                (value.mode, half.mode), (value.low, half.low), (value.high, half.high)
            )
        )  # fmt: skip
        late = days[1] < on.isoformat()
        yield name, "practice", *days, late, value.mode, left, low, high


def _days(begin: date, quarters: Value) -> tuple[str, str, str, str]:
    """Return the day it begins, and the days after the middle, low and high number of quarters."""

    def after(count: float) -> str:
        return (begin + timedelta(days=round(DAYS * count))).isoformat()

    return after(0.0), after(quarters.mode), after(quarters.low), after(quarters.high)
