"""The state of a live exercise: what has happened, and what each seat may see of it.

The state is immutable; :func:`winset.exercise.actions.apply` makes the next one.  What a seat sees
is computed here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from winset.effects.warning import measure
from winset.effects.warning.data import areas
from winset.effects.warning.flight import EARTH
from winset.effects.warning.geo import distance, heading, unit
from winset.effects.warning.setting import Form, Link, Shot
from winset.effects.warning.simulate import Record, in_the_middle
from winset.exercise.scenario import Scenario

SEATS: tuple[str, ...] = ("US", "JPN", "ROK")
CONTROLLER = "controller"
VOICE_S = 60.0
"""A release for which no link exists is read out by telephone, s."""
CUE = "launch cue"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a sensor tells its owner at a moment; ``sensor`` is :data:`CUE` for the cue."""

    second: float
    seat: str
    launch: str
    sensor: str
    says: str


@dataclass(frozen=True, slots=True)
class Release:
    """A launch whose tracks one seat passes to another from a moment on, so much later."""

    second: float
    delay: float
    giver: str
    taker: str
    launch: str
    by: str


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert given (``on``) or taken back, by people or by rules."""

    second: float
    seat: str
    region: str
    on: bool
    by: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a seat sees: when it came, from whom, and what it says."""

    second: float
    launch: str
    source: str
    sensor: str
    says: str


@dataclass(frozen=True, slots=True)
class State:
    """Everything that has happened up to the clock.

    Attributes
    ----------
    facts
        All that sensors will tell their owners, the future included; for the controller only.
    by_rules
        Seats whose releases and alerts follow the rules of the form.
    entries
        How many actions led here.
    """

    scenario: Scenario
    form: Form
    facts: tuple[Fact, ...]
    planned: tuple[Alert, ...]
    clock: float = 0.0
    by_rules: frozenset[str] = frozenset()
    releases: tuple[Release, ...] = ()
    alerts: tuple[Alert, ...] = ()
    notes: tuple[tuple[float, str, str], ...] = ()
    entries: int = 0


def begin(scenario: Scenario, form: Form) -> State:
    """Return the state before the first action.

    Launches and false tracks are numbered through as T1, T2 ..., so that no name tells them apart.
    """
    shots = tuple(
        replace(shot, id=f"T{number}") for number, shot in enumerate(scenario.shots, start=1)
    )
    scenario = replace(scenario, shots=shots)
    record = in_the_middle(scenario.setting, shots, (form,))
    facts = [*_facts(record)]
    return State(
        scenario,
        form,
        tuple(sorted(facts, key=lambda one: (one.second, one.seat, one.launch, one.sensor))),
        tuple(sorted(_planned(record, form), key=lambda one: (one.second, one.seat, one.region))),
    )


def visible(state: State, seat: str) -> tuple[Item, ...]:
    """Return what a seat sees: own sensors, the cue, today's feeds, what was released to it.

    Nothing that lies after the clock is in it.
    """
    found = [
        item
        for fact in state.facts
        for item in _ways(state, fact, seat)
        if item.second <= state.clock
    ]
    return tuple(sorted(set(found), key=lambda i: (i.second, i.launch, i.source, i.sensor)))


def holds(state: State, seat: str) -> frozenset[str]:
    """Return the launches of which a seat holds a track now."""
    return frozenset(item.launch for item in visible(state, seat) if item.sensor != CUE)


def until_next(state: State) -> float:
    """Return the seconds until some seat learns or does something; nought where nothing is left."""
    learned = (
        item.second for fact in state.facts for seat in SEATS for item in _ways(state, fact, seat)
    )
    planned = (alert.second for alert in state.planned if alert.seat in state.by_rules)
    later = [second for second in (*learned, *planned) if second > state.clock]
    return min(later, default=state.clock) - state.clock


def alerted(state: State, seat: str) -> tuple[str, ...]:
    """Return the regions that are under alert by a seat now."""
    last = {one.region: one.on for one in state.alerts if one.seat == seat}
    return tuple(sorted(region for region, on in last.items() if on))


def own_tracks(state: State, seat: str) -> tuple[str, ...]:
    """Return the launches a seat's own sensors track by now: what it may release.

    What came from somebody else is not the seat's to pass on.
    """
    mine = (one for one in visible(state, seat) if one.source == "own" and one.sensor != CUE)
    return tuple(sorted({one.launch for one in mine}))


def link_between(state: State, giver: str, taker: str) -> Link | None:
    """Return the link by which the form passes tracks from one seat to another, if it has one."""
    links = (link for link in state.form.links if (link.giver, link.taker) == (giver, taker))
    return next((link for link in links if link.what == "tracks"), None)


def _ways(state: State, fact: Fact, seat: str) -> Iterator[Item]:
    """Yield the ways by which a fact reaches a seat."""
    if fact.seat == seat:
        yield Item(fact.second, fact.launch, "own", fact.sensor, fact.says)
        return
    if fact.sensor == CUE:
        return
    for link in state.scenario.setting.today:
        if _carries(link, fact, seat):
            yield _item(fact, fact.second + link.delay_s[1])
    for one in state.releases:
        if (one.giver, one.taker, one.launch) == (fact.seat, seat, fact.launch):
            yield _item(fact, max(one.second, fact.second) + one.delay)


def _carries(link: Link, fact: Fact, seat: str) -> bool:
    named = not link.sensors or fact.sensor in link.sensors
    return (link.giver, link.taker) == (fact.seat, seat) and link.what == "tracks" and named


def _item(fact: Fact, second: float) -> Item:
    return Item(second, fact.launch, fact.seat, fact.sensor, fact.says)


def _facts(record: Record) -> Iterator[Fact]:
    for shot in record.shots:
        truth = record.truths[shot.id]
        for number, site in enumerate(record.setting.sites):
            second = float(truth.ready[0, number])
            if np.isfinite(second):
                says = f"{site.label} tracks {shot.id}: impact estimated near {near(shot)}"
                yield Fact(round(shot.at + second, 1), site.owner, shot.id, site.id, says)
        if np.isfinite(truth.cue[0]):
            says = f"launch cue {shot.id}: something was launched from {shot.start.label}"
            for seat in SEATS:
                second = truth.cue_sight[0] if seat == "US" else truth.cue[0]
                yield Fact(round(shot.at + float(second), 1), seat, shot.id, CUE, says)


def _planned(record: Record, form: Form) -> Iterator[Alert]:
    for shot in record.shots:
        for party in record.setting.parties:
            told = record.told[form.id, shot.id, party]
            for place, number in enumerate(measure.own_regions(record, party)):
                region = record.setting.regions[number].id
                for on, moments in ((True, told.alert), (False, told.withdrawn)):
                    second = float(moments[0, place])
                    if np.isfinite(second):
                        yield Alert(round(shot.at + second, 1), party, region, on, "rules")


def near(shot: Shot) -> str:
    """Name the area nearest to where a flight of this class comes down."""
    start = unit(shot.start.lat, shot.start.lon)
    turned = shot.range_km / EARTH
    place = np.cos(turned) * start + np.sin(turned) * heading(start, shot.azimuth)
    return min(areas().values(), key=lambda a: float(distance(unit(a.lat, a.lon), place))).label
