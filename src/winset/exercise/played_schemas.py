"""The tables of a live exercise that was played: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema

_SEAT = Column("seat", "text", "", "Seat.")
_FORM = Column("form", "text", "", "Form of sharing in place.")

SEATS = Schema(
    "seats",
    "What did each seat hold, pass on and alert?",
    (
        _SEAT,
        Column("by_rules", "bool", "", "Whether rules decided for it at the end."),
        Column("launches", "int", "", "Launches up to the clock."),
        Column("tracked", "int", "", "Of these, those it had a track of at all."),
        Column("in_time", "int", "", "Of these, with a track before a minute after impact."),
        Column("false_held", "int", "", "False tracks it held."),
        Column("released", "int", "", "Tracks that people passed on."),
        Column("released_by_rules", "int", "", "Tracks that rules passed on."),
        Column("alerts", "int", "", "Alerts it gave."),
    ),
)
WARNINGS = Schema(
    "warnings",
    "Which threatened region was alerted in time, and which alert was without need?",
    (
        Column("region", "text", "", "Region at the level of a prefecture or province."),
        _SEAT,
        Column("verdict", "text", "", "in time, missed or needless."),
        Column(
            "threatened_at",
            "float",
            "s",
            "Second of the impact or overflight; empty where needless.",
        ),
        Column("alerted_at", "float", "s", "Second of the alert; empty where missed."),
        Column(
            "warning", "float", "s", "From the alert to the threat; empty where one is missing."
        ),
        Column("by", "text", "", "people or rules."),
    ),
)
COMPARED = Schema(
    "compared",
    "What would rules have made of the same launches?",
    (
        Column("who", "text", "", "played: as it was; rules: decided by rules, without chance."),
        _FORM,
        Column("launches", "int", "", "Launches up to the clock."),
        Column("shared", "int", "", "Launches that every capital held in time."),
        Column("in_time", "int", "", "Threatened regions alerted in time."),
        Column("missed", "int", "", "Threatened regions without an alert in time."),
        Column("needless", "int", "", "Alerts without need."),
    ),
)
SIGHTINGS = Schema(
    "sightings",
    "When did each seat learn of each launch?",
    (
        Column("launch", "text", "", "Launch or false track, as the seats saw it."),
        _SEAT,
        Column("false_track", "bool", "", "Whether nothing was launched."),
        Column("launched_at", "float", "s", "Second of the launch."),
        Column("cue", "float", "s", "Second of the launch cue; empty for none."),
        Column("track", "float", "s", "Second of the first track it had; empty for none."),
        Column("source", "text", "", "own, or the seat it came from."),
        Column("alerted_at", "float", "s", "Second of its first alert between track and impact."),
        Column("impact", "float", "s", "Second of the impact."),
    ),
)
ACTIONS = Schema(
    "actions",
    "Who did what, in which order?",
    (
        Column("entry", "int", "", "Number in the log."),
        Column("second", "float", "s", "Clock at which it was done."),
        _SEAT,
        Column("action", "text", "", "advance, rules, release, alert, withdraw, note."),
        Column("subject", "text", "", "Launch, region, seat or text."),
        Column("to", "text", "", "Who gets a release; on or off for rules."),
        Column("seconds", "float", "s", "How far the clock went on."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema for schema in (SEATS, WARNINGS, COMPARED, SIGHTINGS, ACTIONS)
}
