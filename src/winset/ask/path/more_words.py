"""Sentences about what a search found and what follows from conditions set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.ask.path.what_if import WORLDS
from winset.ask.words import join_names, share_phrase
from winset.case.model import Case, Programme
from winset.tables import Table

Row = dict[str, Any]
_FEW = 3


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
    real = sorted((row for row in rows if row["matters"]), key=lambda row: -abs(row["cost"]))
    told = f"Of {len(rows)} pairs of neighbouring steps the order matters for {len(real)}"
    if not real:
        return [f"{told}."]
    names = [f"{row['first']} before {row['second']} ({row['cost']:.2f})" for row in real[:_FEW]]
    return [f"{told}, most for {join_names(names)}."]


def conditions(case: Case, tables: Mapping[str, Table]) -> list[str]:
    """Say what follows from conditions set by hand."""
    if "openings" not in tables:
        return []
    return [
        *_openings(case, tables["openings"]),
        *_lifting(tables["lifting"]),
        *_upkeep(tables["upkeep"]),
        *_spiral(tables["spiral"]),
        *_spoilers(tables["spoilers"]),
        *_quiet(tables["quiet"]),
    ]


def _openings(case: Case, table: Table) -> list[str]:
    rows = [*table.rows()]
    phrases = {shock.id: shock.words.phrase for shock in case.shocks}
    told = []
    for event, theory in dict.fromkeys((row["event"], row["theory"]) for row in rows):
        own = [row for row in rows if (row["event"], row["theory"]) == (event, theory)]
        real = [row for row in own if row["real"]]
        name = phrases.get(event, f"a {event}") + (
            f" under the theory of {theory}" if theory else ""
        )
        if not real:
            told.append(f"{name} opens and closes nothing beyond chance")
            continue
        most = max(real, key=lambda row: abs(row["gain"]))
        last = max(row["delay"] for row in real)
        told.append(
            f"{name} changes what is agreed to by {most['gain']:+.1f} rungs of {most['calm']:.0f}, "
            f"felt for {_quarters(last)}"
        )
    return [f"In otherwise calm weather {'; '.join(told)}."]


def _quarters(count: int) -> str:
    if count == 0:
        return "one quarter"
    return f"{count} quarters and maybe longer" if count >= 8 else f"{count} quarters"


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
        told.append(f"for {len(none)} no level in range does in most worlds")
    return [f"{', '.join(told)}."]


def _upkeep(table: Table) -> list[str]:
    rows = [*table.rows()]
    told = []
    for party in dict.fromkeys(row["party"] for row in rows):
        own = [row for row in rows if row["party"] == party]
        kept = [row["gap"] for row in own if row["doubt"] <= 0.2]
        told.append(
            f"{party}: every {max(kept)} quarters" if kept else f"{party}: not by meetings alone"
        )
    return [f"To keep doubt below a fifth of quarters assurance needs renewal, {'; '.join(told)}."]


def _spiral(table: Table) -> list[str]:
    rows = {(row["court"], row["with"]): row for row in table.rows()}
    if not rows:
        return []
    bare, both = rows["ordered", "neither"], rows["ordered", "both"]
    calm = rows["none", "neither"]
    return [
        (
            f"A court's transfer raises peak tension in politics from {calm['politics']:.1f} to "
            f"{bare['politics']:.1f} points (median); with insulation and a settlement under way it is "
            f"{both['politics']:.1f}, and a quarrel can feed on itself in "
            f"{100 * both['share_spiral']:.0f} instead of {100 * bare['share_spiral']:.0f} of 100 worlds."
        )
    ]


def _spoilers(table: Table) -> list[str]:
    rows = {row["with"]: row for row in table.rows()}
    own = rows.pop("as written")
    least = min(rows.values(), key=lambda row: row["often"])
    return [
        (
            f"Inflaming pays in {100 * own['often']:.0f} of 100 quarters as the programme is written "
            f"({100 * own['near']:.0f} in the year before an election, {100 * own['far']:.0f} at other "
            f"times); least with {least['with']}: {100 * least['often']:.0f}."
        )
    ]


def _quiet(table: Table) -> list[str]:
    rows = [*table.rows()]
    if not rows:
        return []
    bare = [row for row in rows if not row["shield"]]
    told = [
        f"{row['profile']}: coercion {share_phrase(row['share_coercion'], WORLDS, first=row is bare[0])}"
        f", {row['cost']:.2f} % of a year's product"
        for row in bare
    ]
    shield = [row["cost"] for row in rows if row["shield"]]
    return [
        (
            f"Quiet steps asked for at once cost, by profile, {'; '.join(told)}; with the shield "
            f"{min(shield):.2f} to {max(shield):.2f} %."
        )
    ]
