"""Who consents to a step in the state of a quarter: the snapshot's rows, moved by that state.

What a step's rows amount to depends on the agreed package alone until the state moves them, so
it is looked up once for each package on which the step is asked about: an *ask* is the place of a
step, or of its fallback, in that memory.
"""

from __future__ import annotations

import numpy as np

from ..jit import kernel
from ..judge import is_awake, mark_violated, row_value
from ..layout import Structure, Values
from .asking import MICRO, moved, raised
from .layout import Draws, Room, Story
from .parts import CARRIED, CEILING_THREAT, FELT, REFUSED, RULED_OUT

WHOLE = 1_000_000
ASLEEP = 1 << 62
"""Stands for a row that is off or sleeps: it cannot fail."""


@kernel
def mark_clauses(st: Structure, v: Values, story: Story, w: int, r: Room, m: int) -> None:
    """Mark which clauses that speak of a measure are violated on the trial."""
    for i in range(story.clause_first[m], story.clause_first[m + 1]):
        q = story.clause_list[i]
        holds = not v.clause_on[w, q]
        for j in range(st.clause_start[q], st.clause_start[q + 1]):
            reached = r.trial[st.lit_measure[j]] >= st.lit_level[j]
            if reached == st.lit_at_least[j]:
                holds = True
        r.violated[q] = not holds


@kernel
def try_on(st: Structure, v: Values, story: Story, w: int, r: Room, m: int, level: int) -> None:
    """Put one step on top of all that is agreed, or take it off again."""
    r.trial[m] = level
    mark_clauses(st, v, story, w, r, m)


@kernel
def take_stock(st: Structure, v: Values, story: Story, w: int, r: Room) -> None:
    """Add up from scratch what all that is agreed amounts to in the wholes."""
    r.clock[2] = 0
    for m in range(r.x.size):
        r.trial[m] = r.x[m]
    mark_violated(st, v, w, r.x, r.violated)
    for c in range(v.total.shape[1]):
        r.sums[0, c] = 0
        r.sums[1, c] = 0
        for m in range(r.x.size):
            r.sums[0, c] += v.total[w, c, st.first[m] + r.x[m]]
            r.sums[1, c] += v.total[w, c, st.first[m] + st.status_quo[m]]
    for i in range(story.wholes.size):
        row = story.wholes[i]
        value = v.constant[w, row]
        for e in range(st.row_start[row], st.row_start[row + 1]):
            value += v.coef[w, st.coef_start[e] + r.x[st.row_measure[e]]]
        for t in range(st.term_start[row], st.term_start[row + 1]):
            value += pair_value(st, v, w, t, r.x[st.term_a[t]], r.x[st.term_b[t]])
        r.now[i] = value


@kernel
def pair_value(st: Structure, v: Values, w: int, t: int, level_a: int, level_b: int) -> int:
    """Amount of a pair term at two levels."""
    b = st.term_b[t]
    width = st.first[b + 1] - st.first[b]
    return int(v.pair[w, st.pair_start[t] + level_a * width + level_b])


@kernel
def replaced(
    st: Structure, v: Values, story: Story, w: int, r: Room, i: int, m: int, level: int
) -> int:
    """Entries and pair terms of a whole with one measure at another level."""
    value = r.now[i]
    old = r.x[m]
    start = story.whole_entry[i, m]
    if start >= 0:
        value += v.coef[w, start + level] - v.coef[w, start + old]
    place = i * r.x.size + m
    for j in range(story.term_first[place], story.term_first[place + 1]):
        t = story.term_list[j]
        a, b = st.term_a[t], st.term_b[t]
        if a == m:
            value += pair_value(st, v, w, t, level, r.x[b]) - pair_value(st, v, w, t, old, r.x[b])
        else:
            value += pair_value(st, v, w, t, r.x[a], level) - pair_value(st, v, w, t, r.x[a], old)
    return int(value)


@kernel
def settle(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, m: int, level: int
) -> None:
    """Make a step part of all that is agreed, in the package and in the sums over it."""
    for i in range(story.wholes.size):
        r.now[i] = replaced(st, v, story, w, r, i, m, level)
        if r.summed[i] == r.clock[1]:
            k = st.row_owner[story.wholes[i]]
            r.total[i] -= added(st, story, d, w, r, k, m, r.x[m])
            r.total[i] += added(st, story, d, w, r, k, m, level)
            r.summed[i] += 1
    for c in range(v.total.shape[1]):
        old = v.total[w, c, st.first[m] + r.x[m]]
        r.sums[0, c] += v.total[w, c, st.first[m] + level] - old
    r.clock[0] += 1
    r.clock[1] += 1
    r.x[m] = level
    try_on(st, v, story, w, r, m, level)


