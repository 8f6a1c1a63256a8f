"""What the model through time reads: parameters of fixed names, and those that time.yaml names."""

from __future__ import annotations

from collections.abc import Iterator

from winset.case.model import Timing

BUILT_IN_TIME: dict[str, str] = {
    "threat_gain": "how much more the criteria of threat weigh per level of it",
    "threat_hl": "how fast felt threat fades",
    "window_gain": "how far a fresh government lowers its threshold",
    "window_hl": "how fast that window closes",
    "salience_hl": "how fast a quarrel leaves the headlines",
    "grv_hl": "how fast lasting grievance fades",
    "grv_kick": "what a quarrel adds to salience",
    "grv_refresh": "what part of a quarrel stays as grievance",
    "grv_relief": "how far a settlement lowers grievance",
    "residual_claims": "below what share of its start grievance never falls",
    "trigger_hz": "how often anniversaries and texts start a quarrel",
    "heat_growth": "how objections and backing move with the mood",
    "trust_hl": "how fast trust drifts back without contact",
    "trust_gain": "what a kept step adds to trust",
    "trust_loss_ratio": "what a step undone costs in trust against what a kept one gives",
    "steady_bonus": "extra trust for even effort",
    "hadr_gain": "trust from each disaster-relief drill",
    "min_lead": "whether both leaders have to try, or one is enough",
    "asr_hl": "how fast assurance fades",
    "asr_gain": "what a reaffirmation adds to assurance",
    "asr_tri": "what a three-way meeting adds to assurance",
    "doubt_line": "the assurance below which doubt sets in",
    "abandonment": "how far doubt about the ally drives the pair together, where that theory is on",
    "skill_hl": "how fast practice fades",
    "skill_gain": "what a drill closes of the gap in practice",
    "backing_slope": "what a point of worth adds to the backing of a public",
    "opinion_trust": "what a point of trust adds to the backing of a public",
    "p2p_gain": "how work between people moves opinion",
    "p2p_lag": "after how many years it does",
    "p2p_damp": "what part of a quarrel work between people absorbs",
    "cohort_drift": "how generations shift what publics care about",
    "pub_req": "the backing that a lasting settlement needs",
    "crisis_max": "the highest hazard of a crisis over a settlement",
    "crisis_rest": "how long nothing is proposed after a crisis",
    "haste_k": "how steeply that hazard grows with haste",
    "haste_mid": "the haste at half of it",
    "process_q": "how far a good process lowers it",
    "settlement_fresh": "how long a settlement can still break",
    "relapse_hz": "how often a settlement without backing falls back",
    "tension_hl": "how fast tension calms down",
    "spill_pe": "tension from politics to trade",
    "spill_ps": "tension from politics to security",
    "spill_pj": "tension from a court's ruling to politics",
    "spill_ep": "tension from trade to politics",
    "spill_sp": "tension from security to politics",
    "e5_effect": "how far insulation keeps tension out of trade",
    "ballast": "how far ties of trade damp tension",
    "ballast_erosion": "how fast tension wears those ties off",
    "court_delay": "how far a settlement under way holds a court's ruling back",
    "reprisal_gap": "the least time between two rounds of reprisals",
    "spoiler_cost": "what inflaming costs a spoiler",
    "exploit_rate": "how often a spoiler acts where it pays",
    "election_cycle": "how much more inflaming pays before an election",
    "contrition_backlash": "how far further contrition angers, where that theory is on",
    "coer_hz": "how often the challenger answers what it minds",
    "coer_cost": "what that costs",
    "minded_fresh": "how long a new step is minded in full",
    "shield_pass": "what part of that loss a shield takes over",
    "shield_deter": "how far a shield keeps the challenger from acting",
    "push_relief": "how far the ally's pressing lowers a threshold",
    "push_backfire": "what pressing in vain costs in trust",
    "rev_pen": "what a threshold rises by for each step that the partner undid",
    "guarantee": "how far a guarantee raises the cost of leaving a step",
    "lag": "how long agreed steps take to work",
    "patience": "how long a refused step is asked for again",
}
"""Parameters that following a programme reads by name, and what for."""


def time_readers(time: Timing) -> Iterator[tuple[str, str]]:
    """Yield each parameter that the time of a case reads, with what it is read for."""
    yield from BUILT_IN_TIME.items()
    for state, parameter in time.starts.items():
        yield parameter, f"time.yaml: where {state} starts"
    for whose, parameter in time.efforts.items():
        yield parameter, f"time.yaml: effort of a leader, {whose}"
    yield time.occasion_gap, "time.yaml: quarters between two occasions of a standing step"
    for shock, parameter in time.rates.items():
        yield parameter, f"time.yaml: how often {shock} comes"
    for felt in (time.threat, time.assurance):
        if felt.exposure:
            yield felt.exposure, f"time.yaml: how far {felt.less_exposed} feels events"
