"""What has happened since: stages, what is due, and what the log changed in the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import winset
from tests.case.logs import ALL, FULL_DRILL, LADDER, REFUSED, logged
from winset.ask.reach.solve import Method
from winset.brief import compose, text
from winset.case.model import Case
from winset.errors import AskError

HEAD = "format: 1\nid: {id}\ndate: {date}\ntitle: t\nsource: s\n"
QUICK = Method(path_worlds=20, set_worlds=0, sacrifice_worlds=0, price_worlds=0)
N = 60


@pytest.fixture
def river(tmp_path: Path) -> Path:
    return winset.new(tmp_path / "case")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Make a copy of the large case in which a drill was held and the computed effect is small."""
    folder = winset.new(tmp_path_factory.mktemp("large") / "case", source="trilateral-2022")
    return logged(
        folder,
        HEAD.format(id="drill", date="2022-10-12")
        + "moves:\n  - {rung: D1.3, to: executed}\n  - {rung: D1.3, to: evaluated}\n"
        "proficiency: {D1: 0.3..0.4..0.5}\n",
        HEAD.format(id="link", date="2022-11-01")
        + "effects: [{measure: D2, criterion: WRN, value: -3..-3..-3, model: warning}]\n",
    )


def row(table: winset.Table, **equal: object) -> dict[str, object]:
    found = [*table.where(**equal).rows()]
    assert len(found) == 1
    return found[0]


# stages


def test_every_measure_stands_where_the_log_puts_it(river: Path) -> None:
    stages = winset.track(logged(river, *ALL)).table("stages")
    assert [*zip(stages["measure"], stages["rung"], stages["stage"], strict=True)] == [
        ("GAUGE", "GAUGE.1", "in place"),
        ("DRILL", "DRILL.1", "executed"),
        ("DRILL", "DRILL.2", "executed"),
        ("DAM", "DAM.2", "blocked"),
    ]
    drill = row(stages, rung="DRILL.2")
    assert (drill["proposed"], drill["prepared"], drill["executed"]) == ("2024-09-01",) * 3
    assert (drill["acceptable"], drill["evaluated"], drill["entry"]) == ("", "", "full-drill")
    dam = row(stages, rung="DAM.2")
    assert (dam["in_place"], dam["by"], dam["since"]) == (False, "WEST-UNION", "2024-08-01")


def test_the_latest_move_by_date_counts_not_the_last_written(river: Path) -> None:
    early = HEAD.format(id="early", date="2024-05-02") + "moves: [{rung: DAM.2, to: proposed}]\n"
    stages = winset.track(logged(river, REFUSED, early)).table("stages")
    assert row(stages, rung="DAM.2")["stage"] == "blocked"
    assert row(stages, rung="DAM.2")["proposed"] == "2024-05-02"


def test_entries_are_listed_as_they_were_written(river: Path) -> None:
    entries = winset.track(logged(river, *ALL)).table("entries")
    assert entries["number"].tolist() == [1, 2, 3, 4]
    assert entries["entry"].tolist()[2] == "ladder"
    text = (river / "log.yaml").read_text(encoding="utf-8")
    assert all(
        f"# seal {n} {seal}\n" in text
        for n, seal in zip(entries["number"], entries["seal"], strict=True)
    )


def test_facts_tell_what_stands_without_the_log_and_with_it(river: Path) -> None:
    ended = HEAD.format(id="end", date="2025-01-01") + "moves: [{rung: GAUGE.1, to: ended}]\n"
    facts = winset.track(logged(river, *ALL, ended)).table("facts")
    assert [tuple(r.values()) for r in facts.rows()] == [
        ("weights/WEST-UNION/FISH", "2..3..3 (S)", "1..2..2 (X)"),
        ("effects/DRILL/SAFE", "1..2..3 (I)", "1..1.5..2 (X)"),
        ("rungs/GAUGE.1", "in place", "not in place"),
        ("rungs/DRILL.1", "not in place", "in place"),
        ("rungs/DRILL.2", "not in place", "in place"),
        ("flags/fish_ladder", "False", "True"),
    ]


def test_a_case_without_a_log_says_so_and_has_no_answers(river: Path) -> None:
    case = winset.load(river)
    answer = winset.track(case)
    assert answer.headline.startswith("Nothing is logged of river-warning")
    assert not len(answer.table("entries"))
    with pytest.raises(AskError, match="has no log"):
        winset.track(case, answers=True)
    with pytest.raises(AskError, match="'soon' is no day"):
        winset.track(case, on="soon")


def test_a_case_without_a_date_asks_for_a_day(river: Path) -> None:
    file = river / "case.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("as_of: 2024-05-01\n", ""), encoding="utf-8"
    )
    case = winset.load(river)
    with pytest.raises(AskError, match="Say on which day"):
        winset.track(case)
    assert not len(winset.track(case, on="2025-01-01").table("due"))


def test_a_log_that_was_cut_off_is_told(river: Path) -> None:
    logged(river, *ALL)
    log = river / "log.yaml"
    log.write_bytes(log.read_bytes()[:-30])
    answer = winset.track(winset.load(river))
    assert "The log was cut off after entry 3" in str(answer)
    assert "Blocked" not in str(answer)


def test_the_answer_in_words(river: Path) -> None:
    golden = Path(__file__).parent / "golden" / "track.txt"
    answer = winset.track(logged(river, *ALL), on="2025-01-01", answers=True, n=40)
    assert f"{answer}\n" == golden.read_text(encoding="utf-8")


# what is due


