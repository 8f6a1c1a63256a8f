"""The rules of wording and respect, as a list that is checked."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tests.brief import synthetic
from winset.brief import Document, compose, text
from winset.brief.document import Bullets, DataTable, Findings, Fold, Paragraph, Traces, every_block
from winset.brief.facts import from_reach
from winset.brief.runs import plain
from winset.case.model import Case
from winset.words.phrases import WORLD, band

FORBIDDEN = (
    "will", "likely", "unlikely", "expect", "expected", "optimal", "optimum", "proves", "prove",
    "forces us", "forced to", "probability", "probable", "forecast", "predict", "best country",
    "rational", "irrational", "stubborn", "unreasonable", "weak government", "winner", "loser",
    "score of", "rank", "lobby", "p-value", "significant",
)  # fmt: skip


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_sentence_of_the_brief_uses_a_forbidden_word(document: Document, word: str) -> None:
    found = re.findall(
        rf"[^\n]*\b{word}\b[^\n]*", text.render(document, width=10_000), re.IGNORECASE
    )
    assert found == []


def test_shares_are_whole_numbers_that_no_line_breaks(document: Document) -> None:
    told = text.render(document, appendix=True, width=10_000)
    assert not re.search(r"\d\.\d+ of 100", told)
    assert "%" not in told
    for block in every_block(document):
        if isinstance(block, Findings):
            for item in block.items:
                assert not re.search(r"\d of 100|\d of \d+ worlds", plain(item.runs))


def test_what_a_world_is_stands_right_under_the_lead(document: Document) -> None:
    note = document.first[0]
    assert isinstance(note, Paragraph)
    assert note.role == "note"
    assert plain(note.runs) == WORLD


def test_the_first_screen_is_short(document: Document) -> None:
    findings = next(block for block in every_block(document) if isinstance(block, Findings))
    assert len(findings.items) == 5
    said = " ".join(plain(item.runs) for item in findings.items)
    assert len(said.replace("\u00a0", "_").split()) <= 130


def test_limits_are_at_most_eight_sentences(document: Document) -> None:
    section = next(section for section in document.sections if section.id == "limits")
    bullets = next(block for block in section.blocks if isinstance(block, Bullets))
    assert 1 <= len(bullets.items) <= 8


def test_heading_of_the_ladder_is_counted_from_its_table(trilateral: Case) -> None:
    answer = synthetic.answer(trilateral)
    rows = [row for row in answer.table("rungs").rows() if not row["status_quo"]]
    most = {
        group.id: sum(
            band(row["share_open"]).index >= 4 for row in rows if row["group"] == group.id
        )
        for group in trilateral.groups
    }
    sections = {section.id: section for section in compose(trilateral, answer).sections}
    heading = sections["ladder"].title.replace("\u00a0", " ")
    named = re.search(r"most worlds: (\d+) of \d+ steps on .*, (\d+) of", heading)
    if named is None:
        assert heading.startswith(f"{sum(most.values())} of {len(rows)} steps")
    else:
        assert {int(found) for found in named.groups()} <= {*most.values()}


def with_asked_families(river: Case) -> Case:
    """The river where families who are never priced stop a step, and a price was computed."""
    every = river.constituency["MAYOR"].asked_for
    people = tuple(
        dataclasses.replace(item, asked_for=every) if item.id == "DISPLACED" else item
        for item in river.constituencies
    )
    return dataclasses.replace(river, constituencies=people)


def test_consent_that_has_no_price_gets_none(river: Case) -> None:
    case = with_asked_families(river)
    answer = synthetic.answer(case, share=lambda *_: 0.1)
    limits = [row for row in answer.table("limits").rows() if row["who"] == "DISPLACED"]
    assert any(row["price_p50"] for row in limits), "the table itself holds a price"
    made = compose(case, answer)
    twin = next(
        block
        for block in every_block(made)
        if isinstance(block, DataTable) and block.id == "table-stops"
    )
    own = [row for row in twin.rows if "families" in plain(row[1])]
    assert own
    assert {plain(row[-1]) for row in own} == {"no price: consent"}
    others = [plain(row[-1]) for row in twin.rows if "mayor" in plain(row[1])]
    assert any("points" in price for price in others)
    notes = next(block for block in every_block(made) if isinstance(block, Traces)).notes
    lines = [
        plain(runs) for note in notes for _, _, runs in note.lines if "families" in plain(runs)
    ]
    assert lines
    assert not any("points" in line for line in lines if "opens alone" in line)


def test_whoever_is_unheard_is_named_beside_what_consent_would_require(river: Case) -> None:
    made = text.render(compose(river, synthetic.answer(river)), width=10_000)
    start = made.index("Consent of the displaced families")
    said = made[start : start + 400]
    assert (
        "we assume that a settlement without their consent does not last. Steps that touch" in said
    )
    assert "The displaced families speak in neither letter." in said


def test_both_readings_stand_in_the_order_of_the_case_and_in_one_shape(river: Case) -> None:
    answer = synthetic.answer(river, share=lambda *_: 0.4, lean=0.2)
    facts = from_reach(river, answer)
    assert [option.id for option in river.switches[0].options] == ["first", "beside"]
    document = compose(river, answer)
    section = next(section for section in document.sections if section.id == "rests")
    fold = next(b for b in section.blocks if isinstance(b, Fold) and b.id == "disputes")
    bullets = fold.blocks[0]
    assert isinstance(bullets, Bullets)
    told = plain(bullets.items[0])
    assert told == (
        "Does the past come first? it comes first: the past has to be settled first (Avon ¶1); "
        "or it runs beside: the past runs beside the works (Brook ¶1)."
    )
    sentence = plain(
        next(b for b in every_block(document) if isinstance(b, Findings)).items[3].runs
    )
    assert sentence.index("as Avon") < sentence.index("as Brook")
    assert facts.readings


def test_a_step_too_rarely_held_is_not_priced(river: Case) -> None:
    told = text.render(compose(river, synthetic.answer(river, worlds=40)), width=10_000)
    assert "too rarely to price" in told
    assert "points short" not in told
