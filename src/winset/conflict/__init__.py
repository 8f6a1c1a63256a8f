"""Disputes as graphs of moves: who can leave which state, and who can make it not worth while.

The graph model for conflict resolution [fang1993]: players hold yes-or-no options, states are the
combinations that are possible, and a state is stable for a player if it has no better state to
move to, or none that the others cannot spoil.
"""

from __future__ import annotations

from winset.conflict.gmcr import read_gmcr, write_gmcr
from winset.conflict.inverse import Demand, demands
from winset.conflict.model import Conflict, Option, Player
from winset.conflict.narrate import narrate
from winset.conflict.solve import CONCEPTS, Stability, analyse, definition

__all__ = [
    "CONCEPTS",
    "Conflict",
    "Demand",
    "Option",
    "Player",
    "Stability",
    "analyse",
    "definition",
    "demands",
    "narrate",
    "read_gmcr",
    "write_gmcr",
]
