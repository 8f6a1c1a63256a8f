"""The answer to "what would survive?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from winset.ask.answer import Answer
from winset.errors import AskError, nearest
from winset.words import hold as words


@dataclass(frozen=True, eq=False, repr=False)
class Hold(Answer):
    """What of a package would survive a change of government?

    Attributes
    ----------
    package
        The package put to the test, levels by measure; None where each world has its own.
    """

    question: ClassVar[str] = "hold"
    title: ClassVar[str] = words.TITLE
    definition: ClassVar[str] = words.DEFINITION

    package: Mapping[str, int] | None

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, the headline first."""
        return words.summary(self.case, self.tables, str(self.parameters["package"]))

    def figure(self, name: str = "courses") -> Any:
        """Draw what lasts.

        Parameters
        ----------
        name
            ``courses``: fields of policy under each other government, from its next election on.
            ``lasting``: every step over the elections, governments drawn at each.

        Raises
        ------
        AskError
            There is no such figure, or nothing to draw.
        """
        from winset.brief.figures import chart
        from winset.brief.sections import courses, hold

        figures = {"courses": (courses.figure, "courses"), "lasting": (hold.figure, "calendar")}
        if name not in figures:
            raise AskError(
                f"There is no figure {name!r}; the figures of hold are {', '.join(figures)}.",
                nearest=nearest(name, figures),
            )
        draw, table = figures[name]
        plot = draw(self.case, [*self.table(table).rows()])
        if plot is None:
            raise AskError("The case has no elections at which another government could come.")
        return chart(plot)
