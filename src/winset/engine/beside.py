"""Which packages beside a package are accepted: one measure moved, whatever can change summed up.

A world is judged once at the package itself.  Then every clause and every row says at which slots
(measure moved to level) it fails in place of how it fares at the package, and a slot is accepted
where nothing fails that must not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .jit import kernel, outer_kernel
from .judge import Room, judge_world, judging_room
from .layout import B1, I1, I8, Structure, Values
from .plan import REQUIRED, UNASKED, Plan

ALWAYS, NEVER = -1, -2
"""A row is awake whatever one measure does; only a moved measure wakes it."""


class Beside(NamedTuple):
    """What judging the neighbours of a package writes into."""

    room: Room
    true: I8
    """[clause] measures at whose levels it holds; 2 where it is off."""
    sums: I8
    """[criterion] total of the package."""
    rise: I8
    """[criterion, slot] what a move adds to the square of the total."""
    delta: I8
    """[slot] what a move adds to the row at hand."""
    everywhere: I8
    """[judge] what fails at the package: of all that must hold (0), or of an owner (1 + owner)."""
    fails: I8
    """[judge, slot] how much more fails once the slot's measure has moved there."""


def room_beside(st: Structure, v: Values, plan: Plan) -> Beside:
    """Allocate what judging the neighbours of a package writes into."""
    criteria, slots, judges = v.total.shape[1], int(st.first[-1]), 1 + plan.owner_need.size
    return Beside(
        judging_room(st),
        np.zeros(st.clause_hard.size, np.int64),
        np.zeros(criteria, np.int64),
        np.zeros((criteria, slots), np.int64),
        np.zeros(slots, np.int64),
        np.zeros(judges, np.int64),
        np.zeros((judges, slots), np.int64),
    )


@kernel
def fail_shut(st: Structure, v: Values, w: int, x: I1, beside: Beside) -> None:
    """Count the rungs that one-rung limits close."""
    first, fails = st.first, beside.fails
    for m in range(x.size):
        own = np.int64(v.shut[w, first[m] + x[m]] != 0)
        beside.everywhere[0] += own
        for s in range(first[m], first[m + 1]):
            fails[0, s] += np.int64(v.shut[w, s] != 0) - own


@kernel
def fail_clauses(st: Structure, v: Values, plan: Plan, w: int, x: I1, beside: Beside) -> None:
    """Count the measures that make each clause true, and the hard clauses that fail."""
    first, true, fails = st.first, beside.true, beside.fails
    lit_start, lit_measure, lit_mask = plan.lit_start, plan.lit_measure, plan.lit_mask
    for q in range(true.size):
        true[q] = 0 if v.clause_on[w, q] else 2
        for i in range(lit_start[q], lit_start[q + 1]):
            true[q] += lit_mask[i] >> x[lit_measure[i]] & 1
        if not st.clause_hard[q] or true[q] > 1:
            continue
        failing = np.int64(true[q] == 0)
        beside.everywhere[0] += failing
        for i in range(lit_start[q], lit_start[q + 1]):
            m = lit_measure[i]
            others = true[q] - (lit_mask[i] >> x[m] & 1)
            for k in range(first[m + 1] - first[m]):
                lost = np.int64(others + (lit_mask[i] >> k & 1) == 0)
                fails[0, first[m] + k] += lost - failing


@kernel
def add_entries(st: Structure, v: Values, w: int, r: int, x: I1, delta: I8) -> None:
    """Add what a move changes in the entries of a row."""
    first, coef = st.first, v.coef
    for e in range(st.row_start[r], st.row_start[r + 1]):
        m, at = st.row_measure[e], st.coef_start[e]
        here = coef[w, at + x[m]]
        for k in range(first[m + 1] - first[m]):
            delta[first[m] + k] += coef[w, at + k] - here


@kernel
def add_terms(st: Structure, v: Values, w: int, r: int, x: I1, delta: I8) -> None:
    """Add what a move changes in the pair terms of a row."""
    first, pair = st.first, v.pair
    for t in range(st.term_start[r], st.term_start[r + 1]):
        a, b = st.term_a[t], st.term_b[t]
        width = first[b + 1] - first[b]
        line = st.pair_start[t] + x[a] * width
        here = pair[w, line + x[b]]
        for k in range(width):
            delta[first[b] + k] += pair[w, line + k] - here
        for k in range(first[a + 1] - first[a]):
            delta[first[a] + k] += pair[w, st.pair_start[t] + k * width + x[b]] - here


@kernel
def add_softs(
    st: Structure, v: Values, plan: Plan, w: int, r: int, x: I1, true: I8, delta: I8
) -> None:
    """Add what a move changes in what violated clauses cost a row."""
    first = st.first
    for s in range(st.soft_start[r], st.soft_start[r + 1]):
        q = st.soft_clause[s]
        if true[q] > 1:
            continue
        before = np.int64(true[q] == 0)
        for i in range(plan.lit_start[q], plan.lit_start[q + 1]):
            m, mask = plan.lit_measure[i], plan.lit_mask[i]
            others = true[q] - (mask >> x[m] & 1)
            for k in range(first[m + 1] - first[m]):
                after = np.int64(others + (mask >> k & 1) == 0)
                delta[first[m] + k] -= v.soft[w, s] * (after - before)


