"""What the model through time is given, what it works in and what it leaves behind.

The snapshot's problem comes beside it: a step is asked about with the rows of that problem, each
moved by what the quarter's state adds.  Values are affine in the state::

    worth(k, slot) = today + felt by_threat + heat by_heat + doubt by_doubt + type by_type

so that a quarter never values more than the steps proposed in it.  The five lie side by side, each
for all constituencies in a row, in millionths of a point and four bytes wide: a world's numbers
are many, and fetching them from memory takes longer than the sums.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..layout import B1, I1, I2, I4, I8

WORTH_TODAY, BY_THREAT, BY_HEAT, BY_DOUBT, BY_TYPE = range(5)
"""Parts of ``Draws.worth``."""
PACKAGE, MOMENT, LISTED, COUNT, SUMMED, SPREAD, SLOT = range(7)
"""Places in ``Room.clock``."""
EVENTS_NOW, LAST_REPRISAL, REAFFIRMED, MET, SOONEST, STALE = range(6)
"""Places in ``Room.note``."""
EXCHANGE, CONTACT, KEPT = range(3)
"""Places in ``Room.standing``."""

F8 = NDArray[np.float64]


class Crosses(NamedTuple):
    """Pair terms as a rung meets them: what each level of another measure adds, to several at once."""

    first: I4
    """[slot + 1] crosses of each slot."""
    other: I4
    """[cross] the other measure."""
    place: I4
    """[cross] where its amounts start: [level of the other measure, receiver]."""
    still: B1
    """[cross] whether all are nothing in all worlds where the other stands at the status quo."""
    to_first: I4
    """[cross + 1] places in ``to``."""
    to: I4
    """Receivers: floors counted within the slot, or wholes."""


class Story(NamedTuple):
    """What is the same in all worlds."""

    role: I8
    """[constituency] 0 and 1: the parties of the pair; 2: the ally; -1: others."""
    executive: B1
    """[constituency]"""
    contact: B1
    """[measure] whether it brings the pair together."""
    meetings: I8
    """Measures with ``contact``."""
    drills: I8
    reaffirm: I8
    relief: I8
    people: I8
    settlement: I8
    durable: I8
    insulation: I8
    shield: I8
    quiet: I8
    """Measures by the part they play."""
    restraint: I8
    """Measures that hold back quarrels: the first of the durable ones, where there is one."""
    publics: I8
    """[2] constituencies of the pair's publics."""
    claimants: I8
    """[0 or 1]"""
    spoilers: I8
    floor_first: I4
    """[slot + 1] places in ``floor_row``."""
    floor_row: I4
    """Rows of an owner that bind one measure, as its rung in a slot meets them."""
    rule_first: I4
    """[measure + 1] places in ``rule_row``."""
    rule_row: I4
    """Rows without owner that bind one measure: ceilings, hard scope, consents in prerequisites."""
    rising: B1
    """[row] ceilings that felt threat lifts."""
    wholes: I4
    """Rows that weigh the whole."""
    whole_square: I4
    """[whole] its place among the rows that saturate; -1 for none."""
    near: Crosses
    """What other measures add to the floors of a slot."""
    links: Crosses
    """What other measures add to the wholes at a slot."""
    cost_first: I4
    """[measure + 1] places in ``cost_clause``."""
    cost_clause: I4
    """Clauses that speak of a measure and cost some whole."""
    charge_first: I4
    """[clause + 1] places in ``charge_whole`` and ``Draws.charge``."""
    charge_whole: I4
    """Which whole the violation of a clause costs something."""
    alone: B1
    """[constituency] whether its refusal is enough to stop a step."""
    ask_first: I4
    """[measure + 1] places in ``ask_list``."""
    ask_list: I4
    """Hard clauses that speak of a measure."""
    election_quarter: I8
    election_role: I8
    """[election] in the order of their dates."""
    ahead: I8
    """[quarter + 1, 3] quarters to the next election of a party; -1 for none."""
    court: int
    """Place of the court's shock; -1 for none."""
    fresh: int
    """Role whose window closes from the as-of date on; -1 for none."""
    pressed: int
    """Role that the ally may press; -1 for none."""
    slot_election: int
    slot_trigger: int
    slot_spoiler: int
    slot_crisis: int
    slot_relapse: int
    slot_coercion: int
    slot_leak: int
    """Places of the uniform numbers of a quarter; shocks come first."""


