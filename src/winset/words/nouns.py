"""The nouns of a case by id, as they stand in a sentence."""

from __future__ import annotations

from winset.case.model import Case


def phrase_of(case: Case, who: str) -> str:
    """Name a party, a constituency or an outsider; an id that the case does not have stands as it is."""
    return case.named[who].phrase if who in case.named else who


def label_of(case: Case, who: str) -> str:
    """Name a party, a constituency or an outsider where room is short."""
    return case.named[who].label if who in case.named else who
