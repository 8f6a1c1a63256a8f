"""Sections on what moves a step, who gets what, scope, programmes and firmness."""

from __future__ import annotations

import dataclasses

import pytest

from tests.brief import more, synthetic
from tests.brief.test_page import Page
from winset.ask.reach.schemas import CLOSURES, LIMITS
from winset.brief import compose, html, outline, text
from winset.brief.document import Columns, DataTable, Section, Strips, Tracks, every_block
from winset.brief.runs import plain
from winset.case.model import At, Case, Measure, RungAtLeast, Scope
from winset.errors import AskError
from winset.words.brief import first, move


def told(case: Case, *answers: object) -> str:
    made = text.render(compose(case, *answers), width=10_000)  # type: ignore[arg-type]
    return made.replace("\u00a0", " ")


def section(case: Case, name: str, *answers: object) -> Section | None:
    made = compose(case, *answers)  # type: ignore[arg-type]
    return next((found for found in made.sections if found.id == name), None)


def half(*_: object) -> float:
    return 0.2


UNLOCKS = more.UNLOCKS


def test_the_best_change_is_named_and_what_nothing_opens(river: Case) -> None:
    page = told(river, more.answer(river, {"unlocks": UNLOCKS}, share=half))
    assert "One change opens 1 of 2 steps at the edge, all but one" in page
    assert (
        "[The live feed in place today: the joint drill opens in 70 of 100 worlds, up from about 20 of "
        "100; no change tried opens the shared sheet]"
    ) in page.replace("about 70", "70")
    assert "no change tried brings it to 25 of 100 worlds" in page
    assert "Both of them: the joint drill opens" in page


def test_no_unlock_is_shown_for_consent_without_a_price(river: Case) -> None:
    made = compose(river, more.answer(river, {"unlocks": UNLOCKS}, share=half))
    assert "families not asked" not in html.render(made).lower()


def test_prices_stand_where_no_change_was_tried(river: Case) -> None:
    found = section(river, "move", more.answer(river, share=half))
    assert found is not None
    assert "short by 1.2 points" in found.title


def test_nothing_to_move_where_nothing_is_closed(river: Case) -> None:
    assert section(river, "move", more.answer(river, share=lambda *_: 1.0)) is None


def test_scope_names_what_slippage_takes_and_a_statement_gives(river: Case) -> None:
    page = told(river, more.answer(river, {"scope": more.table("scope", more.scope_rows())}))
    assert "All bear steps of scope 2 in 72 of 100 worlds, of scope 3 in 31 of 100" in page
    assert (
        "Expected slippage narrows scope 2 from 72 of 100 to 40 of 100; a limiting statement "
        "brings it back to 60 of 100"
    ) in page
    assert section(river, "scope", more.answer(river)) is None


def test_scopes_go_by_their_names_where_the_case_has_them(river: Case) -> None:
    scope = Scope(("DRILL",), "slip", 8, "", (), At("made", 1), ("here", "near", "far", "all"))
    case = dataclasses.replace(river, mechanisms=dataclasses.replace(river.mechanisms, scope=scope))
    page = told(case, more.answer(case, {"scope": more.table("scope", more.scope_rows())}))
    assert "All bear steps of scope 2 (near) in 72 of 100 worlds, of scope 3 (far) in 31" in page
    assert "to 4, wide: 1, here, 2, near, 3, far and 4, all." in page


def test_programmes_stand_by_date_and_silence_is_not_refusal(river: Case) -> None:
    case = more.with_programme(river)
    page = told(case, more.answer(case, {"programmes": more.programme_rows(case, (1, 0.8, 0.3))}))
    assert "Where programmes first stop: Brook's plan at the shared dam; Avon's plan" in page
    assert "The union stops Brook's plan and Avon's plan" in page
    assert "the first 2 steps of 3 could be carried together" in page
    assert "silence is not refusal, and no source is ranked" in page


