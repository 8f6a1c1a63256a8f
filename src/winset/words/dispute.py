"""Sentences about a dispute, as pure functions of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from winset.case.model import Case, Dispute
from winset.conflict.solve import TITLES
from winset.tables import Table
from winset.words.phrases import capital, count_phrase, join_names, share_phrase

_MOST_LISTED = 12
NOTHING_TAKEN = "none of the options is taken"
_TELLING = 0.05
"""A change that moves a share by less is not told."""


def summary(case: Case, tables: Mapping[str, Table], n: int, concept: str) -> Iterator[str]:
    """Yield the answer in a few sentences, the headline first."""
    told = case.dispute
    assert told is not None  # noqa: S101 - an answer is built only where there is one
    rows = {row["outcome"]: row for row in tables["outcomes"].where(concept=concept).rows()}
    yield headline(told, rows, n)
    yield today(tables, n)
    yield ways(told, tables, n)
    yield hangs(told, tables["outcomes"], n)
    yield from turns(told, tables, n)
    yield from readings(told, tables)


def headline(told: Dispute, rows: Mapping[str, Mapping[str, Any]], n: int) -> str:
    """In which share of worlds each kind of state is stable."""
    parts = []
    for place, outcome in enumerate(told.outcomes):
        share = share_phrase(rows[outcome.id]["share_stable"], n, first=place == 0)
        stable = "is stable " if place == 0 else ""
        parts.append(f"{outcome.words.phrase} {stable}{share}")
    return capital(f"in {told.phrase}, {join_names(parts)}.")


def today(tables: Mapping[str, Table], n: int) -> str:
    """Who would leave the state of today."""
    states = tables["states"]
    row = next(states.where(status_quo=True).rows())
    leavers = [
        f"{one['player']} {share_phrase(one['share_leaves'], n, first=False)}"
        for one in tables["leavers"].where(state=row["state"]).rows()
        if one["share_leaves"] > 0
    ]
    stays = share_phrase(row["share_stable"], n)
    who = f"; {join_names(leavers)} would leave it" if leavers else ""
    return f"Where things stand today ({row['holds']}) nobody would move {stays}{who}."


def ways(told: Dispute, tables: Mapping[str, Table], n: int) -> str:
    """Which kinds of state can be reached from today without anybody moving against itself."""
    now = next(tables["states"].where(status_quo=True).rows())["outcome"]
    rows = {row["outcome"]: row for row in tables["outcomes"].rows()}
    others = [outcome for outcome in told.outcomes if outcome.id != now]
    parts = [
        f"{one.words.phrase} {share_phrase(rows[one.id]['share_reached'], n, first=not place)}"
        for place, one in enumerate(others)
    ]
    return f"Moves that each improve the mover's own state lead from today to {join_names(parts)}."


def hangs(told: Dispute, table: Table, n: int) -> str:
    """Name the kind of state whose share hangs most on what is called stable."""
    spans = []
    for outcome in told.outcomes:
        rows = sorted(table.where(outcome=outcome.id).rows(), key=lambda row: row["share_stable"])
        spans.append((rows[-1]["share_stable"] - rows[0]["share_stable"], outcome, rows))
    widest, outcome, rows = max(spans, key=lambda one: one[0])
    if widest < _TELLING:
        return "All six concepts of stability give nearly the same."
    low, high = (
        f"{share_phrase(row['share_stable'], n, first=not place)}"
        f" by {'another' if place else 'one'} definition ({TITLES[row['concept']]})"
        for place, row in enumerate((rows[0], rows[-1]))
    )
    return f"Much hangs on what counts as an answer: {outcome.words.phrase} is stable {low} and {high}."


def turns(told: Dispute, tables: Mapping[str, Table], n: int) -> Iterator[str]:
    """Name the one change of a want that moves each kind of state most."""
    wants = {one.id: one for one in told.statements}
    for outcome in told.outcomes:
        rows = [*tables["turns"].where(outcome=outcome.id).rows()]
        best = max(rows, key=lambda row: abs(row["swing"]), default=None)
        if best is None or abs(best["swing"]) < _TELLING:
            yield f"No single change of a want moves {outcome.words.phrase} much."
            continue
        how = "came first" if best["change"] == "first" else "did not count"
        before, after = (count_phrase(best[key], n) for key in ("before", "share_stable"))
        verb = "opens" if best["swing"] > 0 else "closes"
        yield (
            f"What {verb} {outcome.words.phrase} most: if for {best['player']} it {how} that "
            f"{wants[best['statement']].says}, it would be stable in {after} instead of {before}."
        )


def readings(told: Dispute, tables: Mapping[str, Table]) -> Iterator[str]:
    """Give the same result under both readings of each contested matter."""
    last = told.outcomes[-1]
    for reading in told.readings:
        parts = []
        for place, side in enumerate(reading.sides):
            row = next(
                tables["sides"].where(reading=f"{reading.id}/{side.id}", outcome=last.id).rows()
            )
            held_by = f" ({side.held_by})" if side.held_by else ""
            if not row["worlds"]:
                continue
            share = share_phrase(row["share_stable"], row["worlds"], first=place == 0)
            parts.append(f"{share} on the reading “{side.says}”{held_by}")
        if parts:
            yield capital(f"{reading.says}: {last.words.phrase} is stable {'; '.join(parts)}.")


def verdict(concept: str, states: Sequence[tuple[int, str]]) -> str:
    """Say which states, by number and by what is done in them, are stable for everybody."""
    listed = [f"{number} ({done})" for number, done in states[:_MOST_LISTED]]
    if len(states) > _MOST_LISTED:
        listed.append(f"{len(states) - _MOST_LISTED:,} more")
    noun = "state" if len(states) == 1 else "states"
    told = f"{noun} {join_names(listed)}" if listed else "no state"
    return f"Stable for everybody ({TITLES[concept]}): {told}."


def size(states: int, options: int, megabytes: float) -> str:
    """Say how large a dispute was."""
    return f"{states:,} states of {options} options took about {megabytes:,.1f} MB of memory."
