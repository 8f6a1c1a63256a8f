"""P7: answers do not depend on threads, on blocks, or on the other worlds of a block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.engine.problems import Draw, all_targets, columns, part
from winset import engine
from winset.engine import Problem

WORLDS = 37


def answers(problem: Problem) -> Iterator[np.ndarray]:
    """Everything the engine answers, one array after another, worlds leading."""
    quo = problem.structure.status_quo
    targets = columns(all_targets(problem.structure))
    yield from engine.judge(problem, quo + 0)
    yield engine.neighbours(problem, quo)
    yield engine.accepts(problem, [quo, np.diff(problem.structure.first) - 1])
    yield engine.alone(problem, *targets)
    yield from engine.witness(problem, targets[0][-1:], targets[1][-1:])
    yield engine.exists(problem, *targets)
    yield engine.exists(problem, *targets, node_limit=1)
    yield from engine.deepest(problem)
    yield from engine.deepest(problem, node_limit=2)


def in_blocks(problem: Problem, size: int) -> bytes:
    blocks = [
        list(answers(part(problem, start, min(WORLDS, start + size))))
        for start in range(0, WORLDS, size)
    ]
    return b"".join(np.concatenate(pieces).tobytes() for pieces in zip(*blocks, strict=True))


@pytest.mark.parametrize("seed", range(4000, 4012))
def test_threads_and_blocks_give_the_same_bytes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Draw(seed, worlds=WORLDS, measures=6 if seed % 2 else 4).problem()
    found = set()
    for threads in ("1", "2"):
        monkeypatch.setenv("WINSET_THREADS", threads)
        assert engine.ready.threads() == int(threads)
        found |= {in_blocks(problem, size) for size in (1, 7, WORLDS)}
    assert len(found) == 1


def test_the_order_of_the_worlds_does_not_matter() -> None:
    problem = Draw(4100, worlds=WORLDS, measures=6).problem()
    order = np.random.default_rng(0).permutation(WORLDS)
    values = type(problem.values)._make(array[order] for array in problem.values)
    shuffled = Problem(problem.structure, values)
    for one, other in zip(answers(problem), answers(shuffled), strict=True):
        assert (one[order] == other).all()
