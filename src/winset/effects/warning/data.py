"""The published figures the model stands on, one CSV a kind."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

TABLES = (
    "alerts",
    "areas",
    "counts",
    "flights",
    "low-flights",
    "minimum-energy",
    "overflights",
    "sites",
)


@dataclass(frozen=True, slots=True)
class Site:
    """A sensor on land at the level of a town or region; its reach is a bracket."""

    id: str
    owner: str
    label: str
    lat: float
    lon: float
    reach: tuple[float, float, float]
    """Low, middle and high of the slant range, km."""
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Area:
    """A launch area, a water or a region to be warned, by its centre."""

    id: str
    kind: Literal["launch", "water", "region"]
    party: str
    label: str
    lat: float
    lon: float
    radius_km: float


def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return one of :data:`TABLES` as texts by column."""
    text = files("winset.effects.warning").joinpath("data", f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def sites() -> Mapping[str, Site]:
    """All sensors by id."""
    return {
        row["id"]: Site(
            row["id"],
            row["owner"],
            row["label"],
            float(row["lat"]),
            float(row["lon"]),
            (float(row["reach_low"]), float(row["reach_mode"]), float(row["reach_high"])),
            row["basis"],
            row["source"],
        )
        for row in rows("sites")
    }


@cache
def areas() -> Mapping[str, Area]:
    """All areas by id."""
    kinds: Mapping[str, Literal["launch", "water", "region"]] = {
        "launch": "launch",
        "water": "water",
        "region": "region",
    }
    return {
        row["id"]: Area(
            row["id"],
            kinds[row["kind"]],
            row["party"],
            row["label"],
            float(row["lat"]),
            float(row["lon"]),
            float(row["radius_km"]),
        )
        for row in rows("areas")
    }
