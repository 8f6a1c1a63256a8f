"""The model stated a second time: who accepts a package, and by how much.

:func:`accepts` follows the definitions sentence by sentence.  :func:`coefficients` gives the
same limits one at a time, each as a number of points that must not be below 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from winset.case.model import (
    AtLeast,
    Case,
    Ceiling,
    Condition,
    Consents,
    Constituency,
    Linkage,
    Not,
    Rule,
)
from winset.oracle.conditions import Literal, clauses, holds
from winset.oracle.value import Package, Value
from winset.oracle.world import ONE, ZERO, Draws, World

ASKED = ("executive", "implementer", "majority", "conditional")
"""Kinds whose consent is needed; the rest never refuse by themselves."""
WHOLE = ("executive", "implementer")
"""Kinds that weigh the package as a whole too."""


class RowKey(NamedTuple):
    """One limit: what kind, whose, about which measure and (stepwise) which level."""

    kind: str
    constituency: str
    measure: str
    level: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a package is in the win-set and, if not, everything that speaks against it."""

    accepted: bool
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.accepted


class Restatement:
    """All limits of one world."""

    def __init__(self, case: Case, worlds: Draws, index: int) -> None:
        self.case = case
        self.world = World(case, worlds, index)
        self.value = Value(self.world)

    # Whose consent is needed for what.

    @cached_property
    def needed(self) -> dict[str, frozenset[tuple[str, int]]]:
        """Rungs above the status quo that need the consent of each constituency."""
        return {member.id: frozenset(self._needed(member)) for member in self.case.constituencies}

    def _needed(self, member: Constituency) -> Iterator[tuple[str, int]]:
        asked: set[str] = set()
        if member.kind in ASKED:
            asked |= member.asked_for
        if member.kind == "conditional" and self.world.setting("durability_binds") == "on":
            asked |= member.durability
        everything = member.kind == "soft" and self.world.setting("soft_binds") == "on"
        for rung in self.case.rung.values():
            above = rung.level > self.world.quo[rung.measure]
            asked_here = everything or rung.id in asked
            if above and asked_here and self.value.takes_part(member.id, rung.measure):
                yield rung.measure, rung.level

    def listens_to(self, member: Constituency) -> bool:
        """Whether its refusal counts in this world."""
        delayed = self.world.setting("implementers") == "delay"
        return not (member.kind == "implementer" and delayed)

    def asks(self, who: str, measure: str) -> bool:
        """Whether its consent is needed at some rung of the measure."""
        return any(needed == measure for needed, _ in self.needed[who])

    # Parts of a value that depend on more than one measure.

    def linkages(self, who: str) -> Iterator[tuple[Linkage, Fraction]]:
        """Linkages that count for a constituency, each in points."""
        member = self.case.constituency[who]
        for linkage in self.case.linkages:
            both = self.asks(who, linkage.a) and self.asks(who, linkage.b)
            counts = who in linkage.who if linkage.who else member.kind in WHOLE and both
            if counts:
                code = self.world.number(linkage.value.address)
                yield linkage, code * self.world.parameter("linkage_value")

    def linked_floor(self, who: str, measure: str, level: int, package: Package) -> Fraction:
        """Linked part of one step: all of it, against its own status quo."""
        world, total = self.world, ZERO
        climbed = world.benefit(measure, level) - world.benefit(measure, world.quo[measure])
        for linkage, points in self.linkages(who):
            if measure in (linkage.a, linkage.b):
                other = linkage.b if measure == linkage.a else linkage.a
                total += points * climbed * world.benefit(other, package[other])
        return total

    def missing_help(self, who: str, measure: str, level: int, package: Package) -> Fraction:
        """Return what an executive loses because helpful steps are missing under one step."""
        member = self.case.constituency[who]
        if member.kind != "executive" or not self.value.takes_part(who, measure):
            return ZERO
        missing = sum(
            not _met(clause, package)
            for rule, at in self._rules("helps", measure)
            if rule.condition is not None and level >= at
            for clause in clauses(rule.condition, self.value, measure, at)
        )
        return missing * self.world.parameter("soft_price")

    def _rules(self, kind: str, measure: str) -> Iterator[tuple[Rule, int]]:
        for rule in self.case.rules:
            reach = "reach" in rule.read_by and self.world.switched_on(rule.switch)
            if rule.kind != kind or not reach:
                continue
            for name in rule.rungs:
                rung = self.case.rung[name]
                new = rung.level > self.world.quo[measure] or kind == "excludes"
                if rung.measure == measure and new:
                    yield rule, rung.level

    # Limits as numbers.

    def floor(self, who: str, measure: str, level: int, package: Package) -> Fraction:
        """Points by which one step clears the floor of a constituency."""
        member = self.case.constituency[who]
        return (
            self.value.item(who, measure, level)
            + sum(self.value.deltas(who, measure, level, package), ZERO)
            + self.linked_floor(who, measure, level, package)
            - self.missing_help(who, measure, level, package)
            - (self.world.threshold(who) - self.world.width(member))
        )

    def counted(self, who: str) -> list[str]:
        """Measures that a constituency weighs in the whole."""
        if self.case.constituency[who].kind == "executive":
            return [measure.id for measure in self.case.measures]
        return [m.id for m in self.case.measures if self.asks(who, m.id)]

    def whole(self, who: str, package: Package) -> Fraction:
        """Points by which the whole package clears the threshold of a constituency."""
        member, world = self.case.constituency[who], self.world
        offset = world.offset(member)

        def weighed(x: Fraction) -> Fraction:
            return offset * x if x > 0 else x

        total = -world.threshold(who)
        counted = self.counted(who)
        for measure in counted:
            level = package[measure]
            item = self.value.item(who, measure, level)
            total += weighed(item)
            for delta in self.value.deltas(who, measure, level, package):
                total += weighed(item + delta) - weighed(item)
            total -= self.missing_help(who, measure, level, package)
        for linkage, points in self.linkages(who):
            if not {linkage.a, linkage.b} <= set(counted):
                continue
            now, before = (
                world.benefit(linkage.a, at[linkage.a]) * world.benefit(linkage.b, at[linkage.b])
                for at in (package, world.quo)
            )
            total += weighed(points * (now - before))
        return total - offset * self.saturated(who, package)

    def saturated(self, who: str, package: Package) -> Fraction:
        """Value lost because the same good is brought by many measures."""
        world, total = self.world, ZERO
        if world.setting("saturation") != "on":
            return total
        for criterion in self.case.criteria:
            if not criterion.shared or criterion.gain != "benefit":
                continue
            goods = {
                measure.id: max(ZERO, self.value.effect(measure.id, criterion.id, ""))
                for measure in self.case.measures
            }
            most = sum(goods.values(), ZERO)
            if most > 0:
                now, before = (
                    sum((goods[m] * world.benefit(m, at[m]) for m in goods), ZERO)
                    for at in (package, world.quo)
                )
                rate = max(ZERO, world.weight(who, criterion.id)) * world.parameter("saturation")
                total += rate / Fraction(self.case.scale) * (now**2 - before**2) / (2 * most)
        return total

    def ceiling(self, ceiling: Ceiling, package: Package) -> Fraction:
        """Highest level, 0 to 1, that the past allows in a package (no threat as yet)."""
        base = self.world.parameter(ceiling.base)
        lifted = sum(
            (
                share * self.value.progress(measure, package[measure])
                for measure, share in self.value.lifts(ceiling)
            ),
            ZERO,
        )
        return base + (1 - base) * lifted

    def mean_benefit(self, measures: tuple[str, ...], package: Package) -> Fraction:
        """Mean benefit over measures."""
        return sum((self.world.benefit(m, package[m]) for m in measures), ZERO) / len(measures)

    def excess(self, ceiling: Ceiling, package: Package) -> Fraction:
        """How far the mean benefit lies above the ceiling; negative below it."""
        return self.mean_benefit(ceiling.over, package) - self.ceiling(ceiling, package)

    def priced(self, ceiling: Ceiling, who: str, package: Package) -> Fraction:
        """Return the whole once new excess over a ceiling is paid for."""
        before = max(ZERO, self.excess(ceiling, self.world.quo))
        price = self.world.parameter("ceiling_price")
        return self.whole(who, package) - price * (self.excess(ceiling, package) - before)

    def within_reach(self, party: str, measure: str, package: Package) -> bool:
        """Whether a step reaches no wider than a party bears (hard form)."""
        scope, limit = self.case.mechanisms.scope, self.value.reach_limit(party)
        level = package[measure]
        if scope is None or limit is None or level <= self.world.quo[measure]:
            return True
        relief = package[scope.relief] if scope.relief else 0
        return self.value.reach_of(scope, measure, level, relief) <= limit

    # The limits by name, each a number of points that must not be below 0.

    def floor_rows(self) -> Iterator[RowKey]:
        """Floors: one a step, or one a rung where the ladder is climbed stepwise."""
        stepwise = self.world.setting("ladder") == "stepwise"
        for member in self.case.constituencies:
            if not self.listens_to(member):
                continue
            for measure in self.case.measures:
                levels = sorted(at for m, at in self.needed[member.id] if m == measure.id)
                if levels and not stepwise:
                    yield RowKey("floor", member.id, measure.id, 0)
                elif stepwise:
                    for level in levels:
                        yield RowKey("floor", member.id, measure.id, level)

    def whole_rows(self) -> Iterator[RowKey]:
        """Thresholds of those who weigh the whole, ceilings they pay for included."""
        for member in self.case.constituencies:
            if member.kind in WHOLE and self.needed[member.id] and self.listens_to(member):
                yield RowKey("package", member.id, "", 0)
                if self.world.setting("ceiling") == "price":
                    for ceiling in self.case.mechanisms.ceilings:
                        if member.id in ceiling.payers:
                            yield RowKey("package", member.id, "", 0, ceiling.id)

    def structure_rows(self) -> Iterator[RowKey]:
        """Ceilings and hard limits of scope, which nobody's consent can lift."""
        form = self.world.setting("ceiling")
        for ceiling in self.case.mechanisms.ceilings:
            if form == "level":
                for measure in ceiling.over:
                    yield RowKey("ceiling", "", measure, 0, ceiling.id)
            elif form == "mean":
                yield RowKey("ceiling", "", "", 0, ceiling.id)
        scope = self.case.mechanisms.scope
        if scope is not None and self.world.setting("scope") == "hard":
            for party in self.case.parties:
                for measure in scope.applies_to:
                    if party.scope and party.id in self.case.measure[measure].participants:
                        yield RowKey("scope", "", measure, 0, party.id)

    def asleep(self, row: RowKey, package: Package) -> bool:
        """Whether a limit asks nothing, because nothing it is about has changed."""
        if row.kind == "package":
            watched = [measure for measure, _ in self.needed[row.constituency]]
        elif row.kind in ("ceiling", "scope"):
            watched = [row.measure] if row.measure else list(self._ceiling(row).over)
        else:
            return False
        return all(package[measure] == self.world.quo[measure] for measure in watched)

    def _ceiling(self, row: RowKey) -> Ceiling:
        return self.case.ceiling[row.source]

    def margin(self, row: RowKey, package: Package) -> Fraction:
        """Points (shares of 1 for structure) by which a limit holds; 0 where it asks nothing."""
        measure, who = row.measure, row.constituency
        if self.asleep(row, package):
            return ZERO
        match row.kind:
            case "floor" | "prerequisite":
                return self._floor_margin(row, package)
            case "scope":
                return ZERO if self.within_reach(row.source, measure, package) else -ONE
            case "package" if row.source:
                return self.priced(self._ceiling(row), who, package)
            case "package":
                return self.whole(who, package)
            case "ceiling" if measure:
                height = self.world.heat(measure, package[measure]) / 3
                return self.ceiling(self._ceiling(row), package) - height
            case _:
                return -self.excess(self._ceiling(row), package)

    def _floor_margin(self, row: RowKey, package: Package) -> Fraction:
        who, measure, level = row.constituency, row.measure, package[row.measure]
        if row.kind == "prerequisite":
            counts = level >= row.level
        elif row.level:
            counts, level = level >= row.level, row.level
        else:
            counts = (measure, level) in self.needed[who]
        return self.floor(who, measure, level, package) if counts else ZERO

    def rows(self) -> tuple[RowKey, ...]:
        """Every limit that is a number."""
        return (*self.floor_rows(), *self.whole_rows(), *self.structure_rows())

    # The definitions, sentence by sentence.

    def reasons(self, package: Package) -> Iterator[str]:
        """Everything that speaks against a package other than the status quo."""
        for measure in self.case.measures:
            if package[measure.id] < measure.status_quo and not measure.down:
                yield f"{measure.id} would fall below the status quo"
        for kind in ("needs", "excludes", "refuses"):
            yield from self._broken(kind, package)
        refusing = {
            row.constituency
            for row in (*self.floor_rows(), *self.whole_rows())
            if self.margin(row, package) < 0
        }
        for party in self.case.parties:
            if not _content(party.accepts, refusing):
                yield f"{party.id} does not accept: {', '.join(sorted(refusing))}"
        for row in self.structure_rows():
            if self.margin(row, package) < 0:
                yield f"{row.kind} {row.source or row.constituency} {row.measure}".strip()

    def _broken(self, kind: str, package: Package) -> Iterator[str]:
        if kind == "refuses" and self.world.setting("red_lines") != "on":
            return
        for measure in self.case.measures:
            for rule, at in self._rules(kind, measure.id):
                if package[measure.id] < at:
                    continue
                met = self._met(rule, measure.id, at, package)
                if kind == "excludes":
                    today = measure.status_quo >= at and self._met(
                        rule, measure.id, at, self.world.quo
                    )
                    met = not met or today
                if not met and (rule.condition is not None or kind == "refuses"):
                    yield f"{rule.id} speaks against {measure.id}.{package[measure.id]}"

    def _met(self, rule: Rule, measure: str, level: int, package: Package) -> bool:
        if rule.condition is None:
            return False
        consents = _Consents(self, package)
        return holds(rule.condition, package, self.value, measure, level, consents)

    def verdict(self, package: Package) -> Verdict:
        """Whether a package is in the win-set; the status quo is by definition."""
        if package == self.world.quo:
            return Verdict(accepted=True)
        found = tuple(self.reasons(package))
        return Verdict(not found, found)

    def depth(self, package: Package) -> Fraction:
        """Depth of a package on the analyst's ruler, not divided by its length."""
        return sum(
            (
                Fraction(measure.depth_weight) * self.world.benefit(measure.id, package[measure.id])
                for measure in self.case.measures
            ),
            ZERO,
        )


