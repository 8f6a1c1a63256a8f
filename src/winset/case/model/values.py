"""What is coded: weights, effects, stances, linkages, attitudes, parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from winset.case.model.base import Value


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a constituency cares about a criterion."""

    constituency: str
    criterion: str
    value: Value


@dataclass(frozen=True, slots=True)
class Effect:
    """What the top rung of a measure does to a criterion."""

    measure: str
    criterion: str
    party: str
    """Empty where the effect is the same for every party."""
    value: Value


@dataclass(frozen=True, slots=True)
class Stance:
    """A direct statement about a measure or rung."""

    constituency: str
    target: str
    """A measure (its top rung against absence) or a rung."""
    use: Literal["override", "evidence"]
    value: Value


@dataclass(frozen=True, slots=True)
class Linkage:
    """Two measures that are worth more, or less, together."""

    a: str
    b: str
    who: tuple[str, ...]
    """Constituencies it counts for; empty for the default of the model page."""
    value: Value


@dataclass(frozen=True, slots=True)
class Attitude:
    """How somebody outside takes a measure; used for reactions, not for consent."""

    outsider: str
    measure: str
    value: Value


@dataclass(frozen=True, slots=True)
class Election:
    """A date at which another type of government may take over in a party."""

    id: str
    party: str
    date: str
    """Day the winner takes office, YYYY-MM-DD."""
    value: Value
    """Share of cases, 0..1, in which the type of government changes."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the model itself."""

    id: str
    value: Value
    unit: str
    meaning: str
    read_by: tuple[str, ...]
    claims: tuple[str, ...]
    existence: str
