"""What may happen in a quarter: calendar, shocks, and hazards on the state of the quarter before."""

from __future__ import annotations

import math

from ..jit import inner_kernel
from ..layout import Structure, Values
from .asking import clip, least_backing, logistic, raised, spell, tune, value_of
from .consenting import undo
from .layout import EVENTS_NOW, LAST_REPRISAL, STALE, Draws, Room, Story
from .parts import (
    ASSURED,
    CHANGE_BIT,
    COERCED,
    COERCION,
    COERCION_BIT,
    COERCION_COST,
    COURT_BIT,
    COURT_DELAY,
    CRISIS_BIT,
    CRISIS_MAX,
    CRISIS_REST,
    DO_ASSURANCE,
    DO_COERCION,
    DO_CRISIS,
    DO_GOVERNMENT,
    DO_LEAK,
    DO_MOOD,
    DO_RELAPSE,
    DO_SPOILER,
    DO_TENSION,
    DO_TRUST,
    ELECTION_CYCLE,
    EXPLOIT,
    GRIEVANCE,
    HASTE_K,
    HASTE_MID,
    LEAK,
    LEAK_BIT,
    MINDED_FRESH,
    POLITICS,
    PROCESS_Q,
    PUB_REQ,
    RELAPSE,
    RELAPSE_BIT,
    REPRISAL_BIT,
    REPRISAL_GAP,
    REVERSAL_BIT,
    SALIENCE,
    SECURITY,
    SETTLEMENT_FRESH,
    SHIELD_DETER,
    SHIELD_PASS,
    SHOCK_BIT,
    SPILL_PJ,
    SPOILER_BIT,
    SPOILER_COST,
    STAY,
    STEP_DOWN_BIT,
    SUSPENSION_BIT,
    TRADE,
    TRIGGER,
    TRIGGER_BIT,
    TRUST_GAIN,
    TRUST_LOSS,
    WINDOW,
)
from .states import anger, benefit_of, damped, feel


@inner_kernel
def drop_to(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    m: int,
    level: int,
    q: int,
) -> float:
    """Lower a measure; return the share of benefit lost."""
    lost = d.benefit[w, st.first[m] + r.done[m]]
    if r.x[m] != level:
        undo(st, v, story, d, w, r, m, level)
    if r.done[m] > level:
        r.done[m] = level
        r.note[STALE] = 1
        r.held[m] = q
    if r.done[m] >= r.x[m]:
        r.due[m] = 0
    return float(lost - d.benefit[w, st.first[m] + r.done[m]])


@inner_kernel
def breach(story: Story, d: Draws, w: int, r: Room, m: int, lost: float) -> None:
    """Count what a kept step undone costs in trust, by its code and the benefit lost."""
    size = d.par[w, TRUST_GAIN] * d.par[w, TRUST_LOSS] * d.code[w, m] * max(0.0, lost)
    if story.contact[m]:
        r.loss[0] += size
    r.loss[1] += 0.5 * size
    r.loss[2] += 0.5 * size


@inner_kernel
def keep_or_leave(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, on: int, role: int, q: int
) -> None:
    """Let a new executive undo every step above the status quo that it would rather leave."""
    undone = False
    for m in range(r.x.size):
        slot = st.first[m] + r.x[m]
        if r.x[m] <= st.status_quo[m]:
            continue
        leaves = False
        for k in range(story.role.size):
            if story.role[k] != role or not story.executive[k] or not d.needed[w, slot, k]:
                continue
            worth = value_of(story, d, w, r, k, slot) + d.par[w, STAY]
            floor = d.theta[w, k] - d.width[w, k] + raised(story, d, w, r, on, k, m, False)
            leaves = leaves or worth < floor
        if leaves:
            lost = drop_to(st, v, story, d, w, r, m, st.status_quo[m], q)
            breach(story, d, w, r, m, lost)
            undone = undone or story.contact[m]
            r.note[EVENTS_NOW] |= REVERSAL_BIT
    if undone and role < 2:
        r.reversals[role] += 1
        tune(story, d, w, r, on)


@inner_kernel
def vote(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, on: int, q: int
) -> None:
    """Hold the elections that fall due; a favourable return opens a window."""
    if not on & DO_GOVERNMENT:
        return
    for e in range(story.election_quarter.size):
        if story.election_quarter[e] != q:
            continue
        if d.chance[w, q - 1, story.slot_election + e] >= d.change[w, e]:
            continue
        role = story.election_role[e]
        r.government[role] = 1 - r.government[role]
        r.note[EVENTS_NOW] |= CHANGE_BIT
        if r.government[role] == 0:
            r.state[WINDOW + role] = 1.0
        tune(story, d, w, r, on)
        keep_or_leave(st, v, story, d, w, r, on, role, q)


