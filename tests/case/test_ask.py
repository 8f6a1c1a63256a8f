"""Addresses, traces, silences, anchors, differences, workbooks, schemas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.case.conftest import Edit
from winset.case import (
    cases,
    diff,
    export_workbook,
    import_workbook,
    json_schema,
    load,
    new,
    parse_change,
    resolve,
    silences,
    trace,
    unsupported,
)
from winset.case.address import resolve_change
from winset.case.evidence import fingerprint, verify
from winset.case.findings import Findings
from winset.case.model import Case
from winset.case.strict_yaml import plain, read_yaml
from winset.case.template import case_texts
from winset.errors import AskError, CaseError, OutputError


@pytest.fixture
def case(folder: Path) -> Case:
    return load(folder)


@pytest.mark.parametrize(
    ("pattern", "addresses"),
    [
        ("weights/EAST-MAYOR/SAFE", ["weights/EAST-MAYOR/SAFE"]),
        ("weights/*-MAYOR/SAFE", ["weights/EAST-MAYOR/SAFE", "weights/WEST-MAYOR/SAFE"]),
        ("width_executive", ["parameters/width_executive"]),
        ("notice", ["levers/notice"]),
        ("DAM/FISH/WEST", ["effects/DAM/FISH/WEST"]),
        ("EAST-MAYOR/*", ["weights/EAST-MAYOR/SAFE", "weights/EAST-MAYOR/SAY"]),
        ("measures/@warning/effort", ["measures/DRILL/effort", "measures/GAUGE/effort"]),
        ("rungs/@warning/heat", [f"rungs/{one}/heat" for one in ("DRILL.1", "DRILL.2", "GAUGE.1", "GAUGE.2")]),
        ("flags/fish_ladder", ["flags/fish_ladder"]),
        ("settings/scope", ["settings/scope"]),
        ("PR1", ["rules/PR1"]),
        ("evidence/N1.p2", ["evidence/N1.p2"]),
        ("DAM/lag", ["measures/DAM/lag"]),
    ],
)  # fmt: skip
def test_addresses(case: Case, pattern: str, addresses: list[str]) -> None:
    if pattern == "EAST-MAYOR/*":
        with pytest.raises(AskError, match="may mean"):
            resolve(case, pattern)
        pattern = f"weights/{pattern}"
    assert sorted(resolve(case, pattern)) == addresses


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("weights/EAST-MAYER/SAFE", "Nearest: weights/EAST-MAYOR/SAFE"),
        ("width_exectuive", "Nearest: parameters/width_executive"),
        ("effort", "may mean 3 things"),
        ("SAFE", "may mean"),
        ("weights/@wrong/SAFE", "no set '@wrong'"),
        ("", "Nothing"),
        ("///", "Nothing"),
        ("nothing/at/all", "Nothing"),
    ],
)
def test_addresses_of_nothing(case: Case, pattern: str, part: str) -> None:
    with pytest.raises(AskError, match=part):
        resolve(case, pattern)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("levers/notice = late", "Options: usual, early"),
        ("levers/notice += 1", "only ="),
        ("weights/EAST-MAYOR/SAFE += x", "needs a number"),
        ("weights/EAST-MAYOR/SAFE = 3..1", "ascending"),
        ("settings/ceiling = hgih", "level, mean"),
        ("flags/fish_ladder = maybe", "true, false"),
        ("rules/PR1 = 1", "Nothing"),
    ],
)
def test_changes_that_do_not_fit(case: Case, text: str, part: str) -> None:
    with pytest.raises(AskError, match=part):
        resolve_change(case, parse_change(text))


def test_changes_that_fit(case: Case) -> None:
    assert resolve_change(case, parse_change("flags/fish_ladder = true")) == ("flags/fish_ladder",)
    assert (
        len(resolve_change(case, parse_change("weights/*/SAFE *= 0.5..2".replace("0.5..2", "2"))))
        == 3
    )


# where values come from


def test_trace_of_a_weight(case: Case) -> None:
    found = trace(case, "weights/WEST-UNION/FISH")
    assert found.value is not None
    assert found.value.mode == 3
    assert [(one.id, one.author, one.number) for one in found.paragraphs] == [
        ("N1.p3", "The clerk", 3)
    ]
    assert found.readers == ("value to WEST-UNION of DAM",)
    assert found.changed_by == ("switches/fishers=open: weights/WEST-UNION/FISH -= 1",)
    text = str(found)
    for part in ("2..3..3", "stated in a source", "weights.csv:8", "the dam divides them"):
        assert part in text


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("effects/DAM/SAFE", "value of DAM to WEST-UNION"),
        ("effects/DAM/FISH/WEST", "value of DAM to WEST-UNION"),
        ("parameters/width_executive", "executives"),
        ("rungs/GAUGE.2/benefit", "rule PR1"),
        ("rungs/DAM.2/benefit", "rule RL1"),
        ("constituencies/WEST-UNION/threshold", "rule of WEST"),
        ("flags/fish_ladder", "rule RL1"),
        ("switches/fishers", "rules/RL1"),
        ("levers/notice", "weights/*/SAY"),
        ("evidence/N1.p3", "rules/PR1"),
        ("evidence/N1.p3", "weights/WEST-UNION/FISH"),
        ("rules/PR2", "path"),
        ("measures/DAM/lag", "over time"),
    ],
)
def test_what_reads_a_value(case: Case, address: str, reader: str) -> None:
    assert any(reader in one for one in trace(case, address).readers)


def test_effects_of_one_party_are_read_by_it_alone(case: Case) -> None:
    assert trace(case, "effects/DAM/FISH/WEST").readers == ("value of DAM to WEST-UNION",)


def test_trace_takes_one_address(case: Case) -> None:
    with pytest.raises(AskError, match="one address"):
        trace(case, "weights/*/SAFE")


def test_claims_and_disagreements_on_the_same_paragraph(folder: Path) -> None:
    (folder / "claims.csv").write_text("id,refs,claim\nK1,N1.p3,No ladder no dam\nK2,N1.p1,Other\n")
    (folder / "disagreements.csv").write_text("id,refs,says\nZ1,N1.p2 N1.p3,They differ\n")
    found = trace(load(folder), "weights/WEST-UNION/FISH")
    assert found.claims == ("K1: No ladder no dam",)
    assert found.disagreements == ("Z1: They differ",)


def test_values_no_source_supports(case: Case, edit: Edit, folder: Path) -> None:
    unsaid = {value.address for value in unsupported(case)}
    assert "weights/EAST-MAYOR/SAY" in unsaid
    assert "weights/EAST-MAYOR/SAFE" not in unsaid
    edit("weights.csv", "3,,,S,N1.p1", "3,,,S,N1.p99")
    assert "weights/EAST-MAYOR/SAFE" in {value.address for value in unsupported(load(folder))}


def test_silences(folder: Path) -> None:
    with (folder / "sources.csv").open("a") as file:
        file.write("N2,The engineer,Letter,2024,works,the engineer,\n")
    found = {one.source: one.measures for one in silences(load(folder))}
    assert found == {"N1": (), "N2": ("GAUGE", "DRILL", "DAM")}


# anchors

TEXT = """A line above

