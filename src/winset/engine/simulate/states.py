"""How the states move: jumps, slow stocks and decay, one function a state."""

from __future__ import annotations

import math

from ..jit import inner_kernel
from ..layout import I8, Structure
from .layout import (
    CONTACT,
    EXCHANGE,
    KEPT,
    LAST_REPRISAL,
    LISTED,
    MET,
    PACKAGE,
    REAFFIRMED,
    SOONEST,
    SPREAD,
    STALE,
    SUMMED,
    Draws,
    Room,
    Story,
)
from .parts import (
    ASSURANCE_GAIN,
    ASSURANCE_KEEP,
    ASSURANCE_START,
    ASSURANCE_TRI,
    ASSURED,
    BALLAST,
    BALLAST_NOW,
    BUFFER,
    COHORT_DRIFT,
    DO_ASSURANCE,
    DO_GENERATIONS,
    DO_MOOD,
    DO_OPINION,
    DO_SKILL,
    DO_TENSION,
    DO_THREAT,
    DO_TRUST,
    DO_WINDOW,
    EFFORT_OTHER,
    EFFORT_WILLING,
    EROSION,
    FELT,
    GRIEVANCE,
    GRIEVANCE_FLOOR,
    GRIEVANCE_KEEP,
    GRIEVANCE_START,
    KICK,
    LEAD_EXPONENT,
    MOOD_START,
    OPINION,
    PEOPLE_DAMP,
    PEOPLE_GAIN,
    PEOPLE_LAG,
    POLITICS,
    REFRESH,
    SALIENCE,
    SALIENCE_KEEP,
    SECURITY,
    SKILL,
    SKILL_GAIN,
    SKILL_KEEP,
    SKILL_START,
    SPILL_EP,
    SPILL_PE,
    SPILL_PS,
    SPILL_SP,
    STEADY_BONUS,
    TENSION_KEEP,
    THREAT_KEEP,
    TRADE,
    TRUST,
    TRUST_ALLY,
    TRUST_GAIN,
    TRUST_KEEP,
    TRUST_PAIR,
    WINDOW,
    WINDOW_KEEP,
)

BALLAST_KEEP = 0.9170040432046712
"""Half of a gap in the ties of trade is closed in eight quarters: ``2 ** (-1 / 8)``."""
HIGHEST = 5.0
"""Where trust, threat, mood and tension end."""
NEVER = 1 << 30
"""A quarter that does not come."""


@inner_kernel
def begin(st: Structure, story: Story, d: Draws, w: int, r: Room) -> None:
    """Put a world into its state at the as-of date."""
    for m in range(r.x.size):
        r.x[m] = st.status_quo[m]
        r.trial[m] = st.status_quo[m]
        r.done[m] = st.status_quo[m]
        r.due[m] = 0
        r.since[m] = 0
        r.shown[m] = 0
        r.held[m] = 0
        r.pace[m] = 0.0
        r.pause[m] = 0
        r.suspended[m] = False
        r.leaked[m] = False
    for slot in range(r.reached.size):
        r.reached[slot] = 0
    for x in range(r.happened.size):
        r.happened[x] = False
    for i in range(r.state.size):
        r.state[i] = 0.0
    r.state[TRUST] = d.par[w, TRUST_PAIR]
    r.state[TRUST + 1] = d.par[w, TRUST_ALLY]
    r.state[TRUST + 2] = d.par[w, TRUST_ALLY]
    for side in range(2):
        r.state[SALIENCE + side] = d.par[w, MOOD_START]
        r.state[GRIEVANCE + side] = d.par[w, GRIEVANCE_START]
        r.state[ASSURED + side] = d.par[w, ASSURANCE_START]
        r.reversals[side] = 0
    r.state[SKILL] = d.par[w, SKILL_START]
    r.state[BALLAST_NOW] = d.par[w, BALLAST]
    for side in range(3):
        r.state[WINDOW + side] = 1.0 if side == story.fresh else 0.0
        r.government[side] = 0
    for i in range(4):
        r.effort[i] = 0.0
        r.note[i] = 0
        r.led[i] = -1.0
    r.note[LAST_REPRISAL] = -8
    r.note[SOONEST] = NEVER
    r.note[STALE] = 1
    look_at_standing(st, story, d, w, r)
    r.exchange[0] = r.standing[EXCHANGE]
    for side in range(2):
        for c in range(r.ageing.shape[1]):
            r.ageing[side, c] = 0.0
    r.clock[PACKAGE] = 1
    r.clock[LISTED] = 0
    r.clock[SUMMED] = 0
    r.clock[SPREAD] = 0
    for i in range(story.wholes.size):
        r.now[i] = d.whole_today[w, i]
    for c in range(d.total.shape[2]):
        r.sums[c] = d.total_today[w, c]
    for at in range(r.seen.size):
        r.seen[at] = 0


