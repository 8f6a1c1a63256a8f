"""What other numbers of the same worlds change in the values of rungs, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.problem.frame import Floats, Frame
from winset.problem.values import (
    Cell,
    Effects,
    Shares,
    Valued,
    amplified,
    lobbied,
    shares_of,
    value_cell,
    value_rungs,
)
from winset.worlds.draw import Worlds

_OWN = ("weights", "stances", "constituencies")
"""Tables whose numbers matter to the cells of one constituency, and to whom it amplifies."""
_HEAT = "heat"
"""Column of the rungs whose numbers matter to how a measure's rungs share in an objection."""


def differences(frame: Frame, known: Valued, worlds: Worlds) -> dict[Cell, Floats]:
    """Return what other numbers add to the worth of rungs against the status quo.

    Equal to the difference of two valuations; a cell that the numbers leave alone is not valued
    and not named.

    Parameters
    ----------
    frame, known
        A block of worlds, and its valuation of all constituencies.
    worlds
        The same worlds with other numbers.

    Returns
    -------
    dict
        [world, level] by constituency and measure, in points.
    """
    here = replace(frame, worlds=worlds)
    changed = _changed(frame.worlds, worlds)
    if changed is None or not all(_understood(address) for address in changed):
        gain = value_rungs(here).gain
        return {cell: gain[cell] - known.gain[cell] for cell in gain}
    effects, shares = known.effects, known.shares
    cells = set(_own_cells(here, known, changed))
    if _reaches_others(frame, changed):
        effects = amplified(here)
        shares = shares_of(here, effects)
        cells |= {
            (who.id, measure)
            for measure, criterion, party in _moved(known, effects, shares)
            for who in frame.case.constituencies
            if who.party == party and criterion in here.weights[who.id]
        }
    anew = Valued(effects=effects)
    own = dict(known.own)
    for who, measure in cells:
        nouns = frame.case.constituency[who], frame.case.measure[measure]
        value_cell(here, effects, shares, *nouns, anew)
        value, quo = anew.value[who, measure], frame.status_quo(measure)
        own[who, measure] = value - value[:, quo : quo + 1]
    gain = lobbied(here, own)
    hosts = {cell for cell in gain if gain[cell] is not own[cell]}
    return {cell: gain[cell] - known.gain[cell] for cell in cells | hosts}


def _changed(one: Worlds, other: Worlds) -> set[str] | None:
    """Return the addresses of numbers that differ; None where forms of the model do too."""
    forms = (one.settings, other.settings), (one.flags, other.flags), (one.options, other.options)
    for mine, theirs in forms:
        if not _alike(mine, theirs):
            return None
    return {a for a, number in other.numbers.items() if not _same(number, one.numbers[a])}


def _understood(address: str) -> bool:
    table, *_, column = address.split("/")
    return table in _OWN or (table == "rungs" and column == _HEAT)


def _reaches_others(frame: Frame, changed: set[str]) -> bool:
    """Tell whether numbers matter to cells of constituencies whose own numbers are the same."""
    speakers = {amplifier.who for amplifier in frame.case.mechanisms.amplifiers}
    owners = {address.split("/")[1] for address in changed}
    return bool(speakers & owners) or any(address.endswith(f"/{_HEAT}") for address in changed)


def _moved(
    known: Valued, effects: Effects, shares: Mapping[tuple[str, str, str], Shares]
) -> list[tuple[str, str, str]]:
    """Name the effects whose size, or whose share by rung, is another one."""
    return [
        key
        for key, effect in effects.items()
        if not (
            _same(effect, known.effects[key]) and _same(shares[key].plain, known.shares[key].plain)
        )
    ]


def _alike(one: Mapping[str, NDArray[Any]], other: Mapping[str, NDArray[Any]]) -> bool:
    return all(_same(v, other[name]) for name, v in one.items() if not name.startswith("leaders/"))


def _same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one is other or np.array_equal(one, other)


def _own_cells(frame: Frame, known: Valued, changed: set[str]) -> set[Cell]:
    """Name the cells of constituencies whose own numbers differ."""
    cells: set[Cell] = set()
    for table, who, *key in (address.split("/") for address in changed):
        if table not in _OWN:
            continue
        party = frame.case.constituency[who].party
        cells |= {
            (who, measure.id)
            for measure in frame.case.measures
            if table == "stances"
            or (table == "weights" and (measure.id, key[0], party) in known.effects)
        }
    return cells
