"""The answer to "where would it settle?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from winset.ask.answer import Answer
from winset.errors import AskError
from winset.words import settle as words


@dataclass(frozen=True, eq=False, repr=False)
class Settle(Answer):
    """Where inside the win-set would bargaining settle?"""

    question: ClassVar[str] = "settle"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, the headline first."""
        return words.summary(self.case, self.tables, str(self.parameters["offset"]))

    def figure(self, name: str = "offsets") -> Any:
        """Draw what turns a refusal, and who pays: only where a rung was asked about.

        Raises
        ------
        AskError
            There is no such figure, or nothing to draw.
        """
        from winset.brief.figures import chart
        from winset.brief.sections.settlement import figure

        if name != "offsets":
            raise AskError(f"There is no figure {name!r}; the figure of settle is offsets.")
        plot = figure(self.case, [*self.table("offsets").rows()])
        if plot is None:
            raise AskError("Nothing turns a verdict here to be drawn: ask settle with an offset.")
        return chart(plot)
