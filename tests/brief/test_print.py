"""What paper shows: the rules of the style sheet, said once, type that can be read."""

from __future__ import annotations

import dataclasses
import re

import pytest

from winset.brief import Document, html
from winset.brief.document import Fold
from winset.brief.summary import summary

POINT = re.compile(r"font-size:([\d.]+)pt")


@pytest.fixture(scope="module")
def rules() -> str:
    style = html.style()
    return style[style.index("@media print{") :]


def block_of(rules: str, selector: str) -> str:
    """Declarations of every rule in whose selectors one stands."""
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", rules)
    return ";".join(body for names, body in found if selector in names.strip().split(","))


def test_text_is_nine_points_and_no_label_is_below_six_and_a_half(rules: str) -> None:
    assert "html{font-size:9pt}" in rules
    sizes = [float(size) for size in POINT.findall(rules)]
    assert min(sizes) >= 6.5
    for selector in (".data", "table.stops td", "table.tracks td", "table.bars td"):
        assert float(POINT.search(block_of(rules, selector))[1]) >= 8  # type: ignore[index]


def test_headings_stay_with_what_they_head_and_figures_whole(rules: str) -> None:
    for selector in ("h2", "h3", ".figure-title", "caption", "h2+p"):
        assert "break-after:avoid" in block_of(rules, selector)
    for selector in ("tr", "li", "table.ladder"):
        assert "break-inside:avoid" in block_of(rules, selector)
    assert "break-before:avoid" in block_of(rules, "figcaption")
    assert "break-before:page" not in rules


def test_what_paper_cannot_open_or_has_said_is_left_out(rules: str) -> None:
    for selector in ("details:not([open])", "figcaption a", "figcaption.again", "#closed-told"):
        assert block_of(rules, selector) == "display:none"


def test_a_foot_is_printed_once(page: str, document: Document) -> None:
    feet = re.findall(r"<figcaption( class=\"again\")?>(.*?)</figcaption>", page)
    told = [re.sub(r"<a.*?</a>", "", foot).strip() for _, foot in feet]
    assert [bool(again) for again, _ in feet] == [
        foot in told[:place] for place, foot in enumerate(told)
    ]
    assert 0 < sum(bool(again) for again, _ in feet) < len(feet)


def test_every_sheet_says_what_it_is_of(document: Document) -> None:
    odd = dataclasses.replace(document, kicker='Ä "brief"</style>\\')
    style = re.findall(r"<style>(.*?)</style>", html.render(odd), re.DOTALL)
    assert len(style) == 1
    assert r'@bottom-left{content:"\c4  \22 brief\22 \3c \2f style\3e \5c ";' in style[0]
    assert '@bottom-right{content:counter(page) " / " counter(pages);' in style[0]


def test_the_packages_fill_the_first_sheet_and_their_steps_stand_on_the_ladder(
    document: Document,
) -> None:
    told = [section.id for section in document.sections]
    assert told[:2] == ["act", "ladder"]
    folds = [block for block in document.sections[0].blocks if isinstance(block, Fold)]
    assert "package-fold" in [fold.id for fold in folds]
    assert '<details id="package-fold"><summary>' in html.render(document)


def test_two_sheets_have_a_page_of_their_own(rules: str, document: Document) -> None:
    assert "@page summary{" in html.style()
    assert "page:summary" in block_of(rules, ".summary")
    assert block_of(rules, ".summary #move .figure-title") == "display:none"
    page = html.render(summary(document))
    for name in ("stops", "move", "limits", "sources"):
        assert f'<section id="{name}"' in page
        assert f"#{name}" in rules
    assert '<h2 id="stops-title"><span class="label">Who stops</span>' in page
    assert '<span class="label">Who stops' not in html.render(document)
