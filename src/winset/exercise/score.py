"""How a live exercise went: what was held, alerted, missed and alerted without need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    spans = threats(state)
    for region, each in spans.items():
        for begin, end in each:
            if end <= state.clock:
                yield _warned(state.alerts, region, begin, end)
    for alert in state.alerts:
        inside = any(a <= alert.second <= b for a, b in spans.get(alert.region, ()))
        if alert.on and not inside:
            yield f"{alert.region}: alerted at {alert.second:.0f} s without need, by {alert.by}."
    by_hand = sum(one.by == "people" for one in state.releases)
    yield f"Releases: {by_hand} by people, {len(state.releases) - by_hand} by rules."


def _warned(alerts: tuple[Alert, ...], region: str, begin: float, end: float) -> str:
    times = [a.second for a in alerts if a.region == region and a.on and begin <= a.second <= end]
    if not times:
        return f"{region}: threatened at {end:.0f} s and not alerted in time."
    return f"{region}: alerted {end - min(times):.0f} s before the threat."