@inner_kernel
def benefit_of(st: Structure, d: Draws, w: int, r: Room, m: int) -> float:
    """Benefit of the rung in effect; none beyond the status quo while it is suspended."""
    level = st.status_quo[m] if r.suspended[m] else r.done[m]
    return float(d.benefit[w, st.first[m] + level])


@inner_kernel
def mean_benefit(st: Structure, d: Draws, w: int, r: Room, measures: I8) -> float:
    """Mean benefit of the rungs of some measures in effect."""
    total = 0.0
    for i in range(measures.size):
        total += benefit_of(st, d, w, r, measures[i])
    return total / measures.size if measures.size else 0.0


@inner_kernel
def look_at_standing(st: Structure, story: Story, d: Draws, w: int, r: Room) -> None:
    """Work out anew what depends on the rungs in effect alone, if they changed."""
    if r.note[STALE] == 0:
        return
    r.note[STALE] = 0
    r.standing[EXCHANGE] = mean_benefit(st, d, w, r, story.people)
    r.standing[CONTACT] = mean_benefit(st, d, w, r, story.meetings)
    drift = math.log(d.par[w, TRUST_KEEP]) * (1.0 - r.standing[CONTACT])
    r.standing[KEPT] = math.exp(drift)


@inner_kernel
def damped(d: Draws, w: int, exchange: float) -> float:
    """Return what is left of a quarrel once ties between people have absorbed their part."""
    return float(1.0 - d.par[w, PEOPLE_DAMP] * exchange)


@inner_kernel
def feel(d: Draws, w: int, r: Room, on: int, jump: float) -> None:
    """Raise felt threat to an event: the maximum and not the sum."""
    if on & DO_THREAT:
        for side in range(2):
            felt = d.exposed[w, side] * jump
            r.state[FELT + side] = min(HIGHEST, max(r.state[FELT + side], felt))


@inner_kernel
def anger(story: Story, d: Draws, w: int, r: Room, on: int, size: float, exchange: float) -> None:
    """Raise salience by a quarrel, and with it a little of the lasting grievance."""
    if not on & DO_MOOD:
        return
    jump = d.par[w, KICK] * size * damped(d, w, exchange)
    if story.restraint.size and r.done[story.restraint[0]] >= 2:
        jump *= 0.5
    for side in range(2):
        r.state[SALIENCE + side] = min(HIGHEST, r.state[SALIENCE + side] + jump)
        lasting = r.state[GRIEVANCE + side] + d.par[w, REFRESH] * jump
        r.state[GRIEVANCE + side] = min(HIGHEST, lasting)


@inner_kernel
def fade_threat(d: Draws, w: int, r: Room, on: int) -> None:
    """Threat and windows fade."""
    for side in range(2):
        if on & DO_THREAT:
            r.state[FELT + side] *= d.par[w, THREAT_KEEP]
    for side in range(3):
        if on & DO_WINDOW:
            r.state[WINDOW + side] *= d.par[w, WINDOW_KEEP]


@inner_kernel
def fade_mood(d: Draws, w: int, r: Room, on: int) -> None:
    """Salience fades in quarters, grievance in decades and never below what is unresolved."""
    if not on & DO_MOOD:
        return
    for side in range(2):
        r.state[SALIENCE + side] *= d.par[w, SALIENCE_KEEP]
        floor = d.par[w, GRIEVANCE_FLOOR]
        above = r.state[GRIEVANCE + side] - floor
        r.state[GRIEVANCE + side] = floor + above * d.par[w, GRIEVANCE_KEEP]


@inner_kernel
def lead(d: Draws, w: int, r: Room) -> float:
    """Two leaders' efforts as one, complements or substitutes by the exponent."""
    one = d.par[w, EFFORT_WILLING] if r.government[0] == 0 else d.par[w, EFFORT_OTHER]
    two = d.par[w, EFFORT_WILLING] if r.government[1] == 0 else d.par[w, EFFORT_OTHER]
    rho = d.par[w, LEAD_EXPONENT]
    if min(one, two) <= 0.0 and rho <= 0.0:
        return 0.0
    if abs(rho) < 1e-6:
        return math.sqrt(one * two)
    return math.pow((math.pow(one, rho) + math.pow(two, rho)) / 2.0, 1.0 / rho)


@inner_kernel
def evenness(r: Room) -> float:
    """One less the coefficient of variation of four quarters' effort; 0 without effort."""
    mean = 0.25 * (r.effort[0] + r.effort[1] + r.effort[2] + r.effort[3])
    if mean <= 0.0:
        return 0.0
    spread = 0.0
    for i in range(4):
        gap = r.effort[i] - mean
        spread += 0.25 * gap * gap
    return float(1.0 - min(1.0, math.sqrt(spread) / mean))


