"""A calendar without a solver: the best next run, over and over; nothing about it is proven."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from winset.exercise.calendar.found import Found, pruned
from winset.exercise.calendar.program import Program


def greedy(program: Program) -> tuple[Found, tuple[str, ...]]:
    """Fill the calendar run by run.

    What must be held comes first.  Then, as long as something is gained, the run is added that
    gains most, or put in place of a run of the same exercise in the same month or year.

    Returns
    -------
    tuple[Found, tuple[str, ...]]
        The calendar, and the names of constraints that it does not meet; none if all is well.
    """
    held: set[int] = set()
    for limit in program.limits:
        if limit.least is not None:
            _oblige(program, held, limit.cells, limit.least)
    while True:
        best = max(_moves(program, held), default=None)
        if best is None or best[0] <= 0:
            break
        _, added, removed = best
        held.discard(-removed)
        held.add(-added)
    kept = pruned(program, held)
    unmet = dict.fromkeys(name for limit in program.broken(kept) for name in limit.names)
    return Found(kept, program.value(kept), None), tuple(unmet)


def _oblige(program: Program, held: set[int], cells: Collection[int], least: int) -> None:
    """Hold as many of some cells as must be, the most valuable that fit."""
    missing = least - len(held & set(cells))
    for _ in range(missing):
        fits = [one for one in cells if one not in held and _fits(program, {*held, one})]
        if not fits:
            return
        held.add(max(fits, key=lambda one: (program.value({*held, one}), -one)))


def _moves(program: Program, held: set[int]) -> Iterator[tuple[int, int, int]]:
    """Yield what a move gains with the cell added and the one removed (1 for none), as negatives.

    Negatives make ties go to the cell that comes first.
    """
    value = program.value(held)
    for number, cell in enumerate(program.cells):
        if number in held:
            continue
        more = {*held, number}
        gain = program.value(more) - value
        if gain > 0 and _fits(program, more):
            yield gain, -number, 1
            continue
        for other in held:
            if program.cells[other].drill == cell.drill and program.cells[other].year == cell.year:
                swapped = more - {other}
                gain = program.value(swapped) - value
                if gain > 0 and _still(program, held, swapped):
                    yield gain, -number, -other


def _fits(program: Program, held: Collection[int]) -> bool:
    return all(limit.most is None for limit in program.broken(held))


def _still(program: Program, before: Collection[int], after: Collection[int]) -> bool:
    """Whether an exchange breaks nothing that was not broken."""
    old = set(program.broken(before))
    return all(limit in old for limit in program.broken(after))
