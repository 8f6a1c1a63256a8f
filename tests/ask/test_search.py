"""A better programme under the same rules, and the same one under conditions set by hand."""

import re
from collections import Counter
from dataclasses import replace

import pytest

import winset
from winset.ask.follow import mask_of
from winset.ask.path.findings import findings
from winset.ask.path.search import bound, exchanged, left_out, rules_of, search
from winset.ask.scene import scene_of, step_of
from winset.errors import AskError

QUARTERS = 16


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


@pytest.fixture(scope="module")
def cautious(case):
    return next(one for one in case.programmes if one.id == "cautious")


@pytest.fixture(scope="module")
def scene(case, cautious):
    return scene_of(case, cautious, n=32, rng=1, quarters=QUARTERS, mechanisms=mask_of(()))


@pytest.fixture(scope="module")
def found(case, cautious, scene):
    return search(case, scene, rules_of(case, cautious, QUARTERS), budget=40, rng=1)


@pytest.fixture(scope="module")
def reports():
    return []


@pytest.fixture(scope="module")
def answer(case, reports):
    return winset.path(
        case,
        "cautious",
        n=40,
        quarters=QUARTERS,
        paces=(0.5, 2.0),
        search=12,
        what_if=True,
        progress=lambda done, every: reports.append((done, every)),
    )


def test_worlds_programmes_and_events_set_by_hand_report_progress(answer, reports):
    events = len({(row["event"], row["theory"]) for row in answer.tables["openings"].rows()})
    assert (40, 40) in reports
    assert (12, 12) in reports
    assert reports[-events:] == [(done, events) for done in range(events)]


def test_what_is_found_keeps_the_rules_and_is_no_worse(case, cautious, scene, found):
    rules = found.rules
    programme = rules.programme(found.best)
    quarters = [step.quarter for step in programme.steps]
    assert len(quarters) <= len(cautious.steps)
    assert max(Counter(quarters).values()) <= rules.busiest
    assert max(quarters) <= rules.last
    assert not {step.rung for step in programme.steps} & set(cautious.barred)
    written = float(scene.depth(scene.run(cautious)).mean())
    assert found.depth >= written
    assert found.depth <= bound(scene, rules)
    assert found.tried <= 40


def test_a_search_repeats_itself(case, cautious, scene, found):
    again = search(case, scene, found.rules, budget=40, rng=1)
    assert again.best == found.best
    other = search(case, scene, found.rules, budget=40, rng=2)
    assert other.best != found.best


def test_a_step_that_is_missing_is_found(case, cautious, scene):
    """Take the step that adds most out of the programme: the search takes it in again."""
    rules = rules_of(case, cautious, QUARTERS)
    adds = left_out(case, scene, rules, rules.plan(cautious))
    best = max((lead.mean, rung) for rung, lead in adds.items() if lead is not None)
    assert best[0] > 0
    rest = tuple(step for step in cautious.steps if step.rung != best[1])
    spare = step_of(cautious, "L2.2", 16)
    poor = replace(cautious, steps=(*rest, spare))
    got = search(case, scene, rules_of(case, poor, QUARTERS), budget=120, rng=1)
    assert got.depth > float(scene.depth(scene.run(poor)).mean())


def test_the_order_of_steps_that_nobody_refuses_and_nothing_links_costs_their_wait(case, scene):
    """Exchanging two steps in time costs what the deeper one would have brought meanwhile."""
    base = replace(
        case.programmes[0],
        barred=(),
        settings={},
        steps=(step_of(case.programmes[0], "L2.2", 1), step_of(case.programmes[0], "L1.2", 9)),
    )
    rules = rules_of(case, base, QUARTERS)
    costs = {(one, two): cost for one, two, cost in exchanged(case, scene, rules, rules.plan(base))}
    assert set(costs) == {("L2.2", "L1.2")}


