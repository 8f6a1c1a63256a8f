"""Circles of hard prerequisites: rungs that could only be taken after themselves."""

from __future__ import annotations

from collections.abc import Iterator

from winset.case.model import At, AtLeast, Case, Condition, Rule, RungAtLeast

Step = tuple[str, int]


def circles(case: Case) -> tuple[tuple[tuple[str, ...], At], ...]:
    """Return each circle of hard prerequisites once: its rungs, and where one of its rules stands.

    A rung is within reach in some order when each of its prerequisites is; what is not a rung is
    taken to hold, and so is a rung of the status quo.
    """
    rules = _rules(case)
    reached = _reached(case, rules)
    found: dict[frozenset[str], tuple[tuple[str, ...], At]] = {}
    for step in rules:
        if step not in reached:
            path, at = _follow(step, rules, reached)
            found.setdefault(frozenset(path), (path, at))
    return tuple(found.values())


def _rules(case: Case) -> dict[Step, list[Rule]]:
    """Hard prerequisites by the rungs they bind: those named and all above."""
    found: dict[Step, list[Rule]] = {}
    for rule in case.rules:
        if rule.kind != "needs" or rule.switch or rule.condition is None:
            continue
        for name in rule.rungs:
            rung = case.rung[name]
            for level in range(rung.level, len(case.measure[rung.measure].rungs) + 1):
                found.setdefault((rung.measure, level), []).append(rule)
    return found


def _reached(case: Case, rules: dict[Step, list[Rule]]) -> set[Step]:
    every = {(one.id, rung.level) for one in case.measures for rung in one.rungs}
    reached = {step for step in every if step[1] <= case.measure[step[0]].status_quo}
    grown = True
    while grown:
        new = {
            step
            for step in every - reached
            if all(rule.condition and _met(rule.condition, reached) for rule in rules.get(step, ()))
        }
        reached |= new
        grown = bool(new)
    return reached


def _met(condition: Condition, reached: set[Step]) -> bool:
    if isinstance(condition, RungAtLeast):
        return any(
            measure == condition.measure and level >= condition.level for measure, level in reached
        )
    if isinstance(condition, AtLeast):
        return sum(_met(item, reached) for item in condition.items) >= condition.count
    return True


def _follow(
    start: Step, rules: dict[Step, list[Rule]], reached: set[Step]
) -> tuple[tuple[str, ...], At]:
    seen: list[Step] = []
    step = start
    while step not in seen:
        seen.append(step)
        rule = next(
            one for one in rules[step] if one.condition and not _met(one.condition, reached)
        )
        step = next(_unmet(rule.condition, reached))
    circle = [*seen[seen.index(step) :], step]
    first = next(one for one in rules[step] if one.condition and not _met(one.condition, reached))
    return tuple(f"{measure}.{level}" for measure, level in circle), first.at


def _unmet(condition: Condition | None, reached: set[Step]) -> Iterator[Step]:
    if isinstance(condition, RungAtLeast):
        if not _met(condition, reached):
            yield condition.measure, condition.level
    elif isinstance(condition, AtLeast):
        for item in condition.items:
            yield from _unmet(item, reached)
