"""By what does each programme do best, in how many worlds, and how far is it behind elsewhere?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path.tabulate import in_effect
from winset.ask.weigh import schemas
from winset.case.model import Case
from winset.tables import Table, share_where

Floats = NDArray[np.float64]


def depth_over_time(found: Sequence[Followed]) -> Floats:
    """Return [programme, world] depth in effect, percent, mean over quarters."""
    return np.stack([one.over_time for one in found])


def own_steps(case: Case, found: Sequence[Followed]) -> Floats:
    """Return [programme, world] percent of a programme's own steps that are in effect at the end.

    The ruler that does not count ambition: who asks for little is not behind for it.
    """
    shares = []
    for one in found:
        standing = [in_effect(case, one, step.rung)[:, -1] for step in one.programme.steps]
        shares.append(100.0 * np.mean(standing, axis=0))
    return np.stack(shares)


def best_table(case: Case, found: Sequence[Followed]) -> Table:
    """Say by each ruler in which share of worlds no other programme is higher, and how far each is behind."""
    rows: list[tuple[object, ...]] = []
    for by, what, value in _rulers(case, found):
        behind = value.max(axis=0) - value
        for place, one in enumerate(found):
            regret = behind[place]
            rows.append(
                (
                    by,
                    what,
                    one.programme.id,
                    *share_where(np.asarray(regret <= 1e-9)),
                    float(regret.mean()),
                    float(regret.std() / np.sqrt(regret.size)),
                    float(regret.max()),
                )
            )
    return schemas.BEST.from_rows(rows)


def _rulers(case: Case, found: Sequence[Followed]) -> list[tuple[str, str, Floats]]:
    """List each ruler with [programme, world] its value."""

    def at_end(name: str, place: int) -> Floats:
        return np.stack([getattr(one, name)[:, -1, place] for one in found])

    return [
        ("depth", "", depth_over_time(found)),
        ("steps", "", own_steps(case, found)),
        *(("party", one.id, at_end("worth", place)) for place, one in enumerate(case.parties)),
        *(
            ("criterion", one.id, np.stack([followed.outcome[:, place] for followed in found]))
            for place, one in enumerate(case.criteria)
        ),
        *(("domain", one, at_end("depth", place)) for place, one in enumerate(case.domains, 1)),
    ]
