"""From a case with time, its worlds and a programme to the arrays of the model through time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case, Shape, Timing
from winset.engine.layout import I4
from winset.engine.simulate.layout import (
    BY_DOUBT,
    BY_HEAT,
    BY_THREAT,
    BY_TYPE,
    WORTH_TODAY,
    Draws,
    Story,
)
from winset.engine.simulate.parts import PARAMETERS
from winset.errors import AskError
from winset.problem.bounds import MOST_A_YEAR, check_numbers
from winset.problem.compile import compile_consent, consent_of
from winset.problem.consent import Consent
from winset.problem.elections import Polled, ahead, changes, elections_in
from winset.problem.frame import Floats, Frame
from winset.problem.generations import drift, room
from winset.problem.names import Compiled
from winset.problem.revalue import differences
from winset.problem.rows import MICRO
from winset.problem.timed_rows import four_bytes, lay_out
from winset.worlds.draw import Worlds
from winset.worlds.keyed import uniform, uniforms
from winset.worlds.quantile import value_at

JUMPS = ("threat", "trust", "assurance", "salience")
"""What a shock adds to the states, by the key in shocks.yaml."""
_COMPLETED = "the case says nothing about time (it has no time.yaml)"


@dataclass(frozen=True)
class Weather:
    """What is the same for all programmes: the case's time, other governments, chance."""

    case: Case
    time: Timing
    quarters: int
    elections: tuple[Polled, ...]
    others: Worlds
    """The same worlds under the other type of government in every party."""
    slots: tuple[str, ...]
    """Uniform numbers of a quarter, by name; shocks come first."""


@dataclass(frozen=True)
class Timed:
    """A block of worlds ready to be followed through time."""

    compiled: Compiled
    consent: Consent
    story: Story
    draws: Draws


def timing_of(case: Case) -> Timing:
    """Return the time of a case.

    Raises
    ------
    AskError
        The case has none.
    """
    if case.time is None:
        message = f"{case.id}: {_COMPLETED}; add one as docs/explanation/time.md describes."
        raise AskError(message)
    return case.time


def weather(worlds: Worlds, others: Worlds, quarters: int) -> Weather:
    """Lay out the uniform numbers of a quarter.

    Raises
    ------
    AskError
        A number of the worlds is none that the model can mean.
    """
    time = timing_of(worlds.case)
    for one in (worlds, others):
        check_numbers(one, time)
    elections = tuple(elections_in(worlds.case, time, quarters))
    slots = (
        *(f"shock/{name}" for name in time.rates),
        *(f"election/{one.id}" for one in elections),
        "trigger",
        *(f"spoiler/{who}" for who in _spoilers(worlds.case)),
        *(f"crisis/{name}" for name in time.roles["settlement"]),
        *(f"relapse/{name}" for name in time.roles["durable"]),
        "coercion",
        *(f"leak/{name}" for name in time.roles["quiet"]),
    )
    return Weather(worlds.case, time, quarters, elections, others, slots)


def chances(air: Weather, rng: int, first: int, n: int) -> Floats:
    """Return [world, quarter, slot] uniform numbers, drawn whether they are used or not."""
    names = [f"time/{q + 1}/{name}" for q in range(air.quarters) for name in air.slots]
    table = uniforms(rng, names, first, n).reshape(n, air.quarters, len(air.slots))
    for one in air.elections:
        if f"elections/{one.id}" in air.case.values:
            slot = air.slots.index(f"election/{one.id}")
            table[:, :, slot] = uniform(rng, f"{one.address}/change", first, n)[:, None]
    return table


def compile_time(worlds: Worlds, air: Weather, chance: Floats, start: int, stop: int) -> Timed:
    """State a block of worlds for the kernel of the model through time."""
    consent = consent_of(worlds, start, stop)
    compiled = compile_consent(consent)
    needed = _needed(consent)
    told, valued = lay_out(compiled.names, compiled.problem, needed)
    draws = _draws(air, consent, chance, needed, valued)
    return Timed(compiled, consent, _story(air, compiled, told), draws)


def _spoilers(case: Case) -> list[str]:
    pair = set(timing_of(case).pair)
    return [who.id for who in case.constituencies if who.kind == "spoiler" and who.party in pair]


# Story


