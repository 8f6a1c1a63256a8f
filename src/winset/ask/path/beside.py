"""The same programme in the same worlds with shocks on dates and without them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.ask.path.search import lead
from winset.ask.path.tabulate import in_effect, listed
from winset.case.model import Case
from winset.tables import Table
from winset.words.programme import AT_END, OVER_TIME

Floats = NDArray[np.float64]
DEPTH = "depth"
EVENTS = ("crisis", "relapse", "reversal", "coercion")


def dated_table(case: Case, struck: Followed, drawn: Followed) -> Table:
    """Compare a programme under dated shocks with the same worlds and weather without them."""
    rows = []
    pairs = zip(_measured(case, struck), _measured(case, drawn), strict=True)
    for (what, name, one), (_, _, two) in pairs:
        ahead = lead(one, two)
        means = (float(one.mean()), float(two.mean()))
        rows.append((what, name, *means, ahead.mean, ahead.error, ahead.real))
    return schemas.DATED.from_rows(rows)


def _measured(case: Case, one: Followed) -> Iterator[tuple[str, str, Floats]]:
    """Yield what is compared with [world] its value: percent, points, or 100 where something holds."""
    yield f"{DEPTH} {OVER_TIME}", "", one.over_time
    yield f"{DEPTH} {AT_END}", "", one.at_end
    for event in EVENTS:
        yield event, "", np.where(one.happened(event).any(axis=1), 100.0, 0.0)
    for place, party in enumerate(case.parties):
        yield "worth", party.id, one.worth[:, -1, place]
    for _, step in listed(one):
        yield "step", step.rung, np.where(in_effect(case, one, step.rung)[:, -1], 100.0, 0.0)
