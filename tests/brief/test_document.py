"""Sentences as runs, first uses of words, and the outline."""

from __future__ import annotations

import pytest

from winset.brief import Document, outline
from winset.brief.document import Bullets, Fold, Paragraph, Section, every_block
from winset.brief.glossary import mark
from winset.brief.runs import Number, Strong, Term, Text, enumerate_runs, plain, say
from winset.brief.sections import common
from winset.words.brief.glossary import GLOSSARY
from winset.words.brief.shared import long_date


def test_say_fills_a_pattern_with_words_and_numbers() -> None:
    share = Number("83 of 100", "r.reach.G.3.open")
    runs = say("{who} accepts {what} in {share} worlds.", who="Avon", what="it", share=share)
    assert runs == (Text("Avon accepts it in "), share, Text(" worlds."))
    with pytest.raises(KeyError):
        say("{who} accepts", what="it")


@pytest.mark.parametrize(
    ("items", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_enumerate_runs(items: list[str], told: str) -> None:
    assert plain(enumerate_runs([(Text(item),) for item in items])) == told


def test_linked_finds_phrases_in_order_and_keeps_the_sentence() -> None:
    sentence = "open in 20 of 100 worlds, shut in 20 of 100"
    marks = [("20 of 100", "r.a"), ("missing", "r.x"), ("20 of 100", "r.b"), ("", "r.y")]
    runs = common.linked(sentence, marks)
    assert plain(runs) == sentence
    assert [run.trace for run in runs if isinstance(run, Number)] == ["r.a", "r.b"]


def test_only_the_first_use_of_a_word_is_explained() -> None:
    again = (Text("Two worlds and a red line, another world."), Strong("depth"))
    made = Document(
        kicker="",
        title="",
        lead=(Text("worlds"),),
        first=(
            Paragraph((Text("A world is drawn."),)),
            Fold((Text("depth"),), (Bullets((again,)),)),
        ),
        sections=(Section("a", "depth", (Paragraph((Text("The depth."),)),), appendix=True),),
        stamp="",
    )
    blocks = list(every_block(mark(made)))
    terms = [
        run
        for block in blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if isinstance(run, Term)
    ]
    assert terms == [Term("world", "g.world")]
    bullets = next(block for block in blocks if isinstance(block, Bullets))
    assert [run.key for run in bullets.items[0] if isinstance(run, Term)] == ["g.red-line"]


def test_every_explained_word_is_in_the_glossary_of_the_page(document: Document) -> None:
    from winset.brief.document import Definitions

    entries = {
        entry.id
        for block in every_block(document)
        if isinstance(block, Definitions)
        for entry in block.items
    }
    assert len(entries) == len(GLOSSARY)


def test_outline_reads_as_a_summary(document: Document) -> None:
    lines = outline(document)
    assert lines[0] == "How far can the cooperation go?"
    assert plain(document.lead) == lines[1]
    titles = [section.title for section in document.sections if not section.appendix]
    assert [line for line in lines if line in titles] == titles
    assert all(line and line[0].isalnum() for line in lines)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2022-08-01", "1 August 2022"), ("spring 2022", "spring 2022"), ("", "")],
)
def test_dates_are_written_out(written: str, shown: str) -> None:
    assert long_date(written) == shown
