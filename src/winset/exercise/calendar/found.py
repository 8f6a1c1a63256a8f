"""What a search for a calendar comes back with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from winset.exercise.calendar.program import Program


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar, and how good any calendar could be.

    Attributes
    ----------
    held
        Numbers of the cells that are held.
    value
        What they are worth.
    bound
        No calendar is worth more; None where nothing is proven.
    """

    held: frozenset[int]
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Whether no calendar is worth more."""
        return self.bound is not None and self.bound <= self.value


def pruned(program: Program, held: Collection[int]) -> frozenset[int]:
    """Leave out every run that neither covers anything nor is needed, the latest first."""
    kept = set(held)
    value = program.value(kept)
    broken = len(program.broken(kept))
    for number in sorted(held, key=lambda one: (-program.cells[one].month, one)):
        fewer = kept - {number}
        if program.value(fewer) == value and len(program.broken(fewer)) <= broken:
            kept = fewer
    return frozenset(kept)
