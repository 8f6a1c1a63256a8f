"""What took rungs away, for how long, and how each step came, went and came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.ask.path.tabulate import in_effect, listed, percentiles
from winset.case.model import Case
from winset.problem.timing import timing_of
from winset.tables import Table, share_of, share_where
from winset.words.programme import SEVERAL

CAUSES = ("reversal", "crisis", "relapse", "suspension", "step-down")
"""Events that take a rung away, by their names among the events of the model."""
_NOWHERE = float("nan")
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Falls:
    """Every time a measure in effect fell, in the order of worlds, quarters and measures.

    Attributes
    ----------
    cause
        [world, quarter, measure] 1 + place among the causes, one more where several events of the
        quarter could have done it; 0 where nothing fell.
    world, quarter, rungs
        [fall] where, when (from 0), and by how many rungs.
    back
        [fall] quarters until the measure stood as high again; -1 for not within the horizon.
    why
        [fall] its entry of ``cause``.
    """

    cause: NDArray[np.int8]
    world: NDArray[np.int64]
    quarter: NDArray[np.int64]
    rungs: NDArray[np.int64]
    back: NDArray[np.int64]
    why: NDArray[np.int8]


def falls_of(case: Case, one: Followed) -> Falls:
    """Find what fell when, and which event took it.

    A reversal puts a measure back to its status quo, a crisis a settlement to its first rung, a
    relapse takes a durable measure and a step-down a drill one rung down, a suspension puts a drill
    back for a while: where one event of the quarter alone fits, it is the cause.
    """
    levels = one.joined("levels").astype(np.int64)
    quo = np.array([measure.status_quo for measure in case.measures])
    start = np.broadcast_to(quo, (levels.shape[0], 1, quo.size))
    before = np.concatenate([start, levels[:, :-1]], axis=1)
    fell = levels < before
    roles = timing_of(case).roles

    def of(role: str) -> Bools:
        return np.array([measure.id in roles[role] for measure in case.measures])

    one_down, home = before - levels == 1, levels == quo
    fits = {
        "reversal": home,
        "crisis": (levels == np.maximum(quo, 1)) & of("settlement"),
        "relapse": one_down & of("durable"),
        "suspension": home & of("drills"),
        "step-down": one_down & of("drills"),
    }
    could = np.stack([fits[name] & one.happened(name)[:, :, None] & fell for name in CAUSES])
    cause = np.where(could.sum(axis=0) == 1, 1 + could.argmax(axis=0), 1 + len(CAUSES))
    cause = np.where(fell, cause, 0).astype(np.int8)
    world, quarter, measure = np.nonzero(fell)
    height = before[world, quarter, measure]
    later = np.arange(levels.shape[1]) > quarter[:, None]
    again = later & (levels[world, :, measure] >= height[:, None])
    back = np.where(again.any(axis=1), again.argmax(axis=1) - quarter, -1)
    rungs = height - levels[world, quarter, measure]
    return Falls(cause, world, quarter, rungs, back, cause[world, quarter, measure])


def fall_tables(case: Case, one: Followed, arrivals: Table) -> dict[str, Table]:
    """Return what took rungs away, in shares, and each step's coming, going and return."""
    falls = falls_of(case, one)
    standing = schemas.STANDING.from_rows(_standing(case, one, falls))
    return {
        "falls": _taken(falls, one.depth.shape[0]),
        "standing": standing,
        "steps": steps_table(case, arrivals, standing),
    }


def course(case: Case, one: Followed, rung: str, world: int) -> dict[str, object]:
    """Return when a step takes effect and is first lost in one world, by what, and how it ends.

    Quarters are 0 where there is none.
    """
    stands = in_effect(case, one, rung)[world]
    gone = np.flatnonzero(stands[:-1] & ~stands[1:]) + 1
    measure = [noun.id for noun in case.measures].index(case.rung[rung].measure)
    cause = ""
    if gone.size:
        why = int(falls_of(case, one).cause[world, gone[0], measure])
        cause = (*CAUSES, SEVERAL)[why - 1]
    return {
        "effect": int(stands.argmax()) + 1 if stands.any() else 0,
        "lost": int(gone[0]) + 1 if gone.size else 0,
        "cause": cause,
        "stands": bool(stands[-1]),
    }


