"""Commands about order and pace: path, weigh, programmes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli.logs import LogFile, WithoutLog
from winset.cli.options import (
    CaseName,
    Force,
    Format,
    Leaders,
    OutFolder,
    Seed,
    Sets,
    TableFormat,
    WorldCount,
)

if TYPE_CHECKING:
    from winset.ask.answer import Answer
    from winset.case.model import Case, Programme

Quarters = Annotated[
    int | None,
    typer.Option(
        "--quarters",
        "-q",
        metavar="N",
        help="How many quarters to follow, 1 to 80; else the case's.",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="MECHANISM",
        help="Switch a part of the model off, say crisis; +abandonment puts the rival theory on.",
    ),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep",
        metavar="FOLDER",
        help="Keep finished blocks here; the same call goes on there after an interrupt.",
    ),
]
Shocks = Annotated[
    list[str] | None,
    typer.Option(
        "--shock",
        metavar="SHOCK@QUARTER",
        help="Put a shock on a date in every world, say X2@6; repeatable, the others come as drawn.",
    ),
]
TableName = Annotated[
    str | None, typer.Option("--table", "-t", metavar="NAME", help="Print this table as well.")
]


def path(
    case: CaseName,
    programme: Annotated[
        str, typer.Argument(metavar="PROGRAMME", help="A programme of the case, or a YAML file.")
    ],
    quarters: Quarters = None,
    pace: Annotated[
        list[float] | None,
        typer.Option(
            "--pace",
            metavar="FACTOR",
            help="Factor on the quarters between steps, 0.25 to 4; 2 is half as fast. Repeatable.",
        ),
    ] = None,
    without: Without = None,
    shock: Shocks = None,
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="RUNG", help="Say what became of this step in one world."),
    ] = None,
    world: Annotated[
        int, typer.Option("--world", metavar="N", min=0, help="The world that --why looks at.")
    ] = 0,
    quarter: Annotated[
        int | None,
        typer.Option(
            "--quarter", metavar="N", min=1, help="Quarter that --why looks at; else the end."
        ),
    ] = None,
    search: Annotated[
        int,
        typer.Option(
            "--search",
            metavar="N",
            min=0,
            help="Follow N other programmes in search of a deeper one under the same rules.",
        ),
    ] = 0,
    what_if: Annotated[
        bool,
        typer.Option(
            "--what-if",
            help="Set conditions by hand too: threats, elections, doubt, a court, spoilers, leaks.",
        ),
    ] = False,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", metavar="FILE", help="Write the dated plan as iCalendar."),
    ] = None,
    figure: Annotated[
        Path | None,
        typer.Option("--figure", metavar="FILE", help="Draw the dated plan as lanes, an SVG file."),
    ] = None,
    keep: Keep = None,
    found: Annotated[
        Path | None,
        typer.Option(
            "--found",
            metavar="FILE",
            help="Write the programme that --search found as a YAML file, to follow or weigh it.",
        ),
    ] = None,
    table: TableName = None,
    worlds: WorldCount = 500,
    rng: Seed = 1,
    sets: Sets = None,
    leader: Leaders = None,
    log: LogFile = None,
    without_log: WithoutLog = False,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """In which order, how fast: what becomes of a programme, quarter by quarter.

    Each step is put to everybody in the state of its quarter; shocks, elections and quarrels come
    as drawn, the same for every pace. Prints what becomes of each step and, last, the answer.
    """
    from dataclasses import replace

    import winset
    from winset.ask.path.solve import PACES
    from winset.case.programme_file import written
    from winset.cli.changes import changes
    from winset.cli.logs import again, load
    from winset.cli.output import known_table
    from winset.cli.progress import progress
    from winset.errors import AskError
    from winset.output import may_take, writing

    if table is not None:
        known_table("path", table)
    if out is not None:
        may_take(out, force=force)
    if found is not None and not search:
        message = "--found writes what --search N found; name how many programmes to try."
        raise AskError(message)
    with progress("worlds") as report:
        answer = winset.path(
            load(case, log, without=without_log),
            programme,
            n=worlds,
            rng=rng,
            changes=changes(sets, None, leader),
            quarters=quarters,
            paces=PACES if pace is None else pace,
            without=without or (),
            shocks=shock or (),
            progress=report,
            keep=keep,
            search=search,
            what_if=what_if,
        )
    command = again(answer.run.command, log, without=without_log)
    answer = replace(answer, run=replace(answer.run, command=command))
    files = {
        calendar: answer.calendar() if calendar else "",
        figure: answer.svg() if figure else "",
        found: written(answer.found) if answer.found else "",
    }
    for file, text in files.items():
        if file is not None:
            with writing(file) as temporary:
                temporary.write_bytes(text.encode())
    if why is not None:
        typer.echo(answer.why(why, world=world, quarter=quarter))
        return
    _give(answer, table or "steps", output, out, force=force)


def weigh(
    case: CaseName,
    programmes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROGRAMME]...", help="Programmes of the case or YAML files; else all."
        ),
    ] = None,
    quarters: Quarters = None,
    without: Without = None,
    shock: Shocks = None,
    keep: Keep = None,
    table: TableName = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    sets: Sets = None,
    leader: Leaders = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Whose programme: several side by side in the same worlds, under the same shocks.

    Programmes run as written; what one does not mention it does not refuse. Prints the comparison
    and, last, the answer with the assumptions on which the order turns.
    """
    import winset
    from winset.cli.changes import changes
    from winset.cli.output import known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if table is not None:
        known_table("weigh", table)
    if out is not None:
        may_take(out, force=force)
    with progress("worlds") as report:
        answer = winset.weigh(
            winset.load(case),
            programmes or None,
            n=worlds,
            rng=rng,
            changes=changes(sets, None, leader),
            quarters=quarters,
            without=without or (),
            shocks=shock or (),
            progress=report,
            keep=keep,
        )
    _give(answer, table or "compare", output, out, force=force)


