"""Every sentence of the answer to "how far can it go?", from rows of its tables and the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from math import isnan, sqrt
from typing import Any, Literal

from winset.case.model import Case, Measure
from winset.tables import Table
from winset.words import edge as edge_words
from winset.words import phrases as words
from winset.words.conditions import in_words
from winset.words.holders import holder, red_line_said, who_phrase
from winset.words.readings import Side, two_readings

AT_EDGE = 0.5
"""A step is at the edge where it is the first of its ladder open in fewer worlds than this."""
SWING = 0.15
"""A reading is told from this difference of shares, or where it crosses one half."""
_NAMED = 4
Row = dict[str, Any]

DEFINITION = (
    "A rung is open in a world if some package that holds it, or a later rung of its ladder, meets "
    "every prerequisite, conflict, red line, scope limit and ceiling and is accepted by every party; "
    "consent is asked for changes, so the status quo is always accepted. Shares count worlds drawn, "
    "with 95 % Wilson intervals; they are not probabilities."
)


def steps(case: Case, rungs: Table, packages: Table | None = None) -> list[words.Step]:
    """List the rungs above the status quo as the ladder shows them: by group, then by measure.

    With ``packages`` given, those of the package put forward are marked as offered.
    """
    rows = {row["rung"]: row for row in rungs.rows()}
    taken = {
        case.rung[row["rung"]].measure: case.rung[row["rung"]].level
        for row in (proposed(packages) if packages is not None else ())
        if row["new"]
    }
    listed = []
    roles = {block.id: block.role for block in case.groups}
    for group, measure in ladder(case):
        role: Literal["core", "carrier", "beyond"] = roles.get(group, "carrier")
        for rung in measure.rungs:
            row = rows.get(rung.id)
            if row is not None and not row["status_quo"]:
                share, unsettled, gain = row["share_open"], row["unsettled"], row["gain"] or 0.0
                listed.append(
                    words.Step(
                        rung.id,
                        rung.words.phrase,
                        group,
                        role,
                        share,
                        gain,
                        unsettled,
                        offered=rung.level <= taken.get(measure.id, -1),
                        named=rung.basis != "A",
                    )
                )
    return listed


def ladder(case: Case) -> list[tuple[str, Measure]]:
    """List measures with the id of their group; those in no group come last."""
    grouped = [(group.id, case.measure[m]) for group in case.groups for m in group.measures]
    named = {measure.id for _, measure in grouped}
    return grouped + [("", measure) for measure in case.measures if measure.id not in named]


def headline(case: Case, tables: Mapping[str, Table], n: int) -> str:
    """Say how far it can go (pattern L1)."""
    start = next(tables["certainty"].rows(), None)
    if start is not None and start["share"] == 0:
        return words.infeasible([], n)
    return words.lead(
        steps(case, tables["rungs"], tables["packages"]),
        parties=[party.words.phrase for party in case.parties],
        titles={group.id: group.title for group in case.groups} | {"": "the rest"},
        noun=case.words.get("parties", "parties"),
        n=n,
    )


def package(case: Case, packages: Table) -> str:
    """Name the package put forward, how much it moves and what it leaves (pattern L2)."""
    rows = proposed(packages)
    new = sorted((row for row in rows if row["new"]), key=lambda row: -row["gain"])
    phrases = [case.rung[row["rung"]].words.phrase for row in new[:_NAMED]]
    return words.package(rows[0]["certainty"] if rows else 0.5, phrases, _climb(case, new))


def proposed(packages: Table) -> list[Row]:
    """Rows of the balanced package; of the surest, or else the boldest, where it is missing."""
    names = set(packages["package"].tolist())
    found = [name for name in ("balanced", "safe", "stretch") if name in names]
    return [*packages.where(package=found[0]).rows()] if found else []


def _climb(case: Case, new: Sequence[Row]) -> words.Climb:
    taken = {case.rung[row["rung"]].measure: case.rung[row["rung"]].level for row in new}
    room = {m.id: len(m.rungs) - m.status_quo for m in case.measures if len(m.rungs) > m.status_quo}
    untouched = []
    for _, block in groupby(ladder(case), key=lambda pair: pair[0]):
        group, measures = zip(*block, strict=True)
        left = [measure for measure in measures if measure.id in room and measure.id not in taken]
        title = next((words.topic(g.title) for g in case.groups if g.id == group[0]), "")
        if len(left) == len(measures) and title:
            untouched.append(title)
        elif len(left) > 1 and title:
            untouched.append(f"{len(left)} of {len(measures)} ladders on {title}")
        else:
            untouched += [measure.words.phrase for measure in left]
    passed = sum(level - case.measure[measure].status_quo for measure, level in taken.items())
    return words.Climb(len(taken), len(case.measures), passed, sum(room.values()), (*untouched,))


def edge(case: Case, rungs: Table) -> list[words.Step]:
    """List the steps at the edge: of each ladder the first open in fewer than half of the worlds."""
    closed = [step for step in steps(case, rungs) if step.share < AT_EDGE]
    by_measure = groupby(closed, key=lambda step: case.rung[step.rung].measure)
    return [next(found) for _, found in by_measure]


def main_limit(limits: Table, rung: str) -> Row | None:
    """Find the limit that alone closes a rung in most of the worlds in which it is closed."""
    rows = [row for row in limits.where(rung=rung).rows() if row["share_of_closed"] > 0]
    return max(rows, key=lambda row: row["share_of_closed"], default=None)


def blockers(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    """Say who or what stops the next steps, whoever stops most first (pattern L3).

    A caveat of the case on who was coded most fully follows.
    """
    at_edge = edge(case, tables["rungs"])
    limits = [(step, main_limit(tables["limits"], step.rung)) for step in at_edge]
    found = [(step, row) for step, row in limits if row is not None]
    if not found:
        return []
    held: dict[str, int] = {}
    for _, row in found:
        who = holder(case, row["limit"], row["who"])
        held[who] = held.get(who, 0) + 1
    step, row = max(found, key=lambda pair: pair[1]["share_of_closed"] * pair[1]["closed"])
    who = holder(case, row["limit"], row["who"])
    firmest = replace(stop_of(case, row, step.phrase), who=who)
    most = sorted(held.items(), key=lambda pair: -pair[1])
    told = [words.blockers(most, edge=len(at_edge), firmest=firmest, n=n)]
    if caveat := case.words.get("caveat_blockers", ""):
        told.append(" ".join(caveat.split()))
    return told


def stop_of(case: Case, row: Row, rung: str) -> words.Stop:
    """Turn a row of ``limits`` into what a sentence needs."""
    return words.Stop(
        who_phrase(case, row["limit"], row["who"]),
        row["limit"],
        rung,
        row["share_of_closed"],
        row["closed"],
        price(case, row),
    )


def price(case: Case, row: Row) -> str:
    """Price phrase of a row of ``limits``; empty where none may be shown."""
    if row["limit"] not in ("floor", "threshold", "consent") or row["who"] in unpriced(case):
        return ""
    quartiles = [row[name] or 0.0 for name in ("price_p25", "price_p50", "price_p75")]
    return words.price_phrase(*quartiles, worlds=row["price_worlds"])


def unpriced(case: Case) -> frozenset[str]:
    """Constituencies for whose consent no price is ever shown."""
    return frozenset(case.words.get("no_price", "").split())


def domain(case: Case, domains: Table) -> str:
    """Say in which domain there is most room (pattern L7)."""
    rooms = [
        (case.domains[row["domain"]].phrase, row["p50"] - row["today"])
        for row in domains.rows()
        if row["domain"] in case.domains
    ]
    return words.domain(rooms)


def moving(readings: Table, rung: str) -> list[list[Row]]:
    """List the switches that move a rung by 15 of 100 worlds or across one half, widest first.

    A crossing counts only where the difference exceeds two standard errors.
    """
    rows = [*readings.where(rung=rung).rows()]
    found = []
    for _, sides in groupby(rows, key=lambda row: row["switch"]):
        told = [row for row in sides if row["worlds"] > 0]
        if len(told) > 1 and _moves(told):
            found.append(told)
    return sorted(found, key=lambda told: -_width(told))


def _width(rows: Sequence[Row]) -> float:
    shares = [row["share"] for row in rows]
    return float(max(shares) - min(shares))


def _moves(rows: Sequence[Row]) -> bool:
    low = min(rows, key=lambda row: row["share"])
    high = max(rows, key=lambda row: row["share"])
    error = sqrt(sum(row["share"] * (1 - row["share"]) / row["worlds"] for row in (low, high)))
    width = high["share"] - low["share"]
    return bool(width > 2 * error and (width >= SWING or low["share"] < AT_EDGE <= high["share"]))


def readings(case: Case, rows: Sequence[Row]) -> str:
    """Give a rung under each reading of one switch (pattern L5)."""
    if not rows:
        return two_readings("", ())
    choice = case.choices[f"switches/{rows[0]['switch']}"]
    options = {option.id: option for option in choice.options}
    reading = {source.id: source.reading for source in case.sources}
    sides = [
        Side(
            options[row["option"]].label,
            tuple(reading.get(author, author) for author in options[row["option"]].authors),
            row["share"],
            row["worlds"],
        )
        for row in rows
    ]
    return two_readings(case.rung[rows[0]["rung"]].words.phrase, sides)


def widest_reading(case: Case, tables: Mapping[str, Table]) -> list[Row]:
    """Find the rung that one switch moves most, across one half if any is moved across it."""
    listed = steps(case, tables["rungs"], tables["packages"])
    found = [rows for step in listed for rows in moving(tables["readings"], step.rung)]
    crossing = [rows for rows in found if _crosses(rows)]
    return max(crossing or found, key=_width, default=[])


def _crosses(rows: Sequence[Row]) -> bool:
    shares = [row["share"] for row in rows]
    return bool(min(shares) < AT_EDGE <= max(shares))


def firmness(case: Case) -> str:
    """Say how much of the coding is assumption (pattern L6)."""
    uncertain = [value for value in case.values.values() if not value.exact]
    assumed = sum(value.basis == "A" for value in uncertain)
    named = sources(case) if case.sources else ""
    return words.firmness(assumed, len(uncertain), sources=named)


def sources(case: Case) -> str:
    """Name the sources as a plural: ``the three essays``, ``the words of the one source``."""
    if not case.sources:
        return "the values"
    if len(case.sources) == 1:
        return "the words of the one source"
    noun = case.words.get("sources", "sources")
    return f"the {words.number_word(len(case.sources))} {noun}"


def summary(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    """Give the whole answer in a few sentences, the headline first."""
    told = [headline(case, tables, n), package(case, tables["packages"])]
    told += blockers(case, tables, n)
    told.append(domain(case, tables["domains"]))
    if case.switches:
        told.append(readings(case, widest_reading(case, tables)))
    told.append(firmness(case))
    return [sentence for sentence in told if sentence]


# Why a rung is open or closed


def why_rung(case: Case, tables: Mapping[str, Table], rung: str, n: int) -> list[str]:
    """Explain one rung: how open, alone, what closes it, what it needs, what moves it."""
    row = next(tables["rungs"].where(rung=rung).rows())
    noun = case.rung[rung]
    name = f"{words.capital(noun.words.phrase)} ({rung})"
    if row["status_quo"]:
        return [f"{name}: in place today; nobody is asked for the step.", *_needs(case, rung)]
    unsettled = row["unsettled"]
    share = words.share_phrase(row["share_open"], n, unsettled=unsettled)
    alone = words.share_phrase(row["share_alone"], n, first=False)
    told = [
        f"{name}: the step is open {share}; {_held(row['share_open'], unsettled)}.",
        f"Taken as a single step, with all else as today, it is unopposed {alone}.",
    ]
    if row["sacrifice"] is not None and row["sacrifice"] > 0:
        told.append(
            f"Where it is open, insisting on it costs {row['sacrifice']:.1f} percent of depth in "
            f"the middle of {row['sacrifice_worlds']:,} worlds."
        )
    told += _closing(case, tables, rung)
    told += edge_words.unlock(tables["unlocks"], rung)
    told += edge_words.consent_map(case, tables["consents"], rung)
    told += edge_words.rival(case, tables["rivals"], rung)
    told += _valleys(case, tables["valleys"], rung, n)
    told += _needs(case, rung)
    moved = moving(tables["readings"], rung)
    if case.switches:
        told += [readings(case, rows) for rows in moved] or [readings(case, ())]
    return [*told, inputs(case, rung)]


def _held(share: float, unsettled: float) -> str:
    if share > 0:
        return "that is, some package accepted by all holds it there"
    if unsettled > 0:
        return "no package accepted by all was found that holds it"
    return "no package accepted by all holds it"


def _closing(case: Case, tables: Mapping[str, Table], rung: str) -> list[str]:
    phrase = case.rung[rung].words.phrase
    rows = [row for row in tables["limits"].where(rung=rung).rows() if row["share_of_closed"] > 0]
    rows.sort(key=lambda row: -row["share_of_closed"])
    told = []
    for row in rows[:_NAMED]:
        stop = stop_of(case, row, phrase)
        if row["limit"] in ("floor", "threshold", "consent"):
            reason = LIMIT_WORDS[row["limit"]]
            priced = f", {stop.price}" if stop.price else ""
            told.append(
                f"In this coding it stops at {stop.who} alone {words.of_closed(stop)}: "
                f"{reason}{priced}."
            )
            if row["who"] in unpriced(case):
                told.append(words.capital(words.no_price(stop.who)) + ".")
        else:
            told.append(words.capital(f"{words.structure(stop)} {words.of_closed(stop)}."))
    return told + _together(case, tables, rung)


LIMIT_WORDS: Mapping[str, str] = {
    "floor": "the step alone is too dear",
    "threshold": "the whole is worth too little",
    "consent": "the step is too dear and the whole worth too little",
}


def _together(case: Case, tables: Mapping[str, Table], rung: str) -> list[str]:
    row = next(tables["closures"].where(rung=rung).rows(), None)
    if row is None or row["tried"] == 0:
        return []
    told = []
    sets = [*tables["joint"].where(rung=rung).rows()]
    for size, column, number in ((2, "two", "two"), (3, "three", "three")):
        same = [one for one in sets if one["size"] == size]
        if row[column] > 0 and same:
            top = max(same, key=lambda one: one["share"])
            share = words.count_phrase(row[column], row["tried"])
            every = "both" if size == 2 else "all"
            told.append(
                f"In {share} of its closed worlds tried {number} limits must {every} give, "
                f"most often {words.join_names(members(case, top))}."
            )
    if row["more"] > 0:
        share = words.count_phrase(row["more"], row["tried"])
        told.append(f"In {share} of them no three limits suffice.")
    return told


def members(case: Case, row: Row) -> list[str]:
    """Name all limits of a row of ``joint``."""
    pairs = (("limit", "who"), ("other_limit", "other"), ("third_limit", "third"))
    return [who_phrase(case, row[kind], row[who]) for kind, who in pairs if row[kind]]


def _valleys(case: Case, valleys: Table, rung: str, n: int) -> list[str]:
    told = []
    for row in valleys.rows():
        if rung in (row["rung"], row["later"]):
            low, high = (case.rung[row[name]].words.phrase for name in ("rung", "later"))
            told.append(words.valley(low, row["share_alone"], high, row["later_alone"], n))
    return told


def _needs(case: Case, rung: str) -> list[str]:
    noun = case.rung[rung]
    verbs = {"needs": "It needs", "helps": "It is easier with", "excludes": "It excludes"}
    told = []
    for rule in case.rules:
        asked = [case.rung[other] for other in rule.rungs]
        covers = any(r.measure == noun.measure and r.level <= noun.level for r in asked)
        if not covers or "reach" not in rule.read_by:
            continue
        if rule.kind == "refuses":
            text = f"A red line covers it. {red_line_said(case, rule)}"
        else:
            what = rule.condition and in_words(case, rule.condition)
            text = f"{verbs[rule.kind]} {what or rule.says}"
        told.append(f"{text} ({', '.join((rule.id, *rule.refs))}).")
    return told


def inputs(case: Case, rung: str) -> str:
    """Say what the values coded for the measure of a rung rest on."""
    measure = case.rung[rung].measure
    keys = (f"effects/{measure}/", f"rungs/{measure}.", f"measures/{measure}/")
    stances = [s.value for s in case.stances if s.use == "override"]
    values = [value for address, value in case.values.items() if address.startswith(keys)]
    values += [v for v in stances if v.address.split("/")[2].split(".")[0] == measure]
    names = (("S", "stated"), ("I", "inferred"), ("A", "assumed"), ("X", "outside knowledge"))
    counts = [(name, sum(value.basis == basis for value in values)) for basis, name in names]
    listed = words.join_names([f"{count} {name}" for name, count in counts if count])
    label = case.measure[measure].words.phrase
    return f"Of the {len(values)} values coded for {label}, {listed}."


# Why a package is accepted or refused


def package_verdict(share: float, n: int, names: Sequence[str]) -> str:
    """Say in how many worlds a package is accepted."""
    accepted = words.share_phrase(share, n)
    listed = words.join_names([*names]) if 0 < len(names) <= _NAMED else f"{len(names)} new steps"
    if not names:
        return f"The status quo is accepted {accepted}."
    return f"{words.capital(listed)}: accepted {accepted}."


def package_stops(
    who: str, limit: str, share: float, short: Sequence[float], n: int, *, over: str = ""
) -> str:
    """Say who or what stops a package, over which step, how often and how far short it falls."""
    often = words.share_phrase(share, n, first=False)
    if limit in LIMIT_WORDS:
        missing = f", {words.price_phrase(*short)}" if short and not any(map(isnan, short)) else ""
        reason = f"that step is too dear{missing}" if over else f"{LIMIT_WORDS[limit]}{missing}"
        return f"It stops at {who}{over} {often}: {reason}."
    if limit == "shut":
        return f"It takes back what is in place today, which is not offered here ({often})."
    stop = words.Stop(who, limit, "", share, n)  # type: ignore[arg-type]
    held = words.structure(stop, subject="one of its steps")
    return words.capital(f"{held} {often}.")


def package_trouble(rows: Iterable[tuple[str, float]], share: float, n: int) -> str:
    """Say which steps of a package are the trouble; rows are (phrase, share without it)."""
    told = [
        f"without {phrase} it is accepted {words.share_phrase(without, n, first=False)}"
        for phrase, without in rows
        if without > share
    ]
    if not told:
        return "No single step is the trouble: taking any one out makes it no more accepted."
    return words.capital("; ".join(told[:_NAMED])) + "."
