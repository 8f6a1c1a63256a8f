"""The compiled model through time says what its plain statement says, world by world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import winset.engine
from tests.engine.checks_simulate import (
    bundled,
    check_bundled_programmes,
    check_horizon,
    check_reading_ahead,
    check_stories,
    compare,
    programmes,
    stories,
    told_by,
    told_plainly,
)
from winset.engine.layout import Problem
from winset.engine.simulate import EVENTS
from winset.engine.simulate.parts import CARRIED, OVERTAKEN
from winset.engine.simulate.run import simulate_block
from winset.testing.twin import twin


@pytest.mark.slow
@pytest.mark.parametrize("check", [check_stories, check_bundled_programmes, check_horizon])
def test_the_kernel_says_what_the_plain_statement_says(check):
    check(winset.engine)


def test_what_is_read_ahead_is_each_number_of_the_next_world_once():
    check_reading_ahead(twin())


def test_the_stories_ask_the_very_kernel_that_programmes_are_followed_by():
    for (story, _), *_ in (stories(), bundled()):
        told_by(winset.engine, story)
    assert len(simulate_block.signatures) == 1


def test_a_ceiling_over_the_mean_of_several_measures_binds_in_time_too():
    fates = []
    for form in ("mean", "off"):
        story, *_ = programmes(
            "trilateral-2022", f"settings/ceiling = {form}", "parameters/hist_cap = 0"
        )
        compare(told_by(winset.engine, story), told_plainly(story))
        fates.append(told_by(winset.engine, story).fate)
    assert not np.array_equal(*fates)


def test_a_step_that_needs_the_consent_of_nobody_there_is_refused_as_in_the_snapshot():
    for story, _ in stories()[:40]:
        st, values = story.problem
        nobody = st._replace(accept_start=np.append(st.accept_start, st.accept_start[-1]))
        other = replace(story, problem=Problem(nobody, values))
        compare(told_by(winset.engine, other), told_plainly(other))


def test_the_stories_reach_everything_that_can_happen():
    records = [told_by(winset.engine, story) for story, _ in stories()]
    events = np.bitwise_or.reduce([np.bitwise_or.reduce(rec.events, axis=None) for rec in records])
    assert events == (1 << len(EVENTS)) - 1
    assert set(np.concatenate([rec.fate.ravel() for rec in records])) == set(range(OVERTAKEN + 1))
    assert set(np.concatenate([rec.answer.ravel() for rec in records])) == set(range(CARRIED + 1))