def _story(air: Weather, compiled: Compiled, rows: dict[str, Any]) -> Story:
    case, time = air.case, air.time
    roles = [*time.parties]
    place = {measure.id: index for index, measure in enumerate(case.measures)}
    owner = {who.id: index for index, who in enumerate(case.constituencies)}

    def in_order(role: str) -> list[str]:
        return [measure.id for measure in case.measures if measure.id in time.roles[role]]

    def listed(names: Iterable[str], index: dict[str, int]) -> NDArray[np.int64]:
        return np.array([index[name] for name in names], dtype=np.int64)

    def slot(name: str) -> int:
        found = [i for i, one in enumerate(air.slots) if one.partition("/")[0] == name]
        return found[0] if found else 0

    def role_of(party: str) -> int:
        return roles.index(party) if party in roles else -1

    return Story(
        role=np.array([role_of(who.party) for who in case.constituencies], dtype=np.int64),
        executive=np.array([who.kind == "executive" for who in case.constituencies]),
        contact=np.array([m.id in time.roles["contact"] for m in case.measures]),
        meetings=listed(in_order("contact"), place),
        drills=listed(in_order("drills"), place),
        reaffirm=listed(in_order("reaffirm"), place),
        relief=listed(in_order("relief"), place),
        people=listed(in_order("people"), place),
        settlement=listed(time.roles["settlement"], place),
        durable=listed(time.roles["durable"], place),
        insulation=listed(time.roles["insulation"], place),
        shield=listed(time.roles["shield"], place),
        quiet=listed(time.roles["quiet"], place),
        restraint=listed(time.roles["durable"][:1], place),
        publics=listed(time.pair.values(), owner),
        claimants=listed([time.claimants] if time.claimants else [], owner),
        spoilers=listed(_spoilers(case), owner),
        rising=np.array(
            [row.kind == "ceiling" and _rises(case, row.source) for row in compiled.names.rows]
        ),
        **rows,
        election_quarter=np.array([one.quarter for one in air.elections], dtype=np.int64),
        election_role=np.array([one.role for one in air.elections], dtype=np.int64),
        ahead=ahead(air.elections, air.quarters),
        court=[*time.rates].index(time.court) if time.court in time.rates else -1,
        fresh=role_of(time.fresh),
        pressed=role_of(time.pressed),
        slot_election=slot("election"),
        slot_trigger=slot("trigger"),
        slot_spoiler=slot("spoiler"),
        slot_crisis=slot("crisis"),
        slot_relapse=slot("relapse"),
        slot_coercion=slot("coercion"),
        slot_leak=slot("leak"),
    )


def _rises(case: Case, name: str) -> bool:
    return any(one.id == name and bool(one.threat) for one in case.mechanisms.ceilings)


# Draws


def _needed(consent: Consent) -> NDArray[np.bool_]:
    frame = consent.frame
    owners = [who.id for who in frame.case.constituencies]
    needed = np.zeros((frame.count, int(frame.first[-1]), len(owners)), dtype=np.bool_)
    for (who, measure), mask in consent.needed.items():
        needed[:, frame.span(measure), owners.index(who)] = mask
    return needed


def _draws(
    air: Weather,
    consent: Consent,
    chance: Floats,
    needed: NDArray[np.bool_],
    rows: dict[str, NDArray[Any]],
) -> Draws:
    frame, case, time = consent.frame, air.case, air.time
    owners = [who.id for who in case.constituencies]
    counted = np.zeros((frame.count, len(case.measures), len(owners)), dtype=np.bool_)
    for who in consent.whole:
        for measure in consent.weighed(who):
            counted[:, frame.place[measure], owners.index(who)] = True
    other = replace(frame, worlds=air.others)
    theta = _owners(owners, consent.threshold)
    return Draws(
        par=_parameters(air, frame),
        worth=_worths(air, consent, owners),
        **rows,
        type_theta=_owners(owners, Consent(other, consent.valued).threshold) - theta,
        theta=theta,
        width=theta - _owners(owners, consent.floor),
        offset=_owners(owners, consent.offset),
        needed=needed,
        counted=counted,
        benefit=_joined(frame, frame.benefit),
        exposure=_joined(frame, frame.exposure),
        open_exposure=_joined(frame, {m: frame.ladder(m, "exposure") for m in frame.place}),
        minded=_minded(air, frame),
        code=_measures(frame, "trust"),
        lag=_measures(frame, "lag") * frame.parameter("lag")[:, None],
        shock=_shocks(air, frame),
        jump=_jumps(air, frame),
        change=changes(air.elections, frame),
        drift=_micro(drift(frame, time, consent.valued)),
        room=room(frame, [*time.pair.values()], time.drifting),
        exposed=_exposed(air, frame),
        pressing=_chosen(frame, [time.pressing]),
        secret=_chosen(
            frame, [(one.lever, form) for one in case.mechanisms.quiet for form in ("low", "none")]
        ),
        chance=np.ascontiguousarray(chance),
    )


