"""The tables of a programme under conditions set by hand: every column with its meaning."""

from __future__ import annotations

from winset.tables import Column, Schema, interval_columns

_RUNG = Column("rung", "text", "", "Rung, as MEASURE.LEVEL.")
_EVENT = (
    Column("event", "text", "", "Shock, or a change of government by its party."),
    Column("theory", "text", "", "Rival theory put on; empty for the model as coded."),
)
_DELAY = Column("delay", "int", "quarters", "How long after the event the rungs are asked for.")
OPENINGS = Schema(
    "openings",
    "What does a threat, a doubt or an election make possible, and for how long?",
    (
        *_EVENT,
        _DELAY,
        Column("calm", "float", "", "Rungs agreed to, each alone, without the event; mean."),
        Column("after", "float", "", "The same after the event."),
        Column("gain", "float", "", "The difference, mean over worlds."),
        Column("gain_error", "float", "", "Standard error of that."),
        Column("real", "bool", "", "Whether it is more than chance would show."),
    ),
)
WINDOWS = Schema(
    "windows",
    "Which rungs does each event open or close?",
    (
        *_EVENT,
        _RUNG,
        _DELAY,
        *interval_columns("share_opened", "Share of worlds in which only the event opens it."),
        *interval_columns(
            "share_closed", "Share in which only the event closes it.", "c_low", "c_high"
        ),
    ),
)
LIFTING = Schema(
    "lifting",
    "Does felt threat alone lift a ceiling, and at what level?",
    (
        _RUNG,
        *interval_columns("share_shut", "Share of worlds in which a ceiling shuts it today."),
        *interval_columns(
            "share_none",
            "Of these, the share in which no level of threat, 0 to 5, would lift it.",
            "n_low",
            "n_high",
        ),
        Column("critical", "float", "", "Median level at which it would be lifted, in the others."),
    ),
)
FINDINGS = Schema(
    "findings",
    "In which share of worlds does each finding come out, and what is left with its part off?",
    (
        Column("finding", "text", "", "What is compared, of two runs of the same world."),
        Column("mechanism", "text", "", "Part of the model that it rests on."),
        *interval_columns("share", "Share of worlds that go as it says."),
        *interval_columns("share_other", "Share that go the other way.", "o_low", "o_high"),
        *interval_columns("share_off", "Share that differ at all with it off.", "z_low", "z_high"),
    ),
)
UPKEEP = Schema(
    "upkeep",
    "How often must assurance be renewed?",
    (
        Column("party", "text", "", "Party of the pair."),
        Column("gap", "int", "quarters", "Quarters between two occasions of standing steps."),
        Column("doubt", "float", "", "Share of quarters, over worlds, below the doubt line."),
        Column("doubt_error", "float", "", "Standard error of that, over worlds."),
        *interval_columns("share", "Share of worlds that fall below it at least once."),
    ),
)
SPIRAL = Schema(
    "spiral",
    "What follows a court's transfer of assets, and what holds the quarrel back?",
    (
        Column("court", "text", "", "as drawn, or ordered in quarter 5 of every world."),
        Column(
            "with", "text", "", "What stands from quarter 1 beside the programme, all agreed to."
        ),
        *interval_columns(
            "share_stands",
            "Share of worlds in which no rule of the case bars that.",
            "n_low",
            "n_high",
        ),
        *interval_columns("share_court", "Share of worlds with an order.", "o_low", "o_high"),
        Column("politics", "float", "points", "Highest tension in politics, median."),
        Column("trade", "float", "points", "Highest tension in trade, median."),
        *interval_columns("share_spiral", "Share of worlds in which a quarrel feeds on itself."),
        *interval_columns(
            "share_drills", "Share in which drills are suspended or lost.", "d_low", "d_high"
        ),
        *interval_columns("share_reprisals", "Share with reprisals in trade.", "r_low", "r_high"),
    ),
)
SPOILERS = Schema(
    "spoilers",
    "When does inflaming pay, and what makes it unprofitable?",
    (
        Column("with", "text", "", "What is changed."),
        Column("agreed", "bool", "", "Whether every step is taken as agreed to."),
        *interval_columns("share", "Share of worlds in which it ever pays."),
        Column("often", "float", "", "Share of quarters in which it pays, over worlds."),
        Column("often_error", "float", "", "Standard error of that, over worlds."),
        Column("near", "float", "", "The same in the year before an election."),
        Column("far", "float", "", "The same at other times."),
    ),
)
QUIET = Schema(
    "quiet",
    "What do quiet steps leak, and what does coercion cost, with and without the shield?",
    (
        Column("profile", "text", "", "Option of the lever: how visible the steps are."),
        Column("shield", "bool", "", "Whether the shield is asked for in quarter 1 as well."),
        Column(
            "agreed", "float", "", "Share of the quiet steps that would be agreed to, over worlds."
        ),
        *interval_columns("share_leak", "Share of worlds in which one leaks."),
        *interval_columns("share_coercion", "Share of worlds coerced.", "c_low", "c_high"),
        Column("cost", "float", "percent", "Loss of a year's product within the horizon, mean."),
        Column("cost_error", "float", "percent", "Standard error of that, over worlds."),
    ),
)
BY_HAND = (
    OPENINGS,
    WINDOWS,
    LIFTING,
    FINDINGS,
    UPKEEP,
    SPIRAL,
    SPOILERS,
    QUIET,
)
"""In the order in which they are told."""
