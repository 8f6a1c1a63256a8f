"""Frontiers side by side with a negotiation library, which is installed for this and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.rows import Row
from winset.ask.settle.frontier import frontier
from winset.ask.settle.gains import set_stage
from winset.ask.settle.solutions import choose, rules
from winset.case import load
from winset.engine import additive_frontier
from winset.problem import compile_problem
from winset.worlds import draw

PEER = "negmas==0.16.0"
SEED = 7
CASE = "trilateral-2022"
ALIKE = "parameters/offset_executive = 1"
EXECUTIVES = ("US-WH", "JP-PM", "KR-PRES")


def rows() -> Iterator[Row]:
    """Yield times of frontiers, alone and against the peer in the same run."""
    additive_frontier([[[0, 0]]])
    mine = seconds(measures=6, levels=10, parties=3)
    theirs, note = peer_seconds()
    yield Row("frontier and solutions, 3 parties, 10^6 packages", mine, "s", 0.5)
    yield Row("the same with NegMAS", theirs, "s", note=note)
    yield Row("share of its time", mine / theirs, "", None if note else 0.1, note=note)
    yield Row("frontier, 3 parties, 4^15 packages", seconds(15, 4, 3), "s", 1.0)
    yield Row("frontier, 8 parties, 10^6 packages", seconds(6, 10, 8), "s", 10.0)
    yield Row("bundled case, one world, eps 3 %", bundled(), "s", 15.0)


def seconds(measures: int, levels: int, parties: int) -> float:
    """Return how long a frontier with its solutions takes."""
    dice = np.random.default_rng(SEED)
    gains = [dice.integers(0, 10**6, (levels, parties)) for _ in range(measures)]
    began = perf_counter()
    found = additive_frontier(gains)
    points = found.points.astype(np.float64)
    for rule in rules().values():
        choose(rule, points, points.max(axis=0))
    return perf_counter() - began


def bundled() -> float:
    """Return processor seconds of the middle one of five worlds."""
    case = load(CASE)
    judged, valued = compile_problem(draw(case, 5)), compile_problem(draw(case, 5, changes=[ALIKE]))
    taken = []
    for world in range(5):
        stage = set_stage(judged, valued, world, EXECUTIVES)
        began = process_time()
        frontier(stage, disagreement=np.zeros(3, dtype=np.int64), eps=0.03, node_limit=500)
        taken.append(process_time() - began)
    return float(np.median(taken))


def peer_seconds() -> tuple[float, str]:
    """Return how long the peer takes for the first problem, or NaN and why there is no number."""
    ready = os.environ.get("WINSET_PEER_PYTHON")
    with tempfile.TemporaryDirectory() as folder:
        try:
            python = ready or _installed(Path(folder))
            done = subprocess.run(
                [python, "-c", PEER_CODE], check=True, capture_output=True, text=True, timeout=600
            )
        except (OSError, subprocess.SubprocessError) as error:
            return float("nan"), f"{PEER} could not be installed or run: {type(error).__name__}"
        return float(done.stdout.split()[-1]), ""


def _installed(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", PEER]
    subprocess.run(install, check=True, capture_output=True, timeout=900)
    return python


PEER_CODE = f"""
import warnings
warnings.filterwarnings("ignore")
from time import perf_counter
import numpy as np
from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import (
    kalai_points, ks_points, max_welfare_points, nash_points, pareto_frontier
)
from negmas.preferences.value_fun import TableFun
dice = np.random.default_rng({SEED})
issues = [make_issue([str(k) for k in range(10)], f"m{{i}}") for i in range(6)]
gains = dice.integers(0, 10**6, (6, 10, 3)) / 6e6
space = make_os(issues)
parties = [
    LinearAdditiveUtilityFunction(
        [TableFun({{str(k): float(gains[i, k, p]) for k in range(10)}}) for i in range(6)],
        weights=[1.0] * 6, outcome_space=space, reserved_value=0.0,
    )
    for p in range(3)
]
began = perf_counter()
points, _ = pareto_frontier(parties, issues=issues)
ranges = [party.minmax() for party in parties]
for ask in (nash_points, kalai_points, ks_points, max_welfare_points):
    ask(parties, points, ranges=ranges)
print(perf_counter() - began)
"""
