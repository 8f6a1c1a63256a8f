"""Every sentence on the outcome of an exercise, from its tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from winset.exercise.scenario import Scenario
from winset.tables import Table
from winset.words.phrases import capital, share_phrase

DEFINITION = (
    "All forms of sharing are run on the same launches and the same draws. A share counts worlds and "
    "launches; a world is one way the unknowns could stand, and a share is not a chance."
)
NONE, BEST = "none", "direct"
PARTY_NAMES = {"US": "Washington", "JPN": "Tokyo", "ROK": "Seoul"}
HUMAN = (
    "Sharing is not worth its seconds alone: assessing and issuing take minutes, a relay takes "
    "seconds. What sharing changes is who sees low flights at all and how many alerts are wrong."
)


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
            time(scenario, tables, best),
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


def time(scenario: Scenario, tables: Mapping[str, Table], best: str) -> str:
    """Say what sharing gains in seconds beside what people take."""
    labels = {region.id: region.label for region in scenario.setting.regions}
    rows = [r for r in tables["regions"].where(form=best).rows() if r["warning_p50"] is not None]
    if rows:
        row = max(rows, key=lambda one: one["threatened"] * one["share_warned"])
        gained = row["gained_p50"] if row["gained_p50"] is not None else 0.0
        return (
            f"Of the time before {labels[row['region']]} is warned, people take "
            f"{seconds(row['human_p50'])}, the relay {seconds(row['relay_p50'])} and geometry "
            f"{seconds(row['geometry_p50'])}; sharing gains {seconds(gained)} of warning (medians)."
        )
    parties = [*tables["parties"].where(form=best).rows()]
    gain = max((row["gain_p50"] or 0.0 for row in parties), default=0.0)
    sooner = max((row["sooner_p50"] or 0.0 for row in parties), default=0.0)
    return (
        f"No region is warned in this scenario. A first track comes up to {seconds(sooner)} sooner, "
        f"the first information {seconds(gain)} sooner (medians): today's launch cue from the United "
        "States is there already."
    )


def alerts(tables: Mapping[str, Table], best: str) -> str:
    """Say how many needless, missed and withdrawn alerts there are."""
    before, after = (next(tables["forms"].where(form=form).rows()) for form in (NONE, best))
    parts = [
        f"{name} {_mean(before, key)} without and {_mean(after, key)} with sharing"
        for key, name in (
            ("wrong", "regions alerted without need:"),
            ("missed", "threatened regions not alerted in time:"),
            ("withdrawn", "alerts taken back:"),
        )
        if before[key] or after[key]
    ]
    if not parts:
        return "No alert is wrong, missed or taken back, with sharing or without."
    return capital("; ".join(parts)) + " (mean a world, with two standard errors)."


def _mean(row: Mapping[str, Any], key: str) -> str:
    return f"{row[key]:.2f} ± {row[f'{key}_within']:.2f}"


def forms_shown(tables: Mapping[str, Table]) -> tuple[str, ...]:
    """Return the forms a timeline shows: none, the hub where there is one, the compared one."""
    forms = [str(one) for one in tables["forms"]["form"]]
    return tuple(dict.fromkeys(f for f in (NONE, "hub", form_compared(tables)) if f in forms))


def course(row: Mapping[str, Any]) -> str:
    """Say how far one capital came with one launch."""
    if row["sight"] is None:
        return "no track before impact"
    if row["decided"] is None:
        return "tracked, not decided before impact"
    if row["alert"] is None:
        return f"no region at risk, after {seconds(row['decided'])}"
    return f"alert after {seconds(row['alert'])}"


def changed(tables: Mapping[str, Table]) -> str:
    """Say for whom sharing changes most: the title of its section."""
    best = form_compared(tables)
    gains = []
    for row in tables["parties"].where(form=best).rows():
        before = next(tables["parties"].where(form=NONE, party=row["party"]).rows())
        if row["share_held"] is not None:
            gains.append((row["share_held"] - before["share_held"], capital_of(row["party"])))
    most, who = max(gains, default=(0.0, ""))
    if most < 0.01:
        return "Sharing leaves who holds a launch as it is"
    return f"Sharing adds most to what {who} holds"


def decomposed(tables: Mapping[str, Table]) -> str:
    """Say what takes the time: the title of its section."""
    rows = [row for row in tables["regions"].rows() if row["human_p50"] is not None]
    if not rows:
        return "No region is warned in this scenario"
    longer = sum(row["human_p50"] > row["relay_p50"] for row in rows)
    if longer == len(rows):
        return "People take longer than any relay, under every form"
    return f"People take longer than the relay in {longer} of {len(rows)} cases"


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
