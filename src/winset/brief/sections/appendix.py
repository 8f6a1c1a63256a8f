"""Trace appendix: results, values, paragraphs; every number of the page leads here."""

from __future__ import annotations

from winset.brief import trace, values
from winset.brief.document import Block, DataTable, Fold, Heading, Paragraph, Section, Traces
from winset.brief.facts import Facts
from winset.brief.runs import Basis, Runs, Small, Text
from winset.case.model import Case, Value
from winset.words import phrases as words


def section(facts: Facts) -> Section:
    """From a number to how it was counted, from there to its values and paragraphs."""
    found: list[Block] = [
        Paragraph(
            (
                Text(
                    "Each number on the page opens its line here; each line names the values it "
                    "was made from, each value the paragraphs behind it."
                ),
            )
        ),
        Heading("Results", "results"),
        Traces(trace.notes(facts)),
        Heading("Values", "values"),
        *_tables(facts.case),
    ]
    if facts.case.evidence:
        found += [Heading("Paragraphs, in our words", "paragraphs"), paragraphs(facts.case)]
    return Section("trace", "How to follow a number to a paragraph", tuple(found), appendix=True)


def _tables(case: Case) -> list[Block]:
    kinds: dict[str, list[Value]] = {}
    for value in case.values.values():
        kinds.setdefault(values.kind_of(value.address), []).append(value)
    return [
        Fold(
            (Text(f"{words.capital(values.KINDS[kind])} ({len(kinds[kind]):,})"),),
            (value_table(case, kind, kinds[kind]),),
            f"values-{kind}",
        )
        for kind in values.KINDS
        if kind in kinds
    ]


def value_table(case: Case, kind: str, found: list[Value]) -> DataTable:
    """One row a value: its range, what it rests on, its paragraphs."""
    return DataTable(
        f"table-{kind}",
        f"{words.capital(values.KINDS[kind])}: value and range",
        ("Value", "range", "basis", "paragraphs"),
        tuple(_row(case, value) for value in found),
        (False, True, False, False),
        tuple(values.value_id(value.address) for value in found),
    )


def _row(case: Case, value: Value) -> tuple[Runs, ...]:
    return (
        (Text(values.name_of(case, value.address)),),
        (Text(values.span(value)),),
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
        "table-paragraphs", "Paraphrase of each paragraph", ("Paragraph", "says"), rows, (), ids
    )
