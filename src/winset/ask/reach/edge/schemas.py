"""The tables on what would move a rung, and on what every side could bear."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns, quartile_columns

_RUNG = Column("rung", "text", "", "Rung, as MEASURE.LEVEL.")
_WORLDS = Column("worlds", "int", "worlds", "Worlds in which it was tried.")

UNLOCKS = Schema(
    "unlocks",
    "What would open each rung at the edge? Every single change, and pairs for the most wanted.",
    (
        _RUNG,
        Column(
            "change",
            "text",
            "",
            "The change, as `--set` takes it; for kind rung the rung that would be in place today, "
            "for kind consent the constituency that would not be asked; parts of a pair joined by "
            "` + `.",
        ),
        Column("kind", "text", "", "rung, consent, lever, leader, switch, flag or pair."),
        Column("label", "text", "", "The change in words."),
        *interval_columns(
            "before",
            "Worlds in which the rung is open without the change.",
            "before_low",
            "before_high",
        ),
        *interval_columns("after", "Worlds in which it is open with the change."),
        Column("gain", "float", "share", "After less before, in the same worlds."),
        Column("gain_error", "float", "share", "Standard error of the gain over paired worlds."),
        _WORLDS,
        Column(
            "best",
            "bool",
            "",
            "Whether no single change of the rung brings it further, and it to a quarter or more.",
        ),
    ),
)
RIVALS = Schema(
    "rivals",
    "Which rungs crowd each other out?",
    (
        Column("rung", "text", "", "Rung that deepest packages drop although it is open."),
        Column("other", "text", "", "Lowest rung of another measure that does not go with it."),
        Column("limit", "text", "", "Limit that, waived alone, most often lets both in; or none."),
        Column("who", "text", "", "Constituency, rule, ceiling or party of that limit."),
        *interval_columns("share", "Worlds in which each is open and both together are not."),
        _WORLDS,
    ),
)
CONSENTS = Schema(
    "consents",
    "Who must agree to a rung, who can only complain, who can spoil it, who will react?",
    (
        _RUNG,
        Column("who", "text", "", "Constituency or outsider."),
        Column(
            "role",
            "text",
            "",
            "must agree, makes it last, can only complain, can spoil or will react.",
        ),
        *quartile_columns(
            "margin",
            "points",
            "Worth of the rung, with all else as today, above the least that is accepted; for "
            "outsiders their attitude; NaN where none is shown.",
        ),
        *interval_columns("refusing", "Worlds in which the margin is below zero."),
        _WORLDS,
    ),
)
SCOPE = Schema(
    "scope",
    "How wide a step does each party bear, and all of them?",
    (
        Column("party", "text", "", "Party; `all` for what every party accepts."),
        Column(
            "variant",
            "text",
            "",
            "none (no slippage), slippage, or statement (the relieving measure at its top).",
        ),
        Column("scope", "int", "", "Scope of a step, 1 to 4."),
        *interval_columns(
            "share", "Worlds in which a step of this scope, slippage included, is accepted."
        ),
        *quartile_columns(
            "lower", "levels", "Ideal less tolerance; for `all` the highest of them."
        ),
        *quartile_columns("ideal", "levels", "Ideal scope; NaN for `all`."),
        *quartile_columns("upper", "levels", "Ideal and tolerance; for `all` the lowest of them."),
        *interval_columns(
            "overlap",
            "Worlds in which the bands of all parties have a width in common, slippage taken off "
            "the upper ends.",
            "overlap_low",
            "overlap_high",
        ),
        *quartile_columns("width", "levels", "Width all parties bear; negative: the gap."),
        Column("worlds", "int", "worlds", "Worlds counted."),
    ),
)
SIZE = Schema(
    "size",
    "How large is each party's win-set, and what all have in common?",
    (
        Column("party", "text", "", "Party; `all` for packages that every party accepts."),
        Column("offered", "float", "log10", "Packages on offer, nothing of today taken back."),
        *quartile_columns("size", "log10", "Accepted packages; the status quo is always one."),
        Column("error", "float", "log10", "Standard error of the size in the middle world."),
        Column(
            "unseen",
            "float",
            "share",
            "Worlds whose sample held no accepted package; their size enters as the bound.",
        ),
        Column(
            "bound",
            "float",
            "log10",
            "Where the sample held none, size above which it would have held one in 95 of 100 "
            "samples (rule of three), middle world of these; NaN where every sample held one.",
        ),
        Column("sample", "int", "", "Packages drawn in each world; 0: all were counted."),
        Column("worlds", "int", "worlds", "Worlds counted."),
    ),
)

SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema for schema in (UNLOCKS, RIVALS, CONSENTS, SCOPE, SIZE)
}
