"""Answers to questions that have no section of their own: their sentences, their tables by name."""

from __future__ import annotations

from winset.brief.document import Block, Bullets, DataTable, Fold, Section
from winset.brief.facts import Asked, Facts
from winset.brief.runs import Code, Runs, Text
from winset.words.brief import other as wording


def section(facts: Facts, answer: Asked) -> Section:
    """Tell an answer in its own sentences, the headline as the heading."""
    del facts
    heading, *rest = answer.sentences
    found: list[Block] = []
    if rest:
        found.append(Bullets(tuple((Text(sentence),) for sentence in rest)))
    rows: list[tuple[Runs, ...]] = [
        ((Code(name),), (Text(table.meaning),), (Text(f"{len(table):,}"),))
        for name, table in answer.tables.items()
    ]
    listed = DataTable(
        f"table-{answer.question}",
        wording.caption(answer.run.command),
        wording.COLUMNS,
        tuple(rows),
        (False, False, True),
    )
    found.append(Fold((Text(wording.FOLD),), (listed,)))
    return Section(answer.question, heading.rstrip("."), tuple(found))
