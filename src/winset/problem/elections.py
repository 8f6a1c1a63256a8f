"""The electoral calendar of a case in quarters, carried on past its last dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.case.dates import quarters_after
from winset.case.model import Case, Timing
from winset.problem.frame import Floats, Frame


@dataclass(frozen=True)
class Polled:
    """One election in the quarter in which its winner takes office."""

    id: str
    quarter: int
    role: int
    """0 and 1: the parties of the pair; 2: the ally."""
    address: str
    """Of the share of cases in which another type takes over."""


def elections_in(case: Case, time: Timing, quarters: int) -> list[Polled]:
    """List the elections within a horizon, in the order of their quarters.

    Beyond a party's last date its calendar goes on at the distance of its last two, with the
    share of the last; a party with a single date, or whose other government the case does not
    name, has none beyond it.
    """
    found = []
    for role, party in enumerate(time.parties):
        if party not in time.governments:
            continue
        own = [
            Polled(one.id, 1 + quarters_after(case.as_of, one.date), role, one.value.address)
            for one in case.elections
            if one.party == party
        ]
        found += own
        gap = own[-1].quarter - own[-2].quarter if len(own) > 1 else 0
        later = range(own[-1].quarter + gap, quarters + 1, gap) if gap else ()
        found += [
            Polled(f"{own[-1].id}+{place}", quarter, role, own[-1].address)
            for place, quarter in enumerate(later, 1)
        ]
    within = [one for one in found if one.quarter <= quarters]
    return sorted(within, key=lambda one: (one.quarter, one.role))


def ahead(elections: Sequence[Polled], quarters: int) -> NDArray[np.int64]:
    """[quarter + 1, role] quarters to the next election, -1 for none."""
    table = np.full((quarters + 1, 3), -1, dtype=np.int64)
    for one in reversed(elections):
        for quarter in range(one.quarter + 1):
            table[quarter, one.role] = one.quarter - quarter
    return table


def changes(elections: Sequence[Polled], frame: Frame) -> Floats:
    """[world, election] chance that it brings the other type."""
    if not elections:
        return np.zeros((frame.count, 0))
    return np.stack([frame.number(one.address) for one in elections], axis=1)
