"""Commands about cases: check, trace, evidence, new, diff, schema, cases, export, import."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from winset.cli.options import CaseName, Force, Format, Seed, Sets, TableFormat, WorldCount

EXIT_FINDINGS = 1

evidence = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Whether texts you own still are the texts a case was coded from.",
)


def check(
    case: CaseName,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also report what is doubtful, not only what is wrong.")
    ] = False,
    independent: Annotated[
        bool,
        typer.Option(
            "--independent",
            help="Also solve some worlds a second way (an integer program) and compare.",
        ),
    ] = False,
    worlds: WorldCount = 20,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
) -> None:
    """Check a case folder: every problem at once, each with file, line and what to do.

    Leaves with 0 if nothing was found, with 1 if something was. --worlds and --rng say which
    worlds --independent compares.
    """
    import winset
    from winset.cli.findings import as_table, say
    from winset.cli.output import emit

    problems = winset.check(case, strict=strict)
    if output is Format.TABLE:
        say(problems)
    else:
        emit(as_table(problems), output)
    agrees = True
    if independent and not any(problem.is_error for problem in problems):
        from winset.cli.progress import progress
        from winset.oracle import check_independent

        with progress("worlds solved twice") as report:
            found = check_independent(winset.load(case), worlds=worlds, rng=rng, progress=report)
        typer.echo(str(found), err=output is not Format.TABLE)
        agrees = found.agrees
    if problems or not agrees:
        raise typer.Exit(EXIT_FINDINGS)


def trace(
    case: CaseName,
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS",
            help="Say weights/KR-PRES/DTW; a unique ending will do: hist_cap. Ids of the brief "
            "will do too: v.weights.KR-PRES.DTW, p.S3.p15.",
        ),
    ],
) -> None:
    """Follow a value to the paragraphs it was coded from, and to everything that depends on it."""
    import winset
    from winset.brief.values import address_of

    loaded = winset.load(case)
    typer.echo(str(winset.trace(loaded, address_of(loaded, address))))


@evidence.command(
    "verify", epilog="Example:\n\nwinset evidence verify trilateral-2022 --text my-texts"
)
def verify(
    case: CaseName,
    text: Annotated[
        Path,
        typer.Option(
            "--text",
            metavar="FOLDER",
            help="Your texts: .txt or .md files, each non-empty line a paragraph.",
        ),
    ],
    output: TableFormat = Format.TABLE,
) -> None:
    """Compare the paragraphs of texts you own with the anchors of a case.

    winset ships no text: only source, paragraph, a hash and a paraphrase in its own words.
    """
    import winset
    from winset.case.evidence import verify as compare
    from winset.cli.findings import anchors_table, anchors_words
    from winset.cli.output import emit

    anchors = compare(winset.load(case), text)
    words = anchors_words(anchors)
    if output is not Format.TABLE:
        emit(anchors_table(anchors), output)
    elif any(anchor.state != "found" for anchor in anchors):
        emit(anchors_table([one for one in anchors if one.state != "found"]), output)
    typer.echo(words, err=output is not Format.TABLE)
    if any(anchor.state != "found" for anchor in anchors):
        raise typer.Exit(EXIT_FINDINGS)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The case folder to make.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="CASE", help="Copy this case instead of a small commented one."
        ),
    ] = None,
    time: Annotated[
        bool,
        typer.Option(
            "--with-time",
            help="Add what path and weigh need: shocks, elections, other governments, programmes.",
        ),
    ] = False,
) -> None:
    """Make a case folder that already runs, to be changed step by step."""
    import winset

    winset.new(folder, source=source, time=time)
    typer.echo(f"{folder}")
    typer.echo(f"Look at it with: winset check {folder}; answer it with: winset brief {folder}")
    if time:
        typer.echo(f"Follow its programmes with: winset weigh {folder}")


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A case: the one before.")],
    after: Annotated[str, typer.Argument(metavar="B", help="A case: the one after.")],
    answers: Annotated[
        bool, typer.Option("--answers", help="Also answer both, in the same worlds, and compare.")
    ] = False,
    worlds: WorldCount = 500,
    rng: Seed = 1,
    output: TableFormat = Format.TABLE,
) -> None:
    """Say what differs between two cases, and which answers moved because of it."""
    import winset
    from winset.cli.compare import as_table, moved
    from winset.cli.output import emit

    one, other = winset.load(before), winset.load(after)
    difference = winset.diff(one, other)
    if difference.differences or output is not Format.TABLE:
        emit(as_table(difference), output)
    if answers:
        from winset.cli.progress import progress

        both = []
        for case in (one, other):
            with progress(case.id) as report:
                both.append(winset.reach(case, n=worlds, rng=rng, progress=report))
        table, sentence = moved(*both)
        if len(table) or output is not Format.TABLE:
            emit(table, output)
        typer.echo(sentence, err=output is not Format.TABLE)
    typer.echo(difference.headline, err=output is not Format.TABLE)


def schema(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Which file of a case folder.")
    ] = "case",
) -> None:
    """Print the JSON Schema of a file of a case folder, for editors that complete and check."""
    import json

    import winset

    typer.echo(json.dumps(winset.json_schema(name), indent=1, ensure_ascii=False))


def cases() -> None:
    """List the bundled cases."""
    import winset

    for name in winset.cases():
        case = winset.load(name)
        typer.echo(f"{name}  {case.title}: {len(case.measures)} measures, as of {case.as_of}")


class Form(StrEnum):
    """As what a case is written."""

    WORKBOOK = "workbook"
    GENIUS = "genius"
    NEGMAS = "negmas"


def export(
    case: Annotated[
        str,
        typer.Argument(
            metavar="CASE",
            help="A bundled case, a case folder, or a folder of GENIUS or NegMAS files.",
        ),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="FILE|FOLDER", help="The workbook (.xlsx) or folder to write.")
    ],
    form: Annotated[
        Form,
        typer.Option(
            "--as",
            help="workbook: all of a case, read back by winset import; genius, negmas: one world of "
            "it as a bargain between executives, with what is left out named.",
        ),
    ] = Form.WORKBOOK,
    world: Annotated[
        int, typer.Option("--world", metavar="N", min=0, help="Which world becomes a bargain.")
    ] = 0,
    rng: Seed = 1,
    sets: Sets = None,
    force: Force = False,
) -> None:
    """Write a case as one spreadsheet workbook, or as a folder for GENIUS or NegMAS."""
    import winset
    from winset.bargain import is_bargain
    from winset.errors import AskError, OutputError

    if form is not Form.WORKBOOK:
        _export_bargain(case, target, form, world=world, rng=rng, sets=sets)
        return
    if is_bargain(case):
        raise AskError("A folder of GENIUS or NegMAS files is no case: say --as genius or negmas.")
    if target.exists() and not force:
        message = f"{target} exists. Name another file, or say --force to replace it."
        raise OutputError(message)
    winset.export_workbook(case, target)
    typer.echo(str(target))


def _export_bargain(
    case: str, target: Path, form: Form, *, world: int, rng: int, sets: list[str] | None
) -> None:
    import winset
    from winset.bargain import bargain_of, is_bargain
    from winset.cli.changes import changes

    if is_bargain(case):
        found = winset.read_bargain(case)
    else:
        asked = changes(sets, None, None)
        found = bargain_of(winset.load(case), world=world, rng=rng, changes=asked)
    for what in winset.write_bargain(found, target, form=form.value):
        typer.echo(f"Left out: {what}.")
    typer.echo(f"{target}")
    typer.echo(f"Settle it with: winset settle {target}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx).")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The case folder to make.")],
) -> None:
    """Make a case folder from a workbook."""
    import winset

    winset.import_workbook(file, folder)
    typer.echo(str(folder))
