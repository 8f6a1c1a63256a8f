"""How good a package of a state can be at most: rows priced into the objective.

Every row that binds and every clause gets a price, squares are replaced by tangents and each
pair table is shared out between its two measures, so that what is left separates by measure:
its maximum is an upper bound whatever the prices.  Prices move by the subgradient, the shares
of the pairs by one sweep of coordinate descent.  Floats, used only to prune and with a margin.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .core import (
    CLAUSES,
    F8,
    FREE,
    NARROW,
    PAIRS,
    SLOTS,
    WIDE_ROWS,
    Core,
    Frame,
    Logic,
    Narrow,
    Wide,
)
from .jit import kernel
from .layout import B1, I8
from .logic import BINDS, row_mode
from .plan import LANES

BOUND, MARGIN, RANGE, RIPE = 0, 1, 2, 3
"""Places in ``Dual.bound``."""
APPROACH = 0.4
"""How far the tangents' centres move towards the picked totals in one step."""
DEAREST = 100.0
"""Largest price of a row, in units of all depth there is per unit of the row's size."""
ROUNDING = 1e-13
"""Margin as a share of all absolute amounts that entered the bound."""


class Dual(NamedTuple):
    """Prices and what they make of the objective."""

    score: F8
    """[slot] objective"""
    theta: F8
    """[slot] objective with everything priced in"""
    price: F8
    """[row] wide rows, then narrow rows"""
    acting: F8
    """[row] the price, or 0 where the row does not bind"""
    binds: B1
    """[row] whether it binds in the present state"""
    size: F8
    """[row] typical amount; prices move in units of it"""
    clause: F8
    """[clause] price"""
    joint: F8
    """[cell] pair tables with all rows priced in"""
    busy: B1
    """[pair] whether a row with a price reads it"""
    to_a: F8
    to_b: F8
    """[pair_at + level] what a pair gives to each of its measures"""
    centre: F8
    """[criterion]"""
    pick: I8
    """[free] slot with the largest theta"""
    slack: F8
    """[row] value at the picked slots"""
    total: F8
    """[criterion] at the picked slots"""
    best: F8
    """[free] largest theta"""
    bound: F8
    """Bound, margin, all depth there is, whether prices have been looked for."""
    most_b: F8
    """[level]"""
    kept_price: F8
    kept_clause: F8
    """Prices of the best bound of a node."""


def new_dual(core: Core) -> Dual:
    """Allocate room for the largest world."""
    slots, cells = core.frame.level.size, core.fold.cell.size
    rows = core.wide.owner.size + core.narrow.owner.size
    criteria = core.wide.fixed.size
    return Dual(
        np.zeros(slots),
        np.zeros(slots),
        np.zeros(rows),
        np.zeros(rows),
        np.zeros(rows, np.bool_),
        np.zeros(rows),
        np.zeros(core.logic.clause_start.size),
        np.zeros(cells),
        np.zeros(core.frame.pair_a.size, np.bool_),
        np.zeros(cells),
        np.zeros(cells),
        np.zeros(criteria),
        np.zeros(core.frame.free.size, np.int64),
        np.zeros(rows),
        np.zeros(criteria),
        np.zeros(core.frame.free.size),
        np.zeros(4),
        np.zeros(64),
        np.zeros(rows),
        np.zeros(core.logic.clause_start.size),
    )


@kernel
def reset_dual(frame: Frame, wide: Wide, narrow: Narrow, dual: Dual) -> None:
    """Start without prices; measure the rows."""
    dual_size, centre = dual.size, dual.centre
    count, first = frame.count, frame.first
    unary = wide.unary
    dual.bound[RIPE] = 0.0
    dual.price[:] = 0.0
    dual.clause[:] = 0.0
    dual.to_a[:] = 0.0
    dual.to_b[:] = 0.0
    dual_size[:] = 1.0
    for g in range(wide.const.shape[0]):
        for j in range(LANES):
            size = 1.0
            for f in range(count[FREE]):
                low, high = np.inf, -np.inf
                for s in range(first[f], first[f + 1]):
                    low = min(low, unary[g, s, j])
                    high = max(high, unary[g, s, j])
                size += high - low
            dual_size[g * LANES + j] = size
    for n in range(count[NARROW]):
        size = 1.0
        for i in range(narrow.part_start[n], narrow.part_start[n + 1]):
            f, at = narrow.part_free[i], narrow.part_at[i]
            for k in range(first[f + 1] - first[f]):
                size = max(size, abs(narrow.unary[at + k]))
        dual_size[count[WIDE_ROWS] + n] = size
    for c in range(centre.size):
        centre[c] = wide.fixed[c]
        for f in range(count[FREE]):
            most = 0.0
            for s in range(first[f], first[f + 1]):
                most = max(most, wide.total[c, s])
            centre[c] += most / 2.0


