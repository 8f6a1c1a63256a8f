"""The present baseline and the ladder of sharing that are used where a scenario says nothing else."""

from __future__ import annotations

from typing import Literal

from winset.effects.warning.data import areas, sites
from winset.effects.warning.setting import Chain, Form, Link, Setting, Shot, Span

US, JPN, ROK = "US", "JPN", "ROK"
FEED: Span = (2, 5, 15)
DIRECT: Span = (2, 5, 10)
HUB: Span = (10, 30, 60)
VOICE: Span = (60, 180, 600)
AFTERWARDS: Span = (1800, 14400, 172800)
LOSS: Span = (0, 0.02, 0.08)

TODAY = (
    Link(US, JPN, "tracks", FEED, LOSS, sensors=("us-shariki", "us-kyoga")),
    Link(JPN, US, "tracks", FEED, LOSS),
    Link(ROK, US, "tracks", FEED, LOSS),
)
"""Two-way feeds with the United States; the launch cue reaches both allies besides."""

CHAINS = (
    Chain(JPN, (60, 150, 330), (20, 60, 120), (60, 150, 400), (0.02, 0.05, 0.2), overflight=True),
    Chain(ROK, (45, 120, 330), (20, 60, 240), (60, 150, 400), (0.02, 0.05, 0.2), overflight=True),
)
"""Assess and issue together take about three to seven minutes in the published alerts."""


def _both(kind: Literal["tracks", "counts"], delay: Span, via: str = "") -> tuple[Link, ...]:
    return (
        Link(JPN, ROK, kind, delay, LOSS, via=via),
        Link(ROK, JPN, kind, delay, LOSS, via=via),
    )  # fmt: skip


FORMS = (
    Form("none", "two alliances side by side", "", ()),
    Form("after", "exchange after the fact", "D2.1", _both("tracks", AFTERWARDS)),
    Form("observers", "observers with a telephone", "D1.2", _both("counts", VOICE)),
    Form("hub", "tracks through the US hub", "D2.3", _both("tracks", HUB, via=US)),
    Form("direct", "tracks in near real time", "D2.4", _both("tracks", DIRECT)),
    Form("integrated", "one picture, one assessment", "", _both("tracks", DIRECT), common=True),
)
"""Forms in the order of the ladder; the last is the integrated response, not a rung."""


_WEST, _NORTH, _EAST = (areas()[name] for name in ("nk-west", "nk-north", "nk-east"))

SHOTS = (
    Shot("lofted", 0, _WEST, 75, 950, 4475),
    Shot("overflight", 0, _WEST, 70, 2700, 550),
    Shot("low-west", 0, _WEST, 70, 400, 50),
    Shot("low-north", 0, _NORTH, 80, 350, 60),
    Shot("low-east", 0, _EAST, 60, 250, 30),
    Shot("false", 0, _EAST, 70, 1200, 300, false_at="jp-ominato"),
)
"""One flight of each published class and one false track, by which a form is judged."""


def setting() -> Setting:
    """Return the standard setting."""
    regions = tuple(area for area in areas().values() if area.kind == "region")
    return Setting(tuple(sites().values()), regions, CHAINS, TODAY, FORMS)
