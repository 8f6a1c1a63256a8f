"""Stay or leave: what new governments keep of a package, and what falls with what they drop.

A new executive leaves a step when keeping it is worth less than its threshold by more than it costs
to leave::

    I(keep) + exit_cost (1 + g) - asked n < threshold

``I`` is the value of the step against the status quo with the rest of the package as it then is,
linkages included.  ``g = 1 - product over guarantees in force (1 - share)`` is what protects the
step, and ``asked n`` what a partner asks more after ``n`` steps were left by the other side.  An
executive that has not changed stands by what it agreed to as long as the step clears the floor it
was agreed under (threshold less width), the cost of leaving added.  The step furthest below its
limit goes first, to the highest lower rung that is kept; then whatever needed it follows; then
everyone looks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import take
from winset.case.model import Case, Constituency
from winset.engine import Judgement, judge
from winset.engine.layout import Problem
from winset.problem import Compiled, Names
from winset.problem.frame import Frame
from winset.worlds import Worlds

MICRO = 1_000_000
FOLLOWS = -2
"""Cause of a fall: another step, or a limit of structure, no longer carries it."""
STANDS = -1
"""Cause of no fall."""

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Seat:
    """An executive's say over one measure: the rows of its floor there."""

    who: str
    party: str
    measure: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Leaving:
    """Who may leave what in a block of worlds under one combination of governments.

    Attributes
    ----------
    limit
        [world, seat] points the floor's slack must reach for the step to be kept, before
        guarantees and reversals.
    exit_cost
        [world]
    shares
        [world] what each guarantee adds, by its id; absent: not in force whatever the package.
    asked
        [world] points asked for each reversal, by (party that left, executive that asks).
    """

    case: Case
    problem: Problem
    names: Names
    seats: tuple[Seat, ...]
    limit: Floats
    exit_cost: Floats
    shares: Mapping[str, Floats]
    always: frozenset[str]
    """Guarantees in force whatever the package holds."""
    asked: Mapping[tuple[str, str], Floats]
    structure_rows: tuple[tuple[int, int], ...]
    """Rows of structure about one measure, with the measure."""


@dataclass(frozen=True)
class Fallen:
    """What became of a package in each world.

    Attributes
    ----------
    levels
        [world, measure] where it came to rest.
    place
        [world, measure] 1 for the step that fell first; 0: it stands where it stood.
    cause
        [world, measure] place of the executive (in the case) that left it, ``FOLLOWS`` or ``STANDS``.
    left
        [world, party] steps each party left.
    """

    levels: Levels
    place: NDArray[np.int16]
    cause: NDArray[np.int16]
    left: NDArray[np.int16]


def leaving(
    compiled: Compiled,
    worlds: Worlds,
    changed: frozenset[str],
    *,
    guarantees: frozenset[str] | None = None,
) -> Leaving:
    """Set out who may leave what.

    Parameters
    ----------
    compiled
        Block of worlds drawn under the new governments.
    worlds
        The worlds it was compiled from.
    changed
        Parties with another government than when the package was agreed.
    guarantees
        Guarantees taken to be in force, and no others; by default those the case's levers and
        the package itself put in force.
    """
    frame = Frame(worlds, compiled.start, compiled.stop)
    case = frame.case
    seats = _seats(compiled, case)
    limit = np.zeros((frame.count, len(seats)))
    for place, seat in enumerate(seats):
        if seat.party in changed:
            limit[:, place] = frame.parameter("width_executive")
    known = case.mechanisms.guarantees
    always = frozenset(
        one.id for one in known if one.lever and _stands(frame, one.lever, one.option)
    )
    named = {one.id for one in known} if guarantees is None else guarantees
    return Leaving(
        case=case,
        problem=compiled.problem,
        names=compiled.names,
        seats=seats,
        limit=limit,
        exit_cost=frame.parameter("exit_cost"),
        shares={
            one.id: np.clip(frame.parameter(one.share), 0.0, 1.0)
            for one in known
            if one.id in named
        },
        always=always if guarantees is None else guarantees,
        asked={
            (one.by, one.raises): frame.parameter(one.cost) for one in case.mechanisms.reversals
        },
        structure_rows=tuple(
            (row, compiled.names.measures.index(name.measure))
            for row, name in enumerate(compiled.names.rows)
            if name.kind in ("ceiling", "scope", "prerequisite") and name.measure
        ),
    )


