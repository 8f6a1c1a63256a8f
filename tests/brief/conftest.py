"""Cases, answers and documents that many tests of the brief share."""

from __future__ import annotations

import pytest

from tests.brief import more, small, synthetic
from winset.brief import Document, compose, html
from winset.case import load
from winset.case.model import Case


@pytest.fixture(scope="session")
def river() -> Case:
    return small.case()


@pytest.fixture(scope="session")
def trilateral() -> Case:
    return load("trilateral-2022")


@pytest.fixture(scope="session")
def document(trilateral: Case) -> Document:
    return compose(trilateral, synthetic.answer(trilateral))


@pytest.fixture(scope="session")
def whole(river: Case) -> str:
    """A page with every section there is."""
    case = more.with_programme(river)
    made = more.answer(case, more.tables(case), share=lambda *_: 0.2)
    return html.render(compose(case, made, more.sense(case)))


@pytest.fixture(scope="session")
def page(document: Document) -> str:
    return html.render(document)
