"""Programmes of the sources as they stand: how far each could be carried, step after step.

Conditions, venues and dates of a programme are left aside: every step is judged as if it were put
forward, together with the steps before it and with all else as today.
"""

from __future__ import annotations

import numpy as np

from winset.ask.reach.schemas import PROGRAMMES
from winset.ask.reach.units import blamed, failing, units_of
from winset.case.model import Case, Programme, Rung
from winset.engine import Judgement, judge
from winset.problem import Compiled
from winset.tables import Table, wilson


def programmes(case: Case, sample: Compiled) -> Table:
    """How far could each programme be carried as it stands?

    Parameters
    ----------
    case
        The case.
    sample
        Worlds in which the programmes are judged, all of them.

    Returns
    -------
    Table
        A row a step, in the order of the programme.  ``share`` counts the worlds in which all
        steps up to this one are accepted together, ``alone`` those in which the step is accepted by
        itself.
    """
    return PROGRAMMES.from_rows(
        row for programme in case.programmes for row in _rows(case, sample, programme)
    )


def _rows(case: Case, sample: Compiled, programme: Programme) -> list[tuple[object, ...]]:
    problem, names = sample.problem, sample.names
    n = sample.stop - sample.start
    today = np.array([case.measure[name].status_quo for name in names.measures], dtype=np.int8)
    package, broken = today.copy(), False
    rows: list[tuple[object, ...]] = []
    for place, step in enumerate(programme.steps):
        rung = case.rung.get(step.rung)
        if rung is None:
            continue
        at = names.measures.index(rung.measure)
        single = today.copy()
        single[at] = max(single[at], rung.level)
        package[at] = rung.level if _replaces(case, rung) else max(package[at], rung.level)
        judged = judge(problem, package)
        count = int(judged.accepted.sum())
        limit, who, stopped = "", "", 0
        if not broken and 2 * count < n:
            broken = True
            limit, who, stopped = _first_blocker(sample, judged)
        alone = int(judge(problem, single).accepted.sum())
        rows.append(
            (
                programme.id,
                place,
                step.quarter,
                step.rung,
                count / n,
                *_ends(count, n),
                alone / n,
                *_ends(alone, n),
                limit,
                who,
                stopped / n,
                *_ends(stopped, n),
                n,
            )
        )
    return rows


def _replaces(case: Case, rung: Rung) -> bool:
    """Whether the levels of the measure are alternatives, so that the later step counts."""
    return case.measure[rung.measure].alternatives


def _first_blocker(sample: Compiled, judged: Judgement) -> tuple[str, str, int]:
    """Whose limit fails in most worlds, and in how many; several may fail in one world."""
    units = units_of(sample.names)
    fails = blamed(sample.problem, units, failing(units, judged)) & ~judged.accepted[:, None]
    counts = fails.sum(axis=0)
    if not counts.any():
        return "", "", 0
    first = int(counts.argmax())
    return units[first].limit, units[first].who, int(counts[first])


def _ends(count: int, n: int) -> tuple[float, float]:
    low, high = wilson(count, n)
    return float(low), float(high)
