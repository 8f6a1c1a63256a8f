"""Run all benchmarks, or those named, and print one table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from benchmarks.rows import Row


def parts() -> list[str]:
    """Return the names of all parts."""
    return sorted(
        path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")
    )


def main(names: list[str]) -> int:
    """Print the table; 1 if a target was missed."""
    unknown = sorted({*names} - {*parts()})
    if unknown:
        print(f"unknown part {unknown[0]!r}; there are {', '.join(parts())}", file=sys.stderr)
        return 2
    print(f"{'':52} {'measured':>12} {'target':>12}")
    missed = 0
    for name in names or parts():
        rows: Iterator[Row] = import_module(f"benchmarks.bench_{name}").rows()
        for row in rows:
            print(line(row), flush=True)
            missed += row.verdict == "missed"
    return int(missed > 0)


def line(row: Row) -> str:
    """Lay out one row."""
    sign = "<=" if row.best == "low" else ">="
    target = "" if row.target is None else f"{sign} {number(row.target)}"
    told = f"{row.what:52} {number(row.value):>12} {target:>12} {row.unit:10} {row.verdict}"
    return f"{told}  {row.note}".rstrip()


def number(value: float) -> str:
    """Print three digits that matter."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
