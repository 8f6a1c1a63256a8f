"""One issue on a line: the mean, the median, the Nash point, and rounds of challenges.

Every world is solved by itself, in plain loops; the callers give all memory.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .jit import kernel, outer_kernel

F8 = NDArray[np.float64]
I1 = NDArray[np.int8]
I4 = NDArray[np.int32]

CONFRONTATION, COMPROMISE, CAPITULATION = 1, 2, 3
"""What moves an actor; 0 where it stays."""
_HALVINGS = 60
_STILL = 1e-9
"""Share of the range below which a move is none."""


class Rounds(NamedTuple):
    """What the rounds of challenges did in every world."""

    positions: F8
    """[world, round, actor] before the first round and after each."""
    kinds: I1
    """[world, round, actor] what moved it, 0 where it stayed."""
    others: I4
    """[world, round, actor] towards whom, -1 where it stayed."""
    settled: I4
    """[world] rounds after which nobody moves any more, -1 where somebody always does."""


@kernel
def balance(x: F8, c: F8, s: F8) -> float:
    """Return the weighted median: the lowest position at which half of the weight is reached."""
    total = 0.0
    for k in range(x.size):
        total += c[k] * s[k]
    best = np.inf
    for a in range(x.size):
        below = 0.0
        for k in range(x.size):
            if x[k] <= x[a]:
                below += c[k] * s[k]
        if 2.0 * below >= total * (1.0 - 1e-12) and x[a] < best:
            best = x[a]
    return float(best)


@kernel
def centre(x: F8, c: F8, s: F8) -> float:
    """Return the weighted mean."""
    total, weight = 0.0, 0.0
    for k in range(x.size):
        total += c[k] * s[k] * x[k]
        weight += c[k] * s[k]
    return float(total / weight)


@kernel
def bargained(x: F8, c: F8, s: F8, reference: float, cost: float) -> float:
    """Return the point of greatest weighted product of gains over no agreement.

    An actor's gain at a point is what it lies nearer than the reference, as a share of the range,
    plus ``cost``; without a reference no agreement is as bad as the far end of the range.
    """
    low, high = np.inf, -np.inf
    for k in range(x.size):
        low, high = min(low, x[k]), max(high, x[k])
    known = not math.isnan(reference)
    if known:
        low, high = min(low, reference), max(high, reference)
    width = high - low
    if width <= 0.0:
        return float(low)
    for k in range(x.size):
        room = cost * width + (abs(reference - x[k]) if known else width)
        if c[k] * s[k] > 0.0:
            low, high = max(low, x[k] - room), min(high, x[k] + room)
    for _ in range(_HALVINGS):
        at = 0.5 * (low + high)
        slope = 0.0
        for k in range(x.size):
            room = cost * width + (abs(reference - x[k]) if known else width)
            gain = room - abs(at - x[k])
            if gain > 0.0:
                slope += c[k] * s[k] * (1.0 if x[k] > at else -1.0) / gain
        if slope > 0.0:
            low = at
        else:
            high = at
    return float(0.5 * (low + high))


@kernel
def count_votes(x: F8, weight: F8, power: F8, width: float, faithful: bool, bent: F8) -> float:
    """Write distances bent by each voter's exponent; return the votes on all pairs of positions.

    ``bent`` [voter, place] is ``(distance / range) ** exponent``; the exponent is 1 unless
    ``faithful``.
    """
    n = x.size
    votes = 0.0
    for k in range(n):
        for a in range(n):
            far = abs(x[k] - x[a]) / width
            bent[k, a] = math.pow(far, power[k]) if faithful else far
        for a in range(n):
            for b in range(n):
                votes += weight[k] * abs(bent[k, b] - bent[k, a])
    return votes


@kernel
def chance(weight: F8, bent: F8, i: int, j: int, all_votes: float) -> float:
    """Return the share of votes for i against j; of all votes on all pairs where given."""
    won, cast = 0.0, 0.0
    for k in range(weight.size):
        votes = weight[k] * (bent[k, j] - bent[k, i])
        won += max(0.0, votes)
        cast += abs(votes)
    if all_votes > 0.0:
        cast = all_votes
    return won / cast if cast > 0.0 else 0.0


@kernel
def worth(far: float, resists: float, wins: float, power: float) -> float:
    """Return what challenging somebody is worth, by the exponent of the one who judges it.

    ``far`` is the distance as a share of the range, ``resists`` the salience of the challenged,
    ``wins`` the chance of success; nobody expects the other to move unasked.
    """
    success = 2.0 - 4.0 * math.pow(0.5 - 0.5 * far, power)
    failure = 2.0 - 4.0 * math.pow(0.5 + 0.5 * far, power)
    today = 2.0 - 4.0 * math.pow(0.5, power)
    fought = resists * (wins * success + (1.0 - wins) * failure)
    return fought + (1.0 - resists) * success - today


@kernel
def weigh_risk(x: F8, s: F8, weight: F8, width: float, faithful: bool, bent: F8, power: F8) -> None:
    """Write each actor's exponent: 2 for the most secure, one half for the most endangered."""
    n = x.size
    for k in range(n):
        power[k] = 1.0
    votes = count_votes(x, weight, power, width, faithful, bent)
    most, least = -np.inf, np.inf
    for i in range(n):
        danger = 0.0
        for j in range(n):
            if j != i:
                wins = chance(weight, bent, j, i, votes if faithful else 0.0)
                danger += worth(abs(x[i] - x[j]) / width, s[i], wins, 1.0)
        power[i] = danger
        most, least = max(most, danger), min(least, danger)
    for i in range(n):
        risk = (2.0 * power[i] - most - least) / (most - least) if most > least else 0.0
        power[i] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0)


