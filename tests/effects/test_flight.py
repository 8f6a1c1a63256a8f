from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from winset.effects.warning import flight
from winset.effects.warning.data import rows
from winset.effects.warning.flight import EARTH, MU
from winset.testing.gates import Check, EventsGate, IdentityGate, OracleGate

RANGES = st.floats(100, 12000)


def integrated(range_km: float, speed: float, angle: float) -> tuple[float, float, float]:
    """Fly numerically in the plane: seconds to the ground, km over ground, apogee."""

    def pull(_: float, y: np.ndarray) -> list[float]:
        r = np.hypot(y[0], y[1])
        return [y[2], y[3], -MU * y[0] / r**3, -MU * y[1] / r**3]

    def ground(_: float, y: np.ndarray) -> float:
        return float(np.hypot(y[0], y[1]) - EARTH)

    def top(_: float, y: np.ndarray) -> float:
        return float(y[0] * y[2] + y[1] * y[3])

    ground.terminal, ground.direction = True, -1  # type: ignore[attr-defined]
    start = [0.0, EARTH, speed * np.cos(angle), speed * np.sin(angle)]
    done = solve_ivp(pull, (0, 20000), start, events=(ground, top), rtol=1e-11, atol=1e-9)
    x, y = done.y_events[0][0][:2]
    peak = done.y_events[1][0][:2]
    return (
        float(done.t_events[0][0]),
        float(EARTH * (np.arctan2(x, y) % (2 * np.pi))),
        float(np.hypot(*peak) - EARTH),
    )


class TestMinimumEnergyTable(IdentityGate):
    def checks(self) -> Iterator[Check]:
        for row in rows("minimum-energy"):
            one = flight.minimum_energy(float(row["range_km"]))
            for column, found, within in (
                ("speed_km_s", one.speed, 0.006),
                ("apogee_km", one.apogee_km, 0.6),
                ("seconds", one.seconds, 0.1),
            ):
                if row[column]:
                    name = f"{row['range_km']} km, {column}"
                    yield Check(name, float(found), float(row[column]), within)
        short = flight.minimum_energy(1.0)
        yield Check("apogee to range of a short flight", float(short.apogee_km), 0.25, 1e-4)


class TestClosedFormsAgainstIntegration(OracleGate):
    def checks(self) -> Iterator[Check]:
        cases = [(r, None) for r in (300.0, 500.0, 1000.0, 1300.0, 3700.0, 5500.0, 10000.0)]
        cases += [(930.0, 2800.0), (950.0, 4475.0), (2700.0, 550.0), (420.0, 120.0)]
        for distance, apogee in cases:
            one = (
                flight.minimum_energy(distance)
                if apogee is None
                else flight.through(distance, apogee)
            )
            seconds, over, high = integrated(distance, float(one.speed), float(one.angle))
            yield Check(f"{distance} km, s", float(one.seconds), seconds, 0.1)
            yield Check(f"{distance} km, km", distance, over, 0.1)
            yield Check(f"{distance} km, apogee", float(one.apogee_km), high, 0.1)

    def test_places_on_the_way_are_those_of_the_integration(self) -> None:
        one = flight.through(np.array([950.0]), np.array([4475.0]))
        seconds, turned, height = flight.path(one, 33)
        start = [0.0, EARTH, *(float(one.speed[0]) * f(one.angle[0]) for f in (np.cos, np.sin))]
        done = solve_ivp(
            lambda _, y: [*y[2:], *(-MU * y[:2] / np.hypot(*y[:2]) ** 3)],
            (0, seconds[0, -1]), start, t_eval=seconds[0], rtol=1e-11, atol=1e-9,
        )  # fmt: skip
        assert np.allclose(np.arctan2(done.y[0], done.y[1]), turned[0], atol=1e-7)
        assert np.allclose(np.hypot(done.y[0], done.y[1]) - EARTH, height[0], atol=1e-3)


class TestPublishedFlights(EventsGate):
    def checks(self) -> Iterator[Check]:
        for row in rows("flights"):
            one = flight.through(float(row["range_km"]), float(row["apogee_km"]))
            wanted, within = float(row["free_minutes"]), float(row["tolerance_minutes"])
            yield Check(row["date"], float(one.seconds) / 60, wanted, within)
        for row in rows("overflights"):
            one = flight.through(float(row["range_km"]), float(row["apogee_km"]))
            lands = (float(row["boost_s"]) + float(one.seconds)) / 60
            within = float(row["tolerance_minutes"])
            yield Check(f"{row['date']} impact", lands, float(row["impact_minutes"]), within)
            middle = (float(row["over_low_minutes"]) + float(row["over_high_minutes"])) / 2
            over = (float(row["boost_s"]) + float(flight.when(one, 1150.0))) / 60
            yield Check(f"{row['date']} overhead", over, middle, 1.5)

    def test_what_free_flight_leaves_over_is_one_boost(self) -> None:
        left = [
            float(flight.boost_term(*(float(r[k]) for k in ("range_km", "apogee_km", "minutes"))))
            for r in rows("flights")
        ]
        assert all(120 <= one <= 240 for one in left)


