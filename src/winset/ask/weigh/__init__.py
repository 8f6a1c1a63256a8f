"""Whose programme does better, by what, and on which assumptions does that turn?"""

from __future__ import annotations

from winset.ask.weigh.answer import Weigh
from winset.ask.weigh.solve import weigh

__all__ = ["Weigh", "weigh"]