def _owners(owners: Sequence[str], of: Callable[[str], Floats]) -> Floats:
    return np.stack([of(who) for who in owners], axis=1)


def _micro(table: Floats) -> NDArray[np.int64]:
    return np.rint(table * MICRO).astype(np.int64)


def _worths(air: Weather, consent: Consent, owners: Sequence[str]) -> I4:
    """[world, slot, 5, constituency] worth today and per unit of threat, heat, doubt and type.

    Values are linear in weights, so what a unit adds is the difference of two valuations of the
    same worlds.
    """
    frame, time = consent.frame, air.time
    worlds = frame.worlds
    heat = {
        address: np.zeros_like(number)
        for address, number in worlds.numbers.items()
        if address.startswith("rungs/") and address.endswith("/heat")
    }
    cool = replace(worlds, numbers={**worlds.numbers, **heat})
    threat, doubt = time.threat, time.assurance
    others = (
        (BY_THREAT, _heavier(worlds, threat.criteria, threat.parties), threat.parties, 1.0),
        (BY_HEAT, cool, None, -1.0),
        (BY_DOUBT, _heavier(worlds, doubt.criteria, doubt.parties), doubt.parties, 1.0),
        (BY_TYPE, air.others, None, 1.0),
    )
    cells = {(WORTH_TODAY, *cell): worth for cell, worth in consent.worth.items()}
    for part, numbers, parties, sign in others:
        for (who, measure), more in differences(frame, consent.valued, numbers).items():
            if parties is None or frame.case.constituency[who].party in parties:
                cells[part, who, measure] = sign * more
    shape = 1 + len(others), len(owners)
    table = np.empty((frame.count, int(frame.first[-1]), *shape), dtype=np.int32)
    for name in frame.place:
        span = frame.span(name)
        own = np.zeros((frame.count, span.stop - span.start, *shape))
        for part, place in np.ndindex(shape):
            if (part, owners[place], name) in cells:
                own[:, :, part, place] = cells[part, owners[place], name]
        table[:, span] = four_bytes(own * MICRO)
    return table


def _heavier(worlds: Worlds, criteria: Sequence[str], parties: Sequence[str]) -> Worlds:
    changed = {
        address: 2.0 * worlds.numbers[address]
        for who in worlds.case.constituencies
        for criterion in criteria
        if who.party in parties and (address := f"weights/{who.id}/{criterion}") in worlds.numbers
    }
    return replace(worlds, numbers={**worlds.numbers, **changed})


def _joined(frame: Frame, ladders: Mapping[str, Floats]) -> Floats:
    return np.ascontiguousarray(
        np.concatenate([ladders[m.id] for m in frame.case.measures], axis=1)
    )


def _measures(frame: Frame, column: str) -> Floats:
    return np.stack([frame.number(f"measures/{m}/{column}") for m in frame.place], axis=1)


def _minded(air: Weather, frame: Frame) -> Floats:
    table = np.zeros((frame.count, len(frame.place)))
    for attitude in air.case.attitudes:
        if attitude.outsider == air.time.challenger:
            number = frame.number(attitude.value.address)
            table[:, frame.place[attitude.measure]] = np.clip(-number / 3.0, 0.0, 1.0)
    return table


def _shocks(air: Weather, frame: Frame) -> Floats:
    """[world, shock] probability a quarter, from yearly rates."""
    if not air.time.rates:
        return np.zeros((frame.count, 0))
    found = []
    for shock, parameter in air.time.rates.items():
        rate = frame.parameter(parameter)
        worst = float(rate[np.argmax(np.abs(rate - MOST_A_YEAR / 2))])
        if not 0.0 <= worst <= MOST_A_YEAR:
            message = (
                f"{air.time.at}: {shock} comes {worst:g} times a year by parameters/{parameter}; 0 to "
                f"{MOST_A_YEAR:g} are allowed."
            )
            raise AskError(message)
        found.append(1.0 - np.exp(-rate / 4.0))
    return np.stack(found, axis=1)


