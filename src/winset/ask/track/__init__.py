"""What has happened since, what is due, and what did it change?"""

from __future__ import annotations

from winset.ask.track.answer import Track
from winset.ask.track.solve import track

__all__ = ["Track", "track"]
