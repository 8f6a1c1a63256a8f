"""The consent map: who must agree to a rung, who complains, who can spoil it, who will react."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.edge.schemas import CONSENTS
from winset.case.model import Constituency, Rung
from winset.problem import consent_of
from winset.problem.consent import ASKED_KINDS, Consent
from winset.tables import Table, quartiles, share_of
from winset.words.reach import unpriced
from winset.worlds import Worlds

_NOTHING = np.full(0, np.nan)
Floats = NDArray[np.float64]


def consents(worlds: Worlds, rungs: Sequence[str], most: int) -> Table:
    """Build the consent map of some rungs from the first ``most`` worlds.

    The margin of those who are asked is the worth of the rung, with all else as today, above
    their floor; of those who are not, above their threshold; of outsiders it is their attitude.
    """
    count = min(most, worlds.n)
    consent = consent_of(worlds, 0, count)
    rows: list[tuple[object, ...]] = []
    for name in rungs:
        rung = worlds.case.rung[name]
        if rung.level <= worlds.case.measure[rung.measure].status_quo:
            continue
        found = _asked(consent, rung) + _outside(worlds, rung, count)
        for who, role, margin in found:
            refusing = share_of(int((margin < 0).sum()), margin.size)
            rows.append((name, who, role, *quartiles(margin), *refusing, margin.size))
    return CONSENTS.from_rows(rows)


def _asked(consent: Consent, rung: Rung) -> list[tuple[str, str, Floats]]:
    case = consent.frame.case
    spared = unpriced(case)
    found = []
    for who in case.constituencies:
        worth = consent.worth.get((who.id, rung.measure))
        if worth is None or not consent.frame.participates(who.id, case.measure[rung.measure]):
            continue
        role = _role(who, rung)
        if not role:
            continue
        asked = role == "must agree"
        least = consent.floor(who.id) if asked else consent.threshold(who.id)
        margin = _NOTHING if who.id in spared else worth[:, rung.level] - least
        found.append((who.id, role, margin))
    return found


def _role(who: Constituency, rung: Rung) -> str:
    if who.kind in ASKED_KINDS and rung.id in who.asked_for:
        return "must agree"
    if rung.id in who.durability:
        return "makes it last"
    if who.kind == "spoiler":
        return "can spoil"
    return "" if who.kind == "process" else "can only complain"


def _outside(worlds: Worlds, rung: Rung, count: int) -> list[tuple[str, str, Floats]]:
    return [
        (view.outsider, "will react", worlds.number(view.value.address)[:count])
        for view in worlds.case.attitudes
        if view.measure == rung.measure
    ]
