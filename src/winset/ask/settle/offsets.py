"""What would have to be added for a refused rung to be accepted, and who would pay for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.near import follow
from winset.ask.reach.units import Unit, blamed, failed_rows, failing, units_of
from winset.engine import Judgement, judge
from winset.problem import Compiled

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
MICRO = 1_000_000


@dataclass(frozen=True)
class Offsets:
    """What turns one rung, taken with what it needs and all else as today."""

    refused: Bools
    """[world] whether it is refused so."""
    turns: dict[str, Bools]
    """By rung added: [world] whether it is accepted together with that one (false: not refused)."""
    costs: dict[str, Floats]
    """By rung added: [world, party] what the addition changes in each executive's gain, points."""
    payments: dict[tuple[str, str], Floats]
    """By receiver and payer: [world] points that the payer loses where its payment turns the verdict
    on a rung that the receiver alone stops; else NaN."""


@dataclass(frozen=True)
class Payments:
    """Terms of side payments, a point of one taken for a point of another."""

    leak: float = 0.0
    """Share of what is paid that does not arrive, below 1."""
    ceiling: float = np.inf
    """Most points that any payer gives."""


def find_offsets(
    compiled: Compiled,
    valued: Compiled,
    rung: str,
    *,
    rows: list[int],
    rungs: Mapping[str, int],
    payers: Sequence[str],
    terms: Payments,
    spared: Collection[str],
) -> Offsets:
    """Try every other rung of the case beside one rung, in a block of worlds.

    Parameters
    ----------
    compiled
        The block.
    valued, rows
        The same worlds, and the rows that hold each executive's gain.
    rung
        The rung that is refused.
    rungs
        Level of each rung in its measure.
    payers, terms
        Executives that may pay, in the order of ``rows``, and on which terms.
    spared
        Constituencies whose refusal nothing is said to turn.
    """
    problem, names = compiled.problem, compiled.names
    st = problem.structure
    worlds = problem.values.depth.shape[0]
    base = np.tile(st.status_quo, (worlds, 1))
    slot = {name: index for index, name in enumerate(names.slots) if name}
    measure_of = np.repeat(np.arange(st.status_quo.size), np.diff(st.first))
    asked = measure_of[slot[rung]]
    base[:, asked] = rungs[rung]
    follow(problem, base)
    judged = judge(problem, base)
    units = units_of(names)
    fails = blamed(problem, units, failing(units, judged))
    refused = ~judged.accepted
    kept = [place for place, unit in enumerate(units) if unit.who in spared]
    open_to_offers = refused & ~fails[:, kept].any(axis=1)
    before = _gains(valued, base, rows)
    turns, costs = {}, {}
    for name, index in slot.items():
        other = measure_of[index]
        if other == asked or (base[:, other] >= rungs[name]).all():
            continue
        package = base.copy()
        package[:, other] = np.maximum(package[:, other], rungs[name])
        follow(problem, package)
        package[:, asked] = base[:, asked]
        turned = open_to_offers & judge(problem, package).accepted
        if turned.any():
            turns[name] = turned
            costs[name] = _gains(valued, package, rows) - before
    lone = (fails.sum(axis=1) == 1) & refused & ~judged.shut
    payments = {}
    for place, unit in enumerate(units):
        here = lone & fails[:, place]
        if unit.owner >= 0 and place not in kept and here.any():
            short = np.where(here, _short(compiled, judged, unit), np.nan)
            for payer in payers:
                if payer != unit.who:
                    spare = _spare(compiled, judged, payer)
                    payments[unit.who, payer] = _paid(short, spare, terms)
    return Offsets(refused, turns, costs, payments)


def _short(compiled: Compiled, judged: Judgement, unit: Unit) -> Floats:
    """Points that would mend every failed row of a constituency, [world]."""
    own = np.array(unit.rows, dtype=np.intp)
    short = np.where(failed_rows(judged)[:, own], -judged.row_slack[:, own], 0)
    points: Floats = (short / (compiled.names.row_scale[own] * float(MICRO))).max(axis=1)
    return points


def _spare(compiled: Compiled, judged: Judgement, payer: str) -> Floats:
    """Points that an executive could lose on the whole, [world]."""
    own = [
        index
        for index, row in enumerate(compiled.names.rows)
        if row.kind == "package" and row.constituency == payer
    ]
    on = compiled.problem.values.row_on[:, own]
    spare = judged.row_slack[:, own] / (compiled.names.row_scale[own] * float(MICRO))
    least: Floats = np.where(on, spare, np.inf).min(axis=1)
    return least


def _paid(short: Floats, spare: Floats, terms: Payments) -> Floats:
    """Points paid for what is short, NaN where the payer cannot or may not."""
    paid = short / (1.0 - terms.leak)
    possible = (paid <= spare) & (paid <= terms.ceiling)
    return np.where(possible, paid, np.nan)


def _gains(valued: Compiled, packages: NDArray[np.int8], rows: list[int]) -> Floats:
    judged = judge(valued.problem, packages)
    before = valued.problem.values.constant[:, rows]
    gains: Floats = (judged.row_slack[:, rows] - before) / (
        valued.names.row_scale[rows] * float(MICRO)
    )
    return gains
