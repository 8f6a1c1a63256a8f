"""Who reads what: the parameters, levers and rungs that mechanisms, rules and programmes name."""

from __future__ import annotations

from collections.abc import Iterator

from winset.case.condition import walk
from winset.case.model import Case, Compare, Condition, Held, RungAtLeast
from winset.case.quantity import number
from winset.case.time_readers import time_readers

BUILT_IN: dict[str, str] = {
    "cost_curve": "how losses grow with exposure, in the value of every rung",
    "width_executive": "how far below its threshold a single step may lie, executives",
    "width_ratifier": "how far below its threshold a single step may lie, all others",
    "offset_executive": "how much of a gain pays for losses elsewhere, executives",
    "offset_ratifier": "how much of a gain pays for losses elsewhere, all others",
    "stance_scale": "points for each code of a direct statement",
    "effort_price": "what an executive pays for the effort of a measure",
    "saturation": "how much gains on one criterion shrink as they add up",
    "linkage_value": "points for each code of a linkage",
    "lobby_shift": "how far a lobby shifts the value of its host",
    "amplifier": "how far an amplifier strengthens or softens effects",
    "soft_price": "what an absent helpful step costs",
    "scope_price": "what each level of scope beyond the limit costs",
    "ceiling_threat": "how far a level of threat raises a ceiling",
    "ceiling_price": "what the excess over a ceiling costs, where it is priced",
    "exit_cost": "what it costs a new government to leave a step in place",
}
"""Parameters the model itself reads, and what for; a case without one takes the neutral value."""


def parameter_readers(case: Case) -> dict[str, tuple[str, ...]]:
    """Sentences on what reads each parameter; parameters nobody reads are absent."""
    found: dict[str, list[str]] = {}
    own = {parameter.id for parameter in case.parameters}
    for name, says in _all_readers(case):
        if name in own:
            found.setdefault(name, []).append(says)
    return {name: tuple(dict.fromkeys(says)) for name, says in found.items()}


def _all_readers(case: Case) -> Iterator[tuple[str, str]]:
    yield from BUILT_IN.items()
    yield from _mechanisms(case)
    yield from _scopes(case)
    yield from _conditions(case)
    for leader in case.leaders:
        if leader.times:
            yield leader.times, f"multiplies what another leader in {leader.id} changes"
    if case.time is not None:
        yield from time_readers(case.time)


def _scopes(case: Case) -> Iterator[tuple[str, str]]:
    for party in case.parties:
        for name in party.scope or ():
            yield name, f"scope limit of {party.words.name}"


def _mechanisms(case: Case) -> Iterator[tuple[str, str]]:
    known = case.mechanisms
    if known.scope is not None:
        yield known.scope.slip, "slippage of scope"
    for ceiling in known.ceilings:
        yield ceiling.base, f"ceiling {ceiling.id}: without any progress"
        yield ceiling.threat, f"ceiling {ceiling.id}: rise with threat"
        for lift in ceiling.lift:
            yield lift.times, f"ceiling {ceiling.id}: what {lift.measure} adds"
    for easing in known.easings:
        yield easing.remains, f"easing of losses on {easing.criterion}"
    for learning in known.learnings:
        yield learning.rate, f"learning on {learning.criterion} from {learning.measure}"
    for enabling in known.enablings:
        yield enabling.cut, f"losses of {enabling.measure} while {enabling.flag} holds"
    for quiet in known.quiet:
        yield quiet.discount, f"visibility of {', '.join(quiet.measures)}"
        yield quiet.leak, f"leaks about {', '.join(quiet.measures)}"
    for amplifier in known.amplifiers:
        yield amplifier.size, f"amplifier {amplifier.who}"
    for guarantee in known.guarantees:
        yield guarantee.share, f"guarantee {guarantee.id}: cost of leaving"
    for reversal in known.reversals:
        yield reversal.cost, f"what {reversal.raises} asks after {reversal.by} left a step"


def each_condition(case: Case) -> Iterator[tuple[str, Condition]]:
    """Conditions of rules and of programme steps, with a name for each."""
    for rule in case.rules:
        if rule.condition is not None:
            yield f"rule {rule.id}", rule.condition
    for programme in case.programmes:
        for step in programme.steps:
            if step.when is not None:
                yield f"programme {programme.id}, step {step.rung}", step.when


def _conditions(case: Case) -> Iterator[tuple[str, str]]:
    for where, condition in each_condition(case):
        for part in walk(condition):
            if isinstance(part, Compare):
                if part.subject == "parameter":
                    yield part.name, where
                if part.subject != "state" and number(part.value) is None:
                    yield part.value, where


def lever_readers(case: Case) -> dict[str, tuple[str, ...]]:
    """Sentences on what reads each lever; levers nobody reads are absent."""
    found: dict[str, list[str]] = {}
    for quiet in case.mechanisms.quiet:
        found.setdefault(quiet.lever, []).append(f"visibility of {', '.join(quiet.measures)}")
    for guarantee in case.mechanisms.guarantees:
        if guarantee.lever:
            found.setdefault(guarantee.lever, []).append(f"guarantee {guarantee.id}")
    for where, condition in each_condition(case):
        for part in walk(condition):
            if isinstance(part, Compare) and part.subject == "state":
                found.setdefault(part.name, []).append(where)
    for lever in case.levers:
        changed = [change.address for option in lever.options for change in option.changes]
        if changed:
            found.setdefault(lever.id, []).append(f"its changes of {', '.join(changed)}")
    return {name: tuple(dict.fromkeys(says)) for name, says in found.items()}


def rung_readers(case: Case, rung: str) -> tuple[str, ...]:
    """Return the rules, constituencies and programmes that name a rung."""
    measure, level = case.rung[rung].measure, case.rung[rung].level
    found = [f"consent of {one.words.name}" for one in case.constituencies if rung in one.asked_for]
    found += [
        f"backing of {one.words.name}" for one in case.constituencies if rung in one.durability
    ]
    found += [f"rule {rule.id}" for rule in case.rules if rung in rule.rungs]
    for where, condition in each_condition(case):
        named = [part for part in walk(condition) if isinstance(part, RungAtLeast | Held)]
        if any(part.measure == measure and part.level == level for part in named):
            found.append(where)
    for programme in case.programmes:
        if any(rung in (step.rung, step.otherwise) for step in programme.steps):
            found.append(f"programme {programme.id}")
    return tuple(dict.fromkeys(found))
