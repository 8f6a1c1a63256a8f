"""Warnings and strict findings: each rule fires where it should and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.case.conftest import Edit
from winset.case import check, load
from winset.case.modes import derived

STRICT = [
    ("weights.csv", "3,,,S,N1.p1", "3,,,S,", "W201", 3),
    ("weights.csv", "3,,,S,N1.p1", "3,,,S,N1.p11", "W202", 3),
    ("switches.yaml", "basis: S, refs: N1.p3", "basis: S", "W201", 5),
    ("parameters.csv", "width_executive,", "widht_executive,", "W203", 3),
    ("levers.yaml", 'changes: ["weights/*/SAY *= 0.5"]', "changes: []", "W204", 2),
    ("constituencies.csv", "executive,all,,,-0.3,0,0.3,3,A,,\nWEST", "executive,GAUGE.1,,,-0.3,0,0.3,3,A,,\nWEST", "W205", 4),
    ("case.yaml", "WEST-MAYOR and WEST-UNION", "WEST-MAYOR", "W205", 6),
    ("rungs.csv", "DAM.1,joint study", "DAM.1,", "W207", 7),
    ("rungs.csv", "DAM.1,joint study", "DAM.1,a joint study of the river", "W207", 7),
    ("rungs.csv", "a joint study,,", ",,", "W208", 7),
    ("case.yaml", "name: Warning, phrase: warning", "phrase: warning", "W208", 25),
    ("conditions.csv", "PR2,helps,,DRILL.2,GAUGE.2,reach path", "PR2,helps,,DRILL.2,GAUGE.2,", "W209", 5),
    ("conditions.csv", "PR2,helps,,DRILL.2,GAUGE.2,", "PR2,helps,,DRILL.2,,", "W209", 5),
]  # fmt: skip
ALWAYS = [
    ("conditions.csv", "flag(fish_ladder)", "", "W101", 6),
    ("conditions.csv", "flag(fish_ladder)", "parameter(width_executive) >= 5", "W101", 6),
    (
        "conditions.csv",
        "flag(fish_ladder)",
        "GAUGE.1 and parameter(width_executive) >= 5",
        "W101",
        6,
    ),
    ("case.yaml", "measures: [DAM]", "measures: []", "W105", 5),
]


@pytest.mark.parametrize(("name", "old", "text", "rule", "line"), STRICT)
def test_strict_findings(
    folder: Path, edit: Edit, name: str, old: str, text: str, rule: str, line: int
) -> None:
    edit(name, old, text)
    assert (rule, line) in {(one.id, one.at.line) for one in check(folder, strict=True)}
    assert rule not in {one.id for one in check(folder)}


@pytest.mark.parametrize(("name", "old", "text", "rule", "line"), ALWAYS)
def test_warnings_are_always_said(
    folder: Path, edit: Edit, name: str, old: str, text: str, rule: str, line: int
) -> None:
    edit(name, old, text)
    assert (rule, line) in {(one.id, one.at.line) for one in check(folder)}
    load(folder)


@pytest.mark.parametrize(
    "condition",
    ["not GAUGE.1", "shock(X1) or GAUGE.1", "parameter(width_executive) >= 2",
     "GAUGE.1 or parameter(width_executive) >= 5", "not parameter(width_executive) >= 5"],
)  # fmt: skip
def test_red_lines_that_can_lift(folder: Path, edit: Edit, condition: str) -> None:
    (folder / "shocks.yaml").write_text("X1: {label: x}\n")
    edit("conditions.csv", "flag(fish_ladder)", condition)
    assert "W101" not in {one.id for one in check(folder)}


def test_benefit_that_falls(folder: Path, edit: Edit) -> None:
    edit("rungs.csv", "live data both ways,,1,", "live data both ways,,0.2,")
    assert [(one.id, one.at.line) for one in check(folder)] == [("W104", 4)]
    edit("measures.csv", "gauges,WARN,EAST WEST,1,,", "gauges,WARN,EAST WEST,1,true,")
    assert check(folder) == ()


def test_nothing_uncertain(folder: Path) -> None:
    for name in ("switches.yaml", "parameters.csv"):
        (folder / name).unlink()
    text = (folder / "case.yaml").read_text()
    start, end = text.index("spread:"), text.index("bounds:")
    (folder / "case.yaml").write_text(text[:start] + text[end:])
    for name, old, new in (
        ("conditions.csv", "switches/fishers=firm", ""),
        ("constituencies.csv", "-0.3,0,0.3", ",0,"),
        ("constituencies.csv", "-0.2,0.1,0.4", ",0.1,"),
    ):
        (folder / name).write_text((folder / name).read_text().replace(old, new))
    assert "W102" in {one.id for one in check(folder)}


def test_parameters_kept_for_later_are_no_fault(folder: Path) -> None:
    with (folder / "parameters.csv").open("a") as file:
        file.write("decay,share,how fast trust decays,path,,,0,1,2,,A,,\n")
        file.write("lost,share,read by nobody,reach,,,0,1,2,,A,,\n")
    found = {(one.id, one.at.line) for one in check(folder, strict=True)}
    assert found == {("W210", 7), ("W203", 8)}


def test_overrides_weaker_than_what_they_replace(folder: Path) -> None:
    # derived: fishers on the dam: safety 1 * 3 / 4 and fish 3 * -2 / 4 = -0.75
    case = load(folder)
    assert derived(case, "WEST-UNION", "DAM", 2) == pytest.approx(-0.75)
    assert derived(case, "WEST-UNION", "DAM", 1) == pytest.approx(0.75 * 0.2 - 1.5 * 0.3)
    head = "constituency,target,use,low,mode,high,shape,basis,refs,note\n"
    for stance, weak in (("-0.5", True), ("-1", False), ("0.5", False)):
        (folder / "stances.csv").write_text(f"{head}WEST-UNION,DAM,override,,{stance},,,A,,\n")
        assert ("W206" in {one.id for one in check(folder, strict=True)}) is weak
        (folder / "stances.csv").write_text(f"{head}WEST-UNION,DAM,evidence,,{stance},,,A,,\n")
        assert "W206" not in {one.id for one in check(folder, strict=True)}


def test_a_stance_scale_strengthens_overrides(folder: Path) -> None:
    (folder / "stances.csv").write_text(
        "constituency,target,use,low,mode,high,shape,basis,refs,note\nWEST-UNION,DAM,override,,-0.5,,,A,,\n"
    )
    with (folder / "parameters.csv").open("a") as file:
        file.write("stance_scale,points,points a code,reach,,,1,2,3,,A,,\n")
    assert "W206" not in {one.id for one in check(folder, strict=True)}
