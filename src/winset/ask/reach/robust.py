"""One package for many worlds: found by search; how much deeper one could be says ``proof``.

Certainty is bought with depth at a price per world lost.  For each price the package is moved one
measure at a time to whatever is worth most, until no move helps; the packages met on the way, with
the worlds that accept them, are the curve of certainty against depth.  Those that lie on it are
then judged in all worlds.  Where a proof is asked for, packages found by giving up worlds join them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.proof import every_package, give_up_worlds
from winset.ask.reach.wishes import within
from winset.engine import accepts, neighbours
from winset.engine.layout import Problem

CERTAINTIES = (("safe", 0.95), ("balanced", 0.80), ("stretch", 0.50))
"""Names of the packages and the shares of worlds that must accept them."""
_PRICES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Shares of the whole depth that one certain world more is worth, as a share of all worlds."""
_CURVE = tuple(round(1.0 - step / 100, 2) for step in range(61))
"""Shares of worlds at which the deepest package met is kept: 1, 0.99 ... 0.4."""
_MARGINS = (0.0, 0.01, 0.02, 0.03)
"""What a package for one of the three levels may have to spare in the sample."""
_MOST_ROUNDS = 40
_MOST_JUDGED = 256
"""A problem with no more packages than this is searched by judging all of them."""
_SURE = 0.94
"""Share of worlds down to which worlds are given up."""

Levels = NDArray[np.int8]
Shares = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Path:
    """Packages from the status quo on, the most certain first."""

    packages: Levels
    """[step, measure]"""


def build_path(
    sample: Problem,
    deepest: Levels,
    *,
    allowed: Bools | None = None,
    worth: Shares | None = None,
    thorough: bool = False,
) -> Path:
    """Search packages that many worlds accept.

    Parameters
    ----------
    sample
        The worlds the search rests on.
    deepest
        [world, measure] the deepest package of each of them; their middle is one start.
    allowed
        [slot] levels a package may hold; all by default.  Today's package heads the path in any
        case.
    worth
        [slot] what is sought; depth by default.
    thorough
        Whether packages found by giving up worlds, one after the other, join the search.

    Returns
    -------
    Path
        The status quo, then the deepest package met at each share of worlds, deduplicated.
    """
    pool = _Pool(sample, allowed, worth)
    every = every_package(sample, _MOST_JUDGED)
    if every is not None:
        pool.meet(every)
    if thorough:
        for package in give_up_worlds(within(sample, pool.allowed), least=_SURE):
            pool.around(package)
    start = pool.nearest(np.median(deepest, axis=0).astype(np.int8))
    for price in _PRICES:
        start = pool.climb(start, price)
    start = pool.nearest(sample.structure.status_quo)
    for price in reversed(_PRICES):
        start = pool.climb(start, price)
    for _, certainty in CERTAINTIES:
        for margin in _MARGINS:
            pool.improve(min(certainty + margin, 1.0))
    return Path(pool.curve())


