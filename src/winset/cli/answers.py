"""Commands that answer: brief, reach, why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

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
    from winset.ask.answer import Answer
    from winset.ask.reach import Reach
    from winset.ask.sense import Sense

_PARTS = ("packages", "unlocks", "sense")
_QUESTIONS = ("settle", "hold", "dispute", "path", "weigh")
_FIRM_PARTS = ("variants", "nulls", "basis")
_FIRM_WORLDS = 64
"""What the brief asks of ``sense``; the whole of it takes many minutes on a large case."""


class Printed(StrEnum):
    """What of the brief goes on paper."""

    BRIEF = "brief"
    FULL = "full"


def brief(
    case: CaseName,
    out: OutFolder = None,
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
            help="Further questions to tell on the page, joined by commas: hold, settle, dispute, path (of the programme with most settlements), weigh.",
        ),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Print the page to brief.pdf too, by a browser.")
    ] = False,
    printed: Annotated[
        Printed,
        typer.Option("--print", help="What paper shows: the brief, or every fold and trace too."),
    ] = Printed.BRIEF,
    force: Force = False,
) -> None:
    """Write the brief of a case: one page to read, print and check.

    The page needs no network. Every share in it says in how many of the drawn worlds something
    holds, not how likely it is. The last lines printed are where the page is and what it says.
    """
    from winset.cli.output import Page, announce, save
    from winset.output import may_take

    folder = out or Path(f"{Path(case).name}-brief")
    may_take(folder, force=force)
    left, more = _parts(skip, _PARTS), _parts(also, _QUESTIONS)
    extras = Extras(require, forbid, prove="packages" not in left, unlocks="unlocks" not in left)
    answer = _ask(case, worlds, rng, sets, lever, leader, time_limit, extras)
    beside: list[Answer] = [] if "sense" in left else [_firmness(case, rng, sets, lever, leader)]
    beside += [_asked(name, case, rng, sets, lever, leader) for name in _QUESTIONS if name in more]
    page = Page(tuple(beside), pdf=pdf, full=printed is Printed.FULL)
    save(answer, folder, force=force, page=page)
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
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """How far: for every rung, in how many worlds it can be carried, and what closes it.

    A rung is open in a world if some package holds it that every government could carry at home.
    Prints the ladder and, last, the headline; as data, the table rungs.
    """
    from winset.cli.output import announce, emit, known_table, save
    from winset.cli.view import LEGEND, ladder
    from winset.output import may_take

    if table is not None:
        known_table("reach", table)
    if out is not None:
        may_take(out, force=force)
    extras = Extras(
        require, forbid, prove=prove, unlocks=unlocks or table in ("unlocks", "rivals", "size")
    )
    answer = _ask(case, worlds, rng, sets, lever, leader, time_limit, extras)
    if out is not None:
        save(answer, out, force=force, parquet=output is Format.PARQUET)
    if table is None and output is Format.TABLE:
        emit(ladder(answer), output)
        typer.echo(LEGEND)
    elif output is not Format.PARQUET or out is None:
        emit(answer.table(table or "rungs"), output)
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
) -> None:
    """Why a rung is closed, or why a package fails: who, what, in how many worlds, by how much."""
    import winset
    from winset.cli.changes import changes
    from winset.cli.package import read_package
    from winset.errors import AskError

    if (rung is None) == (package is None):
        message = "say either a rung (winset why CASE T1.3) or --package FILE, not both."
        raise AskError(message)
    reason = winset.why(
        winset.load(case),
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


def _firmness(
    case: str,
    rng: int,
    sets: list[str] | None,
    lever: list[str] | None,
    leader: list[str] | None,
) -> Sense:
    import winset
    from winset.cli.changes import changes
    from winset.cli.progress import progress

    asked = changes(sets, lever, leader)
    with progress("variations") as report:
        return winset.sense(
            winset.load(case),
            n=_FIRM_WORLDS,
            rng=rng,
            changes=asked,
            only=_FIRM_PARTS,
            progress=report,
        )


def _asked(
    name: str,
    case: str,
    rng: int,
    sets: list[str] | None,
    lever: list[str] | None,
    leader: list[str] | None,
) -> Answer:
    """Put a further question to the case, as its own command does by default."""
    import winset
    from winset.cli.changes import changes

    ask: Callable[..., Answer] = getattr(winset, name)
    loaded = winset.load(case)
    if name == "dispute":
        return ask(loaded, rng=rng)
    if name == "path":
        from winset.cli.paths import told_programme

        programme = told_programme(loaded)
        given = changes(sets, lever, leader)
        return ask(loaded, programme, rng=rng, changes=given, what_if=True)
    return ask(loaded, rng=rng, changes=changes(sets, lever, leader))


class Extras(NamedTuple):
    """What is asked of the packages put forward, and what takes longer."""

    require: list[str] | None
    forbid: list[str] | None
    prove: bool
    unlocks: bool


def _ask(
    case: str,
    worlds: int,
    rng: int,
    sets: list[str] | None,
    lever: list[str] | None,
    leader: list[str] | None,
    time_limit: float | None,
    extras: Extras,
) -> Reach:
    import winset
    from winset.cli.changes import changes
    from winset.cli.progress import progress

    loaded = winset.load(case)
    asked = changes(sets, lever, leader)
    with progress("worlds") as report:
        return winset.reach(
            loaded,
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
