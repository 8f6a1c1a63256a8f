"""What every noun of a case is made of: places, words, numbers, changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["S", "I", "A", "X", "C"]
"""Stated in a source, inferred, assumed, outside knowledge, computed."""

Kind = Literal[
    "executive",
    "implementer",
    "majority",
    "conditional",
    "soft",
    "lobby",
    "amplifier",
    "spoiler",
    "process",
]
Shape = Literal["pert", "uniform", "ends", "exact"]
Scale = Literal["benefit", "exposure", "heat"]


@dataclass(frozen=True, slots=True)
class At:
    """Where something was written: a file of the case folder and a line in it."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Value:
    """One uncertain number: its range, what it rests on and where it was written."""

    address: str
    low: float
    mode: float
    high: float
    shape: Shape = "pert"
    basis: Basis = "A"
    refs: tuple[str, ...] = ()
    note: str = ""
    at: At = At("", 0)

    @property
    def exact(self) -> bool:
        """Whether the number is the same in every world."""
        return self.shape == "exact" or self.low == self.high


@dataclass(frozen=True, slots=True)
class Named:
    """What a reader sees of anything: at most 16 characters, a name, a form for sentences."""

    label: str
    name: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a case: ``address operator value``.

    ``address`` may hold ``*`` and ``@group``; ``operator`` is ``=``, ``+=``, ``-=`` or ``*=``;
    ``value`` is a quantity (``0.4`` or ``0.2..0.4..0.6``) or the name of an option or setting.
    """

    address: str
    operator: Literal["=", "+=", "-=", "*="]
    value: str
    at: At = At("", 0)

    def __str__(self) -> str:
        return f"{self.address} {self.operator} {self.value}"
