"""A play as people leave it behind: its score, its report, its evaluation, and into a case."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import winset
from winset.effects.code import compute
from winset.errors import AskError
from winset.exercise import load_scenario
from winset.exercise.actions import Action
from winset.exercise.evaluation import Wanted, evaluate
from winset.exercise.log import Session, read_log
from winset.exercise.played import Played, after_action, right
from winset.exercise.played_report import render_played
from winset.exercise.score import score_lines
from winset.exercise.state import CONTROLLER

DAY = "2022-10-12"
GOLDEN = Path(__file__).parent / "golden" / "played.txt"
CROSSING = (
    Action(CONTROLLER, "rules", "ROK", "on"),
    Action(CONTROLLER, "advance", seconds=240),
    Action("ROK", "release", "T1", "JPN"),
    Action("JPN", "alert", "jp-hokkaido"),
    Action("JPN", "alert", "jp-kyushu"),
    Action("JPN", "note", "two sirens"),
    Action(CONTROLLER, "advance", seconds=1800),
)


def play(file: Path, actions: Iterable[Action], scenario: str = "overflight") -> Path:
    session = Session(load_scenario(scenario), "direct", file)
    for action in actions:
        session.do(action)
    return file


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return play(tmp_path / "play.log", CROSSING)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return winset.exercise("low-salvo", n=40).save(tmp_path_factory.mktemp("run") / "salvo")


def verdicts(outcome: Played) -> dict[str, str]:
    table = outcome.table("warnings")
    return dict(zip(table["region"].tolist(), table["verdict"].tolist(), strict=True))


# the outcome


def test_alerts_are_in_time_missed_or_needless(tmp_path: Path, log: Path) -> None:
    assert verdicts(after_action(log)) == {"jp-hokkaido": "in time", "jp-kyushu": "needless"}
    idle = play(tmp_path / "idle.log", [Action(CONTROLLER, "advance", seconds=2000)])
    assert verdicts(after_action(idle)) == {"jp-hokkaido": "missed"}
    early = play(tmp_path / "early.log", [Action(CONTROLLER, "advance", seconds=100)])
    assert verdicts(after_action(early)) == {}


def test_the_score_says_the_same_as_the_tables(log: Path) -> None:
    outcome, lines = after_action(log), [*score_lines(read_log(log).state)]
    for row in outcome.table("warnings").rows():
        assert sum(row["region"] in line for line in lines) == 1
    in_time = outcome.table("warnings").where(verdict="in time")
    assert f"jp-hokkaido: alerted {in_time['warning'][0]:.0f} s before the threat." in lines
    seats = {row["seat"]: row for row in outcome.table("seats").rows()}
    assert (seats["ROK"]["released"], seats["ROK"]["released_by_rules"]) == (1, 1)
    assert seats["JPN"]["alerts"] == 2
    assert seats["ROK"]["by_rules"]


def test_every_action_stands_in_the_table_with_its_clock(log: Path) -> None:
    table = after_action(log).table("actions")
    assert table["action"].tolist() == [one.kind for one in CROSSING]
    assert table["second"].tolist() == [0, 0, 240, 240, 240, 240, 240]


def test_rules_played_alone_are_the_run_without_chance(log: Path) -> None:
    outcome = after_action(log)
    rows = {(row["who"], row["form"]): row for row in outcome.table("compared").rows()}
    assert list(rows) == [("played", "direct"), ("rules", "direct"), ("rules", "none")]
    by_rules = play(
        log.parent / "rules.log",
        [
            *(Action(CONTROLLER, "rules", seat, "on") for seat in ("US", "JPN", "ROK")),
            *(Action(CONTROLLER, "advance", seconds=60) for _ in range(34)),
        ],
    )
    same = {
        row["who"]: row
        for row in after_action(by_rules).table("compared").where(form="direct").rows()
    }
    for column in ("launches", "shared", "in_time", "missed", "needless"):
        assert same["played"][column] == same["rules"][column], column


def test_a_play_in_words(log: Path) -> None:
    outcome = after_action(log)
    assert "\n".join(outcome.sentences) + "\n" == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_log_that_was_cut_off_is_read_to_its_last_whole_entry_and_left_alone(
    log: Path, cut: int
) -> None:
    whole = len(after_action(log).table("actions"))
    log.write_bytes(log.read_bytes()[:-cut])
    before = log.read_bytes()
    outcome = after_action(log)
    assert len(outcome.table("actions")) == whole - 1
    assert outcome.parameters["cut"] == len(before) - before.rfind(b"\n") - 1
    assert log.read_bytes() == before


def test_a_scenario_of_ones_own_must_be_named(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    text = load_scenario("overflight").text.replace("id: overflight", "id: mine")
    own.write_text(text if "id: mine" in text else "id: mine\n" + text, encoding="utf-8")
    file = play(tmp_path / "own.log", CROSSING, str(own))
    with pytest.raises(AskError, match="Say --scenario FILE"):
        after_action(file)
    assert len(after_action(file, own).table("actions")) == len(CROSSING)
    with pytest.raises(AskError, match="scenario is 'mine'"):
        after_action(file, "overflight")


@pytest.mark.parametrize(
    "text", [b"", b"{}\n", b"\xff\n", b"[1]\n", b"winset\n", b'{"scenario":"overflight"}\n']
)
def test_what_is_no_log_is_refused(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "bad.log"
    file.write_bytes(text)
    with pytest.raises(AskError):
        after_action(file)


# the report


class Text(HTMLParser):
    """Ids, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in {
            "meta",
            "link",
            "br",
            "rect",
            "line",
            "circle",
            "path",
            "polygon",
            "polyline",
        }:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def test_the_report_is_one_page_without_network(log: Path) -> None:
    outcome = after_action(log)
    page = render_played(outcome)
    read = Text()
    read.feed(page)
    assert not read.open
    assert len(read.ids) == len(set(read.ids))
    assert {"first", "warnings", "timeline", "seats", "map", "trained", "claims"} <= set(read.ids)
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert "<script" not in page
    assert outcome.headline in page


