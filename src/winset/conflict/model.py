"""A dispute as a graph of moves: players, options, and what nobody can hold at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.errors import AskError, LimitError, nearest

Way = Literal["both", "forward", "back"]
Pattern = tuple[tuple[int, bool], ...]
"""Options with the answer each must have: ``((0, True), (2, False))``."""
Statement = tuple[Pattern, ...]
"""Holds in a state that fits any of its patterns."""

MOST_OPTIONS = 22
MOST_BYTES = 2_000_000_000
"""What a dispute may take before winset refuses to start."""
_CARRIED = 32
"""Statements after which the order so far is packed, so that its numbers stay small."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something one player may do or leave.

    ``way`` is ``both``, ``forward`` (once done it stays done) or ``back`` (once left it stays so).
    """

    name: str
    way: Way = "both"


@dataclass(frozen=True, slots=True)
class Player:
    """A decision maker: what it holds, what it wants, what it believes impossible.

    Attributes
    ----------
    options
        Places of its options.
    statements
        What it wants, most important first; statement ``k`` of ``m`` outweighs all after it
        (weight ``2^(m-k)``).
    ranking
        States from best to worst, ties in one group; used instead of the statements.
    disbelieves
        States it believes impossible: it moves neither to them nor from them.
    """

    name: str
    options: tuple[int, ...]
    statements: tuple[Statement, ...] = ()
    ranking: tuple[tuple[int, ...], ...] | None = None
    disbelieves: Statement = ()


@dataclass(frozen=True)
class Conflict:
    """Who can do what, what cannot be, and what each player prefers.

    States are numbered from 0 in the order of their codes, option 0 being the lowest bit;
    readers see them from 1.

    Attributes
    ----------
    infeasible
        Patterns no state may fit.
    merged
        All states that fit one of these patterns are one state: nobody can tell them apart.
        Its preferences are those of its lowest code.
    status_quo
        State in which things stand, or None.

    Raises
    ------
    AskError
        An option that nobody or more than one holds, a pattern that contradicts itself or names
        no option, no feasible state, a ranking that is not one.
    LimitError
        More options than can be kept in memory; the message holds the estimate.
    """

    title: str
    options: tuple[Option, ...]
    players: tuple[Player, ...]
    infeasible: tuple[Pattern, ...] = ()
    merged: tuple[Pattern, ...] = ()
    status_quo: int | None = None

    def __post_init__(self) -> None:
        _check_form(self)
        refuse_too_large(len(self.options), len(self.players))
        if self.count == 0:
            raise AskError(
                "Every state fits an infeasible pattern: no state is left. Drop a pattern."
            )
        _check_rankings(self)
        if self.status_quo is not None and not 0 <= self.status_quo < self.count:
            raise AskError(f"The status quo is state {self.status_quo + 1} of {self.count:,}.")

    @property
    def count(self) -> int:
        """Number of states."""
        return len(self.codes)

    @cached_property
    def index(self) -> NDArray[np.int32]:
        """[code] state, or -1 where the code is infeasible."""
        codes = np.arange(1 << len(self.options), dtype=np.int64)
        possible = ~fits(codes, self.infeasible)
        lowest = codes.copy()
        for pattern in self.merged:
            group = possible & fits(codes, (pattern,))
            if group.any():
                # states that two patterns share join both groups
                shared = np.isin(lowest, np.unique(lowest[group])) & possible
                lowest[shared] = lowest[shared].min()
        index = np.full(len(codes), -1, dtype=np.int32)
        _, index[possible] = np.unique(lowest[possible], return_inverse=True)
        return index

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """[state] lowest code."""
        found = np.flatnonzero(self.index >= 0)
        _, first = np.unique(self.index[found], return_index=True)
        return found[first].astype(np.int64)

    @cached_property
    def mask(self) -> tuple[int, ...]:
        """[player] options it holds, as bits."""
        return tuple(sum(1 << option for option in player.options) for player in self.players)

    @cached_property
    def rank(self) -> NDArray[np.int32]:
        """[player, state] place in the player's order: 0 is worst, equal is a tie."""
        table = np.empty((len(self.players), self.count), dtype=np.int32)
        for place, player in enumerate(self.players):
            if player.ranking is None:
                table[place] = ranks(self.codes, player.statements)
            else:
                for depth, group in enumerate(reversed(player.ranking)):
                    table[place, list(group)] = depth
        return table

    @cached_property
    def impossible(self) -> NDArray[np.bool_]:
        """[player, state] whether the player believes that the state cannot be."""
        return np.array([fits(self.codes, player.disbelieves) for player in self.players])

    def answers(self, state: int) -> str:
        """Write a state as its answers in option order: ``YNYN``."""
        code = int(self.codes[state])
        return "".join("Y" if code >> place & 1 else "N" for place in range(len(self.options)))

    def state(self, answers: str) -> int:
        """Return the state with these answers, such as ``YN-N``; a dash fits either.

        Raises
        ------
        AskError
            The answers are malformed, infeasible, or fit more than one state.
        """
        if len(answers) != len(self.options) or set(answers) - set("YN-"):
            raise AskError(
                f"{answers!r} is no state: write one Y, N or - for each of {len(self.options)} options."
            )
        pattern = tuple((i, c == "Y") for i, c in enumerate(answers) if c != "-")
        codes = np.arange(1 << len(self.options), dtype=np.int64)
        found = np.unique(self.index[fits(codes, (pattern,))])
        found = found[found >= 0]
        if len(found) != 1:
            what = "is infeasible" if not len(found) else f"fits {len(found):,} states"
            raise AskError(f"State {answers} {what}.")
        return int(found[0])

    def player(self, name: str) -> int:
        """Return the place of a player.

        Raises
        ------
        AskError
            There is no such player.
        """
        names = [player.name for player in self.players]
        if name not in names:
            raise AskError(
                f"There is no player {name!r}; the players are {', '.join(names)}.",
                nearest=nearest(name, names),
            )
        return names.index(name)


