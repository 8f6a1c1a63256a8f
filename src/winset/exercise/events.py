"""The course of an exercise as a list of events in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.effects.warning import measure
from winset.effects.warning.setting import Form, Shot
from winset.effects.warning.simulate import Record

ORDER = (
    "launch",
    "cue",
    "track",
    "release",
    "decision",
    "alert",
    "withdrawal",
    "overflight",
    "impact",
)
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens; ``seat`` is who learns or does it."""

    second: float
    seat: str
    event: str
    launch: str
    says: str


def log_rows(record: Record) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table log."""
    for form in record.setting.forms:
        for number, one in enumerate(events(record, form), start=1):
            yield number, form.id, round(one.second, 1), one.seat, one.event, one.launch, one.says


def events(record: Record, form: Form, *, world: int = 0) -> tuple[Event, ...]:
    """Return the events of one world under one form, in order."""
    found = [
        one
        for shot in record.shots
        for one in (*_physical(record, shot, world), *_learned(record, form, shot, world))
    ]
    return tuple(
        sorted(found, key=lambda e: (e.second, ORDER.index(e.event), e.launch, e.seat, e.says))
    )


def _physical(record: Record, shot: Shot, world: int) -> Iterator[Event]:
    truth = record.truths[shot.id]
    if shot.false_at:
        return
    says = f"launch from {shot.start.label}"
    yield Event(shot.at, NOBODY, "launch", shot.id, says)
    for region, second in zip(record.setting.regions, truth.threat[world], strict=True):
        if np.isfinite(second):
            kind = "impact" if second >= truth.impact[world] else "overflight"
            yield Event(shot.at + second, NOBODY, kind, shot.id, f"{kind} at {region.label}")
    if not (np.isfinite(truth.threat[world]) & (truth.threat[world] >= truth.impact[world])).any():
        yield Event(shot.at + truth.impact[world], NOBODY, "impact", shot.id, "impact at sea")


def _learned(record: Record, form: Form, shot: Shot, world: int) -> Iterator[Event]:
    truth = record.truths[shot.id]
    sites = record.setting.sites
    for number, site in enumerate(sites):
        second = truth.ready[world, number]
        if np.isfinite(second):
            false = " (nothing was launched)" if shot.false_at else ""
            yield Event(
                shot.at + second, site.owner, "track", shot.id, f"track from {site.label}{false}"
            )
    for party in record.setting.parties:
        told = record.told[form.id, shot.id, party]
        cue = truth.cue[world]
        if np.isfinite(cue):
            yield Event(shot.at + cue, party, "cue", shot.id, "launch cue from the United States")
        tracked = told.tracked[world]
        if np.isfinite(tracked) and tracked < told.own[world]:
            says = "first track comes from a partner"
            yield Event(shot.at + tracked, party, "release", shot.id, says)
        decided = told.decided[world]
        if np.isfinite(decided) and decided <= truth.impact[world]:
            yield Event(shot.at + decided, party, "decision", shot.id, _decision(told.alert[world]))
        yield from _alerts(record, form, shot, party, world)


def _decision(alert: NDArray[np.float64]) -> str:
    number = int(np.isfinite(alert).sum())
    return "no region is at risk" if not number else f"regions to be alerted: {number}"


def _alerts(record: Record, form: Form, shot: Shot, party: str, world: int) -> Iterator[Event]:
    told = record.told[form.id, shot.id, party]
    for place, number in enumerate(measure.own_regions(record, party)):
        label = record.setting.regions[number].label
        for kind, second in (
            ("alert", told.alert[world, place]),
            ("withdrawal", told.withdrawn[world, place]),
        ):
            if np.isfinite(second):
                yield Event(shot.at + second, party, kind, shot.id, f"{kind} for {label}")