@kernel
def raise_squares(st: Structure, v: Values, w: int, x: I1, sums: I8, rise: I8) -> None:
    """Write what each move adds to the squares of the totals."""
    first, total = st.first, v.total
    for c in range(sums.size):
        sums[c] = 0
        for m in range(x.size):
            sums[c] += total[w, c, first[m] + x[m]]
        for m in range(x.size):
            here = total[w, c, first[m] + x[m]]
            for s in range(first[m], first[m + 1]):
                more = total[w, c, s] - here
                rise[c, s] = more * (2 * sums[c] + more)


@kernel
def lone_waker(st: Structure, r: int, x: I1) -> int:
    """Tell which measure alone keeps a row awake, or ALWAYS, or NEVER where none does."""
    wake_start, wake_measure = st.wake_start, st.wake_measure
    start, stop = wake_start[r], wake_start[r + 1]
    if start == stop:
        return ALWAYS
    lone = NEVER
    for i in range(start, stop):
        m = wake_measure[i]
        if x[m] != st.status_quo[m] and lone != m:
            if lone != NEVER:
                return ALWAYS
            lone = int(m)
    return lone


@kernel
def wakes(st: Structure, r: int, m: int) -> bool:
    """Whether a measure is in the wake set of a row."""
    wake_measure = st.wake_measure
    for i in range(st.wake_start[r], st.wake_start[r + 1]):
        if wake_measure[i] == m:
            return True
    return False


@kernel
def fail_row(
    st: Structure, v: Values, plan: Plan, w: int, r: int, x: I1, who: int, beside: Beside
) -> None:
    """Count where a row that is on fails."""
    first, delta, fails = st.first, beside.delta, beside.fails
    moved = plan.moved_measure[plan.moved_start[r] : plan.moved_start[r + 1]]
    for i in range(moved.size):
        for s in range(first[moved[i]], first[moved[i] + 1]):
            delta[s] = 0
    add_entries(st, v, w, r, x, delta)
    add_terms(st, v, w, r, x, delta)
    add_softs(st, v, plan, w, r, x, beside.true, delta)
    place = plan.square_of[r]
    for c in range(beside.sums.size if place >= 0 else 0):
        size = v.square[w, place, c]
        for s in range(delta.size):
            delta[s] -= size * beside.rise[c, s]
    value = beside.room.slack[r]
    failing = np.int64(beside.room.binding[r] and value < 0)
    beside.everywhere[who] += failing
    lone = lone_waker(st, r, x)
    for i in range(moved.size):
        m = moved[i]
        awake = lone == ALWAYS or lone not in (NEVER, m)
        sleepy = not awake and wakes(st, r, m)
        quo = first[m] + st.status_quo[m]
        for s in range(first[m], first[m + 1]):
            binding = awake or (sleepy and s != quo)
            fails[who, s] += np.int64(binding and value + delta[s] < 0) - failing


@kernel
def choices_hold(plan: Plan, s: int, everywhere: I8, fails: I8) -> bool:
    """Whether every choice among owners has one of whom nothing fails at a slot."""
    choice_start, choice_owner = plan.choice_start, plan.choice_owner
    for i in range(choice_start.size - 1):
        met = False
        for k in range(choice_start[i], choice_start[i + 1]):
            who = 1 + choice_owner[k]
            met = met or everywhere[who] + fails[who, s] == 0
        if not met:
            return False
    return True


@outer_kernel
def neighbours_block(
    st: Structure,
    v: Values,
    plan: Plan,
    start: int,
    stop: int,
    x: I1,
    beside: Beside,
    answer: B1,
) -> None:
    """Judge a package moved in one measure at a time, for the worlds from start to stop."""
    room, first, everywhere, fails = beside.room, st.first, beside.everywhere, beside.fails
    away = np.int64(0)
    for m in range(x.size):
        away += x[m] != st.status_quo[m]
    for w in range(start, stop):
        everywhere[:] = 0
        fails[:] = 0
        judge_world(st, v, w, x, False, room.slack, room.binding, room.violated)
        fail_shut(st, v, w, x, beside)
        fail_clauses(st, v, plan, w, x, beside)
        raise_squares(st, v, w, x, beside.sums, beside.rise)
        for r in range(room.slack.size):
            owner = st.row_owner[r]
            need = REQUIRED if owner < 0 else plan.owner_need[owner]
            if v.row_on[w, r] and need != UNASKED:
                fail_row(st, v, plan, w, r, x, 0 if need == REQUIRED else 1 + owner, beside)
        for m in range(x.size):
            quo = first[m] + st.status_quo[m]
            others = away - (x[m] != st.status_quo[m])
            for s in range(first[m], first[m + 1]):
                held = everywhere[0] + fails[0, s] == 0 and not plan.hopeless
                held = held and choices_hold(plan, s, everywhere, fails)
                answer[w, s] = held or (others == 0 and s == quo)
