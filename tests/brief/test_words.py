"""Sentences of the brief, the odd forms included."""

from __future__ import annotations

import pytest

from winset.words.brief import closing, first, ladder, package, rests, shared, stops
from winset.words.brief.ladder import Tally
from winset.words.brief.package import Offer
from winset.words.brief.stops import Stopper

NB = "\u00a0"
GAIN = (
    "The dam is unopposed as a single step in 40 of 100 worlds and accepted in 90 of 100 as part "
    "of a wider package"
)
WAY = "so."


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally("", 0, 0, 0), "Every ladder already stands at its top"),
        (Tally("", 5, 0, 5), "Every one of 5 steps beyond today is open in most worlds"),
        (Tally("", 0, 4, 4), "None of 4 steps beyond today is open in more than a few worlds"),
        (
            Tally("", 34, 37, 109),
            "34 of 109 steps beyond today are open in most worlds, 37 in few or almost none",
        ),
        (
            Tally("", 1, 0, 3),
            "1 of 3 steps beyond today is open in most worlds; each of the rest in more than a few",
        ),
        (
            Tally("", 0, 2, 3),
            "None of 3 steps beyond today is open in most worlds, 2 in few or almost none",
        ),
    ],
)
def test_ladder_heading(tally: Tally, told: str) -> None:
    assert ladder.ladder_heading(tally).replace(NB, " ") == told


def test_tally_counts_the_outer_bands() -> None:
    found = ladder.tally("", [0.0, 0.2, 0.249, 0.25, 0.74, 0.75, 0.96, 1.0])
    assert (found.most, found.few, found.total) == (3, 3, 8)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ([], "Nothing lies above today on any ladder"),
        ([Tally("Dams", 0, 0, 0)], "Nothing lies above today on any ladder"),
        (
            [Tally("the dams", 2, 0, 2), Tally("claims", 0, 3, 3)],
            "The dams: all 2 further steps open in most worlds; claims: none of 3",
        ),
    ],
)
def test_ladder_title(groups: list[Tally], told: str) -> None:
    assert ladder.ladder_title(groups) == told


MAYOR = Stopper("the mayor", 6, "floor", person=True)
UNION = Stopper("the union", 6, "threshold", person=True)
CEILING = Stopper("the old ceiling", 7, "ceiling", person=False)
SCOPE = Stopper("scope too wide", 7, "scope", person=False)


@pytest.mark.parametrize(
    ("stoppers", "edge", "told"),
    [
        ([], 0, "No ladder has a next step that is closed in half of the worlds"),
        ([], 3, "What closes the 3 steps at the edge was not settled"),
        ([MAYOR], 21, "Of 21 steps at the edge, 6 stop at the mayor, more than anywhere else"),
        ([MAYOR, UNION], 21, "Of 21 steps at the edge, 6 each stop at the mayor and the union"),
        ([MAYOR], 1, "The one step at the edge stops at the mayor"),
        (
            [CEILING, MAYOR],
            21,
            "No one refuses first: of 21 steps at the edge, 7 stop at the old ceiling",
        ),
        (
            [SCOPE],
            7,
            "No one refuses first: of 7 steps at the edge, 7 stop at the width all sides bear",
        ),
    ],
)
def test_stops_heading(stoppers: list[Stopper], edge: int, told: str) -> None:
    assert stops.stops_heading(stoppers, edge).replace(NB, " ") == told


def test_stops_title_names_the_three_strongest_and_their_main_limit() -> None:
    one = Stopper("the council", 1, "floor", person=True)
    assert stops.stops_title([CEILING, MAYOR, one, UNION]).replace(NB, " ") == (
        "The old ceiling: 7 steps; the mayor and the union: 6 steps each; "
        "the council: 1 step, because the step costs too much"
    )
    assert stops.stops_title([]) == "Nothing at the edge is stopped by one limit alone"


def test_only_in_package() -> None:
    told = ladder.only_in_package("the live feed", 0.9, 0.4, 10_000)
    assert told.replace(NB, " ") == (
        "The live feed: open in 90 of 100 worlds inside a package, unopposed as a single step in 40 of 100."
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "No step gains 10 of 100 worlds by standing in a package rather than alone."),
        (
            1,
            f"{GAIN}; 1 of 9 gains {WAY}",
        ),
        (
            4,
            f"{GAIN}; 4 of 9 gain {WAY}",
        ),
    ],
)
def test_carried_by_packages(count: int, told: str) -> None:
    found = first.carried_by_packages(count, 9, "the dam", 0.9, 0.4, 10_000)
    assert found.replace(NB, " ") == told


def test_basis_heading_and_title() -> None:
    assert (
        rests.basis_heading({"S": 0, "A": 0}, "the letters") == "No value of this case is uncertain"
    )
    assert rests.basis_heading({"S": 2, "A": 1200}, "the two letters") == (
        "1,200 of 1,202 uncertain values are our assumptions; the two letters give directions, "
        "never sizes"
    )
    assert rests.basis_heading({"A": 1}) == "1 of 1 uncertain values is an assumption"
    assert rests.basis_title([]) == "Nothing is uncertain"
    assert rests.basis_title([("weights", 1, 2), ("effects", 2, 4)]) == (
        "Every kind of value is assumed to the same degree"
    )
    assert rests.basis_title([("weights", 1, 2), ("effects", 3, 4)]) == (
        "Most assumed: effects, 3 of 4; least assumed: weights, 1 of 2"
    )
    assert rests.basis_title([("weights", 1, 2), ("effects", 4, 4), ("lags", 2, 2)]) == (
        "Assumed throughout: effects; lags; least assumed: weights, 1 of 2"
    )


