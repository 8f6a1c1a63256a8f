"""The tables of the answer to "what would survive?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns, quartile_columns

_GOVERNMENTS = Column(
    "governments",
    "text",
    "",
    "Types of the governments that changed, as PARTY=TYPE; `as today` where none did.",
)
_RUNG = Column("rung", "text", "", "Rung of the package; empty where it differs between worlds.")
_DENOMINATOR = "Worlds in which the present governments accept the package: the denominator."


GOVERNMENTS = Schema(
    "governments",
    "What is left of the package under each combination of governments?",
    (
        _GOVERNMENTS,
        Column("changed", "int", "", "Parties whose government changed."),
        Column("worlds", "int", "worlds", _DENOMINATOR),
        *interval_columns("whole", "Worlds in which nothing of the package falls."),
        *quartile_columns("kept", "percent", "Depth left above today, of what the package added."),
        Column("steps", "int", "", "Steps of the package above today, middle world."),
        Column("fallen", "float", "", "Steps that fall, mean over worlds."),
    ),
)
SURVIVAL = Schema(
    "survival",
    "Which steps still stand under each combination of governments?",
    (
        _GOVERNMENTS,
        Column("measure", "text", "", "Measure."),
        _RUNG,
        Column("worlds", "int", "worlds", "Of those worlds, the ones whose package has the step."),
        *interval_columns("share", "Worlds in which the step stands where it stood."),
        Column("partly", "float", "share", "Worlds in which a lower rung above today is left."),
    ),
)
FALLS = Schema(
    "falls",
    "What falls first, by whose hand, and what follows it?",
    (
        _GOVERNMENTS,
        Column("measure", "text", "", "Measure."),
        _RUNG,
        Column("worlds", "int", "worlds", "Of those worlds, the ones whose package has the step."),
        *interval_columns("share", "Worlds in which the step falls."),
        *interval_columns(
            "first", "Worlds in which it falls first of all.", "first_low", "first_high"
        ),
        Column("place", "float", "", "Place in the order of falling, middle world of its falls."),
        Column("who", "text", "", "Executive that leaves it most often; empty: it only follows."),
        Column("follows", "float", "share", "Of its falls, those because something else fell."),
    ),
)
GUARANTEES = Schema(
    "guarantees",
    "What would each guarantee add?",
    (
        Column(
            "guarantee", "text", "", "Guarantee taken to be in force, alone; `none`; `all` at once."
        ),
        _GOVERNMENTS,
        Column("worlds", "int", "worlds", _DENOMINATOR),
        *interval_columns("whole", "Worlds in which nothing of the package falls."),
        *quartile_columns("kept", "percent", "Depth left above today, of what the package added."),
        Column("fallen", "float", "", "Steps that fall, mean over worlds."),
    ),
)
REVERSALS = Schema(
    "reversals",
    "What is asked after steps were left?",
    (
        _GOVERNMENTS,
        Column("by", "text", "", "Party that left steps."),
        Column("who", "text", "", "Executive that asks more on every step shared with it."),
        Column("worlds", "int", "worlds", _DENOMINATOR),
        Column("left", "float", "", "Steps left by the party, mean over worlds."),
        *quartile_columns("asked", "points", "Points asked more on each shared step."),
        Column(
            "closed",
            "float",
            "share",
            "Of the next shared steps that the executive alone could have carried before, those it "
            "no longer can.",
        ),
    ),
)
LOSSES = Schema(
    "losses",
    "Which consent, once lost, costs most?",
    (
        Column(
            "who", "text", "", "Constituency that no longer consents to any step it is asked for."
        ),
        Column("worlds", "int", "worlds", _DENOMINATOR),
        Column("fallen", "float", "", "Steps that fall with its consent, mean over worlds."),
        *quartile_columns("lost", "percent", "Depth lost, of what the package added to today."),
    ),
)
DISTANCE = Schema(
    "distance",
    "From which distance between two types on does a change in one capital move more than another?",
    (
        Column("party", "text", "", "Party whose types are drawn apart."),
        Column("type", "text", "", "Type that follows the present one."),
        Column("parameter", "text", "", "Parameter that multiplies the difference of types."),
        Column(
            "value", "float", "", "Its value; beyond `range_high` it lies outside the coded range."
        ),
        Column("range_high", "float", "", "Upper end of its coded range."),
        Column("lost", "float", "percent", "Depth lost after that change, mean over worlds."),
        Column("error", "float", "percent", "Standard error of that mean."),
        Column(
            "other", "text", "", "The change of one other government that moves most, PARTY=TYPE."
        ),
        Column("other_lost", "float", "percent", "Depth lost after that change, mean over worlds."),
        Column("other_error", "float", "percent", "Standard error of that mean."),
        Column("worlds", "int", "worlds", _DENOMINATOR),
    ),
)
CALENDAR = Schema(
    "calendar",
    "Which steps still stand after each election?",
    (
        Column("date", "text", "", "Day the winner takes office; the first is the case's own day."),
        Column("quarter", "int", "", "Whole quarters after the case's own day."),
        Column("election", "text", "", "Election; empty on the first day."),
        Column("party", "text", "", "Party that votes."),
        Column(
            "change", "float", "share", "Worlds in which another type of government takes over."
        ),
        Column("measure", "text", "", "Measure; `all` for the whole package."),
        _RUNG,
        Column("worlds", "int", "worlds", "Worlds whose package has the step: the denominator."),
        *interval_columns("share", "Worlds in which the step stands where it stood."),
    ),
)
COURSES = Schema(
    "courses",
    "What stands from when on, if certain governments came, each at its first election?",
    (
        _GOVERNMENTS,
        Column("date", "text", "", "Day the winner takes office; the first is the case's own day."),
        Column("quarter", "int", "", "Whole quarters after the case's own day."),
        Column("party", "text", "", "Party whose government changes; empty on the first day."),
        Column("measure", "text", "", "Measure; `all` for the whole package."),
        _RUNG,
        Column("worlds", "int", "worlds", "Worlds whose package has the step: the denominator."),
        *interval_columns("share", "Worlds in which the step stands where it stood."),
    ),
)
DURABLE = Schema(
    "durable",
    "Which single package is kept whole by every government? Found by search: a deeper may exist.",
    (
        Column("measure", "text", "", "Measure."),
        Column("level", "int", "", "Level of the measure in the package."),
        Column("rung", "text", "", "Rung at that level; empty at level 0."),
        Column("new", "bool", "", "Whether it stands above the status quo."),
        *interval_columns("share", "Worlds in which all accept it and every government keeps it."),
        Column("worlds", "int", "worlds", "Worlds drawn: the denominator."),
        Column("depth", "float", "percent", "Depth of the whole package, middle world."),
        Column("today", "float", "percent", "Depth of the status quo, middle world."),
    ),
)

SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        GOVERNMENTS,
        FALLS,
        SURVIVAL,
        GUARANTEES,
        REVERSALS,
        LOSSES,
        DISTANCE,
        CALENDAR,
        COURSES,
        DURABLE,
    )
}
"""Tables by name, in the order in which they are listed and saved."""
