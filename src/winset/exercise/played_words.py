"""Every sentence on a live exercise that was played, from its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.exercise.scenario import Scenario
from winset.exercise.words import capital_of
from winset.tables import Table
from winset.words.phrases import capital

Row = Mapping[str, Any]
DEFINITION = (
    "One play on one course of events without chance. A launch is held in time by a seat that had a "
    "track of it before a minute after impact; a threat counts once it lies behind the clock. The rules "
    "played the same launches alone."
)
ONE_PLAY = (
    "One play shows what was practised, not what a form of sharing is worth: for that, run the same "
    "scenario over many worlds."
)


def minutes(seconds: float) -> str:
    """Write a time as minutes and seconds.

    Examples
    --------
    >>> minutes(185.4)
    '3:05'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def summary(
    scenario: Scenario, form: str, seconds: float, tables: Mapping[str, Table]
) -> list[str]:
    """Say what came of a play in a few sentences, the headline first."""
    rows = [*tables["compared"].rows()]
    told = [
        f"{scenario.title}, played to {minutes(seconds)} with {form}: {_outcome(rows[0])}.",
        *(_rules(row, rows[0]) for row in rows[1:]),
        _who(tables),
        *_margins(scenario, tables["warnings"]),
    ]
    return [*told, ONE_PLAY]


def _outcome(row: Row) -> str:
    threatened = row["in_time"] + row["missed"]
    alerted = (
        f"{row['in_time']} of {threatened} threatened regions were alerted in time"
        if threatened
        else "no region was threatened"
    )
    return (
        f"both capitals held {row['shared']} of {row['launches']} launches in time, {alerted}, and "
        f"{row['needless']} {'alert was' if row['needless'] == 1 else 'alerts were'} without need"
    )


def _rules(row: Row, played: Row) -> str:
    where = "Rules alone" if row["form"] == played["form"] else "Rules without sharing"
    return (
        f"{where} make of the same launches: {row['shared']} held by both, {row['in_time']} alerted "
        f"in time, {row['missed']} missed, {row['needless']} without need."
    )


def _who(tables: Mapping[str, Table]) -> str:
    rows = [*tables["seats"].rows()]
    by_hand = sum(row["released"] for row in rows)
    by_rules = sum(row["released_by_rules"] for row in rows)
    held = "; ".join(f"{capital_of(row['seat'])} {row['in_time']}" for row in rows)
    return (
        f"Held in time, of {rows[0]['launches']}: {held}. Tracks passed on: {by_hand} by people, "
        f"{by_rules} by rules."
    )


def _margins(scenario: Scenario, warnings: Table) -> list[str]:
    label = {region.id: region.label for region in scenario.setting.regions}
    rows = [row for row in warnings.rows() if row["verdict"] != "needless"]
    told = [
        f"{label[row['region']]} was alerted {row['warning']:.0f} s before the threat"
        if row["verdict"] == "in time"
        else f"{label[row['region']]} was not alerted in time"
        for row in rows
    ]
    return [f"{capital('; '.join(told))}."] if told else []


def seen(row: Row) -> str:
    """Say how a seat came to a launch."""
    if row["track"] is None:
        return (
            "no track"
            if row["cue"] is None
            else f"cue after {row['cue'] - row['launched_at']:.0f} s, no track"
        )
    source = "" if row["source"] == "own" else f" from {capital_of(row['source'])}"
    return f"track{source} after {row['track'] - row['launched_at']:.0f} s"
