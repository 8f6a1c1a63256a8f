"""The tables of the answer to "in which order and how fast?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns


def band(what: str, unit: str = "") -> tuple[Column, ...]:
    """Return the 10th, 50th and 90th percentile over worlds."""
    return (
        Column("p10", "float", unit, f"{what}: a tenth of worlds lie below."),
        Column("p50", "float", unit, f"{what}: half of worlds lie below."),
        Column("p90", "float", unit, f"{what}: a tenth of worlds lie above."),
    )


_QUARTER = Column("quarter", "int", "", "Quarter, counted from the as-of date.")
_RUNG = Column("rung", "text", "", "Rung, as MEASURE.LEVEL.")

DEPTH = Schema(
    "depth",
    "How deep is what is in effect, quarter by quarter?",
    (
        Column("part", "text", "", "all, or a domain."),
        _QUARTER,
        *band("Depth in effect", "percent"),
        Column("quo", "float", "percent", "Mean depth of the status quo."),
    ),
)
PARTIES = Schema(
    "parties",
    "What is it worth to each government, quarter by quarter, as each values it at the as-of date?",
    (Column("party", "text", "", "Party."), _QUARTER, *band("Worth to its executive", "points")),
)
STATES = Schema(
    "states",
    "How do trust, threat, mood and the other states move?",
    (Column("state", "text", "", "State, see the page on time."), _QUARTER, *band("The state")),
)
ARRIVALS = Schema(
    "arrivals",
    "When is each step agreed, and who holds it up?",
    (
        _RUNG,
        Column("planned", "int", "", "Quarter in which the programme asks for it."),
        *interval_columns(
            "share_agreed", "Share of worlds in which it is agreed within the horizon."
        ),
        *band("Quarter of agreement, where agreed"),
        *interval_columns(
            "share_fell_back", "Share of worlds that took the fallback.", "f_low", "f_high"
        ),
        *interval_columns(
            "share_dropped", "Share of worlds that gave it up, refused.", "d_low", "d_high"
        ),
        *interval_columns(
            "share_waiting", "Share of worlds in which it still waits.", "w_low", "w_high"
        ),
        *interval_columns(
            "share_end", "Share of worlds that have it in effect at the end.", "e_low", "e_high"
        ),
        *interval_columns(
            "share_lost", "Share of worlds that had it in effect and lost it.", "x_low", "x_high"
        ),
        *interval_columns(
            "share_regained", "Share that had it, lost it and has it again.", "r_low", "r_high"
        ),
        Column("refuser", "text", "", "Who refuses last in most worlds; empty for nobody."),
        *interval_columns(
            "share_refused", "Share of worlds in which somebody refused it.", "n_low", "n_high"
        ),
    ),
)
BROKEN = Schema(
    "broken",
    "What happens on the way, and in how many worlds?",
    (
        Column("event", "text", "", "Event, see the page on time."),
        *interval_columns("share", "Share of worlds in which it comes at least once."),
        Column("mean_times", "float", "", "How often it comes, mean over all worlds."),
        Column("median_quarter", "float", "", "Quarter in which it first comes, where it comes."),
    ),
)
PLAN = Schema(
    "plan",
    "The programme as dated steps with their gates.",
    (
        _RUNG,
        _QUARTER,
        Column("date", "text", "", "First day of that quarter."),
        Column("step", "text", "", "What is done."),
        Column("gate", "text", "", "What must hold first; empty for nothing."),
        Column("otherwise", "text", "", "The lesser rung if refused; empty for waiting."),
        Column("effect", "float", "", "Median quarter in which it takes effect, where it does."),
        Column("date_effect", "text", "", "First day of that quarter; empty for never."),
        *interval_columns("share_end", "Share of worlds in which it is in effect at the end."),
    ),
)
PACE = Schema(
    "pace",
    "The same programme slower and faster: what is gained, what breaks?",
    (
        Column("pace", "float", "", "Factor on the quarters between steps; 1 is as written."),
        Column("depth", "float", "percent", "Depth in effect, mean over quarters and worlds."),
        Column("depth_end", "float", "percent", "Depth in effect at the end, mean over worlds."),
        *interval_columns("share_crisis", "Share of worlds with a crisis over a settlement."),
        *interval_columns(
            "share_setback", "Share of worlds in which a rung in effect is lost.", "s_low", "s_high"
        ),
        Column("regret", "float", "percent", "Depth behind the best pace of each world, mean."),
        *interval_columns(
            "share_best", "Share of worlds in which no other pace is deeper.", "b_low", "b_high"
        ),
        Column("interior", "bool", "", "Whether both a slower and a faster pace were tried."),
    ),
)
WITHOUT = Schema(
    "without",
    "What is left of the findings with one mechanism switched off, or a rival theory on?",
    (
        Column("mechanism", "text", "", "Mechanism switched off; with + a rival theory put on."),
        Column("depth_end", "float", "percent", "Depth in effect at the end, mean over worlds."),
        Column("difference", "float", "percent", "That less the same with everything as it was."),
        *interval_columns("share_crisis", "Share of worlds with a crisis over a settlement."),
        *interval_columns(
            "share_setback", "Share of worlds in which a rung in effect is lost.", "s_low", "s_high"
        ),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (DEPTH, ARRIVALS, BROKEN, PLAN, PACE, PARTIES, STATES, WITHOUT)
}
"""All tables of the answer, by name."""
