"""Two sheets for a meeting: nothing on them that the brief does not say, every number traced."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from tests.brief import more, synthetic
from tests.brief.test_page import Page
from winset.brief import Document, brief, compose, html, paper, text
from winset.brief.document import Bullets, Fold, Paragraph, Section, Stops, Tracks, every_block
from winset.brief.runs import Text, plain
from winset.brief.summary import summary
from winset.case.model import Case


def bullets(name: str, count: int) -> Bullets:
    return Bullets(tuple((Text(f"{name} {place}."),) for place in range(count)), f"{name}-told")


@pytest.fixture(scope="module")
def whole(trilateral: Case) -> Document:
    """A brief that was asked about firmness, survival, order and settlement too."""
    made = compose(trilateral, synthetic.answer(trilateral), more.sense(trilateral))
    asked = tuple(
        Section(name, f"Heading of {name}", (bullets(name, 9),))
        for name in ("hold", "settle", "path")
    )
    return dataclasses.replace(made, sections=(*asked, *made.sections))


@pytest.fixture(scope="module")
def short(whole: Document) -> Document:
    return summary(whole)


def lines(told: str) -> list[str]:
    return [" ".join(line.split()) for line in told.splitlines() if line.strip(" -=")]


def test_nothing_stands_on_it_that_the_brief_does_not_say(short: Document, whole: Document) -> None:
    said = set(lines(text.render(whole)))
    own = lines(text.render(short))
    new = [line for line in own if line not in said]
    assert new == ["The first 10 of 21 steps; the brief has all, in the same order."] * 2
    assert 60 < len(own) < len(said) / 2


def test_it_tells_the_first_screen_who_stops_what_moves_what_lasts_and_the_sources(
    short: Document, whole: Document
) -> None:
    assert (short.lead, short.title, short.stamp) == (whole.lead, whole.title, whole.stamp)
    assert short.first == whole.first[:2]
    told = [section.id for section in short.sections]
    assert told == ["stops", "rests", "move", "hold", "path", "limits", "sources"]
    blocks = [*every_block(short)]
    assert [len(block.items) for block in blocks if isinstance(block, Bullets)] == [1, 2, 4, 3]
    assert [type(section.blocks[0]) for section in short.sections[::2]] == [
        Stops,
        Tracks,
        Bullets,
        type(whole.sections[-2].blocks[0]),
    ]
    assert not any(isinstance(block, Fold) for block in blocks)


def test_a_figure_is_cut_after_ten_steps_and_says_so(short: Document, whole: Document) -> None:
    for kind in (Stops, Tracks):
        own, full = (
            next(block for block in every_block(made) if isinstance(block, kind))
            for made in (short, whole)
        )
        assert own.rows == full.rows[:10]
    shown = [block for block in every_block(short) if isinstance(block, Paragraph)][1:]
    assert [plain(block.runs)[:19] for block in shown] == ["The first 10 of 21 "] * 2


def test_a_figure_of_few_steps_is_whole(river: Case) -> None:
    told = text.render(summary(compose(river, synthetic.answer(river))))
    assert "the brief has all" not in told


def test_what_was_not_asked_is_left_out(trilateral: Case) -> None:
    made = summary(compose(trilateral, synthetic.answer(trilateral)))
    told = {section.id: section.blocks for section in made.sections}
    assert "hold" not in told
    assert "path" not in told
    assert told["rests"] == ()


def test_its_numbers_lead_to_the_page_beside_it(short: Document, whole: Document) -> None:
    parsed, page = Page(html.render(short, page="index.html")), Page(html.render(whole))
    ids = {attrs["id"] for _, attrs, _ in page.elements if "id" in attrs}
    jumps = [attrs["href"] for _, attrs, _ in parsed.of("a")]
    beside = {jump.partition("#")[2] for jump in jumps if jump.startswith("index.html#")}
    assert len(beside) > 40
    assert beside <= ids
    assert {jump for jump in jumps if not jump.startswith("index.html#")} == {"#main", "index.html"}
    assert not parsed.of("script", "details")
    assert parsed.of("body")[0][1]["class"] == "summary"
    assert "class" not in page.of("body")[0][1]


def test_steps_that_no_source_names_stand_in_italics(short: Document) -> None:
    figures = [block for block in every_block(short) if isinstance(block, Stops | Tracks)]
    assumed = sum(row.assumed for block in figures for row in block.rows)
    page = html.render(short)
    assert 0 < assumed < sum(len(block.rows) for block in figures)
    assert page.count('<th role="rowheader" scope="row" class="assumed"') == assumed
    assert page.count('<span class="assumed">a step no source names</span>') == len(figures)
    assert re.search(r"th\.assumed[^}]*\{font-style:italic\}", html.style())
    assert text.render(short).count("~:") == sum(row.assumed for row in figures[1].rows)


def test_a_page_that_is_not_beside_it_is_not_linked(
    river: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(paper, "write", lambda page, to: (printed.append(page), to.touch()))
    answer = synthetic.answer(river)
    brief(river, answer, out=tmp_path / "summary.html", summary=True)
    brief(river, answer, out=tmp_path / "summary.pdf", summary=True, form="pdf")
    assert 'href="index.html#' in (tmp_path / "summary.html").read_text("utf-8")
    assert re.findall(r'href="(.*?)"', printed[0]) == ["#main"]


def test_a_file_to_print_is_of_a4_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(
        '#!/bin/sh\nfor one; do case "$one" in --print-to-pdf=*) to="${one#*=}";; esac; done\n'
        'cp "${one#file://}" "$to"\n'
    )
    browser.chmod(0o755)
    monkeypatch.setattr(paper.shutil, "which", lambda _: str(browser))
    paper.write("<head></head><body>", tmp_path / "made.pdf")
    made = (tmp_path / "made.pdf").read_text("utf-8")
    assert made == "<head><style>@page{size:A4}</style></head><body>"
