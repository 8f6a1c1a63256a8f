"""What two measures are worth together: linkages, relief, easing, learning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from winset.case.model import Ceiling, Easing, Learning
from winset.problem.consent import PACKAGE_KINDS, Consent
from winset.problem.frame import Floats


@dataclass(frozen=True)
class Pair:
    """A worth that depends on the rungs of two measures, for one constituency."""

    who: str
    own: str
    """The measure whose step is judged."""
    other: str
    delta: Floats
    """[world, own level, other level] change of the step's worth."""


@dataclass(frozen=True)
class Link:
    """A linkage of two measures, for one constituency, as the whole sees it."""

    who: str
    a: str
    b: str
    worth: Floats
    """[world, level of a, level of b] against the status quo."""


def links(consent: Consent) -> Iterator[Link | Pair]:
    """Yield every linkage: once for the whole and once for each of its two steps."""
    frame = consent.frame
    value = frame.parameter("linkage_value")
    for linkage in frame.case.linkages:
        if linkage.who == ("evidence",):
            continue
        size = (value * frame.number(linkage.value.address))[:, None, None]
        a, b = frame.benefit[linkage.a], frame.benefit[linkage.b]
        quo_a, quo_b = frame.status_quo(linkage.a), frame.status_quo(linkage.b)
        together = a[:, :, None] * b[:, None, :]
        today = together[:, quo_a, quo_b][:, None, None]
        rise_a = (a - a[:, quo_a : quo_a + 1])[:, :, None] * b[:, None, :]
        rise_b = (b - b[:, quo_b : quo_b + 1])[:, :, None] * a[:, None, :]
        for who in linkage.who or _asked_for_both(consent, linkage.a, linkage.b):
            yield Link(who, linkage.a, linkage.b, size * (together - today))
            yield Pair(who, linkage.a, linkage.b, size * rise_a)
            yield Pair(who, linkage.b, linkage.a, size * rise_b)


def _asked_for_both(consent: Consent, a: str, b: str) -> list[str]:
    return [
        who.id
        for who in consent.frame.case.constituencies
        if who.kind in PACKAGE_KINDS
        and (who.id, a) in consent.needed
        and (who.id, b) in consent.needed
    ]


def reliefs(consent: Consent) -> Iterator[Pair]:
    """Yield what one measure's progress changes in the worth of another's steps."""
    yield from _scope_reliefs(consent)
    for easing in consent.frame.case.mechanisms.easings:
        yield from _easings(consent, easing)
    for learning in consent.frame.case.mechanisms.learnings:
        yield from _learnings(consent, learning)


def _scope_reliefs(consent: Consent) -> Iterator[Pair]:
    frame, scope = consent.frame, consent.frame.case.mechanisms.scope
    if scope is None or not scope.relief or not frame.ever_set("scope", "soft"):
        return
    levels = range(len(frame.case.measure[scope.relief].rungs) + 1)
    today = frame.status_quo(scope.relief)
    for who in frame.case.constituencies:
        for measure in scope.applies_to:
            if measure == scope.relief or not consent.pays(who.id, measure):
                continue
            charges = [
                consent.scope_charge(who.id, measure, np.full(frame.count, consent.relieved(level)))
                for level in levels
            ]
            delta = np.stack([charges[today] - charge for charge in charges], axis=2)
            yield Pair(who.id, measure, scope.relief, delta)


def progress(consent: Consent, ceiling: Ceiling) -> dict[str, Floats]:
    """Return [world, level] how much each lifting measure raises a ceiling, as a share.

    ``lift max(0, (b - b_q) / (1 - b_q))``, halved where somebody whose backing makes the rung
    last values it below its threshold.
    """
    frame = consent.frame
    table = {}
    for lift in ceiling.lift:
        share = frame.benefit[lift.measure]
        quo = frame.status_quo(lift.measure)
        today = share[:, quo : quo + 1]
        left = np.maximum(1.0 - today, 1e-9)
        done = np.maximum((share - today) / left, 0.0)
        durable = np.where(_short_of_backing(consent, lift.measure), 0.5, 1.0)
        size = np.full(frame.count, lift.share)
        if lift.times:
            size = size * frame.parameter(lift.times)
        table[lift.measure] = size[:, None] * done * durable
    return table


def full_lift(consent: Consent, ceiling: Ceiling) -> Floats:
    """Return [world] the sum of all lifts at their tops."""
    total = np.zeros(consent.frame.count)
    for lift in ceiling.lift:
        size = consent.frame.parameter(lift.times) if lift.times else 1.0
        total = total + lift.share * size
    return total


def _short_of_backing(consent: Consent, measure: str) -> Floats:
    frame = consent.frame
    noun = frame.case.measure[measure]
    short = np.zeros((frame.count, len(noun.rungs) + 1), dtype=bool)
    for who in frame.case.constituencies:
        for rung in noun.rungs:
            if rung.id in who.durability:
                worth = consent.valued.gain[who.id, measure][:, rung.level]
                short[:, rung.level] |= worth < consent.threshold(who.id)
    return short


def _easings(consent: Consent, easing: Easing) -> Iterator[Pair]:
    frame = consent.frame
    ceiling = frame.case.ceiling[easing.ceiling]
    raised = progress(consent, ceiling)
    whole = np.maximum(1.0, full_lift(consent, ceiling))
    eased = 1.0 - frame.parameter(easing.remains)
    for (who, measure, criterion), losses in consent.valued.losses.items():
        if criterion != easing.criterion or measure in raised or not np.any(losses):
            continue
        counted = _counted(consent, who, measure, losses)
        for other, lift in raised.items():
            softer = (eased / whole)[:, None] * lift
            yield Pair(who, measure, other, counted[:, :, None] * softer[:, None, :])


def _learnings(consent: Consent, learning: Learning) -> Iterator[Pair]:
    frame = consent.frame
    gap = _weight(consent, learning.party, learning) - _weight(consent, learning.toward, learning)
    share = frame.benefit[learning.measure]
    quo = frame.status_quo(learning.measure)
    closed = frame.parameter(learning.rate)[:, None] * share * np.maximum(gap, 0.0)[:, None]
    for (who, measure, criterion), terms in consent.valued.terms.items():
        noun = frame.case.constituency[who]
        if criterion != learning.criterion or noun.party != learning.party:
            continue
        if measure == learning.measure or not np.any(terms):
            continue
        weight = np.maximum(frame.number(f"weights/{who}/{criterion}"), 0.0)[:, None]
        cut = np.minimum(closed, weight)
        fall = cut[:, quo : quo + 1] - cut
        counted = _counted(consent, who, measure, terms)
        yield Pair(who, measure, learning.measure, counted[:, :, None] * fall[:, None, :])


def _weight(consent: Consent, party: str, learning: Learning) -> Floats:
    for who in consent.frame.case.constituencies:
        address = f"weights/{who.id}/{learning.criterion}"
        known = address in consent.frame.worlds.numbers
        if who.party == party and who.kind == "executive" and known:
            return consent.frame.number(address)
    return np.zeros(consent.frame.count)


def _counted(consent: Consent, who: str, measure: str, amounts: Floats) -> Floats:
    """Amounts against the status quo, only on rungs whose worth comes from effects."""
    quo = consent.frame.status_quo(measure)
    derived = consent.valued.derived[who, measure]
    own = np.where(derived, amounts, 0.0)
    return np.where(derived, own - own[:, quo : quo + 1], 0.0)
