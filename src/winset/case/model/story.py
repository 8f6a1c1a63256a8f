"""What happens around a cooperation, and the texts it is coded from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from winset.case.model.base import At, Basis, Named
from winset.case.model.condition import Condition


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who takes part, reacts or watches without being asked."""

    id: str
    words: Named
    role: str
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Shock:
    """Something that may happen."""

    id: str
    words: Named
    source: str
    """exogenous, endogenous, calendar or strategic."""
    says: str
    basis: Basis
    refs: tuple[str, ...]
    fields: Mapping[str, object]
    at: At


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of a programme."""

    quarter: int
    rung: str
    otherwise: str
    when: Condition | None
    when_text: str
    says: str
    basis: Basis
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Programme:
    """A source's own list of steps, in its order."""

    id: str
    words: Named
    source: str
    settings: Mapping[str, str]
    says: str
    barred: tuple[str, ...]
    steps: tuple[Step, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Source:
    """A text the case is coded from."""

    id: str
    author: str
    title: str
    date: str
    perspective: str
    reading: str
    """How the author is named in a sentence."""
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Evidence:
    """One paragraph: where it stands, the hash of its text and what it says in other words."""

    id: str
    source: str
    paragraph: int
    sha256: str
    part: Literal["core", "paratext"]
    says: str
    at: At
