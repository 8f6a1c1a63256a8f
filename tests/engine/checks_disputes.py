"""What the engine must say of disputes: the same as the definitions, and without detours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np

from tests.conflict.random_conflicts import conflict, ranked, restated
from tests.engine.counting import counted
from winset.conflict import CONCEPTS, Conflict, Option, Player
from winset.conflict.solve import ANSWERINGS
from winset.engine.conflict_api import Answering, Graph
from winset.oracle.conflict import Plain, stable, together

Groups = tuple[tuple[int, ...], ...]
Bits = dict[Answering, list[list[int]]]

SPENT = {
    ("conflict", "answers"): 2_993,
    ("conflict", "one_by_one"): 480,
    ("conflict", "stands_at_once"): 2_993,
    ("conflict_sanctions", "step_by_step"): 347,
    ("conflict_sanctions", "better"): 59_271,
    ("conflict_api", "judge_together"): 80,
    ("conflict_coalition", "escapes"): 114,
}
"""Most calls over all disputes: blocks and sweeps are there to save them."""


def apart(dispute: Conflict) -> Groups:
    """Everybody moves alone."""
    return tuple((place,) for place in range(len(dispute.players)))


def pair(dispute: Conflict) -> Groups:
    """The first two move together."""
    return ((0, 1), *apart(dispute)[2:])


def drawn() -> Iterator[tuple[Conflict, Groups]]:
    """Disputes and who moves together in them.

    The last ones are those in which the state of code 0, or two opponents at once, decide.
    """
    for seed in range(24):
        dispute = conflict(seed, plain=seed % 4 == 0)
        yield dispute, apart(dispute)
        if seed % 2:
            yield dispute, pair(dispute)
    for seed, free in ((0, False), (0, True), (1, True), (2, False), (3, True), (10, False)):
        dispute = ranked(seed, free=free)
        yield dispute, apart(dispute)
        yield dispute, pair(dispute)
    yield ranked(110), pair(ranked(110))
    yield ranked(59, free=True), pair(ranked(59, free=True))


@cache
def disputes() -> tuple[tuple[Conflict, Groups, Plain, Bits], ...]:
    """Judge the states of each dispute by the definitions."""
    found = []
    for dispute, groups in drawn():
        plain = restated(dispute)
        if groups != apart(dispute):
            plain = together(plain, groups)
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


def laid_out(api: ModuleType, dispute: Conflict, groups: Groups) -> Graph:
    """Lay a dispute out with the engine's own function."""
    ways = [
        sum(1 << place for place, option in enumerate(dispute.options) if option.way == way)
        for way in ("forward", "back")
    ]
    mask = np.array(dispute.mask, np.int64)
    graph = api.graph_of(dispute.index, mask, np.array(ways, np.int64), dispute.impossible, groups)
    assert isinstance(graph, tuple)
    return Graph(*graph)


def check_disputes(engine: ModuleType) -> None:
    """Every concept under every way of answering, and who gets where; without detours."""
    with counted(engine, SPENT) as spent:
        _check_answers(engine)
    assert all(spent[name] <= most for name, most in SPENT.items()), spent


def _check_answers(engine: ModuleType) -> None:
    api = import_module(f"{engine.__name__}.conflict_api")
    for dispute, groups, plain, bits in disputes():
        graph = api.Graph(*laid_out(api, dispute, groups))
        for answering in ANSWERINGS:
            found = api.stabilities(graph, dispute.rank[None], answering)
            assert found[:, 0].tolist() == bits[answering]
        if groups != apart(dispute):
            continue
        for improving in (True, False):
            for start in range(min(dispute.count, 4)):
                steps, parent = api.reached(graph, dispute.rank, start, improving=improving)
                wanted = _steps(plain, start, improving=improving)
                fewest = {state: moves for (state, _), moves in reversed(wanted.items())}
                assert steps.tolist() == [fewest.get(state, -1) for state in plain.states]
                lengths = [_length(parent.tolist(), node) for node in range(parent.size)]
                nodes = product(plain.states, range(len(groups) + 1))
                assert lengths == [wanted.get(node, -1) for node in nodes]


def _length(parent: list[int], node: int) -> int:
    """Moves from a node of a walk back to its start; -1 where no walk leads."""
    if parent[node] < 0:
        return -1
    length = 0
    while parent[node] != node:
        node = parent[node]
        length += 1
        assert length <= len(parent)
    return length


def check_limits_of_disputes(engine: ModuleType) -> None:
    """What is judged up to how many states, and when the short way is taken."""
    api: Any = import_module(f"{engine.__name__}.conflict_api")
    dispute = ranked(1, free=True)
    graph = api.Graph(*laid_out(api, dispute, pair(dispute)))
    most = api.MOST_TOGETHER
    try:
        for spare, judged in ((0, True), (-1, False)):
            api.MOST_TOGETHER = dispute.count + spare
            found = api.stabilities(graph, dispute.rank[None], "legal")[0]
            assert bool((found & (api.SMR | api.SSEQ)).any()) == judged
    finally:
        api.MOST_TOGETHER = most
    assert api.MOST_HELD == 6
    for held in (6, 7):
        options = tuple(Option(f"o{place}") for place in range(held + 1))
        players = (Player("one", tuple(range(held))), Player("other", (held,)))
        wide = laid_out(api, Conflict("wide", options, players), ((0,), (1,)))
        assert api._untangled(wide) == (held == 6)


def _steps(plain: Plain, start: int, *, improving: bool) -> dict[tuple[int, int], int]:
    """Return the fewest moves to each state and last mover, nobody moving twice in a row."""
    nobody = len(plain.holds)
    found = {(start, nobody): 0}
    todo = [(start, nobody)]
    for here, last in todo:
        for player in range(nobody):
            for there in plain.moves(player, here) if player != last else ():
                worse = improving and not plain.likes(player, there, here)
                if not worse and (there, player) not in found:
                    found[there, player] = found[here, last] + 1
                    todo.append((there, player))
    return found
