"""The outcome of an exercise: frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Tabled
from winset.effects.contract import Card
from winset.exercise import words
from winset.exercise.scenario import Scenario
from winset.run import Run
from winset.tables import Table


@dataclass(frozen=True, eq=False)
class Exercise(Tabled):
    """What does sharing change, on the same launches?

    Attributes
    ----------
    scenario
        What was run.
    run
        Everything that decides the outcome.
    tables
        Tables by name; ``winset.ask.schemas()["exercise"]`` documents every column.
    card
        The card of the model: what it claims and what it does not.

    Examples
    --------
    >>> import winset
    >>> outcome = winset.exercise("lofted", n=20)
    >>> float(outcome.table("parties").where(form="none")["gain_p50"][0])
    0.0
    """

    question: ClassVar[str] = "exercise"
    definition: ClassVar[str] = words.DEFINITION

    scenario: Scenario
    run: Run
    tables: Mapping[str, Table]
    card: Card
    parameters: Mapping[str, object]

    @property
    def sentences(self) -> Sequence[str]:
        """The outcome in a few sentences, computed from the tables, the headline first."""
        return words.summary(self.scenario, self.tables, self.run.worlds)

    def __str__(self) -> str:
        return "\n".join(
            [
                self.scenario.title,
                "",
                *self.sentences,
                "",
                *(f"Does not claim: {line}" for line in self.card.does_not_claim),
                "",
                f"Again: {self.run.command}",
            ]
        )

    def __repr__(self) -> str:
        return f"<Exercise {self.scenario.id}: {self.run.worlds:,} worlds, run {self.run.id}>"