@kernel
def look(
    st: Structure, v: Values, story: Story, w: int, r: Room, at: int, m: int, level: int
) -> None:
    """Note what structure and the rows that bind the measure say, unmoved, of a step."""
    if r.seen[at] == r.clock[0]:
        return
    r.seen[at] = r.clock[0]
    r.weighed[at] = False
    r.blocker[at] = 0
    r.barred[at] = v.shut[w, st.first[m] + level] != 0
    try_on(st, v, story, w, r, m, level)
    for i in range(story.ask_first[m], story.ask_first[m + 1]):
        if r.violated[story.ask_list[i]]:
            r.barred[at] = True
    begin = story.row_first[m]
    for i in range(begin, story.row_first[m + 1]):
        row = story.row_list[i]
        r.base[at, i - begin] = ASLEEP
        if v.row_on[w, row] and is_awake(st, row, r.trial):
            value = row_value(st, v, w, r.trial, row, r.violated)
            r.base[at, i - begin] = value
            if st.row_owner[row] < 0 and not story.rising[row] and value < 0:
                r.barred[at] = True
    try_on(st, v, story, w, r, m, r.x[m])


@kernel
def look_at_wholes(
    st: Structure, v: Values, story: Story, w: int, r: Room, at: int, m: int, level: int
) -> None:
    """Note what the wholes amount to, unmoved, with a step on top of all that is agreed."""
    if r.weighed[at]:
        return
    r.weighed[at] = True
    try_on(st, v, story, w, r, m, level)
    for i in range(story.wholes.size):
        row = story.wholes[i]
        r.weight[at, i] = ASLEEP
        if not v.row_on[w, row] or not is_awake(st, row, r.trial):
            continue
        value = replaced(st, v, story, w, r, i, m, level)
        for s in range(st.soft_start[row], st.soft_start[row + 1]):
            if r.violated[st.soft_clause[s]]:
                value -= v.soft[w, s]
        value -= saturated(st, v, story, w, r, i, m, level)
        r.weight[at, i] = value // WHOLE
    try_on(st, v, story, w, r, m, r.x[m])


@kernel
def saturated(
    st: Structure, v: Values, story: Story, w: int, r: Room, i: int, m: int, level: int
) -> int:
    """Return what the squares of the totals cost a whole with one measure at another level."""
    place = story.whole_square[i]
    lost = np.int64(0)
    if place < 0:
        return int(lost)
    for c in range(v.total.shape[1]):
        old = v.total[w, c, st.first[m] + r.x[m]]
        here = r.sums[0, c] + v.total[w, c, st.first[m] + level] - old
        before = r.sums[1, c]
        lost += v.square[w, place, c] * (here * here - before * before)
    return int(lost)


@kernel
def structure_bars(story: Story, d: Draws, w: int, r: Room, at: int, m: int) -> bool:
    """Whether a clause, a shut rung or a row without owner rules a step out; threat lifts some."""
    if r.barred[at]:
        return True
    begin = story.row_first[m]
    for i in range(begin, story.row_first[m + 1]):
        if story.rising[story.row_list[i]] and r.base[at, i - begin] < 0:
            felt = max(r.state[FELT], r.state[FELT + 1])
            if r.base[at, i - begin] + d.par[w, CEILING_THREAT] * felt * MICRO < 0.0:
                return True
    return False


@kernel
def discounted(worth: float, rate: float) -> float:
    """Gains count at the offset rate, losses in full."""
    return worth * rate if worth > 0.0 else worth


@kernel
def added(
    st: Structure, story: Story, d: Draws, w: int, r: Room, k: int, m: int, level: int
) -> float:
    """Return what the state adds to one level's part of a whole, in millionths of a point."""
    if level == st.status_quo[m] or not d.counted[w, k, m]:
        return 0.0
    slot = st.first[m] + level
    base = float(d.worth[w, k, slot])
    rate = d.offset[w, k]
    more = base + moved(story, d, w, r, k, slot)
    return float(discounted(more, rate) - discounted(base, rate))


