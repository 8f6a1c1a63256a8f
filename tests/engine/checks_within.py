"""What parts of the engine promise by themselves, whatever the search makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.engine.counting import counted
from tests.engine.problems import Draw, all_targets, columns
from winset.engine import Problem
from winset.engine.plan import make_plan
from winset.engine.presolve import FAILS, SAME
from winset.oracle.brute import Levels, Plain

Open = list[set[int]]
"""[measure] levels that are open."""


@cache
def drawn(count: int) -> tuple[Problem, ...]:
    """Draw the problems whose parts are looked at."""
    return tuple(Draw(600 + place, worlds=2).problem() for place in range(count))


class Wordy(Draw):
    """A draw in which each clause joins three measures."""

    def clauses(self) -> list[list[tuple[int, int, bool]]]:
        levels = [
            (m, int(self.rng.integers(1, top + 1)), bool(self.rng.random() < 0.5))
            for m, top in enumerate(self.tops.tolist())
        ]
        return [[levels[m] for m in self.rng.permutation(len(levels))[:3]] for _ in range(4)]


@cache
def wordy() -> tuple[Problem, ...]:
    """Draw problems of long and dear clauses: some with many rows, some with only one on."""
    found = []
    for seed in range(700, 860):
        draw = Wordy(seed, worlds=2, measures=3 + seed % 4)
        structure, values = draw.problem()
        values = values._replace(soft=3 * values.soft)
        rows = values.row_on.shape[1]
        if draw.crowded or draw.tops.size < 6:
            found.append(Problem(structure, values))
        if draw.tops.size < 6:
            only = values.row_on & (np.arange(rows) == seed % rows)
            found.append(Problem(structure, values._replace(row_on=only)))
    return tuple(found)


@dataclass(frozen=True)
class World:
    """One world, as arrays for the parts of a copy of the engine and as plain lists."""

    engine: ModuleType
    problem: Problem
    w: int
    plain: Plain

    def part(self, name: str) -> Any:
        return import_module(f"{self.engine.__name__}.{name}")

    def opened(self) -> tuple[bool, NDArray[np.int64]]:
        """Presolve: whether something is left, and the open levels as bits."""
        st, v, plan = self.part("ready").ready(self.problem)
        measures, presolve = st.status_quo.size, self.part("presolve")
        dom = np.zeros(measures, np.int64)
        presolve.open_levels(st, v, self.w, dom)
        short, across = np.zeros(st.first[-1], np.int64), np.zeros(64, np.int64)
        seen = np.zeros(plan.part_measure.size, np.int64)
        left = presolve.presolve(st, v, plan, self.w, dom, short, across, seen) != FAILS
        return left, dom

    def ready(self, dom: NDArray[np.int64]) -> Any:
        """Build the core of the open levels; the room of a search, at its root."""
        st, v, plan = self.part("ready").ready(self.problem)
        room = self.part("search").new_engine(st, v, plan)
        core = room.core
        self.part("fold").build_core(
            st, v, plan, self.w, dom, core.frame, core.wide, core.narrow, core.logic, core.fold
        )
        self.part("bound").reset_dual(core.frame, core.wide, core.narrow, room.dual)
        self.part("logic").root_state(core.frame, plan.owner_need, room.state)
        return room


def worlds(engine: ModuleType, problems: Iterable[Problem]) -> Iterator[World]:
    """Yield every world of the problems."""
    for problem in problems:
        for w in range(problem.values.depth.shape[0]):
            yield World(engine, problem, w, Plain(problem, w))


def check_presolve(engine: ModuleType) -> None:
    """The presolve removes what clauses and single rows rule out, again and again, and no more."""
    for world in worlds(engine, drawn(400)):
        left, dom = world.opened()
        wanted = filtered(world)
        assert left == (wanted is not None)
        if wanted is not None:
            bits = [sum(1 << k for k in levels) for levels in wanted]
            assert dom.tolist() == bits
            _check_settled(world, wanted)


def _check_settled(world: World, left: Open) -> None:
    """Rows that are called settled hold at every level the presolve has left."""
    st, _, plan = world.part("ready").ready(world.problem)
    for r in plan.narrow.tolist():
        if not (world.plain.row_on[r] and world.part("fold").is_settled(st, plan, r)):
            continue
        for levels in product(*left):
            assert world.plain.slack(r, levels, world.plain.violations(levels)) >= 0


def filtered(world: World) -> Open | None:
    """Return the levels that clauses and single rows leave; None: nothing is left."""
    plain = world.plain
    left: Open = [
        {k for k in range(top + 1) if not plain.closed[plain.first[m] + k]}
        for m, top in enumerate(plain.tops)
    ]
    required = {-1, *(group[0] for group in map(sorted, map(set, plain.accept)) if len(group) == 1)}
    rows = [
        r
        for r in make_plan(world.problem.structure).narrow.tolist()
        if plain.row_on[r] and plain.owner[r] in required
    ]
    before: Open = []
    while before != left:
        before = [set(levels) for levels in left]
        for clause, on, hard in zip(plain.clauses, plain.clause_on, plain.hard, strict=True):
            if on and hard:
                _filter_clause(clause, left)
        for r in rows:
            if not _filter_row(plain, r, left):
                return None
        if not all(left):
            return None
    return left


def _true(literals: list[tuple[int, int, bool]], m: int, levels: set[int]) -> set[int]:
    """Levels of a measure at which a literal holds."""
    return {k for k in levels for n, at, above in literals if n == m and (k >= at) == above}


def _filter_clause(clause: list[tuple[int, int, bool]], left: Open) -> None:
    live = {m for m, _, _ in clause if _true(clause, m, left[m])}
    for m, levels in enumerate(left):
        if live <= {m}:
            left[m] = _true(clause, m, levels)


def _filter_row(plain: Plain, r: int, left: Open) -> bool:
    """Remove levels of what a row reads at which it cannot hold; whether it can hold at all."""
    undecided = [m for m in plain.wake[r] if left[m] != {plain.quo[m]}]
    awake = not plain.wake[r] or any(plain.quo[m] not in left[m] for m in plain.wake[r])
    if not awake and len(undecided) != 1:
        return True
    reads = {m for m, _ in plain.entries[r]} | {m for a, b, _ in plain.terms[r] for m in (a, b)}
    reads |= {m for q, _ in plain.softs[r] for m, _, _ in plain.clauses[q]}
    for m in reads if awake else reads & {*undecided}:
        for k in sorted(left[m]):
            at = [{k} if n == m else one for n, one in enumerate(left)]
            if _most(plain, r, at, left) < 0 and (awake or k != plain.quo[m]):
                left[m].discard(k)
    return not awake or _most(plain, r, left, left) >= 0


def _most(plain: Plain, r: int, at: Open, left: Open) -> int:
    """Most that each entry and each term of a row can give, less what is lost for sure."""
    if not all(at):
        return -1
    value: int = plain.constant[r]
    value += sum(max(coef[k] for k in at[m]) for m, coef in plain.entries[r])
    for a, b, cells in plain.terms[r]:
        value += max(cells[i * (plain.tops[b] + 1) + k] for i in at[a] for k in at[b])
    for q, amount in plain.softs[r]:
        clause = plain.clauses[q]
        if plain.clause_on[q] and not any(_true(clause, m, left[m]) for m, _, _ in clause):
            value -= amount
    return value


def check_propagation(engine: ModuleType) -> None:
    """What the filters leave, they leave alone when asked again; no accepted package is lost."""
    rng = np.random.default_rng(1)
    for world in worlds(engine, drawn(60)):
        left, dom = world.opened()
        if not left:
            continue
        room = world.ready(dom)
        core, state = room.core, room.state
        frame = core.frame
        given = (frame, core.wide, core.narrow, core.logic)
        propagate_all = world.part("propagate").propagate_all
        for f in range(frame.count[0]):
            state[f] &= rng.integers(1, state[f] + 1)
        inside = [x for x in world.plain.winset() if x != world.plain.quo and held(frame, state, x)]
        done = propagate_all(*given, state, room.work)
        if done == FAILS:
            assert not inside
            continue
        assert all(held(frame, state, levels) for levels in inside)
        again = state.copy()
        room.work.seen[:] = 0
        assert propagate_all(*given, again, room.work) == SAME
        assert (again == state).all()


def check_single(engine: ModuleType) -> None:
    """Of a single package the filters leave nothing exactly where it is not accepted."""
    rng = np.random.default_rng(3)
    for world in worlds(engine, [*drawn(60), *wordy()]):
        left, dom = world.opened()
        if not left:
            continue
        for m in np.flatnonzero(rng.random(dom.size) < 0.2):
            dom[m] &= -dom[m]
        room = world.ready(dom)
        core = room.core
        given = (core.frame, core.wide, core.narrow, core.logic)
        packages = list(_packages(core.frame))
        for place in rng.choice(len(packages), min(40, len(packages)), replace=False):
            levels, state = packages[place]
            room.state[: len(state)] = state
            room.work.seen[:] = 0
            done = world.part("propagate").propagate_all(*given, room.state, room.work)
            world.part("logic").root_state(core.frame, owner_need(world), room.state)
            if levels != world.plain.quo:
                assert (done != FAILS) == world.plain.accepts(levels)


def _packages(frame: Any) -> Iterator[tuple[Levels, list[int]]]:
    """Yield each package of the open levels, and its state."""
    for picks in _all_picks(frame):
        levels = frame.base.tolist()
        for f, slot in enumerate(picks):
            levels[frame.free[f]] = int(frame.level[slot])
        yield tuple(levels), [1 << (slot - int(frame.first[f])) for f, slot in enumerate(picks)]


def owner_need(world: World) -> NDArray[np.int64]:
    """Who must consent, in any case or as one of several."""
    found = world.part("ready").ready(world.problem)[2].owner_need
    assert isinstance(found, np.ndarray)
    return found


def held(frame: Any, state: NDArray[np.int64], levels: Levels) -> bool:
    """Whether a state holds a package."""
    for m, level in enumerate(levels):
        f = frame.place[m]
        slot = frame.spot[m, level]
        if f < 0 and frame.base[m] != level:
            return False
        if f >= 0 and (slot < 0 or not state[f] >> (slot - frame.first[f]) & 1):
            return False
    return True


def check_bounds(engine: ModuleType) -> None:
    """Whatever the prices: no package is worth more than the bound; without pairs one is."""
    rng = np.random.default_rng(2)
    met = 0
    for world in worlds(engine, drawn(60)):
        left, dom = world.opened()
        if not left:
            continue
        room = world.ready(dom)
        frame, dual = room.core.frame, room.dual
        dual.price[:] = rng.choice([0.0, 0.0, 0.5, 1.0, 3.0], dual.price.size)
        dual.clause[:] = rng.choice([0.0, 0.5, 1.0], dual.clause.size)
        room.tree.scale[:] = 0.0, 7.0, 0.0, 0.0
        known = world.part("search").set_score(frame, room.tree, dual, 0)
        given = (frame, room.core.wide, room.core.narrow, room.core.logic)
        bounds = [world.part("bound").evaluate(*given, room.state, dual) + known for _ in range(3)]
        plain = not dual.busy[: frame.count[2]].any() and not room.core.wide.square.any()
        most = max(_worth(world, room, picks) for picks in _all_picks(frame)) + known
        assert min(bounds) >= most - 1e-6
        if plain:
            np.testing.assert_allclose(bounds, most, rtol=0, atol=1e-6)
            met += 1
    assert met > 20


def _all_picks(frame: Any) -> Iterator[tuple[int, ...]]:
    slots = [range(frame.first[f], frame.first[f + 1]) for f in range(frame.count[0])]
    return product(*slots)


def _worth(world: World, room: Any, picks: tuple[int, ...]) -> float:
    """Score of a package with each row that binds and each clause priced in."""
    core, dual, bound = room.core, room.dual, world.part("bound")
    dual.pick[: len(picks)] = picks
    bound.value_at_picks(core.frame, core.wide, core.narrow, dual)
    worth = sum(dual.score[slot] for slot in picks) + float(dual.acting @ dual.slack)
    for q in range(core.frame.count[5]):
        true = bound.literals_at_picks(core.frame, core.logic, q, dual.pick)
        worth += dual.clause[q] * (true - 1.0)
    return float(worth)


def check_asked(engine: ModuleType) -> None:
    """Nothing is done for what is not asked; a bound on depth is at most all depth there is."""
    answers = import_module(f"{engine.__name__}.answers")
    names = (("answers", "open_world"), ("answers", "search"))
    for problem in drawn(12):
        targets = all_targets(problem.structure)
        asked = np.zeros((2, len(targets)), np.bool_)
        for column, most in ((None, 0), (-1, 1)):
            if column is not None:
                asked[0, column] = True
            with counted(engine, names) as spent:
                engine.exists(problem, *columns(targets), asked=asked)
            assert max(spent[name] for name in names) <= most
        assert answers.any_asked(np.array([0, -1, 1], np.int8))
        assert not answers.any_asked(np.array([0, 1, 0], np.int8))
        depth = int(problem.values.depth[0].sum())
        for upper in (depth - 1.0, depth - 0.5, float(depth), depth + 3.0, np.inf):
            found = answers.most_depth(problem.values, 0, upper)
            assert min(upper, depth) <= found <= depth


WITHIN = (check_presolve, check_single, check_propagation, check_bounds, check_asked)
