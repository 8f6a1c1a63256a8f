"""Sentences of the answer, from tables made by hand: each is held to the rows it tells."""

from __future__ import annotations

import dataclasses

import pytest

from tests.ask.small import CASE, limit_row, rung_row, tables
from winset.words import reach as words

N = 1000
RUNGS = (
    rung_row("A.1", 1.0, status_quo=True),
    rung_row("A.2", 0.9, share_alone=0.6),
    rung_row("A.3", 0.2, gain=30.0, sacrifice=4.2, sacrifice_worlds=100),
    rung_row("B.1", 0.4),
    rung_row("B.2", 0.1),
    rung_row("C.1", 0.99),
)
LIMITS = (
    limit_row("A.3", "floor", "NP", 0.7, price_p25=1, price_p50=2, price_p75=3, price_worlds=100),
    limit_row("A.3", "red line", "R2", 0.2),
    limit_row("B.1", "threshold", "NV", 0.8, price_p50=9.9, price_worlds=500),
    limit_row("B.1", "floor", "NP", 0.1),
)
MADE = tables(rungs=RUNGS, limits=LIMITS)


CLOSED = LIMITS[0]["closed"]


def plain(text):
    return text.replace("\u00a0", " ")


def told(rung, made=MADE):
    return plain(" ".join(words.why_rung(CASE, made, rung, N)))


def test_headline_reads_the_rows():
    assert plain(words.headline(CASE, MADE, N)) == (
        "Part of the way on work, little beyond it. Both sides could carry step A.2 in 90 of 100 worlds, "
        "but step B.2 in 10 of 100."
    )


def test_headline_of_a_status_quo_nobody_accepts():
    made = tables(rungs=RUNGS, certainty=[{"share": 0.0}])
    assert "Not even today's steps" in words.headline(CASE, made, N)


def test_measures_outside_all_groups_come_last():
    assert [step.rung for step in words.steps(CASE, MADE["rungs"])] == [
        "A.2",
        "A.3",
        "B.1",
        "B.2",
        "C.1",
    ]


def test_edge_is_the_first_closed_rung_of_a_ladder():
    assert [step.rung for step in words.edge(CASE, MADE["rungs"])] == ["A.3", "B.1"]


def test_blockers_name_each_holder_and_the_firmest_stop():
    (told,) = words.blockers(CASE, MADE, N)
    firmest = f"step B.1, at the NV, in about {round(100 * 0.8 * CLOSED / N)} of 100 worlds."
    assert plain(told) == (
        f"The NP and the NV hold back 1 of the 2 steps at the edge each; firmest: {firmest}"
    )


def test_a_caveat_of_the_case_follows_the_blockers():
    case = dataclasses.replace(CASE, words={**CASE.words, "caveat_blockers": "One  side first."})
    assert words.blockers(case, MADE, N)[1:] == ["One side first."]


def test_a_rung_whose_price_was_not_found_has_none():
    made = tables(rungs=RUNGS, limits=[limit_row("A.3", "floor", "NP", 0.7, price_worlds=0)])
    assert "the step alone is too dear, no price found." in told("A.3", made)


def test_no_price_for_those_who_have_none():
    assert "points" not in told("B.1").split("it stops at the NV")[1].split(".")[0]
    assert "9.9" not in told("B.1")
    assert "We assume that a settlement without the consent of the NV does not last." in told("B.1")


def test_rare_prices_are_not_told():
    made = tables(rungs=RUNGS, limits=[limit_row("A.3", "floor", "NP", 0.7, price_worlds=49)])
    assert "too rarely to price" in told("A.3", made)


def test_why_tells_limits_in_order_with_denominators():
    text = told("A.3")
    floor = text.index("In this coding it stops at the NP alone in about 70 of 100 of the worlds")
    line = text.index(
        "The step crosses a red line of N in about 20 of 100 of the worlds in which it is closed"
    )
    assert floor < line
    assert "insisting on it costs 4.2 percent of depth in the middle of 100 worlds" in text


def test_why_tells_what_a_rung_needs():
    assert "It needs step A.2 (R1, S1.p2)." in told("B.2")
    assert "needs" not in told("B.1")
    assert "A red line covers it. Prose: the NP refuses it whatever is offered; nothing" in told(
        "A.3"
    )


def test_why_of_a_rung_in_place():
    assert told("A.1").startswith("Step A.1 (A.1): in place today; nobody is asked for the step.")


