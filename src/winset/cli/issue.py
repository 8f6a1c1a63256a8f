"""The commands issue settle and issue score."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from winset.cli.options import Force, Format, OutFolder, Seed, TableFormat, TableName, WorldCount


def _example(*lines: str) -> str:
    return "\n\n".join(["Example:", *lines])


issue = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One issue on a line: where rules would settle it, and how near they come.",
    epilog=_example("winset issue settle emission"),
)


class Variant(StrEnum):
    """Which definition of the challenge model."""

    REPLICA = "replica"
    TEXT = "text"


@issue.command(
    "settle",
    epilog=_example(
        "winset issue settle emission --outcome 8.833",
        "winset issue settle emission --spread 0.1 --variant text --table rounds",
    ),
)
def settle(
    actors: Annotated[
        str,
        typer.Argument(
            metavar="TABLE",
            help="A CSV table of actors: actor, capability (or influence), position, salience, each "
            "number with _low and _high where it is uncertain; or emission, a published one.",
        ),
    ],
    variant: Annotated[
        Variant,
        typer.Option(
            "--variant",
            help="Definition of the challenge model. replica: as the published replication computed "
            "it; text: as its text says.",
        ),
    ] = Variant.REPLICA,
    rounds: Annotated[
        int, typer.Option("--rounds", metavar="N", min=1, max=1000, help="Rounds of challenges.")
    ] = 20,
    reference: Annotated[
        float | None,
        typer.Option(
            "--reference",
            metavar="POSITION",
            help="Where the issue stays without an agreement; as bad as the far end if not said.",
        ),
    ] = None,
    cost: Annotated[
        float,
        typer.Option(
            "--cost",
            metavar="SHARE",
            help="What everybody loses besides without an agreement, as a share of the line.",
        ),
    ] = 0.0,
    spread: Annotated[
        float,
        typer.Option(
            "--spread",
            metavar="SHARE",
            help="Give every number without a range one of this share to both sides: an assumption.",
        ),
    ] = 0.0,
    outcome: Annotated[
        float | None,
        typer.Option("--outcome", metavar="POSITION", help="What came out, to compare with."),
    ] = None,
    table: TableName = None,
    worlds: WorldCount = 1000,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """One issue on a line: mean, median, Nash point and rounds of challenges side by side.

    Prints where each rule puts the issue, with every number in the middle of its range and over the
    worlds drawn; last, the weighted mean, which any other rule has to beat. Says when the
    challenges do not come to rest. With --out, a figure stands beside the tables.
    """
    import winset
    from winset.brief.issue_chart import svg
    from winset.cli.output import deliver, known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if table is not None:
        known_table("issue", table)
    if out is not None:
        may_take(out, force=force)
    with progress("worlds"):
        answer = winset.issue(
            actors,
            n=worlds,
            rng=rng,
            variant=variant.value,
            rounds=rounds,
            reference=reference,
            cost=cost,
            spread=spread,
            outcome=outcome,
        )
    drawings = {} if out is None else {"issue.svg": svg(answer)}
    deliver(
        answer,
        main="solutions",
        table=table,
        output=output,
        out=out,
        force=force,
        drawings=drawings,
    )


@issue.command(
    "score",
    epilog=_example(
        "winset issue score Dataset_DEU_III.csv",
        "winset issue score Dataset_DEU_III.csv --power votes.csv --table pairs",
    ),
)
def score(
    decisions: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Decided issues, one a line, in the layout of DEU III (isnr, prnr, out, rp, and "
            "pXX and sXX for every actor); from its archive, doi:10.34810/data53.",
        ),
    ],
    power: Annotated[
        Path | None,
        typer.Option(
            "--power",
            metavar="FILE",
            help="A CSV table of capabilities: actor, capability, and years from, to where they "
            "changed. All actors alike without one.",
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=1, help="Draws of the bootstrap.")
    ] = 1000,
    table: TableName = None,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Score the rules on decided issues: several losses, each with its interval.

    Whether a rule is any good is measured against the weighted mean of positions, issue by issue.
    Prints the losses; last, what the mean misses on average.
    """
    import winset
    from winset.cli.output import deliver, known_table
    from winset.cli.progress import progress
    from winset.output import may_take

    if table is not None:
        known_table("score", table)
    if out is not None:
        may_take(out, force=force)
    with progress("draws"):
        answer = winset.score(decisions, power=power, draws=draws, rng=rng)
    deliver(answer, main="losses", table=table, output=output, out=out, force=force)
