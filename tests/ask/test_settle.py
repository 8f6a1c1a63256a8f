"""Where it would settle: the frontier against all packages, axioms where they must hold and break."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import winset
from winset.ask.reach.units import take
from winset.ask.settle.frontier import frontier, undominated
from winset.ask.settle.gains import Levels, Stage, set_stage, value_rows, with_one
from winset.ask.settle.offsets import Payments, find_offsets
from winset.ask.settle.solutions import (
    Rule,
    choose,
    egalitarian,
    kalai_smorodinsky,
    nash,
    rules,
    utilitarian,
)
from winset.ask.settle.sums import with_sums
from winset.case.model import Case
from winset.engine import judge
from winset.errors import AskError
from winset.oracle import brute
from winset.problem import compile_problem
from winset.testing import cases
from winset.worlds import draw

Points = NDArray[np.float64]


def staged(case: Case, n: int = 1) -> tuple[list[Stage], tuple[str, ...]]:
    executives = tuple(
        who.id
        for party in case.parties
        for who in case.constituencies
        if (who.party, who.kind) == (party.id, "executive")
    )
    judged = compile_problem(draw(case, n))
    alike = (
        ["parameters/offset_executive = 1"] if "parameters/offset_executive" in case.values else []
    )
    valued = compile_problem(draw(case, n, changes=alike))
    return [set_stage(judged, valued, world, executives) for world in range(n)], executives


def all_packages(stage: Stage) -> Levels:
    sizes = np.diff(stage.problem.structure.first)[:-1]
    return np.array([*product(*map(range, sizes))], dtype=np.int8)


@settings(max_examples=40, deadline=None)
@given(case=cases(), eps=st.sampled_from([0.0, 0.05, 0.3]), start=st.integers(-3, 1))
def test_no_accepted_package_is_missed_by_more_than_eps(case: Case, eps: float, start: int) -> None:
    who = [one for one in case.constituencies if one.kind == "executive"]
    assume(who)
    problem = compile_problem(draw(case, 1)).problem
    whole = {
        row.constituency
        for row in compile_problem(draw(case, 1)).names.rows
        if row.kind == "package"
    }
    assume({one.id for one in who} <= whole)
    (stage,), _ = staged(case)
    packages = all_packages(stage)
    assume(len(packages) <= 3000)
    plain = brute.Plain(problem, 0)
    accepted = np.array([plain.accepts(tuple(package)) for package in packages.tolist()])
    assert np.array_equal(stage.accepted(packages), accepted)
    disagreement = start * stage.scale
    found = frontier(stage, disagreement=disagreement, eps=eps)
    gains = stage.gains(packages[accepted])
    rational = gains[(gains >= disagreement).all(axis=1)]
    assert found.complete
    assert len(rational) == 0 or len(found.gains) > 0
    for one in rational:
        assert (found.gains + found.slack >= one).all(axis=1).any()
    best = rational[undominated(rational)]
    if eps == 0:
        assert np.array_equal(np.unique(found.gains, axis=0), np.unique(best, axis=0))
    assert stage.accepted(found.packages).all()
    assert np.array_equal(stage.gains(found.packages), found.gains)


@settings(max_examples=60, deadline=None)
@given(case=cases(), eps=st.sampled_from([0.0, 0.1]), nodes=st.sampled_from([0, 1, 3, 10]))
def test_nothing_is_missed_by_more_of_every_range_than_the_gap(
    case: Case, eps: float, nodes: int
) -> None:
    who = {one.id for one in case.constituencies if one.kind == "executive"}
    rows = compile_problem(draw(case, 1)).names.rows
    assume(who)
    assume(who <= {row.constituency for row in rows if row.kind == "package"})
    (stage,), _ = staged(case)
    packages = all_packages(stage)
    assume(len(packages) <= 3000)
    start = np.zeros(len(who), np.int64)
    found = frontier(stage, disagreement=start, eps=eps, node_limit=nodes)
    assume(np.isfinite(found.gap))
    gains = stage.gains(packages[stage.accepted(packages)])
    span = np.maximum(found.ideal - start, 1)
    for one in gains[(gains >= start).all(axis=1)]:
        lowered = one - np.ceil(found.gap * span)
        below = (lowered < start).any()
        assert below or (found.gains + found.slack >= lowered).all(axis=1).any()


def test_a_search_cut_short_says_how_much_may_be_missed() -> None:
    (stage,), _ = staged(winset.load("shared-canal"))
    found = frontier(stage, disagreement=np.zeros(3, np.int64), eps=0.0, node_limit=0)
    assert not found.complete
    assert found.gap > 0
    late = frontier(stage, disagreement=np.zeros(3, np.int64), eps=0.0, time_limit=0.0)
    assert not late.complete


surpluses = st.lists(
    st.tuples(*[st.integers(0, 20).map(float)] * 3), min_size=1, max_size=12, unique=True
).map(np.array)


def picked(rule: Rule, points: Points, ideal: Points | None = None) -> Points:
    best = points.max(axis=0) if ideal is None else ideal
    found: Points = points[choose(rule, points, best)]
    return found


@given(points=surpluses)
def test_every_solution_picks_an_efficient_point_of_those_given(points: Points) -> None:
    border = points[undominated(points.astype(np.int64))]
    for rule in rules().values():
        assert (picked(rule, border) == border).all(axis=1).any()
    for rule in (nash, utilitarian):
        assert np.isclose(
            rule(points, points.max(axis=0)).max(), rule(border, points.max(axis=0)).max()
        )


@given(points=surpluses, scale=st.tuples(*[st.sampled_from([0.5, 2.0, 4.0])] * 3))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_units(points: Points, scale: Points) -> None:
    units = np.array(scale)
    for rule in (nash, kalai_smorodinsky):
        assert np.allclose(picked(rule, points * units), picked(rule, points) * units)


def test_egalitarian_and_utilitarian_depend_on_units() -> None:
    points = np.array([[4.0, 2.0], [3.0, 3.0], [1.0, 6.0]])
    units = np.array([1.0, 0.25])
    for rule in (egalitarian, utilitarian):
        assert not np.allclose(picked(rule, points * units), picked(rule, points) * units)


@given(points=surpluses, keep=st.lists(st.booleans(), min_size=12, max_size=12))
def test_nash_ignores_what_it_would_not_pick(points: Points, keep: list[bool]) -> None:
    ideal = points.max(axis=0)
    best = picked(nash, points, ideal)
    left = points[np.array(keep[: len(points)]) | (points == best).all(axis=1)]
    assert np.allclose(nash(picked(nash, left, ideal)[None], ideal), nash(best[None], ideal))


def test_kalai_smorodinsky_does_not_ignore_it() -> None:
    points = np.array([[5.0, 5.0], [4.0, 7.0], [10.0, 0.0]])
    before = picked(kalai_smorodinsky, points)
    assert not np.allclose(picked(kalai_smorodinsky, points[:2]), before)


@given(points=surpluses, more=surpluses)
def test_nobody_loses_when_the_egalitarian_choice_widens(points: Points, more: Points) -> None:
    least = egalitarian(picked(egalitarian, points)[None], points.max(axis=0))
    wider = np.concatenate([points, more])
    assert egalitarian(picked(egalitarian, wider)[None], wider.max(axis=0)) >= least


def test_somebody_may_lose_when_the_nash_choice_widens() -> None:
    points = np.array([[5.0, 5.0], [9.0, 1.0]])
    wider = np.concatenate([points, [[4.0, 8.0]]])
    assert (picked(nash, wider) < picked(nash, points)).any()


@given(points=surpluses)
def test_solutions_treat_parties_alike(points: Points) -> None:
    ideal = np.full(3, points.max())
    for rule in rules().values():
        score = rule(points, ideal).max()
        assert np.isclose(rule(points[:, ::-1], ideal).max(), score)


def test_weights_pull_towards_who_has_them() -> None:
    points = np.array([[2.0, 8.0], [5.0, 5.0], [8.0, 2.0]])
    assert np.array_equal(picked(rules()["nash"], points), [5, 5])
    assert np.array_equal(picked(rules(np.array([4.0, 1.0]))["weighted-nash"], points), [8, 2])


@pytest.fixture(scope="module")
def canal() -> winset.Case:
    return winset.load("shared-canal")


def test_in_a_small_case_the_solutions_are_those_of_all_packages(canal: Case) -> None:
    answer = winset.settle(canal, n=1, eps=0.0)
    (stage,), executives = staged(canal)
    packages = all_packages(stage)
    packages = packages[stage.accepted(packages)]
    gains = stage.gains(packages) / stage.scale
    gains = gains[(gains >= 0).all(axis=1)]
    for name, rule in rules().items():
        told = [
            answer.table("solutions").where(solution=name, who=who)["gain_p50"][0]
            for who in executives
        ]
        score = rule(gains, gains.max(axis=0)).max()
        assert np.isclose(rule(np.array([told]), gains.max(axis=0))[0], score)
    for who in executives:
        own = answer.table("solutions").where(solution=f"best:{who}", who=who)
        assert own["of_best_p50"][0] == pytest.approx(100)
    assert answer.table("frontier")["complete"].all()
    assert "agree on" in answer.headline


def test_the_cost_of_no_agreement_moves_the_disagreement_point(canal: Case) -> None:
    plain = winset.settle(canal, n=1).table("solutions").where(solution="nash")
    costly = winset.settle(canal, n=1, disagreement={"UP": -4}).table("solutions")
    moved = costly.where(solution="nash")
    assert moved["gain_p50"][0] <= plain["gain_p50"][0]
    high = winset.settle(canal, n=1, disagreement={"UP": 1000})
    assert not high.table("solutions").where(solution="nash")["share"].any()
    assert high.headline.startswith("No solution moves beyond today")


def test_answers_do_not_depend_on_how_often_they_are_asked(canal: Case) -> None:
    one, other = (winset.settle(canal, n=3, offset="fund.2") for _ in range(2))
    for name in one.tables:
        assert one.table(name).csv() == other.table(name).csv()


def test_an_offset_turns_what_it_is_said_to_turn() -> None:
    case = winset.load("trilateral-2022")
    judged = compile_problem(draw(case, 40))
    valued = compile_problem(draw(case, 40, changes=["parameters/offset_executive = 1"]))
    who = ("US-WH", "JP-PM", "KR-PRES")
    levels = {name: rung.level for name, rung in case.rung.items()}

    def offsets(terms: Payments) -> dict[tuple[str, str], Points]:
        found = find_offsets(
            judged,
            valued,
            "D12.3",
            rows=value_rows(valued, who),
            rungs=levels,
            payers=who,
            terms=terms,
            spared=("KR-VIC",),
        )
        assert found.refused.any()
        assert any(name.startswith("E4.") for name in found.turns)
        for turned in found.turns.values():
            assert not (turned & ~found.refused).any()
        return found.payments

    free, leaking = offsets(Payments()), offsets(Payments(leak=0.5))
    capped = offsets(Payments(ceiling=0.0))
    assert any(np.isfinite(paid).any() for paid in free.values())
    for key, paid in free.items():
        both = np.isfinite(paid) & np.isfinite(leaking[key])
        assert np.allclose(leaking[key][both], 2 * paid[both])
        assert np.isfinite(leaking[key]).sum() <= np.isfinite(paid).sum()
        assert not (capped[key] > 0).any()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"disagreement": {"UPP": 1.0}}, "no executive and no party"),
        ({"disagreement": {"UP": float("nan")}}, "not a finite number"),
        ({"weights": {"UP": 0.0}}, "positive"),
        ({"offset": "fund.9"}, "no rung"),
        ({"eps": 1.5}, "from 0 to 1"),
        ({"leak": 1.0}, "below 1"),
        ({"most": -1.0}, "not negative"),
    ],
)
def test_wrong_questions_are_refused(canal: Case, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(AskError, match=said):
        winset.settle(canal, n=1, **wrong)  # type: ignore[arg-type]


def test_mixtures_give_everybody_at_least_what_single_packages_give(canal: Case) -> None:
    answer = winset.settle(canal, n=2, eps=0.0, mixtures=True, disagreement={"UP": -1})
    single, mixed = answer.table("solutions"), answer.table("mixtures")
    for name in ("egalitarian", "kalai-smorodinsky"):
        before = single.where(solution=name)["of_best_p50"].min()
        assert mixed.where(solution=name)["of_best_p50"].min() >= before - 1e-6
    assert set(mixed["who"]) == set(single["who"])
    assert any("Over mixtures" in sentence for sentence in answer.sentences)
    assert len(winset.settle(canal, n=1).table("mixtures")) == 0


def test_without_a_package_there_is_nothing_to_mix(canal: Case) -> None:
    answer = winset.settle(canal, n=1, mixtures=True, disagreement={"UP": 1000})
    assert (answer.table("mixtures")["gain_p50"] == 0).all()


def test_the_command_repeats_every_option(canal: Case) -> None:
    answer = winset.settle(
        canal,
        n=1,
        disagreement={"UP": -1.0},
        weights={"UP": 2.0},
        offset="fund.2",
        leak=0.25,
        most=3.0,
        mixtures=True,
        eps=0.5,
        node_limit=50,
        changes=["parameters/width = 0.5"] if "parameters/width" in canal.values else [],
    )
    for option in (
        "--disagreement=UP=-1.0",
        "--weight=UP=2.0",
        "--offset=fund.2",
        "--leak=0.25",
        "--most=3.0",
        "--mixtures",
        "--eps=0.5",
        "--nodes=50",
    ):
        assert option in answer.run.command.split()


def test_a_search_out_of_time_keeps_what_it_has(canal: Case) -> None:
    answer = winset.settle(canal, n=3, eps=0.0, time_limit=1e-9)
    assert answer.run.worlds == 1
    assert answer.run.asked == 3
    row = next(answer.table("frontier").rows())
    assert not row["complete"]
    assert row["gap"] is None  # nothing at all is proven yet
    assert any("stopped before it knew" in sentence for sentence in answer.sentences)
    assert answer.table("solutions")["worlds"].tolist()[0] == 1


@settings(max_examples=30, deadline=None)
@given(case=cases(), least=st.integers(-2, 2))
def test_sums_of_gains_say_nothing_new(case: Case, least: int) -> None:
    who = {one.id for one in case.constituencies if one.kind == "executive"}
    rows = compile_problem(draw(case, 1)).names.rows
    assume(who)
    assume(who <= {row.constituency for row in rows if row.kind == "package"})
    (stage,), executives = staged(case)
    packages = all_packages(stage)
    assume(len(packages) <= 500)
    summed = with_sums(stage, np.arange(1, len(executives) + 1))
    assert np.array_equal(summed.accepted(packages), stage.accepted(packages))
    gains = stage.gains(packages)
    assert np.array_equal(summed.gains(packages), gains)
    judged = judge(take(summed.problem, np.zeros(len(packages), dtype=np.intp)), with_one(packages))
    assert np.array_equal(judged.row_slack[:, summed.sum_rows], gains @ summed.sums.T)
    at_least = least * stage.scale
    weight = np.full(len(executives), 1e-6)
    plain, known = stage.find(at_least, weight, 100_000)
    other, same = summed.find(at_least, weight, 100_000)
    assert known
    assert same
    assert (plain is None) == (other is None)


def test_mean_and_median_follow_the_weights(canal: Case) -> None:
    plain, heavy = (
        winset.settle(canal, n=1, weights=weights).table("settlements")
        for weights in (None, {"UP": 50.0})
    )
    own = winset.settle(canal, n=1).table("settlements")
    for name in ("mean", "median"):
        assert plain.where(solution=name).csv() == own.where(solution=name).csv()
    rungs = [set(heavy.where(solution=name)["rung"]) for name in ("mean", "median")]
    assert rungs[0] == rungs[1]  # one alone decides
    assert rungs[0] != set(plain.where(solution="mean")["rung"])


def test_a_long_search_can_be_watched(canal: Case) -> None:
    told: list[tuple[int, int]] = []
    winset.settle(canal, n=2, eps=0.0, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (200, 200)
    assert (100, 200) in told
    assert all(0 <= done <= total for done, total in told)
    assert len(told) > 2
