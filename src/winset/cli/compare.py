"""What differs between two cases, and which answers moved."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from winset.ask.reach import Reach
    from winset.case import CaseDiff
    from winset.tables import Table


def as_table(difference: CaseDiff) -> Table:
    """Return the differences of two cases, one a row."""
    from winset.tables import Column, Schema

    schema = Schema(
        "differences",
        "What is not the same in two cases?",
        (
            Column("address", "text", "", "Where it stands."),
            Column("kind", "text", "", "added, removed or changed."),
            Column("before", "text", "", "What stands in A."),
            Column("after", "text", "", "What stands in B."),
        ),
    )
    return schema.from_rows(
        (one.address, one.kind, one.before, one.after) for one in difference.differences
    )


def moved(before: Reach, after: Reach) -> tuple[Table, str]:
    """Compare how open each rung is in two answers over the same worlds.

    Returns
    -------
    Table
        One row for each rung whose share differs, or which only one of the two cases has; the
        largest move first.
    str
        The same in a sentence.
    """
    from winset.tables import Column, Schema

    schema = Schema(
        "moved",
        "Which rungs are open in more or in fewer worlds?",
        (
            Column("rung", "text", "", "Rung, as MEASURE.LEVEL."),
            Column("before", "float", "share", "Share of worlds in which it is open in A."),
            Column("after", "float", "share", "Share of worlds in which it is open in B."),
            Column("change", "float", "share", "After less before."),
        ),
    )
    one, other = _open(before), _open(after)
    missing = float("nan")
    rows = [
        (rung, one.get(rung, missing), other.get(rung, missing))
        for rung in dict.fromkeys([*one, *other])
        if one.get(rung) != other.get(rung)
    ]
    full = [(rung, a, b, b - a) for rung, a, b in rows]
    full.sort(key=lambda row: -2 if isnan(row[3]) else -abs(row[3]))
    return schema.from_rows(full), _sentence(full, len({*one, *other}))


def _open(answer: Reach) -> dict[str, float]:
    table = answer.table("rungs")
    return dict(zip(table["rung"].tolist(), table["share_open"].tolist(), strict=True))


def _sentence(rows: list[tuple[str, float, float, float]], count: int) -> str:
    if not rows:
        return f"No answer moved: all {count} rungs are open in the same share of worlds."
    rung, a, b, change = rows[0]
    if isnan(change):
        return f"{len(rows)} of {count} rungs differ; {rung} is in one of the two cases only."
    return (
        f"{len(rows)} of {count} rungs moved; most, {rung}: "
        f"from {100 * a:.0f} to {100 * b:.0f} of 100 worlds."
    )
