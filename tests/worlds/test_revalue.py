"""Valuing only what other numbers change gives what valuing everything anew gives."""

from dataclasses import replace

import numpy as np
import pytest

import winset
from winset.problem.frame import Frame
from winset.problem.revalue import differences
from winset.problem.values import value_rungs
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
    worlds = redraw(frame.worlds, changes)
    anew = value_rungs(replace(frame, worlds=worlds)).gain
    found = differences(frame, known, worlds)
    assert all(np.array_equal(found[cell], anew[cell] - known.gain[cell]) for cell in found)
    left = {*anew} - {*found}
    assert all(np.array_equal(anew[cell], known.gain[cell]) for cell in left)
    moved = [cell for cell in found if found[cell].any()]
    assert bool(moved) == (name != "a threshold")


def test_what_numbers_leave_alone_is_not_valued(case, valued, monkeypatch):
    frame, known = valued
    worlds = redraw(frame.worlds, CHANGES["a weight"])
    monkeypatch.setattr("winset.problem.revalue.value_rungs", None)
    assert {who for who, _ in differences(frame, known, worlds)} == {"KR-PRES", "US-WH"}
