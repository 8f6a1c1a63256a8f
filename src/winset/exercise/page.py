"""A live exercise as local pages: one for the controller, one for each seat, loopback only.

Each page has a key of its own; who knows one key sees one seat.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import parse_qs, urlsplit

from winset.brief.html import style
from winset.errors import WinsetError
from winset.exercise.commands import HELP, lines, parse
from winset.exercise.log import Session
from winset.exercise.score import score_lines
from winset.exercise.state import CONTROLLER, SEATS, State
from winset.exercise.words import capital_of

HOST = "127.0.0.1"
LONGEST = 4000
PLACES: tuple[str, ...] = (CONTROLLER, *SEATS)


@dataclass(slots=True)
class Pages:
    """What the server serves: a session, its keys, and one writer at a time."""

    session: Session
    keys: Mapping[str, str] = field(
        default_factory=lambda: {place: secrets.token_urlsafe(12) for place in PLACES}
    )
    lock: Lock = field(default_factory=Lock)

    def allowed(self, place: str, key: str) -> bool:
        """Whether a key opens a place."""
        return place in self.keys and compare_digest(self.keys[place].encode(), key.encode())

    def command(self, place: str, text: str) -> str:
        """Do what somebody typed; return an error to show, or nothing."""
        with self.lock:
            try:
                self.session.do(parse(text, place, self.session.state))
            except WinsetError as error:
                return str(error)
        return ""

    def page(self, place: str, problem: str = "") -> str:
        """Write the page of a place."""
        state = self.session.state
        told = "\n".join(lines(state, place))
        if place == CONTROLLER:
            told += "\n\n" + "\n".join(score_lines(state))
            allowed: tuple[str, ...] = ("run", "step", "rules", "note")
        else:
            allowed = ("release", "alert", "withdraw", "note")
        helped = "".join(f"<li><code>{escape(HELP[name])}</code></li>" for name in allowed)
        said = f'<p class="warning" role="alert">{escape(problem)}</p>' if problem else ""
        return _PAGE.format(
            title=escape(_title(place, state)),
            style=style(),
            problem=said,
            told=escape(told),
            help=helped,
            address=escape(self.address(place)),
        )

    def address(self, place: str) -> str:
        """Path of a place with its key."""
        return f"/{place}?key={self.keys[place]}"


def serve(pages: Pages, port: int = 0) -> ThreadingHTTPServer:
    """Return a server on the loopback address; the caller lets it run and closes it."""

    class Handler(_Handler):
        served = pages

    return ThreadingHTTPServer((HOST, port), Handler)


def _title(place: str, state: State) -> str:
    """Head of a page; a seat is not told what the scenario is about."""
    return f"Controller: {state.scenario.title}" if place == CONTROLLER else capital_of(place)


class _Handler(BaseHTTPRequestHandler):
    served: Pages

    def do_GET(self) -> None:
        place = self._place()
        if place:
            self._send(HTTPStatus.OK, self.served.page(place))

    def do_POST(self) -> None:
        place = self._place()
        if not place:
            return
        size = self.headers.get("Content-Length", "")
        if not size.isdigit() or int(size) > LONGEST:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
            return
        form = parse_qs(self.rfile.read(int(size)).decode("utf-8", "replace"))
        problem = self.served.command(place, form.get("command", [""])[0])
        if problem:
            self._send(HTTPStatus.BAD_REQUEST, self.served.page(place, problem))
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", self.served.address(place))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Keep quiet: keys are in the addresses."""

    def _place(self) -> str:
        """Return the place asked for if its key is right and the host is this machine."""
        host = self.headers.get("Host", "").rpartition(":")[0]
        asked = urlsplit(self.path)
        place = asked.path.strip("/")
        key = parse_qs(asked.query).get("key", [""])[0]
        if host not in (HOST, "localhost") or not self.served.allowed(place, key):
            self._send(HTTPStatus.FORBIDDEN, "This page needs its key.")
            return ""
        return place

    def _send(self, status: HTTPStatus, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; font-src data:; form-action 'self'; "
            "frame-ancestors 'none'",
        )
        self.end_headers()
        self.wfile.write(data)


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style} pre{{white-space:pre-wrap}} input{{font:inherit;width:24rem;max-width:100%}}</style>
</head>
<body>
{problem}<header class="page"><h1>{title}</h1></header>
<main id="main">
<form method="post" action="{address}">
<label for="command">Command</label> <input id="command" name="command" autofocus autocomplete="off">
<button>Do</button> <a href="{address}">Look again</a>
</form>
<pre>{told}</pre>
<ul>{help}</ul>
</main>
</body>
</html>
"""
