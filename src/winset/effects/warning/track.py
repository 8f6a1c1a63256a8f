"""How well a flight's impact is known from what sensors measured: an information filter.

The state is place and velocity at burnout in a frame along, across and up from the launch.  In
vacuum nothing disturbs a flight, so what sensors know simply adds: the information of a picture is
the sum over its sensors, and sharing can be judged for every combination at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winset.effects.warning.flight import EARTH, MU, Flight

Floats = NDArray[np.float64]

SIGMA_RANGE = 0.1
"""Error of one measured range, km: a textbook value, of no system."""
SIGMA_ANGLE = 3e-3
"""Error of one measured angle, rad: a textbook value, of no system."""
PRIOR_PLACE, PRIOR_SPEED = 30.0, 1.0
"""What is known without any track: place of launch to so many km, velocity to so many km/s."""
SAMPLES = 8
_PULL = MU / EARTH / EARTH / EARTH
_GRAVITY = MU / EARTH / EARTH
_STEP = 1e-4


def transition(seconds: Floats) -> tuple[Floats, Floats]:
    """How a small error at burnout has grown: ``place = A * place0 + B * velocity0``.

    Returns
    -------
    A, B
        [..., 3] along, across, up.  Gravity pulls level errors back and lifts vertical ones
        (the linear field at the ground).
    """
    rate, steep = np.sqrt(_PULL), np.sqrt(2 * _PULL)
    level, up = rate * seconds, steep * seconds
    a = np.stack([np.cos(level), np.cos(level), np.cosh(up)], axis=-1)
    b = np.stack([np.sin(level) / rate, np.sin(level) / rate, np.sinh(up) / steep], axis=-1)
    return a, b


def measured(offset: Floats) -> Floats:
    """Information of one measurement on the place of a target.

    Parameters
    ----------
    offset
        [..., 3] from sensor to target, km.

    Returns
    -------
    NDArray
        [..., 3, 3] sharp along the line of sight, blunt across it.
    """
    far = np.linalg.norm(offset, axis=-1, keepdims=True)
    sight = offset / np.maximum(far, 1e-9)
    outer = sight[..., :, None] * sight[..., None, :]
    across = 1.0 / (np.maximum(far, 1.0)[..., None] * SIGMA_ANGLE) ** 2
    return np.asarray(outer / SIGMA_RANGE**2 + (np.eye(3) - outer) * across)


def information(offset: Floats, seconds: Floats, used: NDArray[np.bool_]) -> Floats:
    """Information of a row of measurements on the state at burnout.

    Parameters
    ----------
    offset
        [launch, sample, 3] from sensor to target, km.
    seconds
        [launch, sample] since burnout.
    used
        [launch] whether the sensor has a track at all.

    Returns
    -------
    NDArray
        [launch, 6, 6]; nought where there is no track.
    """
    a, b = transition(seconds)
    grown = np.concatenate([a, b], axis=-1)
    one = measured(offset)
    full = np.tile(one, (1, 1, 2, 2)) * grown[..., :, None] * grown[..., None, :]
    return np.asarray(full.sum(axis=1) * used[:, None, None])


def prior() -> Floats:
    """[6, 6] information without any track."""
    return np.diag([PRIOR_PLACE**-2] * 3 + [PRIOR_SPEED**-2] * 3)


def impact(known: Floats, flight: Flight) -> Floats:
    """Covariance of the place of impact, along and across the flight.

    Parameters
    ----------
    known
        [launch, 6, 6] information, the prior included.
    flight
        [launch] flights.

    Returns
    -------
    NDArray
        [launch, 2, 2] km^2.
    """
    level = sensitivity(flight)
    return np.asarray(level @ np.linalg.inv(known) @ np.swapaxes(level, -1, -2))


def sensitivity(flight: Flight) -> Floats:
    """[launch, 2, 6] how the place of impact moves with the state at burnout.

    Along the flight by central differences of :func:`range_angle`, across it by the turn of the
    plane; low flights by their parabola.
    """
    forward = flight.speed * np.cos(flight.angle)
    up = flight.speed * np.sin(flight.angle)
    psi = flight.range_km / EARTH
    rows = np.zeros((*flight.seconds.shape, 2, 6))
    for column, step in ((2, (1.0, 0.0, 0.0)), (3, (0.0, 1.0, 0.0)), (5, (0.0, 0.0, 1.0))):
        high, ahead, rise = (_STEP * one for one in step)
        later = range_angle(high, forward + ahead, up + rise)
        sooner = range_angle(-high, forward - ahead, up - rise)
        rows[..., 0, column] = EARTH * (later - sooner) / (2 * _STEP)
    # the frame stays as it is: a place beside the launch has its upright elsewhere
    rows[..., 0, 0] = 1 + (forward * rows[..., 0, 5] - up * rows[..., 0, 3]) / EARTH
    rows[..., 1, 1] = np.cos(psi) - np.sin(psi) * up / forward
    rows[..., 1, 4] = EARTH * np.sin(psi) / forward
    low = flight.low
    flat = {
        (0, 0): np.ones(psi.shape),
        (0, 2): forward / up,
        (0, 3): flight.seconds,
        (0, 5): 2 * forward / _GRAVITY,
    }
    for (row, column), value in (
        flat | {(1, 1): np.ones(psi.shape), (1, 4): flight.seconds}
    ).items():
        rows[..., row, column] = np.where(low, value, rows[..., row, column])
    return rows


def range_angle(height: float, forward: Floats, up: Floats) -> Floats:
    """Angle at the Earth's centre (rad) from a burnout so high (km) to the ground.

    From the conic with the angular momentum and energy of the state [bate1971]_.
    """
    start = EARTH + height
    momentum = start * forward
    energy = (forward * forward + up * up) / 2 - MU / start
    parameter = momentum * momentum / MU
    e = np.sqrt(np.maximum(1 + 2 * energy * parameter / MU, 0.0))
    rising = np.arccos(np.clip((parameter / start - 1) / e, -1, 1))
    falling = np.arccos(np.clip((parameter / EARTH - 1) / e, -1, 1))
    return np.asarray(2 * np.pi - falling - rising)


def spread(covariance: Floats) -> tuple[Floats, Floats]:
    """Return the standard errors of the place of impact along and across, km."""
    return np.sqrt(covariance[..., 0, 0]), np.sqrt(covariance[..., 1, 1])
