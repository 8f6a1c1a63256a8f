"""The tables of the answer about a dispute: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.conflict.solve import TITLES
from winset.tables import Column, Schema, interval_columns

_STATE = Column("state", "int", "", "State of the dispute, numbered from 1.")
_CONCEPT = Column("concept", "text", "", "Concept of stability: nash, gmr, smr, seq, sseq or sim.")
_OUTCOME = Column("outcome", "text", "", "Kind of state readers ask about.")

STATES = Schema(
    "states",
    "Which states are there, and how often would nobody leave them?",
    (
        _STATE,
        Column("answers", "text", "", "Y or N for each option, in the order of the case."),
        Column("holds", "text", "", "What is done in this state."),
        Column("outcome", "text", "", "Kind of state it belongs to; empty for none."),
        Column("status_quo", "bool", "", "Whether things stand so today."),
        *interval_columns("share_stable", "Worlds in which it is stable for everybody."),
        *interval_columns(
            "share_reached",
            "Worlds in which moves that each improve the mover's own state lead there from today.",
            "reached_low",
            "reached_high",
        ),
    ),
)
OUTCOMES = Schema(
    "outcomes",
    "In which share of worlds is some state of each kind stable, by concept?",
    (
        _OUTCOME,
        _CONCEPT,
        Column("definition", "text", "", "What stable means in this row."),
        *interval_columns(
            "share_stable", "Worlds in which a state of the kind is stable for everybody."
        ),
        *interval_columns(
            "share_reached",
            "Worlds in which moves that each improve the mover's own state lead from today to a "
            "state of the kind; the same for every concept.",
            "reached_low",
            "reached_high",
        ),
    ),
)
LEAVERS = Schema(
    "leavers",
    "Who would leave each state, and to where?",
    (
        _STATE,
        Column("player", "text", "", "Who can move."),
        *interval_columns(
            "share_leaves", "Worlds in which the state is not stable for this player."
        ),
        Column("to_state", "int", "", "State it most often moves to; 0 where it never leaves."),
    ),
)
SIDES = Schema(
    "sides",
    "How much hangs on each reading of a contested matter?",
    (
        Column("reading", "text", "", "Reading, as MATTER/SIDE."),
        Column("held_by", "text", "", "Whose reading it is."),
        _OUTCOME,
        Column("worlds", "int", "worlds", "Worlds in which it is taken."),
        *interval_columns(
            "share_stable", "Of these, worlds in which a state of the kind is stable."
        ),
    ),
)
TURNS = Schema(
    "turns",
    "Which single change of what one player wants turns the dispute?",
    (
        Column("statement", "text", "", "Want that is changed."),
        Column("player", "text", "", "Whose want it is."),
        Column("change", "text", "", "first: it comes before all others; dropped: it is left out."),
        _OUTCOME,
        *interval_columns("share_stable", "Worlds in which a state of the kind is then stable."),
        Column("before", "float", "share", "The same share without the change."),
        Column("swing", "float", "share", "Difference the change makes."),
    ),
)
VERDICTS = Schema(
    "verdicts",
    "For whom is each state stable, under each concept, in one given order of preferences?",
    (
        _STATE,
        Column("player", "text", "", "Who can move, alone or together; `all` for everybody."),
        Column("answers", "text", "", "Y or N for each option, in order."),
        *(
            Column(name, "text", "", f"yes if the state is stable ({title}); empty if not judged.")
            for name, title in TITLES.items()
        ),
    ),
)
SCHEMAS: Mapping[str, Schema] = {
    "states": STATES,
    "outcomes": OUTCOMES,
    "leavers": LEAVERS,
    "sides": SIDES,
    "turns": TURNS,
    "verdicts": VERDICTS,
}
