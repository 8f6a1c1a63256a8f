"""The model through time: worlds a second for ten years, alone, with all around it, and beside Mesa."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.rows import Row
from benchmarks.time_export import exported
from winset.ask.path.search import rules_of, search
from winset.ask.scene import Scene, scene_of
from winset.case import load
from winset.case.model import Case, Programme
from winset.engine.simulate import MECHANISMS
from winset.problem.programme import compile_steps

CASE, PROGRAMME = "trilateral-2022", "smith"
WORLDS, QUARTERS, TIMES, TRIED = 256, 40, 5, 40
KERNEL_TIMES = 100
"""Runs of some milliseconds each, of which a shared machine disturbs many."""
PACES = (0.5, 0.75, 1.0, 1.5, 2.0)
PEERS = ("mesa==3.3.1", "ema_workbench==2.5.3")
PEER_WORLDS = 8


def rows() -> Iterator[Row]:
    """Yield speeds of the kernel, of what surrounds it, of a search, and of its peers."""
    case = load(CASE)
    programme = next(one for one in case.programmes if one.id == PROGRAMME)

    def made() -> Scene:
        return scene_of(case, programme, n=WORLDS, rng=1, quarters=QUARTERS)

    scene = made()
    scene.run(programme)
    spent = timings(lambda: scene.run(programme, keep=False), KERNEL_TIMES)
    bare, bare_cpu = (min(found) for found in spent)
    kept, kept_cpu = best(lambda: scene.run(programme), KERNEL_TIMES)
    idle, _ = best(lambda: scene.run(replace(programme, steps=())))
    valued, valued_cpu = best(made)
    name = "path, ten years, 32 steps"
    note = (
        f"the best of {KERNEL_TIMES}, {WORLDS / median(spent[0]):,.0f} at the middle; "
        f"{2 * WORLDS / bare_cpu:,.0f} by processor time; see explanation/time.md"
    )
    yield Row(name, WORLDS / bare, "worlds/s", 40_000, "high", note)
    yield Row("the same with series kept", WORLDS / kept, "worlds/s")
    yield Row("share of that speed, by processor time", bare_cpu / kept_cpu, "", 0.8, "high")
    yield Row("processor time a world", 1e6 * bare_cpu / WORLDS, "us")
    yield Row("path, ten years, no step", WORLDS / idle, "worlds/s")
    yield Row("drawing and valuing a world for it", 1000 * valued / WORLDS, "ms")
    yield Row("processor time of that", 1000 * valued_cpu / WORLDS, "ms")
    yield Row("path with drawing and valuing", WORLDS / (valued + kept), "worlds/s")

    def all_asked() -> None:
        for pace in PACES:
            scene.run(programme, pace=pace)
        for place in range(len(MECHANISMS)):
            scene.run(programme, mechanisms=scene.mechanisms ^ 1 << place)

    asked, _ = best(all_asked)
    runs = WORLDS * (len(PACES) + len(MECHANISMS))
    yield Row("five paces and all mechanisms, valuing too", runs / (valued + asked), "worlds/s")
    rules = rules_of(case, programme, QUARTERS)
    taken, _ = best(lambda: search(case, scene, rules, budget=TRIED, rng=1), 1)
    yield Row("programmes tried by a search", TRIED / taken, "a second")
    yield from beside(case, programme)


def best(run: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Return the least of several times, in seconds: by the clock, and of all processors."""
    clock, processor = timings(run, times)
    return min(clock), min(processor)


def timings(run: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Return several times, in seconds: by the clock, and of all processors."""
    clock, processor = [], []
    for _ in range(times):
        began, used = perf_counter(), process_time()
        run()
        clock.append(perf_counter() - began)
        processor.append(process_time() - used)
    return clock, processor


def beside(case: Case, programme: Programme) -> Iterator[Row]:
    """Yield processor times of a plain model of the same steps, rows and shocks, in Mesa."""
    steps = tuple(replace(step, when=None, otherwise="") for step in programme.steps)
    plain = replace(programme, steps=steps)
    scene = scene_of(case, plain, n=PEER_WORLDS, rng=1, quarters=QUARTERS)
    many = scene_of(case, plain, n=WORLDS, rng=1, quarters=QUARTERS)
    mine = best(lambda: many.run(plain))[1] / WORLDS
    told, note = peer(exported(scene, compile_steps(plain, scene.timed), QUARTERS))
    if told:
        calm = scene.happening({}, calm=True)
        record = scene.run(plain, draws=calm, mechanisms=0)
        same = (
            record.asked.tolist() == told["refused"] and record.agreed.tolist() == told["carried"]
        )
        refused = int(np.sum(told["refused"]))
        alike = f"the same {refused} refusals" if same else "REFUSALS DIFFER"
        note = f"{alike} in {PEER_WORLDS} calm worlds; one processor each"
    for label, key in (("Mesa", "mesa"), ("EMA Workbench around Mesa", "workbench")):
        theirs = float(told.get(key, "nan"))
        yield Row(f"a plain model with {label}, a world", 1000 * theirs, "ms", note=note)
        yield Row("times the processor time of winset", theirs / mine, "")


def peer(data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return what the peers' run tells, or nothing and why there is none."""
    ready = os.environ.get("WINSET_MESA_PYTHON")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "worlds.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        try:
            python = ready or _installed(Path(folder) / "venv")
            script = str(Path(__file__).with_name("peer_time.py"))
            done = subprocess.run(
                [python, "-W", "ignore", script, str(file)],
                check=True,
                capture_output=True,
                text=True,
                timeout=600,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return {}, f"{' and '.join(PEERS)} could not be had or run: {type(error).__name__}"
    return dict(json.loads(done.stdout.splitlines()[-1])), ""


def _installed(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
    python = str(folder / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", *PEERS]
    subprocess.run(install, check=True, capture_output=True, timeout=900)
    return python
