"""From ranks to values: the shapes an analyst can write."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import beta

from winset.worlds.quantile import value_at

Z = ndtri(np.linspace(0.0005, 0.9995, 2001))


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0, 1, 3), (-2, -2, 2), (-1, 3, 3), (0.1, 0.45, 1)]
)
def test_pert_has_the_quantiles_of_the_beta(low: float, mode: float, high: float) -> None:
    width = high - low
    exact = low + width * beta.ppf(
        np.linspace(0.0005, 0.9995, 2001),
        1 + 4 * (mode - low) / width,
        1 + 4 * (high - mode) / width,
    )
    assert np.allclose(value_at(Z, low, mode, high, "pert"), exact, atol=2e-5 * width)


def test_pert_mean() -> None:
    drawn = value_at(ndtri((np.arange(20_000) + 0.5) / 20_000), 0.0, 1.0, 5.0, "pert")
    assert drawn.mean() == pytest.approx((0 + 4 * 1 + 5) / 6, abs=1e-3)


def test_values_stay_in_range_and_rise_with_rank() -> None:
    drawn = value_at(np.linspace(-12, 12, 500), -1.0, 0.5, 2.0, "pert")
    assert drawn.min() >= -1.0
    assert drawn.max() <= 2.0
    assert np.all(np.diff(drawn) >= 0)


def test_uniform_ends_and_exact() -> None:
    z = np.array([-1.0, 0.0, 1.0])
    assert value_at(z, 2.0, 2.5, 4.0, "uniform")[1] == pytest.approx(3.0)
    assert value_at(z, 2.0, 3.0, 4.0, "ends").tolist() == [2.0, 4.0, 4.0]
    assert value_at(z, 2.0, 3.0, 4.0, "exact").tolist() == [3.0, 3.0, 3.0]
    assert value_at(z, 3.0, 3.0, 3.0, "pert").tolist() == [3.0, 3.0, 3.0]