class Draws(NamedTuple):
    """One block of worlds; the leading axis of every array is the world."""

    par: F8
    """[world, parameter] see ``parts.PARAMETERS``."""
    worth: I4
    """[world, slot, 5, constituency] millionths of a point against the status quo at the as-of
    date, and per unit of threat, heat, doubt and type."""
    floor: I4
    """[world, floor place] constant and entry of a row that binds one measure, at its slot."""
    whole: I4
    """[world, slot, whole] entries of the rows that weigh the whole."""
    charge: I4
    """[world, charge] what the violation of a clause costs a whole."""
    near: I4
    """[world, ...] what other measures add to floors; see ``Crosses``."""
    links: I4
    """[world, ...] what other measures add to wholes."""
    whole_today: I8
    """[world, whole] constant, entries, pair terms and costs at the status quo."""
    total: I4
    """[world, slot, criterion] what a rung adds to the totals that saturate."""
    total_today: I8
    """[world, criterion] those totals at the status quo."""
    type_theta: F8
    """[world, constituency] points that the other type adds to the threshold."""
    theta: F8
    """[world, constituency] points."""
    width: F8
    offset: F8
    """[world, constituency]"""
    needed: B1
    """[world, slot, constituency]"""
    counted: B1
    """[world, measure, constituency] counts in its whole."""
    benefit: F8
    exposure: F8
    """[world, slot]"""
    open_exposure: F8
    """[world, slot] exposure once a quiet step has leaked."""
    minded: F8
    """[world, measure] how much the challenger minds, 0 to 1."""
    code: F8
    """[world, measure] trust code."""
    lag: F8
    """[world, measure] quarters from agreement to effect."""
    shock: F8
    """[world, shock] probability a quarter."""
    jump: F8
    """[world, shock, 4] what a shock adds to threat, trust, assurance and salience."""
    change: F8
    """[world, election] chance that it brings the other type."""
    drift: I8
    """[world, 2, criterion, slot] what a point more of weight adds to a rung in a public of the pair."""
    room: F8
    """[world, 2, criterion, 2] how far below and above the weight the coded range reaches."""
    exposed: F8
    """[world, 2] how far each party of the pair feels a threat."""
    pressing: B1
    secret: B1
    """[world]"""
    chance: F8
    """[world, quarter, slot of a uniform number]"""


class Steps(NamedTuple):
    """A programme."""

    quarter: I8
    """[step] from which it is proposed, in ascending order."""
    measure: I2
    level: I1
    other: I2
    other_level: I1
    """[step] fallback; measure -1 for none."""
    gate_first: I4
    """[step + 1] clauses that must all hold."""
    atom_first: I4
    """[clause + 1] atoms of which one must hold."""
    atom: I8
    """[atom, 5] kind, three arguments, and the wanted truth."""
    fact: B1
    """[world, fact] facts that do not move."""


class Record(NamedTuple):
    """What a run leaves behind."""

    levels: I1
    """[world, quarter, measure] rungs in effect; a suspended one counts as the status quo."""
    state: NDArray[np.float32]
    """[world, quarter, state]; no quarters where series are not kept."""
    events: I4
    """[world, quarter]"""
    fate: I1
    """[world, step] WAITING, AGREED, DROPPED, FELL_BACK or OVERTAKEN."""
    agreed: I2
    """[world, step] quarter of agreement, 0 for none."""
    answer: I1
    """[world, step] the last answer."""
    refuser: I2
    """[world, step] who refused last; -1 for nobody."""
    asked: I2
    """[world, step] how often it was refused."""


