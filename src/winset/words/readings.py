"""A result under each reading of a disputed question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.phrases import capital, join_names, share_phrase


@dataclass(frozen=True, slots=True)
class Side:
    """One reading of a disputed question and what it gives."""

    label: str
    authors: tuple[str, ...]
    share: float
    worlds: int


def two_readings(rung: str, sides: Sequence[Side]) -> str:
    """Give the same result under each reading (pattern L5); sides keep the order of the case.

    That authors disagree is said only where two sides have authors and share none.
    """
    if not sides:
        return "The disputed readings do not change this."
    parts = []
    for place, side in enumerate(sides):
        authors = f" (as {join_names([*side.authors])})" if side.authors else ""
        share = share_phrase(side.share, side.worlds, first=place == 0)
        reading = "the reading " if place == 0 else ""
        parts.append(f"{share} on {reading}“{side.label}”{authors}")
    told = f"{capital(rung)}: open {'; '.join(parts)}."
    held = [set(side.authors) for side in sides if side.authors]
    if any(one.isdisjoint(other) for one in held for other in held):
        return f"{told} The authors named disagree."
    if len(held) == len(sides) and all(one == held[0] for one in held):
        return f"{told} The same text allows both."
    return f"{told} Each reading is shown."
