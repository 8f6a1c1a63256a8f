"""The only joint of names and arrays: worlds in, the engine's integer problem out."""

from __future__ import annotations

from winset.problem.compile import BLOCK, blocks, compile_problem, consent_of
from winset.problem.frame import NEUTRAL, NEUTRAL_SETTINGS, SETTINGS
from winset.problem.names import ClauseName, Compiled, Names, RowName

__all__ = [
    "BLOCK",
    "NEUTRAL",
    "NEUTRAL_SETTINGS",
    "SETTINGS",
    "ClauseName",
    "Compiled",
    "Names",
    "RowName",
    "blocks",
    "compile_problem",
    "consent_of",
]
