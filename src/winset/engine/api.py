"""The questions as Python functions: arrays checked at the border, one kernel call each."""

from __future__ import annotations

import threading
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .answers import Found, solve_block
from .beside import Beside, neighbours_block, room_beside
from .judge import Room, accepts_block, judge_block, judging_room
from .layout import B1, I1, I8, Problem, Structure, Values
from .plan import Plan
from .presolve import idle_block
from .ready import check_levels, read_targets, ready, share
from .relax import without
from .search import ANY, DEEPEST, Engine, new_engine

NODE_LIMIT = 200_000
"""Nodes after which a search of one world gives up and reports its bound."""


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


def judge(
    problem: Problem, levels: ArrayLike, *, worlds: ArrayLike | None = None, every: bool = True
) -> Judgement:
    """Judge one package in each world, or packages each in the world named.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    levels
        [world, measure] or [measure] (the same package in all worlds).
    worlds
        [package] the world each of ``levels``, then [package, measure], is judged in; the answer
        has a line for each package.  Fast where packages of one world follow each other.
    every
        Whether the slacks of rows that are off are told too; without them it is faster.

    Returns
    -------
    Judgement
        Acceptance, slack of each row, violated clauses, one-rung limits.

    Raises
    ------
    ValueError
        A level or a world that the problem does not have.
    """
    structure, values, _ = ready(problem)
    count = values.depth.shape[0]
    at = np.arange(count) if worlds is None else np.asarray(worlds, dtype=np.int64)
    if at.size and not (at.min() >= 0 and at.max() < count):
        raise ValueError(f"worlds are numbered 0 to {count - 1}")
    wanted = np.broadcast_to(np.asarray(levels), (at.size, structure.status_quo.size))
    check_levels(structure, wanted)
    x = np.array(wanted, dtype=np.int8, order="C")
    answer = Judgement(
        accepted=np.zeros(at.size, np.bool_),
        row_slack=np.zeros((at.size, structure.row_owner.size), np.int64),
        violated=np.zeros((at.size, structure.clause_hard.size), np.bool_),
        shut=np.zeros(at.size, np.bool_),
        binding=np.zeros((at.size, structure.row_owner.size), np.bool_),
    )

    def run(_: None, start: int, stop: int) -> None:
        judge_block(
            structure,
            values,
            at,
            start,
            stop,
            x,
            every,
            answer.accepted,
            answer.row_slack,
            answer.binding,
            answer.violated,
            answer.shut,
        )

    share(at.size, lambda: None, run)
    return answer


def accepts(problem: Problem, packages: ArrayLike) -> B1:
    """Tell in which worlds each of some packages is accepted.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.
    packages
        [package, measure], or [world, package, measure]: packages of their own for each world.

    Returns
    -------
    NDArray
        [world, package]

    Raises
    ------
    ValueError
        A level that the problem does not have.
    """
    structure, values, _ = ready(problem)
    worlds = values.depth.shape[0]
    x = np.array(packages, dtype=np.int8, order="C")
    if x.ndim < 3:
        x = x.reshape(1, -1, structure.status_quo.size)
    elif x.shape[0] != worlds:
        raise ValueError(f"packages of {worlds} worlds expected: got those of {x.shape[0]}")
    check_levels(structure, x)
    answer = np.zeros((worlds, x.shape[1]), np.bool_)

    def run(room: Room, start: int, stop: int) -> None:
        accepts_block(structure, values, start, stop, x, room, answer)

    share(worlds, lambda: judging_room(structure), run)
    return answer


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
    structure, values, plan = ready(problem)
    targets = read_targets(structure, [], []) if force is None else read_targets(structure, *force)
    answer = _room_for_packages(values.depth.shape[0], structure.status_quo.size)
    worlds = np.arange(values.depth.shape[0])
    nothing = np.zeros((0, 0), np.int8)
    _solve(structure, values, plan, worlds, DEEPEST, node_limit, targets, answer, nothing)
    return answer


def _solve(
    structure: Structure,
    values: Values,
    plan: Plan,
    worlds: I8,
    goal: int,
    node_limit: int,
    targets: tuple[I8, I8],
    packages: Deepest,
    verdicts: I1,
) -> None:
    """Let threads solve the listed worlds in groups."""
    found = Found(*packages)

    def run(engine: Engine, start: int, stop: int) -> None:
        solve_block(
            structure,
            values,
            plan,
            engine,
            worlds,
            start,
            stop,
            goal,
            int(node_limit),
            *targets,
            found,
            verdicts,
        )

    share(worlds.size, lambda: _engine_of(structure, values, plan), run)


