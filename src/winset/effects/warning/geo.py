"""Directions on a spherical Earth as unit vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from winset.effects.warning.flight import EARTH

Floats = NDArray[np.float64]


def unit(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """[..., 3] unit vector of a place given in degrees."""
    phi, lam = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    parts = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    return np.stack(np.broadcast_arrays(*parts), axis=-1)


def heading(place: Floats, azimuth: ArrayLike) -> Floats:
    """[..., 3] unit tangent at a place; azimuth in degrees from north by east."""
    az = np.radians(np.asarray(azimuth, float))[..., None]
    pole = np.array([0.0, 0.0, 1.0])
    east = np.cross(pole, place)
    east = east / np.linalg.norm(east, axis=-1, keepdims=True)
    return np.asarray(np.cos(az) * np.cross(place, east) + np.sin(az) * east)


def bearing(start: Floats, end: Floats) -> Floats:
    """Azimuth in degrees of the great circle from one place to another."""
    pole = np.array([0.0, 0.0, 1.0])
    east = np.cross(pole, start)
    east = east / np.linalg.norm(east, axis=-1, keepdims=True)
    north = np.cross(start, east)
    return np.asarray(
        np.degrees(np.arctan2(np.sum(end * east, axis=-1), np.sum(end * north, axis=-1))) % 360
    )


def distance(start: Floats, end: Floats) -> Floats:
    """Great-circle distance, km."""
    across = np.linalg.norm(np.cross(start, end), axis=-1)
    return np.asarray(EARTH * np.arctan2(across, np.sum(start * end, axis=-1)))


def along_across(start: Floats, forward: Floats, place: Floats) -> tuple[Floats, Floats]:
    """Where a place lies, km along a great circle from its start and km to its left."""
    left = np.cross(start, forward)
    along = np.arctan2(np.sum(place * forward, axis=-1), np.sum(place * start, axis=-1))
    across = np.arcsin(np.clip(np.sum(place * left, axis=-1), -1, 1))
    return np.asarray(EARTH * along), np.asarray(EARTH * across)


def degrees(place: Floats) -> tuple[Floats, Floats]:
    """Latitude and longitude of unit vectors, degrees."""
    lat = np.degrees(np.arcsin(np.clip(place[..., 2], -1, 1)))
    return np.asarray(lat), np.asarray(np.degrees(np.arctan2(place[..., 1], place[..., 0])))
