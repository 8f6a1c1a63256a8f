"""Drawings of the after-action report as plain SVG: a map at the level of regions, bars of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from winset.effects.warning.data import rows
from winset.effects.warning.flight import EARTH
from winset.effects.warning.geo import degrees, heading, unit
from winset.exercise.scenario import Scenario

INK, GREY, RULE, LAND = "#1c2733", "#56616e", "#d3d9e0", "#eef0f2"
HUES = {"US": "#2b3a55", "JPN": "#a86c0c", "ROK": "#2a8c82"}
PARTS = (("geometry", "#c3cad3"), ("relay", "#b8560b"), ("people", "#33699c"))
"""What time goes into, with the fill of its bar."""
_WEST, _EAST, _SOUTH, _NORTH = 122.0, 150.0, 25.0, 46.5
_WIDE, _PER_DEGREE = 640.0, 640.0 / (150.0 - 122.0)
_STRETCH = 1 / np.cos(np.radians(37.0))
_LANE, _LEFT, _RIGHT = 22, 190, 60


@dataclass(frozen=True, slots=True)
class Lane:
    """One capital under one form: seconds that pass until it alerts or decides."""

    label: str
    parts: tuple[float, float, float]
    """Geometry, relay, people, s; all nought where nothing is held."""
    said: str


def area_map(scenario: Scenario) -> str:
    """Draw the scenario on an outline: areas, regions, towns of sensors, ground tracks."""
    height = (_NORTH - _SOUTH) * _PER_DEGREE * _STRETCH
    parts = [
        _opened(height, "Map of launch areas, regions and sensor towns", 11),
    ]
    parts += [_outline(shape) for shape in dict.fromkeys(row["shape"] for row in rows("coast"))]
    for region in scenario.setting.regions:
        parts.append(_circle(region.lat, region.lon, region.radius_km, HUES[region.party]))
    for start in dict.fromkeys(shot.start for shot in scenario.shots):
        parts.append(_circle(start.lat, start.lon, start.radius_km, INK))
        parts.append(
            _label(start.lat, start.lon, start.label.replace(" North Korea", " area"), INK)
        )
    parts += [_track(scenario, number) for number in range(len(scenario.shots))]
    for site in scenario.setting.sites:
        parts.append(_mark(site.owner, site.lat, site.lon))
        parts.append(_label(site.lat, site.lon, site.label, GREY))
    return "".join([*parts, "</svg>"])


def timeline(lanes: Sequence[Lane], longest: float, mark: str) -> str:
    """Draw bars of what the time goes into, up to the moment ``mark`` names at the right edge."""
    wide = _WIDE - _LEFT - _RIGHT
    height = _LANE * len(lanes) + 38
    parts = [
        _opened(height, f"Time until decision or alert; right edge: {mark}", 12),
    ]
    scale = wide / max(longest, 1.0)
    for minute in _ticks(longest):
        x = _LEFT + minute * 60 * scale
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height - 32}" stroke="{RULE}"/>'
            f'<text x="{x:.1f}" y="{height - 19}" text-anchor="middle" fill="{GREY}">{minute:g}</text>'
        )
    parts.append(
        f'<text x="{_LEFT + wide:.0f}" y="{height - 4}" text-anchor="end" fill="{GREY}">'
        f"minutes from launch; right edge: {escape(mark)}</text>"
    )
    for number, lane in enumerate(lanes):
        parts += _bars(lane, number * _LANE, scale, longest)
    return "".join([*parts, "</svg>"])


def _opened(height: float, label: str, size: int) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDE:.0f} {height:.0f}" role="img" aria-label="{escape(label)}" '
        f'font-family="Inter, system-ui, sans-serif" font-size="{size}">'
    )


def _bars(lane: Lane, y: float, scale: float, longest: float) -> Iterator[str]:
    yield f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end" fill="{INK}">{escape(lane.label)}</text>'
    x = float(_LEFT)
    if not any(lane.parts):
        yield (
            f'<line x1="{x}" x2="{x + longest * scale:.1f}" y1="{y + 11}" y2="{y + 11}" '
            f'stroke="{GREY}" stroke-dasharray="2 4"/>'
        )
    for (name, fill), lasts in zip(PARTS, lane.parts, strict=True):
        shown = max(0.0, min(lasts, longest - (x - _LEFT) / scale)) * scale
        if shown:
            yield (
                f'<rect x="{x:.1f}" y="{y + 4}" width="{shown:.1f}" height="14" fill="{fill}">'
                f"<title>{name}: {lasts:.0f} s</title></rect>"
            )
        x += shown
    inside = x > _LEFT + longest * scale * 0.55
    ink, anchor, at = ("#fff", "end", x - 6) if inside else (GREY, "start", x + 5)
    halo = "" if inside else ' paint-order="stroke" stroke="#fff" stroke-width="3"'
    yield (
        f'<text x="{at:.1f}" y="{y + 15}" fill="{ink}" font-size="11" text-anchor="{anchor}"{halo}>'
        f"{escape(lane.said)}</text>"
    )


def _ticks(longest: float) -> Iterable[float]:
    minutes = longest / 60
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 1000) if minutes / one <= 12)
    return np.arange(0, minutes + 1e-9, step).tolist()


def _place(lat: float, lon: float) -> tuple[float, float]:
    return (lon - _WEST) * _PER_DEGREE, (_NORTH - lat) * _PER_DEGREE * float(_STRETCH)


def _outline(shape: str) -> str:
    points = [
        _place(float(row["lat"]), float(row["lon"]))
        for row in rows("coast")
        if row["shape"] == shape
    ]
    drawn = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    return f'<polygon points="{drawn}" fill="{LAND}" stroke="{RULE}"/>'


def _circle(lat: float, lon: float, radius: float, hue: str) -> str:
    x, y = _place(lat, lon)
    size = radius / 111.2 * _PER_DEGREE * float(_STRETCH)
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{size:.0f}" fill="none" stroke="{hue}" '
        'stroke-dasharray="3 3"/>'
    )


def _label(lat: float, lon: float, text: str, hue: str) -> str:
    x, y = _place(lat, lon)
    return (
        f'<text x="{x + 8:.0f}" y="{y + 4:.0f}" fill="{hue}" paint-order="stroke" stroke="#fff" '
        f'stroke-width="3">{escape(text)}</text>'
    )


def _mark(owner: str, lat: float, lon: float) -> str:
    """Draw the shape that stands for a government, and for nothing else."""
    x, y = _place(lat, lon)
    hue = HUES[owner]
    if owner == "US":
        return f'<rect x="{x - 4:.0f}" y="{y - 4:.0f}" width="8" height="8" fill="{hue}"/>'
    if owner == "JPN":
        return (
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#fff" stroke="{hue}" stroke-width="2"/>'
        )
    return f'<polygon points="{x:.0f},{y - 5:.0f} {x + 5:.0f},{y + 4:.0f} {x - 5:.0f},{y + 4:.0f}" fill="{hue}"/>'


def _track(scenario: Scenario, number: int) -> str:
    shot = scenario.shots[number]
    start = unit(shot.start.lat, shot.start.lon)
    turned = np.linspace(0, shot.range_km / EARTH, 40)[:, None]
    line = np.cos(turned) * start + np.sin(turned) * heading(start, shot.azimuth)
    lat, lon = degrees(line)
    inside = (lon < _EAST) & (lat > _SOUTH) & (lat < _NORTH) & (lon > _WEST)
    points = [_place(float(a), float(b)) for a, b in zip(lat[inside], lon[inside], strict=True)]
    drawn = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
    dash = ' stroke-dasharray="2 4"' if shot.false_at else ""
    x, y = points[-1]
    return (
        f'<polyline points="{drawn}" fill="none" stroke="{INK}" stroke-width="1.5"{dash}/>'
        f'<text x="{x + 4:.0f}" y="{y - 4:.0f}" fill="{INK}" font-weight="600">{escape(shot.id)}</text>'
    )