def test_sources_heading() -> None:
    assert closing.sources_heading(0, 0, "essays") == "No source is named for this case"
    assert (
        closing.sources_heading(1, 9, "essays")
        == "One source, 9 numbered passages, is what this rests on"
    )
    assert closing.sources_heading(3, 76, "essays") == (
        "Three essays, 76 numbered passages, are what this rests on"
    )


def test_alternative_text_names_highest_and_lowest() -> None:
    told = first.room_alt("Most room in works", [("Works", 61.6), ("Past", 9.4)])
    assert told.endswith("Highest: Works, 62 percent; lowest: Past, 9 percent. Table follows.")
    assert first.room_alt("Nothing", []).endswith("No domain to show.")


def test_consent_without_a_price_says_what_it_would_require() -> None:
    assert stops.consent_row("families", ["the apology", "the settlement"]) == (
        "Families: we assume that a settlement without their consent does not last. "
        "Steps that touch them: the apology and the settlement."
    )
    assert stops.consent_row("families", []).endswith("Steps that touch them: none coded.")


SAFE = Offer("safe", 0.95, 4, 21.0)
BALANCED = Offer("balanced", 0.8, 10, 37.4)
STRETCH = Offer("stretch", 0.5, 20, 57.7)
THREE = (
    "Three packages to act on move 4, 10 or 20 ladders, accepted in at least 95, 80 or 50 of "
    "100 worlds"
)
TWO = "Two packages to act on move 4 or 4 ladders, accepted in at least 95 or 50 of 100 worlds"
DEEPER = (
    "Certainty costs depth: the safe package reaches 21 percent of the ladders (today 7), the stretch "
    "package 58"
)
NOTHING = Offer("safe", 0.95, 0, 7.0)


@pytest.mark.parametrize(
    ("offers", "heading", "title"),
    [
        (
            [],
            "The search found no package beyond today that stands in many worlds",
            "No package beyond today to draw",
        ),
        (
            [NOTHING],
            "The search found no package beyond today that stands in many worlds",
            "No package beyond today to draw",
        ),
        (
            [NOTHING, Offer("stretch", 0.5, 1, 9.0)],
            "One package to act on moves 1 ladder, accepted in at least 50 of 100 worlds",
            "The stretch package reaches 9 percent (today 7)",
        ),
        (
            [SAFE, BALANCED, STRETCH],
            THREE,
            DEEPER,
        ),
        (
            [SAFE, Offer("balanced", 0.8, 4, 21.0), Offer("stretch", 0.5, 4, 21.0)],
            "One package to act on moves 4 ladders, accepted in at least 95 of 100 worlds",
            "The safe package reaches 21 percent (today 7)",
        ),
        (
            [SAFE, Offer("stretch", 0.5, 4, 21.2)],
            TWO,
            "Certainty costs no depth here: every package reaches 21 percent (today 7)",
        ),
    ],
)
def test_offers(offers: list[Offer], heading: str, title: str) -> None:
    assert package.offers_heading(offers).replace(NB, " ") == heading
    assert package.certainty_title(offers, 7.3) == title


def test_alternative_text_of_the_certainty_figure() -> None:
    assert package.curve_alt("A title", [SAFE, STRETCH]) == (
        "Line of depth against certainty. A title. Safe, 95 of 100 worlds, 21 percent; stretch, "
        "50 of 100 worlds, 58 percent. Table follows."
    )


def test_shares_of_a_hundred_keep_their_denominator() -> None:
    shown = [shared.of_100(share, 2000) for share in (0.0, 0.0005, 0.9, 1.0)]
    assert [text.replace(NB, " ") for text in shown] == [
        "0 of 100",
        "fewer than 1 of 100",
        "90 of 100",
        "100 of 100",
    ]


def test_a_heading_contrasts_groups_only_where_they_differ() -> None:
    far, near = Tally("the dam", 9, 0, 10), Tally("the gauges", 1, 5, 10)
    assert ladder.contrast_heading([far, near]).replace(NB, " ") == (
        "Open in at least 75 of 100 worlds: 9 of 10 steps on the dam, 1 of 10 on the gauges"
    )
    assert ladder.contrast_heading([far, far]) == ""
    assert ladder.contrast_heading([far]) == ""


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], "Nothing lies above today on any ladder"),
        ([("the dam", 0.4)], "No step is closed in nearly all worlds; least open is the dam"),
        ([("a", 0.01), ("b", 0.0)], "Open in almost no world: a and b"),
        (
            [(name, 0.0) for name in "abcde"],
            "Open in almost no world: a, b, c and two more",
        ),
    ],
)
def test_closed_title(steps: list[tuple[str, float]], told: str) -> None:
    assert ladder.closed_title(steps) == told


def test_one_package_names_its_largest_steps_and_what_it_leaves() -> None:
    told = first.one_package(0.8, ["the dam", "the drill"], 5, ["the past"]).replace(NB, " ")
    assert told == (
        "One package is accepted in at least 80 of 100 worlds: the dam, the drill and a step on "
        "three more ladders; none on the past."
    )
    assert first.one_package(0.8, ["the dam"], 1, []).endswith("worlds: the dam.")
    assert first.between(1) == "One more reading lies between."