@pytest.mark.parametrize(
    ("own", "name"), [("2022 salvo", "salvo"), ("ミサイル", "direct"), ("x" * 90, "x" * 50)]
)
def test_the_id_of_an_evaluation_is_one_that_a_log_takes(
    tmp_path: Path, own: str, name: str
) -> None:
    file = tmp_path / "mine.yaml"
    text = load_scenario("overflight").text
    file.write_text(re.sub(r"^id: .*$", f"id: {own}", text, flags=re.MULTILINE), encoding="utf-8")
    outcome = winset.exercise(file, n=5)
    told = evaluate(outcome.save(tmp_path / "run"), Wanted(DAY))
    line = next(one for one in told.splitlines() if one.startswith("id: "))
    assert line.startswith(f"id: {name}")
    assert line.endswith(DAY)
    assert _beside(tmp_path, told).exists()


def test_what_people_typed_is_text_in_the_report(tmp_path: Path) -> None:
    note = Action("JPN", "note", "<script>alert(1)</script>")
    page = render_played(after_action(play(tmp_path / "n.log", [note, *CROSSING[:2]])))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_play_before_anything_happened_has_a_report(tmp_path: Path) -> None:
    outcome = after_action(play(tmp_path / "none.log", []))
    assert "No region was threatened" in render_played(outcome)
    assert right(outcome)[1] == outcome.table("compared")["launches"][0]


# the evaluation


def test_a_run_gives_the_effect_that_the_model_gives(run: Path) -> None:
    text = evaluate(run, Wanted(DAY))
    rows = [*csv.DictReader((run / "effects.csv").read_text(encoding="utf-8").splitlines())]
    one = next(row for row in rows if (row["form"], row["output"]) == ("direct", "warning.shared"))
    ends = "..".join(f"{3 * float(one[end]):.2f}" for end in ("low", "mode", "high"))
    assert f"    value: {ends}\n" in text
    assert "moves:\n" not in text.replace("# moves:\n", "")
    assert "winset exercise warning low-salvo --worlds=40 --rng=1" in text


def test_fewer_wrong_alerts_are_an_effect_for_the_better(tmp_path: Path) -> None:
    run = winset.exercise("lofted", n=40).save(tmp_path / "run")
    text = evaluate(run, Wanted(DAY, output="wrong"))
    value = next(line for line in text.splitlines() if "value:" in line).split(": ")[1]
    assert float(value.split("..")[-1]) > 0


def test_the_table_of_effects_is_that_of_the_model_on_its_own_flights() -> None:
    """Both read the same differences; here on the flights of the model's card."""
    made = compute("warning", "hub", n=30)
    row = next(made.table().where(output="warning.held").rows())
    assert row["low"] <= row["mode"] <= row["high"]
    code = made.row("held", "D2", "WRN").split(",")[3:6]
    assert [float(one) for one in code] == [
        pytest.approx(3 * row[end], abs=6e-3) for end in ("low", "mode", "high")
    ]


