"""Trace appendix: results, values, paragraphs; every number of the page leads here."""

from __future__ import annotations

from winset.brief import trace, values
from winset.brief.document import Block, DataTable, Fold, Heading, Paragraph, Section, Traces
from winset.brief.facts import Facts
from winset.brief.runs import Basis, Runs, Small, Text
from winset.case.model import Case, Value
from winset.words.brief import appendix as wording
from winset.words.brief.rests import kind as heading
from winset.words.brief.values import KINDS, name_of, span


def section(facts: Facts) -> Section:
    """From a number to how it was counted, from there to its values and paragraphs."""
    found: list[Block] = [
        Paragraph((Text(wording.READING),)),
        Heading(wording.RESULTS, "results"),
        Traces(trace.notes(facts)),
        Heading(wording.VALUES, "values"),
        *_tables(facts.case),
    ]
    if facts.case.evidence:
        found += [Heading(wording.PARAGRAPHS, "paragraphs"), paragraphs(facts.case)]
    return Section("trace", wording.TITLE, tuple(found), appendix=True)


def _tables(case: Case) -> list[Block]:
    kinds: dict[str, list[Value]] = {}
    for value in case.values.values():
        kinds.setdefault(values.kind_of(value.address), []).append(value)
    return [
        Fold(
            (Text(heading(kind, len(kinds[kind]))),),
            (value_table(case, kind, kinds[kind]),),
            f"values-{kind}",
        )
        for kind in KINDS
        if kind in kinds
    ]


def value_table(case: Case, kind: str, found: list[Value]) -> DataTable:
    """One row a value: its range, what it rests on, its paragraphs."""
    return DataTable(
        f"table-{kind}",
        wording.caption(kind),
        wording.COLUMNS,
        tuple(_row(case, value) for value in found),
        (False, True, False, False),
        tuple(values.value_id(value.address) for value in found),
    )


def _row(case: Case, value: Value) -> tuple[Runs, ...]:
    return (
        (Text(name_of(case, value.address)),),
        (Text(span(value)),),
        (Basis(values.basis_of(value)),),
        values.references(case, value.refs),
    )


def paragraphs(case: Case) -> DataTable:
    """Every paragraph of every source as a paraphrase."""
    found = [item for item in case.evidence if item.says]
    rows = tuple(
        (
            (
                Text(f"{values.author_of(case, item.source)} ¶{item.paragraph}"),
                Small(f" {item.id}"),
            ),
            (Text(item.says),),
        )
        for item in found
    )
    ids = tuple(values.paragraph_id(item.id) for item in found)
    return DataTable(
        "table-paragraphs", wording.PARAGRAPHS_CAPTION, wording.PARAGRAPHS_COLUMNS, rows, (), ids
    )
