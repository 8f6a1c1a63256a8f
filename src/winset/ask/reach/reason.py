"""A reason in words: what was asked, and why the answer is what it is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from winset.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Reason:
    """Sentences that explain one result, and the rows they were read from."""

    about: str
    """Rung id, or ``package``."""
    sentences: tuple[str, ...]
    table: Table
    """The rows behind the sentences."""

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        told = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)
        return f'<section class="winset-reason">{told}{self.table.html(rows=60)}</section>'
