"""Random valid cases for property tests, biased to packages that are just accepted or refused.

Needs Hypothesis, which is not installed with winset: ``pip install hypothesis``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from winset.case.draft import by_id, natural
from winset.case.model import (
    AtLeast,
    Case,
    Condition,
    Consents,
    Constituency,
    Criterion,
    Group,
    Kind,
    Measure,
    Outsider,
    Party,
    Rung,
    Scale,
    Shock,
    Value,
)
from winset.case.rulebook import CONSENTING
from winset.oracle.restate import Restatement
from winset.testing.mechanisms import mechanisms, parameters, settings
from winset.testing.parts import NOWHERE, Draw, named, number
from winset.testing.rules import choices, rules
from winset.testing.write import write_case

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["cases", "write_case"]

_KINDS: tuple[Kind, ...] = (
    "implementer",
    "majority",
    "conditional",
    "soft",
    "lobby",
    "amplifier",
)
_DOMAINS = ("DEF", "ECO")
_CRITERIA: tuple[tuple[str, Scale, Scale, bool], ...] = (
    ("GAI", "benefit", "benefit", True),
    ("RIS", "benefit", "exposure", False),
    ("DOM", "benefit", "heat", False),
    ("NRM", "heat", "heat", False),
)
UNIT = 1e-6
"""Points: the smallest amount the engine can tell apart."""


def cases(
    *,
    measures: tuple[int, int] = (1, 7),
    constituencies: tuple[int, int] = (1, 6),
    packages: int = 2000,
    uncertain: bool | None = None,
    tight: bool = True,
) -> SearchStrategy[Case]:
    """Which cases could somebody write?  A Hypothesis strategy of valid :class:`Case` objects.

    Parameters
    ----------
    measures, constituencies
        Least and most of each.
    packages
        Ladders are cut until there are at most so many packages.
    uncertain
        Whether numbers have ranges; None draws that too (mostly they have none).
    tight
        Draw a package and set each threshold so that its holder is just for it, indifferent or
        just against it (by one unit of the engine, or by a quarter of a point).

    Notes
    -----
    Small whole numbers make ties common; each mechanism, form of the model and kind of rule is
    there or not.  Rules read only earlier measures, so that no prerequisites form a circle.
    """
    from hypothesis import strategies as st

    @st.composite
    def build(draw: Callable[[SearchStrategy[Any]], Any]) -> Case:
        dice = Draw(draw)
        dice.uncertain = dice.chance(5) if uncertain is None else uncertain
        case = _Builder(dice, measures, constituencies, packages).case()
        return _tightened(case, dice) if tight else case

    return build()


@dataclass
class _Builder:
    dice: Draw
    measure_count: tuple[int, int]
    constituency_count: tuple[int, int]
    packages: int

    def case(self) -> Case:
        dice = self.dice
        most = min(4, self.constituency_count[1])
        self.parties = tuple(f"P{letter}" for letter in "ABCD"[: dice.whole(1, most)])
        self.measures = self._measures()
        self.rungs = [rung for measure in self.measures for rung in measure.rungs]
        self.criteria = _CRITERIA[: dice.whole(1, 4)]
        self.members = self._constituencies()
        measure_ids = tuple(measure.id for measure in self.measures)
        switches, levers, leaders = choices(dice, self.parties, self.members, self.measures)
        outsiders = (Outsider("OUT", named("OUT"), "neighbour", (), NOWHERE),)
        return Case(
            id="drawn",
            title="A drawn case",
            question="How far can it go?",
            as_of="2022-08-01",
            folder="",
            scale=float(dice.among(4, 3, 2)),
            words={},
            parties=self._parties(),
            outsiders=outsiders,
            domains={name: named(name) for name in _DOMAINS},
            groups=(Group("core", "Core", "core", measure_ids),),
            sets={"every": measure_ids},
            constituencies=self.members,
            criteria=by_id([self._criterion(*row) for row in self.criteria], lambda one: one.id),
            measures=self.measures,
            weights=dice.weights(self.members, [row[0] for row in self.criteria]),
            effects=dice.effects(self.measures, self.parties, self.criteria),
            stances=dice.stances(self.members, self.rungs, measure_ids),
            linkages=dice.linkages(measure_ids, self.members),
            attitudes=dice.attitudes(measure_ids),
            rules=rules(dice, self.measures, self.members, switches),
            parameters=parameters(dice),
            switches=switches,
            levers=levers,
            leaders=leaders,
            settings=settings(dice),
            correlations={"weights": 0.5, "thresholds": 0.7},
            flags={"law": dice.chance(2), "place": dice.chance(2)},
            mechanisms=mechanisms(dice, self.measures, self.members, self.criteria),
            shocks=(Shock("X1", named("X1"), "exogenous", "", "A", (), {}, NOWHERE),),
            programmes=(),
            sources=(),
            evidence=(),
        )

    def _measures(self) -> tuple[Measure, ...]:
        dice, left, found = self.dice, self.packages, []
        for place in range(dice.whole(*self.measure_count)):
            top = min(dice.whole(1, 4), max(1, left - 1))
            if left < 2:
                break
            left //= top + 1
            quo = dice.among(0, 0, 0, 1, top)
            found.append(self._measure(f"M{place + 1}", top, quo if place else min(quo, top - 1)))
        return tuple(found)

    def _measure(self, name: str, top: int, quo: int) -> Measure:
        dice = self.dice
        rungs = tuple(
            Rung(
                id=f"{name}.{level}",
                measure=name,
                level=level,
                words=named(f"{name}.{level}"),
                status_quo=level <= quo,
                benefit=dice.value(
                    f"rungs/{name}.{level}/benefit",
                    1 if level == top else dice.whole(0, 4) / 4,
                    (0, 1),
                ),
                exposure=dice.value(f"rungs/{name}.{level}/exposure", dice.whole(0, 4) / 4, (0, 1)),
                scope=dice.value(f"rungs/{name}.{level}/scope", dice.whole(1, 4), (1, 4)),
                heat=dice.value(f"rungs/{name}.{level}/heat", dice.whole(0, 3), (0, 3)),
                basis="A",
                refs=(),
                note="",
                at=NOWHERE,
            )
            for level in range(1, top + 1)
        )
        members = self.parties if dice.chance(2) else dice.some(self.parties, 1)
        return Measure(
            id=name,
            domain=dice.among(*_DOMAINS),
            words=named(name),
            participants=members,
            rungs=rungs,
            depth_weight=float(dice.among(1, 1, 2, 0)),
            alternatives=dice.chance(8),
            down=dice.chance(6),
            effort=dice.value(f"measures/{name}/effort", dice.whole(0, 2), (0, 3)),
            lag=number(f"measures/{name}/lag", 2),
            trust=number(f"measures/{name}/trust", 0),
            note="",
            basis="A",
            refs=(),
            at=NOWHERE,
        )

    def _criterion(self, name: str, gain: Scale, loss: Scale, shared: bool) -> Criterion:  # noqa: FBT001
        special: dict[str, Scale] = {"ECO": "benefit"} if name == "DOM" else {}
        return Criterion(name, named(name), "", gain, loss, special, shared, "A", (), NOWHERE)

    def _constituencies(self) -> tuple[Constituency, ...]:
        dice = self.dice
        count = max(dice.whole(*self.constituency_count), len(self.parties))
        found = [self._constituency(place) for place in range(count)]
        found.sort(key=lambda one: (one.party, natural(one.id)))
        hosts = [one.id for one in found if one.kind != "lobby"]
        return tuple(
            replace(one, hosts=self._hosts(hosts)) if one.kind == "lobby" and hosts else one
            for one in found
        )

    def _constituency(self, place: int) -> Constituency:
        dice = self.dice
        kind = "executive" if place < len(self.parties) else dice.among(*_KINDS)
        party = self.parties[place % len(self.parties)]
        name = f"{party}-K{place + 1}"
        mine = [
            rung.id
            for measure in self.measures
            if party in measure.participants
            for rung in measure.rungs
        ]
        asked = tuple(mine) if dice.chance(2) else dice.some(tuple(mine), 0)
        lasting = dice.some(tuple(mine), 0) if dice.chance(3) else ()
        return Constituency(
            id=name,
            party=party,
            words=named(name),
            kind=kind,
            asked_for=frozenset(asked),
            asked_text=" ".join(asked),
            durability=frozenset(lasting),
            threshold=dice.value(f"constituencies/{name}/threshold", dice.whole(-1, 1), None),
            salience=float(dice.whole(0, 3)),
            hosts=(),
            basis="A",
            refs=(),
            note="",
            at=NOWHERE,
        )

    def _hosts(self, hosts: list[str]) -> tuple[tuple[str, frozenset[str]], ...]:
        chosen = self.dice.some(tuple(measure.id for measure in self.measures), 1)
        return ((self.dice.among(*hosts), frozenset(chosen)),)

    def _parties(self) -> tuple[Party, ...]:
        dice, found = self.dice, []
        for party in self.parties:
            mine = [one.id for one in self.members if one.party == party and one.kind in CONSENTING]
            condition, text = self._accepts(mine)
            limit = ("scope_ideal", "scope_tol") if dice.chance(2) else None
            found.append(Party(party, named(party), condition, text, limit, NOWHERE))
        return tuple(found)

    def _accepts(self, mine: list[str]) -> tuple[Condition, str]:
        every = tuple(Consents(name) for name in mine)
        form = self.dice.among("all", "all", "or", "and-or", "most")
        if form == "all" or not every:
            return AtLeast(len(every), every), "all"
        if len(every) == 1:
            return every[0], mine[0]
        if form == "or":
            return AtLeast(1, every), " or ".join(mine)
        if form == "most":
            count = self.dice.whole(1, len(every))
            return AtLeast(count, every), f"{count} of ({', '.join(mine)})"
        rest = AtLeast(1, every[1:]) if len(every) > 2 else every[1]
        return AtLeast(2, (every[0], rest)), f"{mine[0]} and ({' or '.join(mine[1:])})"


class _Defaults:
    """Worlds in which everything takes its middle value and its default option."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def number(self, address: str) -> list[float]:
        return [self.case.values[address].mode]

    def option(self, address: str) -> list[int]:
        choice = self.case.choices[address]
        return [[option.id for option in choice.options].index(choice.default)]

    def setting(self, name: str) -> list[str]:
        return [self.case.settings[name]]


