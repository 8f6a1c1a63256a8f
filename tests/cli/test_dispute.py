"""The command dispute, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from winset.cli.app import app
from winset.errors import AskError, CaseError, OutputError

PUBLISHED = Path(__file__).parents[1] / "conflict/published"


def ask(*words: str) -> str:
    done = CliRunner().invoke(app, ["dispute", *words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_a_case_prints_states_and_words() -> None:
    said = ask("trilateral-2022", "-n", "40")
    assert "Tokyo keeps curbs" in said
    assert "A state is stable (sequential)" in said
    assert said.rstrip().splitlines()[-1].startswith("In the dispute over rulings")


def test_a_table_leaves_as_data() -> None:
    rows = json.loads(ask("trilateral-2022", "-n", "20", "-t", "turns", "-f", "json"))
    assert rows["name"] == "turns"


def test_a_state_is_explained() -> None:
    said = ask("trilateral-2022", "-n", "5", "--state", "5", "--concept", "nash")
    assert "State 5 (Seoul offers to settle, Tokyo keeps curbs)" in said


def test_a_file_is_judged_and_its_definition_named() -> None:
    said = ask(str(PUBLISHED / "garrison.gmcr"), "--definition", "one-step", "--concept", "gmr")
    assert "answers are one move of one opponent" in said
    longer = ask(str(PUBLISHED / "garrison.gmcr"), "--concept", "gmr")
    assert said != longer


def test_players_of_a_file_may_move_together() -> None:
    alone = ask(str(PUBLISHED / "elmira.gmcr"), "-f", "csv")
    both = ask(str(PUBLISHED / "elmira.gmcr"), "-f", "csv", "--coalition", "MoE,Uniroyal")
    assert "MoE and Uniroyal" in both
    assert "MoE and Uniroyal" not in alone


def test_wrong_questions_are_answered_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="There is no state 13"):
        ask(str(PUBLISHED / "cuban.gmcr"), "--state", "13")
    with pytest.raises(AskError, match="no player 'MoEE'"):
        ask(str(PUBLISHED / "elmira.gmcr"), "--coalition", "MoEE")
    with pytest.raises(AskError, match="gmcr files only"):
        ask("trilateral-2022", "--coalition", "Seoul,Tokyo")
    with pytest.raises(CaseError, match="cannot be read"):
        ask(str(tmp_path / "nothing.gmcr"))


def test_a_file_is_saved_whole_with_its_definition_and_size(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    words = (str(PUBLISHED / "elmira.gmcr"), "--coalition", "MoE,Uniroyal", "-o", str(folder))
    said = ask(*words)
    assert "states of 5 options took about" in said
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["coalitions"] == [["MoE", "Uniroyal"]]
    assert "--coalition=MoE,Uniroyal" in manifest["run"]["command"]
    assert (folder / "verdicts.csv").exists()
    with pytest.raises(OutputError, match="earlier run"):
        ask(*words)
    table = ask(*words, "--force", "--table", "verdicts")
    assert "MoE and Uniroyal" in table
    with pytest.raises(AskError, match="Allowed: verdicts"):
        ask(str(PUBLISHED / "elmira.gmcr"), "--table", "states")


def test_places_can_be_set(tmp_path: Path) -> None:
    plain = ask("trilateral-2022", "-n", "40", "-f", "csv")
    early = ask("trilateral-2022", "-n", "40", "-f", "csv", "--set", "dispute/k_lifted/place=0.1")
    assert plain != early
    with pytest.raises(AskError, match="no ranges to change"):
        ask(str(PUBLISHED / "cuban.gmcr"), "--set", "dispute/x/place=1")
