"""How often must a skill be exercised to be held? Closed forms of the steady state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from winset.exercise.calendar.draws import Draws, Floats
from winset.exercise.calendar.regime import KINDS, YEAR

TIMES = (1, 2, 3, 4, 6, 12)
"""Runs a year that are compared."""


@dataclass(frozen=True)
class Rhythm:
    """So many runs a year of a skill, the year in year out.

    Attributes
    ----------
    times
        Full runs a year.
    left
        [world] share of a skill that is left when the next run comes, 0..1.
    lowest
        [world] skill just before a run, if every run is a full one.
    split
        [world] the same if one full run's effort is split into so many small ones, each of which
        costs the overhead again.
    watched
        [world] the same as ``lowest`` if a run watched by observers lies half-way between two.
    """

    kind: str
    times: int
    left: Floats
    lowest: Floats
    split: Floats
    watched: Floats


def left_after(months: float, half_life: Floats | float) -> Floats:
    """Return the share of an unused skill that is left.

    ``2^(-months / half_life)``.  With the half-life of accuracy, 6.5 months [tatel2025]_, about 0.3
    is left after a year.

    Examples
    --------
    >>> round(float(left_after(12, 6.5)), 2)
    0.28
    """
    return np.asarray(np.exp2(-months / np.asarray(half_life, dtype=np.float64)))


def lowest(left: Floats, gain: Floats) -> Floats:
    """Return the skill just before each run once the rhythm has settled.

    From ``K = left (K + gain (1 - K))``: ``left gain / (1 - left (1 - gain))``.

    Examples
    --------
    >>> round(float(lowest(np.array(0.28), np.array(0.25))), 2)
    0.09
    """
    return left * gain / (1.0 - left * (1.0 - gain))


def rhythms(draws: Draws) -> Iterator[Rhythm]:
    """Yield every kind of skill under every number of runs a year."""
    for kind in KINDS:
        half = draws.half_life[kind]
        for times in TIMES:
            left = left_after(YEAR / times, half)
            size = np.maximum(0.0, (1.0 - times * draws.overhead) / times)
            size /= np.maximum(1e-9, 1.0 - draws.overhead)
            small = 1.0 - np.power(1.0 - draws.gain, size)
            yield Rhythm(
                kind,
                times,
                left,
                lowest(left, draws.gain),
                lowest(left, small),
                _between(left_after(YEAR / times / 2, half), draws),
            )


def _between(left: Floats, draws: Draws) -> Floats:
    """Return the skill before a full run where an observed one lies half-way to the next.

    After a full run: ``K + a (1 - K)``; half-way: times ``left``, plus the observers' part of what
    is missing; at the end: times ``left`` again.
    """
    a, b = draws.gain, draws.gain * draws.observers
    slope = left * left * (1.0 - a) * (1.0 - b)
    level = left * (left * a * (1.0 - b) + b)
    return level / (1.0 - slope)
