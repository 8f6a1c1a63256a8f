"""Who holds which track when, what each party decides, and which regions are alerted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.effects.draws import Stream
from winset.effects.warning import geo, sensing, track
from winset.effects.warning.data import Area, Site
from winset.effects.warning.flight import EARTH, Flight, path, through, when
from winset.effects.warning.setting import Chain, Form, Link, Setting, Shot, Span
from winset.worlds.quantile import value_at

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

STEPS = 96
LIVE = 60.0
"""A picture is in time until so many seconds after impact."""
_HALF_SIDE = 0.886
"""Half the side of the square as large as a disc of radius one."""
_LEAST_APOGEE = 15.0
_JITTER = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """What the sensors make of one shot, before anybody passes anything.

    Attributes
    ----------
    flight
        [world] the flight, or what a false track pretends to be.
    boost, impact
        [world] seconds from launch to burnout and to impact.
    ready
        [world, sensor] seconds from launch to a usable track; ``inf`` without one.
    would
        [world, sensor] the same for a real flight: false tracks are seen by one sensor only.
    known, noise
        [world, sensor, 6, 6] and [world, sensor, 6] information and its error.
    cue
        [world] seconds from launch to the launch cue at the allies; ``inf`` without one.
    cue_sight
        [world] seconds from launch to the cue itself.
    along, across
        [world, region] where regions lie on the flight, km.
    threat
        [world, region] seconds from launch to overflight or impact; ``inf`` where not threatened.
    stray
        [world] km by which a low flight may stray.
    level
        [world, 2, 6] how the impact moves with the state at burnout.
    """

    shot: Shot
    flight: Flight
    boost: Floats
    impact: Floats
    ready: Floats
    would: Floats
    known: Floats
    noise: Floats
    cue: Floats
    cue_sight: Floats
    along: Floats
    across: Floats
    threat: Floats
    stray: Floats
    level: Floats


@dataclass(frozen=True, slots=True)
class Told:
    """When one party learns what, decides what, and for which regions (all from launch, s).

    Attributes
    ----------
    own
        [world] first track of the party's own sensors.
    info, tracked, counted
        [world] first information of any kind, first track of anyone, first count.
    decided
        [world] first decision; ``inf`` without a track.
    ready, arrived
        [world] the sight and the arrival that set the decision off.
    alert
        [world, own region] when a region of the party is alerted; ``inf`` if never.
    withdrawn
        [world, own region] when the alert is taken back; ``inf`` if never.
    believed
        [world] whether a track is taken for a launch at the decision.
    error
        [world] standard error of the impact (km, geometric mean of both directions) at the decision.
    """

    own: Floats
    info: Floats
    tracked: Floats
    counted: Floats
    decided: Floats
    ready: Floats
    arrived: Floats
    alert: Floats
    withdrawn: Floats
    believed: Flags
    error: Floats


def span(stream: Stream, address: str, ends: Span) -> Floats:
    """[world] draw of an uncertain number."""
    low, mode, high = ends
    return value_at(stream(address), low, mode, high, "pert")


def happens(stream: Stream, address: str, share: Floats) -> Flags:
    """[world] whether something happens that happens in a share of cases."""
    from scipy.special import ndtr

    return np.asarray(ndtr(stream(address)) < share)


def see(setting: Setting, shot: Shot, inputs: Mapping[str, Floats], stream: Stream) -> Seen:
    """Let all sensors look at a shot."""
    name = f"shots/{shot.id}"
    n = len(inputs["mask"])
    spread = inputs["range_spread"]
    distance = shot.range_km * np.exp(spread * stream(f"{name}/range"))
    apogee = shot.apogee_km * np.exp(spread * stream(f"{name}/apogee"))
    flight = through(distance, np.maximum(apogee, _LEAST_APOGEE))
    boost = np.where(flight.low, inputs["boost"] / 2, inputs["boost"])
    start = np.broadcast_to(geo.unit(shot.start.lat, shot.start.lon), (n, 3))
    azimuth = shot.azimuth + inputs["azimuth_spread"] * stream(f"{name}/azimuth")
    forward = geo.heading(start, azimuth)
    way = path(flight, STEPS)
    looks = [
        _one_sensor(site, flight, way, start, forward, inputs, stream, name)
        for site in setting.sites
    ]
    would = boost[:, None] + np.stack([one[0] for one in looks], axis=1)
    mine = np.array([site.id == shot.false_at for site in setting.sites])
    real = not shot.false_at
    ready = would if real else np.where(mine, would, np.inf)
    along, across = geo.along_across(
        start[:, None],
        forward[:, None],
        np.stack([geo.unit(one.lat, one.lon) for one in setting.regions])[None],
    )
    sight = inputs["cue_sight"]
    held = real & happens(stream, f"{name}/cue", inputs["cue_held"])
    return Seen(
        shot=shot,
        flight=flight,
        boost=boost,
        impact=boost + flight.seconds,
        ready=ready,
        would=would,
        known=np.stack([one[1] for one in looks], axis=1),
        noise=np.stack([one[2] for one in looks], axis=1),
        cue=np.where(held, sight + inputs["cue_relay"], np.inf),
        cue_sight=sight,
        along=along,
        across=across,
        threat=_threats(setting.regions, flight, boost, along, across, real=real),
        stray=np.where(flight.low, inputs["steering"] * flight.range_km, 0.0),
        level=track.sensitivity(flight),
    )


def _one_sensor(
    site: Site,
    flight: Flight,
    way: tuple[Floats, Floats, Floats],
    start: Floats,
    forward: Floats,
    inputs: Mapping[str, Floats],
    stream: Stream,
    name: str,
) -> tuple[Floats, Floats, Floats]:
    """Time of a usable track since burnout, its information and the error of it."""
    place = geo.unit(site.lat, site.lon)
    seconds, turned, height = way
    cosine = np.cos(turned) * (start @ place)[:, None] + np.sin(turned) * (forward @ place)[:, None]
    ground = EARTH * np.arccos(np.clip(cosine, -1.0, 1.0))
    window = sensing.look(
        seconds,
        ground,
        height,
        mask=np.radians(inputs["mask"]),
        reach=span(stream, f"sites/{site.id}/reach", site.reach),
    )
    confirm = inputs["confirm"]
    used = (window.seconds >= confirm) & happens(stream, f"{name}/up/{site.id}", inputs["up"])
    begin = np.where(used, window.first, 0.0)
    at = begin[:, None] + np.linspace(0, 1, track.SAMPLES) * confirm[:, None]
    offset = _offsets(flight, at, start, forward, place)
    known = track.information(offset, at, used)
    scale = np.einsum("nii->n", known)[:, None, None] * _JITTER + 1e-30
    lower = np.linalg.cholesky(known + np.eye(6) * scale)
    chance = np.stack([stream(f"{name}/noise/{site.id}/{axis}") for axis in range(6)], axis=-1)
    noise = np.einsum("nij,nj->ni", lower, chance)
    return np.where(used, begin + confirm, np.inf), known, noise * used[:, None]


def _offsets(flight: Flight, at: Floats, start: Floats, forward: Floats, place: Floats) -> Floats:
    """[launch, sample, 3] from sensor to target: along, across, up, over a flat Earth."""
    share = at / flight.seconds[:, None]
    height = 4 * flight.apogee_km[:, None] * share * (1 - share)
    along, across = geo.along_across(start, forward, np.broadcast_to(place, start.shape))
    ahead = flight.range_km[:, None] * share - along[:, None]
    return np.stack(
        [ahead, np.broadcast_to(-across[:, None], ahead.shape), np.maximum(height, 0.0)], axis=-1
    )


def _threats(
    regions: tuple[Area, ...],
    flight: Flight,
    boost: Floats,
    along: Floats,
    across: Floats,
    *,
    real: bool,
) -> Floats:
    if not real:
        return np.full(along.shape, np.inf)
    radius = np.array([one.radius_km for one in regions])
    distance = flight.range_km[:, None]
    landed = np.hypot(along - distance, across) <= radius
    passed = (np.abs(across) <= radius) & (along > 0) & (along < distance)
    over = [when(flight, np.clip(along[:, g], 0, flight.range_km)) for g in range(len(regions))]
    moment = np.where(passed, np.stack(over, axis=1), flight.seconds[:, None])
    return np.where(landed | passed, boost[:, None] + moment, np.inf)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """[world, sensor] when tracks, and would-be tracks, reach a party; [world] counts."""

    tracks: Floats
    silence: Floats
    counts: Floats


def arrivals(
    setting: Setting,
    form: Form,
    party: str,
    seen: Seen,
    inputs: Mapping[str, Floats],
    stream: Stream,
) -> Arrivals:
    """When what the sensors hold reaches a party under a form of cooperation."""
    n = len(seen.impact)
    delay = np.full((n, len(setting.sites)), np.inf)
    counts = np.full(n, np.inf)
    for number, site in enumerate(setting.sites):
        if site.owner == party:
            delay[:, number] = inputs["process"]
    for link in (*setting.today, *form.links):
        if link.taker == party:
            lag = inputs["process"] + _lag(link, seen.shot, stream)
            mine = [i for i, site in enumerate(setting.sites) if _passes(link, site.owner, site.id)]
            if link.what == "counts":
                counts = np.minimum(counts, seen.ready[:, mine].min(axis=1, initial=np.inf) + lag)
            else:
                delay[:, mine] = np.minimum(delay[:, mine], lag[:, None])
    return Arrivals(seen.ready + delay, seen.would + delay, counts)


def _passes(link: Link, owner: str, sensor: str) -> bool:
    return link.giver == owner and (not link.sensors or sensor in link.sensors)


def _lag(link: Link, shot: Shot, stream: Stream) -> Floats:
    lost = happens(
        stream, f"links/{link.id}/lost/{shot.id}", span(stream, f"links/{link.id}/loss", link.loss)
    )
    return np.where(lost, np.inf, span(stream, f"links/{link.id}/delay", link.delay_s))


def tell(
    setting: Setting, form: Form, seen: Seen, inputs: Mapping[str, Floats], stream: Stream
) -> Mapping[str, Told]:
    """Work out what each party learns and decides about a shot under a form of cooperation."""
    came = {p: arrivals(setting, form, p, seen, inputs, stream) for p in setting.parties}
    if not form.common:
        return {
            chain.party: _decide(
                setting, chain, seen, came[chain.party], inputs, stream,
                assess=span(stream, f"chains/{chain.party}/assess", chain.assess_s),
            )
            for chain in setting.chains
        }  # fmt: skip
    every = tuple(came.values())
    one = Arrivals(
        np.minimum.reduce([each.tracks for each in every]),
        np.minimum.reduce([each.silence for each in every]),
        np.minimum.reduce([each.counts for each in every]),
    )
    assess = inputs["consult"] + np.maximum.reduce(
        [span(stream, f"chains/{chain.party}/assess", chain.assess_s) for chain in setting.chains]
    )
    return {
        chain.party: _decide(setting, chain, seen, one, inputs, stream, assess=assess)
        for chain in setting.chains
    }


def _decide(
    setting: Setting,
    chain: Chain,
    seen: Seen,
    came: Arrivals,
    inputs: Mapping[str, Floats],
    stream: Stream,
    *,
    assess: Floats,
) -> Told:
    name = f"chains/{chain.party}"
    own = np.array([site.owner == chain.party for site in setting.sites])
    tracked = came.tracks.min(axis=1)
    best = came.tracks.argmin(axis=1)[:, None]
    info = np.minimum(seen.cue, tracked)
    by_cue = seen.cue <= tracked
    waits = tracked > info + assess
    decided = np.maximum(info + assess, tracked)
    sight = np.where(by_cue & ~waits, seen.cue_sight, np.take_along_axis(seen.ready, best, 1)[:, 0])
    issue = span(stream, f"{name}/issue", chain.issue_s)
    second = decided + span(stream, f"{name}/review", chain.review_s)
    threshold = span(stream, f"{name}/threshold", chain.threshold)
    mine = np.array([region.party == chain.party for region in setting.regions])
    first_error, chosen = _regions(setting, chain, seen, came, decided, threshold, stream)
    _, kept = _regions(setting, chain, seen, came, second, threshold, stream)
    believed = np.isfinite(tracked)
    if seen.shot.false_at:
        believed &= _believed(setting, seen, came, decided, inputs, stream)
        chosen &= believed[:, None]
        kept &= _believed(setting, seen, came, second, inputs, stream)[:, None]
    chosen &= (decided < seen.impact)[:, None]
    late = (second + issue)[:, None]
    added = kept & ~chosen & (second < seen.impact)[:, None]
    alert = np.where(chosen, (decided + issue)[:, None], np.where(added, late, np.inf))
    takes_back = chosen & ~kept & (second < seen.impact + LIVE)[:, None]
    return Told(
        own=np.where(own, came.tracks, np.inf).min(axis=1),
        info=info,
        tracked=tracked,
        counted=np.minimum(tracked, came.counts),
        decided=decided,
        ready=sight,
        arrived=np.where(waits, tracked, info),
        alert=alert[:, mine],
        withdrawn=np.where(takes_back, late, np.inf)[:, mine],
        believed=believed & (decided < seen.impact),
        error=first_error,
    )


def _believed(
    setting: Setting,
    seen: Seen,
    came: Arrivals,
    at: Floats,
    inputs: Mapping[str, Floats],
    stream: Stream,
) -> Flags:
    """Whether a false track is believed: no silent sensor and no missing cue speaks against it."""
    others = np.array([site.id != seen.shot.false_at for site in setting.sites])
    against = ((came.silence <= at[:, None]) & others).any(axis=1)
    doubted = happens(stream, f"shots/{seen.shot.id}/silence", inputs["cue_silence"])
    return np.asarray(~against & ~doubted)


def _regions(
    setting: Setting,
    chain: Chain,
    seen: Seen,
    came: Arrivals,
    at: Floats,
    threshold: Floats,
    stream: Stream,
) -> tuple[Floats, Flags]:
    """Error of the impact at a moment (km), and which regions it puts at risk."""
    from scipy.special import ndtr

    held = came.tracks <= at[:, None]
    known = track.prior() + np.einsum("ns,nsij->nij", held, seen.known)
    level = seen.level
    inverse = np.linalg.inv(known)
    wrong = np.einsum("nij,nj->ni", inverse, np.einsum("ns,nsj->nj", held, seen.noise))
    off = np.einsum("nij,nj->ni", level, wrong)
    along_error, across_error = track.spread(level @ inverse @ np.swapaxes(level, -1, -2))
    along_error = np.hypot(along_error, seen.stray)[:, None]
    across_error = np.hypot(across_error, seen.stray)[:, None]
    stray = seen.stray[:, None] * stream(f"shots/{seen.shot.id}/stray")[:, None]
    lands = seen.flight.range_km[:, None] + off[:, :1] + stray
    half = _HALF_SIDE * np.array([one.radius_km for one in setting.regions])

    def inside(miss: Floats, error: Floats) -> Floats:
        return np.asarray(ndtr((miss + half) / error) - ndtr((miss - half) / error))

    risk = inside(seen.along - lands, along_error) * inside(seen.across - off[:, 1:], across_error)
    if chain.overflight:
        part = np.clip(seen.along / lands, 1e-3, 1.0)
        beyond = ndtr((lands - seen.along) / along_error) * (seen.along > 0)
        over = inside(seen.across - off[:, 1:] * part, across_error * part) * beyond
        risk = np.maximum(risk, over)
    error = np.sqrt(along_error * across_error)[:, 0]
    any_track = np.asarray(held.any(axis=1))
    return np.where(any_track, error, np.nan), (risk > threshold[:, None]) & any_track[:, None]
