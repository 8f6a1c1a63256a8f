"""Actions as people type them, and what they read: the same for the terminal and the page."""

from __future__ import annotations

import math
from collections.abc import Iterator

from winset.errors import AskError, nearest
from winset.exercise.actions import KINDS, Action, Kind
from winset.exercise.state import (
    CONTROLLER,
    SEATS,
    State,
    alerted,
    holds,
    own_tracks,
    until_next,
    visible,
)
from winset.exercise.words import capital_of

HELP = {
    "step": "step [SECONDS]: let the clock go on, 30 s if not said (controller)",
    "run": "run: let the clock go on until some seat learns something (controller)",
    "rules": "rules SEAT on|off: let rules release and alert for a seat (controller)",
    "release": "release LAUNCH SEAT: pass a track of your own",
    "alert": "alert REGION: alert a region of yours",
    "withdraw": "withdraw REGION: take an alert back",
    "note": "note TEXT: put something on record",
}
STEP_S = 30.0


def parse(text: str, seat: str, state: State) -> Action:
    """Read a typed command of a seat or the controller.

    Raises
    ------
    AskError
        It is no command; says what is allowed.

    Examples
    --------
    >>> from winset.exercise import load_scenario
    >>> from winset.exercise.state import begin
    >>> one = load_scenario("lofted")
    >>> parse("release T1 JPN", "ROK", begin(one, one.setting.form["direct"])).to
    'JPN'
    """
    word, *rest = text.split() or [""]
    kinds: dict[str, Kind] = {kind: kind for kind in KINDS if kind != "advance"}
    kinds |= {"step": "advance", "run": "advance"}
    if word not in kinds:
        message = f"{word[:60]!r} is no command. Allowed: {', '.join(HELP)}."
        raise AskError(message, nearest=nearest(word, HELP))
    if word == "step":
        return Action(seat, "advance", seconds=_seconds(rest))
    if word == "run":
        return Action(seat, "advance", seconds=_until_next(state))
    if word == "note":
        return Action(seat, "note", " ".join(rest))
    if len(rest) != (2 if word in ("rules", "release") else 1):
        raise AskError(f"Write {HELP[word]}.")
    return Action(seat, kinds[word], rest[0], rest[1] if len(rest) > 1 else "")


def _until_next(state: State) -> float:
    seconds = until_next(state)
    if not seconds:
        raise AskError("Nothing is left to happen; say step to let the clock go on.")
    return seconds


def _seconds(rest: list[str]) -> float:
    try:
        value = float(rest[0]) if rest else STEP_S
    except ValueError:
        value = math.nan
    if len(rest) > 1 or not math.isfinite(value):
        raise AskError(f"Write {HELP['step']}.")
    return value


def clock(seconds: float) -> str:
    """Write a time as minutes and seconds.

    Examples
    --------
    >>> clock(185.4)
    '3:05'
    """
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def seat_lines(state: State, seat: str) -> Iterator[str]:
    """Yield what a seat may know now, and nothing else."""
    yield f"{capital_of(seat)}, {clock(state.clock)}"
    for item in visible(state, seat):
        source = "" if item.source == "own" else f" (from {capital_of(item.source)})"
        yield f"  {clock(item.second)}  {item.says}{source}"
    yield f"  holds: {', '.join(sorted(holds(state, seat))) or 'no track'}"
    yield f"  may release: {', '.join(own_tracks(state, seat)) or 'nothing'}"
    yield f"  under alert: {', '.join(alerted(state, seat)) or 'no region'}"
    regions = [one.id for one in state.scenario.setting.regions if one.party == seat]
    if regions:
        yield f"  regions: {', '.join(regions)}"


def controller_lines(state: State) -> Iterator[str]:
    """Yield what the controller sees: everything, the truth included."""
    yield f"Controller, {clock(state.clock)}, form: {state.form.label}"
    for shot in state.scenario.shots:
        when = "since" if shot.at <= state.clock else "comes at"
        what = f"false track of {shot.false_at}" if shot.false_at else "launch"
        yield f"  {shot.id}: {what} from {shot.start.label}, {when} {clock(shot.at)}"
    for seat in SEATS:
        how = "rules" if seat in state.by_rules else "people"
        held = ", ".join(sorted(holds(state, seat))) or "no track"
        yield f"  {capital_of(seat)} ({how}): {held}; under alert: {', '.join(alerted(state, seat)) or 'none'}"
    for second, seat, text in state.notes:
        yield f"  {clock(second)}  {seat}: {text}"


def lines(state: State, seat: str) -> Iterator[str]:
    """Yield what a seat, or the controller, sees."""
    return controller_lines(state) if seat == CONTROLLER else seat_lines(state, seat)
