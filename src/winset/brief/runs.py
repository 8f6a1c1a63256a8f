"""Runs, the pieces of a sentence: plain words, numbers that open a trace, terms, links."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from winset.words.brief.shared import AND, COMMA


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str
    kind: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the sentence."""

    text: str
    kind: ClassVar[str] = "strong"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A reading or a word under discussion."""

    text: str
    kind: ClassVar[str] = "emphasis"


@dataclass(frozen=True, slots=True)
class Small:
    """Identifiers and asides in small grey."""

    text: str
    kind: ClassVar[str] = "small"


@dataclass(frozen=True, slots=True)
class Code:
    """A command or a path."""

    text: str
    kind: ClassVar[str] = "code"


@dataclass(frozen=True, slots=True)
class Number:
    """A counted result or a value; ``trace`` is the stable id of what it opens."""

    text: str
    trace: str
    kind: ClassVar[str] = "number"


@dataclass(frozen=True, slots=True)
class Link:
    """A jump to another place of the same document."""

    text: str
    to: str
    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Term:
    """The first use of a word that the glossary explains."""

    text: str
    key: str
    kind: ClassVar[str] = "term"


@dataclass(frozen=True, slots=True)
class Basis:
    """The letter of what a value rests on, drawn as a tile."""

    text: str
    kind: ClassVar[str] = "basis"


Run = Text | Strong | Emphasis | Small | Code | Number | Link | Term | Basis
Runs = tuple[Run, ...]


def say(pattern: str, **parts: str | Run | Runs) -> Runs:
    """Fill the ``{names}`` of a sentence pattern with words and numbers.

    Raises
    ------
    KeyError
        If the pattern names a part that is not given.
    """
    runs: list[Run] = []
    for literal, name, _, _ in string.Formatter().parse(pattern):
        if literal:
            runs.append(Text(literal))
        if name:
            part = parts[name]
            if isinstance(part, str):
                runs.append(Text(part))
            elif isinstance(part, tuple):
                runs.extend(part)
            else:
                runs.append(part)
    return join(runs)


def join(runs: list[Run] | Runs) -> Runs:
    """Merge neighbouring plain texts; the sentence stays the same."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if isinstance(run, Text) and isinstance(last, Text):
            merged[-1] = Text(last.text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def enumerate_runs(items: list[Runs] | tuple[Runs, ...]) -> Runs:
    """Join runs as ``a, b and c``."""
    runs: list[Run] = []
    for place, item in enumerate(items):
        if place:
            runs.append(Text(AND if place == len(items) - 1 else COMMA))
        runs.extend(item)
    return join(runs)


def plain(runs: Runs) -> str:
    """Return the sentence without its links."""
    return "".join(run.text for run in runs)


def clean(text: str) -> str:
    """Replace what no page and no drawing may hold: control codes and half characters."""
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n" else letter
        for letter in text
    )