@pytest.mark.parametrize(
    ("share", "unsettled", "said"),
    [
        (
            0.61,
            0.0,
            "in about 61 of 100 worlds; that is, some package accepted by all holds it there.",
        ),
        (0.0, 0.0, "in no world drawn (0 of 1,000); no package accepted by all holds it."),
        (
            0.0,
            0.2,
            (
                "in at least 0 of 100 worlds (20 not settled); no package accepted by all was "
                "found that holds it."
            ),
        ),
    ],
)
def test_why_says_what_open_means_only_where_it_is(share, unsettled, said):
    made = tables(rungs=[rung_row("A.2", share, unsettled=unsettled)])
    assert told("A.2", made).startswith(
        f"Step A.2 (A.2): the step is open {said} Taken as a single step"
    )


def test_joint_limits_and_what_no_pair_opens():
    made = tables(
        rungs=RUNGS,
        closures=[
            {"rung": "A.3", "closed": 800, "tried": 100, "two": 0.3, "three": 0.0, "more": 0.1}
        ],
        joint=[
            {
                "rung": "A.3",
                "limit": "floor",
                "who": "NP",
                "other_limit": "floor",
                "other": "SP",
                "size": 2,
                "tried": 100,
                "share": 0.2,
            },
            {
                "rung": "A.3",
                "limit": "red line",
                "who": "R2",
                "other_limit": "floor",
                "other": "SP",
                "size": 2,
                "tried": 100,
                "share": 0.1,
            },
        ],
    )
    text = told("A.3", made)
    assert "In about 30 of 100 of its closed worlds tried two limits must both give" in text
    assert "most often the NP and the SP" in text
    assert "In about 10 of 100 of them no three limits suffice." in text


def reading(option, share, worlds=500, rung="A.2"):
    return {"switch": "Q", "option": option, "rung": rung, "share": share, "worlds": worlds}


@pytest.mark.parametrize(
    ("shares", "moves"),
    [
        ((0.80, 0.64), True),
        ((0.80, 0.70), False),
        ((0.46, 0.54), True),
        ((0.49, 0.51), False),
    ],
)
def test_a_reading_counts_from_fifteen_or_across_one_half(shares, moves):
    rows = [reading("so", shares[0]), reading("thus", shares[1])]
    made = tables(rungs=RUNGS, readings=rows)
    assert bool(words.moving(made["readings"], "A.2")) == moves
    sentence = told("A.2", made)
    assert ("worlds on the reading “it is so” (as S1)" in sentence) == moves
    assert ("The disputed readings do not change this." in sentence) != moves


def test_a_reading_never_drawn_says_nothing():
    made = tables(rungs=RUNGS, readings=[reading("so", 0.8), reading("thus", float("nan"), 0)])
    assert words.moving(made["readings"], "A.2") == []


def test_package_names_the_largest_gains_and_empty_groups():
    rows = [
        {"package": "balanced", "measure": m, "rung": r, "new": new, "gain": gain, "certainty": 0.8}
        for m, r, new, gain in (("A", "A.3", True, 9.0), ("B", "", False, 0), ("C", "C.1", True, 2))
    ]
    made = tables(rungs=RUNGS, packages=rows)
    assert plain(words.package(CASE, made["packages"])) == (
        "One package is accepted in at least 80 of 100 worlds and moves 2 of 3 ladders, 3 of 5 "
        "steps, up to step A.3 and step C.1; untouched: talk."
    )
    assert "found no package" in words.package(CASE, MADE["packages"])


def test_valley():
    row = {"rung": "A.2", "later": "A.3", "share_alone": 0.1, "later_alone": 0.3, "share": 0.2}
    made = tables(rungs=RUNGS, valleys=[row])
    assert "The harder step comes first: 10 of 100 worlds for step A.2," in told("A.3", made)
    assert "harder" not in told("B.1", made)


def test_domain_room_is_over_today():
    rows = [
        {"domain": "X", "today": 10.0, "p50": 50.0},
        {"domain": "Y", "today": 60.0, "p50": 70.0},
        {"domain": "all", "today": 0.0, "p50": 99.0},
    ]
    made = tables(domains=rows)
    assert words.domain(CASE, made["domains"]) == "Most room in work, least in talk."


def test_package_sentences():
    assert plain(words.package_verdict(0.61, N, ["a", "b"])) == (
        "A and b: accepted in about 61 of 100 worlds."
    )
    assert plain(words.package_verdict(1.0, N, [])) == (
        "The status quo is accepted in all 1,000 worlds drawn."
    )
    stop = words.package_stops("the NP", "floor", 0.39, (0.5, 0.7, 0.9), N, over=" over step A.3")
    assert plain(stop) == (
        "It stops at the NP over step A.3 in about 39 of 100: that step is too dear, 0.7 points "
        "short (0.5 to 0.9 in the middle half)."
    )
    trouble = words.package_trouble([("a", 0.9), ("b", 0.61), ("c", 0.5)], 0.61, N)
    assert plain(trouble) == "Without a it is accepted in 90 of 100."
    assert "No single step" in words.package_trouble([("a", 0.61)], 0.61, N)
