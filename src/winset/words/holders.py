"""Who or what stands behind a limit, as a sentence names it."""

from __future__ import annotations

from collections.abc import Mapping

from winset.case.model import Case, Rule
from winset.words import conditions
from winset.words import phrases as words
from winset.words.nouns import phrase_of

OWNERLESS: Mapping[str, str] = {
    "scope": "the width all sides bear",
    "prerequisite": "another step that comes first",
    "conflict": "another step",
}
"""Limits that nobody owns, as subjects."""


def holder(case: Case, limit: str, who: str) -> str:
    """Name whoever or whatever stops a step; all limits of a kind that nobody owns are one."""
    return OWNERLESS.get(limit) or who_phrase(case, limit, who)


def who_phrase(case: Case, limit: str, who: str) -> str:
    """Name a constituency, a ceiling, a party or a rule as it stands in a sentence."""
    if who in case.constituency:
        return case.constituency[who].words.phrase
    if limit == "ceiling" and who in case.ceiling:
        return case.ceiling[who].words.phrase
    if limit == "scope" and who in case.party:
        return f"the width borne by {case.party[who].words.phrase}"
    if limit == "red line":
        return red_line(case, who)
    article = {"prerequisite": "a", "conflict": "a"}.get(limit, "the")
    return f"{article} {limit} ({who})" if who else f"{article} {limit}"


def red_line(case: Case, rule: str) -> str:
    """Name a red line by the parties of those who draw it: ``a red line of Seoul``."""
    drawn = case.rule[rule].who if rule in case.rule else ()
    sides = dict.fromkeys(_side(case, who) for who in drawn)
    return f"a red line of {words.join_names([*sides])}" if sides else "a red line"


def _side(case: Case, who: str) -> str:
    if who in case.constituency:
        return case.party[case.constituency[who].party].words.phrase
    return phrase_of(case, who)


def red_line_said(case: Case, rule: Rule) -> str:
    """Say what a red line refuses, who draws it and on what alone it lifts."""
    who = words.join_names([phrase_of(case, who) for who in rule.who])
    verb = "refuses" if len(rule.who) == 1 else "refuse"
    lifts = "nothing lifts it here"
    if rule.condition is not None:
        lifts = f"it lifts only with {conditions.in_words(case, rule.condition)}"
    return f"{words.capital(rule.says)}: {who} {verb} it whatever is offered; {lifts}"
