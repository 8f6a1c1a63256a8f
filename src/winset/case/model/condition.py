"""Conditions: one language for rules, prerequisites, conflicts, red lines and gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RungAtLeast:
    """``D1.3``: measure D1 stands at rung 3 or above."""

    measure: str
    level: int


@dataclass(frozen=True, slots=True)
class Consents:
    """``consents(KR-VIC)``: the rung in question lies within this constituency's floor."""

    who: str


@dataclass(frozen=True, slots=True)
class Supports:
    """``support(KR-PUB)``: the rung in question is worth at least nothing to it."""

    who: str


@dataclass(frozen=True, slots=True)
class Compare:
    """``state(posture) >= convening``, ``threat(PRC) >= r1_level``: a comparison of state.

    ``subject`` is one of ``state`` (a lever), ``threat``, ``attitude``, ``parameter``.
    """

    subject: str
    name: str
    operator: Literal[">=", "<=", "="]
    value: str


@dataclass(frozen=True, slots=True)
class Flag:
    """``flag(jp_law)``: a yes-or-no fact of the case at its as-of date."""

    name: str


@dataclass(frozen=True, slots=True)
class Venue:
    """``venue(PIC)``: some place exists where all participants may work (by dated table)."""

    name: str


@dataclass(frozen=True, slots=True)
class Happened:
    """``shock(X4)``: the shock has happened (never so at the as-of date)."""

    shock: str


@dataclass(frozen=True, slots=True)
class Held:
    """``H2.2 held 2``: the rung has stood for so many quarters (time only)."""

    measure: str
    level: int
    quarters: int


@dataclass(frozen=True, slots=True)
class Not:
    """The condition must not hold."""

    item: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` of ``items``; ``and`` is all of them, ``or`` is one of them."""

    count: int
    items: tuple[Condition, ...]


Condition = (
    RungAtLeast | Consents | Supports | Compare | Flag | Venue | Happened | Held | Not | AtLeast
)
