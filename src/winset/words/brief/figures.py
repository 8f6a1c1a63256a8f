"""What stands in drawings: axes, panels, cards."""

from __future__ import annotations

ROOM_AXIS = "percent of all that is on the ladders"
CERTAINTY_AXIS = "worlds, of 100, that accept the very same package"
PACE_AXIS = "time between steps, as written = 1 ×; faster to the right"
PACE_DEPTH = "depth over time, percent"
PACE_CRISIS = "worlds of 100 with a crisis"
TIMES = "' ×'"
"""What stands behind a pace, as an expression of the drawing."""
FAN_AXIS = "quarters after the as-of date"
PAYER_LOSES = "points the payer loses"
TURNED = "of 100 worlds, turned"
NOBODY_PAYS = "nobody pays"
SETTLES = "Where rules settle it"
ROUNDS = "Median after each round of challenges"
ROUND = "round"
SOLUTIONS = {
    "mean": "weighted mean",
    "median": "weighted median",
    "nash": "Nash point",
    "challenge": "challenges, last round",
}


def actors_want(count: int) -> str:
    """Head the panel of positions."""
    return f"What {count} actors want"


def state(number: int, share: int, *, today: bool) -> str:
    """Head the card of a state of a dispute."""
    now = " · today" if today else ""
    return f"{number}{now} · stable in {share} of 100"


def year(written: str) -> str:
    """Shorten a year: ``2027`` as ``’27``."""
    return f"’{written[2:]}"
