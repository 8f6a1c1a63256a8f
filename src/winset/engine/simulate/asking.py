"""What a rung is worth in the state of a quarter, who backs it, and whether a gate is open."""

from __future__ import annotations

import math

from ..jit import inner_kernel
from ..layout import Structure
from .layout import (
    BY_DOUBT,
    BY_HEAT,
    BY_THREAT,
    BY_TYPE,
    MOMENT,
    SLOT,
    SPREAD,
    WORTH_TODAY,
    Draws,
    Room,
    Steps,
    Story,
)
from .parts import (
    ABANDONMENT,
    ASSURED,
    BACKING_SLOPE,
    BACKING_START,
    DO_ABANDONMENT,
    DO_ASSURANCE,
    DO_GENERATIONS,
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
    REVERSAL_PEN,
    SALIENCE,
    THREAT_GAIN,
    TRUST,
    TRUST_PAIR,
    WINDOW,
    WINDOW_GAIN,
)

MICRO = 1_000_000.0


@inner_kernel
def clip(value: float, low: float, high: float) -> float:
    """Cut a number to a range."""
    return min(max(value, low), high)


@inner_kernel
def spell(d: Draws, w: int, parameter: int) -> int:
    """Return a span of time in whole quarters."""
    return int(d.par[w, parameter] + 0.5)


@inner_kernel
def logistic(value: float) -> float:
    """``1 / (1 + exp(-value))``."""
    return 1.0 / (1.0 + math.exp(-clip(value, -60.0, 60.0)))


@inner_kernel
def mood(d: Draws, w: int, r: Room, side: int) -> float:
    """Salience and grievance above the start, in one public of the pair."""
    start = d.par[w, MOOD_START] + d.par[w, GRIEVANCE_START]
    return float(r.state[SALIENCE + side] + r.state[GRIEVANCE + side] - start)


@inner_kernel
def tune(story: Story, d: Draws, w: int, r: Room, on: int) -> None:
    """Work out once what the state of the moment adds to worths and thresholds."""
    r.clock[MOMENT] += 1
    r.clock[SPREAD] = 0
    line = d.par[w, DOUBT_LINE]
    for role in range(3):
        for part in range(4):
            r.move[role, part] = 0.0
        r.lift[role, 0] = 0.0
        if role < 2:
            if on & DO_THREAT:
                r.move[role, 0] = d.par[w, THREAT_GAIN] * r.state[FELT + role]
            if on & DO_MOOD:
                heat = 1.0 + d.par[w, HEAT_GROWTH] * mood(d, w, r, role)
                r.move[role, 1] = clip(heat, 0.5, 2.0) - 1.0
            if on & DO_ASSURANCE:
                doubt = 1.0 + 0.5 * (line - r.state[ASSURED + role]) / line
                r.move[role, 2] = clip(doubt, 0.5, 1.5) - 1.0
        if (on & DO_GOVERNMENT) and r.government[role] != 0:
            r.move[role, 3] = 1.0
        if on & DO_WINDOW:
            base = 1.0 if role == story.fresh else 0.0
            r.lift[role, 0] = d.par[w, WINDOW_GAIN] * (base - r.state[WINDOW + role])
        r.lift[role, 1] = r.lift[role, 0]
    for role in range(2):
        if on & DO_GOVERNMENT:
            r.lift[role, 1] += d.par[w, REVERSAL_PEN] * r.reversals[1 - role]
        if on & DO_ABANDONMENT:
            doubt = min(line - r.state[ASSURED], line - r.state[ASSURED + 1]) / line
            r.lift[role, 1] -= d.par[w, ABANDONMENT] * max(0.0, doubt)


@inner_kernel
def moved(story: Story, d: Draws, w: int, r: Room, k: int, slot: int) -> int:
    """Return what the state adds to the worth of a rung to a constituency, in millionths of a point."""
    role = story.role[k]
    if role < 0:
        return 0
    shift: float = r.move[role, 0] * d.worth[w, slot, BY_THREAT, k]
    shift += r.move[role, 1] * d.worth[w, slot, BY_HEAT, k]
    shift += r.move[role, 2] * d.worth[w, slot, BY_DOUBT, k]
    shift += r.move[role, 3] * d.worth[w, slot, BY_TYPE, k]
    return math.floor(shift + 0.5)


