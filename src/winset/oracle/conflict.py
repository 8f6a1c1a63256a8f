"""Stability in disputes restated from the definitions, slowly and with sets.

Shares nothing with :mod:`winset.engine` or :mod:`winset.conflict` but the numbers that say what a
dispute is: which codes are feasible, who holds which options, and how each ranks the states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Plain:
    """A dispute as plain numbers.

    Attributes
    ----------
    state_of
        [code] state or -1.
    holds
        [player] options each holds, as bits.
    forward, back
        Options that can only be taken up, only be dropped.
    rank
        [player][state] larger is better.
    impossible
        [player] states each believes impossible.
    """

    state_of: Sequence[int]
    holds: Sequence[int]
    forward: int
    back: int
    rank: Sequence[Sequence[int]]
    impossible: Sequence[frozenset[int]]

    @property
    def states(self) -> range:
        """All states."""
        return range(max(self.state_of) + 1)

    def pairs(self, player: int, state: int) -> set[tuple[int, int]]:
        """Return the moves of a player as (code before, code after)."""
        found = set()
        for code, there in product(self._codes(state), range(len(self.state_of))):
            changed = code ^ there
            legal = (
                changed
                and not changed & ~self.holds[player]
                and not changed & self.forward & code
                and not changed & self.back & ~code
            )
            target = self.state_of[there]
            if legal and target >= 0 and not {state, target} & self.impossible[player]:
                found.add((code, there))
        return found

    def moves(self, player: int, state: int) -> set[int]:
        """States a player can move to."""
        return {self.state_of[there] for _, there in self.pairs(player, state)} - {state}

    def likes(self, player: int, there: int, here: int) -> bool:
        """Whether a player strictly prefers ``there``."""
        return self.rank[player][there] > self.rank[player][here]

    def _codes(self, state: int) -> list[int]:
        return [code for code, one in enumerate(self.state_of) if one == state]


@dataclass(frozen=True)
class Together(Plain):
    """A dispute in which some players move together, and only where all of them gain.

    Attributes
    ----------
    members
        [group] ranks of its members, each by state; ``rank`` is not read.
    """

    members: Sequence[Sequence[Sequence[int]]] = ()

    def likes(self, player: int, there: int, here: int) -> bool:
        """Whether all of a group strictly prefer ``there``."""
        return all(rank[there] > rank[here] for rank in self.members[player])


def together(plain: Plain, groups: Sequence[Sequence[int]]) -> Together:
    """Let the players of each group move together; what one believes impossible, all do."""
    return Together(
        plain.state_of,
        [sum(plain.holds[one] for one in group) for group in groups],
        plain.forward,
        plain.back,
        (),
        [frozenset().union(*(plain.impossible[one] for one in group)) for group in groups],
        [[plain.rank[one] for one in group] for group in groups],
    )


def answers(plain: Plain, player: int, start: int, answering: str, *, improving: bool) -> set[int]:
    """States to which the opponents of a player can lead: by walks, step by step."""
    others = [one for one in range(len(plain.holds)) if one != player]
    found: set[int] = set()
    seen: set[tuple[int, tuple[int, ...]]] = {(start, ())}
    todo: list[tuple[int, tuple[int, ...]]] = [(start, ())]
    while todo:
        state, moved = todo.pop()
        for one in others:
            if answering == "one-step" and moved:
                continue
            if answering == "once" and one in moved:
                continue
            if answering == "legal" and moved and moved[-1] == one:
                continue
            for target in plain.moves(one, state) - plain.impossible[player]:
                if state in plain.impossible[player]:
                    continue
                if improving and not plain.likes(one, target, state):
                    continue
                found.add(target)
                keep = (*moved, one) if answering == "once" else (one,)
                node = (target, tuple(sorted(keep)) if answering == "once" else keep)
                if node not in seen:
                    seen.add(node)
                    todo.append(node)
    return found


def stable(plain: Plain, player: int, state: int, concept: str, answering: str) -> bool:
    """Whether a state is stable for a player, word for word as defined."""
    if concept == "sim":
        return _simultaneous(plain, player, state, answering)
    better = {t for t in plain.moves(player, state) if plain.likes(player, t, state)}
    if concept == "nash":
        return not better
    improving = concept in {"seq", "sseq"}
    symmetric = concept in {"smr", "sseq"}

    def spoils(end: int) -> bool:
        if plain.likes(player, end, state):
            return False
        after = plain.moves(player, end) if symmetric else set()
        return not any(plain.likes(player, t, state) for t in after)

    return all(
        any(spoils(end) for end in answers(plain, player, t, answering, improving=improving))
        for t in better
    )


def _simultaneous(plain: Plain, player: int, state: int, answering: str) -> bool:
    others = [one for one in range(len(plain.holds)) if one != player]
    hidden = plain.impossible[player]
    for code, there in plain.pairs(player, state):
        if not plain.likes(player, plain.state_of[there], state):
            continue
        each = [
            [0]
            + [
                before ^ after
                for before, after in plain.pairs(one, state)
                if before == code
                and plain.likes(one, plain.state_of[after], state)
                and plain.state_of[after] not in hidden
            ]
            for one in others
        ]
        joint = [changes for changes in product(*each) if any(changes)]
        if answering == "one-step":
            joint = [changes for changes in joint if sum(map(bool, changes)) == 1]
        ends = {plain.state_of[there ^ sum(changes)] for changes in joint} - {-1} - hidden
        if not any(not plain.likes(player, end, state) for end in ends):
            return False
    return True