@kernel
def one_round(
    x: F8,
    s: F8,
    weight: F8,
    width: float,
    faithful: bool,
    bent: F8,
    power: F8,
    after: F8,
    kind: I1,
    other: I4,
) -> None:
    """Let every actor take the offer it has to move least for, all at the same time."""
    n = x.size
    weigh_risk(x, s, weight, width, faithful, bent, power)
    votes = count_votes(x, weight, power, width, faithful, bent)
    scale = votes if faithful else 0.0
    for i in range(n):
        after[i], kind[i], other[i] = x[i], 0, -1
        best = np.inf
        for j in range(n):
            if x[j] == x[i]:
                continue
            far = abs(x[i] - x[j]) / width
            mine = worth(far, s[j], chance(weight, bent, i, j, scale), power[i])
            theirs = worth(far, s[i], chance(weight, bent, j, i, scale), power[i])
            found = offered(mine, theirs, faithful)
            if found == 0:
                continue
            to = x[j]
            if found == COMPROMISE:
                to = x[i] + (x[j] - x[i]) * abs(mine / theirs)
            move = abs(x[i] - to)
            if faithful and found == COMPROMISE:
                move = (abs(mine) * x[i] + abs(theirs) * x[j]) / (abs(mine) + abs(theirs))
            if kind[i] == 0 or found < kind[i] or (found == kind[i] and move < best):
                best = move
                after[i], kind[i], other[i] = to, found, j


@kernel
def offered(mine: float, theirs: float, faithful: bool) -> int:
    """Return what an actor has to do by both expectations, its own first; 0 for nothing."""
    if theirs > mine > 0.0:
        return CONFRONTATION
    if theirs > 0.0 > mine:
        if theirs > -mine:
            return COMPROMISE
        if -mine > theirs and not faithful:
            return CAPITULATION
    return 0


