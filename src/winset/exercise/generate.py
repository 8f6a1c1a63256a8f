"""Scenarios from a few words: launches drawn from published classes, every rule spelled out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from winset.case.quantity import written
from winset.effects.warning.data import areas
from winset.effects.warning.setting import Link, Setting, Span
from winset.effects.warning.standard import setting
from winset.errors import AskError, nearest
from winset.worlds.keyed import uniform


@dataclass(frozen=True, slots=True)
class Kind:
    """A published class of flights: ranges of range and apogee (km), and where it may go."""

    range_km: tuple[float, float]
    apogee_km: tuple[float, float]
    toward: tuple[str, ...]


KINDS = {
    "low": Kind((220, 600), (25, 97), ("north-east-coast", "east-sea")),
    "medium": Kind((400, 1000), (110, 260), ("east-sea", "east-sea-north")),
    "lofted": Kind((400, 1000), (700, 6000), ("east-sea", "east-sea-north")),
    "overflight": Kind((2700, 4600), (550, 1000), ("jp-hokkaido", "jp-aomori")),
}
"""Classes by name, with the ends of published figures."""
_FALSE = Kind((400, 1200), (110, 300), ("jp-hokkaido", "jp-tohoku", "kr-gangwon", "jp-kyushu"))
_APART = (20.0, 600.0)


def generate(name: str, *, kind: str, launches: int, false_tracks: int = 0, rng: int = 1) -> str:
    """Write a scenario; the same words give the same text.

    Parameters
    ----------
    name
        Id and title.
    kind
        One of :data:`KINDS`, or ``mixed``.
    launches, false_tracks
        How many of each.
    rng
        Seed of the draw.

    Raises
    ------
    AskError
        There is no such class.
    """
    if kind not in (*KINDS, "mixed"):
        allowed = (*KINDS, "mixed")
        message = f"There is no class {kind!r}. Allowed: {', '.join(allowed)}."
        raise AskError(message, nearest=nearest(kind, allowed))
    return "\n".join(_lines(name, kind, launches, false_tracks, rng)) + "\n"


def _lines(name: str, kind: str, launches: int, false_tracks: int, rng: int) -> Iterator[str]:
    yield from ("format: 1", f"id: {name!r}", f"title: {f'Exercise {name}'!r}", "trains:")
    yield "  - Holding one picture in both capitals"
    yield "# seconds from the start; from and toward are areas; km as published, never finer"
    yield "launches:"
    draw = _Draw(rng)
    at = 0.0
    for number in range(1, launches + 1):
        chosen = KINDS[draw.pick(tuple(KINDS)) if kind == "mixed" else kind]
        yield f"  - {{id: L{number}, {_flight(draw, chosen, at)}}}"
        at += round(draw.between(_APART))
    if false_tracks:
        yield "false_tracks:"
    for number in range(1, false_tracks + 1):
        sensor = draw.pick(tuple(site.id for site in setting().sites))
        yield f"  - {{id: F{number}, sensor: {sensor}, {_flight(draw, _FALSE, at)}}}"
        at += round(draw.between(_APART))
    yield from _rules(setting())


class _Draw:
    """Numbers in a row from one keyed stream."""

    def __init__(self, rng: int) -> None:
        self._rng = rng
        self._used = 0

    def share(self) -> float:
        self._used += 1
        return float(uniform(self._rng, "exercise/generate", self._used, 1)[0])

    def between(self, ends: tuple[float, float]) -> float:
        return ends[0] + (ends[1] - ends[0]) * self.share()

    def pick(self, names: tuple[str, ...]) -> str:
        return names[int(self.share() * len(names))]


def _flight(draw: _Draw, kind: Kind, at: float) -> str:
    start = draw.pick(tuple(one.id for one in areas().values() if one.kind == "launch"))
    toward = draw.pick(kind.toward)
    distance = 10 * round(draw.between(kind.range_km) / 10)
    apogee = 5 * round(draw.between(kind.apogee_km) / 5)
    return f"at: {at:g}, from: {start}, toward: {toward}, range_km: {distance}, apogee_km: {apogee}"


def _rules(standard: Setting) -> Iterator[str]:
    yield "# low..middle..high, in seconds or as a share; leave a section out for the standard"
    yield f"sensors: [{', '.join(site.id for site in standard.sites)}]"
    yield "chains:"
    for chain in standard.chains:
        yield (
            f"  {chain.party}: {{assess_s: {_span(chain.assess_s)}, issue_s: {_span(chain.issue_s)}, "
            f"review_s: {_span(chain.review_s)}, threshold: {_span(chain.threshold)}, "
            f"overflight: {str(chain.overflight).lower()}}}"
        )
    yield "# what is passed today; it is the baseline of every comparison"
    yield "today:"
    yield from (f"  - {_link(link)}" for link in standard.today)
    yield "# what each form of sharing adds to it"
    yield "forms:"
    for form in standard.forms[1:]:
        yield f"  {form.id}:"
        yield f"    label: {form.label}"
        if form.rung:
            yield f"    rung: {form.rung}"
        if form.common:
            yield "    common: true"
        yield "    links:"
        yield from (f"      - {_link(link)}" for link in form.links)


def _link(link: Link) -> str:
    via = f", via: {link.via}" if link.via else ""
    only = f", sensors: [{', '.join(link.sensors)}]" if link.sensors else ""
    return (
        f"{{from: {link.giver}, to: {link.taker}, passes: {link.what}, "
        f"delay_s: {_span(link.delay_s)}, loss: {_span(link.loss)}{via}{only}}}"
    )


def _span(ends: Span) -> str:
    return written(*ends, "pert")
