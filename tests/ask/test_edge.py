"""Smallest sets, unlocks and their neighbours, held to every package or every set there is."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

import winset
from tests.ask.small import CASE, build
from winset.ask.reach.edge import schemas
from winset.ask.reach.edge.changes import trials
from winset.ask.reach.limits import Targets
from winset.ask.reach.smallest import MOST, Waiving, smallest
from winset.ask.reach.units import units_of, waived
from winset.engine import exists, forced, judge
from winset.problem import compile_problem
from winset.words import edge as words
from winset.worlds import draw

N = 12


@pytest.fixture(scope="module")
def case():
    return winset.load("shared-canal")


@pytest.fixture(scope="module")
def compiled(case):
    return compile_problem(draw(case, N))


@pytest.fixture(scope="module")
def targets(case):
    asked = [(i, r) for i, m in enumerate(case.measures) for r in m.rungs if not r.status_quo]
    places = np.array([i for i, _ in asked], dtype=np.int16)
    levels = np.array([r.level for _, r in asked], dtype=np.int8)
    return Targets(places, levels, tuple(r.id for _, r in asked))


def test_smallest_sets_are_those_that_trying_every_set_finds(compiled, targets):
    problem, units = compiled.problem, units_of(compiled.names)
    verdict = exists(problem, targets.measure, targets.level)
    every = [s for k in range(1, MOST + 1) for s in combinations(range(len(units)), k)]
    opened = {
        s: exists(waived(problem, [units[i] for i in s]), targets.measure, targets.level) == 1
        for s in every
    }
    tried = 0
    for target in range(len(targets.rung)):
        worlds = np.flatnonzero(verdict[:, target] == 0)
        if worlds.size == 0:
            continue
        place = int(targets.measure[target]), int(targets.level[target])
        nothing = np.zeros((worlds.size, len(units)), dtype=bool)
        told = smallest(Waiving(problem, units, *place, 10_000), worlds, nothing)
        for world, found in zip(worlds, told, strict=True):
            sets = [s for s in every if opened[s][world, target]]
            least = min(map(len, sets), default=MOST + 1)
            assert found.size == least
            assert set(found.sets) == {s for s in sets if len(s) == least}
            tried += 1
    assert tried > 0


def test_a_forced_rung_is_held_in_every_package(case, compiled, targets):
    problem = compiled.problem
    packages = np.array([*product(*(range(len(m.rungs) + 1) for m in case.measures))])
    ok = np.array([judge(problem, package).accepted for package in packages])
    for m, at in zip(targets.measure, targets.level, strict=True):
        held = forced(problem, m, at)
        verdict = exists(held, targets.measure, targets.level)
        for place, (other, level) in enumerate(zip(targets.measure, targets.level, strict=True)):
            both = (packages[:, m] >= at) & (packages[:, other] >= level)
            assert (verdict[:, place] == ok[both].any(axis=0)).all()


def test_forced_refuses_what_is_not_there(compiled):
    with pytest.raises(ValueError, match="no level 99"):
        forced(compiled.problem, 0, 99)


def test_no_consent_that_is_not_priced_is_ever_waived():
    kinds = {trial.change: trial.kind for trial in trials(CASE, {"NV"})}
    assert "NV" not in kinds
    assert kinds["NP"] == "consent"
    assert kinds["switches/Q = thus"] == "switch"
    assert "A.1" not in kinds
    assert kinds["A.2"] == "rung"


def test_edge_tables_of_a_small_case(case):
    answer = winset.reach(case, n=N, unlocks=True)
    assert answer.run.command.endswith("--unlocks")
    for row in answer.table("unlocks").rows():
        assert row["gain"] == pytest.approx(row["after"] - row["before"])
        assert row["low"] <= row["after"] <= row["high"]
        assert not row["best"] or row["after"] >= 0.25
    packages = np.array([*product(*(range(len(m.rungs) + 1) for m in case.measures))])
    problem = compile_problem(answer.worlds).problem
    count = np.array([judge(problem, one).accepted for one in packages]).sum(axis=0)
    row = next(answer.table("size").where(party="all").rows())
    assert row["size_p50"] == pytest.approx(np.median(np.log10(count)), abs=0.1)


def unlock_row(change, kind="rung", **more):
    row = {"rung": "B.1", "change": change, "kind": kind, "label": f"{change} so"}
    return row | {"before": 0.0, "after": 0.1, "gain": 0.1, "worlds": 100, "best": False} | more


def test_words_of_unlocks():
    nothing = build(schemas.UNLOCKS, [unlock_row("A.2")])
    assert words.unlock(nothing, "B.1")[0].startswith("Nothing in range opens it")
    assert words.unlock(nothing, "B.2") == []
    best = unlock_row("A.3", after=0.8, gain=0.8, best=True)
    pair = unlock_row("A.3 + C.1", "pair", after=0.9, gain=0.9)
    told = words.unlock(build(schemas.UNLOCKS, [best, pair]), "B.1")
    assert told[0].startswith("What moves it furthest: A.3 so; open ")
    assert len(told) == 2


def test_words_of_consents():
    rows = [
        {"rung": "B.1", "who": "NP", "role": "must agree"},
        {"rung": "B.1", "who": "NV", "role": "makes it last"},
    ]
    told = words.consent_map(CASE, build(schemas.CONSENTS, rows), "B.1")
    assert told == ["The NP must agree; the NV makes it last."]
    assert words.consent_map(CASE, build(schemas.CONSENTS, []), "B.1") == []
