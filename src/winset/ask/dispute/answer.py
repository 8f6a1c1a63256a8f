"""The answer about a dispute: frozen tables with their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from winset.ask.answer import Answer
from winset.ask.dispute.verdicts import ranked
from winset.conflict import Conflict, Stability, analyse, narrate
from winset.engine.conflict_api import Answering
from winset.errors import AskError
from winset.words import dispute as words


@dataclass(frozen=True, eq=False, repr=False)
class DisputeAnswer(Answer):
    """Which states of the dispute would nobody leave, and what turns it?

    Attributes
    ----------
    concept, answering
        What "stable" means in the main tables.
    conflict
        States and moves, without preferences.
    typical
        [player, state] order in the world in which every want has its middle place and the
        heaviest side of each contested matter is taken (the first of equals).

    Examples
    --------
    >>> import winset
    >>> answer = winset.dispute(winset.load("trilateral-2022"), n=200)  # doctest: +SKIP
    >>> print(answer.headline)  # doctest: +SKIP
    """

    question: ClassVar[str] = "dispute"

    concept: str
    answering: Answering
    conflict: Conflict
    typical: NDArray[np.int32]

    @property
    def title(self) -> str:
        """Name of the dispute."""
        return self.conflict.title

    @property
    def definition(self) -> str:
        """What was counted."""
        return str(self.parameters["definition"])

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        told = words.summary(self.case, self.tables, self.run.worlds, self.concept)
        return (*told, self.definition)

    def why(self, state: int) -> tuple[str, ...]:
        """Say why a state is stable or not in the middle world.

        Parameters
        ----------
        state
            Number of the state, from 1, as in the table ``states``.

        Raises
        ------
        AskError
            There is no such state.
        """
        if not 1 <= state <= self.conflict.count:
            raise AskError(f"There is no state {state}; the states are 1 to {self.conflict.count}.")
        told = self.tables["states"]["holds"].tolist()
        return tuple(
            narrate(
                self.middle_world(),
                state - 1,
                self.concept,
                told=lambda one: f"state {one + 1} ({told[one]})",
            )
        )

    def middle_world(self) -> Stability:
        """Judge the dispute in the world in which every want has its middle place."""
        return analyse(ranked(self.conflict, self.typical), answering=self.answering)

    def figure(self, name: str = "graph") -> Any:
        """Draw the graph of states and one-sided improvements.

        Raises
        ------
        AskError
            There is no such figure, or there are too many states to draw.
        """
        from winset.brief.dispute_graph import graph

        if name != "graph":
            raise AskError(f"There is no figure {name!r}; the figure of a dispute is graph.")
        return graph(self)
