"""What an engine must answer on small problems: the same as trying everything.

The engine is a parameter: the compiled one, its plain twin, or a mutant of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import numpy as np

from tests.engine.checks_beside import (
    check_frontiers,
    check_one_thread,
    check_plans,
    check_sources,
)
from tests.engine.checks_disputes import check_disputes, check_limits_of_disputes
from tests.engine.checks_within import WITHIN
from tests.engine.checks_work import check_work
from tests.engine.problems import Draw, Target, all_packages, all_targets, columns, whole_rows
from winset.engine.layout import Problem
from winset.oracle import brute
from winset.oracle.brute import Best, Judged, Levels, Plain


@dataclass(frozen=True)
class Truth:
    """What one world answers, by trying everything."""

    plain: Plain
    winset: list[Levels]
    reached: list[int]
    """[target]"""
    alone: list[bool]
    """[target]"""
    best: dict[Target | None, Best | None]
    judged: list[Judged]
    """[package asked about]"""
    moved: list[list[bool]]
    """[package asked about, slot]"""


@dataclass(frozen=True)
class Known:
    """A problem and all its answers."""

    problem: Problem
    targets: list[Target]
    packages: list[Levels]
    forces: list[Target]
    truths: list[Truth]

    @classmethod
    def of(cls, problem: Problem, *, packages: int = 5, forces: int = 3, seed: int = 0) -> Known:
        rng = np.random.default_rng(seed)
        structure, values = problem
        targets = all_targets(structure)
        every = all_packages(structure)
        asked = [every[i] for i in rng.integers(len(every), size=packages)]
        asked.append(tuple(structure.status_quo.tolist()))
        forced = [targets[i] for i in rng.integers(len(targets), size=forces)]
        lighter = Problem(structure, values._replace(row_on=values.row_on & ~whole_rows(structure)))
        truths = [
            truth(problem, lighter, w, targets, asked, forced) for w in range(values.depth.shape[0])
        ]
        return cls(problem, targets, asked, forced, truths)


def truth(
    problem: Problem,
    lighter: Problem,
    w: int,
    targets: list[Target],
    asked: list[Levels],
    forced: list[Target],
) -> Truth:
    plain, light = Plain(problem, w), Plain(lighter, w)
    winset = plain.winset()
    inside = set(winset)
    best: dict[Target | None, Best | None] = {None: brute.deepest(winset, plain)}
    best |= {force: brute.deepest(winset, plain, force=force) for force in forced}
    return Truth(
        plain,
        winset,
        [int(brute.exists(winset, m, k)) for m, k in targets],
        [brute.alone(light, m, k) for m, k in targets],
        best,
        [plain.judge(levels) for levels in asked],
        [
            [tuple(k if n == m else at for n, at in enumerate(x)) in inside for m, k in targets]
            for x in asked
        ],
    )


@contextmanager
def refused() -> Iterator[None]:
    """Expect a ValueError."""
    try:
        yield
    except ValueError:
        return
    raise AssertionError("no ValueError")


def check_judge(engine: ModuleType, known: Known) -> None:
    """Slacks, violations, shut rungs and acceptance of each package asked about."""
    for i, levels in enumerate(known.packages):
        found = engine.judge(known.problem, levels)
        for w, true in enumerate(known.truths):
            wanted = true.judged[i]
            assert bool(found.accepted[w]) == wanted.accepted
            assert found.row_slack[w].tolist() == list(wanted.slack)
            assert found.violated[w].tolist() == list(wanted.violated)
            assert bool(found.shut[w]) == wanted.shut
            assert found.binding[w].tolist() == [
                on and not true.plain.asleep(r, levels) for r, on in enumerate(true.plain.row_on)
            ]


def check_many(engine: ModuleType, known: Known) -> None:
    """Packages each in the world named, several packages in all worlds, rows that always hold."""
    count = len(known.truths)
    at = [(2 * i + 1) % count for i in range(len(known.packages))]
    one = engine.judge(known.problem, known.packages, worlds=at)
    for i, w in enumerate(at):
        other = engine.judge(known.problem, known.packages[i])
        assert all((a[i] == b[w]).all() for a, b in zip(one, other, strict=True))
    wanted = [[judged.accepted for judged in true.judged] for true in known.truths]
    assert engine.accepts(known.problem, known.packages).tolist() == wanted
    turned = [np.roll(known.packages, w, axis=0) for w in range(count)]
    answers = engine.accepts(known.problem, turned).tolist()
    assert answers == [np.roll(row, w).tolist() for w, row in enumerate(wanted)]
    slim = engine.slim(known.problem)
    assert engine.accepts(slim, known.packages).tolist() == wanted
    off = known.problem.values.row_on & ~slim.values.row_on
    every = all_packages(known.problem.structure)
    for w, true in enumerate(known.truths):
        slack = np.array([true.plain.judge(levels).slack for levels in every])
        holds = (slack >= 0).all(axis=0)
        assert not (off[w] & ~holds).any()
        narrow = np.array([_reads_one(known.problem, r) for r in range(off.shape[1])])
        assert (off[w] == (holds & known.problem.values.row_on[w]))[narrow].all()


def _reads_one(problem: Problem, row: int) -> bool:
    """Whether a row reads one measure once, so that its least is the least there is."""
    st = problem.structure
    terms = st.term_start[row + 1] - st.term_start[row]
    softs = st.soft_start[row + 1] - st.soft_start[row]
    entries = st.row_start[row + 1] - st.row_start[row]
    return bool(entries + terms == 1 and softs == 0 and row not in st.square_row)


def check_neighbours(engine: ModuleType, known: Known) -> None:
    """Each package asked about, moved to each slot."""
    for i, levels in enumerate(known.packages):
        found = engine.neighbours(known.problem, levels)
        assert found.tolist() == [true.moved[i] for true in known.truths]


def check_alone(engine: ModuleType, known: Known) -> None:
    """Each rung by itself."""
    found = engine.alone(known.problem, *columns(known.targets))
    assert found.tolist() == [true.alone for true in known.truths]


def check_exists(engine: ModuleType, known: Known) -> None:
    """Each rung, asked together."""
    found = engine.exists(known.problem, *columns(known.targets))
    assert found.tolist() == [true.reached for true in known.truths]
    asked = np.zeros(found.shape, np.bool_)
    asked[:, ::2] = True
    asked[0, :] = False
    part = engine.exists(known.problem, *columns(known.targets), asked=asked)
    assert part.tolist() == np.where(asked, found, -1).tolist()


def check_deepest(engine: ModuleType, known: Known) -> None:
    """The deepest package with its tie-break, free and forced."""
    for force in (None, *known.forces):
        found = engine.deepest(known.problem, force=force)
        assert found.settled.all()
        for w, true in enumerate(known.truths):
            wanted = true.best[force]
            assert bool(found.found[w]) == (wanted is not None)
            levels = tuple(found.levels[w].tolist())
            sizes = (int(found.depth[w]), int(found.effort[w]), int(found.bound[w]))
            if wanted is None:
                assert set(levels) == {-1}
                assert sizes == (-1, -1, -1)
            else:
                assert levels == wanted.levels
                assert sizes == (wanted.depth, wanted.effort, wanted.depth)


def check_limits(engine: ModuleType, known: Known, limits: Sequence[int] = (0, 2)) -> None:
    """A search that gives up says so, keeps to its limit and bounds what it has not seen."""
    for limit in limits:
        force = known.forces[0] if limit == 2 else None
        found = engine.deepest(known.problem, node_limit=limit, force=force)
        assert (found.nodes <= limit).all()
        for w, true in enumerate(known.truths):
            wanted = true.best[force]
            levels = tuple(found.levels[w].tolist())
            if found.found[w]:
                assert true.plain.accepts(levels)
                assert true.plain.worth(levels) == (found.depth[w], found.effort[w])
            assert found.bound[w] >= (wanted.depth if wanted else -1)
            assert found.bound[w] >= found.depth[w]
            if found.settled[w]:
                assert levels == (wanted.levels if wanted else (-1,) * len(levels))
    reached = engine.exists(known.problem, *columns(known.targets), node_limit=1)
    for row, true in zip(reached.tolist(), known.truths, strict=True):
        assert all(seen in {-1, wanted} for seen, wanted in zip(row, true.reached, strict=True))


def check_without(engine: ModuleType, known: Known) -> None:
    """Lifted limits bind nobody; the given problem stays as it is."""
    structure, values = known.problem
    levels = known.packages[0]
    rows, clauses = structure.row_owner.size, structure.clause_hard.size
    before = values.row_on.tobytes(), values.clause_on.tobytes()
    freed = engine.without(known.problem, owners=[0], rows=[rows - 1])
    off = (structure.row_owner == 0) | (np.arange(rows) == rows - 1)
    assert (freed.values.row_on == (values.row_on & ~off)).all()
    each = np.zeros(values.clause_on.shape, np.bool_)
    each[:1] = True
    freed = engine.without(known.problem, clauses=each)
    assert (freed.values.clause_on == (values.clause_on & ~each)).all()
    free = engine.without(known.problem, rows=np.ones(rows, np.bool_), clauses=range(clauses))
    assert not free.values.row_on.any()
    assert not free.values.clause_on.any()
    lonely = [
        (not plain.is_shut(levels) and all(plain.accept)) or levels == plain.quo
        for plain in (true.plain for true in known.truths)
    ]
    assert engine.judge(free, levels).accepted.tolist() == lonely
    assert (values.row_on.tobytes(), values.clause_on.tobytes()) == before


def check_forced(engine: ModuleType, known: Known) -> None:
    """With rungs held, packages below them are shut and no others; odd rungs are refused."""
    first = known.problem.structure.first
    m, k = known.targets[-1]
    held = engine.forced(known.problem, [m], [k])
    shut = known.problem.values.shut != 0
    shut[:, first[m] : first[m] + k] = True
    assert ((held.values.shut != 0) == shut).all()
    free = engine.forced(known.problem, [0], [0])
    assert (free.values.shut == known.problem.values.shut).all()
    tops = np.diff(first) - 1
    engine.forced(known.problem, [0], [tops[0]])
    for measures, levels in (
        ([-1], [0]),
        ([tops.size], [0]),
        ([0], [-1]),
        ([0], [tops[0] + 1]),
        ([0, 0], [0]),
    ):
        with refused():
            engine.forced(known.problem, measures, levels)


Check = Callable[[ModuleType, Known], None]
CHECKS: tuple[Check, ...] = (
    check_judge,
    check_many,
    check_without,
    check_forced,
    check_neighbours,
    check_alone,
    check_exists,
    check_deepest,
    check_limits,
)


def check_borders(engine: ModuleType) -> None:
    """What cannot be a package or a target is refused; what just can is not."""
    problem = Draw(3, worlds=2, measures=3).problem()
    structure = problem.structure
    tops = (np.diff(structure.first) - 1).tolist()
    for ask in (engine.judge, engine.neighbours):
        ask(problem, tops)
        ask(problem, [0] * len(tops))
        for m in range(len(tops)):
            for step in (-1, tops[m] + 1):
                with refused():
                    ask(problem, [step if n == m else 0 for n in range(len(tops))])
        with refused():
            ask(problem, [0] * (len(tops) + 1))
    for ask in (engine.alone, engine.exists):
        last = len(tops) - 1
        assert ask(problem, [0, last], [0, tops[last]]).shape == (2, 2)
        assert ask(problem, [], []).shape == (2, 0)
        for measure, level in (
            ([-1], [0]),
            ([last + 1], [0]),
            ([0], [-1]),
            ([last], [tops[last] + 1]),
            ([0, 1], [0]),
            ([[0]], [[0]]),
        ):
            with refused():
                ask(problem, measure, level)
    engine.judge(problem, [[0] * len(tops)] * 2, worlds=[0, 1])
    for world in (-1, 2):
        with refused():
            engine.judge(problem, [[0] * len(tops)], worlds=[world])
    with refused():
        engine.accepts(problem, [[tops[0] + 1, *[0] * (len(tops) - 1)]])
    with refused():
        engine.deepest(problem, force=(0, tops[0] + 1))
    with refused():
        engine.deepest(problem, force=(-1, 0))


def check_threads(engine: ModuleType) -> None:
    """Threads share the worlds without changing or losing any."""
    problem = Draw(5, worlds=19, measures=3).problem()
    first = tuple(problem.structure.status_quo.tolist())
    kept = os.environ.get("WINSET_THREADS")
    answers = []
    try:
        for wanted in ("1", "2", "3"):
            os.environ["WINSET_THREADS"] = wanted
            answers.append(
                (
                    engine.deepest(problem).levels.tobytes(),
                    engine.neighbours(problem, first).tobytes(),
                )
            )
        os.environ["WINSET_THREADS"] = ""
        assert engine.ready.threads() == (os.cpu_count() or 1)
        os.environ["WINSET_THREADS"] = "0"
        assert engine.ready.threads() == 1
    finally:
        if kept is None:
            del os.environ["WINSET_THREADS"]
        else:
            os.environ["WINSET_THREADS"] = kept
    assert len(set(answers)) == 1


def check_warm(engine: ModuleType) -> None:
    """Every question is asked once, with or without somebody to tell."""
    steps: list[str] = []
    engine.warm(steps.append)
    assert len(steps) == len(set(steps)) >= 4
    engine.warm()


@cache
def fixed() -> tuple[Known, ...]:
    """Draw the problems that a mutant is tried on."""
    return tuple(
        Known.of(
            Draw(seed, worlds=2, measures=6 if seed % 5 == 4 else None).problem(),
            forces=2,
            seed=seed,
        )
        for seed in range(80)
    )


def check_first_answers(engine: ModuleType) -> None:
    """Every question about the first few problems: what most mutants fail."""
    _check_all(engine, fixed()[:12])


def check_answers(engine: ModuleType) -> None:
    """Every question about all others."""
    _check_all(engine, fixed()[12:])


def _check_all(engine: ModuleType, problems: Sequence[Known]) -> None:
    for known in problems:
        for check in CHECKS:
            check(engine, known)


INSIDE: tuple[Callable[[ModuleType], None], ...] = (
    *WITHIN,
    check_borders,
    check_plans,
    check_one_thread,
    check_sources,
    check_first_answers,
    check_work,
    check_answers,
    check_threads,
    check_warm,
)
BESIDE = (check_frontiers, check_disputes, check_limits_of_disputes)
"""Checks of what does not touch the search."""
