"""The whole question on a small case: tables held to ``judge`` and to every package there is."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest

import winset
from winset.ask.reach import reach, why
from winset.ask.reach.limits import Targets, find_closing
from winset.ask.reach.solve import Method
from winset.ask.reach.units import waived
from winset.engine import judge
from winset.errors import AskError, OutputError
from winset.problem import compile_problem

N = 60


@pytest.fixture(scope="module")
def case():
    return winset.load("shared-canal")


@pytest.fixture(scope="module")
def answer(case):
    return reach(case, n=N)


@pytest.fixture(scope="module")
def problem(answer):
    return compile_problem(answer.worlds).problem


def packages(case):
    return np.array([*product(*(range(len(m.rungs) + 1) for m in case.measures))], dtype=np.int8)


def accepted(problem, case):
    """[package, world] by judging every package there is."""
    return np.array([judge(problem, package).accepted for package in packages(case)])


def holds(case, rung):
    place = [m.id for m in case.measures].index(case.rung[rung].measure)
    return packages(case)[:, place] >= case.rung[rung].level


def test_open_shares_count_every_package(case, answer, problem):
    ok = accepted(problem, case)
    for row in answer.table("rungs").rows():
        expected = ok[holds(case, row["rung"])].any(axis=0).mean()
        assert row["share_open"] == (1.0 if row["status_quo"] else expected), row["rung"]
        assert row["open_low"] <= row["share_open"] <= row["open_high"]


def test_deepest_package_is_no_worse_than_any(case, answer, problem):
    ok = accepted(problem, case)
    slots = problem.structure.first[:-1] + packages(case)
    depth = problem.values.depth[:, slots].sum(axis=2).T
    best = np.where(ok, depth, -1).max(axis=0)
    tops = problem.values.depth[:, problem.structure.first[1:] - 1].sum(axis=1)
    told = answer.table("depth").where(domain="all")
    assert told["depth"] == pytest.approx(100 * best / tops)
    shares = answer.table("deepest").where(measure="turns")["share"]
    assert shares.sum() == pytest.approx(1.0)


def test_limits_are_those_that_open_the_rung_when_waived(case, answer, problem):
    compiled = compile_problem(answer.worlds)
    rungs = [r for m in case.measures for r in m.rungs if not r.status_quo]
    place = {m.id: i for i, m in enumerate(case.measures)}
    targets = Targets(
        np.array([place[r.measure] for r in rungs], dtype=np.int16),
        np.array([r.level for r in rungs], dtype=np.int8),
        tuple(r.id for r in rungs),
    )
    ok = accepted(problem, case)
    closed = np.array([~ok[holds(case, r.id)].any(axis=0) for r in rungs]).T
    assert closed.any()
    deepest = np.tile(problem.structure.status_quo, (N, 1))
    found = find_closing(compiled, targets, closed, deepest, 10_000)
    for index, unit in enumerate(found.units):
        freed = accepted(waived(problem, [unit]), case)
        for target, rung in enumerate(rungs):
            opened = freed[holds(case, rung.id)].any(axis=0) & closed[:, target]
            assert (found.alone[:, target, index] == opened).all(), (unit, rung.id)
            shut = found.closer[:, target, index]
            assert not (shut & found.alone[:, target].any(axis=1) & ~opened).any()


def test_limits_table_adds_up(case, answer):
    for row in answer.table("closures").rows():
        assert row["two"] + row["more"] <= 1.0
        rows = [*answer.table("limits").where(rung=row["rung"]).rows()]
        assert all(limit["closed"] == row["closed"] for limit in rows)
        assert all(limit["sole"] <= limit["share_of_closed"] for limit in rows)
        assert sum(limit["sole"] for limit in rows) <= row["one"] + 1e-12
        assert max(limit["share_of_closed"] for limit in rows) <= row["one"]
        pairs = answer.table("joint").where(rung=row["rung"])
        assert (len(pairs) > 0) == (row["two"] > 0)


def test_a_price_opens_the_rung_and_a_twentieth_less_does_not(case, answer, problem):
    row = next(answer.table("limits").where(rung="turns.1", who="UP-BRD").rows())
    names = compile_problem(answer.worlds).names
    closed = np.flatnonzero(~accepted(problem, case)[holds(case, "turns.1")].any(axis=0))
    prices = []
    for world in closed:
        for step in range(400):
            eased = problem.values.constant.copy()
            for index, name in enumerate(names.rows):
                if name.constituency == "UP-BRD" and name.measure in ("", "turns"):
                    eased[:, index] += step * 50_000 * names.row_scale[index]
            freed = problem._replace(values=problem.values._replace(constant=eased))
            if accepted(freed, case)[holds(case, "turns.1")][:, world].any():
                prices.append(step / 20)
                break
        if len(prices) == 5:
            break
    assert len(set(prices)) == 1
    assert row["price_p50"] == pytest.approx(prices[0])
    assert row["price_worlds"] == min(len(closed), Method().price_worlds)


def test_packages_are_accepted_as_often_as_they_say(case, answer, problem):
    table = answer.table("packages")
    assert set(table["package"].tolist()) == {"safe", "balanced", "stretch"}
    for name in ("safe", "balanced", "stretch"):
        rows = [*table.where(package=name).rows()]
        levels = [row["level"] for row in rows]
        share = judge(problem, np.array(levels)).accepted.mean()
        assert share == rows[0]["share"] >= rows[0]["certainty"]
    assert answer.table("certainty")["share"][0] == 1.0


@pytest.mark.parametrize("block", [1, 7, 64])
def test_blocks_do_not_count(case, answer, block):
    other = reach(case, n=N, method=Method(block=block))
    for name, table in answer.tables.items():
        assert other.table(name).csv() == table.csv(), name


def test_a_world_is_the_same_among_few_and_many(case, answer):
    few = reach(case, n=20).table("depth")
    assert few["depth"].tolist() == answer.table("depth")["depth"][: len(few)].tolist()


def test_time_limit_answers_for_the_worlds_done(case):
    seen = []
    method = Method(block=10)
    part = reach(
        case, n=40, time_limit=0.0, method=method, progress=lambda *done: seen.append(done)
    )
    assert (part.run.worlds, part.run.asked) == (10, 40)
    assert seen == [(10, 40)]
    assert len(part.table("depth").where(domain="all")) == 10
    assert part.table("depth").csv() == reach(case, n=10, method=method).table("depth").csv()


def test_another_draw_is_another_run(case, answer):
    other = reach(case, n=N, rng=2)
    assert other.run.id != answer.run.id
    assert (
        other.table("rungs")["share_open"].tolist() != answer.table("rungs")["share_open"].tolist()
    )


def test_rungs_asked_about_alone_get_the_same_rows(case, answer):
    one = reach(case, n=N, rungs=["turns.1"])
    assert [*one.table("rungs").rows()] == [*answer.table("rungs").where(rung="turns.1").rows()]
    with pytest.raises(AskError, match=r"turns\.1"):
        reach(case, n=N, rungs=["turn.1"])


class TestAnswer:
    def test_shows(self, answer):
        text = str(answer)
        assert text.startswith(answer.case.question)
        assert answer.headline in text
        assert answer.headline in answer.sentences
        assert answer.run.command in text
        assert "<script" not in answer._repr_html_()
        assert answer.run.id in repr(answer)

    def test_tables(self, answer):
        assert answer.to_pandas("rungs").shape[0] == len(answer.table("rungs"))
        with pytest.raises(AskError, match="rungs"):
            answer.table("rung")

    def test_save_twice_gives_the_same_bytes(self, case, answer, tmp_path):
        one = answer.save(tmp_path / "one")
        two = reach(case, n=N).save(tmp_path / "two")
        files = sorted(path.name for path in one.iterdir())
        assert files == sorted(["manifest.json", *(f"{name}.csv" for name in answer.tables)])
        for name in files:
            assert (one / name).read_bytes() == (two / name).read_bytes()
        manifest = json.loads((one / "manifest.json").read_text())
        assert manifest["run"]["case_hash"] == case.hash
        assert manifest["headline"] == answer.headline
        with pytest.raises(OutputError):
            answer.save(one)


class TestWhy:
    def test_rung(self, case, answer):
        told = str(answer.why("turns.1"))
        share = round(100 * float(answer.table("rungs").where(rung="turns.1")["share_open"][0]))
        assert f"{share}\u00a0of" in told
        assert str(why(case, "turns.1", answer.worlds)) == told
        with pytest.raises(AskError, match=r"turns\.1"):
            answer.why("turns.11")

    def test_package_counts_judge(self, case, answer, problem):
        reason = answer.why("turns.2", "fund.2")
        levels = [1, 2, 2]
        share = judge(problem, np.array(levels)).accepted.mean()
        assert f"{round(100 * share)}\u00a0of" in str(reason)
        for row in reason.table.where(limit="step").rows():
            less = [1, 0, 2] if row["measure"] == "turns" else [1, 2, 0]
            assert row["share"] == judge(problem, np.array(less)).accepted.mean()

    def test_package_tells_how_far_short(self, answer, problem):
        reason = answer.why(package={"gauge": 2})
        row = next(reason.table.where(limit="threshold").rows())
        judged = judge(problem, np.array([2, 0, 0]))
        assert row["share"] == (~judged.accepted).mean() == 1.0
        assert row["short_p50"] == pytest.approx(-judged.row_slack.min() / 1e12)

    def test_a_limit_stated_by_several_rows_counts_a_world_once(self):
        case = winset.load("trilateral-2022")
        names = compile_problem(winset.draw(case, 8)).names
        wholes = [row for row in names.rows if row.kind == "package"]
        assert len(wholes) > len({row.constituency for row in wholes})
        top = {measure.id: len(measure.rungs) for measure in case.measures}
        reason = why(case, worlds=winset.draw(case, 60, rng=3), package=top)
        assert reason.table["share"].max() <= 1.0

    def test_all_ways_to_name_a_package_agree(self, case, answer):
        asked = answer.why("turns.2", "fund.2")
        by_level = why(case, worlds=answer.worlds, package={"turns": 2, "fund": 2})
        by_rung = why(case, worlds=answer.worlds, package=["turns.2", "fund.2"])
        assert str(asked) == str(by_level) == str(by_rung)

    @pytest.mark.parametrize(
        ("rungs", "package"),
        [
            (("turns.1", "turns.2"), None),
            (("turns.3", "fund.1"), None),
            (("nothing", "fund.1"), None),
            ((), None),
            ((), {"turnz": 1}),
            ((), {"turns": 7}),
        ],
    )
    def test_wrong_packages_are_refused(self, answer, rungs, package):
        with pytest.raises(AskError):
            answer.why(*rungs, package=package)

    def test_taking_back_what_is_in_place(self, answer):
        told = str(answer.why(package={"gauge": 0}))
        assert "takes back what is in place today" in told

    def test_one_question_at_a_time(self, case):
        with pytest.raises(AskError):
            why(case)
        with pytest.raises(AskError):
            why(case, "turns.1", package=["turns.1"])
