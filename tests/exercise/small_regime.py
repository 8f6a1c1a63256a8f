"""Small regimes as text, for tests of the calendar."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

from winset.exercise.calendar.program import Program
from winset.exercise.calendar.read import read_regime
from winset.exercise.calendar.regime import Regime

WAYS = {"two-way": {"cost": 1}, "observers": {"cost": 1.5}, "three-way": {"cost": 2}}
ONE = {"between": ["A", "B"], "months": [10, 3], "trains": {"x": 1}, "forms": WAYS}
TWO = {**ONE, "between": ["B", "C"], "months": [12, 3]}
BASE: dict[str, Any] = {
    "format": 1,
    "id": "tiny",
    "start": "2022-09",
    "years": 1,
    "parties": ["A", "B", "C"],
    "budget": 5,
    "objectives": {"x": {"kind": "accuracy", "cap": 2}},
    "exercises": {"one": ONE, "two": TWO},
}


def text(**changed: Any) -> str:
    return json.dumps({**BASE, **changed}, indent=1)


def regime(**changed: Any) -> Regime:
    return read_regime(text(**changed), "tiny.yaml")


def best_by_hand(program: Program) -> int | None:
    """Try every set of cells; None where none meets all limits."""
    best = None
    for row in product((False, True), repeat=len(program.cells)):
        held = {number for number, on in enumerate(row) if on}
        if not program.broken(held):
            best = max(program.value(held), -1 if best is None else best)
    return best
