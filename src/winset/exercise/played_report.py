"""The after-action report of a live exercise that was played: the same sheet as a simulated one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from winset.exercise import played_words as words
from winset.exercise.drawings import PARTS, Lane, area_map, timeline
from winset.exercise.played import Played
from winset.exercise.sheet import figure, findings, folded, listed, section, sheet, shown, swatch
from winset.exercise.words import capital_of

MOST_TIMELINES = 12
"""Launches drawn; the rest stands in the tables."""
Row = Mapping[str, Any]


def render_played(outcome: Played) -> str:
    """Write the after-action report of a play as HTML."""
    first, *rest = outcome.sentences
    scenario = outcome.scenario
    body = "\n".join(
        [
            '<section id="first" aria-label="Findings">',
            *findings(rest),
            figure(
                "The play beside what rules make of the same launches",
                "Rules decide without chance, with the form that was in place and without sharing.",
                shown(outcome.table("compared"), "compared"),
                "One course of events; nothing is drawn.",
            ),
            "</section>",
            *section("warnings", "Which regions were alerted", _warnings(outcome)),
            *section("timeline", "Who knew what when", _timelines(outcome)),
            *section("seats", "What each seat did", _seats(outcome)),
            *section("map", "Where it takes place", _map(outcome)),
            *section("trained", "What was trained", listed(scenario.trains)),
            *section("claims", "What this does and does not claim", _claims(outcome)),
        ]
    )
    return sheet(
        title=f"After action: {scenario.title}, as played",
        lead=first,
        body=body,
        stamp=(
            f"Scenario {scenario.id} ({scenario.hash}), {len(outcome.table('actions'))} actions, form "
            f"{outcome.form}, winset {outcome.run.version}. Again: {outcome.run.command}"
        ),
    )


def _warnings(outcome: Played) -> Iterator[str]:
    if len(outcome.table("warnings")):
        yield shown(outcome.table("warnings"), "warnings")
    else:
        yield "<p>No region was threatened up to the clock, and none was alerted.</p>"


def _timelines(outcome: Played) -> Iterator[str]:
    first, second, third = PARTS
    yield (
        f'<p class="note">{swatch(first[1])} until the first track of one\'s own · '
        f"{swatch(second[1])} until one passed on by a partner · {swatch(third[1])} until the seat's "
        "first alert · dotted: no track.</p>"
    )
    launches = dict.fromkeys(str(one) for one in outcome.table("sightings")["launch"])
    for launch in [*launches][:MOST_TIMELINES]:
        rows = [*outcome.table("sightings").where(launch=launch).rows()]
        kind = "false track" if rows[0]["false_track"] else "launch"
        lanes = [_lane(row) for row in rows]
        yield figure(
            f"{launch}: {kind} at {words.minutes(rows[0]['launched_at'])}",
            "Bar: from the launch to the first track, and on to the seat's first alert.",
            timeline(lanes, rows[0]["impact"] - rows[0]["launched_at"], "impact"),
            "; ".join(f"{lane.label}: {lane.said}" for lane in lanes),
        )
    if len(launches) > MOST_TIMELINES:
        yield f"<p>{len(launches) - MOST_TIMELINES} more stand in the table.</p>"
    yield folded(outcome.table("sightings"), "sightings")


def _lane(row: Row) -> Lane:
    label = capital_of(row["seat"])
    if row["track"] is None:
        return Lane(label, (0.0, 0.0, 0.0), words.seen(row))
    waited = row["track"] - row["launched_at"]
    own = row["source"] == "own"
    people = (row["track"] if row["alerted_at"] is None else row["alerted_at"]) - row["track"]
    return Lane(label, (waited if own else 0.0, 0.0 if own else waited, people), words.seen(row))


def _seats(outcome: Played) -> Iterator[str]:
    yield shown(outcome.table("seats"), "seats")
    yield folded(outcome.table("actions"), "actions")


def _map(outcome: Played) -> Iterator[str]:
    yield figure(
        "Launch areas, regions to be warned and towns of sensors",
        "Outlines are sketched. Square: United States, circle: Japan, triangle: South Korea. Dashed "
        "circles: areas and regions. No reach is drawn.",
        area_map(outcome.scenario),
        "Towns as announced in public; regions by their centre.",
    )


def _claims(outcome: Played) -> Iterator[str]:
    yield f"<p>{words.ONE_PLAY}</p>"
    yield "<h3>Does not claim</h3>"
    yield from listed(outcome.card.does_not_claim)
