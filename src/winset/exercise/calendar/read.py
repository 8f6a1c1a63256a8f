"""A regime of exercises, read strictly from one YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from winset.case.findings import Findings
from winset.case.model import At
from winset.case.strict_yaml import Node, read_yaml
from winset.errors import AskError, nearest, shown
from winset.exercise.calendar import cells
from winset.exercise.calendar.cells import Part
from winset.exercise.calendar.drills import read_drills, read_lock
from winset.exercise.calendar.regime import (
    KINDS,
    YEAR,
    Ask,
    Drill,
    Form,
    Learning,
    Lock,
    Objective,
    Pair,
    Place,
    Regime,
    Stated,
    Unit,
    Window,
    pairs_of,
)
from winset.exercise.ready import ready_text

FORMAT = 1
MOST_YEARS = 10
MOST_MARGIN = 60
READY = ("three-years",)
"""Bundled regimes."""
_HALF_LIVES = {"accuracy": "5..6.5..8", "mixed": "9..11..13", "speed": "10..13..16"}
_BASES = ("budget", "lift", "observers", "gain", "start_skill", "overhead", "half_life", "pairs")


def regimes() -> tuple[str, ...]:
    """Return the names of the ready regimes."""
    return READY


def load_regime(name: str | Path, *, sets: Iterable[str] = (), locks: Iterable[str] = ()) -> Regime:
    """Read a ready regime by name, or one of your own by its path.

    Parameters
    ----------
    name
        Name or path.
    sets
        Changes of single values, as ``budget=12`` or ``consent/shares/D3.2=0.2``.
    locks
        Cells fixed beside those of the file, as ``keen-sword/2022-11/two-way``; the form may be
        ``off``.

    Raises
    ------
    AskError
        There is no such regime, it cannot be read as text, or a change names nothing.
    CaseError
        Something in it is wrong; carries all problems with file and line.

    Examples
    --------
    >>> load_regime("three-years").years
    3
    """
    text, file = text_of(name)
    return read_regime(text, file, sets=sets, locks=locks)


def text_of(name: str | Path) -> tuple[str, str]:
    """Return the text of a regime and the name that stands in messages.

    Raises
    ------
    AskError
        There is no such regime, or it cannot be read as text.
    """
    return ready_text("regime", name, READY)


def read_regime(
    text: str, name: str, *, sets: Iterable[str] = (), locks: Iterable[str] = ()
) -> Regime:
    """Read a regime from its text; ``name`` stands in messages.

    Raises
    ------
    AskError
        A change names nothing.
    CaseError
        Something in it is wrong.
    """
    findings = Findings()
    node = read_yaml(text, name, findings)
    given = (*sets,)
    for change in given:
        node = _changed(node, change)
    fixed = (*locks,)
    found = _regime(node, name, findings, fixed)
    findings.stop()
    told = "\n".join([text, *given, *fixed])
    return replace(found, hash=hashlib.sha256(told.encode()).hexdigest()[:12])


def _changed(node: Node | None, change: str) -> Node:
    """Put another text where an address of keys points."""
    address, equals, value = change.partition("=")
    keys = [key.strip() for key in address.split("/")]
    if not equals or not all(keys):
        message = f"{shown(change)} is no change. Write KEY/KEY=VALUE, say budget=12."
        raise AskError(message)
    return _put(node, keys, value.strip(), address)


def _put(node: Node | None, keys: list[str], value: str, address: str) -> Node:
    items = node.value if node is not None and isinstance(node.value, dict) else None
    if items is None:
        message = f"There is nothing under {address!r} of the regime."
        raise AskError(message)
    if len(keys) > 1 and keys[0] not in items:
        message = f"The regime has no {keys[0]!r} in {address!r}."
        raise AskError(message, nearest=nearest(keys[0], items))
    inner = (
        Node(At("--set", 1), value)
        if len(keys) == 1
        else _put(items[keys[0]], keys[1:], value, address)
    )
    return Node(node.at if node else At("--set", 1), {**items, keys[0]: inner})


def _regime(node: Node | None, name: str, findings: Findings, locks: tuple[str, ...]) -> Regime:
    noted: list[Stated] = []
    top = Part(node, "regime", findings, At(name, 1), noted=noted)
    fields = top.fields
    found = fields.whole("format")
    if found != FORMAT and "format" in fields:
        findings.add("E080", fields.where("format"), f"format {found}", allowed=str(FORMAT))
    own = fields.text("id", Path(name).stem)
    start = cells.month(fields.text("start", needed=True), fields.where("start"), findings)
    start = start or date(2000, 1, 1)
    years = top.whole("years", 1, least=1, most=MOST_YEARS)
    parties = tuple(dict.fromkeys(name for name, _ in fields.names("parties")))
    if len(parties) != 3:
        findings.add(
            "E042", fields.where("parties"), f"{len(parties)} parties", allowed="three parties"
        )
        parties = (*parties, "?1", "?2", "?3")[:3]
    frame = Regime(
        id=own,
        title=fields.text("title", own),
        start=start,
        years=years,
        parties=parties,
        pairs=_pairs(top, parties),
        objectives={
            key: _objective(item, key, top, noted)
            for key, item in fields.mapping("objectives").items()
        },
        drills={},
        units={key: _unit(item, key, top, noted) for key, item in fields.mapping("units").items()},
        places={
            key: _place(item, key, top, noted) for key, item in fields.mapping("places").items()
        },
        windows=(),
        budget=top.number("budget", None),
        lift=top.whole("lift", 1000),
        watched=(top.whole("watched_runs", 1, most=20), top.whole("watched_months", 1, least=1)),
        ask=_ask(top),
        learning=_learning(top),
        locks=(),
        stated=(),
        elections=_elections(top),
        hash="",
        at={key: fields.where(key) for key in ("budget", "lift", "consent", "watched_runs")},
    )
    windows = tuple(
        _window(item, key, frame, top, noted) for key, item in fields.mapping("windows").items()
    )
    drills = read_drills(fields.mapping("exercises"), frame, top, noted)
    fixed = _locks(fields.items("locked"), frame, drills, findings)
    fixed += tuple(
        lock
        for text in locks
        if (lock := read_lock(text, At("--lock", 1), frame, drills, findings)) is not None
    )
    if not drills and not findings.failed:
        findings.add("E023", top.at, "there are no exercises", do="Add the key 'exercises'")
    if not frame.objectives:
        findings.add("E023", top.at, "there are no objectives", do="Add the key 'objectives'")
    top.noted_keys(_BASES)
    top.done()
    return replace(frame, drills=drills, windows=windows, locks=fixed, stated=tuple(noted))


def _pairs(top: Part, parties: tuple[str, ...]) -> Mapping[Pair, float]:
    weights = dict.fromkeys(pairs_of(parties), 1.0)
    known = {"-".join(pair): pair for pair in weights}
    for key, node in top.fields.mapping("pairs").items():
        if key not in known:
            top.findings.unknown("E031", node.at, "pair", key, known)
    part = Part(top.fields.node("pairs"), "pairs", top.findings, top.at, noted=top.noted, bases=top)
    for key, pair in known.items():
        weights[pair] = part.number(key, 1.0, most=100)
    return weights


def _objective(node: Node, key: str, top: Part, noted: list[Stated]) -> Objective:
    part = Part(node, f"objective {key}", top.findings, node.at, noted=noted)
    made = Objective(
        key,
        part.fields.text("label", key),
        part.fields.word("kind", KINDS, KINDS[0]),
        part.number("weight", 1.0, most=100),
        part.number("cap", 1.0, least=0.1, most=50),
        node.at,
    )
    part.note("kind", made.kind)
    part.noted_keys(("kind", "weight", "cap"))
    part.done()
    return made


def _unit(node: Node, key: str, top: Part, noted: list[Stated]) -> Unit:
    part = Part(node, f"unit {key}", top.findings, node.at, noted=noted)
    made = Unit(
        key,
        part.fields.text("label", key),
        part.whole("at_once", 1, most=100),
        part.whole("a_year", YEAR, most=1000),
        node.at,
    )
    part.noted_keys(("at_once", "a_year"))
    part.done()
    return made


def _place(node: Node, key: str, top: Part, noted: list[Stated]) -> Place:
    part = Part(node, f"place {key}", top.findings, node.at, noted=noted)
    red_line = part.fields.text("red_line")
    made = Place(
        key,
        part.fields.text("label", key),
        red_line,
        part.forms("bars", ("observers", "three-way") if red_line else ()),
        node.at,
    )
    if red_line:
        part.note("red_line", red_line)
    part.noted_keys(("red_line",))
    part.done()
    return made


def _ask(top: Part) -> Ask:
    part = Part(
        top.fields.node("consent"), "consent", top.findings, top.at, noted=top.noted, bases=top
    )
    case = part.fields.text("case")
    open_at = part.number("open_at", 0.5, most=1.0)
    inner = part.fields.node("shares")
    shares = Part(inner, "consent shares", top.findings, part.at, noted=top.noted)
    given = {key: shares.number(key, None, most=1.0) for key in part.fields.mapping("shares")}
    alone = part.fields.word("count", ("open", "alone"), "open") == "alone"
    changes = tuple(name for name, _ in part.fields.names("changes"))
    part.done()
    return Ask(case, open_at, "alone" if alone else "open", changes, given)


def _learning(top: Part) -> Learning:
    node = top.fields.node("half_life")
    lives = Part(node, "half_life", top.findings, top.at, noted=top.noted, bases=top)
    half = {
        kind: lives.span(kind, default, least=0.1, most=600)
        for kind, default in _HALF_LIVES.items()
    }
    lives.done()
    return Learning(
        top.span("observers", "0.2..0.4..0.6"),
        top.span("gain", "0.1..0.25..0.5"),
        top.span("start_skill", "0.1..0.25..0.5"),
        half,
        top.span("overhead", "0.1..0.25..0.4", most=0.9),
    )


def _elections(top: Part) -> tuple[int, int, frozenset[Form]] | None:
    node = top.fields.node("elections")
    if node is None:
        return None
    part = Part(node, "elections", top.findings, top.at, noted=top.noted)
    made = (
        part.whole("days_before", 30, most=366),
        part.whole("days_after", 30, most=366),
        part.forms("bars", ("three-way",)),
    )
    part.done()
    return made


def _window(node: Node, key: str, frame: Regime, top: Part, noted: list[Stated]) -> Window:
    findings = top.findings
    part = Part(node, f"window {key}", findings, node.at, noted=noted)
    fields = part.fields
    spans: tuple[tuple[date, date], ...] = ()
    months, lasts, chance = (0, 0), 0, None
    if "chance" in fields:
        chance = part.span("chance", "0")
        ends = [
            cells.month(fields.text(k, needed=True), fields.where(k), findings)
            for k in ("from", "to")
        ]
        first, last = (frame.month_of(end) if end else 0 for end in ends)
        months, lasts = (first, last), part.whole("lasts", 1, least=1, most=frame.months)
        if last < first:
            findings.add(
                "E082", node.at, f"window {key} ends before it begins", do="Swap from and to"
            )
            months = (last, first)
    elif "yearly" in fields:
        spans = _yearly(part, frame)
    else:
        ends = [
            cells.day(fields.text(k, needed=True), fields.where(k), findings)
            for k in ("from", "to")
        ]
        if ends[0] and ends[1]:
            spans = ((ends[0], ends[1]),)
            if ends[1] < ends[0]:
                findings.add(
                    "E082", node.at, f"window {key} ends before it begins", do="Swap from and to"
                )
                spans = ((ends[1], ends[0]),)
        part.note("from", f"{fields.text('from')} to {fields.text('to')}")
    made = Window(
        key,
        fields.text("label", key),
        spans,
        part.forms("bars", ("three-way",)),
        frozenset(part.names("parties", frame.parties, "party") or frame.parties),
        frozenset(part.names("places", frame.places, "place")),
        chance,
        months,
        lasts,
        fields.text("red_line"),
        node.at,
    )
    part.noted_keys(("from", "yearly", "margin", "chance", "lasts"))
    part.done()
    return made


def _yearly(part: Part, frame: Regime) -> tuple[tuple[date, date], ...]:
    margin = timedelta(days=part.whole("margin", 0, most=MOST_MARGIN))
    text = part.fields.text("yearly")
    part.note("yearly", text)
    years = range(frame.start.year - 1, frame.start.year + frame.years + 2)
    days = cells.each_year(text, part.fields.where("yearly"), part.findings, years)
    return tuple((one - margin, one + margin) for one in days)


def _locks(
    items: Iterable[Node], frame: Regime, drills: Mapping[str, Drill], findings: Findings
) -> tuple[Lock, ...]:
    found = (
        read_lock(
            str(item.value) if isinstance(item.value, str) else "", item.at, frame, drills, findings
        )
        for item in items
    )
    return tuple(lock for lock in found if lock is not None)
