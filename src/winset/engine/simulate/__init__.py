"""Packages through time: quarters, states, shocks and steps; arrays in, arrays out."""

from __future__ import annotations

from .api import EVERYTHING, simulate
from .layout import Draws, Record, Steps, Story
from .parts import EVENTS, MECHANISMS, PARAMETERS, STATES

__all__ = [
    "EVENTS",
    "EVERYTHING",
    "MECHANISMS",
    "PARAMETERS",
    "STATES",
    "Draws",
    "Record",
    "Steps",
    "Story",
    "simulate",
]
