"""What goes with a result: all numbers at once give what SciPy gives for each."""

import numpy as np
import pytest
from scipy.stats import ks_2samp, spearmanr

from winset.ask.screen import beyond, distances, screen, varied
from winset.case import load
from winset.worlds import draw

WORLDS = 150


@pytest.fixture(scope="module")
def numbers():
    """Numbers of the bundled case, and some with ties."""
    luck = np.random.default_rng(1)
    drawn = [*varied(draw(load("trilateral-2022"), WORLDS), WORLDS).items()][::40]
    ties = {f"ties/{many}": luck.integers(0, many, WORLDS) * 1.0 for many in (2, 3, 10)}
    return {**dict(drawn), **ties}


@pytest.fixture(scope="module")
def results(numbers):
    """One result that follows two numbers, one that follows how far a number is from its middle."""
    luck = np.random.default_rng(2)
    one, two, three = [*numbers][:3]

    def scaled(name):
        return (numbers[name] - numbers[name].mean()) / numbers[name].std()

    noise = luck.normal(size=(2, WORLDS))
    return np.stack(
        [scaled(one) - 2.0 * scaled(two) + noise[0], np.abs(scaled(three)) - 0.8 + 0.2 * noise[1]]
    )


def test_correlations_are_those_of_ranks_the_strongest_first(numbers, results):
    one, two = [*numbers][:2]
    found, _ = screen(results, numbers)
    assert [*found][:2] == [two, one]
    assert [*found] == sorted(found, key=lambda name: -abs(found[name]))
    for name, score in found.items():
        assert score == pytest.approx(spearmanr(results[0], numbers[name]).statistic)


def test_several_results_are_screened_as_each_alone(numbers, results):
    assert screen(results, numbers) == [screen(row[None], numbers)[0] for row in results]
    assert screen(results, {}) == [{}, {}]


def test_a_result_that_never_changes_goes_with_nothing(numbers):
    assert screen(np.ones((1, WORLDS)), numbers) == [{}]


def test_distances_are_those_of_scipy_to_the_last_digit(numbers, results):
    groups = results > 0
    for group, found in zip(groups, distances(groups, numbers), strict=True):
        for name, number in numbers.items():
            assert found[name] == ks_2samp(number[group], number[~group]).statistic


def test_a_group_of_all_worlds_or_of_none_is_no_further_than_nothing(numbers):
    groups = np.array([np.ones(WORLDS, dtype=bool), np.zeros(WORLDS, dtype=bool)])
    for group, found in zip(groups, distances(groups, numbers), strict=True):
        assert set(found.values()) == {0.0}
        assert [*beyond(group, numbers, found, 0.5)] == []


@pytest.mark.parametrize("chance", [0.5, 0.05, 0.001])
def test_beyond_chance_are_all_those_that_scipy_says_and_no_others(numbers, results, chance):
    group = results[1] > 0
    (apart,) = distances(group[None], numbers)
    said = {
        name
        for name, number in numbers.items()
        if ks_2samp(number[group], number[~group]).pvalue < chance
    }
    found = [*beyond(group, numbers, apart, chance)]
    assert said
    assert set(found) == said
    assert [apart[name] for name in found] == sorted(map(apart.get, found), reverse=True)
    assert found[0] == [*numbers][2]
    assert found[0] not in screen(results, numbers)[1]
