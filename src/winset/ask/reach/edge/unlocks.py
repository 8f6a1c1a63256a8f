"""What would open a rung: every single change tried in the same worlds, then pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.edge.changes import Trial, changed, trials
from winset.ask.reach.edge.schemas import UNLOCKS
from winset.ask.reach.limits import Targets
from winset.ask.reach.units import slimmed
from winset.case.model import Case
from winset.engine import exists
from winset.engine.layout import Problem
from winset.problem import compile_problem
from winset.tables import Table, standard_error, wilson
from winset.words.phrases import BAND_EDGES
from winset.words.reach import unpriced
from winset.worlds import Worlds, draw, redraw
from winset.worlds.transform import stacked

Bools = NDArray[np.bool_]
OPENS = BAND_EDGES[1]
"""Share of worlds that a change must reach to count as opening a rung."""
AT_EDGE = BAND_EDGES[2]
WANTED = 5
"""Rungs for which pairs are tried."""
_PARTS = 4
"""Changes of which the pairs for a rung are made."""
_TOGETHER = 8
"""Changes compiled at a time; answers do not depend on it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How many worlds are asked.

    Attributes
    ----------
    sieve
        First worlds in which every change is tried.
    worlds
        First worlds in which the changes that move a rung most are tried again.
    finalists
        Such changes for each rung.
    node_limit
        Nodes after which a search gives up; the rung then counts as not open.
    """

    sieve: int = 60
    worlds: int = 300
    finalists: int = 3
    node_limit: int = 2_000


def edge_rungs(case: Case, rungs: Table) -> list[str]:
    """List the first rung of each ladder above today that is open in fewer than half the worlds.

    Higher rungs open in fewer than half join where no change below them counts as a step to them:
    those that would add most depth, as many as pairs are tried for.
    """
    closed = [row for row in rungs.rows() if not row["status_quo"] and row["share_open"] < AT_EDGE]
    first: dict[str, str] = {}
    for row in closed:
        first.setdefault(row["measure"], row["rung"])
    most = sorted(closed, key=lambda row: -row["gain"])[:WANTED]
    wanted = {*first.values(), *(row["rung"] for row in most)}
    return [row["rung"] for row in closed if row["rung"] in wanted and row["rung"] in case.rung]


def most_wanted(rungs: Table, edge: Sequence[str]) -> list[str]:
    """Return the rungs at the edge that would add most depth to the status quo."""
    gain = {row["rung"]: row["gain"] for row in rungs.rows()}
    return sorted(edge, key=lambda rung: -gain[rung])[:WANTED]


def unlocks(worlds: Worlds, rungs: Table, joint: Table, effort: Effort) -> Table:
    """Try every change for every rung at the edge.

    Parameters
    ----------
    worlds
        Drawn worlds; the first ones are used.
    rungs, joint
        Tables of the answer: how open each rung is, and which limits must give together.
    effort
        How many worlds are asked.
    """
    case = worlds.case
    edge = edge_rungs(case, rungs)
    if not edge:
        return UNLOCKS.from_rows(())
    bench = _Bench(worlds, _targets(case, edge), effort)
    singles = trials(case, unpriced(case))
    bench.sift_all(singles)
    rows: list[tuple[object, ...]] = []
    wanted = most_wanted(rungs, edge)
    for rung in edge:
        best = bench.ranked(rung, singles)
        for trial in best[: effort.finalists]:
            bench.measure(trial)
        told = bench.rows(rung, singles)
        if rung in wanted:
            parts = _parts(case, joint, rung, best, singles)
            pairs = [a & b for a, b in combinations(parts, 2)]
            for pair in pairs:
                bench.sift(pair)
            for pair in bench.ranked(rung, pairs)[:1]:
                bench.measure(pair)
            told += bench.rows(rung, pairs)
        rows += told
    return UNLOCKS.from_rows(rows)


def _parts(
    case: Case, joint: Table, rung: str, best: Sequence[Trial], singles: Sequence[Trial]
) -> list[Trial]:
    """Choose the changes whose pairs are tried: missing consents, and those that help most."""
    together = [row for row in joint.where(rung=rung).rows() if row["size"] == 2]
    top = max(together, key=lambda row: row["share"], default=None)
    names = {top["who"], top["other"]} & {*case.constituency} if top else set()
    consents = [trial for trial in singles if trial.kind == "consent" and trial.change in names]
    parts: list[Trial] = []
    for trial in [*consents, *best]:
        if not any(_same(trial, other) for other in parts):
            parts.append(trial)
    return parts[:_PARTS]


def _same(one: Trial, other: Trial) -> bool:
    """Tell whether two changes set the same thing."""
    if one.given and other.given:
        return one.given[0].rpartition(".")[0] == other.given[0].rpartition(".")[0]
    return one.kind == other.kind and one.change.split(" = ")[0] == other.change.split(" = ")[0]


def _targets(case: Case, rungs: Sequence[str]) -> Targets:
    place = {measure.id: index for index, measure in enumerate(case.measures)}
    return Targets(
        np.array([place[case.rung[rung].measure] for rung in rungs], dtype=np.int16),
        np.array([case.rung[rung].level for rung in rungs], dtype=np.int8),
        tuple(rungs),
    )


class _Bench:
    """Verdicts on the rungs at the edge, [world, rung], with each change made."""

    def __init__(self, worlds: Worlds, targets: Targets, effort: Effort) -> None:
        self._targets, self._effort = targets, effort
        self._few = _first(worlds, effort.sieve)
        self._many = _first(worlds, effort.worlds)
        self._base = {each.n: slimmed(compile_problem(each)) for each in (self._few, self._many)}
        self._before = self._open(self._many, Trial("", "", ""))
        self._after: dict[str, Bools] = {}

    def _open(self, worlds: Worlds, trial: Trial) -> Bools:
        return self._opened(changed(worlds, self._base[worlds.n], trial))

    def _opened(self, problem: Problem) -> Bools:
        targets = self._targets
        limit = self._effort.node_limit
        return np.asarray(exists(problem, targets.measure, targets.level, node_limit=limit) == 1)

    def sift_all(self, trials: Sequence[Trial]) -> None:
        """Try many changes in a few worlds; those that leave the ladders alone go together."""
        together = [trial for trial in trials if trial.sets and not (trial.given or trial.waived)]
        for start in range(0, len(together), _TOGETHER):
            part = together[start : start + _TOGETHER]
            drawn = stacked([redraw(self._few, trial.sets) for trial in part])
            opened = self._opened(slimmed(compile_problem(drawn)).problem)
            for place, trial in enumerate(part):
                self._after[trial.change] = opened[place * self._few.n :][: self._few.n]
        for trial in trials:
            self.sift(trial)

    def sift(self, trial: Trial) -> None:
        """Try a change in a few worlds."""
        if trial.change not in self._after:
            self._after[trial.change] = self._open(self._few, trial)

    def measure(self, trial: Trial) -> None:
        """Try a change in many worlds."""
        if self._after[trial.change].shape[0] < self._many.n:
            self._after[trial.change] = self._open(self._many, trial)

    def ranked(self, rung: str, tried: Sequence[Trial]) -> list[Trial]:
        """Return the changes that make a rung more open, those that do most first."""
        place = self._targets.rung.index(rung)

        def gain(trial: Trial) -> float:
            after = self._after[trial.change][:, place]
            return float(after.mean() - self._before[: after.size, place].mean())

        mine = [trial for trial in tried if not _holds(rung, trial)]
        return [trial for trial in sorted(mine, key=lambda one: -gain(one)) if gain(trial) > 0]

    def rows(self, rung: str, tried: Sequence[Trial]) -> list[tuple[object, ...]]:
        """Return the rows of a rung, the furthest first."""
        place = self._targets.rung.index(rung)
        mine = [trial for trial in tried if not _holds(rung, trial)]
        told = {trial.change: self._row(rung, place, trial) for trial in mine}
        whole = [t for t in mine if self._after[t.change].shape[0] == self._many.n]
        top = max((self._share(place, t) for t in whole if t.kind != "pair"), default=0.0)
        rows = []
        for trial in sorted(mine, key=lambda one: -self._share(place, one)):
            share = self._share(place, trial)
            gains = share > float(self._before[:, place].mean())
            best = trial in whole and trial.kind != "pair" and share == top >= OPENS and gains
            rows.append((*told[trial.change], best))
        return rows

    def _share(self, place: int, trial: Trial) -> float:
        return float(self._after[trial.change][:, place].mean())

    def _row(self, rung: str, place: int, trial: Trial) -> tuple[object, ...]:
        after = self._after[trial.change][:, place]
        n = after.size
        before = self._before[:n, place]
        step = after.astype(float) - before
        error = standard_error(step) if n > 1 else float("nan")
        shares = (*_interval(before), *_interval(after))
        return rung, trial.change, trial.kind, trial.label, *shares, float(step.mean()), error, n


def _holds(rung: str, trial: Trial) -> bool:
    """Tell whether a change puts the rung itself, or a later one, in place."""
    measure, _, level = rung.rpartition(".")
    given = [other.rpartition(".") for other in trial.given]
    return any(other == measure and int(at) >= int(level) for other, _, at in given)


def _interval(hits: Bools) -> tuple[float, float, float]:
    low, high = wilson(int(hits.sum()), hits.size)
    return float(hits.mean()), float(low), float(high)


def _first(worlds: Worlds, n: int) -> Worlds:
    """Return the first of some drawn worlds."""
    if n >= worlds.n:
        return worlds
    return draw(
        worlds.case,
        n,
        rng=worlds.rng,
        changes=worlds.changes,
        first=worlds.first,
        prior=worlds.prior,
        correlated=worlds.correlated,
    )
