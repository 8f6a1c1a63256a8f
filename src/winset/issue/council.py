"""Read decisions of the European Union: positions, salience and outcomes, one issue a line.

The layout is that of the data set DEU III [arregui2022]_; whoever wants to score on it gets the file
from its archive.  It holds no capabilities: those come from a table of their own, or are alike.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.case.cells import read_table, read_text
from winset.case.columns import Layout
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import number, number_hint
from winset.errors import AskError, nearest, shown

Floats = NDArray[np.float64]
LEAST_ACTORS = 3
_NEEDED = ("isnr", "prnr", "out")
_SCALE = 100.0
"""Numbers outside 0 to 100, such as 999, stand for something missing."""
_TURN = 90
"""Years of two digits from here on are of the last century."""
_POWER = Layout(
    ("actor", "capability", "from", "to", "note"), ("actor", "capability"), ("actor", "from")
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One issue on which a decision was taken.

    Attributes
    ----------
    issue, proposal
        As numbered in the file.
    outcome, reference
        What came out, and what would have been without a decision (NaN where not known), 0 to 100.
    position, salience, capability
        [actor] salience from 0 to 1.
    """

    issue: str
    proposal: str
    outcome: float
    reference: float
    position: Floats
    salience: Floats
    capability: Floats


@dataclass(frozen=True, slots=True)
class Decisions:
    """All issues of a file that can be scored, and why others cannot."""

    id: str
    hash: str
    scored: tuple[Decision, ...]
    skipped: tuple[tuple[str, int, str], ...]
    """Issue, line and reason."""


@dataclass(frozen=True, slots=True)
class _Term:
    capability: float
    first: float
    last: float


Powers = Mapping[str, Sequence[_Term]]


def read_decisions(source: str | Path, *, power: str | Path | None = None) -> Decisions:
    """Read a file in the layout of DEU III, and capabilities from a table of their own.

    Parameters
    ----------
    source
        Semicolons or commas between cells; columns ``isnr``, ``prnr``, ``out``, ``rp``, and for
        every actor ``pXX`` (position) and ``sXX`` (salience), 0 to 100.
    power
        A table ``actor``, ``capability`` and, for what changed with time, ``from`` and ``to``
        (years); all actors alike without one.

    Raises
    ------
    AskError
        There is no such file.
    CaseError
        Every problem of the files, with file and line.
    """
    findings = Findings()
    text = _text(Path(source), findings)
    powers = {} if power is None else _powers(Path(power), findings)
    findings.stop()
    rows = _cells(text, Path(source).name, findings)
    findings.stop()
    reader = _Reader(Path(source).name, rows, powers if power is not None else None, findings)
    scored, skipped = reader.read()
    findings.stop()
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Decisions(Path(source).stem, digest, tuple(scored), tuple(skipped))


def _text(path: Path, findings: Findings) -> str:
    if not path.is_file():
        raise AskError(f"There is no file {str(path)!r}.")
    return read_text(path.parent, path.name, findings) or ""


def _cells(text: str, name: str, findings: Findings) -> list[list[str]]:
    mark = ";" if text.partition("\n")[0].count(";") > 0 else ","
    try:
        rows = [*csv.reader(io.StringIO(text), delimiter=mark, strict=True)]
    except csv.Error as error:
        findings.add("E014", At(name, 1), f"the table cannot be read ({error})", do="Save it again")
        return []
    rows = rows or [[]]
    header = [cell.strip().lower() for cell in rows[0]]
    for column in _NEEDED:
        if column not in header:
            close = nearest(column, header)
            found = f"column {column!r} is missing"
            findings.add(
                "E012",
                At(name, 1),
                found,
                allowed=", ".join((*_NEEDED, "rp", "finact", "intro", "pXX and sXX")),
                near="".join(close),
                do="Use the main table of DEU III, or name the columns as it does",
            )
    if not _codes(header):
        found = "no actor has a column of positions and one of salience"
        findings.add("E012", At(name, 1), found, allowed="pde and sde, pfr and sfr, ...", do="Add")
    return [header, *rows[1:]]


def _codes(header: Sequence[str]) -> list[str]:
    known = set(header)
    return [name[1:] for name in header if name[:1] == "p" and f"s{name[1:]}" in known]


