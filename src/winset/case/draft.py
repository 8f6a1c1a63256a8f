"""What the readers of one folder share: names seen so far, ranges, and the list of problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from winset.case.cells import Row
from winset.case.findings import Findings
from winset.case.model import At, Basis, Named, Shape, Value
from winset.case.quantity import number, number_hint
from winset.case.spread import BASES, Spread
from winset.errors import shown

T = TypeVar("T")

ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
RESERVED = ("and", "or", "not", "of", "held", "all")
_CELLS = frozenset(("benefit", "exposure", "scope", "heat", "effort", "lag", "trust", "threshold"))
"""Numbers whose row's basis speaks of the rung, measure or constituency, not of the number:
assumed unless ``ranges.csv`` says what they rest on."""
_SHAPES: tuple[Shape, ...] = ("pert", "uniform", "ends", "exact")
_SLACK = 1e-9
UNSAID = "nothing written: the neutral value"
"""Note of a value whose cell was left blank."""


class Draft:
    """Names, ranges and problems of a folder that is being read."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.spread = Spread()
        self.names: dict[str, dict[str, At]] = {}
        self.unreadable: set[str] = set()
        """Kinds of names whose table could not be read: nothing is said about them."""
        self.ranges: dict[str, Row] = {}
        self.used_ranges: set[str] = set()
        self.addresses: dict[str, At] = {}
        self.sets: dict[str, tuple[str, ...]] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        """Measures by domain."""
        self.participants: dict[str, tuple[str, ...]] = {}
        self.tops: dict[str, int] = {}

    # names

    def register(self, kind: str, name: str, at: At) -> bool:
        """Note a name; False (and a problem) if it is malformed or taken."""
        seen = self.names.setdefault(kind, {})
        if not ID.fullmatch(name) or name in RESERVED:
            self.findings.add(
                "E030",
                at,
                f"{kind} {shown(name)}",
                allowed="a letter, then up to 63 letters, digits, _ and -; not "
                + ", ".join(RESERVED),
                do="Rename it",
            )
            return False
        if name in seen:
            self.findings.add(
                "E032", at, f"{kind} {name} twice (first at {seen[name]})", do="Rename one"
            )
            return False
        seen[name] = at
        return True

    def has(self, kind: str, name: str) -> bool:
        """Whether a name of this kind was registered."""
        return name in self.names.get(kind, {})

    def known(self, kind: str, name: str, at: At, *, role: str = "") -> bool:
        """Check a name; report it with its nearest neighbour where there is none such."""
        if self.has(kind, name):
            return True
        if kind not in self.unreadable:
            self.findings.unknown(
                "E031", at, role or kind, name, self.names.get(kind, {}), do="Correct the name"
            )
        return False

    def all_known(
        self, kind: str, names: Iterable[str], at: At, *, role: str = ""
    ) -> tuple[str, ...]:
        """Those of some names that exist; the others are reported."""
        return tuple(name for name in names if self.known(kind, name, at, role=role))

    def rung(self, name: str, at: At) -> bool:
        """Check a rung id such as ``D1.3``."""
        if self.has("rung", name) or "rung" in self.unreadable:
            return True
        measure, _, _ = name.rpartition(".")
        same = [rung for rung in self.names.get("rung", {}) if rung.startswith(measure + ".")]
        pool = same or self.names.get("rung", {})
        self.findings.unknown("E031", at, "rung", name, pool, do="Correct the name")
        return False

    # cells

    def words(self, row: Row, own: str) -> Named:
        """Label, name and phrase of a row; blanks fall back to the name, then to the id."""
        return named(row["label"], row["name"], row["phrase"], own)

    def basis(self, row: Row) -> Basis:
        """Basis of a row; blank is an assumption."""
        return self.basis_of(row["basis"], row.at)

    def basis_of(self, text: str, at: At) -> Basis:
        """Basis by its letter."""
        if text and text not in BASES:
            self.findings.unknown("E043", at, "basis", text, BASES)
        return text if text in BASES else "A"

    def choice(self, row: Row, column: str, allowed: tuple[str, ...], default: str = "") -> str:
        """One of several words; blank gives the default, if there is one."""
        text = row[column]
        if not text and default:
            return default
        if text not in allowed:
            self.findings.unknown("E043", row.at, f"{column}:", text, allowed)
            return default or allowed[0]
        return text

    def truth(self, row: Row, column: str) -> bool:
        """Return true or false; blank is false."""
        return self.choice(row, column, ("true", "false"), "false") == "true"

    def number(self, row: Row, column: str, default: float | None = None) -> float | None:
        """Return the number in a cell, the default where blank, None where unreadable."""
        text = row[column]
        if not text:
            if default is None:
                self.findings.add(
                    "E044", row.at, f"{column} is empty", allowed="a number", do="Fill it in"
                )
            return default
        value = number(text)
        if value is None:
            self.findings.add(
                "E040",
                row.at,
                f"{column} is {shown(text)}",
                allowed="a number",
                do=number_hint(text),
            )
        return value

    # values

    def table_value(self, row: Row, kind: str, *keys: str) -> Value:
        """Value of a row of a table that ends low, mode, high, shape, basis, refs, note."""
        address = "/".join((kind, *keys))
        return self._value(row, address, kind, ("low", "mode", "high"), None)

    def cell_value(self, row: Row, address: str, default: float | None = None) -> Value:
        """Value of a single column (named by the end of the address); its spread is the kind's."""
        column = address.rpartition("/")[2]
        if not row[column] and default is not None and address not in self.ranges:
            self.addresses[address] = row.at
            return Value(address, default, default, default, "exact", "A", (), UNSAID, row.at)
        return self._value(row, address, column, ("", column, ""), default)

    def threshold(self, row: Row, address: str) -> Value:
        """Threshold of a constituency."""
        columns = ("threshold_low", "threshold", "threshold_high")
        return self._value(row, address, "threshold", columns, None)

    def _value(
        self,
        row: Row,
        address: str,
        kind: str,
        columns: tuple[str, str, str],
        default: float | None,
    ) -> Value:
        self.addresses[address] = row.at
        exception = self.ranges.get(address)
        source = row if exception is None else exception
        if exception is not None:
            self.used_ranges.add(address)
            if not exception["mode"]:
                own = row[columns[1]]
                cells = {**exception.cells, "mode": own or str(default or 0.0)}
                source = Row(exception.at, cells)
            columns = ("low", "mode", "high")
        basis = "A" if kind in _CELLS and exception is None else self.basis(source)
        shape = cast("Shape", self.choice(source, "shape", _SHAPES, "pert"))
        low, mode, high = self._ends(source, kind, columns, basis, shape)
        refs = tuple(source["refs"].split()) or tuple(row["refs"].split())
        note = source["note"] or row["note"]
        value = Value(address, low, mode, high, shape, basis, refs, note, source.at)
        self._in_bounds(value, kind)
        return value

    def _ends(
        self, row: Row, kind: str, columns: tuple[str, str, str], basis: str, shape: Shape
    ) -> tuple[float, float, float]:
        given = [self._optional(row, column) for column in columns]
        low, mode, high = given
        if mode is None and low is not None and high is not None and not row[columns[1]]:
            mode = (low + high) / 2
        if mode is None:
            if not row[columns[1]]:
                self.number(row, columns[1])
            return 0.0, 0.0, 0.0
        if shape == "exact":
            if any(one is not None and one != mode for one in (low, high)):
                self.findings.add(
                    "E041", row.at, f"an exact value {mode:g} with a range", do="Blank low and high"
                )
            return mode, mode, mode
        least, most = self.spread.ends(kind, mode, basis)
        low = least if low is None else low
        high = most if high is None else high
        if not low <= mode <= high:
            self.findings.add(
                "E041",
                row.at,
                f"low {low:g}, {columns[1]} {mode:g}, high {high:g}",
                allowed="low <= mode <= high",
                do="Put them in order",
            )
            return mode, mode, mode
        return low, mode, high

    def _optional(self, row: Row, column: str) -> float | None:
        return self.number(row, column, None) if column and row[column] else None

    def _in_bounds(self, value: Value, kind: str) -> None:
        if kind not in self.spread.bounds:
            return
        least, most = self.spread.bounds[kind]
        for end in dict.fromkeys((value.low, value.mode, value.high)):
            if not least - _SLACK <= end <= most + _SLACK:
                self.findings.add(
                    "E042",
                    value.at,
                    f"{value.address} is {end:g}",
                    allowed=f"{least:g} to {most:g}",
                    do="Correct the number, or widen `bounds` in case.yaml",
                )

    def leftover_ranges(self) -> None:
        """Report rows of ranges.csv whose address no value has."""
        for address, row in self.ranges.items():
            if address not in self.used_ranges:
                self.findings.unknown(
                    "E045", row.at, "address", address, self.addresses, do="Correct the address"
                )


def named(label: str, name: str, phrase: str, own: str) -> Named:
    """Words of a thing; a blank falls back to the next more general one, at last to the id."""
    full = name or label or own
    return Named(label or own, full, phrase or full)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key under which D2 comes before D10."""
    parts = re.findall(r"\d+|\D+", text)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def by_id(items: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    """Items in natural order of a text."""
    return tuple(sorted(items, key=lambda item: natural(key(item))))
