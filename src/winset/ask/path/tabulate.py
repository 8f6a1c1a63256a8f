"""From what was followed to tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.case.dates import quarter_start
from winset.case.model import Case, Step
from winset.engine.simulate import EVENTS, STATES
from winset.engine.simulate.parts import OF_AN_ALLY, RULED_OUT
from winset.problem.timing import timing_of
from winset.tables import Table, share_where

AGREED, DROPPED, FELL_BACK, WAITING = 1, 2, 3, 0
_NOWHERE = float("nan")
SINGLE = 5
"""Single worlds shown beside the bands, so that nobody reads the middle as a path."""
Bools = NDArray[np.bool_]


def tabulate(case: Case, one: Followed) -> dict[str, Table]:
    """Return the tables of one programme followed as written."""
    return {
        "depth": _depth(case, one),
        "arrivals": _arrivals(case, one),
        "broken": _broken(one),
        "plan": _plan(case, one),
        "parties": _parties(case, one),
        "criteria": _criteria(case, one),
        "states": _states(case, one),
    }


def percentiles(values: NDArray[np.floating]) -> tuple[float, float, float]:
    """Return the 10th, 50th and 90th percentile; nothing of nothing."""
    if values.size == 0:
        return _NOWHERE, _NOWHERE, _NOWHERE
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    return float(low), float(middle), float(high)


def lost_something(one: Followed) -> Bools:
    """Return [world] whether a rung in effect was lost for good or for a while."""
    levels = one.joined("levels").astype(np.int64)
    return np.asarray((np.diff(levels, axis=1) < 0).any(axis=(1, 2)))


def _depth(case: Case, one: Followed) -> Table:
    depth = one.depth
    rows = []
    for place, part in enumerate(["all", *case.domains]):
        total = sum(m.depth_weight for m in case.measures if part in ("all", m.domain))
        quo = sum(
            m.depth_weight * (m.rungs[m.status_quo - 1].benefit.mode if m.status_quo else 0.0)
            for m in case.measures
            if part in ("all", m.domain)
        )
        for quarter in range(depth.shape[1]):
            found = percentiles(depth[:, quarter, place])
            rows.append((part, quarter + 1, *found, 100.0 * quo / max(total, 1e-9)))
    return schemas.DEPTH.from_rows(rows)


def fan_table(one: Followed, typical: int) -> Table:
    """Depth by quarter: middle, 50 and 90 in 100, single worlds spread over the range, a typical one."""
    depth = one.depth[:, :, 0]
    order = np.argsort(depth.mean(axis=1), kind="stable")
    places = np.linspace(0.1, 0.9, SINGLE) * (order.size - 1)
    shown = order[np.rint(places).astype(np.int64)]
    rows = []
    for quarter in range(depth.shape[1]):
        bands = np.quantile(depth[:, quarter], [0.05, 0.25, 0.5, 0.75, 0.95])
        singles = depth[[*shown, typical], quarter]
        rows.append((quarter + 1, *map(float, bands), *map(float, singles)))
    return schemas.FAN.from_rows(rows)


def _parties(case: Case, one: Followed) -> Table:
    worth = one.worth
    return schemas.PARTIES.from_rows(
        (party.id, quarter + 1, *percentiles(worth[:, quarter, place]))
        for place, party in enumerate(case.parties)
        for quarter in range(worth.shape[1])
    )


def _criteria(case: Case, one: Followed) -> Table:
    course = one.course
    parts = {"all": course.mean(axis=2)} | {
        party.id: course[:, :, place] for place, party in enumerate(case.parties)
    }
    return schemas.CRITERIA.from_rows(
        (part, criterion.id, quarter + 1, *percentiles(values[:, quarter, place]))
        for part, values in parts.items()
        for place, criterion in enumerate(case.criteria)
        for quarter in range(values.shape[1])
    )


def _states(case: Case, one: Followed) -> Table:
    states = one.joined("state").astype(np.float64)
    known = STATES if timing_of(case).ally else [s for s in STATES if s not in OF_AN_ALLY]
    return schemas.STATES.from_rows(
        (name, quarter + 1, *percentiles(states[:, quarter, place]))
        for place, name in enumerate(STATES)
        if name in known
        for quarter in range(states.shape[1])
    )


def in_effect(case: Case, one: Followed, rung: str) -> Bools:
    """Return [world, quarter] whether a rung or a later one is in effect."""
    noun = case.rung[rung]
    place = [measure.id for measure in case.measures].index(noun.measure)
    return np.asarray(one.joined("levels")[:, :, place].astype(np.int64) >= noun.level)


def _arrivals(case: Case, one: Followed) -> Table:
    fate, agreed = one.joined("fate").astype(np.int64), one.joined("agreed").astype(np.int64)
    answer = one.joined("answer").astype(np.int64)
    refuser, asked = one.joined("refuser").astype(np.int64), one.joined("asked").astype(np.int64)
    rows = []
    for place, step in listed(one):
        here = fate[:, place]
        carried = np.isin(here, (AGREED, FELL_BACK))
        stands = in_effect(case, one, step.rung)
        falls = np.asarray((np.diff(stands.astype(np.int64), axis=1) < 0).any(axis=1))
        rows.append(
            (
                step.rung,
                step.quarter,
                *share_where(np.asarray(here == AGREED)),
                *percentiles(agreed[here == AGREED, place].astype(np.float64)),
                *share_where(here == FELL_BACK),
                *share_where(here == DROPPED),
                *share_where(here == WAITING),
                *share_where(stands[:, -1]),
                *share_where(falls),
                *share_where(falls & stands[:, -1]),
                _most(case, refuser[:, place]),
                *share_where(asked[:, place] > 0),
                *share_where((answer[:, place] == RULED_OUT) & ~carried),
            )
        )
    return schemas.ARRIVALS.from_rows(rows)


def listed(one: Followed) -> list[tuple[int, Step]]:
    """Return each step in the order followed, with its place in that order."""
    return [(place, one.programme.steps[step]) for place, step in enumerate(one.steps)]


def _most(case: Case, refuser: NDArray[np.int64]) -> str:
    named = refuser[refuser >= 0]
    if named.size == 0:
        return ""
    return case.constituencies[int(np.bincount(named).argmax())].id


def _broken(one: Followed) -> Table:
    rows = []
    for event in EVENTS:
        came = one.happened(event)
        ever = np.asarray(came.any(axis=1))
        first = float(np.median(came[ever].argmax(axis=1) + 1)) if ever.any() else _NOWHERE
        rows.append((event, *share_where(ever), float(came.sum(axis=1).mean()), first))
    return schemas.BROKEN.from_rows(rows)


def _plan(case: Case, one: Followed) -> Table:
    rows = []
    for _, step in listed(one):
        stands = in_effect(case, one, step.rung)
        ever = np.asarray(stands.any(axis=1))
        effect = _NOWHERE
        if ever.any():
            effect = float(np.floor(np.median(stands[ever].argmax(axis=1) + 1)))
        rows.append(
            (
                step.rung,
                step.quarter,
                quarter_start(case.as_of, step.quarter),
                case.rung[step.rung].words.label,
                step.when_text,
                step.otherwise,
                effect,
                quarter_start(case.as_of, effect),
                *share_where(np.asarray(stands[:, -1])),
            )
        )
    return schemas.PLAN.from_rows(rows)


def without_table(switched: Mapping[str, Followed], written: Followed) -> Table:
    """Show what changes with one mechanism off, on the first worlds."""
    few = min(one.depth.shape[0] for one in (*switched.values(), written))
    base = written.at_end[:few]
    rows = []
    for name, one in {"nothing": written, **switched}.items():
        end = one.at_end[:few]
        more = end - base
        rows.append(
            (
                name,
                float(end.mean()),
                float(more.mean()),
                float(more.std() / np.sqrt(few)),
                *share_where(one.happened("crisis")[:few].any(axis=1)),
                *share_where(lost_something(one)[:few]),
            )
        )
    return schemas.WITHOUT.from_rows(rows)
