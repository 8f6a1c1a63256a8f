"""Worlds: one draw of everything uncertain, the same world whoever asks for it."""

from __future__ import annotations

from winset.worlds.draw import Prior, Worlds, draw, redraw

__all__ = ["Prior", "Worlds", "draw", "redraw"]