@inner_kernel
def move_trust(st: Structure, story: Story, d: Draws, w: int, r: Room, on: int) -> None:
    """Trust drifts back without contact, grows by completed steps and falls by breaches."""
    if not on & DO_TRUST:
        return
    look_at_standing(st, story, d, w, r)
    boost = 1.0 + d.par[w, STEADY_BONUS] * evenness(r)
    for pair in range(3):
        base = d.par[w, TRUST_PAIR] if pair == 0 else d.par[w, TRUST_ALLY]
        gain = d.par[w, TRUST_GAIN] * boost * r.gain[pair]
        if pair == 0 and gain != 0.0:
            who = 2 * r.government[0] + r.government[1]
            if r.led[who] < 0.0:
                r.led[who] = lead(d, w, r)
            gain *= r.led[who]
        if pair == 0:
            gain += r.bonus[0]
        now = base + (r.state[TRUST + pair] - base) * r.standing[KEPT]
        share = r.state[TRUST + pair] / HIGHEST
        now += gain * (1.0 - share) - r.loss[pair] * (1.0 + share)
        r.state[TRUST + pair] = min(max(now, -HIGHEST), HIGHEST)


@inner_kernel
def move_assurance(d: Draws, w: int, r: Room, on: int) -> None:
    """Assurance fades and is renewed by reaffirmations and three-way meetings."""
    if not on & DO_ASSURANCE:
        return
    more = d.par[w, ASSURANCE_GAIN] * r.note[REAFFIRMED] + d.par[w, ASSURANCE_TRI] * r.note[MET]
    for side in range(2):
        now = r.state[ASSURED + side] * d.par[w, ASSURANCE_KEEP] + more
        r.state[ASSURED + side] = min(max(now, 0.0), 4.0)


@inner_kernel
def move_skill(
    st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, drill: bool
) -> None:
    """Practice fades, and each drill closes part of the gap."""
    if not on & DO_SKILL:
        return
    r.state[SKILL] *= d.par[w, SKILL_KEEP]
    if not drill:
        return
    best = 0.0
    for i in range(story.drills.size):
        m = story.drills[i]
        if r.done[m] > 0:
            best = max(best, benefit_of(st, d, w, r, m))
    r.state[SKILL] = 1.0 - (1.0 - r.state[SKILL]) * (1.0 - d.par[w, SKILL_GAIN] * best)


@inner_kernel
def move_opinion(d: Draws, w: int, r: Room, on: int, q: int) -> None:
    """Ties between people lift opinion a little every quarter, years later."""
    if on & DO_OPINION:
        then = max(0, q - int(d.par[w, PEOPLE_LAG] + 0.5))
        r.state[OPINION] += d.par[w, PEOPLE_GAIN] * r.exchange[then]


@inner_kernel
def age(d: Draws, w: int, r: Room, on: int, q: int) -> None:
    """Let new generations shift what publics care about, within the coded range."""
    if not on & DO_GENERATIONS:
        return
    drift = d.par[w, COHORT_DRIFT] * q / 4.0
    for side in range(2):
        for c in range(r.ageing.shape[1]):
            most = d.room[w, side, c, 1]
            r.ageing[side, c] = min(max(drift, -d.room[w, side, c, 0]), most)


@inner_kernel
def move_tension(
    st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, exchange: float
) -> None:
    """Quarrels in politics, trade and security feed one another and calm down."""
    if not on & DO_TENSION:
        return
    politics, trade, security = r.state[POLITICS], r.state[TRADE], r.state[SECURITY]
    insulated = 0.0
    if story.insulation.size:
        insulated = benefit_of(st, d, w, r, story.insulation[0])
    damp = (1.0 - r.state[BALLAST_NOW]) * damped(d, w, exchange)
    keep = d.par[w, TENSION_KEEP]
    to_trade = d.par[w, SPILL_PE] * (1.0 - d.par[w, BUFFER] * insulated)
    back = d.par[w, SPILL_EP] * trade + d.par[w, SPILL_SP] * security
    r.state[POLITICS] = min(HIGHEST, keep * politics + damp * back)
    r.state[TRADE] = min(HIGHEST, keep * trade + damp * to_trade * politics)
    r.state[SECURITY] = min(HIGHEST, keep * security + damp * d.par[w, SPILL_PS] * politics)
    gap = d.par[w, BALLAST] - r.state[BALLAST_NOW]
    worn = d.par[w, EROSION] * trade * r.state[BALLAST_NOW]
    now = r.state[BALLAST_NOW] + gap * (1.0 - BALLAST_KEEP) - worn
    r.state[BALLAST_NOW] = min(max(now, 0.0), 1.0)
