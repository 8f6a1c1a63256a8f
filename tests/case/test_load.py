"""A folder becomes a case: what is read, what is filled in, what the hash sees."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from tests.case.conftest import Edit
from winset.case import cases, check, load, new
from winset.case.model import AtLeast, Consents, Flag
from winset.errors import AskError


def test_the_starter_case_is_read_whole(folder: Path) -> None:
    case = load(folder)
    assert [measure.id for measure in case.measures] == ["GAUGE", "DRILL", "DAM"]
    assert case.measure["GAUGE"].status_quo == 1
    assert case.constituency["WEST-UNION"].asked_for == {"DAM.2"}
    assert case.constituency["EAST-MAYOR"].asked_for == set(case.rung)
    assert case.party["EAST"].accepts == AtLeast(1, (Consents("EAST-MAYOR"),))
    assert case.party["WEST"].accepts == AtLeast(
        2, (Consents("WEST-MAYOR"), Consents("WEST-UNION"))
    )
    rules = {rule.id: rule for rule in case.rules}
    assert rules["RL1"].condition == Flag("fish_ladder")
    assert rules["RL1"].switch == "switches/fishers=firm"
    assert rules["PR1"].read_by == ("reach", "path")
    assert [option.weight for option in case.switches[0].options] == pytest.approx([2 / 3, 1 / 3])
    assert case.levers[0].default == "usual"
    assert case.settings["ceiling"] == "level"
    assert case.evidence[0].id == "N1.p0"
    assert case.words["limits"] == "Everything in it is invented."


def test_the_starter_case_has_no_finding(folder: Path) -> None:
    assert check(folder, strict=True) == ()


def test_spread_follows_basis_bounds_and_sign(folder: Path) -> None:
    values = load(folder).values
    stated, assumed = values["weights/EAST-MAYOR/SAFE"], values["weights/EAST-MAYOR/SAY"]
    assert (stated.low, stated.mode, stated.high) == (2, 3, 3)
    assert (assumed.low, assumed.mode, assumed.high) == (-1, 1, 3)
    assert (values["rungs/DAM.2/benefit"].low, values["rungs/DAM.2/benefit"].high) == (0.9, 1)
    assert values["rungs/DAM.2/scope"].exact
    assert values["effects/GAUGE/SAFE"].low == 1


def test_a_stated_value_keeps_its_sign(folder: Path, edit: Edit) -> None:
    edit("case.yaml", "effects: {S: 1", "effects: {S: 9")
    value = load(folder).values["effects/DAM/FISH/WEST"]
    assert (value.low, value.high) == (-3, 0)


def test_ranges_override_everything(folder: Path) -> None:
    text = "address,low,mode,high,shape,basis,refs,note\nrungs/DAM.1/benefit,0.1,,0.9,uniform,X,N1.p1,seen\n"
    (folder / "ranges.csv").write_text(text)
    value = load(folder).values["rungs/DAM.1/benefit"]
    assert (value.low, value.mode, value.high, value.shape) == (0.1, 0.2, 0.9, "uniform")
    assert (value.basis, value.refs, value.note, str(value.at)) == (
        "X",
        ("N1.p1",),
        "seen",
        "ranges.csv:2",
    )


def test_all_means_everybody_who_can_have_a_row(folder: Path) -> None:
    with (folder / "constituencies.csv").open("a") as file:
        file.write("EAST-PRESS,EAST,Press,Press,the press,amplifier,,,,,0,,1,A,,\n")
        file.write("EAST-SOFT,EAST,Public,Public,the public,soft,,,,,0,,1,A,,\n")
    assert load(folder).party["EAST"].accepts == AtLeast(
        2, (Consents("EAST-MAYOR"), Consents("EAST-SOFT"))
    )


def test_only_rungs_of_measures_with_its_party_need_a_consent(folder: Path, edit: Edit) -> None:
    edit("measures.csv", "drills,WARN,EAST WEST", "drills,WARN,EAST")
    case = load(folder)
    assert "DRILL.1" in case.constituency["EAST-MAYOR"].asked_for
    assert "DRILL.1" not in case.constituency["WEST-MAYOR"].asked_for


def _shuffled(text: str, chance: random.Random) -> str:
    kept = [line for line in text.split("\n") if line and not line.startswith("#")]
    header, *rows = [next(csv.reader([line])) for line in kept]
    chance.shuffle(rows)
    order = list(range(len(header)))
    chance.shuffle(order)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([[row[place] for place in order] for row in (header, *rows)])
    return "\ufeff# another comment\r\n\r\n" + out.getvalue()


@pytest.mark.parametrize("name", ["starter", *cases()])
def test_order_of_rows_and_columns_and_comments_leave_no_trace(name: str, tmp_path: Path) -> None:
    folder = new(tmp_path / "case", source=None if name == "starter" else name)
    before = load(folder)
    chance = random.Random(7)
    for path in folder.glob("*.csv"):
        path.write_bytes(_shuffled(path.read_text(encoding="utf-8"), chance).encode())
    after = load(folder)
    assert after.hash == before.hash
    assert [one.id for one in after.constituencies] == [one.id for one in before.constituencies]
    assert list(after.values) == list(before.values)


@pytest.mark.parametrize(
    ("name", "old", "text"),
    [
        ("weights.csv", "EAST-MAYOR,SAFE,,3", "EAST-MAYOR,SAFE,,2"),
        ("weights.csv", "EAST-MAYOR,SAY,,1,,,A", "EAST-MAYOR,SAY,,1,,,I"),
        ("rungs.csv", "A joint study", "One joint study"),
        ("switches.yaml", "weight: 2", "weight: 3"),
        ("case.yaml", "scale: 4", "scale: 2"),
        ("conditions.csv", "DAM.1 and GAUGE.2", "DAM.1"),
    ],
)
def test_the_hash_sees_every_meaning(
    folder: Path, edit: Edit, name: str, old: str, text: str
) -> None:
    before = load(folder).hash
    edit(name, old, text)
    assert load(folder).hash != before


def test_the_folder_may_lie_anywhere(folder: Path, tmp_path: Path) -> None:
    other = new(tmp_path / "elsewhere")
    assert load(other).hash == load(folder).hash


def test_yaml_words_stay_words(folder: Path, edit: Edit) -> None:
    edit("case.yaml", "title: Flood warning on one river", "title: NO")
    edit("case.yaml", "words:", "settings: {saturation: off, red_lines: on}\nwords:")
    case = load(folder)
    assert (case.title, case.settings["saturation"], case.settings["red_lines"]) == (
        "NO",
        "off",
        "on",
    )


def test_html_in_a_text_is_kept_as_it_is(folder: Path, edit: Edit) -> None:
    edit("measures.csv", "A dam run together,a dam", "<script>alert(1)</script> & co,a dam")
    assert load(folder).measure["DAM"].words.name == "<script>alert(1)</script> & co"


@pytest.mark.parametrize("name", cases())
def test_bundled_cases_load_by_name(name: str) -> None:
    assert load(name).id == name
    assert not [problem for problem in check(name) if problem.is_error]


@pytest.mark.parametrize("name", ["trilateral-2023", "no such", "../case", "a\0b", "x" * 5000])
def test_unknown_cases_are_usage_errors(name: str) -> None:
    with pytest.raises(AskError, match="There is no case"):
        load(name)


def test_the_nearest_bundled_case_is_named() -> None:
    with pytest.raises(AskError, match="Nearest: shared-canal"):
        load("shared-cannal")