def test_a_play_gives_practice_and_no_effect_of_its_own(log: Path) -> None:
    text = evaluate(log, Wanted(DAY, rungs=("D1.3",)))
    assert "basis: A\nproficiency:\n  D2: 0.09..0.50..0.91\n" in text
    assert '  - {rung: "D1.3", to: executed}\n  - {rung: "D1.3", to: evaluated}\n' in text
    assert "\n# effects:\n" in text
    assert "\neffects:\n" not in text


def alone(case: winset.Case) -> set[str]:
    """Measures of which some rung is accepted alone in other worlds because of the log."""
    moved = winset.track(case, answers=True, n=40).table("moved").where(what="alone")
    return {case.rung[row["rung"]].measure for row in moved.rows() if row["change"]}


def test_a_run_goes_into_a_case_and_reach_differs_there_and_only_there(
    run: Path, tmp_path: Path
) -> None:
    folder, file = winset.new(tmp_path / "my", source="trilateral-2022"), tmp_path / "run.yaml"
    text = evaluate(run, Wanted(DAY))
    value = next(line for line in text.splitlines() if "value:" in line)
    file.write_text(text.replace(value, "    value: -3"), encoding="utf-8")
    winset.track_add(folder, file)
    case = winset.load(folder)
    assert case.log is not None
    changed = [one.address for one in winset.diff(case.log.without, case).differences]
    assert changed == ["effects/D2/WRN", f"log/low-salvo-direct-{DAY}"]
    assert case.values["effects/D2/WRN"].basis == "C"
    assert case.values["effects/D2/WRN"].refs == ("model:warning",)
    assert alone(case) == {"D2"}
    assert alone(winset.load("trilateral-2022", log=_beside(tmp_path, text))) <= {"D2"}


def _beside(folder: Path, text: str) -> Path:
    file, log = folder / "as-it-is.yaml", folder / "beside.yaml"
    file.write_text(text, encoding="utf-8")
    return winset.track_add("trilateral-2022", file, log=log).log


def test_a_play_goes_into_a_case_and_moves_what_hangs_on_the_drill(
    log: Path, tmp_path: Path
) -> None:
    case = winset.load(
        "trilateral-2022", log=_beside(tmp_path, evaluate(log, Wanted(DAY, rungs=("D1.3",))))
    )
    assert case.log is not None
    changed = [one.address for one in winset.diff(case.log.without, case).differences]
    assert changed == [
        "parameters/skill_start",
        "measures/D1/rungs/D1.2/status_quo",
        "measures/D1/rungs/D1.3/status_quo",
        f"log/overflight-direct-played-{DAY}",
    ]
    assert case.values["parameters/skill_start"].basis == "A"
    (ceiling,) = case.mechanisms.ceilings
    assert {"D1"} <= alone(case) <= set(ceiling.over), "one ceiling covers all these drills"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("12.10.2022"), "is no day"),
        (Wanted("2022-02-30"), "is no day"),
        (Wanted(DAY, form="hubb"), "no form 'hubb'.*Nearest: hub"),
        (Wanted(DAY, output="sharde"), "no output 'sharde'.*Nearest: shared"),
        (Wanted(DAY, output="warning_s"), "no output 'warning_s'"),
        (Wanted(DAY, form="integrated"), "Say --measure"),
    ],
)
def test_what_is_not_in_a_run_is_refused(run: Path, wanted: Wanted, said: str) -> None:
    with pytest.raises(AskError, match=said):
        evaluate(run, wanted)


def test_a_run_that_was_changed_is_refused(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(run, copy)
    table = copy / "effects.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("0", "1", 1), encoding="utf-8")
    with pytest.raises(AskError, match="not as it was written"):
        evaluate(copy, Wanted(DAY))
    (copy / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AskError, match="no run folder of an exercise"):
        evaluate(copy, Wanted(DAY))
    with pytest.raises(AskError, match="There is no run folder"):
        evaluate(tmp_path / "none", Wanted(DAY))


def test_a_play_has_one_form(log: Path) -> None:
    with pytest.raises(AskError, match="had the form 'direct' in place"):
        evaluate(log, Wanted(DAY, form="hub"))
