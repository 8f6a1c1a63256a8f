"""Sentences about what a search found and what follows from conditions set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.tables import Table
from winset.words.phrases import join_names, share_phrase

Row = dict[str, Any]
_FEW = 3
NOT_SAID = "not said"
"""What a source says of an order it does not give."""


def searched(
    programme: Programme, tables: Mapping[str, Table], method: Mapping[str, object]
) -> list[str]:
    """Say what the search found, how far it may be from the best, and what it changes."""
    if "search" not in tables:
        return []
    rows = {row["programme"]: row for row in tables["search"].rows()}
    found, written = rows["found"], rows[programme.id]
    return [
        (
            f"Under the same rules (at most {method['most steps']} steps, {method['most steps a quarter']}"
            f" in a quarter, none after quarter {method['last quarter']}) annealing over "
            f"{method['tried']:,} programmes finds one of depth {found['depth']:.1f} on the mean of all "
            f"quarters, against {written['depth']:.1f} as written, a lead of {written['lead']:.1f} "
            f"(standard error {written['lead_error']:.1f}) in {method['worlds judged in']} worlds it had "
            f"not seen. It is not proven best: {method['depth that nothing can pass']:.1f} is what nothing "
            "can pass, reached only if nobody ever refused."
        ),
        *_beside(rows, programme),
        *_changes(tables["moves"]),
        *_order(tables["swaps"]),
    ]


def _beside(rows: Mapping[str, Row], programme: Programme) -> list[str]:
    others = [
        f"{name} {row['depth']:.1f} (it shares {row['shared']} of {row['steps']} steps)"
        for name, row in rows.items()
        if name not in ("found", programme.id)
    ]
    return (
        [f"In the same worlds, with levers of their own: {join_names(others)}."] if others else []
    )


def _changes(table: Table) -> list[str]:
    rows = [*table.rows()]
    told = []
    for what in ("taken in", "left out", "earlier", "later"):
        names = [row["rung"] for row in rows if row["what"] == what]
        if names:
            more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
            told.append(f"{what} are {', '.join(names[:_FEW])}{more}")
    most = sorted((row for row in rows if row["matters"]), key=lambda row: -row["adds"])[:_FEW]
    said = [f"Against what is written, {join_names(told)}."] if told else []
    if most:
        names = [f"{row['rung']} ({row['adds']:.1f})" for row in most]
        said.append(f"The steps that matter most, by depth lost without them: {join_names(names)}.")
    return said


def _order(table: Table) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    real = sorted(
        (row for row in rows if row["matters"] and row["cost"] > 0), key=lambda row: -row["cost"]
    )
    told = f"Of {len(rows)} pairs of neighbouring steps the order matters for {len(real)}"
    if not real:
        return [f"{told}."]
    names = [f"{row['first']} before {row['second']} ({row['cost']:.2f})" for row in real[:_FEW]]
    return [f"{told}, most for {join_names(names)}."]


def order(table: Table) -> list[str]:
    """Say for how many steps of one quarter the order matters, and whether the source gives one."""
    rows = [*table.rows()]
    pairs = [row for row in rows if row["first"]]
    if not pairs:
        return []
    still = sum(row["share_changed"] == 0.0 for row in pairs)
    silent = sum(row["said"] == NOT_SAID for row in pairs)
    most = max(pairs, key=lambda row: row["share_changed"])
    real = sorted((row for row in pairs if row["matters"]), key=lambda row: -abs(row["cost"]))
    names = [
        f"{row['first']} before {row['second']} ({row['cost']:+.2f})".replace("-", "−")
        for row in real[:_FEW]
    ]
    told = f"for {len(real)}, most for {join_names(names)}" if real else "for none"
    return [
        (
            f"Of {len(pairs)} pairs of steps due in one quarter, exchanging places changes nothing in "
            f"any world for {still}; what is in effect changes most often for {most['first']} and "
            f"{most['second']} ({100 * most['share_changed']:.0f} of 100), depth by more than chance "
            f"would show {told}. For {silent} of them the order is that of the file: the source does "
            "not say one."
        )
    ]


def put_first(table: Table) -> list[str]:
    """Say in how many worlds the order of a quarter's steps matters, and which to put first."""
    rows = [*table.rows()]
    if not rows:
        return []
    most = max(rows, key=lambda row: row["share_changed"])
    if most["share_changed"] == 0.0:
        return ["No order of the steps due in one quarter changes what is in effect in any world."]
    real = [row for row in rows if row["matters"] or row["better"]]
    many = "1 quarter" if len(rows) == 1 else f"{len(rows)} quarters"
    return [
        (
            f"The order of steps due in one quarter decides what is in effect most often in quarter "
            f"{most['quarter']}: in {100 * most['share_changed']:.0f} of 100 worlds "
            f"({100 * most['low']:.0f} to {100 * most['high']:.0f}) some order changes it. "
            f"{_followed(rows)} In {len(real) or 'none'} of {many} with several steps is one put first, "
            "or an order as a whole, deeper than chance would show."
        ),
        *map(_deeper, real),
    ]


