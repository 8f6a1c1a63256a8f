"""The command effects: which effects are computed, by what, and what they change."""

from __future__ import annotations

from typing import Annotated

import typer

from winset.cli.options import Format, Seed, TableFormat, WorldCount


def effects(
    model: Annotated[
        str | None,
        typer.Argument(metavar="[MODEL]", help="A model; without one, all are listed."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar="NAME",
            help="Compute what this form of the cooperation changes against today.",
        ),
    ] = None,
    row: Annotated[
        str | None,
        typer.Option(
            "--row",
            metavar="MEASURE/CRITERION",
            help="Print the effect as a row of effects.csv (basis C) instead of a table.",
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option("--output", metavar="NAME", help="Which output of the model --row takes."),
    ] = "shared",
    worlds: WorldCount = 1000,
    rng: Seed = 1,
    written: TableFormat = Format.TABLE,
) -> None:
    """Effects that are computed instead of coded: their cards, their numbers, their limits.

    Every number is a difference from what is there today. What a model claims and does not claim
    is printed with it.
    """
    from winset.effects.catalogue import card, cards

    if model is None:
        for one in cards().values():
            typer.echo(f"{one.id}: {one.question} Forms: {', '.join(one.rungs)}.")
        typer.echo("Say winset effects MODEL for its card, --form NAME for what a form changes.")
    elif form is None:
        typer.echo(str(card(model)))
    else:
        _compute(model, form, row, output, worlds, rng, written)


def _compute(
    model: str, form: str, row: str | None, output: str, worlds: int, rng: int, written: Format
) -> None:
    from winset.cli.output import emit
    from winset.effects.catalogue import card
    from winset.effects.code import compute
    from winset.errors import AskError, nearest

    about = card(model)
    if row is not None:
        shares = [one.name for one in about.outputs if one.unit == "share"]
        if len(row.split("/")) != 2 or not all(row.split("/")):
            message = f"{row!r} is not MEASURE/CRITERION. Write for instance D2/WRN."
            raise AskError(message)
        if output not in shares:
            message = f"--row takes a share, not {output!r}. Allowed: {', '.join(shares)}."
            raise AskError(message, nearest=nearest(output, shares))
    computed = compute(model, form, n=worlds, rng=rng)
    if row is None:
        emit(computed.table(), written)
    else:
        typer.echo(computed.row(output, *row.split("/")))
    for line in about.does_not_claim:
        typer.echo(f"Does not claim: {line}", err=row is not None or written is not Format.TABLE)
