"""What several sections say alike."""

from __future__ import annotations

from datetime import date

from winset.words.phrases import NB, count_phrase, of_hundred

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
STATES = {"in place": "in place", "today": "today"}
"""A rung that needs nothing more, where it is told instead of a share."""
NOBODY = "nobody"
NONE = "none"
ALL = "All"
ALL_MEASURES, OTHER_MEASURES = "all measures", "other measures"
"""Titles of groups that the case does not name."""
TABLE = "Table"
METHOD = "How it is counted"
AND = " and "
COMMA = ", "


def steps_word(count: int) -> str:
    """``1 step``, ``2 steps``, set so that number and noun stay together."""
    return f"{count:,}{NB}{'step' if count == 1 else 'steps'}"


def ladders_word(count: int) -> str:
    """Say the noun alone: ``ladder`` or ``ladders``."""
    return "ladder" if count == 1 else "ladders"


def of_100(share: float, n: int) -> str:
    """Bare share with its denominator: ``0 of 100``, ``fewer than 1 of 100``, ``100 of 100``."""
    shown = of_hundred(share, n)
    return f"{shown}{NB}of{NB}100" if shown in ("0", "100") else count_phrase(share, n)


def level_of_100(level: float) -> str:
    """Worlds that a package was asked to stand in: ``80 of 100``."""
    return f"{round(100 * level)}{NB}of{NB}100"


def long_date(written: str) -> str:
    """``2022-08-01`` as ``1 August 2022``; anything else as it stands."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def foot(sources: str, worlds: int) -> str:
    """Say under a figure what it is a result of, and over how many worlds."""
    made = f"Model result on our coding of {sources}; " if sources else "Model result; "
    return f"{made}{worlds:,} worlds. "
