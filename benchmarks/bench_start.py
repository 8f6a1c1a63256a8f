"""What a user waits for, and how much memory it takes; each in a new process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.rows import Row

CASE = "trilateral-2022"


def rows() -> Iterator[Row]:
    """Yield times from the first key to the last line, and the largest memory."""
    yield Row("winset --help", min(seconds("--help") for _ in range(5)), "s", 0.25)
    yield Row("first answer, 20 worlds", answered(20), "s", 3.0)
    yield Row("verdicts on all rungs, 2,000 worlds", verdicts(), "s", 20.0)
    yield Row("whole answer, 2,000 worlds", answered(2_000), "s", 10.0)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "brief"
        yield Row("brief, 2,000 worlds", seconds("brief", CASE, "--out", out), "s", 60.0)
        yield Row("size of the brief", (out / "index.html").stat().st_size / 1e6, "MB", 1.5)
    yield Row("memory, 10,000 worlds", megabytes(), "MB", 600.0)


def seconds(*words: object) -> float:
    """Return how long a command takes."""
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "winset", *map(str, words)], check=True, capture_output=True
    )
    return perf_counter() - began


def answered(worlds: int) -> float:
    """Return how long it takes to answer in a new process."""
    return seconds("reach", CASE, "--worlds", worlds)


def verdicts() -> float:
    """Return how long the verdicts take once worlds are drawn: some package, for every rung."""
    return float(measure(VERDICTS))


def megabytes() -> float:
    """Return the largest resident memory of verdicts over 10,000 worlds.

    ``ru_maxrss`` would begin with what this process had, which is more after other parts.
    """
    return float(measure(MEMORY))


def measure(code: str) -> str:
    """Run a piece of code in a new process and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout


SETUP = f"""
import numpy as np
import winset
from winset.engine import exists, warm
from winset.problem import blocks
case = winset.load({CASE!r})
warm()
places = [(m, r.level) for m, each in enumerate(case.measures) for r in each.rungs]
measures = np.array([m for m, _ in places], dtype=np.int16)
levels = np.array([l for _, l in places], dtype=np.int8)
def solve(n):
    for compiled in blocks(winset.draw(case, n)):
        exists(compiled.problem, measures, levels)
"""
VERDICTS = f"""{SETUP}
from time import perf_counter
began = perf_counter()
solve(2_000)
print(perf_counter() - began)
"""
MEMORY = f"""{SETUP}
from pathlib import Path
solve(10_000)
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")))
"""
