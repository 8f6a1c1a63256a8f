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
from winset.words.programme import AT_END, OVER_TIME
from winset.worlds import Worlds

Floats = NDArray[np.float64]
REAL = 2.0
"""Standard errors within which a pace counts as no worse than the best."""
MOST_TOLD = 8
_NOWHERE = float("nan")


def pace_table(found: Sequence[Followed]) -> Table:
    """Compare the paces of one programme on the same worlds under the same weather."""
    over_time, at_end = (value for value in _rulers(found).values())
    crisis = np.stack([one.happened("crisis").any(axis=1) for one in found]).astype(np.float64)
    written = [one.pace for one in found].index(1.0)
    best, best_end = over_time.max(axis=0), at_end.max(axis=0)
    rows = []
    for place, one in enumerate(found):
        rows.append(
            (
                one.pace,
                float(over_time[place].mean()),
                *percentiles(over_time[place]),
                *_lead(over_time[place], over_time[written]),
                float(at_end[place].mean()),
                *_lead(at_end[place], at_end[written]),
                *share_where(crisis[place] > 0.0),
                *_lead(crisis[place], crisis[written]),
                *_even_at(over_time[place] - over_time[written], crisis[place] - crisis[written]),
                *share_where(lost_something(one)),
                *_lead(best, over_time[place]),
                *share_where(np.asarray(over_time[place] >= best - 1e-9)),
                *_lead(best_end, at_end[place]),
                0 < place < len(found) - 1,
                _among(over_time, place),
                _among(at_end, place),
            )
        )
    return schemas.PACE.from_rows(rows)


def _lead(one: Floats, other: Floats) -> tuple[float, float]:
    """Return a difference on the same worlds, mean and standard error."""
    gap = one - other
    return float(gap.mean()), float(gap.std() / np.sqrt(gap.size))


def _even_at(deeper: Floats, more: Floats) -> tuple[float, float]:
    """Return the depth that a crisis must count for two paces to be even, and its standard error.

    There is one where a pace gains depth and brings more crises, or saves crises and loses depth,
    each beyond chance.
    """
    gains = [_lead(value, np.zeros_like(value)) for value in (deeper, more)]
    real = all(abs(mean) > REAL * error for mean, error in gains)
    if not real or gains[0][0] * gains[1][0] <= 0.0:
        return _NOWHERE, _NOWHERE
    price = gains[0][0] / gains[1][0]
    left = deeper - price * more
    return price, float(left.std() / np.sqrt(left.size) / abs(gains[1][0]))


def _among(value: Floats, place: int) -> bool:
    """Tell whether a pace is within chance of the one that is highest on the mean."""
    behind, error = _lead(value[int(value.mean(axis=1).argmax())], value[place])
    return behind <= REAL * error


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

    By depth over time, in which what comes earlier counts longer, and by depth at the end. The
    first row of each is for all worlds. Each other row is a number of the case that goes with it,
    and says whether the best pace on the mean lies within the range in its lowest and highest third.
    """
    if len(found) < 3:
        return schemas.INTERIOR.from_rows([])
    numbers = varied(worlds, found[0].depth.shape[0])
    rows: list[tuple[object, ...]] = []
    for by, value in _rulers(found).items():
        inside = np.asarray(value.max(axis=0) > np.maximum(value[0], value[-1]) + 1e-9)
        every = np.ones(inside.size, dtype=np.bool_)
        rows.append((by, *_row("", 0.0, value, inside, found, (every, every))))
        (scores,) = screen(inside[None].astype(np.float64), numbers)
        for address in [*scores][:MOST_TOLD]:
            parts = thirds(numbers[address])
            rows.append((by, *_row(address, scores[address], value, inside, found, parts)))
    return schemas.INTERIOR.from_rows(rows)


def _row(
    address: str,
    score: float,
    value: Floats,
    inside: NDArray[np.bool_],
    found: Sequence[Followed],
    parts: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> tuple[object, ...]:
    best = [int(value[:, part].mean(axis=1).argmax()) for part in parts]
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


def _rulers(found: Sequence[Followed]) -> dict[str, Floats]:
    """[pace, world] depth by each way of counting it."""
    return {
        OVER_TIME: np.stack([one.over_time for one in found]),
        AT_END: np.stack([one.at_end for one in found]),
    }
