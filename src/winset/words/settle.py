"""Every sentence of the answer to "where would it settle?", from rows of its tables and the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case
from winset.tables import Table
from winset.words import phrases as words

Row = dict[str, Any]
TITLE = "Where inside the win-set would bargaining settle?"
AVERAGES = ("mean", "median")
COMPARED = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
_HALF = 0.5

DEFINITION = (
    "Among the accepted packages of each world a frontier of the executives' gains over today is "
    "found, gains and losses counted alike; a solution picks one of its packages. The egalitarian "
    "and the utilitarian solution take a point of one executive for a point of another; the "
    "others do not. No solution says what governments do: it says what a rule of dividing would pick."
)


def summary(case: Case, tables: Mapping[str, Table], offset: str) -> list[str]:
    """Return the answer in a few sentences, the headline first (pattern L10)."""
    told = [_headline(case, tables["settlements"])]
    told += [_averages(tables["solutions"])]
    told += [_proposers(case, tables["agreement"])]
    told += _mixtures(tables["solutions"], tables["mixtures"])
    told += [_frontier(tables["frontier"])]
    if offset:
        told += _offsets(case, tables["offsets"], offset)
    return told


def _headline(case: Case, settlements: Table) -> str:
    """Say on which rungs the solutions agree in most worlds, and where they part first."""
    share: dict[str, dict[str, float]] = {}
    worlds = 0
    for row in settlements.rows():
        if row["solution"] in COMPARED:
            share.setdefault(row["rung"], {})[row["solution"]] = row["share"]
            worlds = row["worlds"]
    in_all = [
        rung for rung, by in share.items() if len(by) == len(COMPARED) and min(by.values()) > _HALF
    ]
    spread = {
        rung: max(by.values()) - (min(by.values()) if len(by) == len(COMPARED) else 0.0)
        for rung, by in share.items()
        if any(value > _HALF for value in by.values()) and rung not in in_all
    }
    if not share:
        return "No solution moves beyond today: no accepted package gives every executive its due."
    head = (
        f"The solutions agree on {len(in_all):,} {'rung' if len(in_all) == 1 else 'rungs'} in more "
        f"than half of the {worlds:,} worlds"
    )
    if not spread:
        return f"{head} and part over none that one of them picks so often."
    rung = max(spread, key=lambda name: spread[name])
    by = share[rung]
    most, least = max(by, key=lambda name: by[name]), min(COMPARED, key=lambda n: by.get(n, 0.0))
    return (
        f"{head}; they part most over {case.rung[rung].words.phrase} ({rung}), which the "
        f"{title(most)} solution picks {words.share_phrase(by[most], worlds)} and the "
        f"{title(least)} one {words.share_phrase(by.get(least, 0.0), worlds, first=False)}."
    )


def title(solution: str) -> str:
    """Name a solution as a sentence does."""
    return {
        "nash": "Nash",
        "weighted-nash": "weighted Nash",
        "kalai-smorodinsky": "Kalai-Smorodinsky",
    }.get(solution, solution)


def _averages(solutions: Table) -> str:
    """Say how often the plain averages are accepted at all."""
    shares = {row["solution"]: row for row in solutions.rows() if row["solution"] in AVERAGES}
    parts = [
        f"the {name} {words.share_phrase(row['share'], row['worlds'], first=place == 0)}"
        for place, (name, row) in enumerate(shares.items())
    ]
    return (
        "Of the rungs that the executives like best, taken measure by measure, all accept "
        f"{words.join_names(parts)}."
    )


def _proposers(case: Case, agreement: Table) -> str:
    """Say how often what each executive would propose is the Nash package."""
    rows = [
        row
        for row in agreement.rows()
        if row["solution"] == "nash" and row["other"].startswith("best:")
    ]
    parts = [
        f"{words.points(row['apart'])} measures from what "
        f"{case.constituency[row['other'].removeprefix('best:')].words.phrase} would propose"
        for row in rows
    ]
    return f"The Nash package lies, on average, {words.join_names(parts)}."


def _mixtures(solutions: Table, mixtures: Table) -> list[str]:
    """Say what mixing adds to the executive that the Kalai-Smorodinsky solution serves least."""
    rows = [*mixtures.where(solution="kalai-smorodinsky").rows()]
    if not rows:
        return []
    before = min(
        row["of_best_p50"] or 0.0 for row in solutions.where(solution="kalai-smorodinsky").rows()
    )
    after = min(row["of_best_p50"] or 0.0 for row in rows)
    told = (
        "Over mixtures of packages the executive served least by the Kalai-Smorodinsky solution has "
        f"{after:.0f} percent of its best in the middle world, {before:.0f} without mixing; one "
        f"package alone does as well {words.share_phrase(rows[0]['share'], rows[0]['worlds'])}."
    )
    return [told]


def _frontier(border: Table) -> str:
    """Say what the frontier may miss."""
    rows = [*border.rows()]
    complete = sum(row["complete"] for row in rows)
    if complete == len(rows):
        return f"In all {len(rows):,} worlds the frontier is proven to the width asked for."
    gaps = [row["gap"] for row in rows if not row["complete"]]
    head = f"The frontier is proven to the width asked for in {complete:,} of {len(rows):,} worlds"
    if None in gaps:
        return f"{head}; elsewhere the search stopped before it knew what may be missed."
    return (
        f"{head}; elsewhere the search stopped first, and a package may be missed that gives "
        f"everybody up to {100 * max(gaps):.0f} percent of its range more."
    )


def _offsets(case: Case, offsets: Table, rung: str) -> list[str]:
    """Say which rung turns a refusal, who pays, and what is missing in points."""
    phrase = f"{case.rung[rung].words.phrase} ({rung})"
    rows = [*offsets.rows()]
    if not rows:
        nothing = (
            f"{words.capital(phrase)}, with what it needs and all else as today, is either accepted "
            "already or refused in every world whatever one rung is added: no offset in range "
            "turns it, and no single constituency's points would."
        )
        return [nothing]
    rungs = [row for row in rows if ":" not in row["offset"]]
    told = [_rung_offset(case, rungs[0], phrase)] if rungs else []
    if not rungs:
        told.append(f"No rung in range, added by itself, turns the verdict on {phrase}.")
    payers = [row for row in rows if ":" in row["offset"] and row["share"] > 0]
    if payers:
        told.append(_payment(case, max(payers, key=lambda row: row["share"])))
    else:
        told.append("No side payment to a single constituency turns it within the terms asked for.")
    return told


def _rung_offset(case: Case, row: Row, phrase: str) -> str:
    added = case.rung[row["offset"]].words.phrase
    told = (
        f"Where {phrase} is refused with all else as today, {added} ({row['offset']}) turns the "
        f"verdict {words.share_phrase(row['share'], row['worlds'])}"
    )
    if row["payer"]:
        who = case.constituency[row["payer"]].words.phrase
        return f"{told}; {who} pays {words.points(row['paid_p50'])} points in the middle world."
    return f"{told}, and costs no executive anything."


def _payment(case: Case, row: Row) -> str:
    who = case.constituency[row["offset"].removeprefix("points:")].words.phrase
    payer = case.constituency[row["payer"]].words.phrase
    return (
        f"A side payment by {payer} to {who}, which alone stops it there, turns it "
        f"{words.share_phrase(row['share'], row['worlds'])} of those; in the middle one "
        f"{payer} pays {words.points(row['paid_p50'])} points."
    )
