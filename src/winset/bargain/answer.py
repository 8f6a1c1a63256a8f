"""The answer about a bargain: frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Tabled
from winset.bargain import words
from winset.bargain.model import Bargain
from winset.run import Run
from winset.tables import Table


@dataclass(frozen=True, eq=False)
class BargainAnswer(Tabled):
    """Where would rules of dividing settle a bargain?

    Attributes
    ----------
    bargain
        What was asked about.
    run
        Everything that decides the answer.
    tables
        Tables by name; ``winset.ask.schemas()["bargain"]`` documents every column.
    parameters
        Fallbacks, weights and what else was asked.
    """

    question: ClassVar[str] = "bargain"

    bargain: Bargain
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was computed."""
        return words.DEFINITION

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, computed from the tables, the headline first."""
        return words.summary(self.bargain, self.tables)

    def __str__(self) -> str:
        return "\n".join([*self.sentences, "", self.definition, "", f"Again: {self.run.command}"])

    def __repr__(self) -> str:
        return f"<BargainAnswer {self.bargain.name}: run {self.run.id}>"
