"""The command dispute: which states would nobody leave, and what turns it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli.options import (
    Force,
    Format,
    OutFolder,
    Seed,
    Sets,
    TableFormat,
    TableName,
    WorldCount,
)

if TYPE_CHECKING:
    from winset.conflict import Stability


class Concept(StrEnum):
    """What makes a state stable."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"
    SSEQ = "sseq"
    SIM = "sim"


class Definition(StrEnum):
    """Who may answer a move, and how often."""

    ONE_STEP = "one-step"
    ONCE = "once"
    LEGAL = "legal"
    FREE = "free"


def dispute(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE|FILE.gmcr",
            help="A case with dispute.yaml, or one dispute with fixed preferences.",
        ),
    ],
    concept: Annotated[
        Concept,
        typer.Option(
            "--concept",
            help="What makes a state stable. nash: no better state to move to; gmr: every better "
            "state can be spoiled by others; seq: spoiled by moves in their own interest; smr and "
            "sseq: and no way out afterwards; sim: spoiled by what they do at the same time.",
        ),
    ] = Concept.SEQ,
    definition: Annotated[
        Definition,
        typer.Option(
            "--definition",
            help="Who may answer a move. one-step: one opponent, one move; once: several, each at "
            "most once; legal: nobody twice in a row; free: in any order.",
        ),
    ] = Definition.LEGAL,
    state: Annotated[
        int | None,
        typer.Option(
            "--state", metavar="N", min=1, help="Say why this state is stable, or is not."
        ),
    ] = None,
    coalition: Annotated[
        list[str] | None,
        typer.Option(
            "--coalition",
            metavar="NAME,NAME",
            help="Players of a file who move together, only where all of them gain. Repeatable.",
        ),
    ] = None,
    table: TableName = None,
    worlds: WorldCount = 2000,
    rng: Seed = 1,
    sets: Sets = None,
    output: TableFormat = Format.TABLE,
    out: OutFolder = None,
    force: Force = False,
) -> None:
    """Judge a dispute as a graph of moves: which states nobody would leave, and what turns it.

    Of a case the answer is a share of worlds, in which wants are weighed differently and each
    reading of a contested matter is taken; of a file it is a verdict. The definition of stable
    is part of every answer, because answers differ by it.
    """
    if case.endswith(".gmcr"):
        _fixed(sets)
        _of_file(Path(case), concept, definition, state, coalition, table, output, out, force=force)
        return
    import winset
    from winset.cli.output import deliver, known_table
    from winset.errors import AskError
    from winset.output import may_take

    if coalition:
        raise AskError("--coalition is answered for .gmcr files only.")
    if table is not None:
        known_table("dispute", table)
    if out is not None:
        may_take(out, force=force)
    answer = winset.dispute(
        winset.load(case),
        n=worlds,
        rng=rng,
        changes=sets or (),
        concept=concept.value,
        answering=definition.value,
    )
    if state is not None:
        typer.echo("In the world in which every want has its middle place:")
        for sentence in answer.why(state):
            typer.echo(sentence)
        return
    deliver(answer, main="states", table=table, output=output, out=out, force=force)


def _fixed(sets: list[str] | None) -> None:
    from winset.errors import AskError

    if sets:
        raise AskError("--set changes the dispute of a case; a .gmcr file has no ranges to change.")


def _of_file(
    file: Path,
    concept: Concept,
    definition: Definition,
    state: int | None,
    coalition: list[str] | None,
    table: str | None,
    output: Format,
    out: Path | None,
    *,
    force: bool,
) -> None:
    from winset.ask.dispute.file import judge_file
    from winset.cli.output import announce, emit, save
    from winset.errors import AskError
    from winset.output import may_take

    if table not in (None, "verdicts"):
        raise AskError(f"There is no table {table!r} of a file. Allowed: verdicts.")
    if out is not None:
        may_take(out, force=force)
    groups = [[name.strip() for name in one.split(",")] for one in coalition or ()]
    answer = judge_file(file, concept=concept.value, answering=definition.value, coalitions=groups)
    if out is not None:
        save(answer, out, force=force, parquet=output is Format.PARQUET)
    if state is not None:
        _tell_state(answer.found, state, concept.value)
        return
    shown = answer.table("verdicts")
    if output is not Format.TABLE or table is not None:
        emit(shown, output)
    else:
        emit(shown.where(player="all"), output)
        typer.echo("")
    if output is Format.TABLE:
        for sentence in answer.sentences[1:]:
            typer.echo(sentence)
    announce(out, answer.headline, quiet=output is not Format.TABLE)


def _tell_state(found: Stability, state: int, concept: str) -> None:
    from winset.conflict import narrate
    from winset.errors import AskError

    if state > found.conflict.count:
        raise AskError(f"There is no state {state}; the states are 1 to {found.conflict.count}.")
    for sentence in narrate(found, state - 1, concept):
        typer.echo(sentence)
    typer.echo(found.definition(concept))
