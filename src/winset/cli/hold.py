"""The command hold: what would survive a change of government."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from winset.cli.options import (
    CaseName,
    Force,
    Format,
    Leaders,
    Levers,
    OutFolder,
    Seed,
    Sets,
    TableFormat,
    TableName,
    WorldCount,
)


def hold(
    case: CaseName,
    package: Annotated[
        str,
        typer.Option(
            "--package",
            "-p",
            metavar="NAME|FILE",
            help="safe, balanced, stretch or deepest (see winset reach), programme:ID, "
            "settlement:nash and the other solutions of winset settle, or a "
            "file of your own with one rung a line.",
        ),
    ] = "balanced",
    government: Annotated[
        list[str] | None,
        typer.Option(
            "--government",
            metavar="PARTY=TYPE",
            help="Ask about this type of government; repeatable. All combinations of all types "
            "where none is named.",
        ),
    ] = None,
    table: TableName = None,
    worlds: WorldCount = 300,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Survival: which steps of a package other governments would keep, and what falls first.

    A new government leaves a step when keeping it is worth less than its threshold by more than
    leaving costs; what needed the step falls with it. Prints what is left under each combination
    of governments, what guarantees add and what lasts longest over the elections of the case;
    last, the headline. Governments are types, never forecasts of a person.
    """
    import winset
    from winset.cli.changes import changes
    from winset.cli.output import deliver, known_table
    from winset.cli.package import read_package
    from winset.cli.progress import progress
    from winset.output import may_take

    if table is not None:
        known_table("hold", table)
    if out is not None:
        may_take(out, force=force)
    chosen = read_package(Path(package)) if Path(package).is_file() else package
    governments = _governments(government)
    loaded = winset.load(case)
    asked = changes(sets, lever, leader)
    with progress("governments") as report:
        answer = winset.hold(
            loaded,
            package=chosen,
            governments=governments,
            n=worlds,
            rng=rng,
            changes=asked,
            progress=report,
        )
    deliver(answer, main="governments", table=table, output=output, out=out, force=force)


def _governments(given: list[str] | None) -> dict[str, list[str]] | None:
    from winset.errors import AskError

    if not given:
        return None
    found: dict[str, list[str]] = {}
    for text in given:
        party, equals, kind = text.partition("=")
        if not (equals and party.strip() and kind.strip()):
            raise AskError(f"--government {text!r}: say it as PARTY=TYPE, without spaces.")
        found.setdefault(party.strip(), []).append(kind.strip())
    return found
