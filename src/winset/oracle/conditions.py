"""Conditions of rules, read on one package of one world."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, product

from winset.case.model import (
    AtLeast,
    Compare,
    Condition,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.oracle.value import Package, Value

Literal = tuple[str, int, bool]
"""Measure, level, and whether it must stand at least there (or below)."""

_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
}


def fact(condition: Condition, value: Value, measure: str, level: int) -> bool:
    """Whether an atom about the state of the world holds, for a rule about one rung."""
    match condition:
        case Supports(who):
            return value.gain(who, measure, level) >= 0
        case Compare():
            left, right = _sides(condition, value, measure)
            return _COMPARE[condition.operator](left, right)
        case Flag(name) | Venue(name):
            return bool(value.case.flags.get(name, False))
        case Happened() | Held():
            return False
    message = f"not an atom about the state: {condition}"
    raise TypeError(message)


def _sides(condition: Compare, value: Value, measure: str) -> tuple[Fraction, Fraction]:
    world = value.world
    if condition.subject == "state":
        address = f"levers/{condition.name}"
        order = [option.id for option in value.case.choices[address].options]
        places = (order.index(name) for name in (world.option(address), condition.value))
        left, right = map(Fraction, places)
        return left, right
    if condition.subject == "attitude":
        left = world.number(f"attitudes/{condition.name}/{measure}")
    elif condition.subject == "threat":
        left = Fraction(0)
    else:
        left = world.parameter(condition.name)
    return left, _quantity(condition.value, value)


def _quantity(text: str, value: Value) -> Fraction:
    if f"parameters/{text}" in value.case.values:
        return value.world.parameter(text)
    return Fraction(float(text))


def holds(
    condition: Condition,
    package: Package,
    value: Value,
    measure: str,
    level: int,
    consents: Callable[[str, str, int], bool],
) -> bool:
    """Whether a condition of a rule about ``measure`` at ``level`` holds in a package."""
    match condition:
        case RungAtLeast(needed, at):
            return package[needed] >= at
        case Consents(who):
            return consents(who, measure, level)
        case Not(item):
            return not holds(item, package, value, measure, level, consents)
        case AtLeast(count, items):
            met = (holds(item, package, value, measure, level, consents) for item in items)
            return sum(met) >= count
    return fact(condition, value, measure, level)


def clauses(
    condition: Condition, value: Value, measure: str, level: int, *, wanted: bool = True
) -> Iterator[frozenset[Literal]]:
    """Yield what must hold, each an "or" over rungs; nothing where it holds in any case.

    An empty "or" cannot be met in this world.
    """
    match condition:
        case RungAtLeast(needed, at):
            yield frozenset([(needed, at, wanted)])
        case Not(item):
            yield from clauses(item, value, measure, level, wanted=not wanted)
        case AtLeast(count, items):
            enough = count if wanted else len(items) - count + 1
            parts = [list(clauses(item, value, measure, level, wanted=wanted)) for item in items]
            for chosen in combinations(parts, len(items) - enough + 1):
                for mix in product(*chosen):
                    yield frozenset[Literal]().union(*mix)
        case _:
            if fact(condition, value, measure, level) != wanted:
                yield frozenset()
