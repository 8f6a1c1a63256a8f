"""Every sentence of the answer to "in which order and how fast?", from rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.case.tracing import trace
from winset.tables import Table
from winset.words.phrases import capital, join_names, share_phrase
from winset.words.what_if import conditions, order, put_first, searched

Row = dict[str, Any]
TITLE = "In which order, and how fast?"
DEFINITION = (
    "Every step is put to everybody in the state of its quarter, on top of all that is agreed: the "
    "floors on it, the wholes, prerequisites and ceilings of the snapshot, moved by threat, mood, "
    "assurance, windows and governments. A refused step takes its fallback, or is asked again for "
    "a while. Shares count coded worlds, with 95 % Wilson intervals; they are not probabilities."
)
_FEW = 3


def summary(
    case: Case,
    programme: Programme,
    tables: Mapping[str, Table],
    n: int,
    method: Mapping[str, object],
    tried: int,
) -> list[str]:
    """Return the answer in a few sentences, the headline first.

    ``n`` worlds were followed, ``tried`` under conditions set by hand.
    """
    return [
        headline(programme, tables, n),
        *_held_up(case, tables, n),
        *_ruled_out(case, tables, n),
        *_breaks(tables, n),
        *_pace(tables, n),
        *_interior(case, tables["interior"]),
        *_rests(tables),
        *order(tables["order"]),
        *put_first(tables["put_first"]),
        *searched(programme, tables, method),
        *conditions(case, tables, tried),
    ]


def headline(programme: Programme, tables: Mapping[str, Table], n: int) -> str:
    """Say how many steps are carried and how deep the end is."""
    rows = [*tables["arrivals"].rows()]
    kept = sum(row["share_end"] >= 0.5 for row in rows)
    whole = [row for row in tables["depth"].rows() if row["part"] == "all"]
    last = whole[-1]
    return (
        f"{capital(programme.words.name)}: {kept} of {len(rows)} steps are in effect after "
        f"{last['quarter']} quarters in at least half of {n:,} coded worlds; depth in effect "
        f"{last['p50']:.0f} percent ({last['p10']:.0f} to {last['p90']:.0f} in the middle four "
        f"fifths), from {last['quo']:.0f} at the start."
    )


def _held_up(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    rows = sorted(tables["arrivals"].rows(), key=lambda row: -row["share_dropped"])
    worst = [row for row in rows if row["share_dropped"] > 0.2 and row["refuser"]][:_FEW]
    if not worst:
        return []
    told = [
        f"{_named(case, row)} ({case.constituency[row['refuser']].words.phrase} refuses most often)"
        for row in worst
    ]
    share = share_phrase(worst[0]["share_dropped"], n, first=False)
    return [f"Held up most: {join_names(told)}; the first is given up {share}."]


def _named(case: Case, row: Row) -> str:
    return f"{case.rung[row['rung']].words.phrase} {row['rung']}"


def _ruled_out(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    rows = [row for row in tables["arrivals"].rows() if row["share_ruled_out"] >= 0.5]
    if not rows:
        return []
    rows.sort(key=lambda row: -row["share_ruled_out"])
    told = [
        f"{_named(case, row)} {share_phrase(row['share_ruled_out'], n, first=row is rows[0])}"
        for row in rows[:_FEW]
    ]
    return [
        f"Ruled out to the last by a prerequisite, a conflict, a red line or a ceiling, whoever agrees: {join_names(told)}."
    ]


def _breaks(tables: Mapping[str, Table], n: int) -> list[str]:
    rows = {row["event"]: row for row in tables["broken"].rows()}
    told: list[str] = []
    for event, words in (
        ("crisis", "a crisis over a settlement"),
        ("relapse", "a relapse of a settlement"),
        ("step-down", "a military step lost to tension"),
        ("reversal", "a reversal by a new government"),
    ):
        if rows[event]["share"] > 0:
            told.append(f"{words} comes {share_phrase(rows[event]['share'], n, first=not told)}")
    return [f"On the way {join_names(told)}."] if told else []


def _pace(tables: Mapping[str, Table], n: int) -> list[str]:
    rows = [*tables["pace"].rows()]
    if len(rows) == 1:
        return []
    best = max(rows, key=lambda row: row["depth"])
    fast, slow = rows[0], rows[-1]
    where = "inside the range tried" if best["interior"] else "at an end of the range tried"
    told = (
        f"Mean depth is highest at {best['pace']:g} times the time between steps, {where}; a crisis "
        f"comes {share_phrase(fast['share_crisis'], n)} at {fast['pace']:g} times and "
        f"{share_phrase(slow['share_crisis'], n, first=False)} at {slow['pace']:g} times."
    )
    return [told]


def _interior(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    told = (
        f"In {100 * rows[0]['share_low']:.0f} of 100 worlds the best pace lies within the range "
        "tried and not at an end of it"
    )
    stops = [row for row in rows[1:] if row["stops"]]
    if stops:
        names = [
            f"{trace(case, row['address']).what} ({row['pace_low']:g} in its lowest third, {row['pace_high']:g} in its "
            "highest)"
            for row in stops[:_FEW]
        ]
        return [f"{told}; whether the best on the mean does turns with {join_names(names)}."]
    return [f"{told}; moving no single number through its range was seen to end that."]


def _rests(tables: Mapping[str, Table]) -> list[str]:
    rows = [row for row in tables["without"].rows() if row["mechanism"] != "nothing"]
    most = sorted(rows, key=lambda row: -abs(row["difference"]))[:_FEW]
    told = [f"{row['mechanism']} ({row['difference']:+.1f})" for row in most]
    return [f"The depth at the end rests most on these parts of the model: {join_names(told)}."]


def why(case: Case, row: Mapping[str, Any]) -> str:
    """Say what became of one step in one world."""
    rung = case.rung[row["rung"]]
    what = f"{rung.id} ({rung.words.phrase})"
    match row["fate"]:
        case "agreed":
            return f"{what} is agreed in quarter {row['quarter']}, asked for in {row['planned']}."
        case "fell back":
            return (
                f"{what} is refused by {row['who']} and falls back to {row['otherwise']} in quarter "
                f"{row['quarter']}."
            )
        case "overtaken":
            return f"{what} is not needed: the rung or a later one stands already."
        case "dropped":
            return f"{what} is given up after {row['asked']} refusals, the last by {row['who']}."
        case _:
            return f"{what} still waits at the end: {row['answer']}."
