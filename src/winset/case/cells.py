"""Files of a case as located text: bytes to lines, lines to cells, nothing guessed.

A table is read one line at a time, so that damage stays in its line: no cell may hold a line
break.  Every cell is a string; numbers are made of it where they are needed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from winset.case.columns import Layout
from winset.case.findings import Findings
from winset.case.model import At
from winset.errors import nearest, shown

LARGEST_FILE = 32_000_000
LONGEST_LINE = 100_000
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: text by column (blank where the column is absent) and its place."""

    at: At
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_text(folder: Path, name: str, findings: Findings) -> str | None:
    """Text of one file of the folder, without byte-order mark; None where it cannot be read."""
    raw = read_raw(folder, name, findings)
    return None if raw is None else _decoded(raw, name, findings)


def read_raw(folder: Path, name: str, findings: Findings) -> bytes | None:
    """Bytes of one file of the folder; None where it cannot be read."""
    path, at = folder / name, At(name, 1)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            findings.add(
                "E004",
                at,
                "the file is a link out of the case folder",
                do="Copy the file into the folder",
            )
            return None
        size = path.stat().st_size
        if size > LARGEST_FILE:
            findings.add("E003", at, f"{size:,} bytes", allowed=f"up to {LARGEST_FILE:,} bytes")
            return None
        return path.read_bytes()
    except OSError as error:
        findings.add(
            "E001",
            at,
            f"cannot be read ({error.strerror or error})",
            do="Check that the file exists and may be read",
        )
        return None


def _decoded(raw: bytes, name: str, findings: Findings) -> str | None:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        findings.add("E002", At(name, 1), "UTF-16 text", allowed="UTF-8", do="Save as UTF-8")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(raw[: error.start])
        byte = raw[error.start]
        guess = bytes([byte]).decode("cp1252", errors="replace")
        found = f"byte 0x{byte:02x} is not UTF-8 (in Windows-1252 it would be {guess!r})"
        findings.add("E002", At(name, line), found, allowed="UTF-8", do="Save as UTF-8")
        return None
    if "\0" in text:
        line = _line_of(text[: text.index("\0")].encode("utf-8"))
        findings.add(
            "E002", At(name, line), "a NUL character", allowed="text", do="Remove the character"
        )
        return None
    return text


def _line_of(before: bytes) -> int:
    return 1 + len(re.findall(rb"\r\n|\n|\r", before))


def read_table(text: str, name: str, layout: Layout, findings: Findings) -> tuple[Row, ...]:
    """Rows of one table; every fault of form is reported and its row left out."""
    lines = _lines(text, name, findings)
    header = next(lines, None)
    if header is None:
        findings.add(
            "E010",
            At(name, 1),
            "no header row",
            allowed=",".join(layout.columns),
            do="Write the column names in the first line, or remove the file",
        )
        return ()
    at, cells = header
    columns = [cell.strip() for cell in cells]
    if not _header_fits(at, columns, layout, findings):
        return ()
    rows = []
    for row_at, row_cells in lines:
        row = _row(row_at, [cell.strip() for cell in row_cells], columns, findings)
        if row is not None:
            rows.append(row)
    return _once(rows, layout, findings)


def _lines(text: str, name: str, findings: Findings) -> Iterator[tuple[At, list[str]]]:
    for count, line in enumerate(_NEWLINE.split(text), start=1):
        at = At(name, count)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) > LONGEST_LINE:
            found = f"a line of {len(line):,} characters"
            findings.add("E003", at, found, allowed=f"up to {LONGEST_LINE:,} characters")
            continue
        cells = _split(line)
        if cells is None:
            findings.add(
                "E014",
                at,
                f"quotes do not match in {shown(line)}",
                allowed="cells without line breaks, quotes in pairs",
                do="Close the quote in the same line; replace a line break in a cell by a space",
            )
        elif any(cell.strip() for cell in cells):
            yield at, cells


def _split(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def _header_fits(at: At, columns: list[str], layout: Layout, findings: Findings) -> bool:
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(columns) == 1 and mark in columns[0]:
            findings.add(
                "E011",
                at,
                f"cells separated by {word}",
                allowed="commas",
                do="Save as CSV with commas and decimal points",
            )
            return False
    fits = True
    for column in dict.fromkeys(columns):
        if columns.count(column) > 1:
            findings.add("E012", at, f"column {shown(column)} twice", do="Remove one")
            fits = False
        if column not in layout.columns and not layout.free:
            findings.unknown("E012", at, "column", column, layout.columns, do="Rename or remove it")
            fits = False
    for column in layout.required:
        if column not in columns:
            close = nearest(column, [one for one in columns if one not in layout.columns])
            findings.add(
                "E012",
                at,
                f"column {column!r} is missing",
                allowed=",".join(layout.columns),
                near="".join(close),
                do="Add the column",
            )
            fits = False
    return fits


def _row(at: At, cells: list[str], columns: list[str], findings: Findings) -> Row | None:
    if cells == columns:
        findings.add("E015", at, "the header once more", do="Remove the line")
        return None
    if len(cells) != len(columns):
        few = "too few" if len(cells) < len(columns) else "too many"
        do = "Put commas in quotes, write decimal points, fill up blank cells at the end"
        if len(cells) == 1 and ";" in cells[0]:
            do = "Separate the cells by commas, not semicolons"
        found = f"{len(cells)} cells, {few}: {shown(','.join(cells))}"
        findings.add("E013", at, found, allowed=f"{len(columns)} cells", do=do)
        return None
    return Row(at, dict(zip(columns, cells, strict=True)))


def _once(rows: list[Row], layout: Layout, findings: Findings) -> tuple[Row, ...]:
    seen: dict[tuple[str, ...], At] = {}
    kept = []
    for row in rows:
        key = tuple(row[column] for column in layout.key)
        if key in seen:
            found = (
                f"{' '.join(part for part in key if part)} is there twice (first at {seen[key]})"
            )
            findings.add("E016", row.at, found, do="Remove or rename one of the two rows")
            continue
        seen[key] = row.at
        kept.append(row)
    return tuple(kept)
