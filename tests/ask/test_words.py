"""The grammar: golden sentences, and the odd cases in which a pattern changes its form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.words import phrases as words
from winset.words.phrases import NB, Step, Stop
from winset.words.readings import Side, two_readings

N = 2000
THREE = ("Washington", "Tokyo", "Seoul")
TITLES = {"core": "the harbour", "carrier": "history", "beyond": "the bay: what lies outside"}


def plain(text: str) -> str:
    return text.replace(NB, " ")


def step(rung, share, *, role="core", gain=1.0, unsettled=0.0):
    return Step(rung, f"step {rung}", role, role, share, gain, unsettled)


def lead(steps, *, parties=THREE, n=N):
    told = words.lead(steps, parties=parties, titles=TITLES, noun="governments", n=n)
    return plain(told)


class TestShares:
    @pytest.mark.parametrize(
        ("share", "shown"),
        [
            (0.0, "0"),
            (1 / 2000, "<1"),
            (0.0045, "<1"),
            (0.005, "1"),
            (0.175, "18"),
            (0.9945, "99"),
            (0.995, ">99"),
            (1999 / 2000, ">99"),
            (1.0, "100"),
        ],
    )
    def test_whole_numbers_of_a_hundred(self, share, shown):
        assert words.of_hundred(share, N) == shown

    @given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_nought_and_hundred_only_where_true(self, counted):
        count, n = counted
        shown = words.of_hundred(count / n, n)
        assert (shown == "0") == (count == 0)
        assert (shown == "100") == (count == n)
        assert " " not in words.count_phrase(count / n, n)

    def test_phrases(self):
        assert words.share_phrase(0.905, N) == f"in{NB}91{NB}of{NB}100{NB}worlds"
        assert plain(words.share_phrase(0.905, N, first=False)) == "in 91 of 100"
        assert plain(words.share_phrase(0.0, N)) == "in no world drawn (0 of 2,000)"
        assert plain(words.share_phrase(1.0, N)) == "in all 2,000 worlds drawn"
        assert plain(words.share_phrase(0.001, N)) == "in fewer than 1 of 100 worlds"
        assert plain(words.share_phrase(0.999, N, first=False)) == "in more than 99 of 100"
        gap = words.share_phrase(0.81, N, unsettled=0.02)
        assert plain(gap) == "in at least 81 of 100 worlds (2 not settled)"
        assert plain(words.share_phrase(0.0, 0)) == "in no world tried"

    def test_about_where_two_errors_exceed_two(self):
        assert words.two_errors(0.5, 2000) == pytest.approx(2.236, abs=1e-3)
        assert plain(words.count_phrase(0.5, 2000)) == "about 50 of 100"
        assert plain(words.count_phrase(0.5, 2600)) == "50 of 100"
        assert plain(words.count_phrase(0.9, 200)) == "about 90 of 100"

    @pytest.mark.parametrize(
        ("share", "index", "word"),
        [
            (0.0, 0, "almost none"),
            (0.0449, 0, "almost none"),
            (0.046, 0, "about one in twenty"),
            (0.05, 1, "few"),
            (0.246, 1, "about a quarter"),
            (0.25, 2, "fewer than half"),
            (0.4951, 2, "about half"),
            (0.5, 3, "more than half"),
            (0.75, 4, "most"),
            (0.949, 4, "most"),
            (0.95, 5, "nearly all"),
            (1.0, 5, "nearly all"),
        ],
    )
    def test_six_bands(self, share, index, word):
        band = words.band(share)
        assert (band.index, band.word) == (index, word)
        assert band.fill == words.BAND_FILLS[index]
        assert band.dark == (index >= 4)


class TestPrices:
    def test_price(self):
        told = words.price_phrase(0.6, 1.2, 2.0, worlds=120)
        assert plain(told) == "1.2 points short (0.6 to 2.0 in the middle half)"
        assert f"1.2{NB}points{NB}short" in told

    def test_rare_and_small(self):
        assert words.price_phrase(0.0, 0.0, 0.0, worlds=0) == "no price found"
        assert words.price_phrase(0.6, 1.2, 2.0, worlds=49) == "too rarely to price"
        assert plain(words.price_phrase(0.01, 0.04, 0.06)) == (
            "under 0.1 points short (under 0.1 to 0.1 in the middle half)"
        )
        assert plain(words.price_phrase(1.0, 1.0, 1.0)) == "1.0 points short"


def test_names():
    assert words.join_names([]) == ""
    assert words.join_names(["a"]) == "a"
    assert words.join_names(["a", "b"]) == "a and b"
    assert words.join_names(["a", "b", "c"], last="or") == "a, b or c"
    assert words.everyone(THREE, "governments") == "All three governments"
    assert words.everyone(THREE[:2], "governments") == "Both governments"
    assert words.everyone(["the council"], "governments") == "The council"


class TestLead:
    def test_far_here_and_not_there(self):
        told = lead(
            [
                step("D1.2", 0.97),
                step("D1.4", 0.92, gain=3),
                step("H1.1", 0.1, role="carrier"),
                step("T1.1", 0.3, role="beyond"),
                step("T1.3", 0.07, role="beyond"),
            ]
        )
        assert told == (
            "Far on the harbour, little beyond it. All three governments could carry "
            "step D1.4 in 92 of 100 worlds, but step T1.3 in 7 of 100."
        )

    def test_equal_verdicts_are_told_once(self):
        told = lead([step("A1", 0.8), step("B1", 0.76, role="beyond")])
        assert told == (
            "Far on the harbour and the bay. All three governments could carry step A1 in 80 of "
            "100 worlds, and step B1 in 76 of 100."
        )

    def test_of_equally_deep_rungs_the_harder_is_told(self):
        told = lead([step("A1", 0.99), step("A2", 0.8), step("B1", 0.1, role="beyond")])
        assert "step A2 in 80 of 100" in told

    def test_nothing_open(self):
        told = lead([step("A1", 0.0), step("B1", 0.0, role="beyond")])
        assert told == (
            "Not beyond where it stands: all three governments could carry no further step in any "
            "of the 2,000 worlds drawn."
        )

    def test_nothing_open_but_unsettled_is_not_nothing(self):
        told = lead([step("A1", 0.0, unsettled=0.5)])
        assert "Not beyond" not in told
        assert "50 not settled" in told

    def test_everything_open(self):
        told = lead([step("A1", 0.99), step("B1", 0.96, role="beyond")])
        assert told.startswith("As far as the ladders go: all three governments could carry every")
        assert "step B1, in 96 of 100 worlds" in told

    def test_nothing_on_offer(self):
        assert "already stands at its top" in lead([])

    def test_no_rung_in_most_worlds(self):
        told = lead([step("A1", 0.4), step("A2", 0.02)])
        assert told == (
            "Not far on the harbour. No step is open in most worlds; the most open is step A1, in "
            "about 40 of 100 worlds."
        )

    def test_ties_take_the_first_in_the_order_of_the_ladder(self):
        told = lead([step("A1", 0.8), step("A2", 0.8), step("B1", 0.1), step("B2", 0.1)])
        assert "step A1 in 80 of 100 worlds, but step B1 in 10 of 100" in told

    def test_unsettled_worlds_make_a_lower_bound(self):
        told = lead([step("A1", 0.81, unsettled=0.02), step("B1", 0.1, role="beyond")])
        assert "step A1 in at least 81 of 100 worlds (2 not settled)" in told

    @pytest.mark.parametrize(
        ("core", "beyond", "told"),
        [
            (0.9, 0.6, "Far on the harbour, part of the way on the bay."),
            (0.9, 0.49, "Far on the harbour, little beyond it."),
            (0.6, 0.0, "Part of the way on the harbour, little beyond it."),
            (0.6, 0.55, "Part of the way on the harbour and the bay."),
            (0.3, 0.1, "Not far on the harbour and the bay."),
            (0.3, 0.6, "Not far on the harbour, part of the way on the bay."),
            (None, 0.1, "Not far on the bay."),
        ],
    )
    def test_verdict_comes_from_bands(self, core, beyond, told):
        steps = [step("B1", beyond, role="beyond")]
        steps += [step("A1", core)] if core is not None else []
        assert words.verdict(steps, TITLES) == told

    def test_rungs_of_the_package_put_forward_come_first(self):
        offered = Step("A1", "step A1", "core", "core", 0.8, 1.0, offered=True)
        rest = [step("A2", 0.9, gain=9.0), step("B1", 0.1, role="beyond")]
        assert "could carry step A1 in 80 of 100 worlds" in lead([offered, *rest])
        assert "could carry step A2" in lead([step("A1", 0.8), *rest])

    def test_one_party(self):
        told = lead([step("A1", 0.9), step("B1", 0.1)], parties=["the council"])
        assert "The council could carry step A1" in told

    def test_a_single_rung(self):
        assert lead([step("A1", 0.9)]).endswith("could carry step A1 in 90 of 100 worlds.")

    def test_no_feasible_package(self):
        told = "Not even today's steps can be carried by all in any of the 2,000 worlds drawn"
        assert words.infeasible([], N) == f"{told}."
        assert words.infeasible(["Seoul", "Tokyo"], N) == f"{told}; they stop at Seoul and Tokyo."

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([0.0, 0.02, 0.2, 0.3, 0.6, 0.8, 0.96, 1.0]),
                st.sampled_from(["core", "carrier", "beyond"]),
            ),
            max_size=6,
        )
    )
    def test_always_a_sentence_without_forbidden_verbs(self, rows):
        told = lead([step(f"R{i}", share, role=role) for i, (share, role) in enumerate(rows)])
        assert told.endswith(".")
        assert not any(
            verb in told for verb in ("will", "likely", "expect", "optimal", "prove", "force")
        )


class TestPackage:
    def test_patterns(self):
        climb = words.Climb(24, 31, 68, 109, ("a joint dam", "history"))
        assert plain(words.package(0.8, ["a", "b", "c", "d"], climb)) == (
            "One package is accepted in at least 80 of 100 worlds and moves 24 of 31 ladders, 68 of "
            "109 steps, among them a, b, c and d; untouched: a joint dam and history."
        )
        assert plain(words.package(0.5, ["a"], words.Climb(1, 1, 1, 1))).endswith(
            "100 worlds and moves 1 of 1 ladder, 1 of 1 step, up to a."
        )
        assert "found no package" in words.package(0.8, [], words.Climb(0, 2, 0, 3))


class TestBlockers:
    STOP = Stop("Seoul's presidency", "floor", "the talks", 0.5, 1800, "2.1 points short")

    def told(self, held, edge, n=2000):
        return plain(words.blockers(held, edge=edge, firmest=self.STOP, n=n))

    def test_ties_are_named_together(self):
        held = [("Seoul's presidency", 5), ("a red line", 3), ("Tokyo", 1), ("Congress", 1)]
        assert self.told(held, 10, 2600) == (
            "Seoul's presidency holds back 5 of the 10 steps at the edge, a red line 3, Tokyo and "
            "Congress 1 each; firmest: the talks, at Seoul's presidency, in 35 of 100 worlds."
        )

    def test_a_tie_at_the_top(self):
        assert self.told([("a", 2), ("b", 2)], 4).startswith(
            "A and b hold back 2 of the 4 steps at the edge each; firmest: the talks"
        )

    def test_a_single_step(self):
        assert self.told([("the mayor", 1)], 1) == (
            "The mayor holds back the only step at the edge, the talks, in about 45 of 100 worlds."
        )

    @pytest.mark.parametrize(
        ("limit", "told"),
        [
            ("scope", "is wider than all sides bear"),
            ("ceiling", "stops at old quarrels"),
            ("prerequisite", "has to wait for another"),
            ("conflict", "is excluded by another"),
            ("red line", "crosses old quarrels"),
        ],
    )
    def test_what_holds_without_an_owner(self, limit, told):
        stop = Stop("old quarrels", limit, "patrols", 0.5, 10)
        assert words.structure(stop) == f"the step {told}"
        assert words.structure(stop, subject="one of its steps") == f"one of its steps {told}"

    def test_together(self):
        assert words.joint_blocker(["A", "B"], "x") == "For x, A and B must both give."
        assert words.joint_blocker(["A", "B", "C"], "x") == "For x, A, B and C must all give."


NOUNS = (("the drill", "the Diet"), ("drills and visits", "those who gain from quarrels"))


@pytest.mark.parametrize(("rung", "who"), NOUNS)
def test_no_verb_depends_on_the_number_of_a_noun(rung, who):
    """Put next to a noun of the case, every verb fits one and many."""
    told = [
        words.joint_blocker([who, "B"], rung),
        words.valley(rung, 0.1, rung, 0.3, N),
        two_readings(rung, [Side("weak", (), 0.3, 100)]),
        words.infeasible([who], N),
        lead([Step("A.1", rung, "core", "core", 0.9, 1.0)]),
        lead([Step("A.1", rung, "core", "core", 0.4, 1.0)]),
    ]
    agreeing = r"(?:is|are|has|have|was|were|does|do|stops?|holds?|opens?|refuses?|follows?)"
    for sentence in told:
        for noun in (rung, who):
            found = re.search(rf"{noun} {agreeing}\b", plain(sentence), re.IGNORECASE)
            assert not found, sentence


class TestReadings:
    def test_two(self):
        sides = [Side("threat weak", ("Smith",), 0.31, 1000), Side("threat strong", (), 0.6, 1000)]
        assert plain(two_readings("the drill", sides)) == (
            "The drill: open in about 31 of 100 worlds on the reading “threat weak” (as Smith); in "
            "about 60 of 100 on “threat strong”. Each reading is shown."
        )

    @pytest.mark.parametrize(
        ("authors", "disagree"),
        [
            ((("Smith",), ("Klinck",)), True),
            ((("Smith",), ("Smith",)), False),
            ((("Smith", "Klinck"), ("Klinck",)), False),
            ((("Smith",), ()), False),
            ((("Smith",), ("Smith",), ("Klinck",)), True),
        ],
    )
    def test_disagreement_takes_two_authors(self, authors, disagree):
        sides = [Side(f"side {names}", names, 0.5, 100) for names in authors]
        told = two_readings("the drill", sides)
        assert ("The authors named disagree" in told) == disagree
        same = len({*authors}) == 1
        assert ("The same text allows both." in told) == same
        assert ("Each reading is shown." in told) == (not disagree and not same)

    def test_none(self):
        assert two_readings("x", ()) == "The disputed readings do not change this."


def test_firmness_and_domain_and_others():
    assert words.firmness(560, 1000, sources="the essays") == (
        "The essays give directions, never sizes: about three in five values here are assumptions, "
        "varied over wide ranges."
    )
    assert "3 of 1,000 uncertain values" in words.firmness(3, 1000, sources="x")
    assert words.firmness(1, 2, sources="") == (
        "About half of the values here are assumptions, varied over wide ranges."
    )
    assert "about three in four values" in words.firmness(76, 100, sources="x")
    assert "97 of 100 uncertain values" in words.firmness(97, 100, sources="x")
    assert words.firmness(0, 0, sources="x") == "No value of this case is uncertain."
    assert words.domain([("defence", 60), ("Taiwan", 10)]) == (
        "Most room in defence, least in Taiwan."
    )
    assert words.domain([("a", 60), ("b", 60.3), ("c", 10)]) == "Most room in a and b, least in c."
    assert words.domain([("a", 19.9), ("b", 10)]) == "Room is even across domains."
    assert words.domain([]) == ""
    assert plain(words.valley("announcing", 0.06, "deploying", 0.22, N)) == (
        "The harder step comes first: 6 of 100 worlds for announcing, 22 of 100 for deploying, a "
        "later step of the same ladder."
    )