class _Pool:
    """Packages met, with the depth and the share of worlds of each."""

    def __init__(self, sample: Problem, allowed: Bools | None, worth: Shares | None) -> None:
        st = sample.structure
        self.sample = sample
        self.measure = np.repeat(np.arange(st.first.size - 1), np.diff(st.first))
        self.level = (np.arange(st.first[-1]) - st.first[self.measure]).astype(np.int8)
        self.allowed = np.ones(self.level.size, dtype=np.bool_) if allowed is None else allowed
        depth = sample.values.depth.mean(axis=0) if worth is None else worth
        self.depth = depth / max(depth[st.first[1:] - 1].sum(), 1.0)
        """[slot] mean depth as a share of all that is on the ladders, or what else is sought."""
        self.wanted = np.array(
            sorted(
                {
                    *_CURVE,
                    *(certainty + spare for _, certainty in CERTAINTIES for spare in _MARGINS),
                }
            )
        )
        self.best = np.full(self.wanted.size, -np.inf)
        self.package = np.tile(st.status_quo, (self.wanted.size, 1))
        self.known: dict[bytes, tuple[Shares, Shares]] = {}

    def around(self, package: Levels) -> tuple[Shares, Shares]:
        """Depth and share of worlds of a package moved to each slot; all are remembered."""
        key = package.tobytes()
        if key not in self.known:
            share = neighbours(self.sample, package).mean(axis=0) * self.fits(package)
            here = self.depth[self.sample.structure.first[:-1] + package]
            depth = here.sum() - here[self.measure] + self.depth
            self._remember(package, depth, share)
            self.known[key] = depth, share
        return self.known[key]

    def meet(self, packages: Levels) -> None:
        """Judge packages one by one and remember them."""
        first = self.sample.structure.first[:-1]
        packages = packages[self.allowed[first + packages].all(axis=1)]
        shares = accepts(self.sample, packages).mean(axis=0)
        for package, accepted in zip(packages, shares, strict=True):
            own = int(first[0] + package[0])
            depth, share = np.zeros(self.level.size), np.zeros(self.level.size)
            depth[own] = self.depth[first + package].sum()
            share[own] = accepted
            self._remember(package, depth, share)

    def fits(self, package: Levels) -> Bools:
        """Tell to which slots a package can be moved so that all its levels are allowed."""
        here = self.allowed[self.sample.structure.first[:-1] + package]
        others = (~here).sum() - (~here)[self.measure]
        return np.asarray(self.allowed & (others == 0))

    def nearest(self, package: Levels) -> Levels:
        """Move each measure of a package to the nearest level allowed."""
        moved = package.copy()
        for measure in range(package.size):
            mine = (self.measure == measure) & self.allowed
            levels = self.level[mine]
            moved[measure] = levels[np.abs(levels - package[measure]).argmin()]
        return moved

    def _remember(self, package: Levels, depth: Shares, share: Shares) -> None:
        for place, wanted in enumerate(self.wanted):
            enough = np.where(share >= wanted, depth, -np.inf)
            slot = int(np.argmax(enough))
            if enough[slot] > self.best[place] + 1e-12:
                self.best[place] = enough[slot]
                self.package[place] = self._moved(package, slot)

    def _moved(self, package: Levels, slot: int) -> Levels:
        moved = package.copy()
        moved[self.measure[slot]] = self.level[slot]
        return moved

    def climb(self, package: Levels, price: float) -> Levels:
        """Move one measure at a time while depth plus price times share of worlds rises."""
        for _ in range(_MOST_ROUNDS):
            depth, share = self.around(package)
            worth = depth + price * share
            at_home = worth[self.sample.structure.first[0] + int(package[0])]
            ranked = np.argsort(-worth, kind="stable")
            better = [int(slot) for slot in ranked if worth[slot] > at_home + 1e-12]
            if not better:
                return package
            together = self._together(package, better)
            depth_there, share_there = self.around(together)
            own = self.sample.structure.first[0] + int(together[0])
            gained = depth_there[own] + price * share_there[own]
            package = together if gained >= worth[better[0]] else self._moved(package, better[0])
        return package

    def _together(self, package: Levels, better: list[int]) -> Levels:
        """Take the best move of each measure at once, for the better half of the measures."""
        best: dict[int, int] = {}
        for slot in better:
            best.setdefault(int(self.measure[slot]), slot)
        moved = package.copy()
        for slot in list(best.values())[: max(1, len(best) // 2)]:
            moved[self.measure[slot]] = self.level[slot]
        return moved

    def improve(self, certainty: float) -> None:
        """Look around the deepest package at a share of worlds until nothing deeper is met."""
        place = int(np.argmin(np.abs(self.wanted - certainty)))
        for _ in range(_MOST_ROUNDS):
            before = self.best[place]
            if not np.isfinite(before):
                return
            self.around(self.package[place].copy())
            if self.best[place] <= before:
                return

    def curve(self) -> Levels:
        """Return the status quo and the packages kept, the most certain first, each once."""
        kept = [self.sample.structure.status_quo]
        for place in range(self.wanted.size - 1, -1, -1):
            package = self.package[place]
            if np.isfinite(self.best[place]) and not any(np.array_equal(package, p) for p in kept):
                kept.append(package)
        return np.array(kept, dtype=np.int8)


def share_accepting(problem: Problem, package: Levels) -> float:
    """Share of worlds in which a package is accepted."""
    return float(accepts(problem, package).mean())


def accepting(problem: Problem, path: Path) -> NDArray[np.int64]:
    """Count for each package of a path the worlds of a block that accept it, [step]."""
    return np.asarray(accepting_worlds(problem, path).sum(axis=0), dtype=np.int64)


def accepting_worlds(problem: Problem, path: Path) -> NDArray[np.bool_]:
    """Tell where each package of a path is accepted, [world, step]."""
    return accepts(problem, path.packages)


def depths(problem: Problem, path: Path) -> NDArray[np.float64]:
    """Depth of each package of a path, in percent of all ladders, [world, step]."""
    st, depth = problem.structure, problem.values.depth
    tops = depth[:, st.first[1:] - 1].sum(axis=1)
    slots = st.first[:-1] + path.packages
    found: NDArray[np.float64] = 100.0 * depth[:, slots].sum(axis=2) / np.maximum(tops, 1)[:, None]
    return found
