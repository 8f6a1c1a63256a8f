"""Paragraph anchors: whether the texts somebody owns still are the texts a case was coded from."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from winset.case.model import Case, Evidence
from winset.errors import AskError


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of one paragraph, blind to how its white space and accents are stored.

    The paragraph is brought to Unicode form NFC, every run of white space becomes one space and
    the ends are stripped, so that line breaks and export programs do not change the result.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Anchor:
    """One coded paragraph and whether a text somebody owns still holds it.

    ``state`` is ``found`` (the same text at its number), ``moved`` (the same text elsewhere) or
    ``missing``.  ``file`` and ``paragraph`` say where it was found; blank and 0 where missing.
    """

    id: str
    state: Literal["found", "moved", "missing"]
    file: str
    paragraph: int


def verify(case: Case, folder: str | Path) -> tuple[Anchor, ...]:
    """Check the anchors of a case against texts the user owns.

    Paragraphs are the non-empty lines of each ``*.txt`` and ``*.md`` file of the folder.  Where the
    count begins is what most paragraphs of a source agree on, so that lines above the title do not
    matter.  Nothing of the texts is kept.

    Parameters
    ----------
    case
        A case with evidence.
    folder
        Where the texts are; subfolders are searched too.

    Returns
    -------
    tuple of Anchor
        One for each row of evidence.csv, in order.

    Raises
    ------
    AskError
        There is no such folder, or it holds no text.
    """
    texts = _texts(Path(folder))
    wanted: dict[str, list[Evidence]] = {}
    for one in case.evidence:
        wanted.setdefault(one.source, []).append(one)
    found: dict[str, Anchor] = {}
    for paragraphs in wanted.values():
        found.update(_source(paragraphs, texts))
    return tuple(found[one.id] for one in case.evidence)


def _texts(folder: Path) -> dict[str, list[str]]:
    if not folder.is_dir():
        message = f"There is no folder {str(folder)!r} with texts."
        raise AskError(message)
    texts = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (".txt", ".md") and path.is_file():
            try:
                lines = path.read_text(encoding="utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                message = f"{path} cannot be read as UTF-8 text: {error}."
                raise AskError(message) from error
            name = path.relative_to(folder).as_posix()
            texts[name] = [fingerprint(line) for line in lines if line.strip()]
    if not texts:
        message = f"Folder {str(folder)!r} holds no .txt or .md file."
        raise AskError(message)
    return texts


def _source(paragraphs: list[Evidence], texts: dict[str, list[str]]) -> dict[str, Anchor]:
    """Anchors of one source in the file that holds most of its paragraphs."""
    file = max(
        texts, key=lambda name: (len({one.sha256 for one in paragraphs} & set(texts[name])), name)
    )
    place: dict[str, list[int]] = {}
    for index, print_of_line in enumerate(texts[file]):
        place.setdefault(print_of_line, []).append(index)
    offset = _offset(paragraphs, place)
    found = {}
    for one in paragraphs:
        places = [index - offset for index in place.get(one.sha256, ())]
        if not places:
            found[one.id] = Anchor(one.id, "missing", "", 0)
        elif one.paragraph in places:
            found[one.id] = Anchor(one.id, "found", file, one.paragraph)
        else:
            found[one.id] = Anchor(one.id, "moved", file, places[0])
    return found


def _offset(paragraphs: list[Evidence], place: dict[str, list[int]]) -> int:
    """Lines above the text: the shift most paragraphs agree on."""
    shifts = Counter(
        index - one.paragraph for one in paragraphs for index in place.get(one.sha256, ())
    )
    return min(shifts, key=lambda shift: (-shifts[shift], shift)) if shifts else 0
