"""The tables of the answer to "how far can it go?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.ask.reach.edge.schemas import SCHEMAS as EDGE
from winset.tables import Column, Schema, interval_columns, quartile_columns

_RUNG = Column("rung", "text", "", "Rung, as MEASURE.LEVEL.")
_LIMIT = (
    "Kind of limit: floor (this step alone is too dear), threshold (the whole is worth too "
    "little), consent (floor and threshold of one constituency give together; where a single limit "
    "is asked about, because neither alone will do), scope, ceiling, prerequisite, conflict, red line."
)
_WHO = "Constituency, or id of the rule, ceiling or party the limit comes from."

DEPTH = Schema(
    "depth",
    "How deep is the deepest package of each world?",
    (
        Column("world", "int", "", "Number of the world."),
        Column("domain", "text", "", "Domain; `all` for the whole ruler."),
        Column(
            "depth", "float", "percent", "Depth of the deepest package, of the top of all ladders."
        ),
        Column("today", "float", "percent", "Depth of the status quo in the same world."),
    ),
)
DOMAINS = Schema(
    "domains",
    "Where is there room? Depth of the deepest package by domain, over worlds.",
    (
        Column("domain", "text", "", "Domain; `all` for the whole ruler."),
        Column("today", "float", "percent", "Depth of the status quo, middle world."),
        Column("p25", "float", "percent", "A quarter of the worlds lie below."),
        Column("p50", "float", "percent", "Middle world."),
        Column("p75", "float", "percent", "A quarter of the worlds lie above."),
    ),
)
RUNGS = Schema(
    "rungs",
    "How open is each rung?",
    (
        _RUNG,
        Column("measure", "text", "", "Measure."),
        Column("level", "int", "", "Level on the ladder of the measure, from 1."),
        Column("domain", "text", "", "Domain of the measure."),
        Column("group", "text", "", "Block of the ladder the measure is shown in."),
        Column("status_quo", "bool", "", "Whether the rung is in place today."),
        *interval_columns(
            "share_open",
            "Worlds in which some package accepted by all holds the rung.",
            "open_low",
            "open_high",
        ),
        Column(
            "unsettled", "float", "share", "Worlds in which the search stopped before a verdict."
        ),
        *interval_columns(
            "share_alone",
            "Worlds in which the rung is accepted with all else as today.",
            "alone_low",
            "alone_high",
        ),
        *interval_columns(
            "share_in_deepest",
            "Worlds whose deepest package holds the rung.",
            "deepest_low",
            "deepest_high",
        ),
        Column("gain", "float", "percent", "Depth the rung adds to the status quo, middle world."),
        Column(
            "sacrifice",
            "float",
            "percent",
            "Depth lost by forcing the rung where it is open, middle world tried.",
        ),
        Column("sacrifice_worlds", "int", "worlds", "Worlds in which the loss was computed."),
        Column(
            "reason",
            "text",
            "",
            "Limit that most often belongs to the smallest set that must give.",
        ),
    ),
)
LIMITS = Schema(
    "limits",
    "What closes each closed rung?",
    (
        _RUNG,
        Column("limit", "text", "", _LIMIT),
        Column("who", "text", "", _WHO),
        Column(
            "closed",
            "int",
            "worlds",
            "Worlds in which the rung is closed: denominator of the next shares.",
        ),
        *interval_columns(
            "share_of_closed", "Of these, worlds in which dropping this limit alone opens it."
        ),
        *interval_columns(
            "sole",
            "Of these, worlds in which no other limit does so alone.",
            "sole_low",
            "sole_high",
        ),
        Column(
            "tried",
            "int",
            "worlds",
            "Closed worlds searched for smallest sets: denominator of `joint`.",
        ),
        *interval_columns(
            "joint",
            "Of the worlds tried, those in which this limit and others must give together.",
            "joint_low",
            "joint_high",
        ),
        *quartile_columns(
            "price",
            "points",
            "Points missing for consent, to a twentieth, rounded up; NaN where not priced.",
        ),
        Column(
            "price_worlds",
            "int",
            "worlds",
            "Worlds that were priced, in which this limit alone closes the rung.",
        ),
    ),
)
CLOSURES = Schema(
    "closures",
    "How many limits must give to open each rung?",
    (
        _RUNG,
        Column("closed", "int", "worlds", "Worlds in which the rung is closed."),
        *interval_columns(
            "one", "Of these, worlds in which one limit must give.", "one_low", "one_high"
        ),
        Column(
            "tried",
            "int",
            "worlds",
            "Closed worlds searched to the end for the smallest sets: denominator of the next shares.",
        ),
        *interval_columns(
            "two", "Of the worlds tried, those in which it takes two limits.", "two_low", "two_high"
        ),
        *interval_columns(
            "three",
            "Of the worlds tried, those in which it takes three limits.",
            "three_low",
            "three_high",
        ),
        *interval_columns(
            "more",
            "Of the worlds tried, those in which it takes four or more, or in which nothing does.",
            "more_low",
            "more_high",
        ),
    ),
)
JOINT = Schema(
    "joint",
    "Which limits close a rung only together?",
    (
        _RUNG,
        Column("limit", "text", "", _LIMIT),
        Column("who", "text", "", _WHO),
        Column("other_limit", "text", "", _LIMIT),
        Column("other", "text", "", _WHO),
        Column("third_limit", "text", "", f"{_LIMIT} Empty in a set of two."),
        Column("third", "text", "", f"{_WHO} Empty in a set of two."),
        Column("size", "int", "", "How many limits must give together: 2 or 3."),
        Column("tried", "int", "worlds", "Closed worlds searched to the end."),
        *interval_columns(
            "share", "Of these, worlds in which these together open it and no fewer limits do."
        ),
    ),
)
DEEPEST = Schema(
    "deepest",
    "Where does each measure stand in the deepest package of a world?",
    (
        Column("measure", "text", "", "Measure."),
        Column("level", "int", "", "Level; 0 is absence."),
        Column("rung", "text", "", "Rung at that level; empty at level 0."),
        *interval_columns(
            "share", "Worlds whose deepest package has the measure at exactly this level."
        ),
    ),
)
PACKAGES = Schema(
    "packages",
    "Which single package stands in many worlds? Found by search; `bounds` says how far from best.",
    (
        Column("package", "text", "", "safe, balanced or stretch."),
        Column("measure", "text", "", "Measure."),
        Column("level", "int", "", "Level of the measure in the package."),
        Column("rung", "text", "", "Rung at that level; empty at level 0."),
        Column("new", "bool", "", "Whether it stands above the status quo."),
        Column("gain", "float", "percent", "Depth it adds to the status quo, middle world."),
        Column("needs", "text", "", "Constituencies whose new consent it needs, apart by spaces."),
        Column("effort", "float", "", "Effort of the measure as coded, 0 to 3."),
        Column("lag", "float", "quarters", "Quarters from agreement to effect as coded, middle."),
        Column("certainty", "float", "share", "Worlds that must accept the very same package."),
        *interval_columns("share", "Worlds that accept it."),
        Column("depth", "float", "percent", "Depth of the whole package, middle world."),
        Column("today", "float", "percent", "Depth of the status quo, middle world."),
    ),
)
CERTAINTY = Schema(
    "certainty",
    "What does certainty cost? Single packages, the most widely accepted first.",
    (
        Column("step", "int", "", "Place on the curve; 0 is the most certain package."),
        Column("rung", "text", "", "Rungs of the package above the status quo."),
        *interval_columns("share", "Worlds that accept the package."),
        Column("depth", "float", "percent", "Depth of the package, middle world."),
    ),
)
BOUNDS = Schema(
    "bounds",
    "How much deeper could a single package be? Proven on a sample of worlds.",
    (
        Column("package", "text", "", "safe, balanced or stretch."),
        Column("certainty", "float", "share", "Worlds of the sample that must accept it."),
        Column("worlds", "int", "worlds", "Worlds of the sample: the first of the run."),
        Column(
            "found", "float", "percent", "Depth of the deepest found, in the sample's mean world."
        ),
        Column("bound", "float", "percent", "No package that so many worlds accept is deeper."),
        Column("gap", "float", "percent", "Their difference; 0: the package found is the deepest."),
        Column(
            "members",
            "int",
            "worlds",
            "Worlds in a group of the proof; 0 where all packages were judged.",
        ),
    ),
)
IGNORANCE = Schema(
    "ignorance",
    "What does not knowing the world cost? Each world's own deepest package against a single one.",
    (
        Column("package", "text", "", "safe, balanced or stretch."),
        Column(
            "lost",
            "float",
            "percent",
            "Depth of each world's own deepest less that of the package, mean.",
        ),
        Column("lost_p25", "float", "percent", "A quarter of the worlds lie below."),
        Column("lost_p50", "float", "percent", "Middle world."),
        Column("lost_p75", "float", "percent", "A quarter of the worlds lie above."),
        Column("worlds", "int", "worlds", "Worlds counted: all of the run."),
    ),
)
GAINS = Schema(
    "gains",
    "What does each executive get from each package?",
    (
        Column(
            "package",
            "text",
            "",
            "today, safe, balanced, stretch, or the proposal of an executive.",
        ),
        Column("who", "text", "", "Executive."),
        Column(
            "gain_p25", "float", "points", "Gain over today; a quarter of the worlds lie below."
        ),
        Column("gain_p50", "float", "points", "Gain over today, middle world."),
        Column(
            "gain_p75", "float", "points", "Gain over today; a quarter of the worlds lie above."
        ),
        Column("of_best", "float", "percent", "Middle gain, of that from its own proposal."),
        *interval_columns("share", "Worlds of the sample that accept the package."),
        Column("worlds", "int", "worlds", "Worlds of the sample."),
    ),
)
CRITERIA = Schema(
    "criteria",
    "What does each package add for each executive, criterion by criterion? By effects alone: "
    "charges, linkages and direct stances aside.",
    (
        Column("package", "text", "", "safe, balanced, stretch, or the proposal of an executive."),
        Column("who", "text", "", "Executive."),
        Column("criterion", "text", "", "Criterion."),
        *quartile_columns("part", "points", "What the criterion adds over today."),
        Column("worlds", "int", "worlds", "Worlds of the sample."),
    ),
)
PROPOSERS = Schema(
    "proposers",
    "Which package would each executive propose, if it must stand in 80 of 100 worlds? By search.",
    (
        Column("who", "text", "", "Executive."),
        Column("measure", "text", "", "Measure."),
        Column("level", "int", "", "Level of the measure in the package."),
        Column("rung", "text", "", "Rung at that level; empty at level 0."),
        Column("new", "bool", "", "Whether it stands above the status quo."),
        *interval_columns("share", "Worlds of the sample that accept the package."),
        Column("worlds", "int", "worlds", "Worlds of the sample."),
    ),
)
GIVES = Schema(
    "gives",
    "Who gains and who gives with each step of the packages?",
    (
        Column("package", "text", "", "safe, balanced or stretch."),
        _RUNG,
        Column("most", "text", "", "Constituency asked that gains most, middle world."),
        Column("most_gain", "float", "points", "Its gain, before linkages."),
        Column("least", "text", "", "Constituency asked that gains least."),
        Column("least_gain", "float", "points", "Its gain; below zero it gives."),
    ),
)
ADDITIONS = Schema(
    "additions",
    "What would one step more cost a package? Each ladder moved one rung up, the rest as offered.",
    (
        Column("package", "text", "", "safe, balanced or stretch."),
        Column("rung", "text", "", "Rung added, as MEASURE.LEVEL."),
        *interval_columns("share", "Worlds of the sample that accept the package with the rung."),
        Column("lost", "float", "share", "Worlds that accept the package, but not with the rung."),
        Column("limit", "text", "", f"{_LIMIT} The one that stops it in most worlds lost."),
        Column("who", "text", "", f"{_WHO} Empty where no world is lost."),
        *interval_columns(
            "stops", "Of the worlds lost, those it stops.", "stops_low", "stops_high"
        ),
        Column("worlds", "int", "worlds", "Worlds of the sample."),
    ),
)
FREE = Schema(
    "free",
    "What needs nobody's new consent?",
    (
        _RUNG,
        *interval_columns("share_alone", "Worlds in which it stands with all else as today."),
    ),
)
READINGS = Schema(
    "readings",
    "How open is each rung under each reading of a disputed question?",
    (
        Column("switch", "text", "", "Disputed question."),
        Column("option", "text", "", "Reading of it."),
        _RUNG,
        *interval_columns(
            "share", "Of the worlds drawn with this reading, those in which the rung is open."
        ),
        Column("worlds", "int", "worlds", "Worlds drawn with this reading."),
    ),
)
VALLEYS = Schema(
    "valleys",
    "On which ladders is a later rung more often accepted alone than an earlier one?",
    (
        _RUNG,
        Column("later", "text", "", "Later rung of the same measure."),
        Column("share_alone", "float", "share", "Worlds in which the rung is accepted alone."),
        Column(
            "later_alone", "float", "share", "Worlds in which the later rung is accepted alone."
        ),
        *interval_columns(
            "share", "Worlds in which the later rung is accepted alone and the earlier is not."
        ),
    ),
)
PROGRAMMES = Schema(
    "programmes",
    "How far could each programme be carried as it stands, step after step?",
    (
        Column("programme", "text", "", "Programme of a source."),
        Column("place", "int", "", "Place of the step in it, from 0."),
        Column("quarter", "int", "quarters", "Quarter the programme names; not used here."),
        _RUNG,
        *interval_columns(
            "share", "Worlds in which the steps up to this one are accepted, nothing else."
        ),
        *interval_columns(
            "alone", "Worlds in which the step is accepted by itself.", "alone_low", "alone_high"
        ),
        Column(
            "limit",
            "text",
            "",
            "Where the programme first falls below half of the worlds: kind of the limit that fails "
            "in most of them.",
        ),
        Column("who", "text", "", "There: constituency, rule or ceiling of that limit."),
        *interval_columns(
            "stops", "There: worlds in which that limit fails.", "stops_low", "stops_high"
        ),
        Column("worlds", "int", "worlds", "Worlds in which the programmes were judged."),
    ),
)


SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        RUNGS,
        LIMITS,
        CLOSURES,
        JOINT,
        DOMAINS,
        PACKAGES,
        CERTAINTY,
        BOUNDS,
        IGNORANCE,
        GAINS,
        CRITERIA,
        PROPOSERS,
        GIVES,
        ADDITIONS,
        FREE,
        READINGS,
        VALLEYS,
        DEEPEST,
        DEPTH,
        *EDGE.values(),
        PROGRAMMES,
    )
}
"""Tables by name, in the order in which they are listed and saved."""