def test_the_tables_of_a_search_explain_what_changed(answer):
    moves = [*answer.tables["moves"].rows()]
    assert {row["what"] for row in moves} <= {"kept", "earlier", "later", "taken in", "left out"}
    for row in moves:
        if row["what"] in ("taken in", "left out"):
            assert (row["written"] is None) == (row["what"] == "taken in")
            assert (row["found"] is None) == (row["what"] == "left out")
    rows = {row["programme"]: row for row in answer.tables["search"].rows()}
    assert rows["found"]["lead"] == 0.0
    assert set(rows) == {"found", "cautious", "klinck", "smith"}
    assert answer.parameters["tried"] <= 12
    assert answer.found is not None
    text = " ".join(answer.sentences)
    assert "It is not proven best" in text
    assert "annealing over" in text


@pytest.mark.parametrize("budget", [-1, 10**7])
def test_absurd_budgets_are_refused(case, budget):
    with pytest.raises(AskError, match="0 to 100,000"):
        winset.path(case, "smith", n=2, quarters=2, search=budget)


def test_a_barred_step_is_refused(case):
    one = next(programme for programme in case.programmes if programme.id == "smith")
    both = replace(one, barred=("D1.3",))
    with pytest.raises(AskError, match=r"D1\.3 is a step and barred"):
        winset.path(case, both, n=2, quarters=4)


def test_windows_stand_for_each_event_and_close(answer):
    rows = [*answer.tables["openings"].rows()]
    assert {"X1", "X2", "X18"} <= {row["event"] for row in rows}
    doubt = {
        row["theory"]: row["gain"] for row in rows if row["event"] == "X18" and not row["delay"]
    }
    assert doubt["abandonment"] >= doubt[""]
    shares = answer.tables["windows"]
    assert (shares["low"] <= shares["share_opened"]).all()


def test_conditions_set_by_hand_are_told(answer):
    text = " ".join(answer.sentences)
    for words in ("In otherwise calm weather", "must be renewed", "court's transfer", "Inflaming"):
        assert words in text
    renewed = [row for row in answer.tables["upkeep"].rows() if row["party"] == "JPN"]
    doubts = [row["doubt"] for row in renewed]
    assert doubts == sorted(doubts)
    ordered = [row for row in answer.tables["spiral"].rows() if row["court"] == "ordered"]
    assert {row["share_court"] for row in ordered} == {1.0}


def test_a_step_in_one_quarter_is_told_as_the_run_had_it(answer):
    agreed = answer.followed.joined("agreed")
    for place, index in enumerate(answer.followed.steps):
        quarter = int(agreed[3, place])
        if quarter:
            rung = answer.programme.steps[index].rung
            told = answer.why(rung, world=3, quarter=quarter)
            assert "agreed now" in told or "fell back" in told
            assert told.startswith(f"Quarter {quarter} (")
            before = answer.why(rung, world=3, quarter=quarter - 1) if quarter > 1 else ""
            assert "agreed now" not in before
    with pytest.raises(AskError, match="Quarter 17"):
        answer.why(answer.programme.steps[0].rung, quarter=17)


def test_stories_share_out_all_worlds_and_each_tells_a_member(answer):
    table = answer.tables["stories"]
    assert table["share"].sum() == pytest.approx(1.0)
    assert ((table["world"] >= 0) & (table["world"] < 40)).all()
    assert all("at last" in text for text in table["told"])


def test_the_share_with_an_interior_best_is_that_of_the_worlds(answer):
    first = next(iter(answer.tables["interior"].rows()))
    assert first["address"] == ""
    assert 0.0 <= first["share_low"] <= 1.0
    best = answer.tables["pace"]
    assert best["among_best"].any()


