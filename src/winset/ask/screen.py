"""Which drawn numbers go with a result: correlation of ranks, and distance between two groups of worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from winset.worlds import Worlds

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def screen(results: Floats, numbers: Mapping[str, Floats]) -> list[dict[str, float]]:
    """Return Spearman's correlation of each result with each number, strongest first.

    Of many numbers some correlate by chance: kept are those beyond what one in twenty such scans
    would show at its most, ``z(1 - 0.025 / numbers) / sqrt(worlds - 1)``.

    Parameters
    ----------
    results
        [result, world]
    numbers
        [world] by address; see :func:`varied`.
    """
    if not numbers:
        return [{} for _ in results]
    own = _ranks(results)
    scores = np.array([(own * _ranks(number)).mean(axis=1) for number in numbers.values()])
    least = NormalDist().inv_cdf(1.0 - 0.025 / len(numbers)) / sqrt(results.shape[1] - 1)
    found = []
    for column in scores.T:
        shown = {
            name: float(score)
            for name, score in zip(numbers, column, strict=True)
            if abs(score) >= least
        }
        found.append(dict(sorted(shown.items(), key=lambda item: -abs(item[1]))))
    return found


def varied(worlds: Worlds, count: int) -> dict[str, Floats]:
    """Return the numbers of the case that are not the same in all of the first worlds."""
    return {
        address: number[:count]
        for address, number in worlds.numbers.items()
        if count > 2 and np.ptp(number[:count]) > 0
    }


def distances(groups: Bools, numbers: Mapping[str, Floats]) -> list[dict[str, float]]:
    """Return how differently each number is spread in some worlds and in the others.

    The two-sample statistic of Kolmogorov and Smirnov, as regional sensitivity analysis has it
    [hornberger1981]_: 0 where it is spread alike in both groups, 1 where they do not overlap. It
    also sees what acts at both ends and not in the middle, which ranks do not. Counted in whole
    worlds up to the last step: ``max |n hits(i) - i hits(n)| / (hits(n) (n - hits(n)))`` over the
    first ``i`` worlds of a number.

    Parameters
    ----------
    groups
        [group, world] which worlds are in it.
    numbers
        [world] by address.
    """
    count = groups.shape[1]
    size = groups.sum(axis=1)
    pairs = np.maximum(size * (count - size), 1)
    table = np.empty((len(numbers), len(groups)))
    for place, number in enumerate(numbers.values()):
        order = np.argsort(number)
        last = np.flatnonzero(np.diff(number[order], append=np.inf))
        hits = np.cumsum(groups[:, order], axis=1)[:, last]
        table[place] = np.abs(count * hits - (last + 1) * size[:, None]).max(axis=1) / pairs
    return [dict(zip(numbers, column.tolist(), strict=True)) for column in table.T]


def beyond(
    group: Bools, numbers: Mapping[str, Floats], apart: Mapping[str, float], chance: float
) -> Iterator[str]:
    """Yield the numbers that are further apart than chance would show, most first.

    Parameters
    ----------
    group
        [world] which worlds are in it.
    numbers, apart
        [world] by address, and the distance of each; see :func:`distances`.
    chance
        Probability, were a number spread alike in both, of so great a distance.
    """
    from scipy.stats import ks_2samp  # heavy

    if group.all() or not group.any():
        return
    for address in sorted(apart, key=lambda address: -apart[address]):
        number = numbers[address]
        if ks_2samp(number[group], number[~group]).pvalue >= chance:
            return
        yield address


def thirds(number: Floats) -> tuple[Bools, Bools]:
    """Return which worlds lie in the lowest and in the highest third of a number."""
    low, high = np.quantile(number, [1 / 3, 2 / 3])
    return np.asarray(number <= low), np.asarray(number >= high)


def _ranks(values: Floats) -> Floats:
    """Return centred ranks of unit variance along the last axis; ties share the mean of theirs."""
    from scipy.stats import rankdata  # heavy

    ranks = rankdata(values, axis=-1)
    centred = ranks - ranks.mean(axis=-1, keepdims=True)
    spread = centred.std(axis=-1, keepdims=True)
    return np.asarray(centred / np.where(spread > 0, spread, 1.0))