@inner_kernel
def settling(st: Structure, story: Story, r: Room) -> bool:
    """Whether a settlement is under way or stands."""
    for i in range(story.settlement.size):
        m = story.settlement[i]
        if r.x[m] > st.status_quo[m]:
            return True
    return False


@inner_kernel
def outside(
    st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, q: int, exchange: float
) -> None:
    """Let the shocks of the quarter come, with what each adds to the states."""
    for x in range(r.happened.size):
        likely = d.shock[w, x]
        if x == story.court and settling(st, story, r):
            likely *= 1.0 - d.par[w, COURT_DELAY]
        if d.chance[w, q - 1, x] >= likely:
            continue
        r.happened[x] = True
        r.note[EVENTS_NOW] |= SHOCK_BIT
        feel(d, w, r, on, d.jump[w, x, 0])
        if on & DO_TRUST:
            size = d.jump[w, x, 1] * d.par[w, TRUST_GAIN]
            if size > 0.0:
                r.bonus[0] += size
            else:
                r.loss[0] -= size * d.par[w, TRUST_LOSS] / 0.6 * damped(d, w, exchange)
        for side in range(2 if on & DO_ASSURANCE else 0):
            now = r.state[ASSURED + side] + d.jump[w, x, 2]
            r.state[ASSURED + side] = clip(now, 0.0, 4.0)
        anger(story, d, w, r, on, d.jump[w, x, 3], exchange)
        if x == story.court:
            r.note[EVENTS_NOW] |= COURT_BIT
            if on & DO_TENSION:
                r.state[POLITICS] += 3.0 * d.par[w, SPILL_PJ]
        tune(story, d, w, r, on)


@inner_kernel
def inflame(
    st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, q: int, exchange: float
) -> None:
    """Anniversaries and texts trigger quarrels; spoilers add to them where it pays."""
    if (on & DO_MOOD) and d.chance[w, q - 1, story.slot_trigger] < d.par[w, TRIGGER]:
        r.note[EVENTS_NOW] |= TRIGGER_BIT
        anger(story, d, w, r, on, 1.0, exchange)
        tune(story, d, w, r, on)
    if not on & DO_SPOILER:
        return
    held_back = story.restraint.size > 0 and r.done[story.restraint[0]] >= 2
    for i in range(story.spoilers.size):
        k = story.spoilers[i]
        role = story.role[k]
        if role < 0 or role > 1:
            continue
        if d.chance[w, q - 1, story.slot_spoiler + i] >= d.par[w, EXPLOIT]:
            continue
        whole = 0.0
        for m in range(r.x.size):
            if r.x[m] != st.status_quo[m]:
                whole += value_of(story, d, w, r, k, st.first[m] + r.x[m])
        stake = clip((d.theta[w, k] - whole) / 3.0, 0.0, 1.0)
        cycle = 1.0
        left = story.ahead[q, role]
        if left >= 0:
            cycle += (d.par[w, ELECTION_CYCLE] - 1.0) * max(0.0, 1.0 - left / 4.0)
        fuel = (r.state[SALIENCE + role] + r.state[GRIEVANCE + role]) * cycle * stake
        cost = d.par[w, SPOILER_COST] * (2.0 if held_back else 1.0)
        if fuel > cost:
            r.note[EVENTS_NOW] |= SPOILER_BIT
            anger(story, d, w, r, on, 1.0, exchange)
            tune(story, d, w, r, on)
            size = d.par[w, TRUST_GAIN] * d.par[w, TRUST_LOSS] / 0.6
            r.loss[0] += size * damped(d, w, exchange)
            if on & DO_TENSION:
                r.state[POLITICS] += 0.5 * damped(d, w, exchange)


@inner_kernel
def crisis_hazard(st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, m: int) -> float:
    """Hazard a quarter that a settlement in the making breaks: haste, process and lack of backing."""
    backed = least_backing(story, d, w, r, on, st.first[m] + r.x[m])
    haste = logistic(4.0 * d.par[w, HASTE_K] * (r.pace[m] - d.par[w, HASTE_MID]))
    lack = clip((1.0 - backed) / (1.0 - d.par[w, PUB_REQ]), 0.0, 2.0)
    return float(d.par[w, CRISIS_MAX] * haste * 2.0 * (1.0 - d.par[w, PROCESS_Q]) * lack)


