"""What the numbers of time can be: a share is no share above 1, and nothing halves in no time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from winset.case.model import Case, Timing
from winset.errors import AskError
from winset.worlds import Worlds

Span = tuple[float, float, str]
MOST_A_YEAR = 52.0
"""Times a year that something may come at most: once a week is no shock any more."""
_SHARE: Span = (0.0, 1.0, "a share or a probability")
_SOME: Span = (0.0, 0.99, "a share below all")
_HALF_LIFE: Span = (0.05, 400.0, "a half-life")
_SPAN: Span = (0.0, 80.0, "a number of quarters")
_STRENGTH: Span = (0.0, 1000.0, "a strength")
_TRUST: Span = (-5.0, 5.0, "trust")
_MOOD: Span = (0.0, 5.0, "salience or grievance")
_ASSURANCE: Span = (0.0, 4.0, "assurance")
_SHARES = (
    *("exploit_rate", "ballast", "skill_gain", "coer_hz", "shield_pass", "shield_deter", "leak_hz"),
    *("e5_effect", "residual_claims", "crisis_max", "process_q", "relapse_hz", "p2p_damp"),
    *("court_delay", "grv_refresh", "ballast_erosion", "haste_mid", "guarantee"),
)
_HALVED = ("threat_hl", "window_hl", "salience_hl", "trust_hl", "asr_hl", "skill_hl", "tension_hl")
_SPANS = ("crisis_rest", "patience", "settlement_fresh", "reprisal_gap", "minded_fresh")
_STRENGTHS = (
    *("threat_gain", "grv_kick", "grv_relief", "trust_gain", "trust_loss_ratio", "rev_pen"),
    *("asr_gain", "hadr_gain", "coer_cost", "haste_k", "heat_growth", "spoiler_cost", "exit_cost"),
    *("spill_pe", "spill_ps", "spill_pj", "spill_ep", "spill_sp", "election_cycle", "lag"),
)
BOUNDS: Mapping[str, Span] = {
    **dict.fromkeys(_SHARES, _SHARE),
    **dict.fromkeys(_HALVED, _HALF_LIFE),
    **dict.fromkeys(_SPANS, _SPAN),
    **dict.fromkeys(_STRENGTHS, _STRENGTH),
    "grv_hl": (0.05, 400.0, "a half-life in years"),
    "trigger_hz": (0.0, MOST_A_YEAR, "times a year"),
    "p2p_lag": (0.0, 20.0, "a number of years"),
    "pub_req": _SOME,
    "doubt_line": (0.01, 4.0, "a level of assurance"),
}
"""Lowest and highest value of each parameter of the model, and what it is."""
_STARTS: Mapping[str, Span] = {
    "trust_pair": _TRUST,
    "trust_ally": _TRUST,
    "assurance": _ASSURANCE,
    "skill": _SHARE,
    "mood": _MOOD,
    "grievance": _MOOD,
}


def check_numbers(worlds: Worlds, time: Timing) -> None:
    """Refuse numbers that the model through time cannot mean, all at once.

    Raises
    ------
    AskError
        A share above 1, a half-life of nothing, a state out of its range, and the like; with the
        address, the value and what is allowed.
    """
    problems = []
    for address, (low, high, what) in _limits(worlds.case, time):
        number = worlds.numbers.get(address)
        if number is None or number.size == 0:
            continue
        worst = float(number[np.argmax(np.maximum(low - number, number - high))])
        if not low <= worst <= high:
            problems.append(
                f"{address} is {worst:g} in a world, {what}: {low:g} to {high:g} are allowed."
            )
    if problems:
        raise AskError(" ".join(problems))


def _limits(case: Case, time: Timing) -> Iterator[tuple[str, Span]]:
    """List every address of the case that is bounded, with its bounds."""
    yield from ((f"parameters/{name}", span) for name, span in BOUNDS.items())
    for state, span in _STARTS.items():
        if state in time.starts:
            yield f"parameters/{time.starts[state]}", span
    yield from ((f"parameters/{name}", _SHARE) for name in time.efforts.values())
    if time.occasion_gap:
        yield f"parameters/{time.occasion_gap}", (1.0, 80.0, "a number of quarters")
    yield from ((one.value.address, _SHARE) for one in case.elections)
