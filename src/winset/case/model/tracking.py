"""What has happened since the as-of date: evaluations, and the log that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from winset.case.model.base import At, Basis, Change, Value
from winset.case.model.values import Effect

if TYPE_CHECKING:
    from winset.case.model.case import Case

Stage = Literal["proposed", "acceptable", "blocked", "prepared", "executed", "evaluated", "ended"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""Where a rung stands, in the order of the loop; blocked and acceptable exclude each other."""


@dataclass(frozen=True, slots=True)
class Move:
    """A rung that came to a stage."""

    rung: str
    to: Stage
    by: tuple[str, ...]
    """Constituencies that made it so; empty where nobody is named."""
    note: str
    at: At


@dataclass(frozen=True, slots=True)
class Proficiency:
    """Practice that a drilled measure reached: a share of full proficiency, 0 to 1."""

    measure: str
    value: Value


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One entry of a log: what happened on a day, and what it showed.

    ``changes`` holds every fact that is a change of a number: trust events, states, and changes
    written out; ``=`` for what is known, ``+=`` for what came on top.
    """

    id: str
    date: str
    """Day, YYYY-MM-DD."""
    title: str
    place: str
    source: str
    """Where this is known from."""
    note: str
    basis: Basis
    """X, known from elsewhere, or A, an assumption; computed effects have C."""
    moves: tuple[Move, ...]
    proficiency: tuple[Proficiency, ...]
    effects: tuple[Effect, ...]
    """Effects that replace coded ones: computed (basis C), or known from elsewhere (X)."""
    changes: tuple[Change, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Entry:
    """An evaluation in its place in a log."""

    number: int
    evaluation: Evaluation
    hash: str
    """The seal: SHA-256 over the seal before it and the text of the entry."""


@dataclass(frozen=True)
class Log:
    """What has happened to a case, in the order in which it was written down."""

    entries: tuple[Entry, ...]
    unsealed: int
    """Bytes after the last whole entry that are no entry; 0 for a log that was not cut off."""
    file: str
    """Name of the file."""
    without: Case
    """The case without its log."""

    @property
    def by_date(self) -> tuple[Entry, ...]:
        """Entries in the order of their dates, and of writing within a day."""
        return tuple(sorted(self.entries, key=lambda one: (one.evaluation.date, one.number)))

    @property
    def last(self) -> str:
        """Date of the latest entry; empty for none."""
        return max((one.evaluation.date for one in self.entries), default="")