@inner_kernel
def settle_or_break(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    q: int,
    exchange: float,
) -> None:
    """Rushed settlements break; closed ones without backing relapse."""
    if on & DO_CRISIS:
        worst = d.par[w, CRISIS_MAX] * 4.0 * (1.0 - d.par[w, PROCESS_Q])
        for i in range(story.settlement.size):
            m = story.settlement[i]
            fresh = r.due[m] > 0 or q - r.held[m] < spell(d, w, SETTLEMENT_FRESH)
            luck = d.chance[w, q - 1, story.slot_crisis + i]
            if r.x[m] <= st.status_quo[m] or not fresh or luck >= 1.0 - math.exp(-worst):
                continue
            hazard = crisis_hazard(st, story, d, w, r, on, m)
            if luck < 1.0 - math.exp(-hazard):
                r.note[EVENTS_NOW] |= CRISIS_BIT
                low = min(r.x[m], max(st.status_quo[m], 1))
                lost = drop_to(st, v, story, d, w, r, m, low, q)
                breach(story, d, w, r, m, lost)
                r.pause[m] = q + spell(d, w, CRISIS_REST)
                anger(story, d, w, r, on, 1.0, exchange)
                tune(story, d, w, r, on)
    if not on & DO_RELAPSE:
        return
    for i in range(story.durable.size):
        m = story.durable[i]
        unlucky = d.chance[w, q - 1, story.slot_relapse + i] < d.par[w, RELAPSE]
        if r.done[m] <= st.status_quo[m] or not unlucky:
            continue
        slot = st.first[m] + r.done[m]
        short = least_backing(story, d, w, r, on, slot) < d.par[w, PUB_REQ]
        for j in range(story.claimants.size):
            k = story.claimants[j]
            short = short or value_of(story, d, w, r, k, slot) < d.theta[w, k]
        if short:
            r.note[EVENTS_NOW] |= RELAPSE_BIT
            lost = drop_to(st, v, story, d, w, r, m, r.done[m] - 1, q)
            breach(story, d, w, r, m, lost)


@inner_kernel
def coerce(st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, q: int) -> None:
    """Quiet steps leak; the challenger answers what it minds, less where a shield deters it."""
    if on & DO_LEAK:
        for i in range(story.quiet.size):
            m = story.quiet[i]
            stands = d.secret[w] and r.x[m] > st.status_quo[m] and not r.leaked[m]
            if stands and d.chance[w, q - 1, story.slot_leak + i] < d.par[w, LEAK]:
                r.leaked[m] = True
                r.shown[m] = q
                r.note[EVENTS_NOW] |= LEAK_BIT
    luck = d.chance[w, q - 1, story.slot_coercion]
    if not on & DO_COERCION or luck >= d.par[w, COERCION]:
        return
    spared = 1.0
    fresh = spell(d, w, MINDED_FRESH)
    for m in range(r.x.size):
        if d.minded[w, m] > 0.0 and r.x[m] > st.status_quo[m]:
            slot = st.first[m] + r.x[m]
            seen = d.open_exposure[w, slot] if r.leaked[m] else d.exposure[w, slot]
            if r.suspended[m]:
                seen *= 0.5
            age = 1.0 if q - r.shown[m] <= fresh else 0.25
            spared *= 1.0 - d.minded[w, m] * seen * age
    if spared == 1.0:
        return
    shield = benefit_of(st, d, w, r, story.shield[0]) if story.shield.size else 0.0
    yearly = d.par[w, COERCION] * (1.0 - d.par[w, SHIELD_DETER] * shield)
    hazard = -math.log(max(1e-12, 1.0 - yearly)) / 4.0 * (1.0 - spared)
    if luck < 1.0 - math.exp(-hazard):
        r.note[EVENTS_NOW] |= COERCION_BIT
        loss = d.par[w, COERCION_COST] * (1.0 - d.par[w, SHIELD_PASS] * shield)
        r.state[COERCED] += loss


@inner_kernel
def give_way(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    q: int,
    exchange: float,
) -> None:
    """Tension suspends drills, then takes a rung away; trade quarrels turn into reprisals."""
    if not on & DO_TENSION:
        return
    strain = r.state[SECURITY]
    for i in range(story.drills.size):
        m = story.drills[i]
        stands = r.done[m] > st.status_quo[m]
        strained = stands and strain > 1.0
        if strained != r.suspended[m]:
            r.suspended[m] = strained
            r.note[STALE] = 1
            if strained:
                r.note[EVENTS_NOW] |= SUSPENSION_BIT
        if stands and strain > 2.0:
            drop_to(st, v, story, d, w, r, m, r.done[m] - 1, q)
            r.note[EVENTS_NOW] |= STEP_DOWN_BIT
    if r.state[TRADE] > 1.0 and q - r.note[LAST_REPRISAL] >= spell(d, w, REPRISAL_GAP):
        r.note[LAST_REPRISAL] = q
        r.note[EVENTS_NOW] |= REPRISAL_BIT
        size = d.par[w, TRUST_GAIN] * d.par[w, TRUST_LOSS] / 0.6
        r.loss[0] += size * damped(d, w, exchange)
