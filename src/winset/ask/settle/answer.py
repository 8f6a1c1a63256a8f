"""The answer to "where would it settle?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Answer
from winset.ask.settle import words


@dataclass(frozen=True, eq=False, repr=False)
class Settle(Answer):
    """Where inside the win-set would bargaining settle?"""

    question: ClassVar[str] = "settle"

    @property
    def title(self) -> str:
        """The question as a reader meets it."""
        return "Where inside the win-set would bargaining settle?"

    @property
    def definition(self) -> str:
        """What was counted."""
        return words.DEFINITION

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, the headline first."""
        return words.summary(self.case, self.tables, str(self.parameters["offset"]))