@inner_kernel
def spread(story: Story, r: Room) -> None:
    """Give every constituency the units that its role feels, once for each state."""
    if r.clock[SPREAD] != 0:
        return
    r.clock[SPREAD] = 1
    r.clock[SLOT] = -1
    for k in range(r.more.size):
        role = story.role[k]
        for part in range(4):
            r.units[part, k] = r.move[role, part] if role >= 0 else 0.0


@inner_kernel
def move_all(story: Story, d: Draws, w: int, r: Room, slot: int) -> None:
    """Work out ``moved`` for every constituency at once."""
    spread(story, r)
    if r.clock[SLOT] == slot:
        return
    r.clock[SLOT] = slot
    for k in range(r.more.size):
        shift = r.units[0, k] * d.worth[w, slot, BY_THREAT, k]
        shift += r.units[1, k] * d.worth[w, slot, BY_HEAT, k]
        shift += r.units[2, k] * d.worth[w, slot, BY_DOUBT, k]
        shift += r.units[3, k] * d.worth[w, slot, BY_TYPE, k]
        r.more[k] = math.floor(shift + 0.5)


@inner_kernel
def raised(story: Story, d: Draws, w: int, r: Room, on: int, k: int, m: int, push: bool) -> float:
    """Return what the state adds to the threshold of a constituency, in points."""
    role = story.role[k]
    if role < 0:
        return 0.0
    shift = d.type_theta[w, k] * r.move[role, 3]
    if not story.executive[k]:
        return float(shift)
    shift += r.lift[role, 1] if story.contact[m] else r.lift[role, 0]
    if push and (on & DO_PUSH) and role == story.pressed:
        shift -= d.par[w, PUSH_RELIEF]
    return float(shift)


@inner_kernel
def value_of(story: Story, d: Draws, w: int, r: Room, k: int, slot: int) -> float:
    """Worth of a rung to a constituency in the state of the quarter, in points."""
    return float((d.worth[w, slot, WORTH_TODAY, k] + moved(story, d, w, r, k, slot)) / MICRO)


@inner_kernel
def backing(story: Story, d: Draws, w: int, r: Room, on: int, side: int, slot: int) -> float:
    """Share of one public of the pair that backs a rung."""
    k = story.publics[side]
    worth = value_of(story, d, w, r, k, slot)
    if on & DO_GENERATIONS:
        for c in range(r.ageing.shape[1]):
            worth += r.ageing[side, c] * d.drift[w, side, c, slot] / MICRO
    lean = d.par[w, BACKING_START] + d.par[w, BACKING_SLOPE] * worth
    if on & DO_OPINION:
        lean += r.state[OPINION]
        lean += d.par[w, OPINION_TRUST] * (r.state[TRUST] - d.par[w, TRUST_PAIR])
        lean -= d.par[w, HEAT_GROWTH] * mood(d, w, r, side)
    return logistic(lean)


@inner_kernel
def least_backing(story: Story, d: Draws, w: int, r: Room, on: int, slot: int) -> float:
    """Backing of a rung in the less friendly public of the pair."""
    return min(
        backing(story, d, w, r, on, 0, slot),
        backing(story, d, w, r, on, 1, slot),
    )


@inner_kernel
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
        return r.done[a] >= b and not r.suspended[a] and q - r.reached[st.first[a] + b] >= c
    if kind == 2:
        return bool(r.happened[a])
    if kind == 3:
        for side in range(2):
            if story.publics[side] == a:
                return bool(backing(story, d, w, r, on, side, slot) >= d.par[w, PUB_REQ])
        return value_of(story, d, w, r, a, slot) >= 0.0
    floor = d.theta[w, a] - d.width[w, a]
    floor += raised(story, d, w, r, on, a, steps.measure[step], False)
    return bool(value_of(story, d, w, r, a, slot) >= floor)


@inner_kernel
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
