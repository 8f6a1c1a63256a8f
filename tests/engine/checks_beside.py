"""What an engine must answer beside the search: frontiers and disputes, by trying everything."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import product
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from tests.conflict.random_conflicts import conflict, restated
from winset.conflict import CONCEPTS, Conflict
from winset.conflict.solve import ANSWERINGS, layout
from winset.engine.conflict_api import Answering
from winset.oracle.conflict import Plain, stable, together

Gains = list[NDArray[np.int64]]
Classes = dict[tuple[int, ...], set[tuple[int, ...]]]


def by_trying_all(gains: Gains) -> Classes:
    """Return the undominated sums of gains, each with all packages behind it."""
    found: Classes = {}
    for package in product(*(range(len(part)) for part in gains)):
        total = sum(part[level] for part, level in zip(gains, package, strict=True))
        found.setdefault(tuple(np.asarray(total).tolist()), set()).add(package)
    return {
        one: packages
        for one, packages in found.items()
        if not any(
            other != one and all(a >= b for a, b in zip(other, one, strict=True)) for other in found
        )
    }


def check_frontiers(engine: ModuleType) -> None:
    """Every undominated sum, every package behind it; what would not fit is refused."""
    rng = np.random.default_rng(0)
    for seed in range(40):
        parties = 1 + seed % 4
        gains = [rng.integers(-3, 4, (rng.integers(1, 5), parties)) for _ in range(1 + seed % 3)]
        found = engine.additive_frontier(gains)
        told = {
            tuple(point): {tuple(one.tolist()) for one in engine.members(found, place)}
            for place, point in enumerate(found.points.tolist())
        }
        assert told == by_trying_all(gains)
        assert found.packages.tolist() == [len(told[tuple(p)]) for p in found.points.tolist()]
    module = import_module(f"{engine.__name__}.frontier")
    largest = module._LARGEST
    engine.additive_frontier([[[largest - 1]]])
    engine.additive_frontier([[[0]], [[0]]], memory=72)
    engine.additive_frontier([[[0], [0]]] * 62)
    refused: list[tuple[object, type[Exception], int]] = [
        ([[[largest]]], ValueError, 10**9),
        ([], ValueError, 10**9),
        ([[]], ValueError, 10**9),
        ([[0, 1]], ValueError, 10**9),
        ([[[0]], [[0, 1]]], ValueError, 10**9),
        ([[[0]], [[0]]], MemoryError, 71),
        ([[[0], [0]]] * 63, ValueError, 10**9),
    ]
    for odd, error, memory in refused:
        try:
            engine.additive_frontier(odd, memory=memory)
        except error:
            continue
        raise AssertionError(odd)


Groups = tuple[tuple[int, ...], ...]


@cache
def disputes() -> tuple[tuple[Conflict, Groups, Plain, dict[Answering, list[list[int]]]], ...]:
    """Draw disputes, judge their states by the definitions, each alone and two together."""
    found = []
    for seed in range(32):
        dispute = conflict(seed, plain=seed % 4 == 0)
        count = len(dispute.players)
        alone: Groups = tuple((place,) for place in range(count))
        for groups in (alone, ((0, 1), *alone[2:])) if seed % 2 else (alone,):
            plain = restated(dispute) if groups == alone else together(restated(dispute), groups)
            bits = {
                answering: [
                    [
                        sum(
                            bit
                            for concept, bit in CONCEPTS.items()
                            if stable(plain, group, state, concept, answering)
                        )
                        for state in plain.states
                    ]
                    for group in range(len(groups))
                ]
                for answering in ANSWERINGS
            }
            found.append((dispute, groups, plain, bits))
    return tuple(found)


def check_disputes(engine: ModuleType) -> None:
    """Every concept under every way of answering, and who gets where from each state."""
    api = import_module(f"{engine.__name__}.conflict_api")
    for dispute, groups, plain, bits in disputes():
        graph = api.Graph(*layout(dispute, groups))
        for answering in ANSWERINGS:
            found = api.stabilities(graph, dispute.rank[None], answering)
            assert found[:, 0].tolist() == bits[answering]
        if len(groups) < len(dispute.players):
            continue
        for improving in (True, False):
            for start in range(min(dispute.count, 4)):
                steps, _ = api.reached(graph, dispute.rank, start, improving=improving)
                wanted = _steps(plain, start, improving=improving)
                assert steps.tolist() == [wanted.get(state, -1) for state in plain.states]


def _steps(plain: Plain, start: int, *, improving: bool) -> dict[int, int]:
    """Return the fewest moves to each state, nobody moving twice in a row."""
    found = {start: 0}
    seen = {(start, -1)}
    layer = [(start, -1)]
    while layer:
        after = []
        for here, last in layer:
            for player in range(len(plain.holds)):
                for there in plain.moves(player, here) if player != last else ():
                    worse = improving and not plain.likes(player, there, here)
                    if not worse and (there, player) not in seen:
                        seen.add((there, player))
                        found.setdefault(there, found[here] + 1)
                        after.append((there, player))
        layer = after
    return found
