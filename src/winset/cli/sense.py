"""The command sense: which assumptions carry the answer."""

from __future__ import annotations

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


def sense(
    case: CaseName,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="PARTS",
            help="Parts to ask, joined by commas: variants, nulls, plane, switches, basis, groups, "
            "flips. All by default.",
        ),
    ] = None,
    table: TableName = None,
    worlds: WorldCount = 128,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Firmness: which assumptions carry the answer, and what would reverse it.

    Asks five findings again on the same worlds under other widths and offsets, readings, forms,
    priors and null models, divides their spread among stated, inferred and assumed values, and
    looks for the fewest values that reverse each. Prints the findings; last, the headline.
    """
    import winset
    from winset.cli.changes import changes
    from winset.cli.output import deliver, known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if table is not None:
        known_table("sense", table)
    if out is not None:
        may_take(out, force=force)
    parts = None if only is None else [part.strip() for part in only.split(",")]
    loaded = winset.load(case)
    asked = changes(sets, lever, leader)
    with progress("variations") as report:
        answer = winset.sense(loaded, n=worlds, rng=rng, changes=asked, only=parts, progress=report)
    deliver(answer, main="findings", table=table, output=output, out=out, force=force)
