"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from winset.errors import OutputError

MANIFEST = "manifest.json"
"""File by which a run folder is known as one that winset wrote."""


@contextmanager
def writing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` and put it in place when all went well.

    Raises
    ------
    OutputError
        The folder is missing or not writable, or the disk is full; nothing is left behind.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        os.close(handle)
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(target: Path, *, force: bool = False) -> Iterator[Path]:
    """Lend a folder to fill; it takes the place of ``target`` only if nothing went wrong.

    Parameters
    ----------
    target
        Where the folder shall stand, its parents made if missing.  It must not exist, or be
        empty, or be an earlier run folder of winset and ``force``.
    force
        Replace an earlier run folder.

    Raises
    ------
    OutputError
        Something else stands there, or it cannot be written; ``target`` is as it was before.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow a link
    work: Path | None = None
    try:
        may_take(target, force=force)
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        filled = work / "new"
        filled.mkdir(mode=0o777 & ~_umask())
        yield filled
        if target.exists():
            target.replace(work / "old")
        filled.replace(target)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        if work is not None:
            _put_back(target, work)
            shutil.rmtree(work, ignore_errors=True)


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write a folder with some files, by their paths inside it, or nothing.

    Raises
    ------
    OutputError
        As :func:`whole_folder`.
    """
    with whole_folder(folder, force=force) as work:
        for name, content in files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def may_take(target: Path, *, force: bool) -> None:
    """Refuse a place that must not be replaced; asked before a long computation, and after.

    Raises
    ------
    OutputError
        Something stands there that may not be replaced.
    """
    if not os.path.lexists(target):
        return
    if not target.is_dir() or target.is_symlink():
        message = f"{target} exists and is not a folder. Name another place."
        raise OutputError(message)
    if not any(target.iterdir()):
        return
    if not _is_run_folder(target):
        message = (
            f"{target} is there already and holds no earlier run of winset. Name a folder that does "
            "not exist."
        )
        raise OutputError(message)
    if not force:
        message = f"{target} holds an earlier run. Name another folder, or say --force."
        raise OutputError(message)


def _is_run_folder(target: Path) -> bool:
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("made_by") == "winset"


def _put_back(target: Path, work: Path) -> None:
    """Undo the first of the two renames if the second did not happen."""
    old = work / "old"
    if old.exists() and not target.exists():
        old.replace(target)


def _umask() -> int:
    """Return the permissions that new files do without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _failed(target: Path, error: OSError) -> OutputError:
    why = error.strerror or error
    return OutputError(f"{target} cannot be written: {why}. Nothing was changed.")
