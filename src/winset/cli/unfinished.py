"""Answers kept until the page they are for is written, so that an interrupted brief goes on."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from winset.ask.answer import Answer

A = TypeVar("A", bound="Answer")


class Unfinished:
    """A folder in the user's cache for the answers of one command.

    What is kept is read back by this program only, from the cache that also holds its compiled
    engine.  Anything that decides an answer, this program's own files included, is in its name.
    """

    def __init__(self, about: Mapping[str, object]) -> None:
        self.folder = _cache() / "unfinished" / _digest({**about, "program": _program()})

    def answer(self, about: Mapping[str, object], ask: Callable[[], A]) -> A:
        """Return the kept answer to a question, or ask and keep what is answered."""
        path = self.folder / f"{_digest(about)}.pickle"
        if path.is_file():
            kept: A = pickle.loads(path.read_bytes())  # noqa: S301 - written below, by this program
            return kept
        found = ask()
        self._keep(path, found)
        return found

    def _keep(self, path: Path, found: Answer) -> None:
        """Write an answer; where the cache cannot be written nothing is kept, and nothing fails."""
        from winset.errors import OutputError
        from winset.output import writing

        with suppress(OSError, OutputError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with writing(path) as temporary:
                temporary.write_bytes(pickle.dumps(found))

    def held(self) -> int:
        """Count the answers kept."""
        return len(list(self.folder.glob("*.pickle")))

    def forget(self) -> None:
        """Remove what was kept: the page is written."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def telling(kept: Unfinished) -> Iterator[None]:
    """Say, when the block is interrupted, that the same command goes on from what is kept."""
    try:
        yield
    except KeyboardInterrupt:
        if count := kept.held():
            noun = "question is" if count == 1 else "questions are"
            sys.stderr.write(f"{count} {noun} answered and kept; the same command goes on there\n")
        raise


def _cache() -> Path:
    from winset.engine.jit import cache_root

    return cache_root()


def _digest(about: Mapping[str, object]) -> str:
    text = json.dumps(about, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@cache
def _program() -> str:
    """Digest of this program's files: no answer of another version is ever taken up."""
    import winset

    digest = hashlib.sha256()
    root = Path(winset.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