@dataclass(frozen=True, slots=True)
class _Consents:
    """Whether a constituency's floor holds on a rung of a package, needed or not."""

    of: Restatement
    package: Package

    def __call__(self, who: str, measure: str, level: int) -> bool:
        standing = max(level, self.package[measure])
        return self.of.floor(who, measure, standing, self.package) >= 0


def coefficients(case: Case, worlds: Draws, index: int) -> Restatement:
    """State one world again; see :meth:`Restatement.rows` and :meth:`Restatement.margin`."""
    return Restatement(case, worlds, index)


def accepts(case: Case, worlds: Draws, index: int, package: Mapping[str, int]) -> Verdict:
    """Say whether a package is in the win-set of a world, straight from the definitions."""
    return Restatement(case, worlds, index).verdict(dict(package))


def _content(condition: Condition, refusing: set[str]) -> bool:
    match condition:
        case Consents(who):
            return who not in refusing
        case AtLeast(count, items):
            return sum(_content(item, refusing) for item in items) >= count
        case Not(item):
            return not _content(item, refusing)
    message = f"a party accepts by consents only, not by {condition}"
    raise TypeError(message)


def _met(clause: frozenset[Literal], package: Package) -> bool:
    return any((package[measure] >= level) == above for measure, level, above in clause)
