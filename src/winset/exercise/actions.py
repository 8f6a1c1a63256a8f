"""What can be done in a live exercise, and the pure step from one state to the next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from winset.errors import AskError, nearest
from winset.exercise.state import (
    CONTROLLER,
    CUE,
    SEATS,
    VOICE_S,
    Alert,
    Release,
    State,
    alerted,
    link_between,
    own_tracks,
)

Kind = Literal["advance", "rules", "release", "alert", "withdraw", "note"]
KINDS: tuple[Kind, ...] = ("advance", "rules", "release", "alert", "withdraw", "note")
LONGEST_STEP = 24 * 3600.0
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Action:
    """One thing somebody did.

    Attributes
    ----------
    seat
        Who: a seat, or the controller.
    kind
        ``advance`` the clock (controller), let ``rules`` decide for a seat or not (controller),
        ``release`` a track, ``alert`` a region, ``withdraw`` an alert, ``note``.
    subject
        Launch, region, seat or text.
    to
        Who gets a release; ``on`` or ``off`` for rules.
    seconds
        How far the clock goes on.
    """

    seat: str
    kind: Kind
    subject: str = ""
    to: str = ""
    seconds: float = 0.0

    def document(self) -> dict[str, Any]:
        """Return the action as plain Python objects."""
        return {
            "seat": self.seat,
            "kind": self.kind,
            "subject": self.subject,
            "to": self.to,
            "seconds": self.seconds,
        }


def action_from(document: Mapping[str, Any]) -> Action:
    """Read an action from plain Python objects.

    Raises
    ------
    AskError
        A key is missing or of the wrong kind.
    """
    kind = document.get("kind")
    texts = [document.get(key, "") for key in ("seat", "subject", "to")]
    seconds = document.get("seconds", 0.0)
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if kind not in KINDS or not all(isinstance(text, str) for text in texts) or not number:
        message = f"{dict(document)!r} is not an action."
        raise AskError(message[:300])
    return Action(texts[0], kind, texts[1], texts[2], float(seconds))


def apply(state: State, action: Action) -> State:
    """Make the next state.

    Raises
    ------
    AskError
        An unknown seat, a clock that would run backwards, a release of what the seat does not
        hold, an alert for a region of somebody else, or anything else that cannot be done.
    """
    steps = {
        "advance": _advance,
        "rules": _rules,
        "release": _release,
        "alert": _alert,
        "withdraw": _withdraw,
        "note": _note,
    }
    _known(action.seat, (*SEATS, CONTROLLER), "seat")
    done = steps[action.kind](state, action)
    return replace(done, entries=state.entries + 1)


def _known(name: str, names: tuple[str, ...], what: str) -> None:
    if name not in names:
        message = f"There is no {what} {name[:60]!r}. Allowed: {', '.join(names) or 'nothing'}."
        raise AskError(message, nearest=nearest(name, names))


def _only_controller(action: Action) -> None:
    if action.seat != CONTROLLER:
        message = f"Only the controller may {action.kind}; {action.seat} is a seat."
        raise AskError(message)


def _advance(state: State, action: Action) -> State:
    _only_controller(action)
    step = action.seconds
    if not (math.isfinite(step) and 0 < step <= LONGEST_STEP):
        message = f"The clock cannot go on by {step:g} s. Allowed: more than 0, up to 86400."
        raise AskError(message)
    clock = state.clock + step
    due = tuple(
        alert
        for alert in state.planned
        if state.clock < alert.second <= clock and alert.seat in state.by_rules
    )
    passed = tuple(_passed(state, clock))
    return replace(state, clock=clock, alerts=state.alerts + due, releases=state.releases + passed)


def _passed(state: State, clock: float) -> Iterator[Release]:
    """Yield what seats that follow the rules pass on until the clock."""
    done = {(one.giver, one.taker, one.launch) for one in state.releases}
    for link in state.form.links:
        if link.giver not in state.by_rules or link.what != "tracks":
            continue
        for fact in state.facts:
            key = (link.giver, link.taker, fact.launch)
            mine = fact.seat == link.giver and fact.sensor != CUE and fact.second <= clock
            if mine and key not in done:
                done.add(key)
                second = max(fact.second, state.clock)
                yield Release(second, link.delay_s[1], *key, "rules")


def _rules(state: State, action: Action) -> State:
    _only_controller(action)
    _known(action.subject, SEATS, "seat")
    _known(action.to, ("on", "off"), "choice")
    seat = frozenset({action.subject})
    by_rules = state.by_rules | seat if action.to == "on" else state.by_rules - seat
    return replace(state, by_rules=by_rules)


def _release(state: State, action: Action) -> State:
    _seat_acts(action)
    _known(action.to, tuple(seat for seat in SEATS if seat != action.seat), "other seat")
    held = own_tracks(state, action.seat)
    if action.subject not in held:
        message = (
            f"{action.seat} has no track of its own of {action.subject[:60]!r} to release. "
            f"It has: {', '.join(held) or 'none'}."
        )
        raise AskError(message, nearest=nearest(action.subject, held))
    link = link_between(state, action.seat, action.to)
    delay = VOICE_S if link is None else link.delay_s[1]
    made = Release(state.clock, delay, action.seat, action.to, action.subject, "people")
    return replace(state, releases=(*state.releases, made))


def _alert(state: State, action: Action) -> State:
    return _switched(state, action, on=True)


def _withdraw(state: State, action: Action) -> State:
    if action.subject not in alerted(state, action.seat):
        now = ", ".join(alerted(state, action.seat)) or "none"
        message = (
            f"{action.subject[:60]!r} is not under alert by {action.seat}. Under alert: {now}."
        )
        raise AskError(message)
    return _switched(state, action, on=False)


def _switched(state: State, action: Action, *, on: bool) -> State:
    _seat_acts(action)
    own = tuple(one.id for one in state.scenario.setting.regions if one.party == action.seat)
    _known(action.subject, own, f"region of {action.seat}")
    made = Alert(state.clock, action.seat, action.subject, on, "people")
    return replace(state, alerts=(*state.alerts, made))


def _note(state: State, action: Action) -> State:
    text = " ".join(action.subject.split())
    if not 0 < len(text) <= LONGEST_NOTE:
        message = f"A note has 1 to {LONGEST_NOTE} letters."
        raise AskError(message)
    return replace(state, notes=(*state.notes, (state.clock, action.seat, text)))


def _seat_acts(action: Action) -> None:
    if action.seat not in SEATS:
        message = f"The controller does not {action.kind}; a seat does."
        raise AskError(message)
