"""The tables about one issue, and about the score of many: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns, quartile_columns

_WORLDS = Column("worlds", "int", "worlds", "Worlds in which it was computed: the denominator.")
_ACTOR = Column("actor", "text", "", "Actor.")
_RULE = "`mean`, `median`, `nash` or `challenge` (the median after the last round)."

SOLUTIONS = Schema(
    "solutions",
    "Where on the line does each rule put the issue?",
    (
        Column("solution", "text", "", _RULE),
        _WORLDS,
        *quartile_columns("at", "", "Position."),
        Column("middle", "float", "", "Position with every number in the middle of its range."),
        Column("error", "float", "", "How far `middle` lies from the outcome; empty without one."),
    ),
)
ROUNDS = Schema(
    "rounds",
    "Where are the challenges after each round, and do they come to rest?",
    (
        Column("round", "int", "", "Round; 0 is the start."),
        _WORLDS,
        *interval_columns("share", "Worlds in which nobody moves any more after this round."),
        *quartile_columns("at", "", "Weighted median after the round."),
        Column("middle", "float", "", "The same with every number in the middle of its range."),
        Column("mean", "float", "", "Weighted mean after the round, numbers in the middle."),
        Column("error", "float", "", "How far `middle` lies from the outcome; empty without one."),
    ),
)
ACTORS = Schema(
    "actors",
    "Who weighs how much, and who moves?",
    (
        _ACTOR,
        Column("capability", "float", "", "Middle of the range."),
        Column("position", "float", "", "Middle of the range."),
        Column("salience", "float", "", "Middle of the range, from 0 to 1."),
        Column("weight", "float", "percent", "Capability times salience, of all, in the middle."),
        _WORLDS,
        *interval_columns("share", "Worlds in which the weighted median is where this actor is."),
        Column("end", "float", "", "Position after the last round, numbers in the middle."),
        Column("moved", "int", "", "Rounds in which the actor moves, numbers in the middle."),
    ),
)
MOVES = Schema(
    "moves",
    "Who moves towards whom, with every number in the middle of its range?",
    (
        Column("round", "int", "", "Round."),
        _ACTOR,
        Column("kind", "text", "", "`confrontation`, `compromise` or `capitulation`."),
        Column("other", "text", "", "Towards whom."),
        Column("before", "float", "", "Position before the round."),
        Column("after", "float", "", "Position after it."),
    ),
)
ISSUE: Mapping[str, Schema] = {one.name: one for one in (SOLUTIONS, ROUNDS, ACTORS, MOVES)}

_SOLUTION = Column(
    "solution",
    "text",
    "",
    "`mean`, `median`, `nash`, `challenge`, `challenge-text`; to compare with: `unweighted` mean "
    "of positions, `reference` point, `centre` of the scale.",
)
_ISSUES = Column("issues", "int", "", "Issues on which it was computed: the denominator.")
_LOSS = Column(
    "loss",
    "text",
    "",
    "`mae` mean absolute error; `rmse` root of the mean squared error; `median` absolute error; "
    "`salient` mean absolute error weighted by the issue's salience; `within5`, `within10`, "
    "`within20` share of issues missed by at most so many points; `rank` one less Spearman's "
    "correlation of forecasts with outcomes.",
)
_INTERVAL = (
    Column("low", "float", "", "Lower end of the 95 % bootstrap interval over proposals."),
    Column("high", "float", "", "Upper end of the 95 % bootstrap interval over proposals."),
)
LOSSES = Schema(
    "losses",
    "How far from what came out is each rule, by several losses?",
    (_SOLUTION, _LOSS, _ISSUES, Column("value", "float", "", "The loss."), *_INTERVAL),
)
PAIRS = Schema(
    "pairs",
    "Which rule is nearer than the weighted mean, issue by issue?",
    (
        _SOLUTION,
        _ISSUES,
        Column("difference", "float", "", "Absolute error less that of the mean, on average."),
        *_INTERVAL,
        Column("nearer", "int", "", "Issues on which it is nearer to the outcome than the mean."),
        Column("farther", "int", "", "Issues on which it is farther."),
    ),
)
FORECASTS = Schema(
    "forecasts",
    "What does each rule say on each issue?",
    (
        Column("issue", "text", "", "Issue, as numbered in the file."),
        Column("proposal", "text", "", "Proposal to which it belongs."),
        Column("outcome", "float", "", "What came out, on the scale from 0 to 100."),
        _SOLUTION,
        Column("at", "float", "", "Position."),
        Column("error", "float", "", "Position less outcome."),
    ),
)
SKIPPED = Schema(
    "skipped",
    "Which issues were left out, and why?",
    (
        Column("issue", "text", "", "Issue, as numbered in the file."),
        Column("line", "int", "", "Line of the file."),
        Column("reason", "text", "", "Why it cannot be scored."),
    ),
)
SCORE: Mapping[str, Schema] = {one.name: one for one in (LOSSES, PAIRS, FORECASTS, SKIPPED)}