@kernel
def whole_value(
    st: Structure,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    at: int,
    i: int,
    m: int,
    level: int,
    push: bool,
) -> float:
    """Return what a whole amounts to in the state of the quarter, in millionths of a point."""
    k = st.row_owner[story.wholes[i]]
    if r.summed[i] != r.clock[1]:
        r.summed[i] = r.clock[1]
        r.total[i] = 0.0
        for other in range(r.x.size):
            r.total[i] += added(st, story, d, w, r, k, other, r.x[other])
    shift = r.total[i] - added(st, story, d, w, r, k, m, r.x[m])
    shift += added(st, story, d, w, r, k, m, level)
    return float(r.weight[at, i] + shift - raised(story, d, w, r, on, k, m, push) * MICRO)


@kernel
def floor_value(
    st: Structure,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    at: int,
    i: int,
    m: int,
    level: int,
    push: bool,
) -> float:
    """Return what a row that binds the measure amounts to in the state of the quarter."""
    row = story.row_list[story.row_first[m] + i]
    k = st.row_owner[row]
    slot = st.first[m] + level
    value = float(r.base[at, i])
    if d.needed[w, k, slot]:
        value += moved(story, d, w, r, k, slot)
        value -= raised(story, d, w, r, on, k, m, push) * MICRO
    return value


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
def still_refused(
    st: Structure,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    at: int,
    m: int,
    level: int,
    push: bool,
) -> bool:
    """Whether who refused last on the same package refuses again, and that is enough."""
    code = r.blocker[at]
    if code == 0:
        return False
    if code > 0:
        k = st.row_owner[story.row_list[story.row_first[m] + code - 1]]
        value = floor_value(st, story, d, w, r, on, at, code - 1, m, level, push)
    else:
        k = st.row_owner[story.wholes[-code - 1]]
        value = whole_value(st, story, d, w, r, on, at, -code - 1, m, level, push)
    return bool(story.alone[k] and value < 0.0)


@kernel
def find_refusal(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    at: int,
    m: int,
    level: int,
    push: bool,
) -> bool:
    """Whether parties refuse, the wholes weighed only if no floor is enough; note who fails by most."""
    least = 0.0
    r.blocker[at] = 0
    for k in range(r.refused.size):
        r.refused[k] = False
    for i in range(story.row_first[m + 1] - story.row_first[m]):
        k = st.row_owner[story.row_list[story.row_first[m] + i]]
        if k < 0 or r.base[at, i] == ASLEEP:
            continue
        value = floor_value(st, story, d, w, r, on, at, i, m, level, push)
        if value < 0.0:
            r.refused[k] = True
            if value < least:
                r.blocker[at], least = i + 1, value
    if not parties_accept(st, r):
        return True
    look_at_wholes(st, v, story, w, r, at, m, level)
    for i in range(story.wholes.size):
        if r.weight[at, i] == ASLEEP:
            continue
        value = whole_value(st, story, d, w, r, on, at, i, m, level, push)
        if value < 0.0:
            r.refused[st.row_owner[story.wholes[i]]] = True
            if value < least:
                r.blocker[at], least = -i - 1, value
    return not parties_accept(st, r)


@kernel
def ask(
    st: Structure,
    v: Values,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    at: int,
    m: int,
    level: int,
    push: bool,
) -> tuple[int, int]:
    """Put one step on top of all that is agreed to everybody; return the answer and the refuser.

    The refuser is who failed by most when the step was first refused on the same package; where
    that one still refuses nobody else is asked.
    """
    if r.clock[2]:
        take_stock(st, v, story, w, r)
    look(st, v, story, w, r, at, m, level)
    if structure_bars(story, d, w, r, at, m):
        return RULED_OUT, -1
    refused = still_refused(st, story, d, w, r, on, at, m, level, push)
    if not refused:
        refused = find_refusal(st, v, story, d, w, r, on, at, m, level, push)
    if not refused:
        return CARRIED, -1
    code = r.blocker[at]
    if code == 0:
        return REFUSED, -1
    row = story.row_list[story.row_first[m] + code - 1] if code > 0 else story.wholes[-code - 1]
    return REFUSED, int(st.row_owner[row])
