"""Which drawn numbers go with a result: correlation of ranks, beyond what chance would show."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from winset.worlds import Worlds

Floats = NDArray[np.float64]


def screen(result: Floats, numbers: Mapping[str, Floats]) -> dict[str, float]:
    """Return Spearman's correlation of a result with each number, strongest first.

    Of many numbers some correlate by chance: kept are those beyond what one in twenty such scans
    would show at its most, ``z(1 - 0.025 / numbers) / sqrt(worlds - 1)``.

    Parameters
    ----------
    result
        [world]
    numbers
        [world] by address; see :func:`varied`.
    """
    if not numbers:
        return {}
    own = _ranks(result)
    scores = {name: float(np.mean(own * _ranks(number))) for name, number in numbers.items()}
    least = NormalDist().inv_cdf(1.0 - 0.025 / len(scores)) / sqrt(result.size - 1)
    shown = {name: score for name, score in scores.items() if abs(score) >= least}
    return dict(sorted(shown.items(), key=lambda item: -abs(item[1])))


def varied(worlds: Worlds, count: int) -> dict[str, Floats]:
    """Return the numbers of the case that are not the same in all of the first worlds."""
    return {
        address: number[:count]
        for address, number in worlds.numbers.items()
        if count > 2 and np.ptp(number[:count]) > 0
    }


def distance(number: Floats, where: NDArray[np.bool_]) -> tuple[float, float]:
    """Return how far a number is spread differently in some worlds, and how likely by chance.

    The two-sample statistic of Kolmogorov and Smirnov, as regional sensitivity analysis has it
    [hornberger1981]_: 0 where it is spread alike in both groups, 1 where they do not overlap. It
    also sees what acts at both ends and not in the middle, which ranks do not.
    """
    from scipy.stats import ks_2samp  # heavy

    if where.all() or not where.any():
        return 0.0, 1.0
    found = ks_2samp(number[where], number[~where])
    return float(found.statistic), float(found.pvalue)


def thirds(number: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which worlds lie in the lowest and in the highest third of a number."""
    low, high = np.quantile(number, [1 / 3, 2 / 3])
    return np.asarray(number <= low), np.asarray(number >= high)


def _ranks(values: Floats) -> Floats:
    """Return centred ranks of unit variance; ties share the mean of theirs."""
    from scipy.stats import rankdata  # heavy

    ranks = rankdata(values)
    centred = ranks - ranks.mean()
    spread = centred.std()
    return np.asarray(centred / spread if spread > 0 else centred)
