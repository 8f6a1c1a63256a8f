"""Conditions of a case in words: noun phrases that fit behind *needs*, *unless* or *without*."""

from __future__ import annotations

from winset.case.model import (
    AtLeast,
    Case,
    Compare,
    Condition,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.words import phrases as words
from winset.words.nouns import phrase_of

_BOUND = {">=": "at least", "<=": "at most", "=": "exactly"}


def in_words(case: Case, condition: Condition) -> str:
    """Say a condition as a noun phrase.

    Parameters
    ----------
    condition
        A condition of a rule, a gate or a red line.

    Examples
    --------
    >>> from winset.words.conditions import in_words
    >>> from winset.case import load
    >>> case = load("trilateral-2022")
    >>> in_words(case, case.rule["R9"].condition)
    'a felt threat from Beijing of at least 2 (1 to 4; our assumption)'
    """
    match condition:
        case RungAtLeast(measure, level):
            return case.rung[f"{measure}.{level}"].words.phrase
        case Held(measure, level, quarters):
            held = f"{case.rung[f'{measure}.{level}'].words.phrase} held for {quarters} quarters"
            return held.removesuffix("s") if quarters == 1 else held
        case Consents(who):
            return f"the consent of {phrase_of(case, who)}"
        case Supports(who):
            return f"the support of {phrase_of(case, who)}"
        case Compare():
            return _compared(case, condition)
        case Flag(name):
            return f"“{name}” in force"
        case Venue(name):
            return f"a venue in “{name}”"
        case Happened(shock):
            return case.shock[shock].words.phrase if shock in case.shock else shock
        case Not(item):
            return f"the absence of {in_words(case, item)}"
        case AtLeast(count, items):
            return _several(case, count, items)


def _several(case: Case, count: int, items: tuple[Condition, ...]) -> str:
    told = [in_words(case, item) for item in items]
    inner = [isinstance(item, AtLeast) and item.count == 1 for item in items]
    if count == len(items):
        told = [
            f"either {text}" if mixed else text for text, mixed in zip(told, inner, strict=True)
        ]
        return words.join_names(told)
    if count == 1:
        return words.join_names(told, last="or")
    return f"{words.number_word(count)} of {words.join_names(told)}"


def _compared(case: Case, found: Compare) -> str:
    bound = _BOUND[found.operator]
    if found.subject == "state":
        lever = case.choices.get(f"levers/{found.name}")
        option = next((o.label for o in lever.options if o.id == found.value), "") if lever else ""
        return f"{found.name} set to {bound} “{option or found.value}”"
    what = {
        "threat": f"a felt threat from {phrase_of(case, found.name)}",
        "attitude": f"an attitude of {phrase_of(case, found.name)}",
    }.get(found.subject, found.name)
    return f"{what} of {bound} {_size(case, found.value)}"


def _size(case: Case, value: str) -> str:
    """Write a number, or the range of the parameter that stands for it."""
    if value not in case.parameter:
        return value
    size = case.parameter[value].value
    basis = "; our assumption" if size.basis == "A" else ""
    return f"{size.mode:g} ({size.low:g} to {size.high:g}{basis})"