@pytest.mark.parametrize(
    ("distance", "apogee", "minutes"), [(950, 4475, 30), (950, 4475, 80), (1000, 240, 30)]
)
def test_a_triple_that_no_flight_can_have_is_inconsistent(
    distance: float, apogee: float, minutes: float
) -> None:
    assert not flight.consistent(distance, apogee, minutes)


def test_published_triples_are_consistent() -> None:
    for row in rows("flights"):
        assert flight.consistent(*(float(row[k]) for k in ("range_km", "apogee_km", "minutes")))


@given(RANGES, st.floats(1.2, 20))
def test_the_flight_through_range_and_apogee_has_them(distance: float, factor: float) -> None:
    apogee = max(float(flight.minimum_energy(distance).apogee_km) * factor, 100.0)
    one = flight.through(distance, apogee)
    assert float(one.apogee_km) == pytest.approx(apogee, rel=1e-6)
    assert float(one.speed) >= float(flight.minimum_energy(distance).speed) * (1 - 1e-9)


@given(RANGES)
def test_no_other_angle_needs_less_speed(distance: float) -> None:
    best = flight.minimum_energy(distance)
    higher = flight.through(distance, max(float(best.apogee_km) * 1.1, 101.0))
    assert float(best.speed) <= float(higher.speed)


@given(st.floats(300, 9000), st.floats(0.05, 0.95))
def test_when_inverts_the_path(distance: float, share: float) -> None:
    one = flight.minimum_energy(np.array([distance]))
    seconds, turned, _ = flight.path(one, 257)
    found = flight.when(one, np.array([distance * share]))
    wanted = np.interp(distance * share / EARTH, turned[0], seconds[0])
    assert float(found[0]) == pytest.approx(float(wanted), abs=0.5)


def test_low_flights_are_parabolas_with_the_published_figures() -> None:
    one = flight.through(np.array([420.0]), np.array([50.0]))
    seconds, turned, height = flight.path(one, 101)
    assert bool(one.low[0])
    assert height.max() == pytest.approx(50.0)
    assert turned[0, -1] * EARTH == pytest.approx(420.0)
    assert np.allclose(np.diff(height[0], 2), np.diff(height[0], 2)[0])
    assert seconds[0, -1] == pytest.approx(2 * np.sqrt(2 * 50 * EARTH**2 / MU))


@pytest.mark.parametrize("bad", [(0, 100), (100, 0), (-5, 10), (3.2 * EARTH, 100)])
def test_flights_that_are_none_are_refused(bad: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        flight.through(*bad)


def test_rotation_lengthens_eastward_and_shortens_westward_flights() -> None:
    east, west = (flight.rotation(1000.0, latitude=40, azimuth=az) for az in (90, 270))
    assert east == pytest.approx((14.0, 21.0), abs=1.0)
    assert west[0] < 0 < east[0]
    longer = flight.rotation(1300.0, latitude=40, azimuth=90)
    assert longer[0] == pytest.approx(19.0, abs=1.0)


def test_low_flights_of_2019_as_the_two_sides_reported_them() -> None:
    """Seoul said it tracked all ten; Japan failed on at least two, all of them below 60 km."""
    from winset.effects.warning import geo, sensing
    from winset.effects.warning.data import sites

    seen: dict[tuple[str, str], float] = {}
    for row, site in itertools.product(rows("low-flights"), sites().values()):
        one = flight.through(
            np.array([float(row["range_km"])]), np.array([float(row["apogee_km"])])
        )
        seconds, turned, height = flight.path(one, 257)
        start = geo.unit(float(row["from_lat"]), float(row["from_lon"]))
        forward = geo.heading(start, float(row["azimuth"]))
        place = np.cos(turned)[..., None] * start + np.sin(turned)[..., None] * forward
        ground = geo.distance(geo.unit(site.lat, site.lon), place)
        window = sensing.look(
            seconds, ground, height, mask=np.radians([1.0]), reach=np.array([site.reach[2]])
        )
        side = "ROK" if site.owner == "ROK" else "Japan"
        key = (row["date"], side)
        seen[key] = max(seen.get(key, 0.0), float(window.seconds[0]))
    dates = [row["date"] for row in rows("low-flights")]
    apogee = {row["date"]: float(row["apogee_km"]) for row in rows("low-flights")}
    assert all(seen[date, "ROK"] > 80 for date in dates)
    missed = [date for date in dates if seen[date, "Japan"] == 0]
    assert len(missed) >= 2
    assert all(apogee[date] < 60 for date in missed)
    assert {30.0, 25.0} <= {apogee[date] for date in missed}
    assert seen["2019-08-24", "Japan"] > 100
