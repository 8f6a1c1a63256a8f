"""The five findings of an answer, computed alike from every variation of the worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.limits import Targets, find_closing
from winset.ask.reach.robust import Path, accepting_worlds, build_path, depths
from winset.ask.reach.units import take
from winset.case.model import Case
from winset.engine import deepest, exists, without
from winset.problem import Compiled, compile_problem
from winset.tables import wilson
from winset.words import phrases as grammar
from winset.words import reach as reach_words
from winset.worlds import Worlds

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FINDINGS = ("lead", "beyond", "blocker", "depth", "package")
OPEN, CLOSED, HALF, STANDS = 0.8, 0.2, 0.5, 0.8
SAME_DEPTH = 5.0
"""Percent of all ladders by which a depth may move and the finding still hold."""
BLOCKER_WORLDS = 32
NODES = 2_000


@dataclass(frozen=True)
class Asked:
    """What is asked of every variation: rungs above today, and packages found in the base."""

    case: Case
    targets: Targets
    path: Path


@dataclass(frozen=True)
class Look:
    """What one variation answers."""

    open: Bools
    """[world, target]"""
    settled: Bools
    """[world] whether every search came to its end."""
    gain: Floats
    """[target] depth the rung adds to today, in percent of all ladders, mean."""
    depth: Floats
    """[world] depth of the deepest package, percent."""
    accepted: Bools
    """[world, step] whether each package of the base is accepted."""
    package_depth: Floats
    """[step] mean depth of each package, percent."""
    stops: Mapping[str, int]
    """By constituency: closures at the edge that its consent alone would open."""

    @property
    def share(self) -> Floats:
        """[target] share of worlds in which each rung is open."""
        return np.asarray(self.open.mean(axis=0))

    @property
    def classes(self) -> NDArray[np.int64]:
        """[target] 1 open, 0 contested, -1 closed."""
        return classes(self.share)

    @property
    def step(self) -> int:
        """Deepest package of the base that stands in 80 of 100 worlds; 0, today, always does."""
        enough = np.flatnonzero(self.accepted.mean(axis=0) >= STANDS)
        return int(enough[np.argmax(self.package_depth[enough])]) if enough.size else 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in one variation.

    ``value`` is what the variation itself finds: a rung, a constituency, a depth.  ``number`` is
    about the subject of the base: the share of worlds in which its rung is open, the share of
    closures its blocker alone stops, or a depth in percent; ``low`` and ``high`` are the ends of
    the 95 % interval of a share, or two standard errors around a mean.
    """

    finding: str
    value: str
    number: float
    low: float
    high: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the base found: places of rungs (-1 for none), a constituency, depths."""

    lead: int
    beyond: int
    blocker: str
    depth: float
    step: int
    package: float


def classes(share: Floats) -> NDArray[np.int64]:
    """Return the class of shares: 1 open (80 of 100 and more), -1 closed (20 and fewer), else 0."""
    return (share >= OPEN).astype(np.int64) - (share <= CLOSED)


def ask(worlds: Worlds) -> Asked:
    """Prepare what every variation of these worlds is asked."""
    case = worlds.case
    above = [
        (place, rung)
        for place, measure in enumerate(case.measures)
        for rung in measure.rungs
        if rung.level > measure.status_quo
    ]
    problem = compile_problem(worlds).problem
    return Asked(
        case,
        Targets(
            np.array([place for place, _ in above], dtype=np.int16),
            np.array([rung.level for _, rung in above], dtype=np.int8),
            tuple(rung.id for _, rung in above),
        ),
        build_path(problem, deepest(problem, node_limit=NODES).levels),
    )


def look(asked: Asked, worlds: Worlds, *, floors: bool = True, stops: bool = True) -> Look:
    """Put the five findings to some worlds.

    Parameters
    ----------
    floors
        False takes every floor of a single step away.
    stops
        False leaves out who stops most, the dearest part.
    """
    compiled = compile_problem(worlds)
    if not floors:
        rows = [i for i, row in enumerate(compiled.names.rows) if row.kind == "floor"]
        compiled = Compiled(
            without(compiled.problem, rows=rows), compiled.names, compiled.start, compiled.stop
        )
    problem, targets = compiled.problem, asked.targets
    first, depth = problem.structure.first, problem.values.depth
    best = deepest(problem, node_limit=NODES)
    verdict = exists(problem, targets.measure, targets.level, node_limit=NODES)
    tops = np.maximum(depth[:, first[1:] - 1].sum(axis=1), 1)
    packed = depth[np.arange(worlds.n)[:, None], first[:-1] + best.levels].sum(axis=1)
    here = depth[:, first[targets.measure] + targets.level]
    today = depth[:, (first[:-1] + problem.structure.status_quo)[targets.measure]]
    found = Look(
        open=verdict == 1,
        settled=best.settled & (verdict >= 0).all(axis=1),
        gain=np.asarray((100.0 * (here - today) / tops[:, None]).mean(axis=0)),
        depth=np.asarray(100.0 * packed / tops),
        accepted=accepting_worlds(problem, asked.path),
        package_depth=np.asarray(depths(problem, asked.path).mean(axis=0)),
        stops={},
    )
    if not stops:
        return found
    return Look(**{**vars(found), "stops": _stops(asked, compiled, found, best.levels)})


def _stops(
    asked: Asked, compiled: Compiled, found: Look, levels: NDArray[np.int8]
) -> dict[str, int]:
    edge = _edge(asked, found.share)
    worlds = np.arange(min(BLOCKER_WORLDS, levels.shape[0]))
    at_edge = Targets(
        asked.targets.measure[edge],
        asked.targets.level[edge],
        tuple(asked.targets.rung[place] for place in edge),
    )
    closed = ~found.open[: worlds.size, edge]
    if not closed.any():
        return {}
    part = Compiled(take(compiled.problem, worlds), compiled.names, 0, worlds.size)
    closing = find_closing(part, at_edge, closed, levels[worlds], NODES)
    counts = closing.alone.sum(axis=(0, 1)).tolist()
    pairs = zip(closing.units, counts, strict=True)
    return {unit.who: count for unit, count in pairs if unit.owner >= 0 and count}


def _edge(asked: Asked, share: Floats) -> list[int]:
    """Of each ladder the first rung that is open in fewer than half of the worlds."""
    first: dict[int, int] = {}
    for place in np.flatnonzero(share < HALF).tolist():
        first.setdefault(int(asked.targets.measure[place]), place)
    return sorted(first.values())


def subjects(asked: Asked, base: Look) -> Subjects:
    """Name what the findings of the base are about."""
    lead, beyond = _lead(asked, base)
    step = base.step
    return Subjects(
        lead, beyond, _most(base.stops), base.depth.mean(), step, base.package_depth[step]
    )


def _lead(asked: Asked, look_at: Look) -> tuple[int, int]:
    """Places of the deepest open core rung and of the first beyond it, as the brief words them."""
    place = {rung: index for index, rung in enumerate(asked.targets.rung)}
    roles = {block.id: block.role for block in asked.case.groups}
    share, gain = look_at.share.tolist(), look_at.gain.tolist()
    steps = []
    for group, measure in reach_words.ladder(asked.case):
        role: Literal["core", "carrier", "beyond"] = roles.get(group, "carrier")
        for rung in measure.rungs:
            at = place.get(rung.id)
            if at is not None:
                steps.append(
                    grammar.Step(rung.id, rung.words.phrase, group, role, share[at], gain[at])
                )
    lead = grammar.deepest_open(steps)
    beyond = grammar.first_closed(steps, lead)
    return (place[lead.rung] if lead else -1), (place[beyond.rung] if beyond else -1)


def _most(stops: Mapping[str, int]) -> str:
    return min(stops, key=lambda who: (-stops[who], who), default="")


def findings(asked: Asked, found: Look, base: Subjects) -> tuple[Finding, ...]:
    """Evaluate the five findings of the base in one variation.

    ``lead`` holds while the rung is open in at least half of the worlds, ``beyond`` while in fewer
    than half, ``blocker`` while the same constituency stops most, ``depth`` and ``package`` while
    within 5 percent of all ladders of the base.
    """
    lead, beyond = _lead(asked, found)
    rung = asked.targets.rung
    depth, step = float(found.depth.mean()), found.step
    error = 2.0 * float(found.depth.std()) / max(found.depth.size, 1) ** 0.5
    package = float(found.package_depth[step])
    who, total = _most(found.stops), sum(found.stops.values())
    opened = found.open.sum(axis=0)
    n = found.open.shape[0]
    return (
        _shared("lead", _name(rung, lead), opened, base.lead, n, above=True),
        _shared("beyond", _name(rung, beyond), opened, base.beyond, n, above=False),
        Finding(
            "blocker", who, *_interval(found.stops.get(base.blocker, 0), total), who == base.blocker
        ),
        Finding(
            "depth",
            f"{depth:.1f}",
            depth,
            depth - error,
            depth + error,
            abs(depth - base.depth) <= SAME_DEPTH,
        ),
        Finding(
            "package",
            f"{package:.1f}",
            package,
            float("nan"),
            float("nan"),
            abs(package - base.package) <= SAME_DEPTH,
        ),
    )


def _name(rung: tuple[str, ...], place: int) -> str:
    return rung[place] if place >= 0 else ""


def _interval(count: int, n: int) -> tuple[float, float, float]:
    low, high = wilson(count, n)
    return count / n if n else float("nan"), float(low), float(high)


def _shared(
    name: str, value: str, opened: NDArray[np.int64], place: int, n: int, *, above: bool
) -> Finding:
    if place < 0:
        return Finding(name, value, float("nan"), float("nan"), float("nan"), not value)
    share, low, high = _interval(int(opened[place]), n)
    return Finding(name, value, share, low, high, (share >= HALF) == above)
