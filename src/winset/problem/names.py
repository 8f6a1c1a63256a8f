"""Which words the rows, clauses and slots of a problem stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.engine.layout import Problem

RowKind = Literal["floor", "package", "ceiling", "scope", "prerequisite"]
ClauseKind = Literal["prerequisite", "conflict", "red line", "helps"]


@dataclass(frozen=True, slots=True)
class RowName:
    """What one row of the problem says."""

    kind: RowKind
    constituency: str
    """Whose limit it is; empty for structure."""
    measure: str
    """The measure it binds; empty for a package row."""
    level: int
    """The one level it binds (stepwise ladders); 0 for all."""
    source: str
    """Rule, ceiling or party it comes from; empty for consent."""


@dataclass(frozen=True, slots=True)
class ClauseName:
    """What one clause of the problem says."""

    kind: ClauseKind
    source: str
    rung: str


@dataclass(frozen=True)
class Names:
    """The words behind a problem's indices."""

    measures: tuple[str, ...]
    owners: tuple[str, ...]
    slots: tuple[str, ...]
    """Rung of each slot; empty at level 0."""
    rows: tuple[RowName, ...]
    row_scale: NDArray[np.int64]
    """[row] units of the row in one millionth of a point."""
    clauses: tuple[ClauseName, ...]
    shut_bits: tuple[str, ...]


@dataclass(frozen=True)
class Compiled:
    """A block of worlds as integers, and the words to read it with."""

    problem: Problem
    names: Names
    start: int
    stop: int
