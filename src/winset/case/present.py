"""The present of a case: what its log made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from winset.case.address import resolve_change
from winset.case.draft import by_id
from winset.case.evaluation import STATE_BOUNDS, Bounds
from winset.case.findings import Findings
from winset.case.model import (
    Case,
    Change,
    Choice,
    Effect,
    Entry,
    Evaluation,
    Measure,
    Move,
    Rung,
    Stage,
    Value,
)
from winset.case.quantity import Quantity, parse_quantity

T = TypeVar("T")

_AFTER: Mapping[Stage, frozenset[str]] = {
    "proposed": frozenset({"", "proposed", "blocked", "ended"}),
    "acceptable": frozenset({"", "proposed", "blocked", "ended"}),
    "blocked": frozenset({"", "proposed", "acceptable", "prepared", "ended"}),
    "prepared": frozenset({"", "proposed", "acceptable", "blocked", "ended", "evaluated"}),
    "executed": frozenset(
        {"", "proposed", "acceptable", "blocked", "prepared", "executed", "evaluated", "ended"}
    ),
    "evaluated": frozenset({"executed", "evaluated"}),
    "ended": frozenset({"executed", "evaluated"}),
}
"""From which stages a rung may come to each; a rung in place counts as executed."""


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries by their dates; within a day, as they were written."""
    return sorted(entries, key=lambda one: (one.evaluation.date, one.number))


def each_move(entries: Iterable[Entry]) -> Iterable[tuple[Evaluation, Move]]:
    """Yield every move in the order in which it happened."""
    for entry in in_order(entries):
        for move in entry.evaluation.moves:
            yield entry.evaluation, move


def check_moves(case: Case, entries: Iterable[Entry], findings: Findings) -> None:
    """Report each move that cannot follow what is logged of its rung before it."""
    stage: dict[str, str] = {
        rung.id: "executed"
        for measure in case.measures
        for rung in measure.rungs
        if rung.level <= measure.status_quo
    }
    for evaluation, move in each_move(entries):
        before = stage.get(move.rung, "")
        allowed = _AFTER[move.to]
        if before not in allowed:
            said = before or "not yet in the log"
            findings.add(
                "E093",
                move.at,
                f"{move.rung} cannot come to {move.to!r} on {evaluation.date}: it is {said}",
                allowed=f"after {', '.join(sorted(allowed - {''}))}",
                do="Correct the stage, or log first what came before",
            )
        stage[move.rung] = move.to


def levels(case: Case, entries: Iterable[Entry]) -> dict[str, int]:
    """Return the level in place of each measure, after all that was executed and ended."""
    found = {measure.id: measure.status_quo for measure in case.measures}
    for _, move in each_move(entries):
        rung = case.rung[move.rung]
        now = found[rung.measure]
        if move.to == "executed":
            replaces = case.measure[rung.measure].alternatives
            found[rung.measure] = rung.level if replaces else max(now, rung.level)
        elif move.to == "ended" and now >= rung.level:
            replaces = case.measure[rung.measure].alternatives
            found[rung.measure] = 0 if replaces else rung.level - 1
    return found


def presented(case: Case, entries: Sequence[Entry], bounds: Bounds, findings: Findings) -> Case:
    """Return a case as its log left it; of no use unless the findings hold no error.

    Executed rungs are in place; proficiency, states and trust stand where the log puts them; what
    was computed or learned of effects replaces what was coded.  Entries count in the order of their
    dates.  Practice is one state of the model: the best practised measure gives it.
    """
    check_moves(case, entries, findings)
    if findings.failed:
        return case
    values: dict[str, Value] = {}
    effects: dict[str, Effect] = {}
    reached: dict[str, Value] = {}
    chosen: dict[str, str] = {}
    for entry in in_order(entries):
        for change in entry.evaluation.changes:
            for address in resolve_change(case, change):
                if address in case.values:
                    before = values.get(address, case.values[address])
                    values[address] = _changed(before, change, entry.evaluation)
                else:
                    chosen[address] = change.value
        for practised in entry.evaluation.proficiency:
            reached[practised.measure] = practised.value
        for effect in entry.evaluation.effects:
            effects[effect.value.address] = effect
    if reached:
        best = max(reached.values(), key=lambda one: (one.mode, one.high, one.low))
        values[best.address] = best
    values |= {address: one.value for address, one in effects.items()}
    _check_bounds(case, values.values(), bounds, findings)
    made = _with_values(_with_levels(case, levels(case, entries)), values)
    added = [one for address, one in effects.items() if address not in case.values]
    return replace(
        made,
        effects=by_id([*made.effects, *added], lambda one: one.value.address),
        levers=_choices(case.levers, chosen),
        leaders=_choices(case.leaders, chosen),
        flags={name: chosen.get(f"flags/{name}", str(held).lower()) == "true"
               for name, held in case.flags.items()},
    )  # fmt: skip


