"""Inputs of a model, one number each world, from keyed streams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from winset.effects.contract import Input
from winset.worlds.keyed import uniform
from winset.worlds.quantile import value_at

Floats = NDArray[np.float64]
Stream = Callable[[str], Floats]
"""Address to [world] standard normal numbers."""


def normal_stream(rng: int, first: int, n: int, *, prefix: str) -> Stream:
    """Return a function from an address to [world] standard normal numbers."""
    from scipy.special import ndtri

    def stream(address: str) -> Floats:
        return np.asarray(ndtri(uniform(rng, f"{prefix}/{address}", first, n)))

    return stream


def middle_stream(n: int = 1) -> Stream:
    """Return a stream without chance: every number is zero."""
    return lambda _: np.zeros(n)


def draw_inputs(inputs: Iterable[Input], stream: Stream) -> Mapping[str, Floats]:
    """Draw every input (PERT between low and high) by name."""
    return {
        one.name: value_at(stream(f"inputs/{one.name}"), one.low, one.mode, one.high, "pert")
        for one in inputs
    }


def at_modes(inputs: Iterable[Input], n: int = 1) -> Mapping[str, Floats]:
    """Return every input at the middle of its range."""
    return {one.name: np.full(n, one.mode) for one in inputs}
