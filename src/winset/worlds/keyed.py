"""One stream of random numbers for each address, counted by world.

World 17 of a hundred is world 17 of a million, and a new parameter moves no other: the number
depends on the seed, the address and the world alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def key(rng: int, address: str) -> int:
    """Return the 64-bit key of the stream of ``address`` under the seed ``rng``."""
    digest = hashlib.blake2b(f"{rng}\0{address}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def uniform(rng: int, address: str, first: int, n: int) -> NDArray[np.float64]:
    """Draw numbers in the open interval (0, 1), one for each of ``n`` worlds from ``first``.

    The stream is splitmix64 [steele2014]_ started at the key of the address.

    Parameters
    ----------
    rng
        Seed of the run.
    address
        What the number is for, such as ``weights/KR-PRES/AUT``.
    first
        Number of the first world, from 0.
    n
        How many worlds.

    Returns
    -------
    NDArray[np.float64]
        [world] multiples of 2**-53, shifted by half a step so that 0 and 1 never occur.

    Examples
    --------
    >>> whole = uniform(1, "parameters/hist_cap", 0, 100)
    >>> bool(whole[17] == uniform(1, "parameters/hist_cap", 17, 1)[0])
    True
    """
    return uniforms(rng, [address], first, n)[:, 0]


def uniforms(rng: int, addresses: Sequence[str], first: int, n: int) -> NDArray[np.float64]:
    """Draw the numbers of many addresses at once: [world, address], each as :func:`uniform` has it.

    Examples
    --------
    >>> both = uniforms(1, ["a", "b"], 3, 2)
    >>> bool((both[:, 1] == uniform(1, "b", 3, 2)).all())
    True
    """
    keys = [(key(rng, address) + (first + 1) * _GOLDEN) & _MASK for address in addresses]
    start = np.array(keys, dtype=np.uint64)
    state = start + np.arange(n, dtype=np.uint64)[:, None] * np.uint64(_GOLDEN)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state = state ^ (state >> np.uint64(31))
    return np.asarray(((state >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)
