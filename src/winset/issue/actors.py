"""A table of actors on one issue: who wants what, how much it minds, and how much it can do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import inf
from pathlib import Path

from winset.case.cells import Row, read_table, read_text
from winset.case.columns import Layout
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import number, number_hint
from winset.errors import AskError, nearest, shown

READY = ("emission",)
"""Bundled tables."""
MOST_ACTORS = 200
_NUMBERS = ("capability", "position", "salience")
_SAME = {"influence": "capability"}
"""Another common name of a column."""
_LAYOUT = Layout(
    (
        "actor",
        "description",
        *(f"{name}{end}" for name in _NUMBERS for end in ("", "_low", "_high")),
        "refs",
        "note",
    ),
    ("actor", *_NUMBERS),
    ("actor",),
)
_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class Range:
    """A number with its ends; all three alike where it is not uncertain."""

    low: float
    mode: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it has no width."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who wants an issue settled at a position.

    Attributes
    ----------
    capability
        What it can bring to bear, from 0; only ratios matter.
    position
        Where on the line it wants the issue settled.
    salience
        How much it minds, from 0 to 1.
    """

    name: str
    capability: Range
    position: Range
    salience: Range


@dataclass(frozen=True, slots=True)
class ActorTable:
    """The actors of one issue.

    Attributes
    ----------
    id
        Name of the table.
    actors
        In the order of the file.
    hash
        First twelve digits of the file's SHA-256.
    percent
        Whether salience was given on a scale to 100.
    """

    id: str
    actors: tuple[Actor, ...]
    hash: str
    percent: bool = False

    def spread(self, share: float) -> ActorTable:
        """Give every number without a range one of ``share`` to both sides: an assumption.

        The share is one of the line for a position, of 1 for a salience and of itself for a
        capability.

        Raises
        ------
        AskError
            The share is not between 0 and 1.
        """
        if not 0 <= share <= 1:
            raise AskError(f"A spread is a share from 0 to 1: {share:g} is not.")
        modes = [actor.position.mode for actor in self.actors]
        line = max(modes) - min(modes)
        return ActorTable(
            self.id,
            tuple(
                Actor(
                    one.name,
                    _widened(one.capability, share * one.capability.mode, 0.0, inf),
                    _widened(one.position, share * line, -inf, inf),
                    _widened(one.salience, share, 0.0, 1.0),
                )
                for one in self.actors
            ),
            self.hash,
            self.percent,
        )


def _widened(value: Range, by: float, least: float, most: float) -> Range:
    if not value.exact or by == 0:
        return value
    return Range(max(least, value.mode - by), value.mode, min(most, value.mode + by))


def read_actors(source: str | Path) -> ActorTable:
    """Read a table of actors: a file, or one of the ready tables by name.

    The columns are ``actor``, ``capability`` (or ``influence``), ``position`` and ``salience`` from
    0 to 1 or from 0 to 100; each number may have ``_low`` and ``_high`` beside it.  Upper and lower
    case are the same in the header.

    Raises
    ------
    CaseError
        Every problem of the file, with its line.
    AskError
        There is no such file and no ready table of that name.

    Examples
    --------
    >>> len(read_actors("emission").actors)
    10
    """
    path = Path(source)
    if str(source) in READY:
        text = (files("winset.issue") / "tables" / f"{source}.csv").read_text(encoding="utf-8")
        return _parse(text, f"{source}.csv", str(source), Findings())
    if not path.is_file():
        raise AskError(
            f"There is no file {str(source)!r}; ready tables: {', '.join(READY)}.",
            nearest=nearest(str(source), READY),
        )
    findings = Findings()
    found = read_text(path.parent, path.name, findings)
    findings.stop()
    return _parse(found or "", path.name, path.stem, findings)


def _parse(text: str, name: str, own: str, findings: Findings) -> ActorTable:
    rows = read_table(_plain_header(text), name, _LAYOUT, findings)
    findings.stop()
    percent = any((number(row["salience"]) or 0.0) > 1 for row in rows)
    actors = tuple(_actor(row, findings, percent=percent) for row in rows)
    if not findings.failed:
        _check(actors, name, findings)
    findings.stop()
    return ActorTable(own, actors, hashlib.sha256(text.encode()).hexdigest()[:12], percent)


def _plain_header(text: str) -> str:
    """Write the first line that is no comment in lower case, by the names used here."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            lower = line.lower()
            for other, name in _SAME.items():
                lower = lower.replace(other, name)
            lines[place] = lower
            break
    return "\n".join(lines)


def _actor(row: Row, findings: Findings, *, percent: bool) -> Actor:
    if not row["actor"]:
        findings.add("E044", row.at, "an actor without a name", do="Name it")
    most: Mapping[str, float] = {"salience": _PERCENT if percent else 1.0}
    least: Mapping[str, float] = {"salience": 0.0, "capability": 0.0}
    ranges = {
        name: _range(row, name, findings, least.get(name), most.get(name)) for name in _NUMBERS
    }
    if percent:
        mind = ranges["salience"]
        ranges["salience"] = Range(*(end / _PERCENT for end in (mind.low, mind.mode, mind.high)))
    return Actor(row["actor"], ranges["capability"], ranges["position"], ranges["salience"])


def _range(
    row: Row, name: str, findings: Findings, least: float | None, most: float | None
) -> Range:
    mode = _number(row, name, findings, needed=True)
    low = _number(row, f"{name}_low", findings)
    high = _number(row, f"{name}_high", findings)
    low, high = mode if low is None else low, mode if high is None else high
    if mode is None or low is None or high is None:
        return Range(0.0, 0.0, 0.0)
    if not low <= mode <= high:
        findings.add(
            "E041",
            row.at,
            f"{name} of {row['actor']}: {low:g}, {mode:g}, {high:g} are not in order",
            allowed="low, then the number, then high",
            do="Put the three numbers in order",
        )
    if (least is not None and low < least) or (most is not None and high > most):
        upper = "" if most is None else f" to {most:g}"
        findings.add(
            "E042",
            row.at,
            f"{name} of {row['actor']} is {mode:g}, from {low:g} to {high:g}",
            allowed=f"from {least:g}{upper}",
            do="Correct the number",
        )
    return Range(low, mode, high)


def _number(row: Row, column: str, findings: Findings, *, needed: bool = False) -> float | None:
    text = row[column]
    if not text:
        if needed:
            found = f"{column} of {row['actor']} is empty"
            findings.add("E044", row.at, found, allowed="a number", do="Fill the cell")
        return None
    value = number(text)
    if value is None:
        found = f"{column} of {row['actor']}: {shown(text)} is not a number"
        findings.add("E040", row.at, found, allowed="a finite number", do=number_hint(text))
    return value


def _check(actors: tuple[Actor, ...], name: str, findings: Findings) -> None:
    at = At(name, 1)
    if not 2 <= len(actors) <= MOST_ACTORS:
        findings.add(
            "E042",
            at,
            f"{len(actors)} actors",
            allowed=f"2 to {MOST_ACTORS}",
            do="Add actors, or merge those that want the same",
        )
    elif not any(one.capability.mode * one.salience.mode > 0 for one in actors):
        found = "nobody has both capability and salience: no position weighs anything"
        findings.add("E042", at, found, allowed="above 0 for somebody", do="Correct the numbers")
    elif len({one.position.mode for one in actors}) == 1:
        found = f"all actors want {actors[0].position.mode:g}: there is no issue between them"
        findings.add("E042", at, found, allowed="different positions", do="Correct the positions")
