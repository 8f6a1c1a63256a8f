"""An evaluation is read strictly, and all that is wrong about it is said at once."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from tests.case.logs import ALL, FULL_DRILL, TABLE_DRILL, add, logged
from winset.case import json_schema, load, new
from winset.case.findings import Findings
from winset.case.model import Case
from winset.case.strict_yaml import plain, read_yaml
from winset.case.tracking import evaluation_template
from winset.errors import AskError, CaseError, Problem

HEAD = "format: 1\nid: one\ndate: 2022-10-12\ntitle: t\nsource: s\n"


def problems(folder: Path, text: str) -> list[Problem]:
    with pytest.raises(CaseError) as caught:
        add(folder, text)
    return [*caught.value.problems]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new(tmp_path_factory.mktemp("large") / "case", source="trilateral-2022")


def with_(folder: Path, tmp_path: Path, text: str) -> Case:
    copy = new(tmp_path / "copy", source=folder)
    return logged(copy, HEAD + text)


@pytest.mark.parametrize(
    ("old", "text", "rule", "said"),
    [
        ("format: 1", "format: 2", "E080", "Allowed: 1"),
        ("format: 1\n", "", "E023", "no 'format'"),
        ("id: full-drill", "id: 1st", "E030", "'1st'"),
        ("id: full-drill\n", "", "E023", "no 'id'"),
        ("date: 2024-09-01", "date: 1.9.2024", "E040", "YYYY-MM-DD"),
        ("date: 2024-09-01", "date: 20240901", "E040", "YYYY-MM-DD"),
        ("date: 2024-09-01", "date: 2023-09-01", "E042", "2024-05-01 or later"),
        ("date: 2024-09-01\n", "", "E023", "no 'date'"),
        ("title: A full drill\n", "", "E023", "no 'title'"),
        ("source: the clerk\n", "", "E023", "no 'source'"),
        ("place:", "palce:", "E022", "Nearest: place"),
        ("rung: DRILL.2, to: executed", "rung: DRIL.2, to: executed", "E031", "Nearest: DRILL.2"),
        ("rung: DRILL.2, to: executed", "rung: DRILL.2, to: exceuted", "E043", "Nearest: executed"),
        ("rung: DRILL.2, to: executed", "rung: DRILL.2", "E023", "no 'to'"),
        ("to: executed}", "to: executed, by: WEST-UNON}", "E031", "Nearest: WEST-UNION"),
        ("measure: DRILL", "measure: DRIL", "E031", "Nearest: DRILL"),
        ("criterion: SAFE", "criterion: SAVE", "E031", "Nearest: SAFE"),
        ("note: counted", "party: EAS", "E031", "Nearest: EAST"),
        ("note: counted", "model: warming", "E046", "Nearest: warning"),
        ("value: 1..1.5..2", "value: 2..1", "E040", "not in ascending order"),
        ("value: 1..1.5..2", "value: 1..1.5..4", "E042", "-3 to 3"),
        ("value: 1..1.5..2", "value: [1]", "E024", "0.4 or"),
        ("value: 1..1.5..2", "value: nan", "E040", "not a quantity"),
        ("value: 1..1.5..2, ", "", "E023", "no 'value'"),
        ("note: it rained", "note: it rained\n---", "E092", "'---'"),
        ("note: it rained", "# seal 1", "E092", "'# seal'"),
        ("note: it rained", "note: a: b", "E020", "quotes"),
        ("note: it rained", "title: again", "E021", "twice"),
        ("note: it rained", "basis: S", "E043", "Allowed: A, X"),
        ("effects:", "trust: [{between: [EAST, WEST], change: 1, says: x}]\neffects:", "E031", "nothing about time"),
        ("effects:", "states: {mood: 1}\neffects:", "E031", "nothing about time"),
        ("effects:", "proficiency: {DRILL: 0.5}\neffects:", "E031", "nothing about time"),
        ("effects:", "changes: [flags/fish_leader = true]\neffects:", "E061", "Nearest: flags/fish_ladder"),
        ("effects:", "changes: [flags/fish_ladder = maybe]\neffects:", "E061", "no option"),
        ("effects:", "changes: [levers]\neffects:", "E060", "not a change"),
        ("effects:", "changes: [settings/red_lines = off]\neffects:", "E061", "is no fact"),
        ("effects:", "changes: [switches/fishers = firm]\neffects:", "E061", "is no fact"),
        ("effects:", "changes: [weights/WEST-UNION/FISH += 9]\neffects:", "E042", "-3 to 3"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_its_line(
    folder: Path, old: str, text: str, rule: str, said: str
) -> None:
    assert old in FULL_DRILL
    wrong = (
        FULL_DRILL.replace(old, text, 1)
        if "to: executed" not in old
        else (text.join(FULL_DRILL.rsplit(old, 1)))
    )
    found = problems(folder, wrong)
    one = next(one for one in found if one.id == rule)
    assert said in str(one)
    assert one.at.file == "evaluation.yaml"
    lines = wrong.splitlines()
    assert 1 <= one.at.line <= len(lines)
    assert not (folder / "log.yaml").exists()


def test_all_mistakes_are_said_at_once(folder: Path) -> None:
    text = (
        FULL_DRILL.replace("2024-09-01", "soon")
        .replace("DRILL.2", "DRILL.3")
        .replace("SAFE", "SAVE")
    )
    assert [(one.id, one.at.line) for one in problems(folder, text)] == [
        ("E040", 3), ("E031", 9), ("E031", 10), ("E031", 11), ("E031", 13),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "E023"),
        ("# nothing\n", "E023"),
        ("- a\n- b\n", "E024"),
        ("just text\n", "E024"),
        ("a: &x 1\nb: *x\n", "E020"),
        ("\t: 1\n", "E020"),
        (HEAD.replace("2022", "2025"), "E023"),
    ],
)
def test_what_is_no_evaluation_is_refused(folder: Path, text: str, rule: str) -> None:
    assert rule in [one.id for one in problems(folder, text)]


def test_text_that_is_not_utf8_is_refused(folder: Path, tmp_path: Path) -> None:
    from winset.case import track_add

    file = tmp_path / "one.yaml"
    file.write_bytes(TABLE_DRILL.encode("utf-16"))
    with pytest.raises(CaseError, match="E002"):
        track_add(folder, file)


def test_a_line_of_dashes_at_the_start_is_taken_off(folder: Path) -> None:
    add(folder, "# mine\n---\n" + TABLE_DRILL)
    assert load(folder).measure["DRILL"].status_quo == 1


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        (("evaluated",), "not yet in the log"),
        (("ended",), "not yet in the log"),
        (("executed", "proposed"), "it is executed"),
        (("executed", "blocked"), "it is executed"),
        (("prepared", "proposed"), "it is prepared"),
        (("executed", "ended", "evaluated"), "it is ended"),
    ],
)
def test_a_stage_follows_the_one_before(folder: Path, moves: tuple[str, ...], said: str) -> None:
    text = "".join(f"  - {{rung: DRILL.1, to: {one}}}\n" for one in moves)
    found = problems(folder, HEAD.replace("2022", "2025") + "moves:\n" + text)
    assert [one.id for one in found] == ["E093"]
    assert said in str(found[0])
    assert found[0].at.line == 6 + len(moves)


def test_what_ended_is_no_longer_in_place_and_may_come_back(folder: Path) -> None:
    late = HEAD.replace("2022", "2025")
    case = logged(folder, FULL_DRILL, late + "moves: [{rung: DRILL.2, to: ended}]\n")
    assert case.measure["DRILL"].status_quo == 1
    again = late.replace("one", "two").replace("10-12", "11-12")
    case = logged(folder, again + "moves: [{rung: DRILL.2, to: executed}]\n")
    assert case.measure["DRILL"].status_quo == 2


def test_what_stood_at_the_as_of_date_may_end(folder: Path) -> None:
    text = HEAD.replace("2022", "2025") + "moves: [{rung: GAUGE.1, to: ended}]\n"
    case = logged(folder, text)
    assert case.measure["GAUGE"].status_quo == 0
    assert not case.rung["GAUGE.1"].status_quo


def test_practice_states_and_trust_move_the_starts_of_time(large: Path, tmp_path: Path) -> None:
    case = with_(
        large,
        tmp_path,
        "proficiency: {D1: 0.3..0.4..0.5, D3: 0.2}\n"
        "states: {assurance: 2..2.5..3}\n"
        "trust:\n"
        "  - {between: [ROK, JPN], change: 0.5, says: a good drill}\n"
        "  - {between: [US, ROK], change: -0.25, says: a bad call}\n",
    )
    values, before = case.values, load(large).values

    def ends(name: str) -> tuple[float, float, float]:
        one = values[f"parameters/{name}"]
        return one.low, one.mode, one.high

    assert ends("skill_start") == (0.3, 0.4, 0.5)
    assert ends("assurance_start") == (2, 2.5, 3)
    assert ends("trust_start_partners") == (-2.5, -1, 0.5)
    assert ends("trust_start_allies") == (0.25, 1.25, 2.75)
    moved = {"skill_start", "assurance_start", "trust_start_partners", "trust_start_allies"}
    same = {name for name in values if name.removeprefix("parameters/") not in moved}
    assert all(values[name] == before[name] for name in same)


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("proficiency: {D9: 0.4}\n", "E031", "drilled measure"),
        ("proficiency: {D1: 1.4}\n", "E042", "0 to 1"),
        ("states: {skill: 0.4}\n", "E031", "unknown state"),
        ("states: {moood: 0.4}\n", "E031", "Nearest: mood"),
        ("states: {assurance: 5}\n", "E042", "0 to 4"),
        ("trust: [{between: [JPN], change: 1, says: x}]\n", "E024", "[JPN, ROK]"),
        ("trust: [{between: [JPN, JPN], change: 1, says: x}]\n", "E024", "[JPN, ROK]"),
        ("trust: [{between: [JPN, CHN], change: 1, says: x}]\n", "E024", "[JPN, US]"),
        ("trust: [{between: [JPN, ROK], change: much, says: x}]\n", "E040", "a number"),
        ("trust: [{between: [JPN, ROK], change: 1}]\n", "E023", "no 'says'"),
        ("trust: [{between: [JPN, ROK], change: 8, says: x}]\n", "E042", "-5 to 5"),
    ],
)  # fmt: skip
def test_facts_about_time_have_their_bounds(large: Path, text: str, rule: str, said: str) -> None:
    found = problems(large, HEAD + text)
    assert rule in [one.id for one in found]
    assert said in "\n".join(str(one) for one in found)


def test_the_best_practised_measure_gives_the_state(large: Path, tmp_path: Path) -> None:
    copy = new(tmp_path / "copy", source=large)
    later = HEAD.replace("one", "two").replace("10-12", "11-12")
    case = logged(copy, HEAD + "proficiency: {D1: 0.4}\n", later + "proficiency: {D3: 0.2}\n")
    assert case.values["parameters/skill_start"].mode == 0.4
    last = HEAD.replace("one", "six").replace("10-12", "12-12")
    case = logged(copy, last + "proficiency: {D1: 0.1}\n")
    assert case.values["parameters/skill_start"].mode == 0.2


def test_a_computed_effect_carries_its_model_and_an_assumption_its_letter(
    large: Path, tmp_path: Path
) -> None:
    case = with_(
        large,
        tmp_path,
        "basis: A\nproficiency: {D1: 0.4}\n"
        "effects:\n  - {measure: D2, criterion: WRN, value: 1..2..3, model: warning}\n"
        "  - {measure: H1, criterion: WRN, value: 0.5}\n",
    )
    value = case.values["effects/D2/WRN"]
    assert (value.basis, value.refs) == ("C", ("model:warning",))
    assert case.values["effects/H1/WRN"].basis == "A"
    assert case.values["parameters/skill_start"].basis == "A"
    assert [one.value.address for one in case.effects].count("effects/H1/WRN") == 1


@pytest.mark.parametrize("rung", ["", "DAM.1"])
def test_the_template_is_in_order_as_it_is_written(folder: Path, rung: str) -> None:
    text = evaluation_template(load(folder), rung)
    case = logged(folder, text)
    assert case.log is not None
    assert case.log.entries[0].evaluation.moves[0].rung == (rung or "GAUGE.2")
    with pytest.raises(AskError, match="Nearest: DAM"):
        evaluation_template(case, "DAM.3")


def test_every_line_the_template_offers_can_be_taken_up(large: Path, tmp_path: Path) -> None:
    head, offered = evaluation_template(load(large), "D1.3").split("# What else", 1)
    text = head + re.sub(r"^# ", "", offered, flags=re.MULTILINE).partition("\n")[2]
    for old, taken in (
        ("{MEASURE:", "{D1:"), ("measure: MEASURE", "measure: D2"), ("CRITERION", "WRN"),
        ("[PARTY, PARTY]", "[JPN, ROK]"), ("flags/NAME", "flags/jp_law"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, taken)
    case = logged(new(tmp_path / "copy", source=large), text)
    assert case.log is not None
    about = case.log.entries[0].evaluation
    assert about.moves
    assert about.proficiency
    assert about.effects
    assert len(about.changes) == 3


@pytest.mark.parametrize("text", [*ALL, HEAD + "states: {mood: 1..2}\nbasis: A\n"])
def test_the_schema_takes_what_is_read(text: str) -> None:
    node = read_yaml(text, "one.yaml", Findings())
    assert node is not None
    jsonschema.validate(plain(node), json_schema("evaluation"))
    for right, wrong in (("format: 1", "format: 2"), ("date:", "day:")):
        bad = read_yaml(text.replace(right, wrong), "one.yaml", Findings())
        assert bad is not None
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(plain(bad), json_schema("evaluation"))
