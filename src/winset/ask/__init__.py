"""Questions that can be put to a case: one folder a question."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Schema


def schemas() -> Mapping[str, Mapping[str, Schema]]:
    """Return the documented tables of every answer: by question, then by name of the table."""
    from winset.ask.reach.schemas import SCHEMAS  # loaded when asked for

    return {"reach": SCHEMAS}
