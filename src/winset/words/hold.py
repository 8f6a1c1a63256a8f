"""Every sentence of the answer to "what would survive?", from rows of its tables and the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from winset.case.model import Case
from winset.tables import Table
from winset.words import phrases as words
from winset.words import settle as settle_words

Row = dict[str, Any]
TITLE = "What would survive a change of government?"
FEWEST = 30
"""Worlds below which nothing but the count is said."""
_NAMED = 3

DEFINITION = (
    "A new executive leaves a step when keeping it, the rest of the package as it then is, is worth "
    "less than its threshold by more than leaving costs; what needed the step falls with it. Counted "
    "are the worlds in which the present governments accept the package. Governments are types, "
    "never forecasts of a person."
)


def summary(case: Case, tables: Mapping[str, Table], package: str) -> list[str]:
    """Return the answer in a few sentences, the headline first (pattern L11)."""
    rows = [*tables["governments"].rows()]
    worlds = rows[0]["worlds"]
    name = package_name(case, package)
    if worlds < FEWEST:
        counted = f"{words.capital(name)} is accepted in {worlds:,} of the worlds drawn"
        return [f"{counted}: too few to say what would survive."]
    changes = [row for row in rows if row["changed"]]
    told = [_headline(case, changes, tables["falls"], name)]
    told += _single_changes(case, changes)
    told += _guarantees(case, tables["guarantees"])
    told += _reversals(case, tables["reversals"])
    told += _losses(case, tables["losses"])
    told += _distances(case, tables["governments"], tables["distance"])
    told += _calendar(case, tables["calendar"])
    told += [_durable(case, tables["durable"])]
    return told


def package_name(case: Case, package: str) -> str:
    """Name a package as a sentence does."""
    programme = package.removeprefix("programme:")
    for one in case.programmes:
        if package != programme and one.id == programme:
            return f"what could be carried of {one.words.phrase}"
    solution = package.removeprefix("settlement:")
    if solution != package:
        return f"the package of the {settle_words.title(solution)} solution"
    return package if package == "your package" else f"the {package} package"


def government(case: Case, key: str) -> str:
    """Name a combination of governments: ``a government like Moon's``."""
    said = {
        f"{choice.id}={option.id}": option.says or option.label
        for choice in case.leaders
        for option in choice.options
    }
    names = [said[part] for part in key.split() if part in said]
    return words.join_names(names) if names else "the present governments"


def _headline(case: Case, changes: Sequence[Row], falls: Table, name: str) -> str:
    if not changes:
        return f"No other government was asked about, so nothing of {name} can fall."
    if all(row["whole"] == 1 for row in changes):
        return f"{words.capital(name)} survives every government in the case."
    singles = [row for row in changes if row["changed"] == 1] or changes
    worst = max(singles, key=lambda row: row["fallen"])
    head = f"Under {government(case, worst['governments'])}, "
    first = max(
        falls.where(governments=worst["governments"]).rows(),
        key=lambda row: row["first"],
        default=None,
    )
    kept = worst["steps"] - worst["fallen"]
    rest = f"{words.points(kept)} of {worst['steps']:,} steps of {name} are left on average"
    if first is None or first["first"] == 0:
        return f"{head}{rest}."
    step = step_phrase(case, first["measure"], first["rung"])
    return (
        f"{head}{step} falls first {words.share_phrase(first['first'], first['worlds'])}; {rest}."
    )


def step_phrase(case: Case, measure: str, rung: str) -> str:
    """Name a step by its rung, or by its measure where the rung differs between worlds."""
    return case.rung[rung].words.phrase if rung else case.measure[measure].words.phrase


def _single_changes(case: Case, changes: Sequence[Row]) -> list[str]:
    """Say how whole the package stays after each change of one government."""
    singles = [row for row in changes if row["changed"] == 1]
    parts = [
        f"{words.share_phrase(row['whole'], row['worlds'], first=place == 0)} under "
        f"{government(case, row['governments'])}"
        for place, row in enumerate(sorted(singles, key=lambda row: row["whole"]))
    ]
    return [f"Nothing of it falls {words.join_names(parts)}."] if parts else []


def _guarantees(case: Case, guarantees: Table) -> list[str]:
    rows = [*guarantees.rows()]
    if not rows:
        return []
    worst = max((row for row in rows if row["guarantee"] == "none"), key=lambda row: row["fallen"])
    mine = {row["guarantee"]: row for row in rows if row["governments"] == worst["governments"]}
    phrases = {one.id: one.words.phrase for one in case.mechanisms.guarantees}
    best = max(phrases, key=lambda name: worst["fallen"] - mine[name]["fallen"])
    saved = worst["fallen"] - mine[best]["fallen"]
    every = worst["fallen"] - mine["all"]["fallen"]
    under = f"under {government(case, worst['governments'])}"
    if round(every, 1) <= 0:
        return [f"No guarantee in the case saves a step {under}."]
    told = f"{words.capital(phrases[best])} saves most {under}, {_steps(saved)} on average"
    if len(phrases) == 1:
        return [f"{told} of {_steps(worst['fallen'])} that fall without it."]
    return [
        f"{told}; all guarantees together save {_steps(every)} of {words.points(worst['fallen'])}."
    ]


