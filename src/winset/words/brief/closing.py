"""Limits, sources, method, and how to make the page again."""

from __future__ import annotations

from collections.abc import Sequence

from winset.case.model import Case
from winset.words.phrases import capital, join_names, number_word

METHOD = """
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
NO_LIMITS = "The author of this case names no limits."
MAKER = "Who made it. "
ABOUT = "What the case is. "
SINCE = "What has happened since. "
METHOD_FOLD = "Method: how a number is counted"
GLOSSARY_FOLD = "Glossary"
REPRODUCE_FOLD = "How to reproduce this page"
SOURCES_CAPTION = "Sources; paraphrased, their texts are not reproduced"
SOURCES_COLUMNS = ("Author", "title", "date", "writes from", "passages")
SAME_PAGE = "The same command with the same version gives the same page, byte by byte."
_SOURCES = "sources"


def sources_heading(count: int, paragraphs: int, noun: str) -> str:
    """Say what the coding is made from; ``noun`` is the plural of the case (``essays``)."""
    if count == 0:
        return "No source is named for this case"
    if count == 1:
        return f"One source, {paragraphs:,} numbered passages, is what this rests on"
    return f"{capital(number_word(count))} {noun}, {paragraphs:,} numbered passages, are what this rests on"


def limits_title(sources: str) -> str:
    """Head the limits; ``sources`` is empty where there are none."""
    about = f"{sources} and our" if sources else "this"
    return f"The answer is about {about} coding, not what is to come"


def noun(case: Case) -> str:
    """Plural by which a case calls its sources."""
    return case.words.get("sources", _SOURCES)


def method(worlds: int, parties: Sequence[str]) -> list[str]:
    """Say how a number is counted, a paragraph an item."""
    lines = METHOD.format(worlds=f"{worlds:,}", parties=join_names([*parties]))
    return [" ".join(line.split()) for line in lines.strip().split("\n\n")]


def stamp(case: Case, worlds: int, rng: int, version: str) -> str:
    """Case, worlds, stream and version in one line."""
    return (
        f"Case {case.id} · {case.hash[:12] or 'no hash'} · {worlds:,} worlds · "
        f"stream {rng} · winset {version or '0'}"
    )
