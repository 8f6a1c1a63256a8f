"""Finished blocks of a run on disk, so that a run that was cut off goes on where it stopped.

Blocks are arrays in a folder that the user names, may carry to another machine and keeps; whole
answers of a brief are kept by :mod:`winset.cli.unfinished`, in the cache and only until the page
stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from winset.errors import AskError
from winset.output import writing

Arrays = Mapping[str, NDArray[Any]]
_ABOUT = "about.json"


@dataclass(frozen=True)
class Kept:
    """A folder with one file a finished block, all of one and the same run."""

    folder: Path

    def has(self, start: int) -> bool:
        """Tell whether the block that starts with a world was finished."""
        return self._file(start).is_file()

    def load(self, start: int) -> dict[str, NDArray[Any]]:
        """Return a finished block.

        Raises
        ------
        AskError
            The file is not what was written.
        """
        file = self._file(start)
        try:
            with np.load(file) as found:
                return {name: found[name] for name in found.files}
        except (OSError, ValueError, BadZipFile) as error:
            message = (
                f"{file} cannot be read as a finished block. Remove it, and it is computed anew."
            )
            raise AskError(message) from error

    def save(self, start: int, arrays: Arrays) -> None:
        """Keep a finished block, whole or not at all."""
        with writing(self._file(start)) as temporary, temporary.open("wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **arrays)

    def _file(self, start: int) -> Path:
        return self.folder / f"block-{start:07d}.npz"


def kept_in(folder: Path, about: Mapping[str, object]) -> Kept:
    """Open a folder for the blocks of one run, or make it.

    Parameters
    ----------
    folder
        A folder of an earlier, unfinished call of the same question, or a new or empty one.
    about
        All that decides the blocks; kept beside them and compared.

    Raises
    ------
    AskError
        The folder holds something else, or blocks of another run.
    """
    text = json.dumps(about, sort_keys=True, indent=1, default=str) + "\n"
    file = folder / _ABOUT
    if file.is_file():
        if file.read_text(encoding="utf-8") != text:
            message = (
                f"{folder} holds blocks of another run ({_differs(file, about)}). Name another "
                "folder, or ask the same question."
            )
            raise AskError(message)
        return Kept(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} is there already and holds no blocks of a run. Name another folder."
        raise AskError(message)
    folder.mkdir(parents=True, exist_ok=True)
    with writing(file) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return Kept(folder)


def digest_of(what: object) -> str:
    """Return a short digest of something that prints the same whenever it is the same."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def _differs(file: Path, about: Mapping[str, object]) -> str:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        here = json.loads(json.dumps(about, default=str))
        return ", ".join(key for key in here if found.get(key) != here[key]) + " differ"
    except (ValueError, AttributeError):
        return f"{file.name} cannot be read"
