"""Questions that can be put to a case: one folder a question."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Schema


def schemas() -> Mapping[str, Mapping[str, Schema]]:
    """Return the documented tables of every answer: by question, then by name of the table."""
    from winset.ask.dispute import schemas as dispute  # loaded when asked for
    from winset.ask.hold import schemas as hold
    from winset.ask.path import schemas as path
    from winset.ask.reach import schemas as reach
    from winset.ask.sense import schemas as sense
    from winset.ask.settle import schemas as settle
    from winset.ask.track import schemas as track
    from winset.ask.weigh import schemas as weigh
    from winset.bargain.schemas import SCHEMAS as BARGAIN
    from winset.effects.schemas import SCHEMAS as EFFECTS
    from winset.exercise.calendar.schemas import SCHEMAS as PLAN
    from winset.exercise.played_schemas import SCHEMAS as PLAYED
    from winset.exercise.schemas import SCHEMAS as EXERCISE
    from winset.issue.schemas import ISSUE, SCORE

    return {
        "reach": reach.SCHEMAS,
        "hold": hold.SCHEMAS,
        "sense": sense.SCHEMAS,
        "settle": settle.SCHEMAS,
        "path": path.SCHEMAS,
        "weigh": weigh.SCHEMAS,
        "track": track.SCHEMAS,
        "dispute": dispute.SCHEMAS,
        "exercise": EXERCISE,
        "played": PLAYED,
        "plan": PLAN,
        "effects": EFFECTS,
        "bargain": BARGAIN,
        "issue": ISSUE,
        "score": SCORE,
    }
