"""One block of worlds, compiled once, in which many programmes and weathers are tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.dated import Dated, struck
from winset.ask.follow import levers_of, pair_of
from winset.case.model import Case, Change, Programme, Step
from winset.engine import without as unasked
from winset.engine.simulate import EVENTS, EVERYTHING, PARAMETERS, STATES, Record, simulate
from winset.engine.simulate.layout import Draws
from winset.problem.programme import compile_steps
from winset.problem.timing import Timed, Weather, chances, compile_time, weather

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FAIR = 1.0
"""A uniform number at which nothing happens."""


@dataclass(frozen=True)
class Scene:
    """Worlds ready to be followed under any programme and any weather."""

    case: Case
    air: Weather
    timed: Timed
    mechanisms: int = EVERYTHING

    @property
    def worlds(self) -> int:
        """How many worlds it holds."""
        return int(self.timed.draws.chance.shape[0])

    def run(
        self,
        programme: Programme,
        *,
        quarters: int | None = None,
        draws: Draws | None = None,
        mechanisms: int | None = None,
        pace: float = 1.0,
        keep: bool = True,
        agreed: bool = False,
    ) -> Record:
        """Follow a programme; by default in the weather as drawn, to the horizon.

        ``agreed`` follows it as if everybody agreed to every step: prerequisites, conflicts and
        ceilings still hold, and so does what governments and crises undo.
        """
        problem = self.timed.compiled.problem
        if agreed:
            problem = unasked(problem, owners=range(len(self.case.constituencies)))
        return simulate(
            problem,
            self.timed.story,
            self.timed.draws if draws is None else draws,
            compile_steps(programme, self.timed, pace=pace),
            quarters=self.air.quarters if quarters is None else quarters,
            mechanisms=self.mechanisms if mechanisms is None else mechanisms,
            keep=keep,
        )

    def happening(self, events: Mapping[str, Iterable[int]], *, calm: bool = False) -> Draws:
        """Return draws in which slots come for certain in some quarters, and in no others."""
        chance = self.timed.draws.chance.copy()
        if calm:
            chance[:] = FAIR
        for name, quarters in events.items():
            slot = self.air.slots.index(name)
            chance[:, :, slot] = FAIR
            for quarter in quarters:
                chance[:, quarter - 1, slot] = 0.0
        return self.timed.draws._replace(chance=chance)

    def set(self, draws: Draws | None = None, **parameters: float) -> Draws:
        """Return draws in which some parameters of the model take one value in all worlds."""
        base = self.timed.draws if draws is None else draws
        par = base.par.copy()
        for name, value in parameters.items():
            par[:, PARAMETERS.index(name)] = value
        return base._replace(par=par)

    def shifted(self, **parameters: float) -> Draws:
        """Return draws in which some parameters are moved by so much in all worlds."""
        par = self.timed.draws.par.copy()
        for name, more in parameters.items():
            par[:, PARAMETERS.index(name)] += more
        return self.timed.draws._replace(par=par)

    def depth(self, record: Record) -> Floats:
        """[world] percent of the ruler in effect, mean over quarters."""
        frame = self.timed.consent.frame
        weight = np.array([measure.depth_weight for measure in self.case.measures])
        sizes = np.diff(frame.first)
        table = self.timed.draws.benefit * np.repeat(weight, sizes) * 100.0 / weight.sum()
        slots = frame.first[:-1] + record.levels.astype(np.int64)
        count = slots.shape[0]
        each = np.take_along_axis(table, slots.reshape(count, -1), axis=1)
        return np.asarray(each.reshape(slots.shape).sum(axis=2).mean(axis=1))

    def state(self, record: Record, name: str) -> Floats:
        """[world, quarter] one state."""
        return record.state[:, :, STATES.index(name)].astype(np.float64)

    @staticmethod
    def came(record: Record, event: str) -> Bools:
        """[world, quarter] whether an event came."""
        bits = record.events.astype(np.int64) >> EVENTS.index(event)
        return np.asarray(bits & 1, dtype=np.bool_)


def scene_of(
    case: Case,
    programme: Programme,
    *,
    n: int,
    rng: int,
    quarters: int,
    changes: Iterable[Change | str] = (),
    mechanisms: int = EVERYTHING,
    first: int = 0,
    dated: Sequence[Dated] = (),
) -> Scene:
    """Draw and compile worlds under the levers of a programme."""
    given = (*changes, *levers_of(case, programme))
    worlds, others = pair_of(case, n, rng, given, first)
    air = weather(worlds, others, quarters)
    timed = compile_time(worlds, air, chances(air, rng, first, n), 0, n)
    return Scene(case, air, struck(timed, air, dated), mechanisms)


def step_of(programme: Programme, rung: str, quarter: int) -> Step:
    """Return a step without gate or fallback."""
    return Step(quarter, rung, "", None, "", "", "A", (), programme.at)
