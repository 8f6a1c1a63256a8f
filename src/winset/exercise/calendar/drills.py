"""Reading of the exercises of a regime, and of cells that are locked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from winset.case.findings import Findings
from winset.case.model import At
from winset.case.strict_yaml import Node
from winset.errors import shown
from winset.exercise.calendar import cells
from winset.exercise.calendar.cells import Part
from winset.exercise.calendar.regime import (
    FORMS,
    YEAR,
    Drill,
    Form,
    Lock,
    Regime,
    Stated,
    Way,
)

MOST_DRILLS = 60
LONGEST = 28
"""Most days an exercise takes: it must fit into any month."""
_BASES = (
    "between",
    "months",
    "days",
    "trains",
    "lift",
    "units",
    "staging",
    "least",
    "most",
    "apart",
    "observed",
    "places",
    "forms",
)


def read_drills(
    items: Mapping[str, Node], frame: Regime, top: Part, noted: list[Stated]
) -> dict[str, Drill]:
    """Read every exercise."""
    if len(items) > MOST_DRILLS:
        top.findings.add("E003", top.at, f"{len(items)} exercises", allowed=f"up to {MOST_DRILLS}")
        return {}
    return {key: _drill(item, key, frame, top.findings, noted) for key, item in items.items()}


def _drill(node: Node, key: str, frame: Regime, findings: Findings, noted: list[Stated]) -> Drill:
    part = Part(node, f"exercise {key}", findings, node.at, noted=noted)
    label = part.fields.text("label", key)
    pair = part.names("between", frame.parties, "party")
    if len(pair) != 2:
        where = part.fields.where("between")
        findings.add("E042", where, f"exercise {key} is between {len(pair)}", allowed="two parties")
        pair = frame.parties[:2]
    part.note("between", " ".join(pair))
    months = frozenset(_months(part, frame))
    if not months:
        findings.add(
            "E082",
            part.fields.where("months"),
            f"exercise {key} has no month within the calendar",
            do="List months of the year (10) or single months (2022-10)",
        )
    made = Drill(
        key,
        label,
        (pair[0], pair[1]),
        _amounts(part, "trains", frame.objectives, "objective", most=1.0),
        _ways(part, frame),
        months,
        part.whole("days", 7, least=1, most=LONGEST),
        part.whole("lift", 0, most=100),
        _counts(part, "units", frame.units),
        part.whole("staging", 0, most=YEAR),
        part.whole("least", 0, most=YEAR),
        part.whole("most", 1, least=1, most=YEAR),
        part.whole("apart", 1, least=1, most=10 * YEAR),
        part.fields.word("observed", ("true", "false"), "false") == "true",
        _places(part, frame),
        node.at,
    )
    if made.least > made.most:
        findings.add(
            "E041",
            part.fields.where("least"),
            f"least is {made.least}, most {made.most}",
            do="Lower one or raise the other",
        )
    if made.observed:
        part.note("observed", "true")
    part.noted_keys(_BASES)
    part.done()
    return made


def _months(part: Part, frame: Regime) -> Iterator[int]:
    """Months counted from the start: every year's (``10``) or single ones (``2022-10``)."""
    names = part.fields.names("months")
    if names:
        part.note("months", " ".join(text for text, _ in names))
    for text, at in names or tuple((str(m), part.at) for m in range(1, YEAR + 1)):
        if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= YEAR:
            wanted = int(text)
            yield from (m for m in range(frame.months) if frame.first_day(m).month == wanted)
        elif (day := cells.month(text, at, part.findings)) is not None:
            month = frame.month_of(day)
            if 0 <= month < frame.months:
                yield month


def _amounts(
    part: Part, key: str, known: Mapping[str, Any], kind: str, *, most: float, least: float = 0.0
) -> Mapping[str, float]:
    node = part.fields.node(key)
    if node is None:
        return {}
    inner = Part(node, f"{key} of {part.what}", part.findings, node.at, noted=[])
    found = {}
    for name, item in part.fields.mapping(key).items():
        if name not in known:
            part.findings.unknown("E031", item.at, kind, name, known)
        found[name] = inner.number(name, None, least=least, most=most)
    part.note(key, ", ".join(f"{name} {value:g}" for name, value in found.items()))
    return {name: value for name, value in found.items() if name in known}


def _counts(part: Part, key: str, known: Mapping[str, Any]) -> Mapping[str, int]:
    counts = _amounts(part, key, known, "unit", most=100)
    for name, value in counts.items():
        if value != int(value):
            part.findings.add(
                "E040",
                part.fields.where(key),
                f"{name} of {key} of {part.what} is {value:g}",
                allowed="whole numbers",
            )
    return {name: int(value) for name, value in counts.items()}


def _places(part: Part, frame: Regime) -> Mapping[str, float]:
    if "places" not in part:
        part.fields.node("places")
        return {"": 0.0}
    return _amounts(part, "places", frame.places, "place", most=1000) or {"": 0.0}


def _ways(part: Part, frame: Regime) -> Mapping[Form, Way]:
    ways: dict[Form, Way] = {}
    items = part.fields.mapping("forms")
    for key, node in items.items():
        if key not in FORMS:
            part.findings.unknown("E031", node.at, "form", key, FORMS)
            continue
        inner = Part(node, f"{key} of {part.what}", part.findings, node.at, noted=[])
        way = Way(
            key,
            inner.number("cost", None, most=1000),
            inner.fields.text("rung"),
            _counts(inner, "units", frame.units),
            node.at,
        )
        inner.done()
        ways[way.form] = way
        part.note("forms", f"{key}: cost {way.cost:g}{f', {way.rung}' if way.rung else ''}")
    if not items:
        part.findings.add(
            "E023", part.at, f"{part.what} takes no form", do=f"Add forms: {', '.join(FORMS)}"
        )
    return {form: ways[form] for form in FORMS if form in ways}


def read_lock(
    text: str, at: At, frame: Regime, drills: Mapping[str, Drill], findings: Findings
) -> Lock | None:
    """Read a locked cell, ``keen-sword/2022-11/two-way``; the form may be ``off``."""
    words = text.replace("/", " ").split()
    allowed = (*FORMS, "off")
    if len(words) != 3:
        findings.add(
            "E040",
            at,
            f"{shown(text)} locks nothing",
            allowed="EXERCISE/YYYY-MM/FORM",
            do=f"The form is one of {', '.join(allowed)}",
        )
        return None
    name, when, form = words
    before = findings.count
    if name not in drills:
        findings.unknown("E031", at, "exercise", name, drills)
    if form not in allowed:
        findings.unknown("E043", at, "form", form, allowed)
    day = cells.month(when, at, findings)
    month = frame.month_of(day) if day else 0
    if not 0 <= month < frame.months:
        findings.add(
            "E082",
            at,
            f"{when} is outside the calendar",
            allowed=f"{frame.month_name(0)} to {frame.month_name(frame.months - 1)}",
        )
    if findings.count == before and form != "off":
        drill = drills[name]
        if form not in drill.ways:
            findings.unknown("E043", at, f"form of {name}:", form, drill.ways)
        elif month not in drill.months:
            told = " ".join(frame.month_name(one) for one in sorted(drill.months))
            findings.add("E082", at, f"{name} cannot be held in {when}", allowed=told)
    if findings.count > before:
        return None
    return Lock(name, month, cast("Form", form), at)
