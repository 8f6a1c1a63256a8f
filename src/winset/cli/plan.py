"""The command exercise plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli.options import Force, Format, OutFolder, Seed, TableFormat, TableName, WorldCount

if TYPE_CHECKING:
    from winset.exercise.calendar import Calendar


def plan(
    regime: Annotated[
        str,
        typer.Argument(
            metavar="[REGIME]", help="three-years, or a file of your own (see [bold]--copy[/])."
        ),
    ] = "three-years",
    table: TableName = None,
    refuse: Annotated[
        list[str] | None,
        typer.Option(
            "--refuse",
            metavar="RUNG[:YEAR]",
            help="Plan with a rung (D3.2) or the fullest form of an exercise refused, in the first "
            "year or in the one named. Repeatable.",
        ),
    ] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option(
            "--lock",
            metavar="CELL",
            help="Fix a cell: keen-sword/2022-11/two-way, or off for the form. Repeatable.",
        ),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            "-s",
            metavar="KEY=VALUE",
            help="Change a value of the file: budget=18, consent/shares/D3.2=0.7. Repeatable.",
        ),
    ] = None,
    greedy: Annotated[
        bool,
        typer.Option("--greedy", help="Do without the solver, which is an extra: proves nothing."),
    ] = False,
    robust: Annotated[
        float | None,
        typer.Option(
            "--robust",
            metavar="SHARE",
            help="Seek a second calendar, for windows nobody knows of yet: cover as much as can be "
            "in this share of drawn windows, 0.5 to 1.",
        ),
    ] = None,
    skip: Annotated[
        str | None,
        typer.Option(
            "--skip",
            metavar="PARTS",
            help="Parts to leave out, joined by commas: nearby, prices, refusals.",
        ),
    ] = None,
    effort: Annotated[
        float,
        typer.Option(
            "--effort",
            metavar="N",
            min=0.1,
            help="Work the solver may do on each calendar, in its own seconds, which no machine "
            "changes.",
        ),
    ] = 3.0,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", metavar="FILE", help="Write the calendar as iCalendar."),
    ] = None,
    figure: Annotated[
        Path | None, typer.Option("--figure", metavar="FILE", help="Draw the calendar as SVG.")
    ] = None,
    copy: Annotated[
        Path | None,
        typer.Option("--copy", metavar="FILE", help="Write the regime to edit, and plan nothing."),
    ] = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Plan the exercises of some years: which to hold when, in which form, what each limit costs.

    A form is planned if it is open in enough worlds of the case; else the next lesser one, with what
    must give before it is moved up. Prints the runs and, last, the answer. With --out the folder
    holds every table, the calendar as iCalendar and two figures.
    """
    from winset.cli.output import known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if copy is not None:
        _copy(regime, copy, force=force)
        return
    if table is not None:
        known_table("plan", table)
    if out is not None:
        may_take(out, force=force)
    import winset

    with progress("searches") as report:
        answer = winset.plan(
            regime,
            n=worlds,
            rng=rng,
            sets=sets or (),
            locks=lock or (),
            refuse=refuse or (),
            skip=(skip,) if skip else (),
            greedily=greedy,
            robust=robust,
            effort=effort,
            progress=report,
        )
    if out is not None:
        _save(answer, out, force=force)
    for path, text in ((calendar, answer.icalendar), (figure, answer.svg)):
        if path is not None:
            _write(path, text())
    _print(answer, table, output, out)


def _write(path: Path, text: str) -> None:
    from winset.output import writing

    with writing(path) as temporary:
        temporary.write_bytes(text.encode())


def _copy(regime: str, target: Path, *, force: bool) -> None:
    """Write a ready regime, or one's own, to another file."""
    from winset.errors import OutputError
    from winset.exercise.calendar.read import text_of

    if target.exists() and not force:
        message = f"{target} is there already. Name another file, or say --force."
        raise OutputError(message)
    _write(target, text_of(regime)[0])
    typer.echo(f"{target}")
    typer.echo(f"Plan it with winset exercise plan {target}.")


def _save(answer: Calendar, folder: Path, *, force: bool) -> None:
    from winset.output import whole_folder

    with whole_folder(folder, force=force) as work:
        answer.save(work, force=True)
        for name, text in (
            ("calendar.ics", answer.icalendar()),
            ("calendar.svg", answer.svg()),
            ("skills.svg", answer.skill_svg()),
        ):
            (work / name).write_bytes(text.encode())


def _print(answer: Calendar, table: str | None, output: Format, out: Path | None) -> None:
    from winset.cli.output import announce, emit
    from winset.exercise.calendar.view import overview

    data = output is not Format.TABLE
    if table is None and not data:
        typer.echo(overview(answer))
        others = ", ".join(answer.tables)
        typer.echo(f"\nMore with --table: {others}.\n")
        for line in answer.sentences[1:]:
            typer.echo(line)
    elif output is not Format.PARQUET or out is None:
        emit(answer.table(table or "runs"), output)
    announce(out, answer.headline, quiet=data)
