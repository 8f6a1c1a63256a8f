"""The answer to "which exercises, when, in which form?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Tabled
from winset.exercise.calendar import words
from winset.exercise.calendar.regime import Regime
from winset.run import Run
from winset.tables import Table


@dataclass(frozen=True, eq=False)
class Calendar(Tabled):
    """Which exercises are held when, in which form, and what does each limit cost?

    Attributes
    ----------
    regime
        What was planned.
    run
        Everything that decides the calendar.
    tables
        Tables by name; ``winset.ask.schemas()["plan"]`` documents every column.
    """

    question: ClassVar[str] = "plan"
    definition: ClassVar[str] = words.DEFINITION

    regime: Regime
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def sentences(self) -> Sequence[str]:
        """The calendar in a few sentences, computed from the tables, the headline first."""
        greedily = self.parameters["method"] == "greedy"
        return words.summary(self.regime, self.tables, greedily=greedily)

    def icalendar(self) -> str:
        """Write the runs as iCalendar (RFC 5545), one all-day event a run."""
        from winset.exercise.calendar.export import icalendar

        return icalendar(self)

    def svg(self) -> str:
        """Draw the calendar: exercises down, months across, a mark a run, windows behind."""
        from winset.exercise.calendar.drawing import gantt

        return gantt(self)

    def skill_svg(self) -> str:
        """Draw the skill of each pair with its bands, one panel an objective."""
        from winset.exercise.calendar.drawing import curves

        return curves(self)

    def __str__(self) -> str:
        return "\n".join([self.regime.title, "", *self.sentences, "", f"Again: {self.run.command}"])

    def __repr__(self) -> str:
        return f"<Calendar {self.regime.id}: {len(self.table('runs'))} runs, run {self.run.id}>"
