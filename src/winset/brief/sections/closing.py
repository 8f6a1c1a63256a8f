"""Limits in plain words, sources, method, glossary, and how to make the page again."""

from __future__ import annotations

from winset.ask import logged
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
from winset.brief.words import GLOSSARY, sources_heading
from winset.words import phrases as words

_MOST_LIMITS = 8
_METHOD = """
Every uncertain value is a range. {worlds} worlds are drawn from all ranges and all disputed
readings at once; a world is one full set.

In each world every constituency weighs what a step or a package brings it against today. A step
alone must not lie too far below what consent asks for, and gains elsewhere pay for losses only
in part.

A package counts as accepted where {parties} all accept it and where scope, ceilings, red lines,
conflicts and the order of steps allow it. Whoever is asked for nothing cannot refuse.

A step is open in a world where some accepted package contains it. The search is exact and in
whole numbers; a world in which it stopped early is counted as not settled.

A limit holds a step where letting go of that limit alone would open it.

The package is one and the same in every world. It is found by local search, so a deeper one
may exist.

A share of worlds is a count over ranges that were assumed. Its sampling error is small; what
matters is what the ranges rest on.
"""


def limits(facts: Facts) -> Section:
    """Say what the page cannot tell, in eight sentences at most."""
    lines = words_of(facts.case, "limits")[:_MOST_LIMITS]
    told = lines or ("The author of this case names no limits.",)
    found: list[Block] = [Bullets(tuple((Text(line),) for line in told))]
    for key, label in (("maker", "Who made it. "), ("about", "What the case is. ")):
        text = " ".join(words_of(facts.case, key))
        if text:
            found.append(Paragraph((Strong(label), Text(text))))
    if facts.case.log is not None:
        since = logged.told(facts.case)
        found.append(Paragraph((Strong("What has happened since. "), Text(since))))
    about = f"{named} and our" if (named := common.sources(facts)) else "this"
    title = f"The answer is about {about} coding, not what is to come"
    return Section("limits", title, tuple(found))


def sources(facts: Facts) -> Section:
    """Show what the coding was made from, and how to repeat everything."""
    case = facts.case
    title = sources_heading(
        len(case.sources), len(case.evidence), case.words.get("sources", "sources")
    )
    found: list[Block] = []
    if case.sources:
        found.append(_source_table(facts))
    found += [
        Fold((Text("Method: how a number is counted"),), _method(facts), "method"),
        Fold((Text("Glossary"),), (glossary(),), "glossary"),
        Fold((Text("How to reproduce this page"),), _reproduce(facts), "reproduce"),
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
        "Sources; paraphrased, their texts are not reproduced",
        ("Author", "title", "date", "writes from", "paragraphs"),
        tuple(rows),
        (False, False, False, False, True),
    )


def _method(facts: Facts) -> tuple[Block, ...]:
    parties = words.join_names([party.words.phrase for party in facts.case.parties])
    lines = _METHOD.format(worlds=f"{facts.worlds:,}", parties=parties).strip().split("\n\n")
    return (Bullets(tuple((Text(" ".join(line.split())),) for line in lines)),)


def glossary() -> Definitions:
    """Words with one meaning."""
    return Definitions(
        tuple(
            Definition(term_id(term), words.capital(term), (Text(f"{meaning}."),))
            for term, meaning in GLOSSARY.items()
        )
    )


def _reproduce(facts: Facts) -> tuple[Block, ...]:
    found: list[Block] = [
        Paragraph(
            (Text("The same command with the same version gives the same page, byte by byte."),)
        ),
        Paragraph((Code(facts.run.command.replace("winset reach", "winset brief", 1)),)),
        Paragraph((Text(stamp(facts)),), "small"),
    ]
    if facts.run.changes:
        found.append(Bullets(tuple((Code(change),) for change in facts.run.changes)))
    return tuple(found)


def stamp(facts: Facts) -> str:
    """Case, worlds, stream and version in one line."""
    return (
        f"Case {facts.case.id} · {facts.case.hash[:12] or 'no hash'} · {facts.worlds:,} worlds · "
        f"stream {facts.run.rng} · winset {facts.run.version or '0'}"
    )
