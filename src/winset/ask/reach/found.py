"""What was found so far, world by world: filled block by block, read once by ``tabulate``."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.limits import Tally, Targets
from winset.ask.reach.price import Prices
from winset.ask.reach.proposals import Proof
from winset.ask.reach.robust import CERTAINTIES, Path
from winset.case.model import Case
from winset.engine.layout import Problem

Floats = NDArray[np.float64]


@dataclass
class Found:
    """Verdicts of all worlds; those from ``done`` on are not filled.

    Depths are percent of the top of all ladders of a domain; the last domain is all of them.
    """

    case: Case
    targets: Targets
    path: Path
    domains: tuple[str, ...]
    done: int
    levels: NDArray[np.int8]
    """[world, measure] the deepest package."""
    settled: NDArray[np.bool_]
    """[world] whether it is proven deepest."""
    verdict: NDArray[np.int8]
    """[world, target] 1 open, 0 closed, -1 not settled."""
    alone: NDArray[np.bool_]
    """[world, target] accepted with all else as today."""
    depth: Floats
    """[world, domain] of the deepest package."""
    today: Floats
    """[world, domain] of the status quo."""
    gain: Floats
    """[world, target] depth a rung adds to the status quo."""
    sacrifice: Floats
    """[world, target] depth lost by forcing a rung; NaN where not tried."""
    accepted: NDArray[np.int64]
    """[step] worlds that accept each package of the path."""
    path_depth: Floats
    """[world, step]"""
    tallies: list[Tally] = field(default_factory=list)
    """[target]"""
    prices: Prices = field(default_factory=dict)
    proof: Proof | None = None
    """What was proven of single packages; None where it was not asked for."""

    @classmethod
    def empty(cls, case: Case, n: int, targets: Targets, path: Path) -> Found:
        """Make room for ``n`` worlds."""
        domains = (*dict.fromkeys(measure.domain for measure in case.measures), "all")
        count = len(targets.rung)
        return cls(
            case=case,
            targets=targets,
            path=path,
            domains=domains,
            done=0,
            levels=np.zeros((n, len(case.measures)), dtype=np.int8),
            settled=np.zeros(n, dtype=bool),
            verdict=np.zeros((n, count), dtype=np.int8),
            alone=np.zeros((n, count), dtype=bool),
            depth=np.full((n, len(domains)), np.nan),
            today=np.full((n, len(domains)), np.nan),
            gain=np.zeros((n, count)),
            sacrifice=np.full((n, count), np.nan),
            accepted=np.zeros(len(path.packages), dtype=np.int64),
            path_depth=np.zeros((n, len(path.packages))),
            tallies=[Tally() for _ in range(count)],
        )

    def add_depths(self, problem: Problem, here: slice) -> None:
        """Fill depths and gains of a block whose deepest packages are known."""
        st, depth = problem.structure, problem.values.depth
        rows = np.arange(depth.shape[0])[:, None]
        top = depth[:, st.first[1:] - 1]
        best = depth[rows, st.first[:-1] + self.levels[here]]
        today = depth[:, st.first[:-1] + st.status_quo]
        for place, domain in enumerate(self.domains):
            mine = [domain in ("all", measure.domain) for measure in self.case.measures]
            whole = top[:, mine].sum(axis=1)
            scale = np.where(whole > 0, 100.0 / np.maximum(whole, 1), np.nan)
            self.depth[here, place] = best[:, mine].sum(axis=1) * scale
            self.today[here, place] = today[:, mine].sum(axis=1) * scale
        slots = st.first[self.targets.measure] + self.targets.level
        added = depth[:, slots] - today[:, self.targets.measure]
        self.gain[here] = 100.0 * added / np.maximum(top.sum(axis=1), 1)[:, None]

    def offered(self) -> dict[str, NDArray[np.int8]]:
        """Levels, [measure], of the packages put forward: safe, balanced and stretch, if there are."""
        steps = {name: self.deepest_step(certainty) for name, certainty in CERTAINTIES}
        return {name: self.path.packages[step] for name, step in steps.items() if step}

    def deepest_step(self, certainty: float) -> int:
        """Deepest package of the path that a share of worlds accept; 0 where none beyond today is."""
        enough = np.flatnonzero(self.accepted >= certainty * self.done)
        if enough.size == 0:
            return 0
        return int(enough[np.argmax(self.path_depth[: self.done, enough].sum(axis=0))])
