"""The command exercise plan as its user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exercise.small_regime import text

Command = Callable[..., Any]
QUICK = ("-n", 50)


@pytest.fixture
def regime(tmp_path: Path) -> Path:
    file = tmp_path / "tiny.yaml"
    file.write_text(text(), encoding="utf-8")
    return file


def test_runs_come_first_and_the_headline_last(winset_: Command, regime: Path) -> None:
    said = winset_("exercise", "plan", regime, *QUICK)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split() == [
        "begins",
        "ends",
        "exercise",
        "form",
        "rung",
        "planned",
        "otherwise",
    ]
    assert lines[-1].startswith("tiny: ")
    assert any("deter or provoke is not scored" in line for line in lines)


def test_data_goes_out_without_words(winset_: Command, regime: Path) -> None:
    said = winset_("exercise", "plan", regime, *QUICK, "-f", "json", "-t", "prices")
    assert json.loads(said.out)["name"] == "prices"
    assert said.err.startswith("tiny: ")


def test_a_run_folder_holds_tables_figures_and_the_calendar(
    winset_: Command, regime: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    said = winset_("exercise", "plan", regime, *QUICK, "-o", folder)
    assert said.code == 0
    names = {one.name for one in folder.iterdir()}
    assert {"runs.csv", "calendar.ics", "calendar.svg", "skills.svg", "manifest.json"} <= names
    before = (folder / "manifest.json").read_bytes()
    again = winset_("exercise", "plan", regime, *QUICK, "-o", folder, "--greedy")
    assert again.code == 4
    assert (folder / "manifest.json").read_bytes() == before
    assert winset_("exercise", "plan", regime, *QUICK, "-o", folder, "--force").code == 0


def test_calendar_and_figure_go_to_files_of_their_own(
    winset_: Command, regime: Path, tmp_path: Path
) -> None:
    ics, svg = tmp_path / "a.ics", tmp_path / "a.svg"
    assert winset_("exercise", "plan", regime, *QUICK, "--calendar", ics, "--figure", svg).code == 0
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert svg.read_text().startswith("<svg ")
    gone = winset_("exercise", "plan", regime, *QUICK, "--calendar", tmp_path / "no" / "a.ics")
    assert gone.code == 4


def test_the_command_that_is_printed_gives_the_same_answer(
    winset_: Command, regime: Path, tmp_path: Path
) -> None:
    words = ("--set", "budget=3", "--lock", "two 2023-03 off", "--refuse", "one:1", "--greedy")
    folder = tmp_path / "run"
    assert winset_("exercise", "plan", regime, *QUICK, *words, "-o", folder).code == 0
    manifest = json.loads((folder / "manifest.json").read_text())
    import shlex

    repeated = shlex.split(manifest["run"]["command"])[1:]
    said = winset_(*repeated, "-f", "csv")
    assert said.out == (folder / "runs.csv").read_text()


def test_the_ready_regime_can_be_copied_and_is_not_overwritten(
    winset_: Command, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    assert winset_("exercise", "plan", "--copy", file).code == 0
    before = file.read_bytes()
    assert before.startswith(b"# Exercises between")
    said = winset_("exercise", "plan", "--copy", file)
    assert said.code == 4
    assert "--force" in said.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("three-year",), 2, "Nearest: three-years"),
        (("-t", "run"), 2, "Nearest: runs"),
        (("--set", "budget"), 2, "no change"),
        (("--set", "years=0"), 3, "--set:1: E042"),
        (("--lock", "keen-sword 2022-12 two-way"), 3, "cannot be held in 2022-12"),
        (
            ("--skip", "price", "--set", "consent/case=", "--set", "elections="),
            2,
            "Nearest: prices",
        ),
    ],
)
def test_mistakes_say_what_to_do(
    winset_: Command, words: tuple[str, ...], code: int, told: str
) -> None:
    said = winset_("exercise", "plan", *words)
    assert said.code == code
    assert told in said.err


def test_without_the_extra_the_command_works_and_says_greedy(regime: Path) -> None:
    code = (
        "import sys, importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'ortools' else found(name, *more)\n"
        "sys.modules['ortools'] = None\n"
        f"sys.argv = ['winset', 'exercise', 'plan', {str(regime)!r}, '-n', '20']\n"
        "from winset.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "a greedy calendar" in done.stdout.splitlines()[-1]


def test_help_does_not_load_the_solver() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['winset', 'exercise', 'plan', '--help']\n"
        "from winset.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('ortools' in {name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "False"
