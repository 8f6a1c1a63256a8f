"""How many packages each party accepts, and how many all do: by sampling, with errors."""

from __future__ import annotations

from math import log10

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.edge.schemas import SIZE
from winset.ask.reach.limits import Targets
from winset.ask.reach.units import units_of, waived
from winset.case.model import Case
from winset.engine import accepts, exists, judge, slim
from winset.engine.layout import Problem
from winset.problem import Compiled
from winset.tables import Table, quartiles
from winset.worlds.keyed import uniform

_THREE = 3.0
"""Hits that a sample without any rules out in 95 of 100 cases: the rule of three."""


def size(compiled: Compiled, targets: Targets, case: Case, *, rng: int, sample: int) -> Table:
    """Estimate the size of each party's win-set and of what they have in common.

    Packages are drawn evenly from those that hold no rung closed in the world: what is left out
    holds no accepted package, so the size is the number of packages left times the share accepted
    of those drawn.  Where the packages left are no more than the sample, all are counted.

    Parameters
    ----------
    compiled
        A block of worlds.
    targets
        All rungs of the case.
    rng, sample
        Seed of the keyed draws, and packages drawn in each world.
    """
    units = units_of(compiled.names)
    rows = []
    for party in (*case.parties, None):
        others = [
            unit
            for unit in units
            if party is not None
            and unit.limit == "consent"
            and case.constituency[unit.who].party != party.id
        ]
        name = "all" if party is None else party.id
        rows.append(_row(name, waived(compiled.problem, others), targets, rng, sample))
    return SIZE.from_rows(rows)


def _row(
    name: str, problem: Problem, targets: Targets, rng: int, sample: int
) -> tuple[object, ...]:
    st, worlds = problem.structure, problem.values.depth.shape[0]
    quo = st.status_quo.astype(np.int64)
    tops = _tops(problem, targets)
    counts = tops - quo + 1
    total = np.log10(counts).sum(axis=1)
    offered = float(np.log10(np.diff(st.first) - quo).sum())
    whole = int(np.rint(10.0 ** total.max())) if total.max() < log10(max(sample, 1)) else 0
    hits = _counted(problem, tops, whole) if whole else _drawn(problem, tops, name, rng, sample)
    drawn = np.rint(10.0**total) if whole else np.full(worlds, float(sample))
    seen = hits > 0
    rate = np.where(seen, hits, _THREE) / drawn
    sizes = np.maximum(total + np.log10(rate), 0.0)
    share = hits / drawn
    errors = np.sqrt((1.0 - share[seen]) / hits[seen]) / np.log(10.0)
    error = 0.0 if whole else float(np.median(errors)) if seen.any() else float("nan")
    bound = float(np.median(sizes[~seen])) if not seen.all() else float("nan")
    told = quartiles(sizes)
    return (
        name,
        offered,
        *told,
        error,
        float(1.0 - seen.mean()),
        bound,
        0 if whole else sample,
        worlds,
    )


def _tops(problem: Problem, targets: Targets) -> NDArray[np.int64]:
    """Highest level of each measure that is not surely closed, [world, measure]."""
    quo = problem.structure.status_quo.astype(np.int64)
    verdict = exists(problem, targets.measure, targets.level)
    tops = np.tile(quo, (verdict.shape[0], 1))
    for target, (m, level) in enumerate(zip(targets.measure, targets.level, strict=True)):
        tops[:, m] = np.where(verdict[:, target] != 0, np.maximum(tops[:, m], level), tops[:, m])
    return tops


def _drawn(
    problem: Problem, tops: NDArray[np.int64], name: str, rng: int, sample: int
) -> NDArray[np.int64]:
    """Count the accepted of ``sample`` packages drawn in each world."""
    quo = problem.structure.status_quo.astype(np.int64)
    worlds, measures = tops.shape
    draws = np.stack(
        [uniform(rng, f"size/{name}/{m}", 0, worlds * sample) for m in range(measures)], axis=1
    ).reshape(worlds, sample, measures)
    levels = quo + np.floor(draws * (tops - quo + 1)[:, None, :]).astype(np.int64)
    return np.asarray(accepts(slim(problem), levels).sum(axis=1), dtype=np.int64)


def _counted(problem: Problem, tops: NDArray[np.int64], whole: int) -> NDArray[np.int64]:
    """Count every accepted package of each world; ``whole`` is the most there are in any."""
    quo = problem.structure.status_quo.astype(np.int64)
    width = tops - quo + 1
    hits = np.zeros(tops.shape[0], dtype=np.int64)
    for number in range(whole):
        left = np.full(tops.shape[0], number)
        levels = np.zeros_like(tops)
        for m in range(tops.shape[1]):
            left, levels[:, m] = np.divmod(left, width[:, m])
        hits += judge(problem, quo + levels).accepted & (left == 0)
    return hits
