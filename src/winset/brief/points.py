"""What is drawn in a figure where position carries the value: one row a mark."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoomRow:
    """Depth in one domain, percent of its ladders."""

    label: str
    today: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A package on the way from certain to deep; ``label`` names those that are offered."""

    share: float
    """Worlds that accept it, of 100."""
    depth: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class PacePoint:
    """A pace: depth over time with its band, and worlds with a crisis, each of 100."""

    pace: float
    depth: float
    low: float
    high: float
    crisis: float
    crisis_low: float
    crisis_high: float
    among_best: bool
    end: float
    """Depth at the end."""


@dataclass(frozen=True, slots=True)
class PlanBar:
    """A step of a programme in time, in quarters; 0 for never."""

    rung: str
    label: str
    asked: int
    agreed: tuple[float, float] | None
    """Middle four fifths of worlds that agree."""
    effect: float
    """In effect, middle world."""
    lost: float
    """First lost, middle world, where many lose it."""
    cause: str
    stands: float
    """Share of worlds that have it in effect at the end."""
    share_lost: float


@dataclass(frozen=True, slots=True)
class PaceTick:
    """Where another programme's own distance between steps lies on the axis of paces."""

    label: str
    pace: float


@dataclass(frozen=True, slots=True)
class FanFlag:
    """An event of a quarter; ``label`` names what is held in all worlds, else it is of one world."""

    quarter: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class FanPoint:
    """A quarter: depth at the ends of two bands and in the middle, and in single worlds."""

    quarter: int
    bands: tuple[float, float, float, float, float]
    worlds: tuple[float, ...]
    typical: float