def test_a_programme_carried_whole(river: Case) -> None:
    case = more.with_programme(river)
    page = told(case, more.answer(case, {"programmes": more.programme_rows(case, (1, 0.8, 0.6))}))
    assert "No programme stops: each is accepted whole" in page
    assert "all 3 steps together are accepted" in page
    made = compose(case, more.answer(case, {"programmes": more.programme_rows(case, (0, 0, 0))}))
    strips = next(block for block in every_block(made) if isinstance(block, Strips))
    assert [bool(cell.stop) for cell in strips.rows[0].cells] == [True, False, False]
    said = [plain(strip.said).replace("\u00a0", " ") for strip in strips.rows]
    assert "not even the first of 3 steps" in said[0]
    whole = text.render(made, width=10_000)
    assert [whole.count(sentence) for sentence in said] == [1] * len(said)


def test_gains_name_the_sides_and_who_is_worse_off(river: Case) -> None:
    gains = more.gain_rows(
        {"balanced": {"MAYOR": 92.0, "COUNCIL": 61.0}, "safe": {"MAYOR": 100, "COUNCIL": -40}}
    )
    page = told(river, more.answer(river, {"gains": gains}))
    assert (
        "The balanced package brings the mayor 92 percent of what it would propose, the council 61"
    ) in page
    assert (
        "Most uneven is safe: the mayor 100 percent of what it would propose, the council −40"
        in page
    )
    worse = more.gain_rows({"balanced": {"MAYOR": 92.0, "COUNCIL": -1.0}})
    assert "The balanced package leaves the council worse off than today" in told(
        river, more.answer(river, {"gains": worse})
    )


def cell_of(case: Case, block: str, row: str, column: int, *answers: object) -> str:
    blocks = every_block(compose(case, *answers))  # type: ignore[arg-type]
    table = next(b for b in blocks if isinstance(b, DataTable) and b.id == block)
    found = next(cells for cells in table.rows if plain(cells[0]).startswith(row))
    return plain(found[column]).replace("\u00a0", " ")


def test_each_government_reads_its_own_card(river: Case) -> None:
    made = more.answer(river, more.card_tables(), share=half)

    def line(row: str, column: int) -> str:
        return cell_of(river, "table-cards", row, column, made)

    assert line("It would propose", 1) == "The joint drill"
    assert line("It would propose", 2) == "Nothing: it would propose this very package"
    assert line("It pays", 1).startswith("No step of it costs")
    assert line("It pays", 2) == "The live feed (the council, −0.4)"
    assert line("What rises", 1) == "The dry cellars +2.0"
    assert line("What rises", 2) == line("What falls", 1) == "Nothing worth telling"
    assert line("What falls", 2) == "The dry cellars −1.0"
    assert line("Its own sceptic", 1) == "Nobody at home refuses a step of it"
    assert line("Who stops it", 2) == "No step at the edge that it gains from"


def test_the_consent_map_counts_no_consent_without_a_price(river: Case) -> None:
    made = more.answer(river, more.card_tables(), share=half)
    drill = [cell_of(river, "table-consents", "flood plan: joint", at, made) for at in range(1, 5)]
    assert drill == ["council 80, mayor", "displaced families", "union", "nobody"]


def test_a_package_that_is_one_sides_own_proposal_says_so(river: Case) -> None:
    same = {
        "balanced": {"MAYOR": 100.0, "COUNCIL": 61.0},
        "MAYOR": {"MAYOR": 100.0, "COUNCIL": 61.0},
    }
    told_so = "The balanced package gives every side what the proposal of the mayor would."
    assert told_so in told(river, more.answer(river, {"gains": more.gain_rows(same)}))
    same["MAYOR"]["COUNCIL"] = 58.0
    assert told_so not in told(river, more.answer(river, {"gains": more.gain_rows(same)}))


def test_the_assumption_that_would_change_a_finding(river: Case) -> None:
    page = told(river, more.answer(river), more.sense(river))
    assert "Mayor: weight on dry cellars moves it from 31 to 83]" in page
    assert "live feed" in page.split("Which single assumption")[1]
    assert "31 to 83 · reverses it" in page
    assert "The lead rests on assumptions." in page
    assert "Which single assumption" not in told(river, more.answer(river))


