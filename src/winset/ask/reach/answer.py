"""The answer to "how far can it go?": frozen tables with their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winset import run as runs
from winset.ask.reach import words
from winset.ask.reach.reason import Reason
from winset.ask.words import WORLD
from winset.case.model import Case
from winset.errors import AskError, nearest
from winset.run import Run
from winset.tables import Table

if TYPE_CHECKING:
    import pandas as pd

    from winset.worlds import Worlds


@dataclass(frozen=True, eq=False)
class Reach:
    """How far can the cooperation go?

    Attributes
    ----------
    case, worlds
        What was asked about.
    run
        Everything that decides the answer.
    tables
        Tables by name; :data:`winset.ask.reach.schemas.SCHEMAS` documents every column.
    parameters
        Choices of the method: subsamples, limits of the search.

    Examples
    --------
    >>> import winset
    >>> answer = winset.reach(winset.load("trilateral-2022"), n=200)  # doctest: +SKIP
    >>> print(answer.headline)  # doctest: +SKIP
    """

    case: Case
    worlds: Worlds
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def question(self) -> str:
        """Name of the question."""
        return "reach"

    @property
    def headline(self) -> str:
        """The answer in one or two sentences, computed from the tables."""
        return words.headline(self.case, self.tables, self.run.worlds)

    @property
    def definition(self) -> str:
        """What was counted."""
        return words.DEFINITION

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in a few sentences, the headline first."""
        return tuple(words.summary(self.case, self.tables, self.run.worlds))

    def table(self, name: str) -> Table:
        """Return a table by name.

        Raises
        ------
        AskError
            There is no such table.
        """
        if name not in self.tables:
            raise AskError(
                f"There is no table {name!r}; the tables are {', '.join(self.tables)}.",
                nearest=nearest(name, self.tables),
            )
        return self.tables[name]

    def to_pandas(self, name: str) -> pd.DataFrame:
        """Return a table as a pandas frame."""
        return self.table(name).to_pandas()

    def figure(self, name: str) -> Any:
        """Return a figure of the brief, drawn from this answer.

        Raises
        ------
        AskError
            There is no such figure.
        """
        from importlib import import_module

        return import_module("winset.brief.figures").figure(self, name)

    def why(self, *rungs: str, package: Mapping[str, int] | None = None) -> Reason:
        """Explain a rung, or a package of your own.

        Parameters
        ----------
        rungs
            One rung (``"D1.3"``) to have it explained; several make a package.
        package
            Levels by measure; measures that are not named stay as they are today.

        Raises
        ------
        AskError
            A rung or measure that the case does not have, or nothing was asked.
        """
        from winset.ask.reach.why import package_reason, read_package, rung_reason

        if package is None and len(rungs) == 1:
            return rung_reason(self, rungs[0])
        levels = read_package(self.case, rungs, package)
        return package_reason(self.case, self.worlds, levels)

    def save(self, folder: str | Path, *, force: bool = False, as_json: bool = False) -> Path:
        """Write a run folder: manifest and tables, whole or not at all.

        Raises
        ------
        OutputError
            See :func:`winset.run.save`.
        """
        return runs.save(self, folder, force=force, as_json=as_json)

    def __str__(self) -> str:
        listed = ", ".join(f"{name} ({len(table):,})" for name, table in self.tables.items())
        return "\n".join(
            [
                self.case.question,
                "",
                *self.sentences,
                "",
                f"{self.run.worlds:,} worlds. {WORLD}",
                f"Tables: {listed}.",
                f"Again: {self.run.command}",
            ]
        )

    def __repr__(self) -> str:
        return f"<Reach {self.run.case_id}: {self.run.worlds:,} worlds, run {self.run.id}>"

    def _repr_html_(self) -> str:
        first, *rest = self.sentences
        told = "".join(f"<li>{escape(sentence)}</li>" for sentence in rest)
        tables = "".join(
            f"<details><summary>{escape(name)}: {escape(table.meaning)}</summary>"
            f"{table.html(rows=60)}</details>"
            for name, table in self.tables.items()
        )
        return (
            f'<section class="winset-answer"><h3>{escape(self.case.question)}</h3>'
            f"<p><strong>{escape(first)}</strong></p><ul>{told}</ul>"
            f"<p><small>{self.run.worlds:,} worlds. {escape(WORLD)}</small></p>{tables}</section>"
        )
