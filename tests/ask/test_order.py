"""Steps due in one quarter: where their order matters, where not, and where it is not said."""

from collections import Counter
from dataclasses import replace
from itertools import permutations
from math import factorial
from statistics import NormalDist

import numpy as np
import pytest

import winset
from winset.ask.follow import mask_of
from winset.ask.path.order import Orders, order_table
from winset.ask.path.put_first import DRAWN, orders_of, put_first_table
from winset.ask.scene import scene_of, step_of
from winset.case.condition import parse_condition
from winset.engine import without
from winset.words.what_if import order, put_first

N, QUARTERS = 40, 12


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def programme(case, *steps):
    base = case.programmes[0]
    own = tuple(step_of(base, rung, quarter) for rung, quarter in steps)
    return replace(base, steps=own, settings={}, barred=())


def table(case, one):
    scene = scene_of(case, one, n=N, rng=1, quarters=QUARTERS, mechanisms=mask_of(()))
    return [*order_table(case, Orders(scene, one)).rows()]


def test_each_pair_of_a_quarter_and_each_long_quarter_has_a_row(case):
    one = programme(case, ("L1.2", 1), ("L2.2", 1), ("E3.1", 1), ("D1.3", 2), ("D9.2", 4))
    rows = table(case, one)
    assert [(row["quarter"], row["first"], row["second"]) for row in rows] == [
        (1, "L1.2", "L2.2"),
        (1, "L1.2", "E3.1"),
        (1, "L2.2", "E3.1"),
        (1, "", ""),
    ]


def test_steps_that_nothing_links_may_change_places_and_rungs_in_conflict_may_not(case):
    """Where nobody is asked, a conflict alone makes the first come shut out the other."""

    def row(*rungs):
        one = programme(case, *((rung, 1) for rung in rungs))
        willing = nobody_asked(case, one)
        (found,) = order_table(case, Orders(willing, one)).rows()
        return found

    free = row("L1.2", "L2.2")
    assert free["share_changed"] == free["cost"] == 0.0
    assert not free["matters"]
    bound = row("H2.4", "H3.2")
    assert bound["share_changed"] > 0.5
    assert bound["matters"]


def nobody_asked(case, one):
    """Worlds in which nobody is asked and no mechanism works; conflicts hold."""
    scene = scene_of(case, one, n=N, rng=1, quarters=QUARTERS, mechanisms=0)
    compiled = scene.timed.compiled
    owners = range(len(scene.case.constituencies))
    problem = without(compiled.problem, owners=owners)
    return replace(scene, timed=replace(scene.timed, compiled=replace(compiled, problem=problem)))


@pytest.mark.parametrize(
    ("gate", "second", "said"),
    [(None, "L2.2", "not said"), ("L1.2", "L2.2", "gate"), (None, "L1.3", "ladder")],
)
def test_an_order_is_said_by_a_gate_or_by_the_ladder_only(case, gate, second, said):
    one = programme(case, ("L1.2", 1), (second, 1))
    when = None if gate is None else parse_condition(gate)
    first, later = one.steps
    both = replace(one, steps=(first, replace(later, when=when)))
    (row,) = table(case, both)
    assert row["said"] == said


def test_the_answer_says_what_the_source_does_not(case):
    answer = winset.path(case, "klinck", n=30, quarters=8, paces=())
    rows = [row for row in answer.tables["order"].rows() if row["first"]]
    every = [*answer.tables["order"].rows()]
    beyond = NormalDist().inv_cdf(1 - 0.05 / 2 / len(every))
    for row in every:
        assert row["matters"] == (0 < beyond * row["cost_error"] < abs(row["cost"]))
    assert any(abs(row["cost"]) > 0 and not row["matters"] for row in every)
    silent = sum(row["said"] == "not said" for row in rows)
    (told,) = order(answer.tables["order"])
    assert told in answer.sentences
    assert f"Of {len(rows)} pairs of steps due in one quarter" in told
    assert f"For {silent} of them the order is that of the file" in told
    single = programme(case, ("L1.2", 1), ("L2.2", 3))
    alone = winset.path(case, single, n=4, quarters=4, paces=())
    assert order(alone.tables["order"]) == put_first(alone.tables["put_first"]) == []


def first(case, *rungs):
    one = programme(case, *((rung, 1) for rung in rungs))
    orders = Orders(nobody_asked(case, one), one)
    table = put_first_table(orders, 1)
    (row,) = table.rows()
    return row, table, orders


