"""In which order, how fast, and through what weather?"""

from __future__ import annotations

from winset.ask.path.answer import Path
from winset.ask.path.solve import path

__all__ = ["Path", "path"]
