"""Bargaining solutions among the points of a frontier."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rule = Callable[[Floats, Floats], Floats]
"""Takes surpluses [point, party] and ideals [party]; returns the scores [point] to be highest."""


def nash(surplus: Floats, ideal: Floats, *, weight: Floats | None = None) -> Floats:
    """Return ``product of surplus ** weight``, as a share of the ideals' [nash1950].

    With a surplus of nothing for somebody the score is 0.
    """
    power = np.ones(ideal.size) if weight is None else weight
    shares = surplus / np.maximum(ideal, 1e-12)
    score: Floats = np.exp((power * np.log(np.maximum(shares, 1e-300))).sum(axis=1))
    return np.where((shares <= 0).any(axis=1), 0.0, score)


def kalai_smorodinsky(surplus: Floats, ideal: Floats) -> Floats:
    """Return the least share of its ideal that any party gets [kalaismorodinsky1975]."""
    share: Floats = (surplus / np.maximum(ideal, 1e-12)).min(axis=1)
    return share


def egalitarian(surplus: Floats, ideal: Floats) -> Floats:
    """Return the least surplus of any party, points taken one for one [kalai1977]."""
    del ideal
    least: Floats = surplus.min(axis=1)
    return least


def utilitarian(surplus: Floats, ideal: Floats) -> Floats:
    """Return the sum of surpluses, points taken one for one."""
    del ideal
    total: Floats = surplus.sum(axis=1)
    return total


def best_for(party: int) -> Rule:
    """Return the rule of a party that alone proposes: its own surplus."""

    def own(surplus: Floats, ideal: Floats) -> Floats:
        del ideal
        mine: Floats = surplus[:, party]
        return mine

    return own


def rules(weight: Floats | None = None) -> dict[str, Rule]:
    """Return the solutions by name; the weighted one only where weights are given."""
    named: dict[str, Rule] = {"nash": nash}
    if weight is not None:
        named["weighted-nash"] = partial(nash, weight=weight)
    return {
        **named,
        "kalai-smorodinsky": kalai_smorodinsky,
        "egalitarian": egalitarian,
        "utilitarian": utilitarian,
    }


def choose(rule: Rule, surplus: Floats, ideal: Floats) -> int:
    """Return the place of the point a rule picks.

    Among equal scores the one whose worst-off party (by share of its ideal) has most, then the
    next worst-off; then the first.

    Parameters
    ----------
    rule
        What is to be highest.
    surplus
        [point, party] gain above the disagreement point, not negative; at least one point.
    ideal
        [party] the most each party can get above it.
    """
    score = rule(surplus, ideal)
    level = np.isclose(score, score.max(), rtol=1e-9, atol=1e-12)
    shares = np.sort(surplus / np.maximum(ideal, 1e-12), axis=1)
    among = np.flatnonzero(level)
    order = np.lexsort((-among, *shares[among].T[::-1]))
    return int(among[order[-1]])
