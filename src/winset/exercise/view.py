"""What each form changes, for reading: fewer columns than the tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from winset.tables import Column, Schema, Table
from winset.words.phrases import of_hundred

if TYPE_CHECKING:
    from winset.exercise.answer import Exercise

_COMPARISON = Schema(
    "comparison",
    "What does each form of sharing change?",
    (
        Column("form", "text", "", "Form of sharing."),
        Column("in words", "text", "", "The form in words."),
        Column("same picture", "text", "", "Launches, of 100, correctly held by all."),
        Column("same count", "text", "", "Worlds, of 100, in which all count the same."),
        Column("held", "text", "", "Launches, of 100, each party holds in time."),
        Column("sooner", "text", "", "Median seconds by which the first track comes sooner."),
        Column("impact to", "text", "", "Median error of the impact, km."),
        Column("wrong", "text", "", "Regions alerted without need, a world."),
        Column("missed", "text", "", "Threatened regions without alert, a world."),
    ),
)


def comparison(outcome: Exercise) -> Table:
    """Return the forms side by side; parties in one cell, in their order."""
    n = outcome.run.worlds
    rows = []
    for row in outcome.table("forms").rows():
        own = [*outcome.table("parties").where(form=row["form"]).rows()]
        rows.append(
            (
                row["form"],
                row["label"],
                of_hundred(row["share_shared"], n),
                of_hundred(row["share_agree"], n),
                " / ".join(of_hundred(one["share_held"], n) for one in own),
                " / ".join(_number(one["sooner_p50"], 0) for one in own),
                " / ".join(_number(one["error_p50"], 0) for one in own),
                _number(row["wrong"], 2),
                _number(row["missed"], 2),
            )
        )
    return _COMPARISON.from_rows(rows)


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"
