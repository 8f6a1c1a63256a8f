"""Sums of the executives' value rows, as rows that must hold where each of them does.

A package that gives every executive at least its share gives any weighted sum of them at least
the sum of the shares.  Such a row excludes nothing, but it lets the engine see at once that gains
of one executive are losses of another, which no single row can say.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from winset.ask.settle.gains import Stage
from winset.engine.layout import Problem, Structure, Values

Integers = NDArray[np.int64]
LARGEST = 16
"""Largest weight of a row in a sum; small, so that sums stay far from the end of 64 bits."""


def with_sums(stage: Stage, span: Integers) -> Stage:
    """Add the sum of all value rows, and of every two of them, each weighed by its range.

    Parameters
    ----------
    stage
        One world.
    span
        [party] range of each party's gains, above 0; weights are near its inverse.
    """
    weight = np.maximum(1, np.rint(LARGEST * span.min() / span)).astype(np.int64)
    groups = [*combinations(range(span.size), 2)] if span.size > 2 else []
    sums = np.zeros((len(groups) + 1, span.size), dtype=np.int64)
    sums[0] = weight
    for place, group in enumerate(groups, start=1):
        sums[place, list(group)] = weight[list(group)]
    problem = stage.problem
    first = problem.structure.row_owner.size
    for one in sums:
        problem = _with_sum(problem, stage.rows, one)
    added = np.arange(first, first + len(sums))
    return replace(stage, problem=problem, sum_rows=added, sums=sums)


def _with_sum(problem: Problem, rows: NDArray[np.intp], weight: Integers) -> Problem:
    st, v = problem
    used = [(int(row), int(times)) for row, times in zip(rows, weight, strict=True) if times]
    measures, coef = _entries(st, v, used)
    pairs, blocks = _terms(st, v, used)
    softs, amounts = _softs(st, v, used)
    sizes = np.diff(st.first)[measures]
    widths = np.array([block.size for block in blocks], dtype=np.int64)
    squares = [np.flatnonzero(st.square_row == row) for row, _ in used]
    saturates = any(place.size for place in squares)
    square = sum(
        times * v.square[:, place[0]]
        for (_, times), place in zip(used, squares, strict=True)
        if place.size
    )
    structure = {
        "row_start": np.append(st.row_start, st.row_start[-1] + measures.size),
        "row_measure": np.concatenate([st.row_measure, measures]),
        "coef_start": np.concatenate([st.coef_start, v.coef.shape[1] + _offsets(sizes)]),
        "term_start": np.append(st.term_start, st.term_start[-1] + len(pairs)),
        "term_a": np.concatenate([st.term_a, [a for a, _ in pairs]]),
        "term_b": np.concatenate([st.term_b, [b for _, b in pairs]]),
        "pair_start": np.concatenate([st.pair_start, v.pair.shape[1] + _offsets(widths)]),
        "soft_start": np.append(st.soft_start, st.soft_start[-1] + softs.size),
        "soft_clause": np.concatenate([st.soft_clause, softs]),
        "square_row": np.append(st.square_row, st.row_owner.size) if saturates else st.square_row,
        "wake_start": np.pad(st.wake_start, (0, 1), mode="edge"),
        "row_owner": np.append(st.row_owner, -1),
    }
    values = v._replace(
        row_on=np.pad(v.row_on, ((0, 0), (0, 1)), constant_values=True),
        constant=np.pad(v.constant, ((0, 0), (0, 1))),
        coef=np.concatenate([v.coef, coef[None, :]], axis=1),
        pair=np.concatenate([v.pair, *(block[None, :] for block in blocks)], axis=1),
        soft=np.concatenate([v.soft, amounts[None, :]], axis=1),
        square=np.concatenate([v.square, np.asarray(square)[:, None, :]], axis=1)
        if saturates
        else v.square,
    )
    typed = {name: array.astype(getattr(st, name).dtype) for name, array in structure.items()}
    return Problem(st._replace(**typed), values)


def _offsets(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]) if sizes.size else sizes


def _entries(
    st: Structure, v: Values, used: list[tuple[int, int]]
) -> tuple[NDArray[np.int64], Integers]:
    """Sum the coefficients of each measure over the rows."""
    found: dict[int, Integers] = {}
    for row, times in used:
        for entry in range(st.row_start[row], st.row_start[row + 1]):
            measure, at = int(st.row_measure[entry]), int(st.coef_start[entry])
            size = int(st.first[measure + 1] - st.first[measure])
            part = times * v.coef[0, at : at + size]
            found[measure] = found[measure] + part if measure in found else part
    measures = np.array(sorted(found), dtype=np.int64)
    parts = [found[measure] for measure in measures.tolist()]
    return measures, np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _terms(
    st: Structure, v: Values, used: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[Integers]]:
    """Sum the terms of each pair of measures over the rows."""
    levels = np.diff(st.first)
    found: dict[tuple[int, int], Integers] = {}
    for row, times in used:
        for term in range(st.term_start[row], st.term_start[row + 1]):
            pair, at = (int(st.term_a[term]), int(st.term_b[term])), int(st.pair_start[term])
            part = times * v.pair[0, at : at + int(levels[pair[0]] * levels[pair[1]])]
            found[pair] = found[pair] + part if pair in found else part
    return [*found], [*found.values()]


def _softs(
    st: Structure, v: Values, used: list[tuple[int, int]]
) -> tuple[NDArray[np.int64], Integers]:
    """Sum what each clause costs over the rows."""
    found: dict[int, int] = {}
    for row, times in used:
        for soft in range(st.soft_start[row], st.soft_start[row + 1]):
            clause = int(st.soft_clause[soft])
            found[clause] = found.get(clause, 0) + times * int(v.soft[0, soft])
    clauses = np.array([*found], dtype=np.int64)
    return clauses, np.array([*found.values()], dtype=np.int64)
