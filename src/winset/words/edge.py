"""Sentences on what would open a rung, who is asked, and what crowds it out."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.model import Case
from winset.tables import Table
from winset.words import phrases as words
from winset.words.nouns import phrase_of

_ROLES = ("must agree", "makes it last", "can only complain", "can spoil", "will react")


def unlock(unlocks: Table, rung: str) -> list[str]:
    """Say which single change opens a rung furthest, or that none in range does."""
    rows = [*unlocks.where(rung=rung).rows()]
    single = [row for row in rows if row["kind"] != "pair"]
    if not single:
        return []
    best = next((row for row in single if row["best"]), None)
    if best is None:
        told = [
            "Nothing in range opens it: no single change tried brings it to a quarter of worlds."
        ]
    else:
        before = words.share_phrase(best["before"], best["worlds"], first=False)
        after = words.share_phrase(best["after"], best["worlds"], first=False)
        told = [f"What moves it furthest: {best['label']}; open {before} before, {after} after."]
    pairs = [row for row in rows if row["kind"] == "pair" and row["gain"] > 0]
    if pairs:
        top = max(pairs, key=lambda row: (row["after"], row["worlds"]))
        after = words.share_phrase(top["after"], top["worlds"], first=False)
        told.append(f"Of the pairs tried, {top['label']}: open {after}.")
    return told


def consent_map(case: Case, consents: Table, rung: str) -> list[str]:
    """Name those who must agree, can only complain, can spoil or will react."""
    names: dict[str, list[str]] = {}
    for row in consents.where(rung=rung).rows():
        names.setdefault(row["role"], []).append(phrase_of(case, row["who"]))
    verbs: Mapping[str, tuple[str, str]] = {"makes it last": ("makes it last", "make it last")}
    parts = []
    for role in _ROLES:
        if who := names.get(role):
            one, many = verbs.get(role, (role, role))
            parts.append(f"{words.join_names(who)} {one if len(who) == 1 else many}")
    return [words.capital("; ".join(parts)) + "."] if parts else []


def rival(case: Case, rivals: Table, rung: str) -> list[str]:
    """Say which other rung does not go with a rung most often."""
    rows = [row for row in rivals.rows() if rung in (row["rung"], row["other"])]
    if not rows:
        return []
    top = max(rows, key=lambda row: row["share"])
    other = top["other"] if top["rung"] == rung else top["rung"]
    share = words.share_phrase(top["share"], top["worlds"], first=False)
    return [f"It does not go together with {case.rung[other].words.phrase} {share}."]


def in_place(rung: str) -> str:
    """Name a change: a rung stands today."""
    return f"{rung} in place today"


def not_objecting(who: str) -> str:
    """Name a change: somebody's consent is waived."""
    return f"{who} not objecting"


def reading(label: str) -> str:
    """Name a change: a disputed question is read one way."""
    return f"the reading “{label}”"


def set_to(choice: str, label: str) -> str:
    """Name a change: a lever or a leader."""
    return f"{choice} “{label}”"


def flag(name: str, *, so: bool) -> str:
    """Name a change: a fact of the case turned over."""
    return f"{name} so" if so else f"{name} no longer so"
