"""Who cooperates and what they could do together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from winset.case.model.base import At, Basis, Kind, Named, Scale, Value
from winset.case.model.condition import Condition


@dataclass(frozen=True, slots=True)
class Party:
    """One of those that cooperate: a state, a firm, a hospital."""

    id: str
    words: Named
    accepts: Condition
    """Monotone condition over :class:`Consents`: whose consent the party needs."""
    accepts_text: str
    scope: tuple[str, str] | None
    """Parameters that hold ideal scope and tolerance (levels 1 to 4); none for no limit."""
    at: At


@dataclass(frozen=True, slots=True)
class Constituency:
    """A domestic actor inside a party, and what its consent is needed for."""

    id: str
    party: str
    words: Named
    kind: Kind
    asked_for: frozenset[str]
    """Rungs (ids) for which its consent is needed."""
    asked_text: str
    durability: frozenset[str]
    """Rungs that last only with its backing; never a limit in ``reach``."""
    threshold: Value
    salience: float
    hosts: tuple[tuple[str, frozenset[str]], ...]
    """For lobbies: whose value it shifts, and the measures on which."""
    basis: Basis
    refs: tuple[str, ...]
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something a constituency may care about, and what its gains and losses scale with."""

    id: str
    words: Named
    meaning: str
    gain: Scale
    loss: Scale
    loss_except: Mapping[str, Scale]
    """Domains in which losses scale with something else."""
    shared: bool
    basis: Basis
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of a measure."""

    id: str
    measure: str
    level: int
    words: Named
    status_quo: bool
    benefit: Value
    exposure: Value
    scope: Value
    heat: Value
    basis: Basis
    refs: tuple[str, ...]
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that could be done together, in ordered levels."""

    id: str
    domain: str
    words: Named
    participants: tuple[str, ...]
    rungs: tuple[Rung, ...]
    """Levels 1 to top, in order; level 0 is absence."""
    depth_weight: float
    alternatives: bool
    down: bool
    effort: Value
    lag: Value
    trust: Value
    note: str
    basis: Basis
    refs: tuple[str, ...]
    at: At

    @property
    def status_quo(self) -> int:
        """Level already in place."""
        return max((rung.level for rung in self.rungs if rung.status_quo), default=0)


@dataclass(frozen=True, slots=True)
class Group:
    """Measures shown together in the ladder, in order."""

    id: str
    title: str
    """A phrase that stands in a sentence, "far on ...", and after a colon a caption."""
    role: Literal["core", "carrier", "beyond"]
    measures: tuple[str, ...]