def _seats(compiled: Compiled, case: Case) -> tuple[Seat, ...]:
    rows: dict[tuple[str, str], list[int]] = {}
    for index, name in enumerate(compiled.names.rows):
        if name.kind == "floor" and case.constituency[name.constituency].kind == "executive":
            rows.setdefault((name.constituency, name.measure), []).append(index)
    place = {measure: index for index, measure in enumerate(compiled.names.measures)}
    return tuple(
        Seat(who, case.constituency[who].party, place[measure], tuple(mine))
        for (who, measure), mine in rows.items()
    )


def _stands(frame: Frame, lever: str, option: str) -> bool:
    """Tell whether a lever stands at an option or a later one (it is the same in all worlds)."""
    choice = frame.case.choices[f"levers/{lever}"]
    names = [item.id for item in choice.options]
    return bool(np.all(frame.worlds.options[choice.address] >= names.index(option)))


def part(rules: Leaving, worlds: Places) -> Leaving:
    """Return the rules of some worlds."""
    return replace(
        rules,
        problem=take(rules.problem, worlds),
        limit=rules.limit[worlds],
        exit_cost=rules.exit_cost[worlds],
        shares={name: share[worlds] for name, share in rules.shares.items()},
        asked={key: cost[worlds] for key, cost in rules.asked.items()},
    )


def margins(rules: Leaving, levels: Levels, left: NDArray[np.int16], judged: Judgement) -> Floats:
    """Points by which each step is kept, [world, seat]; infinite where nothing is held."""
    kept = np.full((levels.shape[0], len(rules.seats)), np.inf)
    today = rules.problem.structure.status_quo
    protected = _protection(rules, levels)
    for place, seat in enumerate(rules.seats):
        on = judged.binding[:, seat.rows]
        slack = np.where(on, judged.row_slack[:, seat.rows] / MICRO, np.inf).min(axis=1)
        cost = rules.exit_cost * (1.0 + protected[:, seat.measure])
        asked = _asked(rules, seat, left)
        held = levels[:, seat.measure] > today[seat.measure]
        kept[:, place] = np.where(held, slack - rules.limit[:, place] + cost - asked, np.inf)
    return kept


def _protection(rules: Leaving, levels: Levels) -> Floats:
    """``1 - product (1 - share)`` over the guarantees in force, [world, measure]."""
    open_share = np.ones(levels.shape)
    for one in rules.case.mechanisms.guarantees:
        if one.id not in rules.shares:
            continue
        force = np.full(levels.shape[0], one.id in rules.always)
        if one.rung:
            rung = rules.case.rung[one.rung]
            force |= levels[:, rules.names.measures.index(rung.measure)] >= rung.level
        covered = [name in one.covers for name in rules.names.measures]
        open_share[:, covered] *= (1.0 - rules.shares[one.id] * force)[:, None]
    return np.asarray(1.0 - open_share)


def _asked(rules: Leaving, seat: Seat, left: NDArray[np.int16]) -> Floats:
    asked = np.zeros(left.shape[0])
    members = rules.case.measure[rules.names.measures[seat.measure]].participants
    for place, party in enumerate(rules.case.parties):
        cost = rules.asked.get((party.id, seat.who))
        if cost is not None and party.id in members and seat.party in members:
            asked += cost * left[:, place]
    return asked


def settle_down(rules: Leaving, levels: Levels, left: NDArray[np.int16] | None = None) -> Fallen:
    """Let everyone stay or leave until nothing moves.

    Parameters
    ----------
    rules
        Who may leave what.
    levels
        [world, measure] the package in place.
    left
        [world, party] steps already left before; none by default.
    """
    count, parties = levels.shape[0], len(rules.case.parties)
    found = Fallen(
        levels=levels.copy(),
        place=np.zeros(levels.shape, dtype=np.int16),
        cause=np.full(levels.shape, STANDS, dtype=np.int16),
        left=np.zeros((count, parties), dtype=np.int16) if left is None else left.copy(),
    )
    active = np.arange(count)
    for order in range(1, int(levels.astype(np.int64).sum(axis=1).max(initial=0)) + 1):
        active = _round(rules, found, active, order)
        if active.size == 0:
            break
    return found


def _round(rules: Leaving, found: Fallen, active: Places, order: int) -> Places:
    """Let one step go in each world in which one must; return those worlds."""
    mine = part(rules, active)
    judged = judge(mine.problem, found.levels[active])
    kept = margins(mine, found.levels[active], found.left[active], judged)
    if kept.shape[1] == 0:
        return active[:0]
    worst = kept.argmin(axis=1)
    goes = kept[np.arange(active.size), worst] < 0.0
    active, worst = active[goes], worst[goes]
    if active.size == 0:
        return active
    seats = rules.seats
    measure = np.array([seats[one].measure for one in worst], dtype=np.intp)
    owner = np.array([_owner(rules.case, seats[one].who) for one in worst], dtype=np.int16)
    party = np.array([_party(rules.case, seats[one].party) for one in worst], dtype=np.intp)
    _step_down(rules, found, active, worst)
    _note(found, active, measure, order, owner)
    found.left[active, party] += 1
    _follow(rules, found, active, order)
    return active


