"""What a benchmark yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; ``best`` says on which side of the target it should lie."""

    what: str
    value: float
    unit: str
    target: float | None = None
    best: Literal["low", "high"] = "low"
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the target was met; nothing where there is none."""
        if self.target is None:
            return ""
        met = self.value <= self.target if self.best == "low" else self.value >= self.target
        return "met" if met else "missed"
