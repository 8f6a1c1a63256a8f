"""Reading ahead: while one world is followed, memory is asked for the next.

A world's numbers are too many for a processor to keep and too scattered for it to guess; without
a hint it waits for memory longer than it computes.  Nothing here changes a result.
"""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from ..jit import inner_kernel, prefetch
from ..layout import Structure, Values
from .layout import Crosses, Draws, Steps, Story

FLAGS, FOURS, EIGHTS = 64, 16, 8
"""Items of one, four and eight bytes in a line, which is what memory hands over at a time."""


@inner_kernel
def fetch(array: NDArray[Any], first: int, count: int, line: int) -> None:
    """Ask memory for some items, counted through the whole array."""
    i = first
    while i < first + count:
        prefetch(array, i)
        i += line


@inner_kernel
def fetch_step(st: Structure, story: Story, d: Draws, w: int, m: int, level: int) -> None:
    """Ask memory for what an ask reads of a world."""
    slot = st.first[m] + level
    place = w * d.worth.shape[1] + slot
    owners, wholes, criteria = d.worth.shape[3], d.whole.shape[2], d.total.shape[2]
    fetch(d.worth, 5 * owners * place, 5 * owners, FOURS)
    fetch(d.needed, owners * place, owners, FLAGS)
    fetch(d.whole, wholes * place, wholes, FOURS)
    fetch(d.total, criteria * place, criteria, FOURS)
    start = story.floor_first[slot]
    count = story.floor_first[slot + 1] - start
    fetch(d.floor, w * d.floor.shape[1] + start, count, FOURS)
    start, count = amounts_at(story.near, slot)
    fetch(d.near, w * d.near.shape[1] + start, count, FOURS)
    start, count = amounts_at(story.links, slot)
    fetch(d.links, w * d.links.shape[1] + start, count, FOURS)


@inner_kernel
def amounts_at(crosses: Crosses, slot: int) -> tuple[int, int]:
    """Return where the amounts of a slot start, and how many there are."""
    start = crosses.place[crosses.first[slot]]
    return start, crosses.place[crosses.first[slot + 1]] - start


@inner_kernel
def fetch_rest(v: Values, d: Draws, w: int) -> None:
    """Ask memory for what every quarter reads of a world."""
    for array in (d.par, d.benefit, d.theta, d.offset, d.type_theta, d.minded, d.code, d.lag):
        fetch(array, w * array.shape[1], array.shape[1], EIGHTS)
    fetch(v.soft, w * v.soft.shape[1], v.soft.shape[1], EIGHTS)
    fetch(v.row_on, w * v.row_on.shape[1], v.row_on.shape[1], FLAGS)
    each = d.chance.shape[1] * d.chance.shape[2]
    fetch(d.chance, w * each, each, EIGHTS)


@inner_kernel
def fetch_next(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    steps: Steps,
    w: int,
    part: int,
    parts: int,
) -> None:
    """Ask memory for one of several parts of a world: some of the steps, the rest with the last."""
    for step in range(part, steps.quarter.size, parts):
        fetch_step(st, story, d, w, steps.measure[step], steps.level[step])
    if part == parts - 1:
        fetch_rest(v, d, w)
