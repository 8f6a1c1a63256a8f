"""Limits in plain words, sources, method, glossary, and how to make the page again."""

from __future__ import annotations

from winset.brief.document import (
    Block,
    Bullets,
    DataTable,
    Definition,
    Definitions,
    Fold,
    Paragraph,
    Section,
)
from winset.brief.facts import Facts, words_of
from winset.brief.glossary import term_id
from winset.brief.runs import Code, Runs, Small, Strong, Text
from winset.brief.sections import common
from winset.words import phrases as words
from winset.words.answer import read_with
from winset.words.brief import closing as wording
from winset.words.brief.glossary import GLOSSARY, meaning

_MOST_LIMITS = 8


def limits(facts: Facts) -> Section:
    """Say what the page cannot tell, in eight sentences at most."""
    lines = words_of(facts.case, "limits")[:_MOST_LIMITS]
    told = lines or (wording.NO_LIMITS,)
    found: list[Block] = [Bullets(tuple((Text(line),) for line in told), "limits-told")]
    for key, label in (("maker", wording.MAKER), ("about", wording.ABOUT)):
        text = " ".join(words_of(facts.case, key))
        if text:
            found.append(Paragraph((Strong(label), Text(text))))
    if facts.case.log is not None:
        since = read_with(facts.case)
        found.append(Paragraph((Strong(wording.SINCE), Text(since))))
    return Section("limits", wording.limits_title(common.sources(facts)), tuple(found))


def sources(facts: Facts) -> Section:
    """Show what the coding was made from, and how to repeat everything."""
    case = facts.case
    title = wording.sources_heading(len(case.sources), len(case.evidence), wording.noun(case))
    found: list[Block] = []
    if case.sources:
        found.append(_source_table(facts))
    found += [
        Fold((Text(wording.METHOD_FOLD),), _method(facts), "method"),
        Fold((Text(wording.GLOSSARY_FOLD),), (glossary(),), "glossary"),
        Fold((Text(wording.REPRODUCE_FOLD),), _reproduce(facts), "reproduce"),
    ]
    return Section("sources", title, tuple(found))


def _source_table(facts: Facts) -> DataTable:
    rows: list[tuple[Runs, ...]] = []
    for source in facts.case.sources:
        count = sum(item.source == source.id for item in facts.case.evidence)
        rows.append(
            (
                (Text(source.author or source.reading), Small(f" {source.id}")),
                (Text(source.title),),
                (Text(source.date),),
                (Text(source.perspective),),
                (Text(f"{count:,}"),),
            )
        )
    return DataTable(
        "table-sources",
        wording.SOURCES_CAPTION,
        wording.SOURCES_COLUMNS,
        tuple(rows),
        (False, False, False, False, True),
        wordy=True,
    )


def _method(facts: Facts) -> tuple[Block, ...]:
    lines = wording.method(facts.worlds, [party.words.phrase for party in facts.case.parties])
    return (Bullets(tuple((Text(line),) for line in lines)),)


def glossary() -> Definitions:
    """Words with one meaning."""
    return Definitions(
        tuple(
            Definition(term_id(term), words.capital(term), (Text(meaning(term)),))
            for term in GLOSSARY
        )
    )


def _reproduce(facts: Facts) -> tuple[Block, ...]:
    found: list[Block] = [
        Paragraph((Text(wording.SAME_PAGE),)),
        Paragraph((Code(facts.run.command.replace("winset reach", "winset brief", 1)),)),
        Paragraph((Text(stamp(facts)),), "small"),
    ]
    if facts.run.changes:
        found.append(Bullets(tuple((Code(change),) for change in facts.run.changes)))
    return tuple(found)


def stamp(facts: Facts) -> str:
    """Case, worlds, stream and version in one line."""
    return wording.stamp(facts.case, facts.worlds, facts.run.rng, facts.run.version)
