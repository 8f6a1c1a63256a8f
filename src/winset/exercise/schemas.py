"""The tables of an exercise: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.effects.schemas import EFFECTS
from winset.tables import Column, Schema

_PAIRS = "The interval counts worlds, not launches: those of one world are not independent."


def _share(name: str, meaning: str, low: str, high: str) -> tuple[Column, ...]:
    return (
        Column(name, "float", "share", meaning),
        Column(low, "float", "share", f"Lower end of the 95 % Wilson interval of {name}. {_PAIRS}"),
        Column(
            high, "float", "share", f"Upper end of the 95 % Wilson interval of {name}. {_PAIRS}"
        ),
    )


def _quartiles(name: str, unit: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_p25", "float", unit, f"{meaning} First quartile."),
        Column(f"{name}_p50", "float", unit, f"{meaning} Median."),
        Column(f"{name}_p75", "float", unit, f"{meaning} Third quartile."),
    )


def _mean(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column(name, "float", "", meaning),
        Column(f"{name}_within", "float", "", f"Two standard errors of {name}."),
    )


_FORM = Column("form", "text", "", "Form of the cooperation; none adds nothing to today's feeds.")
_LABEL = Column("label", "text", "", "The form in words.")
_PARTY = Column("party", "text", "", "Party that decides.")
_LAUNCH = Column("launch", "text", "", "Launch or false track of the scenario.")

FORMS = Schema(
    "forms",
    "What does each form of sharing change, on the same launches?",
    (
        _FORM,
        _LABEL,
        Column("rung", "text", "", "Rung that the form stands for; empty for none."),
        *_share(
            "share_shared",
            "Launches and false tracks of which all capitals hold the same, correct picture.",
            "shared_low",
            "shared_high",
        ),
        *_share(
            "share_agree",
            "Worlds in which all capitals count the same number while it happens.",
            "agree_low",
            "agree_high",
        ),
        *_mean("wrong", "Regions alerted without need, mean number a world."),
        *_mean("missed", "Threatened regions without an alert in time, mean number a world."),
        *_mean("withdrawn", "Alerts taken back, mean number a world."),
    ),
)
PARTIES = Schema(
    "parties",
    "What does each form of sharing change for each party?",
    (
        _FORM,
        _PARTY,
        *_share(
            "share_held",
            "Launches of which the party holds a track in time.",
            "held_low",
            "held_high",
        ),
        *_quartiles("track", "s", "From launch to the first track the party holds."),
        *_quartiles("gain", "s", "How much earlier the first information comes than under none."),
        *_quartiles("sooner", "s", "How much earlier the first track comes than under none."),
        *_quartiles("error", "km", "Standard error of the impact at the decision."),
        *_share(
            "share_wrong",
            "Launches and false tracks followed by an alert for a region not at risk.",
            "wrong_low",
            "wrong_high",
        ),
        Column("count_p50", "float", "", "Launches counted while it happens, median over worlds."),
    ),
)
REGIONS = Schema(
    "regions",
    "How long before the threat is each region warned, and what takes the time?",
    (
        _FORM,
        Column("region", "text", "", "Region at the level of a prefecture or province."),
        _LAUNCH,
        _PARTY,
        Column("threatened", "int", "worlds", "Worlds in which the launch threatens the region."),
        *_share(
            "share_warned", "Of these, those with an alert in time.", "warned_low", "warned_high"
        ),
        *_quartiles("warning", "s", "From the alert to impact or overflight, where warned."),
        Column("geometry_p50", "float", "s", "From launch to sight, median where warned."),
        Column(
            "relay_p50", "float", "s", "From sight to the party's picture, median where warned."
        ),
        Column("human_p50", "float", "s", "From the picture to the public, median where warned."),
        Column("gained_p50", "float", "s", "More warning than under none, median where both warn."),
    ),
)
LAUNCHES = Schema(
    "launches",
    "When does each party hold each launch?",
    (
        _LAUNCH,
        _FORM,
        _PARTY,
        Column("false_track", "bool", "", "Whether nothing was launched."),
        *_share(
            "share_held",
            "Worlds in which the party holds a track in time.",
            "held_low",
            "held_high",
        ),
        Column("track_p50", "float", "s", "From launch to that track, median where held."),
        Column("decided_p50", "float", "s", "From launch to the decision, median where held."),
        Column("impact_p50", "float", "s", "From launch to impact, median."),
    ),
)
INPUTS = Schema(
    "inputs",
    "Which uncertain numbers went in, and where do they come from?",
    (
        Column("input", "text", "", "Number that is drawn."),
        Column("unit", "text", "", "Its unit."),
        Column("low", "float", "", "Lower end."),
        Column("mode", "float", "", "Middle."),
        Column("high", "float", "", "Upper end."),
        Column(
            "basis", "text", "", "X where a published figure stands behind it, A an assumption."
        ),
        Column("source", "text", "", "Where it comes from."),
    ),
)
LOG = Schema(
    "log",
    "What happens when, with every input at the middle of its range?",
    (
        Column("entry", "int", "", "Number of the event within its form."),
        _FORM,
        Column("second", "float", "s", "Seconds from the start of the exercise."),
        Column("seat", "text", "", "Who learns or does it; `-` for what nobody need know yet."),
        Column(
            "event", "text", "", "launch, cue, track, release, decision, alert, withdrawal, impact."
        ),
        _LAUNCH,
        Column("says", "text", "", "The event in words."),
    ),
)
COURSE = Schema(
    "course",
    "What does the time go into, with every input at the middle of its range?",
    (
        _LAUNCH,
        _FORM,
        _PARTY,
        Column(
            "sight",
            "float",
            "s",
            "From launch to the sight that set the decision off; empty without a track.",
        ),
        Column("arrived", "float", "s", "From launch to the party's picture of it."),
        Column(
            "decided",
            "float",
            "s",
            "From launch to the decision; empty where it comes after impact.",
        ),
        Column("alert", "float", "s", "From launch to the first alert; empty where none is given."),
        Column("impact", "float", "s", "From launch to impact."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (FORMS, PARTIES, REGIONS, LAUNCHES, COURSE, EFFECTS, INPUTS, LOG)
}
