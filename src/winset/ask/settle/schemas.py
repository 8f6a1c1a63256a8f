"""The tables of the answer to "where would it settle?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns, quartile_columns

_SOLUTION = Column(
    "solution",
    "text",
    "",
    "Bargaining solution; `best:WHO`: the package that WHO would propose; `mean` and `median` of "
    "the rungs that the executives like best, measure by measure.",
)
_WORLDS = Column("worlds", "int", "worlds", "Worlds in which it was computed: the denominator.")


SOLUTIONS = Schema(
    "solutions",
    "What does each solution give each executive, and is it in the win-set?",
    (
        _SOLUTION,
        Column("who", "text", "", "Executive."),
        _WORLDS,
        *quartile_columns("gain", "points", "Gain over today."),
        *quartile_columns(
            "of_best",
            "percent",
            "Gain above the disagreement point, of the most that any accepted package gives it.",
        ),
        *interval_columns("share", "Worlds in which the package is accepted by all."),
    ),
)
SETTLEMENTS = Schema(
    "settlements",
    "Which rungs are in each solution, in most worlds?",
    (
        _SOLUTION,
        Column("rung", "text", "", "Rung above today."),
        _WORLDS,
        *interval_columns("share", "Worlds in which the solution reaches the rung."),
    ),
)
FRONTIER = Schema(
    "frontier",
    "How many packages are on the frontier of each world, and how much may they miss?",
    (
        Column("world", "int", "", "World."),
        Column("points", "int", "", "Packages found, none better for all than another."),
        Column("searches", "int", "", "Questions put to the engine."),
        Column(
            "complete",
            "bool",
            "",
            "Whether it is proven that no package is missed by more than `eps` of every range.",
        ),
        Column(
            "gap",
            "float",
            "share",
            "Where not complete: by how much of every range a package may still be missed, at most; "
            "empty where nothing is proven yet.",
        ),
    ),
)
AGREEMENT = Schema(
    "agreement",
    "Which solutions agree?",
    (
        _SOLUTION,
        Column("other", "text", "", "The other solution."),
        _WORLDS,
        *interval_columns("share", "Worlds in which both pick the same package."),
        Column("apart", "float", "", "Measures on which they differ, mean over worlds."),
    ),
)
TIES = Schema(
    "ties",
    "Which other packages are as good?",
    (
        _SOLUTION,
        Column("rung", "text", "", "Rung to which one measure is moved, all else as it is."),
        _WORLDS,
        *interval_columns(
            "share",
            "Worlds in which the move is accepted and costs nobody more than `eps` of its range.",
        ),
    ),
)
OFFSETS = Schema(
    "offsets",
    "What added to a refused rung turns the verdict, and who pays?",
    (
        Column("rung", "text", "", "Rung taken with what it needs, all else as today."),
        Column(
            "offset",
            "text",
            "",
            "Rung added, or `points:WHO`: a side payment to WHO where it alone refuses.",
        ),
        Column("payer", "text", "", "Executive that pays; empty where the addition costs nobody."),
        Column("worlds", "int", "worlds", "Worlds in which the rung is refused: the denominator."),
        *interval_columns("share", "Of these, the worlds in which the offset turns the verdict."),
        *quartile_columns("paid", "points", "What the payer loses where the verdict turns."),
    ),
)
MIXTURES = Schema(
    "mixtures",
    "What would each solution give over mixtures of packages, where that was asked for?",
    (
        Column("solution", "text", "", "Bargaining solution."),
        Column("who", "text", "", "Executive."),
        _WORLDS,
        *quartile_columns("gain", "points", "Gain over today, on average over the mixture."),
        *quartile_columns(
            "of_best",
            "percent",
            "Gain above the disagreement point, of the most that any accepted package gives it.",
        ),
        Column("parts_most", "int", "", "Packages that are mixed, in the world with most."),
        *interval_columns("share", "Worlds in which one package alone is the mixture."),
    ),
)

SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (SOLUTIONS, SETTLEMENTS, AGREEMENT, TIES, OFFSETS, MIXTURES, FRONTIER)
}
"""Tables by name, in the order in which they are listed and saved."""