def fits(codes: NDArray[np.int64], patterns: Sequence[Pattern]) -> NDArray[np.bool_]:
    """Say for each code whether it fits any of the patterns."""
    found = np.zeros(len(codes), dtype=bool)
    for pattern in patterns:
        care = sum(1 << option for option, _ in pattern)
        wanted = sum(1 << option for option, answer in pattern if answer)
        found |= (codes & care) == wanted
    return found


def ranks(codes: NDArray[np.int64], statements: Sequence[Statement]) -> NDArray[np.int32]:
    """Rank states by ordered statements; 0 is worst, states that agree on all are tied.

    Statement ``k`` of ``m`` weighs ``2^(m-k)``, which is the lexicographic order, so that any
    number of statements can be compared without large numbers.
    """
    place = np.zeros(len(codes), dtype=np.int64)
    for count, statement in enumerate(statements, start=1):
        place = 2 * place + fits(codes, statement)
        if count % _CARRIED == 0:
            _, place = np.unique(place, return_inverse=True)
    _, place = np.unique(place, return_inverse=True)
    return place.astype(np.int32)


def memory(options: int, players: int) -> int:
    """Estimate the bytes an analysis takes if every combination of options is feasible."""
    states = 1 << options
    each = 4 + 8 + 8 + 4 * players + players + 4 * 11 + 8 + 8 * (players + 1) + 4
    return states * each


def refuse_too_large(options: int, players: int) -> None:
    """Refuse a dispute that would not fit into memory, before anything is computed.

    Raises
    ------
    LimitError
        With the estimate.
    """
    need = memory(options, players)
    if options > MOST_OPTIONS or need > MOST_BYTES:
        raise LimitError(
            f"{options} options make 2^{options} combinations, about {need / 1e9:,.1f} GB with "
            f"{players} players; winset takes {MOST_OPTIONS} options and {MOST_BYTES / 1e9:,.0f} GB. "
            "Leave out options that change nothing, or merge those that are always taken together."
        )


def _check_form(conflict: Conflict) -> None:
    count = len(conflict.options)
    names = [player.name for player in conflict.players]
    if not count or not names:
        raise AskError("A dispute needs at least one option and one player.")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise AskError(f"Two players are called {twice!r}: rename one.")
    held = [option for player in conflict.players for option in player.options]
    for option in held:
        if not 0 <= option < count:
            raise AskError(f"A player holds option {option}; the options are 0 to {count - 1}.")
        if held.count(option) > 1:
            raise AskError(f"Option {conflict.options[option].name!r} is held twice.")
    if len(held) < count:
        left = next(o.name for place, o in enumerate(conflict.options) if place not in held)
        raise AskError(f"Nobody holds option {left!r}: give it to a player or remove it.")
    patterns = [*conflict.infeasible, *conflict.merged]
    for player in conflict.players:
        patterns += player.disbelieves
        patterns += [pattern for statement in player.statements for pattern in statement]
    for pattern in patterns:
        _check_pattern(pattern, count)


def _check_pattern(pattern: Pattern, count: int) -> None:
    for option, answer in pattern:
        if not 0 <= option < count:
            raise AskError(f"A pattern names option {option}; the options are 0 to {count - 1}.")
        if (option, not answer) in pattern:
            raise AskError(f"A pattern wants option {option} both taken and left: drop one.")


def _check_rankings(conflict: Conflict) -> None:
    for player in conflict.players:
        if player.ranking is None:
            continue
        listed = [state for group in player.ranking for state in group]
        wrong = [state for state in listed if not 0 <= state < conflict.count]
        if wrong:
            raise AskError(
                f"The ranking of {player.name} names state {wrong[0] + 1}; there are "
                f"{conflict.count:,} states."
            )
        twice = [state for state in set(listed) if listed.count(state) > 1]
        if twice:
            raise AskError(
                f"The ranking of {player.name} contradicts itself: state {min(twice) + 1} stands twice."
            )
        if len(listed) < conflict.count:
            left = min(set(range(conflict.count)) - set(listed))
            raise AskError(f"The ranking of {player.name} leaves out state {left + 1}.")
