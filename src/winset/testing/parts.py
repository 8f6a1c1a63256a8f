"""Dice of the random cases: small numbers, choices and the tables made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeVar

from winset.case.draft import by_id
from winset.case.model import (
    At,
    Attitude,
    Constituency,
    Effect,
    Linkage,
    Measure,
    Named,
    Rung,
    Scale,
    Stance,
    Value,
    Weight,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
NOWHERE = At("", 0)


def named(name: str) -> Named:
    """Words of a thing that has only an id."""
    return Named(name, name, name)


def number(address: str, mode: float) -> Value:
    """Return a value that is the same in every world."""
    return Value(address, float(mode), float(mode), float(mode), "exact")


@dataclass
class Draw:
    """What Hypothesis draws, in the words of a case."""

    draw: Callable[[SearchStrategy[Any]], Any]
    uncertain: bool = False

    def whole(self, least: int, most: int) -> int:
        """Return a whole number between two."""
        from hypothesis import strategies as st

        return int(self.draw(st.integers(least, most)))

    def among(self, *choices: T) -> T:
        """Return one of several; the first is the simplest."""
        return choices[self.whole(0, len(choices) - 1)]

    def chance(self, one_in: int) -> bool:
        """Return true about once in so many times; false is the simplest."""
        return self.whole(0, one_in - 1) == one_in - 1

    def some(self, items: tuple[T, ...], least: int) -> tuple[T, ...]:
        """Return some of several things, in their order."""
        mask = [self.chance(2) for _ in items]
        chosen = tuple(item for item, taken in zip(items, mask, strict=True) if taken)
        return chosen if len(chosen) >= least else items[:least]

    def value(self, address: str, mode: float, bounds: tuple[float, float] | None) -> Value:
        """Return a value, with a range where the case is an uncertain one."""
        if not self.uncertain or self.chance(4):
            return number(address, mode)
        least, most = bounds or (-9.0, 9.0)
        half = 0.25 if bounds == (0.0, 1.0) else 1.0
        low, high = max(least, mode - half), min(most, mode + half)
        return Value(address, float(low), float(mode), float(high), "pert")

    def code(self, address: str) -> Value:
        """Return a value on the scale of codes, small and mostly not 0."""
        return self.value(address, self.among(1, -1, 2, -2, 0), (-3, 3))

    def weights(
        self, members: Sequence[Constituency], criteria: Sequence[str]
    ) -> tuple[Weight, ...]:
        """Weights: some of them blank."""
        return _sorted(
            Weight(one.id, criterion, self.code(f"weights/{one.id}/{criterion}"))
            for one in members
            for criterion in criteria
            if not self.chance(4)
        )

    def effects(
        self,
        measures: Sequence[Measure],
        parties: Sequence[str],
        criteria: Sequence[tuple[str, Scale, Scale, bool]],
    ) -> tuple[Effect, ...]:
        """Effects: shared criteria without a party, the others by party."""
        found = []
        for measure in measures:
            for criterion, _, _, shared in criteria:
                for party in ("",) if shared else parties:
                    if not self.chance(3):
                        address = f"effects/{measure.id}/{criterion}" + f"/{party}" * bool(party)
                        found.append(Effect(measure.id, criterion, party, self.code(address)))
        return _sorted(found)

    def stances(
        self, members: Sequence[Constituency], rungs: Sequence[Rung], measures: tuple[str, ...]
    ) -> tuple[Stance, ...]:
        """Stances on measures and on rungs, overriding or kept as evidence."""
        found: dict[tuple[str, str], Stance] = {}
        for _ in range(self.whole(0, 3)):
            who = self.among(*members).id
            rung_ids = tuple(rung.id for rung in rungs)
            target = self.among(*(measures if self.chance(2) else rung_ids))
            code = self.code(f"stances/{who}/{target}")
            kept = self.chance(3)
            found[who, target] = Stance(who, target, "evidence" if kept else "override", code)
        return _sorted(found.values())

    def linkages(
        self, measures: tuple[str, ...], members: Sequence[Constituency]
    ) -> tuple[Linkage, ...]:
        """Linkages for named constituencies or for the usual ones."""
        return _sorted(
            Linkage(
                a,
                b,
                self.some(tuple(one.id for one in members), 0) if self.chance(3) else (),
                self.code(f"linkages/{a}/{b}"),
            )
            for a, b in combinations(measures, 2)
            if self.chance(4)
        )

    def attitudes(self, measures: tuple[str, ...]) -> tuple[Attitude, ...]:
        """Attitudes of the one outsider."""
        return _sorted(
            Attitude("OUT", measure, self.code(f"attitudes/OUT/{measure}"))
            for measure in measures
            if not self.chance(3)
        )


_Row = TypeVar("_Row", Weight, Effect, Stance, Linkage, Attitude)


def _sorted(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    return by_id(rows, lambda row: row.value.address)
