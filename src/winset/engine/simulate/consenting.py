"""Who consents to a step in the state of a quarter: the snapshot's rows, moved by that state.

Floors are summed up when a step is put, wholes move with the agreed package one step at a time.
A step that was refused is not looked at anew until the package changes: an *ask* is the place of
a step, or of its fallback, in the memory of who refused it and of what that row amounts to.
"""

from __future__ import annotations

import numpy as np

from ..jit import inner_kernel
from ..judge import is_awake
from ..layout import I1, I4, I8, Structure, Values
from .asking import MICRO, move_all, moved, raised
from .layout import (
    COUNT,
    F8,
    LISTED,
    MOMENT,
    PACKAGE,
    SUMMED,
    WORTH_TODAY,
    Crosses,
    Draws,
    Room,
    Story,
)
from .parts import CARRIED, CEILING_THREAT, FELT, REFUSED, RULED_OUT

WHOLE = 1_000_000


@inner_kernel
def is_violated(st: Structure, v: Values, w: int, x: I1, q: int) -> bool:
    """Whether a clause is on and has no true literal."""
    if not v.clause_on[w, q]:
        return False
    for j in range(st.clause_start[q], st.clause_start[q + 1]):
        reached = x[st.lit_measure[j]] >= st.lit_level[j]
        if reached == st.lit_at_least[j]:
            return False
    return True


@inner_kernel
def costs(st: Structure, v: Values, w: int, x: I1, row: int) -> int:
    """Return what violated clauses cost a row."""
    value = np.int64(0)
    for s in range(st.soft_start[row], st.soft_start[row + 1]):
        if is_violated(st, v, w, x, st.soft_clause[s]):
            value += v.soft[w, s]
    return int(value)


@inner_kernel
def cross(
    st: Structure, crosses: Crosses, amounts: I4, w: int, x: I1, slot: int, sign: int, out: I8
) -> None:
    """Add what all other measures of a package add at a slot, or take it away."""
    for c in range(crosses.first[slot], crosses.first[slot + 1]):
        other = crosses.other[c]
        if crosses.still[c] and x[other] == st.status_quo[other]:
            continue
        begin, stop = crosses.to_first[c], crosses.to_first[c + 1]
        start = crosses.place[c] + x[other] * (stop - begin) - begin
        for i in range(begin, stop):
            out[crosses.to[i]] += sign * amounts[w, start + i]


@inner_kernel
def replace(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, m: int, level: int
) -> None:
    """Sum up the wholes, and the totals that saturate, with one measure at another level.

    The trial stands at that level already.
    """
    new, old = st.first[m] + level, st.first[m] + r.x[m]
    for i in range(story.wholes.size):
        r.after[i] = r.now[i] + d.whole[w, new, i] - d.whole[w, old, i]
    cross(st, story.links, d.links, w, r.x, new, 1, r.after)
    cross(st, story.links, d.links, w, r.x, old, -1, r.after)
    for j in range(story.cost_first[m], story.cost_first[m + 1]):
        q = story.cost_clause[j]
        paid = is_violated(st, v, w, r.x, q)
        if is_violated(st, v, w, r.trial, q) != paid:
            for c in range(story.charge_first[q], story.charge_first[q + 1]):
                cost = d.charge[w, c]
                r.after[story.charge_whole[c]] += cost if paid else -cost
    for c in range(d.total.shape[2]):
        here = r.sums[c] + d.total[w, new, c] - d.total[w, old, c]
        today = d.total_today[w, c]
        r.excess[c] = here * here - today * today


@inner_kernel
def take(st: Structure, story: Story, d: Draws, w: int, r: Room, m: int, level: int) -> None:
    """Make the step that was looked at last part of all that is agreed."""
    new, old = st.first[m] + level, st.first[m] + r.x[m]
    for i in range(story.wholes.size):
        r.now[i] = r.after[i]
    for c in range(d.total.shape[2]):
        r.sums[c] += d.total[w, new, c] - d.total[w, old, c]
    r.clock[PACKAGE] += 1
    r.clock[MOMENT] += 1
    r.x[m] = level
    r.trial[m] = level


@inner_kernel
def settle(st: Structure, story: Story, d: Draws, w: int, r: Room, m: int, level: int) -> None:
    """Make the step that was carried part of all that is agreed; what the state adds is kept."""
    if r.clock[SUMMED] == r.clock[MOMENT]:
        for k in range(r.total.size):
            r.total[k] = r.shift[k]
        r.clock[SUMMED] += 1
    take(st, story, d, w, r, m, level)


@inner_kernel
def undo(
    st: Structure, v: Values, story: Story, d: Draws, w: int, r: Room, m: int, level: int
) -> None:
    """Take a measure back to a lower level."""
    r.trial[m] = level
    replace(st, v, story, d, w, r, m, level)
    take(st, story, d, w, r, m, level)


