"""Every sentence on the outcome of an exercise, from its tables."""

from __future__ import annotations

import math
from collections.abc import Mapping

from winset.ask.words import capital, share_phrase
from winset.exercise.scenario import Scenario
from winset.tables import Table

DEFINITION = (
    "All forms of sharing are run on the same launches and the same draws. A share counts worlds and "
    "launches; a world is one way the unknowns could stand, and a share is not a chance."
)
NONE, BEST = "none", "direct"
PARTY_NAMES = {"US": "Washington", "JPN": "Tokyo", "ROK": "Seoul"}
_ROUND = 10.0


def capital_of(party: str) -> str:
    """Name the capital of a party."""
    return PARTY_NAMES.get(party, party)


def seconds(value: float) -> str:
    """Say a time in seconds, or in minutes where it is long.

    Examples
    --------
    >>> seconds(44.2), seconds(192), seconds(float("nan"))
    ('44 s', '3.2 min', 'not counted')
    """
    if not math.isfinite(value):
        return "not counted"
    return f"{value:.0f} s" if abs(value) < 100 else f"{value / 60:.1f} min"


def form_compared(tables: Mapping[str, Table]) -> str:
    """Return the form that is compared with none: near real time, or the last of the scenario."""
    forms = [str(one) for one in tables["forms"]["form"]]
    return BEST if BEST in forms else forms[-1]


def summary(scenario: Scenario, tables: Mapping[str, Table], n: int) -> tuple[str, ...]:
    """Say the outcome in a few sentences, the headline first."""
    best = form_compared(tables)
    return tuple(
        line
        for line in (
            headline(scenario, tables, best, n),
            coverage(tables, best, n),
            time(tables, best),
            alerts(tables, best),
            observers(tables),
            firmness(tables),
        )
        if line
    )


def headline(scenario: Scenario, tables: Mapping[str, Table], best: str, n: int) -> str:
    """Say how often both capitals hold one correct picture."""
    before, after = (next(tables["forms"].where(form=form).rows()) for form in (NONE, best))
    label = str(after["label"])
    return (
        f"{scenario.title}: with {label}, both capitals hold the same correct picture of a launch "
        f"{share_phrase(after['share_shared'], n)}; with today's two-way feeds alone, "
        f"{share_phrase(before['share_shared'], n, first=False)}."
    )


def coverage(tables: Mapping[str, Table], best: str, n: int) -> str:
    """Say who holds how many launches, without and with sharing."""
    said = []
    for row in tables["parties"].where(form=NONE).rows():
        after = next(tables["parties"].where(form=best, party=row["party"]).rows())
        if row["share_held"] is None:
            continue
        name = capital_of(row["party"])
        before_said = share_phrase(row["share_held"], n)
        if abs(after["share_held"] - row["share_held"]) < 0.01:
            said.append(f"{name} holds a launch in time {before_said}, with sharing and without")
        else:
            then = share_phrase(after["share_held"], n, first=False)
            said.append(
                f"{name} holds a launch in time {before_said} without sharing and {then} with it"
            )
    return capital("; ".join(said)) + "." if said else ""


def time(tables: Mapping[str, Table], best: str) -> str:
    """Say what sharing gains in seconds beside what people take."""
    regions = tables["regions"].where(form=best)
    rows = [row for row in regions.rows() if row["warning_p50"] is not None]
    if rows:
        row = max(rows, key=lambda one: one["threatened"] * one["share_warned"])
        gained = row["gained_p50"] if row["gained_p50"] is not None else 0.0
        return (
            f"Where a region is warned, people take {seconds(row['human_p50'])}, the relay "
            f"{seconds(row['relay_p50'])} and geometry {seconds(row['geometry_p50'])}; sharing gains "
            f"{seconds(gained)} of warning (medians, {row['region']})."
        )
    gains = [row["gain_p50"] for row in tables["parties"].where(form=best).rows()]
    finite = [gain for gain in gains if gain is not None]
    most = max(finite, default=0.0)
    return (
        f"No region is warned in this scenario; first information comes {seconds(most)} earlier at "
        "most (median), because the launch cue from the United States is there already."
    )


def alerts(tables: Mapping[str, Table], best: str) -> str:
    """Say how many needless, missed and withdrawn alerts there are."""
    before, after = (next(tables["forms"].where(form=form).rows()) for form in (NONE, best))
    parts = [
        f"{name} {before[key]:.2f} without and {after[key]:.2f} with sharing"
        for key, name in (
            ("wrong", "regions alerted without need:"),
            ("missed", "threatened regions not alerted in time:"),
            ("withdrawn", "alerts taken back:"),
        )
        if before[key] or after[key]
    ]
    if not parts:
        return "No alert is wrong, missed or taken back under any of the two."
    return capital("; ".join(parts)) + " (mean a world)."


def observers(tables: Mapping[str, Table]) -> str:
    """Say what the lesser forms leave unchanged."""
    forms = {str(row["form"]): row for row in tables["forms"].rows()}
    same = [
        forms[name]["label"]
        for name in ("after", "observers")
        if name in forms
        and all(forms[name][key] == forms[NONE][key] for key in ("share_shared", "wrong", "missed"))
    ]
    if not same:
        return ""
    told = " and ".join(str(label) for label in same)
    return f"{capital(told)} change none of this while it happens; what they add comes later."


def firmness(tables: Mapping[str, Table]) -> str:
    """Say how many of the inputs are assumptions."""
    bases = [str(one) for one in tables["inputs"]["basis"]]
    return (
        f"Of {len(bases)} uncertain inputs {bases.count('A')} are assumptions over wide brackets; "
        "no number here describes a real sensor."
    )
