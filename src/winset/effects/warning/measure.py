"""Numbers of an exercise from its record: who held what in time, who was warned, who wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.effects.warning.picture import LIVE, Told
from winset.effects.warning.setting import Shot
from winset.effects.warning.simulate import Record, Truth

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def real(record: Record) -> tuple[Shot, ...]:
    """Return the launches that are no false tracks."""
    return tuple(shot for shot in record.shots if not shot.false_at)


def in_time(told: Told, truth: Truth) -> Flags:
    """[world] whether a party has a track before a minute after impact."""
    return np.asarray(told.tracked <= truth.impact + LIVE)


def counted(told: Told, truth: Truth) -> Flags:
    """[world] whether a party counts a shot before a minute after impact."""
    return np.asarray(told.counted <= truth.impact + LIVE)


def pairs(record: Record) -> Iterator[tuple[str, str, int]]:
    """Yield each real launch with each region, as launch, party and place among its regions."""
    for shot in real(record):
        for party in record.setting.parties:
            for place in range(len(own_regions(record, party))):
                yield shot.id, party, place


def own_regions(record: Record, party: str) -> list[int]:
    """Return the places of a party's regions among all regions."""
    return [i for i, one in enumerate(record.setting.regions) if one.party == party]


def threats(record: Record, shot: str, party: str) -> Floats:
    """[world, own region] when a region is threatened; ``inf`` where it is not."""
    return record.truths[shot].threat[:, own_regions(record, party)]


def stands(told: Told) -> Flags:
    """[world, own region] whether a region is alerted and the alert is not taken back."""
    return np.isfinite(told.alert) & ~np.isfinite(told.withdrawn)


def correct(record: Record, form: str, shot: Shot) -> Flags:
    """[world] whether all parties hold one shot, and hold it for what it is.

    A real launch is held in time by all, and the alerts that stand are those for threatened
    regions.  A false track leaves no alert standing anywhere, and is counted nowhere that
    believes it.
    """
    good = np.ones(record.worlds, dtype=bool)
    for party in record.setting.parties:
        told = record.told[form, shot.id, party]
        if shot.false_at:
            good &= ~believes(told)
        else:
            good &= in_time(told, record.truths[shot.id])
            good &= (stands(told) == np.isfinite(threats(record, shot.id, party))).all(axis=1)
    return good


def believes(told: Told) -> Flags:
    """[world] whether a party takes a false track for a launch."""
    return np.asarray(told.believed)


def counts(record: Record, form: str, party: str) -> NDArray[np.int64]:
    """[world] launches a party counts while it happens, believed false tracks included."""
    total = np.zeros(record.worlds, dtype=np.int64)
    for shot in record.shots:
        told = record.told[form, shot.id, party]
        total += believes(told) if shot.false_at else counted(told, record.truths[shot.id])
    return total


def agree(record: Record, form: str) -> Flags:
    """[world] whether all parties count the same number."""
    each = [counts(record, form, party) for party in record.setting.parties]
    return np.asarray(np.all([one == each[0] for one in each], axis=0))


def wrongly(record: Record, form: str, shot: str, party: str) -> Flags:
    """[world, own region] whether a region is alerted that is not threatened."""
    told = record.told[form, shot, party]
    return np.isfinite(told.alert) & ~np.isfinite(threats(record, shot, party))


@dataclass(frozen=True, slots=True)
class Warned:
    """Warning of threatened regions, [pair of world and region].

    ``geometry + relay + human + warning`` is the time from launch to the threat.
    """

    world: NDArray[np.int64]
    warned: Flags
    warning: Floats
    geometry: Floats
    relay: Floats
    human: Floats


def warned(record: Record, form: str, shot: str, party: str, place: int) -> Warned:
    """Warning of one region (its place among the party's own) by one shot."""
    told = record.told[form, shot, party]
    threat = threats(record, shot, party)[:, place]
    world = np.flatnonzero(np.isfinite(threat))
    alert = told.alert[world, place]
    kept = ~np.isfinite(told.withdrawn[world, place])
    warning = threat[world] - alert
    good = (warning > 0) & kept

    def where_warned(values: Floats) -> Floats:
        return np.where(good, values, np.nan)

    ready, arrived = where_warned(told.ready[world]), where_warned(told.arrived[world])
    return Warned(
        world=world,
        warned=good,
        warning=where_warned(warning),
        geometry=ready,
        relay=arrived - ready,
        human=where_warned(alert) - arrived,
    )
