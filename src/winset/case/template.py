"""New cases: a small commented one that runs, or a copy of another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from winset.case.cells import LARGEST_FILE, read_text
from winset.case.columns import LAYOUTS, YAML_FILES
from winset.case.findings import Findings
from winset.case.read import locate
from winset.errors import AskError
from winset.output import write_folder

_STARTER = Path(__file__).resolve().parent / "starter"
_TIME = _STARTER.with_name("starter_time")
"""Files that come to the starter, or in place of its own, where it is to be followed through time."""


def new(folder: str | Path, *, source: str | Path | None = None, time: bool = False) -> Path:
    """Write a new case folder that already runs.

    Parameters
    ----------
    folder
        Where; it must not exist, or be empty.
    source
        A bundled case or a case folder to copy; without it, a small commented case of three
        measures is written.
    time
        Whether the small case also says what ``path`` and ``weigh`` need: shocks, elections, other
        governments, two programmes.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    OutputError
        The folder is there already, or cannot be written.
    AskError
        There is no such source, or one was named and time asked for too.
    CaseError
        A file of the source cannot be read as text.
    """
    if time and source is not None:
        message = f"{source} is copied as it is, with time or without; leave one of the two out."
        raise AskError(message)
    origin = _STARTER if source is None else locate(source)
    files = {name: text.encode("utf-8") for name, text in case_texts(origin).items()}
    if time:
        files |= {name: text.encode("utf-8") for name, text in case_texts(_TIME).items()}
    target = Path(folder)
    write_folder(target, files | _attachments(origin, files))
    return target


def _attachments(origin: Path, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """Read what else lies in a case folder: notes, background tables."""
    return {
        name: path.read_bytes()
        for path in sorted(origin.rglob("*"))
        if (name := path.relative_to(origin).as_posix()) not in known
        and not any(part.startswith((".", "__")) for part in path.relative_to(origin).parts)
        and path.is_file()
        and not path.is_symlink()
        and path.stat().st_size <= LARGEST_FILE
    }


def case_texts(folder: Path) -> dict[str, str]:
    """Texts of the files of a case folder by name: tables, YAML files, programmes, README.

    Raises
    ------
    CaseError
        A file cannot be read as text.
    """
    findings = Findings()
    names = [f"{name}.yaml" for name in YAML_FILES] + [f"{name}.csv" for name in LAYOUTS]
    inner = folder / "programmes"
    if inner.is_dir():
        names += [f"programmes/{path.name}" for path in sorted(inner.glob("*.yaml"))]
    texts = {
        name: text
        for name in ("README.md", *names)
        if (folder / name).is_file() and (text := read_text(folder, name, findings)) is not None
    }
    findings.stop()
    return texts
