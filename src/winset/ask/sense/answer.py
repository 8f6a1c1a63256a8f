"""The answer to "which assumptions carry the answer?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Answer
from winset.words import sense as words


@dataclass(frozen=True, eq=False, repr=False)
class Sense(Answer):
    """Which assumptions carry the answer?"""

    question: ClassVar[str] = "sense"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, computed from the tables, the headline first."""
        return words.summary(self.case, self.tables, self.run.worlds)
