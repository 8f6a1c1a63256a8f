"""Which states of a dispute would nobody leave, and under which definition of "would"?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from winset.conflict.model import Conflict
from winset.engine.conflict_api import (
    GMR,
    MOST_ONCE,
    MOST_TOGETHER,
    NASH,
    SEQ,
    SIM,
    SMR,
    SSEQ,
    Answering,
    Graph,
    graph_of,
    reached,
    stabilities,
)
from winset.errors import AskError, LimitError, nearest

CONCEPTS: Mapping[str, int] = {
    "nash": NASH,
    "gmr": GMR,
    "smr": SMR,
    "seq": SEQ,
    "sseq": SSEQ,
    "sim": SIM,
}
"""Bit of each concept of stability by its short name."""

MEANINGS: Mapping[str, str] = {
    "nash": "it has no move to a state it prefers",
    "gmr": "every move to a state it prefers can be answered so that it ends no better off",
    "smr": "the same, and no move of its own afterwards makes it better off",
    "seq": "every move to a state it prefers can be answered by moves that each improve the "
    "mover's own state, so that it ends no better off",
    "sseq": "the same, and no move of its own afterwards makes it better off",
    "sim": "every move to a state it prefers meets improving moves made at the same time that "
    "leave it no better off",
}
"""What makes a state stable for a player, as the end of "a state is stable for a player if"."""

TITLES: Mapping[str, str] = {
    "nash": "Nash",
    "gmr": "general metarational",
    "smr": "symmetric metarational",
    "seq": "sequential",
    "sseq": "symmetric sequential",
    "sim": "simultaneous",
}

ANSWERINGS: Mapping[Answering, str] = {
    "one-step": "answers are one move of one opponent",
    "once": "answers are sequences of moves of several opponents, each moving at most once",
    "legal": "answers are sequences of moves of several opponents, who may move again, but never "
    "twice in a row",
    "free": "answers are sequences of moves of several opponents in any order, who may move again",
}
"""Who may answer a move, and how often."""


def definition(concept: str, answering: Answering) -> str:
    """Say in one sentence what "stable" means here; every result carries it."""
    known_concept(concept)
    told = ANSWERINGS[known_answering(answering)]
    if concept == "nash":
        return f"A state is stable (Nash) if no player has a move to a state it prefers: {_NOBODY}."
    if concept == "sim":
        told = (
            "one opponent moves at the same time"
            if answering == "one-step"
            else "any set of opponents moves at the same time, each by one move"
        )
    meaning = MEANINGS["gmr" if concept == "smr" else "seq" if concept == "sseq" else concept]
    if concept in {"smr", "sseq"}:
        meaning += ", whatever move it makes next"
    return f"A state is stable ({TITLES[concept]}) if for each player {meaning}; {told}."


_NOBODY = "answers of others do not count"


@dataclass(frozen=True)
class Stability:
    """Which states stand for whom.

    Attributes
    ----------
    conflict
        The dispute.
    answering
        Who may answer a move: ``one-step``, ``once``, ``legal`` or ``free``.
    groups
        Places of the players who move together; one of its own for who moves alone.
    bits
        [group, state] concepts under which the state stands.
    """

    conflict: Conflict
    answering: Answering
    groups: tuple[tuple[int, ...], ...]
    bits: NDArray[np.uint8]
    graph: Graph

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the groups."""
        players = self.conflict.players
        return tuple(" and ".join(players[one].name for one in group) for group in self.groups)

    @property
    def concepts(self) -> tuple[str, ...]:
        """Concepts that were judged: with a coalition in many states no symmetric ones."""
        alone = all(len(group) == 1 for group in self.groups)
        if alone or self.conflict.count <= MOST_TOGETHER:
            return tuple(CONCEPTS)
        return ("nash", "gmr", "seq", "sim")

    def stands(self, concept: str) -> NDArray[np.bool_]:
        """[group, state] whether the state is stable for the group.

        Raises
        ------
        AskError
            There is no such concept, or there are too many states to judge it for a coalition.
        """
        known_concept(concept)
        if concept not in self.concepts:
            raise AskError(
                f"{concept} is judged for players who move together in up to {MOST_TOGETHER:,} states; "
                f"these are {self.conflict.count:,}. Allowed: {', '.join(self.concepts)}."
            )
        return np.asarray(self.bits & CONCEPTS[concept], dtype=bool)

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """States that are stable for everybody, from 0.

        Raises
        ------
        AskError
            See :meth:`stands`.
        """
        return tuple(np.flatnonzero(self.stands(concept).all(axis=0)).tolist())

    def definition(self, concept: str) -> str:
        """Say in one sentence what was judged."""
        return definition(concept, self.answering)

    def reached(self, origin: int, *, improving: bool = True) -> NDArray[np.int32]:
        """Fewest moves in which each state is reached from ``origin``; -1 where it is not.

        Parameters
        ----------
        improving
            Whether each move must improve the mover's own state.
        """
        moves, _ = reached(self.graph, self.conflict.rank, origin, improving=improving)
        return moves


