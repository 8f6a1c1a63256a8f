"""The smallest sets of limits that must give where no limit alone opens a rung.

Every set that opens a rung meets every *core*: a set of limits that closes the rung while all
others are waived.  The smallest sets that meet all cores found so far are tried; one that does not
open the rung is enlarged as far as the rung stays closed, and what is left is a new core.  When
every smallest set that meets all cores opens the rung, these are all the smallest sets there are:
implicit hitting sets [davies2011]_.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import Bools, Unit, members_of, take
from winset.engine import exists, without
from winset.engine.layout import Problem

MOST = 3
"""Sets of more limits are not told apart."""
_ROUNDS = 400
_Set = frozenset[int]


@dataclass
class Smallest:
    """What was found for one rung in one world."""

    size: int = 0
    """Limits that must give together; ``MOST`` + 1: more, or none do; 0: not settled."""
    sets: tuple[tuple[int, ...], ...] = ()
    """Every set of that size that opens the rung: places of units, ascending."""


@dataclass
class _Search:
    """The state of one world."""

    cores: set[_Set]
    opens: dict[_Set, bool] = field(default_factory=dict)
    result: Smallest | None = None

    def next(self) -> _Set | None:
        """Return the set to be tried next; None where the world is done."""
        for size in range(1, MOST + 1):
            found = sorted(tuple(sorted(one)) for one in _hitting(self.cores, size))
            for one in found:
                if frozenset(one) not in self.opens:
                    return frozenset(one)
            if found:
                self.result = Smallest(size, tuple(found))
                return None
        self.result = Smallest(MOST + 1)
        return None


class Waiving:
    """One rung in some worlds, asked about with chosen limits waived in each of them."""

    def __init__(
        self, problem: Problem, units: Sequence[Unit], measure: int, level: int, nodes: int
    ) -> None:
        self._problem, self._target, self._nodes = problem, (measure, level), nodes
        self.units = len(units)
        self._rows, self._clauses = members_of(problem, units)

    def ask(self, worlds: NDArray[np.intp], waived: Bools) -> NDArray[np.int8]:
        """Return the verdict of each world with its [world, unit] limits waived."""
        part = take(self._problem, worlds)
        freed = without(part, rows=waived @ self._rows, clauses=waived @ self._clauses)
        measure, level = self._target
        return exists(freed, [measure], [level], node_limit=self._nodes)[:, 0]


def smallest(waiving: Waiving, worlds: NDArray[np.intp], closers: Bools) -> list[Smallest]:
    """Find, in each world, all smallest sets of limits that open the rung together.

    Parameters
    ----------
    waiving
        The rung.
    worlds
        Worlds in which it is closed.
    closers
        [world, unit] limits known to close it all by themselves: cores of one.

    Returns
    -------
    list of Smallest
        One a world; size 0 where a search gave up before a verdict.
    """
    everything = np.ones((worlds.size, waiving.units), dtype=bool)
    searches = {}
    told = [Smallest() for _ in range(worlds.size)]
    for place, verdict in enumerate(waiving.ask(worlds, everything).tolist()):
        if verdict == 1:
            searches[place] = _Search(
                {frozenset([i]) for i in np.flatnonzero(closers[place]).tolist()}
            )
        elif verdict == 0:
            told[place] = Smallest(MOST + 1)
    for _ in range(_ROUNDS):
        following = {place: search.next() for place, search in searches.items()}
        asked = {place: one for place, one in following.items() if one is not None}
        for place in [place for place in searches if place not in asked]:
            told[place] = searches.pop(place).result or Smallest()
        if not asked:
            break
        _try(waiving, worlds, searches, asked)
    return told


def _try(
    waiving: Waiving,
    worlds: NDArray[np.intp],
    searches: dict[int, _Search],
    asked: dict[int, _Set],
) -> None:
    """Waive one set in each world; where the rung stays closed, learn a core."""
    places = np.array([*asked], dtype=np.intp)
    waived = _mask(asked.values(), waiving.units)
    verdicts = waiving.ask(worlds[places], waived)
    for place in places[verdicts == 1].tolist():
        searches[place].opens[asked[place]] = True
    for place in places[verdicts == -1].tolist():
        del searches[place]
    closed = places[verdicts == 0]
    if closed.size == 0:
        return
    cores, settled = _enlarge(waiving, worlds[closed], waived[verdicts == 0])
    for place, core, known in zip(closed.tolist(), cores, settled.tolist(), strict=True):
        if known:
            searches[place].cores.add(core)
        else:
            del searches[place]


def _enlarge(
    waiving: Waiving, worlds: NDArray[np.intp], waived: Bools
) -> tuple[list[_Set], NDArray[np.bool_]]:
    """Waive more as long as the rung stays closed, in halves; what is left closes it alone."""
    settled = np.ones(worlds.size, dtype=bool)
    parts = [(0, waiving.units, np.arange(worlds.size))]
    while parts:
        start, stop, here = parts.pop()
        here = here[settled[here] & ~waived[here, start:stop].all(axis=1)]
        if here.size == 0:
            continue
        more = waived[here].copy()
        more[:, start:stop] = True
        verdicts = waiving.ask(worlds[here], more)
        settled[here[verdicts == -1]] = False
        waived[here[verdicts == 0]] = more[verdicts == 0]
        rest = here[verdicts == 1]
        if stop - start > 1:
            middle = (start + stop) // 2
            parts += [(middle, stop, rest), (start, middle, rest)]
    return [frozenset(np.flatnonzero(~row).tolist()) for row in waived], settled


def _mask(sets: Iterable[_Set], units: int) -> Bools:
    chosen = [*sets]
    mask = np.zeros((len(chosen), units), dtype=bool)
    for place, one in enumerate(chosen):
        mask[place, [*one]] = True
    return mask


def _hitting(cores: Iterable[_Set], size: int) -> set[_Set]:
    """Return every set of ``size`` members that meets all cores, where no smaller set does."""
    found: set[_Set] = set()
    stack: list[_Set] = [frozenset()]
    ordered = sorted(cores, key=lambda core: (len(core), sorted(core)))
    while stack:
        chosen = stack.pop()
        missed = next((core for core in ordered if not core & chosen), None)
        if missed is None:
            found.add(chosen)
        elif len(chosen) < size:
            stack += [chosen | {member} for member in missed]
    return found
