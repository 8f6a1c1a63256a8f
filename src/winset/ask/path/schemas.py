"""The tables of the answer to "in which order and how fast?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.ask.path.schemas_by_hand import BY_HAND
from winset.tables import Column, Schema, interval_columns


def band(what: str, unit: str = "", stem: str = "") -> tuple[Column, ...]:
    """Return the 10th, 50th and 90th percentile over worlds; a stem goes before their names."""
    return (
        Column(f"{stem}p10", "float", unit, f"{what}: a tenth of worlds lie below."),
        Column(f"{stem}p50", "float", unit, f"{what}: half of worlds lie below."),
        Column(f"{stem}p90", "float", unit, f"{what}: a tenth of worlds lie above."),
    )


def _difference(name: str, error: str, what: str, unit: str = "percent") -> tuple[Column, ...]:
    return (
        Column(name, "float", unit, f"{what}; mean."),
        Column(error, "float", unit, "Standard error of that, over worlds."),
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
CRITERIA = Schema(
    "criteria",
    "What does what is in effect do by criterion, quarter by quarter, for each party and on the mean?",
    (
        Column("part", "text", "", "all: mean over the parties; or a party."),
        Column("criterion", "text", "", "Criterion."),
        _QUARTER,
        *band("Effect of what is in effect, by the practice there is", "points"),
    ),
)
STATES = Schema(
    "states",
    "How do trust, threat, mood and the other states move?",
    (Column("state", "text", "", "State, see the page on time."), _QUARTER, *band("The state")),
)
STEPS = Schema(
    "steps",
    "What becomes of each step, at a glance? Intervals are in the tables arrivals and standing.",
    (
        _RUNG,
        Column("step", "text", "", "Its label."),
        Column("planned", "int", "", "Quarter in which the programme asks for it."),
        Column("agreed", "float", "share", "Share of worlds in which it is agreed."),
        Column("effect", "float", "", "Quarter in which it takes effect, where it does; median."),
        Column("lost", "float", "share", "Share of worlds that have it and lose it."),
        Column("by", "text", "", "What takes it away first in most of these."),
        Column("end", "float", "share", "Share of worlds that have it in effect at the end."),
        Column("refused", "float", "share", "Share of worlds in which somebody refused it."),
        Column("refuser", "text", "", "Who refuses last in most of these; empty for nobody."),
    ),
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
        *interval_columns(
            "share_ruled_out",
            "Share of worlds in which it is never carried and its last answer is that a "
            "prerequisite, a conflict, a red line or a ceiling rules it out.",
            "u_low",
            "u_high",
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
FALLS = Schema(
    "falls",
    "What took rungs in effect away, in shares, and how much of it came back?",
    (
        Column(
            "cause",
            "text",
            "",
            "reversal, crisis, relapse, suspension or step-down, see the page on time; several at "
            "once where more than one event of the quarter could have done it.",
        ),
        Column("times", "float", "", "Times a measure fell by it, mean over worlds."),
        Column("rungs", "float", "", "Rungs it took, mean over worlds."),
        Column("share", "float", "share", "Share of all rungs lost."),
        Column("share_error", "float", "share", "Standard error of that, over worlds."),
        *interval_columns(
            "share_worlds", "Share of worlds in which it took one.", "w_low", "w_high"
        ),
        Column("median_quarter", "float", "", "Quarter in which it took one, middle of all times."),
        Column("share_back", "float", "share", "Share of these times after which it was regained."),
        Column("back_error", "float", "share", "Standard error of that, over worlds."),
        Column("away", "float", "quarters", "How long it was gone where regained, median."),
    ),
)
STANDING = Schema(
    "standing",
    "When is each step in effect, suspended or lost, and when is it back?",
    (
        _RUNG,
        *band("Quarter in which it takes effect, where it does"),
        Column("share_time", "float", "share", "Share of quarters in effect, over worlds."),
        *interval_columns("share_suspended", "Share of worlds in which it is suspended."),
        *interval_columns(
            "share_lost",
            "Share of worlds that have it and lose it, suspended or for good.",
            "x_low",
            "x_high",
        ),
        *band("Quarter in which it is first lost, where it is", stem="lost_"),
        Column(
            "cause", "text", "", "What takes it away first in most of these; empty for nothing."
        ),
        *interval_columns(
            "share_back", "Of worlds that lose it, the share that have it again.", "b_low", "b_high"
        ),
        *band("How long it is gone where it comes back", "quarters", stem="away_"),
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
        Column(
            "depth",
            "float",
            "percent",
            "Depth in effect, mean over quarters and worlds; what comes earlier counts longer.",
        ),
        *band("Depth, mean over quarters", "percent"),
        *_difference("lead", "lead_error", "Depth by which it is ahead of the pace as written"),
        Column("depth_end", "float", "percent", "Depth in effect at the end, mean over worlds."),
        *_difference("lead_end", "end_error", "The same, of depth at the end"),
        *interval_columns("share_crisis", "Share of worlds with a crisis over a settlement."),
        *_difference(
            "more_crises", "crisis_error", "Share with a crisis, more than as written", "share"
        ),
        *_difference(
            "even_at",
            "even_error",
            "Points of depth over time that a crisis must count for the pace to be even with the one as "
            "written; empty where it does not trade one for the other beyond chance",
        ),
        *interval_columns(
            "share_setback", "Share of worlds in which a rung in effect is lost.", "s_low", "s_high"
        ),
        *_difference("regret", "regret_error", "Depth behind the best pace of each world"),
        *interval_columns(
            "share_best", "Share of worlds in which no other pace is deeper.", "b_low", "b_high"
        ),
        *_difference("regret_end", "r_end_error", "Depth at the end behind the best of each world"),
        Column("interior", "bool", "", "Whether both a slower and a faster pace were tried."),
        Column("among_best", "bool", "", "Whether its depth is within chance of the best pace."),
        Column("among_best_end", "bool", "", "The same, of depth at the end."),
    ),
)
DATED = Schema(
    "dated",
    "What do the shocks put on dates change, in the same worlds?",
    (
        Column(
            "what",
            "text",
            "",
            "depth over time or at the end, percent; an event or a step in effect at the end, worlds "
            "of 100; worth at the end to a government, points.",
        ),
        Column("name", "text", "", "Rung or party; empty for the others."),
        Column("with_shocks", "float", "", "Mean with them."),
        Column("without_shocks", "float", "", "Mean without them, all else as drawn."),
        Column("difference", "float", "", "The one less the other."),
        Column("difference_error", "float", "", "Standard error of that, over worlds."),
        Column("real", "bool", "", "Whether it is more than chance would show."),
    ),
)
WITHOUT = Schema(
    "without",
    "What is left of the findings with one mechanism switched off, or a rival theory on?",
    (
        Column("mechanism", "text", "", "Mechanism switched off; with + a rival theory put on."),
        Column("depth_end", "float", "percent", "Depth in effect at the end, mean over worlds."),
        Column("difference", "float", "percent", "That less the same with everything as it was."),
        Column("difference_error", "float", "percent", "Standard error of that, over worlds."),
        *interval_columns("share_crisis", "Share of worlds with a crisis over a settlement."),
        *interval_columns(
            "share_setback", "Share of worlds in which a rung in effect is lost.", "s_low", "s_high"
        ),
    ),
)
INTERIOR = Schema(
    "interior",
    "In which share of worlds is neither end of the paces tried the best, and when does that stop?",
    (
        Column("by", "text", "", "Depth over time, or at the end."),
        Column("address", "text", "", "Number of the case; empty for all worlds."),
        Column("rank_correlation", "float", "", "Spearman's, with an interior best; 0 for all."),
        *interval_columns(
            "share_low", "Share with an interior best, lowest third.", "l_low", "l_high"
        ),
        Column("pace_low", "float", "", "Best pace there, on the mean."),
        *interval_columns("share_high", "The same in its highest third.", "h_low", "h_high"),
        Column("pace_high", "float", "", "Best pace there, on the mean."),
        Column("stops", "bool", "", "Whether the best pace is interior in one third only."),
    ),
)
FAN = Schema(
    "fan",
    "How deep is what is in effect, over worlds and in single ones?",
    (
        _QUARTER,
        *(
            Column(f"p{part:02d}", "float", "percent", f"Depth below which {part} of 100 lie.")
            for part in (5, 25, 50, 75, 95)
        ),
        *(
            Column(f"world_{place}", "float", "percent", "Depth in one world, shallow to deep.")
            for place in range(1, 6)
        ),
        Column("typical", "float", "percent", "Depth in the typical world of the first story."),
    ),
)
MILESTONES = Schema(
    "milestones",
    "Which elections are held when, and which shocks come in the typical world of the first story?",
    (
        _QUARTER,
        Column("kind", "text", "", "election or shock."),
        Column("what", "text", "", "Party that votes, or shock."),
        *interval_columns(
            "share_change",
            "Share of worlds in which a government changes in that quarter; empty for a shock.",
        ),
        Column(
            "typical", "bool", "", "Whether it brings a change, or comes, in the typical world."
        ),
    ),
)
SPACING = Schema(
    "spacing",
    "How far apart do the programmes of the case set their steps?",
    (
        Column("programme", "text", "", "Programme."),
        Column("steps", "int", "", "Steps it has."),
        Column("spacing", "float", "quarters", "From the first step to the last, a step."),
        Column("relative", "float", "", "The same, as a factor on that of the programme followed."),
    ),
)
STORIES = Schema(
    "stories",
    "Which few stories do most worlds resemble?",
    (
        Column("story", "int", "", "Number, the most frequent first."),
        *interval_columns("share", "Share of worlds that go like this."),
        Column("world", "int", "", "The world nearest to the middle of the group."),
        Column("depth_end", "float", "percent", "Depth in effect at the end, median of the group."),
        *(
            Column(name, "float", "", f"Share of the group with this event: {event}.")
            for name, event in (
                ("crisis", "crisis"),
                ("relapse", "relapse"),
                ("reversal", "reversal"),
                ("court", "court"),
                ("step_down", "step-down"),
                ("coercion", "coercion"),
                ("change", "change of government"),
            )
        ),
        Column("told", "text", "", "That world in words."),
    ),
)
SEARCH = Schema(
    "search",
    "What does the programme found reach, beside those that are written, in worlds it was not fitted to?",
    (
        Column("programme", "text", "", "found, the one followed, or another of the case."),
        Column("steps", "int", "", "Steps it has."),
        Column("depth", "float", "percent", "Depth in effect, mean over quarters and worlds."),
        Column("lead", "float", "percent", "Depth by which the programme found is ahead, mean."),
        Column("lead_error", "float", "percent", "Standard error of that, over worlds."),
        *interval_columns("share_ahead", "Share of worlds in which the programme found is deeper."),
        *interval_columns("share_crisis", "Share of worlds with a crisis.", "c_low", "c_high"),
        Column("shared", "int", "", "Steps it shares with the programme found, in any quarter."),
    ),
)
STARTS = Schema(
    "starts",
    "From where did the search start, and what did each start lead to?",
    (
        Column("start", "text", "", "written, or shuffled with a number."),
        Column("depth_start", "float", "percent", "Depth at the start, in the worlds searched in."),
        Column("depth_best", "float", "percent", "Deepest it came to."),
        Column("tried", "int", "", "Programmes followed."),
    ),
)
MOVES = Schema(
    "moves",
    "What does the programme found change, and which of its steps matter?",
    (
        _RUNG,
        Column("source", "text", "", "Programme it is taken from."),
        Column("written", "float", "", "Quarter in the programme as written; empty for none."),
        Column("found", "float", "", "Quarter in the programme found; empty for none."),
        Column("what", "text", "", "kept, earlier, later, taken in or left out."),
        Column("adds", "float", "percent", "Depth lost without it; empty where it cannot go."),
        Column("adds_error", "float", "percent", "Standard error of that."),
        Column("late", "float", "percent", "Depth lost if it comes a year later."),
        Column("late_error", "float", "percent", "Standard error of that."),
        Column("matters", "bool", "", "Whether leaving it out costs more than chance would show."),
    ),
)
SWAPS = Schema(
    "swaps",
    "Of which neighbouring steps does the order matter?",
    (
        Column("first", "text", "", "Step that comes first in the programme found."),
        Column("second", "text", "", "The next one, in a later quarter."),
        Column("cost", "float", "percent", "Depth lost with the two exchanged."),
        Column("cost_error", "float", "percent", "Standard error of that, over worlds."),
        Column("matters", "bool", "", "Whether it is more than chance would show."),
    ),
)
ORDER = Schema(
    "order",
    "Does the order of steps that are due in one quarter matter, and does the source give one?",
    (
        _QUARTER,
        Column("first", "text", "", "Step followed first as written; empty for the whole quarter."),
        Column(
            "second", "text", "", "Step followed later; empty for the whole quarter turned round."
        ),
        Column(
            "said",
            "text",
            "",
            "What puts the two in order: ladder, gate, or not said; empty for a whole quarter.",
        ),
        *interval_columns(
            "share_changed", "Share of worlds in which anything in effect changes in any quarter."
        ),
        Column("cost", "float", "percent", "Depth over time lost with the places exchanged."),
        Column("cost_error", "float", "percent", "Standard error of that, over worlds."),
        Column("matters", "bool", "", "Whether it is more than chance would show in all rows."),
    ),
)
PUT_FIRST = Schema(
    "put_first",
    "Which order of the steps of a quarter carries most, and which of them should be put first?",
    (
        _QUARTER,
        Column("steps", "int", "", "Steps due in it."),
        Column("tried", "int", "", "Orders of them that were followed."),
        Column(
            "orders",
            "text",
            "",
            "all; or drawn: the written one, the reverse one and others, each step first in turn.",
        ),
        *interval_columns(
            "share_changed",
            "Share of worlds in which some order tried changes anything in effect in any quarter.",
        ),
        Column(
            "put_first",
            "text",
            "",
            "Step to put first, chosen in the first half of worlds; empty where no order is deeper.",
        ),
        Column(
            "lead",
            "float",
            "percent",
            "Depth over time by which orders that begin with it are ahead of the others, on the mean, "
            "in the other half.",
        ),
        Column("lead_error", "float", "percent", "Standard error of that, over worlds."),
        Column("matters", "bool", "", "Whether it is more than chance would show in all quarters."),
        Column("best_order", "text", "", "Deepest order there; empty where none is."),
        Column(
            "ahead",
            "float",
            "percent",
            "Its depth over time beyond the written one's, in the other.",
        ),
        Column("ahead_error", "float", "percent", "Standard error of that, over worlds."),
        Column("better", "bool", "", "Whether it is more than chance would show in all quarters."),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema
    for schema in (
        STEPS,
        DEPTH,
        ARRIVALS,
        BROKEN,
        FALLS,
        STANDING,
        PLAN,
        PACE,
        SPACING,
        PARTIES,
        CRITERIA,
        STATES,
        DATED,
        WITHOUT,
        INTERIOR,
        FAN,
        MILESTONES,
        STORIES,
        SEARCH,
        STARTS,
        MOVES,
        SWAPS,
        ORDER,
        PUT_FIRST,
        *BY_HAND,
    )
}
"""All tables of the answer, by name."""
