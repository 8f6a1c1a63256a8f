"""Commands that answer, on the small case; and how they leave when something goes wrong."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

import winset
from winset.cli import answers

FEW = ("--worlds", "40")


def test_reach_prints_a_table_and_last_the_headline(winset_) -> None:
    said = winset_("reach", "shared-canal", *FEW)
    assert said.code == 0
    assert said.out.splitlines()[0].split()[0] == "rung"
    answer = winset.reach(winset.load("shared-canal"), n=40)
    assert said.out.endswith(answer.headline + "\n")
    assert not said.err


def test_data_goes_out_alone(winset_) -> None:
    said = winset_("reach", "shared-canal", *FEW, "--format", "csv", "--table", "domains")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [*rows[0]] == ["domain", "today", "p25", "p50", "p75"]
    assert said.err.strip()
    document = json.loads(winset_("reach", "shared-canal", *FEW, "--format", "json").out)
    assert document["name"] == "rungs"


def test_parquet_goes_to_a_pipe(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "winset", "reach", "shared-canal", *FEW, "--format", "parquet"]
    done = subprocess.run(command, check=True, capture_output=True)
    frame = pl.read_parquet(io.BytesIO(done.stdout))
    assert frame.columns[0] == "rung"


def test_run_folder_holds_what_repeats_it(winset_, tmp_path: Path) -> None:
    out = tmp_path / "run"
    said = winset_("reach", "shared-canal", *FEW, "--out", out, "--format", "parquet")
    assert said.code == 0
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["run"]["case_hash"] == winset.load("shared-canal").hash
    assert manifest["run"]["worlds"] == 40
    for table in manifest["tables"]:
        text = (out / table["file"]).read_text("utf-8")
        frame = pl.read_parquet(out / f"{table['name']}.parquet")
        assert frame.height == table["rows"] == text.count("\n") - 1
    assert winset_("reach", "shared-canal", *FEW, "--out", out).code == 4
    assert winset_("reach", "shared-canal", *FEW, "--out", out, "--force").code == 0


def test_a_place_that_cannot_be_taken_is_refused_before_anything_is_computed(
    winset_, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_ask", lambda *_: pytest.fail("computed"))
    (tmp_path / "thesis.txt").write_text("x")
    for name in ("reach", "brief"):
        assert winset_(name, "shared-canal", "--out", tmp_path, "--force").code == 4
    assert winset_("reach", "shared-canal", "--table", "rung").code == 2


@pytest.mark.parametrize(("code", "near"), [("ko", ""), ("", ""), ("EN", "Nearest: en.")])
def test_a_language_that_is_not_there_is_refused_before_anything_is_computed(
    winset_, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, near: str
) -> None:
    monkeypatch.setattr(answers, "_ask", lambda *_: pytest.fail("computed"))
    out = tmp_path / "brief"
    said = winset_("brief", "shared-canal", "--lang", code, "--out", out)
    assert said.code == 2
    assert f"no language {code!r}; there is en (English)" in said.err
    assert "modules of winset.words" in said.err
    assert near in said.err
    assert not out.exists()


def test_brief_is_a_run_folder_with_a_page(winset_, tmp_path: Path) -> None:
    out = tmp_path / "brief"
    said = winset_("brief", "shared-canal", *FEW, "--out", out)
    assert said.code == 0
    path, headline = said.out.splitlines()[-2:]
    assert path.startswith(str(out / "index.html"))
    assert headline == json.loads((out / "manifest.json").read_text("utf-8"))["headline"]
    assert (out / "index.html").read_text("utf-8").startswith("<!doctype html>")
    assert str(out / "summary.html") in said.out
    summary = (out / "summary.html").read_text("utf-8")
    assert '<body class="summary">' in summary
    assert 'href="index.html#r.' in summary


def test_set_moves_the_answer_and_stands_in_the_manifest(winset_, tmp_path: Path) -> None:
    case = winset.load("shared-canal")
    address = f"constituencies/{case.constituencies[0].id}/threshold"
    out = tmp_path / "run"
    plain = winset_("reach", "shared-canal", *FEW).out
    changed = winset_("reach", "shared-canal", *FEW, "--set", f"{address}=50", "--out", out)
    assert changed.code == 0
    assert changed.out.splitlines()[0] == plain.splitlines()[0]
    assert changed.out != plain
    assert address in json.loads((out / "manifest.json").read_text("utf-8"))["run"]["changes"][0]


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "parameters/nonsense=1"),
        ("--set", "nonsense"),
        ("--lever", "nonsense=1"),
        ("--leader", "nonsense=1"),
        ("--worlds", "0"),
        ("--worlds", "many"),
        ("--format", "xml"),
    ],
)
def test_wrong_questions_leave_with_two(winset_, words: tuple[str, ...]) -> None:
    said = winset_("reach", "shared-canal", *words)
    assert said.code == 2
    assert said.err
    assert not said.out


def test_why_a_rung_and_why_a_package(winset_, tmp_path: Path) -> None:
    case = winset.load("shared-canal")
    rung = case.measures[0].rungs[-1].id
    said = winset_("why", "shared-canal", rung, *FEW)
    assert said.code == 0
    assert len(said.out) > 40
    file = tmp_path / "package.txt"
    file.write_text("\n".join(measure.rungs[-1].id for measure in case.measures))
    both = winset_("why", "shared-canal", "--package", file, *FEW)
    assert both.code == 0
    assert both.out != said.out


def test_why_needs_one_of_the_two(winset_, tmp_path: Path) -> None:
    assert winset_("why", "shared-canal").code == 2
    assert winset_("why", "shared-canal", "D1.1", "--package", tmp_path).code == 2


def test_why_an_unknown_rung_names_the_nearest(winset_) -> None:
    case = winset.load("shared-canal")
    said = winset_("why", "shared-canal", case.measures[0].id + ".99", *FEW)
    assert said.code == 2
    assert case.measures[0].id in said.err


def test_diff_says_which_answers_moved(winset_, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    winset.new(mine, source="shared-canal")
    table = mine / "constituencies.csv"
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    column = rows[0].index("threshold")
    who = next(row for row in rows[1:] if row and not row[0].startswith("#") and row[column])
    for name in ("threshold_low", "threshold", "threshold_high"):
        if name in rows[0] and len(who) > rows[0].index(name):
            who[rows[0].index(name)] = "50"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    table.write_text(out.getvalue(), encoding="utf-8")
    said = winset_("diff", "shared-canal", mine, "--answers", *FEW)
    assert said.code == 0
    assert "rungs moved; most," in said.out


def test_independent_check_agrees(winset_) -> None:
    said = winset_("check", "shared-canal", "--independent", "--worlds", "2")
    assert said.code == 0
    assert "agree" in said.out


def test_same_question_same_bytes(winset_) -> None:
    words = ("reach", "shared-canal", *FEW, "--format", "json")
    assert winset_(*words).out == winset_(*words).out


def test_interrupt_leaves_with_130_and_nothing_behind(tmp_path: Path) -> None:
    out = tmp_path / "brief"
    command = [sys.executable, "-m", "winset", "brief", "trilateral-2022", "--out", str(out)]
    with subprocess.Popen([*command, "--worlds", "200000"], stderr=subprocess.PIPE) as process:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert not list(tmp_path.iterdir())


def test_a_fault_of_winset_is_told_as_one(winset_, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(winset.__dict__, "cases", broken)
    said = winset_("cases")
    assert said.code == 70
    assert "fault of winset" in said.err
    assert "ZeroDivisionError" in said.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m winset schema case | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert not done.stderr
