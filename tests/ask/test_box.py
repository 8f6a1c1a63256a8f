"""Boxes of worlds: what is planted is found, noise is not, and shares are those of unseen worlds."""

import numpy as np
import pytest
from scipy.stats import binom

import winset
from winset.ask.box import LEAST_WORLDS, enough, find
from winset.words.boxes import own_ranges, sentences

WORLDS, NUMBERS = 1200, 60


def drawn(seed):
    luck = np.random.default_rng(seed)
    table = luck.random((NUMBERS, WORLDS))
    return {f"number/{place}": row for place, row in enumerate(table)}, luck


def planted(seed, hits=0.9, misses=0.1):
    """Frequent where number 3 is low and number 7 is high, and rare elsewhere."""
    numbers, luck = drawn(seed)
    inside = (numbers["number/3"] < 0.4) & (numbers["number/7"] > 0.5)
    return numbers, luck.random(WORLDS) < np.where(inside, hits, misses)


def test_a_planted_box_is_found_with_its_ends():
    numbers, where = planted(1)
    box = find(where, numbers, rng=1)
    ranges = {part.address: part for part in box.ranges}
    assert set(ranges) == {"number/3", "number/7"}
    assert ranges["number/3"].low == -np.inf
    assert ranges["number/3"].high == pytest.approx(0.4, abs=0.03)
    assert ranges["number/7"].low == pytest.approx(0.5, abs=0.03)
    assert ranges["number/7"].high == np.inf
    assert all(part.spare < 1e-6 and part.again > 0.8 for part in box.ranges)
    assert box.density[0] > 0.8
    assert box.base < 0.4
    assert box.coverage[0] > 0.5


def test_its_shares_are_counted_in_the_half_it_has_not_seen():
    numbers, where = planted(2)
    box = find(where, numbers, rng=1)
    half = WORLDS // 2
    inside = np.ones(half, dtype=bool)
    for part in box.ranges:
        inside &= (numbers[part.address][half:] > part.low) & (
            numbers[part.address][half:] <= part.high
        )
    held = where[half:]
    assert box.base == held.mean()
    assert box.density[0] == held[inside].mean()
    assert box.coverage[0] == inside[held].mean()
    other = where.copy()
    other[half:] = np.random.default_rng(0).permutation(held)
    assert find(other, numbers, rng=1) is None


def test_quasi_p_values_are_those_of_the_box_without_the_range():
    numbers, where = planted(2, hits=0.6, misses=0.2)
    box = find(where, numbers, rng=1)
    half = WORLDS // 2
    held = where[half:]
    inside = {
        part.address: (numbers[part.address][half:] > part.low)
        & (numbers[part.address][half:] <= part.high)
        for part in box.ranges
    }
    assert len(inside) > 1
    whole = np.logical_and.reduce([*inside.values()])
    for part in box.ranges:
        rest = np.logical_and.reduce([i for name, i in inside.items() if name != part.address])
        hits, size, base = int(held[whole].sum()), int(whole.sum()), float(held[rest].mean())
        assert part.spare == pytest.approx(binom.sf(hits - 1, size, base))


def test_no_more_ranges_are_told_than_hold_in_worlds_left_out():
    """One number decides: a second range would be chance, and is rarely told."""
    told = []
    for seed in range(8):
        numbers, luck = drawn(20 + seed)
        where = luck.random(WORLDS) < np.where(numbers["number/3"] < 0.4, 0.6, 0.2)
        told.append(len(find(where, numbers, rng=1).ranges))
    assert told.count(1) >= 6


def test_in_noise_a_box_is_found_about_as_rarely_as_said():
    found = 0
    for seed in range(20):
        numbers, luck = drawn(100 + seed)
        found += find(luck.random(WORLDS) < 0.3, numbers, rng=1) is not None
    assert found <= 3


def test_more_questions_ask_for_more_evidence():
    numbers, where = planted(3, hits=0.5, misses=0.2)
    box = find(where, numbers, rng=1)
    assert box is not None
    assert find(where, numbers, rng=1, asked=int(0.05 / box.chance) + 1) is None


def test_kinds_of_few_worlds_are_not_looked_for():
    numbers, _ = drawn(4)
    where = np.zeros(WORLDS, dtype=bool)
    where[: LEAST_WORLDS - 1] = where[-LEAST_WORLDS:] = True
    for one in (where, ~where):
        assert not enough(one)
        assert find(one, numbers, rng=1) is None
    where[LEAST_WORLDS] = True
    assert enough(where)
    assert enough(~where)


def test_the_order_in_which_numbers_are_given_does_not_matter():
    numbers, where = planted(5)
    turned = dict(reversed(numbers.items()))
    one, two = (find(where, given, rng=1) for given in (numbers, turned))
    assert {(part.address, part.high) for part in one.ranges} == {
        (part.address, part.high) for part in two.ranges
    }
    assert one.density == two.density


def test_threads_do_not_matter(monkeypatch):
    numbers, where = planted(2)
    found = []
    for many in ("1", "2", "5"):
        monkeypatch.setenv("WINSET_THREADS", many)
        found.append(find(where, numbers, rng=1))
    assert found[0] is not None
    assert found == [found[0]] * 3


@pytest.fixture(scope="module")
def weighed():
    return winset.weigh(winset.load("trilateral-2022"), n=400, quarters=24)


def test_every_question_of_a_comparison_has_a_row(weighed):
    rows = [*weighed.tables["boxes"].rows()]
    parties = len(weighed.case.parties)
    assert [row["kind"] for row in rows].count("leads") == 3 * (2 + parties)
    assert {row["kind"] for row in rows} == {"leads", "crisis", "least deep"}
    for row in rows:
        own = own_ranges(weighed.tables, row)
        assert bool(own) == (row["box"] == "found") == (row["density"] is not None)
        assert row["kind"] != "leads" or row["share"] <= 0.5
        assert len(own) <= 3
        if own:
            assert row["density"] > row["base_rate"]


def test_the_shares_of_a_lead_are_those_of_the_worlds(weighed):
    depth = {one.programme.id: one.depth[:, :, 0].mean(axis=1) for one in weighed.followed}
    for row in weighed.tables["boxes"].rows():
        if row["kind"] == "leads" and row["by"] == "depth":
            ahead = depth[row["programme"]] > depth[row["against"]] + 1e-9
            assert row["share"] == ahead.mean()


def test_boxes_and_their_absence_are_told(weighed):
    said = {one.programme.id: one.programme.words.phrase for one in weighed.followed}
    rows = [*weighed.tables["boxes"].rows()]
    none = sum(row["box"] == "none" for row in rows)
    few = sum(row["box"] == "too few" for row in rows)
    assert none > 0 < few
    text = " ".join(sentences(weighed.case, said, weighed.tables, 400))
    assert f"No box of a few ranges found for {none} of {len(rows)} questions" in text
    assert f"For {few} such questions too few worlds" in text
    assert text in " ".join(weighed.sentences)