@inner_kernel
def rule_value(st: Structure, v: Values, w: int, x: I1, row: int) -> int:
    """Constant, entries, pair terms and costs of a row without owner."""
    value = v.constant[w, row]
    for e in range(st.row_start[row], st.row_start[row + 1]):
        value += v.coef[w, st.coef_start[e] + x[st.row_measure[e]]]
    for t in range(st.term_start[row], st.term_start[row + 1]):
        a, b = st.term_a[t], st.term_b[t]
        width = st.first[b + 1] - st.first[b]
        value += v.pair[w, st.pair_start[t] + x[a] * width + x[b]]
    return int(value - costs(st, v, w, x, row))


@inner_kernel
def look(
    st: Structure, v: Values, story: Story, w: int, r: Room, at: int, m: int, level: int
) -> None:
    """Note what structure says of the trial, whatever the state."""
    r.seen[at] = r.clock[PACKAGE]
    r.blocker[at] = 0
    r.under[at] = 0
    r.barred[at] = v.shut[w, st.first[m] + level] != 0
    for i in range(story.ask_first[m], story.ask_first[m + 1]):
        r.barred[at] |= is_violated(st, v, w, r.trial, story.ask_list[i])
    for i in range(story.rule_first[m], story.rule_first[m + 1]):
        row = story.rule_row[i]
        if v.row_on[w, row] and is_awake(st, row, r.trial):
            value = rule_value(st, v, w, r.trial, row)
            if story.rising[row]:
                r.under[at] = min(r.under[at], value)
            else:
                r.barred[at] |= value < 0


@inner_kernel
def structure_bars(d: Draws, w: int, r: Room, at: int) -> bool:
    """Whether a clause, a shut rung or a row without owner rules a step out; threat lifts some."""
    if r.barred[at] or r.under[at] == 0:
        return bool(r.barred[at])
    felt = max(r.state[FELT], r.state[FELT + 1])
    return bool(r.under[at] + d.par[w, CEILING_THREAT] * felt * MICRO < 0.0)


@inner_kernel
def discounted(worth: float, rate: float) -> float:
    """Gains count at the offset rate, losses in full."""
    return worth * rate if worth > 0.0 else worth


@inner_kernel
def add_level(
    st: Structure, story: Story, d: Draws, w: int, r: Room, m: int, level: int, sign: float, out: F8
) -> None:
    """Add what the state adds to one level's part of everybody's whole, or take it away."""
    if level == st.status_quo[m]:
        return
    slot = st.first[m] + level
    move_all(story, d, w, r, slot)
    for k in range(out.size):
        base = float(d.worth[w, slot, WORTH_TODAY, k])
        rate = d.offset[w, k]
        part = discounted(base + r.more[k], rate) - discounted(base, rate)
        out[k] += sign * part if d.counted[w, m, k] else 0.0


@inner_kernel
def sum_up(st: Structure, story: Story, d: Draws, w: int, r: Room) -> None:
    """Sum up what the state of the moment adds to everybody's whole on all that is agreed."""
    if r.clock[LISTED] != r.clock[PACKAGE]:
        r.clock[LISTED] = r.clock[PACKAGE]
        r.clock[COUNT] = 0
        for m in range(r.x.size):
            if r.x[m] != st.status_quo[m]:
                r.moved[r.clock[COUNT]] = m
                r.clock[COUNT] += 1
    r.clock[SUMMED] = r.clock[MOMENT]
    for k in range(r.total.size):
        r.total[k] = 0.0
    for j in range(r.clock[COUNT]):
        m = r.moved[j]
        add_level(st, story, d, w, r, m, r.x[m], 1.0, r.total)


@inner_kernel
def shift_wholes(
    st: Structure, story: Story, d: Draws, w: int, r: Room, m: int, level: int
) -> None:
    """Work out what the state of the moment adds to everybody's whole with a step on top."""
    if r.clock[SUMMED] != r.clock[MOMENT]:
        sum_up(st, story, d, w, r)
    for k in range(r.shift.size):
        r.shift[k] = r.total[k]
    add_level(st, story, d, w, r, m, r.x[m], -1.0, r.shift)
    add_level(st, story, d, w, r, m, level, 1.0, r.shift)


@inner_kernel
def whole_value(
    story: Story, d: Draws, w: int, r: Room, on: int, base: int, k: int, m: int, push: bool
) -> float:
    """Return what a whole amounts to in the state of the quarter, in millionths of a point."""
    return float(base + r.shift[k] - raised(story, d, w, r, on, k, m, push) * MICRO)


