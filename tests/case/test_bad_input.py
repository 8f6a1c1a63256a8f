"""Every way to break a folder gives a clear error at the right line."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.case.conftest import Edit
from winset.case import check, export_workbook, load, new
from winset.case.findings import CATALOGUE
from winset.errors import CaseError, LimitError, OutputError, Problem

Broken = Callable[[], tuple[Problem, ...]]

EDITS = [
    # file, text, replacement, id, line, part of the message
    ("weights.csv", "EAST-MAYOR,SAFE", "EAST-MAYER,SAFE", "E031", 3, "Nearest: EAST-MAYOR"),
    ("weights.csv", "EAST-MAYOR,SAY,,1", "EAST-MAYOR,SAFE,,1", "E016", 4, "first at weights.csv:3"),
    ("weights.csv", "SAFE,,3,", 'SAFE,,"3,0",', "E040", 3, "decimal point"),
    ("weights.csv", "SAFE,,3,", "SAFE,,2024-03-01,", "E040", 3, "made a date"),
    ("weights.csv", "SAFE,,3,", "SAFE,,#NAME?,", "E040", 3, "formula"),
    ("weights.csv", "SAFE,,3,", "SAFE,,nan,", "E040", 3, "a number"),
    ("weights.csv", "SAFE,,3,", "SAFE,3,2,1", "E041", 3, "low <= mode <= high"),
    ("weights.csv", "SAFE,,3,", "SAFE,,4,", "E042", 3, "-3 to 3"),
    ("weights.csv", "SAFE,,3,", "SAFE,,,", "E044", 3, "mode is empty"),
    ("weights.csv", "SAFE,,3,,,S,N1.p1,", "SAFE,,3,,,S", "E013", 3, "too few"),
    ("weights.csv", "SAFE,,3,,,S,N1.p1,", "SAFE,,3,,,S,N1.p1,a,b", "E013", 3, "too many"),
    ("weights.csv", "SAFE,,3,,,S", "SAFE,,3,,,Z", "E043", 3, "basis 'Z'"),
    ("weights.csv", "SAFE,,3,,", "SAFE,,3,,normal", "E043", 3, "shape: 'normal'"),
    ("weights.csv", "SAFE,,3,,", "SAFE,1,3,,exact", "E041", 3, "exact value"),
    ("weights.csv", "EAST-MAYOR,SAFE,,3", '"EAST-MAYOR,SAFE,,3', "E014", 3, "quotes do not match"),
    ("weights.csv", "N1.p1,\nEAST-MAYOR,SAY", 'N1.p1,"a\nb"\nEAST-MAYOR,SAY', "E014", 3, "quotes"),
    ("weights.csv", "EAST-MAYOR,SAY", "EAST-MAYOR;SAY", "E013", 4, "too few"),
    ("weights.csv", "constituency,criterion,low", "constituency,criterium,low", "E012", 2, "Nearest: criterion"),
    ("weights.csv", "low,mode,high", "low,mode,mode", "E012", 2, "twice"),
    ("weights.csv", "constituency,criterion,low,mode,high,shape,basis,refs,note", "a;b;c", "E011", 2, "semicolons"),
    ("rungs.csv", "by phone,true,0.3", "by phone,yes,0.3", "E043", 3, "false, true"),
    ("rungs.csv", ",0.3,0.1,", ",1.3,0.1,", "E042", 3, "0 to 1"),
    ("rungs.csv", "DAM.1,", "DAM.3,", "E070", 7, "has rung 3 but not 1"),
    ("rungs.csv", "DAM.1,", "DAM.one,", "E030", 7, "MEASURE.LEVEL"),
    ("rungs.csv", "DAM.1,", "DAMM.1,", "E031", 7, "Nearest: DAM"),
    ("measures.csv", "WARN,EAST WEST,1,,,1,1,1,S,N1.p2,\nDR", "WARN,EAST WST,1,,,1,1,1,S,N1.p2,\nDR", "E031", 3, "WEST"),
    ("measures.csv", "GAUGE,Gauges", "../GAUGE,Gauges", "E030", 3, "Rename it"),
    ("measures.csv", "gauges,WARN", "gauges,WRAN", "E031", 3, "Nearest: WARN"),
    ("measures.csv", "WORK,EAST WEST,1", "WORK,EAST WEST,-1", "E042", 5, "0 or more"),
    ("constituencies.csv", "executive,all,,,-0.3,0,0.3,3,A,,\nW", "executve,all,,,-0.3,0,0.3,3,A,,\nW", "E043", 4, "Nearest: executive"),
    ("constituencies.csv", "conditional,DAM.2+", "conditional,DAM.3+", "E053", 6, "up to DAM.2"),
    ("constituencies.csv", "conditional,DAM.2+", "conditional,DMA", "E053", 6, "Nearest: DAM"),
    ("constituencies.csv", ",-0.2,0.1,0.4,", ",0.2,0.1,0.4,", "E041", 6, "in order"),
    ("constituencies.csv", "WEST-UNION,WEST", "WEST-UNION,EAST", "E052", 22, "of another party"),
    ("constituencies.csv", "conditional,DAM.2+", "lobby,DAM.2+", "E052", 22, "consents to nothing"),
    ("criteria.csv", "people surprised by a flood,true,benefit", "people surprised by a flood,true,befenit", "E043", 3, "Nearest: benefit"),
    ("effects.csv", "DAM,FISH,WEST", "DAM,FISH,NORTH", "E031", 8, "unknown party"),
    ("conditions.csv", "DAM.1 and GAUGE.2", "DAM.1 and", "E050", 4, "column"),
    ("conditions.csv", "DAM.1 and GAUGE.2", "DAM.1 and GAUGE", "E050", 4, "GAUGE.1"),
    ("conditions.csv", "DAM.1 and GAUGE.2", "DAM.1 and GAUGE.9", "E031", 4, "GAUGE.1, GAUGE.2"),
    ("conditions.csv", "flag(fish_ladder)", "flag(fish_lader)", "E031", 6, "Nearest: fish_ladder"),
    ("conditions.csv", "DAM.1 and GAUGE.2", "DAM.2", "E071", 4, "DAM.2 needs DAM.2"),
    ("conditions.csv", "switches/fishers=firm", "switches/fishers=fim", "E031", 6, "Nearest: firm"),
    ("conditions.csv", "switches/fishers=firm", "fishers", "E061", 6, "switches/ID=OPTION"),
    ("conditions.csv", "helps,,DRILL.2,GAUGE.2", "excludes,,DRILL.2,not GAUGE.2", "E050", 5, "one rung"),
    ("conditions.csv", "reach path", '"reach, path"', "E043", 4, "reads"),
    ("conditions.csv", "needs,,DAM.2", "needs,,", "E044", 4, "names no rung"),
    ("evidence.csv", "N1,0,", "N1,zero,", "E040", 3, "whole number"),
    ("evidence.csv", "N1,0,", "N2,0,", "E031", 3, "unknown source"),
    ("case.yaml", "format: 1", "format: 2", "E080", 2, "Allowed: 1"),
    ("case.yaml", "scale: 4", "scale: four", "E040", 7, "plain number"),
    ("case.yaml", "scale: 4", "scale: -4", "E042", 7, "above 0"),
    ("case.yaml", "scale: 4", "scale: 4\nscale: 5", "E021", 8, "first in line 7"),
    ("case.yaml", "scale: 4", "scael: 4", "E022", 7, "Nearest: scale"),
    ("case.yaml", "as_of: 2024-05-01", "as_of: [1]", "E024", 6, "a text"),
    ("case.yaml", "as_of: 2024-05-01", "as_of: &x 1", "E020", 6, "anchor"),
    ("case.yaml", "as_of: 2024-05-01", "as_of: !!str 1", "E020", 6, "tag"),
    ("case.yaml", "as_of: 2024-05-01", "\tas_of: 1", "E020", 6, "tabs"),
    ("case.yaml", "as_of: 2024-05-01", "as_of: a: b", "E020", 6, "quotes"),
    ("case.yaml", "as_of: 2024-05-01", "---\nas_of: 1", "E020", 6, "second document"),
    ("case.yaml", "as_of: 2024-05-01", "as_of: " + "[" * 60 + "]" * 60, "E020", 6, "levels"),
    ("case.yaml", "WEST-MAYOR and WEST-UNION", "WEST-MAYOR and not WEST-UNION", "E051", 22, "more consent"),
    ("case.yaml", "WEST-MAYOR and WEST-UNION", "WEST-MAYOR and GAUGE.1", "E051", 22, "no consent"),
    ("case.yaml", "WEST-MAYOR and WEST-UNION", "WEST-MAYOR and EAST-MAYOR", "E052", 22, "another party"),
    ("case.yaml", "WEST-MAYOR and WEST-UNION", "nobody", "E031", 22, "unknown constituency"),
    ("case.yaml", "weights: {S: 1, I", "weigths: {S: 1, I", "E022", 11, "Nearest: weights"),
    ("case.yaml", "weights: [-3, 3]", "weights: [3, -3]", "E041", 16, "lower one first"),
    ("case.yaml", "[GAUGE, DRILL]}", "[GAUGE, DRIL]}", "E053", 30, "Nearest: DRILL"),
    ("case.yaml", "measures: [DAM]", "measures: [DAM, GAUGE]", "E032", 31, "in group core already"),
    ("case.yaml", "fish_ladder: false", "fish_ladder: no", "E024", 36, "true or false"),
    ("switches.yaml", "weight: 2", "weight: two", "E040", 5, "plain number"),
    ("switches.yaml", "weights/WEST-UNION/FISH -= 1", "weights/WEST-UNION/FSH -= 1", "E061", 7, "Nearest"),
    ("switches.yaml", "weights/WEST-UNION/FISH -= 1", "weights/WEST-UNION/FISH", "E060", 7, "not a change"),
    ("switches.yaml", "weights/WEST-UNION/FISH -= 1", "settings/ceiling += 1", "E061", 7, "only ="),
    ("switches.yaml", "weights/WEST-UNION/FISH -= 1", "settings/ceiling = none", "E061", 7, "mean"),
    ("levers.yaml", "default: usual", "default: usul", "E031", 2, "Nearest: usual"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "text", "rule", "line", "part"), EDITS)
def test_each_damage_is_named_at_its_line(
    edit: Edit, problems: Broken, name: str, old: str, text: str, rule: str, line: int, part: str
) -> None:
    edit(name, old, text)
    found = [one for one in problems() if one.id == rule and one.at.line == line]
    assert found, problems()
    assert any(part in str(one) for one in found), [str(one) for one in found]
    assert rule in CATALOGUE


def test_all_problems_of_a_folder_come_at_once(edit: Edit, problems: Broken) -> None:
    edit("weights.csv", "EAST-MAYOR,SAFE,,3", "EAST-MAYER,SAFE,,x")
    edit("rungs.csv", ",0.3,0.1,", ",1.3,0.1,")
    edit("case.yaml", "scale: 4", "scale: four")
    edit("switches.yaml", "weight: 2", "wieght: 2")
    assert {one.at.file for one in problems()} == {
        "weights.csv",
        "rungs.csv",
        "case.yaml",
        "switches.yaml",
    }


def test_a_broken_table_does_not_make_its_names_unknown(edit: Edit, problems: Broken) -> None:
    edit("measures.csv", "id,label", "ident,label")
    assert {one.id for one in problems()} == {"E012"}


@pytest.mark.parametrize(
    ("content", "rule", "line", "part"),
    [
        (b"", "E010", 1, "no header"),
        (b"# only a comment\n", "E010", 1, "no header"),
        ("a,b\nM\u00fcller,1\n".encode("cp1252"), "E002", 2, "Windows-1252"),
        ("a,b\n".encode("utf-16"), "E002", 1, "UTF-16"),
        (b"a,b\nc,\0\n", "E002", 2, "NUL"),
        (b"x" * 200_000, "E003", 1, "characters"),
    ],
)
def test_bytes_that_are_no_table(
    folder: Path, problems: Broken, content: bytes, rule: str, line: int, part: str
) -> None:
    (folder / "weights.csv").write_bytes(content)
    found = next(one for one in problems() if one.id == rule)
    assert (found.at.file, found.at.line) == ("weights.csv", line)
    assert part in str(found)


def test_a_repeated_header(folder: Path, problems: Broken) -> None:
    lines = (folder / "weights.csv").read_text().split("\n")
    (folder / "weights.csv").write_text("\n".join([*lines[:4], lines[1], *lines[4:]]))
    assert [(one.id, one.at.line) for one in problems()] == [("E015", 5)]


def test_a_byte_order_mark_is_nothing(folder: Path) -> None:
    before = load(folder).hash
    for path in folder.glob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(folder).hash == before


def test_huge_files_are_not_read(
    folder: Path, problems: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winset.case.cells.LARGEST_FILE", 100)
    assert {one.id for one in problems()} == {"E003"}


def test_missing_files(folder: Path, problems: Broken) -> None:
    (folder / "measures.csv").unlink()
    found = {(one.id, one.at.file) for one in problems()}
    assert ("E001", "measures.csv") in found
    (folder / "case.yaml").unlink()
    assert ("E001", "case.yaml") in {(one.id, one.at.file) for one in problems()}


def test_a_misspelt_file_is_not_ignored(folder: Path, problems: Broken) -> None:
    (folder / "weights.csv").rename(folder / "wieghts.csv")
    found = next(one for one in problems() if one.id == "E005")
    assert found.nearest == "weights.csv"


def test_links_out_of_the_folder_are_not_followed(
    folder: Path, tmp_path: Path, problems: Broken
) -> None:
    secret = tmp_path / "secret.csv"
    (folder / "weights.csv").rename(secret)
    (folder / "weights.csv").symlink_to(secret)
    assert [one.id for one in problems()] == ["E004"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_to_read(folder: Path, problems: Broken) -> None:
    (folder / "weights.csv").chmod(0)
    assert [(one.id, one.at.file) for one in problems()] == [("E001", "weights.csv")]


def test_a_failing_disk_is_reported(
    folder: Path, problems: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> bytes:
        raise OSError(5, f"Input/output error at {path.name}")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert {one.id for one in problems()} == {"E001"}


def test_thousands_of_measures_are_refused_with_an_estimate(folder: Path) -> None:
    with (folder / "measures.csv").open("a") as file:
        file.writelines(f"M{count},,,,WARN,EAST,1,,,1,1,1,A,,\n" for count in range(3_000))
    with pytest.raises(LimitError, match=r"3,003 measures.*pairs"):
        load(folder)


def test_nothing_to_ask_for(edit: Edit, problems: Broken) -> None:
    for row in (
        "live data both ways",
        "a drill on paper",
        "with sirens",
        "a joint study",
        "run together",
    ):
        edit("rungs.csv", f"{row},,", f"{row},true,")
    assert "E073" in {one.id for one in problems()}


def test_no_change_is_feasible(folder: Path, problems: Broken) -> None:
    with (folder / "conditions.csv").open("a") as file:
        file.write("NO1,refuses,EAST,GAUGE.2 DRILL.1 DAM.1,,reach,,never,A,,\n")
    assert [one.id for one in problems()] == ["E072"]


def test_a_circle_through_several_rungs(folder: Path, problems: Broken) -> None:
    with (folder / "conditions.csv").open("a") as file:
        file.write("C1,needs,,GAUGE.2,DRILL.2,reach,,,A,,\nC2,needs,,DRILL.1,DAM.2,reach,,,A,,\n")
    found = next(one for one in problems() if one.id == "E071")
    assert "GAUGE.2" in found.found
    assert found.found.count("needs") >= 2


def test_an_alternative_breaks_a_circle(folder: Path) -> None:
    with (folder / "conditions.csv").open("a") as file:
        file.write("C1,needs,,GAUGE.2,DAM.2 or DRILL.1,reach,,,A,,\n")
    assert load(folder).id == "river-warning"


def test_new_never_overwrites(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError, match="there already"):
        new(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_new_writes_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OutputError, match="No space left"):
        new(tmp_path / "case")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["tempfile.mkdtemp", "tempfile.mkstemp"])
def test_no_permission_to_write(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(name, fail)
    write = new if name.endswith("mkdtemp") else partial(export_workbook, folder)
    with pytest.raises(OutputError, match="cannot be written: Permission denied"):
        write(tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_twenty_thousand_problems_do_not_hang(folder: Path) -> None:
    with (folder / "weights.csv").open("a") as file:
        file.writelines(f"NOBODY-{count},SAFE,,1,,,A,,\n" for count in range(20_000))
    with pytest.raises(CaseError) as caught:
        load(folder)
    assert len(caught.value.problems) == 20_000


def test_problems_print_everything() -> None:
    with pytest.raises(CaseError) as caught:
        raise CaseError(check_of_nothing())
    assert "weights.csv:3: E031: found. Allowed: a. Nearest: b. Do." in str(caught.value)


def check_of_nothing() -> list[Problem]:
    from winset.case.model import At

    return [Problem("E031", At("weights.csv", 3), "found", "a", "b", "Do")]


def test_check_reports_what_load_raises(folder: Path, edit: Edit, problems: Broken) -> None:
    edit("weights.csv", "EAST-MAYOR,SAFE", "EAST-MAYER,SAFE")
    assert tuple(one for one in check(folder) if one.is_error) == problems()
