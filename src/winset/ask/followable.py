"""What keeps a programme from being followed: steps down a ladder, gates that cannot open, and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from winset.case.model import (
    AtLeast,
    Case,
    Condition,
    Held,
    Not,
    Programme,
    RungAtLeast,
    Step,
)
from winset.errors import AskError
from winset.problem.timing import timing_of

MOST_QUARTERS = 80
Levels = Mapping[str, int]


def check(case: Case, programme: Programme, quarters: int) -> None:
    """Refuse what cannot be followed, with everything that is wrong at once.

    Raises
    ------
    AskError
        No time in the case, a horizon or a quarter out of bounds, steps down a ladder or named
        twice, a gate that nothing in the programme can open, no steps at all.
    """
    timing_of(case)
    if not 1 <= quarters <= MOST_QUARTERS:
        message = f"{quarters} quarters were asked for; 1 to {MOST_QUARTERS} can be followed."
        raise AskError(message)
    problems = [*problems_of(case, programme)]
    if problems:
        message = f"Programme {programme.id} cannot be followed. " + " ".join(problems)
        raise AskError(message)


def problems_of(case: Case, programme: Programme) -> Iterator[str]:
    """Say what keeps a programme from being followed, a sentence each."""
    if not programme.steps:
        yield "It has no steps; write at least one under `steps`."
    yield from _out_of_place(case, programme)
    yield from _shut(case, programme)


def _out_of_place(case: Case, programme: Programme) -> Iterator[str]:
    highest: dict[str, Step] = {}
    first: dict[str, Step] = {}
    for step in sorted(programme.steps, key=lambda one: one.quarter):
        name, at = step.rung, step.at
        if not 1 <= step.quarter <= MOST_QUARTERS:
            yield f"{at}: quarter {step.quarter} of {name}; 1 to {MOST_QUARTERS} allowed."
        if name in first:
            yield f"{at}: {name} is a step twice (first at {first[name].at}); ask for it once."
        first.setdefault(name, step)
        rung = case.rung[name]
        above = highest.setdefault(rung.measure, step)
        if rung.level < case.rung[above.rung].level and step.quarter > above.quarter:
            yield (
                f"{at}: {name} comes after {above.rung}, which is above it; put it before quarter "
                f"{above.quarter} or leave it out."
            )
        elif rung.level > case.rung[above.rung].level:
            highest[rung.measure] = step
        if name in programme.barred:
            yield f"{at}: {name} is a step and barred at once; drop one of the two."
        lesser = case.rung.get(step.otherwise)
        if lesser is not None and lesser.measure == rung.measure and lesser.level >= rung.level:
            yield f"{at}: the fallback {lesser.id} of {name} is not below it; name a lower rung."


def _shut(case: Case, programme: Programme) -> Iterator[str]:
    """Take each step whose gate can open as carried, over and over; what is left stays shut."""
    reached = {measure.id: measure.status_quo for measure in case.measures}
    left = [*programme.steps]
    while free := [step for step in left if step.when is None or _may_hold(step.when, reached)]:
        for step in free:
            for rung in filter(None, (case.rung.get(step.rung), case.rung.get(step.otherwise))):
                reached[rung.measure] = max(reached[rung.measure], rung.level)
        left = [step for step in left if step not in free]
    for step in left:
        waits = " and ".join(dict.fromkeys(_missing(step.when, reached)))
        yield (
            f"{step.at}: the gate of {step.rung} waits for {waits}, which nothing in the programme "
            "brings about before it; add a step that does, or change `when`."
        )


def _may_hold(condition: Condition, reached: Levels) -> bool:
    match condition:
        case RungAtLeast(measure, level):
            return reached[measure] >= level
        case Held(measure, level, quarters):
            return reached[measure] >= level and quarters < MOST_QUARTERS
        case AtLeast(count, items):
            return sum(_may_hold(item, reached) for item in items) >= count
        case _:
            return True


def _missing(condition: Condition | None, reached: Levels) -> Iterator[str]:
    match condition:
        case RungAtLeast(measure, level) if reached[measure] < level:
            yield f"{measure}.{level}"
        case Held(measure, level, quarters) if not _may_hold(condition, reached):
            yield f"{measure}.{level} held {quarters}"
        case AtLeast(_, items):
            for item in items:
                yield from _missing(item, reached)


def named_in(condition: Condition | None) -> Iterable[str]:
    """Yield the measures that a condition names."""
    match condition:
        case RungAtLeast(measure, _) | Held(measure, _, _):
            yield measure
        case Not(item):
            yield from named_in(item)
        case AtLeast(_, items):
            for item in items:
                yield from named_in(item)