def _followed(rows: list[Row]) -> str:
    drawn = [row for row in rows if row["orders"] == "drawn"]
    if not drawn:
        return "Every order was followed."
    quarters = join_names([f"quarter {row['quarter']}" for row in drawn])
    return f"Every order was followed, but in {quarters} only {drawn[0]['tried']} drawn ones."


def _deeper(row: Row) -> str:
    """Say which step to put first in a quarter, and whether the written order does as well."""
    told = []
    if row["matters"]:
        told.append(
            f"put {row['put_first']} first: orders that begin with it are deeper over time by "
            f"{row['lead']:.2g} percent than the others (standard error {row['lead_error']:.1g})"
        )
    if row["better"]:
        told.append(
            f"the order {row['best_order']} is deeper than the written one by {row['ahead']:.2g} percent "
            f"(standard error {row['ahead_error']:.1g})"
        )
    else:
        told.append("the written order is behind the best by no more than chance would show")
    return (
        f"In quarter {row['quarter']} {'; '.join(told)}. What is chosen in half of the worlds is "
        "judged in the other half."
    )


def conditions(case: Case, tables: Mapping[str, Table], worlds: int) -> list[str]:
    """Say what follows from conditions set by hand, tried in so many worlds."""
    if "openings" not in tables:
        return []
    return [
        *_openings(case, tables["openings"]),
        *_findings(tables["findings"]),
        *_lifting(tables["lifting"]),
        *_upkeep(case, tables["upkeep"]),
        *_spiral(tables["spiral"]),
        *_spoilers(tables["spoilers"]),
        *_quiet(tables["quiet"], worlds),
    ]