def _changed(before: Value, change: Change, about: Evaluation) -> Value:
    given = parse_quantity(change.value)
    low, mode, high = _combined(before, change.operator, given)
    return Value(
        before.address,
        low,
        mode,
        high,
        given.shape if change.operator == "=" else before.shape,
        about.basis,
        (),
        f"log, {about.date}: {about.source}",
        change.at,
    )


def _combined(before: Value, operator: str, given: Quantity) -> tuple[float, float, float]:
    ends = (before.low, before.mode, before.high)
    if operator == "=":
        return given.low, given.mode, given.high
    if operator == "*=":
        low, mode, high = (one * given.mode for one in ends)
        return min(low, high), mode, max(low, high)
    moved = given.mode if operator == "+=" else -given.mode
    low, mode, high = (one + moved for one in ends)
    return low, mode, high


def _check_bounds(case: Case, values: Iterable[Value], bounds: Bounds, findings: Findings) -> None:
    starts = {} if case.time is None else case.time.starts
    states = {
        f"parameters/{starts[name]}": ends for name, ends in STATE_BOUNDS.items() if name in starts
    }
    for value in values:
        table, _, rest = value.address.partition("/")
        kind = table if table in bounds else rest.rpartition("/")[2]
        ends = states.get(value.address) or bounds.get(kind) or (value.low, value.high)
        least, most = ends
        if not least <= value.low <= value.high <= most:
            findings.add(
                "E042",
                value.at,
                f"the log brings {value.address} to {value.low:g}..{value.high:g}",
                allowed=f"{least:g} to {most:g}",
            )


def _choices(choices: tuple[Choice, ...], chosen: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(replace(one, default=chosen.get(one.address, one.default)) for one in choices)


def _with_levels(case: Case, found: Mapping[str, int]) -> Case:
    measures = []
    for measure in case.measures:
        level = found[measure.id]
        if level == measure.status_quo:
            measures.append(measure)
            continue
        rungs = tuple(
            replace(
                rung,
                status_quo=rung.level == level if measure.alternatives else rung.level <= level,
            )
            for rung in measure.rungs
        )
        measures.append(replace(measure, rungs=rungs))
    return replace(case, measures=tuple(measures))


def _with_values(case: Case, values: Mapping[str, Value]) -> Case:
    """Return a case in which some values, by their addresses, are others."""
    if not values:
        return case

    def put(one: Value) -> Value:
        return values.get(one.address, one)

    def rows(items: tuple[T, ...], *columns: str) -> tuple[T, ...]:
        return tuple(
            replace(row, **{name: put(getattr(row, name)) for name in columns})  # type: ignore[type-var]
            for row in items
        )

    def measure(one: Measure) -> Measure:
        rungs: tuple[Rung, ...] = rows(one.rungs, "benefit", "exposure", "scope", "heat")
        return replace(one, rungs=rungs)

    return replace(
        case,
        constituencies=rows(case.constituencies, "threshold"),
        measures=tuple(map(measure, rows(case.measures, "effort", "lag", "trust"))),
        weights=rows(case.weights, "value"),
        effects=rows(case.effects, "value"),
        stances=rows(case.stances, "value"),
        linkages=rows(case.linkages, "value"),
        attitudes=rows(case.attitudes, "value"),
        parameters=rows(case.parameters, "value"),
        elections=rows(case.elections, "value"),
    )
