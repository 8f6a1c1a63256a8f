"""``--log`` and ``--without-log``: which log of a case is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from winset.case.model import Case

LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log",
        metavar="FILE",
        help="A log beside the case; else log.yaml of its folder, where there is one.",
    ),
]
WithoutLog = Annotated[
    bool, typer.Option("--without-log", help="Answer as if nothing had happened since.")
]


def load(case: str, log: Path | None, *, without: bool = False) -> Case:
    """Read a case with the log that was asked for.

    Raises
    ------
    AskError
        A log was named and ruled out at once.
    """
    import winset
    from winset.errors import AskError

    if without and log is not None:
        raise AskError("say either --log FILE or --without-log, not both.")
    return winset.load(case, log=False if without else log or True)


def again(command: str, log: Path | None, *, without: bool) -> str:
    """Return the command that repeats an answer, with the log it read."""
    return command + (f" --log={log}" if log else "") + (" --without-log" if without else "")
