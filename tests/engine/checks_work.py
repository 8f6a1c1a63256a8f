"""What the engine spends on small problems: no more than is on record.

Much of the engine is there to save work, which no answer shows: bounds, filters, the order of
branching, what is not looked at twice.  So calls are counted, in a copy that is plain Python.
A change that saves work passes; one that is meant to cost more writes the record again::

    .venv/bin/python -m tests.engine.checks_work
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType

from tests.engine.counting import counted
from tests.engine.problems import Draw, all_targets, columns
from winset.engine import Problem
from winset.testing.twin import twin

RECORD = Path(__file__).with_name("work.csv")
COUNTED = (
    ("answers", "open_world"),
    ("answers", "search"),
    ("fold", "fold_row"),
    ("presolve", "filter_row"),
    ("propagate", "sum_narrow"),
    ("propagate", "sum_wide"),
    ("search", "pop"),
    ("search", "evaluate"),
    ("search", "offer"),
    ("search", "keep_prices"),
    ("search", "move_prices"),
)
"""Module and name of what is counted, where it is called."""


def work(engine: ModuleType, problem: Problem) -> tuple[int, ...]:
    """Calls of each kind for the deepest package, that with the last rung, and all rungs."""
    with counted(engine, COUNTED) as spent:
        engine.deepest(problem)
        engine.deepest(problem, force=all_targets(problem.structure)[-1])
        engine.exists(problem, *columns(all_targets(problem.structure)))
    return tuple(spent[name] for name in COUNTED)


LEAST, MOST = 100, 400
"""Calls of the problems that are put on record: the others say little, or take long."""


@cache
def recorded() -> tuple[tuple[Problem, tuple[int, ...]], ...]:
    """Draw the problems on record; each line of it is seed, measures and counts."""
    with RECORD.open(encoding="utf-8", newline="") as file:
        lines = [[int(one) for one in line] for line in list(csv.reader(file))[1:]]
    return tuple((drawn(seed, measures), tuple(counts)) for seed, measures, *counts in lines)


def drawn(seed: int, measures: int) -> Problem:
    """Draw a problem of one world."""
    return Draw(seed, worlds=1, measures=measures).problem()


def check_work(engine: ModuleType) -> None:
    """No kind of call is made more often than is on record."""
    for problem, counts in recorded():
        spent = work(engine, problem)
        assert all(now <= then for now, then in zip(spent, counts, strict=True)), (spent, counts)


def write_record() -> None:
    """Write the record from the engine as it is."""
    with RECORD.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["seed", "measures", *(f"{part}.{name}" for part, name in COUNTED)])
        for seed, measures in product(range(400, 560), (5, 6, 7)):
            counts = work(twin(), drawn(seed, measures))
            if LEAST < sum(counts) < MOST:
                writer.writerow([seed, measures, *counts])


if __name__ == "__main__":
    write_record()
