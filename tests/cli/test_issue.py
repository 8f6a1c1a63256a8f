from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]


def test_an_issue_is_settled_and_the_mean_is_said_last(winset_: Command) -> None:
    said = winset_("issue", "settle", "emission", "--outcome", 8.833)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].split()[0] == "solution"
    assert lines[-1].startswith("Weighted by capability and salience, the mean")


def test_a_run_folder_holds_tables_figure_and_options(winset_: Command, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    words = ("issue", "settle", "emission", "-n", 20, "--spread", 0.1, "-o", folder)
    assert winset_(*words).code == 0
    assert {"issue.svg", "rounds.csv", "manifest.json"} <= {one.name for one in folder.iterdir()}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["spread"] == 0.1
    assert "--spread=0.1" in manifest["run"]["command"]
    assert winset_(*words).code == 4


def test_wrong_tables_and_words_have_their_exit_codes(winset_: Command, tmp_path: Path) -> None:
    assert winset_("issue", "settle", "emissions").code == 2
    assert winset_("issue", "settle", "emission", "--table", "round").code == 2
    bad = tmp_path / "bad.csv"
    bad.write_text("actor,capability,position,salience\nA,1,x,1\n", "utf-8")
    said = winset_("issue", "settle", bad)
    assert said.code == 3
    assert "bad.csv:2" in said.err


def test_decided_issues_are_scored(winset_: Command, tmp_path: Path) -> None:
    file = tmp_path / "decided.csv"
    file.write_text(
        "isnr;prnr;out;pa;sa;pb;sb;pc;sc\n"
        "1;1;40;0;50;50;50;100;50\n2;1;60;0;20;50;50;100;90\n3;2;90;0;20;50;10;100;90\n",
        "utf-8",
    )
    said = winset_("issue", "score", file, "--draws", 20)
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("On 3 issues of 2 proposals")
    data = winset_("issue", "score", file, "--draws", 20, "-f", "json", "-t", "pairs")
    assert json.loads(data.out)["name"] == "pairs"