def test_no_step_of_a_quarter_is_put_first_where_nothing_links_them(case):
    row, table, _ = first(case, "L1.2", "L2.2", "E3.1")
    assert (row["steps"], row["tried"], row["orders"]) == (3, 6, "all")
    assert row["share_changed"] == row["lead"] == row["ahead"] == 0.0
    assert row["put_first"] == row["best_order"] == ""
    assert not row["matters"]
    assert not row["better"]
    assert put_first(table) == [
        "No order of the steps due in one quarter changes what is in effect in any world."
    ]


def test_of_steps_that_shut_each_other_out_the_deeper_is_put_first(case):
    """Wherever else the third step stands: of the two in conflict one is deeper in most worlds."""
    scene = nobody_asked(case, programme(case, ("L1.2", 1)))
    alone = {
        rung: scene.depth(scene.run(programme(case, (rung, 1)))).mean() for rung in ("H2.4", "H3.2")
    }
    deeper, other = sorted(alone, key=lambda rung: -alone[rung])
    for rungs in permutations((deeper, other, "L1.2")):
        row, table, _ = first(case, *rungs)
        assert row["share_changed"] > 0.5
        assert row["put_first"] == deeper
        assert row["matters"]
        assert row["lead"] > 0
        assert row["best_order"].index(deeper) < row["best_order"].index(other)
        assert row["better"] == (rungs.index(other) < rungs.index(deeper))
        headline, told = put_first(table)
        assert "In 1 of 1 quarter with several steps" in headline
        assert "Every order was followed." in headline
        assert f"In quarter 1 put {deeper} first" in told
        assert ("deeper than the written one" in told) == row["better"]
        assert ("the written order is behind" in told) != row["better"]


def test_a_step_is_chosen_in_one_half_of_worlds_and_judged_in_the_other(case):
    row, _, orders = first(case, "H2.4", "H3.2", "L1.2")
    rungs = [step.rung for step in orders.programme.steps]
    depth = {
        tuple(rungs[place] for place in order): orders.depth(order)
        for order in permutations(range(3))
    }
    half = N // 2

    def ahead(rung, worlds):
        own = [values[worlds] for order, values in depth.items() if order[0] == rung]
        rest = [values[worlds] for order, values in depth.items() if order[0] != rung]
        return np.mean(own, axis=0) - np.mean(rest, axis=0)

    chosen = max(rungs, key=lambda rung: ahead(rung, slice(half)).mean())
    judged = ahead(chosen, slice(half, None))
    assert row["put_first"] == chosen
    assert row["lead"] == pytest.approx(judged.mean())
    assert row["lead_error"] == pytest.approx(judged.std(ddof=1) / np.sqrt(half))
    best = tuple(row["best_order"].split(", "))
    assert depth[best][:half].mean() == max(values[:half].mean() for values in depth.values())
    assert row["ahead"] == pytest.approx((depth[best] - depth[tuple(rungs)])[half:].mean())


def test_every_order_is_followed_once(case, monkeypatch):
    one = programme(case, ("L1.2", 1), ("L2.2", 1), ("E3.1", 1), ("D1.3", 2), ("D9.2", 2))
    orders = Orders(nobody_asked(case, one), one)
    run, followed = type(orders.scene).run, Counter()

    def counted(scene, programme, **options):
        followed[tuple(step.rung for step in programme.steps)] += 1
        return run(scene, programme, **options)

    monkeypatch.setattr(type(orders.scene), "run", counted)
    order_table(case, orders)
    put_first_table(orders, 1)
    written = tuple(step.rung for step in one.steps)
    assert followed.pop(written) <= 2
    assert len(followed) == factorial(3) - 1 + 1
    assert set(followed.values()) == {1}


@pytest.mark.parametrize("many", [2, 3, 5, 6, 7, 9])
def test_of_many_steps_orders_are_drawn_each_step_first_in_turn(many):
    own = [place + 3 for place in range(many)]
    found = orders_of(own, 1, 2)
    assert found[0] == tuple(own)
    assert len(set(found)) == len(found) == min(factorial(many), DRAWN)
    assert all(sorted(order) == own for order in found)
    assert tuple(own[::-1]) in found
    heads = Counter(order[0] for order in found)
    assert max(heads.values()) - min(heads.values()) <= 2
    assert found == orders_of(own, 1, 2)
    if many > 5:
        assert found != orders_of(own, 2, 2)
        assert found != orders_of(own, 1, 3)


def test_of_few_worlds_none_is_judged(case):
    one = programme(case, ("H2.4", 1), ("H3.2", 1))
    scene = scene_of(case, one, n=3, rng=1, quarters=4)
    assert [*put_first_table(Orders(scene, one), 1).rows()] == []
