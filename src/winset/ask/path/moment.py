"""How one step stood in one quarter of one world, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from winset.ask.path.tabulate import start_of
from winset.ask.scene import scene_of
from winset.engine.simulate import EVENTS, STATES, Record
from winset.engine.simulate.parts import (
    AGREED,
    CARRIED,
    DROPPED,
    FELL_BACK,
    GATE_SHUT,
    HELD_UP,
    OVERTAKEN,
    REFUSED,
    RULED_OUT,
)
from winset.words.phrases import join_names

if TYPE_CHECKING:
    from winset.ask.path.answer import Path

LATELY = 4
"""Quarters of which the events are told."""
_SIDED = ("threat", "salience", "grievance", "assurance", "window")
_TOLD = {
    GATE_SHUT: "its gate is shut",
    HELD_UP: "an earlier step of the measure is under way, or the measure rests after a crisis",
    RULED_OUT: "a prerequisite, a conflict, a red line or a ceiling rules it out",
    CARRIED: "it was carried before",
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
    )
    record = scene.run(one.programme)
    step = one.programme.steps[one.steps[place]]
    noun = answer.case.rung[step.rung]
    said = _fate(answer, record, place, quarter)
    return (
        f"Quarter {quarter} ({start_of(answer.case, quarter)}), world {world}: {step.rung} "
        f"({noun.words.phrase}) {said}. {_state(answer, record)} {_events(record, quarter)}"
    )


def _fate(answer: Path, record: Record, place: int, quarter: int) -> str:
    step = answer.followed.programme.steps[answer.followed.steps[place]]
    fate, agreed = int(record.fate[0, place]), int(record.agreed[0, place])
    if quarter < step.quarter:
        return f"is not asked for before quarter {step.quarter}"
    if fate == AGREED:
        measure = [one.id for one in answer.case.measures].index(
            answer.case.rung[step.rung].measure
        )
        stands = int(record.levels[0, -1, measure]) >= answer.case.rung[step.rung].level
        since = "is agreed now" if agreed == quarter else f"was agreed in quarter {agreed}"
        return f"{since} and is {'in effect' if stands else 'not in effect'}"
    if fate == FELL_BACK:
        return f"fell back to {step.otherwise} in quarter {agreed}"
    if fate == OVERTAKEN:
        return "is not needed: the rung or a later one stands already"
    if fate == DROPPED:
        return f"is given up; the last to refuse: {_refuser(answer, record, place)}"
    last = int(record.answer[0, place])
    if last == REFUSED:
        return f"is refused by {_refuser(answer, record, place)}"
    return f"waits: {_TOLD.get(last, 'its turn has not come')}"


def _refuser(answer: Path, record: Record, place: int) -> str:
    who = int(record.refuser[0, place])
    if who < 0:
        return "a rule of the case"
    return answer.case.constituencies[who].words.phrase


def _state(answer: Path, record: Record) -> str:
    """Name the three states that have moved most, in units of their own range."""
    series = record.state[0].astype(np.float64)
    spans = np.array([10.0 if name.startswith("trust") else 5.0 for name in STATES])
    spans[[STATES.index(name) for name in ("skill", "ballast")]] = 1.0
    moved = np.abs(series[-1] - series[0]) / spans
    most = np.argsort(-moved, kind="stable")[:3]
    told = [
        f"{_name(answer, STATES[index])} {series[-1, index]:.1f} (first {series[0, index]:.1f})"
        for index in most
        if moved[index] > 0
    ]
    return f"Most has moved {join_names(told)}." if told else "No state has moved."


def _name(answer: Path, state: str) -> str:
    stem, _, side = state.partition("_")
    time = answer.case.time
    if time is None or side not in ("first", "second", "pair", "ally"):
        return state.replace("_", " ")
    parties = [answer.case.party[name].words.phrase for name in time.pair]
    ally = answer.case.party[time.ally].words.phrase
    if side == "pair":
        return f"{stem} between {join_names(parties)}"
    if side == "ally":
        return f"{stem} of {ally}"
    own = parties[0] if side == "first" else parties[1]
    return f"{stem} in {own}" if stem in _SIDED else f"{stem} between {ally} and {own}"


def _events(record: Record, quarter: int) -> str:
    told = []
    for back in range(min(LATELY, quarter)):
        bits = int(record.events[0, -1 - back])
        names = [event for place, event in enumerate(EVENTS) if bits >> place & 1]
        told += [f"{name} in quarter {quarter - back}" for name in names]
    return f"Lately: {', '.join(told)}." if told else "Nothing has happened lately."
