"""Every sentence of the answer to "whose programme does better?", from rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.case.tracing import trace
from winset.tables import Table
from winset.words import boxes
from winset.words.phrases import capital, join_names, share_phrase

Row = dict[str, Any]
TITLE = "Whose programme?"
DEFINITION = (
    "Programmes run as they are written, in the same coded worlds under the same shocks and "
    "elections. Depth counts what is in effect, averaged over the quarters. What a programme does "
    "not mention it does not refuse, and they differ in ambition: this is a comparison of texts as "
    "coded, not of authors. Shares carry 95 % Wilson intervals; they are not probabilities."
)
_FEW = 3
_MOST = 5
"""Assumptions named at most."""


def summary(
    case: Case, programmes: Mapping[str, Programme], tables: Mapping[str, Table], n: int
) -> list[str]:
    """Return the answer in a few sentences, the headline first."""
    said = {name: programme.words.name for name, programme in programmes.items()}
    phrases = {name: programme.words.phrase for name, programme in programmes.items()}
    rows = [*tables["compare"].rows()]
    return [
        _headline(rows, said, n),
        _price(rows, said, n),
        *_robust(tables["robust"], said),
        *_turns(case, tables["assumptions"], said),
        *boxes.sentences(case, phrases, tables, n),
        "Silence is not refusal, and ambition differs: depth is the analyst's ruler, nobody's aim.",
    ]


def _headline(rows: list[Row], said: Mapping[str, str], n: int) -> str:
    told = [
        f"{said[row['programme']]} reaches {row['p50']:.0f} percent ({row['p10']:.0f} to "
        f"{row['p90']:.0f})"
        for row in rows
    ]
    return f"{capital(join_names(told))} in effect at the end, in {n:,} coded worlds."


def _price(rows: list[Row], said: Mapping[str, str], n: int) -> str:
    told = [
        f"{said[row['programme']]} {share_phrase(row['share_crisis'], n, first=row is rows[0])}"
        for row in rows
    ]
    return f"A crisis over a settlement comes under {join_names(told)}."


def _robust(table: Table, said: Mapping[str, str]) -> list[str]:
    leads: dict[str, list[str]] = {}
    for row in table.rows():
        if row["first"]:
            leads.setdefault(row["programme"], []).append(row["measure"])
    told = [f"{said[name]} by {join_names(by)}" for name, by in leads.items()]
    return [f"Deepest over time, by measure of robustness: {join_names(told)}."]


def _turns(case: Case, table: Table, said: Mapping[str, str]) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return ["In so many worlds no single assumption can be told apart from chance."]
    flips = [row for row in rows if row["flips"]]
    if not flips:
        most = sorted(rows, key=lambda row: -abs(row["rank_correlation"]))
        names = [
            trace(case, one).what for one in dict.fromkeys(row["address"] for row in most[:_FEW])
        ]
        moves = join_names(names)
        return [f"No single assumption turns the order of two programmes; most moves with {moves}."]
    flips.sort(key=lambda row: -abs(row["share_high"] - row["share_low"]))
    told = [
        f"{trace(case, row['address']).what} (by {row['by']}, {said[row['first']]} against {said[row['second']]}: "
        f"{100 * row['share_low']:.0f} of 100 in its lowest third, {100 * row['share_high']:.0f} in "
        "its highest)"
        for row in flips[:_MOST]
    ]
    return [f"The order of two programmes turns with {join_names(told)}."]
