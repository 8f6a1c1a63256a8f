"""The answer to "what has happened since?": frozen tables with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Answer
from winset.words import track as words


@dataclass(frozen=True, eq=False, repr=False)
class Track(Answer):
    """What has happened since, what is due, and what did it change?"""

    question: ClassVar[str] = "track"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        return tuple(words.summary(self.case, self.tables, str(self.parameters["on"])))

    @property
    def read_with(self) -> str:
        """Nothing: the log is what this answer is about."""
        return ""
