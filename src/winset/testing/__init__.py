"""Tools for tests, ours and other people's: random cases and the engine written a second time."""

from __future__ import annotations

from winset.testing.cases import cases, write_case

__all__ = ["cases", "write_case"]
