"""Single packages: bounds against brute force, worlds given up, wishes, what executives get."""

from __future__ import annotations

import itertools
from math import ceil

import numpy as np
import pytest

import winset
from tests.engine.problems import Draw
from winset.ask.reach import proof
from winset.ask.reach.proof import bound, give_up_worlds, percent
from winset.ask.reach.solve import Method
from winset.engine import judge
from winset.engine.layout import Problem
from winset.errors import AskError
from winset.problem import compile_problem
from winset.problem.join import jointly

RNG = 3
"""A draw of the canal in which the stretch package stands in at least half of 60 worlds."""


def every_package(problem: Problem) -> np.ndarray:
    sizes = np.diff(problem.structure.first).tolist()
    return np.array([*itertools.product(*map(range, sizes))], dtype=np.int8)


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return [Draw(seed, worlds=12, measures=4).problem() for seed in range(300, 330)]


def test_a_group_accepts_what_all_its_worlds_accept(problems: list[Problem]) -> None:
    groups = np.arange(12).reshape(4, 3)
    refused = 0
    for problem in problems:
        joint = jointly(problem, groups)
        for package in every_package(problem)[::7]:
            each = judge(problem, package).accepted[groups].all(axis=1)
            np.testing.assert_array_equal(judge(joint, package).accepted, each)
            refused += int((~each).sum())
    assert refused > 1000


def best_of(problem: Problem, share: float) -> float:
    packages = every_package(problem)
    need = ceil(share * 12)
    counts = np.array([judge(problem, x).accepted.sum() for x in packages])
    return float(percent(problem, packages[counts >= need]).max())


