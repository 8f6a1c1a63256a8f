"""How the states move, in plain Python: from "How the states move" in docs/explanation/time.md."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.engine.plain_given import HIGHEST, PAIR, clip, keep, quarters

if TYPE_CHECKING:
    from tests.engine.plain_time import World


def broken(world: World, m: int, lost: float) -> None:
    """A step undone costs trust: in full between the pair, half with the ally."""
    par = world.given.par
    size = par["trust_gain"] * par["trust_loss"] * world.given.number("code", m) * max(0.0, lost)
    if world.given.has("contact", m):
        world.lost[0] += size
    world.lost[1] += size / 2.0
    world.lost[2] += size / 2.0


def breach_of_trust(world: World) -> float:
    """One unit of what reprisals and inflaming acts cost."""
    return world.given.par["trust_gain"] * world.given.par["trust_loss"] / 0.6


def damp(world: World) -> float:
    """What ties between people leave of a quarrel."""
    return 1.0 - world.given.par["people_damp"] * world.exchanges[world.quarter]


def quarrel(world: World, size: float) -> None:
    """A quarrel raises salience, and with it a little of the lasting grievance."""
    if not world.on("mood"):
        return
    par = world.given.par
    kick = par["kick"] * size * damp(world) * (0.5 if world.restraint() >= 2 else 1.0)
    for side in PAIR:
        world.salience[side] = min(HIGHEST, world.salience[side] + kick)
        world.grievance[side] = min(HIGHEST, world.grievance[side] + par["refresh"] * kick)


def take_effect(world: World) -> None:
    codes = 0.0
    for m, measure in enumerate(world.measures):
        if measure.due is None or measure.due > world.quarter:
            continue
        measure.due = None
        before = world.given.benefit(m, measure.in_effect)
        world.put_in_effect(m, measure.agreed)
        more = max(0.0, world.given.benefit(m, measure.agreed) - before)
        code = world.given.number("code", m) * more
        codes += code
        world.gained[1] += code
        world.gained[2] += code
        if world.given.has("contact", m):
            world.gained[0] += code
        backlash(world, m, more)
        relieve(world, m, more)
    world.efforts.append(codes)


def backlash(world: World, m: int, more: float) -> None:
    """The rival theory: contrition beyond the first step provokes."""
    provokes = m in world.given.listed("restraint") and world.measures[m].in_effect >= 2
    if world.on("backlash") and world.on("mood") and provokes and more > 0.0:
        for side in PAIR:
            now = world.salience[side] + world.given.par["contrition_backlash"]
            world.salience[side] = min(HIGHEST, now)


def relieve(world: World, m: int, more: float) -> None:
    if world.on("mood") and m in world.given.listed("durable"):
        for side in PAIR:
            now = world.grievance[side] - world.given.par["relief"] * more
            world.grievance[side] = max(0.0, now)


def occasions(world: World) -> list[int]:
    """Measures whose standing rung has an occasion in the quarter: a drill, a meeting, relief."""
    gap = max(1, quarters(world.given.par["occasion_gap"]))
    return [
        m
        for m, measure in enumerate(world.measures)
        if measure.in_effect > 0
        and not measure.suspended
        and (world.quarter - measure.changed_in) % gap == 0
    ]


def be_relieved(world: World, held: list[int]) -> None:
    """Relief after disasters earns trust between the pair."""
    for m in held:
        if world.given.has("relief", m):
            world.goodwill += world.given.par["hadr_gain"]


def move_assurance(world: World, held: list[int]) -> None:
    if not world.on("assurance"):
        return
    given, par = world.given, world.given.par
    reaffirmed = [m for m in held if given.has("reaffirm", m)]
    meetings = [m for m in reaffirmed if world.measures[m].in_effect > given.quo[m]]
    more = par["assurance_gain"] * len(reaffirmed) + par["assurance_tri"] * len(meetings)
    for side in PAIR:
        now = par["assurance_keep"] * world.assurance[side] + more
        world.assurance[side] = clip(now, 0.0, 4.0)


def move_skill(world: World, held: list[int]) -> None:
    """Practice fades; a drill closes part of the gap, as much as the best standing one does."""
    if not world.on("skill"):
        return
    given, par = world.given, world.given.par
    world.skill *= par["skill_keep"]
    if any(given.has("drills", m) and world.benefit(m) > 0.0 for m in held):
        best = max(world.benefit(m) for m in given.measures if given.has("drills", m))
        world.skill = 1.0 - (1.0 - world.skill) * (1.0 - par["skill_gain"] * best)


def move_tension(world: World) -> None:
    if not world.on("tension"):
        return
    par = world.given.par
    insulation = world.given.listed("insulation")
    buffer = par["buffer"] * (world.benefit(insulation[0]) if insulation else 0.0)
    loose, kept = (1.0 - world.ballast) * damp(world), par["tension_keep"]
    politics, trade, security = world.politics, world.trade, world.security
    back = par["spill_ep"] * trade + par["spill_sp"] * security
    world.politics = min(HIGHEST, kept * politics + loose * back)
    spilt = par["spill_pe"] * (1.0 - buffer) * politics
    world.trade = min(HIGHEST, kept * trade + loose * spilt)
    world.security = min(HIGHEST, kept * security + loose * par["spill_ps"] * politics)
    mended = (par["ballast"] - world.ballast) * (1.0 - keep(8.0))
    worn = par["ballast_erosion"] * trade * world.ballast
    world.ballast = clip(world.ballast + mended - worn, 0.0, 1.0)


def move_trust(world: World) -> None:
    goodwill, world.goodwill = world.goodwill, 0.0
    if not world.on("trust"):
        return
    par = world.given.par
    kept = par["trust_keep"] ** (1.0 - world.mean_benefit("contact"))
    steady = 1.0 + par["steady_bonus"] * evenness(world)
    for pair, base in enumerate((par["trust_pair"], par["trust_ally"], par["trust_ally"])):
        gain = par["trust_gain"] * steady * world.gained[pair]
        if pair == 0 and gain > 0.0:
            gain *= lead(world)
        if pair == 0:
            gain += goodwill
        trust = world.trust[pair]
        now = base + (trust - base) * kept
        now += gain * (1.0 - trust / HIGHEST) - world.lost[pair] * (1.0 + trust / HIGHEST)
        world.trust[pair] = clip(now, -HIGHEST, HIGHEST)


def lead(world: World) -> float:
    """Two leaders' efforts as one: a mean of power ``lead_exponent``."""
    par = world.given.par
    a, b = (
        par["effort_other"] if world.other_type[side] else par["effort_willing"] for side in PAIR
    )
    power = par["lead_exponent"]
    if power <= 0.0 and min(a, b) <= 0.0:
        return 0.0
    if abs(power) < 1e-6:
        return math.sqrt(a * b)
    return float(((a**power + b**power) / 2.0) ** (1.0 / power))


def evenness(world: World) -> float:
    """One less the coefficient of variation of four quarters' effort; 0 without any."""
    last = ([0.0] * 4 + world.efforts)[-4:]
    mean = sum(last) / 4.0
    if mean <= 0.0:
        return 0.0
    spread = math.sqrt(sum((one - mean) ** 2 for one in last) / 4.0)
    return 1.0 - min(1.0, spread / mean)


def move_opinion(world: World) -> None:
    if world.on("opinion"):
        then = max(0, world.quarter - quarters(world.given.par["people_lag"]))
        world.opinion += world.given.par["people_gain"] * world.exchanges[then]


def fade(world: World) -> None:
    par = world.given.par
    if world.on("threat"):
        world.threat = [felt * par["threat_keep"] for felt in world.threat]
    if world.on("window"):
        world.window = [open_ * par["window_keep"] for open_ in world.window]
    if world.on("mood"):
        lasting = par["grievance_floor"]
        world.salience = [now * par["salience_keep"] for now in world.salience]
        world.grievance = [
            lasting + (now - lasting) * par["grievance_keep"] for now in world.grievance
        ]
