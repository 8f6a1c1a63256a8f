"""The log of a case as a file that people read: entries written one below the other, each sealed.

An entry is the text of an evaluation, as it was handed in, between a line ``---`` and its seal: the
SHA-256 of the seal before it and of its own lines.  Whatever is changed, removed or put in between
shows at the next seal.  What follows the last seal was cut off while it was written; it is no entry.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from winset.case.cells import LARGEST_FILE, read_raw
from winset.case.findings import Findings
from winset.case.model import At
from winset.errors import OutputError
from winset.output import writing

LOG_FILE = "log.yaml"
"""Name of the log in a case folder."""
FORMAT = 1
HEAD = (
    f"# winset log, format {FORMAT}. `winset track add` appends to it; "
    "a seal covers every line above it, so correct an entry by a later one.\n"
)
_HEAD = re.compile(r"# winset log, format (\d+)\b.*\n")
_OPENING = "---\n"
_SEAL = re.compile(r"# seal (\d+) ([0-9a-f]{64})\n")
_RESERVED = re.compile(r"---|\.\.\.|%|# seal ")


@dataclass(frozen=True, slots=True)
class Chapter:
    """The text of one entry, its first line in the file and its seal."""

    number: int
    text: str
    line: int
    seal: str


@dataclass(frozen=True, slots=True)
class Book:
    """A log as text: whole entries, and what was cut off after them."""

    chapters: tuple[Chapter, ...]
    whole: str
    """Everything up to the last seal."""
    rest: bytes
    """What follows it."""

    @property
    def seal(self) -> str:
        """The last seal, or that of the head."""
        return self.chapters[-1].seal if self.chapters else _sealed("", HEAD)


def book_of(file: Path, findings: Findings) -> Book:
    """Read a log; one that does not exist has no entries."""
    data = read_raw(file.parent, file.name, findings) if os.path.lexists(file) else b""
    return read_book(data or b"", file.name, findings)


def read_book(data: bytes, name: str, findings: Findings) -> Book:
    """Split a log into its entries.

    A log that ends in the middle of an entry, of a seal or of its head is taken up to its last whole
    entry.  Line ends of Windows do not count.

    Parameters
    ----------
    data, name
        The bytes of the log, and how messages call it.
    findings
        Gets what is wrong: no log (E090), another format (E080), a broken seal (E091).
    """
    whole, rest = _complete(data)
    if not whole:
        if not HEAD.encode().startswith(rest.replace(b"\r\n", b"\n").rstrip(b"\r")):
            _no_log(name, findings)
        return Book((), HEAD, rest)
    try:
        text = whole.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = 1 + whole[: error.start].count(b"\n")
        findings.add("E002", At(name, line), "a byte that is not UTF-8", allowed="UTF-8")
        return Book((), HEAD, b"")
    head = _HEAD.match(text)
    if head is None:
        _no_log(name, findings)
        return Book((), HEAD, b"")
    if int(head[1]) != FORMAT:
        findings.add("E080", At(name, 1), f"format {head[1]} of the log", allowed=str(FORMAT))
        return Book((), HEAD, b"")
    return Book(tuple(_chapters(text, head[0], name, findings)), text, rest)


def _complete(data: bytes) -> tuple[bytes, bytes]:
    """Split a file behind its last seal, or behind its head where it has no seal."""
    ends = [
        found.end() for found in re.finditer(rb"^# seal \d+ [0-9a-f]{64}\r?\n", data, re.MULTILINE)
    ]
    first = data.find(b"\n") + 1
    end = ends[-1] if ends else first
    return data[:end], data[end:]


def _no_log(name: str, findings: Findings) -> None:
    findings.add(
        "E090",
        At(name, 1),
        "no log of winset",
        allowed=HEAD.partition(".")[0],
        do="Name another file; `winset track add` writes a new log",
    )


def _chapters(text: str, head: str, name: str, findings: Findings) -> list[Chapter]:
    found: list[Chapter] = []
    seal, lines = _sealed("", head), []
    start = 2
    for number, line in enumerate(re.findall(r"[^\n]*\n", text)[1:], start=2):
        ends = _SEAL.fullmatch(line)
        if ends is None:
            lines.append(line)
            continue
        seal = _sealed(seal, "".join(lines))
        whole = (str(len(found) + 1), seal) == (ends[1], ends[2])
        if not whole or not lines or lines[0] != _OPENING:
            findings.add(
                "E091",
                At(name, number),
                f"seal {ends[1]} does not fit: something above it is not as it was written",
                do="Take the log from a copy; correct an entry by a later one",
            )
            return found
        found.append(Chapter(len(found) + 1, "".join(lines[1:]), start + 1, seal))
        lines, start = [], number + 1
    return found


def _sealed(before: str, text: str) -> str:
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def entry_text(text: str, name: str, findings: Findings) -> str:
    """Return an evaluation as it goes into a log, after checking that the log can hold it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    said = [place for place, one in enumerate(lines) if one.strip() and one[0] != "#"]
    if said and lines[said[0]].rstrip() == "---":
        # the line with which many YAML files begin; the log writes its own
        lines[said[0]] = ""
    for number, line in enumerate(lines, start=1):
        if _RESERVED.match(line):
            findings.add(
                "E092",
                At(name, number),
                f"a line that begins with {line[:7].strip()!r}, which the log keeps for itself",
                do="Indent the line, or remove it",
            )
    return "\n".join(lines).rstrip("\n") + "\n"


def append(file: Path, book: Book, text: str) -> str:
    """Write one more entry below those of a log; return its seal.

    The file is written anew beside the old one and put in its place when it is whole.  What was cut
    off after the last whole entry is kept beside it first.

    Raises
    ------
    OutputError
        It cannot be written, or would be too large; the log is as it was.
    """
    if book_of(file, Findings()) != book:
        message = f"{file} was changed by somebody else in the meantime. Add the evaluation again."
        raise OutputError(message)
    body = _OPENING + text.strip("\n") + "\n"
    seal = _sealed(book.seal, body)
    data = f"{book.whole}{body}# seal {len(book.chapters) + 1} {seal}\n".encode()
    if len(data) > LARGEST_FILE:
        message = f"{file} would be larger than {LARGEST_FILE:,} bytes. Begin a new case from it."
        raise OutputError(message)
    if book.rest:
        _keep(file, book.rest)
    with writing(file) as temporary:
        temporary.write_bytes(data)
    return seal


def _keep(file: Path, rest: bytes) -> None:
    """Put what was cut off beside the log, under a name that is free."""
    number = 1
    while (target := file.with_name(f"{file.name}.cut{number}")).exists():
        number += 1
    with writing(target) as temporary:
        temporary.write_bytes(rest)
