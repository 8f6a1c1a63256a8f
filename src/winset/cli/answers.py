"""Commands that answer: brief, reach, why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from winset.cli.logs import LogFile, WithoutLog
from winset.cli.options import (
    CaseName,
    Forbid,
    Force,
    Format,
    Leaders,
    Levers,
    OutFolder,
    Require,
    Seed,
    Sets,
    TableFormat,
    TableName,
    TimeLimit,
    Unlocks,
    WorldCount,
)

if TYPE_CHECKING:
    from winset.ask.reach import Reach
    from winset.case.model import Case, Change

_PARTS = ("packages", "unlocks", "sense")
_QUESTIONS = ("settle", "hold", "dispute", "track", "path", "weigh")


class Printed(StrEnum):
    """What of the brief goes on paper."""

    BRIEF = "brief"
    FULL = "full"


def brief(
    case: CaseName,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FOLDER",
            help="Folder to write: page, text, tables, manifest. By default the name of the case and -brief. Whole or not at all.",
        ),
    ] = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    require: Require = None,
    forbid: Forbid = None,
    time_limit: TimeLimit = None,
    skip: Annotated[
        str | None,
        typer.Option(
            "--skip",
            metavar="PARTS",
            help="Parts to leave out, joined by commas: packages (proofs and who gets what), "
            "unlocks (what would move a step), sense (other forms of the model and null models; winset sense asks more).",
        ),
    ] = None,
    also: Annotated[
        str | None,
        typer.Option(
            "--also",
            metavar="QUESTIONS",
            help="Further questions to tell on the page, joined by commas: hold, settle, dispute, track, path (of the programme with most settlements), weigh.",
        ),
    ] = None,
    offset: Annotated[
        str | None,
        typer.Option(
            "--offset",
            metavar="RUNG",
            help="With --also settle: what added to this rung turns a refusal, with a figure.",
        ),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print brief.pdf and summary.pdf too, by a browser.")
    ] = False,
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar="CODE",
            help="Language of the page: en, English; there is no other yet.",
        ),
    ] = "en",
    printed: Annotated[
        Printed,
        typer.Option("--print", help="What paper shows: the brief, or every fold and trace too."),
    ] = Printed.BRIEF,
    force: Force = False,
) -> None:
    """Write the brief of a case: one page to read, print and check, and two sheets of it.

    index.html is the brief; summary.html is what of it two sheets of paper hold, for a meeting.
    The page needs no network. Every share in it says in how many of the drawn worlds something
    holds, not how likely it is. The last lines printed are where the page is and what it says.
    Questions already answered when it is interrupted are kept: the same command goes on from there.
    """
    import winset
    from winset.cli.beside import Task, beside
    from winset.cli.changes import changes
    from winset.cli.output import Page, announce, save
    from winset.cli.unfinished import Unfinished, telling
    from winset.output import may_take
    from winset.words.language import language_of

    language_of(lang)
    folder = out or Path(f"{Path(case).name}-brief")
    may_take(folder, force=force)
    left, more = _parts(skip, _PARTS), _parts(also, _QUESTIONS)
    _offset_told(offset, more)
    extras = Extras(require, forbid, prove="packages" not in left, unlocks="unlocks" not in left)
    asked = changes(sets, lever, leader)
    names = [*([] if "sense" in left else ["sense"]), *(q for q in _QUESTIONS if q in more)]
    told = {"settle": {"offset": offset}} if offset is not None else {}
    tasks = [Task(name, case, rng, asked, told.get(name, {})) for name in names]
    first = Task("reach", case, rng, asked, {"n": worlds, **extras._asdict()})
    loaded = winset.load(case)
    kept = Unfinished({**first.about(), "hash": loaded.hash, "limit": time_limit})
    with telling(kept), beside(tasks, kept) as others:
        answer = kept.answer(
            first.about(), lambda: _ask(loaded, worlds, rng, asked, time_limit, extras)
        )
        page = Page(tuple(others()), pdf=pdf, full=printed is Printed.FULL, language=lang)
    save(answer, folder, force=force, page=page)
    kept.forget()
    typer.echo(f"{folder / 'summary.html'} (two sheets of it)")
    announce(folder / "index.html", answer.headline)


def reach(
    case: CaseName,
    table: TableName = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    require: Require = None,
    forbid: Forbid = None,
    prove: Annotated[
        bool,
        typer.Option(
            "--prove",
            help="Search single packages thoroughly, prove how much deeper one could be, and find "
            "what each executive would get and propose. Takes longer.",
        ),
    ] = False,
    unlocks: Unlocks = False,
    time_limit: TimeLimit = None,
    log: LogFile = None,
    without_log: WithoutLog = False,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """How far: for every rung, in how many worlds it can be carried, and what closes it.

    A rung is open in a world if some package holds it that every government could carry at home.
    Prints the ladder and, last, the headline; as data, the table rungs.
    """
    from dataclasses import replace

    from winset.cli.changes import changes
    from winset.cli.logs import again, load
    from winset.cli.output import announce, emit, known_table, save, say_log
    from winset.cli.view import LEGEND, ladder
    from winset.output import may_take

    if table is not None:
        known_table("reach", table)
    if out is not None:
        may_take(out, force=force)
    extras = Extras(
        require, forbid, prove=prove, unlocks=unlocks or table in ("unlocks", "rivals", "size")
    )
    loaded = load(case, log, without=without_log)
    answer = _ask(loaded, worlds, rng, changes(sets, lever, leader), time_limit, extras)
    command = again(answer.run.command, log, without=without_log)
    answer = replace(answer, run=replace(answer.run, command=command))
    if out is not None:
        save(answer, out, force=force, parquet=output is Format.PARQUET)
    if table is None and output is Format.TABLE:
        emit(ladder(answer), output)
        typer.echo(LEGEND)
    elif output is not Format.PARQUET or out is None:
        emit(answer.table(table or "rungs"), output)
    say_log(answer, quiet=output is not Format.TABLE)
    announce(out, answer.headline, quiet=output is not Format.TABLE)


def why(
    case: CaseName,
    rung: Annotated[
        str | None, typer.Argument(metavar="[RUNG]", help="The rung to explain, say T1.3.")
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option(
            "--package",
            "-p",
            metavar="FILE",
            help="Explain a package of your own instead: one rung a line (D1.3), or a YAML list.",
        ),
    ] = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    log: LogFile = None,
    without_log: WithoutLog = False,
) -> None:
    """Why a rung is closed, or why a package fails: who, what, in how many worlds, by how much."""
    import winset
    from winset.cli.changes import changes
    from winset.cli.logs import load
    from winset.cli.package import read_package
    from winset.errors import AskError

    if (rung is None) == (package is None):
        message = "say a rung (winset why CASE T1.3) or --package FILE: one of the two."
        raise AskError(message)
    reason = winset.why(
        load(case, log, without=without_log),
        rung,
        package=read_package(package) if package else None,
        n=worlds,
        rng=rng,
        changes=changes(sets, lever, leader),
    )
    typer.echo(str(reason))


def _parts(given: str | None, known: Sequence[str]) -> set[str]:
    """Read parts or questions of a brief, joined by commas.

    Raises
    ------
    AskError
        One that does not exist.
    """
    from winset.errors import AskError, nearest

    parts = {part.strip() for part in (given or "").split(",") if part.strip()}
    for part in sorted(parts):
        if part not in known:
            message = f"A brief has no part {part!r}; allowed: {', '.join(known)}."
            raise AskError(message, nearest=nearest(part, known))
    return parts


def _offset_told(offset: str | None, more: set[str]) -> None:
    """Refuse an offset that no section would tell.

    Raises
    ------
    AskError
        The settlement is not told.
    """
    from winset.errors import AskError

    if offset is not None and "settle" not in more:
        raise AskError("--offset is told in the section on the settlement: say --also settle too.")


class Extras(NamedTuple):
    """What is asked of the packages put forward, and what takes longer."""

    require: list[str] | None
    forbid: list[str] | None
    prove: bool
    unlocks: bool


def _ask(
    case: Case,
    worlds: int,
    rng: int,
    asked: tuple[Change, ...],
    time_limit: float | None,
    extras: Extras,
) -> Reach:
    import winset
    from winset.cli.progress import progress

    with progress("worlds") as report:
        return winset.reach(
            case,
            n=worlds,
            rng=rng,
            changes=asked,
            require=extras.require or (),
            forbid=extras.forbid or (),
            prove=extras.prove,
            unlocks=extras.unlocks,
            time_limit=time_limit,
            progress=report,
        )
