"""Whose consent each rung needs, and what each step is worth to them after charges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from winset.case.model import Constituency, Measure
from winset.problem.frame import Bools, Floats, Frame
from winset.problem.values import Cell, Valued

ASKED_KINDS = ("executive", "implementer", "majority", "conditional")
"""Kinds whose consent a rung may need."""
PACKAGE_KINDS = ("executive", "implementer")
"""Kinds that weigh the whole package as well as each step."""


@dataclass(frozen=True)
class Consent:
    """The valued rungs of a block, seen by those who are asked."""

    frame: Frame
    valued: Valued

    @cached_property
    def needed(self) -> dict[Cell, Bools]:
        """[world, level] whether the rung needs the constituency's consent; asked cells only."""
        table: dict[Cell, Bools] = {}
        for who in self.frame.case.constituencies:
            for measure in self.frame.case.measures:
                mask = self._needed(who, measure)
                if mask is not None:
                    table[who.id, measure.id] = mask
        return table

    def _needed(self, who: Constituency, measure: Measure) -> Bools | None:
        frame = self.frame
        if not frame.participates(who.id, measure):
            return None
        if who.kind not in (*ASKED_KINDS, "soft"):
            return None
        mask = np.zeros((frame.count, len(measure.rungs) + 1), dtype=bool)
        possible = False
        today = frame.status_quo(measure.id)
        for rung in measure.rungs:
            if rung.level <= today:
                continue
            if who.kind in ASKED_KINDS and rung.id in who.asked_for:
                mask[:, rung.level] = True
                possible = True
            elif who.kind == "conditional" and rung.id in who.durability:
                mask[:, rung.level] = frame.is_set("durability_binds", "on")
                possible |= frame.ever_set("durability_binds", "on")
            elif who.kind == "soft":
                mask[:, rung.level] = frame.is_set("soft_binds", "on")
                possible |= frame.ever_set("soft_binds", "on")
        return mask if possible else None

    def binds(self, who: Constituency) -> Bools:
        """Return [world] whether a constituency's refusal is a limit at all."""
        if who.kind == "implementer":
            return self.frame.is_set("implementers", "veto")
        return np.ones(self.frame.count, dtype=bool)

    def threshold(self, who: str) -> Floats:
        """Return [world] the least that the whole must be worth."""
        return self.frame.number(f"constituencies/{who}/threshold")

    def floor(self, who: str) -> Floats:
        """Return [world] the least that a single step must be worth: threshold less width."""
        return self.threshold(who) - self.frame.parameter(f"width_{self._role(who)}")

    def offset(self, who: str) -> Floats:
        """Return [world] the rate at which gains pay for losses in the whole."""
        return self.frame.parameter(f"offset_{self._role(who)}")

    def _role(self, who: str) -> str:
        kind = self.frame.case.constituency[who].kind
        return "executive" if kind == "executive" else "ratifier"

    def pays(self, who: str, measure: str) -> bool:
        """Return whether a constituency bears the charges of a measure."""
        noun = self.frame.case.constituency[who]
        return noun.kind == "executive" and self.frame.participates(
            who, self.frame.case.measure[measure]
        )

    @cached_property
    def worth(self) -> dict[Cell, Floats]:
        """[world, level] I: value against the status quo, less effort and scope charges."""
        return {
            cell: gain - self._charges(*cell) if self.pays(*cell) else gain
            for cell, gain in self.valued.gain.items()
        }

    def _charges(self, who: str, measure: str) -> Floats:
        frame = self.frame
        share = frame.benefit[measure]
        quo = frame.status_quo(measure)
        price = frame.parameter("effort_price") * frame.number(f"measures/{measure}/effort")
        effort = price[:, None] * (share - share[:, quo : quo + 1])
        return effort + self.scope_charge(who, measure, self._relief_today())

    def _relief_today(self) -> Floats:
        scope = self.frame.case.mechanisms.scope
        if scope is None or not scope.relief:
            return np.zeros(self.frame.count)
        return np.full(self.frame.count, self.relieved(self.frame.status_quo(scope.relief)))

    def relieved(self, level: int) -> float:
        """Return the share of slippage that the relieving measure removes at a level."""
        scope = self.frame.case.mechanisms.scope
        return 0.0 if scope is None or level == 0 else scope.relieved[level - 1]

    def scope_excess(self, party: str, measure: str, relieved: Floats) -> Floats:
        """Return [world, level] how far a rung's scope, slippage included, passes the limit.

        ``scope + slip horizon / 8 (1 - relieved) - (ideal + tolerance)``, horizon in quarters;
        minus infinity where the limit does not apply.
        """
        frame, scope = self.frame, self.frame.case.mechanisms.scope
        noun = frame.case.measure[measure]
        excess = np.full((frame.count, len(noun.rungs) + 1), -np.inf)
        limits = frame.case.party[party].scope
        if scope is None or limits is None or measure not in scope.applies_to:
            return excess
        if party not in noun.participants:
            return excess
        slip = frame.parameter(scope.slip) * scope.horizon_quarters / 8.0 * (1.0 - relieved)
        limit = frame.parameter(limits[0]) + frame.parameter(limits[1])
        today = frame.status_quo(measure)
        for rung in noun.rungs:
            if rung.level > today:
                reach = frame.number(f"rungs/{rung.id}/scope")
                excess[:, rung.level] = reach + slip - limit
        return excess

    def scope_charge(self, who: str, measure: str, relieved: Floats) -> Floats:
        """Return [world, level] what an executive pays for scope beyond its party's limit."""
        party = self.frame.case.constituency[who].party
        price = self.frame.parameter("scope_price") * self.frame.is_set("scope", "soft")
        excess = np.maximum(self.scope_excess(party, measure, relieved), 0.0)
        return price[:, None] * excess

    def discounted(self, who: str, worth: Floats) -> Floats:
        """Return what a worth counts for in the whole: gains at the offset rate, losses in full.

        ``offset max(x, 0) + min(x, 0)``; the worth has the world as its first axis.
        """
        rate = self.offset(who).reshape(-1, *([1] * (worth.ndim - 1)))
        return rate * np.maximum(worth, 0.0) + np.minimum(worth, 0.0)

    @cached_property
    def whole(self) -> dict[str, tuple[str, ...]]:
        """Constituencies that weigh the whole, with the measures for which they are asked."""
        table = {}
        for who in self.frame.case.constituencies:
            asked = tuple(m.id for m in self.frame.case.measures if (who.id, m.id) in self.needed)
            if who.kind in PACKAGE_KINDS and asked:
                table[who.id] = asked
        return table

    def weighed(self, who: str) -> tuple[str, ...]:
        """Return the measures that count in the whole: all for executives, else those asked."""
        if self.frame.case.constituency[who].kind == "executive":
            return tuple(measure.id for measure in self.frame.case.measures)
        return self.whole[who]
