"""What every answer is: frozen tables with their sentences, ready to be printed, drawn and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from winset import run as runs
from winset.case.model import Case
from winset.errors import AskError, nearest
from winset.run import Run
from winset.tables import Table
from winset.words import answer as words

if TYPE_CHECKING:
    import pandas as pd


class Tabled:
    """What everything that is computed offers: sentences, tables by name, a run folder.

    A class that derives from this one has the fields ``run``, ``tables`` and ``parameters``.
    """

    question: ClassVar[str]
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def definition(self) -> str:
        """What was counted."""
        raise NotImplementedError

    @property
    def sentences(self) -> Sequence[str]:
        """The answer in a few sentences, computed from the tables, the headline first."""
        raise NotImplementedError

    @property
    def headline(self) -> str:
        """The answer in one or two sentences."""
        return self.sentences[0]

    @property
    def read_with(self) -> str:
        """Which log of a case was read; empty for none."""
        return ""

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

    def save(self, folder: str | Path, *, force: bool = False, as_json: bool = False) -> Path:
        """Write a run folder: manifest and tables, whole or not at all.

        Raises
        ------
        OutputError
            See :func:`winset.run.save`.
        """
        return runs.save(self, folder, force=force, as_json=as_json)


@dataclass(frozen=True, eq=False)
class Answer(Tabled):
    """The answer to a question about a case.

    A question derives its own class from this one and says its name and its words.

    Attributes
    ----------
    case
        What was asked about.
    run
        Everything that decides the answer.
    tables
        Tables by name; ``winset.ask.schemas()[question]`` documents every column.
    parameters
        Choices of the method: subsamples, limits of the search.
    """

    question: ClassVar[str]
    """Name of the question, as on the command line."""

    case: Case
    run: Run
    tables: Mapping[str, Table]
    parameters: Mapping[str, object]

    @property
    def title(self) -> str:
        """The question as a reader meets it."""
        return self.case.question or self.case.title

    @property
    def counted(self) -> str:
        """Over how many worlds was counted, and what a world is; empty where none was drawn."""
        return words.counted(self.run.worlds) if self.run.worlds else ""

    @property
    def read_with(self) -> str:
        """Which log of the case was read; empty for none."""
        return words.read_with(self.case)

    def figure(self, name: str) -> Any:
        """Return a figure of the brief, drawn from this answer.

        Raises
        ------
        AskError
            There is no such figure.
        """
        from importlib import import_module

        return import_module("winset.brief.figures").figure(self, name)

    def __str__(self) -> str:
        return "\n".join(
            [
                self.title,
                "",
                *self.sentences,
                *([self.read_with] if self.read_with else []),
                "",
                *([self.counted] if self.counted else []),
                words.tables({name: len(table) for name, table in self.tables.items()}),
                words.again(self.run.command),
            ]
        )

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<{name} {self.run.case_id}: {self.run.worlds:,} worlds, run {self.run.id}>"

    def _repr_html_(self) -> str:
        first, *rest = self.sentences
        lines = (*rest, self.read_with) if self.read_with else rest
        told = "".join(f"<li>{escape(line)}</li>" for line in lines)
        tables = "".join(
            f"<details><summary>{escape(name)}: {escape(table.meaning)}</summary>"
            f"{table.html(rows=60)}</details>"
            for name, table in self.tables.items()
        )
        return (
            f'<section class="winset-answer"><h3>{escape(self.title)}</h3>'
            f"<p><strong>{escape(first)}</strong></p><ul>{told}</ul>"
            f"<p><small>{escape(self.counted)}</small></p>{tables}</section>"
        )
