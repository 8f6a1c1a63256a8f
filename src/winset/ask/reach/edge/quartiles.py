"""Quartiles as tables hold them: NaN where nothing was counted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_NOTHING = (float("nan"),) * 3


def quartiles(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the quartiles of some values."""
    if values.size == 0 or np.isnan(values).any():
        return _NOTHING
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75)).tolist()
    return low, middle, high
