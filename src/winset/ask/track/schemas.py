"""The tables of the answer to "what has happened since?": every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema, interval_columns

_RUNG = Column("rung", "text", "", "Rung, as MEASURE.LEVEL.")
_ENTRY = Column("entry", "text", "", "Evaluation that says so.")


def _day(name: str, meaning: str) -> Column:
    return Column(name, "text", "", f"{meaning} Day, YYYY-MM-DD; empty for none.")


STAGES = Schema(
    "stages",
    "Where does each measure stand in the loop?",
    (
        Column("measure", "text", "", "Measure."),
        Column(
            "rung",
            "text",
            "",
            "Rung that the log speaks of, one a row; for other measures the rung in place.",
        ),
        Column("label", "text", "", "The rung, or else the measure, in short."),
        Column("in_place", "bool", "", "Whether the rung or a later one is in place."),
        Column(
            "stage",
            "text",
            "",
            "proposed, acceptable, blocked, prepared, executed, evaluated or ended; `in place` "
            "where it was so at the as-of date and nothing is logged.",
        ),
        _day("since", "When it came there."),
        Column("by", "text", "", "Who made it acceptable or blocked, where the log says so."),
        _day("proposed", "When it was last proposed."),
        _day("acceptable", "When it was last found acceptable."),
        _day("blocked", "When it was last blocked."),
        _day("prepared", "When it was last prepared."),
        _day("executed", "When it was last executed."),
        _day("evaluated", "When it was last evaluated."),
        _day("ended", "When it ended."),
        _ENTRY,
    ),
)
DUE = Schema(
    "due",
    "What is due, and how much practice is left?",
    (
        Column("measure", "text", "", "Measure; `skill` where no proficiency is logged."),
        Column(
            "kind",
            "text",
            "",
            "reaffirmation: the next occasion of a standing step; practice: half of what was "
            "reached is gone.",
        ),
        _day("last", "The last occasion, or the day on which the proficiency was reached."),
        _day("due", "When it is due at the middle of the range."),
        _day("due_first", "When it is due at the earliest."),
        _day("due_last", "When it is due at the latest."),
        Column("overdue", "bool", "", "Whether the day asked about lies behind `due`."),
        Column(
            "proficiency", "float", "share", "Proficiency reached, middle; empty for occasions."
        ),
        Column("remains", "float", "share", "What is left of it on the day asked about, middle."),
        Column("remains_low", "float", "share", "What is left at the worst ends of the ranges."),
        Column("remains_high", "float", "share", "What is left at the best ends of the ranges."),
    ),
)
ENTRIES = Schema(
    "entries",
    "What was written down, in which order?",
    (
        Column("number", "int", "", "Place in the log."),
        _ENTRY,
        _day("date", "When it happened."),
        Column("title", "text", "", "What happened."),
        Column("place", "text", "", "Where."),
        Column("source", "text", "", "Where this is known from."),
        Column("note", "text", "", "Note of the evaluation."),
        Column("seal", "text", "", "SHA-256 over the seal before it and the text of the entry."),
    ),
)
FACTS = Schema(
    "facts",
    "What did the log change in the case?",
    (
        Column("address", "text", "", "Where it stands."),
        Column("before", "text", "", "Without the log."),
        Column("after", "text", "", "With it."),
    ),
)
MOVED = Schema(
    "moved",
    "Which rungs are carried in more or in fewer worlds because of the log?",
    (
        _RUNG,
        Column(
            "what",
            "text",
            "",
            "open: some accepted package holds it; alone: it is accepted with all else as it is.",
        ),
        Column("worlds", "int", "worlds", "Worlds, the same with the log and without."),
        *interval_columns("before", "Worlds in which it is so without the log.", "before_low", "before_high"),
        *interval_columns("after", "Worlds in which it is so with it.", "after_low", "after_high"),
        Column("only_with", "int", "worlds", "Worlds in which it is so only with the log."),
        Column("only_without", "int", "worlds", "Worlds in which it is so only without it."),
        Column("change", "float", "share", "After less before."),
        Column("change_error", "float", "share", "Two standard errors of the change, paired by world."),
        Column("verdict_before", "text", "", "open (80 of 100 worlds), contested or closed (20 of 100)."),
        Column("verdict_after", "text", "", "The same with the log."),
        Column("unsettled", "float", "share", "Worlds in which a search stopped before a verdict."),
    ),
)  # fmt: skip

SCHEMAS: Mapping[str, Schema] = {
    schema.name: schema for schema in (STAGES, DUE, FACTS, MOVED, ENTRIES)
}
"""Tables by name, in the order in which they are listed and saved."""
