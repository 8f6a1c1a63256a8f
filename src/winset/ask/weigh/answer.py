"""The answer to "whose programme does better?": frozen tables with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from winset.ask.answer import Answer
from winset.ask.follow import Followed
from winset.words import weigh as words


@dataclass(frozen=True, eq=False, repr=False)
class Weigh(Answer):
    """Whose programme does better, by what, and on which assumptions does that turn?

    Attributes
    ----------
    followed
        What became of each programme in every world, in order of the dates of the sources.
    """

    question: ClassVar[str] = "weigh"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    followed: tuple[Followed, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        programmes = {one.programme.id: one.programme for one in self.followed}
        return tuple(
            words.summary(self.case, programmes, self.tables, self.run.worlds, self.parameters)
        )
