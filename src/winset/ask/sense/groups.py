"""Groups of inputs, and the share of a finding's variance that each carries (pick and freeze)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case

Floats = NDArray[np.float64]
BASES = ("S", "I", "A", "X")
GROUPS = (
    "weights",
    "effects",
    "stances",
    "thresholds",
    "ladders",
    "linkages",
    "width",
    "offset",
    "parameters",
    "switches",
)
_TABLES = {
    "weights": "weights",
    "effects": "effects",
    "stances": "stances",
    "constituencies": "thresholds",
    "rungs": "ladders",
    "measures": "ladders",
    "linkages": "linkages",
    "switches": "switches",
}


def group_of(address: str) -> str:
    """Name the group of inputs an address belongs to; empty where no answer of reach reads it."""
    table, _, name = address.partition("/")
    if table == "parameters":
        limit = name.partition("_")[0]
        return limit if limit in ("width", "offset") else "parameters"
    return _TABLES.get(table, "")


def basis_of(case: Case) -> Callable[[str], str]:
    """Name the basis of an address; a disputed reading counts as assumed."""

    def basis(address: str) -> str:
        return case.values[address].basis if address in case.values else "A"

    return basis


def variance_shares(a: Floats, b: Floats, mixed: Floats) -> tuple[float, float]:
    """Return the first-order and the total share of variance of one group.

    ``first = mean(b (mixed - a)) / V`` and ``total = mean((a - mixed)^2) / 2V``, with ``V`` the
    variance over both samples [saltelli2010]_ [jansen1999]_.  Values are centred first, which
    changes no expectation and less noise.  NaN where nothing varies.

    Parameters
    ----------
    a, b
        [world] two independent samples.
    mixed
        [world] as ``a``, with this group drawn as in ``b``.
    """
    both = np.concatenate([a, b])
    if np.ptp(both) == 0:
        return float("nan"), float("nan")
    middle, variance = both.mean(), float(both.var())
    first = float(((b - middle) * (mixed - a)).mean()) / variance
    return first, float(((a - mixed) ** 2).mean()) / (2.0 * variance)


def bootstrap_error(
    a: Floats, b: Floats, mixed: Floats, *, draws: int = 200, rng: int = 1
) -> tuple[float, float]:
    """Return the standard errors of both shares over worlds drawn again with replacement."""
    source = np.random.Generator(np.random.PCG64(rng))
    picks = source.integers(0, a.size, size=(draws, a.size))
    again = np.array([variance_shares(a[pick], b[pick], mixed[pick]) for pick in picks])
    known = again[~np.isnan(again).any(axis=1)]
    if known.shape[0] < 2:
        return float("nan"), float("nan")
    first, total = known.std(axis=0, ddof=1).tolist()
    return first, total
