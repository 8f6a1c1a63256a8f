"""A scenario of a warning exercise, read strictly from one YAML file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from winset.case.fields import Fields
from winset.case.findings import Findings
from winset.case.model import At
from winset.case.strict_yaml import Node, read_yaml
from winset.effects.warning.data import Area, areas
from winset.effects.warning.flight import EARTH, boost_term, consistent
from winset.effects.warning.geo import bearing, unit
from winset.effects.warning.setting import Setting, Shot
from winset.effects.warning.standard import setting
from winset.exercise.ready import ready_text
from winset.exercise.rules import Rules

FORMAT = 1
MOST_SHOTS = 2000
READY = ("lofted", "overflight", "low-salvo", "false-alarm")
"""Bundled scenarios."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Launches, sensors, chains and rules of release.

    Attributes
    ----------
    trains
        What those who take part practise, one sentence each.
    hash
        SHA-256 of the file, first twelve digits.
    """

    id: str
    title: str
    trains: tuple[str, ...]
    shots: tuple[Shot, ...]
    setting: Setting
    hash: str
    text: str

    @property
    def launches(self) -> tuple[Shot, ...]:
        """The real launches."""
        return tuple(shot for shot in self.shots if not shot.false_at)


def scenarios() -> tuple[str, ...]:
    """Return the names of the ready scenarios."""
    return READY


def load_scenario(name: str | Path) -> Scenario:
    """Read a ready scenario by name, or one of your own by its path.

    Raises
    ------
    AskError
        There is no such scenario, or it cannot be read as text.
    CaseError
        Something in it is wrong; carries all problems with file and line.

    Examples
    --------
    >>> load_scenario("lofted").launches[0].apogee_km
    4475.0
    """
    return read_scenario(*ready_text("scenario", name, READY))


def read_scenario(text: str, name: str) -> Scenario:
    """Read a scenario from its text; ``name`` stands in messages.

    Raises
    ------
    CaseError
        Something in it is wrong.
    """
    findings = Findings()
    node = read_yaml(text, name, findings)
    fields = Fields(node, "scenario", findings, At(name, 1))
    found = fields.whole("format")
    if found != FORMAT and "format" in fields:
        findings.add("E080", fields.where("format"), f"format {found}", allowed=str(FORMAT))
    own = fields.text("id", Path(name).stem)
    title = fields.text("title", own)
    trains = _texts(fields.items("trains"))
    rules = Rules(findings)
    standard = setting()
    chosen = rules.sensors(fields, standard)
    made = Setting(
        chosen,
        standard.regions,
        rules.chains(fields.mapping("chains"), standard),
        rules.links(fields.items("today"), "today") if "today" in fields else standard.today,
        rules.forms(fields.mapping("forms"), standard),
    )
    shots = [_shot(item, findings, rules) for item in fields.items("launches")]
    shots += [
        _shot(item, findings, rules, chosen=[site.id for site in chosen])
        for item in fields.items("false_tracks")
    ]
    if not shots and not findings.failed:
        findings.add("E023", fields.at, "nothing is launched", do="Add launches or false_tracks")
    if len(shots) > MOST_SHOTS:
        findings.add("E003", fields.at, f"{len(shots)} launches", allowed=f"up to {MOST_SHOTS:,}")
    _once((shot.id for shot in shots), fields.at, findings)
    fields.done()
    findings.stop()
    shots.sort(key=lambda shot: (shot.at, shot.id))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Scenario(own, title, trains, tuple(shots), made, digest, text)


def _texts(items: Iterable[Node]) -> tuple[str, ...]:
    return tuple(item.value for item in items if isinstance(item.value, str))


def _once(names: Iterable[str], at: At, findings: Findings) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            findings.add("E032", at, f"launch {name!r} is there twice", do="Rename one")
        seen.add(name)


def _shot(item: Node, findings: Findings, rules: Rules, chosen: list[str] | None = None) -> Shot:
    """Read one launch, or with ``chosen`` sensors one false track."""
    what = "launch" if chosen is None else "false track"
    fields = Fields(item, what, findings, item.at)
    own = fields.text("id", needed=True)
    at = rules.bounded(fields, "at", 0.0, least=0.0)
    start = _area(fields, "from", "launch", findings)
    toward = _area(fields, "toward", "", findings) if "toward" in fields else None
    azimuth = fields.number("azimuth", 0.0) if toward is None else 0.0
    if toward is None and "azimuth" not in fields:
        findings.add(
            "E023", fields.at, f"{what} {own} has no direction", do="Add toward or azimuth"
        )
    if toward is not None:
        azimuth = float(bearing(unit(start.lat, start.lon), unit(toward.lat, toward.lon)))
    distance = rules.bounded(fields, "range_km", None, least=50.0, most=3.1 * EARTH)
    apogee = rules.bounded(fields, "apogee_km", None, least=15.0, most=20000.0)
    minutes = fields.number("minutes", 0.0)
    sensor = fields.text("sensor", needed=chosen is not None) if chosen is not None else ""
    if chosen is not None and sensor and sensor not in chosen:
        findings.unknown("E031", fields.where("sensor"), "sensor", sensor, chosen)
    fields.done()
    if "minutes" in fields and not findings.failed and not consistent(distance, apogee, minutes):
        left = float(boost_term(distance, apogee, minutes))
        findings.add(
            "E081",
            fields.where("minutes"),
            f"{what} {own}: {distance:g} km far, {apogee:g} km high and {minutes:g} minutes long "
            f"leaves {left:.0f} s for the boost",
            allowed="about 80 to 310 s",
            do="Correct one of the three, or leave minutes out",
        )
    return Shot(own, at, start, azimuth, max(distance, 50.0), max(apogee, 15.0), sensor)


def _area(fields: Fields, key: str, kind: str, findings: Findings) -> Area:
    known = {one.id: one for one in areas().values() if not kind or one.kind == kind}
    name = fields.text(key, needed=True)
    if name and name not in known:
        findings.unknown("E031", fields.where(key), "area", name, known)
    return known.get(name, next(iter(known.values())))
