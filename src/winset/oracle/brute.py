"""Plain Python on the engine's arrays: a judge, and every package of a small problem.

Written from the words of :mod:`winset.engine.layout` and slow on purpose: no compiled code, no
bounds, no shortcuts beyond leaving out rungs that are shut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod
from typing import Any, TypeVar

from numpy.typing import NDArray

from winset.engine.layout import Problem
from winset.errors import LimitError

MOST_PACKAGES = 200_000
Levels = tuple[int, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one world says of one package."""

    accepted: bool
    slack: tuple[int, ...]
    """[row] in the row's own units, asleep or not."""
    violated: tuple[bool, ...]
    """[clause]"""
    shut: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The deepest package; among equals the one of least effort, then of the lowest levels."""

    levels: Levels
    depth: int
    effort: int


class Plain:
    """One world of a problem as Python integers."""

    def __init__(self, problem: Problem, world: int) -> None:
        st, v = problem.structure, problem.values
        self.first = _list(st.first)
        self.quo: Levels = tuple(_list(st.status_quo))
        self.tops = [b - a - 1 for a, b in pairwise(self.first)]
        self.depth = _list(v.depth[world])
        self.effort = _list(v.effort[world])
        self.closed = [bits != 0 for bits in _list(v.shut[world])]
        literals = list(
            zip(_list(st.lit_measure), _list(st.lit_level), _list(st.lit_at_least), strict=True)
        )
        self.clauses = _slices(literals, st.clause_start)
        self.clause_on = _list(v.clause_on[world])
        self.hard = _list(st.clause_hard)
        self.row_on = _list(v.row_on[world])
        self.constant = _list(v.constant[world])
        coef, pair = _list(v.coef[world]), _list(v.pair[world])
        entries = [
            (m, coef[at : at + self.tops[m] + 1])
            for m, at in zip(_list(st.row_measure), _list(st.coef_start), strict=True)
        ]
        self.entries = _slices(entries, st.row_start)
        terms = [
            (a, b, pair[at : at + (self.tops[a] + 1) * (self.tops[b] + 1)])
            for a, b, at in zip(
                _list(st.term_a), _list(st.term_b), _list(st.pair_start), strict=True
            )
        ]
        self.terms = _slices(terms, st.term_start)
        softs = list(zip(_list(st.soft_clause), _list(v.soft[world]), strict=True))
        self.softs = _slices(softs, st.soft_start)
        self.wake = _slices(_list(st.wake_measure), st.wake_start)
        self.owner = _list(st.row_owner)
        self.accept = _slices(_list(st.accept_owner), st.accept_start)
        self.totals = [_list(row) for row in v.total[world]] if v.total.shape[1] else []
        self.squares = dict(
            zip(_list(st.square_row), [_list(row) for row in v.square[world]], strict=True)
        )

    # One package.

    def sums(self, levels: Levels) -> list[int]:
        """Totals of the criteria that saturate."""
        return [
            sum(total[self.first[m] + level] for m, level in enumerate(levels))
            for total in self.totals
        ]

    def violations(self, levels: Levels) -> list[bool]:
        """Which clauses are on and have no true literal."""
        return [
            on and not any((levels[m] >= at) == above for m, at, above in clause)
            for on, clause in zip(self.clause_on, self.clauses, strict=True)
        ]

    def slack(self, row: int, levels: Levels, violated: list[bool]) -> int:
        """Left-hand side of a row."""
        value: int = self.constant[row]
        value += sum(coef[levels[m]] for m, coef in self.entries[row])
        value += sum(
            pair[levels[a] * (self.tops[b] + 1) + levels[b]] for a, b, pair in self.terms[row]
        )
        value -= sum(amount for clause, amount in self.softs[row] if violated[clause])
        if row in self.squares:
            for rate, now, before in zip(
                self.squares[row], self.sums(levels), self.sums(self.quo), strict=True
            ):
                value -= rate * (now * now - before * before)
        return value

    def asleep(self, row: int, levels: Levels) -> bool:
        """Whether nothing of a row's wake set has changed; an empty set never sleeps."""
        wake = self.wake[row]
        return bool(wake) and all(levels[m] == self.quo[m] for m in wake)

    def is_shut(self, levels: Levels) -> bool:
        """Whether some rung of the package is closed by itself."""
        return any(self.closed[self.first[m] + level] for m, level in enumerate(levels))

    def fails(self, row: int, levels: Levels, violated: list[bool]) -> bool:
        """Whether a row is on, awake and below 0."""
        if not self.row_on[row] or self.asleep(row, levels):
            return False
        return self.slack(row, levels, violated) < 0

    def accepts(self, levels: Levels) -> bool:
        """Whether the package is in the win-set."""
        if levels == self.quo:
            return True
        violated = self.violations(levels)
        if self.is_shut(levels) or any(
            hard and broken for hard, broken in zip(self.hard, violated, strict=True)
        ):
            return False
        refusing = set()
        for row, owner in enumerate(self.owner):
            if owner not in refusing and self.fails(row, levels, violated):
                if owner < 0:
                    return False
                refusing.add(owner)
        return all(any(who not in refusing for who in group) for group in self.accept)

    def judge(self, levels: Levels) -> Judged:
        """Return everything about one package."""
        violated = self.violations(levels)
        slack = tuple(self.slack(row, levels, violated) for row in range(len(self.owner)))
        return Judged(self.accepts(levels), slack, tuple(violated), self.is_shut(levels))

    def worth(self, levels: Levels) -> tuple[int, int]:
        """Depth and effort."""
        slots = [self.first[m] + level for m, level in enumerate(levels)]
        return sum(self.depth[s] for s in slots), sum(self.effort[s] for s in slots)

    # All packages.

    def packages(self) -> Iterator[Levels]:
        """Yield packages without a shut rung, and the status quo.

        Raises
        ------
        LimitError
            More packages than can be tried.
        """
        ladders = [
            [
                level
                for level in range(top + 1)
                if not self.closed[self.first[m] + level] or level == self.quo[m]
            ]
            for m, top in enumerate(self.tops)
        ]
        count = prod(map(len, ladders))
        if count > MOST_PACKAGES:
            message = f"{count:,} packages are too many to try; at most {MOST_PACKAGES:,}."
            raise LimitError(message)
        yield from product(*ladders)

    def winset(self) -> list[Levels]:
        """Every accepted package."""
        return [levels for levels in self.packages() if self.accepts(levels)]


def deepest(
    winset: list[Levels], plain: Plain, *, force: tuple[int, int] | None = None
) -> Best | None:
    """Return the deepest of the accepted packages, with a measure at least at a level if asked."""
    least_measure, least_level = force or (0, 0)
    found = None
    for levels in winset:
        if levels[least_measure] < least_level:
            continue
        depth, effort = plain.worth(levels)
        if found is None or (-depth, effort, levels) < (-found.depth, found.effort, found.levels):
            found = Best(levels, depth, effort)
    return found


def exists(winset: list[Levels], measure: int, level: int) -> bool:
    """Whether some accepted package has the measure at the level or above."""
    return any(levels[measure] >= level for levels in winset)


def alone(plain: Plain, measure: int, level: int) -> bool:
    """Whether the measure at exactly this level, all else at the status quo, is accepted."""
    levels = tuple(level if m == measure else quo for m, quo in enumerate(plain.quo))
    return plain.accepts(levels)


def _list(array: NDArray[Any]) -> list[Any]:
    return list(array.tolist())


def _slices(items: list[_T], starts: NDArray[Any]) -> list[list[_T]]:
    edges = _list(starts)
    return [items[a:b] for a, b in pairwise(edges)]
