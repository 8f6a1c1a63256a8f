"""Which assumptions carry the answer?"""

from __future__ import annotations

from winset.ask.sense.answer import Sense
from winset.ask.sense.finding import Finding, findings
from winset.ask.sense.solve import sense

__all__ = ["Finding", "Sense", "findings", "sense"]
