"""A price that the search did not find is none."""

from __future__ import annotations

import numpy as np
import pytest

from winset.ask.reach import price


@pytest.mark.parametrize(("needed", "points"), [(1, 0.05), (700, 35.0), (799, 39.95), (9999, None)])
def test_a_rung_closed_at_the_highest_price_has_none(monkeypatch, needed, points):
    search = price._Search.__new__(price._Search)
    search.short = np.array([10**9])
    monkeypatch.setattr(search, "_least", lambda: np.zeros(1, dtype=np.int64))
    monkeypatch.setattr(search, "_opens", lambda _, added: added >= needed * price._GRID)
    found = search.prices().tolist()
    assert found == pytest.approx([float("inf") if points is None else points])


def test_only_prices_found_are_counted(monkeypatch):
    keys = [("floor", "A"), ("floor", "A"), ("floor", "B")]

    class Search:
        def __init__(self, *_):
            pass

        def prices(self):
            return np.array([1.5, np.inf, np.inf])

    class Targets:
        rung = ("x.1",)

    monkeypatch.setattr(price, "_cases", lambda *_: zip([0, 1, 2], [0, 0, 1], keys, strict=True))
    monkeypatch.setattr(price, "_Search", Search)
    prices = {}
    price.add_prices(None, None, Targets(), prices, spared=(), most=9, nodes=1)
    assert prices[0, ("floor", "A")] == [1.5]
    assert (0, ("floor", "B")) not in prices
    assert prices[~0, ("floor", "A")] == prices[~0, ("floor", "B")] == [np.inf]
