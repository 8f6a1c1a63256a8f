"""Two sheets for a meeting: some blocks of a brief, as they stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from winset.brief.document import (
    Block,
    Bullets,
    Document,
    Fold,
    Paragraph,
    Section,
    Stops,
    Tracks,
)
from winset.brief.runs import Text
from winset.words.brief import page as wording

_ROWS = 10
"""Steps that a figure shows; more would not fit."""


@dataclass(frozen=True, slots=True)
class Picked:
    """What of a section is taken: a block by its id, and how many sentences of a list."""

    block: str
    most: int = 0


PICKED: Mapping[str, Picked] = {
    "stops": Picked("fig-stops"),
    "rests": Picked("rests-told", 1),
    "move": Picked("fig-move"),
    "hold": Picked("hold-told", 2),
    "path": Picked("path-told", 4),
    "limits": Picked("limits-told", 3),
    "sources": Picked("table-sources"),
}
"""Who stops, how firm that is, what moves them, what lasts, order and pace; in this order."""


def summary(document: Document) -> Document:
    """Take the first screen and what two sheets hold of the sections; no sentence is new."""
    own = {section.id: section for section in document.sections}
    return replace(
        document,
        summary=True,
        first=tuple(block for block in document.first if not isinstance(block, Fold)),
        sections=tuple(_short(own[name], picked) for name, picked in PICKED.items() if name in own),
    )


def _short(section: Section, picked: Picked) -> Section:
    """Keep the title of a section and one of its blocks, if it has that one."""
    found = [block for block in section.blocks if getattr(block, "id", "") == picked.block]
    return replace(section, blocks=tuple(part for block in found for part in _cut(block, picked)))


def _cut(block: Block, picked: Picked) -> tuple[Block, ...]:
    """Keep the first sentences of a list, the first rows of a figure; say if rows are left out."""
    if isinstance(block, Bullets):
        return (replace(block, items=block.items[: picked.most]),)
    if isinstance(block, Stops | Tracks) and len(block.rows) > _ROWS:
        told = wording.rows_shown(_ROWS, len(block.rows))
        kept = replace(block, rows=block.rows[:_ROWS])  # type: ignore[arg-type]
        return (kept, Paragraph((Text(told),), "small"))
    return (block,)
