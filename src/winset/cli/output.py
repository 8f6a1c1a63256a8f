"""How answers leave: tables on stdout, words and paths last, run folders whole."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import typer

from winset.cli.options import Format

if TYPE_CHECKING:
    from winset.ask.answer import Answer, Tabled
    from winset.tables import Table


def emit(table: Table, output: Format) -> None:
    """Print a table in the form asked for.

    Raises
    ------
    AskError
        Parquet on a terminal.
    """
    if output is Format.TABLE:
        typer.echo(table.text())
    elif output is Format.CSV:
        typer.echo(table.csv(), nl=False)
    elif output is Format.JSON:
        typer.echo(table.json(indent=1))
    else:
        _emit_parquet(table)


def known_table(question: str, name: str) -> None:
    """Refuse a table that an answer will not have, before anything is computed.

    Raises
    ------
    AskError
        There is no such table.
    """
    from winset.ask import schemas
    from winset.errors import AskError, nearest

    names = schemas()[question]
    if name not in names:
        message = f"There is no table {name!r}. Allowed: {', '.join(names)}."
        raise AskError(message, nearest=nearest(name, names))


def announce(place: Path | None, headline: str, *, quiet: bool = False) -> None:
    """Say where the answer is and what it says; on stderr where stdout holds data."""
    if place is not None:
        size = f" ({place.stat().st_size / 1000:,.0f} kB)" if place.is_file() else ""
        typer.echo(f"{place}{size}", err=quiet)
    typer.echo(headline, err=quiet)


class Page(NamedTuple):
    """A brief to be written beside the tables: other answers it tells, and how it is printed."""

    beside: tuple[Answer, ...] = ()
    pdf: bool = False
    full: bool = False
    language: str = "en"


def save(
    answer: Tabled,
    folder: Path,
    *,
    force: bool,
    parquet: bool = False,
    page: Page | None = None,
    drawings: Mapping[str, str] | None = None,
) -> None:
    """Write a run folder: manifest, tables, drawings by file name, if asked the page of the brief.

    Raises
    ------
    OutputError
        The folder holds something else, or cannot be written.
    """
    from winset.output import whole_folder

    with whole_folder(folder, force=force) as work:
        answer.save(work, force=True)
        if parquet:
            for name, table in answer.tables.items():
                table.to_parquet(work / f"{name}.parquet")
        for name, svg in (drawings or {}).items():
            (work / name).write_text(svg, encoding="utf-8", newline="\n")
        if page is not None:
            _write_page(cast("Answer", answer), page, work)


def _write_page(answer: Answer, page: Page, work: Path) -> None:
    """Write the page, its summary, what is printed, and a run folder for each answer told beside."""
    import winset

    write = partial(winset.brief, answer.case, answer, *page.beside, language=page.language)
    write(out=work / "index.html", full=page.full)
    write(out=work / "summary.html", summary=True)
    if page.pdf:
        write(out=work / "brief.pdf", full=page.full, form="pdf")
        write(out=work / "summary.pdf", summary=True, form="pdf")
    for other in page.beside:
        other.save(work / other.question)


def deliver(
    answer: Tabled,
    *,
    main: str,
    table: str | None,
    output: Format,
    out: Path | None,
    force: bool,
    view: Table | None = None,
    drawings: Mapping[str, str] | None = None,
) -> None:
    """Save an answer if asked; print its sentences and main table, or one table as data.

    ``view`` is read in a terminal in place of the main table.
    """
    if out is not None:
        save(answer, out, force=force, parquet=output is Format.PARQUET, drawings=drawings)
    if table is None and output is Format.TABLE:
        emit(answer.table(main) if view is None else view, output)
        others = ", ".join(name for name in answer.tables if name != main or view is not None)
        typer.echo(f"\nMore with --table: {others}.\n")
        for sentence in answer.sentences[1:]:
            typer.echo(sentence)
        say_log(answer)
    elif output is not Format.PARQUET or out is None:
        emit(answer.table(table or main), output)
    announce(out, answer.headline, quiet=output is not Format.TABLE)


def say_log(answer: Tabled, *, quiet: bool = False) -> None:
    """Say which log of its case an answer read; on stderr where stdout holds data."""
    if answer.read_with:
        typer.echo(answer.read_with, err=quiet)


def _emit_parquet(table: Table) -> None:
    from winset.errors import AskError

    if sys.stdout.isatty():
        raise AskError(
            "Parquet is not for reading: send it to a file with > FILE, or say --out FOLDER."
        )
    import io

    buffer = io.BytesIO()
    table.to_polars().write_parquet(buffer)
    sys.stdout.buffer.write(buffer.getvalue())
    sys.stdout.buffer.flush()