def _powers(path: Path, findings: Findings) -> Powers:
    text = _text(path, findings)
    if findings.failed:
        return {}
    found: dict[str, list[_Term]] = {}
    for row in read_table(text, path.name, _POWER, findings):
        values = []
        for column, missing in (("capability", None), ("from", -np.inf), ("to", np.inf)):
            value = number(row[column]) if row[column] else missing
            if value is None:
                told = f"{column} of {row['actor']}: {shown(row[column])} is not a number"
                findings.add("E040", row.at, told, do=number_hint(row[column]))
            values.append(0.0 if value is None else float(value))
        if values[0] < 0:
            told = f"capability of {row['actor']} is {values[0]:g}"
            findings.add("E042", row.at, told, allowed="from 0", do="Correct the number")
        found.setdefault(row["actor"].lower(), []).append(_Term(*values))
    return found


class _Reader:
    def __init__(
        self, name: str, rows: list[list[str]], powers: Powers | None, findings: Findings
    ) -> None:
        self._name, self._powers, self._findings = name, powers, findings
        self._header, self._rows = rows[0], rows[1:]
        self._codes = _codes(self._header)
        self._told: set[tuple[str, int]] = set()

    def read(self) -> tuple[list[Decision], list[tuple[str, int, str]]]:
        scored, skipped = [], []
        for line, cells in enumerate(self._rows, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self._header):
                found = f"{len(cells)} cells"
                allowed = f"{len(self._header)} cells"
                self._findings.add(
                    "E013", At(self._name, line), found, allowed=allowed, do="Mend the row"
                )
                continue
            row = {name: cell.strip() for name, cell in zip(self._header, cells, strict=True)}
            found_one = self._decision(row, line)
            if isinstance(found_one, str):
                skipped.append((row["isnr"], line, found_one))
            else:
                scored.append(found_one)
        return scored, skipped

    def _decision(self, row: Mapping[str, str], line: int) -> Decision | str:
        outcome = self._number(row, "out", line)
        if outcome is None:
            return "no outcome"
        year = _year(row.get("finact", "")) or _year(row.get("intro", ""))
        found = []
        for code in self._codes:
            position = self._number(row, f"p{code}", line)
            salience = self._number(row, f"s{code}", line)
            if position is not None and salience is not None:
                found.append((position, salience / _SCALE, self._capability(code, year, line)))
        if len(found) < LEAST_ACTORS:
            return f"{len(found)} actors with position and salience, at least {LEAST_ACTORS} needed"
        position_, salience_, capability_ = np.array(found).T
        if not (salience_ * capability_).any():
            return "nobody with both capability and salience"
        if np.ptp(position_) == 0:
            return "all actors want the same"
        reference = self._number(row, "rp", line)
        return Decision(
            row["isnr"],
            row["prnr"],
            outcome,
            float("nan") if reference is None else reference,
            position_,
            salience_,
            capability_,
        )

    def _number(self, row: Mapping[str, str], column: str, line: int) -> float | None:
        text = row.get(column, "")
        if not text:
            return None
        value = number(text.replace(",", ".") if text.count(",") == 1 else text)
        if value is None:
            self._findings.add(
                "E040",
                At(self._name, line),
                f"{column}: {shown(text)} is not a number",
                allowed="0 to 100; empty or 999 where missing",
                do=number_hint(text),
            )
        return value if value is not None and 0.0 <= value <= _SCALE else None

    def _capability(self, code: str, year: int | None, line: int) -> float:
        if self._powers is None:
            return 1.0
        terms = self._powers.get(code, ())
        for term in terms:
            if year is None and len(terms) == 1:
                return term.capability
            if year is not None and term.first <= year <= term.last:
                return term.capability
        when = 0 if year is None else year
        if (code, when) not in self._told:
            self._told.add((code, when))
            self._findings.add(
                "E031",
                At(self._name, line),
                f"no capability for {code!r}" + (f" in {year}" if year else ", and no date"),
                allowed=", ".join(sorted(self._powers)) or "nothing",
                near="".join(nearest(code, self._powers)),
                do="Add a row to the table of capabilities",
            )
        return 0.0


def _year(date: str) -> int | None:
    """Return the year of ``DD-MM-YY`` or ``YYYY-MM-DD``."""
    parts = date.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        return int(parts[0])
    last = int(parts[2])
    return last if last >= 100 else last + (1900 if last >= _TURN else 2000)
