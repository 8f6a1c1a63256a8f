"""The answer to "how far can it go?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from winset.ask.answer import Answer
from winset.ask.reach.reason import Reason
from winset.words import reach as words

if TYPE_CHECKING:
    from winset.worlds import Worlds


@dataclass(frozen=True, eq=False, repr=False)
class Reach(Answer):
    """How far can the cooperation go?

    Attributes
    ----------
    worlds
        The worlds it was asked in.

    Examples
    --------
    >>> import winset
    >>> answer = winset.reach(winset.load("trilateral-2022"), n=200)  # doctest: +SKIP
    >>> print(answer.headline)  # doctest: +SKIP
    """

    question: ClassVar[str] = "reach"
    definition: ClassVar[str] = words.DEFINITION

    worlds: Worlds

    @property
    def headline(self) -> str:
        """The answer in one or two sentences, computed from the tables."""
        return words.headline(self.case, self.tables, self.run.worlds)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        return tuple(words.summary(self.case, self.tables, self.run.worlds))

    def why(self, *rungs: str, package: Mapping[str, int] | None = None) -> Reason:
        """Explain a rung, or a package of your own.

        Parameters
        ----------
        rungs
            One rung (``"D1.3"``) to have it explained; several make a package.
        package
            Levels by measure; measures that are not named stay as they are today.

        Raises
        ------
        AskError
            A rung or measure that the case does not have, or nothing was asked.
        """
        from winset.ask.reach.why import package_reason, read_package, rung_reason

        if package is None and len(rungs) == 1:
            return rung_reason(self, rungs[0])
        levels = read_package(self.case, rungs, package)
        return package_reason(self.case, self.worlds, levels)
