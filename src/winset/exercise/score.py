"""How a live exercise went: what was held, alerted, missed and alerted without need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from winset.effects.warning.simulate import in_the_middle
from winset.exercise.state import CUE, SEATS, Alert, State, visible
from winset.exercise.words import capital_of


def threats(state: State) -> Mapping[str, tuple[tuple[float, float], ...]]:
    """Return by region the spans (launch to impact or overflight, s) in which it is threatened."""
    setting = state.scenario.setting
    record = in_the_middle(setting, state.scenario.shots, (state.form,))
    found: dict[str, list[tuple[float, float]]] = {}
    for shot in state.scenario.shots:
        for place, region in enumerate(setting.regions):
            second = float(record.truths[shot.id].threat[0, place])
            if np.isfinite(second):
                found.setdefault(region.id, []).append((shot.at, shot.at + second))
    return {region: tuple(spans) for region, spans in found.items()}


@dataclass(frozen=True, slots=True)
class Warned:
    """What became of one threat to a region, or of one alert without a threat.

    Attributes
    ----------
    threat
        Second of the impact or overflight; NaN for an alert without need.
    alerted
        Second of the first alert; NaN where the region was not alerted in time.
    by
        ``people`` or ``rules``; empty where nobody alerted.
    """

    region: str
    seat: str
    threat: float
    alerted: float
    by: str

    @property
    def verdict(self) -> str:
        """How it is counted: ``in time``, ``missed`` or ``needless``."""
        if np.isnan(self.threat):
            return "needless"
        return "missed" if np.isnan(self.alerted) else "in time"


def warnings(state: State) -> Iterator[Warned]:
    """Yield every threat up to the clock with its alert, then every alert without need."""
    spans = threats(state)
    owner = {one.id: one.party for one in state.scenario.setting.regions}
    for region, each in spans.items():
        for begin, end in each:
            if end <= state.clock:
                yield _answered(state.alerts, region, owner[region], begin, end)
    for alert in state.alerts:
        inside = any(a <= alert.second <= b for a, b in spans.get(alert.region, ()))
        if alert.on and not inside:
            yield Warned(alert.region, alert.seat, np.nan, alert.second, alert.by)


def _answered(
    alerts: tuple[Alert, ...], region: str, seat: str, begin: float, end: float
) -> Warned:
    given = [a for a in alerts if a.region == region and a.on and begin <= a.second <= end]
    if not given:
        return Warned(region, seat, end, np.nan, "")
    first = min(given, key=lambda one: one.second)
    return Warned(region, seat, end, first.second, first.by)


def score_lines(state: State) -> Iterator[str]:
    """Yield the score up to the clock: one line a seat, one a threatened region."""
    real = {shot.id for shot in state.scenario.launches if shot.at <= state.clock}
    for seat in SEATS:
        held = {i.launch for i in visible(state, seat) if i.sensor != CUE}
        false = len(held - real)
        yield (
            f"{capital_of(seat)} tracks {len(held & real)} of {len(real)} launches"
            + (f" and holds {false} that never were" if false else "")
            + "."
        )
    for one in warnings(state):
        yield _said(one)
    by_hand = sum(one.by == "people" for one in state.releases)
    yield f"Releases: {by_hand} by people, {len(state.releases) - by_hand} by rules."


def _said(one: Warned) -> str:
    if one.verdict == "needless":
        return f"{one.region}: alerted at {one.alerted:.0f} s without need, by {one.by}."
    if one.verdict == "missed":
        return f"{one.region}: threatened at {one.threat:.0f} s and not alerted in time."
    return f"{one.region}: alerted {one.threat - one.alerted:.0f} s before the threat."
