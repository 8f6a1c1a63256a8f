"""The questions as Python functions: arrays checked at the border, one kernel call each."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from .answers import Found, solve_block
from .frontier import additive_frontier
from .judge import Room, alone_block, judge_block, judging_room, neighbours_block
from .layout import B1, I1, I8, Problem, Structure, Values
from .plan import Plan, make_plan
from .search import ANY, DEEPEST, Engine, new_engine

NODE_LIMIT = 200_000
"""Nodes after which a search of one world gives up and reports its bound."""

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


class Judgement(NamedTuple):
    """What one package a world meets with."""

    accepted: B1
    """[world] whether the package is in the win-set; the status quo always is."""
    row_slack: I8
    """[world, row] value of the row in its own units; negative: it fails where it binds."""
    violated: B1
    """[world, clause] on, and without a true literal."""
    shut: B1
    """[world] whether a one-rung limit closes a rung of the package."""
    binding: B1
    """[world, row] whether the row is on and awake."""


class Deepest(NamedTuple):
    """The deepest accepted package of each world."""

    levels: I1
    """[world, measure]; -1 throughout where none was found."""
    depth: I8
    """[world] 1e-6 of the ruler; -1 where none was found."""
    bound: I8
    """[world] no accepted package is deeper; equals ``depth`` where settled."""
    nodes: I8
    """[world] nodes searched"""
    settled: B1
    """[world] whether the package is proven to be the deepest (or that there is none)."""
    found: B1
    """[world] whether there is a package; without ``force`` there always is: the status quo."""
    effort: I8
    """[world] 1e-6; -1 where none was found."""


T = TypeVar("T", Structure, Values)
R = TypeVar("R")


def _proper(group: T) -> T:
    """Give each array the one type, order and writability that kernels are compiled for."""
    arrays = {}
    for name, array in group._asdict().items():
        wanted = np.ascontiguousarray(array, dtype=_DTYPES[name])
        arrays[name] = wanted if wanted.flags.writeable else wanted.copy()
    return type(group)(**arrays)


_LAST: list[tuple[Structure, Structure, Plan]] = []
"""The structure asked about last, as given and as kernels take it, with its plan."""


def _ready(problem: Problem) -> tuple[Structure, Values, Plan]:
    known = next((item for item in _LAST if item[0] is problem.structure), None)
    if known is None:
        structure = _proper(problem.structure)
        known = (problem.structure, structure, make_plan(structure))
        _LAST[:] = [known]
    return known[1], _proper(problem.values), known[2]


def threads() -> int:
    """Threads that share the worlds: ``WINSET_THREADS`` or as many as there are processors."""
    wanted = os.environ.get("WINSET_THREADS", "")
    return max(1, int(wanted)) if wanted.isdigit() else os.cpu_count() or 1


def _share(worlds: int, room: Callable[[], R], run: Callable[[R, int, int], None]) -> None:
    """Run groups of worlds on threads (kernels release the interpreter), each with its own room."""
    groups = iter(range(0, worlds, GROUP))
    stop = threading.Event()

    def work() -> None:
        mine = room()
        for start in groups_of(groups):
            if stop.is_set():
                return
            run(mine, start, min(worlds, start + GROUP))

    lock = threading.Lock()

    def groups_of(source: Iterator[int]) -> Iterator[int]:
        while True:
            with lock:
                start = next(source, None)
            if start is None:
                return
            yield start

    count = min(threads(), -(-worlds // GROUP))
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


def _targets(structure: Structure, measure: ArrayLike, level: ArrayLike) -> tuple[I8, I8]:
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


def judge(problem: Problem, levels: ArrayLike) -> Judgement:
    """Judge one package in each world.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    levels
        [world, measure] or [measure] (the same package in all worlds).

    Returns
    -------
    Judgement
        Acceptance, slack of each row, violated clauses, one-rung limits.
    """
    structure, values, _ = _ready(problem)
    worlds, measures = values.depth.shape[0], structure.status_quo.size
    wanted = np.broadcast_to(np.asarray(levels), (worlds, measures))
    _check_levels(structure, wanted)
    x = np.array(wanted, dtype=np.int8, order="C")
    answer = Judgement(
        accepted=np.zeros(worlds, np.bool_),
        row_slack=np.zeros((worlds, structure.row_owner.size), np.int64),
        violated=np.zeros((worlds, structure.clause_hard.size), np.bool_),
        shut=np.zeros(worlds, np.bool_),
        binding=np.zeros((worlds, structure.row_owner.size), np.bool_),
    )

    def run(_: None, start: int, stop: int) -> None:
        judge_block(
            structure,
            values,
            start,
            stop,
            x,
            answer.accepted,
            answer.row_slack,
            answer.binding,
            answer.violated,
            answer.shut,
        )

    _share(worlds, lambda: None, run)
    return answer


def _check_levels(structure: Structure, levels: NDArray[Any]) -> None:
    tops = np.diff(structure.first) - 1
    if (levels < 0).any() or (levels > tops).any():
        raise ValueError("a level is negative or above the top of its measure")


def deepest(
    problem: Problem, *, node_limit: int = NODE_LIMIT, force: tuple[int, int] | None = None
) -> Deepest:
    """Find the deepest accepted package of each world.

    Deepest first, then least effort, then the lowest levels in the order of the measures.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    node_limit
        Nodes after which a world is left unsettled, with the bound proven so far.
    force
        (measure, level): only packages with that measure at that level or above.

    Returns
    -------
    Deepest
        Packages, depths, bounds and whether they are proven.
    """
    structure, values, plan = _ready(problem)
    targets = _targets(structure, [], []) if force is None else _targets(structure, *force)
    answer = _room_for_packages(values.depth.shape[0], structure.status_quo.size)
    _solve(structure, values, plan, DEEPEST, node_limit, targets, answer, np.zeros((0, 0), np.int8))
    return answer


def _solve(
    structure: Structure,
    values: Values,
    plan: Plan,
    goal: int,
    node_limit: int,
    targets: tuple[I8, I8],
    packages: Deepest,
    verdicts: I1,
) -> None:
    """Let threads solve the worlds in groups."""
    found = Found(*packages)

    def run(engine: Engine, start: int, stop: int) -> None:
        solve_block(
            structure,
            values,
            plan,
            engine,
            start,
            stop,
            goal,
            int(node_limit),
            *targets,
            found,
            verdicts,
        )

    worlds = values.depth.shape[0]
    _share(worlds, lambda: new_engine(structure, values, plan), run)


def _room_for_packages(worlds: int, measures: int) -> Deepest:
    return Deepest(
        levels=np.zeros((worlds, measures), np.int8),
        depth=np.zeros(worlds, np.int64),
        bound=np.zeros(worlds, np.int64),
        nodes=np.zeros(worlds, np.int64),
        settled=np.zeros(worlds, np.bool_),
        found=np.zeros(worlds, np.bool_),
        effort=np.zeros(worlds, np.int64),
    )


def exists(
    problem: Problem, measure: ArrayLike, level: ArrayLike, *, node_limit: int = NODE_LIMIT
) -> I1:
    """Tell for each target whether some accepted package reaches it.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    measure, level
        [target] the measure stands at the level or above.
    node_limit
        Nodes after which the search for one target gives up.

    Returns
    -------
    NDArray
        [world, target] 1: some package does; 0: none does; -1: not settled.
    """
    structure, values, plan = _ready(problem)
    targets = _targets(structure, measure, level)
    verdicts = np.full((values.depth.shape[0], targets[0].size), -1, np.int8)
    nothing = _room_for_packages(0, structure.status_quo.size)
    _solve(structure, values, plan, ANY, node_limit, targets, nothing, verdicts)
    return verdicts


def alone(problem: Problem, measure: ArrayLike, level: ArrayLike) -> B1:
    """Tell for each target whether it stands by itself.

    The measure stands at exactly the level, all others at the status quo.  Rows over a whole
    package (those with an owner and a wake set) are left out: floors, clauses, ceilings and
    one-rung limits decide.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    measure, level
        [target]

    Returns
    -------
    NDArray
        [world, target] whether the target passes.
    """
    structure, values, _ = _ready(problem)
    measures, levels = _targets(structure, measure, level)
    answer = np.zeros((values.depth.shape[0], measures.size), np.bool_)
    skip = (structure.row_owner >= 0) & (np.diff(structure.wake_start) > 0)

    def run(room: Room, start: int, stop: int) -> None:
        alone_block(structure, values, start, stop, skip, measures, levels, *room, answer)

    _share(answer.shape[0], lambda: judging_room(structure), run)
    return answer


def neighbours(problem: Problem, levels: ArrayLike) -> B1:
    """Judge a package and every package that differs from it in one measure.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    levels
        [measure] the package.

    Returns
    -------
    NDArray
        [world, slot] whether the package, with the slot's measure moved to the slot's level, is
        accepted; at the package's own levels: whether the package itself is.
    """
    structure, values, plan = _ready(problem)
    package = np.array(levels, dtype=np.int8)
    _check_levels(structure, package)
    answer = np.zeros(values.depth.shape, np.bool_)

    def run(room: Room, start: int, stop: int) -> None:
        neighbours_block(
            structure,
            values,
            start,
            stop,
            plan.reader_start,
            plan.reader,
            package,
            room.levels,
            room.slack,
            room.binding,
            room.violated,
            answer,
        )

    _share(values.depth.shape[0], lambda: judging_room(structure), run)
    return answer


def without(
    problem: Problem,
    *,
    owners: Sequence[int] = (),
    rows: ArrayLike | None = None,
    clauses: ArrayLike | None = None,
) -> Problem:
    """Lift some limits: a copy of the problem that shares all arrays but the switches.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    owners
        All rows of these owners.
    rows, clauses
        Numbers, or booleans of shape [row] or [world, row] (clauses alike).

    Returns
    -------
    Problem
        The relaxed problem; its win-sets contain those of ``problem``.
    """
    structure, values = problem
    row_on = values.row_on & ~np.isin(structure.row_owner, np.asarray(owners, dtype=np.int64))
    if rows is not None:
        row_on &= ~_marked(rows, row_on.shape)
    clause_on = values.clause_on
    if clauses is not None:
        clause_on = clause_on & ~_marked(clauses, clause_on.shape)
    return Problem(structure, values._replace(row_on=row_on, clause_on=clause_on))


def _marked(which: ArrayLike, shape: tuple[int, ...]) -> B1:
    """Read numbers or booleans as a mask of shape [world, ...]."""
    given = np.asarray(which)
    if given.dtype == np.bool_:
        return np.broadcast_to(given, shape)
    mask = np.zeros(shape[1], np.bool_)
    mask[given.astype(np.int64)] = True
    return np.broadcast_to(mask, shape)


def warm(progress: Callable[[str], None] | None = None) -> None:
    """Compile every kernel, or load it from the cache, on a problem of two measures."""
    problem = _tiny_problem()
    steps: list[tuple[str, Callable[[], object]]] = [
        ("judging packages", lambda: judge(problem, problem.structure.status_quo)),
        ("judging rungs alone", lambda: alone(problem, [0], [1])),
        ("moving one measure", lambda: neighbours(problem, problem.structure.status_quo)),
        ("deepest packages", lambda: deepest(problem)),
        ("open rungs", lambda: exists(problem, [0], [1])),
        ("frontiers", lambda: additive_frontier([[[0]]])),
    ]
    for text, step in steps:
        if progress is not None:
            progress(text)
        step()


def _tiny_problem() -> Problem:
    """Two measures of two levels, one row, one world."""
    none, starts = np.zeros(0), np.zeros(2)
    structure: dict[str, Any] = dict.fromkeys(Structure._fields, none)
    structure |= {
        "first": np.array([0, 2, 4]),
        "status_quo": np.zeros(2),
        "clause_start": np.zeros(1),
        "row_start": np.array([0, 1]),
        "row_measure": np.zeros(1),
        "coef_start": np.zeros(1),
        "term_start": starts,
        "soft_start": starts,
        "wake_start": starts,
        "row_owner": np.array([-1]),
        "accept_start": np.zeros(1),
    }
    values: dict[str, Any] = dict.fromkeys(Values._fields, np.zeros((1, 0)))
    values |= {
        "depth": np.array([[0, 1, 0, 1]]),
        "effort": np.zeros((1, 4)),
        "shut": np.zeros((1, 4)),
        "row_on": np.ones((1, 1)),
        "constant": np.zeros((1, 1)),
        "coef": np.array([[0, -1]]),
        "total": np.zeros((1, 0, 4)),
        "square": np.zeros((1, 0, 0)),
    }
    return Problem(_proper(Structure(**structure)), _proper(Values(**values)))
