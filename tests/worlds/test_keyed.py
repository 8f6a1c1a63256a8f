"""The streams: published constants, independence of block, address and seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.worlds.keyed import key, uniform

MASK = (1 << 64) - 1


def splitmix64(state: int) -> int:
    """Restate the published generator in plain integers."""
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_splitmix64_is_the_published_one() -> None:
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    state = 1234567
    for expected in published:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        assert splitmix64(state) == expected


@given(rng=st.integers(0, 2**31), address=st.text(max_size=20), world=st.integers(0, 10**6))
def test_numbers_are_splitmix64_from_the_key(rng: int, address: str, world: int) -> None:
    state = (key(rng, address) + (world + 1) * 0x9E3779B97F4A7C15) & MASK
    expected = ((splitmix64(state) >> 11) + 0.5) * 2.0**-53
    assert uniform(rng, address, world, 1)[0] == expected


@given(first=st.integers(0, 500), n=st.integers(1, 50))
def test_a_world_is_the_same_in_every_block(first: int, n: int) -> None:
    whole = uniform(1, "weights/A/B", 0, 600)
    assert np.array_equal(whole[first : first + n], uniform(1, "weights/A/B", first, n))


def test_other_addresses_and_seeds_give_other_numbers() -> None:
    one = uniform(1, "a", 0, 1000)
    assert abs(np.corrcoef(one, uniform(1, "b", 0, 1000))[0, 1]) < 0.1
    assert abs(np.corrcoef(one, uniform(2, "a", 0, 1000))[0, 1]) < 0.1


def test_numbers_are_spread_evenly() -> None:
    counts = np.histogram(uniform(7, "spread", 0, 100_000), bins=10, range=(0.0, 1.0))[0]
    assert counts.sum() == 100_000
    assert np.all(np.abs(counts - 10_000) < 500)


@pytest.mark.parametrize("first", [0, 10**12])
def test_the_ends_never_occur(first: int) -> None:
    drawn = uniform(1, "x", first, 10_000)
    assert drawn.min() > 0.0
    assert drawn.max() < 1.0