@kernel
def set_binding(count: I8, wide: Wide, narrow: Narrow, state: I8, dual: Dual) -> None:
    """Mark the rows that bind; only they have a price."""
    binds = dual.binds
    for j in range(count[WIDE_ROWS]):
        binds[j] = row_mode(wide.owner[j], wide.wake[j], count, state) == BINDS
    for n in range(count[NARROW]):
        mode = row_mode(narrow.owner[n], narrow.wake[n], count, state)
        binds[count[WIDE_ROWS] + n] = mode == BINDS
    for j in range(count[WIDE_ROWS] + count[NARROW]):
        dual.acting[j] = dual.price[j] if binds[j] else 0.0


@kernel
def price_wide(frame: Frame, wide: Wide, g: int, dual: Dual) -> float:
    """Add a group of wide rows to theta and the joint tables; returns their constant."""
    count = frame.count
    dual_busy, theta, centre = dual.busy, dual.theta, dual.centre
    price = dual.acting[g * LANES : (g + 1) * LANES]
    const = 0.0
    busy = False
    for j in range(LANES):
        const += price[j] * wide.const[g, j]
        busy = busy or price[j] > 0.0
    if not busy:
        return 0.0
    for p in range(count[PAIRS]):
        dual_busy[p] = dual_busy[p] or wide.linked[p]
    p0, p1, p2, p3 = price[0], price[1], price[2], price[3]
    p4, p5, p6, p7 = price[4], price[5], price[6], price[7]
    for s in range(count[SLOTS]):
        u = wide.unary[g, s]
        left = (p0 * u[0] + p1 * u[1]) + (p2 * u[2] + p3 * u[3])
        theta[s] += left + ((p4 * u[4] + p5 * u[5]) + (p6 * u[6] + p7 * u[7]))
    for c in range(frame.pair_at[count[PAIRS]]):
        u = wide.cell[g, c]
        left = (p0 * u[0] + p1 * u[1]) + (p2 * u[2] + p3 * u[3])
        dual.joint[c] += left + ((p4 * u[4] + p5 * u[5]) + (p6 * u[6] + p7 * u[7]))
    for c in range(centre.size):
        weight = 0.0
        for j in range(LANES):
            weight += price[j] * wide.square[g, c, j]
        if weight != 0.0:
            at = centre[c]
            const += weight * (at * at - 2.0 * at * wide.fixed[c])
            for s in range(count[SLOTS]):
                theta[s] -= 2.0 * weight * at * wide.total[c, s]
    return const


@kernel
def price_narrow(frame: Frame, narrow: Narrow, dual: Dual) -> float:
    """Add the narrow rows to theta and the joint tables; returns their constant."""
    count, pair_at, first = frame.count, frame.pair_at, frame.first
    part_start, link_start, link_pair = narrow.part_start, narrow.link_start, narrow.link_pair
    const = 0.0
    for n in range(count[NARROW]):
        price = dual.acting[count[WIDE_ROWS] + n]
        if price == 0.0:
            continue
        const += price * narrow.const[n]
        for i in range(part_start[n], part_start[n + 1]):
            f, at = narrow.part_free[i], narrow.part_at[i]
            for k in range(first[f + 1] - first[f]):
                dual.theta[first[f] + k] += price * narrow.unary[at + k]
        for i in range(link_start[n], link_start[n + 1]):
            dual.busy[link_pair[i]] = True
            into, at = pair_at[link_pair[i]], narrow.link_at[i]
            for k in range(pair_at[link_pair[i] + 1] - into):
                dual.joint[into + k] += price * narrow.cell[at + k]
    return const


