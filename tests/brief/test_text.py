"""The whole brief of a small case as text, word for word."""

from __future__ import annotations

from pathlib import Path

from tests.brief import synthetic
from winset.brief import compose, outline, text
from winset.case.model import Case

GOLDEN = Path(__file__).parent / "golden"


def test_text_of_a_small_case(river: Case) -> None:
    told = text.render(compose(river, synthetic.answer(river)))
    assert told == (GOLDEN / "river.txt").read_text(encoding="utf-8")


def test_outline_of_a_small_case(river: Case) -> None:
    lines = "\n".join(outline(compose(river, synthetic.answer(river)))).replace("\u00a0", " ")
    assert lines + "\n" == (GOLDEN / "outline.txt").read_text(encoding="utf-8")


def test_lines_keep_their_width(river: Case) -> None:
    told = text.render(compose(river, synthetic.answer(river)), width=60)
    sentences = [line for line in told.splitlines() if not line.startswith(("  ", "["))]
    assert max(len(line) for line in sentences[:30]) <= 60


def test_appendix_is_printed_on_request(river: Case) -> None:
    made = compose(river, synthetic.answer(river))
    assert "The gauges are read by hand." not in text.render(made)
    full = text.render(made, appendix=True)
    assert "The gauges are read by hand." in full
    assert "The mayor: weight on dry cellars" in full or "Mayor: weight on dry cellars" in full
