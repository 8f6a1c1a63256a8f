"""track, exercise report and exercise evaluate as a user meets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.case.logs import FULL_DRILL, REFUSED
from winset.cli import live

Command = Callable[..., Any]


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    file = tmp_path / "drill.yaml"
    file.write_text(FULL_DRILL, encoding="utf-8")
    return file


def test_an_evaluation_is_added_and_shown(winset_: Command, mine: Path, drill: Path) -> None:
    said = winset_("track", "add", mine, drill)
    assert said.code == 0
    assert said.out.startswith(f"{mine / 'log.yaml'}: entry 1, full-drill of 2024-09-01")
    assert said.out.splitlines()[1].startswith("seal ")
    shown = winset_("track", mine)
    assert shown.code == 0
    assert shown.out.splitlines()[-1].startswith("A full drill with sirens (DRILL.2) is in place")
    assert shown.out == winset_("track", "show", mine).out
    way = "proposed 2024-09-01, prepared 2024-09-01, executed 2024-09-01"
    assert any(line.startswith("DRILL") and line.endswith(way) for line in shown.out.splitlines())
    assert "More with --table: stages, due, facts, moved, entries." in shown.out
    again = winset_("track", "add", mine, drill)
    assert again.code == 3
    assert "E032" in again.err


def test_data_goes_out_without_words(winset_: Command, mine: Path, drill: Path) -> None:
    winset_("track", "add", mine, drill)
    said = winset_("track", mine, "-f", "json", "-t", "facts")
    assert json.loads(said.out)["name"] == "facts"
    assert "in place" in said.err


def test_the_table_moved_asks_for_answers(winset_: Command, mine: Path, drill: Path) -> None:
    winset_("track", "add", mine, drill)
    said = winset_("track", mine, "-t", "moved", "-n", 10)
    assert said.out.splitlines()[0].split()[0] == "rung"
    assert len(said.out.splitlines()) == 14
    both = winset_("track", mine, "--answers", "-n", 10)
    assert "With the log, " in both.out


def test_a_run_folder_holds_every_table(winset_: Command, mine: Path, drill: Path) -> None:
    winset_("track", "add", mine, drill)
    out = mine.parent / "run"
    assert winset_("track", mine, "-o", out, "--on", "2025-01-01").code == 0
    names = {one.name for one in out.iterdir()}
    assert names == {
        "manifest.json",
        *(f"{n}.csv" for n in ("stages", "due", "facts", "moved", "entries")),
    }
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["on"] == "2025-01-01"
    assert manifest["parameters"]["log"]["entries"] == 1
    assert winset_("track", mine, "-o", out).code == 4


def test_reach_reads_the_log_says_so_and_can_do_without(
    winset_: Command, mine: Path, drill: Path
) -> None:
    plain = winset_("reach", mine, "-n", 10)
    winset_("track", "add", mine, drill)
    said = winset_("reach", mine, "-n", 10)
    assert "Read with 1 entry of log.yaml, to 2024-09-01" in said.out
    assert said.out != plain.out
    without = winset_("reach", mine, "-n", 10, "--without-log")
    assert without.out == plain.out
    data = winset_("reach", mine, "-n", 10, "-f", "csv")
    assert "Read with" in data.err
    assert "Read with" not in data.out


def test_path_and_why_read_the_log_too(winset_: Command, tmp_path: Path) -> None:
    mine, file = tmp_path / "mine", tmp_path / "link.yaml"
    winset_("new", mine, "--from", "trilateral-2022")
    winset_("track", "new", mine, file, "--rung", "D1.3")
    winset_("track", "add", mine, file)
    words = ("path", mine, "smith", "-n", 2, "-q", 2, "--pace", 1)
    said, without = winset_(*words), winset_(*words, "--without-log")
    assert "Read with 1 entry of log.yaml" in said.out
    assert "Read with" not in without.out
    assert "not needed" in winset_(*words, "--why", "D1.3").out
    beside = tmp_path / "beside.yaml"
    (mine / "log.yaml").rename(beside)
    assert winset_(*words).out == without.out
    assert winset_(*words, "--log", beside).out == said.out.replace("log.yaml", "beside.yaml")
    reasons = {
        winset_("why", mine, "D11.3", "-n", 20, *more).out for more in ((), ("--log", beside))
    }
    assert len(reasons) == 2


def test_the_brief_can_tell_it_too(winset_: Command, mine: Path, drill: Path) -> None:
    winset_("track", "add", mine, drill)
    out = mine.parent / "brief"
    skip = ("--skip", "packages,unlocks,sense")
    said = winset_("brief", mine, "-n", 10, *skip, "--also", "track", "-o", out)
    assert said.code == 0
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "by the log of river-warning" in page
    assert "Read with 1 entry of log.yaml" in page
    assert (out / "track" / "stages.csv").exists()


def test_a_log_beside_a_bundled_case(winset_: Command, tmp_path: Path) -> None:
    file, log = tmp_path / "turns.yaml", tmp_path / "canal.yaml"
    file.write_text(
        "format: 1\nid: a\ndate: 2021-01-01\ntitle: t\nsource: s\nmoves: [{rung: turns.1, to: executed}]\n",
        encoding="utf-8",
    )
    refused = winset_("track", "add", "shared-canal", file)
    assert refused.code == 2
    assert "winset new MY --from shared-canal" in refused.err
    assert winset_("track", "add", "shared-canal", file, "--log", log).code == 0
    assert (
        "Turns agreed week by week (turns.1) is in place"
        in winset_("track", "shared-canal", "--log", log).out
    )
    out = tmp_path / "run"
    said = winset_("reach", "shared-canal", "-n", 5, "--log", log, "-o", out)
    assert "1 entry of canal.yaml" in said.out
    run = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["run"]
    assert run["command"].endswith(f"--log={log}")
    both = winset_("reach", "shared-canal", "--log", log, "--without-log")
    assert both.code == 2


def test_diff_shows_the_log(winset_: Command, mine: Path, drill: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    winset_("new", copy, "--from", mine)
    winset_("track", "add", mine, drill)
    said = winset_("diff", copy, mine)
    assert "log/full-drill" in said.out
    assert "effects/DRILL/SAFE" in said.out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("track",), 2, ""),
        (("track", "{mine}", "--on", "soon"), 2, "is no day"),
        (("track", "{mine}", "-t", "stage"), 2, "Nearest: stages"),
        (("track", "{mine}", "--answers"), 2, "has no log"),
        (("track", "nowhere"), 2, "There is no case"),
        (("track", "add", "{mine}", "none.yaml"), 2, "There is no evaluation"),
        (("track", "{mine}", "--log", "none.yaml"), 2, "There is no log"),
        (("exercise", "report", "none.log"), 2, "cannot be read"),
        (("exercise", "evaluate", "none", "--date", "2022-10-12"), 2, "There is no run folder"),
        (("exercise", "evaluate", "none"), 2, "--date"),
    ],
)
def test_mistakes_say_what_to_do(
    winset_: Command, mine: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    said = winset_(*(word.format(mine=mine) for word in words))
    assert said.code == code
    assert told in said.err


def test_a_play_is_reported_and_evaluated(
    winset_: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, report, file = tmp_path / "play.log", tmp_path / "report", tmp_path / "play.yaml"
    typed = "step 240\nseat JPN\nalert jp-hokkaido\nseat controller\nstep 1800\nquit\n"
    monkeypatch.setattr(live.typer, "get_text_stream", lambda _: io.StringIO(typed))
    assert winset_("exercise", "warning", "overflight", "--live", "--record", log).code == 0
    said = winset_("exercise", "report", log, "-o", report)
    assert said.code == 0
    assert "1 of 1 threatened regions were alerted in time" in said.out.splitlines()[-1]
    assert {"index.html", "manifest.json", "warnings.csv"} <= {one.name for one in report.iterdir()}
    assert winset_("exercise", "report", log, "-o", report).code == 4
    data = winset_("exercise", "report", log, "-t", "actions", "-f", "json")
    assert json.loads(data.out)["name"] == "actions"
    words = ("exercise", "evaluate", log, "--date", "2022-10-20", "--rung", "D1.3")
    assert winset_(*words, "-o", file).code == 0
    assert winset_(*words).out == file.read_text(encoding="utf-8")
    kept = winset_(*words, "-o", file)
    assert (kept.code, "--force" in kept.err) == (4, True)
    assert winset_(*words, "-o", file, "--force").code == 0
    assert winset_("new", tmp_path / "my", "--from", "trilateral-2022").code == 0
    assert winset_("track", "add", tmp_path / "my", file).code == 0


def test_what_is_wrong_is_said_with_file_and_line(
    winset_: Command, mine: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(REFUSED.replace("DAM.2", "DAM.3").replace("minutes", ""), encoding="utf-8")
    said = winset_("track", "add", mine, file)
    assert said.code == 3
    assert "wrong.yaml:7: E031: unknown rung 'DAM.3'. Allowed: DAM.1, DAM.2." in said.err
    assert "has no 'source'" in said.err
    assert not (mine / "log.yaml").exists()
