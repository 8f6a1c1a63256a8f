"""A better programme under the same rules: annealing over order and selection of steps.

Candidates meet the same worlds and the same weather (common random numbers), so that their
difference is theirs. What is found is judged on fresh worlds that the search has not seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from winset.ask.followable import problems_of
from winset.ask.scene import Scene
from winset.case.model import Case, Named, Programme, Step
from winset.tables import standard_error
from winset.words import programme as said
from winset.worlds.keyed import uniforms

Floats = NDArray[np.float64]
Plan = tuple[int, ...]
"""[step of the pool] its quarter; 0 where it is not part of the programme."""
TRAINING = 128
"""Worlds in which candidates are compared."""
RESTARTS = 4
WARM, COLD = 0.4, 0.01
"""Depth, in points of a hundred, that annealing gives away at first and at last."""
MOST_IDLE = 2000
"""Moves in a row that lead nowhere new, after which a restart ends."""
REAL = 2.0
"""Standard errors beyond which a difference is told."""


@dataclass(frozen=True)
class Rules:
    """What a programme found must keep to, taken from the one that is written.

    Attributes
    ----------
    pool
        Steps it may take: its own and those of the other programmes, a rung once, none barred.
    most
        Steps at most.
    busiest
        Steps of one quarter at most.
    last
        Quarter of the last step at most.
    """

    written: Programme
    pool: tuple[Step, ...]
    most: int
    busiest: int
    last: int

    def plan(self, programme: Programme) -> Plan:
        """Return a programme's quarters over the pool."""
        when = {step.rung: step.quarter for step in programme.steps}
        return tuple(when.get(step.rung, 0) for step in self.pool)

    def programme(self, plan: Plan) -> Programme:
        """Return the programme of a plan; within a quarter steps stand in the order of the pool."""
        steps = tuple(
            replace(step, quarter=quarter)
            for step, quarter in zip(self.pool, plan, strict=True)
            if quarter
        )
        own = self.written
        name = said.found(own.words.phrase)
        return replace(
            own,
            id=f"{own.id}-found",
            words=Named(said.found_label(own.words.label), name, name),
            says=said.found_says(own.id, own.says),
            steps=steps,
        )

    def allow(self, case: Case, plan: Plan) -> bool:
        """Tell whether a plan keeps the rules and can be followed at all."""
        quarters = [quarter for quarter in plan if quarter]
        if not quarters or len(quarters) > self.most or max(quarters) > self.last:
            return False
        if max(Counter(quarters).values()) > self.busiest:
            return False
        return not any(problems_of(case, self.programme(plan)))


@dataclass
class Search:
    """What was tried, and the best of it."""

    rules: Rules
    best: Plan
    depth: float
    tried: int = 0
    starts: list[tuple[float, float, int]] = field(default_factory=list)
    """[restart] depth at its start and at its best, and candidates followed."""


def rules_of(case: Case, written: Programme, quarters: int) -> Rules:
    """Take the rules of a search from the programme that is written."""
    own = {step.rung: step for step in written.steps}
    for programme in case.programmes:
        for step in programme.steps:
            own.setdefault(step.rung, step)
    pool = tuple(
        replace(step, otherwise="" if step.otherwise in written.barred else step.otherwise)
        for rung, step in own.items()
        if rung not in written.barred
    )
    asked = [step.quarter for step in written.steps]
    return Rules(written, pool, len(asked), max(Counter(asked).values()), min(max(asked), quarters))


def search(
    case: Case,
    scene: Scene,
    rules: Rules,
    *,
    budget: int,
    rng: int,
    progress: Callable[[int, int], None] | None = None,
) -> Search:
    """Anneal from the written programme and from shuffled ones; return the deepest plan met.

    Parameters
    ----------
    case, scene
        The case, and the worlds in which candidates are compared.
    rules
        What a candidate must keep to.
    budget
        Candidates to follow, over all restarts.
    rng
        Seed of the moves.
    progress
        Called with candidates followed and the budget.
    """
    known: dict[Plan, float] = {}

    def depth_of(plan: Plan) -> float:
        if plan not in known:
            known[plan] = float(scene.depth(scene.run(rules.programme(plan), keep=False)).mean())
            if progress is not None:
                progress(min(len(known), budget), budget)
        return known[plan]

    written = rules.plan(rules.written)
    found = Search(rules, written, depth_of(written))
    for restart in range(RESTARTS):
        before, limit = len(known), budget * (restart + 1) // RESTARTS
        luck = _luck(rng, restart)
        here = written if restart == 0 else _shuffled(case, rules, written, luck)
        start = now = top = depth_of(here)
        idle = 0
        while len(known) < limit and idle < MOST_IDLE:
            idle += 1
            done = (len(known) - before) / max(1, limit - before)
            other = _neighbour(rules, here, luck)
            if other == here or not rules.allow(case, other):
                continue
            idle = 0 if other not in known else idle
            new = depth_of(other)
            heat = WARM * (COLD / WARM) ** done
            if new >= now or next(luck) < math.exp((new - now) / heat):
                here, now = other, new
            top = max(top, now)
            if now > found.depth:
                found.best, found.depth = here, now
        found.starts.append((start, top, len(known) - before))
    found.tried = len(known)
    return found


def _luck(rng: int, restart: int) -> Iterator[float]:
    part = 0
    while True:
        names = [f"search/{restart}/{part}/{place}" for place in range(256)]
        yield from uniforms(rng, names, 0, 1)[0].tolist()
        part += 1


