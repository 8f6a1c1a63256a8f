"""A document as one self-contained HTML page: no network, no script needed."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from winset.brief import figures
from winset.brief.document import BasisRow, Document, Plot, StopCell, every_block
from winset.brief.glossary import term_id
from winset.brief.runs import Runs, clean
from winset.words.brief import page as wording
from winset.words.brief.glossary import GLOSSARY
from winset.words.phrases import BAND_FILLS

_FOOT = "font:8pt Inter,sans-serif;color:#56616e;vertical-align:top;padding-top:2mm"


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell of figure 4 with its place on the phone."""

    shown: str
    share: float
    band: int
    glyphs: str
    words: str
    trace: str
    order: int


class _Origins:
    """Ids of the places that first show a number, so that its trace can lead back."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}

    def mark(self, trace: str) -> Markup:
        """Id attribute for the first number of a trace; nothing for later ones."""
        if trace in self.made or not trace.startswith("r."):
            return Markup("")
        self.made[trace] = f"b.{trace}"
        return Markup(' id="{}"').format(self.made[trace])


class _Links:
    """Links of a page: to its own places, or to those of the whole brief."""

    def __init__(self, page: str) -> None:
        self.page = page

    def href(self, place: str) -> Markup:
        """Attribute that leads to a place."""
        return Markup(' href="{}#{}"').format(self.page, place)


def _plain(_: str) -> Markup:
    return Markup("")


class _Feet:
    """Feet of figures that the page has shown, so that paper says each of them once."""

    def __init__(self) -> None:
        self.said: set[str] = set()

    def told_before(self, foot: Runs) -> bool:
        """Whether a foot says, its links aside, what an earlier one said."""
        words = " ".join(run.text for run in foot if run.kind != "link").strip(" ·")
        again = words in self.said
        self.said.add(words)
        return again


def render(document: Document, *, full: bool = False, page: str = "") -> str:
    """Render a document; every text of the case is escaped.

    Parameters
    ----------
    document
        What the brief says.
    full
        Whether folds stand open and the appendix is printed.
    page
        File of the whole brief, to which the numbers of a summary lead; without it they are plain.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("winset.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
        finalize=_cleaned,
    )
    origins = _Origins()
    script = _script()
    environment.globals.update(
        back=origins.mark,
        origins=origins.made,
        told_before=_Feet().told_before,
        meanings={term_id(term): text for term, text in GLOSSARY.items()},
        words=wording,
        by_key=_by_key,
        highest=_highest,
        drawings=_drawings(document),
        full=full,
        page=page,
        href=_plain if document.summary and not page else _Links(page).href,
    )
    made = environment.get_template("page.html").render(
        doc=document,
        labels={section.id: wording.LABELS.get(section.id, "") for section in document.sections},
        style=Markup(style() + _running(document.kicker)),  # noqa: S704 - our own file, text escaped
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=_hash(script),
    )
    return "\n".join(line for line in made.split("\n") if line.strip()) + "\n"


def _cleaned(value: object) -> object:
    return clean(value) if type(value) is str else value


def fills() -> Mapping[str, str]:
    """Style variables of the six bands, the same shades as everywhere."""
    return {f"--b{place}": fill for place, fill in enumerate(BAND_FILLS)}


def _by_key(cells: Iterable[StopCell]) -> dict[str, _Held]:
    return {
        cell.key: _Held(
            cell.shown, cell.share, cell.band, cell.glyphs, cell.words, cell.trace, place
        )
        for place, cell in enumerate(cells)
    }


def _highest(rows: Iterable[BasisRow]) -> int:
    return max((count for row in rows for count in row.counts), default=0) or 1


def _drawings(document: Document) -> dict[str, Any]:
    found = {}
    for block in every_block(document):
        if isinstance(block, Plot):
            drawn = figures.draw(block)
            found[block.id] = {
                "wide": Markup(drawn.wide),  # noqa: S704 - drawn and escaped by the renderer
                "narrow": Markup(drawn.narrow),  # noqa: S704
            }
    return found


def style() -> str:
    """Return the styles of the page: fonts, bands, rules."""
    variables = ";".join(f"{name}:{fill}" for name, fill in fills().items())
    return f"{_faces()}:root{{{variables}}}{_text('style.css')}{_text('print.css')}"


def _running(told: str) -> str:
    """Foot of every sheet of paper: what it is of, and which sheet of how many."""
    text = "".join(
        letter
        if letter == " " or (letter.isascii() and letter.isalnum())
        else f"\\{ord(letter):x} "
        for letter in clean(told)
    )
    return (
        f'@page{{@bottom-left{{content:"{text}";{_FOOT}}}'
        f'@bottom-right{{content:counter(page) " / " counter(pages);{_FOOT}}}}}'
    )


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:{family};font-weight:{weight};font-display:block;"
        f"src:url(data:font/woff2;base64,{_font(name)}) format('woff2'){extra}}}"
        for family, name, weight, extra in (
            ("Inter", "inter.woff2", "400 700", ""),
            ("Marks", "marks.woff2", "400", ";unicode-range:U+2308,U+230A"),
        )
    )


def _font(name: str) -> str:
    found = files("winset.brief").joinpath("fonts", name).read_bytes()
    return base64.b64encode(found).decode("ascii")


def _text(name: str) -> str:
    return files("winset.brief").joinpath(name).read_text(encoding="utf-8").strip()


def _script() -> str:
    """Return the script with the words it shows put in."""
    script = _text("trace.js")
    for name, text in wording.SCRIPT.items():
        script = script.replace(f"WORDS.{name}", json.dumps(text, ensure_ascii=False))
    return script


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
