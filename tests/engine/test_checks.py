"""What the mutants of the engine are tried on holds for the engine itself, uncompiled."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from tests.engine import checks
from winset import engine
from winset.engine import Problem
from winset.engine.warm import _tiny_problem
from winset.testing.twin import twin

LONG = (checks.check_first_answers, checks.check_answers)
"""Tried on more problems, compiled, in the files beside this one."""


@pytest.mark.parametrize(
    "check",
    [check for check in (*checks.INSIDE, *checks.BESIDE) if check not in LONG],
    ids=lambda check: check.__name__,
)
def test_the_plain_engine_keeps(check: Callable[[ModuleType], None]) -> None:
    with np.errstate(all="ignore"):
        check(twin())


def test_a_row_that_reads_no_measure_shuts_out_its_owner_alone() -> None:
    structure, values = _tiny_problem()
    none = np.zeros(0)
    problem = Problem(
        structure._replace(
            row_start=np.zeros(2),
            row_measure=none,
            coef_start=none,
            row_owner=np.zeros(1),
            accept_start=np.array([0, 2]),
            accept_owner=np.array([0, 1]),
        ),
        values._replace(constant=np.array([[-1]]), coef=np.zeros((1, 0))),
    )
    for each in (engine, twin()):
        found = each.deepest(problem)
        assert found.levels.tolist() == [[1, 1]]
        assert found.settled.all()
        assert each.exists(problem, [0, 1], [1, 1]).tolist() == [[1, 1]]
