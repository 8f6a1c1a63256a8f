"""What a measure buys, computed: one folder a model, one contract for all."""

from __future__ import annotations

from winset.effects.catalogue import cards
from winset.effects.contract import Card, Input, Output

__all__ = ["Card", "Input", "Output", "cards"]
