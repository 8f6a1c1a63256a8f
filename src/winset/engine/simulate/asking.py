"""Who consents to a step in the state of a quarter: the snapshot's rows, moved by that state."""

from __future__ import annotations

import math

from ..jit import kernel
from ..judge import is_awake, mark_violated, row_value, take_squares
from ..layout import Structure, Values
from .layout import Draws, Room, Steps, Story
from .parts import (
    ABANDONMENT,
    ASSURED,
    BACKING_SLOPE,
    BACKING_START,
    CARRIED,
    CEILING_THREAT,
    DO_ABANDONMENT,
    DO_ASSURANCE,
    DO_GOVERNMENT,
    DO_MOOD,
    DO_OPINION,
    DO_PUSH,
    DO_THREAT,
    DO_WINDOW,
    DOUBT_LINE,
    FELT,
    GRIEVANCE,
    GRIEVANCE_START,
    HEAT_GROWTH,
    MOOD_START,
    OPINION,
    OPINION_TRUST,
    PUB_REQ,
    PUSH_RELIEF,
    REFUSED,
    REVERSAL_PEN,
    RULED_OUT,
    SALIENCE,
    THREAT_GAIN,
    TRUST,
    TRUST_PAIR,
    WINDOW,
    WINDOW_GAIN,
)

MICRO = 1_000_000.0
WHOLE = 1_000_000


@kernel
def clip(value: float, low: float, high: float) -> float:
    """Cut a number to a range."""
    return min(max(value, low), high)


@kernel
def logistic(value: float) -> float:
    """``1 / (1 + exp(-value))``."""
    return 1.0 / (1.0 + math.exp(-clip(value, -60.0, 60.0)))


@kernel
def mood(d: Draws, w: int, r: Room, side: int) -> float:
    """Salience and grievance above the start, in one public of the pair."""
    start = d.par[w, MOOD_START] + d.par[w, GRIEVANCE_START]
    return float(r.state[SALIENCE + side] + r.state[GRIEVANCE + side] - start)


@kernel
def moved(story: Story, d: Draws, w: int, r: Room, on: int, k: int, slot: int) -> int:
    """Return what the state adds to the worth of a rung to a constituency, in millionths of a point."""
    role = story.role[k]
    if role < 0:
        return 0
    shift = 0.0
    if role < 2:
        if on & DO_THREAT:
            felt = d.par[w, THREAT_GAIN] * r.state[FELT + role]
            shift += felt * d.sens[w, 0, k, slot]
        if on & DO_MOOD:
            heat = clip(1.0 + d.par[w, HEAT_GROWTH] * mood(d, w, r, role), 0.5, 2.0)
            shift += (heat - 1.0) * d.sens[w, 1, k, slot]
        if on & DO_ASSURANCE:
            line = d.par[w, DOUBT_LINE]
            doubt = clip(1.0 + 0.5 * (line - r.state[ASSURED + role]) / line, 0.5, 1.5)
            shift += (doubt - 1.0) * d.sens[w, 2, k, slot]
    if (on & DO_GOVERNMENT) and r.government[role] != 0:
        shift += d.sens[w, 3, k, slot]
    return math.floor(shift + 0.5)


@kernel
def raised(story: Story, d: Draws, w: int, r: Room, on: int, k: int, m: int, push: bool) -> float:
    """Return what the state adds to the threshold of a constituency, in points."""
    role = story.role[k]
    if role < 0:
        return 0.0
    shift = 0.0
    if (on & DO_GOVERNMENT) and r.government[role] != 0:
        shift += d.type_theta[w, k]
    if not story.executive[k]:
        return shift
    if on & DO_WINDOW:
        base = 1.0 if role == story.fresh else 0.0
        shift += d.par[w, WINDOW_GAIN] * (base - r.state[WINDOW + role])
    if role < 2 and story.contact[m]:
        if on & DO_GOVERNMENT:
            shift += d.par[w, REVERSAL_PEN] * r.reversals[1 - role]
        if on & DO_ABANDONMENT:
            line = d.par[w, DOUBT_LINE]
            doubt = min(line - r.state[ASSURED], line - r.state[ASSURED + 1]) / line
            shift -= d.par[w, ABANDONMENT] * max(0.0, doubt)
    if push and (on & DO_PUSH) and role == story.pressed:
        shift -= d.par[w, PUSH_RELIEF]
    return shift


@kernel
def value_of(story: Story, d: Draws, w: int, r: Room, on: int, k: int, slot: int) -> float:
    """Worth of a rung to a constituency in the state of the quarter, in points."""
    return float((d.worth[w, k, slot] + moved(story, d, w, r, on, k, slot)) / MICRO)


@kernel
def backing(story: Story, d: Draws, w: int, r: Room, on: int, side: int, slot: int) -> float:
    """Share of one public of the pair that backs a rung."""
    k = story.publics[side]
    lean = d.par[w, BACKING_START] + d.par[w, BACKING_SLOPE] * value_of(story, d, w, r, on, k, slot)
    if on & DO_OPINION:
        lean += r.state[OPINION]
        lean += d.par[w, OPINION_TRUST] * (r.state[TRUST] - d.par[w, TRUST_PAIR])
        lean -= d.par[w, HEAT_GROWTH] * mood(d, w, r, side)
    return logistic(lean)


@kernel
def least_backing(story: Story, d: Draws, w: int, r: Room, on: int, slot: int) -> float:
    """Backing of a rung in the less friendly public of the pair."""
    return min(
        backing(story, d, w, r, on, 0, slot),
        backing(story, d, w, r, on, 1, slot),
    )


@kernel
def discounted(worth: float, rate: float) -> float:
    """Gains count at the offset rate, losses in full."""
    return worth * rate if worth > 0.0 else worth


