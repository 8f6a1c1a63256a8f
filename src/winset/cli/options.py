"""Options that several commands share, each said once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a table is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


CaseName = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="A bundled case (see [bold]winset cases[/]) or a case folder."
    ),
]
WorldCount = Annotated[
    int,
    typer.Option(
        "--worlds",
        "-n",
        metavar="N",
        min=1,
        help="How many worlds to draw: a world is one way the unknowns could stand.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--rng",
        metavar="N",
        min=0,
        help="Which draw: the same number gives the same worlds on every machine.",
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="ADDRESS=VALUE",
        help="Change a value: [bold]=[/], [bold]+=[/], [bold]-=[/] or [bold]*=[/]; a value is "
        "0.4, 0.2..0.6 or 0.2..0.3..0.6. Repeatable; the later one wins.",
    ),
]
Levers = Annotated[
    list[str] | None,
    typer.Option(
        "--lever", metavar="NAME=OPTION", help="Pull a lever of the case, say posture=convening."
    ),
]
Leaders = Annotated[
    list[str] | None,
    typer.Option(
        "--leader", metavar="PARTY=OPTION", help="Who governs in a party: a leader type of it."
    ),
]
OutFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FOLDER",
        help="Write a run folder: manifest, tables, answer. Whole or not at all.",
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what an earlier run of winset wrote there.")
]
TableName = Annotated[
    str | None,
    typer.Option(
        "--table",
        "-t",
        metavar="NAME",
        help="Print this table in full (see docs/reference/tables.md) instead of the overview.",
    ),
]
TableFormat = Annotated[
    Format,
    typer.Option("--format", "-f", help="How to print tables; all but table go out without words."),
]
Require = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        metavar="RUNG",
        help="Packages put forward must reach this rung; repeatable. Verdicts on rungs stay as they are.",
    ),
]
Forbid = Annotated[
    list[str] | None,
    typer.Option(
        "--forbid",
        metavar="RUNG",
        help="Packages put forward must stay below this rung; repeatable.",
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.1,
        help="Stop searching after this long and report what is not settled.",
    ),
]
Unlocks = Annotated[
    bool,
    typer.Option(
        "--unlocks",
        help="Try every single change for the rungs at the edge too: fills the tables unlocks, "
        "rivals and size (minutes).",
    ),
]
