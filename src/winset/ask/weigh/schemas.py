"""The tables of the answer to "whose programme?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.ask.path.schemas import band
from winset.tables import Column, Schema, interval_columns

_PROGRAMME = Column("programme", "text", "", "Programme; in order of the dates of the sources.")

COMPARE = Schema(
    "compare",
    "What does each programme bring about in the same worlds under the same shocks?",
    (
        _PROGRAMME,
        Column("steps", "int", "", "Steps it has; silence on a measure is not refusal."),
        Column("carried", "float", "", "Steps in effect at the end, mean over worlds."),
        *band("Depth in effect at the end", "percent"),
        Column("depth", "float", "percent", "Depth in effect, mean over quarters and worlds."),
        *interval_columns(
            "share_best", "Share of worlds in which no other programme is deeper, mean over time."
        ),
        Column("regret", "float", "percent", "Depth behind the best programme of a world, mean."),
        Column("regret_most", "float", "percent", "The same in the worst world."),
        *interval_columns("share_crisis", "Share of worlds with a crisis.", "c_low", "c_high"),
        *interval_columns(
            "share_setback", "Share of worlds that lose a rung in effect.", "s_low", "s_high"
        ),
    ),
)
ROBUST = Schema(
    "robust",
    "How does each programme do by the measures of robustness that the field uses?",
    (
        _PROGRAMME,
        Column(
            "measure",
            "text",
            "",
            "Measure: maximin, 10th percentile, mean, mean-variance, "
            "hurwicz, minimax regret, satisficing.",
        ),
        Column("value", "float", "percent", "Its value, in depth averaged over time."),
        Column("first", "bool", "", "Whether no other programme does better by this measure."),
    ),
)
OUTCOMES = Schema(
    "outcomes",
    "What does each programme do by criterion, and what is it worth to each government?",
    (
        _PROGRAMME,
        Column("by", "text", "", "criterion, party or domain."),
        Column("what", "text", "", "Which one."),
        *band("Outcome at the end, in its own unit"),
    ),
)
BEST = Schema(
    "best",
    "By what is each programme highest, in how many worlds, and how far is it behind elsewhere?",
    (
        Column(
            "by",
            "text",
            "",
            "depth: over time; steps: percent of its own steps in effect at the end; party: worth "
            "at the end; criterion: effect at the end; domain: depth at the end.",
        ),
        Column("what", "text", "", "Which party, criterion or domain; empty for the others."),
        _PROGRAMME,
        *interval_columns(
            "share_best", "Share of worlds in which no other is higher; ties count for each."
        ),
        Column("regret", "float", "", "How far it is behind the highest of a world, mean."),
        Column("regret_error", "float", "", "Standard error of that, over worlds."),
        Column("regret_most", "float", "", "The same in the worst world."),
    ),
)
STEPS = Schema(
    "steps",
    "Which steps of each programme are not carried, and what do the others hold that it lacks?",
    (
        _PROGRAMME,
        Column("rung", "text", "", "Rung, as MEASURE.LEVEL."),
        Column("stands", "text", "", "own: a step of it; other: in another programme only."),
        *interval_columns("share_end", "Share of worlds in which it is in effect at the end."),
        *interval_columns(
            "share_ever", "Share in which it is in effect in any quarter.", "v_low", "v_high"
        ),
        Column("refuser", "text", "", "Who refuses it most often; empty for nobody."),
    ),
)
ASSUMPTIONS = Schema(
    "assumptions",
    "On which assumptions does the order of two programmes turn?",
    (
        Column(
            "by",
            "text",
            "",
            "depth over time, steps: share of its own steps in effect at the end, or a party: worth "
            "at the end to its executive.",
        ),
        Column("first", "text", "", "Programme that leads in more worlds."),
        Column("second", "text", "", "The other one."),
        Column("address", "text", "", "Assumption."),
        Column("rank_correlation", "float", "", "Spearman's, with the first's lead."),
        Column(
            "distance",
            "float",
            "",
            "Kolmogorov and Smirnov's, between worlds in which the first leads and the others.",
        ),
        *interval_columns(
            "share_low",
            "Share of worlds of its lowest third in which the first leads.",
            "l_low",
            "l_high",
        ),
        *interval_columns("share_high", "The same in its highest third.", "h_low", "h_high"),
        Column("flips", "bool", "", "Whether the lead changes sides between the two thirds."),
    ),
)
_QUESTION = (
    Column(
        "kind",
        "text",
        "",
        "leads: the programme that leads in fewer worlds does lead; crisis: a crisis over a "
        "settlement comes; least deep: the quarter of worlds in which it is least deep over time.",
    ),
    Column(
        "by",
        "text",
        "",
        "depth over time, steps: share of its own steps in effect at the end, or a party: worth at "
        "the end; empty for a crisis.",
    ),
    _PROGRAMME,
    Column("against", "text", "", "The programme it leads; else empty."),
)
BOXES = Schema(
    "boxes",
    "In which worlds does a programme lead, break or stay shallow: is there a box that says so?",
    (
        *_QUESTION,
        *interval_columns("share", "Share of all worlds that are of this kind."),
        Column(
            "box",
            "text",
            "",
            "found; none: no box is denser than chance would show; too few: fewer than 20 worlds "
            "either way in a half.",
        ),
        Column(
            "density_seen", "float", "", "Density in the half of the worlds that it was found in."
        ),
        Column("base_rate", "float", "", "Share of worlds of this kind in the other half."),
        *interval_columns(
            "density", "Share of worlds of this kind among those in the box.", "d_low", "d_high"
        ),
        *interval_columns(
            "coverage", "Share of the worlds of this kind that are in the box.", "c_low", "c_high"
        ),
        Column("chance", "float", "", "How often a box blind to the kind is as dense there."),
    ),
)
BOX_RANGES = Schema(
    "box_ranges",
    "Which ranges of which numbers make up each box?",
    (
        *_QUESTION,
        Column("address", "text", "", "Number of the case."),
        Column(
            "at_least", "float", "", "It lies above this in the box; empty where it is left open."
        ),
        Column(
            "at_most",
            "float",
            "",
            "It lies at or below this in the box; empty where it is left open.",
        ),
        Column("lowest", "float", "", "Lowest value in all worlds."),
        Column("highest", "float", "", "Highest value in all worlds."),
        Column(
            "quasi_p",
            "float",
            "",
            "How often the box without this range has so many worlds of the kind, in the half it "
            "was not found in.",
        ),
        Column("again", "float", "", "Share of resamples whose box restricts this number too."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (COMPARE, BEST, ROBUST, OUTCOMES, STEPS, ASSUMPTIONS, BOXES, BOX_RANGES)
}
"""All tables of the answer, by name."""
