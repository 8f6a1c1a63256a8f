"""Values of a case on the page: their ids, their paragraphs, what their size rests on."""

from __future__ import annotations

from winset.brief.runs import Basis, Link, Run, Runs, Small, Text, join
from winset.case.model import Basis as Letter
from winset.case.model import Case, Value
from winset.errors import AskError
from winset.words.brief.shared import COMMA
from winset.words.brief.values import NO_SOURCE, name_of, span


def kind_of(address: str) -> str:
    """Table in which a value stands."""
    return address.split("/", 1)[0]


EXISTENCE = ("rungs", "measures", "constituencies")
"""Tables whose basis letter says that a thing exists or that a rule holds, not how large it is."""


def basis_of(value: Value) -> Letter:
    """Say what the size of a value rests on: an assumption where the letter speaks of existence."""
    own_row = value.at.file.endswith("ranges.csv")
    return "A" if kind_of(value.address) in EXISTENCE and not own_row else value.basis


def value_id(address: str) -> str:
    """Stable id of a value: ``weights/KR-PRES/AUT`` is ``v.weights.KR-PRES.AUT``."""
    return "v." + address.replace("/", ".")


def paragraph_id(ref: str) -> str:
    """Stable id of a paragraph: ``S3.p15`` is ``p.S3.p15``."""
    return f"p.{ref}"


def address_of(case: Case, ident: str) -> str:
    """Return what an id of the page stands for: a value, a paragraph; other words stay as they are.

    Raises
    ------
    AskError
        The id is that of a result, which only a run has.
    """
    if ident.startswith("v."):
        return next((name for name in case.values if value_id(name) == ident), ident)
    if ident.startswith("p."):
        return ident.removeprefix("p.")
    if ident.startswith("r."):
        raise AskError(
            f"{ident} is a result of a run, not a value of the case: open index.html#{ident} in the "
            f"folder of the run, or ask winset why {case.id} RUNG."
        )
    return ident


def references(case: Case, refs: tuple[str, ...]) -> Runs:
    """Paragraphs as links, author first, each author named once."""
    found = {item.id: item for item in case.evidence}
    runs: list[Run] = []
    author = ""
    for ref in refs:
        item = found.get(ref)
        if item is None:
            continue
        if runs:
            runs.append(Text(COMMA))
        named = author_of(case, item.source)
        if named != author:
            runs.append(Text(f"{named} "))
            author = named
        runs.append(Link(f"¶{item.paragraph}", paragraph_id(item.id)))
    return join(runs) if runs else (Small(NO_SOURCE),)


def author_of(case: Case, source: str) -> str:
    """How the author of a source is named."""
    for item in case.sources:
        if item.id == source:
            return item.reading or item.author or item.id
    return source


def line(case: Case, value: Value) -> Runs:
    """One input of a result: basis, name, value and range, paragraphs."""
    return join(
        [
            Basis(basis_of(value)),
            Text(f" {name_of(case, value.address)}: "),
            Link(span(value), value_id(value.address)),
            Text(" · "),
            *references(case, value.refs),
        ]
    )
