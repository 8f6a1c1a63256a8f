"""Every sentence of the answer to "whose programme does better?", from rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.case.tracing import trace
from winset.tables import Table
from winset.words import boxes
from winset.words.path import dated
from winset.words.phrases import capital, count_phrase, join_names, share_phrase

Row = dict[str, Any]
TITLE = "Whose programme?"
DEFINITION = (
    "Programmes run as they are written, in the same coded worlds under the same shocks and "
    "elections. Depth counts what is in effect, averaged over the quarters. What a programme does "
    "not mention it does not refuse, and they differ in ambition: this is a comparison of texts as "
    "coded, not of authors. Shares carry 95 % Wilson intervals; they are not probabilities."
)
RULERS = {"depth": "depth over time", "steps": "the part of its own steps in effect"}
_FEW = 3
_MEASURES = {
    "maximin": "the worst world (maximin)",
    "10th percentile": "the 10th percentile",
    "mean": "the mean",
    "mean-variance": "the mean over the spread (mean-variance)",
    "hurwicz": "half the worst and half the best world (Hurwicz)",
    "minimax regret": "the largest regret (minimax regret)",
    "satisficing": "worlds with three quarters of the best mean (satisficing)",
}
_MOST = 5
"""Assumptions named at most."""


def summary(
    case: Case,
    programmes: Mapping[str, Programme],
    tables: Mapping[str, Table],
    n: int,
    method: Mapping[str, object],
) -> list[str]:
    """Return the answer in a few sentences, the headline first."""
    said = {name: programme.words.phrase for name, programme in programmes.items()}
    return [
        _headline([*tables["compare"].rows()], said, n),
        *dated(case, tables, method),
        _own_steps(tables, said, n),
        _crisis(case, programmes, tables, n),
        *_worth(case, tables["best"], said, n),
        *_criteria(case, tables, said),
        *_kept(case, tables["steps"], said, n),
        *_robust(tables["robust"], said),
        *_turns(case, tables["assumptions"], said),
        *boxes.sentences(case, said, tables, n),
        "Silence is not refusal, and ambition differs: depth is the analyst's ruler, nobody's aim.",
    ]


def ruler(case: Case, by: str) -> str:
    """Say by what programmes are compared."""
    return RULERS[by] if by in RULERS else f"worth to {case.party[by].words.phrase}"


def _headline(rows: list[Row], said: Mapping[str, str], n: int) -> str:
    told = [
        f"{said[row['programme']]}{'' if place else ' has'} {row['p50']:.0f} percent "
        f"({row['p10']:.0f} to {row['p90']:.0f})"
        for place, row in enumerate(rows)
    ]
    return (
        f"{capital(join_names(told))} of the ladders in effect at the end, in {n:,} coded worlds."
    )


def _own_steps(tables: Mapping[str, Table], said: Mapping[str, str], n: int) -> str:
    best = {row["programme"]: row for row in tables["best"].rows() if row["by"] == "steps"}
    told = [
        f"{said[row['programme']]} {row['carried']:.0f} of {row['steps']} (the largest part "
        f"{share_phrase(best[row['programme']]['share_best'], n, first=place == 0)})"
        for place, row in enumerate(tables["compare"].rows())
    ]
    return f"Of its own steps each has in effect at the end, on the mean: {join_names(told)}."


def _crisis(
    case: Case, programmes: Mapping[str, Programme], tables: Mapping[str, Table], n: int
) -> str:
    risky = set(case.time.roles["settlement"]) if case.time else set()
    told = []
    for place, row in enumerate(tables["compare"].rows()):
        programme = programmes[row["programme"]]
        bare = not any(case.rung[step.rung].measure in risky for step in programme.steps)
        share = share_phrase(row["share_crisis"], n, first=place == 0)
        why = ", as it has no step that one could break" if bare else ""
        told.append(f"under {programme.words.phrase} {share}{why}")
    return f"A crisis over a settlement comes {join_names(told)}."


def _worth(case: Case, table: Table, said: Mapping[str, str], n: int) -> list[str]:
    told: list[str] = []
    for party in case.parties:
        rows = [row for row in table.rows() if (row["by"], row["what"]) == ("party", party.id)]
        names = [
            f"{said[row['programme']]} {share_phrase(row['share_best'], n, first=not (told or place))}"
            for place, row in enumerate(rows)
        ]
        told.append(f"to {party.words.phrase} {join_names(names)}")
    return [f"Worth most at the end {'; '.join(told)}."] if told else []


def _criteria(case: Case, tables: Mapping[str, Table], said: Mapping[str, str]) -> list[str]:
    """Name the criteria on which a programme is highest in most worlds, and those on which all lose."""
    middle: dict[str, list[float]] = {}
    for row in tables["outcomes"].rows():
        if row["by"] == "criterion":
            middle.setdefault(row["what"], []).append(row["p50"])
    highest: dict[str, list[str]] = {}
    for row in tables["best"].rows():
        if row["by"] == "criterion" and row["share_best"] >= 0.5 and any(middle[row["what"]]):
            lose = max(middle[row["what"]]) < 0.0
            phrase = case.criterion[row["what"]].words.phrase
            highest.setdefault(row["programme"], []).append(
                f"{phrase} (on which all lose)" if lose else phrase
            )
    told = [f"{said[name]} on {join_names(held)}" for name, held in highest.items()]
    return (
        [f"Highest at the end in at least half of the worlds: {'; '.join(told)}."] if told else []
    )


def _kept(case: Case, table: Table, said: Mapping[str, str], n: int) -> list[str]:
    """Say of each programme which of its steps do not stand, and what others hold that it lacks."""
    rows = [*table.rows()]
    most: dict[str, float] = {}
    for row in rows:
        most[row["rung"]] = max(most.get(row["rung"], 0.0), row["share_end"])
    told = []
    for name, phrase in said.items():
        own = [row for row in rows if row["programme"] == name and row["stands"] == "own"]
        short = sorted((row for row in own if row["share_end"] < 0.5), key=_end)
        lacks = [
            row["rung"]
            for row in rows
            if row["programme"] == name and row["share_end"] < 0.5 <= most[row["rung"]]
        ]
        parts = [f"{len(short)} of its {len(own)} steps stand at the end in fewer than half"]
        if short:
            parts.append(f"least {join_names([_short(case, row, n) for row in short[:_FEW]])}")
        if lacks:
            some = join_names([case.rung[rung].words.phrase for rung in lacks[:_FEW]])
            more = f" and {len(lacks) - _FEW} more" if lacks[_FEW:] else ""
            parts.append(f"another holds what it lacks: {some}{more}")
        told.append(f"{capital(phrase)}: {'; '.join(parts)}.")
    return told


def _end(row: Row) -> float:
    return float(row["share_end"])


def _short(case: Case, row: Row, n: int) -> str:
    """Tell a step that does not stand: lost where it was in effect before, else who refuses."""
    phrase = case.rung[row["rung"]].words.phrase
    share = count_phrase(row["share_end"], n)
    if row["share_ever"] >= 0.5:
        return f"{phrase} ({share}, though {count_phrase(row['share_ever'], n)} at some time)"
    if row["refuser"]:
        who = case.constituency[row["refuser"]].words.phrase
        return f"{phrase} ({share}; {who} refuses most often)"
    return f"{phrase} ({share})"


def _robust(table: Table, said: Mapping[str, str]) -> list[str]:
    leads: dict[str, list[str]] = {}
    for row in table.rows():
        if row["first"]:
            leads.setdefault(row["programme"], []).append(_MEASURES[row["measure"]])
    told = [f"{said[name]} by {join_names(by)}" for name, by in leads.items()]
    return [f"Deepest over time, by measures of robustness: {'; '.join(told)}."]


def _turns(case: Case, table: Table, said: Mapping[str, str]) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return ["In so many worlds no single assumption can be told apart from chance."]
    flips = [row for row in rows if row["flips"]]
    if not flips:
        most = sorted(rows, key=lambda row: -abs(row["rank_correlation"]))
        distinct = [*dict.fromkeys(row["address"] for row in most)][:_FEW]
        moves = join_names([trace(case, one).what for one in distinct])
        return [
            (
                "No single assumption turns the order of two programmes, by depth, by own steps or "
                f"by worth to a government; most moves with {moves}."
            )
        ]
    flips.sort(key=lambda row: -abs(row["share_high"] - row["share_low"]))
    told = [
        f"{trace(case, row['address']).what} (by {ruler(case, row['by'])}, {said[row['first']]} against {said[row['second']]}: "
        f"{100 * row['share_low']:.0f} of 100 in its lowest third, {100 * row['share_high']:.0f} in "
        "its highest)"
        for row in flips[:_MOST]
    ]
    return [f"The order of two programmes turns with {join_names(told)}."]