def steps_table(case: Case, arrivals: Table, standing: Table) -> Table:
    """Return each step at a glance, from the tables that have the intervals."""
    return schemas.STEPS.from_rows(
        (
            came["rung"],
            case.rung[came["rung"]].words.label,
            came["planned"],
            came["share_agreed"],
            _number(held["p50"]),
            held["share_lost"],
            held["cause"],
            came["share_end"],
            came["share_refused"],
            came["refuser"],
        )
        for came, held in zip(arrivals.rows(), standing.rows(), strict=True)
    )


def _number(value: float | None) -> float:
    return _NOWHERE if value is None else value


def _taken(falls: Falls, worlds: int) -> Table:
    whole = _by_world(falls.world, falls.rungs, worlds)
    rows = []
    for place, name in enumerate((*CAUSES, SEVERAL), 1):
        own = falls.why == place
        lost = _by_world(falls.world[own], falls.rungs[own], worlds)
        returned = own & (falls.back > 0)
        rows.append(
            (
                name,
                float(own.sum() / worlds),
                float(lost.mean()),
                *_ratio(lost, whole),
                *share_where(lost > 0),
                float(np.median(falls.quarter[own] + 1)) if own.any() else _NOWHERE,
                *_ratio(
                    _by_world(falls.world[returned], 1, worlds),
                    _by_world(falls.world[own], 1, worlds),
                ),
                float(np.median(falls.back[returned])) if returned.any() else _NOWHERE,
            )
        )
    return schemas.FALLS.from_rows(rows)


def _by_world(world: NDArray[np.int64], many: NDArray[np.int64] | int, worlds: int) -> Floats:
    weights = np.broadcast_to(np.asarray(many, dtype=np.float64), world.shape)
    return np.bincount(world, weights=weights, minlength=worlds).astype(np.float64)


def _ratio(part: Floats, whole: Floats) -> tuple[float, float]:
    """Return the share of a sum over worlds, and its standard error: worlds are what was drawn."""
    if not whole.any():
        return _NOWHERE, _NOWHERE
    share = part.sum() / whole.sum()
    spread = np.sqrt(np.mean((part - share * whole) ** 2) / whole.size)
    return float(share), float(spread / whole.mean())


def _standing(case: Case, one: Followed, falls: Falls) -> Iterator[tuple[object, ...]]:
    names = [measure.id for measure in case.measures]
    paused = 1 + CAUSES.index("suspension")
    for _, step in listed(one):
        stands = in_effect(case, one, step.rung)
        ever = np.asarray(stands.any(axis=1))
        gone = np.zeros_like(stands)
        gone[:, 1:] = stands[:, :-1] & ~stands[:, 1:]
        why = np.where(gone, falls.cause[:, :, names.index(case.rung[step.rung].measure)], 0)
        lost = np.asarray(gone.any(axis=1))
        first = gone.argmax(axis=1)
        later = np.arange(stands.shape[1]) > first[:, None]
        again = stands & later & lost[:, None]
        back = np.asarray(again.any(axis=1))
        by = np.bincount(why[lost, first[lost]], minlength=2 + len(CAUSES)) if lost.any() else None
        yield (
            step.rung,
            *percentiles(stands[ever].argmax(axis=1) + 1.0),
            float(stands.mean()),
            *share_where(np.asarray((why == paused).any(axis=1))),
            *share_where(lost),
            *percentiles(first[lost] + 1.0),
            "" if by is None else (*CAUSES, SEVERAL)[int(by[1:].argmax())],
            *(share_of(int(back.sum()), int(lost.sum())) if lost.any() else (_NOWHERE,) * 3),
            *percentiles((again.argmax(axis=1) - first)[back].astype(np.float64)),
        )
