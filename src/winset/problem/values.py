"""What each rung is worth to each constituency, alone and against the status quo."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from winset.case.model import Constituency, Criterion, Measure
from winset.problem.frame import Bools, Floats, Frame

Cell = tuple[str, str]
"""Constituency and measure."""
Effects = Mapping[tuple[str, str, str], Floats]
"""[world] by measure, criterion and party."""


@dataclass(frozen=True)
class Shares:
    """How a measure's rungs share in an effect, [world, level]: as a gain and as an objection."""

    plain: Floats
    objected: Floats


@dataclass
class Valued:
    """Values of all rungs, in points; every array is [world, level]."""

    value: dict[Cell, Floats] = field(default_factory=dict)
    """v: worth of the rung by effects, or by a direct stance."""
    derived: dict[Cell, Bools] = field(default_factory=dict)
    """[level] whether the worth comes from effects (not from a stance)."""
    losses: dict[tuple[str, str, str], Floats] = field(default_factory=dict)
    """Sum of losses on a criterion, not negative: (constituency, measure, criterion)."""
    terms: dict[tuple[str, str, str], Floats] = field(default_factory=dict)
    """Effect times share for a criterion, before its weight."""
    own: dict[Cell, Floats] = field(default_factory=dict)
    """Worth against the status quo, before lobbies."""
    gain: dict[Cell, Floats] = field(default_factory=dict)
    """d: worth against the status quo, lobbies included."""
    effects: Effects = field(default_factory=dict)
    """[world] by measure, criterion and party, amplifiers included."""
    shares: Mapping[tuple[str, str, str], Shares] = field(default_factory=dict)
    """How the rungs of a measure share in an effect, by measure, criterion and party."""
    split: frozenset[str] = frozenset()
    """Constituencies of whom ``parts`` is kept."""
    parts: dict[tuple[str, str, str], Floats] = field(default_factory=dict)
    """What a criterion adds to the worth by effects: (constituency, measure, criterion)."""


def value_rungs(
    frame: Frame, only: Collection[str] | None = None, *, split: Iterable[str] = ()
) -> Valued:
    """Value every rung for every constituency, or for some and those who lobby them.

    Steps 2 to 5 of the model page: ``v = sum z share / scale`` with ``z = w E``, direct stances,
    ``d = v - v(status quo)``, then the shift by lobbies.

    Parameters
    ----------
    frame
        The case in a block of worlds.
    only
        Constituencies to value; all by default.
    split
        Constituencies whose values are kept criterion by criterion too.
    """
    asked = None if only is None else {*only, *_lobbies(frame, only)}
    effects = amplified(frame)
    shares = shares_of(frame, effects)
    valued = Valued(effects=effects, shares=shares, split=frozenset(split))
    for constituency in frame.case.constituencies:
        if asked is None or constituency.id in asked:
            for measure in frame.case.measures:
                value_cell(frame, effects, shares, constituency, measure, valued)
    for (who, what), value in valued.value.items():
        quo = frame.status_quo(what)
        valued.own[who, what] = value - value[:, quo : quo + 1]
    valued.gain = lobbied(frame, valued.own)
    return valued


def _effects(frame: Frame) -> dict[tuple[str, str, str], Floats]:
    table: dict[tuple[str, str, str], Floats] = {}
    parties = [party.id for party in frame.case.parties]
    for effect in frame.case.effects:
        drawn = frame.number(effect.value.address)
        for party in [effect.party] if effect.party else parties:
            table[effect.measure, effect.criterion, party] = drawn
    return table


def amplified(frame: Frame) -> Effects:
    """Effects after the communities that carry or burden a measure have spoken."""
    plain = _effects(frame)
    effects = dict(plain)
    for amplifier in frame.case.mechanisms.amplifiers:
        who = frame.case.constituency[amplifier.who]
        size = frame.parameter(amplifier.size)
        spoken = {*amplifier.boosts, *amplifier.softens}
        heard = {key: plain[key] for key in plain if key[0] in spoken and key[2] == who.party}
        shares = shares_of(frame, heard)
        for measure in frame.case.measures:
            boosts = measure.id in amplifier.boosts
            softens = measure.id in amplifier.softens
            if not (boosts or softens):
                continue
            own = Valued()
            value_cell(frame, plain, shares, who, measure, own)
            value = own.value[who.id, measure.id]
            sign = np.sign(value[:, -1] - value[:, measure.status_quo])
            for cell in [cell for cell in effects if cell[0] == measure.id]:
                if boosts:
                    raised = effects[cell] * (1.0 + size * sign)
                    effects[cell] = np.where(effects[cell] > 0, raised, effects[cell])
                if softens and cell[1] == amplifier.criterion:
                    softer = effects[cell] * (1.0 - sign * size / 2.0)
                    effects[cell] = np.where(effects[cell] < 0, softer, effects[cell])
    return effects


