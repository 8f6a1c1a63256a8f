"""The model through time: worlds a second for ten years, alone, with series, and with all around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

from benchmarks.rows import Row
from winset.ask.path.search import rules_of, search
from winset.ask.scene import Scene, scene_of
from winset.case import load

CASE, PROGRAMME = "trilateral-2022", "smith"
WORLDS, QUARTERS, TIMES, TRIED = 256, 40, 5, 40


def rows() -> Iterator[Row]:
    """Yield speeds of the kernel, of what surrounds it, and of a search."""
    case = load(CASE)
    programme = next(one for one in case.programmes if one.id == PROGRAMME)

    def made() -> Scene:
        return scene_of(case, programme, n=WORLDS, rng=1, quarters=QUARTERS)

    scene = made()
    scene.run(programme)
    bare = WORLDS / best(lambda: scene.run(programme, keep=False))
    kept = WORLDS / best(lambda: scene.run(programme))
    idle = WORLDS / best(lambda: scene.run(replace(programme, steps=())))
    yield Row("path, ten years, 32 steps", bare, "worlds/s", 40_000, "high")
    yield Row("the same with series kept", kept, "worlds/s")
    yield Row("share of that speed", kept / bare, "", 0.8, "high")
    yield Row("path, ten years, no step", idle, "worlds/s")
    yield Row("drawing and valuing a world for it", 1000 * best(made, 1) / WORLDS, "ms")
    rules = rules_of(case, programme, QUARTERS)
    taken = best(lambda: search(case, scene, rules, budget=TRIED, rng=1), 1)
    yield Row("programmes tried by a search", TRIED / taken, "a second")


def best(run: Callable[[], object], times: int = TIMES) -> float:
    """Return the least of several times, in seconds."""
    least = float("inf")
    for _ in range(times):
        began = perf_counter()
        run()
        least = min(least, perf_counter() - began)
    return least