Notes of the river meeting
Both towns want fewer people surprised by a flood.
They read levels out by  phone; live data and a first drill were proposed.

A dam divides them: the fishers of Westbank refuse one without a fish ladder.
"""


def _states(case: Case, folder: Path, text: str) -> list[tuple[str, int]]:
    folder.mkdir(exist_ok=True)
    (folder / "notes.txt").write_text(text, encoding="utf-8")
    return [(one.state, one.paragraph) for one in verify(case, folder)]


def test_anchors_match_the_text(case: Case, tmp_path: Path) -> None:
    assert _states(case, tmp_path / "t", TEXT) == [("found", place) for place in range(4)]


def test_anchors_moved_and_missing(case: Case, tmp_path: Path) -> None:
    lines = TEXT.split("\n")
    moved = "\n".join([*lines[:3], "A paragraph put in.", *lines[3:]])
    states = _states(case, tmp_path / "t", moved)
    assert states.count(("found", 0)) + states.count(("moved", -1)) == 1
    assert [state for state, _ in states].count("moved") in (1, 3)
    assert _states(case, tmp_path / "t", TEXT.replace("fewer", "more"))[1] == ("missing", 0)


def test_anchors_need_texts(case: Case, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="no folder"):
        verify(case, tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(AskError, match="holds no"):
        verify(case, tmp_path / "empty")


def test_fingerprints_ignore_white_space_and_composition() -> None:
    assert fingerprint(" caf\u00e9  noir\n") == fingerprint("cafe\u0301 noir")
    assert fingerprint("cafe noir") != fingerprint("caf\u00e9 noir")
    assert fingerprint("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


# differences


def test_equal_cases_have_no_difference(case: Case, tmp_path: Path) -> None:
    found = diff(case, load(new(tmp_path / "other")))
    assert found.differences == ()
    assert found.headline == "case and other say the same."  # one id: told apart by folder


@pytest.mark.parametrize(
    ("name", "old", "text", "sentence"),
    [
        ("weights.csv", "EAST-MAYOR,SAFE,,3", "EAST-MAYOR,SAFE,,2", "weights/EAST-MAYOR/SAFE was 2..3..3 (S) and is 1..2..3 (S)."),
        ("weights.csv", "EAST-MAYOR,SAY,,1,,,A,,\n", "", "weights/EAST-MAYOR/SAY is gone (was -1..1..3 (A))."),
        ("weights.csv", "EAST-MAYOR,SAY,,1,,,A,,\n", "EAST-MAYOR,SAY,,1,,,A,,\nEAST-MAYOR,FISH,,1,,,S,,\n", "weights/EAST-MAYOR/FISH is new: 0..1..2 (S)."),
        ("rungs.csv", "A joint study", "One joint study", "measures/DAM/rungs/DAM.1/words/name was A joint study and is One joint study."),
        ("conditions.csv", "PR2,helps", "PR3,helps", "rules/PR3 is new."),
        ("case.yaml", "scale: 4", "scale: 2", "scale was 4.0 and is 2.0."),
        ("case.yaml", "fish_ladder: false", "fish_ladder: true", "flags/fish_ladder was False and is True."),
        ("switches.yaml", "FISH -= 1", "FISH -= 2", "switches/fishers/options/open/changes/1 was weights/WEST-UNION/FISH -= 1 and is weights/WEST-UNION/FISH -= 2."),
    ],
)  # fmt: skip
def test_differences_are_sentences(
    case: Case, folder: Path, edit: Edit, name: str, old: str, text: str, sentence: str
) -> None:
    edit(name, old, text)
    after = load(folder)
    assert after.hash != case.hash
    assert sentence in str(diff(case, after))


# workbooks


@pytest.mark.parametrize("name", ["starter", *cases()])
def test_a_workbook_holds_a_case_without_loss(name: str, tmp_path: Path) -> None:
    folder = new(tmp_path / "case", source=None if name == "starter" else name)
    book = export_workbook(folder, tmp_path / "case.xlsx")
    back = import_workbook(book, tmp_path / "back")
    assert load(back).hash == load(folder).hash
    for file, text in case_texts(folder).items():
        assert (back / file).read_text(encoding="utf-8") == text, file


def test_texts_that_look_like_formulas_stay_texts(folder: Path, edit: Edit, tmp_path: Path) -> None:
    edit("measures.csv", "A dam run together,a dam", "=1+1,a dam")
    back = import_workbook(export_workbook(folder, tmp_path / "x.xlsx"), tmp_path / "back")
    assert load(back).measure["DAM"].words.name == "=1+1"


def test_a_workbook_edited_by_hand(folder: Path, tmp_path: Path) -> None:
    import datetime as dt

    from openpyxl import load_workbook

    path = export_workbook(folder, tmp_path / "x.xlsx")
    book = load_workbook(path)
    sheet = book["weights"]
    assert sheet.cell(3, 4).value == 3
    sheet.cell(3, 4, value=2.5)
    sheet.cell(4, 4, value=dt.datetime(2024, 3, 1))  # noqa: DTZ001 - as a spreadsheet does
    book.save(path)
    back = import_workbook(path, tmp_path / "back")
    with pytest.raises(CaseError) as caught:
        load(back)
    assert [(one.id, str(one.at)) for one in caught.value.problems] == [("E040", "weights.csv:4")]
    assert "EAST-MAYOR,SAFE,,2.5,,,S,N1.p1," in (back / "weights.csv").read_text()


def _no_index(path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(path)


def _path_trick(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("files")
    for row in (("sheet", "file"), ("Sheet", "../evil.csv")):
        sheet.append(row)
    book.save(path)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda path: path.write_bytes(b"not a workbook"), "E001"),
        (lambda path: path.write_bytes(b"PK\x05\x06" + b"\0" * 18), "E001"),
        (_no_index, "E005"),
        (_path_trick, "E004"),
        (lambda path: None, "E001"),
    ],
)
def test_files_that_are_no_case(make: Callable[[Path], None], rule: str, tmp_path: Path) -> None:
    make(tmp_path / "x.xlsx")
    with pytest.raises(CaseError) as caught:
        import_workbook(tmp_path / "x.xlsx", tmp_path / "back")
    assert [one.id for one in caught.value.problems] == [rule]
    assert not (tmp_path / "back").exists()


def test_import_never_overwrites(folder: Path, tmp_path: Path) -> None:
    book = export_workbook(folder, tmp_path / "x.xlsx")
    with pytest.raises(OutputError, match="there already"):
        import_workbook(book, folder)


# schemas


@pytest.mark.parametrize("name", ["starter", *cases()])
def test_schemas_accept_what_loads(name: str, tmp_path: Path) -> None:
    folder = new(tmp_path / "case", source=None if name == "starter" else name)
    for path in sorted(folder.rglob("*.yaml")):
        kind = "programme" if path.parent.name == "programmes" else path.stem
        node = read_yaml(path.read_text(encoding="utf-8"), path.name, Findings())
        assert node is not None
        jsonschema.Draft202012Validator.check_schema(json_schema(kind))
        jsonschema.validate(plain(node), json_schema(kind))


@pytest.mark.parametrize(
    "wrong",
    [{"scale": 0}, {"scael": 4}, {"settings": {"ceiling": "x"}}, {"spread": {"weights": -1}}],
)
def test_schemas_refuse_what_does_not_load(folder: Path, wrong: dict[str, object]) -> None:
    node = read_yaml((folder / "case.yaml").read_text(), "case.yaml", Findings())
    assert node is not None
    data = plain(node)
    assert isinstance(data, dict)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | wrong, json_schema("case"))


def test_unknown_schemas() -> None:
    with pytest.raises(AskError, match="Nearest: levers"):
        json_schema("lever")
