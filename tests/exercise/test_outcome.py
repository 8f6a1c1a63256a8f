from __future__ import annotations

import html.parser
import re
from dataclasses import replace

import numpy as np
import pytest

import winset
from winset.effects.warning import measure, simulate
from winset.effects.warning.picture import LIVE
from winset.errors import AskError, LimitError
from winset.exercise import Exercise, load_scenario, scenarios, words
from winset.exercise.events import ORDER, events
from winset.exercise.report import render
from winset.exercise.view import comparison

BANNED = re.compile(
    r"\b(will|likely|probab\w+|expect\w*|optimal|proves?|forces|intercept(?!ion)\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Exercise]:
    return {name: winset.exercise(name, n=80) for name in scenarios()}


@pytest.fixture(scope="module")
def over() -> simulate.Record:
    one = load_scenario("overflight")
    return simulate.simulate(one.setting, one.shots, n=120)


def test_no_sharing_gives_exactly_no_gain(outcomes: dict[str, Exercise]) -> None:
    for outcome in outcomes.values():
        for form in ("none", "after", "observers"):
            gains = outcome.table("parties").where(form=form)
            for column in ("gain_p25", "gain_p50", "gain_p75"):
                assert not np.nan_to_num(gains[column]).any()


def test_a_form_without_links_is_none_under_another_name() -> None:
    one = load_scenario("low-salvo")
    empty = replace(one.setting.forms[0], id="empty")
    setting = replace(one.setting, forms=(one.setting.forms[0], empty))
    record = simulate.simulate(setting, one.shots, n=50)
    for (form, shot, party), told in record.told.items():
        if form == "empty":
            same = record.told["none", shot, party]
            for name in ("tracked", "decided", "alert", "withdrawn", "error"):
                assert np.array_equal(getattr(told, name), getattr(same, name), equal_nan=True)


def test_more_links_never_take_a_track_away(over: simulate.Record) -> None:
    for party in ("JPN", "ROK"):
        slow, fast = (over.told[form, "L1", party].tracked for form in ("none", "direct"))
        assert np.all(fast <= slow)


def test_the_parts_of_the_time_add_up_to_the_threat(over: simulate.Record) -> None:
    some = 0
    for form in ("none", "hub", "direct", "integrated"):
        for shot, party, place in measure.pairs(over):
            found = measure.warned(over, form, shot, party, place)
            threat = measure.threats(over, shot, party)[found.world, place]
            total = found.geometry + found.relay + found.human + found.warning
            good = found.warned
            assert np.allclose(total[good], threat[good])
            assert np.all(found.human[good] > 0)
            some += int(good.sum())
    assert some > 100


def test_people_take_longer_than_any_relay(outcomes: dict[str, Exercise]) -> None:
    table = outcomes["overflight"].table("regions")
    assert len(table)
    assert np.all(table["human_p50"] > 3 * table["relay_p50"])
    assert "People take longer than any relay" in words.decomposed(outcomes["overflight"].tables)


def test_low_flights_are_held_by_one_side_until_tracks_are_passed(
    outcomes: dict[str, Exercise],
) -> None:
    table = outcomes["low-salvo"].table("parties")
    alone = table.where(form="none", party="JPN")["share_held"][0]
    there = table.where(form="none", party="ROK")["share_held"][0]
    shared = table.where(form="direct", party="JPN")["share_held"][0]
    assert alone < 0.5 < there
    assert shared > there - 0.05
    forms = outcomes["low-salvo"].table("forms")
    assert forms.where(form="none")["share_agree"][0] < forms.where(form="hub")["share_agree"][0]


def test_a_false_track_is_believed_less_where_others_can_be_asked() -> None:
    outcome = winset.exercise("false-alarm", n=600)
    wrong = {row["form"]: row["wrong"] for row in outcome.table("forms").rows()}
    assert wrong["direct"] < wrong["none"]
    assert wrong["integrated"] <= wrong["direct"]


def test_shares_stand_inside_their_intervals(outcomes: dict[str, Exercise]) -> None:
    for outcome in outcomes.values():
        for name in ("forms", "parties", "regions", "launches"):
            table = outcome.table(name)
            for column in [c.name for c in table.columns if c.name.startswith("share_")]:
                stem = column.removeprefix("share_")
                low, share, high = (table[c] for c in (f"{stem}_low", column, f"{stem}_high"))
                known = np.isfinite(share)
                assert np.all((low <= share)[known] & (share <= high)[known])


def test_nothing_depends_on_blocks_and_a_world_is_the_same_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = load_scenario("false-alarm")
    whole = simulate.simulate(one.setting, one.shots, n=40)
    monkeypatch.setattr(simulate, "BLOCK", 7)
    blocks = simulate.simulate(one.setting, one.shots, n=40)
    alone = simulate.simulate(one.setting, one.shots, n=3, first=17)
    for key, told in whole.told.items():
        for name in ("tracked", "decided", "alert", "error"):
            mine = getattr(told, name)
            assert np.array_equal(mine, getattr(blocks.told[key], name), equal_nan=True)
            assert np.array_equal(mine[17:20], getattr(alone.told[key], name), equal_nan=True)


def test_a_launch_does_not_depend_on_the_others() -> None:
    one = load_scenario("low-salvo")
    whole = simulate.simulate(one.setting, one.shots, n=20)
    part = simulate.simulate(one.setting, one.shots[3:4], n=20)
    for key, told in part.told.items():
        assert np.array_equal(told.tracked, whole.told[key].tracked)


@pytest.mark.parametrize("name", scenarios())
def test_the_log_needs_no_seed_and_is_in_order(name: str, outcomes: dict[str, Exercise]) -> None:
    log = outcomes[name].table("log")
    other = winset.exercise(name, n=3, rng=99).table("log")
    assert log.csv() == other.csv()
    for form in set(log["form"]):
        mine = log.where(form=form)
        assert np.all(np.diff(mine["second"]) >= 0)
        assert mine["entry"].tolist() == list(range(1, len(mine) + 1))
    assert set(log["event"]) <= set(ORDER)


def test_the_log_says_what_the_record_holds() -> None:
    one = load_scenario("overflight")
    record = simulate.in_the_middle(one.setting, one.shots)
    form = one.setting.form["direct"]
    found = events(record, form)
    told = record.told["direct", "L1", "JPN"]
    alerts = [e.second for e in found if e.event == "alert" and e.seat == "JPN"]
    assert alerts == pytest.approx(sorted(told.alert[0][np.isfinite(told.alert[0])]))
    assert [e.event for e in found if e.seat == "-"] == ["launch", "overflight", "impact"]
    impact = next(e for e in found if e.event == "impact")
    assert impact.second == pytest.approx(float(record.truths["L1"].impact[0]))
    assert all(e.second <= impact.second + LIVE for e in found if e.event == "decision")


@pytest.mark.parametrize("name", scenarios())
def test_sentences_keep_to_the_words_of_the_brief(name: str, outcomes: dict[str, Exercise]) -> None:
    outcome = outcomes[name]
    said = " ".join([*outcome.sentences, outcome.definition, words.HUMAN])
    assert not BANNED.search(said)
    assert outcome.scenario.title in outcome.headline
    assert "nan" not in said
    assert "assumptions" in said


def test_the_headline_is_read_from_the_tables(outcomes: dict[str, Exercise]) -> None:
    outcome = outcomes["low-salvo"]
    forms = outcome.table("forms")
    data = {name: forms[name].copy() for name in (c.name for c in forms.columns)}
    data["share_shared"][:] = 1.0
    other = dict(outcome.tables) | {"forms": replace(forms, data=data)}
    changed = words.summary(outcome.scenario, other, 80)[0]
    assert changed != outcome.headline
    assert "all 80 worlds" in changed.replace("\u00a0", " ")


class Reader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.heads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag in ("h1", "h2", "h3"):
            self.heads.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", scenarios())
def test_the_report_is_one_page_that_needs_nothing(
    name: str, outcomes: dict[str, Exercise]
) -> None:
    outcome = outcomes[name]
    page = render(outcome)
    reader = Reader()
    reader.feed(page)
    assert not reader.open
    assert len(reader.ids) == len(set(reader.ids))
    assert reader.heads[0] == "h1"
    assert reader.heads.count("h2") == 7
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", page)
    assert "<script" not in page
    assert len(page) < 1_500_000
    for line in (*outcome.card.claims, *outcome.card.does_not_claim, *outcome.scenario.trains):
        assert line in html.unescape(page)
    assert page == render(outcome)


def test_texts_of_a_scenario_are_escaped_on_the_page() -> None:
    one = load_scenario("lofted")
    outcome = winset.exercise(replace(one, title="<b>x</b>", trains=("<script>1</script>",)), n=3)
    page = render(outcome)
    assert "<b>x" not in page
    assert "<script>" not in page


def test_the_comparison_has_a_row_for_every_form(outcomes: dict[str, Exercise]) -> None:
    table = comparison(outcomes["overflight"])
    assert table["form"].tolist() == ["none", "after", "observers", "hub", "direct", "integrated"]


def test_too_much_is_refused_before_it_is_computed() -> None:
    with pytest.raises(LimitError, match="ask for 250,000 worlds"):
        winset.exercise("low-salvo", n=10**9)


def test_tables_that_are_none_name_the_nearest(outcomes: dict[str, Exercise]) -> None:
    with pytest.raises(AskError, match="Nearest: forms"):
        outcomes["lofted"].table("form")


def test_a_run_folder_holds_every_table(outcomes: dict[str, Exercise], tmp_path) -> None:
    folder = outcomes["lofted"].save(tmp_path / "run")
    assert {f"{name}.csv" for name in outcomes["lofted"].tables} < {
        p.name for p in folder.iterdir()
    }
