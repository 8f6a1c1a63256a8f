"""From worlds to the integer problem that every question is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case, Condition
from winset.engine.layout import Problem, Structure, Values
from winset.problem.clauses import Clause, clauses
from winset.problem.consent import Consent
from winset.problem.frame import Frame
from winset.problem.names import Compiled, Names
from winset.problem.rows import MICRO, Builder, Row, acceptance, effects, saturating
from winset.problem.values import value_rungs
from winset.worlds.draw import Worlds

BLOCK = 256
"""Worlds compiled at a time; answers do not depend on it."""
_MILLI = 1000
_T = TypeVar("_T", bound=np.generic)


def compile_problem(worlds: Worlds, start: int = 0, stop: int | None = None) -> Compiled:
    """State a block of worlds as the integer problem of the engine.

    Values become integer micro-points and shares millionths, so that sums are exact in any order,
    ties are ties and another solver can be compared digit for digit.

    Parameters
    ----------
    worlds
        Drawn worlds.
    start, stop
        The block, counted within ``worlds``; all of them by default.

    Returns
    -------
    Compiled
        The arrays, and the names of their rows, clauses and slots.
    """
    return compile_consent(consent_of(worlds, start, worlds.n if stop is None else stop))


def compile_consent(consent: Consent) -> Compiled:
    """State a block whose rungs have been valued already."""
    frame = consent.frame
    rules, needs = clauses(consent)
    builder = Builder(consent, rules, needs)
    rows = builder.rows()
    pairs, places = _distinct_pairs(rows)
    structure = _structure(frame, rules, rows, _starts(pair[0].size for pair in pairs)[places])
    problem = Problem(structure, _values(consent, rules, rows, pairs))
    return Compiled(problem, _names(frame.case, rules, rows), frame.start, frame.stop)


def consent_of(worlds: Worlds, start: int, stop: int) -> Consent:
    """Value the rungs of a block of worlds, seen by those who are asked."""
    frame = Frame(worlds, start, stop)
    return Consent(frame, value_rungs(frame))


def blocks(worlds: Worlds, size: int = BLOCK) -> Iterator[Compiled]:
    """Compile all worlds, a block at a time."""
    for start in range(0, worlds.n, size):
        yield compile_problem(worlds, start, min(start + size, worlds.n))


def _names(case: Case, rules: list[Clause], rows: list[Row]) -> Names:
    slots = []
    for measure in case.measures:
        slots += ["", *(rung.id for rung in measure.rungs)]
    return Names(
        tuple(measure.id for measure in case.measures),
        tuple(who.id for who in case.constituencies),
        tuple(slots),
        tuple(row.name for row in rows),
        np.array([row.scale for row in rows], dtype=np.int64),
        tuple(rule.name for rule in rules),
        ("below the status quo",),
    )


def _structure(
    frame: Frame, rules: list[Clause], rows: list[Row], pair_start: NDArray[np.int32]
) -> Structure:
    place = frame.place
    owner = {who.id: index for index, who in enumerate(frame.case.constituencies)}
    literals = [(place[m], level, up) for rule in rules for m, level, up in rule.literals]
    entries = [(place[m], coef.shape[1]) for row in rows for m, coef in row.coefs.items()]
    terms = [(place[a], place[b]) for row in rows for a, b, _ in row.terms]
    accept = [
        [owner[who] for who in group]
        for party in frame.case.parties
        for group in _acceptance(party.accepts, {row.owner for row in rows})
    ]
    return Structure(
        first=frame.first,
        status_quo=np.array([m.status_quo for m in frame.case.measures], dtype=np.int8),
        clause_start=_starts(len(rule.literals) for rule in rules),
        lit_measure=np.array([item[0] for item in literals], dtype=np.int16),
        lit_level=np.array([item[1] for item in literals], dtype=np.int8),
        lit_at_least=np.array([item[2] for item in literals], dtype=np.bool_),
        clause_hard=np.array([rule.hard for rule in rules], dtype=np.bool_),
        row_start=_starts(len(row.coefs) for row in rows),
        row_measure=np.array([item[0] for item in entries], dtype=np.int16),
        coef_start=_starts(item[1] for item in entries)[:-1],
        term_start=_starts(len(row.terms) for row in rows),
        term_a=np.array([item[0] for item in terms], dtype=np.int16),
        term_b=np.array([item[1] for item in terms], dtype=np.int16),
        pair_start=pair_start,
        soft_start=_starts(len(row.softs) for row in rows),
        soft_clause=np.array([clause for row in rows for clause, _ in row.softs], dtype=np.int32),
        square_row=np.array(
            [index for index, row in enumerate(rows) if row.squares is not None], dtype=np.int32
        ),
        wake_start=_starts(len(row.wake) for row in rows),
        wake_measure=np.array([place[m] for row in rows for m in row.wake], dtype=np.int16),
        row_owner=np.array([owner.get(row.owner, -1) for row in rows], dtype=np.int16),
        accept_start=_starts(len(group) for group in accept),
        accept_owner=np.array([index for group in accept for index in group], dtype=np.int16),
    )


def _acceptance(rule: Condition, asked: set[str]) -> list[list[str]]:
    """Return the party's rule as groups; in each, one constituency must consent.

    A constituency that nobody asks counts as consenting, so its groups fall away.
    """
    return [group for group in acceptance(rule) if set(group) <= asked]


def _distinct_pairs(rows: list[Row]) -> tuple[list[NDArray[np.int64]], list[int]]:
    """Return the pair coefficients that rows hold, each once, and the place of each term's."""
    place: dict[int, int] = {}
    pairs: list[NDArray[np.int64]] = []
    places = []
    for row in rows:
        for _, _, pair in row.terms:
            if id(pair) not in place:
                place[id(pair)] = len(pairs)
                pairs.append(pair)
            places.append(place[id(pair)])
    return pairs, places


