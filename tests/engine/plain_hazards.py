"""What may happen in a quarter, in plain Python: its calendar, shocks, hazards and retreats.

Written from parts 1 to 4 of "Order inside a quarter" in docs/explanation/time.md.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.engine import plain_states as states
from tests.engine.plain_consent import floor, least_backing, worth
from tests.engine.plain_given import HIGHEST, PAIR, clip, logistic, quarters

if TYPE_CHECKING:
    from tests.engine.plain_time import Measure, World

MINDED_LATER = 0.25
"""How much of a step the challenger minds once it is no longer new."""


def elections(world: World) -> None:
    if not world.on("government"):
        return
    for place, (quarter, side) in enumerate(world.given.elections):
        change = world.given.number("change", place)
        if quarter != world.quarter or world.luck("election", place) >= change:
            continue
        world.other_type[side] = not world.other_type[side]
        world.events.add("change of government")
        if not world.other_type[side]:
            world.window[side] = 1.0
        undo_what_it_would_leave(world, side)


def undo_what_it_would_leave(world: World, side: int) -> None:
    given, undone = world.given, False
    for m in given.measures:
        level = world.measures[m].agreed
        if level > given.quo[m] and would_leave(world, side, m, level):
            states.broken(world, m, world.lower(m, given.quo[m]))
            world.events.add("reversal")
            undone = undone or given.has("contact", m)
    if undone and side in PAIR:
        world.reversals[side] += 1


def would_leave(world: World, side: int, m: int, level: int) -> bool:
    given = world.given
    return any(
        worth(world, k, m, level) + given.par["stay"] < floor(world, k, m)
        for k in given.constituencies
        if given.side[k] == side
        and given.story.executive[k]
        and given.draws.needed[given.w, given.slot(m, level), k]
    )


def shocks(world: World) -> None:
    given, par = world.given, world.given.par
    for shock in given.shocks:
        likely = given.number("shock", shock)
        if shock == given.story.court and world.settling():
            likely *= 1.0 - par["court_delay"]
        if world.luck("shock", shock) >= likely:
            continue
        world.happened.add(shock)
        world.events.add("shock")
        threat, trust, assurance, quarrel = (given.number("jump", shock, i) for i in range(4))
        for side in PAIR:
            if world.on("threat"):
                felt = given.number("exposed", side) * threat
                world.threat[side] = min(HIGHEST, max(world.threat[side], felt))
            if world.on("assurance"):
                world.assurance[side] = clip(world.assurance[side] + assurance, 0.0, 4.0)
        told(world, trust)
        states.quarrel(world, quarrel)
        if shock == given.story.court:
            world.events.add("court")
            if world.on("tension"):
                world.politics += 3.0 * par["spill_pj"]


def told(world: World, units: float) -> None:
    """Trust moved by a shock, in units of its own."""
    if units < 0.0:
        world.lost[0] += -units * states.breach_of_trust(world) * states.damp(world)
    else:
        world.goodwill += units * world.given.par["trust_gain"]


def leaks(world: World) -> None:
    given = world.given
    if not world.on("leak") or not given.draws.secret[given.w]:
        return
    for place, m in enumerate(given.listed("quiet")):
        measure = world.measures[m]
        stands = measure.agreed > given.quo[m] and not measure.leaked
        if stands and world.luck("leak", place) < given.par["leak"]:
            measure.leaked = True
            measure.noticed_in = world.quarter
            world.events.add("leak")


def coercion(world: World) -> None:
    if not world.on("coercion"):
        return
    par = world.given.par
    shields = world.given.listed("shield")
    shield = world.benefit(shields[0]) if shields else 0.0
    yearly = par["coercion"] * (1.0 - par["shield_deter"] * shield)
    share = minded(world)
    if share > 0.0 and world.luck("coercion") < 1.0 - (1.0 - yearly) ** (share / 4.0):
        world.events.add("coercion")
        world.coerced += par["coercion_cost"] * (1.0 - par["shield_pass"] * shield)


def minded(world: World) -> float:
    """How much of what is agreed the challenger minds, 0 to 1."""
    given, spared = world.given, 1.0
    for m, measure in enumerate(world.measures):
        if measure.agreed > given.quo[m]:
            table = "open_exposure" if measure.leaked else "exposure"
            seen = given.number(table, given.slot(m, measure.agreed))
            fresh = world.quarter - measure.noticed_in <= quarters(given.par["minded_fresh"])
            seen *= 1.0 if fresh else MINDED_LATER
            spared *= 1.0 - given.number("minded", m) * seen * (0.5 if measure.suspended else 1.0)
    return 1.0 - spared


def quarrels(world: World) -> None:
    if world.on("mood") and world.luck("trigger") < world.given.par["trigger"]:
        world.events.add("trigger")
        states.quarrel(world, 1.0)


def spoilers(world: World) -> None:
    given = world.given
    if not world.on("spoiler"):
        return
    for place, k in enumerate(given.listed("spoilers")):
        acts = given.side[k] in PAIR and world.luck("spoiler", place) < given.par["exploit"]
        if acts and pays_to_inflame(world, k):
            world.events.add("spoiler")
            states.quarrel(world, 1.0)
            world.lost[0] += states.breach_of_trust(world) * states.damp(world)
            if world.on("tension"):
                world.politics += 0.5 * states.damp(world)


def pays_to_inflame(world: World, k: int) -> bool:
    given, par = world.given, world.given.par
    side = given.side[k]
    assert side is not None
    held = sum(
        worth(world, k, m, measure.agreed)
        for m, measure in enumerate(world.measures)
        if measure.agreed != given.quo[m]
    )
    stake = clip((given.number("theta", k) - held) / 3.0, 0.0, 1.0)
    to_come = [q - world.quarter for q, who in given.elections if who == side]
    left = min((gap for gap in to_come if gap >= 0), default=math.inf)
    cycle = 1.0 + (par["election_cycle"] - 1.0) * max(0.0, 1.0 - left / 4.0)
    fuel = (world.salience[side] + world.grievance[side]) * cycle * stake
    return fuel > par["spoiler_cost"] * (2.0 if world.restraint() >= 2 else 1.0)


def crises(world: World) -> None:
    given = world.given
    if not world.on("crisis"):
        return
    for place, m in enumerate(given.listed("settlement")):
        measure = world.measures[m]
        age = world.quarter - measure.changed_in
        young = measure.due is not None or age < quarters(given.par["settlement_fresh"])
        if measure.agreed <= given.quo[m] or not young:
            continue
        if world.luck("crisis", place) < 1.0 - math.exp(-crisis_hazard(world, m)):
            world.events.add("crisis")
            states.broken(world, m, world.lower(m, min(measure.agreed, max(given.quo[m], 1))))
            measure.rests_until = world.quarter + quarters(given.par["crisis_rest"])
            states.quarrel(world, 1.0)


def crisis_hazard(world: World, m: int) -> float:
    par, measure = world.given.par, world.measures[m]
    backed = least_backing(world, m, measure.agreed)
    haste = logistic(4.0 * par["haste_k"] * (measure.haste - par["haste_mid"]))
    lack = clip((1.0 - backed) / (1.0 - par["pub_req"]), 0.0, 2.0)
    return par["crisis_max"] * haste * 2.0 * (1.0 - par["process_q"]) * lack


def relapses(world: World) -> None:
    given = world.given
    if not world.on("relapse"):
        return
    for place, m in enumerate(given.listed("durable")):
        level = world.measures[m].in_effect
        unlucky = world.luck("relapse", place) < given.par["relapse"]
        if level <= given.quo[m] or not unlucky:
            continue
        short = least_backing(world, m, level) < given.par["pub_req"]
        claimants = given.listed("claimants")
        if short or any(worth(world, k, m, level) < given.number("theta", k) for k in claimants):
            world.events.add("relapse")
            states.broken(world, m, world.lower(m, level - 1))


def give_way(world: World) -> None:
    if not world.on("tension"):
        return
    for m, measure in enumerate(world.measures):
        if world.given.has("drills", m):
            strain(world, m, measure)
    gap = quarters(world.given.par["reprisal_gap"])
    rested = world.reprisals_in is None or world.quarter - world.reprisals_in >= gap
    if world.trade > 1.0 and rested:
        world.reprisals_in = world.quarter
        world.events.add("reprisals")
        world.lost[0] += states.breach_of_trust(world) * states.damp(world)


def strain(world: World, m: int, measure: Measure) -> None:
    """Suspend a drill above 1, take a rung of it away above 2."""
    above = measure.in_effect > world.given.quo[m]
    if not above or world.security <= 1.0:
        measure.suspended = False
    elif not measure.suspended:
        measure.suspended = True
        world.events.add("suspension")
    if above and world.security > 2.0:
        world.lower(m, measure.in_effect - 1)
        world.events.add("step-down")
