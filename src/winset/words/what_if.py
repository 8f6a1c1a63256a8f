"""Sentences about what a search found and what follows from conditions set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.case.model import Case, Programme
from winset.tables import Table
from winset.words.phrases import count_phrase, join_names, share_phrase

Row = dict[str, Any]
_FEW = 3
NOT_SAID = "not said"
"""What a source says of an order it does not give."""


def searched(
    case: Case,
    programme: Programme,
    tables: Mapping[str, Table],
    method: Mapping[str, object],
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
        *_beside(case, rows, programme),
        *_changes(case, tables["moves"]),
        *_order(case, tables["swaps"]),
    ]


def _beside(case: Case, rows: Mapping[str, Row], programme: Programme) -> list[str]:
    said = {one.id: one.words.phrase for one in case.programmes}
    others = [
        f"{said[name]} {row['depth']:.1f} (it shares {row['shared']} of {row['steps']} steps)"
        for name, row in rows.items()
        if name not in ("found", programme.id)
    ]
    return (
        [f"In the same worlds, with levers of their own: {join_names(others)}."] if others else []
    )


def _changes(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    told = []
    for what in ("taken in", "left out", "earlier", "later"):
        names = [case.rung[row["rung"]].words.phrase for row in rows if row["what"] == what]
        if names:
            more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
            verb = "is" if len(names) == 1 else "are"
            some = join_names(names) if not more else ", ".join(names[:_FEW])
            told.append(f"{what} {verb} {some}{more}")
    most = sorted((row for row in rows if row["matters"]), key=lambda row: -row["adds"])[:_FEW]
    said = [f"Against what is written, {'; '.join(told)}."] if told else []
    if most:
        names = [
            f"{case.rung[row['rung']].words.phrase} ({row['adds']:.1f}, standard error "
            f"{row['adds_error']:.1f})"
            for row in most
        ]
        said.append(f"The steps that matter most, by depth lost without them: {join_names(names)}.")
    return said


def _order(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    real = sorted(
        (row for row in rows if row["matters"] and row["cost"] > 0), key=lambda row: -row["cost"]
    )
    told = f"Of {len(rows)} pairs of neighbouring steps the order matters for {len(real)}"
    if not real:
        return [f"{told}."]
    names = [
        f"{case.rung[row['first']].words.phrase} before {case.rung[row['second']].words.phrase} "
        f"({row['cost']:.2f} of depth, standard error {row['cost_error']:.2f})"
        for row in real[:_FEW]
    ]
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
        *_openings(case, tables["openings"], tables["windows"], worlds),
        *_findings(tables["findings"], worlds),
        *_lifting(tables["lifting"], worlds),
        *_upkeep(case, tables["upkeep"]),
        *_spiral(tables["spiral"], worlds),
        *_spoilers(tables["spoilers"]),
        *_quiet(case, tables["quiet"], worlds),
    ]


def _openings(case: Case, table: Table, windows: Table, worlds: int) -> list[str]:
    rows = [*table.rows()]
    first = {(row["event"], row["theory"]): row for row in reversed(rows)}
    plain = [row for (_, theory), row in first.items() if not theory and row["real"]]
    if not plain:
        return ["In otherwise calm weather no event opens or closes anything beyond chance."]
    most = sorted(plain, key=lambda row: -abs(row["gain"]))[:_FEW]
    said = [
        f"In otherwise calm weather {_event(case, row['event'])} {_change(row, rows)}"
        f"{_which(case, row, windows, worlds)}."
        for row in most
    ]
    rival = [row for (_, theory), row in first.items() if theory]
    if rival:
        worst = max(rival, key=lambda row: abs(row["gain"]))
        same = first[worst["event"], ""]
        said.append(
            f"Under the rival theory that doubt drives the pair together ({worst['theory']}) "
            f"{_event(case, worst['event'])} moves {worst['gain']:+.1f} rungs (standard error "
            f"{worst['gain_error']:.1f}) instead of {same['gain']:+.1f} (standard error "
            f"{same['gain_error']:.1f})."
        )
    return said


def _which(case: Case, row: Row, windows: Table, worlds: int) -> str:
    """Name the rungs that an event opens, or closes, in most worlds at once."""
    column = "share_opened" if row["gain"] > 0 else "share_closed"
    own = [
        one
        for one in windows.rows()
        if [one[key] for key in ("event", "theory", "delay")]
        == [row[key] for key in ("event", "theory", "delay")]
    ]
    own.sort(key=lambda one: -one[column])
    told = [
        f"{case.rung[one['rung']].words.phrase} {share_phrase(one[column], worlds, first=one is own[0])}"
        for one in own[:_FEW]
        if one[column] > 0
    ]
    return f"; most often {join_names(told)}" if told else ""


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
    return (
        f"{verb} {abs(row['gain']):.1f} rungs (standard error {row['gain_error']:.1f}), where "
        f"{row['calm']:.0f} are open alone without it ({half})"
    )


def _findings(table: Table, worlds: int) -> list[str]:
    """Say in how many worlds each finding comes out, with the ends of the interval, and the opposite."""
    told = [
        f"{row['finding']} in {100 * row['share']:.0f} ({100 * row['low']:.0f} to "
        f"{100 * row['high']:.0f}), the other way in {100 * row['share_other']:.0f}"
        for row in table.rows()
        if row["share"] + row["share_other"] > 0
    ]
    return [f"Of 100 worlds ({worlds} tried), two runs of each compared: {'; '.join(told)}."]


def _lifting(table: Table, worlds: int) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return ["No ceiling shuts a rung today, so that threat has none to lift."]
    none = [row for row in rows if row["share_none"] > 0.5]
    some = [row for row in rows if row["share_none"] <= 0.5]
    often = share_phrase(max(row["share_shut"] for row in rows), worlds)
    told = [
        (
            f"A ceiling shuts {len(rows)} rungs in some worlds, the most often shut {often}; threat "
            f"alone lifts it for {len(some)} of them"
        )
    ]
    if some:
        low, high = min(row["critical"] for row in some), max(row["critical"] for row in some)
        told.append(f"from a level between {low:.1f} and {high:.1f} of 5 on")
    if none:
        told.append(f"for the other {len(none)} no level in range does in most of these worlds")
    return [f"{', '.join(told)}."]


def _upkeep(case: Case, table: Table) -> list[str]:
    """Say how often assurance must be renewed, and how often there is doubt then and at the next gap."""
    rows = [*table.rows()]
    where: dict[str, list[str]] = {}
    for party in dict.fromkeys(row["party"] for row in rows):
        own = [row for row in rows if row["party"] == party]
        kept = [row for row in own if row["doubt"] <= 0.2]
        place = len(kept)
        often = _every(kept[-1]["gap"]) if kept else "more often than meetings can"
        beside = "; ".join(_doubt(row) for row in own[max(0, place - 1) : place + 1])
        where.setdefault(f"{often} ({beside})", []).append(case.party[party].words.phrase)
    told = [f"in {join_names(names)} {often}" for often, names in where.items()]
    return [
        f"Assurance must be renewed to keep doubt below a fifth of quarters: {'; '.join(told)}."
    ]


def _every(gap: int) -> str:
    return "every quarter" if gap == 1 else f"every {gap} quarters"


def _doubt(row: Row) -> str:
    return (
        f"{_every(row['gap'])}: doubt in {100 * row['doubt']:.0f} of 100, standard error "
        f"{100 * row['doubt_error']:.0f}"
    )


def _spiral(table: Table, worlds: int) -> list[str]:
    rows = {(row["court"], row["with"]): row for row in table.rows()}
    if not rows:
        return []
    bare, both = rows["ordered", "neither"], rows["ordered", "both"]
    drawn, held = rows["as drawn", "neither"], rows["as drawn", "a settlement under way"]
    stands = held["share_stands"] > 0
    beside = "insulation and a settlement under way" if stands else "insulation"
    held_back = (
        f"A settlement under way lowers the worlds with such an order from "
        f"{count_phrase(drawn['share_court'], worlds)} to {count_phrase(held['share_court'], worlds)}."
        if stands
        else "A rule of the case bars a settlement from the first quarter under these levers."
    )
    return [
        (
            f"After a court's transfer, every step taken as agreed to, a quarrel can feed on itself "
            f"{share_phrase(bare['share_spiral'], worlds)} and drills are lost or suspended "
            f"{share_phrase(bare['share_drills'], worlds, first=False)}; with {beside} "
            f"{share_phrase(both['share_spiral'], worlds, first=False)} and "
            f"{share_phrase(both['share_drills'], worlds, first=False)}. {held_back}"
        )
    ]


def _spoilers(table: Table) -> list[str]:
    """Say how often inflaming pays, near an election or not, what makes it pay more and what less."""
    rows = {(row["with"], row["agreed"]): row for row in table.rows()}
    own, every = rows["as written", False], rows["as written", True]
    others = [row for (name, agreed), row in rows.items() if agreed and name != "as written"]
    less = sorted((row for row in others if row["often"] < every["often"]), key=_often)
    more = sorted((row for row in others if row["often"] > every["often"]), key=_often)
    near = ""
    if own["near"] is not None and own["far"] is not None:
        near = (
            f", {100 * own['near']:.1f} in the year before an election and {100 * own['far']:.1f} at "
            "other times"
        )
    told = (
        f"Inflaming pays in {_rate(own)} of 100 quarters as steps are agreed to{near}; in "
        f"{_rate(every)} if all were"
    )
    for word, found in (("less", less), ("more", more[::-1])):
        if found:
            names = ", ".join(f"{row['with']} {_rate(row)}" for row in found)
            told += f"; {word} under: {names}"
    return [f"{told}."]


def _often(row: Row) -> float:
    return float(row["often"])


def _rate(row: Row) -> str:
    return f"{100 * row['often']:.1f} (standard error {100 * row['often_error']:.1f})"


def _quiet(case: Case, table: Table, worlds: int) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    said = {
        option.id: option.label
        for one in case.mechanisms.quiet
        for option in case.choices[f"levers/{one.lever}"].options
    }
    bare = [row for row in rows if not row["shield"]]
    told = [
        f"profile “{said[row['profile']]}” {share_phrase(row['share_coercion'], worlds, first=row is bare[0])} "
        f"and {_cost(row)}"
        for row in bare
    ]
    shielded = [row for row in rows if row["shield"]]
    least, most = (pick(shielded, key=_costs) for pick in (min, max))
    leaks = [row for row in bare if row["share_leak"] > 0]
    leaked = ""
    if leaks:
        names = join_names([f"“{said[row['profile']]}”" for row in leaks])
        most_often = max(row["share_leak"] for row in leaks)
        leaked = f" Under {names} one leaks {share_phrase(most_often, worlds)}."
    return [
        (
            f"Quiet steps, if agreed to ({100 * bare[0]['agreed']:.0f} of 100 would be), are answered with "
            f"coercion and cost a part of a year's product: {'; '.join(told)}; with the shield "
            f"{_cost(least)} to {_cost(most)}.{leaked}"
        )
    ]


def _costs(row: Row) -> float:
    return float(row["cost"])


def _cost(row: Row) -> str:
    return f"{row['cost']:.2f} percent (standard error {row['cost_error']:.2f})"