class Room(NamedTuple):
    """Working memory of one world."""

    x: I1
    """[measure] levels agreed."""
    done: I1
    """[measure] levels in effect."""
    trial: I1
    """[measure] levels agreed, with one step on top while it is looked at."""
    due: I8
    """[measure] quarter in which the agreed level takes effect; 0 for none."""
    since: I8
    """[measure] quarter of the last agreement."""
    shown: I8
    """[measure] quarter of the last agreement, or of the leak if that is later."""
    held: I8
    """[measure] quarter from which the level in effect stands."""
    reached: I8
    """[slot] quarter from which this level or a higher one has been in effect; of use up to ``done``."""
    pace: F8
    """[measure] haste of the last agreement, 0 to 1."""
    pause: I8
    """[measure] quarter until which nothing is proposed after a crisis."""
    suspended: B1
    leaked: B1
    happened: B1
    """[shock]"""
    state: F8
    government: I8
    """[3] 0: as at the as-of date; 1: the other type."""
    reversals: I8
    """[2]"""
    gain: F8
    loss: F8
    """[3] trust codes completed in the quarter, and points of trust lost, by pair."""
    bonus: F8
    """[1] points of trust that relief and good news bring the pair in the quarter."""
    exchange: F8
    """[quarter + 1] work between people; at 0 that of the as-of date."""
    ageing: F8
    """[2, criterion] what new generations have added to the weights of a public."""
    effort: F8
    """[4] completed trust codes of the last four quarters."""
    refused: B1
    """[constituency]"""
    standing: F8
    """[3] mean benefit of work between people and of meetings of the pair in effect, and what a
    quarter of such contact leaves of a gap in trust."""
    led: F8
    """[4] the pair's efforts as one, by who governs; -1 where not worked out yet."""
    note: I8
    """[6] events of the quarter, quarter of the last reprisal, reaffirmations and three-way meetings
    of the quarter, a quarter before which nothing agreed takes effect, and whether what is in effect
    changed since ``standing`` was worked out."""
    move: F8
    """[role, 4] units of threat, heat, doubt and type that the state of the moment adds."""
    lift: F8
    """[role, 2] points that it adds to thresholds of executives; second: on measures of the pair."""
    units: F8
    """[4, constituency] the first three and the type as each constituency feels them."""
    more: F8
    """[constituency] what the state adds to the rung looked at last, in millionths of a point."""
    clock: I8
    """[7] how often the agreed package changed; how often that or the state did; the package for
    which ``moved`` was listed; how many measures it lists; the moment of which ``total`` is the
    sum; whether ``units`` tell of the state as it is; the slot of which ``more`` tells, -1 for none."""
    moved: I8
    """[measure] those whose agreed level is not the status quo, one after another."""
    now: I8
    """[whole] its constant, entries, pair terms and costs on all that is agreed."""
    amount: I8
    """[floor within a slot] constant, entry and pair terms."""
    after: I8
    """[whole] the same with the step on top that was looked at last."""
    sums: I8
    """[criterion] totals that saturate, on all that is agreed."""
    excess: I8
    """[criterion] their squares above the status quo, with the step on top."""
    seen: I8
    """[ask] the package, by the clock, on which a step or its fallback was last looked at."""
    barred: B1
    """[ask] whether structure rules it out whatever the state."""
    under: I8
    """[ask] how far it lies above ceilings that felt threat may lift, in millionths; 0 or less."""
    blocker: I8
    """[ask] row of who refused: its floor's place + 1, less than 0 for a whole, 0 for nobody."""
    base: I8
    """[ask] what that row amounts to unmoved."""
    total: F8
    """[constituency] what the state adds to all that is agreed, in millionths of a point."""
    shift: F8
    """[constituency] the same with the step on top that was looked at last."""


class Sizes(NamedTuple):
    """How much memory a world needs."""

    measures: int
    slots: int
    owners: int
    shocks: int
    states: int
    asks: int
    """Steps and their fallbacks: twice as many as steps."""
    floors: int
    """Floors of one slot, at most."""
    wholes: int
    quarters: int
    criteria: int
    """Criteria whose totals saturate."""
    drifting: int
    """Criteria whose weight drifts with the generations."""


def new_room(size: Sizes) -> Room:
    """Allocate the memory of one thread."""
    measures, asks = size.measures, max(1, size.asks)
    wholes, criteria = max(1, size.wholes), max(1, size.criteria)
    return Room(
        x=np.zeros(measures, np.int8),
        done=np.zeros(measures, np.int8),
        trial=np.zeros(measures, np.int8),
        due=np.zeros(measures, np.int64),
        since=np.zeros(measures, np.int64),
        shown=np.zeros(measures, np.int64),
        held=np.zeros(measures, np.int64),
        reached=np.zeros(size.slots, np.int64),
        pace=np.zeros(measures),
        pause=np.zeros(measures, np.int64),
        suspended=np.zeros(measures, np.bool_),
        leaked=np.zeros(measures, np.bool_),
        happened=np.zeros(size.shocks, np.bool_),
        state=np.zeros(size.states),
        government=np.zeros(3, np.int64),
        reversals=np.zeros(2, np.int64),
        gain=np.zeros(3),
        loss=np.zeros(3),
        bonus=np.zeros(1),
        exchange=np.zeros(size.quarters + 1),
        ageing=np.zeros((2, size.drifting)),
        effort=np.zeros(4),
        refused=np.zeros(size.owners, np.bool_),
        standing=np.zeros(3),
        led=np.zeros(4),
        note=np.zeros(6, np.int64),
        move=np.zeros((3, 4)),
        lift=np.zeros((3, 2)),
        units=np.zeros((4, size.owners)),
        more=np.zeros(size.owners),
        clock=np.zeros(7, np.int64),
        moved=np.zeros(measures, np.int64),
        now=np.zeros(wholes, np.int64),
        amount=np.zeros(max(1, size.floors), np.int64),
        after=np.zeros(wholes, np.int64),
        sums=np.zeros(criteria, np.int64),
        excess=np.zeros(criteria, np.int64),
        seen=np.zeros(asks, np.int64),
        barred=np.zeros(asks, np.bool_),
        under=np.zeros(asks, np.int64),
        blocker=np.zeros(asks, np.int64),
        base=np.zeros(asks, np.int64),
        total=np.zeros(size.owners),
        shift=np.zeros(size.owners),
    )