def test_any_other_answer_tells_itself(river: Case) -> None:
    other = more.Other("hold", synthetic.answer(river).run, {"kept": UNLOCKS})
    found = section(river, "hold", more.answer(river), other)
    assert found is not None
    assert found.title == "Nothing falls"
    assert "Nothing falls" in outline(compose(river, more.answer(river), other))  # type: ignore[arg-type]


def test_answers_that_do_not_make_a_brief(river: Case) -> None:
    with pytest.raises(AskError, match="needs an answer to reach"):
        compose(river, more.sense(river))
    with pytest.raises(AskError, match="given twice: reach"):
        compose(river, more.answer(river), more.answer(river))


def test_every_link_of_the_full_brief_leads_somewhere(river: Case) -> None:
    case = more.with_programme(river)
    made = compose(case, more.answer(case, more.tables(case), share=half), more.sense(case))
    parsed = Page(html.render(made))
    ids = [attrs["id"] for _, attrs, _ in parsed.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs, _ in parsed.of("a")} <= set(ids)
    assert sum(isinstance(block, Tracks) for block in every_block(made)) == 4
    assert "nan" not in text.render(made)


def test_full_print_opens_every_fold(river: Case) -> None:
    made = compose(river, synthetic.answer(river))
    assert "appendix printed" in html.render(made, full=True)
    assert html.render(made, full=True).count("<details") == html.render(made, full=True).count(
        " open>"
    )
    assert "appendix printed" not in html.render(made)


def test_one_side_only(river: Case) -> None:
    case = dataclasses.replace(river, parties=river.parties[:1])
    gains = more.gain_rows({"balanced": {"MAYOR": 92.0}})
    page = told(case, more.answer(case, {"gains": gains}))
    assert "brings each side about 92 percent of what it would propose" in page


def addition(rung: str, share: float, lost: float, who: str = "") -> dict[str, object]:
    return {
        "package": "balanced",
        "rung": rung,
        **more.ends("share", share, "low", "high"),
        "lost": lost,
        "limit": "floor" if who else "",
        "who": who,
        **more.ends("stops", 1.0, "stops_low", "stops_high"),
        "worlds": 300,
    }


def test_what_the_package_leaves_and_what_one_step_more_costs(river: Case) -> None:
    packages = synthetic.answer(river).table("packages").where(package="balanced")
    moved = {row["measure"] for row in packages.rows() if row["new"]}
    rungs = {m.id: f"{m.id}.{m.status_quo + 1}" for m in river.measures}
    left = next(rung for name, rung in rungs.items() if name not in moved)
    taken = next(rung for name, rung in rungs.items() if name in moved)
    rows = [addition(left, 0.41, 0.4, "UNION"), addition(taken, 0.8, 0.0)]
    page = told(river, more.answer(river, {"additions": more.table("additions", rows)}))
    phrase = river.rung[left].words.name
    assert f"{phrase[:1].upper()}{phrase[1:]}".split()[-1] in page
    assert "about 41 of 100; the union stops it." in page
    assert "Table: one step more on every ladder (2)" in page
    assert f"of {len(river.measures)} ladders stay as today" in page
    assert "no world is lost" not in page, "only ladders left as today are listed"
    assert "What it leaves out" not in told(river, more.answer(river))


def test_what_the_package_leaves_stands_beside_its_figure(river: Case) -> None:
    rows = [
        addition(measure.id + f".{measure.status_quo + 1}", 0.4, 0.4) for measure in river.measures
    ]
    made = compose(river, more.answer(river, {"additions": more.table("additions", rows)}))
    act = next(section for section in made.sections if section.id == "act")
    (beside,) = [block for block in act.blocks if isinstance(block, Columns)]
    assert getattr(beside.left[0], "id", "") == "fig-certainty"
    assert (
        getattr(beside.right[0], "text", "")
        == "What it leaves out, and what one step more would cost"
    )


