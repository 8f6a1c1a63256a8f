"""A regime is read strictly: every mistake with its line, its nearest name and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import winset
from tests.exercise.small_regime import BASE, ONE, TWO, WAYS, regime, text
from winset.errors import AskError, CaseError
from winset.exercise.calendar.read import load_regime, read_regime, regimes, text_of


def exercise(**changed: Any) -> dict[str, Any]:
    return {"exercises": {"one": {**ONE, **changed}, "two": TWO}}


def without(key: str) -> dict[str, Any]:
    return {"exercises": {"one": {k: v for k, v in ONE.items() if k != key}, "two": TWO}}


WINDOW = {"from": "2023-03-01", "to": "2023-03-31"}
BAD = [
    ({"format": 2}, "format 2"),
    ({"start": "2022"}, "no month"),
    ({"start": "2022-13"}, "no month"),
    ({"years": 0}, "years of regime is 0. Allowed: 1 to 10"),
    ({"years": 1.5}, "whole numbers"),
    ({"parties": ["A", "B"]}, "three parties"),
    ({"budget": -1}, "budget of regime is -1. Allowed: 0 or more"),
    ({"budget": "1,5"}, "decimal point"),
    ({"budgets": 3}, "Nearest: budget"),
    ({"objectives": {"x": {"kind": "acuracy"}}}, "Nearest: accuracy"),
    ({"objectives": {"x": {"cap": 0}}}, "cap of objective x is 0"),
    ({"objectives": {}}, "no objectives"),
    ({"exercises": {}}, "no exercises"),
    ({"pairs": {"A-D": 1}}, "unknown pair 'A-D'"),
    ({"observers": "0.6..0.2"}, "ascending"),
    ({"observers": "0.2..1.4"}, "observers of regime is 0.2..1.4"),
    ({"half_life": {"accuracy": "0..6"}}, "accuracy of half_life"),
    ({"basis": {"budget": "Q"}}, "basis of budget"),
    ({"basis": {"budgte": "X"}}, "Nearest: budget"),
    ({"consent": {"open_at": 2}}, "open_at of consent is 2"),
    ({"consent": {"shares": {"D1.1": -0.5}}}, "D1.1 of consent shares"),
    ({"elections": {"days": 3}}, "unknown key of elections"),
    ({"locked": ["one"]}, "locks nothing"),
    ({"locked": ["oen 2022-10 two-way"]}, "Nearest: one"),
    ({"locked": ["one 2022-10 twoway"]}, "Nearest: two-way"),
    ({"locked": ["one 2022-11 two-way"]}, "cannot be held in 2022-11"),
    ({"locked": ["one 2032-10 two-way"]}, "outside the calendar"),
    (exercise(between=["A", "D"]), "unknown party 'D'"),
    (exercise(between=["A"]), "two parties"),
    (exercise(months=[13]), "'13' is no month"),
    (exercise(months=["2030-10"]), "has no month within the calendar"),
    (exercise(days=40), "days of exercise one is 40. Allowed: 1 to 28"),
    (exercise(least=2), "least is 2, most 1"),
    (exercise(trains={"y": 1}), "unknown objective 'y'"),
    (exercise(trains={"x": 2}), "x of trains of exercise one is 2. Allowed: 0 to 1"),
    (exercise(units={"ships": 1}), "unknown unit 'ships'"),
    (
        {"units": {"ships": {}}, **exercise(units={"ships": 0.5})},
        "ships of units of exercise one is 0.5. Allowed: whole numbers",
    ),
    ({"units": {"ships": {"at_once": -1}}}, "at_once of unit ships is -1"),
    ({"places": {"sea": {"bars": ["none"]}}}, "unknown form 'none'"),
    (exercise(places={"sea": 0}), "unknown place 'sea'"),
    (exercise(places=["sea"]), "is a list"),
    (exercise(forms={"two": {"cost": 1}}), "Nearest: two-way"),
    (exercise(forms={"two-way": {}}), "no 'cost'"),
    (exercise(forms={"two-way": {"cost": -2}}), "cost of two-way of exercise one is -2"),
    (without("forms"), "takes no form"),
    ({"windows": {"w": {"to": "2023-03-31"}}}, "no 'from'"),
    ({"windows": {"w": {**WINDOW, "to": "2023-02-30"}}}, "no day"),
    ({"windows": {"w": {**WINDOW, "to": "2023-02-01"}}}, "ends before it begins"),
    ({"windows": {"w": {**WINDOW, "bars": ["threeway"]}}}, "Nearest: three-way"),
    ({"windows": {"w": {**WINDOW, "parties": ["Z"]}}}, "unknown party 'Z'"),
    ({"windows": {"w": {"yearly": "02-30"}}}, "no day of a year"),
    ({"windows": {"w": {"yearly": "03-01", "margin": 90}}}, "margin of window w is 90"),
    (
        {"windows": {"w": {"chance": 2, "from": "2022-10", "to": "2022-12"}}},
        "chance of window w is 2",
    ),
    (
        {"windows": {"w": {"chance": 0.5, "from": "2022-12", "to": "2022-10"}}},
        "ends before it begins",
    ),
]


@pytest.mark.parametrize(("changed", "said"), BAD, ids=[said for _, said in BAD])
def test_mistakes_are_refused_with_file_line_and_reason(changed: Any, said: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_regime(text(**changed), "mine.yaml")
    assert said in str(caught.value)
    assert "mine.yaml:" in str(caught.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        read_regime(text(budget=-1, lift=-1, observers="2"), "mine.yaml")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("broken", ["", "[1, 2", "a: b: c", "- 1", "\ta: 1"])
def test_what_is_no_mapping_is_refused(broken: str) -> None:
    with pytest.raises(CaseError):
        read_regime(broken, "mine.yaml")


def test_months_are_every_years_or_single_ones() -> None:
    one = regime(years=2, **exercise(months=[10, "2024-03"])).drills["one"]
    assert sorted(one.months) == [1, 13, 18]


def test_yearly_windows_come_every_year_with_their_margin() -> None:
    window = regime(windows={"w": {"yearly": "01-02", "margin": 3}}).windows[0]
    assert (date(2022, 12, 30), date(2023, 1, 5)) in window.spans


def test_what_no_basis_is_given_for_is_an_assumption() -> None:
    found = regime(lift=3, basis={"budget": "X"}, source="a press release")
    told = {one.item: (one.basis, one.source) for one in found.stated}
    assert told["regime: budget"] == ("X", "a press release")
    assert told["regime: lift"] == ("A", "assumed")
    assert told["exercise one: trains"][0] == "A"


def test_single_values_can_be_set_and_cells_locked() -> None:
    plain = read_regime(text(), "tiny.yaml")
    other = read_regime(
        text(),
        "tiny.yaml",
        sets=["budget=3", "exercises/one/most=2"],
        locks=["two 2023-03 off"],
    )
    assert (plain.budget, other.budget) == (5, 3)
    assert other.drills["one"].most == 2
    assert [(lock.drill, lock.month, lock.form) for lock in other.locks] == [("two", 6, "off")]
    assert plain.hash != other.hash


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("budget", "no change"),
        ("=3", "no change"),
        ("exercise/one/most=2", "Nearest: exercises"),
        ("exercises/eno/most=2", "has no 'eno'"),
        ("budget/x=2", "nothing under"),
    ],
)
def test_changes_that_name_nothing_are_refused(change: str, said: str) -> None:
    with pytest.raises(AskError, match=said):
        read_regime(text(), "tiny.yaml", sets=[change])


def test_a_change_to_an_unknown_key_is_told_where_it_was_made() -> None:
    with pytest.raises(CaseError, match="--set:1: E022"):
        read_regime(text(), "tiny.yaml", sets=["budgte=3"])


def test_files_that_are_not_there_or_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="Nearest: three-years"):
        load_regime("three-year")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AskError, match="UTF-8"):
        load_regime(bad)
    bad.write_text("#" * 200_001)
    with pytest.raises(AskError, match="larger"):
        load_regime(bad)


@pytest.mark.parametrize("name", regimes())
def test_ready_regimes_stay_within_what_was_public_and_say_what_they_rest_on(name: str) -> None:
    one = load_regime(name)
    assert one.start > date(2022, 8, 1)
    assert "freedom edge" not in text_of(name)[0].casefold()
    bases = [stated.basis for stated in one.stated]
    assert bases.count("A") > len(bases) / 2
    assert all(
        stated.basis == "A"
        for stated in one.stated
        if stated.item.rpartition(": ")[2] in {"trains", "forms", "units", "weight", "cap"}
    )
    assert all(stated.source != "assumed" for stated in one.stated if stated.basis != "A")


@pytest.mark.parametrize("name", regimes())
def test_rungs_and_red_lines_of_ready_regimes_are_those_of_the_case(name: str) -> None:
    one = load_regime(name)
    case = winset.load(one.ask.case)
    rungs = {way.rung for drill in one.drills.values() for way in drill.ways.values() if way.rung}
    assert rungs <= set(case.rung)
    lines = {place.red_line for place in one.places.values()} - {""}
    assert lines == {"R11"}
    assert "R11" in {rule.id for rule in case.rules}


def test_every_key_of_the_ready_regime_is_in_the_reference() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/regime.md").read_text(encoding="utf-8")
    keys = set(
        re.findall(r"(?:^ {0,6}|[{,] )([a-z_]+):(?= |$)", text_of("three-years")[0], re.MULTILINE)
    )
    names = {*load_regime("three-years").drills, *load_regime("three-years").objectives}
    names |= {
        *load_regime("three-years").places,
        *(w.id for w in load_regime("three-years").windows),
    }
    missing = {key for key in keys - names if f"`{key}`" not in page}
    assert not missing


def test_a_form_is_a_form_whatever_the_order_in_the_file() -> None:
    turned = dict(reversed(WAYS.items()))
    assert [*regime(**exercise(forms=turned)).drills["one"].ways] == [*WAYS]
    assert set(BASE) <= set(BASE | exercise())