def test_every_finding_comes_out_somewhere_and_goes_away_with_its_part_off(case):
    smith = next(one for one in case.programmes if one.id == "smith")
    here = scene_of(case, smith, n=48, rng=1, quarters=32, mechanisms=mask_of(()))
    rows = {row["finding"]: row for row in findings(case, here, smith).rows()}
    assert len(rows) == 7
    for name, row in rows.items():
        assert row["share_off"] == 0.0, name
        assert row["share"] > 0.0, name
        assert row["share"] >= row["share_other"], name
    assert rows["haste brings more crises"]["share"] < 1.0


def test_parts_of_the_model_move_depth_by_so_much_with_this_error(case, answer):
    rows = {row["mechanism"]: row for row in answer.tables["without"].rows()}
    off = winset.path(
        case, "cautious", n=40, quarters=QUARTERS, paces=(), without=["window"]
    ).followed.depth[:, -1, 0]
    gap = off - answer.followed.depth[:, -1, 0]
    assert rows["window"]["difference"] == pytest.approx(gap.mean())
    assert rows["window"]["difference_error"] == pytest.approx(gap.std() / 40**0.5)
    assert "windows that open and close with governments (" in " ".join(answer.sentences)


def test_parts_that_move_nothing_are_not_named(case):
    answer = winset.path(case, "cautious", n=4, quarters=1, paces=())
    told = " ".join(answer.sentences)
    assert "moves the depth at the end by no more than chance" in told
    assert "+0.0" not in told.split("Switching off")[1]


def test_means_of_conditions_set_by_hand_have_errors(answer):
    told = {sentence.split(" ")[0]: sentence for sentence in answer.sentences}
    for start in ("Assurance", "Inflaming", "Quiet"):
        assert "standard error" in told[start]
    for name, error in (("quiet", "cost_error"), ("spoilers", "often_error")):
        assert (answer.tables[name][error] >= 0.0).all()
        assert (answer.tables[name][error] > 0.0).any()
    gained = [row for row in answer.tables["openings"].rows() if row["event"] == "X2"]
    assert (
        f"opens {gained[0]['gain']:.1f} rungs (standard error {gained[0]['gain_error']:.1f})"
        in (" ".join(answer.sentences))
    )


def test_an_event_names_the_rungs_that_it_opens_most_often(case, answer):
    rows = [
        row
        for row in answer.tables["windows"].rows()
        if row["event"] == "X2" and not row["theory"] and not row["delay"]
    ]
    most = max(rows, key=lambda row: row["share_opened"])
    sentence = next(one for one in answer.sentences if "nuclear test opens" in one)
    assert f"most often {case.rung[most['rung']].words.phrase}" in sentence


def test_steps_are_told_by_their_names(answer):
    """Ids stand in brackets behind a name, or not at all."""
    for sentence in answer.sentences:
        if "pairs of steps due in one quarter" not in sentence:
            assert not re.search(r"(?<![(A-Z])\b[A-Z]\d+\.\d", sentence), sentence


def test_why_says_what_became_of_a_step_once_agreed(case, answer):
    followed = answer.followed
    fate, asked = followed.joined("fate"), followed.joined("asked")
    agreed, levels = followed.joined("agreed"), followed.joined("levels")
    seen = set()
    for place, index in enumerate(followed.steps):
        rung = case.rung[answer.programme.steps[index].rung]
        measure = [one.id for one in case.measures].index(rung.measure)
        for world in (world for world in range(40) if fate[world, place] == 1):
            told = answer.why(rung.id, world=world)
            stands = levels[world, :, measure] >= rung.level
            assert f"agreed in quarter {agreed[world, place]}," in told
            assert ("refusal" in told) == bool(asked[world, place])
            if not stands.any():
                assert "never takes effect" in told
                seen.add("never")
            elif (stands[:-1] & ~stands[1:]).any():
                assert "lost in quarter" in told
                assert ("is not in effect at the end" in told) == (not stands[-1])
                seen.add("lost")
            else:
                assert f"in effect from quarter {stands.argmax() + 1} on" in told
                seen.add("on")
    assert {"lost", "on"} <= seen
