"""The page in a real browser: it fits, it opens traces, it needs no script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from winset.brief import Document, html
from winset.brief.summary import summary

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no browser on this machine")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
FIRST = "header .lead a.n >> nth=0"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(page: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    target: Path = tmp_path_factory.mktemp("page") / "brief.html"
    target.write_text(page, encoding="utf-8")
    return target.as_uri()


@pytest.fixture(scope="module")
def every(whole: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    target: Path = tmp_path_factory.mktemp("whole") / "brief.html"
    target.write_text(whole, encoding="utf-8")
    return target.as_uri()


def opened(browser: Any, address: str, width: int, height: int, *, script: bool = True) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    )
    tab = context.new_page()
    tab.asked = []
    tab.said = []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.on("console", lambda message: tab.said.append(message.text))
    tab.goto(address)
    return tab


def test_first_screen_fits_and_nothing_is_fetched(browser: Any, address: str) -> None:
    tab = opened(browser, address, 1280, 900)
    bottom = tab.evaluate(
        "document.querySelector('#first .columns').getBoundingClientRect().bottom"
    )
    assert bottom <= 900
    assert [url for url in tab.asked if not url.startswith("data:")] == [address]
    assert tab.said == []
    assert tab.evaluate(
        "document.fonts.check('16px Inter') && document.fonts.check('16px Marks', '\\u230a')"
    )
    tab.context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(browser: Any, address: str, width: int) -> None:
    tab = opened(browser, address, width, 844)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()


def test_cells_are_large_enough_to_tap(browser: Any, address: str) -> None:
    tab = opened(browser, address, 390, 844)
    heights = tab.evaluate(
        "[...document.querySelectorAll('table.ladder td a, ol.strip a')].map(a => a.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    tab.context.close()


def test_a_number_opens_its_trace_and_escape_returns_to_it(browser: Any, address: str) -> None:
    tab = opened(browser, address, 1280, 900)
    assert not tab.locator("#panel").is_visible()
    tab.focus(FIRST)
    tab.keyboard.press("Enter")
    assert tab.locator("#panel").is_visible()
    assert "worlds" in tab.locator("#panel").inner_text()
    assert tab.evaluate("window.scrollY") == 0
    tab.keyboard.press("Escape")
    assert not tab.locator("#panel").is_visible()
    assert tab.evaluate("document.activeElement.className") == "n"
    paragraph = "#panel a[href^='#p.'] >> nth=0"
    tab.click(FIRST)
    tab.click(paragraph)
    assert not tab.locator("#panel").is_visible()
    assert tab.evaluate("location.hash").startswith("#p.")
    tab.context.close()


def test_without_script_a_number_leads_to_its_trace_and_back(browser: Any, address: str) -> None:
    tab = opened(browser, address, 1280, 900, script=False)
    href = tab.get_attribute(FIRST, "href")
    tab.click(FIRST)
    target = tab.locator(f"[id='{href[1:]}']")
    assert target.is_visible()
    target.locator("summary").click()
    back = target.locator("a.back").first
    assert back.is_visible()
    back.click()
    assert tab.url.endswith(f"#b.{href[1:]}")
    tab.context.close()


def test_print_is_about_six_pages_without_the_appendix(browser: Any, address: str) -> None:
    assert all(4 <= count <= 7 for count in sheets(browser, address))


def test_a_summary_is_two_sheets(browser: Any, document: Document, tmp_path: Path) -> None:
    target = tmp_path / "summary.html"
    target.write_text(html.render(summary(document), page="index.html"), encoding="utf-8")
    assert sheets(browser, target.as_uri()) == [2, 2]


def sheets(browser: Any, address: str) -> list[int]:
    """Count the sheets of a page on A4 and on Letter."""
    tab = opened(browser, address, 1280, 900)
    made = [tab.pdf(format=size, prefer_css_page_size=False) for size in ("A4", "Letter")]
    tab.context.close()
    return [page.count(b"/Type /Page\n") + page.count(b"/Type /Page ") for page in made]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_checker_finds_no_barrier(browser: Any, address: str, every: str, width: int) -> None:
    checker = pytest.importorskip("axe_playwright_python.sync_playwright")
    tab = opened(browser, address, width, 900)
    for place in (address, every):
        tab.goto(place)
        found = checker.Axe().run(tab)
        assert [rule["id"] for rule in found.response["violations"]] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.context.close()
