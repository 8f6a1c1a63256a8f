"""What a rung is worth in the state of a quarter, who backs it, who refuses it: in plain Python.

Written from "Consent to a step" and "Backing" of docs/explanation/time.md.  A row of the snapshot
is valued whole at the package with the step on top; then what the state adds is added.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.engine.plain_given import Atom, clip, logistic
from winset.engine.simulate.parts import CARRIED, REFUSED, RULED_OUT

if TYPE_CHECKING:
    from tests.engine.plain_time import World

POINT = 1_000_000


def mood(world: World, side: int) -> float:
    """Salience and grievance above the start."""
    par = world.given.par
    start = par["mood_start"] + par["grievance_start"]
    return world.salience[side] + world.grievance[side] - start


def doubts(world: World) -> list[float]:
    """How far assurance in each party of the pair lies below the doubt line, as a share of it."""
    line = world.given.par["doubt_line"]
    return [(line - held) / line for held in world.assurance]


def added(world: World, k: int, m: int, level: int) -> int:
    """What the state adds to the worth of a rung to somebody, to the nearest millionth of a point."""
    given, par = world.given, world.given.par
    side, part = given.side[k], given.parts(k, m, level)
    if side is None:
        return 0
    more = part.type if world.other_type[side] else 0.0
    if side < 2:
        if world.on("threat"):
            more += par["threat_gain"] * world.threat[side] * part.threat
        if world.on("mood"):
            heat = clip(1.0 + par["heat_growth"] * mood(world, side), 0.5, 2.0)
            more += (heat - 1.0) * part.heat
        if world.on("assurance"):
            doubt = clip(1.0 + doubts(world)[side] / 2.0, 0.5, 1.5)
            more += (doubt - 1.0) * part.doubt
    return math.floor(more + 0.5)


def worth(world: World, k: int, m: int, level: int) -> float:
    """Worth of a rung to somebody in the state of the quarter, in points."""
    return (world.given.worth(k, m, level) + added(world, k, m, level)) / POINT


def raised(world: World, k: int, m: int, *, pressed: bool = False) -> float:
    """What the state adds to somebody's threshold for a step on a measure, in points."""
    given, par = world.given, world.given.par
    side = given.side[k]
    if side is None:
        return 0.0
    more = given.number("type_theta", k) if world.other_type[side] else 0.0
    if not given.story.executive[k]:
        return more
    if world.on("window"):
        base = 1.0 if side == given.story.fresh else 0.0
        more += par["window_gain"] * (base - world.window[side])
    if side < 2 and given.has("contact", m):
        if world.on("government"):
            more += par["reversal_pen"] * world.reversals[1 - side]
        if world.on("abandonment"):
            more -= par["abandonment"] * max(0.0, min(doubts(world)))
    if pressed and world.on("push") and side == given.story.pressed:
        more -= par["push_relief"]
    return more


def floor(world: World, k: int, m: int) -> float:
    """The worth below which somebody refuses a step by itself, in points."""
    given = world.given
    return given.number("theta", k) - given.number("width", k) + raised(world, k, m)


def backing(world: World, side: int, m: int, level: int) -> float:
    """Share of one public of the pair that backs a rung."""
    given, par = world.given, world.given.par
    value = worth(world, given.publics[side], m, level)
    if world.on("generations"):
        for criterion in given.drifting:
            value += ageing(world, side, criterion) * given.drift(side, criterion, m, level)
    lean = par["backing_start"] + par["backing_slope"] * value
    if world.on("opinion"):
        lean += world.opinion + par["opinion_trust"] * (world.trust[0] - par["trust_pair"])
        lean -= par["heat_growth"] * mood(world, side)
    return logistic(lean)


def ageing(world: World, side: int, criterion: int) -> float:
    """What new generations have added to a weight of a public, within its coded range."""
    below, above = (world.given.number("room", side, criterion, end) for end in range(2))
    return clip(world.given.par["cohort_drift"] * world.quarter / 4.0, -below, above)


def least_backing(world: World, m: int, level: int) -> float:
    return min(backing(world, side, m, level) for side in range(2))


# Gates


def gate_open(world: World, gate: Iterable[Iterable[Atom]], m: int, level: int) -> bool:
    """Whether each clause of a gate has an atom that is as wanted."""
    return all(
        any(holds(world, atom, m, level) == atom.wanted for atom in clause) for clause in gate
    )