def programmes(case: CaseName) -> None:
    """List the programmes of a case: whose they are, their steps, gates, levers and what they bar."""
    import winset

    loaded = winset.load(case)
    if not loaded.programmes:
        typer.echo(f"{loaded.id} has no programmes; add files to its folder programmes.")
    for one in loaded.programmes:
        quarters = [step.quarter for step in one.steps]
        gates = sum(step.when is not None for step in one.steps)
        lesser = sum(bool(step.otherwise) for step in one.steps)
        levers = ", ".join(f"{name} {option}" for name, option in one.settings.items()) or "none"
        typer.echo(
            f"{one.id}: {one.words.name}; {len(quarters)} steps, quarters {min(quarters)} to"
            f" {max(quarters)}; {gates} wait for a gate, {lesser} have a lesser rung to fall back to;"
            f" levers: {levers}; bars {len(one.barred)} rungs. {one.says}"
        )


def told_programme(case: Case) -> str:
    """Return the programme with most steps that haste may break; of several the earliest.

    Raises
    ------
    AskError
        The case has none.
    """
    from winset.errors import AskError
    from winset.words.brief.authors import dates

    dated = dates(case)
    risky = set(case.time.roles["settlement"]) if case.time else set()

    def order(one: Programme) -> tuple[int, str, str]:
        count = sum(case.rung[step.rung].measure in risky for step in one.steps)
        return -count, dated.get(one.source, "9999"), one.id

    found = sorted(case.programmes, key=order)
    if not found:
        message = f"{case.id} has no programmes; add files to its folder programmes."
        raise AskError(message)
    return found[0].id


def _give(answer: Answer, table: str, output: Format, out: Path | None, *, force: bool) -> None:
    from winset.cli.output import announce, emit, say_log

    if out is not None:
        answer.save(out, force=force)
    emit(answer.table(table), output)
    quiet = output is not Format.TABLE
    say_log(answer, quiet=quiet)
    announce(out, "\n".join(answer.sentences), quiet=quiet)
