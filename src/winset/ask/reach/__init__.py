"""How far can the cooperation go?"""

from __future__ import annotations

from winset.ask.reach.answer import Reach
from winset.ask.reach.reason import Reason
from winset.ask.reach.solve import reach
from winset.ask.reach.why import why

__all__ = ["Reach", "Reason", "reach", "why"]