def _steps(number: float) -> str:
    shown = words.points(number)
    return f"{shown} step" if shown == "1.0" else f"{shown} steps"


def _reversals(case: Case, reversals: Table) -> list[str]:
    rows = [row for row in reversals.rows() if len(row["governments"].split()) == 1]
    if not rows:
        return []
    row = max(rows, key=lambda one: one["asked_p50"])
    who = case.constituency[row["who"]].words.phrase
    by = case.party[row["by"]].words.phrase
    middle = (
        f"{words.points(row['asked_p25'])} to {words.points(row['asked_p75'])} in the middle half"
    )
    told = (
        f"After what {by} leaves under {government(case, row['governments'])}, {who} asks "
        f"{words.points(row['asked_p50'])} points more on each shared step ({middle})"
    )
    if isnan(row["closed"]):
        return [f"{told}."]
    closed = words.of_hundred(row["closed"], row["worlds"])
    return [f"{told}, which closes {closed} of 100 next steps it could have carried."]


def _losses(case: Case, losses: Table) -> list[str]:
    """Name the consents that cost most, executives apart: without one nothing new is agreed."""
    rows = [row for row in losses.rows() if case.constituency[row["who"]].kind != "executive"]
    if not rows:
        return []
    most = round(rows[0]["lost_p50"])
    who = [
        case.constituency[row["who"]].words.phrase for row in rows if round(row["lost_p50"]) == most
    ]
    verb = "costs" if len(who) == 1 else "each costs"
    lost = f"{most} percent of what the package adds"
    told = (
        f"Apart from the executives, the consent of {words.join_names(who)} {verb} most once lost"
    )
    return [f"{told}: {lost} in the middle world."]


def _distances(case: Case, governments: Table, distance: Table) -> list[str]:
    """Say of each party that moves less than another from which distance on that would end."""
    told = []
    drawn = {row["governments"]: row["fallen"] for row in governments.rows() if row["changed"] == 1}
    rows = [row for row in distance.rows() if row["other"]]
    for party in dict.fromkeys(row["party"] for row in rows):
        mine = [row for row in rows if row["party"] == party]
        kind = max(mine, key=lambda row: row["lost"])["type"]
        if drawn[f"{party}={kind}"] < drawn[mine[0]["other"]]:
            told.append(_distance(case, [row for row in mine if row["type"] == kind]))
    return told


def _distance(case: Case, rows: Sequence[Row]) -> str:
    """Say from which distance on the change moves more than the largest other one."""
    row = rows[-1]
    party = case.party[row["party"]].words.phrase
    other = government(case, row["other"])
    beyond = [one for one in rows if one["lost"] > one["other_lost"]]
    head = f"A change in {party} moves less than {other} does"
    if not beyond:
        limit = row["value"] / row["range_high"] if row["range_high"] else 1.0
        return f"{head}, even with its two types {words.points(limit)} times as far apart as coded at most."
    first = beyond[0]
    where = "inside" if first["value"] <= first["range_high"] else "beyond"
    return (
        f"{head} while its two types lie close; from {first['parameter']} of about "
        f"{first['value']:.1f} on it moves more, {where} the coded range (up to {row['range_high']:g})."
    )


def _durable(case: Case, durable: Table) -> str:
    rows = [*durable.rows()]
    new = [row for row in rows if row["new"]]
    if not new:
        return "The search found no package beyond today that every government keeps in 80 of 100 worlds."
    named = [case.rung[row["rung"]].words.phrase for row in new[:_NAMED]]
    rest = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
    deep = f"{rows[0]['depth']:.0f} percent deep (today {rows[0]['today']:.0f})"
    shown = ", ".join(named) if rest else words.join_names(named)
    return (
        f"The deepest single package found that every government keeps stands "
        f"{words.share_phrase(rows[0]['share'], rows[0]['worlds'])} and is {deep}: {shown}{rest}."
    )


def _calendar(case: Case, calendar: Table) -> list[str]:
    """Say what is left after the elections of the calendar, and what lasts best and worst."""
    rows = [*calendar.rows()]
    if not rows:
        return []
    last = [row for row in rows if row["date"] == rows[-1]["date"]]
    whole, steps = last[0], last[1:]
    best = max(steps, key=lambda row: row["share"])
    worst = min(steps, key=lambda row: row["share"])
    told = (
        f"By {whole['date'][:7]}, with governments drawn at each election, the whole stands "
        f"{words.share_phrase(whole['share'], whole['worlds'])}"
    )
    if best["share"] == worst["share"]:
        return [f"{told}."]
    return [f"{told}; {_lasting(case, best)} lasts best, {_lasting(case, worst)} worst."]


def _lasting(case: Case, row: Row) -> str:
    share = words.count_phrase(row["share"], row["worlds"])
    return f"{step_phrase(case, row['measure'], row['rung'])} ({share})"