def _pick(luck: Iterator[float], many: int) -> int:
    return min(int(next(luck) * many), many - 1)


def _shuffled(case: Case, rules: Rules, plan: Plan, luck: Iterator[float]) -> Plan:
    """Exchange the quarters of many steps, as far as the rules allow it."""
    for _ in range(4 * len(plan)):
        other = _exchange(plan, luck)
        if rules.allow(case, other):
            plan = other
    return plan


def _exchange(plan: Plan, luck: Iterator[float]) -> Plan:
    one, two = _pick(luck, len(plan)), _pick(luck, len(plan))
    changed = [*plan]
    changed[one], changed[two] = plan[two], plan[one]
    return tuple(changed)


def _neighbour(rules: Rules, plan: Plan, luck: Iterator[float]) -> Plan:
    """Exchange two steps, move one in time, take one in or leave one out."""
    kind = next(luck)
    if kind < 0.4:
        return _exchange(plan, luck)
    place = _pick(luck, len(plan))
    changed = [*plan]
    if kind < 0.75 and plan[place]:
        changed[place] = max(1, plan[place] + _pick(luck, 9) - 4)
    elif plan[place]:
        changed[place] = 0
    else:
        changed[place] = 1 + _pick(luck, rules.last)
    return tuple(changed)


def bound(scene: Scene, rules: Rules) -> float:
    """Return a depth that no programme under the rules can pass, mean over worlds.

    As if nobody ever refused and no gate were shut: each measure of the pool rises in one step to
    its highest rung there, the greatest gains first, as many a quarter as the rules allow, in
    effect once the lag of the measure is over.
    """
    case, draws, frame = scene.case, scene.timed.draws, scene.timed.consent.frame
    quarters = scene.air.quarters
    top: dict[str, int] = {}
    for step in rules.pool:
        for name in filter(None, (step.rung, step.otherwise)):
            rung = case.rung[name]
            top[rung.measure] = max(top.get(rung.measure, 0), rung.level)
    total = sum(measure.depth_weight for measure in case.measures)
    quo = np.zeros(scene.worlds)
    gains = []
    for measure in case.measures:
        share = draws.benefit[:, frame.span(measure.id)] * measure.depth_weight * 100.0 / total
        base = share[:, measure.status_quo]
        quo += base
        if top.get(measure.id, 0) > measure.status_quo:
            gains.append(share[:, top[measure.id]] - base)
    ordered = -np.sort(-np.maximum(np.stack(gains, axis=1), 0.0), axis=1)
    asked = 1 + np.arange(ordered.shape[1]) // rules.busiest
    lag = np.maximum(1, (draws.lag.min(axis=1) + 0.5).astype(np.int64))
    left = np.maximum(0, quarters + 1 - asked[None, :] - lag[:, None]) / quarters
    return float((quo + (ordered * left).sum(axis=1)).mean())


@dataclass(frozen=True)
class Lead:
    """A difference of depth on the same worlds: its mean and its standard error."""

    mean: float
    error: float

    @property
    def real(self) -> bool:
        """Whether it lies beyond what chance would show."""
        return abs(self.mean) > REAL * self.error and abs(self.mean) > 1e-9


def lead(one: Floats, two: Floats) -> Lead:
    """Compare two programmes world by world."""
    gap = one - two
    return Lead(float(gap.mean()), standard_error(gap))


def left_out(case: Case, scene: Scene, rules: Rules, plan: Plan) -> dict[str, Lead | None]:
    """Return what each step of a plan adds: the depth lost without it; None if it cannot go."""
    whole = scene.depth(scene.run(rules.programme(plan), keep=False))
    found: dict[str, Lead | None] = {}
    for place, step in enumerate(rules.pool):
        if plan[place]:
            other = (*plan[:place], 0, *plan[place + 1 :])
            fits = rules.allow(case, other)
            found[step.rung] = lead(whole, _depth(scene, rules, other)) if fits else None
    return found


def put_off(case: Case, scene: Scene, rules: Rules, plan: Plan, by: int) -> dict[str, Lead | None]:
    """Return the depth lost by each step of a plan taken later; None if it cannot be."""
    whole = _depth(scene, rules, plan)
    free = replace(rules, busiest=len(plan), last=rules.last + by)
    found: dict[str, Lead | None] = {}
    for place, step in enumerate(rules.pool):
        if plan[place]:
            other = (*plan[:place], plan[place] + by, *plan[place + 1 :])
            fits = free.allow(case, other)
            found[step.rung] = lead(whole, _depth(scene, rules, other)) if fits else None
    return found


def exchanged(
    case: Case, scene: Scene, rules: Rules, plan: Plan
) -> Iterable[tuple[str, str, Lead]]:
    """Exchange each two steps that follow one another in time; yield the depth that costs."""
    whole = _depth(scene, rules, plan)
    order: Sequence[int] = sorted(
        (place for place, quarter in enumerate(plan) if quarter), key=lambda p: (plan[p], p)
    )
    for one, two in pairwise(order):
        if plan[one] == plan[two]:
            continue
        changed = [*plan]
        changed[one], changed[two] = plan[two], plan[one]
        if rules.allow(case, tuple(changed)):
            cost = lead(whole, _depth(scene, rules, tuple(changed)))
            yield rules.pool[one].rung, rules.pool[two].rung, cost


def _depth(scene: Scene, rules: Rules, plan: Plan) -> Floats:
    return scene.depth(scene.run(rules.programme(plan), keep=False))
