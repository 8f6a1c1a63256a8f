"""Steps due in one quarter: where their order matters, where not, and where it is not said."""

from dataclasses import replace
from statistics import NormalDist

import pytest

import winset
from winset.ask.follow import mask_of
from winset.ask.path.order import order_table
from winset.ask.scene import scene_of, step_of
from winset.case.condition import parse_condition
from winset.words.what_if import order

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
    return [*order_table(case, scene, one).rows()]


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
        scene = scene_of(case, one, n=N, rng=1, quarters=QUARTERS, mechanisms=0)
        willing = replace(scene, timed=replace(scene.timed, compiled=agreed_to(scene)))
        (found,) = order_table(case, willing, one).rows()
        return found

    free = row("L1.2", "L2.2")
    assert free["share_changed"] == free["cost"] == 0.0
    assert not free["matters"]
    bound = row("H2.4", "H3.2")
    assert bound["share_changed"] > 0.5
    assert bound["matters"]


def agreed_to(scene):
    """The same worlds in which nobody is asked; conflicts hold."""
    from winset.engine import without

    compiled = scene.timed.compiled
    owners = range(len(scene.case.constituencies))
    return replace(compiled, problem=without(compiled.problem, owners=owners))


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
    assert order(winset.path(case, single, n=4, quarters=4, paces=()).tables["order"]) == []
