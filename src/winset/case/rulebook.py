"""Rows of conditions.csv and the rules of parties: conditions whose every name exists."""

from __future__ import annotations

import re
from typing import Literal, cast

from winset.case.cells import Row
from winset.case.condition import FORMS, ConditionError, parse_condition, walk
from winset.case.draft import Draft, by_id, natural
from winset.case.model import (
    At,
    AtLeast,
    Compare,
    Condition,
    Consents,
    Constituency,
    Flag,
    Happened,
    Held,
    Not,
    Rule,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.case.quantity import number
from winset.errors import nearest

_KINDS = ("needs", "helps", "excludes", "refuses")
_READERS = ("reach", "path", "tabletop")
_SWITCH = re.compile(r"switches/(?P<id>[A-Za-z0-9_-]+)\s*=\s*(?P<option>[A-Za-z0-9_-]+)")
CONSENTING: tuple[str, ...] = ("executive", "implementer", "majority", "conditional", "soft")
"""Kinds of constituency whose consent a party can need."""


def read_condition(text: str, at: At, draft: Draft) -> Condition | None:
    """Read a condition and check its names; None (and a problem) where it cannot be read."""
    try:
        condition = parse_condition(text)
    except ConditionError as error:
        draft.findings.add(
            "E050",
            at,
            f"condition {text[:80]!r}: {error}",
            allowed=FORMS,
            do="Correct it; prose belongs in `says`",
        )
        return None
    for part in walk(condition):
        _check_names(part, at, draft)
    return condition


def _check_names(part: Condition, at: At, draft: Draft) -> None:
    if isinstance(part, RungAtLeast | Held):
        draft.rung(f"{part.measure}.{part.level}", at)
    elif isinstance(part, Consents) and draft.has("measure", part.who):
        draft.findings.add(
            "E050", at, f"a measure {part.who} without level", do=f"Write a rung: {part.who}.1"
        )
    elif isinstance(part, Consents | Supports):
        draft.known("constituency", part.who, at)
    elif isinstance(part, Flag | Venue):
        draft.known("flag", part.name, at)
    elif isinstance(part, Happened):
        draft.known("shock", part.shock, at)
    elif isinstance(part, Compare):
        _check_compare(part, at, draft)


def _check_compare(part: Compare, at: At, draft: Draft) -> None:
    if part.subject == "state":
        if draft.known("lever", part.name, at):
            draft.known(f"option of lever {part.name}", part.value, at)
        return
    if part.subject == "parameter":
        draft.known("parameter", part.name, at)
    elif part.subject == "attitude" or not draft.has("party", part.name):
        draft.known("outsider", part.name, at)
    if number(part.value) is None:
        draft.known("parameter", part.value, at)


def build_rules(rows: tuple[Row, ...], draft: Draft) -> tuple[Rule, ...]:
    """Prerequisites, conflicts and red lines, in natural order of their ids."""
    return by_id([_rule(row, draft) for row in rows], lambda one: one.id)


def _rule(row: Row, draft: Draft) -> Rule:
    kind = cast(
        "Literal['needs', 'helps', 'excludes', 'refuses']", draft.choice(row, "kind", _KINDS)
    )
    readers = tuple(row["reads"].split())
    for word in readers:
        if word not in _READERS:
            draft.findings.unknown("E043", row.at, "reads:", word, _READERS)
    rungs = tuple(rung for rung in row["rung"].split() if draft.rung(rung, row.at))
    condition = read_condition(row["condition"], row.at, draft) if row["condition"] else None
    if "reach" in readers and not row["rung"]:
        draft.findings.add(
            "E044", row.at, f"{row['id']} is read by reach and names no rung", do="Fill in `rung`"
        )
    _conflict_is_a_rung(row, kind, condition, draft)
    return Rule(
        id=row["id"],
        kind=kind,
        who=tuple(one for one in row["who"].split() if _somebody(one, row, draft)),
        rungs=tuple(sorted(rungs, key=natural)),
        condition=condition,
        condition_text=row["condition"],
        read_by=tuple(
            cast("Literal['reach', 'path', 'tabletop']", one) for one in _READERS if one in readers
        ),
        switch=_switch(row, draft),
        says=row["says"],
        basis=draft.basis(row),
        refs=tuple(row["refs"].split()),
        note=row["note"],
        at=row.at,
    )


def _conflict_is_a_rung(row: Row, kind: str, condition: Condition | None, draft: Draft) -> None:
    if kind == "excludes" and condition is not None and not isinstance(condition, RungAtLeast):
        draft.findings.add(
            "E050",
            row.at,
            f"{row['id']} excludes {row['condition'][:60]!r}",
            allowed="one rung, such as P3.2",
            do="Write one row for each rung",
        )


def _somebody(name: str, row: Row, draft: Draft) -> bool:
    kinds = ("constituency", "party", "outsider")
    if name == "all" or any(draft.has(kind, name) for kind in kinds):
        return True
    if not draft.unreadable & set(kinds):
        pool = ["all", *(one for kind in kinds for one in draft.names.get(kind, {}))]
        draft.findings.unknown("E031", row.at, "actor", name, pool, do="Correct the name")
    return False


def _switch(row: Row, draft: Draft) -> str:
    if not row["switch"]:
        return ""
    match = _SWITCH.fullmatch(row["switch"])
    if match is None:
        draft.findings.add(
            "E061", row.at, f"switch {row['switch'][:60]!r}", allowed="switches/ID=OPTION"
        )
        return ""
    if draft.known("switch", match["id"], row.at):
        draft.known(f"option of switch {match['id']}", match["option"], row.at)
    return f"switches/{match['id']}={match['option']}"


# whose consent a party needs


def party_rule(
    text: str, party: str, at: At, constituencies: tuple[Constituency, ...], draft: Draft
) -> Condition:
    """Condition under which a party accepts; ``all`` names everybody who can have a row.

    A rule must be monotone (more consent never hurts) and name only constituencies of the party.
    """
    own = {one.id: one for one in constituencies if one.party == party}
    able = tuple(Consents(name) for name, one in own.items() if one.kind in CONSENTING)
    if text.strip() == "all":
        if not able and "constituency" not in draft.unreadable:
            draft.findings.add(
                "E052",
                at,
                f"party {party} has nobody whose consent counts",
                allowed="a constituency that is " + ", ".join(CONSENTING),
                do="Add one to constituencies.csv",
            )
        return AtLeast(len(able), able)
    condition = read_condition(text, at, draft)
    if condition is None:
        return AtLeast(len(able), able)
    for part in walk(condition):
        if isinstance(part, Consents):
            _of_party(part.who, party, at, own, draft)
        elif not isinstance(part, AtLeast):
            what = "not" if isinstance(part, Not) else "a condition that is no consent"
            draft.findings.add(
                "E051",
                at,
                f"the rule of {party} holds {what}: {text[:80]!r}",
                allowed="constituencies joined by and, or, N of (...)",
                do="Say whose consent is enough, so that more consent never closes anything",
            )
    return condition


def _of_party(name: str, party: str, at: At, own: dict[str, Constituency], draft: Draft) -> None:
    if not draft.has("constituency", name):
        return
    if name not in own:
        draft.findings.add(
            "E052",
            at,
            f"the rule of {party} names {name} of another party",
            allowed=", ".join(own) or "nobody",
            near="".join(nearest(name, own)),
            do="Name a constituency of this party",
        )
    elif own[name].kind not in CONSENTING:
        draft.findings.add(
            "E052",
            at,
            f"the rule of {party} names {name}, a {own[name].kind} that consents to nothing",
            allowed=", ".join(CONSENTING),
            do="Take it out of the rule or change its kind",
        )
