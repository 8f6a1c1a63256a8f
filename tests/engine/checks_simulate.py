"""What the model through time must hold: the tests beside this file, asked of another engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest.mock import patch

import winset
from winset.problem.programme import compile_steps

test_simulate: Any = import_module("tests.engine.test_simulate")
FEW = 4
"""Worlds, where the tests take more."""


@cache
def fixtures() -> tuple[Any, Any, Any]:
    """Return the case, a programme made ready, and one without steps."""
    case = winset.load("trilateral-2022")
    smith = next(one for one in case.programmes if one.id == "smith")
    still = replace(case.programmes[0], steps=())
    timed = [test_simulate.timed_of(case, one, n=FEW) for one in (smith, still)]
    return (
        case,
        (timed[0], compile_steps(smith, timed[0])),
        (timed[1], compile_steps(still, timed[1])),
    )


@contextmanager
def asked_of(engine: ModuleType) -> Iterator[None]:
    """Let the tests ask an engine that is not compiled."""
    simulate = import_module(f"{engine.__name__}.simulate").simulate
    run = partial(test_simulate.run, how=simulate)
    with (
        patch.object(test_simulate, "run", run),
        patch.object(test_simulate, "twin", lambda: engine),
        patch.object(test_simulate, "timed_of", partial(test_simulate.timed_of, n=FEW)),
    ):
        yield


def check_steps(engine: ModuleType) -> None:
    """A step is asked as in the snapshot; what is kept step by step is what a fresh count gives."""
    case, ready, _ = fixtures()
    with asked_of(engine):
        test_simulate.test_the_last_answer_of_a_single_step_at_the_start_is_that_of_the_snapshot(
            case
        )
        test_simulate.test_sums_kept_step_by_step_are_those_added_up_from_scratch(ready)
        test_simulate.test_the_wholes_looked_at_are_those_of_the_snapshot(ready)
        test_simulate.test_more_quarters_than_chance_was_drawn_for_are_refused(ready)


def check_standing_still(engine: ModuleType) -> None:
    """Where nothing is asked and nothing happens, each state follows its closed form."""
    with asked_of(engine):
        test_simulate.test_nothing_is_asked_and_nothing_happens_then_each_state_follows_its_closed_form(
            fixtures()[2]
        )


def check_switches(engine: ModuleType) -> None:
    """A mechanism that is off leaves no trace."""
    with asked_of(engine):
        for name in test_simulate.SWITCHED:
            test_simulate.test_a_mechanism_that_is_off_leaves_no_trace(fixtures()[1], name)


SIMULATION: tuple[Callable[[ModuleType], None], ...] = (
    check_steps,
    check_standing_still,
    check_switches,
)
