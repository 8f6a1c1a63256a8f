"""Reading of single values of a regime: numbers in bounds, ranges, months, days, names, with their basis."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import cast

from winset.case.fields import Fields
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import Quantity, parse_quantity, written
from winset.case.strict_yaml import Node
from winset.errors import AskError, shown
from winset.exercise.calendar.regime import FORMS, YEAR, Form, Stated

BASES = ("S", "I", "A", "X")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
ASSUMED = "assumed"


class Part:
    """One mapping of a regime: each value is read once and noted with its basis and source."""

    def __init__(
        self,
        node: Node | None,
        what: str,
        findings: Findings,
        at: At,
        *,
        noted: list[Stated],
        bases: Part | None = None,
    ) -> None:
        self.fields = Fields(node, what, findings, at)
        self.what = what
        self.at = self.fields.at
        self.findings = findings
        self.noted = noted
        self.bases: dict[str, str] = dict(bases.bases) if bases else {}
        self.source: str = bases.source if bases else ""
        if "basis" in self.fields:
            self.bases |= {
                key: self._base(item, key) for key, item in self.fields.mapping("basis").items()
            }
        else:
            self.fields.node("basis")
        self.source = self.fields.text("source", self.source)

    def __contains__(self, key: str) -> bool:
        return key in self.fields

    def _base(self, node: Node, key: str) -> str:
        word = str(node.value) if isinstance(node.value, str) else ""
        if word not in BASES:
            self.findings.unknown("E043", node.at, f"basis of {key}:", word, BASES)
            return "A"
        return word

    def note(self, key: str, value: str) -> None:
        """Put down a value with what it rests on; assumed where nothing is said."""
        basis = self.bases.get(key, "A")
        source = self.source if basis != "A" else ASSUMED
        self.noted.append(Stated(f"{self.what}: {key}", value, basis, source))

    def noted_keys(self, known: Iterable[str]) -> None:
        """Report bases of values that do not exist."""
        pool = (*known,)
        for key in self.bases:
            if key not in pool:
                self.findings.unknown("E022", self.at, f"basis in {self.what} of", key, pool)

    def number(
        self, key: str, default: float | None, *, least: float = 0.0, most: float = 1e6
    ) -> float:
        """Return a number within bounds, and note it."""
        value = self.fields.number(key, default)
        if key in self.fields and not least <= value <= most:
            self._outside(key, f"{value:g}", least, most)
            value = max(least, min(value, most))
        self.note(key, f"{value:g}")
        return value

    def whole(self, key: str, default: int | None, *, least: int = 0, most: int = 1000) -> int:
        """Return a whole number within bounds, and note it."""
        value = self.fields.whole(key, default)
        if key in self.fields and not least <= value <= most:
            self._outside(key, f"{value}", least, most)
            value = max(least, min(value, most))
        self.note(key, f"{value}")
        return value

    def span(self, key: str, default: str, *, least: float = 0.0, most: float = 1.0) -> Quantity:
        """Return an uncertain number within bounds, and note it."""
        text = self.fields.text(key, default)
        fallback = parse_quantity(default)
        try:
            found = parse_quantity(text)
        except AskError as error:
            self.findings.add("E040", self.fields.where(key), f"{key}: {error}".rstrip("."))
            return fallback
        if found.low < least or found.high > most:
            self._outside(key, text, least, most)
            return fallback
        self.note(key, written(*found))
        return found

    def names(self, key: str, known: Collection[str], kind: str) -> tuple[str, ...]:
        """Return names that must exist."""
        found = []
        for name, at in self.fields.names(key):
            if name in known:
                found.append(name)
            else:
                self.findings.unknown("E031", at, kind, name, known)
        return tuple(dict.fromkeys(found))

    def forms(self, key: str, default: tuple[Form, ...]) -> frozenset[Form]:
        """Return forms an exercise can take."""
        if key not in self.fields:
            return frozenset(default)
        return frozenset(cast("tuple[Form, ...]", self.names(key, FORMS, "form")))

    def done(self) -> None:
        """Report every key nobody has asked for."""
        self.fields.done()

    def _outside(self, key: str, found: str, least: float, most: float) -> None:
        allowed = f"{least:g} or more" if most >= 1e6 else f"{least:g} to {most:g}"
        self.findings.add(
            "E042", self.fields.where(key), f"{key} of {self.what} is {found}", allowed=allowed
        )


def month(text: str, at: At, findings: Findings) -> date | None:
    """Read ``YYYY-MM`` as the first day of that month."""
    found = _MONTH.fullmatch(text)
    if found and 1 <= int(found[2]) <= YEAR:
        return date(int(found[1]), int(found[2]), 1)
    findings.add("E082", at, f"{shown(text)} is no month", allowed="YYYY-MM, say 2022-09")
    return None


def day(text: str, at: At, findings: Findings) -> date | None:
    """Read ``YYYY-MM-DD``."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    findings.add("E082", at, f"{shown(text)} is no day", allowed="YYYY-MM-DD, say 2022-11-08")
    return None


def each_year(text: str, at: At, findings: Findings, years: Iterable[int]) -> tuple[date, ...]:
    """Read ``MM-DD`` as that day of every year."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    try:
        if found:
            return tuple(date(year, int(found[1]), int(found[2])) for year in years)
    except ValueError:
        pass
    findings.add("E082", at, f"{shown(text)} is no day of a year", allowed="MM-DD, say 08-15")
    return ()