def _openings(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    first = {(row["event"], row["theory"]): row for row in reversed(rows)}
    plain = [row for (_, theory), row in first.items() if not theory and row["real"]]
    if not plain:
        return ["In otherwise calm weather no event opens or closes anything beyond chance."]
    most = sorted(plain, key=lambda row: -abs(row["gain"]))[:_FEW]
    told = [f"{_event(case, row['event'])} {_change(row, rows)}" for row in most]
    said = [f"In otherwise calm weather, of the rungs each agreed to alone, {join_names(told)}."]
    rival = [row for (_, theory), row in first.items() if theory]
    if rival:
        worst = max(rival, key=lambda row: abs(row["gain"]))
        same = first[worst["event"], ""]
        said.append(
            f"Under the rival theory that doubt drives the pair together ({worst['theory']}) "
            f"{_event(case, worst['event'])} moves {worst['gain']:+.1f} rungs instead of "
            f"{same['gain']:+.1f}."
        )
    return said


def _event(case: Case, name: str) -> str:
    if name in case.shock:
        return case.shock[name].words.phrase
    party = case.party[name.rsplit(" ", 1)[-1]]
    return f"another government in {party.words.phrase}"


def _change(row: Row, rows: list[Row]) -> str:
    own = [one for one in rows if (one["event"], one["theory"]) == (row["event"], row["theory"])]
    gone = [one["delay"] for one in own if abs(one["gain"]) <= 0.5 * abs(row["gain"])]
    verb = "opens" if row["gain"] > 0 else "closes"
    half = (
        f"half gone after {gone[0]} quarters" if gone else f"mostly there after {own[-1]['delay']}"
    )
    return f"{verb} {abs(row['gain']):.1f}, where {row['calm']:.0f} are open without it ({half})"


def _findings(table: Table) -> list[str]:
    told = [
        f"{row['finding']} in {100 * row['share']:.0f} (the other way in "
        f"{100 * row['share_other']:.0f})"
        for row in table.rows()
        if row["share"] + row["share_other"] > 0
    ]
    return [f"Of 100 worlds, two runs of the same compared: {'; '.join(told)}."]


def _lifting(table: Table) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return ["No ceiling shuts a rung today, so that threat has none to lift."]
    none = [row for row in rows if row["share_none"] > 0.5]
    some = [row for row in rows if row["share_none"] <= 0.5]
    told = [
        (
            f"Threat alone lifts the ceiling for {len(some)} of {len(rows)} rungs that it shuts"
            " in some worlds"
        )
    ]
    if some:
        low, high = min(row["critical"] for row in some), max(row["critical"] for row in some)
        told.append(f"from a level between {low:.1f} and {high:.1f} of 5 on")
    if none:
        told.append(f"for {len(none)} other rungs no level in range does in most worlds")
    return [f"{', '.join(told)}."]


def _upkeep(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    told = []
    for party in dict.fromkeys(row["party"] for row in rows):
        own = [row for row in rows if row["party"] == party]
        kept = [row["gap"] for row in own if row["doubt"] <= 0.2]
        name = case.party[party].words.phrase
        if not kept:
            told.append(f"in {name} not by meetings alone")
        else:
            told.append(
                f"in {name} every {'quarter' if max(kept) == 1 else f'{max(kept)} quarters'}"
            )
    return [
        f"Assurance must be renewed to keep doubt below a fifth of quarters: {'; '.join(told)}."
    ]


def _spiral(table: Table) -> list[str]:
    rows = {(row["court"], row["with"]): row for row in table.rows()}
    if not rows:
        return []
    bare, both = rows["ordered", "neither"], rows["ordered", "both"]
    drawn, held = rows["as drawn", "neither"], rows["as drawn", "a settlement under way"]
    stands = held["share_stands"] > 0
    beside = "insulation and a settlement under way" if stands else "insulation"
    held_back = (
        f"A settlement under way lowers the worlds with such an order from "
        f"{100 * drawn['share_court']:.0f} to {100 * held['share_court']:.0f}."
        if stands
        else "A rule of the case bars a settlement from the first quarter under these levers."
    )
    return [
        (
            f"After a court's transfer, every step taken as agreed to, a quarrel can feed on itself in "
            f"{100 * bare['share_spiral']:.0f} of 100 worlds, drills are lost or suspended in "
            f"{100 * bare['share_drills']:.0f}; with {beside} in "
            f"{100 * both['share_spiral']:.0f} and {100 * both['share_drills']:.0f}. {held_back}"
        )
    ]


def _spoilers(table: Table) -> list[str]:
    rows = {(row["with"], row["agreed"]): row for row in table.rows()}
    own = rows["as written", False]
    every = {name: row for (name, agreed), row in rows.items() if agreed}
    least = min(every.values(), key=lambda row: row["often"])
    most = max(every.values(), key=lambda row: row["often"])
    return [
        (
            f"Inflaming pays in {100 * own['often']:.0f} of 100 quarters as steps are agreed to, and in "
            f"{100 * every['as written']['often']:.0f} if all were; then most with {most['with']} "
            f"({100 * most['often']:.0f}), least with {least['with']} ({100 * least['often']:.0f})."
        )
    ]


def _quiet(table: Table, worlds: int) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    bare = [row for row in rows if not row["shield"]]
    told = [
        f"{row['profile']} {share_phrase(row['share_coercion'], worlds, first=row is bare[0])} and "
        f"{row['cost']:.2f} % of a year's product"
        for row in bare
    ]
    shield = [row["cost"] for row in rows if row["shield"]]
    return [
        (
            f"Quiet steps, if agreed to ({100 * bare[0]['agreed']:.0f} of 100 would be), are answered with "
            f"coercion by profile: {'; '.join(told)}; with the shield {min(shield):.2f} to "
            f"{max(shield):.2f} %."
        )
    ]
