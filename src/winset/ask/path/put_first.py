"""Which order of the steps of a quarter carries most, and which of them should be put first?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import factorial
from statistics import NormalDist

import numpy as np

from winset.ask.path import schemas
from winset.ask.path.order import CHANCE, Floats, Order, Orders
from winset.ask.path.search import lead
from winset.tables import Table, share_where

EVERY = 5
"""Steps of a quarter up to which every order of them is followed."""
DRAWN = factorial(EVERY)
"""Orders that are followed of more steps."""
_FEWEST = 4
"""Worlds without which nothing can be chosen in one half and judged in the other."""
_NOTHING = 1e-9
"""Depth that is no difference."""


def put_first_table(orders: Orders, rng: int) -> Table:
    """Follow the orders of each quarter's steps; choose in half of the worlds, judge in the other.

    The step to put first is the one whose orders, those that begin with it, are deepest on the
    mean: what comes after it is averaged out.
    """
    if orders.scene.worlds < _FEWEST:
        return schemas.PUT_FIRST.from_rows([])
    quarters = [(quarter, own) for quarter, own in orders.quarters() if len(own) > 1]
    beyond = NormalDist().inv_cdf(1.0 - CHANCE / 2.0 / max(1, 2 * len(quarters)))
    return schemas.PUT_FIRST.from_rows(
        _row(orders, quarter, own, rng, beyond) for quarter, own in quarters
    )


def _row(
    orders: Orders, quarter: int, own: Sequence[int], rng: int, beyond: float
) -> tuple[object, ...]:
    tried = orders_of(own, rng, quarter)
    every = [orders.put(own, order) for order in tried]
    depth = np.stack([orders.depth(order) for order in every])
    changed = np.any([orders.changed(order) for order in every], axis=0)
    half = orders.scene.worlds // 2
    seen, rest = depth[:, :half].mean(axis=1), depth[:, half:]
    heads = np.array([order[0] for order in tried])
    first = max(own, key=lambda step: seen[heads == step].mean() - seen[heads != step].mean())
    best = int(seen.argmax())
    rungs = [orders.programme.steps[place].rung for place in (first, *tried[best])]
    differ = bool(np.ptp(seen) > _NOTHING)
    return (
        quarter,
        len(own),
        len(tried),
        "all" if len(own) <= EVERY else "drawn",
        *share_where(np.asarray(changed)),
        rungs[0] if differ else "",
        *_ahead(rest[heads == first].mean(axis=0), rest[heads != first].mean(axis=0), beyond),
        ", ".join(rungs[1:]) if differ else "",
        *_ahead(rest[best], rest[0], beyond),
    )


def orders_of(own: Sequence[int], rng: int, quarter: int) -> list[Order]:
    """Return orders of some steps, the written one first: every one, or as many as can be followed.

    Of many steps they are the written one, the reverse one and drawn ones, in which each step
    comes first in turn.
    """
    if len(own) <= EVERY:
        return [*permutations(own)]
    luck = np.random.default_rng((rng, quarter))
    found = dict.fromkeys((tuple(own), tuple(own[::-1])))
    while len(found) < DRAWN:
        first = own[len(found) % len(own)]
        others = [step for step in own if step != first]
        found.setdefault((first, *luck.permutation(others).tolist()))
    return [*found]


def _ahead(one: Floats, two: Floats, beyond: float) -> tuple[float, float, bool]:
    found = lead(one, two)
    return found.mean, found.error, found.mean > max(beyond * found.error, _NOTHING)
