"""Does the order of steps that are due in one quarter matter, and does the source give one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby
from statistics import NormalDist

import numpy as np

from winset.ask.followable import named_in
from winset.ask.path import schemas
from winset.ask.path.search import lead
from winset.ask.scene import Scene
from winset.case.model import Case, Programme, Step
from winset.tables import Table, share_where
from winset.words.what_if import NOT_SAID

WORLDS = 200
"""Worlds in which steps change places."""
CHANCE = 0.05
"""Share of programmes in which chance alone would show one pair."""
_Order = tuple[int, ...]


def order_table(case: Case, scene: Scene, programme: Programme) -> Table:
    """Exchange each two steps of a quarter, and turn each quarter round, in the same worlds.

    A source that lists two steps in one quarter has not said which comes first; the order they are
    followed in is that of the file. It is said only where the two stand on one ladder or where the
    gate of one waits for the measure of the other.
    """
    written = scene.run(programme, keep=False)
    depth = scene.depth(written)
    tried = [*_tried(programme)]
    rows = []
    beyond = NormalDist().inv_cdf(1.0 - CHANCE / 2.0 / max(1, len(tried)))
    for quarter, pair, order in tried:
        other = scene.run(
            replace(programme, steps=tuple(programme.steps[place] for place in order)), keep=False
        )
        changed = np.asarray((written.levels != other.levels).any(axis=(1, 2)))
        cost = lead(depth, scene.depth(other))
        names = (pair[0].rung, pair[1].rung, _said(case, *pair)) if pair else ("", "", "")
        rows.append(
            (
                quarter,
                *names,
                *share_where(changed),
                cost.mean,
                cost.error,
                abs(cost.mean) > beyond * cost.error and abs(cost.mean) > 1e-9,
            )
        )
    return schemas.ORDER.from_rows(rows)


def _tried(programme: Programme) -> Iterator[tuple[int, tuple[Step, Step] | None, _Order]]:
    """Yield each pair of a quarter exchanged, then the quarter from its last step to its first."""
    steps = programme.steps
    places = sorted(range(len(steps)), key=lambda place: steps[place].quarter)
    for quarter, group in groupby(places, key=lambda place: steps[place].quarter):
        own = [*group]
        for one, two in combinations(own, 2):
            yield quarter, (steps[one], steps[two]), _put(len(steps), (one, two), (two, one))
        if len(own) > 2:
            yield quarter, None, _put(len(steps), own, own[::-1])


def _put(count: int, at: Sequence[int], places: Sequence[int]) -> _Order:
    order = [*range(count)]
    for where, place in zip(at, places, strict=True):
        order[where] = place
    return tuple(order)


def _said(case: Case, first: Step, second: Step) -> str:
    one, two = case.rung[first.rung].measure, case.rung[second.rung].measure
    if one == two:
        return "ladder"
    gated = one in named_in(second.when) or two in named_in(first.when)
    return "gate" if gated else NOT_SAID