def _owner(case: Case, who: str) -> int:
    return next(index for index, one in enumerate(case.constituencies) if one.id == who)


def _party(case: Case, party: str) -> int:
    return next(index for index, one in enumerate(case.parties) if one.id == party)


def _step_down(rules: Leaving, found: Fallen, worlds: Places, seat: Places) -> None:
    """Lower a step to the highest lower rung that its executive keeps, or to today's."""
    today = rules.problem.structure.status_quo
    measure = np.array([rules.seats[one].measure for one in seat], dtype=np.intp)
    while worlds.size:
        found.levels[worlds, measure] -= 1
        mine = part(rules, worlds)
        levels = found.levels[worlds]
        kept = margins(mine, levels, found.left[worlds], judge(mine.problem, levels))
        falling = kept[np.arange(worlds.size), seat] < 0.0
        falling &= levels[np.arange(worlds.size), measure] > today[measure]
        worlds, seat, measure = worlds[falling], seat[falling], measure[falling]


def _note(
    found: Fallen, worlds: Places, measure: Places, order: int, cause: NDArray[np.int16]
) -> None:
    fresh = found.place[worlds, measure] == 0
    found.place[worlds[fresh], measure[fresh]] = order
    found.cause[worlds[fresh], measure[fresh]] = cause[fresh]


def _follow(rules: Leaving, found: Fallen, worlds: Places, order: int) -> None:
    """Lower whatever hard clauses or limits of structure no longer carry, until they hold."""
    while worlds.size:
        mine = part(rules, worlds)
        levels = found.levels[worlds]
        lowered = _unsupported(rules, judge(mine.problem, levels), levels)
        broken = lowered >= 0
        worlds, measure = worlds[broken], lowered[broken]
        if worlds.size == 0:
            return
        found.levels[worlds, measure] -= 1
        _note(found, worlds, measure, order, np.full(worlds.size, FOLLOWS, dtype=np.int16))


def _unsupported(rules: Leaving, judged: Judgement, levels: Levels) -> Places:
    """Return the measure to lower in each world: the first that nothing carries; -1 for none."""
    structure = rules.problem.structure
    found = np.full(levels.shape[0], -1, dtype=np.intp)
    for clause in np.flatnonzero(structure.clause_hard):
        start, stop = structure.clause_start[clause], structure.clause_start[clause + 1]
        for literal in range(start, stop):
            if structure.lit_at_least[literal]:
                continue
            measure = int(structure.lit_measure[literal])
            lower = levels[:, measure] > structure.status_quo[measure]
            found = np.where((found < 0) & judged.violated[:, clause] & lower, measure, found)
    for row, measure in rules.structure_rows:
        fails = judged.binding[:, row] & (judged.row_slack[:, row] < 0)
        lower = levels[:, measure] > structure.status_quo[measure]
        found = np.where((found < 0) & fails & lower, measure, found)
    return found


def withdraw(rules: Leaving, levels: Levels, who: Constituency) -> Fallen:
    """Let every step fall for which a constituency's consent is needed, with what needs them."""
    found = Fallen(
        levels=levels.copy(),
        place=np.zeros(levels.shape, dtype=np.int16),
        cause=np.full(levels.shape, STANDS, dtype=np.int16),
        left=np.zeros((levels.shape[0], len(rules.case.parties)), dtype=np.int16),
    )
    owner = _owner(rules.case, who.id)
    for place, name in enumerate(rules.names.measures):
        measure = rules.case.measure[name]
        if who.party not in measure.participants:
            continue
        free = np.arange(len(measure.rungs) + 1)
        for rung in measure.rungs:
            if rung.id in who.asked_for and rung.level > measure.status_quo:
                free[rung.level] = free[rung.level - 1]
        lower = free[found.levels[:, place]]
        falls = np.flatnonzero(lower < found.levels[:, place])
        found.levels[falls, place] = lower[falls]
        _note(found, falls, np.full(falls.size, place), 1, np.full(falls.size, owner, np.int16))
    _follow(rules, found, np.arange(levels.shape[0]), 2)
    return found
