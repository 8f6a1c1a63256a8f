"""What the mutants of the engine are tried on holds for the engine itself, uncompiled."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest

from tests.engine import checks
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
