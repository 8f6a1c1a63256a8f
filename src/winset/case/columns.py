"""Columns of the tables of a case folder: the one place that names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one table: all, those that must be there, those that name a row."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...]
    free: bool = False
    """Whether further columns are kept as they are."""


_TAIL = "basis refs note"
_RANGE = f"low mode high shape {_TAIL}"
_WORDS = "label name phrase"


def _layout(columns: str, key: str, *, needs: str = "", free: bool = False) -> Layout:
    keys = tuple(key.split())
    required = (*keys, *needs.split())
    return Layout(tuple(columns.split()), tuple(dict.fromkeys(required)), keys, free)


LAYOUTS: dict[str, Layout] = {
    "measures": _layout(
        f"id {_WORDS} domain participants depth_weight alternatives down effort lag trust {_TAIL}",
        "id",
        needs="domain participants",
    ),
    "rungs": _layout(
        f"rung {_WORDS} status_quo benefit exposure scope heat {_TAIL}", "rung", needs="benefit"
    ),
    "ranges": _layout(f"address {_RANGE}", "address"),
    "criteria": _layout(f"id {_WORDS} meaning shared gain loss loss_except {_TAIL}", "id"),
    "constituencies": _layout(
        f"id party {_WORDS} kind asked_for durability hosts"
        f" threshold_low threshold threshold_high salience {_TAIL}",
        "id",
        needs="party kind asked_for threshold",
    ),
    "weights": _layout(f"constituency criterion {_RANGE}", "constituency criterion", needs="mode"),
    "effects": _layout(
        f"measure criterion party {_RANGE}", "measure criterion party", needs="mode"
    ),
    "stances": _layout(
        f"constituency target use {_RANGE}", "constituency target", needs="use mode"
    ),
    "linkages": _layout(f"a b use who {_RANGE}", "a b", needs="mode"),
    "attitudes": _layout(f"outsider measure {_RANGE}", "outsider measure", needs="mode"),
    "outsiders": _layout(f"id {_WORDS} role {_TAIL}", "id"),
    "elections": _layout(f"id party date {_RANGE}", "id", needs="party date mode"),
    "conditions": _layout(
        f"id kind who rung condition reads switch says {_TAIL}", "id", needs="kind reads"
    ),
    "parameters": _layout(f"id unit meaning read_by claims existence {_RANGE}", "id", needs="mode"),
    "sources": _layout("id author title date perspective reading note", "id", needs="author"),
    "evidence": _layout(
        "source paragraph sha256 part says note", "source paragraph", needs="sha256 says"
    ),
    "claims": _layout("id refs", "id", needs="refs", free=True),
    "disagreements": _layout("id refs", "id", needs="refs", free=True),
}
"""Layout of every table by the name of its file without ``.csv``."""

REQUIRED_TABLES = ("measures", "rungs", "constituencies")
YAML_FILES = ("case", "switches", "levers", "leaders", "shocks", "time", "checks", "dispute")
