"""Commands about cases, on the small case of `winset new`."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import winset


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_new_makes_a_case_that_checks(winset_, tmp_path: Path) -> None:
    said = winset_("new", tmp_path / "mine")
    assert said.code == 0
    assert said.out.splitlines()[0] == str(tmp_path / "mine")
    assert winset_("check", tmp_path / "mine").out == "nothing found\n"


def test_new_from_a_bundled_case_says_the_same(winset_, tmp_path: Path) -> None:
    assert winset_("new", tmp_path / "mine", "--from", "shared-canal").code == 0
    assert winset.load(tmp_path / "mine").hash == winset.load("shared-canal").hash


def test_new_never_overwrites(winset_, mine: Path) -> None:
    before = {path.name: path.read_bytes() for path in mine.iterdir() if path.is_file()}
    said = winset_("new", mine)
    assert said.code == 4
    assert str(mine) in said.err
    assert before == {path.name: path.read_bytes() for path in mine.iterdir() if path.is_file()}


def test_check_names_file_line_and_remedy_and_leaves_with_one(winset_, mine: Path) -> None:
    edit(mine / "weights.csv", ",2", ",zwei")
    said = winset_("check", mine)
    assert said.code == 1
    assert re.search(r"weights\.csv:\d+: E040", said.out)
    assert said.out.splitlines()[-1] == "1 error, 0 doubts"


def test_check_as_data(winset_, mine: Path) -> None:
    edit(mine / "weights.csv", ",2", ",zwei")
    said = winset_("check", mine, "--format", "json")
    rows = json.loads(said.out)["rows"]
    assert said.code == 1
    assert [row[0] for row in rows] == ["weights.csv"]
    table = winset_("check", mine, "--format", "csv").out
    assert next(csv.DictReader(io.StringIO(table)))["id"] == "E040"


def test_a_wrong_case_is_told_by_every_command_with_code_three(winset_, mine: Path) -> None:
    edit(mine / "weights.csv", ",2", ",zwei")
    for words in (("trace", mine, "x"), ("reach", mine), ("diff", mine, "shared-canal")):
        said = winset_(*words)
        assert said.code == 3
        assert "weights.csv:" in said.err
        assert not said.out


def test_an_unknown_case_is_a_wrong_question(winset_) -> None:
    said = winset_("check", "shared-cannal")
    assert said.code == 2
    assert "shared-canal" in said.err


def test_trace_shows_where_a_value_comes_from(winset_, mine: Path) -> None:
    case = winset.load(mine)
    weight = case.weights[0]
    said = winset_("trace", mine, weight.value.address)
    assert said.code == 0
    assert weight.value.address in said.out
    assert "basis" in said.out


def test_trace_of_nothing_names_the_nearest(winset_, mine: Path) -> None:
    weight = winset.load(mine).weights[0].value.address
    said = winset_("trace", mine, weight + "x")
    assert said.code == 2
    assert weight in said.err


def test_cases_lists_the_bundled_ones(winset_) -> None:
    lines = winset_("cases").out.splitlines()
    assert [line.split()[0] for line in lines] == list(winset.cases())


@pytest.mark.parametrize("name", ["case", "switches", "levers", "leaders", "shocks", "programme"])
def test_schema_is_a_schema(winset_, name: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(winset_("schema", name).out))


def test_unknown_schema(winset_) -> None:
    said = winset_("schema", "lever")
    assert said.code == 2
    assert "levers" in said.err


def test_workbook_goes_out_and_comes_back(winset_, tmp_path: Path) -> None:
    book, back = tmp_path / "case.xlsx", tmp_path / "back"
    assert winset_("export", "shared-canal", book).out == f"{book}\n"
    assert winset_("import", book, back).out == f"{back}\n"
    assert winset.load(back).hash == winset.load("shared-canal").hash


def test_export_asks_before_it_replaces(winset_, tmp_path: Path) -> None:
    book = tmp_path / "case.xlsx"
    book.write_text("mine")
    said = winset_("export", "shared-canal", book)
    assert said.code == 4
    assert "--force" in said.err
    assert book.read_text() == "mine"
    assert winset_("export", "shared-canal", book, "--force").code == 0


def test_diff_of_a_case_with_itself(winset_) -> None:
    said = winset_("diff", "shared-canal", "shared-canal")
    assert said.out == "shared-canal and shared-canal say the same.\n"


def test_diff_names_what_changed(winset_, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    winset.new(mine, source="shared-canal")
    edit(mine / "case.yaml", "scale: ", "scale: 1")
    said = winset_("diff", "shared-canal", mine)
    assert "scale" in said.out
    assert "1 changed" in said.out.splitlines()[-1]


def test_evidence_is_verified_against_texts_of_the_user(
    winset_, mine: Path, tmp_path: Path
) -> None:
    from winset.case.evidence import fingerprint

    texts = tmp_path / "texts"
    texts.mkdir()
    rows = winset.load(mine).evidence
    last = max(row.paragraph for row in rows)
    paragraphs = [f"Paragraph {number} of my text." for number in range(last + 1)]
    for row in rows:
        edit(mine / "evidence.csv", row.sha256, fingerprint(paragraphs[row.paragraph]))
    (texts / "a.txt").write_text("\n\n".join(paragraphs))
    said = winset_("evidence", "verify", mine, "--text", texts)
    assert said.code == 0
    assert said.out == f"All {len(rows)} paragraphs are where they were coded from.\n"
    (texts / "a.txt").write_text("\n\n".join(["Another text."] * len(paragraphs)))
    said = winset_("evidence", "verify", mine, "--text", texts)
    assert said.code == 1
    assert f"{len(rows)} missing" in said.out


def test_evidence_needs_texts(winset_, mine: Path, tmp_path: Path) -> None:
    said = winset_("evidence", "verify", mine, "--text", tmp_path / "none")
    assert said.code == 2
