"""The commands under exercise; plan, report and evaluate stand in files of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import plan
from winset.cli.exercise_after import evaluate, report
from winset.cli.options import Force, Format, OutFolder, Seed, TableFormat, WorldCount

if TYPE_CHECKING:
    from winset.exercise import Exercise


def _example(*lines: str) -> str:
    return "\n\n".join(["Example:", *lines])


exercise = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Exercises that run, and the calendar of a year's exercises.",
    epilog=_example("winset exercise warning low-salvo"),
)

ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="[SCENARIO]",
        help="lofted, overflight, low-salvo, false-alarm, or a file of your own "
        "(see [bold]winset exercise new[/]).",
    ),
]


@exercise.command(
    "warning",
    epilog=_example(
        "winset exercise warning lofted",
        "winset exercise warning low-salvo --worlds 2000 --out salvo",
        "winset exercise warning false-alarm --live",
    ),
)
def warning(
    scenario: ScenarioName = "low-salvo",
    table: Annotated[
        str | None,
        typer.Option(
            "--table", "-t", metavar="NAME", help="Print this table instead of the comparison."
        ),
    ] = None,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="Play it: a controller steps the clock, three seats see only their own.",
        ),
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--form", metavar="NAME", help="Which form of sharing is in place when it is played."
        ),
    ] = "direct",
    page: Annotated[
        bool, typer.Option("--page", help="With --live: as a local page instead of the terminal.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help="With --live: the action log; an existing one is gone on with.",
        ),
    ] = None,
    worlds: WorldCount = 1000,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Shared missile warning: who knows what when, under every form of sharing.

    The same launches and the same draws are run without sharing, with each form of it, and with
    one common picture. With --out, an after-action report is written as a page beside the tables.
    Public figures only; nothing about interception.
    """
    from winset.cli.output import known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if live:
        _play(scenario, form, record, page=page)
        return
    if table is not None:
        known_table("exercise", table)
    if out is not None:
        may_take(out, force=force)
    import winset

    with progress("worlds", engine=False) as report:
        outcome = winset.exercise(scenario, n=worlds, rng=rng, progress=report)
    if out is not None:
        _save(outcome, out, force=force)
    _print(outcome, table, output, out)


def _print(outcome: Exercise, table: str | None, output: Format, out: Path | None) -> None:
    from winset.cli.output import announce, emit
    from winset.exercise.view import comparison

    data = output is not Format.TABLE
    if table is None and not data:
        emit(comparison(outcome), output)
        typer.echo()
        for line in outcome.sentences[1:]:
            typer.echo(line)
    elif output is not Format.PARQUET or out is None:
        emit(outcome.table(table or "forms"), output)
    for line in outcome.card.does_not_claim:
        typer.echo(f"Does not claim: {line}", err=data)
    place = out / "index.html" if out is not None else None
    announce(place, outcome.headline, quiet=data)


def _save(outcome: Exercise, folder: Path, *, force: bool) -> None:
    from winset.exercise.report import render
    from winset.output import whole_folder

    with whole_folder(folder, force=force) as work:
        outcome.save(work, force=True)
        (work / "index.html").write_text(render(outcome), encoding="utf-8", newline="\n")


def _play(scenario: str, form: str, record: Path | None, *, page: bool) -> None:
    from winset.cli.live import play

    play(scenario, form=form, record=record, page=page)


exercise.command(
    "plan",
    epilog=_example(
        "winset exercise plan",
        "winset exercise plan --refuse D3.2 --table runs",
        "winset exercise plan mine.yaml --lock keen-sword/2022-11/two-way --out years",
    ),
)(plan.plan)


@exercise.command("scenarios", epilog=_example("winset exercise scenarios"))
def ready() -> None:
    """List the ready scenarios and what each one trains."""
    from winset.exercise import load_scenario, scenarios

    for name in scenarios():
        one = load_scenario(name)
        count = len(one.launches)
        typer.echo(f"{name}: {one.title}. {count} launch{'es' * (count != 1)}.")
        for line in one.trains:
            typer.echo(f"  trains: {line}")


@exercise.command(
    "new",
    epilog=_example(
        "winset exercise new mine.yaml", "winset exercise new mine.yaml --kind low --launches 12"
    ),
)
def new(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The scenario to write.")],
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="NAME", help="lofted, overflight, low, medium or mixed."),
    ] = "mixed",
    launches: Annotated[
        int, typer.Option("--launches", metavar="N", min=1, max=2000, help="How many launches.")
    ] = 4,
    false_tracks: Annotated[
        int,
        typer.Option("--false-tracks", metavar="N", min=0, max=200, help="How many false ones."),
    ] = 0,
    rng: Seed = 1,
    force: Force = False,
) -> None:
    """Write a scenario that runs, with every rule of release spelled out, to edit and run."""
    from winset.errors import OutputError
    from winset.exercise.generate import generate
    from winset.output import writing

    if target.exists() and not force:
        message = f"{target} is there already. Name another file, or say --force."
        raise OutputError(message)
    text = generate(target.stem, kind=kind, launches=launches, false_tracks=false_tracks, rng=rng)
    with writing(target) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{target}")
    typer.echo(f"Run it with winset exercise warning {target}.")


exercise.command("report", epilog=_example("winset exercise report play.log --out after-action"))(
    report
)
exercise.command(
    "evaluate",
    epilog=_example(
        "winset exercise evaluate salvo-run --date 2022-10-12 --out salvo.yaml",
        "winset exercise evaluate play.log --date 2022-10-12 --rung D1.3 --out play.yaml",
    ),
)(evaluate)