@kernel
def price_clauses(frame: Frame, logic: Logic, dual: Dual) -> float:
    """Add the clauses: at least one literal; returns their constant."""
    clause_start = logic.clause_start
    first = frame.first
    const = 0.0
    for q in range(frame.count[CLAUSES]):
        price = dual.clause[q]
        if price == 0.0:
            continue
        const -= price
        for i in range(clause_start[q], clause_start[q + 1]):
            f = logic.clause_free[i]
            for s in range(first[f], first[f + 1]):
                if logic.clause_mask[i] >> (s - first[f]) & 1:
                    dual.theta[s] += price
    return const


@kernel
def share_pairs(frame: Frame, state: I8, dual: Dual) -> None:
    """One sweep: each pair in turn gives half of what it can to either side."""
    first = frame.first
    to_b, to_a = dual.to_b, dual.to_a
    theta, joint, most_b = dual.theta, dual.joint, dual.most_b
    for p in range(frame.count[PAIRS]):
        if not dual.busy[p]:
            continue
        a, b, at = frame.pair_a[p], frame.pair_b[p], frame.pair_at[p]
        sa, sb = first[a], first[b]
        na, nb = first[a + 1] - sa, first[b + 1] - sb
        here_a, here_b = state[a], state[b]
        for k in range(nb):
            theta[sb + k] -= to_b[at + k]
            most_b[k] = -np.inf
        for i in range(na):
            if here_a >> i & 1:
                theta[sa + i] -= to_a[at + i]
                rest = theta[sa + i]
                most = -np.inf
                for k in range(nb):
                    if here_b >> k & 1:
                        x = joint[at + i * nb + k]
                        most = max(most, x + theta[sb + k])
                        most_b[k] = max(most_b[k], x + rest)
                give = 0.5 * (most - rest)
                to_a[at + i] = give
                theta[sa + i] = rest + give
        for k in range(nb):
            if here_b >> k & 1:
                give = 0.5 * (most_b[k] - theta[sb + k])
                to_b[at + k] = give
                theta[sb + k] += give


@kernel
def evaluate(
    frame: Frame, wide: Wide, narrow: Narrow, logic: Logic, state: I8, dual: Dual
) -> float:
    """Bound at the present prices; leaves theta, the picks and the largest theta."""
    count, pair_at, first = frame.count, frame.pair_at, frame.first
    bound, theta, busy, to_a = dual.bound, dual.theta, dual.busy, dual.to_a
    to_b = dual.to_b
    slots, cells = count[SLOTS], pair_at[count[PAIRS]]
    set_binding(count, wide, narrow, state, dual)
    for s in range(slots):
        theta[s] = dual.score[s]
    for c in range(cells):
        dual.joint[c] = 0.0
    for p in range(count[PAIRS]):
        busy[p] = False
    const = price_narrow(frame, narrow, dual) + price_clauses(frame, logic, dual)
    for g in range(wide.const.shape[0]):
        const += price_wide(frame, wide, g, dual)
    size = abs(const)
    for p in range(count[PAIRS]):
        a, b, at = frame.pair_a[p], frame.pair_b[p], pair_at[p]
        if not busy[p]:
            to_a[at : at + first[a + 1] - first[a]] = 0.0
            to_b[at : at + first[b + 1] - first[b]] = 0.0
            continue
        for i in range(first[a + 1] - first[a]):
            theta[first[a] + i] += to_a[at + i]
            size += abs(to_a[at + i])
        for k in range(first[b + 1] - first[b]):
            theta[first[b] + k] += to_b[at + k]
            size += abs(to_b[at + k])
    share_pairs(frame, state, dual)
    total = const
    for f in range(count[FREE]):
        top = -np.inf
        for s in range(first[f], first[f + 1]):
            if state[f] >> (s - first[f]) & 1 and theta[s] > top:
                top = theta[s]
                dual.pick[f] = s
        dual.best[f] = top
        total += top
        size += abs(top)
    for j in range(count[WIDE_ROWS] + count[NARROW]):
        size += dual.acting[j] * dual.size[j]
    bound[0] = total
    bound[1] = ROUNDING * size
    return total