def analyse(
    conflict: Conflict,
    *,
    answering: Answering = "legal",
    coalitions: Sequence[Sequence[str]] = (),
) -> Stability:
    """Which states would nobody leave?

    Parameters
    ----------
    conflict
        The dispute.
    answering
        Who may answer a move: one opponent by one move (``one-step``), several each at most once
        (``once``), several but nobody twice in a row (``legal``, as in [fang1993]), or in any
        order (``free``).
    coalitions
        Names of players who move together.  A coalition moves by any change of its members'
        options, and only where every member strictly prefers the result.

    Returns
    -------
    Stability
        For each player and state the concepts under which it stands.

    Raises
    ------
    AskError
        Unknown player or definition, or a player in two coalitions.
    LimitError
        More opponents than ``once`` can remember.

    Examples
    --------
    >>> from winset.conflict import Conflict, Option, Player
    >>> dilemma = Conflict(
    ...     "Prisoners",
    ...     (Option("confess"), Option("confess too")),
    ...     (
    ...         Player("one", (0,), statements=((((1, False),),), (((0, True),),))),
    ...         Player("two", (1,), statements=((((0, False),),), (((1, True),),))),
    ...     ),
    ... )
    >>> found = analyse(dilemma)
    >>> [dilemma.answers(state) for state in found.equilibria("nash")]
    ['YY']
    >>> [dilemma.answers(state) for state in found.equilibria("seq")]
    ['NN', 'YY']
    """
    known_answering(answering)
    groups = grouped(conflict, coalitions)
    graph = layout(conflict, groups)
    check_words(answering, len(groups))
    bits = stabilities(graph, conflict.rank[None], answering)[:, 0]
    bits.flags.writeable = False
    return Stability(conflict, answering, groups, bits, graph)


def layout(conflict: Conflict, groups: tuple[tuple[int, ...], ...] = ()) -> Graph:
    """Lay out a dispute for the engine; without groups everybody moves alone."""
    forward = sum(1 << i for i, option in enumerate(conflict.options) if option.way == "forward")
    back = sum(1 << i for i, option in enumerate(conflict.options) if option.way == "back")
    return graph_of(
        conflict.index,
        np.array(conflict.mask, dtype=np.int64),
        np.array([forward, back], dtype=np.int64),
        conflict.impossible,
        groups or tuple((place,) for place in range(len(conflict.players))),
    )


def grouped(conflict: Conflict, coalitions: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    """Group the players into coalitions and single ones, in the order of the players.

    Raises
    ------
    AskError
        Unknown player, or one in two coalitions.
    """
    found = [tuple(sorted(conflict.player(name) for name in names)) for names in coalitions]
    listed = [one for group in found for one in group]
    for one in listed:
        if listed.count(one) > 1:
            raise AskError(f"{conflict.players[one].name} is in two coalitions, or twice in one.")
    found += [(one,) for one in range(len(conflict.players)) if one not in listed]
    return tuple(sorted(group for group in found if group))


def known_concept(name: str) -> str:
    """Return the name of a concept of stability.

    Raises
    ------
    AskError
        There is no such concept.
    """
    if name not in CONCEPTS:
        raise AskError(
            f"There is no concept {name!r}; allowed: {', '.join(CONCEPTS)}.",
            nearest=nearest(name, CONCEPTS),
        )
    return name


def known_answering(name: str) -> Answering:
    """Return the name of a definition of answers.

    Raises
    ------
    AskError
        There is no such definition.
    """
    for known in ANSWERINGS:
        if known == name:
            return known
    raise AskError(
        f"There is no definition {name!r}; allowed: {', '.join(ANSWERINGS)}.",
        nearest=nearest(name, ANSWERINGS),
    )


def check_words(answering: Answering, players: int) -> None:
    """Refuse more opponents than a walk can remember.

    Raises
    ------
    LimitError
        With the number allowed.
    """
    if answering == "once" and players - 1 > MOST_ONCE:
        raise LimitError(
            f"once keeps in mind which of {players - 1} opponents have moved, 2^{players - 1} sets; "
            f"at most {MOST_ONCE} opponents are allowed. Ask for legal instead."
        )
    if players > _MOST_PLAYERS:
        raise LimitError(f"{players} players are more than the {_MOST_PLAYERS} winset takes.")


_MOST_PLAYERS = 60
