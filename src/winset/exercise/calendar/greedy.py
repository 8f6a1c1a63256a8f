"""A calendar without a solver: the best next run, over and over; nothing about it is proven."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from winset.exercise.calendar.found import Found, pruned
from winset.exercise.calendar.program import Program

NOTHING = -1


def greedy(program: Program) -> tuple[Found, tuple[str, ...]]:
    """Fill the calendar run by run.

    What must be held comes first.  Then, as long as something is gained, the run is added that
    gains most, or put in place of a run of the same exercise in the same year.

    Returns
    -------
    tuple[Found, tuple[str, ...]]
        The calendar, and the names of constraints that it does not meet; none if all is well.
    """
    state = _State(program)
    for limit in program.limits:
        if limit.least is not None:
            _oblige(state, limit.cells, limit.least)
    while True:
        best = max(_moves(state), default=None)
        if best is None:
            break
        _, added, removed = best
        state.change(-added, removed)
    kept = pruned(program, state.held)
    unmet = dict.fromkeys(name for limit in program.broken(kept) for name in limit.names)
    return Found(kept, program.value(kept), None), tuple(unmet)


class _State:
    """Cells that are held, with the sum of every limit and term, kept up to date."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.held: set[int] = set()
        self._sums = [0] * len(program.limits)
        self._given = [0] * len(program.terms)
        self._limits: list[dict[int, int]] = [{} for _ in program.cells]
        self._terms: list[dict[int, int]] = [{} for _ in program.cells]
        for place, limit in enumerate(program.limits):
            for cell, weight in zip(limit.cells, limit.weights, strict=True):
                self._limits[cell][place] = weight
        for place, term in enumerate(program.terms):
            for cell, gives in zip(term.cells, term.gives, strict=True):
                self._terms[cell][place] = gives
        self.by_year: dict[tuple[str, int], list[int]] = {}
        for number, one in enumerate(program.cells):
            self.by_year.setdefault((one.drill, one.year), []).append(number)

    def change(self, added: int, removed: int) -> None:
        """Hold one cell, and no longer hold another."""
        for place, weight in self._difference(self._limits, added, removed):
            self._sums[place] += weight
        for place, gives in self._difference(self._terms, added, removed):
            self._given[place] += gives
        self.held.add(added)
        self.held.discard(removed)

    def gain(self, added: int, removed: int = NOTHING) -> int:
        """Return what a change is worth."""
        gain = 0
        for place, gives in self._difference(self._terms, added, removed):
            term, before = self.program.terms[place], self._given[place]
            gain += term.worth * (min(term.cap, before + gives) - min(term.cap, before))
        return gain

    def fits(self, added: int, removed: int = NOTHING) -> bool:
        """Whether a change breaks no limit, and undoes nothing that must be held."""
        for place, weight in self._difference(self._limits, added, removed):
            limit, after = self.program.limits[place], self._sums[place] + weight
            if limit.most is not None and weight > 0 and after > limit.most:
                return False
            if limit.least is not None and weight < 0 and after < limit.least:
                return False
        return True

    @staticmethod
    def _difference(
        rows: Sequence[dict[int, int]], added: int, removed: int
    ) -> Iterator[tuple[int, int]]:
        less = rows[removed] if removed != NOTHING else {}
        for place, amount in rows[added].items():
            yield place, amount - less.get(place, 0)
        for place, amount in less.items():
            if place not in rows[added]:
                yield place, -amount


def _oblige(state: _State, cells: Collection[int], least: int) -> None:
    """Hold as many of some cells as must be, the most valuable that fit."""
    for _ in range(least - len(state.held & set(cells))):
        fits = [one for one in cells if one not in state.held and state.fits(one)]
        if not fits:
            return
        state.change(max(fits, key=lambda one: (state.gain(one), -one)), NOTHING)


def _moves(state: _State) -> Iterator[tuple[int, int, int]]:
    """Yield what a move gains, the cell added as a negative number, and the one removed.

    The negative makes ties go to the cell that comes first.
    """
    for number, cell in enumerate(state.program.cells):
        if number in state.held:
            continue
        if (gain := state.gain(number)) > 0 and state.fits(number):
            yield gain, -number, NOTHING
            continue
        for other in state.by_year[cell.drill, cell.year]:
            if other in state.held:
                gain = state.gain(number, other)
                if gain > 0 and state.fits(number, other):
                    yield gain, -number, other
