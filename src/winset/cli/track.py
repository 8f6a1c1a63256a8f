"""The commands track and track add: what has happened since, and writing it down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from winset.cli.logs import LogFile, load
from winset.cli.options import (
    CaseName,
    Force,
    Format,
    OutFolder,
    Seed,
    Sets,
    TableFormat,
    TableName,
    WorldCount,
)

_SHOW = "show"


class _Short(TyperGroup):
    """A group in which ``winset track CASE`` is short for ``winset track show CASE``."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take the first word for a case where it is no command."""
        named = bool(args) and args[0] in self.commands
        return super().resolve_command(ctx, args if named else [_SHOW, *args])


def _example(*lines: str) -> str:
    return "\n\n".join(["Example:", *lines])


track = typer.Typer(
    cls=_Short,
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="What has happened since the as-of date: the log of a case. [bold]winset track CASE[/] is "
    "short for [bold]winset track show CASE[/].",
    epilog=_example("winset track mine", "winset track add mine drill.yaml"),
)


@track.command(
    _SHOW,
    epilog=_example("winset track show mine", "winset track show mine --answers --on 2023-06-30"),
)
def show(
    case: CaseName,
    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="DATE",
            help="Day on which something is due, YYYY-MM-DD; else that of the latest entry.",
        ),
    ] = "",
    answers: Annotated[
        bool,
        typer.Option(
            "--answers",
            help="Also ask which rungs are open with and without the log, in the same worlds.",
        ),
    ] = False,
    table: TableName = None,
    worlds: WorldCount = 500,
    rng: Seed = 1,
    sets: Sets = None,
    log: LogFile = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Where each measure stands, what is due, and what the log changed.

    From proposed through acceptable or blocked, prepared and executed to evaluated. Worlds are only
    drawn with --answers.
    """
    import winset
    from winset.cli.changes import changes
    from winset.cli.output import deliver, known_table
    from winset.cli.progress import progress
    from winset.cli.view import loop
    from winset.output import may_take

    if table is not None:
        known_table("track", table)
    if out is not None:
        may_take(out, force=force)
    with progress("worlds", engine=answers) as report:
        answer = winset.track(
            load(case, log),
            on=on,
            answers=answers or table == "moved",
            n=worlds,
            rng=rng,
            changes=changes(sets, None, None),
            progress=report,
        )
    view = loop(answer)
    deliver(answer, main="stages", table=table, output=output, out=out, force=force, view=view)


@track.command("add", epilog=_example("winset track add mine drill.yaml"))
def add(
    case: CaseName,
    evaluation: Annotated[
        Path,
        typer.Argument(
            metavar="EVALUATION", help="A YAML file: what happened, when, and what it showed."
        ),
    ],
    log: LogFile = None,
) -> None:
    """Append an evaluation to the log of a case, once everything about it is in order.

    The log is sealed entry by entry: what is written stays, and a correction is a later entry.
    """
    import winset

    added = winset.track_add(case, evaluation, log=log)
    typer.echo(str(added))
    typer.echo(f"seal {added.entry.hash}")


@track.command("new", epilog=_example("winset track new mine drill.yaml --rung D1.3"))
def new(
    case: CaseName,
    evaluation: Annotated[
        Path, typer.Argument(metavar="EVALUATION", help="The YAML file to write.")
    ],
    rung: Annotated[
        str,
        typer.Option(
            "--rung", metavar="RUNG", help="The rung it is about; else the first not in place."
        ),
    ] = "",
    log: LogFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write a commented evaluation to fill in, already in order."""
    from winset.case.tracking import evaluation_template
    from winset.errors import OutputError
    from winset.output import writing

    if evaluation.exists() and not force:
        message = f"{evaluation} is there already. Name another file, or say --force."
        raise OutputError(message)
    text = evaluation_template(load(case, log), rung)
    with writing(evaluation) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{evaluation}")
    typer.echo(f"Fill it in, then append it with winset track add {case} {evaluation}.")
