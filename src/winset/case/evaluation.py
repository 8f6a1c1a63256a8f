"""An evaluation: one small YAML file of what happened and what it showed, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import cast

from winset.case.address import resolve_change
from winset.case.change import parse_change
from winset.case.draft import ID
from winset.case.fields import Fields
from winset.case.findings import Findings
from winset.case.model import (
    STAGES,
    At,
    Basis,
    Case,
    Change,
    Effect,
    Evaluation,
    Move,
    Proficiency,
    Stage,
    Timing,
    Value,
)
from winset.case.quantity import Quantity, parse_quantity
from winset.case.strict_yaml import Node, read_yaml
from winset.effects.catalogue import names
from winset.errors import AskError, shown

FORMAT = 1
Bounds = Mapping[str, tuple[float, float]]
"""Least and greatest value by kind, as in case.yaml."""

STATE_BOUNDS: Bounds = {
    "trust_pair": (-5.0, 5.0),
    "trust_ally": (-5.0, 5.0),
    "assurance": (0.0, 4.0),
    "mood": (0.0, 5.0),
    "grievance": (0.0, 5.0),
    "backing": (-5.0, 5.0),
}
"""States of time.yaml that a log may set, and where they end; for `skill` there is proficiency."""
_SHARE = (0.0, 1.0)
_FIXED = ("switches", "settings")
_ANYTHING = (float("-inf"), float("inf"))


def day_of(text: str) -> date | None:
    """Return the day a text is, written as YYYY-MM-DD; None where it is none.

    Examples
    --------
    >>> day_of("2022-10-12"), day_of("12.10.2022"), day_of("20221012")
    (datetime.date(2022, 10, 12), None, None)
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def read_evaluation(
    text: str, name: str, case: Case, bounds: Bounds, findings: Findings, *, line: int = 1
) -> Evaluation | None:
    """Read an evaluation against the case it is about.

    Parameters
    ----------
    text
        The YAML text.
    name, line
        How messages call the file, and in which line of it the text begins.
    case
        The case, without any log.
    bounds
        Least and greatest value by kind of value.
    findings
        Gets every problem.

    Returns
    -------
    Evaluation or None
        None where the text is no YAML; of no use unless the findings hold no error.
    """
    node = read_yaml("\n" * (line - 1) + text, name, findings)
    if node is None:
        return None
    if node.is_blank:
        findings.add("E023", At(name, line), "an empty evaluation", do="Write id, date, title")
        return None
    return _Reader(Fields(node, "evaluation", findings, node.at), case, bounds, findings).read()


