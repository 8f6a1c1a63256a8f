"""The programmes of the sources as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from winset.case.model import Case
from winset.words.brief.shared import MONTHS, steps_word
from winset.words.phrases import capital, join_names, share_phrase

READS = (
    "Worlds of 100 in which the steps up to here are accepted together; ordered by date of source"
)
SEVERAL = "several limits"
_CONDITION = " (conditional in the source)"
AGREE = "Where the sources agree"


@dataclass(frozen=True, slots=True)
class Carried:
    """How far one programme could be carried as it stands."""

    name: str
    upto: int
    """Steps, from the first, that are accepted together in at least half of the worlds."""
    steps: int
    whole: float
    worlds: int
    stop: str = ""
    """Phrase of the step at which it first falls below half."""
    conditional: bool = False
    """Whether the source puts that step under a condition."""
    who: str = ""


def programmes_title(rows: Sequence[Carried]) -> str:
    """Name the step at which each programme first falls below half, in the order of the sources."""
    stops = [row for row in rows if row.stop]
    if not rows:
        return "No programme is coded"
    if not stops:
        return "No programme stops: each is accepted whole in at least half of the worlds"
    told = [f"{row.name} at {row.stop}{_CONDITION if row.conditional else ''}" for row in stops]
    whole = [row.name for row in rows if not row.stop]
    tail = f"; not {join_names(whole, last='or')}" if whole else ""
    return f"Where programmes first stop: {'; '.join(told)}{tail}"


def stoppers_title(rows: Sequence[Carried]) -> str:
    """Say who stops each programme there, those stopped by the same together."""
    held: dict[str, list[str]] = {}
    for row in rows:
        if row.stop:
            held.setdefault(row.who or "several limits together", []).append(row.name)
    if not held:
        return "Nobody stops a programme as it stands"
    verb = "stop" if "several limits together" in held else "stops"
    told = [f"{who} {verb} {join_names(names)}" for who, names in held.items()]
    return capital(", ".join(told))


def programme_sentence(row: Carried) -> str:
    """One programme in a sentence (pattern L9)."""
    whole = share_phrase(row.whole, row.worlds)
    if not row.stop:
        return f"{capital(row.name)}: all {row.steps} steps together are accepted {whole}."
    who = f", {row.who}" if row.who else ""
    carried = (
        f"the first {steps_word(row.upto)} of {row.steps} could be carried"
        if row.upto
        else f"not even the first of {steps_word(row.steps)} could be carried"
    )
    return (
        f"{capital(row.name)}: {carried} together in at least half of the worlds, all of them "
        f"{whole}; it stops first at {row.stop}{_CONDITION if row.conditional else ''}{who}."
    )


def reading(worlds: int) -> str:
    """Say what a strip counts and what it does not."""
    return (
        "Each strip takes the steps of one source in the order we coded, which is ours wherever the source gives none. A number is the worlds of "
        "100 in which all steps up to there are accepted together and nothing else is done; a "
        "step may raise it, by paying for an earlier one. (The ladder counts a step in the best "
        "company it can have; here the few steps up to it must be worth agreeing on by themselves.) "
        "Conditions, dates and venues a source "
        f"attaches are left aside. Counted in the first {worlds:,} worlds. What a source does "
        "not mention is not judged: silence is not refusal, and no source is ranked."
    )


def dates(case: Case) -> dict[str, str]:
    """Date of each source, written so that it sorts."""
    return {source.id: sortable(source.date) for source in case.sources}


def sortable(told: str) -> str:
    """Write a date so that it sorts: ``before ... May 2022`` sorts under May 2022."""
    months = {name: place for place, name in enumerate(MONTHS, 1)}
    found = re.search(rf"({'|'.join(MONTHS)}) (\d{{4}})", told)
    return f"{found.group(2)}-{months[found.group(1)]:02}" if found else told


def by(author: str, steps: int) -> str:
    """Say whose strip it is."""
    return f"({author}, {steps} steps)"


def below_half(who: str) -> str:
    """Mark the break of a strip."""
    return f"below half here: {who}"


def agreement(issue: str, sides: Sequence[tuple[str, str]]) -> str:
    """Say on what sources agree, each in the words of the case."""
    told = [f"{name}: {says}" for name, says in sides]
    return f"{issue} {'; '.join(told)}."


def step_line(place: int) -> str:
    """Name a line of the trace."""
    return f"step {place}"


def up_to_here(rung: str) -> str:
    """Begin a line of the trace, up to its share."""
    return f"{rung}: up to here "


def by_itself(share: str) -> str:
    """Go on with the share of the step by itself."""
    return f", by itself {share}, "


def counted(steps: int, worlds: int) -> str:
    """Say how the steps were judged."""
    return (
        f"{steps} steps in the order coded, judged in the first "
        f"{worlds:,} worlds with all else as today."
    )
