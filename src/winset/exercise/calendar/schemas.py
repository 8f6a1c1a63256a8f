"""The tables of a calendar of exercises: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns

_EXERCISE = Column("exercise", "text", "", "Exercise.")
_OBJECTIVE = Column("objective", "text", "", "Skill the exercises are held for.")
_RUNG = Column("rung", "text", "", "Rung of the case whose consent a form needs.")
_FORM = Column("form", "text", "", "two-way, observers or three-way.")


def _spread(unit: str, meaning: str) -> tuple[Column, ...]:
    return (
        Column("p10", "float", unit, f"{meaning} A tenth of the worlds lie below."),
        Column("p50", "float", unit, f"{meaning} Middle world."),
        Column("p90", "float", unit, f"{meaning} A tenth of the worlds lie above."),
    )


RUNS = Schema(
    "runs",
    "Which exercise is held when, and in which form?",
    (
        Column("begins", "text", "", "First day: the first from which enough days are clear."),
        Column("ends", "text", "", "Last day."),
        _EXERCISE,
        Column("label", "text", "", "Its name."),
        _FORM,
        _RUNG,
        Column("place", "text", "", "Where it is held."),
        Column("cost", "float", "", "Points of the year's budget."),
        Column("locked", "bool", "", "Whether the planner fixed it."),
        *interval_columns(
            "share_planned",
            "Worlds in which it is carried out as planned.",
            "planned_low",
            "planned_high",
        ),
        Column("otherwise", "text", "", "Lesser form that is taken most often where it is not."),
        *interval_columns("share_dropped", "Worlds in which no form is left.", "d_low", "d_high"),
        Column("upward", "text", "", "What must give before the next form is open; or nothing."),
    ),
)
COVERED = Schema(
    "covered",
    "How much of each objective is covered in each year, as planned and as carried out?",
    (
        Column("objective", "text", "", "Skill the exercises are held for; `all` for all."),
        Column("year", "text", "", "Year of the calendar, first and last month; `all` for all."),
        Column("planned", "float", "percent", "Covered of the cap if all is held as planned."),
        *_spread("percent", "Covered where consents and windows are drawn."),
    ),
)
SKILLS = Schema(
    "skills",
    "How does the skill of each pair come and go?",
    (
        _OBJECTIVE,
        Column("pair", "text", "", "Two parties."),
        Column("month", "text", "", "Month, at its end."),
        *_spread("", "Skill, 0 to 1, as the calendar is carried out."),
    ),
)
RHYTHMS = Schema(
    "rhythms",
    "How often must a skill be exercised to be held, and is one large run better than small ones?",
    (
        Column("kind", "text", "", "Kind of skill: accuracy, mixed, speed."),
        Column("times", "int", "", "Full runs a year, year after year."),
        Column("left", "float", "", "Share of a skill left when the next run comes, middle world."),
        Column("lowest_p10", "float", "", "Skill just before a run. A tenth of worlds lie below."),
        Column("lowest_p50", "float", "", "Skill just before a run, middle world."),
        Column("lowest_p90", "float", "", "Skill just before a run. A tenth of worlds lie above."),
        Column("watched", "float", "", "The same with an observed run half-way, middle world."),
        Column(
            "split", "float", "", "The same with one run's effort split into so many, middle world."
        ),
    ),
)
PRICES = Schema(
    "prices",
    "What does each constraint cost?",
    (
        Column("constraint", "text", "", "Constraint, or several of a kind."),
        Column("how", "text", "", "Loosened by one unit (`one more`), or `dropped`."),
        Column("gain", "float", "percent", "More that is covered then."),
        Column("bound", "float", "percent", "At most so much more, where the search was cut off."),
        Column("proven", "bool", "", "Whether the gain is proven to be the greatest."),
        Column("says", "text", "", "The constraint in words."),
    ),
)
NEARBY = Schema(
    "nearby",
    "Which other calendars are nearly as good?",
    (
        Column("rank", "int", "", "Number; 0 is the calendar itself."),
        Column("covered", "float", "percent", "What it covers if all is held as planned."),
        Column(
            "behind",
            "float",
            "percent",
            "Less than the calendar; for itself, below zero, by how much it may be beaten.",
        ),
        Column("proven", "bool", "", "Whether no calendar as different covers more."),
        Column("leaves", "text", "", "Runs of the calendar that it does without."),
        Column("adds", "text", "", "Runs that it holds instead."),
    ),
)
REFUSALS = Schema(
    "refusals",
    "If a three-way form is refused, what is the best lesser form, and what does it keep?",
    (
        _RUNG,
        _EXERCISE,
        Column("shut", "bool", "", "Whether the rung is closed in too many worlds as it is."),
        Column("otherwise", "text", "", "Best lesser form that is open; empty if there is none."),
        Column("keeps_low", "float", "share", "What that form keeps of a three-way run, least."),
        Column("keeps", "float", "share", "What it keeps, middle of the range."),
        Column("keeps_high", "float", "share", "What it keeps, most."),
        Column(
            "across",
            "float",
            "share",
            "What it keeps between those who do not hold the exercise together today, middle.",
        ),
        Column(
            "behind",
            "float",
            "percent",
            "Less that is covered over all years if it is refused in the first, or as it is.",
        ),
        Column("held", "text", "", "The first year then: month, exercise, form."),
    ),
)
STANDINGS = Schema(
    "standings",
    "In how many worlds is each form open, and what would open it?",
    (
        _RUNG,
        Column("phrase", "text", "", "The rung in words."),
        *interval_columns(
            "share_open",
            "Worlds in which some package accepted by all holds the rung; or as given.",
            "open_low",
            "open_high",
        ),
        *interval_columns(
            "share_alone",
            "Worlds in which it is accepted with all else as today; or as given.",
            "alone_low",
            "alone_high",
        ),
        Column("worlds", "int", "worlds", "Worlds asked; 0 where the share is given."),
        Column("shut", "bool", "", "Whether it is closed in too many worlds to be planned."),
        Column("condition", "text", "", "What closes it most often, and what must give."),
    ),
)
TOGETHER = Schema(
    "together",
    "Are the planned forms accepted as one package?",
    (
        Column("entry", "int", "", "Number of the sentence."),
        Column("rung", "text", "", "Rungs that the calendar needs."),
        Column("says", "text", "", "In how many worlds they are accepted together, and who stops."),
    ),
)
WINDOWS = Schema(
    "windows",
    "When are which forms out of the question?",
    (
        Column("window", "text", "", "Window."),
        Column("label", "text", "", "What it is."),
        Column("begins", "text", "", "First day within the calendar, or first month it may begin."),
        Column("ends", "text", "", "Last day, or last month in which it may begin."),
        Column("bars", "text", "", "Forms that are out."),
        Column("parties", "text", "", "In whose exercises."),
        Column("chance", "text", "", "Share of worlds in which it comes; empty if it does."),
        Column("red_line", "text", "", "Red line of the case that it stands for."),
    ),
)
ROBUST = Schema(
    "robust",
    "What is covered if windows come that nobody knows of yet?",
    (
        Column("calendar", "text", "", "`planned`, or `robust`: sought over drawn windows."),
        Column("planned", "float", "percent", "Covered if all is held as planned."),
        Column("certainty", "float", "share", "Share of worlds meant."),
        Column("reached", "float", "percent", "Covered in at least that share of the worlds."),
        *_spread("percent", "Covered where windows are drawn and consents hold."),
    ),
)
INPUTS = Schema(
    "inputs",
    "Which values went in, and what do they rest on?",
    (
        Column("input", "text", "", "Value."),
        Column("value", "text", "", "As it stands in the file."),
        Column("basis", "text", "", "S stated, I inferred, X known from elsewhere, A assumed."),
        Column("source", "text", "", "Where it comes from."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        RUNS,
        COVERED,
        SKILLS,
        RHYTHMS,
        PRICES,
        NEARBY,
        REFUSALS,
        STANDINGS,
        TOGETHER,
        WINDOWS,
        ROBUST,
        INPUTS,
    )
}
