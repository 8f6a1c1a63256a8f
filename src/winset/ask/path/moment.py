"""How one step stood in one quarter of one world, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from winset.ask.path.milestones import shocks_of
from winset.ask.scene import Scene, scene_of
from winset.case.dates import quarter_start
from winset.engine.simulate import EVENTS, STATES, Record
from winset.engine.simulate.parts import (
    AGREED,
    CARRIED,
    DROPPED,
    FELL_BACK,
    GATE_SHUT,
    HELD_UP,
    OF_AN_ALLY,
    OVERTAKEN,
    REFUSED,
    RULED_OUT,
)
from winset.words import moment as words

if TYPE_CHECKING:
    from winset.ask.path.answer import Path

LATELY = 4
"""Quarters of which the events are told."""
_SIDED = ("threat", "salience", "grievance", "assurance", "window")
_TOLD = {
    GATE_SHUT: words.GATE_SHUT,
    HELD_UP: words.HELD_UP,
    RULED_OUT: words.RULED_OUT,
    CARRIED: words.CARRIED_BEFORE,
}


def moment(answer: Path, place: int, world: int, quarter: int) -> str:
    """Follow the world anew to that quarter and say how the step stood there, and why.

    Parameters
    ----------
    answer
        The answer that the world belongs to.
    place
        Place of the step in the order in which steps are followed.
    world, quarter
        The world, and the quarter from 1 on.
    """
    one = answer.followed
    scene = scene_of(
        answer.case,
        one.programme,
        n=1,
        rng=answer.run.rng,
        quarters=quarter,
        changes=answer.run.changes,
        mechanisms=one.mechanisms,
        first=answer.run.first + world,
        dated=answer.dated,
    )
    record = scene.run(one.programme)
    step = one.programme.steps[one.steps[place]]
    noun = answer.case.rung[step.rung]
    return words.moment(
        quarter,
        quarter_start(answer.case.as_of, quarter),
        world,
        (step.rung, noun.words.phrase),
        (
            _fate(answer, record, place, quarter),
            _state(answer, record),
            _events(answer, scene, record),
        ),
    )


def _fate(answer: Path, record: Record, place: int, quarter: int) -> str:
    step = answer.followed.programme.steps[answer.followed.steps[place]]
    fate, agreed = int(record.fate[0, place]), int(record.agreed[0, place])
    if quarter < step.quarter:
        return words.not_asked(step.quarter)
    if fate == AGREED:
        measure = [one.id for one in answer.case.measures].index(
            answer.case.rung[step.rung].measure
        )
        stands = int(record.levels[0, -1, measure]) >= answer.case.rung[step.rung].level
        return words.agreed(agreed, now=agreed == quarter, in_effect=stands)
    if fate == FELL_BACK:
        return words.fell_back(step.otherwise, agreed)
    if fate == OVERTAKEN:
        return words.OVERTAKEN
    if fate == DROPPED:
        return words.dropped(_refuser(answer, record, place))
    last = int(record.answer[0, place])
    if last == REFUSED:
        return words.refused(_refuser(answer, record, place))
    return words.waits(_TOLD.get(last, words.NO_TURN))


def _refuser(answer: Path, record: Record, place: int) -> str:
    who = int(record.refuser[0, place])
    if who < 0:
        return words.RULE
    return answer.case.constituencies[who].words.phrase


def _state(answer: Path, record: Record) -> str:
    """Name the three states that have moved most, in units of their own range."""
    series = record.state[0].astype(np.float64)
    spans = np.array([10.0 if name.startswith("trust") else 5.0 for name in STATES])
    spans[[STATES.index(name) for name in ("skill", "ballast")]] = 1.0
    moved = np.abs(series[-1] - series[0]) / spans
    if answer.case.time is None or not answer.case.time.ally:
        moved[[STATES.index(name) for name in OF_AN_ALLY]] = 0.0
    most = np.argsort(-moved, kind="stable")[:3]
    return words.moved(
        [
            (_name(answer, STATES[index]), series[-1, index], series[0, index])
            for index in most
            if moved[index] > 0
        ]
    )


def _name(answer: Path, state: str) -> str:
    stem, _, side = state.partition("_")
    time = answer.case.time
    if time is None or side not in ("first", "second", "pair", "ally"):
        return state.replace("_", " ")
    parties = [answer.case.party[name].words.phrase for name in time.pair]
    ally = answer.case.party[time.ally].words.phrase if time.ally else ""
    if side == "pair":
        return words.state_between(stem, parties)
    if side == "ally":
        return words.state_of(stem, ally)
    own = parties[0] if side == "first" else parties[1]
    return words.state_in(stem, own) if stem in _SIDED else words.state_between(stem, [ally, own])


def _events(answer: Path, scene: Scene, record: Record) -> str:
    """List what came in the last quarters; shocks by their names."""
    last = record.events.shape[1]
    shocks: dict[int, list[str]] = {}
    for quarter, name in shocks_of(scene, scene.came(record, "court")[0]):
        shocks.setdefault(quarter, []).append(answer.case.shock[name].words.phrase)
    told: list[tuple[str, int]] = []
    for quarter in range(last, max(0, last - LATELY), -1):
        told += [(name, quarter) for name in shocks.get(quarter, [])]
        bits = int(record.events[0, quarter - 1])
        came = [event for place, event in enumerate(EVENTS) if bits >> place & 1]
        told += [(event, quarter) for event in came if event not in ("shock", "court")]
    return words.lately(told)
