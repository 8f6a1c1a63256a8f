"""The commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import sys

import typer

from winset.cli import (
    answers,
    dispute,
    effects,
    exercise,
    folders,
    hold,
    house,
    issue,
    paths,
    sense,
    settle,
    track,
)

EXIT_FAULT = 70

EPILOG = (
    "Exit codes: 0 done, 1 a check found something, 2 a wrong question, 3 a wrong case, "
    "4 too large or not writable, 70 a fault of winset, 130 interrupted."
)

app = typer.Typer(
    name="winset",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How far can the cooperation go? Which packages of measures every government could carry "
    "at home, who stops the next step, and what would move them.\n\n"
    "Start with [bold]winset brief trilateral-2022[/]; make a case of your own with "
    "[bold]winset new --from trilateral-2022 mine[/].",
    epilog=EPILOG,
)

_ASK = "Ask"
_CASE = "Cases"
_HOUSE = "Housekeeping"


def _example(*lines: str) -> str:
    return "\n\n".join(["Example:", *lines])


for command, panel, epilog in (
    (answers.brief, _ASK, _example("winset brief trilateral-2022 --out my-brief")),
    (
        answers.reach,
        _ASK,
        _example("winset reach trilateral-2022 --worlds 500 --lever posture=convening"),
    ),
    (
        answers.why,
        _ASK,
        _example("winset why trilateral-2022 T1.3", "winset why trilateral-2022 --package my.yaml"),
    ),
    (
        hold.hold,
        _ASK,
        _example(
            "winset hold trilateral-2022 --government ROK=moon-like",
            "winset hold trilateral-2022 --package programme:smith --table falls",
        ),
    ),
    (
        dispute.dispute,
        _ASK,
        _example(
            "winset dispute trilateral-2022",
            "winset dispute trilateral-2022 --state 4 --concept gmr",
            "winset dispute crisis.gmcr --definition one-step",
        ),
    ),
    (
        effects.effects,
        _ASK,
        _example("winset effects", "winset effects warning --form direct --row D2/WRN"),
    ),
    (
        sense.sense,
        _ASK,
        _example(
            "winset sense shared-canal",
            "winset sense trilateral-2022 --only variants,nulls --table nulls",
        ),
    ),
    (
        settle.settle,
        _ASK,
        _example(
            "winset settle trilateral-2022 --disagreement ROK=-2",
            "winset settle trilateral-2022 --offset D12.3",
            "winset settle shared-canal --worlds 1 --eps 0 --mixtures --time-limit 600",
        ),
    ),
    (
        paths.path,
        _ASK,
        _example(
            "winset path trilateral-2022 smith --worlds 200",
            "winset path trilateral-2022 smith --why D12.2 --calendar plan.ics",
        ),
    ),
    (paths.weigh, _ASK, _example("winset weigh trilateral-2022 --worlds 200 --table assumptions")),
    (paths.programmes, _CASE, _example("winset programmes trilateral-2022")),
    (folders.check, _CASE, _example("winset check mine --strict")),
    (folders.trace, _CASE, _example("winset trace trilateral-2022 weights/KR-PRES/DTW")),
    (folders.new, _CASE, _example("winset new mine --from trilateral-2022")),
    (folders.diff, _CASE, _example("winset diff trilateral-2022 mine --answers")),
    (folders.cases, _CASE, _example("winset cases")),
    (
        folders.export,
        _CASE,
        _example(
            "winset export trilateral-2022 case.xlsx",
            "winset export trilateral-2022 for-negmas --as negmas",
        ),
    ),
    (folders.schema, _HOUSE, _example("winset schema case > case.schema.json")),
    (house.warm, _HOUSE, _example("winset warm")),
    (house.version, _HOUSE, _example("winset version")),
):
    app.command(rich_help_panel=panel, epilog=epilog)(command)
app.command("import", rich_help_panel=_CASE, epilog=_example("winset import case.xlsx mine"))(
    folders.import_
)
app.add_typer(exercise.exercise, name="exercise", rich_help_panel=_ASK)
app.add_typer(track.track, name="track", rich_help_panel=_ASK)
app.add_typer(issue.issue, name="issue", rich_help_panel=_ASK)
app.add_typer(folders.evidence, name="evidence", rich_help_panel=_CASE)


def run() -> None:
    """Run the command line and leave with a documented exit code."""
    try:
        app(prog_name="winset")
    except BrokenPipeError:
        _close_quietly()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last stop: everything else is a fault
        from winset.errors import WinsetError

        if not isinstance(error, WinsetError):
            _fault(error)
            sys.exit(EXIT_FAULT)
        typer.echo(f"winset: {error}", err=True)
        sys.exit(error.exit_code)


def _fault(error: Exception) -> None:
    import traceback

    traceback.print_exception(error)
    typer.echo(
        "winset: this is a fault of winset, not of your case. Please report the lines above, "
        "with the command.",
        err=True,
    )


def _close_quietly() -> None:
    """Keep the interpreter from complaining about a reader that has gone."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