def _values(
    consent: Consent, rules: list[Clause], rows: list[Row], pairs: list[NDArray[np.int64]]
) -> Values:
    frame = consent.frame
    count = frame.count
    criteria = saturating(consent)
    return Values(
        depth=_slots(frame, lambda m: frame.benefit[m] * frame.case.measure[m].depth_weight),
        effort=_slots(frame, lambda m: _effort(frame, m)),
        shut=_shut(frame),
        clause_on=_columns([rule.on for rule in rules], count, np.bool_),
        row_on=_columns([row.on for row in rows], count, np.bool_),
        constant=_columns([row.constant for row in rows], count, np.int64),
        coef=_joined([coef for row in rows for coef in row.coefs.values()], count),
        pair=_joined(pairs, count),
        soft=_columns([cost for row in rows for _, cost in row.softs], count, np.int64),
        total=_totals(consent, criteria),
        square=_squares(rows, count, len(criteria)),
    )


def _slots(frame: Frame, share: Callable[[str], NDArray[np.float64]]) -> NDArray[np.int64]:
    parts = [share(measure.id) for measure in frame.case.measures]
    return np.rint(np.concatenate(parts, axis=1) * MICRO).astype(np.int64)


def _effort(frame: Frame, measure: str) -> NDArray[np.float64]:
    share = frame.benefit[measure]
    quo = frame.status_quo(measure)
    effort = frame.number(f"measures/{measure}/effort")[:, None]
    return np.maximum(effort * (share - share[:, quo : quo + 1]), 0.0)


def _shut(frame: Frame) -> NDArray[np.uint32]:
    shut = np.zeros((frame.count, int(frame.first[-1])), dtype=np.uint32)
    for measure in frame.case.measures:
        if not measure.down:
            start = frame.span(measure.id).start
            shut[:, start : start + measure.status_quo] |= np.uint32(1)
    return shut


def _totals(consent: Consent, criteria: list[str]) -> NDArray[np.int64]:
    """Milli-shares that each rung adds to the total of each saturating criterion."""
    frame = consent.frame
    total = np.zeros((frame.count, len(criteria), int(frame.first[-1])), dtype=np.int64)
    for index, criterion in enumerate(criteria):
        for measure, effect in effects(consent, criterion).items():
            gain = np.maximum(effect, 0.0)[:, None] * frame.benefit[measure]
            total[:, index, frame.span(measure)] = np.rint(gain * _MILLI).astype(np.int64)
    return total


def _squares(rows: list[Row], count: int, criteria: int) -> NDArray[np.int64]:
    parts = [row.squares for row in rows if row.squares is not None]
    return np.stack(parts, axis=1) if parts else np.zeros((count, 0, criteria), np.int64)


def _starts(sizes: Iterable[int]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(list(sizes), dtype=np.int64))).astype(np.int32)


def _columns(parts: Sequence[NDArray[_T]], count: int, dtype: type[_T]) -> NDArray[_T]:
    if not parts:
        return np.zeros((count, 0), dtype=dtype)
    return np.stack(parts, axis=1).astype(dtype)


def _joined(parts: list[NDArray[np.int64]], count: int) -> NDArray[np.int64]:
    if not parts:
        return np.zeros((count, 0), dtype=np.int64)
    return np.concatenate([part.reshape(count, -1) for part in parts], axis=1)
