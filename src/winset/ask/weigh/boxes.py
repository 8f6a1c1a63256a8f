"""In which worlds does one programme lead, break or stay shallow? A few ranges tell, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from winset.ask.box import Box, enough, find
from winset.ask.follow import Followed
from winset.ask.weigh import schemas
from winset.tables import Table, share_where

Floats = NDArray[np.float64]
LEAST_DEEP = 0.25
"""Share of worlds in which a programme counts as least deep."""
_OPEN = float("nan")


@dataclass(frozen=True)
class Question:
    """Worlds of one kind, under one programme."""

    kind: str
    by: str
    programme: str
    against: str
    where: NDArray[np.bool_]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names it in both tables."""
        return self.kind, self.by, self.programme, self.against


def box_tables(
    found: Sequence[Followed],
    rulers: Mapping[str, Floats],
    numbers: Mapping[str, Floats],
    rng: int,
) -> dict[str, Table]:
    """Ask for a box for each question that enough worlds answer either way.

    Parameters
    ----------
    found
        What became of each programme.
    rulers
        [programme, world] by ruler, depth first.
    numbers
        [world] by address.
    rng
        Seed of the resamples.
    """
    questions = [*_questions(found, rulers)]
    asked = sum(enough(one.where) for one in questions)
    rows: list[tuple[object, ...]] = []
    ranges: list[tuple[object, ...]] = []
    for one in questions:
        box = find(one.where, numbers, rng=rng, asked=max(1, asked))
        state = "found" if box else "none" if enough(one.where) else "too few"
        rows.append((*one.key, *share_where(one.where), state, *_told(box)))
        for part in box.ranges if box else ():
            drawn = numbers[part.address]
            ends = (part.low, part.high)
            ranges.append(
                (
                    *one.key,
                    part.address,
                    *(end if np.isfinite(end) else _OPEN for end in ends),
                    float(drawn.min()),
                    float(drawn.max()),
                    part.spare,
                    part.again,
                )
            )
    return {
        "boxes": schemas.BOXES.from_rows(rows),
        "box_ranges": schemas.BOX_RANGES.from_rows(ranges),
    }


def _questions(found: Sequence[Followed], rulers: Mapping[str, Floats]) -> Iterator[Question]:
    names = [one.programme.id for one in found]
    for by, value in rulers.items():
        for one, two in combinations(range(len(found)), 2):
            first, second = (_leads(value, *pair) for pair in ((one, two), (two, one)))
            if first.sum() <= second.sum():
                yield Question("leads", by, names[one], names[two], first)
            else:
                yield Question("leads", by, names[two], names[one], second)
    for place, one_followed in enumerate(found):
        crisis = np.asarray(one_followed.happened("crisis").any(axis=1))
        yield Question("crisis", "", names[place], "", crisis)
        depth = rulers["depth"][place]
        low = np.asarray(depth < np.quantile(depth, LEAST_DEEP))
        yield Question("least deep", "depth", names[place], "", low)


def _leads(value: Floats, one: int, two: int) -> NDArray[np.bool_]:
    return np.asarray(value[one] > value[two] + 1e-9)


def _told(box: Box | None) -> tuple[float, ...]:
    if box is None:
        return (_OPEN,) * 9
    return (box.density_seen, box.base, *box.density, *box.coverage, box.chance)
