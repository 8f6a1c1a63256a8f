"""The model through time a second time: one world, in plain Python, from docs/explanation/time.md.

Nothing but names is shared with the kernel, and nothing is kept that the page does not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.engine import plain_consent as consent
from tests.engine import plain_hazards as hazards
from tests.engine import plain_states as states
from tests.engine.plain_given import Given, Step, quarters
from winset.engine.simulate.parts import (
    AGREED,
    CARRIED,
    DROPPED,
    EVENTS,
    FELL_BACK,
    GATE_SHUT,
    HELD_UP,
    NOT_YET,
    OVERTAKEN,
    REFUSED,
    STATES,
    WAITING,
)


@dataclass
class Measure:
    """Where a measure stands."""

    agreed: int
    in_effect: int
    due: int | None = None
    """Quarter in which what is agreed takes effect."""
    agreed_in: int = 0
    noticed_in: int = 0
    """Quarter from which the challenger minds it as something new."""
    changed_in: int = 0
    """Quarter in which the rung in effect last changed."""
    reached: dict[int, int] = field(default_factory=dict)
    """Since which quarter each rung has been in effect without a break."""
    haste: float = 0.0
    rests_until: int = 0
    suspended: bool = False
    leaked: bool = False


@dataclass
class Fate:
    """What became of a step."""

    fate: int = WAITING
    agreed_in: int = 0
    answer: int = NOT_YET
    refuser: int = -1
    refusals: int = 0


class World:
    """One world, followed quarter by quarter."""

    def __init__(
        self,
        given: Given,
        steps: Sequence[Step],
        facts: Sequence[bool],
        *,
        mechanisms: frozenset[str],
    ) -> None:
        self.given, self.steps, self.facts = given, steps, facts
        self.mechanisms = mechanisms
        par = given.par
        self.quarter = 0
        self.measures = [Measure(quo, quo) for quo in given.quo]
        self.trust = [par["trust_pair"], par["trust_ally"], par["trust_ally"]]
        self.threat = [0.0, 0.0]
        self.salience = [par["mood_start"]] * 2
        self.grievance = [par["grievance_start"]] * 2
        self.assurance = [par["assurance_start"]] * 2
        self.skill = par["skill_start"]
        self.opinion = 0.0
        self.politics = self.trade = self.security = 0.0
        self.ballast = par["ballast"]
        self.window = [1.0 if side == given.story.fresh else 0.0 for side in range(3)]
        self.coerced = 0.0
        self.other_type = [False] * 3
        self.reversals = [0, 0]
        self.happened: set[int] = set()
        self.reprisals_in: int | None = None
        self.refusals: dict[tuple[int, str], int] = {}
        """By whose row each step was refused since what is agreed last changed."""
        self.fates = [Fate() for _ in steps]
        self.efforts: list[float] = []
        self.exchanges = [self.mean_benefit("people")]
        self.gained = [0.0] * 3
        self.lost = [0.0] * 3
        self.goodwill = 0.0
        self.events: set[str] = set()

    def on(self, mechanism: str) -> bool:
        return mechanism in self.mechanisms

    # What stands.

    def agreed_with(self, m: int, level: int) -> tuple[int, ...]:
        """All that is agreed, with one measure at another level."""
        levels = [measure.agreed for measure in self.measures]
        levels[m] = level
        return tuple(levels)

    def standing(self, m: int) -> int:
        """The rung that works: none beyond the status quo while it is suspended."""
        measure = self.measures[m]
        return self.given.quo[m] if measure.suspended else measure.in_effect

    def benefit(self, m: int) -> float:
        return self.given.benefit(m, self.standing(m))

    def mean_benefit(self, part: str) -> float:
        found = [self.benefit(m) for m in self.given.measures if self.given.has(part, m)]
        return sum(found) / len(found) if found else 0.0

    def stood(self, m: int, level: int) -> float:
        """For how many quarters a rung has been in effect; less than none where it is not."""
        measure = self.measures[m]
        if measure.in_effect < level or measure.suspended:
            return -1
        return self.quarter - measure.reached.get(level, 0)

    def restraint(self) -> int:
        """The rung in effect of the first measure of restraint; 0 where there is none."""
        found = self.given.listed("restraint")
        return self.measures[found[0]].in_effect if found else 0

    def settling(self) -> bool:
        """Whether a settlement is under way or stands."""
        settlements = self.given.listed("settlement")
        return any(self.measures[m].agreed > self.given.quo[m] for m in settlements)

    # One quarter.

    def live(self) -> None:
        """Go through a quarter in the order of the page."""
        self.quarter += 1
        self.gained, self.lost, self.events = [0.0] * 3, [0.0] * 3, set()
        self.exchanges.append(self.mean_benefit("people"))
        hazards.elections(self)
        hazards.shocks(self)
        hazards.leaks(self)
        hazards.coercion(self)
        hazards.quarrels(self)
        hazards.spoilers(self)
        hazards.crises(self)
        hazards.relapses(self)
        hazards.give_way(self)
        for number, step in enumerate(self.steps):
            if step.quarter <= self.quarter and self.fates[number].fate == WAITING:
                self.propose(number, step)
        states.take_effect(self)
        held = states.occasions(self)
        states.be_relieved(self, held)
        states.move_tension(self)
        states.move_trust(self)
        states.move_assurance(self, held)
        states.move_skill(self, held)
        states.move_opinion(self)
        states.fade(self)

    def lower(self, m: int, level: int) -> float:
        """Take a measure down; return the benefit lost."""
        measure = self.measures[m]
        before = self.given.benefit(m, measure.in_effect)
        if measure.agreed != level:
            measure.agreed = level
            self.refusals.clear()
        if measure.in_effect > level:
            self.put_in_effect(m, level)
        if measure.in_effect == level:
            measure.due = None
        return before - self.given.benefit(m, measure.in_effect)

    def put_in_effect(self, m: int, level: int) -> None:
        measure = self.measures[m]
        for rung in range(measure.in_effect + 1, level + 1):
            measure.reached[rung] = self.quarter
        measure.in_effect = level
        measure.changed_in = self.quarter

    def luck(self, event: str, place: int = 0) -> float:
        return self.given.luck(self.quarter, event, place)

    # Steps.

    def propose(self, number: int, step: Step) -> None:
        fate, measure = self.fates[number], self.measures[step.measure]
        if measure.agreed >= step.level:
            fate.fate = OVERTAKEN
        elif measure.due is not None or measure.rests_until > self.quarter:
            fate.answer = HELD_UP
        elif not consent.gate_open(self, step.gate, step.measure, step.level):
            fate.answer = GATE_SHUT
        else:
            self.put(number, step)

    def put(self, number: int, step: Step) -> None:
        """Ask for a step, then for its fallback; drop it when patience is over."""
        fate, given = self.fates[number], self.given
        pressing = bool(given.draws.pressing[given.w])
        fate.answer, refuser = consent.ask(
            self, (number, "step"), step.measure, step.level, pressed=pressing
        )
        if fate.answer == CARRIED:
            self.agree(step.measure, step.level)
            fate.fate, fate.agreed_in = AGREED, self.quarter
            return
        fate.refuser = -1 if refuser is None else refuser
        fate.refusals += 1
        if pressing and fate.answer == REFUSED and fate.refusals == 1:
            self.pressed_in_vain(refuser)
        if step.fallback is not None and self.may_fall_back(*step.fallback):
            answer, _ = consent.ask(self, (number, "fallback"), *step.fallback, pressed=pressing)
            if answer == CARRIED:
                self.agree(*step.fallback)
                fate.fate, fate.agreed_in = FELL_BACK, self.quarter
                return
        if self.quarter - step.quarter >= quarters(given.par["patience"]):
            fate.fate = DROPPED

    def may_fall_back(self, m: int, level: int) -> bool:
        measure = self.measures[m]
        rests = measure.rests_until > self.quarter
        return measure.agreed < level and measure.due is None and not rests

    def pressed_in_vain(self, refuser: int | None) -> None:
        """The ally that pressed for a step pays with trust where it is refused at first."""
        side = None if refuser is None else self.given.side[refuser]
        if self.on("push") and side is not None and side == self.given.story.pressed:
            self.events.add("push refused")
            for pair in (0, 1 + side):
                self.lost[pair] += self.given.par["push_backfire"]

    def agree(self, m: int, level: int) -> None:
        """Note an agreement: visible at once, in effect after its lag."""
        measure, lag = self.measures[m], self.given.number("lag", m)
        measure.haste = min(1.0, lag / max(1, self.quarter - measure.agreed_in))
        measure.agreed = level
        measure.agreed_in = measure.noticed_in = self.quarter
        measure.due = self.quarter + max(1, quarters(lag))
        self.refusals.clear()

    # Record.

    def states(self) -> dict[str, float]:
        pair, windows = ("first", "second"), ("first", "second", "ally")
        return {
            **dict(zip(("trust_pair", "trust_first", "trust_second"), self.trust, strict=True)),
            **{f"threat_{side}": self.threat[i] for i, side in enumerate(pair)},
            **{f"salience_{side}": self.salience[i] for i, side in enumerate(pair)},
            **{f"grievance_{side}": self.grievance[i] for i, side in enumerate(pair)},
            **{f"assurance_{side}": self.assurance[i] for i, side in enumerate(pair)},
            **{f"window_{side}": self.window[i] for i, side in enumerate(windows)},
            "skill": self.skill,
            "opinion": self.opinion,
            "politics": self.politics,
            "trade": self.trade,
            "security": self.security,
            "ballast": self.ballast,
            "coerced": self.coerced,
        }


def follow(world: World, horizon: int) -> dict[str, list[Any]]:
    """Follow a world through so many quarters; return what it leaves, as the record names it."""
    told: dict[str, list[Any]] = {"levels": [], "state": [], "events": []}
    for _ in range(horizon):
        world.live()
        now = world.states()
        told["levels"].append([world.standing(m) for m in world.given.measures])
        told["state"].append([now[name] for name in STATES])
        told["events"].append(sum(1 << EVENTS.index(name) for name in world.events))
    fates = world.fates
    return told | {
        "fate": [one.fate for one in fates],
        "agreed": [one.agreed_in for one in fates],
        "answer": [one.answer for one in fates],
        "refuser": [one.refuser for one in fates],
        "asked": [one.refusals for one in fates],
    }