@pytest.mark.parametrize("share", [0.95, 0.8, 0.5])
def test_no_package_exceeds_the_bound(
    problems: list[Problem], share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = 0
    for problem in problems:
        wanted = best_of(problem, share)
        assert bound(problem, share).depth == pytest.approx(wanted)
        with monkeypatch.context() as patch:
            patch.setattr(proof, "MOST_PACKAGES", 0)
            proven = bound(problem, share)
        assert proven.depth >= wanted - 1e-9
        assert proven.members > 0
        tight += proven.depth < percent(problem, every_package(problem)).max()
    assert tight > 2


def test_worlds_are_given_up_from_all_down(problems: list[Problem]) -> None:
    for problem in problems:
        found = [*give_up_worlds(problem, least=0.7)]
        counts = [int(judge(problem, x).accepted.sum()) for x in found]
        assert counts[0] == 12
        assert float(percent(problem, found[0][None])[0]) == pytest.approx(best_of(problem, 1.0))
        assert all(count >= 12 - place for place, count in enumerate(counts))


@pytest.fixture(scope="module")
def canal() -> winset.Reach:
    return winset.reach(winset.load("shared-canal"), n=60, rng=RNG, prove=True)


def test_few_packages_are_settled_by_judging_all(canal: winset.Reach) -> None:
    rows = [*canal.table("bounds").rows()]
    assert [row["package"] for row in rows] == ["safe", "balanced", "stretch"]
    assert all(row["gap"] == 0 and row["members"] == 0 for row in rows)


def test_a_proof_is_made_only_where_it_is_asked_for() -> None:
    case = winset.load("shared-canal")
    plain = winset.reach(case, n=60)
    assert len(plain.table("bounds")) == len(plain.table("gains")) == 0
    assert "--prove" not in plain.run.command


def test_executives_gain_nothing_from_today_and_most_from_their_own(canal: winset.Reach) -> None:
    gains = canal.table("gains")
    assert set(gains.where(package="today")["gain_p50"].tolist()) == {0.0}
    for who in ("UP-BRD", "MID-BRD", "LOW-BRD"):
        own = next(gains.where(package=who, who=who).rows())
        safe = next(gains.where(package="safe", who=who).rows(), own)
        assert own["gain_p50"] >= safe["gain_p50"]


def test_gains_are_what_the_whole_is_worth(canal: winset.Reach) -> None:
    case = canal.case
    problem = compile_problem(winset.draw(case, 60, rng=RNG)).problem
    names = compile_problem(winset.draw(case, 60, rng=RNG)).names
    row = next(
        i for i, n in enumerate(names.rows) if (n.kind, n.constituency) == ("package", "MID-BRD")
    )
    rung_levels = {
        r["measure"]: r["level"] for r in canal.table("packages").where(package="stretch").rows()
    }
    package = np.array([rung_levels[m.id] for m in case.measures], dtype=np.int8)
    slack = judge(problem, package).row_slack[:, row] / (1e6 * names.row_scale[row])
    told = next(canal.table("gains").where(package="stretch", who="MID-BRD").rows())
    assert told["gain_p50"] == pytest.approx(float(np.median(slack)))


def test_not_knowing_costs_what_worlds_lose(canal: winset.Reach) -> None:
    rows = {row["package"]: row for row in canal.table("ignorance").rows()}
    depth = canal.table("depth").where(domain="all")["depth"]
    found = next(canal.table("packages").where(package="stretch").rows())["depth"]
    assert rows["stretch"]["lost"] == pytest.approx(float((depth - found).mean()), abs=1e-6)


def shown(answer: winset.Reach, package: str) -> np.ndarray:
    rows = {
        r["measure"]: r["level"] for r in answer.table("packages").where(package=package).rows()
    }
    return np.array([rows[measure.id] for measure in answer.case.measures], dtype=np.int8)


@pytest.fixture(scope="module")
def answer() -> winset.Reach:
    """Packages searched in 25 worlds of 120, so that sample and worlds differ."""
    method = Method(path_worlds=25)
    return winset.reach(winset.load("shared-canal"), n=120, rng=RNG, prove=True, method=method)


class TestAdditions:
    """One step more on each ladder of the packages that are shown."""

    def test_each_is_judged_in_the_sample(self, answer: winset.Reach) -> None:
        problem = compile_problem(winset.draw(answer.case, 120, rng=RNG), 0, 25).problem
        rows = [*answer.table("additions").rows()]
        place = {measure.id: at for at, measure in enumerate(answer.case.measures)}
        for row in rows:
            package = shown(answer, row["package"])
            before = judge(problem, package).accepted
            measure, level = row["rung"].rsplit(".", 1)
            assert package[place[measure]] == int(level) - 1
            package[place[measure]] = int(level)
            after = judge(problem, package).accepted
            assert row["share"] == after.mean()
            assert row["lost"] == (before & ~after).mean()
            assert row["worlds"] == 25
            assert bool(row["who"]) == bool(row["lost"])
        assert any(row["lost"] > 0 for row in rows)

    def test_who_stops_it_would_let_it_pass_if_waived(self, answer: winset.Reach) -> None:
        compiled = compile_problem(winset.draw(answer.case, 120, rng=RNG), 0, 25)
        owners = compiled.names.owners
        told = [row for row in answer.table("additions").rows() if row["who"] in owners]
        assert told
        for row in told:
            package = shown(answer, row["package"])
            measure, level = row["rung"].rsplit(".", 1)
            package[[m.id for m in answer.case.measures].index(measure)] = int(level)
            kinds = {
                name.kind
                for at, name in enumerate(compiled.names.rows)
                if name.constituency == row["who"]
                and (judge(compiled.problem, package).row_slack[:, at] < 0).any()
            }
            assert {"floor": "floor", "threshold": "package"}.get(row["limit"], "floor") in kinds
            assert 0 < row["stops"] <= 1

    def test_what_packages_bring_is_counted_for_those_shown(self, answer: winset.Reach) -> None:
        problem = compile_problem(winset.draw(answer.case, 120, rng=RNG), 0, 25).problem
        for name in set(answer.table("packages")["package"].tolist()):
            share = answer.table("gains").where(package=name)["share"].tolist()[0]
            assert share == judge(problem, shown(answer, name)).accepted.mean()

    def test_forbidden_rungs_are_not_added(self) -> None:
        case = winset.load("shared-canal")
        free = winset.reach(case, n=40, rng=RNG, prove=True).table("additions")["rung"].tolist()
        bound = winset.reach(case, n=40, rng=RNG, prove=True, forbid=["turns.1"])
        assert "turns.1" in free
        assert "turns.1" not in bound.table("additions")["rung"].tolist()


class TestWishes:
    def levels(self, **wishes: list[str]) -> dict[str, dict[str, int]]:
        answer = winset.reach(winset.load("shared-canal"), n=60, rng=RNG, **wishes)
        found: dict[str, dict[str, int]] = {}
        for row in answer.table("packages").rows():
            found.setdefault(row["package"], {})[row["measure"]] = row["level"]
        return found

    def test_forbidden_rungs_are_in_no_package(self) -> None:
        assert any(levels["turns"] == 2 for levels in self.levels().values())
        assert all(levels["turns"] < 2 for levels in self.levels(forbid=["turns.2"]).values())

    def test_required_rungs_are_in_every_package(self) -> None:
        found = self.levels(require=["fund.2"])
        assert found
        assert all(levels["fund"] == 2 for levels in found.values())

    def test_verdicts_do_not_depend_on_wishes_and_the_command_repeats_them(self) -> None:
        case = winset.load("shared-canal")
        plain, wished = winset.reach(case, n=60), winset.reach(case, n=60, forbid=["turns.2"])
        assert plain.table("rungs").csv() == wished.table("rungs").csv()
        assert "--forbid=turns.2" in wished.run.command

    @pytest.mark.parametrize(
        ("wishes", "said"),
        [
            ({"require": ["turn.2"]}, "turns.2"),
            ({"require": ["turns.2"], "forbid": ["turns.1"]}, "has passed turns.1"),
            ({"forbid": ["gauge.1"]}, "in place today"),
        ],
    )
    def test_wrong_wishes_are_refused(self, wishes: dict[str, list[str]], said: str) -> None:
        with pytest.raises(AskError) as caught:
            winset.reach(winset.load("shared-canal"), n=5, **wishes)
        assert said in str(caught.value)


def test_what_needs_nobody_is_listed(tmp_path: object) -> None:
    case = winset.load("trilateral-2022")
    free = winset.reach(case, n=8).table("free")
    asked = {rung for who in case.constituencies for rung in who.asked_for}
    assert not set(free["rung"].tolist()) & {r for r in asked if r in case.rung}
