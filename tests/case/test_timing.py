"""time.yaml and the calendar of elections: read strictly, turned into quarters once."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

import winset
from winset.errors import AskError, CaseError
from winset.problem.bounds import BOUNDS
from winset.problem.elections import elections_in
from winset.problem.timing import chances, weather
from winset.worlds import draw
from winset.worlds.keyed import uniform

BUNDLED = Path(winset.__file__).parent / "cases" / "trilateral_2022"


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


def changed(tmp_path, name, old, new):
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED, folder)
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return folder, line


def test_dates_become_quarters_and_the_calendar_goes_on(case):
    found = [(one.id, one.quarter, one.role) for one in elections_in(case, case.time, 60)]
    assert (
        found
        == [
            ("JPN-2024", 9, 0),
            ("US-2025", 10, 2),
            ("ROK-2027", 20, 1),
            ("JPN-2027", 21, 0),
            ("US-2029", 26, 2),
            ("JPN-2030", 33, 0),
            ("ROK-2032", 40, 1),
            ("US-2029+1", 42, 2),
            ("JPN-2030+1", 45, 0),
            ("US-2029+2", 58, 2),
            ("JPN-2030+2", 57, 0),
            ("ROK-2032+1", 60, 1),
        ]
        or sorted(found, key=lambda one: one[1]) == found
    )


def test_path_and_hold_draw_the_same_change_of_government(case):
    worlds = draw(case, 5)
    air = weather(worlds, worlds, 12)
    table = chances(air, 1, 0, 5)
    slot = air.slots.index("election/US-2025")
    address = next(one.value.address for one in case.elections if one.id == "US-2025")
    assert (table[:, 9, slot] == uniform(1, f"{address}/change", 0, 5)).all()


def test_the_order_of_rows_of_the_calendar_does_not_matter(tmp_path, case):
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED, folder)
    file = folder / "elections.csv"
    lines = file.read_text("utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("id,")) + 1
    file.write_text("\n".join([*lines[:start], *reversed(lines[start:])]) + "\n", "utf-8")
    other = winset.load(folder)
    assert elections_in(other, other.time, 60) == elections_in(case, case.time, 60)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("other: moon-like", "other: moon-lke", "moon-lke"),
        ("drifting: [NRM, REC]", "drifting: [NRM, RCE]", "RCE"),
        ("  JPN: {other: successor}", "  JPM: {other: successor}", "JPM"),
        ("horizon: 40", "horizon: 0", "horizon of time.yaml is 0"),
        ("horizon: 40", "horizon: 4000", "horizon of time.yaml is 4000"),
        ("X2: rate_X2", "X2: rate_Y2", "rate_Y2"),
        ("X2: rate_X2", "X1: rate_X2", "X1"),
        ("pair: {JPN: JP-PUB, ROK: KR-PUB}", "pair: {JPN: JP-PUB}", "1 parties in `pair`"),
        ("court: X7", "court: X77", "X77"),
        ("governments:", "elections:", "elections"),
    ],
)
def test_what_is_wrong_in_time_yaml_is_told_with_its_line(tmp_path, old, new, found):
    folder, line = changed(tmp_path, "time.yaml", old, new)
    with pytest.raises(CaseError) as told:
        winset.load(folder)
    assert found in str(told.value)
    assert f"time.yaml:{line}" in str(told.value)


@pytest.mark.parametrize("rate", [-1, 400])
def test_absurd_rates_are_refused_with_what_is_allowed(case, rate):
    with pytest.raises(AskError, match=rf"X2 comes {rate} times a year by parameters/rate_X2"):
        winset.path(case, "smith", n=2, quarters=2, changes=[f"parameters/rate_X2 = {rate}"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "parameters/crisis_max = 7",
            "crisis_max is 7 in a world, a share or a probability: 0 to 1",
        ),
        ("parameters/relapse_hz = 0.5..1.5", "a share or a probability: 0 to 1 are allowed"),
        ("parameters/crisis_max = -0.1", "crisis_max is -0.1"),
        ("parameters/salience_hl = 0", "salience_hl is 0 in a world, a half-life: 0.05 to 400"),
        (
            "parameters/patience = 4000",
            "patience is 4000 in a world, a number of quarters: 0 to 80",
        ),
        (
            "parameters/trust_start_partners = 99",
            "trust_start_partners is 99 in a world, trust: -5",
        ),
        ("parameters/pub_req = 1", "a share below all: 0 to 0.99"),
        ("elections/US-2025 = 2", "elections/US-2025 is 2 in a world"),
    ],
)
def test_numbers_the_model_cannot_mean_are_refused_with_what_is_allowed(case, change, message):
    for ask in (winset.path, winset.weigh):
        given = {"programme": "smith"} if ask is winset.path else {}
        with pytest.raises(AskError, match=re.escape(message)):
            ask(case, **given, n=8, quarters=2, changes=[change])


def test_all_such_numbers_are_told_at_once(case):
    with pytest.raises(AskError, match=r"crisis_max is 2 .*skill_hl is -1"):
        winset.path(
            case,
            "smith",
            n=2,
            quarters=2,
            changes=["parameters/crisis_max = 2", "parameters/skill_hl = -1"],
        )


def test_the_case_as_bundled_lies_within_all_bounds(case):
    for name, (low, high, _) in BOUNDS.items():
        value = case.values[f"parameters/{name}"]
        assert low <= value.low <= value.high <= high, name


def test_a_step_without_its_prerequisite_is_ruled_out_and_says_so(case, tmp_path):
    file = tmp_path / "mine.yaml"
    head = "id: mine\nlabel: mine\nsource: S3\nsays: mine\nbarred: []\nsteps:\n"
    step = "  - {quarter: 1, rung: P4.4, says: x, basis: A}\n"
    file.write_text(head + step, "utf-8")
    answer = winset.path(case, file, n=6, quarters=4, paces=())
    assert (answer.followed.joined("fate") == 0).all()
    assert np.all(answer.followed.joined("agreed") == 0)
    assert "a prerequisite, a conflict, a red line or a ceiling rules it out" in answer.why("P4.4")
    (row,) = answer.tables["arrivals"].rows()
    assert row["share_ruled_out"] == 1.0
    assert "whoever agrees: an alliance-like defence commitment (P4.4)" in " ".join(
        answer.sentences
    )


def test_a_party_that_votes_twice_on_one_day_is_told_with_its_line(tmp_path):
    folder, line = changed(tmp_path, "elections.csv", "US-2029,US,2029", "US-2029,US,2025")
    with pytest.raises(CaseError, match=rf"elections.csv:{line}: E016: US votes twice"):
        winset.load(folder)


BARE = """
horizon: 8
pair: {JPN: JP-PUB, ROK: KR-PUB}
ally: US
starts:
  trust_pair: trust_start_partners
  trust_ally: trust_start_allies
  assurance: assurance_start
  skill: skill_start
  mood: mood_start
  grievance: grv_start
  backing: backing_start
efforts: {willing: effort_leader, other: effort_other}
occasion_gap: occasion_gap
threat: {criteria: [DNK], parties: [JPN]}
assurance: {criteria: [ASR], parties: [JPN]}
rates: {}
"""


def test_a_case_that_names_few_parts_is_followed_and_asked_what_if(tmp_path):
    """No shocks, elections, roles, court, challenger: every question still has an answer."""
    folder = tmp_path / "case"
    shutil.copytree(BUNDLED, folder)
    (folder / "time.yaml").write_text(BARE, "utf-8")
    case = winset.load(folder)
    answer = winset.path(case, "cautious", n=12, paces=(0.5,), search=4, what_if=True)
    assert answer.followed.happened("change of government").sum() == 0
    assert len(answer.tables["spiral"]) == 0
    assert "no event opens or closes" in " ".join(answer.sentences)
