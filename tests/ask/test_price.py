"""A price that the search did not find is none."""

from __future__ import annotations

import numpy as np
import pytest

import winset
from winset.ask.reach import price
from winset.ask.reach.limits import Targets, find_closing
from winset.ask.reach.units import BOTH, CONSENT, FLOORS, WHOLE, slimmed
from winset.engine import deepest, exists, without
from winset.problem import compile_problem


@pytest.mark.parametrize(("needed", "points"), [(1, 0.05), (700, 35.0), (799, 39.95), (9999, None)])
def test_a_rung_closed_at_the_highest_price_has_none(monkeypatch, needed, points):
    search = price._Search.__new__(price._Search)
    search.short = np.array([10**9])
    monkeypatch.setattr(search, "_least", lambda: np.zeros(1, dtype=np.int64))
    monkeypatch.setattr(search, "_opens", lambda _, added: (added >= needed * price._GRID, added))
    found = search.prices().tolist()
    assert found == pytest.approx([float("inf") if points is None else points])


def test_a_package_found_says_how_much_less_would_do(monkeypatch):
    search = price._Search.__new__(price._Search)
    search.short = np.array([10**9])
    tried = []

    def opens(searching, added):
        tried.append(int(added[0]))
        return added >= 300 * price._GRID, np.minimum(added, 300 * price._GRID - 7)

    monkeypatch.setattr(search, "_least", lambda: np.zeros(1, dtype=np.int64))
    monkeypatch.setattr(search, "_opens", opens)
    assert search.prices().tolist() == [15.0]
    assert tried == [799 * price._GRID, 299 * price._GRID]


@pytest.fixture(scope="module")
def closing():
    """Twelve worlds of the bundled case, every rung, and what closes it."""
    case = winset.load("trilateral-2022")
    compiled = slimmed(compile_problem(winset.draw(case, 12)))
    places = [(m, rung) for m, measure in enumerate(case.measures) for rung in measure.rungs]
    targets = Targets(
        np.array([m for m, _ in places], dtype=np.int16),
        np.array([rung.level for _, rung in places], dtype=np.int8),
        tuple(rung.id for _, rung in places),
    )
    problem = compiled.problem
    closed = exists(problem, targets.measure, targets.level) == 0
    found = find_closing(compiled, targets, closed, deepest(problem).levels, 2_000)
    return compiled, targets, found


def test_only_what_must_give_is_named(closing):
    compiled, targets, found = closing
    named = np.zeros(len(CONSENT), dtype=int)
    for place, unit in enumerate(found.units):
        if unit.limits != "consent":
            continue
        opened = [
            exists(without(compiled.problem, rows=rows), targets.measure, targets.level) == 1
            for rows in (unit.floors, unit.whole)
        ]
        alone = found.alone[:, :, place]
        least = np.select(opened, [FLOORS, WHOLE], BOTH)
        assert (found.gives[:, :, place] == np.where(alone, least, 0)).all(), unit
        named += np.bincount(found.gives[:, :, place].ravel(), minlength=len(CONSENT))
    assert named[FLOORS] > 100


def test_each_price_opens_its_rung_and_a_twentieth_less_does_not(closing):
    compiled, targets, closing = closing
    cases = [
        price.Case(target, *one)
        for target in range(len(targets.rung))
        for one in price._cases(closing, target, {}, (), 99)
    ]
    search = price._Search(compiled, closing, targets, cases, 2_000)
    found = search.prices()
    told = np.isfinite(found)
    assert told.sum() > 20
    added = np.rint(np.where(told, found, 0.0) * price.MICRO).astype(np.int64)
    assert search._opens(told, added)[0][told].all()
    above = told & (added > 0)
    assert above.sum() > 20
    assert not search._opens(above, added - price._GRID)[0].any()


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