@outer_kernel
def run_rounds(
    c: F8,
    s: F8,
    faithful: bool,
    positions: F8,
    kinds: I1,
    others: I4,
    settled: I4,
    bent: F8,
    scratch: F8,
) -> None:
    """Run the rounds of every world; ``positions[:, 0]`` holds the start."""
    n = positions.shape[2]
    weight, power = scratch[0], scratch[1]
    for w in range(positions.shape[0]):
        low, high = np.inf, -np.inf
        for k in range(n):
            low, high = min(low, positions[w, 0, k]), max(high, positions[w, 0, k])
            weight[k] = c[w, k] * s[w, k]
        width = high - low
        settled[w] = -1
        for t in range(kinds.shape[1]):
            before, after = positions[w, t], positions[w, t + 1]
            moved = 0.0
            if settled[w] < 0 and width > 0.0:
                one_round(
                    before,
                    s[w],
                    weight,
                    width,
                    faithful,
                    bent,
                    power,
                    after,
                    kinds[w, t],
                    others[w, t],
                )
                for k in range(n):
                    moved = max(moved, abs(after[k] - before[k]))
            else:
                for k in range(n):
                    after[k], kinds[w, t, k], others[w, t, k] = before[k], 0, -1
            if settled[w] < 0 and moved <= _STILL * width:
                settled[w] = t


@outer_kernel
def find_points(
    x: F8, c: F8, s: F8, reference: float, cost: float, mean: F8, median: F8, nash: F8
) -> None:
    """Write the three points of every world."""
    for w in range(x.shape[0]):
        mean[w] = centre(x[w], c[w], s[w])
        median[w] = balance(x[w], c[w], s[w])
        nash[w] = bargained(x[w], c[w], s[w], reference, cost)


def points(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    *,
    reference: float = math.nan,
    cost: float = 0.0,
) -> tuple[F8, F8, F8]:
    """Where do the weighted mean, the weighted median and the Nash point lie in every world?

    Weights are capability times salience.

    Parameters
    ----------
    position, capability, salience
        [world, actor]; some weight of every world is positive.
    reference
        Where the issue stays without an agreement; NaN where that is as bad as the far end.
    cost
        What everybody loses besides without an agreement, as a share of the range, from 0.

    Returns
    -------
    tuple
        [world] mean, median, Nash point.

    Examples
    --------
    >>> mean, median, _ = points([[0.0, 4.0, 10.0]], [[1.0, 1.0, 2.0]], [[1.0, 1.0, 1.0]])
    >>> float(mean[0]), float(median[0])
    (6.0, 4.0)
    """
    x, c, s = (_table(values) for values in (position, capability, salience))
    found = tuple(np.empty(len(x)) for _ in range(3))
    find_points(x, c, s, float(reference), float(cost), *found)
    return found[0], found[1], found[2]


def challenge(
    position: ArrayLike,
    capability: ArrayLike,
    salience: ArrayLike,
    *,
    rounds: int,
    faithful: bool = True,
) -> Rounds:
    """Who moves where in rounds of challenges, and does it come to rest [scholz2011]_?

    Parameters
    ----------
    position, capability, salience
        [world, actor]; salience from 0 to 1.
    rounds
        How many rounds, at least 1.
    faithful
        Whether to compute as the published replication did: votes for a challenger are divided
        by the votes on *all* pairs of positions and bent by each voter's attitude to risk, of
        compromises the one towards the lowest point is taken, and nobody capitulates.  Else as its
        text says: the two chances of a pair add up to 1, and the least move is taken.

    Returns
    -------
    Rounds
        Positions round by round, who moved whom, and whether it came to rest.
    """
    x, c, s = (_table(values) for values in (position, capability, salience))
    worlds, actors = x.shape
    found = Rounds(
        np.empty((worlds, rounds + 1, actors)),
        np.empty((worlds, rounds, actors), dtype=np.int8),
        np.empty((worlds, rounds, actors), dtype=np.int32),
        np.empty(worlds, dtype=np.int32),
    )
    found.positions[:, 0] = x
    run_rounds(c, s, bool(faithful), *found, np.empty((actors, actors)), np.empty((2, actors)))
    return found


def _table(values: ArrayLike) -> F8:
    return np.ascontiguousarray(values, dtype=np.float64)
