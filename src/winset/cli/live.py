"""A live exercise in the terminal, or as local pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from winset.exercise.log import Session

_OWN = {
    "seat": "seat US|JPN|ROK|controller: who types and looks",
    "look": "look: what this seat sees",
    "score": "score: how it goes so far",
    "help": "help: these lines",
    "quit": "quit: stop; a recorded log can be gone on with",
}


def play(scenario: str, *, form: str, record: Path | None, page: bool) -> None:
    """Play a scenario until somebody quits."""
    from winset.exercise import load_scenario
    from winset.exercise.log import Session

    session = Session(load_scenario(scenario), form, record)
    if page:
        _serve(session)
    else:
        _terminal(session)


def _serve(session: Session) -> None:
    from winset.exercise.page import PLACES, Pages, serve

    pages = Pages(session)
    server = serve(pages)
    typer.echo("Give each page to its seat only; stop with Ctrl-C.")
    for place in PLACES:
        typer.echo(f"  {place}: http://127.0.0.1:{server.server_port}{pages.address(place)}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo("stopped")
    finally:
        server.server_close()


def _terminal(session: Session) -> None:
    from winset.exercise.commands import HELP, lines
    from winset.exercise.state import CONTROLLER

    seat = CONTROLLER
    typer.echo(session.state.scenario.title)
    for line in (*HELP.values(), *_OWN.values()):
        typer.echo(f"  {line}")
    for line in lines(session.state, seat):
        typer.echo(line)
    stdin = typer.get_text_stream("stdin")
    while True:
        typer.echo(f"{seat}> ", nl=False)
        text = stdin.readline()
        if not text or text.strip() == "quit":
            typer.echo("" if text else "\n", nl=False)
            return
        if text.strip():
            seat = _typed(session, seat, text.strip())


def _typed(session: Session, seat: str, text: str) -> str:
    """Do what was typed; return who types next."""
    from winset.errors import WinsetError
    from winset.exercise.commands import HELP, lines, parse
    from winset.exercise.score import score_lines
    from winset.exercise.state import CONTROLLER, SEATS

    word, _, rest = text.partition(" ")
    if word == "help":
        shown = [f"  {line}" for line in (*HELP.values(), *_OWN.values())]
    elif word == "score":
        shown = [*score_lines(session.state)]
    elif word == "seat" and rest in (CONTROLLER, *SEATS):
        seat = rest
        shown = [*lines(session.state, seat)]
    elif word == "seat":
        shown = [f"There is no seat {rest!r}. Allowed: {', '.join((CONTROLLER, *SEATS))}."]
    else:
        shown = []
        try:
            if word != "look":
                session.do(parse(text, seat, session.state))
            shown += lines(session.state, seat)
        except WinsetError as error:
            shown.append(str(error))
    for line in shown:
        typer.echo(line)
    return seat
