"""What would survive a change of government?"""

from __future__ import annotations

from winset.ask.hold.answer import Hold
from winset.ask.hold.solve import hold

__all__ = ["Hold", "hold"]
