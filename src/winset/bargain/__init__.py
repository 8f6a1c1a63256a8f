"""Bargains of other programs: GENIUS and NegMAS folders read, settled exactly, and written."""

from __future__ import annotations

from winset.bargain.answer import BargainAnswer
from winset.bargain.files import is_bargain, read_bargain, write_bargain
from winset.bargain.model import Bargain, Matter, Profile
from winset.bargain.of_case import bargain_of
from winset.bargain.solve import bargain

__all__ = [
    "Bargain",
    "BargainAnswer",
    "Matter",
    "Profile",
    "bargain",
    "bargain_of",
    "is_bargain",
    "read_bargain",
    "write_bargain",
]
