"""How long a ballistic flight takes, how high it goes and where it is at each moment.

Spherical Earth without air and without rotation; boost enters as an offset of time only.  Every
function takes arrays of any one shape and returns arrays of that shape.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EARTH = 6371.0
"""Radius of the Earth, km."""
MU = 398600.44
"""Gravitational parameter of the Earth, km^3/s^2."""
SPIN = 7.2921159e-5
"""Rotation of the Earth, rad/s."""
LOW = 100.0
"""Flights with a lower apogee (km) are drawn as a parabola through the published figures."""
BOOST = (90.0, 300.0)
"""Published duration less free flight must be one boost term in this range (s)."""
LEVEL = 12.0
"""The launch and what the sources round may differ by so many seconds."""
_HALVINGS = 60
_GRAVITY = MU / EARTH / EARTH


@dataclass(frozen=True, slots=True)
class Flight:
    """Free flights from ground to ground.

    Attributes
    ----------
    range_km, apogee_km
        Over ground, and above ground.
    speed
        At burnout, km/s.
    angle
        Of the velocity above the horizontal at burnout, rad.
    seconds
        Free flight, from burnout to impact.
    e, a
        Eccentricity and semi-major axis (km) of the ellipse; nought for low flights.
    """

    range_km: Floats
    apogee_km: Floats
    speed: Floats
    angle: Floats
    seconds: Floats
    e: Floats
    a: Floats

    @property
    def low(self) -> NDArray[np.bool_]:
        """Whether the flight is drawn as a parabola."""
        return np.asarray(self.a == 0)

    @property
    def pace(self) -> Floats:
        """Forward speed over ground at impact, km/s."""
        flat = self.range_km / self.seconds
        return np.where(self.low, flat, self.speed * np.cos(self.angle))


def minimum_energy(range_km: ArrayLike) -> Flight:
    """Return the flight that needs the least speed for its range.

    The angle is ``(pi - range/EARTH) / 4`` [bate1971]_.

    Examples
    --------
    >>> one = minimum_energy(1000.0)
    >>> round(float(one.seconds), 1), round(float(one.apogee_km)), round(float(one.speed), 2)
    (474.4, 240, 3.02)
    """
    distance = np.asarray(range_km, dtype=float)
    return _ellipse(distance, (np.pi - distance / EARTH) / 4)


def through(range_km: ArrayLike, apogee_km: ArrayLike) -> Flight:
    """Return the flight with a published range and apogee.

    Below :data:`LOW` it is a parabola with the two published figures; the true path of a low,
    steered flight is slower and longer.

    Raises
    ------
    ValueError
        A range or apogee is not positive, or the range is half around the Earth or more.

    Examples
    --------
    >>> round(float(through(950.0, 4475.0).seconds) / 60, 1)
    50.3
    """
    distance, apogee = np.broadcast_arrays(
        np.asarray(range_km, dtype=float), np.asarray(apogee_km, dtype=float)
    )
    if not (np.all(distance > 0) and np.all(apogee > 0) and np.all(distance < np.pi * EARTH)):
        message = "range and apogee must be positive, and the range below half around the Earth"
        raise ValueError(message)
    below, above = np.zeros(distance.shape), np.full(distance.shape, np.pi / 2)
    for _ in range(_HALVINGS):
        middle = (below + above) / 2
        higher = _apogee(distance, middle) > apogee
        above = np.where(higher, middle, above)
        below = np.where(higher, below, middle)
    return _lower(_ellipse(distance, below), apogee)


def boost_term(range_km: ArrayLike, apogee_km: ArrayLike, minutes: ArrayLike) -> Floats:
    """Return the seconds of a published flight that free flight leaves over."""
    flight = through(range_km, apogee_km)
    return np.asarray(np.asarray(minutes, dtype=float) * 60 - flight.seconds)


def consistent(range_km: ArrayLike, apogee_km: ArrayLike, minutes: ArrayLike) -> NDArray[np.bool_]:
    """Whether one ballistic flight can have a range, an apogee and a duration.

    What free flight leaves over must be a boost of one and a half to five minutes.

    Examples
    --------
    >>> bool(consistent(950, 4475, 53)), bool(consistent(950, 4475, 30))
    (True, False)
    """
    left = boost_term(range_km, apogee_km, minutes)
    return np.asarray((left >= BOOST[0] - LEVEL) & (left <= BOOST[1] + LEVEL))


def path(flight: Flight, steps: int) -> tuple[Floats, Floats, Floats]:
    """Return where the flight is.

    Returns
    -------
    seconds, turned, height
        Each [..., step]: since burnout, angle at the Earth's centre from the launch (rad), km.
        Ellipses are cut at even steps of the eccentric anomaly, which needs no root.
    """
    share = np.linspace(0.0, 1.0, steps)
    low = flight.low[..., None]
    e, a = flight.e[..., None], np.where(low, EARTH, flight.a[..., None])
    psi = flight.range_km[..., None] / EARTH
    begin = _eccentric(e, psi)
    anomaly = begin + (2 * np.pi - 2 * begin) * share
    seconds = np.sqrt(a * a * a / MU) * (
        (anomaly - e * np.sin(anomaly)) - (begin - e * np.sin(begin))
    )
    true = 2 * np.arctan2(
        np.sqrt(1 + e) * np.sin(anomaly / 2), np.sqrt(1 - e) * np.cos(anomaly / 2)
    )
    turned = true - (np.pi - psi / 2)
    height = a * (1 - e * np.cos(anomaly)) - EARTH
    flat = 4 * flight.apogee_km[..., None] * share * (1 - share)
    return (
        np.where(low, flight.seconds[..., None] * share, seconds),
        np.where(low, psi * share, turned),
        np.where(low, flat, np.maximum(height, 0.0)),
    )


def when(flight: Flight, along_km: ArrayLike) -> Floats:
    """Return the seconds since burnout at which a flight passes over a distance from its launch."""
    share = np.asarray(along_km, dtype=float) / flight.range_km
    psi = flight.range_km / EARTH
    a = np.where(flight.low, EARTH, flight.a)
    true = (np.pi - psi / 2) + psi * share
    half = np.sin(true / 2) * np.sqrt(1 - flight.e), np.cos(true / 2) * np.sqrt(1 + flight.e)
    anomaly = 2 * np.arctan2(*half)
    begin = _eccentric(flight.e, psi)
    since = (anomaly - flight.e * np.sin(anomaly)) - (begin - flight.e * np.sin(begin))
    return np.where(flight.low, flight.seconds * share, np.sqrt(a * a * a / MU) * since)


def rotation(range_km: float, *, latitude: float, azimuth: float) -> tuple[float, float]:
    """How much longer and farther a minimum-energy flight goes because the Earth turns.

    Parameters
    ----------
    range_km
        Range it would have on an Earth at rest.
    latitude, azimuth
        Degrees; azimuth from north by east.

    Returns
    -------
    seconds, km
        Differences from the Earth at rest, with the same speed relative to the ground.

    Examples
    --------
    >>> [round(one) for one in rotation(1000.0, latitude=40, azimuth=90)]
    [15, 21]
    """
    still = minimum_energy(range_km)
    speed, angle = float(still.speed), float(still.angle)
    phi, az = np.radians(latitude), np.radians(azimuth)
    east = speed * np.cos(angle) * np.sin(az) + SPIN * EARTH * np.cos(phi)
    north, up = speed * np.cos(angle) * np.cos(az), speed * np.sin(angle)
    level = np.hypot(east, north)
    q = (level * level + up * up) * EARTH / MU
    gamma = np.arctan2(up, level)
    e = np.sqrt(1 + q * (q - 2) * np.cos(gamma) ** 2)
    half = np.arctan2(q * np.sin(gamma) * np.cos(gamma), 1 - q * np.cos(gamma) ** 2)
    seconds = _free_flight(e, EARTH / (2 - q), 2 * half)
    landed = _onward(phi, np.arctan2(east, north), 2 * half)
    moved = float(landed[1] - SPIN * seconds)
    reached = _apart((float(phi), 0.0), (landed[0], moved)) * EARTH
    return float(seconds - still.seconds), float(reached - range_km)


def _ellipse(distance: Floats, angle: Floats) -> Flight:
    psi = distance / EARTH
    q = _energy(psi, angle)
    e = np.sqrt(np.maximum(1 + q * (q - 2) * np.cos(angle) ** 2, 0.0))
    a = EARTH / (2 - q)
    return Flight(
        range_km=distance,
        apogee_km=a * (1 + e) - EARTH,
        speed=np.sqrt(q * MU / EARTH),
        angle=angle,
        seconds=_free_flight(e, a, psi),
        e=e,
        a=a,
    )


def _lower(flight: Flight, apogee: Floats) -> Flight:
    """Replace flights below :data:`LOW` by their parabola."""
    low = apogee < LOW
    lasts = 2 * np.sqrt(2 * apogee / _GRAVITY)
    forward, up = flight.range_km / lasts, _GRAVITY * lasts / 2
    return Flight(
        range_km=flight.range_km,
        apogee_km=apogee,
        speed=np.where(low, np.hypot(forward, up), flight.speed),
        angle=np.where(low, np.arctan2(up, forward), flight.angle),
        seconds=np.where(low, lasts, flight.seconds),
        e=np.where(low, 0.0, flight.e),
        a=np.where(low, 0.0, flight.a),
    )


def _energy(psi: Floats, angle: Floats) -> Floats:
    tangent = np.tan(psi / 2)
    return np.asarray(tangent / (np.sin(angle) * np.cos(angle) + tangent * np.cos(angle) ** 2))


def _apogee(distance: Floats, angle: Floats) -> Floats:
    """Apogee of a range at an angle; infinite where the flight would not come down."""
    with np.errstate(divide="ignore", invalid="ignore"):
        q = _energy(distance / EARTH, angle)
        e = np.sqrt(np.maximum(1 + q * (q - 2) * np.cos(angle) ** 2, 0.0))
        return np.where(q < 2, EARTH / (2 - q) * (1 + e) - EARTH, np.inf)


def _eccentric(e: Floats, psi: Floats) -> Floats:
    half = (np.pi - psi / 2) / 2
    return np.asarray(2 * np.arctan2(np.sqrt(1 - e) * np.sin(half), np.sqrt(1 + e) * np.cos(half)))


def _free_flight(e: Floats, a: Floats, psi: Floats) -> Floats:
    begin = _eccentric(e, psi)
    return 2 * np.sqrt(a * a * a / MU) * (np.pi - begin + e * np.sin(begin))


def _onward(latitude: float, azimuth: float, turned: float) -> tuple[float, float]:
    """Latitude and longitude (rad) reached from longitude 0."""
    sine = np.sin(latitude) * np.cos(turned)
    sine += np.cos(latitude) * np.sin(turned) * np.cos(azimuth)
    east = np.sin(azimuth) * np.sin(turned) * np.cos(latitude)
    return float(np.arcsin(sine)), float(np.arctan2(east, np.cos(turned) - np.sin(latitude) * sine))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    cosine = np.sin(one[0]) * np.sin(other[0])
    cosine += np.cos(one[0]) * np.cos(other[0]) * np.cos(one[1] - other[1])
    return float(np.arccos(np.clip(cosine, -1, 1)))
