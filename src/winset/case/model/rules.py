"""Rules over rungs, and the choices that a reader or a draw makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from winset.case.model.base import At, Basis, Change
from winset.case.model.condition import Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``conditions.csv``: a prerequisite, a conflict or a red line."""

    id: str
    kind: Literal["needs", "helps", "excludes", "refuses"]
    who: tuple[str, ...]
    rungs: tuple[str, ...]
    """Rungs it is about, lowest of each measure (a limit on 3 binds 3 and above)."""
    condition: Condition | None
    """None where the row is prose: read and kept, not modelled."""
    condition_text: str
    read_by: tuple[Literal["reach", "path", "tabletop"], ...]
    switch: str
    """``switches/ID=OPTION`` under which alone the row holds; empty for always."""
    says: str
    basis: Basis
    refs: tuple[str, ...]
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Option:
    """One side of a choice, with what it changes in the case."""

    id: str
    label: str
    says: str
    weight: float
    changes: tuple[Change, ...]
    authors: tuple[str, ...]
    basis: Basis
    refs: tuple[str, ...]
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Choice:
    """A switch (sampled reading), a lever (set by the user) or a party's leader type."""

    id: str
    kind: Literal["switch", "lever", "leader"]
    question: str
    options: tuple[Option, ...]
    default: str
    """Option that holds unless drawn (switch) or set (lever, leader)."""
    refs: tuple[str, ...]
    at: At
    times: str = ""
    """Parameter that multiplies what its options add or subtract; empty for none."""

    @property
    def address(self) -> str:
        """``switches/ID``, ``levers/ID`` or ``leaders/PARTY``."""
        plural = {"switch": "switches", "lever": "levers", "leader": "leaders"}[self.kind]
        return f"{plural}/{self.id}"
