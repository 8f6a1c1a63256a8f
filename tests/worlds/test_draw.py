"""Worlds: the same whoever asks, changed only where a change says so."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from winset.case import load, resolve
from winset.case.model import Case
from winset.errors import AskError
from winset.worlds import draw, redraw

N = 400


@pytest.fixture(scope="module")
def case() -> Case:
    return load("trilateral-2022")


def test_world_17_is_world_17(case: Case) -> None:
    many = draw(case, 60)
    one = draw(case, 1, first=17)
    assert all(one.number(a)[0] == many.number(a)[17] for a in case.values)
    assert all(one.option(a)[0] == many.option(a)[17] for a in case.choices)
    assert all(one.setting(name)[0] == many.setting(name)[17] for name in case.settings)


def test_numbers_stay_in_their_ranges_where_no_reading_moves_them(case: Case) -> None:
    worlds = draw(case, N)
    moved = {
        address
        for choice in case.choices.values()
        for option in choice.options
        for change in option.changes
        for address in resolve(case, change.address)
    }
    still = [value for address, value in case.values.items() if address not in moved]
    assert len(still) > 900
    for value in still:
        address = value.address
        assert worlds.number(address).min() >= value.low - 1e-9
        assert worlds.number(address).max() <= value.high + 1e-9


def test_a_change_moves_its_address_alone_and_keeps_ranks(case: Case) -> None:
    plain = draw(case, N)
    changed = draw(case, N, changes=["parameters/hist_cap = 0.0..0.1..0.2"])
    for address in case.values:
        same = np.array_equal(plain.number(address), changed.number(address))
        assert same == (address != "parameters/hist_cap")
    assert changed.number("parameters/hist_cap").max() <= 0.2


def test_operators(case: Case) -> None:
    address = "weights/US-IND/ECO"
    plain = draw(case, 50).number(address)
    assert np.allclose(draw(case, 50, changes=[f"{address} += 1"]).number(address), plain + 1)
    assert np.allclose(draw(case, 50, changes=[f"{address} -= 1"]).number(address), plain - 1)
    assert np.allclose(draw(case, 50, changes=[f"{address} *= 2"]).number(address), plain * 2)
    both = draw(case, 50, changes=[f"{address} += 1", f"{address} = 2.5"]).number(address)
    assert both.tolist() == [2.5] * 50


def test_a_forced_reading_holds_in_every_world(case: Case) -> None:
    switch = case.switches[0]
    for index, option in enumerate(switch.options):
        worlds = draw(case, 20, changes=[f"{switch.address} = {option.id}"])
        assert worlds.option(switch.address).tolist() == [index] * 20


def test_readings_are_drawn_by_weight(case: Case) -> None:
    worlds = draw(case, 4000)
    for switch in case.switches:
        counts = np.bincount(worlds.option(switch.address), minlength=len(switch.options))
        expected = [option.weight * 4000 for option in switch.options]
        assert np.all(np.abs(counts - expected) < 5 * np.sqrt(4000 * 0.25))


def test_a_leader_type_is_multiplied_by_its_parameter(case: Case) -> None:
    plain = draw(case, N)
    moon = draw(case, N, changes=["leaders/ROK = moon-like"])
    size = plain.number("parameters/kr_type_delta")
    shift = moon.number("weights/KR-PRES/AUT") - plain.number("weights/KR-PRES/AUT")
    assert np.allclose(shift, size)


def test_common_factors(case: Case) -> None:
    worlds = draw(case, 3000)
    pair = ("constituencies/KR-PRES/threshold", "constituencies/KR-MIL/threshold")
    rank = spearmanr(*(worlds.number(address) for address in pair)).statistic
    assert rank == pytest.approx(0.68, abs=0.06)
    apart = draw(case, 3000, correlated=False)
    rank = spearmanr(*(apart.number(address) for address in pair)).statistic
    assert rank == pytest.approx(0.0, abs=0.06)


def test_priors_keep_the_range_and_change_the_spread(case: Case) -> None:
    address = "parameters/hist_cap"
    flat = draw(case, N, prior="uniform", changes=["settings/ceiling = off"]).number(address)
    ends = draw(case, N, prior="ends", changes=["settings/ceiling = off"]).number(address)
    assert flat.std() > draw(case, N).number(address).std() * 0.9
    assert len(np.unique(ends)) <= 8


@pytest.mark.parametrize(
    "change",
    [
        "parameters/hist_cup = 0.4",
        "switches/Z06 = nowhere",
        "leaders/ROK = lee-like",
        "settings/ceiling = roof",
        "weights/KR-PRES/AUT = high",
    ],
)
def test_what_the_case_does_not_have_is_refused(case: Case, change: str) -> None:
    with pytest.raises(AskError):
        draw(case, 5, changes=[change])


def test_no_worlds_are_refused(case: Case) -> None:
    with pytest.raises(AskError):
        draw(case, 0)


@pytest.mark.parametrize(
    "more",
    [
        ["parameters/hist_cap = 0.4"],
        ["levers/posture = pressing"],
        ["leaders/ROK = moon-like"],
        ["flags/jp_law = false", "weights/KR-PRES/* *= 2"],
    ],
)
def test_redrawn_worlds_are_those_drawn_with_all_changes(case: Case, more: list[str]) -> None:
    before = ["weights/KR-PRES/DTW += 0.1"]
    plain = draw(case, 40, rng=3, changes=before, first=5)
    found, wanted = redraw(plain, more), draw(case, 40, rng=3, changes=[*before, *more], first=5)
    assert found.changes == wanted.changes
    assert list(found.numbers) == list(wanted.numbers)
    for group in ("numbers", "options", "settings", "flags"):
        one, two = getattr(found, group), getattr(wanted, group)
        assert all(np.array_equal(one[name], two[name]) for name in two), group
    groups = [(plain.numbers, found.numbers), (plain.options, found.options)]
    assert any(not np.array_equal(a[name], b[name]) for a, b in groups for name in a)
