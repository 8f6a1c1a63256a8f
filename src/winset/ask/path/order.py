"""Does the order of steps that are due in one quarter matter, and does the source give one?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, groupby
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

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
Order = tuple[int, ...]
"""Places of steps in a programme, the first to be followed first."""
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Orders:
    """A programme in the same worlds under any order of its steps; each order is followed once."""

    scene: Scene
    programme: Programme
    _known: dict[Order, tuple[Bools, Floats]] = field(default_factory=dict)

    def changed(self, order: Order) -> Bools:
        """[world] whether anything in effect is otherwise than in the written order."""
        return self._follow(order)[0]

    def depth(self, order: Order) -> Floats:
        """[world] percent of the ruler in effect, mean over quarters."""
        return self._follow(order)[1]

    @property
    def written(self) -> Order:
        """The steps as the file has them."""
        return tuple(range(len(self.programme.steps)))

    def put(self, at: Sequence[int], places: Sequence[int]) -> Order:
        """Return the written order with other steps where some stand."""
        order = [*self.written]
        for where, place in zip(at, places, strict=True):
            order[where] = place
        return tuple(order)

    def quarters(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each quarter in which steps are due, and their places."""
        steps = self.programme.steps
        places = sorted(self.written, key=lambda place: steps[place].quarter)
        for quarter, group in groupby(places, key=lambda place: steps[place].quarter):
            yield quarter, [*group]

    def _follow(self, order: Order) -> tuple[Bools, Floats]:
        if order not in self._known:
            steps = tuple(self.programme.steps[place] for place in order)
            record = self.scene.run(replace(self.programme, steps=steps), keep=False)
            changed = np.asarray((self._levels != record.levels).any(axis=(1, 2)))
            self._known[order] = changed, self.scene.depth(record)
        return self._known[order]

    @cached_property
    def _levels(self) -> NDArray[np.int8]:
        return self.scene.run(self.programme, keep=False).levels


def order_table(case: Case, orders: Orders) -> Table:
    """Exchange each two steps of a quarter, and turn each quarter round, in the same worlds.

    A source that lists two steps in one quarter has not said which comes first; the order they are
    followed in is that of the file. It is said only where the two stand on one ladder or where the
    gate of one waits for the measure of the other.
    """
    depth = orders.depth(orders.written)
    tried = [*_tried(orders)]
    rows = []
    beyond = NormalDist().inv_cdf(1.0 - CHANCE / 2.0 / max(1, len(tried)))
    for quarter, pair, order in tried:
        cost = lead(depth, orders.depth(order))
        names = (pair[0].rung, pair[1].rung, _said(case, *pair)) if pair else ("", "", "")
        rows.append(
            (
                quarter,
                *names,
                *share_where(orders.changed(order)),
                cost.mean,
                cost.error,
                abs(cost.mean) > beyond * cost.error and abs(cost.mean) > 1e-9,
            )
        )
    return schemas.ORDER.from_rows(rows)


def _tried(orders: Orders) -> Iterator[tuple[int, tuple[Step, Step] | None, Order]]:
    """Yield each pair of a quarter exchanged, then the quarter from its last step to its first."""
    steps = orders.programme.steps
    for quarter, own in orders.quarters():
        for one, two in combinations(own, 2):
            yield quarter, (steps[one], steps[two]), orders.put((one, two), (two, one))
        if len(own) > 2:
            yield quarter, None, orders.put(own, own[::-1])


def _said(case: Case, first: Step, second: Step) -> str:
    one, two = case.rung[first.rung].measure, case.rung[second.rung].measure
    if one == two:
        return "ladder"
    gated = one in named_in(second.when) or two in named_in(first.when)
    return "gate" if gated else NOT_SAID
