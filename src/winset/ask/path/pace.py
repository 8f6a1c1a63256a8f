"""The same programme slower and faster: is there an interior best, and when does it stop?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.ask.path.tabulate import lost_something, percentiles
from winset.ask.screen import screen, thirds, varied
from winset.case.model import Case, Programme
from winset.tables import Table, share_where
from winset.worlds import Worlds

Floats = NDArray[np.float64]
REAL = 2.0
"""Standard errors within which a pace counts as no worse than the best."""
MOST_TOLD = 8
_NOWHERE = float("nan")


def pace_table(found: Sequence[Followed]) -> Table:
    """Compare the paces of one programme on the same worlds under the same weather."""
    means = _means(found)
    best = means.max(axis=0)
    top = means[int(means.mean(axis=1).argmax())]
    rows = []
    for place, one in enumerate(found):
        behind = top - means[place]
        error = float(behind.std() / np.sqrt(behind.size))
        rows.append(
            (
                one.pace,
                float(means[place].mean()),
                *percentiles(means[place]),
                float(one.depth[:, -1, 0].mean()),
                *share_where(one.happened("crisis").any(axis=1)),
                *share_where(lost_something(one)),
                float((best - means[place]).mean()),
                *share_where(np.asarray(means[place] >= best - 1e-9)),
                0 < place < len(found) - 1,
                float(behind.mean()) <= REAL * error,
            )
        )
    return schemas.PACE.from_rows(rows)


def spacing_table(case: Case, programme: Programme) -> Table:
    """Say how far apart each programme sets its steps, beside the one that is followed."""
    base = _spacing(programme)
    others = [one for one in case.programmes if one.id != programme.id]
    return schemas.SPACING.from_rows(
        (one.id, len(one.steps), _spacing(one), _spacing(one) / base if base else _NOWHERE)
        for one in (programme, *others)
    )


def _spacing(programme: Programme) -> float:
    quarters = [step.quarter for step in programme.steps]
    return (max(quarters) - min(quarters)) / max(1, len(quarters) - 1)


def interior_table(found: Sequence[Followed], worlds: Worlds) -> Table:
    """Say in which share of worlds a pace within the range tried is best, and what that turns on.

    The first row is for all worlds. Each other row is a number of the case that goes with it, and
    says whether the best pace on the mean lies within the range in its lowest and highest third.
    """
    means = _means(found)
    if len(found) < 3:
        return schemas.INTERIOR.from_rows([])
    best = means.max(axis=0)
    ends = np.maximum(means[0], means[-1])
    inside = np.asarray(best > ends + 1e-9)
    numbers = varied(worlds, means.shape[1])
    rows: list[tuple[object, ...]] = []
    every = np.ones(inside.size, dtype=np.bool_)
    rows.append(_row("", 0.0, means, inside, found, (every, every)))
    (scores,) = screen(inside[None].astype(np.float64), numbers)
    for address in [*scores][:MOST_TOLD]:
        parts = thirds(numbers[address])
        rows.append(_row(address, scores[address], means, inside, found, parts))
    return schemas.INTERIOR.from_rows(rows)


def _row(
    address: str,
    score: float,
    means: Floats,
    inside: NDArray[np.bool_],
    found: Sequence[Followed],
    parts: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> tuple[object, ...]:
    best = [int(means[:, part].mean(axis=1).argmax()) for part in parts]
    within = [0 < place < len(found) - 1 for place in best]
    return (
        address,
        score,
        *share_where(inside[parts[0]]),
        found[best[0]].pace,
        *share_where(inside[parts[1]]),
        found[best[1]].pace,
        within[0] != within[1],
    )


def _means(found: Sequence[Followed]) -> Floats:
    return np.stack([one.depth[:, :, 0].mean(axis=1) for one in found])
