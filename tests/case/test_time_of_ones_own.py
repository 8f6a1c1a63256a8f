"""A case of one's own through time: the small one with time, two parties and no ally."""

from __future__ import annotations

from pathlib import Path

import pytest

import winset
from winset.ask.scene import scene_of
from winset.case import check, load, new
from winset.case.model import Case
from winset.case.readers import BUILT_IN
from winset.case.time_readers import BUILT_IN_TIME, time_readers
from winset.engine.simulate.parts import OF_AN_ALLY
from winset.errors import AskError
from winset.problem import timing
from winset.problem.frame import Frame


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new(tmp_path_factory.mktemp("own") / "case", time=True)


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return load(folder)


def test_nothing_is_found_and_every_number_is_read(folder: Path) -> None:
    assert check(folder, strict=True) == ()


def test_a_case_that_is_copied_takes_no_time_from_another(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="copied as it is"):
        new(tmp_path / "case", source="shared-canal", time=True)
    assert not (tmp_path / "case").exists()


def test_two_parties_without_an_ally_are_followed(case: Case) -> None:
    assert case.time is not None
    assert case.time.parties == ("EAST", "WEST")
    answer = winset.path(case, "step_by_step", n=60)
    told = set(answer.table("states")["state"])
    assert "trust_pair" in told
    assert not told & {*OF_AN_ALLY}
    assert answer.why("DAM.2", world=3)


def test_different_programmes_and_numbers_come_out_differently(case: Case) -> None:
    found = winset.weigh(case, n=200).table("compare")
    crisis = dict(zip(found["programme"], found["share_crisis"], strict=True))
    depth = dict(zip(found["programme"], found["depth"], strict=True))
    assert crisis["at_once"] > crisis["step_by_step"] + 0.1
    assert depth["at_once"] != depth["step_by_step"]
    calm = winset.weigh(case, n=200, changes=["parameters/crisis_max = 0"]).table("compare")
    assert (calm["share_crisis"] == 0).all()


def test_a_government_that_would_rather_decide_alone_undoes_steps(case: Case) -> None:
    def undone(*changes: str) -> float:
        answer = winset.path(case, "at_once", n=200, changes=changes)
        events = answer.followed.happened("reversal")
        return float(events.any(axis=1).mean())

    sure = ("elections/WEST-2025 = 1", "elections/WEST-2029 = 1")
    never = ("elections/WEST-2025 = 0", "elections/WEST-2029 = 0")
    assert undone(*sure, "parameters/exit_cost = 0") > 0
    assert undone(*sure, "parameters/exit_cost = 9") == 0
    assert undone(*never, "parameters/exit_cost = 0") == 0


@pytest.mark.parametrize("key", ["starts", "efforts", "threat", "pair", "occasion_gap"])
def test_what_is_needed_is_named_where_it_lacks(folder: Path, tmp_path: Path, key: str) -> None:
    mine = tmp_path / "case"
    winset.new(mine, source=str(folder))
    file = mine / "time.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"\n{key}:", "\n# was here:\nnote:", 1), "utf-8")
    assert any(f"no '{key}'" in str(one) for one in check(mine))


def test_with_an_ally_trust_in_it_and_assurance_are_needed(folder: Path, tmp_path: Path) -> None:
    mine = tmp_path / "case"
    winset.new(mine, source=str(folder))
    file = mine / "time.yaml"
    file.write_text(f"{file.read_text('utf-8')}ally: EAST\n", "utf-8")
    told = " ".join(map(str, check(mine)))
    assert all(f"no '{key}'" in told for key in ("trust_ally", "assurance"))


def test_what_is_said_to_be_read_through_time_is_what_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = load("trilateral-2022")
    read: set[str] = set()
    look = Frame.parameter
    draws = timing._draws

    def noting(frame: Frame, name: str) -> object:
        read.add(name)
        return look(frame, name)

    def timed(*given: object) -> object:
        with monkeypatch.context() as here:
            here.setattr(Frame, "parameter", noting)
            return draws(*given)

    monkeypatch.setattr(timing, "_draws", timed)
    scene_of(case, case.programmes[0], n=2, rng=1, quarters=4)
    assert case.time is not None
    said = {name for name, _ in time_readers(case.time)}
    snapshot = read - said
    assert said - read == set()
    assert snapshot & {*BUILT_IN_TIME} == set()
    known = {*BUILT_IN, *(name for name in snapshot if name.startswith(("us_", "kr_")))}
    mechanisms = {"e3_enable", "leak_hz", "profile_disc"}
    assert snapshot <= known | mechanisms
