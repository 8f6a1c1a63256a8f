from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from winset.effects.warning import flight, sensing, track
from winset.effects.warning.flight import EARTH
from winset.testing.gates import Check, IdentityGate, OracleGate

FLIGHT = flight.minimum_energy(np.array([900.0]))
TIMES = np.linspace(40.0, 80.0, track.SAMPLES)[None]


def offsets(sensor: tuple[float, float]) -> np.ndarray:
    share = TIMES / FLIGHT.seconds[:, None]
    height = 4 * FLIGHT.apogee_km[:, None] * share * (1 - share)
    ahead = 900.0 * share - sensor[0]
    return np.stack([ahead, np.full_like(ahead, -sensor[1]), height], axis=-1)


def kalman(sensors: list[tuple[float, float]]) -> np.ndarray:
    """Covariance at burnout by one scalar update after another, in the order of time."""
    covariance = np.linalg.inv(track.prior())
    for step in range(track.SAMPLES):
        for sensor in sensors:
            offset = offsets(sensor)[0, step]
            far = np.linalg.norm(offset)
            sight = offset / far
            side = np.cross(sight, [0.3, 0.1, 0.7])
            side /= np.linalg.norm(side)
            a, b = track.transition(TIMES[0, step])
            for axis, sigma in (
                (sight, track.SIGMA_RANGE),
                (side, far * track.SIGMA_ANGLE),
                (np.cross(sight, side), far * track.SIGMA_ANGLE),
            ):
                row = np.concatenate([axis * a, axis * b])
                gain = covariance @ row / (row @ covariance @ row + sigma**2)
                covariance = covariance - np.outer(gain, row @ covariance)
    return covariance


class TestAgainstSequentialKalmanFilter(OracleGate):
    def checks(self) -> Iterator[Check]:
        used = np.array([True])
        for sensors in ([(300.0, -400.0)], [(300.0, -400.0), (950.0, 250.0)]):
            known = track.prior() + sum(
                track.information(offsets(one), TIMES, used) for one in sensors
            )
            found = track.spread(track.impact(known, FLIGHT))
            level = track.sensitivity(FLIGHT)[0]
            wanted = np.sqrt(np.diag(level @ kalman(sensors) @ level.T))
            for name, a, b in zip(("along", "across"), found, wanted, strict=True):
                yield Check(f"{len(sensors)} sensors, {name}", float(a[0]), float(b), 1e-3 * b)


class TestImpactSensitivityAgainstIntegration(OracleGate):
    """Fly the two-body problem in space from a disturbed burnout and look where it lands."""

    def checks(self) -> Iterator[Check]:
        for distance, apogee in ((500.0, 122.5), (900.0, 2800.0), (2700.0, 550.0)):
            one = flight.through(np.array([distance]), np.array([apogee]))
            level = track.sensitivity(one)[0]
            speed, angle = float(one.speed[0]), float(one.angle[0])
            for column, step in ((0, 0.1), (1, 0.1), (2, 0.1), (3, 1e-4), (4, 1e-4), (5, 1e-4)):
                ends = []
                for sign in (1, -1):
                    start = np.array([0, 0, EARTH, speed * np.cos(angle), 0, speed * np.sin(angle)])
                    start[column] += sign * step
                    ends.append(landed(start))
                row = 1 if column in (1, 4) else 0
                wanted = (ends[0][row] - ends[1][row]) / (2 * step)
                name = f"{distance} km, column {column}"
                yield Check(name, level[row, column], wanted, 2e-3 * abs(wanted) + 1e-3)


def landed(start: np.ndarray) -> tuple[float, float]:
    """Km along and across from the launch at which a state (x, y, z, velocity) comes down."""

    def pull(_: float, y: np.ndarray) -> np.ndarray:
        return np.concatenate([y[3:], -flight.MU * y[:3] / np.linalg.norm(y[:3]) ** 3])

    def ground(t: float, y: np.ndarray) -> float:
        return 1.0 if t < 5 else float(np.linalg.norm(y[:3]) - EARTH)

    ground.terminal, ground.direction = True, -1  # type: ignore[attr-defined]
    done = solve_ivp(pull, (0, 20000), start, events=ground, rtol=1e-11, atol=1e-9, max_step=60)
    x, y, z = done.y_events[0][0][:3]
    return float(EARTH * np.arctan2(x, z)), float(
        EARTH * np.arcsin(y / np.hypot(np.hypot(x, y), z))
    )


class TestHorizon(IdentityGate):
    def checks(self) -> Iterator[Check]:
        yield Check("30 m mast, 100 m target", float(sensing.horizon_km(30, 100)), 63.8, 0.05)
        at = sensing.horizon_km(0, 4000)
        found = float(sensing.elevation(np.array(at), np.array(4.0)))
        yield Check("elevation at the horizon", found, 0.0, 1e-5)
        yield Check("straight above", float(sensing.slant(np.array(0.0), np.array(50.0))), 50, 1e-9)
        side = float(sensing.elevation(np.array(1.0), np.array(1.0)))
        yield Check("45 degrees nearby", side, np.radians(45), 1e-3)


@given(st.floats(10, 2500), st.floats(1, 3000))
def test_the_air_lifts_a_target_and_never_by_more_than_its_bound(
    ground: float, height: float
) -> None:
    bent = float(sensing.elevation(np.array(ground), np.array(height)))
    straight = float(sensing._straight(np.array(ground), np.array(height), EARTH))
    assert straight - 1e-12 <= bent <= straight + sensing.BENT_MOST + 1e-12


@given(st.floats(0.5, 5), st.floats(300, 1500))
def test_a_higher_mask_or_a_shorter_reach_never_sees_sooner_or_longer(
    mask: float, reach: float
) -> None:
    seconds, turned, height = flight.path(flight.minimum_energy(np.array([1000.0])), 96)
    ground = np.abs(turned * EARTH - 700.0) + 100.0

    def look(m: float, r: float) -> sensing.Window:
        return sensing.look(seconds, ground, height, mask=np.radians([m]), reach=np.array([r]))

    better, worse = look(mask, reach), look(mask + 0.5, reach * 0.9)
    assert worse.seconds[0] <= better.seconds[0] + 1e-9
    assert worse.first[0] >= better.first[0] - 1e-9


def test_windows_do_not_depend_on_the_steps() -> None:
    found = []
    for steps in (96, 1536):
        seconds, turned, height = flight.path(flight.minimum_energy(np.array([1000.0])), steps)
        ground = np.abs(turned * EARTH - 700.0)
        window = sensing.look(
            seconds, ground, height, mask=np.radians([2.0]), reach=np.array([600.0])
        )
        found.append((window.first[0], window.last[0], window.seconds[0]))
    assert found[0] == pytest.approx(found[1], abs=1.0)


def test_information_adds_over_sensors_and_never_widens_the_ellipse() -> None:
    used = np.array([True])
    one = track.prior() + track.information(offsets((300.0, -400.0)), TIMES, used)
    two = one + track.information(offsets((950.0, 250.0)), TIMES, used)
    narrow, wide = track.impact(two, FLIGHT)[0], track.impact(one, FLIGHT)[0]
    assert np.linalg.eigvalsh(wide - narrow).min() > -1e-9
    nothing = track.information(offsets((300.0, -400.0)), TIMES, np.array([False]))
    assert not nothing.any()