@kernel
def value_at_picks(frame: Frame, wide: Wide, narrow: Narrow, dual: Dual) -> None:
    """Value of every row at the picked slots (softs of more than two measures left out)."""
    count = frame.count
    total = dual.total
    const = wide.const
    part_start, link_start = narrow.part_start, narrow.link_start
    pick, slack = dual.pick, dual.slack
    free = count[FREE]
    for c in range(total.size):
        total[c] = wide.fixed[c]
        for f in range(free):
            total[c] += wide.total[c, pick[f]]
    for g in range(const.shape[0]):
        at = g * LANES
        for j in range(LANES):
            slack[at + j] = const[g, j]
        for f in range(free):
            for j in range(LANES):
                slack[at + j] += wide.unary[g, pick[f], j]
        for p in range(count[PAIRS]):
            if wide.linked[p]:
                cell = cell_at_picks(frame, p, pick)
                for j in range(LANES):
                    slack[at + j] += wide.cell[g, cell, j]
        for c in range(total.size):
            for j in range(LANES):
                slack[at + j] -= wide.square[g, c, j] * total[c] * total[c]
    for n in range(count[NARROW]):
        value = narrow.const[n]
        for i in range(part_start[n], part_start[n + 1]):
            f = narrow.part_free[i]
            value += narrow.unary[narrow.part_at[i] + pick[f] - frame.first[f]]
        for i in range(link_start[n], link_start[n + 1]):
            p = narrow.link_pair[i]
            cell = cell_at_picks(frame, p, pick) - frame.pair_at[p]
            value += narrow.cell[narrow.link_at[i] + cell]
        slack[count[WIDE_ROWS] + n] = value


@kernel
def cell_at_picks(frame: Frame, p: int, pick: I8) -> int:
    """Cell of a pair at the picked slots."""
    first = frame.first
    a, b = frame.pair_a[p], frame.pair_b[p]
    width = first[b + 1] - first[b]
    return frame.pair_at[p] + (pick[a] - first[a]) * width + pick[b] - first[b]


@kernel
def literals_at_picks(frame: Frame, logic: Logic, q: int, pick: I8) -> int:
    """Return the true literals of a clause at the picked slots."""
    clause_start = logic.clause_start
    true = 0
    for i in range(clause_start[q], clause_start[q + 1]):
        f = logic.clause_free[i]
        true += logic.clause_mask[i] >> (pick[f] - frame.first[f]) & 1
    return true


@kernel
def move_prices(frame: Frame, logic: Logic, dual: Dual, target: float, pace: float) -> None:
    """One step of the subgradient, as long as the distance to the target says (Polyak)."""
    count = frame.count
    slack, centre, size, pick = dual.slack, dual.centre, dual.size, dual.pick
    bound, price, clause = dual.bound, dual.price, dual.clause
    rows = count[WIDE_ROWS] + count[NARROW]
    norm = 0.0
    for j in range(rows):
        slope = slack[j] / size[j] if dual.binds[j] else 0.0
        if price[j] <= 0.0:
            slope = min(slope, 0.0)
        slack[j] = slope
        norm += slope * slope
    for q in range(count[CLAUSES]):
        slope = literals_at_picks(frame, logic, q, pick) - 1.0
        if clause[q] <= 0.0:
            slope = min(slope, 0.0)
        norm += slope * slope
    most = DEAREST * (1.0 + bound[RANGE])
    if norm > 0.0:
        step = pace * max(bound[0] - target, 1.0) / norm
        for j in range(rows):
            moved = price[j] - step * slack[j] / size[j]
            price[j] = min(max(0.0, moved), most / size[j])
        for q in range(count[CLAUSES]):
            slope = literals_at_picks(frame, logic, q, pick) - 1.0
            clause[q] = min(max(0.0, clause[q] - step * slope), most)
    for c in range(centre.size):
        centre[c] += APPROACH * (dual.total[c] - centre[c])


@kernel
def keep_prices(dual: Dual) -> None:
    """Remember the present prices."""
    price, clause = dual.price, dual.clause
    for j in range(price.size):
        dual.kept_price[j] = price[j]
    for q in range(clause.size):
        dual.kept_clause[q] = clause[q]


@kernel
def restore_prices(dual: Dual) -> None:
    """Go back to the prices remembered last."""
    price, clause = dual.price, dual.clause
    for j in range(price.size):
        price[j] = dual.kept_price[j]
    for q in range(clause.size):
        clause[q] = dual.kept_clause[q]
