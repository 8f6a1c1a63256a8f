"""What would survive: the canal worked by hand, every package by brute force, the bundled case."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import winset
from winset.ask.hold.durable import _demands, find_durable
from winset.ask.hold.governments import combinations, under
from winset.ask.hold.leaving import leaving, margins, settle_down
from winset.ask.hold.schemas import SCHEMAS
from winset.case.dates import quarters_after
from winset.engine import judge
from winset.errors import AskError, CaseError, LimitError
from winset.problem import compile_problem
from winset.problem.join import with_rows
from winset.tables import Table
from winset.words import hold as words

CANAL = Path(winset.__file__).parent / "cases" / "shared_canal"
LEADERS = """
LOW:
  question: Who leads the Lower cooperative?
  options:
    even: {label: even, says: the present board, basis: A}
    thrifty: {label: thrifty, says: a thrifty board, basis: A, changes: ["weights/LOW-BRD/money += 1"]}
    mean: {label: mean, says: a mean board, basis: A, changes: ["weights/LOW-BRD/money += 2"]}
UP:
  question: Who leads the Upper cooperative?
  times: apart
  options:
    even: {label: even, says: the present board of Upper, basis: A}
    proud: {label: proud, says: a proud board, basis: A, changes: ["constituencies/UP-BRD/threshold += 1"]}
