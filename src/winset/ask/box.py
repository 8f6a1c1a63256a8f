"""Scenario discovery: a few ranges of named numbers in which worlds of one kind are frequent.

A box is a node of a classification tree [breiman1984]_, one of the two established ways to find
scenarios [lempert2008]_. It is found in one half of the worlds and judged in the other one, in the
words of the field: density, coverage, quasi-p-value, reproducibility [bryant2010]_.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.engine.ready import threads
from winset.tables import share_where

Table = NDArray[np.float32]
Bools = NDArray[np.bool_]
Ends = dict[int, tuple[float, float]]
"""A box by column: its two ends, infinite where it is left open."""
MOST_RANGES = 3
"""Numbers that a box restricts at most: more cannot be told in a sentence."""
LEAST_WORLDS = 20
"""Worlds in a box, and worlds of either kind, that each half must have."""
RESAMPLES = 10
"""Halves of the worlds that a box is found in, in each of which it is sought again."""
CHANCE = 0.05


@dataclass(frozen=True)
class Range:
    """One number and where in it a box lies: above ``low``, up to ``high``; an end left open is infinite."""

    address: str
    low: float
    high: float
    spare: float
    """Quasi-p-value: how often the box without this range gives so many worlds of the kind."""
    again: float
    """Reproducibility: share of resamples whose box restricts this number too."""


@dataclass(frozen=True)
class Box:
    """A box and what it is worth, shares with their Wilson intervals.

    Attributes
    ----------
    ranges
        What it restricts.
    density_seen
        Share of worlds of the kind among those in the box, in the half it was found in.
    base, density, coverage
        In the other half: share of worlds of the kind, the same in the box, and share of the
        worlds of the kind that are in it.
    chance
        How often a box blind to the kind has such a density there.
    """

    ranges: tuple[Range, ...]
    density_seen: float
    base: float
    density: tuple[float, float, float]
    coverage: tuple[float, float, float]
    chance: float


def enough(where: Bools) -> bool:
    """Tell whether each half has enough worlds of the kind, and of the other one, for a box."""
    return all(
        LEAST_WORLDS <= half.sum() <= half.size - LEAST_WORLDS
        for half in (where[: where.size // 2], where[where.size // 2 :])
    )


def find(
    where: Bools, numbers: Mapping[str, NDArray[np.float64]], *, rng: int, asked: int = 1
) -> Box | None:
    """Return the box in which worlds of one kind are frequent; None where there is none.

    Its depth in the tree is the one that gains most in resamples, each judged on the worlds it left
    out. It counts where its density in the other half is beyond what chance shows in one of twenty
    questionnaires of ``asked`` such questions.

    Parameters
    ----------
    where
        [world] worlds of the kind.
    numbers
        [world] by address; see :func:`winset.ask.screen.varied`.
    rng
        Seed of the resamples.
    asked
        Questions asked together.
    """
    if not numbers or not enough(where):
        return None
    names = [*numbers]
    table = np.stack([numbers[name] for name in names], axis=1).astype(np.float32)
    half = where.size // 2
    depth, again = _resampled(table[:half], where[:half], rng)
    box = _best(table[:half], where[:half])[depth]
    table, seen, where = table[half:], _density(table[:half], where[:half], box), where[half:]
    inside = _within(table, box)
    chance = _by_chance(inside, np.ones_like(inside), where)
    if inside.sum() < LEAST_WORLDS or chance >= CHANCE / asked:
        return None
    ranges = []
    for place, (low, high) in box.items():
        others = _within(table, {other: box[other] for other in box if other != place})
        spare = _by_chance(inside, others, where)
        ranges.append(Range(names[place], low, high, spare, float(again[place])))
    return Box(
        tuple(ranges),
        seen,
        float(where.mean()),
        share_where(np.asarray(where[inside])),
        share_where(np.asarray(inside[where])),
        chance,
    )


def _within(table: Table, box: Ends) -> Bools:
    inside = np.ones(table.shape[0], dtype=np.bool_)
    for place, (low, high) in box.items():
        inside &= (table[:, place] > low) & (table[:, place] <= high)
    return inside


def _density(table: Table, where: Bools, box: Ends) -> float:
    return float(where[_within(table, box)].mean())


def _gain(table: Table, where: Bools, box: Ends) -> float:
    """Return by how many worlds of the kind a box has more than its size would let expect."""
    inside = _within(table, box)
    return float(where[inside].sum() - inside.sum() * where.mean())


def _resampled(table: Table, where: Bools, rng: int) -> tuple[int, NDArray[np.float64]]:
    """Return the depth that gains most on worlds left out, and how often each column comes again."""
    luck = np.random.default_rng(rng)
    halves = [np.split(luck.permutation(where.size), [where.size // 2]) for _ in range(RESAMPLES)]
    gains = np.zeros(MOST_RANGES)
    again = np.zeros((MOST_RANGES, table.shape[1]))
    with ThreadPoolExecutor(threads()) as pool:  # growing a tree releases the interpreter
        grown = pool.map(lambda half: _best(table[half[0]], where[half[0]]), halves)
        for (_, rest), best in zip(halves, grown, strict=True):
            for depth, box in enumerate(best):
                gains[depth] += _gain(table[rest], where[rest], box)
                again[depth, [*box]] += 1.0
    depth = int(gains.argmax())
    return depth, again[depth] / RESAMPLES


def _best(table: Table, where: Bools) -> list[Ends]:
    """Grow a tree and return, by depth, its node that gains most down to there."""
    from sklearn.tree import DecisionTreeClassifier  # heavy

    tree = DecisionTreeClassifier(
        max_depth=MOST_RANGES, min_samples_leaf=min(LEAST_WORLDS, where.size // 4), random_state=0
    )
    levels = _nodes(tree.fit(table, where).tree_)
    best: list[Ends] = []
    for nodes in levels:
        found = [*best[-1:], *nodes]
        best.append(max(found, key=lambda box: _gain(table, where, box), default={}))
    return best


def _nodes(tree: Any) -> list[list[Ends]]:
    """List the nodes of a tree by depth, below the root."""
    levels: list[list[Ends]] = []
    here: list[tuple[int, Ends]] = [(0, {})]
    for _ in range(MOST_RANGES):
        below: list[tuple[int, Ends]] = []
        for node, box in here:
            left, right = int(tree.children_left[node]), int(tree.children_right[node])
            if left < 0:
                continue
            place, cut = int(tree.feature[node]), float(tree.threshold[node])
            low, high = box.get(place, (-np.inf, np.inf))
            below += [(left, {**box, place: (low, cut)}), (right, {**box, place: (cut, high)})]
        levels.append([box for _, box in below])
        here = below
    return levels


def _by_chance(inside: Bools, outer: Bools, where: Bools) -> float:
    """Return how often a box has so many worlds of the kind, were it as dense as the outer one."""
    from scipy.stats import binom  # heavy

    hits, size = int(where[inside].sum()), int(inside.sum())
    return float(binom.sf(hits - 1, size, float(where[outer].mean())))
