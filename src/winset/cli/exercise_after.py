"""The commands exercise report and exercise evaluate: after a live exercise, and into a case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli.options import Force, Format, OutFolder, TableFormat

if TYPE_CHECKING:
    from winset.exercise.played import Played

ScenarioFile = Annotated[
    str | None,
    typer.Option(
        "--scenario", metavar="FILE", help="What was played, where it is not a ready scenario."
    ),
]


def report(
    log: Annotated[Path, typer.Argument(metavar="LOG", help="The log of a live exercise.")],
    scenario: ScenarioFile = None,
    table: Annotated[
        str | None, typer.Option("--table", "-t", metavar="NAME", help="Print this table.")
    ] = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """After action: what came of a live exercise, beside what rules make of the same launches.

    With --out, a report is written as a page beside the tables. The log is read up to its last whole
    entry and left as it is.
    """
    from winset.cli.output import announce, emit, known_table
    from winset.exercise.played import after_action
    from winset.output import may_take

    if table is not None:
        known_table("played", table)
    if out is not None:
        may_take(out, force=force)
    outcome = after_action(log, scenario)
    if out is not None:
        _save(outcome, out, force=force)
    data = output is not Format.TABLE
    if table is None and not data:
        emit(outcome.table("compared"), output)
        typer.echo()
        for line in outcome.sentences[1:]:
            typer.echo(line)
    elif output is not Format.PARQUET or out is None:
        emit(outcome.table(table or "compared"), output)
    announce(out / "index.html" if out is not None else None, outcome.headline, quiet=data)


def _save(outcome: Played, folder: Path, *, force: bool) -> None:
    from winset.exercise.played_report import render_played
    from winset.output import whole_folder

    with whole_folder(folder, force=force) as work:
        outcome.save(work, force=True)
        (work / "index.html").write_text(render_played(outcome), encoding="utf-8", newline="\n")


def evaluate(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="RUN|LOG", help="A run folder of an exercise, or the log of a live one."
        ),
    ],
    date: Annotated[
        str, typer.Option("--date", metavar="DATE", help="When it was held, YYYY-MM-DD.")
    ],
    form: Annotated[
        str,
        typer.Option("--form", metavar="NAME", help="Form of sharing; else direct, or as played."),
    ] = "",
    measure: Annotated[
        str,
        typer.Option(
            "--measure", metavar="MEASURE", help="Measure it is credited to; else that of the form."
        ),
    ] = "",
    criterion: Annotated[
        str,
        typer.Option(
            "--criterion", metavar="CRITERION", help="Criterion that the effect speaks to."
        ),
    ] = "WRN",
    result: Annotated[
        str, typer.Option("--output", metavar="NAME", help="Which output of the model is coded.")
    ] = "shared",
    rung: Annotated[
        list[str] | None,
        typer.Option(
            "--rung", metavar="RUNG", help="Rung that was executed by it, if any. Repeatable."
        ),
    ] = None,
    scenario: ScenarioFile = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The evaluation to write; else printed."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write the evaluation of an exercise: a small file ready for winset track add.

    A run gives the computed effect of a form; a play gives practice as well. Read it, add what else
    happened, then append it to the log of a case.
    """
    from winset.errors import OutputError
    from winset.exercise.evaluation import Wanted, evaluate
    from winset.output import writing

    if out is not None and out.exists() and not force:
        message = f"{out} is there already. Name another file, or say --force."
        raise OutputError(message)
    wanted = Wanted(date, form, measure, criterion, result, tuple(rung or ()))
    text = evaluate(source, wanted, scenario=scenario)
    if out is None:
        typer.echo(text, nl=False)
        return
    with writing(out) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{out}")
    typer.echo(f"Append it with winset track add CASE {out}.")
