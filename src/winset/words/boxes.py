"""Sentences about boxes: in which worlds a programme leads, breaks or stays shallow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from winset.case.model import Case
from winset.case.tracing import trace
from winset.tables import Table
from winset.words.phrases import capital, join_names, of_hundred, share_phrase

Row = dict[str, Any]
_KEY = ("kind", "by", "programme", "against")
_FEW = 3


def sentences(
    case: Case, said: Mapping[str, str], tables: Mapping[str, Table], n: int
) -> list[str]:
    """Tell the first boxes, and for how many questions there is none."""
    rows = [*tables["boxes"].rows()]
    none, few = (sum(row["box"] == state for row in rows) for state in ("none", "too few"))
    told = boxes(case, said, tables, n)
    if none:
        told.append(
            f"No box of a few ranges found for {none} of {len(rows)} questions in which worlds a "
            "programme leads, breaks or stays shallow: none is denser than chance would show."
        )
    if few:
        told.append(f"For {few} such questions too few worlds go one way to look for a box.")
    return told


def boxes(case: Case, said: Mapping[str, str], tables: Mapping[str, Table], n: int) -> list[str]:
    """Tell the first boxes: how frequent such worlds are, and how much more so within it.

    Parameters
    ----------
    case
        The case.
    said
        Programmes by id, as they stand in a sentence.
    tables
        Tables of the answer.
    n
        Worlds.
    """
    found = [row for row in tables["boxes"].rows() if row["box"] == "found"]
    told = [_box(case, said, tables, row, n) for row in found[:_FEW]]
    if found:
        more = f"; {len(found) - _FEW} more are in the table boxes" if found[_FEW:] else ""
        told.append(
            "Such a box is found in one half of the worlds and judged in the other, from which the "
            f"shares within it are{more}."
        )
    return told


def question(case: Case, said: Mapping[str, str], row: Row) -> str:
    """Say of which kind the worlds are."""
    name, other = (said.get(row[key], row[key]) for key in ("programme", "against"))
    match row["kind"]:
        case "leads" if row["by"] == "depth":
            told = f"{name} is deeper over time than {other}"
        case "leads" if row["by"] == "steps":
            told = f"{name} has a larger part of its own steps in effect at the end than {other}"
        case "leads":
            told = f"{name} is worth more to {case.party[row['by']].words.phrase} than {other}"
        case "crisis":
            told = f"a crisis comes under {name}"
        case _:
            told = f"{name} is in its least deep quarter of worlds"
    return capital(told)


def own_ranges(tables: Mapping[str, Table], row: Row) -> list[Row]:
    """Return the ranges of the box of one question."""
    key = [row[name] for name in _KEY]
    return [one for one in tables["box_ranges"].rows() if [one[name] for name in _KEY] == key]


def ends(one: Row) -> str:
    """Tell one range of a box beside the whole range drawn."""
    low, high = one["at_least"], one["at_most"]
    if low is None:
        told = f"at most {high:.2g}"
    elif high is None:
        told = f"at least {low:.2g}"
    else:
        told = f"{low:.2g} to {high:.2g}"
    return f"{told}, of {one['lowest']:.2g} to {one['highest']:.2g}".replace("-", "−")


def _box(
    case: Case,
    said: Mapping[str, str],
    tables: Mapping[str, Table],
    row: Row,
    n: int,
) -> str:
    held = n - n // 2
    return (
        f"{question(case, said, row)} {share_phrase(row['share'], n)}, and in "
        f"{of_hundred(row['density'], held)} of 100 where {_limits(case, own_ranges(tables, row))}; "
        f"{of_hundred(row['coverage'], held)} of 100 such worlds lie there."
    )


def _limits(case: Case, ranges: Sequence[Row]) -> str:
    return join_names([f"{trace(case, one['address']).what} is {ends(one)}" for one in ranges])
