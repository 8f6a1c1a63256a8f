"""Tables of an answer: NumPy columns with a documented schema, written in many forms.

Every table begins with its key.  Shares of worlds are fractions of one, with the ends of their
95 % Wilson interval in columns beside them.  A missing number is NaN, printed as nothing.
"""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.errors import AskError
from winset.output import writing

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Dtype = Literal["text", "int", "float", "bool"]
_DTYPES: Mapping[Dtype, type] = {
    "text": np.str_,
    "int": np.int64,
    "float": np.float64,
    "bool": np.bool_,
}
_DECIMALS = {"share": 2, "points": 2, "percent": 1}
_GAP = "  "
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One documented column.

    ``dtype`` is ``text``, ``int``, ``float`` or ``bool``; ``unit`` is ``share`` (of worlds),
    ``points``, ``percent``, ``worlds`` or empty.
    """

    name: str
    dtype: Dtype
    unit: str
    meaning: str


def interval_columns(
    name: str, meaning: str, low: str = "low", high: str = "high"
) -> tuple[Column, ...]:
    """Return the columns of a share with the ends of its 95 % interval."""
    return (
        Column(name, "float", "share", meaning),
        Column(low, "float", "share", f"Lower end of the 95 % Wilson interval of {name}."),
        Column(high, "float", "share", f"Upper end of the 95 % Wilson interval of {name}."),
    )


def quartile_columns(name: str, unit: str, meaning: str) -> tuple[Column, ...]:
    """Return the columns of a number's quartiles over worlds."""
    return (
        Column(f"{name}_p25", "float", unit, f"{meaning} A quarter of the worlds lie below."),
        Column(f"{name}_p50", "float", unit, f"{meaning} Middle world."),
        Column(f"{name}_p75", "float", unit, f"{meaning} A quarter of the worlds lie above."),
    )


