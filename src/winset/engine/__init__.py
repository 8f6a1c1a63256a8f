"""Exact search over packages: arrays in, arrays out, no names.

``judge`` says whether a package is accepted and what it meets with, ``accepts`` where each of many is, ``deepest`` finds the deepest accepted one of each
world, ``exists`` whether any accepted package reaches a rung, ``witness`` which one does, ``alone`` whether a rung stands by
itself, ``slim`` drops the rows that always hold, ``without`` gives a copy of a problem with some limits lifted and ``forced`` one with some
rungs held in place.
``additive_frontier`` finds all undominated gains where they add up, ``members`` their packages.
"""

from __future__ import annotations

from .api import (
    Deepest,
    Judgement,
    accepts,
    alone,
    deepest,
    exists,
    judge,
    neighbours,
    slim,
    witness,
)
from .frontier import Frontier, additive_frontier, members
from .layout import Problem, Structure, Values
from .relax import forced, without
from .warm import warm

__all__ = [
    "Deepest",
    "Frontier",
    "Judgement",
    "Problem",
    "Structure",
    "Values",
    "accepts",
    "additive_frontier",
    "alone",
    "deepest",
    "exists",
    "forced",
    "judge",
    "members",
    "neighbours",
    "slim",
    "warm",
    "without",
    "witness",
]
