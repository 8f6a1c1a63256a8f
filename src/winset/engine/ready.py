"""Arrays made ready for the kernels, and worlds shared among threads."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from .layout import I8, Problem, Structure, Values
from .plan import Plan, make_plan

_DTYPES: dict[str, DTypeLike] = {
    "first": np.int32,
    "status_quo": np.int8,
    "clause_start": np.int32,
    "lit_measure": np.int16,
    "lit_level": np.int8,
    "lit_at_least": np.bool_,
    "clause_hard": np.bool_,
    "row_start": np.int32,
    "row_measure": np.int16,
    "coef_start": np.int32,
    "term_start": np.int32,
    "term_a": np.int16,
    "term_b": np.int16,
    "pair_start": np.int32,
    "soft_start": np.int32,
    "soft_clause": np.int32,
    "square_row": np.int32,
    "wake_start": np.int32,
    "wake_measure": np.int16,
    "row_owner": np.int16,
    "accept_start": np.int32,
    "accept_owner": np.int16,
    "depth": np.int64,
    "effort": np.int64,
    "shut": np.uint32,
    "clause_on": np.bool_,
    "row_on": np.bool_,
    "constant": np.int64,
    "coef": np.int64,
    "pair": np.int64,
    "soft": np.int64,
    "total": np.int64,
    "square": np.int64,
}

GROUP = 8
"""Worlds that a thread takes at a time; answers do not depend on it."""


T = TypeVar("T", Structure, Values)
R = TypeVar("R")


def proper(group: T) -> T:
    """Give each array the one type, order and writability that kernels are compiled for."""
    arrays = {}
    for name, array in group._asdict().items():
        wanted = np.ascontiguousarray(array, dtype=_DTYPES[name])
        arrays[name] = wanted if wanted.flags.writeable else wanted.copy()
    return type(group)(**arrays)


_PLANS: dict[bytes, tuple[Structure, Plan]] = {}
"""Structures asked about lately, as kernels take them, with their plans; by their content."""
_MOST_PLANS = 16
_LAST: list[tuple[Structure, tuple[Structure, Plan]]] = []
"""The structure asked about last, as given."""


def ready(problem: Problem) -> tuple[Structure, Values, Plan]:
    """Give a problem the types kernels are compiled for, and the plan of its structure."""
    known = next((found for given, found in _LAST if given is problem.structure), None)
    if known is None:
        known = _planned(proper(problem.structure))
        _LAST[:] = [(problem.structure, known)]
    return known[0], proper(problem.values), known[1]


def _planned(structure: Structure) -> tuple[Structure, Plan]:
    """Look a structure up among those planned lately, or plan it."""
    digest = hashlib.blake2b(digest_size=16)
    for array in structure:
        digest.update(array.size.to_bytes(8, "little"))
        digest.update(array.tobytes())
    key = digest.digest()
    found = _PLANS.pop(key, None) or (structure, make_plan(structure))
    _PLANS[key] = found
    if len(_PLANS) > _MOST_PLANS:
        del _PLANS[next(iter(_PLANS))]
    return found


def threads() -> int:
    """Threads that share the worlds: ``WINSET_THREADS`` or as many as there are processors."""
    wanted = os.environ.get("WINSET_THREADS", "")
    return max(1, int(wanted)) if wanted.isdigit() else os.cpu_count() or 1


def share(
    worlds: int,
    room: Callable[[], R],
    run: Callable[[R, int, int], None],
    *,
    group: int = GROUP,
) -> None:
    """Run groups of worlds on threads (kernels release the interpreter), each with its own room."""
    groups = iter(range(0, worlds, group))
    stop = threading.Event()

    def work() -> None:
        mine = room()
        for start in groups_of(groups):
            if stop.is_set():
                return
            run(mine, start, min(worlds, start + group))

    lock = threading.Lock()

    def groups_of(source: Iterator[int]) -> Iterator[int]:
        while True:
            with lock:
                start = next(source, None)
            if start is None:
                return
            yield start

    count = min(threads(), -(-worlds // group))
    if count <= 1:
        work()
        return
    pool = _pool(count)
    running = [pool.submit(work) for _ in range(count)]
    try:
        for done in running:
            done.result()
    finally:
        stop.set()
        wait(running)


@lru_cache(maxsize=1)
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="winset")


def read_targets(structure: Structure, measure: ArrayLike, level: ArrayLike) -> tuple[I8, I8]:
    """Read rungs asked about; ``ValueError`` for one that the structure does not have."""
    measures = np.atleast_1d(np.asarray(measure)).astype(np.int64)
    levels = np.atleast_1d(np.asarray(level)).astype(np.int64)
    if measures.shape != levels.shape or measures.ndim != 1:
        raise ValueError(f"one level a measure: got {measures.shape} and {levels.shape}")
    count = structure.status_quo.size
    if measures.size and not (measures.min() >= 0 and measures.max() < count):
        raise ValueError(f"measures are numbered 0 to {count - 1}")
    tops = np.diff(structure.first)[measures] - 1
    if (levels < 0).any() or (levels > tops).any():
        raise ValueError("a level is negative or above the top of its measure")
    return measures, levels


def check_levels(structure: Structure, levels: NDArray[Any]) -> None:
    """Raise ``ValueError`` for a level that its measure does not have."""
    tops = np.diff(structure.first) - 1
    if (levels < 0).any() or (levels > tops).any():
        raise ValueError("a level is negative or above the top of its measure")
