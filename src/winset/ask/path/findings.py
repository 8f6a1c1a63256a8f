"""Findings that must come out and may go away: in which share of worlds each holds.

Each is one comparison of two runs in the same world: the share that goes as the finding says, the
share that goes the other way, and the share that is left with its part of the model off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.path import schemas_by_hand as schemas
from winset.ask.path.windows import EVENT_QUARTER, open_rungs, strongest_threat
from winset.ask.scene import Scene, step_of
from winset.case.model import Case, Programme
from winset.engine.simulate import MECHANISMS, PARAMETERS, Record
from winset.tables import Table, share_where
from winset.words import programme as said

Floats = NDArray[np.float64]
FAST, SLOW = 0.5, 2.0
BACKING = 2.0
"""Logits by which backing is raised and lowered."""
LATER = 8
"""Quarters after a threat at which its effect is asked for again."""
_FEW_RUNGS = 24


@dataclass(frozen=True)
class Finding:
    """What a finding compares: in each world, more than 0 where it holds."""

    name: str
    mechanism: str
    gap: Floats
    off: Floats
    """The same with the mechanism off."""


def findings(case: Case, scene: Scene, programme: Programme) -> Table:
    """Compare two runs for each finding, and again with its mechanism off."""
    return schemas.FINDINGS.from_rows(
        (
            one.name,
            one.mechanism,
            *share_where(np.asarray(one.gap > 1e-9)),
            *share_where(np.asarray(one.gap < -1e-9)),
            *share_where(np.asarray(np.abs(one.off) > 1e-9)),
        )
        for one in _each(case, scene, programme)
    )


def _each(case: Case, scene: Scene, programme: Programme) -> Iterator[Finding]:
    on = scene.mechanisms
    off = {name: on & ~(1 << place) for place, name in enumerate(MECHANISMS)}
    yield from _crises(scene, programme, on, off["crisis"])
    yield _relapse(scene, programme, on, off["relapse"])
    event = strongest_threat(case, scene)
    if event:
        alone = on & off["assurance"]
        yield from _threat(scene, programme, _probes(case), event, alone, alone & off["threat"])
    yield _skill(scene, programme, on, off["skill"])
    contact = _contact_step(case, scene)
    if contact:
        won, off_won = (_reversal(scene, programme, contact, mask) for mask in (on, off["trust"]))
        yield Finding(said.REVERSAL, "trust", won, off_won)


def _crises(scene: Scene, programme: Programme, on: int, off: int) -> Iterator[Finding]:
    """Put haste, then weak backing, to the number of crises."""

    def crises(mask: int, *, pace: float = 1.0, backing: float = 0.0) -> Floats:
        draws = scene.shifted(backing_start=backing)
        record = scene.run(programme, mechanisms=mask, pace=pace, draws=draws)
        return _times(scene, record, "crisis")

    def hasty(mask: int) -> Floats:
        return crises(mask, pace=FAST) - crises(mask, pace=SLOW)

    def unbacked(mask: int) -> Floats:
        return crises(mask, backing=-BACKING) - crises(mask, backing=BACKING)

    yield Finding(said.HASTE, "crisis", hasty(on), hasty(off))
    yield Finding(said.BACKING, "crisis", unbacked(on), unbacked(off))


def _relapse(scene: Scene, programme: Programme, on: int, off: int) -> Finding:
    """Put weak backing to the number of relapses."""

    def relapses(mask: int, backing: float) -> Floats:
        draws = scene.shifted(backing_start=backing)
        record = scene.run(programme, mechanisms=mask, draws=draws, agreed=True)
        return _times(scene, record, "relapse")

    gap, without = (relapses(mask, -BACKING) - relapses(mask, BACKING) for mask in (on, off))
    return Finding(said.RELAPSE, "relapse", gap, without)


def _threat(
    scene: Scene, programme: Programme, rungs: Sequence[str], event: str, on: int, off: int
) -> Iterator[Finding]:
    """Put an event to the number of rungs that are open, at once and later."""

    def gain(mask: int, delay: int) -> Floats:
        after, before = (
            open_rungs(scene, programme, rungs, EVENT_QUARTER + delay, draws, mask).sum(axis=1)
            for draws in (
                scene.happening({f"shock/{event}": [EVENT_QUARTER]}, calm=True),
                scene.happening({}, calm=True),
            )
        )
        return np.asarray(after - before, dtype=np.float64)

    now, none = gain(on, 0), gain(off, 0)
    yield Finding(said.THREAT, "threat", now, none)
    yield Finding(said.THREAT_GONE, "threat", now - gain(on, LATER), none)


def _times(scene: Scene, record: Record, event: str) -> Floats:
    return np.asarray(scene.came(record, event).sum(axis=1), dtype=np.float64)


def _probes(case: Case) -> list[str]:
    """Return the next rung of each ladder."""
    open_ladders = [one for one in case.measures if one.status_quo < len(one.rungs)]
    return [one.rungs[one.status_quo].id for one in open_ladders][:_FEW_RUNGS]


def _skill(scene: Scene, programme: Programme, on: int, off: int) -> Finding:
    """Let drills lapse: nothing is asked, nothing stands in for them."""
    idle = replace(programme, steps=())

    def lost(mask: int) -> Floats:
        draws = scene.set(scene.happening({}, calm=True), skill_gain=0.0)
        skill = scene.state(scene.run(idle, mechanisms=mask, draws=draws), "skill")
        return skill[:, 0] - skill[:, -1]

    return Finding(said.SKILL, "skill", lost(on), lost(off))


def _contact_step(case: Case, scene: Scene) -> str:
    """Return the next rung of the first measure of the pair that has one."""
    for name in scene.air.time.roles["contact"]:
        measure = case.measure[name]
        if measure.status_quo < len(measure.rungs):
            return measure.rungs[measure.status_quo].id
    return ""


def _reversal(scene: Scene, programme: Programme, rung: str, mask: int) -> Floats:
    """[world] trust lost when a new government undoes a step, less what the step had won.

    Worlds in which the step never took effect, or is not undone, count as 0.
    """
    one = replace(programme, steps=(step_of(programme, rung, 1),))
    election = next((e for e in scene.air.elections if e.role < 2), None)
    if election is None:
        return np.zeros(scene.worlds)
    calm = scene.happening({f"election/{election.id}": [election.quarter]}, calm=True)
    draws = scene.set(calm, stay=-100.0, trust_keep=1.0)
    draws = draws._replace(change=np.ones_like(draws.change))
    record = scene.run(one, mechanisms=mask, draws=draws, agreed=True)
    trust = scene.state(record, "trust_pair")
    start = scene.timed.draws.par[:, PARAMETERS.index("trust_pair")]
    high, after = trust[:, election.quarter - 2], trust[:, election.quarter - 1]
    undone = high - after > 1e-6
    return np.where(undone, (high - after) - (high - start), 0.0)
