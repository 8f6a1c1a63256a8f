"""A dispute as an analyst writes it down: who can do what, who wants what, what is contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from winset.case.model.base import At, Basis, Named, Value

Holding = tuple[tuple[str, bool], ...]
"""Options that must be taken (True) or left (False): ``(("curbs", True), ("settle", False))``."""


@dataclass(frozen=True, slots=True)
class DisputeOption:
    """Something one player may do or leave."""

    id: str
    player: str
    words: Named
    way: Literal["both", "forward", "back"]
    basis: Basis
    refs: tuple[str, ...]
    source: str
    at: At


@dataclass(frozen=True, slots=True)
class DisputeStatement:
    """Something one player wants; the lower its place, the more it weighs.

    It holds in a state that fits any of ``holds``.  ``reading`` is ``matter/side`` where it
    counts only in worlds in which that side of a contested matter is taken, else empty.
    """

    id: str
    player: str
    holds: tuple[Holding, ...]
    place: Value
    reading: str
    says: str
    source: str
    at: At


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """One reading of a contested matter: whose it is, and in which share of worlds it is taken."""

    id: str
    says: str
    held_by: str
    weight: float
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class DisputeReading:
    """A contested matter with its sides."""

    id: str
    says: str
    sides: tuple[DisputeSide, ...]
    at: At


@dataclass(frozen=True, slots=True)
class DisputeOutcome:
    """A kind of state that readers ask about."""

    id: str
    words: Named
    when: tuple[Holding, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute of a case: players, options, wants, contested matters."""

    title: str
    phrase: str
    players: Mapping[str, Named]
    options: tuple[DisputeOption, ...]
    infeasible: tuple[Holding, ...]
    merged: tuple[Holding, ...]
    status_quo: tuple[str, ...]
    """Options taken today."""
    outcomes: tuple[DisputeOutcome, ...]
    statements: tuple[DisputeStatement, ...]
    readings: tuple[DisputeReading, ...]
    at: At
