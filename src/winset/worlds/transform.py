"""Other worlds made of drawn ones: what magnitudes, signs and owners of values contribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Effect, Value
from winset.worlds.draw import Worlds
from winset.worlds.keyed import uniform

JUDGEMENTS = ("weights", "effects", "stances", "linkages")
"""Tables whose values say what somebody wants or what a measure does."""
_Floats = NDArray[np.float64]


def fixed(worlds: Worlds, values: Mapping[str, float]) -> Worlds:
    """Hold some numbers at one value in every world, after all changes."""
    held = {address: np.full(worlds.n, value) for address, value in values.items()}
    return replace(worlds, numbers={**worlds.numbers, **held})


def stacked(parts: Sequence[Worlds]) -> Worlds:
    """Put worlds of one case one after the other, as if they were drawn together.

    Only what is computed world by world may be asked of them: the stack has the number and the
    changes of the first part.
    """
    first = parts[0]
    return replace(
        first,
        n=sum(part.n for part in parts),
        numbers={
            name: np.concatenate([part.numbers[name] for part in parts]) for name in first.numbers
        },
        options={
            name: np.concatenate([part.options[name] for part in parts]) for name in first.options
        },
        settings={
            name: np.concatenate([part.settings[name] for part in parts]) for name in first.settings
        },
        flags={name: np.concatenate([part.flags[name] for part in parts]) for name in first.flags},
    )


def judgements(worlds: Worlds, tables: Iterable[str] = JUDGEMENTS) -> dict[str, Value]:
    """Return the coded values of some tables, by address."""
    wanted = set(tables)
    values = worlds.case.values.items()
    return {address: value for address, value in values if address.partition("/")[0] in wanted}


def sign_only(worlds: Worlds) -> Worlds:
    """Keep of each judgement the sign of its mode; its size is the mean size of its table."""
    size = _mean_sizes(worlds)
    return fixed(
        worlds,
        {
            address: float(np.sign(value.mode)) * size[address.partition("/")[0]]
            for address, value in judgements(worlds).items()
        },
    )


def random_sizes(worlds: Worlds) -> Worlds:
    """Keep the sign of each mode and draw its size evenly, from 0 to twice the table's mean."""
    size = _mean_sizes(worlds)
    drawn: dict[str, _Floats] = {}
    for address, value in judgements(worlds).items():
        share = uniform(worlds.rng, f"null/size/{address}", worlds.first, worlds.n)
        drawn[address] = np.sign(value.mode) * 2.0 * size[address.partition("/")[0]] * share
    return replace(worlds, numbers={**worlds.numbers, **drawn})


def coin_flips(worlds: Worlds) -> Worlds:
    """Give each assumed judgement a random sign in each world."""
    drawn: dict[str, _Floats] = {}
    for address, value in judgements(worlds).items():
        if value.basis == "A":
            heads = uniform(worlds.rng, f"null/coin/{address}", worlds.first, worlds.n) < 0.5
            drawn[address] = np.where(heads, 1.0, -1.0) * worlds.numbers[address]
    return replace(worlds, numbers={**worlds.numbers, **drawn})


def sources_only(worlds: Worlds) -> Worlds:
    """Set every judgement that no source states to 0."""
    values = judgements(worlds).items()
    return fixed(worlds, {address: 0.0 for address, value in values if value.basis != "S"})


def permuted_weights(worlds: Worlds) -> Worlds:
    """Hand each constituency the whole row of weights of a random other one, in each world."""
    people = [who.id for who in worlds.case.constituencies]
    ranks = [uniform(worlds.rng, f"null/owner/{who}", worlds.first, worlds.n) for who in people]
    owner = np.argsort(np.stack(ranks), axis=0)
    others = {a: n for a, n in worlds.numbers.items() if not a.startswith("weights/")}
    for criterion in worlds.case.criteria:
        addresses = [f"weights/{who}/{criterion.id}" for who in people]
        rows = np.stack([worlds.numbers.get(a, np.zeros(worlds.n)) for a in addresses])
        moved = np.take_along_axis(rows, owner, axis=0)
        others |= dict(zip(addresses, moved, strict=True))
    return replace(worlds, numbers=others)


def mirrored(worlds: Worlds) -> tuple[Worlds, str]:
    """Give every other party the losses coded for the one that was given most of them.

    Returns
    -------
    tuple[Worlds, str]
        The worlds, and the party whose losses the others now share; empty where no effect of a
        single party is negative.
    """
    case = worlds.case
    losses = [effect for effect in case.effects if effect.party and effect.value.mode < 0]
    counts = {party.id: sum(e.party == party.id for e in losses) for party in case.parties}
    burdened = max(counts, key=lambda party: counts[party], default="")
    if not counts.get(burdened):
        return worlds, ""
    numbers = dict(worlds.numbers)
    added: list[Effect] = []
    for effect in losses:
        takers = case.measure[effect.measure].participants if effect.party == burdened else ()
        for party in [party.id for party in case.parties if party.id in takers]:
            if party == burdened:
                continue
            address = f"effects/{effect.measure}/{effect.criterion}/{party}"
            shared = f"effects/{effect.measure}/{effect.criterion}"
            own = numbers.get(address, numbers.get(shared, np.zeros(worlds.n)))
            numbers[address] = np.minimum(own, worlds.numbers[effect.value.address])
            value = replace(effect.value, address=address)
            added.append(replace(effect, party=party, value=value))
    other = replace(case, effects=(*case.effects, *added))
    return replace(worlds, case=other, numbers=numbers), burdened


def _mean_sizes(worlds: Worlds) -> dict[str, float]:
    """Mean size of the modes of each table, values at 0 left out."""
    sizes: dict[str, list[float]] = {}
    for address, value in judgements(worlds).items():
        if value.mode:
            sizes.setdefault(address.partition("/")[0], []).append(abs(value.mode))
    return {table: float(np.mean(sizes.get(table, [0.0]))) for table in JUDGEMENTS}
