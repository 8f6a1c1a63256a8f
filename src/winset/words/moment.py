"""What became of one step in one world, and how it stood there in one quarter."""

from __future__ import annotations

from collections.abc import Sequence

from winset.words.phrases import join_names

NOT_YET = "its quarter has not come"
GATE_SHUT = "its gate is shut"
HELD_UP = "an earlier step of the measure is under way, or the measure rests after a crisis"
RULED_OUT = "a prerequisite, a conflict, a red line or a ceiling rules it out"
REFUSED = "somebody refuses"
CARRIED = "it was carried"
CARRIED_BEFORE = "it was carried before"
NO_TURN = "its turn has not come"
RULE = "a rule of the case"
OVERTAKEN = "is not needed: the rung or a later one stands already"
NO_STATE = "No state has moved."
NO_EVENT = "Nothing has happened lately."


def moment(quarter: int, day: str, world: int, step: tuple[str, str], said: Sequence[str]) -> str:
    """Put together when and where, the step by id and phrase, and what is said of it."""
    fate, state, events = said
    rung, phrase = step
    return f"Quarter {quarter} ({day}), world {world}: {rung} ({phrase}) {fate}. {state} {events}"


def not_asked(quarter: int) -> str:
    """Say that a step is asked for later."""
    return f"is not asked for before quarter {quarter}"


def agreed(since: int, *, now: bool, in_effect: bool) -> str:
    """Say since when a step is agreed, and whether it is in effect."""
    told = "is agreed now" if now else f"was agreed in quarter {since}"
    return f"{told} and is {'in effect' if in_effect else 'not in effect'}"


def fell_back(otherwise: str, quarter: int) -> str:
    """Say that a fallback was taken."""
    return f"fell back to {otherwise} in quarter {quarter}"


def dropped(who: str) -> str:
    """Say that a step is given up."""
    return f"is given up; the last to refuse: {who}"


def refused(who: str) -> str:
    """Say who refuses."""
    return f"is refused by {who}"


def waits(why: str) -> str:
    """Say why a step waits."""
    return f"waits: {why}"


def moved(states: Sequence[tuple[str, float, float]]) -> str:
    """Name states that have moved, each with its value now and at first."""
    told = [f"{name} {now:.1f} (first {first:.1f})" for name, now, first in states]
    return f"Most has moved {join_names(told)}." if told else NO_STATE


def state_between(state: str, parties: Sequence[str]) -> str:
    """Name a state of a pair."""
    return f"{state} between {join_names([*parties])}"


def state_of(state: str, party: str) -> str:
    """Name a state of the ally."""
    return f"{state} of {party}"


def state_in(state: str, party: str) -> str:
    """Name a state of one party."""
    return f"{state} in {party}"


def lately(events: Sequence[tuple[str, int]]) -> str:
    """List events with their quarters."""
    told = [f"{name} in quarter {quarter}" for name, quarter in events]
    return f"Lately: {', '.join(told)}." if told else NO_EVENT