def test_red_lines_at_the_edge_say_who_draws_them_and_what_lifts_them(river: Case) -> None:
    def closed(measure: Measure, level: int, _: object) -> float:
        return 1.0 if level == 1 else 0.2

    made = more.answer(river, share=closed)
    rows = [
        {**row, "share_of_closed": 0.9 if row["limit"] == "red line" else row["share_of_closed"]}
        for row in made.table("limits").rows()
    ]
    extra = {"limits": LIMITS.from_rows([[*row.values()] for row in rows])}
    (rule,) = [rule for rule in river.rules if rule.kind == "refuses"]
    page = told(river, more.answer(river, extra, share=closed))
    assert "The red lines, and what alone lifts them" in page
    assert "the union refuses it whatever is offered; nothing lifts it here; " in page
    lifted = dataclasses.replace(rule, condition=RungAtLeast("G", 2), condition_text="G.2")
    case = dataclasses.replace(river, rules=(lifted,))
    phrase = case.rung["G.2"].words.phrase
    assert f"it lifts only with {phrase}" in told(case, more.answer(case, extra, share=closed))
    bare = dataclasses.replace(river, rules=())
    assert "what alone lifts them" not in told(bare, more.answer(bare, share=half))


def joint(rung: str, size: int, share: float, *limits: tuple[str, str]) -> dict[str, object]:
    names = ("limit", "who"), ("other_limit", "other"), ("third_limit", "third")
    filled = [*limits, *([("", "")] * (3 - len(limits)))]
    row: dict[str, object] = {"rung": rung}
    for (kind, who), (one, two) in zip(names, filled, strict=True):
        row |= {kind: one, who: two}
    return {**row, "size": size, "tried": 60, **more.ends("share", share, "low", "high")}


def test_three_limits_are_told_where_it_most_often_takes_three(river: Case) -> None:
    made = more.answer(river, share=half)
    rung = "F.1"
    closures = [
        {**row, "one": 0.1, "two": 0.2, "three": 0.6, "more": 0.1, "tried": 60}
        if row["rung"] == rung
        else {**row, "one": 0.9, "two": 0.05, "three": 0.05, "more": 0.0, "tried": 60}
        for row in made.table("closures").rows()
    ]
    joints = [
        joint(rung, 2, 0.2, ("floor", "MAYOR"), ("floor", "UNION")),
        joint(rung, 3, 0.5, ("floor", "MAYOR"), ("floor", "UNION"), ("threshold", "COUNCIL")),
        joint("G.2", 2, 0.05, ("floor", "MAYOR"), ("floor", "UNION")),
    ]
    extra = {
        "closures": CLOSURES.from_rows([[*row.values()] for row in closures]),
        "joint": more.table("joint", joints),
    }
    page = told(river, more.answer(river, extra, share=half))
    assert "the mayor, the union and the council must all give" in page
    assert "That was so in 50 of 100" in page.replace("about 50", "50")
    assert "must both give" not in page, "where one limit is enough most often, no pair is told"


def test_win_sets_are_compared_as_one_in_so_many(river: Case) -> None:
    def size(party: str, middle: float) -> dict[str, object]:
        spread = {"size_p25": middle, "size_p50": middle, "size_p75": middle}
        return {"party": party, "offered": 5.0, **spread, "worlds": 60}

    rows = [size("UP", 4.0), size("LOW", 2.7), size("FARM", 5.0), size("all", 2.5)]
    known = {party.id for party in river.parties}
    rows = [row for row in rows if row["party"] in known | {"all"}]
    page = told(river, more.answer(river, {"size": more.table("size", rows)}, share=half))
    assert "Of 100,000 packages on offer, 1 in 200 in " in page
    assert "1 in 320 in all of them at once" in page
    assert page.index("1 in 200 in") < page.index("1 in 10 in")


