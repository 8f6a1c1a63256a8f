"""What a threat, a doubt or an election makes possible, for how long, and whether threat lifts ceilings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import mask_of
from winset.ask.path import schemas_by_hand as schemas
from winset.ask.path.search import lead
from winset.ask.scene import Scene, step_of
from winset.case.model import Case, Programme
from winset.engine import judge
from winset.engine.simulate import PARAMETERS
from winset.engine.simulate.layout import Draws
from winset.engine.simulate.parts import AGREED
from winset.tables import Table, share_where

Bools = NDArray[np.bool_]
EVENT_QUARTER = 2
DELAYS = (0, 1, 2, 4, 8)
"""Quarters after the event at which each rung is put to everybody, alone on the status quo."""
HIGHEST_THREAT = 5.0
RIVAL = "abandonment"
"""The theory that cooperation rises when assurance falls, shown beside doubt."""
_MICRO = 1e6


@dataclass(frozen=True)
class Event:
    """Something that comes for certain in one quarter, in otherwise calm weather."""

    name: str
    slot: str
    quarter: int
    theory: str = ""
    """Rival theory that is put on; empty for none."""


def events_of(case: Case, scene: Scene) -> Iterator[Event]:
    """List shocks that move threat or assurance, those that move assurance under both theories.

    Each party's first election within the horizon follows; in it the other type takes over
    wherever its drawn share is above 0.
    """
    for name in scene.air.time.rates:
        fields = case.shock[name].fields
        if "threat" in fields or "assurance" in fields:
            yield Event(name, f"shock/{name}", EVENT_QUARTER)
        if "assurance" in fields:
            yield Event(name, f"shock/{name}", EVENT_QUARTER, RIVAL)
    parties = scene.air.time.parties
    seen: set[int] = set()
    for one in scene.air.elections:
        if one.role not in seen and one.quarter + DELAYS[-1] <= scene.air.quarters:
            seen.add(one.role)
            name = f"change in {parties[one.role]}"
            yield Event(name, f"election/{one.id}", one.quarter)


def windows(
    case: Case,
    scene: Scene,
    programme: Programme,
    *,
    events: Sequence[str] | None = None,
    delays: Sequence[int] = DELAYS,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Table]:
    """Ask for each rung after each event and without it, in otherwise calm weather.

    Parameters
    ----------
    case, scene, programme
        The case, its worlds, and a programme for its levers.
    events
        Names of events; all by default.
    delays
        Quarters after the event.
    progress
        Called with the events done and all of them.
    """
    rungs = [
        rung.id
        for measure in case.measures
        for rung in measure.rungs
        if rung.level > measure.status_quo
    ]
    wide: list[tuple[object, ...]] = []
    summed: list[tuple[object, ...]] = []
    calm = scene.happening({}, calm=True)
    known: dict[tuple[int, int], Bools] = {}
    asked = [one for one in events_of(case, scene) if events is None or one.name in events]
    for done, event in enumerate(asked):
        if progress is not None:
            progress(done, len(asked))
        mechanisms = scene.mechanisms
        if event.theory:
            mechanisms |= mask_of([f"+{event.theory}"]) & ~mask_of(())
        forced = scene.happening({event.slot: [event.quarter]}, calm=True)
        for delay in delays:
            quarter = event.quarter + delay
            if quarter > scene.air.quarters:
                continue
            key = (quarter, mechanisms)
            if key not in known:
                known[key] = open_rungs(scene, programme, rungs, quarter, calm, mechanisms)
            before = known[key]
            after = open_rungs(scene, programme, rungs, quarter, forced, mechanisms)
            names = (event.name, event.theory)
            summed.append((*names, delay, *_counted(before, after)))
            wide += [
                (*names, rungs[place], delay, *shares) for place, shares in _moved(before, after)
            ]
    return {
        "openings": schemas.OPENINGS.from_rows(summed),
        "windows": schemas.WINDOWS.from_rows(wide),
    }


def _counted(before: Bools, after: Bools) -> tuple[object, ...]:
    """How many rungs are open without an event and after it, and how sure the difference is."""
    without, with_it = (held.sum(axis=1).astype(np.float64) for held in (before, after))
    ahead = lead(with_it, without)
    return (float(without.mean()), float(with_it.mean()), ahead.mean, ahead.error, ahead.real)


def _moved(before: Bools, after: Bools) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Places of rungs that an event opens or closes somewhere, with the shares of worlds."""
    for place in range(before.shape[1]):
        opened = after[:, place] & ~before[:, place]
        closed = before[:, place] & ~after[:, place]
        if opened.any() or closed.any():
            yield place, (*share_where(opened), *share_where(closed))


def open_rungs(
    scene: Scene,
    programme: Programme,
    rungs: Sequence[str],
    quarter: int,
    draws: Draws,
    mechanisms: int,
) -> Bools:
    """[world, rung] whether a rung, alone on the status quo, is agreed in a quarter."""
    found = np.zeros((scene.worlds, len(rungs)), dtype=np.bool_)
    for place, rung in enumerate(rungs):
        alone = replace(programme, steps=(step_of(programme, rung, quarter),))
        record = scene.run(
            alone,
            quarters=quarter,
            draws=draws,
            mechanisms=mechanisms,
            keep=False,
        )
        found[:, place] = record.fate[:, 0] == AGREED
    return found


def strongest_threat(case: Case, scene: Scene) -> str:
    """Return the shock that raises felt threat most at its mode; empty for none."""
    sizes = {
        name: float(size["mode"])
        for name in scene.air.time.rates
        if isinstance(size := case.shock[name].fields.get("threat"), dict)
    }
    return max(sizes, key=lambda name: sizes[name]) if sizes else ""


def lifting(case: Case, scene: Scene) -> Table:
    """Return the felt threat at which a ceiling would let each rung through, and whether any does."""
    names, problem = scene.timed.compiled.names, scene.timed.compiled.problem
    rising = scene.timed.story.rising
    slope = scene.timed.draws.par[:, PARAMETERS.index("ceiling_threat")] * _MICRO
    rows = []
    for place, measure in enumerate(case.measures):
        own = [
            index
            for index, row in enumerate(names.rows)
            if rising[index] and row.measure == measure.id
        ]
        for rung in measure.rungs if own else ():
            if rung.level <= measure.status_quo:
                continue
            levels = problem.structure.status_quo.copy()
            levels[place] = rung.level
            verdict = judge(problem, levels)
            slack = np.where(verdict.binding[:, own], verdict.row_slack[:, own], 0).min(axis=1)
            shut = slack < 0
            if not shut.any():
                continue
            with np.errstate(divide="ignore"):
                needed = np.where(slope > 0, -slack / np.maximum(slope, 1e-12), np.inf)[shut]
            reached = np.asarray(needed <= HIGHEST_THREAT)
            middle = float(np.median(needed[reached])) if reached.any() else float("nan")
            rows.append((rung.id, *share_where(np.asarray(shut)), *share_where(~reached), middle))
    return schemas.LIFTING.from_rows(rows)
