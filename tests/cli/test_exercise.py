from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from winset.cli import live

Command = Callable[..., Any]


def test_the_comparison_ends_with_its_limits_and_the_headline(winset_: Command) -> None:
    said = winset_("exercise", "warning", "low-salvo", "-n", 30)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split()[0] == "form"
    assert sum(line.startswith("Does not claim:") for line in lines) == 5
    assert lines[-1].startswith("Eight low launches")


def test_data_goes_out_without_words(winset_: Command) -> None:
    said = winset_("exercise", "warning", "lofted", "-n", 10, "-f", "json", "-t", "parties")
    assert json.loads(said.out)["name"] == "parties"
    assert "Does not claim" in said.err


def test_a_run_folder_has_the_report_and_the_tables(winset_: Command, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    said = winset_("exercise", "warning", "lofted", "-n", 10, "-o", folder)
    assert said.code == 0
    assert str(folder / "index.html") in said.out
    assert {"index.html", "manifest.json", "log.csv"} <= {one.name for one in folder.iterdir()}
    again = winset_("exercise", "warning", "lofted", "-n", 10, "-o", folder)
    assert again.code == 4
    assert "--force" in again.err


def test_a_new_scenario_runs_and_is_not_overwritten(winset_: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert winset_("exercise", "new", file, "--launches", 3, "--false-tracks", 1).code == 0
    assert winset_("exercise", "warning", file, "-n", 5).code == 0
    before = file.read_bytes()
    said = winset_("exercise", "new", file)
    assert said.code == 4
    assert file.read_bytes() == before
    assert winset_("exercise", "new", file, "--kind", "high", "--force").code == 2


def test_ready_scenarios_are_listed(winset_: Command) -> None:
    said = winset_("exercise", "scenarios")
    assert "false-alarm: A false track beside a real launch. 1 launch." in said.out
    assert "low-salvo: Eight low launches from several places. 8 launches." in said.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("exercise", "warning", "lofter"), 2, "Nearest: lofted"),
        (("exercise", "warning", "lofted", "-t", "form"), 2, "Nearest: forms"),
        (("exercise", "warning", "lofted", "--live", "--form", "hubb"), 2, "no form"),
        (("exercise", "warning", "lofted", "-n", "99999999"), 4, "ask for"),
        (("effects", "warming"), 2, "Nearest: warning"),
        (("effects", "warning", "--form", "hubs"), 2, "Nearest: hub"),
        (("effects", "warning", "--form", "hub", "--row", "D2", "-n", "5"), 2, "D2/WRN"),
        (
            ("effects", "warning", "--form", "hub", "--row", "D2/WRN", "--output", "warning_s"),
            2,
            "takes a share",
        ),
    ],
)
def test_mistakes_say_what_to_do(
    winset_: Command, words: tuple[str, ...], code: int, told: str
) -> None:
    said = winset_(*words)
    assert said.code == code
    assert told in said.err


def test_effects_are_listed_explained_computed_and_coded(winset_: Command) -> None:
    assert "warning: What does sharing" in winset_("effects").out
    told = winset_("effects", "warning").out
    assert "  baseline   two-way feeds" in told
    assert "  gate       oracle" in told
    assert "warning.held" in winset_("effects", "warning", "--form", "hub", "-n", 20).out
    row = winset_("effects", "warning", "--form", "hub", "--row", "D2/WRN", "-n", 20)
    assert row.out.startswith("D2,WRN,,")
    assert len(row.out.splitlines()) == 1
    assert "Does not claim" in row.err


def test_a_live_exercise_is_played_in_the_terminal_and_gone_on_with(
    winset_: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"

    def play(typed: str) -> str:
        monkeypatch.setattr(live.typer, "get_text_stream", lambda _: io.StringIO(typed))
        said = winset_("exercise", "warning", "false-alarm", "--live", "--record", log)
        assert said.code == 0
        return said.out

    first = play("step 160\nseat ROK\nrelease T1 JPN\nseat XX\nnonsense\nquit\n")
    assert "Chungcheong tracks T1" in first
    assert "There is no seat 'XX'" in first
    assert "'nonsense' is no command. Allowed: step" in first
    second = play("step 10\nseat JPN\nscore\nhelp\n")
    assert "(from Seoul)" in second
    assert "Releases: 1 by people, 0 by rules." in second
