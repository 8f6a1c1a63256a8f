"""A list of problems in the making, and what each of their numbers means."""

from __future__ import annotations

from collections.abc import Iterable

from winset.case.model import At
from winset.errors import CaseError, Problem, nearest

CATALOGUE: dict[str, str] = {
    "E001": "a file is missing or cannot be read",
    "E002": "a file is not UTF-8 text",
    "E003": "a file, a line or a cell is too large",
    "E004": "a path leads out of the case folder",
    "E005": "a file winset does not know",
    "E010": "a table is empty or has no header",
    "E011": "a table is not separated by commas",
    "E012": "a column is unknown, missing or there twice",
    "E013": "a row has too few or too many cells",
    "E014": "quotes in a line do not match",
    "E015": "the header is repeated inside a table",
    "E016": "a row is there twice",
    "E020": "YAML cannot be read",
    "E021": "a key is there twice",
    "E022": "a key is unknown",
    "E023": "a key is missing",
    "E024": "something else stands where a text, a number, a list or a mapping must be",
    "E030": "an id is malformed",
    "E031": "a name is unknown",
    "E032": "an id is there twice",
    "E040": "a number cannot be read",
    "E041": "low, mode and high are not in order",
    "E042": "a number is outside its bounds",
    "E043": "a word is not one of those allowed",
    "E044": "a needed cell is empty",
    "E045": "a value for something that does not exist",
    "E046": "a computed value names no model, or one that does not exist",
    "E050": "a condition cannot be read",
    "E051": "a party rule is not monotone",
    "E052": "a rule names nobody",
    "E053": "a selector names nothing",
    "E060": "a change cannot be read",
    "E061": "a change cannot be applied",
    "E070": "the rungs of a ladder are not 1, 2, 3 ...",
    "E071": "prerequisites run in a circle",
    "E072": "no change is feasible",
    "E073": "nothing can be asked for",
    "E080": "the format of the folder is not known",
    "E081": "a flight that no ballistic path can have",
    "E082": "a day or month that cannot be read, or lies outside the calendar",
    "E090": "a file is no log",
    "E091": "a seal of a log does not fit: something above it was changed",
    "E092": "a line of an evaluation that a log keeps for itself",
    "E093": "a rung comes to a stage that cannot follow the one before",
    "E094": "XML cannot be read",
    "E095": "XML declares a document type or an entity",
    "W101": "a red line can never lift",
    "W102": "nothing is uncertain",
    "W104": "shares fall along a ladder",
    "W105": "a measure is in no group of the ladder",
    "W106": "a log was cut off after its last whole entry",
    "W201": "a value claims a source and names none",
    "W202": "a reference resolves to no paragraph",
    "W203": "nothing reads a parameter",
    "W204": "nothing reads a lever",
    "W205": "a consent is never needed",
    "W206": "an override is weaker than the value it replaces",
    "W207": "a label is missing or longer than 16 characters",
    "W208": "a name or phrase is missing",
    "W209": "text is read but not modelled",
    "W210": "a parameter is kept for later questions",
}
"""Meaning of every problem id: E stops a case, W1xx is said always, W2xx under ``--strict``."""


class Findings:
    """Problems collected while a folder is read, so that all are reported at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(
        self, rule: str, at: At, found: str, *, allowed: str = "", near: str = "", do: str = ""
    ) -> None:
        """Record one problem."""
        if rule not in CATALOGUE:
            message = f"problem id {rule} is not in the catalogue"
            raise LookupError(message)
        self._problems.append(Problem(rule, at, found, allowed, near, do))

    def unknown(
        self, rule: str, at: At, what: str, word: str, names: Iterable[str], *, do: str = ""
    ) -> None:
        """Record a name that is not among those there are."""
        # who has that many problems needs no names for each of them
        pool = sorted(set(names)) if len(self._problems) < _SEARCHED else ["the names in use"]
        allowed = ", ".join(pool[:_LISTED]) + (" ..." if len(pool) > _LISTED else "")
        close = nearest(word, pool)
        found = f"unknown {what} {word[:_LONGEST]!r}"
        self.add(rule, at, found, allowed=allowed or "nothing", near="".join(close), do=do)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, once each, ordered by file, line and rule."""
        each = dict.fromkeys(self._problems)
        return tuple(sorted(each, key=lambda one: (one.at.file, one.at.line, one.id)))

    @property
    def count(self) -> int:
        """How many problems were recorded so far."""
        return len(self._problems)

    @property
    def failed(self) -> bool:
        """Whether an error is among them."""
        return any(problem.is_error for problem in self._problems)

    def stop(self) -> None:
        """Raise everything found so far, if an error is among it."""
        if self.failed:
            raise CaseError(self.problems)


_LISTED = 12
_SEARCHED = 200
_LONGEST = 60
