"""Bargaining solutions over mixtures: points of the convex hull, as shares of a few points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_LEAST = 1e-7
"""Shares below this are noise of the solver."""
_GAP = 1e-9
"""How far the logarithm of the product may lie below its bound."""
_MOST_PROGRAMS = 60
_TANGENTS = (0.03, 0.2, 0.5, 1.0)
"""Shares at which the first tangents touch."""
_SLACK = 1e-9
_STEPS = 20
_FLOOR = 1e-12


@dataclass(frozen=True)
class Mixture:
    """A lottery, or an alternation, over a few points.

    Attributes
    ----------
    points
        [member] places among the points given, ascending.
    shares
        [member] that add up to 1.
    """

    points: NDArray[np.intp]
    shares: Floats


def mix(surplus: Floats, ideal: Floats, *, weight: Floats | None = None) -> dict[str, Mixture]:
    """Find each solution over all mixtures of some points.

    The egalitarian, the Kalai-Smorodinsky and the utilitarian solution are linear programs; of equal
    optima the one that gives most in sum of shares of the ideals is taken.  For the Nash solution
    see :func:`nash_mixture`.

    Parameters
    ----------
    surplus
        [point, party] gains above the disagreement point, not negative; at least one point.
    ideal
        [party] the most that each party can get above it.
    weight
        [party] of the weighted Nash solution, which is found only where weights are given.

    Returns
    -------
    dict
        By name of the solution.
    """
    scale = np.maximum(ideal, _FLOOR)
    shares = surplus / scale
    found = {"nash": nash_mixture(shares, np.ones(ideal.size))}
    if weight is not None:
        found["weighted-nash"] = nash_mixture(shares, weight)
    return found | {
        "kalai-smorodinsky": _highest_least(shares, shares),
        "egalitarian": _highest_least(surplus, shares),
        "utilitarian": _pure(int(np.lexsort((shares.sum(axis=1), surplus.sum(axis=1)))[-1])),
    }


def nash_mixture(shares: Floats, weight: Floats) -> Mixture:
    """Return the mixture of greatest weighted product, to within a known gap.

    The logarithm of each party's share is bounded from above by tangents; a linear program finds
    the best mixture under the tangents so far, and new ones are drawn where it lies.  Its value
    bounds the true one from above, the mixture's own value from below; it ends when the two are
    1e-9 apart, a few dozen programs at most.

    Parameters
    ----------
    shares
        [point, party] gains as shares of the ideals.
    weight
        [party] positive powers.
    """
    if not (shares > 0).any(axis=0).all():
        return _pure(int(np.argmax(shares.sum(axis=1))))
    count, parties = shares.shape
    power = weight / weight.sum()
    at = [np.full(parties, share) for share in _TANGENTS]
    best, worth = np.full(count, 1.0 / count), -np.inf
    for _ in range(_MOST_PROGRAMS):
        rows = [np.hstack([-shares.T / one[:, None], np.eye(parties)]) for one in at]
        solved = _program(
            np.concatenate([np.zeros(count), -power]),
            np.vstack(rows),
            np.concatenate([np.log(one) - 1.0 for one in at]),
            free=parties,
        )
        mixed = np.maximum(solved[:count], 0.0)
        now = np.maximum(mixed @ shares / mixed.sum(), _FLOOR)
        value = float(power @ np.log(now))
        if value > worth:
            best, worth = mixed, value
        if float(power @ solved[count:]) - worth <= _GAP:
            break
        at.append(now)
    return _polished(_mixture(best), shares, power)


def _polished(found: Mixture, shares: Floats, power: Floats) -> Mixture:
    """Take Newton's steps among the points of a mixture, while they help and all shares stay."""
    members, mixed = shares[found.points], found.shares
    count = mixed.size
    for _ in range(_STEPS if count > 1 else 0):
        now = mixed @ members
        bend = -(members * (power / now**2)) @ members.T
        system = np.block([[bend, np.ones((count, 1))], [np.ones((1, count)), np.zeros((1, 1))]])
        step = np.linalg.lstsq(system, np.append(-members @ (power / now), 0.0))[0][:count]
        moved = mixed + step
        if (moved <= 0).any() or power @ np.log(moved @ members) <= power @ np.log(now):
            break
        mixed = moved
    return Mixture(found.points, mixed / mixed.sum())


def _highest_least(gains: Floats, shares: Floats) -> Mixture:
    """Return the mixture whose least gain is highest; of these the one of most shares in sum."""
    count = len(gains)
    least = np.hstack([-gains.T, np.ones((gains.shape[1], 1))])
    none = np.zeros(gains.shape[1])
    first = _program(np.append(np.zeros(count), -1.0), least, none, free=1)
    enough = -gains.T
    floor = np.full(gains.shape[1], -first[count] * (1.0 - _SLACK))
    return _mixture(_program(-shares.sum(axis=1), enough, floor, free=0))


def _program(cost: Floats, rows: Floats, most: Floats, *, free: int) -> Floats:
    """Solve ``min cost x, rows x <= most`` over shares that add up to 1 and free numbers."""
    from scipy.optimize import linprog  # heavy

    count = cost.size - free
    one = np.append(np.ones(count), np.zeros(free))[None, :]
    bounds = [(0.0, None)] * count + [(None, None)] * free
    solved = linprog(cost, A_ub=rows, b_ub=most, A_eq=one, b_eq=[1.0], bounds=bounds)
    if solved.x is None:  # pragma: no cover - shares of one point always are a solution
        raise ArithmeticError(
            f"a linear program of {count} shares was not solved: {solved.message}"
        )
    return np.asarray(solved.x, dtype=np.float64)


def _pure(place: int) -> Mixture:
    return Mixture(np.array([place], dtype=np.intp), np.ones(1))


def _mixture(shares: Floats) -> Mixture:
    kept = np.flatnonzero(shares > _LEAST)
    return Mixture(kept, shares[kept] / shares[kept].sum())
