"""The model through time as one Python function: arrays in, arrays out."""

from __future__ import annotations

import numpy as np

from ..layout import Problem, Structure
from ..ready import ready, share
from .layout import Draws, Record, Room, Sizes, Steps, Story, new_room
from .parts import MECHANISMS, STATES
from .run import simulate_block

GROUP = 32
"""Worlds that a thread takes at a time; answers do not depend on it."""
EVERYTHING = (1 << len(MECHANISMS)) - 1


def simulate(
    problem: Problem,
    story: Story,
    draws: Draws,
    steps: Steps,
    *,
    quarters: int,
    mechanisms: int = EVERYTHING,
    keep: bool = True,
) -> Record:
    """Follow every world of a block through a programme.

    Parameters
    ----------
    problem
        The snapshot's problem of the same worlds.
    story, draws, steps
        What is the same in all worlds, what is drawn, and the programme.
    quarters
        How many quarters, at most those that ``draws.chance`` holds.
    mechanisms
        Mask of the mechanisms that work, by the order of ``parts.MECHANISMS``.
    keep
        Whether the states of each quarter are recorded.
    """
    st, v, _ = ready(problem)
    worlds, measures = v.coef.shape[0], st.status_quo.size
    count = steps.quarter.size
    if quarters > draws.chance.shape[1]:
        message = f"{quarters} quarters, but chance is drawn for {draws.chance.shape[1]}"
        raise ValueError(message)
    rec = Record(
        levels=np.zeros((worlds, quarters, measures), np.int8),
        state=np.zeros((worlds, quarters if keep else 0, len(STATES)), np.float32),
        events=np.zeros((worlds, quarters), np.int32),
        fate=np.zeros((worlds, count), np.int8),
        agreed=np.zeros((worlds, count), np.int16),
        answer=np.zeros((worlds, count), np.int8),
        refuser=np.full((worlds, count), -1, np.int16),
        asked=np.zeros((worlds, count), np.int16),
    )

    size = sizes_of(st, story, draws, steps, quarters)

    def room() -> Room:
        return new_room(size)

    def run(mine: Room, start: int, stop: int) -> None:
        simulate_block(st, v, story, draws, steps, rec, mine, start, stop, mechanisms, keep)

    share(worlds, room, run, group=GROUP)
    return rec


def sizes_of(st: Structure, story: Story, draws: Draws, steps: Steps, quarters: int) -> Sizes:
    """Return how much memory a world of these arrays needs."""
    return Sizes(
        measures=st.status_quo.size,
        slots=int(st.first[-1]),
        owners=story.role.size,
        shocks=draws.shock.shape[1],
        states=len(STATES),
        asks=2 * steps.quarter.size,
        floors=int(np.diff(story.floor_first).max(initial=0)),
        wholes=story.wholes.size,
        quarters=quarters,
        criteria=draws.total.shape[2],
        drifting=draws.room.shape[2],
    )
