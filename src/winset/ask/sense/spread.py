"""How the spread of each finding over worlds divides among bases and groups of inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from winset.ask.sense.finding import Floats
from winset.ask.sense.groups import (
    BASES,
    GROUPS,
    basis_of,
    bootstrap_error,
    group_of,
    variance_shares,
)
from winset.ask.sense.vary import Panel, Rows
from winset.worlds import Worlds

_OTHER_SEED = 1_000_003
"""Added to the seed for the second sample."""


def outputs(base: Panel, worlds: Worlds) -> dict[str, Floats]:
    """Return what each finding says in each world, [world]; the blocker has no such number."""
    found, subjects = base.look(worlds, stops=False), base.subjects
    numbers = {"depth": found.depth, "package": found.accepted[:, subjects.step].astype(float)}
    for name, place in (("lead", subjects.lead), ("beyond", subjects.beyond)):
        if place >= 0:
            numbers[name] = found.open[:, place].astype(float)
    return numbers


def by_basis(base: Panel) -> Iterator[Rows]:
    """Yield the rows of each basis; common factors are set aside, because they cross bases."""
    basis = basis_of(base.worlds.case)

    def reads(address: str) -> str:
        return basis(address) if group_of(address) else ""

    yield from _shares(base, BASES, reads, correlated=False)


def by_group(base: Panel) -> Iterator[Rows]:
    """Yield the rows of each group of inputs, with the common factors of the case."""
    yield from _shares(base, GROUPS, group_of, correlated=base.worlds.correlated)


def _shares(
    base: Panel, names: Sequence[str], name_of: Callable[[str], str], *, correlated: bool
) -> Iterator[Rows]:
    case, rng = base.worlds.case, base.worlds.rng
    free = [address for address, value in case.values.items() if not value.exact]
    free += [choice.address for choice in case.switches]
    sizes = {name: sum(name_of(address) == name for address in free) for name in names}

    def sample(anew: Callable[[str], bool]) -> dict[str, Floats]:
        def seed_of(address: str) -> int:
            return rng + _OTHER_SEED * anew(address)

        return outputs(base, base.redrawn(correlated=correlated, seed_of=seed_of))

    a, b = sample(lambda _: False), sample(lambda _: True)
    for name in names:
        if sizes[name]:
            mixed = sample(lambda address, name=name: name_of(address) == name)  # type: ignore[misc]
            yield [_row(finding, name, sizes[name], a, b, mixed) for finding in a]


def _row(
    finding: str,
    name: str,
    size: int,
    a: Mapping[str, Floats],
    b: Mapping[str, Floats],
    mixed: Mapping[str, Floats],
) -> tuple[object, ...]:
    samples = a[finding], b[finding], mixed[finding]
    first, total = variance_shares(*samples)
    errors = bootstrap_error(*samples)
    return finding, name, size, first, errors[0], total, errors[1]


def influence(numbers: Mapping[str, Floats], output: Floats) -> dict[str, float]:
    """Return the absolute rank correlation of each number that varies with an output, [world]."""
    if np.ptp(output) == 0:
        return {}
    place = _centred_ranks(output)
    found = {}
    for address, drawn in numbers.items():
        if np.ptp(drawn) > 0:
            found[address] = abs(float(place @ _centred_ranks(drawn)))
    return found


def _centred_ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata  # heavy

    ranks = rankdata(values) - (values.size + 1) / 2
    scaled: Floats = ranks / np.sqrt(ranks @ ranks)
    return scaled
