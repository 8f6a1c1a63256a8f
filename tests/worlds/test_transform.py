"""Each transformation does what it says, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from winset.case import load
from winset.engine import exists
from winset.problem import compile_problem
from winset.worlds import Worlds, draw
from winset.worlds import transform as other


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return draw(load("trilateral-2022"), 40)


def test_fixed_numbers_are_the_only_ones_that_move(worlds: Worlds) -> None:
    held = other.fixed(worlds, {"parameters/width_executive": 0.5})
    assert set(held.number("parameters/width_executive").tolist()) == {0.5}
    for address, drawn in worlds.numbers.items():
        if address != "parameters/width_executive":
            assert held.numbers[address] is drawn


def test_signs_only_leaves_one_size_a_table(worlds: Worlds) -> None:
    plain = other.sign_only(worlds)
    for table in other.JUDGEMENTS:
        coded = other.judgements(worlds, [table])
        sizes = {abs(float(x)) for a in coded for x in plain.number(a)} - {0.0}
        assert len(sizes) == 1
        for address, value in coded.items():
            assert set(np.sign(plain.number(address)).tolist()) == {float(np.sign(value.mode))}


def test_random_sizes_keep_signs_and_the_mean_size(worlds: Worlds) -> None:
    drawn = other.random_sizes(worlds)
    plain = other.sign_only(worlds)
    for address, value in other.judgements(worlds).items():
        if value.mode:
            assert (np.sign(drawn.number(address)) == np.sign(value.mode)).all()
            assert np.abs(drawn.number(address)).max() <= 2 * abs(plain.number(address)[0])
    ratio = [
        float(np.abs(drawn.number(a)).mean() / abs(plain.number(a)[0]))
        for a, value in other.judgements(worlds).items()
        if value.mode
    ]
    assert np.mean(ratio) == pytest.approx(1.0, abs=0.03)


def test_coins_turn_assumed_values_only_and_about_half_of_them(worlds: Worlds) -> None:
    turned = other.coin_flips(worlds)
    changed = []
    for address, value in other.judgements(worlds).items():
        before, after = worlds.number(address), turned.number(address)
        assert (np.abs(before) == np.abs(after)).all()
        if value.basis == "A":
            changed.append(float((before != after).mean()))
        else:
            assert (before == after).all()
    assert np.mean(changed) == pytest.approx(0.5, abs=0.05)


def test_sources_only_keeps_stated_values(worlds: Worlds) -> None:
    kept = other.sources_only(worlds)
    for address, value in other.judgements(worlds).items():
        wanted = worlds.number(address) if value.basis == "S" else np.zeros(worlds.n)
        assert (kept.number(address) == wanted).all()


def test_permuted_weights_are_whole_rows_of_others(worlds: Worlds) -> None:
    moved = other.permuted_weights(worlds)
    people = [who.id for who in worlds.case.constituencies]
    criteria = [criterion.id for criterion in worlds.case.criteria]

    def rows(source: Worlds, world: int) -> list[tuple[float, ...]]:
        numbers, none = source.numbers, np.zeros(source.n)
        return [
            tuple(float(numbers.get(f"weights/{who}/{c}", none)[world]) for c in criteria)
            for who in people
        ]

    assert sorted(rows(worlds, 7)) == sorted(rows(moved, 7))
    assert rows(worlds, 7) != rows(moved, 7)
    assert rows(moved, 7) != rows(moved, 8)


def test_the_mirror_gives_others_the_losses_of_the_most_burdened(worlds: Worlds) -> None:
    mirrored, burdened = other.mirrored(worlds)
    case = worlds.case
    losses = [e for e in case.effects if e.party == burdened and e.value.mode < 0]
    for party in case.parties:
        own = [e for e in case.effects if e.party == party.id and e.value.mode < 0]
        assert len(own) <= len(losses)
    for effect in losses:
        for party in set(case.measure[effect.measure].participants) & set(case.party):
            address = f"effects/{effect.measure}/{effect.criterion}/{party}"
            assert (mirrored.number(address) <= worlds.number(effect.value.address)).all()
            last = [
                e
                for e in mirrored.case.effects
                if (e.measure, e.criterion, e.party) == (effect.measure, effect.criterion, party)
            ][-1]
            assert last.value.address == address
    for effect in case.effects:
        if effect.party == burdened:
            address = effect.value.address
            assert mirrored.numbers[address] is worlds.numbers[address]


def test_a_seed_of_its_own_moves_one_table_and_no_other(worlds: Worlds) -> None:
    other_seed = draw(
        worlds.case, 40, seed_of=lambda address: 2 if address.startswith("weights/") else 1
    )
    for address, drawn in worlds.numbers.items():
        same = bool((drawn == other_seed.numbers[address]).all())
        assert same or address.startswith("weights/")
    assert (worlds.number("weights/KR-PRES/AUT") != other_seed.number("weights/KR-PRES/AUT")).any()


def test_stacked_worlds_answer_as_each_part_does() -> None:
    case = load("shared-canal")
    parts = [draw(case, 20, rng=seed) for seed in (1, 2)]
    whole = compile_problem(other.stacked(parts)).problem
    slots = whole.structure.first
    measure = np.repeat(np.arange(slots.size - 1), np.diff(slots))
    level = np.concatenate([np.arange(count) for count in np.diff(slots)])
    verdicts = [exists(compile_problem(part).problem, measure, level) for part in parts]
    assert not np.array_equal(*verdicts)
    assert np.array_equal(exists(whole, measure, level), np.concatenate(verdicts))
