"""How wide a step each side bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from winset.words.phrases import count_phrase, join_names, share_phrase

_BEARS = 0.50
VARIANTS = {
    "none": "All, no slippage",
    "slippage": "All, with the slippage each expects",
    "statement": "All, with slippage and the limiting step at its top",
}
READS = (
    "Band: from ideal less tolerance to ideal plus tolerance, middle world. Shape: the ideal. "
    "For all: the part of the scale that every band covers, middle world; none where they part."
)
HEAD = "Side"
AXIS = "scope of a step"
BEARS = "ideal {ideal}, bears up to {high}"
BEARS_ALL = "ideal {ideal}, bears {high}"
EVERY = "every scope"
IN_COMMON = "a width in common in {share}"


@dataclass(frozen=True, slots=True)
class Bearing:
    """In how many worlds every party bears steps of one scope, under one variant."""

    variant: str
    level: int
    share: float
    worlds: int
    name: str = ""
    """What the scope reaches, in the words of the case."""

    @property
    def told(self) -> str:
        """The scope as a sentence names it: ``scope 2 (North-East Asia)``."""
        return f"scope {self.level} ({self.name})" if self.name else f"scope {self.level}"


def scope_heading(rows: Sequence[Bearing]) -> str:
    """Up to which scope all bear a step in at least half of the worlds (pattern L8)."""
    plain = [row for row in rows if row.variant == "none"]
    borne = [row for row in plain if row.share >= _BEARS]
    if not plain:
        return "No step of this case has a scope"
    if not borne:
        best = max(plain, key=lambda row: (row.share, row.level))
        return (
            f"No scope is borne by all in half of the worlds; {best.told} comes nearest, "
            f"{share_phrase(best.share, best.worlds)}"
        )
    widest = max(borne, key=lambda row: row.level)
    beyond = [row for row in plain if row.level == widest.level + 1]
    head = f"All bear steps of {widest.told} {share_phrase(widest.share, widest.worlds)}"
    if not beyond:
        return f"{head}, the widest there is"
    return f"{head}, of {beyond[0].told} in {count_phrase(beyond[0].share, beyond[0].worlds)}"


def scope_title(rows: Sequence[Bearing]) -> str:
    """Say what slippage takes from the scope all bear, and what a statement gives back."""
    held = {(row.variant, row.level): row for row in rows}
    gaps = [
        (held["none", row.level].share - row.share, row.level)
        for row in rows
        if row.variant == "slippage" and ("none", row.level) in held
    ]
    if not gaps:
        return "The scope each side bears"
    gap, level = max(gaps)
    base, slid = held["none", level], held["slippage", level]
    if round(100 * gap) == 0:
        return "Expected slippage takes nothing from the scope all bear"
    told = (
        f"Expected slippage narrows {base.told} from {count_phrase(base.share, base.worlds)} to "
        f"{count_phrase(slid.share, slid.worlds)}"
    )
    back = held.get(("statement", level))
    if back is None:
        return told
    if round(100 * (back.share - slid.share)) <= 0:
        return f"{told}; a limiting statement does not bring it back"
    return f"{told}; a limiting statement brings it back to {count_phrase(back.share, back.worlds)}"


def reading(levels: Sequence[str]) -> str:
    """Say what scope and slippage are, with the names of the levels if the case has any."""
    told = join_names([f"{level}, {name}" for level, name in enumerate(levels, 1)])
    return (
        "Scope says how far a step reaches beyond the core of the case, from 1, narrow, to 4, wide"
        f"{f': {told}' if levels else ''}. "
        "Slippage is the extra scope that a party expects once a step has begun."
    )


def level_name(level: int) -> str:
    """Name a line of the trace."""
    return f"scope {level}"


def borne(share: str) -> str:
    """Say how often a scope is borne."""
    return f"borne in {share}"


def trace_title(name: str, variant: str) -> str:
    """Name the trace of what a party bears."""
    return f"Scope: {name}, {variant.replace('none', 'no slippage')}"


def counted(worlds: int) -> str:
    """Say over how many worlds it was counted."""
    return f"Counted in {worlds:,} worlds, for steps of each scope by themselves."
