"""The command settle: where inside the win-set bargaining would settle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from winset.cli.options import (
    Force,
    Format,
    Leaders,
    Levers,
    OutFolder,
    Seed,
    Sets,
    TableFormat,
    TableName,
    TimeLimit,
    WorldCount,
)


def settle(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="A bundled case (see [bold]winset cases[/]), a case folder, or a folder of GENIUS XML "
            "or NegMAS YAML files.",
        ),
    ],
    disagreement: Annotated[
        list[str] | None,
        typer.Option(
            "--disagreement",
            metavar="PARTY=POINTS",
            help="What a party has over today without an agreement; negative where no agreement is "
            "costly. Repeatable; today, 0, where not said.",
        ),
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            metavar="PARTY=NUMBER",
            help="Bargaining weight in the weighted Nash solution and in mean and median; repeatable, 1 "
            "where not said.",
        ),
    ] = None,
    offset: Annotated[
        str | None,
        typer.Option(
            "--offset", metavar="RUNG", help="What added to this rung turns a refusal, who pays?"
        ),
    ] = None,
    leak: Annotated[
        float,
        typer.Option("--leak", metavar="SHARE", help="Share of a side payment that is lost."),
    ] = 0.0,
    most: Annotated[
        float | None,
        typer.Option("--most", metavar="POINTS", help="Most that any executive pays another."),
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(
            "--party",
            metavar="NAME",
            help="Of a GENIUS or NegMAS folder: who bargains; repeatable, all profiles if not said.",
        ),
    ] = None,
    mixtures: Annotated[
        bool,
        typer.Option("--mixtures", help="Find each solution over mixtures of packages too."),
    ] = False,
    eps: Annotated[
        float,
        typer.Option(
            "--eps",
            min=0.0,
            max=1.0,
            help="Share of each executive's range by which the frontier may miss a package; 0 asks "
            "for all of it: a long job, best with --worlds 1, --nodes and --time-limit.",
        ),
    ] = 0.1,
    nodes: Annotated[
        int,
        typer.Option(
            "--nodes", metavar="N", min=0, help="Nodes after which a question is left open."
        ),
    ] = 2000,
    time_limit: TimeLimit = None,
    table: TableName = None,
    worlds: WorldCount = 60,
    rng: Seed = 1,
    sets: Sets = None,
    lever: Levers = None,
    leader: Leaders = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Settlement: what rules of dividing pick among the packages all could carry.

    Prints what the Nash, Kalai-Smorodinsky, egalitarian and utilitarian solutions give each
    executive, what each executive would propose, and the mean and median of preferred rungs beside
    them; last, on how many rungs they agree. With --offset: which rung or side payment turns a
    refusal, and who pays. A solution is a rule, never a forecast. Of a GENIUS or NegMAS folder the
    frontier is exact; options about worlds and changes do not apply there.
    """
    import winset
    from winset.bargain import is_bargain
    from winset.cli.changes import changes
    from winset.cli.output import deliver, known_table
    from winset.cli.progress import progress
    from winset.errors import AskError
    from winset.output import may_take

    foreign = is_bargain(case)
    if table is not None:
        known_table("bargain" if foreign else "settle", table)
    if out is not None:
        may_take(out, force=force)
    without, weights = _numbers(disagreement, "--disagreement"), _numbers(weight, "--weight")
    if foreign:
        _refuse({"--offset": offset, "--set": sets, "--lever": lever, "--leader": leader})
        settled = winset.bargain(
            Path(case),
            parties=party or (),
            disagreement=without,
            weights=weights,
            mixtures=mixtures,
        )
        deliver(settled, main="solutions", table=table, output=output, out=out, force=force)
        return
    if party:
        raise AskError("--party chooses among the profiles of a folder; a case has its parties.")
    loaded = winset.load(case)
    asked = changes(sets, lever, leader)
    with progress("worlds") as report:
        answer = winset.settle(
            loaded,
            n=worlds,
            rng=rng,
            changes=asked,
            disagreement=without,
            weights=weights,
            offset=offset,
            leak=leak,
            most=most,
            mixtures=mixtures,
            eps=eps,
            node_limit=nodes,
            time_limit=time_limit,
            progress=report,
        )
    main = "mixtures" if mixtures else "solutions" if offset is None else "offsets"
    deliver(answer, main=main, table=table, output=output, out=out, force=force)


def _refuse(given: dict[str, object]) -> None:
    """Refuse options that mean nothing where there is neither a case nor a world."""
    from winset.errors import AskError

    named = [name for name, value in given.items() if value]
    if named:
        raise AskError(
            f"{', '.join(named)}: a bargain has neither rungs nor worlds to change; such options are "
            "for cases."
        )


def _numbers(given: list[str] | None, option: str) -> dict[str, float] | None:
    from winset.errors import AskError

    if not given:
        return None
    found = {}
    for text in given:
        name, _, number = text.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise AskError(f"{option} {text!r}: say it as NAME=NUMBER, without spaces.") from None
    return found
