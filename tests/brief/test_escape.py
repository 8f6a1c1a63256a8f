"""No text of a case reaches the page as markup, nor a terminal as control codes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from tests.brief import synthetic
from tests.brief.test_page import Page
from winset.brief import compose, html, text
from winset.case.model import Case

BAD = "<script>alert(1)</script><img src=x onerror=y>\"'&\x1b[2J"
TEXTS = {
    "label", "name", "phrase", "says", "title", "question", "author", "perspective", "reading",
    "meaning", "note", "date",
}  # fmt: skip


def poisoned(item: Any) -> Any:
    """A copy of a case in which every text for readers carries markup."""
    if dataclasses.is_dataclass(item) and not isinstance(item, type):
        changed: dict[str, Any] = {}
        for field in dataclasses.fields(item):
            old = getattr(item, field.name)
            if field.name in TEXTS and isinstance(old, str):
                changed[field.name] = f"{old}{BAD}"
            elif field.name == "words" and isinstance(old, Mapping):
                keep = ("no_price",)
                changed[field.name] = {k: v if k in keep else v + BAD for k, v in old.items()}
            else:
                changed[field.name] = poisoned(old)
        return dataclasses.replace(item, **changed)
    if isinstance(item, tuple):
        return tuple(poisoned(part) for part in item)
    if isinstance(item, Mapping):
        return {key: poisoned(part) for key, part in item.items()}
    return item


def test_markup_in_any_text_is_escaped(river: Case) -> None:
    case: Case = poisoned(river)
    page = html.render(compose(case, synthetic.answer(case)))
    parsed = Page(page)
    assert parsed.open == []
    assert len(parsed.of("script")) == 1
    assert not parsed.of("img")
    assert not [attrs for _, attrs, _ in parsed.elements if any(k.startswith("on") for k in attrs)]
    assert page.count("&lt;script&gt;alert(1)") > 100
    assert "<script>alert" not in page


def test_control_codes_do_not_reach_a_terminal(river: Case) -> None:
    case: Case = poisoned(river)
    made = text.render(compose(case, synthetic.answer(case)), appendix=True)
    assert "<script>alert(1)" in made
    assert all(letter.isprintable() or letter == "\n" for letter in made)


def test_odd_ids_stay_ids(river: Case) -> None:
    page = html.render(compose(river, synthetic.answer(river)))
    parsed = Page(page)
    for _, attrs, _ in parsed.elements:
        assert not set(attrs.get("id", "")) & set(" \"'<>&")