def _tightened(case: Case, dice: Draw) -> Case:
    """Return the case with thresholds at what one package gives, or one unit beside it."""
    free = _with_thresholds(case, {member.id: 0.0 for member in case.constituencies})
    world = Restatement(free, _Defaults(free), 0)
    package = {
        measure.id: dice.whole(measure.status_quo, len(measure.rungs)) for measure in case.measures
    }
    found = {}
    for member in case.constituencies:
        mine = [row for row in world.rows() if row.constituency == member.id]
        margins = [
            world.margin(row, package)
            for row in mine
            if row.kind == "package"
            or (row.measure, package[row.measure]) in world.needed[member.id]
        ]
        if margins and not dice.chance(6):
            step = dice.among(UNIT, UNIT, 0.25) * dice.among(-1, 0, 1)
            found[member.id] = float(round(Fraction(min(margins)), 6)) - step
    return _with_thresholds(case, found)


def _with_thresholds(case: Case, found: dict[str, float]) -> Case:
    return replace(
        case,
        constituencies=tuple(
            replace(one, threshold=_moved(one.threshold, found[one.id])) if one.id in found else one
            for one in case.constituencies
        ),
    )


def _moved(value: Value, mode: float) -> Value:
    if value.exact:
        return replace(value, low=mode, mode=mode, high=mode)
    shift = mode - value.mode
    return replace(value, low=value.low + shift, mode=mode, high=value.high + shift)