_HELD = threading.local()
"""Of each thread the engine it used last, with the plan it was made for."""


def _engine_of(structure: Structure, values: Values, plan: Plan) -> Engine:
    """Return the engine this thread used last, or a new one for another plan."""
    criteria = values.total.shape[1]
    held: tuple[Plan, int, Engine] | None = getattr(_HELD, "engine", None)
    if held is None or held[0] is not plan or held[1] != criteria:
        held = plan, criteria, new_engine(structure, values, plan)
        _HELD.engine = held
    return held[2]


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
    problem: Problem,
    measure: ArrayLike,
    level: ArrayLike,
    *,
    node_limit: int = NODE_LIMIT,
    asked: ArrayLike | None = None,
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
    asked
        [world, target] what is asked; all by default.  A world is made ready once for all that
        is asked of it.

    Returns
    -------
    NDArray
        [world, target] 1: some package does; 0: none does; -1: not settled, or not asked.
    """
    packages = _room_for_packages(0, problem.structure.status_quo.size)
    return _exists(problem, measure, level, node_limit, asked, packages)


def witness(
    problem: Problem,
    measure: ArrayLike,
    level: ArrayLike,
    *,
    node_limit: int = NODE_LIMIT,
    asked: ArrayLike | None = None,
) -> tuple[I1, I1]:
    """Tell for each target whether some accepted package reaches it, and show one.

    Parameters
    ----------
    problem, measure, level, node_limit, asked
        As for ``exists``.

    Returns
    -------
    tuple of NDArray
        The verdicts, [world, target], and [world, measure] the package found last in each world:
        where one target was asked and is open, one that reaches it.  Zeros where none was found.
    """
    packages = _room_for_packages(problem.values.depth.shape[0], problem.structure.status_quo.size)
    return _exists(problem, measure, level, node_limit, asked, packages), packages.levels


def _exists(
    problem: Problem,
    measure: ArrayLike,
    level: ArrayLike,
    node_limit: int,
    asked: ArrayLike | None,
    packages: Deepest,
) -> I1:
    structure, values, plan = ready(problem)
    targets = read_targets(structure, measure, level)
    shape = (values.depth.shape[0], targets[0].size)
    wanted = np.ones(shape, np.bool_) if asked is None else np.asarray(asked, np.bool_)
    verdicts = np.zeros(shape, np.int8)
    verdicts[wanted] = -1
    worlds = np.flatnonzero(wanted.any(axis=1))
    _solve(structure, values, plan, worlds, ANY, node_limit, targets, packages, verdicts)
    return np.where(wanted, verdicts, np.int8(-1))


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
    structure = problem.structure
    measures, levels = read_targets(structure, measure, level)
    whole = (structure.row_owner >= 0) & (np.diff(structure.wake_start) > 0)
    moved = neighbours(without(problem, rows=whole), structure.status_quo)
    return moved[:, structure.first[measures] + levels]


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
    structure, values, plan = ready(problem)
    package = np.array(levels, dtype=np.int8)
    check_levels(structure, package)
    answer = np.zeros(values.depth.shape, np.bool_)

    def run(beside: Beside, start: int, stop: int) -> None:
        neighbours_block(structure, values, plan, start, stop, package, beside, answer)

    share(values.depth.shape[0], lambda: room_beside(structure, values, plan), run)
    return answer


def slim(problem: Problem) -> Problem:
    """Switch off, world by world, the rows that hold whatever the package.

    The win-sets are the same, and searches have less to read.

    Parameters
    ----------
    problem
        Structure and values of a block of worlds.

    Returns
    -------
    Problem
        A copy that shares all arrays but the switches of rows.
    """
    structure, values, plan = ready(problem)
    idle = np.zeros(values.row_on.shape, np.bool_)

    def run(_: None, start: int, stop: int) -> None:
        idle_block(structure, values, plan, start, stop, idle)

    share(values.row_on.shape[0], lambda: None, run)
    return without(problem, rows=idle)