@kernel
def whole_shift(
    st: Structure, story: Story, d: Draws, w: int, r: Room, on: int, k: int, m: int, push: bool
) -> float:
    """Return what the state adds to the whole of a constituency, in millionths of a point."""
    total = -raised(story, d, w, r, on, k, m, push) * MICRO
    for other in range(r.trial.size):
        if d.counted[w, k, other] and r.trial[other] != st.status_quo[other]:
            slot = st.first[other] + r.trial[other]
            base = float(d.worth[w, k, slot])
            more = float(moved(story, d, w, r, on, k, slot))
            rate = d.offset[w, k]
            total += discounted(base + more, rate) - discounted(base, rate)
    return total


@kernel
def structure_bars(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, m: int
) -> bool:
    """Whether a hard clause, a shut rung or a row without owner rules the step out."""
    mark_violated(st, v, w, r.trial, r.violated)
    if v.shut[w, st.first[m] + r.trial[m]] != 0:
        return True
    for i in range(story.ask_first[m], story.ask_first[m + 1]):
        if r.violated[story.ask_list[i]]:
            return True
    for i in range(story.row_first[m], story.row_first[m + 1]):
        row = story.row_list[i]
        if st.row_owner[row] >= 0 or not v.row_on[w, row] or not is_awake(st, row, r.trial):
            continue
        value = float(row_value(st, v, w, r.trial, row, r.violated))
        if story.rising[row]:
            felt = max(r.state[FELT], r.state[FELT + 1])
            value += d.par[w, CEILING_THREAT] * felt * MICRO
        if value < 0.0:
            return True
    return False


@kernel
def parties_accept(st: Structure, r: Room) -> bool:
    """Whether every acceptance clause has an owner who does not refuse."""
    for a in range(st.accept_start.size - 1):
        found = False
        for i in range(st.accept_start[a], st.accept_start[a + 1]):
            found = found or not r.refused[st.accept_owner[i]]
        if not found:
            return False
    return True


@kernel
def mark_refusals(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, on: int, m: int, push: bool
) -> int:
    """Mark whose rows fail, the wholes only if no floor stops the step; return who fails by most."""
    worst, least = -1, 0.0
    for k in range(r.refused.size):
        r.refused[k] = False
    slot = st.first[m] + r.trial[m]
    for i in range(story.row_first[m], story.row_first[m + 1]):
        row = story.row_list[i]
        k = st.row_owner[row]
        if k < 0 or not v.row_on[w, row] or not is_awake(st, row, r.trial):
            continue
        value = float(row_value(st, v, w, r.trial, row, r.violated))
        if d.needed[w, k, slot]:
            value += moved(story, d, w, r, on, k, slot)
            value -= raised(story, d, w, r, on, k, m, push) * MICRO
        if value < 0.0:
            r.refused[k] = True
            if value < least:
                worst, least = k, value
    if not parties_accept(st, r):
        return worst
    for row in range(r.slack.size):
        r.slack[row] = 0
    take_squares(st, v, w, r.trial, r.slack)
    for i in range(story.wholes.size):
        row = story.wholes[i]
        k = st.row_owner[row]
        if not v.row_on[w, row] or not is_awake(st, row, r.trial):
            continue
        base = row_value(st, v, w, r.trial, row, r.violated) + r.slack[row]
        value = base / WHOLE + whole_shift(st, story, d, w, r, on, k, m, push)
        if value < 0.0:
            r.refused[k] = True
            if value < least:
                worst, least = k, value
    return worst


@kernel
def ask(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    m: int,
    level: int,
    push: bool,
) -> tuple[int, int]:
    """Put one step on top of all that is agreed to everybody; return the answer and the refuser."""
    for other in range(r.x.size):
        r.trial[other] = r.x[other]
    r.trial[m] = level
    if structure_bars(st, v, story, d, w, r, m):
        return RULED_OUT, -1
    worst = mark_refusals(st, v, story, d, w, r, on, m, push)
    if parties_accept(st, r):
        return CARRIED, -1
    return REFUSED, worst


@kernel
def atom_holds(
    st: Structure,
    story: Story,
    d: Draws,
    steps: Steps,
    w: int,
    r: Room,
    on: int,
    q: int,
    step: int,
    i: int,
) -> bool:
    """Whether one condition of a gate holds in the quarter."""
    kind, a, b, c = steps.atom[i, 0], steps.atom[i, 1], steps.atom[i, 2], steps.atom[i, 3]
    slot = st.first[steps.measure[step]] + steps.level[step]
    if kind == 0:
        return bool(steps.fact[w, a])
    if kind == 1:
        return r.done[a] >= b and not r.suspended[a] and q - r.held[a] >= c
    if kind == 2:
        return bool(r.happened[a])
    if kind == 3:
        for side in range(2):
            if story.publics[side] == a:
                return bool(backing(story, d, w, r, on, side, slot) >= d.par[w, PUB_REQ])
        return value_of(story, d, w, r, on, a, slot) >= 0.0
    floor = d.theta[w, a] - d.width[w, a]
    floor += raised(story, d, w, r, on, a, steps.measure[step], False)
    return bool(value_of(story, d, w, r, on, a, slot) >= floor)


@kernel
def gate_open(
    st: Structure, story: Story, d: Draws, steps: Steps, w: int, r: Room, on: int, q: int, step: int
) -> bool:
    """Whether every condition of a step's gate holds."""
    for clause in range(steps.gate_first[step], steps.gate_first[step + 1]):
        found = False
        for i in range(steps.atom_first[clause], steps.atom_first[clause + 1]):
            wanted = steps.atom[i, 4] != 0
            found = found or atom_holds(st, story, d, steps, w, r, on, q, step, i) == wanted
        if not found:
            return False
    return True
