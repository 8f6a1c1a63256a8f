"""What an answer was computed from, and its run folder: written whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from winset.output import MANIFEST, write_folder
from winset.tables import Table

if TYPE_CHECKING:
    from winset.case.model import Case
    from winset.worlds import Worlds

FORMAT = 1
_LIBRARIES = ("numba", "numpy", "scipy")


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that decides an answer; two equal runs give equal tables, byte for byte.

    No clock and no machine is in it.  ``worlds`` is the number of worlds the answer rests on,
    which is below ``asked`` where a time limit ended the run.
    """

    case_id: str
    case_hash: str
    worlds: int
    asked: int
    first: int
    rng: int
    prior: str
    correlated: bool
    changes: tuple[str, ...]
    version: str
    versions: tuple[tuple[str, str], ...]
    command: str

    def json(self) -> str:
        """Write the run as canonical JSON: keys sorted, no spaces."""
        return json.dumps(self.document(), sort_keys=True, separators=(",", ":"))

    def document(self) -> dict[str, Any]:
        """Return the run as plain Python objects."""
        plain = asdict(self)
        return {**plain, "changes": [*self.changes], "versions": dict(self.versions)}

    @property
    def id(self) -> str:
        """First twelve digits of the SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.json().encode()).hexdigest()[:12]

    def done(self, worlds: int) -> Run:
        """Return the run with the number of worlds that were in fact computed."""
        return replace(self, worlds=worlds)


def run_of(worlds: Worlds, *, question: str, options: Iterable[str] = ()) -> Run:
    """Describe the run that puts a question to drawn worlds, with the command that repeats it.

    ``options`` are those of the question that differ from what it does unasked.
    """
    quoted = [_quoted(option) for option in options]
    run = run_of_case(
        worlds.case, question=question, worlds=worlds.n, rng=worlds.rng, options=quoted
    )
    changes = tuple(str(change) for change in worlds.changes)
    command = " ".join([run.command, *(f"--set={_quoted(change)}" for change in changes)])
    return replace(
        run,
        first=worlds.first,
        prior=worlds.prior,
        correlated=worlds.correlated,
        changes=changes,
        command=command,
    )


def run_of_case(
    case: Case, *, question: str, worlds: int, rng: int, options: Iterable[str] = ()
) -> Run:
    """Describe a run that draws what it needs of a case by itself."""
    words = ["winset", question, case.id, f"--worlds={worlds}", f"--rng={rng}", *options]
    return Run(
        case_id=case.id,
        case_hash=case.hash,
        worlds=worlds,
        asked=worlds,
        first=0,
        rng=rng,
        prior="pert",
        correlated=True,
        changes=(),
        version=_version("winset"),
        versions=tuple((name, _version(name)) for name in _LIBRARIES),
        command=" ".join(words),
    )


def run_without_case(about: str, digest: str, *, worlds: int, rng: int, command: str) -> Run:
    """Describe a run about something other than a case, such as the scenario of an exercise."""
    return Run(
        case_id=about,
        case_hash=digest,
        worlds=worlds,
        asked=worlds,
        first=0,
        rng=rng,
        prior="pert",
        correlated=False,
        changes=(),
        version=_version("winset"),
        versions=tuple((name, _version(name)) for name in _LIBRARIES),
        command=command,
    )


class Answer(Protocol):
    """What every answer offers to the run folder, the brief and the command line."""

    @property
    def question(self) -> str:
        """Name of the question: ``reach``."""

    @property
    def run(self) -> Run:
        """What the answer was computed from."""

    @property
    def headline(self) -> str:
        """The answer in one or two sentences."""

    @property
    def definition(self) -> str:
        """What was counted."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """Choices of the method, such as limits and subsamples."""

    @property
    def tables(self) -> Mapping[str, Table]:
        """All tables by name."""


def save(answer: Answer, folder: str | Path, *, force: bool = False, as_json: bool = False) -> Path:
    """Write an answer as a run folder: ``manifest.json`` and one CSV a table.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where to; made with its parents if missing.
    force
        Whether an earlier run folder (or an empty folder) of that name may be replaced.  A
        folder that holds anything else is never touched.
    as_json
        Whether each table is written as JSON as well, with its schema.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    OutputError
        Something stands there already, or the folder cannot be written; what stood there
        before is left as it was.
    """
    target = Path(folder).expanduser().absolute()
    files = _files(answer, as_json=as_json)
    write_folder(target, {name: text.encode() for name, text in files.items()}, force=force)
    return target


def _files(answer: Answer, *, as_json: bool) -> dict[str, str]:
    files = {}
    listed = []
    for name, table in answer.tables.items():
        text = table.csv()
        files[f"{name}.csv"] = text
        if as_json:
            files[f"{name}.json"] = table.json(indent=1) + "\n"
        schema = table.document()
        listed.append(
            {
                "name": name,
                "file": f"{name}.csv",
                "rows": len(table),
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "meaning": schema["meaning"],
                "columns": schema["columns"],
            }
        )
    manifest = {
        "made_by": "winset",
        "format": FORMAT,
        "question": answer.question,
        "headline": answer.headline,
        "definition": answer.definition,
        "parameters": dict(answer.parameters),
        "run": answer.run.document(),
        "tables": listed,
    }
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return files


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _quoted(text: str) -> str:
    plain: Iterable[str] = (" ", "*", "'", '"', "$", "@")
    return "'" + text.replace("'", "'\\''") + "'" if any(c in text for c in plain) else text