@dataclass(frozen=True, slots=True)
class Schema:
    """What a table holds: its name, its question and its columns, the key first."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def table(self, columns: Mapping[str, ArrayLike]) -> Table:
        """Build a table from one array a column.

        Raises
        ------
        ValueError
            A column is missing or unknown, or the lengths differ.
        """
        wanted = [column.name for column in self.columns]
        if set(columns) != set(wanted):
            odd = sorted(set(columns) ^ set(wanted))
            raise ValueError(f"table {self.name}: missing or unknown columns {', '.join(odd)}")
        data: dict[str, NDArray[Any]] = {
            column.name: np.array(columns[column.name], dtype=_DTYPES[column.dtype])
            for column in self.columns
        }
        if len({array.shape for array in data.values()}) > 1:
            lengths = {name: array.shape for name, array in data.items()}
            raise ValueError(f"table {self.name}: columns differ in length: {lengths}")
        for array in data.values():
            array.flags.writeable = False
        return Table(self.name, self.columns, data, self.meaning)

    def from_rows(self, rows: Iterable[Sequence[object]]) -> Table:
        """Build a table from rows in the order of the columns."""
        listed = [*rows]
        return self.table(
            {
                column.name: np.array([row[place] for row in listed], dtype=_DTYPES[column.dtype])
                for place, column in enumerate(self.columns)
            }
        )


@dataclass(frozen=True)
class Table:
    r"""A table: documented columns over read-only NumPy arrays of equal length.

    Examples
    --------
    >>> schema = Schema(
    ...     "rungs",
    ...     "How open is each rung?",
    ...     (
    ...         Column("rung", "text", "", "Rung."),
    ...         Column("share_open", "float", "share", "Share of worlds."),
    ...     ),
    ... )
    >>> table = schema.from_rows([("D1.3", 0.83), ("D1.4", 0.07)])
    >>> print(table.text())
    rung  share_open
    D1.3        0.83
    D1.4        0.07
    >>> table.csv()
    'rung,share_open\nD1.3,0.83\nD1.4,0.07\n'
    """

    name: str
    columns: tuple[Column, ...]
    data: Mapping[str, NDArray[Any]]
    meaning: str = ""

    def __len__(self) -> int:
        return len(self.data[self.columns[0].name]) if self.columns else 0

    def __getitem__(self, column: str) -> NDArray[Any]:
        """Return one column as a read-only array."""
        if column not in self.data:
            known = ", ".join(self.data)
            raise AskError(f"Table {self.name} has no column {column!r}; its columns are {known}.")
        return self.data[column]

    def __str__(self) -> str:
        return self.text(rows=20)

    def _repr_html_(self) -> str:
        return self.html(rows=60)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as plain Python values by column; missing numbers are None."""
        plain = [_plain(column, self.data[column.name]) for column in self.columns]
        names = [column.name for column in self.columns]
        for values in zip(*plain, strict=True):
            yield dict(zip(names, values, strict=True))

    def where(self, **equal: object) -> Table:
        """Return the rows in which each named column equals the given value."""
        keep = np.ones(len(self), dtype=bool)
        for name, value in equal.items():
            keep &= self[name] == value
        data = {name: array[keep] for name, array in self.data.items()}
        return Table(self.name, self.columns, data, self.meaning)

    def text(self, *, width: int | None = None, rows: int | None = None) -> str:
        """Print the table in aligned columns.

        Parameters
        ----------
        width
            Characters a line may take; by default those of the terminal, and no limit where the
            output is not a terminal.  Long texts are cut with an ellipsis first; if that is not
            enough, the columns are printed in several blocks, each with the key.
        rows
            How many rows to print at most; the rest is counted.
        """
        if width is None and sys.stdout.isatty():
            width = shutil.get_terminal_size().columns
        shown = len(self) if rows is None else min(rows, len(self))
        cells = [self._cells(column, shown) for column in self.columns]
        if width is not None:
            _shorten(cells, self.columns, width)
        blocks = _blocks(cells, width)
        lines = ["\n".join(_lines([cells[i] for i in block], shown)) for block in blocks]
        if shown < len(self):
            lines.append(f"... {len(self) - shown:,} more rows")
        return "\n\n".join(lines) if len(blocks) > 1 else "\n".join(lines)

    def csv(self) -> str:
        """Write the table as CSV: header, LF, shortest exact numbers, nothing for missing."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        for row in self.rows():
            writer.writerow([_cell(value) for value in row.values()])
        return out.getvalue()

    def json(self, *, indent: int | None = None) -> str:
        """Write the table with its schema as JSON; the same table gives the same text."""
        return json.dumps(self.document(), ensure_ascii=False, allow_nan=False, indent=indent)

    def document(self) -> dict[str, Any]:
        """Return the table with its schema as plain Python objects."""
        columns = [
            {"name": c.name, "type": c.dtype, "unit": c.unit, "meaning": c.meaning}
            for c in self.columns
        ]
        return {
            "name": self.name,
            "meaning": self.meaning,
            "columns": columns,
            "rows": [[*row.values()] for row in self.rows()],
        }

    def html(self, *, rows: int | None = None) -> str:
        """Write the table as HTML: caption, header cells with their meaning, the key as row head."""
        shown = len(self) if rows is None else min(rows, len(self))
        caption = self.meaning if shown == len(self) else f"{self.meaning} First {shown} rows."
        heads = "".join(
            f'<th scope="col" title="{escape(c.meaning)}">{escape(c.name)}</th>'
            for c in self.columns
        )
        cells = [self._cells(column, shown)[1:] for column in self.columns]
        body = "".join(
            "<tr>"
            + "".join(_html_cell(c, cells, i, j) for i, c in enumerate(self.columns))
            + "</tr>\n"
            for j in range(shown)
        )
        return (
            f'<table class="winset" data-table="{escape(self.name)}">\n'
            f"<caption>{escape(caption)}</caption>\n"
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
        )

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a polars frame; missing numbers are null."""
        import polars as pl

        types = {"text": pl.String, "int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean}
        return pl.DataFrame(
            {
                column.name: pl.Series(
                    column.name,
                    _plain(column, self.data[column.name]),
                    dtype=types[column.dtype],
                )
                for column in self.columns
            }
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas frame (needs pandas, see the extra ``winset[pandas]``).

        Raises
        ------
        AskError
            pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise AskError(
                "pandas is not installed; add it with: pip install winset[pandas]"
            ) from error
        return pd.DataFrame(
            {
                c.name: self.data[c.name].astype(object) if c.dtype == "text" else self.data[c.name]
                for c in self.columns
            }
        )

    def to_parquet(self, path: str | Path) -> Path:
        """Write the table as a Parquet file, whole or not at all, and return its path.

        Raises
        ------
        OutputError
            The file cannot be written.
        """
        target = Path(path)
        with writing(target) as temporary:
            self.to_polars().write_parquet(temporary)
        return target

    def _cells(self, column: Column, shown: int) -> list[str]:
        values = _plain(column, self.data[column.name][:shown])
        return [column.name, *(_readable(value, column.unit) for value in values)]


def wilson(
    count: ArrayLike, n: ArrayLike, *, z: float = 1.959963984540054
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of the 95 % Wilson interval of a share.

    ``centre +- half`` with ``centre = (p + z^2/2n) / (1 + z^2/n)`` and
    ``half = z / (1 + z^2/n) * sqrt(p (1-p) / n + z^2/4n^2)``; NaN where nothing was counted.

    Parameters
    ----------
    count, n
        Worlds in which something holds, and worlds looked at; broadcast against each other.
    z
        Standard normal quantile of the interval.
    """
    k, m = np.broadcast_arrays(np.asarray(count, np.float64), np.asarray(n, np.float64))
    m = np.where(m > 0, m, np.nan)
    p = k / m
    scale = 1 + z * z / m
    centre = (p + z * z / (2 * m)) / scale
    half = z / scale * np.sqrt(p * (1 - p) / m + z * z / (4 * m * m))
    low = np.where(k == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(k == m, 1.0, np.minimum(centre + half, 1.0))
    return np.where(np.isnan(m), np.nan, low), np.where(np.isnan(m), np.nan, high)


@lru_cache(maxsize=1 << 16)
def share_of(count: int, n: int) -> tuple[float, float, float]:
    """Return a share of worlds with the ends of its 95 % interval; NaN where none was counted."""
    low, high = wilson(count, n)
    return count / n if n else float("nan"), float(low), float(high)


def share_where(holds: ArrayLike) -> tuple[float, float, float]:
    """Return the share of worlds in which something holds, with the ends of its interval."""
    worlds = np.asarray(holds, dtype=np.bool_)
    return share_of(int(np.count_nonzero(worlds)), worlds.size)


def standard_error(values: NDArray[np.float64]) -> float:
    """Return the standard error of a mean over worlds, from how the sample is spread."""
    return float(values.std(ddof=1) / math.sqrt(values.size))


def quartiles(values: ArrayLike) -> tuple[float, float, float]:
    """Return the quartiles of a number over worlds, between neighbours by straight lines.

    Missing numbers (NaN) and infinite ones are left out, and all three are NaN where none is left:
    the table says in a column of its own in how many worlds there was a number.
    """
    every = np.asarray(values, dtype=np.float64)
    finite = every[np.isfinite(every)]
    if not finite.size:
        return np.nan, np.nan, np.nan
    low, middle, high = np.quantile(finite, (0.25, 0.5, 0.75)).tolist()
    return low, middle, high


def _plain(column: Column, array: NDArray[Any]) -> list[Any]:
    values: list[Any] = array.tolist()
    if column.dtype == "float":
        return [value if math.isfinite(value) else None for value in values]
    return values


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _readable(value: object, unit: str) -> str:
    if isinstance(value, float):
        return f"{value:.{_DECIMALS.get(unit, 3)}f}"
    text = _cell(value)
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _html_cell(column: Column, cells: list[list[str]], i: int, j: int) -> str:
    text = escape(cells[i][j])
    if i == 0:
        return f'<th scope="row">{text}</th>'
    align = "" if column.dtype == "text" else ' class="number"'
    return f"<td{align}>{text}</td>"


def _width(cells: list[str]) -> int:
    return max(len(cell) for cell in cells)


def _shorten(cells: list[list[str]], columns: Sequence[Column], width: int) -> None:
    """Cut the widest texts until the line fits or no text can be cut further."""
    texts = [i for i, column in enumerate(columns) if column.dtype == "text" and i > 0]
    while texts and sum(map(_width, cells)) + len(_GAP) * (len(cells) - 1) > width:
        widest = max(texts, key=lambda i: _width(cells[i]))
        room = _width(cells[widest]) - 1
        if room < max(_NARROWEST, len(cells[widest][0])):
            return
        cells[widest][:] = [_cut(cell, room) for cell in cells[widest]]


def _cut(cell: str, room: int) -> str:
    return cell if len(cell) <= room else f"{cell.rstrip('…')[: room - 1]}…"


def _blocks(cells: list[list[str]], width: int | None) -> list[list[int]]:
    """Split columns into blocks that fit the width; each block begins with the key."""
    if width is None or not cells:
        return [[*range(len(cells))]]
    blocks = [[0]]
    used = _width(cells[0])
    for i in range(1, len(cells)):
        wide = _width(cells[i]) + len(_GAP)
        if used + wide > width and len(blocks[-1]) > 1:
            blocks.append([0])
            used = _width(cells[0])
        blocks[-1].append(i)
        used += wide
    return blocks


def _lines(cells: list[list[str]], shown: int) -> Iterator[str]:
    numeric = [all(_numeric(cell) for cell in column[1:]) and len(column) > 1 for column in cells]
    for j in range(shown + 1):
        parts = [
            column[j].rjust(_width(column)) if right else column[j].ljust(_width(column))
            for column, right in zip(cells, numeric, strict=True)
        ]
        yield _GAP.join(parts).rstrip()


def _numeric(cell: str) -> bool:
    return not cell or cell[0] in "-.0123456789"