def test_steps_that_do_not_go_together_and_what_not_knowing_costs(river: Case) -> None:
    rival = {"rung": "G.2", "other": "F.1", "limit": "floor", "who": "UNION"}
    rows = [{**rival, **more.ends("share", 0.63, "low", "high"), "worlds": 100}]
    lost = [{"package": "balanced", "lost": 11.9, "worlds": 2000}]
    bounds = [
        {"package": "balanced", "certainty": 0.8, "worlds": 300, "found": 70.0, "bound": 77.0}
    ]
    extra = {
        "rivals": more.table("rivals", rows),
        "ignorance": more.table("ignorance", lost),
        "bounds": more.table("bounds", bounds),
    }
    page = told(river, more.answer(river, extra))
    assert "Steps that do not go together" in page
    assert "each open, not both, in about 63 of 100 worlds; what mostly stands between" in page
    excluded = {**rows[0], "limit": "conflict", "who": "CF1"}
    other = more.answer(river, {"rivals": more.table("rivals", [excluded])})
    assert "63 of 100 worlds; the one excludes the other." in told(river, other)
    assert "could go 12 percent of all ladders further than the balanced package" in page


def unlocked(phrase: str, change: str, after: float, *, waived: bool = False) -> move.Unlocked:
    return move.Unlocked(phrase, change, 0.2, after, 100, waived)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [
                unlocked("the weir", "a fund", 0.6),
                unlocked("the gate", "the mayor", 0.9, waived=True),
            ],
            (
                "A fund: the weir opens in about 60 of 100 worlds, up from about 20 of 100; one more opens "
                "only where whoever stops them no longer objects, the gate from about 20 of 100 to about "
                "90 of 100."
            ),
        ),
        (
            [
                unlocked("the gate", "the mayor", 0.9, waived=True),
                unlocked("the weir", "the mayor", 0.7, waived=True),
                unlocked("the dam", "", 0.2),
                unlocked("the lock", "", 0.2),
            ],
            (
                "No change but consent opens a step; two open only where whoever stops them no longer "
                "objects, the gate from about 20 of 100 to about 90 of 100; no change tried opens the dam "
                "or one more."
            ),
        ),
        ([unlocked("the dam", "", 0.2)], "No change tried opens the dam."),
    ],
)
def test_what_can_be_changed_comes_before_consent(rows: list[move.Unlocked], said: str) -> None:
    assert first.moved(rows).replace("\u00a0", " ") == said


def test_verdicts_that_hang_on_the_shape_of_ranges_are_marked_on_the_ladder(river: Case) -> None:
    answer, sense, marked = more.answer(river), more.sense(river), "G.3"
    fragile = more.table("fragile", [{"rung": marked}])
    sense = dataclasses.replace(sense, tables={**sense.tables, "fragile": fragile})
    page = html.render(compose(river, answer, sense))
    cell = page[page.index(f'title="{marked} ') :]
    cell = cell[: cell.index("</td>")]
    assert ">?</i>" in cell
    assert "fragile" in cell
    assert "? fragile: another class" in page
    assert "? fragile: another class" not in html.render(compose(river, answer))


def test_a_step_under_a_condition_is_said_to_be(river: Case) -> None:
    case = more.with_programme(river)
    rows = more.programme_rows(case, (1, 0.8, 0.3))
    assert "(conditional in the source)" not in told(case, more.answer(case, {"programmes": rows}))
    steps = [
        dataclasses.replace(step, when=RungAtLeast("G", 2), when_text="G.2")
        for step in case.programmes[0].steps
    ]
    one = dataclasses.replace(case.programmes[0], steps=tuple(steps))
    gated = dataclasses.replace(case, programmes=(one, *case.programmes[1:]))
    page = told(gated, more.answer(gated, {"programmes": rows}))
    assert page.count("(conditional in the source)") == 2, "in the heading and in its sentence"


def test_a_step_that_a_rule_keeps_shut_says_what_its_lifting_would_do(river: Case) -> None:
    def closed(measure: Measure, level: int, _: object) -> float:
        return 1.0 if level == 1 else 0.2

    made = more.answer(river, share=closed)
    rows = [
        {**row, "share_of_closed": 0.9 if row["limit"] == "red line" else 0.01}
        for row in made.table("limits").rows()
    ]
    shut = [{**row, "best": False} for row in UNLOCKS.rows()]
    extra = {
        "limits": LIMITS.from_rows([[*row.values()] for row in rows]),
        "unlocks": more.table("unlocks", [{**row, "rung": "C.2"} for row in shut]),
    }
    page = told(river, more.answer(river, extra, share=closed))
    assert "without which it would be open in about 72 of 100; open in" in page
