"""What the model through time must hold: what its plain statement says, asked of any engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

import winset
from tests.engine.plain_given import Given, steps_of
from tests.engine.plain_time import World, follow
from tests.engine.stories import EVERYTHING, Tale, tale
from winset.engine.simulate import MECHANISMS, Record
from winset.problem.programme import compile_steps
from winset.problem.timing import chances, compile_time, weather
from winset.worlds import draw

STORIES = range(900)
BUNDLED = 2
"""Worlds of the bundled case."""
LINE = 64
"""Bytes that memory hands over at a time."""
Answers = dict[str, np.ndarray]


def told_plainly(story: Tale) -> Answers:
    """What the plain statement says of all worlds of a story, by the fields of the record."""
    on = frozenset(name for i, name in enumerate(MECHANISMS) if story.mechanisms >> i & 1)
    steps, found = steps_of(story.steps), []
    for w in range(len(story.draws.par)):
        given = Given(story.problem, story.names, story.story, story.draws, w)
        facts = story.steps.fact[w].tolist()
        world = World(given, steps, facts, mechanisms=on)
        found.append(follow(world, story.quarters))
    return {name: np.array([one[name] for one in found]) for name in found[0]}


def told_by(engine: ModuleType, story: Tale) -> Record:
    """What an engine says; nothing in it may divide by nothing."""
    simulate: Any = import_module(f"{engine.__name__}.simulate").simulate
    with np.errstate(divide="raise", invalid="raise"):
        record: Record = simulate(
            story.problem,
            story.story,
            story.draws,
            story.steps,
            quarters=story.quarters,
            mechanisms=story.mechanisms,
        )
    return record


def compare(record: Record, plain: Answers) -> None:
    """Everything that is counted is the same; states to what a single float holds."""
    for name, expected in plain.items():
        got = getattr(record, name)
        if name == "state":
            np.testing.assert_allclose(got, expected, rtol=1e-4, atol=1e-5)
        else:
            np.testing.assert_array_equal(got, expected, err_msg=name)


@cache
def stories() -> list[tuple[Tale, Answers]]:
    """Random stories and what is true of them."""
    return [(story, told_plainly(story)) for story in map(tale, STORIES)]


@cache
def bundled() -> list[tuple[Tale, Answers]]:
    """Each programme of the bundled case over its whole horizon, and what is true of it."""
    return [(story, told_plainly(story)) for story in programmes("trilateral-2022")]


def programmes(name: str, *changes: str) -> Iterator[Tale]:
    case = winset.load(name)
    assert case.time is not None
    others = [f"leaders/{party} = {one.other}" for party, one in case.time.governments.items()]
    for programme in case.programmes:
        levers = [f"levers/{lever} = {at}" for lever, at in programme.settings.items()]
        own = [*levers, *changes]
        quarters = case.time.horizon
        worlds = draw(case, BUNDLED, changes=own)
        air = weather(worlds, draw(case, BUNDLED, changes=[*own, *others]), quarters)
        timed = compile_time(worlds, air, chances(air, 1, 0, BUNDLED), 0, BUNDLED)
        steps = compile_steps(programme, timed)
        problem, names = timed.compiled.problem, timed.compiled.names
        yield Tale(problem, names, timed.story, timed.draws, steps, EVERYTHING, quarters)


def check_stories(engine: ModuleType) -> None:
    """In random stories the engine says what the plain statement says."""
    for story, plain in stories():
        compare(told_by(engine, story), plain)


def check_bundled_programmes(engine: ModuleType) -> None:
    """In the bundled case, too."""
    for story, plain in bundled():
        compare(told_by(engine, story), plain)


def check_reading_ahead(engine: ModuleType) -> None:
    """Memory is asked for every world but the first, and for each line of it once."""
    ahead = import_module(f"{engine.__name__}.simulate.ahead")
    story = next(one for one, _ in stories() if one.draws.chance[0].nbytes % LINE == 0)
    chance, asked = story.draws.chance, []

    def prefetch(array: Any, place: int) -> None:
        assert 0 <= place < array.size
        asked.append((id(array), place))

    with patch.object(ahead, "prefetch", prefetch):
        told_by(engine, story)
    places = [place for array, place in asked if array == id(chance)]
    assert places == list(range(chance[0].size, chance.size, LINE // chance.itemsize))


def check_horizon(engine: ModuleType) -> None:
    """No more quarters are followed than chance was drawn for, and all of those."""
    story, _ = stories()[0]
    drawn = story.draws.chance.shape[1]
    simulate: Any = import_module(f"{engine.__name__}.simulate").simulate
    given = (story.problem, story.story, story.draws, story.steps)
    assert simulate(*given, quarters=drawn).events.shape[1] == drawn
    with pytest.raises(ValueError, match="chance is drawn"):
        simulate(*given, quarters=drawn + 1)


SIMULATION: tuple[Callable[[ModuleType], None], ...] = (
    check_stories,
    check_bundled_programmes,
    check_reading_ahead,
    check_horizon,
)
"""The model through time: its answers, and what is read ahead of them."""
