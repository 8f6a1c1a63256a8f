"""How wide a step every party bears: bands, what they have in common, slippage, statement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.edge.schemas import SCOPE
from winset.tables import Table, quartiles, share_of
from winset.worlds import Worlds

LEVELS = (1, 2, 3, 4)
Floats = NDArray[np.float64]


def scope(worlds: Worlds) -> Table:
    """Build the table of widths: each party's band and what all bear, in three variants.

    A step of scope s is borne where ``s + slip horizon / 8 (1 - relieved) <= ideal + tolerance``;
    without slippage the second term is left out, with the statement the relieving measure stands
    at its top.
    """
    case, rule = worlds.case, worlds.case.mechanisms.scope
    limits = {party.id: party.scope for party in case.parties if party.scope is not None}
    if rule is None or not limits:
        return SCOPE.from_rows(())
    full = _number(worlds, rule.slip) * rule.horizon_quarters / 8.0
    today = case.measure[rule.relief].status_quo if rule.relief else 0
    relieved = rule.relieved[today - 1] if today else 0.0
    slips = {"none": 0.0 * full, "slippage": full * (1.0 - relieved)}
    if rule.relief:
        slips["statement"] = full * (1.0 - rule.relieved[-1])
    ideals = {name: _number(worlds, pair[0]) for name, pair in limits.items()}
    tolerances = {name: _number(worlds, pair[1]) for name, pair in limits.items()}
    lows = {name: ideals[name] - tolerances[name] for name in limits}
    highs = {name: ideals[name] + tolerances[name] for name in limits}
    common = np.max([*lows.values()], axis=0), np.min([*highs.values()], axis=0)
    nothing = np.zeros(0)
    rows: list[tuple[object, ...]] = []
    for variant, slip in slips.items():
        for name in limits:
            bands = (lows[name], ideals[name], highs[name])
            rows += _rows(name, variant, slip, bands, nothing)
        width = common[1] - slip - common[0]
        rows += _rows("all", variant, slip, (common[0], nothing, common[1]), width)
    return SCOPE.from_rows(rows)


def _number(worlds: Worlds, parameter: str) -> Floats:
    return worlds.number(f"parameters/{parameter}")


def _rows(
    party: str,
    variant: str,
    slip: Floats,
    bands: tuple[Floats, Floats, Floats],
    width: Floats,
) -> list[tuple[object, ...]]:
    overlap = share_of(int((width >= 0).sum()), width.size)
    told = [number for band in bands for number in quartiles(band)]
    rest = (*told, *overlap, *quartiles(width), slip.size)
    return [
        (
            party,
            variant,
            level,
            *share_of(int((level + slip <= bands[2]).sum()), slip.size),
            *rest,
        )
        for level in LEVELS
    ]
