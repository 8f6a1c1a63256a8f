"""Conditions in words, and who stands behind a red line."""

from __future__ import annotations

import pytest

import winset
from winset.case.condition import parse_condition
from winset.words import holders
from winset.words.conditions import in_words

CASE = winset.load("trilateral-2022")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("D3.3", "a yearly anti-submarine series"),
        ("H2.2 held 2", "a Korean-led solution with claimant consent held for 2 quarters"),
        ("H2.2 held 1", "a Korean-led solution with claimant consent held for 1 quarter"),
        ("consents(KR-PRES)", "the consent of Seoul's presidency"),
        ("support(KR-PUB)", "the support of the South Korean public"),
        ("threat(PRC) >= 2.5", "a felt threat from Beijing of at least 2.5"),
        (
            "threat(PRC) >= r1_level",
            "a felt threat from Beijing of at least 2 (1 to 4; our assumption)",
        ),
        ("attitude(PRC) <= 0", "an attitude of Beijing of at most 0"),
        ("state(pace) >= fast", "pace set to at least “fast”"),
        ("flag(jp_law)", "“jp_law” in force"),
        ("venue(PIC)", "a venue in “PIC”"),
        ("shock(X4)", "Beijing's pressure on Taiwan"),
        ("not shock(X4)", "the absence of Beijing's pressure on Taiwan"),
        (
            "support(KR-PUB) or support(JP-PUB)",
            "the support of the South Korean public or the support of the Japanese public",
        ),
        (
            "(shock(X4) or shock(X16)) and flag(jp_law)",
            "either Beijing's pressure on Taiwan or a US-China armed conflict and “jp_law” in force",
        ),
        (
            "2 of (D3.3, shock(X4), flag(jp_law))",
            (
                "two of a yearly anti-submarine series, Beijing's pressure on Taiwan and "
                "“jp_law” in force"
            ),
        ),
    ],
)
def test_every_form_has_words(written: str, said: str) -> None:
    assert in_words(CASE, parse_condition(written)) == said


def test_every_condition_of_the_bundled_cases_is_said_without_its_grammar() -> None:
    for name in ("trilateral-2022", "shared-canal"):
        case = winset.load(name)
        for rule in case.rules:
            if rule.condition is not None:
                said = in_words(case, rule.condition)
                assert not {">=", "<=", "shock(", "support(", "threat("} & set(said.split())
                assert "(X" not in said


class TestRedLines:
    def test_one_side(self) -> None:
        assert holders.red_line(CASE, "R9") == "a red line of Seoul"

    def test_two_sides_and_outsiders(self) -> None:
        assert holders.red_line(CASE, "R6") == "a red line of Tokyo and Seoul"
        assert holders.red_line(CASE, "R7") == "a red line of Beijing"

    def test_unknown(self) -> None:
        assert holders.red_line(CASE, "nothing") == "a red line"

    def test_said_with_what_lifts_it(self) -> None:
        rules = {rule.id: rule for rule in CASE.rules}
        assert holders.red_line_said(CASE, rules["R2"]) == (
            "No alliance with Japan over unsolved issues: Seoul's presidency, the South Korean "
            "public and Seoul's opposition refuse it whatever is offered; it lifts only with a "
            "comprehensive settlement backed by both legislatures"
        )
        assert holders.red_line_said(CASE, rules["R10"]).endswith(
            "refuses it whatever is offered; nothing lifts it here"
        )