"""
EXIT = "exit_cost,points,cost of leaving,hold,,,,0.5,,exact,A,,\n"
SHARE = "guard,share,what a charter adds,hold,,,,1,,exact,A,,\n"
ASKED = "grudge,points,asked after each step left,hold,,,,3,,exact,A,,\n"
APART = "apart,times,distance of the types of Upper,hold,,,0.5,1,2,pert,A,,\n"
GUARANTEE = "  guarantees:\n    - {id: charter, rung: turns.1, covers: [gauge], share: guard}\n"
REVERSAL = "  reversals:\n    - {by: LOW, raises: MID-BRD, cost: grudge}\n"
PACKAGE = {"gauge": 2, "turns": 2, "fund": 2}
HAND = {"gauge": 2, "turns": 2, "fund": 0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "canal"
    shutil.copytree(CANAL, target)
    (target / "leaders.yaml").write_text(LEADERS, "utf-8")
    append(target / "parameters.csv", EXIT + APART)
    put(target / "effects.csv", "turns,water,UP,-4,-3,-2,ends", "turns,water,UP,,-1,,exact")
    return target


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + text, "utf-8")


def put(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def row(table: Table, **equal: object) -> dict[str, Any]:
    (found,) = table.where(**equal).rows()
    return found


def after(folder: Path, government: str, package: dict[str, int] = HAND) -> dict[str, Any]:
    """Levels at rest in the first world, with the order of falling and who left."""
    case = winset.load(folder)
    worlds = winset.draw(case, 1)
    chosen = {part.split("=")[0]: [part.split("=")[1]] for part in government.split()}
    mine = combinations(case, worlds, chosen)[-1]
    drawn = under(worlds, mine)
    rules = leaving(compile_problem(drawn), drawn, mine.changed)
    levels = np.array([[package[m.id] for m in case.measures]], dtype=np.int8)
    fallen = settle_down(rules, levels)
    names = [m.id for m in case.measures]
    who = [one.id for one in case.constituencies]
    return {
        name: (
            int(fallen.levels[0, place]),
            int(fallen.place[0, place]),
            {-1: "", -2: "follows"}.get(cause := int(fallen.cause[0, place]), who[cause]),
        )
        for place, name in enumerate(names)
    }


class TestByHand:
    """To Lower, gauge.2 adds 4 x 1/2 of water and costs its money weight: 1, thrifty 2, mean 3."""

    def test_a_step_worth_no_less_than_the_cost_of_leaving_is_kept(self, folder: Path) -> None:
        assert after(folder, "LOW=thrifty")["gauge"] == (2, 0, "")

    def test_a_step_that_costs_more_is_left_and_what_needs_it_follows(self, folder: Path) -> None:
        fell = after(folder, "LOW=mean")
        assert fell["gauge"] == (1, 1, "LOW-BRD")
        assert fell["turns"] == (1, 1, "follows")

    def test_leaving_dearer_than_the_loss_keeps_it(self, folder: Path) -> None:
        put(folder / "parameters.csv", "hold,,,,0.5,,exact", "hold,,,,1,,exact")
        assert after(folder, "LOW=mean")["gauge"] == (2, 0, "")
        put(folder / "parameters.csv", "hold,,,,1,,exact", "hold,,,,0.999999,,exact")
        assert after(folder, "LOW=mean")["gauge"][0] == 1

    def test_a_guarantee_in_the_package_protects_what_it_covers(self, folder: Path) -> None:
        append(folder / "parameters.csv", SHARE)
        put(folder / "case.yaml", "words:\n", GUARANTEE + "\nwords:\n")
        assert after(folder, "LOW=mean")["gauge"] == (2, 0, "")
        bare = {"gauge": 2, "turns": 0, "fund": 0}
        assert after(folder, "LOW=mean", bare)["gauge"] == (1, 1, "LOW-BRD")

    def test_a_partner_remembers_reversals(self, folder: Path) -> None:
        package = {"gauge": 2, "turns": 1, "fund": 0}
        assert after(folder, "LOW=mean", package)["turns"] == (1, 0, "")
        append(folder / "parameters.csv", ASKED)
        put(folder / "case.yaml", "words:\n", REVERSAL + "\nwords:\n")
        asked = after(folder, "LOW=mean", package)
        assert asked["gauge"] == (1, 1, "LOW-BRD")
        assert asked["turns"] == (0, 2, "MID-BRD")

    def test_a_board_that_has_not_changed_stands_by_what_it_agreed_to(self, folder: Path) -> None:
        assert all(place == 0 for _, place, _ in after(folder, "LOW=even").values())


def every_package(case: winset.Case) -> np.ndarray:
    tops = [range(measure.status_quo, len(measure.rungs) + 1) for measure in case.measures]
    return np.array([*itertools.product(*tops)], dtype=np.int8)


def test_borrowed_rows_say_what_new_executives_demand(folder: Path) -> None:
    case = winset.load(folder)
    worlds = winset.draw(case, 6)
    base = compile_problem(worlds).problem
    singles = []
    for one in combinations(case, worlds):
        if len(one.changed) == 1:
            mine = under(worlds, one)
            singles.append((one, leaving(compile_problem(mine), mine, one.changed)))
    joined = with_rows(base, [_demands(rules) for _, rules in singles])
    rows = base.structure.row_owner.size
    left = np.zeros((6, 3), dtype=np.int16)
    for package in every_package(case):
        levels = np.tile(package, (6, 1))
        wanted = np.ones(6, dtype=bool)
        for one, rules in singles:
            kept = margins(rules, levels, left, judge(rules.problem, levels))
            mine = [seat.party in one.changed for seat in rules.seats]
            wanted &= (kept[:, mine] >= 0).all(axis=1)
        judged = judge(joined, levels)
        met = ~judged.binding[:, rows:] | (judged.row_slack[:, rows:] >= 0)
        np.testing.assert_array_equal(met.all(axis=1), wanted)
        np.testing.assert_array_equal(
            judged.row_slack[:, :rows], judge(base, levels).row_slack, strict=True
        )


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_the_durable_package_is_the_deepest_that_brute_force_finds(
    folder: Path, share: float
) -> None:
    case = winset.load(folder)
    worlds = winset.draw(case, 12)
    base = compile_problem(worlds).problem
    rules = []
    for one in combinations(case, worlds):
        mine = under(worlds, one)
        rules.append((one, leaving(compile_problem(mine), mine, one.changed)))
    depth = base.values.depth.mean(axis=0)

    def deep(package: np.ndarray) -> float:
        return float(depth[base.structure.first[:-1] + package].sum())

    best = -1.0
    for package in every_package(case):
        levels = np.tile(package, (12, 1))
        held = judge(base, levels).accepted
        for _, one in rules:
            held &= (settle_down(one, levels).levels == levels).all(axis=1)
        if held.mean() >= share:
            best = max(best, deep(package))
    found = find_durable(base, rules, share)
    assert found.survives.mean() >= share
    assert deep(found.levels) == best


def test_answer_is_whole_and_repeats(folder: Path) -> None:
    case = winset.load(folder)
    answer = winset.hold(case, package=PACKAGE, n=20)
    assert [*answer.tables] == [*SCHEMAS]
    assert answer.package == PACKAGE
    again = winset.hold(case, package=["gauge.2", "turns.2", "fund.2"], n=20)
    assert {n: t.csv() for n, t in answer.tables.items()} == {
        n: t.csv() for n, t in again.tables.items()
    }
    today = row(answer.table("governments"), governments="as today")
    assert today["whole"] == 1
    assert today["fallen"] == 0


def test_the_first_worlds_of_many_are_those_of_few(folder: Path) -> None:
    case = winset.load(folder)
    few, many = (winset.draw(case, n) for n in (5, 11))
    combo = combinations(case, few, {"LOW": ["mean"]})[-1]
    fallen = []
    for worlds in (few, many):
        drawn = under(worlds, combo)
        rules = leaving(compile_problem(drawn), drawn, combo.changed)
        levels = np.tile(np.array([2, 2, 0], dtype=np.int8), (worlds.n, 1))
        fallen.append(settle_down(rules, levels))
    np.testing.assert_array_equal(fallen[0].levels, fallen[1].levels[:5])
    np.testing.assert_array_equal(fallen[0].place, fallen[1].place[:5])


def test_consent_withdrawn_takes_its_steps_and_what_needs_them(folder: Path) -> None:
    losses = winset.hold(winset.load(folder), package=PACKAGE, n=20).table("losses")
    assert row(losses, who="UP-GRW")["fallen"] == 2  # binding turns, and the levy they carry
    assert row(losses, who="LOW-BRD")["lost_p50"] == 100


class TestElections:
    ROWS = "id,party,date,low,mode,high,shape,basis,refs,note\nL1,LOW,2022-03-01,,{},,exact,X,,\n"

    def share(self, folder: Path, chance: float) -> list[float]:
        (folder / "elections.csv").write_text(self.ROWS.format(chance), "utf-8")
        answer = winset.hold(
            winset.load(folder), package=PACKAGE, governments={"LOW": ["mean"]}, n=40
        )
        return [row["share"] for row in answer.table("calendar").where(measure="gauge").rows()]

    def test_an_election_that_changes_nothing_leaves_all(self, folder: Path) -> None:
        assert self.share(folder, 0) == [1, 1]

    def test_an_election_that_always_changes_gives_the_new_type_its_way(self, folder: Path) -> None:
        assert self.share(folder, 1) == [1, 0]

    @pytest.mark.parametrize("chance", [0, 1])
    def test_a_course_is_what_a_certain_change_gives(self, folder: Path, chance: float) -> None:
        (folder / "elections.csv").write_text(self.ROWS.format(chance), "utf-8")
        case = winset.load(folder)
        answer = winset.hold(case, package=PACKAGE, n=40)
        told = answer.table("courses")
        assert {row["governments"] for row in told.rows()} == {"LOW=thrifty", "LOW=mean"}
        only = winset.hold(case, package=PACKAGE, governments={"LOW": ["mean"]}, n=40)
        if chance:
            drawn = only.table("calendar").where(date="2022-03-01")["share"]
            course = told.where(governments="LOW=mean", date="2022-03-01")["share"]
            assert course.tolist() == drawn.tolist()
        after = told.where(governments="LOW=mean", measure="gauge")["share"].tolist()
        assert after == [1, 0]

    def test_governments_that_come_one_after_the_other(self, folder: Path) -> None:
        later = self.ROWS.format(1) + "U1,UP,2023-03-01,,1,,exact,X,,\n"
        (folder / "elections.csv").write_text(later, "utf-8")
        told = winset.hold(winset.load(folder), package=PACKAGE, n=20).table("courses")
        (key,) = {
            str(one)
            for one in told["governments"]
            if {"LOW=mean", "UP=proud"} == set(str(one).split())
        }
        both = told.where(governments=key, measure="all")
        assert both["date"].tolist() == ["2020-03-01", "2022-03-01", "2023-03-01"]
        assert both["party"].tolist() == ["", "LOW", "UP"]
        shares = both["share"].tolist()
        assert shares == sorted(shares, reverse=True)
        alone = told.where(governments="LOW=mean", measure="all")["share"].tolist()
        assert shares[:2] == alone

    def test_quarters_are_counted_whole(self) -> None:
        assert quarters_after("2022-08-01", "2022-10-31") == 0
        assert quarters_after("2022-08-01", "2022-11-01") == 1
        assert quarters_after("2022-08-31", "2025-01-20") == 9

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("L1,LOW,2019-01-01,,1,,exact,X,,", "days after 2020-03-01"),
            ("L1,LOW,soon,,1,,exact,X,,", "YYYY-MM-DD"),
            ("L1,LOW,2022-03-01,,2,,exact,X,,", "0 to 1"),
            ("L1,LWO,2022-03-01,,1,,exact,X,,", "Nearest: LOW"),
            ("L1,LOW,2022-03-01,,1,,exact,X,,\nL1,LOW,2023-03-01,,1,,exact,X,,", "twice"),
        ],
    )
    def test_wrong_calendars_are_refused_with_their_line(
        self, folder: Path, line: str, said: str
    ) -> None:
        head = self.ROWS.partition("\n")[0]
        (folder / "elections.csv").write_text(f"{head}\n{line}\n", "utf-8")
        with pytest.raises(CaseError, match=r"elections\.csv:[23]") as caught:
            winset.load(folder)
        assert said in str(caught.value)


class TestWrongQuestions:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ({"package": "balnced"}, "balanced"),
            ({"package": "programme:x"}, "no package"),
            ({"package": {"gauge": 1}}, "changes nothing"),
            ({"package": {"gauge": 9}}, "levels 0 to 2"),
            ({"package": PACKAGE, "governments": {"LOW": ["men"]}}, "no leader type"),
            ({"package": PACKAGE, "governments": {"EAST": ["mean"]}}, "No leader types for"),
        ],
    )
    def test_are_refused(self, folder: Path, asked: dict[str, Any], said: str) -> None:
        with pytest.raises(AskError, match=said):
            winset.hold(winset.load(folder), n=5, **asked)

    def test_case_of_one_government_a_party(self) -> None:
        with pytest.raises(AskError, match="leader types"):
            winset.hold(winset.load("shared-canal"), n=5)

    def test_too_many_combinations(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("winset.ask.hold.governments.MOST", 5)
        with pytest.raises(LimitError, match="6 combinations"):
            winset.hold(winset.load(folder), package=PACKAGE, n=5)

    @pytest.mark.parametrize(
        ("guarantee", "said"),
        [
            ("{id: a, covers: [gauge], share: exit_cost}", "no rung and no lever"),
            ("{id: a, rung: gauge.9, covers: [gauge], share: exit_cost}", "gauge.2"),
            ("{id: a, rung: gauge.2, covers: [gague], share: exit_cost}", "gauge"),
            ("{id: a, rung: gauge.2, covers: [gauge], share: exit_cots}", "exit_cost"),
            ("{id: a, lever: pull, covers: [gauge], share: exit_cost}", "option"),
        ],
    )
    def test_guarantees_that_name_nothing(self, folder: Path, guarantee: str, said: str) -> None:
        text = f"  guarantees:\n    - {guarantee}\n\nwords:\n"
        put(folder / "case.yaml", "words:\n", text)
        with pytest.raises(CaseError, match=r"case\.yaml:\d+") as caught:
            winset.load(folder)
        assert said in str(caught.value)


def summary(case: winset.Case, **tables: list[tuple[object, ...]]) -> list[str]:
    made = {name: schema.from_rows(tables.get(name, [])) for name, schema in SCHEMAS.items()}
    return words.summary(case, made, "balanced")


class TestSentences:
    TODAY = ("as today", 0, 100, 1.0, 0.96, 1.0, 100, 100, 100, 2, 0.0)
    WHOLE = ("LOW=mean", 1, 100, 1.0, 0.96, 1.0, 100, 100, 100, 2, 0.0)
    WORSE = ("LOW=mean", 1, 100, 0.25, 0.2, 0.3, 10, 20, 30, 2, 1.5)
    FALL = ("LOW=mean", "gauge", "gauge.2", 100, 0.7, 0.6, 0.8, 0.6, 0.5, 0.7, 1.0, "LOW-BRD", 0.0)

    def test_nothing_falls(self, folder: Path) -> None:
        case = winset.load(folder)
        told = summary(case, governments=[self.TODAY, self.WHOLE])
        assert told[0] == "The balanced package survives every government in the case."

    def test_something_falls(self, folder: Path) -> None:
        case = winset.load(folder)
        told = summary(case, governments=[self.TODAY, self.WORSE], falls=[self.FALL])
        assert told[0].replace("\u00a0", " ") == (
            "Under a mean board, hourly gauges open to all falls first in about 60 of 100 worlds; "
            "0.5 of 2 steps of the balanced package are left on average."
        )

    def test_too_few_worlds_accept_it(self, folder: Path) -> None:
        few = (*self.TODAY[:2], 7, *self.TODAY[3:])
        told = summary(winset.load(folder), governments=[few])
        (told_once,) = told
        assert told_once.startswith(
            "The balanced package is accepted in 7 of the worlds drawn: too"
        )

    def test_only_the_present_governments_were_asked_about(self, folder: Path) -> None:
        told = summary(winset.load(folder), governments=[self.TODAY])
        assert told[0].startswith("No other government was asked about")


@pytest.mark.slow
def test_the_bundled_case_orders_falls_and_distances() -> None:
    """The accord goes before the drills; Washington moves less than Seoul until types part."""
    case = winset.load("trilateral-2022")
    answer = winset.hold(
        case,
        package=["H1.4", "D1.5", "D2.3", "D11.3", "L1.4"],
        governments={"ROK": ["moon-like"], "US": ["trump-like"]},
        n=60,
    )
    falls = answer.table("falls").where(governments="ROK=moon-like")
    first = {row["measure"]: row["first"] for row in falls.rows()}
    drills = [share for measure, share in first.items() if measure.startswith("D")]
    assert first["H1"] > max(drills, default=0)
    lost = {r["governments"]: r["fallen"] for r in answer.table("governments").rows()}
    assert lost["US=trump-like"] < lost["ROK=moon-like"]
    apart = [*answer.table("distance").where(party="US").rows()]
    assert apart[0]["lost"] < apart[0]["other_lost"]
    assert apart[-1]["lost"] > apart[0]["lost"]


def test_a_settlement_can_be_put_to_the_test(folder: Path) -> None:
    case = winset.load(folder)
    answer = winset.hold(case, package="settlement:nash", n=12)
    settled = winset.settle(case, n=12)
    picks = settled.table("settlements").where(solution="nash")
    assert answer.run.worlds == 12
    told = answer.table("survival").where(governments="as today")
    steps = {row["measure"] for row in told.rows()}
    assert steps == {case.rung[str(rung)].measure for rung in picks["rung"]}
    assert "--package=settlement:nash" in answer.run.command
    assert "package of the Nash solution" in " ".join(answer.sentences)
    with pytest.raises(AskError, match="Nearest: settlement:nash"):
        winset.hold(case, package="settlement:nas", n=2)