def _jumps(air: Weather, frame: Frame) -> Floats:
    """Draw what each shock adds to the states, from the ranges of shocks.yaml."""
    from scipy.special import ndtri  # heavy

    worlds = frame.worlds
    table = np.zeros((frame.count, len(air.time.rates), len(JUMPS)))
    for place, name in enumerate(air.time.rates):
        for kind, key in enumerate(JUMPS):
            size = air.case.shock[name].fields.get(key)
            if not isinstance(size, dict):
                continue
            low, mode, high = (float(size[end]) for end in ("low", "mode", "high"))
            shape: Shape = "pert"
            u = uniform(worlds.rng, f"shocks/{name}/{key}", worlds.first + frame.start, frame.count)
            table[:, place, kind] = value_at(np.asarray(ndtri(u)), low, mode, high, shape)
    return table


def _exposed(air: Weather, frame: Frame) -> Floats:
    felt = air.time.threat
    table = np.zeros((frame.count, 2))
    for side, party in enumerate(air.time.pair):
        if party in felt.parties:
            less = party == felt.less_exposed and felt.exposure
            table[:, side] = frame.parameter(felt.exposure) if less else 1.0
    return table


def _chosen(frame: Frame, settings: Sequence[tuple[str, str]]) -> NDArray[np.bool_]:
    """Tell in which worlds some lever stands at some option of it."""
    table = np.zeros(frame.count, dtype=np.bool_)
    for lever, option in settings:
        known = frame.case.choices.get(f"levers/{lever}")
        if known is not None and any(one.id == option for one in known.options):
            table |= frame.chosen(known.address, option)
    return table


def _keep(half_life: Floats, *, years: bool = False) -> Floats:
    """Return what is left after a quarter: ``2 ** (-1 / half-life)``."""
    quarters = half_life * 4.0 if years else half_life
    kept = np.power(2.0, -1.0 / np.maximum(quarters, 1e-9))
    return np.where(half_life > 0, kept, 1.0)


def _quarterly(yearly: Floats) -> Floats:
    """Turn a yearly probability into a quarterly one: ``1 - (1 - p) ** (1 / 4)``."""
    return 1.0 - np.power(1.0 - np.clip(yearly, 0.0, 1.0), 0.25)


def _parameters(air: Weather, frame: Frame) -> Floats:
    p = frame.parameter
    starts = {name: p(parameter) for name, parameter in air.time.starts.items()}
    none = np.zeros(frame.count)
    own: dict[str, Floats] = {
        "threat_keep": _keep(p("threat_hl")),
        "window_keep": _keep(p("window_hl")),
        "salience_keep": _keep(p("salience_hl")),
        "grievance_keep": _keep(p("grv_hl"), years=True),
        "grievance_floor": p("residual_claims") * starts["grievance"],
        "grievance_start": starts["grievance"],
        "mood_start": starts["mood"],
        "kick": p("grv_kick"),
        "trigger": 1.0 - np.exp(-p("trigger_hz") / 4.0),
        "refresh": p("grv_refresh"),
        "relief": p("grv_relief"),
        "trust_keep": _keep(p("trust_hl")),
        "trust_loss": p("trust_loss_ratio"),
        "trust_pair": starts["trust_pair"],
        "trust_ally": starts.get("trust_ally", none),
        "lead_exponent": p("min_lead"),
        "effort_willing": p(air.time.efforts["willing"]),
        "effort_other": p(air.time.efforts["other"]),
        "assurance_start": starts.get("assurance", none),
        "assurance_keep": _keep(p("asr_hl")),
        "assurance_gain": p("asr_gain"),
        "assurance_tri": p("asr_tri"),
        "skill_start": starts["skill"],
        "skill_keep": _keep(p("skill_hl")),
        "backing_start": starts["backing"],
        "people_gain": 0.04 * p("p2p_gain") / 4.0,
        "people_damp": p("p2p_damp"),
        "relapse": _quarterly(p("relapse_hz")),
        "tension_keep": _keep(p("tension_hl")),
        "buffer": p("e5_effect"),
        "exploit": p("exploit_rate"),
        "coercion": np.clip(p("coer_hz"), 0.0, 1.0),
        "coercion_cost": p("coer_cost"),
        "leak": _quarterly(p("leak_hz")),
        "stay": p("exit_cost") * (1.0 + p("guarantee")),
        "reversal_pen": p("rev_pen"),
        "occasion_gap": p(air.time.occasion_gap),
        "people_lag": np.rint(4.0 * p("p2p_lag")),
    }
    return np.stack([own[name] if name in own else p(name) for name in PARAMETERS], axis=1)