def shares_of(frame: Frame, effects: Effects) -> dict[tuple[str, str, str], Shares]:
    """Return how the rungs of a measure share in each effect."""
    curve = frame.parameter("cost_curve")[:, None]
    table: dict[tuple[str, str, str], Shares] = {}
    known: dict[int, Shares] = {}
    for (measure, criterion, party), effect in effects.items():
        noun = frame.case.measure[measure]
        plain = _share(frame, frame.case.criterion[criterion], noun, effect)
        if id(plain) not in known:
            known[id(plain)] = Shares(plain, plain**curve * _enabled(frame, noun)[:, None])
        table[measure, criterion, party] = known[id(plain)]
    return table


def value_cell(
    frame: Frame,
    effects: Effects,
    shares: Mapping[tuple[str, str, str], Shares],
    who: Constituency,
    measure: Measure,
    valued: Valued,
) -> None:
    """Value the rungs of a measure for a constituency, into ``valued``."""
    value = np.zeros((frame.count, len(measure.rungs) + 1), order="F")
    for criterion, weight in frame.weights[who.id].items():
        key = (measure.id, criterion, who.party)
        if key not in effects:
            continue
        effect = effects[key]
        z = (weight * effect)[:, None]
        share = np.where(z < 0, shares[key].objected, shares[key].plain)
        term = z * share / frame.case.scale
        value += term
        if who.id in valued.split:
            valued.parts[who.id, measure.id, criterion] = term
        if criterion in frame.watched:
            valued.losses[who.id, measure.id, criterion] = np.maximum(-term, 0.0)
            valued.terms[who.id, measure.id, criterion] = effect[:, None] * share / frame.case.scale
    derived = np.ones(len(measure.rungs) + 1, dtype=bool)
    _apply_stances(frame, who, measure, value, derived)
    valued.value[who.id, measure.id] = value
    valued.derived[who.id, measure.id] = derived


def _enabled(frame: Frame, measure: Measure) -> Floats:
    """Share of its losses that a measure keeps."""
    kept = np.ones(frame.count)
    for enabling in frame.case.mechanisms.enablings:
        if enabling.measure == measure.id:
            cut = np.where(frame.flag(enabling.flag), frame.parameter(enabling.cut), 0.0)
            kept = kept * (1.0 - cut)
    return kept


def _share(frame: Frame, criterion: Criterion, measure: Measure, effect: Floats) -> Floats:
    """Return the ladder that an effect scales with; itself where it is the same in all worlds."""
    ladders = {"benefit": frame.benefit, "exposure": frame.exposure, "heat": frame.heat}
    gain = ladders[criterion.gain][measure.id]
    loss = ladders[criterion.loss_except.get(measure.domain, criterion.loss)][measure.id]
    gains = effect > 0
    if gain is loss or gains.all():
        return gain
    return np.where(gains[:, None], gain, loss) if gains.any() else loss


def _apply_stances(
    frame: Frame, who: Constituency, measure: Measure, value: Floats, derived: Bools
) -> None:
    """Replace derived values by direct statements; a rung's beats its measure's."""
    overrides = frame.overrides.get(who.id)
    if not overrides:
        return
    scale = frame.parameter("stance_scale")
    curve = frame.parameter("cost_curve")[:, None]
    if measure.id in overrides:
        stance = (scale * frame.number(overrides[measure.id]))[:, None]
        share = frame.benefit[measure.id]
        value[:] = stance * np.where(stance >= 0, share, share**curve)
        derived[1:] = False
    for rung in measure.rungs:
        if rung.id in overrides:
            value[:, rung.level] = scale * frame.number(overrides[rung.id])
            derived[rung.level] = False


def _lobbies(frame: Frame, hosts: Collection[str]) -> list[str]:
    return [
        who.id
        for who in frame.case.constituencies
        if who.kind == "lobby" and any(host in hosts for host, _ in who.hosts)
    ]


def lobbied(frame: Frame, own: Mapping[Cell, Floats]) -> dict[Cell, Floats]:
    """Return worths against the status quo with what lobbies pull; other arrays are taken over."""
    shift = frame.parameter("lobby_shift")
    gain = dict(own)
    for lobby in frame.case.constituencies:
        if lobby.kind != "lobby":
            continue
        for host, measures in lobby.hosts:
            for measure in measures:
                if (host, measure) not in own or (lobby.id, measure) not in own:
                    continue
                pull = (shift * lobby.salience / 3.0)[:, None] * own[lobby.id, measure]
                gain[host, measure] = gain[host, measure] + pull
    return gain