@inner_kernel
def floor_value(
    st: Structure,
    story: Story,
    d: Draws,
    w: int,
    r: Room,
    on: int,
    base: int,
    k: int,
    m: int,
    level: int,
    more: float,
    push: bool,
) -> float:
    """Return what a floor amounts to in the state of the quarter, in millionths of a point."""
    value = float(base)
    if d.needed[w, st.first[m] + level, k]:
        value += more
        value -= raised(story, d, w, r, on, k, m, push) * MICRO
    return value


@inner_kernel
def parties_accept(st: Structure, r: Room) -> bool:
    """Whether every acceptance clause has an owner who does not refuse."""
    for a in range(st.accept_start.size - 1):
        found = False
        for i in range(st.accept_start[a], st.accept_start[a + 1]):
            found = found or not r.refused[st.accept_owner[i]]
        if not found:
            return False
    return True


@inner_kernel
def blocker_of(st: Structure, story: Story, r: Room, at: int) -> int:
    """Return who refused an ask; -1 for nobody."""
    code = r.blocker[at]
    if code == 0:
        return -1
    return int(st.row_owner[story.floor_row[code - 1] if code > 0 else story.wholes[-code - 1]])


@inner_kernel
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
    k = blocker_of(st, story, r, at)
    if k < 0 or not story.alone[k]:
        return False
    if r.blocker[at] > 0:
        more = float(moved(story, d, w, r, k, st.first[m] + level))
        return floor_value(st, story, d, w, r, on, r.base[at], k, m, level, more, push) < 0.0
    shift_wholes(st, story, d, w, r, m, level)
    return whole_value(story, d, w, r, on, r.base[at], k, m, push) < 0.0


@inner_kernel
def floors_refuse(
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
) -> float:
    """Put the trial to all whose rows bind the measure; note who fails by most, and by how much."""
    least = 0.0
    slot = st.first[m] + level
    first = story.floor_first[slot]
    count = story.floor_first[slot + 1] - first
    for f in range(count):
        r.amount[f] = d.floor[w, first + f]
    cross(st, story.near, d.near, w, r.x, slot, 1, r.amount)
    move_all(story, d, w, r, slot)
    for f in range(count):
        row = story.floor_row[first + f]
        if not v.row_on[w, row]:
            continue
        k = st.row_owner[row]
        base = r.amount[f] - costs(st, v, w, r.trial, row)
        value = floor_value(st, story, d, w, r, on, base, k, m, level, r.more[k], push)
        if value < 0.0:
            r.refused[k] = True
            if value < least:
                r.blocker[at], r.base[at], least = first + f + 1, base, value
    return least


@inner_kernel
def wholes_refuse(
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
    least: float,
) -> None:
    """Put the trial to all who weigh the whole; note who fails by more than the least so far."""
    replace(st, v, story, d, w, r, m, level)
    shift_wholes(st, story, d, w, r, m, level)
    for i in range(story.wholes.size):
        row = story.wholes[i]
        if not v.row_on[w, row] or not is_awake(st, row, r.trial):
            continue
        k = st.row_owner[row]
        gain = np.int64(0)
        place = story.whole_square[i]
        for c in range(d.total.shape[2] if place >= 0 else 0):
            gain -= v.square[w, place, c] * r.excess[c]
        base = r.after[i] + gain // WHOLE
        value = whole_value(story, d, w, r, on, base, k, m, push)
        if value < 0.0:
            r.refused[k] = True
            if value < least:
                r.blocker[at], r.base[at], least = -i - 1, base, value


@inner_kernel
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
    """Whether parties refuse the trial, the wholes weighed only if no floor is enough."""
    r.blocker[at] = 0
    for k in range(r.refused.size):
        r.refused[k] = False
    least = floors_refuse(st, v, story, d, w, r, on, at, m, level, push)
    if least < 0.0 and not parties_accept(st, r):
        return True
    wholes_refuse(st, v, story, d, w, r, on, at, m, level, push, least)
    return not parties_accept(st, r)


@inner_kernel
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
) -> int:
    """Put one step on top of all that is agreed to everybody; return the answer.

    The refuser is who failed by most when the step was first refused on the same package; where
    that one still refuses nobody else is asked.
    """
    r.trial[m] = level
    known = r.seen[at] == r.clock[PACKAGE]
    if not known:
        look(st, v, story, w, r, at, m, level)
    answer = CARRIED
    if structure_bars(d, w, r, at):
        answer = RULED_OUT
    elif (known and still_refused(st, story, d, w, r, on, at, m, level, push)) or find_refusal(
        st, v, story, d, w, r, on, at, m, level, push
    ):
        answer = REFUSED
    r.trial[m] = r.x[m]
    return answer