def test_practice_halves_after_its_half_life(large: Case) -> None:
    half = large.values["parameters/skill_hl"]
    begin = date(2022, 10, 12)
    on = date.fromordinal(begin.toordinal() + round(91.3125 * half.mode))
    due = row(winset.track(large, on=on).table("due"), measure="D1")
    assert due["proficiency"] == 0.4
    assert due["remains"] == pytest.approx(0.2, abs=1e-3)
    assert due["due"] == on.isoformat()
    assert not due["overdue"]
    assert due["remains_low"] == pytest.approx(0.3 * 2 ** (-half.mode / half.low), abs=1e-3)
    assert due["remains_high"] == pytest.approx(0.5 * 2 ** (-half.mode / half.high), abs=1e-3)
    later = date.fromordinal(on.toordinal() + 1)
    assert row(winset.track(large, on=later).table("due"), measure="D1")["overdue"]


def test_nothing_fades_before_it_was_reached(large: Case) -> None:
    due = row(winset.track(large, on="2022-08-01").table("due"), measure="D1")
    assert (due["remains"], due["remains_low"], due["remains_high"]) == (0.4, 0.3, 0.5)


def test_a_reaffirmation_is_due_a_gap_after_the_last_occasion(large: Case, tmp_path: Path) -> None:
    due = row(winset.track(large).table("due"), measure="D8")
    assert (due["kind"], due["last"]) == ("reaffirmation", large.as_of)
    folder = winset.new(tmp_path / "again", source=large.folder)
    rung = large.measure["D8"].rungs[large.measure["D8"].status_quo - 1].id
    entry = (
        HEAD.format(id="talks", date="2023-02-01") + f"moves: [{{rung: {rung}, to: executed}}]\n"
    )
    later = row(winset.track(logged(folder, entry)).table("due"), measure="D8")
    assert later["last"] == "2023-02-01"
    assert later["due"] > due["due"]


# what it changed


def test_answers_are_those_of_reach_with_and_without_the_log(large: Case) -> None:
    answer = winset.track(large, answers=True, n=N)
    assert large.log is not None
    moved = answer.table("moved")
    for case, column in ((large.log.without, "before"), (large, "after")):
        rungs = winset.reach(case, n=N, method=QUICK).table("rungs")
        for what in ("open", "alone"):
            shares = zip(rungs["rung"].tolist(), rungs[f"share_{what}"].tolist(), strict=True)
            assert {r["rung"]: r[column] for r in moved.where(what=what).rows()} == dict(shares)
    one = row(moved, rung="D1.3", what="open")
    assert (one["after"], one["verdict_after"]) == (1.0, "open")
    assert np.allclose((moved["only_with"] - moved["only_without"]) / N, moved["change"])
    assert np.allclose(moved["change"], moved["after"] - moved["before"])
    size = np.abs(moved["change"])
    assert (size[:-1] >= size[1:]).all()
    assert size[0] > 0


def test_a_log_that_changes_no_value_moves_no_answer(river: Path) -> None:
    answer = winset.track(logged(river, REFUSED), answers=True, n=20)
    assert not answer.table("moved")["change"].any()
    assert "With the log no rung is open in more or fewer of 20 worlds." in answer.sentences


def test_reach_differs_where_it_must_and_only_there(river: Path) -> None:
    """A fish ladder lifts the red line on the dam, and nothing else hangs on it."""
    case = logged(river, LADDER.replace("  - weights/WEST-UNION/FISH -= 1\n", ""))
    moved = winset.track(case, answers=True, n=200).table("moved")
    assert row(moved, rung="DAM.2", what="open")["change"] > 0
    assert not moved["change"][moved["rung"] != "DAM.2"].any()


def test_reach_says_that_it_read_the_log(river: Path) -> None:
    case = logged(river, FULL_DRILL)
    answer = winset.reach(case, n=20, method=QUICK)
    told = "Read with 1 entry of log.yaml, to 2024-09-01"
    assert told in str(answer)
    assert told in answer._repr_html_()
    assert answer.parameters["log"]["seal"] == case.log.entries[0].hash  # type: ignore[index, union-attr]
    assert row(answer.table("rungs"), rung="DRILL.2")["status_quo"]
    plain = winset.reach(winset.load(river, log=False), n=20, method=QUICK)
    assert "log" not in plain.parameters
    assert "Read with" not in str(plain)
    assert plain.run.case_hash != answer.run.case_hash


def test_the_brief_says_that_it_read_the_log(river: Path) -> None:
    case = logged(river, FULL_DRILL)
    page = text.render(compose(case, winset.reach(case, n=20, method=QUICK)))
    assert "log to 1 September 2024" in page
    assert "Read with 1 entry of log.yaml" in page


def test_the_brief_tells_what_has_happened(river: Path) -> None:
    case = logged(river, *ALL)
    page = text.render(compose(case, winset.reach(case, n=20, method=QUICK), winset.track(case)))
    assert "A full drill with sirens (DRILL.2) is in place by the log of river-warning" in page
    assert "- Blocked: a dam run together (DAM.2)." in page


def test_path_starts_from_the_present(large: Case) -> None:
    programme = large.programmes[0]
    step = replace(programme.steps[0], rung="D1.3", quarter=1, otherwise="", when=None)
    one = replace(programme, steps=(step,), settings={})
    assert large.log is not None
    now = winset.path(large, one, n=10, quarters=2, paces=())
    before = winset.path(large.log.without, one, n=10, quarters=2, paces=())
    assert "not needed" in now.why("D1.3")
    assert "not needed" not in before.why("D1.3")

    def skill(answer: winset.Path) -> float:
        states = answer.table("states").where(state="skill", quarter=1)
        return float(states["p50"][0])

    assert skill(now) > skill(before)
    assert now.parameters["log"]["entries"] == 2  # type: ignore[index]


def test_an_independent_method_agrees_on_the_present(river: Path) -> None:
    from winset.oracle import check_independent

    assert check_independent(logged(river, *ALL), worlds=3, rng=1).agrees
