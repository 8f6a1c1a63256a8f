"""What a calendar says, and what becomes of it in drawn worlds."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import winset
from tests.exercise.small_regime import ONE, TWO, regime
from winset.case.quantity import Quantity
from winset.errors import AskError, LimitError
from winset.exercise.calendar import Calendar, load_regime, plan, solver
from winset.exercise.calendar.changes import relaxations
from winset.exercise.calendar.draws import Carried, Draws, draw, percent
from winset.exercise.calendar.program import program_of
from winset.exercise.calendar.regime import Regime
from winset.exercise.calendar.skill import left_after, lowest, rhythms

GOLDEN = Path(__file__).parent / "golden" / "calendar.txt"
BANNED = re.compile(
    r"\b(will|likely|probab(?!ilities)\w+|expect\w*|optimal|proves?|forces|intercept\w*)\b",
    re.IGNORECASE,
)
needs_solver = pytest.mark.skipif(not solver.installed(), reason="OR-Tools is an extra")


def two_years(**changed: Any) -> Regime:
    """Make a regime with a closed form, a window that may come, a place behind a red line."""
    ways = {
        "two-way": {"cost": 1},
        "observers": {"cost": 1.2, "rung": "M1.1"},
        "three-way": {"cost": 1.5, "rung": "M1.2"},
    }
    shut = {**ways, "three-way": {"cost": 1.5, "rung": "M2.2"}, "observers": {"cost": 1.2}}
    given = {
        "title": "Two years of two exercises",
        "years": 2,
        "budget": 4,
        "windows": {
            "vote": {
                "label": "A vote in C",
                "from": "2023-03-20",
                "to": "2023-04-20",
                "parties": ["C"],
            },
            "quarrel": {
                "label": "A quarrel",
                "chance": "0.2..0.5..0.8",
                "from": "2022-09",
                "to": "2024-06",
                "lasts": 3,
                "bars": ["observers", "three-way"],
            },
        },
        "places": {"islands": {"red_line": "R1", "label": "Islands"}, "south": {}},
        "consent": {"shares": {"M1.1": 0.9, "M1.2": 0.7, "M2.2": 0.2}},
        "basis": {"observers": "X"},
        "source": "a study",
        "exercises": {
            "one": {
                **ONE,
                "label": "First <&> exercise",
                "forms": ways,
                "days": 9,
                "observed": "true",
            },
            "two": {**TWO, "forms": shut, "least": 1, "places": {"islands": 0, "south": 0.5}},
        },
    }
    return regime(**{**given, **changed})


@pytest.fixture(scope="module")
def answer() -> Calendar:
    pytest.importorskip("ortools")
    return plan(two_years(), n=400, robust=0.8)


def test_the_text_is_what_it_was(answer: Calendar) -> None:
    assert str(answer) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_no_sentence_promises_anything(answer: Calendar) -> None:
    for sentence in answer.sentences:
        assert not BANNED.search(sentence), sentence
        assert sentence.endswith(".")


def test_the_same_regime_gives_the_same_tables(answer: Calendar) -> None:
    again = plan(two_years(), n=400, robust=0.8)
    assert [t.csv() for t in again.tables.values()] == [t.csv() for t in answer.tables.values()]
    assert again.run.id == answer.run.id


def test_no_run_lies_in_a_window_that_bars_it(answer: Calendar) -> None:
    rows = [*answer.table("runs").rows()]
    assert rows
    for row in rows:
        drill = answer.regime.drills[row["exercise"]]
        begins, ends = (date.fromisoformat(row[key]) for key in ("begins", "ends"))
        assert (ends - begins).days == drill.days - 1
        assert begins.month == ends.month
        for window in answer.regime.windows:
            if window.touches(drill, row["form"], ""):
                assert all(ends < first or begins > last for first, last in window.spans)


def test_a_form_that_is_closed_is_not_planned_and_says_what_must_give(answer: Calendar) -> None:
    rows = [*answer.table("runs").where(exercise="two").rows()]
    assert rows
    assert {row["form"] for row in rows} <= {"two-way", "observers"}
    assert all(
        row["upward"].startswith("three-way needs M2.2")
        for row in rows
        if row["form"] == "observers"
    )
    closed = answer.table("standings").where(shut=True)
    assert closed["rung"].tolist() == ["M2.2"]
    assert any("M2.2 (M2.2)" in s or "M2.2" in s for s in answer.sentences)


def test_observers_keep_two_fifths_across_and_three_fifths_in_all(answer: Calendar) -> None:
    row = next(answer.table("refusals").where(rung="M1.2").rows())
    assert row["otherwise"] == "observers"
    assert row["across"] == 0.4
    kept = (row["keeps_low"], row["keeps"], row["keeps_high"])
    assert kept == pytest.approx(((1 + 2 * 0.2) / 3, (1 + 2 * 0.4) / 3, (1 + 2 * 0.6) / 3))
    assert row["behind"] > 0
    assert "First <&> exercise (observers)" in row["held"]
    assert "three-way" not in row["held"]


def test_a_refusal_that_was_asked_for_is_the_calendar_that_the_table_promises(
    answer: Calendar,
) -> None:
    row = next(answer.table("refusals").where(rung="M1.2").rows())
    other = plan(two_years(), n=50, refuse=["M1.2"], skip=["prices,nearby"])
    again = next(other.table("refusals").where(rung="M1.2").rows())
    assert (again["behind"], again["held"]) == (pytest.approx(row["behind"]), row["held"])
    first = [run for run in other.table("runs").rows() if run["begins"] < "2023-09-01"]
    held = "; ".join(f"{run['begins'][:7]} {run['label']} ({run['form']})" for run in first)
    assert sorted(held.split("; ")) == sorted(row["held"].split("; "))
    covered = [next(one.table("nearby").rows())["covered"] for one in (answer, other)]
    assert covered[0] - covered[1] == pytest.approx(row["behind"])


def test_prices_are_what_planning_again_gives(answer: Calendar) -> None:
    prices = {row["constraint"]: row for row in answer.table("prices").rows()}
    assert {"all windows", "red line R1", "place islands", "consent M2.2"} <= set(prices)
    richer = plan(
        two_years(consent={"shares": {"M1.1": 0.9, "M1.2": 0.7, "M2.2": 0.6}}),
        n=10,
        skip=["prices", "nearby", "refusals"],
    )
    gain = next(richer.table("nearby").rows())["covered"]
    gain -= next(answer.table("nearby").rows())["covered"]
    assert prices["consent M2.2"]["gain"] == pytest.approx(gain)
    assert gain > 0


def test_constraints_priced_together_cost_what_they_cost_alone(answer: Calendar) -> None:
    program = program_of(answer.regime, shut={"M2.2"})
    found = solver.best(program)
    told = {row["constraint"]: row["gain"] for row in answer.table("prices").rows()}
    listed = [*relaxations(program, answer.regime)]
    assert set(told) == {one.name for one in listed}
    for one in listed:
        gain, most = solver.better(one.of(program), found)
        assert gain == most
        assert told[one.name] == pytest.approx(percent(gain), abs=1e-9)


def test_a_yearly_exercise_cannot_hold_a_skill_lost_at_the_rate_of_accuracy() -> None:
    assert left_after(12, 6.5) == pytest.approx(0.278, abs=0.001)
    draws = draw(load_regime("three-years"), {}, n=4000, rng=1)
    found = {(one.kind, one.times): one for one in rhythms(draws)}
    yearly = found["accuracy", 1]
    assert 0.25 < np.median(yearly.left) < 0.31
    assert np.quantile(yearly.lowest, 0.9) < 0.2
    for kind in ("accuracy", "mixed", "speed"):
        levels = [float(np.median(found[kind, times].lowest)) for times in (1, 2, 3, 4, 6, 12)]
        assert levels == sorted(levels)
    assert np.all(found["accuracy", 2].lowest > 2 * yearly.lowest)
    assert np.all(yearly.watched > yearly.lowest)
    assert np.all(yearly.watched < found["accuracy", 2].lowest)
    assert np.median(found["speed", 1].lowest) > 2 * np.median(yearly.lowest)


def test_small_runs_can_beat_one_large_one_until_the_overhead_eats_them() -> None:
    draws = draw(load_regime("three-years"), {}, n=500, rng=1)
    found = {one.times: one for one in rhythms(draws) if one.kind == "accuracy"}
    assert np.allclose(found[1].split, found[1].lowest)
    assert np.median(found[2].split) > np.median(found[1].split)
    assert np.median(found[12].split) == 0


def exact(value: float) -> Quantity:
    return Quantity(value, value, value, "exact")


def sure(one: Regime) -> Regime:
    """Take everything uncertain from a regime."""
    learning = replace(
        one.learning,
        observers=exact(0.4),
        gain=exact(0.3),
        start=exact(0.2),
        half_life={kind: exact(6.5) for kind in one.learning.half_life},
    )
    fixed = tuple(window for window in one.windows if window.chance is None)
    return replace(one, learning=learning, windows=fixed)


def carried(one: Regime, shares: dict[str, float], n: int = 3) -> tuple[Carried, float]:
    program = program_of(one)
    found = solver.best(program)
    draws = draw(one, shares, n=n, rng=1)
    cells = [program.cells[number] for number in found.held]
    return Carried.of(one, draws, cells), percent(found.value)


@needs_solver
def test_without_refusals_and_windows_everything_is_carried_out_as_planned() -> None:
    done, planned = carried(sure(two_years()), {})
    assert done.value() == pytest.approx(planned, abs=0.02)


@needs_solver
def test_skill_follows_its_recursion_month_by_month() -> None:
    done, _ = carried(sure(two_years()), {})
    one = done.regime
    for pair in one.pairs:
        level, by_hand = 0.2, []
        for month in range(one.months):
            level *= 0.5 ** (1 / 6.5)
            for cell in done.cells:
                if cell.month == month:
                    share = one.share(one.drills[cell.drill], cell.form, pair, 0.4)
                    level += 0.3 * share * (1 - level)
            by_hand.append(level)
        assert done.skill("x", pair)[:, 0] == pytest.approx(by_hand)


def test_the_settled_rhythm_is_where_the_recursion_goes() -> None:
    level, left, gain = 0.9, 0.5, 0.3
    for _ in range(200):
        level = left * (level + gain * (1 - level))
    assert lowest(np.array(left), np.array(gain)) == pytest.approx(level)


@needs_solver
def test_where_every_consent_is_refused_only_two_way_exercises_are_left() -> None:
    one = sure(two_years())
    done, _ = carried(one, {"M1.1": 0.0, "M1.2": 0.0, "M2.2": 0.0})
    free = [run for run, cell in enumerate(done.cells) if cell.drill == "one"]
    assert free
    assert not done.levels[free].any()
    alone = replace(one, drills={"one": one.drills["one"]})
    done, _ = carried(alone, {"M1.1": 0.0, "M1.2": 0.0})
    unshared = done.skill("x", ("A", "C"))[:, 0]
    assert unshared == pytest.approx([0.2 * 0.5 ** (m / 6.5) for m in range(1, 25)])
    assert done.skill("x", ("A", "B"))[-1, 0] > unshared[-1]


@needs_solver
def test_more_consent_never_means_less_cover() -> None:
    one = two_years()
    low, _ = carried(one, {"M1.1": 0.4, "M1.2": 0.2, "M2.2": 0.1}, n=300)
    high, _ = carried(one, {"M1.1": 0.9, "M1.2": 0.7, "M2.2": 0.5}, n=300)
    assert np.all(high.value() >= low.value())
    assert np.any(high.value() > low.value())


def test_world_seventeen_is_the_same_in_a_short_and_a_long_run() -> None:
    one = two_years()
    short, long = (draw(one, {"M1.1": 0.5}, n=n, rng=3) for n in (20, 500))
    for name in ("gain", "observers", "start"):
        assert getattr(short, name)[17] == getattr(long, name)[17]
    assert short.begins["quarrel"][17] == long.begins["quarrel"][17]
    assert short.open("M1.1")[17] == long.open("M1.1")[17]


def test_a_window_that_may_come_does_so_in_its_share_of_worlds_and_lasts() -> None:
    one = two_years()
    draws: Draws = draw(one, {}, n=4000, rng=1)
    assert draws.comes["quarrel"].mean() == pytest.approx(0.5, abs=0.03)
    assert draws.begins["quarrel"].min() == 0
    assert draws.begins["quarrel"].max() == 21


@needs_solver
def test_a_robust_calendar_is_told_beside_the_plain_one(answer: Calendar) -> None:
    rows = {row["calendar"]: row for row in answer.table("robust").rows()}
    assert set(rows) == {"planned", "robust"}
    assert rows["robust"]["planned"] <= rows["planned"]["planned"]
    assert all(row["reached"] <= row["planned"] + 1e-6 for row in rows.values())


def test_without_the_extra_the_calendar_is_greedy_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver, "installed", lambda: False)
    found = plan(two_years(), n=20)
    assert "a greedy calendar" in found.headline
    assert "nothing is proven" in found.headline
    assert len(found.table("prices")) == 0
    assert found.parameters["method"] == "greedy"
    assert not any("no calendar covers more" in sentence for sentence in found.sentences)
    assert len(found.table("refusals")) == 2


@needs_solver
def test_the_greedy_calendar_covers_no_more(answer: Calendar) -> None:
    found = plan(two_years(), n=20, greedily=True)
    values = [next(one.table("nearby").rows())["covered"] for one in (found, answer)]
    assert values[0] <= values[1]


@needs_solver
def test_a_calendar_that_cannot_be_met_names_what_is_in_conflict() -> None:
    locked = {"locked": ["one 2023-03 three-way", "two 2022-12 observers"], "budget": 2}
    with pytest.raises(AskError) as caught:
        plan(two_years(**locked), n=10)
    said = str(caught.value)
    assert "the budget of 2 points in 2022-09/2023-08 (tiny.yaml:" in said
    assert "the lock on First <&> exercise, 2023-03" in said
    assert "Loosen one of them" in said
    assert "M2.2" not in said


def test_a_greedy_search_that_fails_does_not_claim_that_nothing_can_be_done() -> None:
    locked = {"locked": ["one 2023-03 three-way", "two 2022-12 observers"], "budget": 2}
    with pytest.raises(AskError, match=r"only the solver tells: pip install 'winset\[plan\]'"):
        plan(two_years(**locked), n=10, greedily=True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"refuse": ["M1.3"]}, "Nearest: M1"),
        ({"refuse": ["one:3"]}, "not one of 1 to 2"),
        ({"refuse": ["one:x"]}, "not one of 1 to 2"),
        ({"skip": ["price"]}, "Nearest: prices"),
        ({"robust": 0.2}, "0.5 to 1"),
        ({"robust": 0.8, "greedily": True}, "needs the solver"),
    ],
)
def test_questions_that_make_no_sense_are_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(AskError, match=said):
        plan(two_years(), n=10, **options)


def test_more_worlds_than_fit_are_refused() -> None:
    with pytest.raises(LimitError, match="up to 1,000,000"):
        plan(two_years(), n=1_000_001)


def test_a_lock_on_a_form_that_is_closed_is_a_conflict_with_its_consent() -> None:
    pytest.importorskip("ortools")
    with pytest.raises(AskError, match=r"M2\.2 is open in too few worlds") as caught:
        plan(two_years(locked=["two/2024-03/three-way"]), n=5)
    assert "the lock on two, 2024-03" in str(caught.value)
    assert "budget" not in str(caught.value)


def test_shares_must_come_from_somewhere_and_be_of_rungs_that_are_used() -> None:
    with pytest.raises(AskError, match="consent/shares/RUNG"):
        plan(two_years(consent={"shares": {}}), n=10)
    with pytest.raises(AskError, match=r"Nearest: M2\.2"):
        plan(two_years(consent={"shares": {"M1.1": 1, "M1.2": 1, "M2.2": 1, "M2.3": 1}}), n=10)
    with pytest.raises(AskError, match="elections of a case"):
        plan(two_years(elections={"days_before": 3}), n=10)


def test_every_run_is_an_event_of_the_calendar_file(answer: Calendar) -> None:
    text = answer.icalendar()
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert text.count("BEGIN:VEVENT") == len(answer.table("runs"))
    assert len(set(re.findall(r"UID:(.*)\r", text))) == len(answer.table("runs"))
    first = next(answer.table("runs").rows())
    after = date.fromisoformat(first["ends"]) + timedelta(days=1)
    assert f"DTEND;VALUE=DATE:{after:%Y%m%d}" in text


def test_figures_are_well_formed_and_show_every_run(answer: Calendar) -> None:
    for drawn in (answer.svg(), answer.skill_svg()):
        ET.fromstring(drawn)
        assert "&lt;&amp;&gt;" in answer.svg()
    titles = re.findall(r"<title>(First [^<]*)</title>", answer.svg())
    assert len(titles) == len(answer.table("runs").where(exercise="one"))
    assert "A vote in C" in answer.svg()


def test_a_run_folder_holds_every_table(answer: Calendar, tmp_path: Path) -> None:
    folder = answer.save(tmp_path / "run")
    assert {f"{name}.csv" for name in answer.tables} <= {one.name for one in folder.iterdir()}
    assert repr(answer).startswith("<Calendar tiny: ")


@pytest.fixture
def asked(tmp_path: Path) -> dict[str, Any]:
    """Make a regime of one exercise that asks a small case about its fullest form."""
    winset.new(tmp_path / "mine")
    ways = {"two-way": {"cost": 1}, "three-way": {"cost": 2, "rung": "DRILL.2"}}
    return {
        "consent": {"case": str(tmp_path / "mine"), "count": "alone"},
        "exercises": {"one": {**ONE, "forms": ways, "observed": "true"}},
    }


def test_a_case_is_asked_which_forms_are_open(asked: dict[str, Any]) -> None:
    case = winset.load(asked["consent"]["case"])
    found = plan(regime(**asked), n=20, consent_worlds=40, skip=["prices"])
    row = next(found.table("standings").rows())
    answer = winset.reach(case, n=40, rungs=["DRILL.2"]).table("rungs")
    assert (row["rung"], row["worlds"]) == ("DRILL.2", 40)
    assert row["share_alone"] == answer["share_alone"][0]
    assert row["share_open"] == answer["share_open"][0]
    assert row["open_low"] <= row["share_open"] <= row["open_high"]
    assert found.parameters["case_hash"] == case.hash
    assert "in about" in found.table("together")["says"][0] or found.table("together")["says"][0]


def test_a_form_the_case_closes_is_planned_lower_with_what_must_give(asked: dict[str, Any]) -> None:
    closing = "effects/DRILL/*=-3"
    consent = {**asked["consent"], "count": "open", "changes": [closing]}
    found = plan(regime(**{**asked, "consent": consent}), n=20, consent_worlds=40)
    row = next(found.table("standings").rows())
    assert row["shut"]
    assert row["condition"]
    runs = [*found.table("runs").rows()]
    assert {run["form"] for run in runs} == {"two-way"}
    assert all(run["upward"] == f"three-way needs DRILL.2: {row['condition']}" for run in runs)
    assert any("to move up, " in sentence for sentence in found.sentences)


def test_what_the_case_does_not_have_is_refused_with_the_line(asked: dict[str, Any]) -> None:
    one = asked["exercises"]["one"]
    other = {"one": {**one, "forms": {"three-way": {"cost": 1, "rung": "DRILL.9"}}}}
    with pytest.raises(AskError, match=r"tiny.yaml:\d+: river-warning has no rung 'DRILL.9'"):
        plan(regime(**{**asked, "exercises": other}), n=5)
    with pytest.raises(AskError, match=r"tiny.yaml:\d+: river-warning has no red line 'R99'"):
        plan(regime(**{**asked, "places": {"sea": {"red_line": "R99"}}}), n=5)
    consent = {**asked["consent"], "changes": ["effects/NONE/*=1"]}
    with pytest.raises(AskError):
        plan(regime(**{**asked, "consent": consent}), n=5)


def test_changes_of_government_of_the_case_become_windows(asked: dict[str, Any]) -> None:
    case = Path(asked["consent"]["case"])
    (case / "elections.csv").write_text(
        "id,party,date,low,mode,high,shape,basis,refs,note\n"
        "EAST-2025,EAST,2025-03-15,0.1,0.3,0.5,,A,,\n"
        "EAST-2040,EAST,2040-03-15,0.1,0.3,0.5,,A,,\n",
        encoding="utf-8",
    )
    made = {
        **asked,
        "start": "2024-09",
        "parties": ["EAST", "B", "C"],
        "elections": {"days_before": 14, "days_after": 16},
    }
    one = {**asked["exercises"]["one"], "between": ["B", "C"]}
    found = plan(
        regime(**{**made, "exercises": {"one": one}}), n=5, consent_worlds=20, skip=["prices"]
    )
    rows = [*found.table("windows").rows()]
    assert [(row["window"], row["begins"], row["ends"]) for row in rows] == [
        ("election-EAST-2025", "2025-03-01", "2025-03-31")
    ]
    held = [row for row in found.table("runs").rows() if row["form"] == "three-way"]
    assert all(not row["begins"].startswith("2025-03") for row in held)
