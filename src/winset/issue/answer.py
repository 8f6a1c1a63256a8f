"""Answers about issues on a line: frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

from winset.ask.answer import Tabled
from winset.issue import words
from winset.issue.actors import ActorTable
from winset.run import Run
from winset.tables import Table


@dataclass(frozen=True, eq=False)
class Issue(Tabled):
    """Where on a line would an issue be settled, by four rules side by side?

    Attributes
    ----------
    actors
        Who wants what.
    run
        Everything that decides the answer.
    tables
        Tables by name; ``winset.ask.schemas()["issue"]`` documents every column.
    parameters
        The variant of the challenge model and what else was asked.

    Examples
    --------
    >>> import winset
    >>> found = winset.issue("emission", outcome=8.833)
    >>> round(float(found.table("solutions").where(solution="mean")["error"][0]), 2)
    1.44
    """

    question: ClassVar[str] = "issue"

    actors: ActorTable
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was computed."""
        return f"{words.DEFINITION} Variant: {self.parameters['challenge']}."

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, computed from the tables, the headline first."""
        return words.summary(self.tables, self.parameters)

    def figure(self) -> Any:
        """Draw actors and solutions on the line, and the rounds below."""
        return import_module("winset.brief.issue_chart").chart(self)

    def __str__(self) -> str:
        return "\n".join([*self.sentences, "", self.definition, "", f"Again: {self.run.command}"])

    def __repr__(self) -> str:
        return f"<Issue {self.actors.id}: {self.run.worlds:,} worlds, run {self.run.id}>"


@dataclass(frozen=True, eq=False)
class Score(Tabled):
    """How near to what came out are rules that settle an issue on a line?

    Attributes
    ----------
    run
        Everything that decides the answer.
    tables
        Tables by name; ``winset.ask.schemas()["score"]`` documents every column.
    parameters
        Capabilities used, draws of the bootstrap, counts.
    """

    question: ClassVar[str] = "score"

    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was compared."""
        return words.SCORE_DEFINITION

    @property
    def sentences(self) -> Sequence[str]:
        """The score in a few sentences, computed from the tables, the headline first."""
        counts = [int(str(self.parameters[name])) for name in ("issues", "proposals")]
        return words.score_summary(self.tables, counts[0], counts[1])

    def __str__(self) -> str:
        return "\n".join([*self.sentences, "", self.definition, "", f"Again: {self.run.command}"])
