"""The page: self-contained, accessible, every number leads somewhere, bytes repeat."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.brief import synthetic
from winset.brief import Document, brief, compose, html
from winset.brief.document import (
    FIGURES,
    DataTable,
    Ladder,
    LadderCell,
    Plot,
    StopCell,
    Stops,
    every_block,
)
from winset.brief.runs import Number
from winset.case.model import Case
from winset.errors import AskError, OutputError
from winset.words.language import LANGUAGES
from winset.words.phrases import BAND_FILLS

VOID = {"meta", "link", "br", "hr", "img", "input", "path", "rect", "circle", "line", "use"}


class Page(HTMLParser):
    """What the tests ask of a page: elements in order, with their ancestors."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}, tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def of(self, *tags: str) -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
        return [element for element in self.elements if element[0] in tags]


@pytest.fixture(scope="module")
def parsed(page: str) -> Page:
    return Page(page)


def test_tags_are_balanced(parsed: Page) -> None:
    assert parsed.open == []


def test_ids_are_unique_and_every_jump_lands(parsed: Page) -> None:
    ids = [attrs["id"] for _, attrs, _ in parsed.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    jumps = {attrs["href"] for _, attrs, _ in parsed.of("a")}
    assert {jump for jump in jumps if not jump.startswith("#")} == set()
    assert {jump[1:] for jump in jumps} - set(ids) == set()
    named = [
        attrs["aria-labelledby"] for _, attrs, _ in parsed.elements if "aria-labelledby" in attrs
    ]
    assert set(named) <= set(ids)


def test_every_number_of_the_document_has_a_trace(document: Document, parsed: Page) -> None:
    ids = {attrs["id"] for _, attrs, _ in parsed.elements if "id" in attrs}
    numbers = [run for run in document.lead if isinstance(run, Number)]
    assert len(numbers) == 2
    shares = {cell.trace for block in every_block(document) for cell in cells(block)}
    assert len(shares) > 120
    assert {run.trace for run in numbers} | shares <= ids


def cells(block: object) -> list[LadderCell | StopCell]:
    if isinstance(block, Ladder):
        return [cell for group in block.groups for row in group.rows for cell in row.cells]
    if isinstance(block, Stops):
        return [cell for row in block.rows for cell in row.cells]
    return []


def test_nothing_is_loaded_from_outside(page: str, parsed: Page) -> None:
    assert not [attrs for _, attrs, _ in parsed.elements if "src" in attrs or "srcset" in attrs]
    assert not parsed.of("link", "iframe", "img", "object", "embed", "base", "form")
    bare = re.sub(r"data:font/woff2;base64,[A-Za-z0-9+/=]+", "", page)
    assert not re.search(r"https?:|//[a-z]", bare)
    assert set(re.findall(r"url\((.{5})", page)) <= {"data:", "#fig-"}
    assert "@import" not in page


def test_size_and_script(page: str, parsed: Page) -> None:
    assert len(page.encode()) < 1_500_000
    assert len(parsed.of("script")) == 1
    script = re.search(r"<script>(.*)</script>", page, re.DOTALL)
    assert script is not None
    assert len(script[1]) < 5_000
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page


def test_headings_are_in_order(parsed: Page) -> None:
    levels = [int(tag[1]) for tag, _, _ in parsed.of("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_language(parsed: Page) -> None:
    for tag in ("header", "main", "nav", "footer"):
        assert len(parsed.of(tag)) == 1
    assert parsed.of("html")[0][1]["lang"] == "en"
    assert parsed.of("meta")[0][1]["charset"] == "utf-8"
    assert any(attrs.get("name") == "viewport" for _, attrs, _ in parsed.of("meta"))
    assert all(
        "aria-labelledby" in a or "aria-label" in a for _, a, _ in parsed.of("section", "nav")
    )


def test_the_page_says_the_language_it_was_asked_for(
    river: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = synthetic.answer(river)
    with pytest.raises(AskError, match="no language 'xx'"):
        compose(river, answer, language="xx")
    with pytest.raises(AskError, match="no language 'xx'"):
        brief(river, answer, out=tmp_path / "brief.html", language="xx")
    monkeypatch.setitem(LANGUAGES, "xx", "another")
    made = brief(river, answer, out=tmp_path / "brief.html", language="xx")
    assert '<html lang="xx">' in made.read_text(encoding="utf-8")


def test_every_figure_has_a_name_a_foot_and_a_table(document: Document, page: str) -> None:
    blocks = list(every_block(document))
    figures = [block for block in blocks if isinstance(block, FIGURES)]
    assert len(figures) == page.count("<figure") == page.count("<figcaption") >= 6
    tables = {block.id for block in blocks if isinstance(block, DataTable)}
    for block in figures:
        if isinstance(block, Plot):
            assert block.twin.id in tables
            assert f'aria-label="{block.alt}"' in page
            assert "Table follows." in block.alt
        if isinstance(block, Stops):
            assert block.twin.id in tables


def test_tables_have_heads_with_scope(parsed: Page) -> None:
    for _, attrs, _ in parsed.of("th"):
        assert attrs["scope"] in {"col", "row", "colgroup"}
    for place, (tag, attrs, _) in enumerate(parsed.elements):
        if tag == "table" and not ({"aria-label", "aria-labelledby"} & set(attrs)):
            named = (
                parsed.elements[place + 1][0] == "caption" or "figure" in parsed.elements[place][2]
            )
            assert named


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_text_and_of_the_six_bands() -> None:
    style = html.style()
    root = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", style))
    assert [root[f"b{place}"] for place in range(6)] == list(BAND_FILLS)
    ink, grey = root["ink"], root["grey"]
    for place, fill in enumerate(BAND_FILLS):
        assert contrast("#ffffff" if place >= 4 else ink, fill) >= 4.5
    assert contrast(grey, "#ffffff") >= 4.5
    assert contrast(root["accent"], "#ffffff") >= 3
    shades = [luminance(fill) for fill in BAND_FILLS]
    assert shades == sorted(shades, reverse=True), "the order of bands survives greyscale"
    assert ":focus-visible" in style


def test_fonts_have_every_character_of_the_page(parsed: Page) -> None:
    from fontTools.ttLib import TTFont

    folder = Path(html.__file__).parent / "fonts"
    known: set[int] = set()
    for name in ("inter.woff2", "marks.woff2"):
        known |= set(TTFont(folder / name).getBestCmap())
    shown = set("".join(parsed.text)) - set("\n\t")
    assert {letter for letter in shown if ord(letter) not in known} == set()
    assert all((folder / name).exists() for name in ("Inter-OFL.txt", "NotoSansMath-OFL.txt"))


def test_two_builds_give_the_same_bytes(trilateral: Case, page: str, tmp_path: Path) -> None:
    again = html.render(compose(trilateral, synthetic.answer(trilateral)))
    assert again == page
    code = (
        "import sys; from tests.brief import synthetic; from winset.case import load;"
        "from winset.brief import brief; case = load('trilateral-2022');"
        "brief(case, synthetic.answer(case), out=sys.argv[1])"
    )
    target = tmp_path / "other.html"
    subprocess.run([sys.executable, "-c", code, str(target)], check=True)
    assert target.read_text(encoding="utf-8") == page


def test_brief_writes_both_forms_and_refuses_others(river: Case, tmp_path: Path) -> None:
    made = synthetic.answer(river)
    assert brief(river, made, out=tmp_path / "a.html").read_text().startswith("<!doctype html>")
    assert brief(river, made, out=tmp_path / "a.txt", form="text").read_text().startswith("winset")
    with pytest.raises(AskError, match="html, text or pdf"):
        brief(river, made, out=tmp_path / "a.doc", form="doc")  # type: ignore[arg-type]
    with pytest.raises(OutputError):
        brief(river, made, out=tmp_path / "missing" / "a.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.txt"]


def test_a_changed_case_says_so_above_everything(river: Case) -> None:
    made = compose(river, synthetic.answer(river, changes=("parameters/cap = 0.9",)))
    page = html.render(made)
    assert page.index("Not the case as published: 1 change set.") < page.index("<h1>")
    assert "parameters/cap = 0.9" in page


def test_steps_that_no_source_names_are_marked(document: Document, page: str) -> None:
    ladder = next(block for block in every_block(document) if isinstance(block, Ladder))
    cells = {cell.rung: cell for group in ladder.groups for row in group.rows for cell in row.cells}
    assert cells["D8.4"].assumed
    assert not cells["D8.2"].assumed
    assert page.count('assumed"><a') == sum(cell.assumed for cell in cells.values()) > 20
