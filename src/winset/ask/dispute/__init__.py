"""A dispute over worlds: which states would nobody leave, and what turns it?"""

from __future__ import annotations

from winset.ask.dispute.answer import DisputeAnswer
from winset.ask.dispute.solve import dispute

__all__ = ["DisputeAnswer", "dispute"]
