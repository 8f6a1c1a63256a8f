"""What one rung is worth to one constituency, and what other measures change about that.

Points everywhere.  ``own`` is the difference to the status quo before lobbying, ``gain`` after
it, ``item`` after charges too.  ``deltas`` are the changes of ``item`` that progress on other
measures brings: less slippage, an easier past, a shared view.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from winset.case.model import Ceiling, Criterion, Learning, Scope
from winset.oracle.world import ONE, ZERO, World

Package = Mapping[str, int]
"""Level of each measure, by id."""


class Value:
    """Values of rungs in one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.case = world.case
        self._gain: dict[tuple[str, str, int], Fraction] = {}
        self._factor: dict[tuple[str, str, bool], Fraction] = {}

    def takes_part(self, who: str, measure: str) -> bool:
        """Whether the constituency's party takes part in the measure."""
        return self.case.constituency[who].party in self.case.measure[measure].participants

    # Effects and value.

    def effect(
        self, measure: str, criterion: str, party: str, *, amplified: bool = True
    ) -> Fraction:
        """Effect of the top rung on a party, strengthened or softened by amplifiers."""
        raw = self.world.raw_effect(measure, criterion, party)
        if not amplified or raw == 0:
            return raw
        return raw * self._amplified(measure, criterion, positive=raw > 0)

    def _amplified(self, measure: str, criterion: str, *, positive: bool) -> Fraction:
        key = (measure, criterion, positive)
        if key not in self._factor:
            factor = ONE
            for amplifier in self.case.mechanisms.amplifiers:
                top = self.world.top[measure]
                size = self.world.parameter(amplifier.size) * _sign(
                    self.own(amplifier.who, measure, top, amplified=False)
                )
                if positive and measure in amplifier.boosts:
                    factor *= 1 + size
                softened = measure in amplifier.softens and criterion == amplifier.criterion
                if not positive and softened:
                    factor *= 1 - size / 2
            self._factor[key] = factor
        return self._factor[key]

    def bent_share(self, criterion: Criterion, measure: str, level: int, sign: int) -> Fraction:
        """Share of an effect that a rung brings, given the sign of the effect."""
        if sign > 0:
            return self.world.share(criterion.gain, measure, level)
        domain = self.case.measure[measure].domain
        scale = criterion.loss_except.get(domain, criterion.loss)
        return self.world.share(scale, measure, level)

    def loss_factor(self, measure: str) -> Fraction:
        """Return what remains of the losses of a measure that a standing law enables."""
        factor = ONE
        for enabling in self.case.mechanisms.enablings:
            if enabling.measure == measure and self.case.flags.get(enabling.flag, False):
                factor *= 1 - self.world.parameter(enabling.cut)
        return factor

    def term(
        self, who: str, criterion: Criterion, measure: str, level: int, *, amplified: bool = True
    ) -> Fraction:
        """One criterion's part in the derived value of a rung."""
        party = self.case.constituency[who].party
        effect = self.effect(measure, criterion.id, party, amplified=amplified)
        z = self.world.weight(who, criterion.id) * effect
        if z == 0:
            return ZERO
        share = self.bent_share(criterion, measure, level, _sign(effect))
        if z < 0:
            share = self.world.curved(share) * self.loss_factor(measure)
        return z * share / Fraction(self.case.scale)

    def stance(self, who: str, measure: str, level: int) -> Fraction | None:
        """Value of a rung where a stance overrides the derived one."""
        scale = self.world.parameter("stance_scale")
        for target in (f"{measure}.{level}", measure):
            if (who, target) not in self._overrides or level == 0:
                continue
            code = self.world.number(f"stances/{who}/{target}")
            if target != measure:
                return scale * code
            share = self.world.benefit(measure, level)
            return scale * code * (share if code >= 0 else self.world.curved(share))
        return None

    @cached_property
    def _overrides(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (stance.constituency, stance.target)
            for stance in self.case.stances
            if stance.use == "override"
        )

    def value(self, who: str, measure: str, level: int, *, amplified: bool = True) -> Fraction:
        """Value of a rung against absence."""
        stance = self.stance(who, measure, level)
        if stance is not None:
            return stance
        return sum(
            (
                self.term(who, criterion, measure, level, amplified=amplified)
                for criterion in self.case.criteria
            ),
            ZERO,
        )

    def own(self, who: str, measure: str, level: int, *, amplified: bool = True) -> Fraction:
        """Value of a rung against the status quo, before lobbying."""
        here, there = (
            self.value(who, measure, at, amplified=amplified)
            for at in (level, self.world.quo[measure])
        )
        return here - there

    def gain(self, who: str, measure: str, level: int) -> Fraction:
        """Value of a rung against the status quo, lobbies included."""
        key = (who, measure, level)
        if key not in self._gain:
            found = self.own(who, measure, level)
            for lobby in self.case.constituencies:
                for host, measures in lobby.hosts:
                    if host == who and measure in measures:
                        shift = self.world.parameter("lobby_shift") * Fraction(lobby.salience) / 3
                        found += shift * self.own(lobby.id, measure, level)
            self._gain[key] = found
        return self._gain[key]

    # Charges.

    def effort_charge(self, who: str, measure: str, level: int) -> Fraction:
        """Return what the work on a rung costs an executive that takes part."""
        if self.case.constituency[who].kind != "executive" or not self.takes_part(who, measure):
            return ZERO
        climbed = self.world.benefit(measure, level) - self.world.benefit(
            measure, self.world.quo[measure]
        )
        effort = self.world.number(f"measures/{measure}/effort")
        return self.world.parameter("effort_price") * effort * climbed

    def reach_of(self, scope: Scope, measure: str, level: int, relief_level: int) -> Fraction:
        """Scope of a rung once slippage is counted, less what the relief measure removes."""
        removed = Fraction(scope.relieved[relief_level - 1]) if relief_level else ZERO
        slip = self.world.parameter(scope.slip) * Fraction(scope.horizon_quarters, 8)
        return self.world.breadth(measure, level) + slip * (1 - removed)

    def reach_limit(self, party: str) -> Fraction | None:
        """Widest scope a party bears; none without a limit."""
        names = self.case.party[party].scope
        return None if names is None else sum(map(self.world.parameter, names), ZERO)

    def relief_quo(self) -> int:
        """Level of the relief measure in place."""
        scope = self.case.mechanisms.scope
        return self.world.quo[scope.relief] if scope is not None and scope.relief else 0

    def scope_charge(self, who: str, measure: str, level: int, relief_level: int) -> Fraction:
        """Return what reaching wider than it bears costs an executive (soft form)."""
        scope, member = self.case.mechanisms.scope, self.case.constituency[who]
        limit = self.reach_limit(member.party)
        if (
            scope is None
            or limit is None
            or self.world.setting("scope") != "soft"
            or member.kind != "executive"
            or not self.takes_part(who, measure)
            or measure not in scope.applies_to
            or level <= self.world.quo[measure]
        ):
            return ZERO
        excess = self.reach_of(scope, measure, level, relief_level) - limit
        return self.world.parameter("scope_price") * max(ZERO, excess)

    def item(self, who: str, measure: str, level: int) -> Fraction:
        """Value of a rung after charges, everything else at the status quo."""
        return (
            self.gain(who, measure, level)
            - self.effort_charge(who, measure, level)
            - self.scope_charge(who, measure, level, self.relief_quo())
        )

    # What other measures change.

    def deltas(self, who: str, measure: str, level: int, package: Package) -> Iterator[Fraction]:
        """Yield the changes of ``item`` by each mechanism and each measure that works on this rung."""
        scope = self.case.mechanisms.scope
        if scope is not None and scope.relief:
            yield self.scope_charge(who, measure, level, self.relief_quo()) - self.scope_charge(
                who, measure, level, package[scope.relief]
            )
        if self.stance(who, measure, level) is not None:
            return
        yield from self._easing(who, measure, level, package)
        for learning in self.case.mechanisms.learnings:
            yield self._learning(learning, who, measure, level, package)

    def _easing(self, who: str, measure: str, level: int, package: Package) -> Iterator[Fraction]:
        for easing in self.case.mechanisms.easings:
            ceiling = self.case.ceiling[easing.ceiling]
            if measure in (lift.measure for lift in ceiling.lift):
                continue
            criterion = self.case.criterion[easing.criterion]
            losses = [
                max(ZERO, -self.term(who, criterion, measure, at))
                if self.stance(who, measure, at) is None
                else ZERO
                for at in (level, self.world.quo[measure])
            ]
            strength = (1 - self.world.parameter(easing.remains)) / max(
                ONE, sum((share for _, share in self.lifts(ceiling)), ZERO)
            )
            for lifting, share in self.lifts(ceiling):
                progress = self.progress(lifting, package[lifting])
                yield strength * share * progress * (losses[0] - losses[1])

    def lifts(self, ceiling: Ceiling) -> list[tuple[str, Fraction]]:
        """Measures that raise a ceiling, each with the share it raises at its top rung."""
        return [
            (
                lift.measure,
                Fraction(lift.share) * (self.world.parameter(lift.times) if lift.times else ONE),
            )
            for lift in ceiling.lift
        ]

    def progress(self, measure: str, level: int) -> Fraction:
        """Progress since the status quo, halved where those who make it last are against it."""
        quo = self.world.benefit(measure, self.world.quo[measure])
        if quo == 1:
            return ZERO
        done = max(ZERO, (self.world.benefit(measure, level) - quo) / (1 - quo))
        against = any(
            f"{measure}.{level}" in member.durability
            and self.gain(member.id, measure, level) < self.world.threshold(member.id)
            for member in self.case.constituencies
        )
        return done / 2 if against else done

    def _learning(
        self, learning: Learning, who: str, measure: str, level: int, package: Package
    ) -> Fraction:
        party = self.case.constituency[who].party
        if party != learning.party or measure == learning.measure:
            return ZERO
        criterion = self.case.criterion[learning.criterion]
        effect = self.effect(measure, criterion.id, party)
        if effect == 0:
            return ZERO
        quo = self.world.quo[measure]
        parts = []
        for at in (level, quo):
            share = self.bent_share(criterion, measure, at, _sign(effect))
            if effect < 0:
                share = self.world.curved(share) * self.loss_factor(measure)
            parts.append(share if self.stance(who, measure, at) is None else ZERO)
        fall = self.fall(learning, who, package[learning.measure]) - self.fall(
            learning, who, self.world.quo[learning.measure]
        )
        return -fall * effect * (parts[0] - parts[1]) / Fraction(self.case.scale)

    def fall(self, learning: Learning, who: str, level: int) -> Fraction:
        """How far learning at ``level`` lowers a weight: never below 0, never beyond the gap."""
        criterion = learning.criterion
        ours, theirs = (
            self.world.weight(self.world.executive[party], criterion)
            if party in self.world.executive
            else ZERO
            for party in (learning.party, learning.toward)
        )
        rate = self.world.parameter(learning.rate)
        wish = rate * self.world.benefit(learning.measure, level) * max(ZERO, ours - theirs)
        return min(wish, max(ZERO, self.world.weight(who, criterion)))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
