"""Programmes of the sources as they stand: how far each could be carried, step after step.

Conditions, venues and dates of a programme are left aside: every step is judged as if it were put
forward, together with the steps before it and with all else as today.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.schemas import PROGRAMMES
from winset.ask.reach.units import blamed, failing, units_of
from winset.case.model import Case, Programme, Rung
from winset.engine import Judgement, accepts, judge
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
    n = sample.stop - sample.start
    steps = [step for step in programme.steps if step.rung in case.rung]
    together, single = _packages(case, sample, [case.rung[step.rung] for step in steps])
    counts = accepts(sample.problem, together).sum(axis=0).tolist()
    alone = accepts(sample.problem, single).sum(axis=0).tolist()
    broken = next((place for place, count in enumerate(counts) if 2 * count < n), None)
    rows: list[tuple[object, ...]] = []
    for place, step in enumerate(steps):
        limit, who, stopped = "", "", 0
        if place == broken:
            limit, who, stopped = _first_blocker(
                sample, judge(sample.problem, together[place], every=False)
            )
        rows.append(
            (
                programme.id,
                programme.steps.index(step),
                step.quarter,
                step.rung,
                counts[place] / n,
                *_ends(counts[place], n),
                alone[place] / n,
                *_ends(alone[place], n),
                limit,
                who,
                stopped / n,
                *_ends(stopped, n),
                n,
            )
        )
    return rows


def _packages(
    case: Case, sample: Compiled, rungs: Sequence[Rung]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """All steps up to each one together, and each one by itself, [step, measure] each."""
    names = sample.names
    today = np.array([case.measure[name].status_quo for name in names.measures], dtype=np.int8)
    together, single = np.tile(today, (2, len(rungs), 1))
    package = today.copy()
    for place, rung in enumerate(rungs):
        at = names.measures.index(rung.measure)
        single[place, at] = max(today[at], rung.level)
        package[at] = rung.level if _replaces(case, rung) else max(package[at], rung.level)
        together[place] = package
    return together, single


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
