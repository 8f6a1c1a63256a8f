"""A bargain: parties who value every matter by itself, and the sum of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf, isfinite, prod

from winset.errors import AskError, nearest

MOST_VALUES = 10_000
"""Values that one matter may have."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to be settled by one of a few values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What one party wants: utility is the sum over matters of weight times evaluation.

    Attributes
    ----------
    evaluations
        [matter][value]
    reservation
        Utility without an agreement; None where nothing is said.
    discount
        Factor by which utility shrinks over time in the file; kept, never used.
    """

    name: str
    weights: tuple[float, ...]
    evaluations: tuple[tuple[float, ...], ...]
    reservation: float | None = None
    discount: float = 1.0

    @property
    def most(self) -> float:
        """The most that any outcome gives."""
        return sum(w * max(row) for w, row in zip(self.weights, self.evaluations, strict=True))

    @property
    def least(self) -> float:
        """The least that any outcome gives."""
        return sum(w * min(row) for w, row in zip(self.weights, self.evaluations, strict=True))


@dataclass(frozen=True)
class Bargain:
    """Matters, and at least two parties with their profiles.

    Attributes
    ----------
    left_out
        What the files hold beyond that, one phrase each: named because it is not used.

    Raises
    ------
    AskError
        On making one: fewer than two parties, tables of another shape, numbers that are not finite,
        negative weights, or a reservation above all that a party can get.
    """

    name: str
    matters: tuple[Matter, ...]
    profiles: tuple[Profile, ...]
    left_out: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        problems = [*self._wrong()]
        if problems:
            raise AskError(f"{self.name} is no bargain: {'; '.join(problems)}.")

    def _wrong(self) -> list[str]:
        told = []
        if not self.matters:
            told.append("there is nothing to settle")
        if len(self.profiles) < 2:
            told.append(f"{len(self.profiles)} profiles, at least 2 are needed")
        if len({one.name for one in self.profiles}) < len(self.profiles):
            told.append("two parties have the same name")
        sizes = [len(one.values) for one in self.matters]
        for one in self.profiles:
            numbers = [*one.weights, *(value for row in one.evaluations for value in row)]
            if [len(row) for row in one.evaluations] != sizes or len(one.weights) != len(sizes):
                told.append(f"{one.name} does not value every value of every matter")
            elif not all(map(isfinite, numbers)):
                told.append(f"{one.name} has a utility or weight that is not finite")
            elif min(one.weights, default=0.0) < 0:
                told.append(f"{one.name} has a negative weight")
            elif one.reservation is not None and not -inf < one.reservation <= one.most:
                told.append(
                    f"the reservation of {one.name} is {one.reservation:g}, and no outcome gives more "
                    f"than {one.most:g}"
                )
        return told

    def only(self, names: Iterable[str]) -> Bargain:
        """Return the bargain between some of the parties, in the order named.

        Raises
        ------
        AskError
            There is no such party, or fewer than two are left.
        """
        known = {one.name: one for one in self.profiles}
        wanted = [*dict.fromkeys(names)]
        for name in wanted:
            if name not in known:
                raise AskError(
                    f"{self.name} has no party {name!r}; the parties are {', '.join(known)}.",
                    nearest=nearest(name, known),
                )
        return replace(self, profiles=tuple(known[name] for name in wanted))

    @property
    def outcomes(self) -> int:
        """How many outcomes there are."""
        return prod(len(one.values) for one in self.matters)

    @cached_property
    def hash(self) -> str:
        """First twelve digits of the SHA-256 of all that is used."""
        document = [
            [[one.name, *one.values] for one in self.matters],
            [
                [one.name, one.weights, one.evaluations, one.reservation, one.discount]
                for one in self.profiles
            ],
        ]
        return hashlib.sha256(json.dumps(document).encode()).hexdigest()[:12]