def holds(world: World, atom: Atom, m: int, level: int) -> bool:
    """Whether one condition of a gate before a rung holds."""
    given = world.given
    match atom.kind:
        case "fact":
            return bool(world.facts[atom.subject])
        case "happened":
            return atom.subject in world.happened
        case "support" if atom.subject in given.publics:
            side = given.publics.index(atom.subject)
            return backing(world, side, m, level) >= given.par["pub_req"]
        case "support":
            return worth(world, atom.subject, m, level) >= 0.0
        case "consents":
            return worth(world, atom.subject, m, level) >= floor(world, atom.subject, m)
    return world.stood(atom.subject, atom.level) >= atom.quarters


# Asking


def ask(
    world: World, key: tuple[int, str], m: int, level: int, *, pressed: bool
) -> tuple[int, int | None]:
    """Put a step on top of all that is agreed; return the answer and who is said to refuse."""
    given = world.given
    trial = world.agreed_with(m, level)
    if ruled_out(world, trial, m, level):
        return RULED_OUT, None
    named = world.refusals.get(key)
    if named is not None and given.owner[named] in given.alone:
        still = value(world, named, trial, m, level, pressed=pressed) < 0
        if still:
            return REFUSED, given.owner[named]
    floors = [row for row in given.rows_of[m] if given.owner[row] >= 0]
    short: dict[int, float] = {}
    for rows in (floors, given.wholes):
        amounts = {row: value(world, row, trial, m, level, pressed=pressed) for row in rows}
        short |= {row: amount for row, amount in amounts.items() if amount < 0}
        refusing = {given.owner[row] for row in short}
        if short and not carried(refusing, given.snapshot.accept):
            break
    if carried(refusing, given.snapshot.accept):
        return CARRIED, None
    worst = min(short, key=lambda row: short[row], default=None)
    if worst is None:
        return REFUSED, None
    world.refusals[key] = worst
    return REFUSED, given.owner[worst]


def carried(refusing: set[int], accept: list[list[int]]) -> bool:
    """Whether each group of which one must consent has one who does not refuse."""
    return all(any(who not in refusing for who in group) for group in accept)


def ruled_out(world: World, trial: tuple[int, ...], m: int, level: int) -> bool:
    """Whether a limit that is nobody's consent bars a step; felt threat lifts some ceilings."""
    given, snapshot = world.given, world.given.snapshot
    violated = snapshot.violations(trial)
    if snapshot.closed[given.slot(m, level)]:
        return True
    for clause, hard in enumerate(snapshot.hard):
        speaks = any(measure == m for measure, _, _ in snapshot.clauses[clause])
        if hard and violated[clause] and speaks:
            return True
    for row in given.rows_of[m]:
        if given.owner[row] >= 0 or not snapshot.row_on[row] or snapshot.asleep(row, trial):
            continue
        room: float = snapshot.slack(row, trial, violated)
        if given.story.rising[row]:
            room += given.par["ceiling_threat"] * max(world.threat) * POINT
        if room < 0:
            return True
    return False


def value(
    world: World, row: int, trial: tuple[int, ...], m: int, level: int, *, pressed: bool
) -> float:
    """What a row of somebody's consent amounts to in the state of the quarter, in millionths."""
    given, snapshot = world.given, world.given.snapshot
    k = given.owner[row]
    if not snapshot.row_on[row] or snapshot.asleep(row, trial):
        return 0.0
    amount: float = snapshot.slack(row, trial, snapshot.violations(trial))
    more = raised(world, k, m, pressed=pressed) * POINT
    if row in given.wholes:
        return amount // POINT + shift_of_whole(world, k, trial) - more
    if given.draws.needed[given.w, given.slot(m, level), k]:
        amount += added(world, k, m, level) - more
    return amount


def shift_of_whole(world: World, k: int, trial: tuple[int, ...]) -> float:
    """What the state adds to a whole: each rung after the move, less as at the as-of date."""
    given, rate = world.given, world.given.number("offset", k)

    def discounted(amount: float) -> float:
        return amount * rate if amount > 0 else amount

    more = 0.0
    for m, level in enumerate(trial):
        if level != given.quo[m] and given.draws.counted[given.w, m, k]:
            base = given.worth(k, m, level)
            more += discounted(base + added(world, k, m, level)) - discounted(base)
    return more
