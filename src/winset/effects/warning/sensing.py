"""When a sensor at ground level sees a flight: horizon, elevation mask and reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.effects.warning.flight import EARTH

Floats = NDArray[np.float64]

REFRACTION = 4 / 3
"""Factor on the Earth's radius that stands for the bending of a beam in the lower air."""
BENT_MOST = np.radians(0.4)
"""Most by which the whole air lifts a target; above it the 4/3 rule would go on bending."""


@dataclass(frozen=True, slots=True)
class Window:
    """When one sensor sees each flight.

    Attributes
    ----------
    first, last
        [launch] seconds since burnout; ``inf`` and ``-inf`` where it is never seen.
    seconds
        [launch] for how long it is seen in all.
    """

    first: Floats
    last: Floats
    seconds: Floats


def horizon_km(mast_m: ArrayLike, target_m: ArrayLike) -> Floats:
    """Return the radar horizon over a 4/3 Earth.

    Examples
    --------
    >>> round(float(horizon_km(30, 100)), 1)
    63.8
    """
    radius = REFRACTION * EARTH
    mast, target = np.asarray(mast_m, float) / 1000, np.asarray(target_m, float) / 1000
    return np.asarray(np.sqrt(2 * radius * mast) + np.sqrt(2 * radius * target))


def elevation(ground: Floats, height: Floats) -> Floats:
    """Apparent elevation (rad) of a target so far over ground (km) and so high (km).

    On a 4/3 Earth, but never lifted by more than :data:`BENT_MOST` above the straight line.
    """
    bent = _straight(ground, height, REFRACTION * EARTH)
    return np.asarray(np.minimum(bent, _straight(ground, height, EARTH) + BENT_MOST))


def slant(ground: Floats, height: Floats) -> Floats:
    """Straight distance (km) to a target so far over ground and so high."""
    top = EARTH + height
    return np.asarray(np.sqrt(height * height + 2 * EARTH * top * (1 - np.cos(ground / EARTH))))


def look(seconds: Floats, ground: Floats, height: Floats, *, mask: Floats, reach: Floats) -> Window:
    """Find when flights are above the mask and within reach.

    Parameters
    ----------
    seconds, ground, height
        [launch, step] time since burnout, distance over ground from the sensor (km), height (km).
    mask
        [launch] least elevation, rad.
    reach
        [launch] greatest slant range, km.

    Notes
    -----
    The moment of crossing is interpolated within a step.
    """
    above = (elevation(ground, height) - mask[:, None]) / np.radians(1.0)
    within = (reach[:, None] - slant(ground, height)) / 50.0
    margin = np.minimum(above, within)
    seen = margin > 0
    step = np.diff(seconds, axis=1)
    before, after = margin[:, :-1], margin[:, 1:]
    share = np.clip(before / np.where(before == after, 1.0, before - after), 0.0, 1.0)
    up, down = seen[:, 1:] & ~seen[:, :-1], seen[:, :-1] & ~seen[:, 1:]
    crossing = seconds[:, :-1] + share * step
    both = seen[:, 1:] & seen[:, :-1]
    lasts = np.where(both, step, 0.0) + np.where(up, (1 - share) * step, 0.0)
    lasts = lasts + np.where(down, share * step, 0.0)
    first = np.where(up, crossing, np.inf).min(axis=1)
    last = np.where(down, crossing, -np.inf).max(axis=1)
    first = np.where(seen[:, 0], seconds[:, 0], first)
    last = np.where(seen[:, -1], seconds[:, -1], last)
    return Window(first, last, lasts.sum(axis=1))


def _straight(ground: Floats, height: Floats, radius: float) -> Floats:
    angle = ground / radius
    up = np.cos(angle) - radius / (radius + height)
    return np.asarray(np.arctan2(up, np.sin(angle)))
