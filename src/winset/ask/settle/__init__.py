"""Where inside the win-set would bargaining settle?"""

from __future__ import annotations

from winset.ask.settle.answer import Settle
from winset.ask.settle.solve import settle

__all__ = ["Settle", "settle"]