class _Reader:
    """One method a part of the file; names are checked as they are read."""

    def __init__(self, fields: Fields, case: Case, bounds: Bounds, findings: Findings) -> None:
        self._fields = fields
        self._case = case
        self._bounds = bounds
        self._findings = findings

    def read(self) -> Evaluation:
        fields = self._fields
        self._format()
        found = Evaluation(
            id=self._id(),
            date=self._date(),
            title=fields.text("title", needed=True),
            place=fields.text("place"),
            source=fields.text("source", needed=True),
            note=fields.text("note"),
            basis=self._basis(),
            moves=tuple(self._move(node) for node in fields.items("moves")),
            proficiency=tuple(self._proficiency()),
            effects=tuple(one for node in fields.items("effects") if (one := self._effect(node))),
            changes=(*self._states(), *self._trust(), *self._changes()),
            at=fields.at,
        )
        fields.done()
        if not (found.moves or found.proficiency or found.effects or found.changes):
            self._findings.add(
                "E023",
                fields.at,
                "an evaluation of nothing",
                allowed="moves, proficiency, states, trust, effects, changes",
                do="Say what happened",
            )
        return found

    def _format(self) -> None:
        found = self._fields.whole("format")
        if found != FORMAT and "format" in self._fields:
            self._findings.add(
                "E080", self._fields.where("format"), f"format {found}", allowed=str(FORMAT)
            )

    def _basis(self) -> Basis:
        return "A" if self._fields.word("basis", ("X", "A"), "X") == "A" else "X"

    def _id(self) -> str:
        found = self._fields.text("id", needed=True)
        if found and not ID.fullmatch(found):
            self._findings.add(
                "E030",
                self._fields.where("id"),
                f"id {shown(found)}",
                allowed="a letter, then up to 63 letters, digits, _ and -",
                do="Rename it",
            )
        return found

    def _date(self) -> str:
        text, at = self._fields.text("date", needed=True), self._fields.where("date")
        if not text:
            return text
        if day_of(text) is None:
            self._findings.add("E040", at, f"date {shown(text)}", allowed="a day as YYYY-MM-DD")
        elif day_of(self._case.as_of) is not None and text < self._case.as_of:
            self._findings.add(
                "E042",
                at,
                f"date {text} lies before the as-of date",
                allowed=f"{self._case.as_of} or later",
                do="What stood at the as-of date belongs into rungs.csv",
            )
        return text

    def _move(self, node: Node) -> Move:
        fields = Fields(node, "move", self._findings, node.at)
        rung = fields.text("rung", needed=True)
        if rung and rung not in self._case.rung:
            same = [one for one in self._case.rung if one.startswith(rung.rpartition(".")[0] + ".")]
            self._unknown("rung", rung, fields.where("rung"), same or self._case.rung)
        stage = fields.text("to", needed=True)
        if stage and stage not in STAGES:
            self._findings.unknown("E043", fields.where("to"), "stage", stage, STAGES)
        by = tuple(name for name, _ in fields.names("by"))
        for who, at in fields.names("by"):
            if who not in self._case.constituency:
                self._unknown("constituency", who, at, self._case.constituency)
        found = Move(rung, cast("Stage", stage), by, fields.text("note"), node.at)
        fields.done()
        return found

    def _proficiency(self) -> Iterable[Proficiency]:
        given = self._fields.mapping("proficiency")
        time = self._time("proficiency") if given else None
        for measure, node in given.items():
            quantity = self._quantity(node, f"proficiency of {measure}", _SHARE)
            if time is None:
                continue
            drilled = time.roles["drills"]
            if measure not in drilled:
                self._unknown("drilled measure", measure, node.at, drilled)
            elif quantity is not None:
                address = f"parameters/{time.starts['skill']}"
                yield Proficiency(measure, self._value(address, quantity, node.at))

    def _effect(self, node: Node) -> Effect | None:
        fields = Fields(node, "effect", self._findings, node.at)
        measure, criterion = (fields.text(key, needed=True) for key in ("measure", "criterion"))
        party, model, note = (fields.text(key) for key in ("party", "model", "note"))
        value = fields.node("value", needed=True)
        fields.done()
        pools: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("measure", measure, self._case.measure),
            ("criterion", criterion, self._case.criterion),
            ("party", party, self._case.party),
        )
        wrong = [(kind, word, pool) for kind, word, pool in pools if word and word not in pool]
        for kind, word, pool in wrong:
            self._unknown(kind, word, fields.where(kind), pool)
        if model and model not in names():
            self._findings.unknown("E046", fields.where("model"), "model", model, names())
        quantity = None
        if value is not None:
            limits = self._bounds.get("effects", _ANYTHING)
            quantity = self._quantity(value, f"effect {measure}/{criterion}", limits)
        if wrong or quantity is None:
            return None
        address = "/".join(part for part in ("effects", measure, criterion, party) if part)
        made = self._value(address, quantity, node.at, note=note, model=model)
        return Effect(measure, criterion, party, made)

    def _states(self) -> Iterable[Change]:
        given = self._fields.mapping("states")
        time = self._time("states") if given else None
        known = [name for name in STATE_BOUNDS if time is None or name in time.starts]
        for state, node in given.items():
            if state not in known:
                self._unknown("state", state, node.at, known)
                continue
            quantity = self._quantity(node, f"state {state}", STATE_BOUNDS[state])
            if time is not None and quantity is not None:
                address = f"parameters/{time.starts[state]}"
                yield Change(address, "=", str(node.value), node.at)

    def _trust(self) -> Iterable[Change]:
        """Read trust events: between whom, how much, what it was."""
        given = self._fields.items("trust")
        time = self._time("trust") if given else None
        for node in given:
            fields = Fields(node, "trust event", self._findings, node.at)
            pair = [name for name, _ in fields.names("between")]
            change = fields.number("change")
            fields.text("says", needed=True)
            fields.done()
            start = "" if time is None else _start_of(time, pair)
            if time is not None and not start:
                self._findings.add(
                    "E024",
                    fields.where("between"),
                    f"trust between {' and '.join(pair) or 'nobody'}",
                    allowed=", ".join(f"[{a}, {b}]" for a, b in combinations(time.parties, 2)),
                )
            if time is not None and start:
                address = f"parameters/{time.starts[start]}"
                yield Change(address, "+=", f"{change:.12g}", node.at)

    def _changes(self) -> Iterable[Change]:
        """Read changes in the one language of changes."""
        for node in self._fields.items("changes"):
            text = node.value if isinstance(node.value, str) else ""
            try:
                change = parse_change(text, at=node.at)
            except AskError as error:
                self._findings.add("E060", node.at, str(error).rstrip("."))
                continue
            try:
                found = resolve_change(self._case, change)
            except AskError as error:
                self._findings.add("E061", node.at, str(error).rstrip("."))
                continue
            if found[0].partition("/")[0] in _FIXED:
                self._findings.add(
                    "E061",
                    node.at,
                    f"{found[0]} is no fact: a reading or a form of the model",
                    allowed="values, levers, leaders, flags",
                    do="Change weights or settings in the case itself",
                )
                continue
            yield change

    def _time(self, what: str) -> Timing | None:
        if self._case.time is None:
            self._findings.add(
                "E031",
                self._fields.where(what),
                f"{what}, but {self._case.id} says nothing about time",
                do="Add a time.yaml to the case, or leave it out",
            )
        return self._case.time

    def _quantity(self, node: Node, what: str, limits: tuple[float, float]) -> Quantity | None:
        if not isinstance(node.value, str):
            self._findings.add("E024", node.at, what, allowed="0.4 or 0.2..0.4..0.6")
            return None
        try:
            found = parse_quantity(node.value)
        except AskError as error:
            self._findings.add("E040", node.at, f"{what}: {str(error).rstrip('.')}")
            return None
        least, most = limits
        if not least <= found.low <= found.high <= most:
            self._findings.add(
                "E042", node.at, f"{what} is {node.value}", allowed=f"{least:g} to {most:g}"
            )
            return None
        return found

    def _value(
        self, address: str, quantity: Quantity, at: At, *, note: str = "", model: str = ""
    ) -> Value:
        about = f"log, {self._fields.text('date')}: {self._fields.text('source')}"
        refs = (f"model:{model}",) if model else ()
        told = f"{note}; {about}" if note else about
        return Value(address, *quantity, "C" if model else self._basis(), refs, told, at)

    def _unknown(self, what: str, word: str, at: At, pool: Iterable[str]) -> None:
        self._findings.unknown("E031", at, what, word, pool, do="Correct the name")


def _start_of(time: Timing, pair: list[str]) -> str:
    """Name the state that holds the trust between two parties; empty for none."""
    if len(pair) == 2 and set(pair) == set(time.pair):
        return "trust_pair"
    others = [one for one in pair if one != time.ally]
    return "trust_ally" if len(pair) == 2 and len(others) == 1 and others[0] in time.pair else ""
