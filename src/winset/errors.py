"""One tree of errors, each with what to do about it.

::

    WinsetError
    ├── CaseError      a case folder is wrong; carries every problem found     exit code 3
    ├── AskError       a question is wrong: unknown address, rung, lever ...   exit code 2
    ├── LimitError     a case or a question is too large                       exit code 4
    └── OutputError    an answer cannot be written                             exit code 4
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from winset.case.model import At

_SHOWN = 80
_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong (``E...``) or doubtful (``W...``) in a case folder.

    Attributes
    ----------
    id
        Which rule was broken, for instance ``E012``; :data:`winset.case.findings.CATALOGUE` says
        what each one means.
    at
        File and line.
    found, allowed, nearest, do
        What stands there, what may stand there, the nearest valid name (or nothing), what to do.
    """

    id: str
    at: At
    found: str
    allowed: str = ""
    nearest: str = ""
    do: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the case cannot be used before this is mended."""
        return self.id.startswith("E")

    def __str__(self) -> str:
        parts = [f"{self.at}: {self.id}: {self.found}."]
        if self.allowed:
            parts.append(f"Allowed: {self.allowed}.")
        if self.nearest:
            parts.append(f"Nearest: {self.nearest}.")
        if self.do:
            parts.append(f"{self.do}.")
        return " ".join(parts)


class WinsetError(Exception):
    """Anything winset refuses to do; ``exit_code`` is what the command line returns."""

    exit_code: ClassVar[int] = 2


class CaseError(WinsetError):
    """A case folder cannot be read; ``problems`` holds all that was found, in file order."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "1 problem in the case" if count == 1 else f"{count} problems in the case"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


class AskError(WinsetError):
    """A question names something the case does not have, or is not a question."""

    exit_code = 2

    def __init__(self, message: str, *, nearest: Sequence[str] = ()) -> None:
        self.nearest = tuple(nearest)
        tail = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        super().__init__(message + tail)


class LimitError(WinsetError):
    """A case or a question is larger than can be answered; the message holds an estimate."""

    exit_code = 4


class OutputError(WinsetError):
    """A file or folder cannot be written; nothing was left half-written."""

    exit_code = 4


def shown(text: str) -> str:
    """Text as it may stand in a message: on one line, quoted, shortened."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…")


def nearest(word: str, names: Iterable[str], *, count: int = 1) -> tuple[str, ...]:
    """Names that are most like a word, best first; none where nothing is like it."""
    pool = sorted(set(names))
    word = word[:_COMPARED]
    folded = {name.casefold(): name for name in pool}
    if word.casefold() in folded:
        return (folded[word.casefold()],)
    close = get_close_matches(word.casefold(), list(folded), n=count, cutoff=0.6)
    return tuple(folded[name] for name in close)
