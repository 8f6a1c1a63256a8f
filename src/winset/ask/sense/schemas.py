"""The tables of the answer to "which assumptions carry the answer?": every column explained."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns

_WIDTH = Column("width", "text", "", "Width of both limits in points; `none`: no floors at all.")
_OFFSET = Column("offset", "float", "", "Rate at which gains pay for losses, for everybody.")
_FINDING = Column("finding", "text", "", "lead, beyond, blocker, depth or package.")
_NUMBER = (
    Column("value", "text", "", "What the variation itself finds: a rung, a name or a depth."),
    Column("number", "float", "", "Share about the base's own subject, or depth in percent."),
    Column("low", "float", "", "Lower end of its 95 % interval; nothing for the package."),
    Column("high", "float", "", "Upper end of its 95 % interval; nothing for the package."),
    Column("holds", "bool", "", "Whether the finding of the base still holds."),
)
_VARIATION = Column("variation", "text", "", "What was made different; `base` for nothing.")
_DIFFER = (
    Column("differ", "int", "", "Rungs whose class (open, contested, closed) is another."),
    Column("rungs", "int", "", "Rungs compared."),
    Column("rank", "float", "", "Rank correlation of the shares with those of the base."),
    Column("settled", "float", "share", "Worlds in which every search came to its end."),
)
_MEANS = "mean depth of the deepest package, percent of all ladders."

FINDINGS = Schema(
    "findings",
    "What are the five findings, and in how many variations does each hold?",
    (
        _FINDING,
        *_NUMBER[:-1],
        Column("held", "int", "", "Variations of plane, switches, variants and nulls it holds in."),
        Column("variations", "int", "", "Variations tried."),
    ),
)
PLANE = Schema(
    "plane",
    "How do the findings stand over width and offset?",
    (
        _WIDTH,
        _OFFSET,
        Column("depth", "float", "percent", f"In this cell, {_MEANS}"),
        Column("open", "float", "", "Of all rungs above today, the part open in 80 of 100 worlds."),
        Column("contested", "float", "", "Part between 20 and 80 of 100 worlds."),
        Column("closed", "float", "", "Part open in 20 of 100 worlds or fewer."),
        _FINDING,
        *_NUMBER,
    ),
)
PLANE_RUNGS = Schema(
    "plane_rungs",
    "How open is each rung in each cell of the plane?",
    (
        _WIDTH,
        _OFFSET,
        Column("rung", "text", "", "Rung above today."),
        *interval_columns("share_open", "Worlds in which some accepted package holds it."),
    ),
)
SWITCHES = Schema(
    "switches",
    "What do the disputed readings move? Findings that fail, and rungs moved by 15 or across 50.",
    (
        Column("switch", "text", "", "Disputed reading."),
        Column("option", "text", "", "Option held in every world."),
        Column("subject", "text", "", "A finding, or a rung."),
        Column("kind", "text", "", "finding or rung."),
        Column("base", "float", "", "Number in the base."),
        Column("number", "float", "", "Number under the option."),
        Column("low", "float", "", "Lower end of its 95 % interval."),
        Column("high", "float", "", "Upper end of its 95 % interval."),
        Column("holds", "bool", "", "Whether the finding holds, or the rung stays on its side."),
    ),
)
VARIANTS = Schema(
    "variants",
    "What do other forms of the model, other priors and correlations change?",
    (_VARIATION, *_DIFFER, _FINDING, *_NUMBER),
)
FRAGILE = Schema(
    "fragile",
    "Which rungs change class with the shape of the ranges alone?",
    (
        Column("rung", "text", "", "Rung above today."),
        *(
            column
            for name in ("pert", "uniform", "ends")
            for column in interval_columns(
                name, f"Worlds in which it is open, prior {name}.", f"{name}_low", f"{name}_high"
            )
        ),
    ),
)
NULLS = Schema(
    "nulls",
    "How much of the answer would something simpler, or something random, give as well?",
    (
        Column("null", "text", "", "Null model, N0 to N6."),
        Column("meaning", "text", "", "What it does."),
        *_DIFFER,
        _FINDING,
        *_NUMBER,
    ),
)
_VARIANCE = (
    _FINDING,
    Column("group", "text", "", "Basis, or group of inputs, drawn anew while all else is kept."),
    Column("inputs", "int", "", "Uncertain values and readings in it."),
    Column("first", "float", "", "Part of the variance over worlds that it explains by itself."),
    Column("first_error", "float", "", "Standard error of that part, by bootstrap over worlds."),
    Column("total", "float", "", "Part of the variance it has a hand in."),
    Column("total_error", "float", "", "Standard error of that part, by bootstrap over worlds."),
)
BASIS = Schema("basis", "How much of the spread rests on stated values?", _VARIANCE)
GROUPS = Schema("groups", "Which inputs does the spread come from?", _VARIANCE)
FLIPS = Schema(
    "flips",
    "How few values, moved to an end of their range, reverse each finding?",
    (
        _FINDING,
        Column("size", "int", "", "Values moved; 0 where no reversal was found."),
        Column("address", "text", "", "A value of the set; empty where none was found."),
        Column("basis", "text", "", "What it rests on."),
        Column("moved_to", "float", "", "End of its range it is held at."),
        Column("number", "float", "", "Number of the finding with the whole set moved."),
        Column("tried", "int", "", "Single values tried at both ends."),
        Column("proven", "bool", "", "Whether no smaller set of the values tried does it."),
    ),
)
FLIPS_SINGLE = Schema(
    "flips_single",
    "Which single values move each finding most?",
    (
        _FINDING,
        Column("address", "text", "", "The value held at an end of its range."),
        Column("basis", "text", "", "What it rests on."),
        Column("low", "float", "", "Number of the finding with the value at its low end."),
        Column("high", "float", "", "Number of the finding with the value at its high end."),
        Column("crossing", "float", "", "Value at which a straight line between crosses one half."),
        Column("flips", "bool", "", "Whether either end reverses the finding."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        FINDINGS,
        VARIANTS,
        NULLS,
        PLANE,
        PLANE_RUNGS,
        SWITCHES,
        FRAGILE,
        BASIS,
        GROUPS,
        FLIPS,
        FLIPS_SINGLE,
    )
}
"""Tables by name, in the order in which they are listed and saved."""
