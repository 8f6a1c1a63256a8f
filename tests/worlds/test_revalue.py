"""Valuing only what other numbers change gives what valuing everything anew gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import winset
from tests.properties.tools import examples, shown
from winset.problem.frame import Frame
from winset.problem.revalue import differences
from winset.problem.values import value_rungs
from winset.testing import cases
from winset.worlds import draw, redraw

N = 12


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


@pytest.fixture(scope="module")
def valued(case):
    frame = Frame(draw(case, N), 0, N)
    return frame, value_rungs(frame)


CHANGES = {
    "a weight": ["weights/KR-PRES/DTW *= 2"],
    "a lobby's weight": ["weights/KR-COR/ECO += 1"],
    "a speaker's weight": ["weights/US-DIA/REC -= 3"],
    "a threshold": ["constituencies/JP-PM/threshold = 1"],
    "other governments": ["leaders/US = other", "leaders/ROK = other"],
    "a rung": ["rungs/D1.3/heat = 0"],
    "a parameter": ["parameters/cost_curve = 2"],
    "a form": ["settings/ceiling = off", "weights/KR-PRES/DTW *= 2"],
}


@pytest.mark.parametrize("name", CHANGES)
def test_differences_are_those_of_two_valuations(case, valued, name):
    frame, known = valued
    changes = CHANGES[name]
    if name == "other governments":
        changes = [f"leaders/{party} = {one.other}" for party, one in case.time.governments.items()]
    found = checked(frame, known, redraw(frame.worlds, changes))
    moved = [cell for cell in found if found[cell].any()]
    assert bool(moved) == (name != "a threshold")


def checked(frame, known, worlds):
    """Return the differences, having compared them with valuing everything."""
    anew = value_rungs(replace(frame, worlds=worlds)).gain
    found = differences(frame, known, worlds)
    assert all(np.array_equal(found[cell], anew[cell] - known.gain[cell]) for cell in found)
    left = {*anew} - {*found}
    assert all(np.array_equal(anew[cell], known.gain[cell]) for cell in left)
    return found


def numbers_of(worlds, table, column, factor):
    """The same worlds in which one column of a table is some times as great."""
    changed = {
        address: number * factor
        for address, number in worlds.numbers.items()
        if address.startswith(f"{table}/") and address.endswith(column)
    }
    return replace(worlds, numbers={**worlds.numbers, **changed})


@examples(30)
@given(cases(packages=400, uncertain=True), st.sampled_from([0.0, -1.0, 2.0]))
def test_heat_and_weights_of_any_case_too(case, factor):
    frame = Frame(draw(shown(case), 5, rng=1), 0, 5)
    known = value_rungs(frame)
    for table, column in (("rungs", "/heat"), ("rungs", "/benefit"), ("weights", "")):
        checked(frame, known, numbers_of(frame.worlds, table, column, factor))


def test_cells_that_heat_does_not_reach_are_not_valued(case, valued, monkeypatch):
    frame, known = valued
    monkeypatch.setattr("winset.problem.revalue.value_rungs", None)
    found = differences(frame, known, numbers_of(frame.worlds, "rungs", "/heat", 0.0))
    reached = {cell for cell in found if found[cell].any()}
    assert 0 < len(reached) <= len(found) < len(known.gain) / 3


def test_what_numbers_leave_alone_is_not_valued(case, valued, monkeypatch):
    frame, known = valued
    worlds = redraw(frame.worlds, CHANGES["a weight"])
    monkeypatch.setattr("winset.problem.revalue.value_rungs", None)
    assert {who for who, _ in differences(frame, known, worlds)} == {"KR-PRES", "US-WH"}
