"""What happens when: elections of the calendar, and the shocks of one typical world."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.ask.scene import Scene
from winset.tables import Table, share_where

_NOWHERE = float("nan")


def milestones(one: Followed, scene: Scene, typical: int) -> Table:
    """List elections with the share of worlds whose government changes, and shocks as drawn.

    Parameters
    ----------
    one
        What became of the programme in all worlds.
    scene
        The typical world alone.
    typical
        Its place among the worlds.
    """
    rows = sorted([*_elections(one, scene, typical), *_shocks(one, scene, typical)])
    return schemas.MILESTONES.from_rows(rows)


def _elections(one: Followed, scene: Scene, typical: int) -> Iterator[tuple[object, ...]]:
    parties = scene.air.time.parties
    changed = one.happened("change of government")
    for poll in scene.air.elections:
        came = np.asarray(changed[:, poll.quarter - 1])
        yield (
            poll.quarter,
            "election",
            parties[poll.role],
            *share_where(came),
            bool(came[typical]),
        )


def _shocks(one: Followed, scene: Scene, typical: int) -> Iterator[tuple[object, ...]]:
    """Yield the shocks of the typical world."""
    court = one.happened("court")[typical]
    for quarter, name in shocks_of(scene, court):
        yield quarter, "shock", name, _NOWHERE, _NOWHERE, _NOWHERE, True


def shocks_of(scene: Scene, court: NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
    """Yield quarter and name of each shock of a single world.

    Parameters
    ----------
    scene
        That world alone.
    court
        [quarter] whether a court's order came, which a settlement may delay.
    """
    draws, time = scene.timed.draws, scene.air.time
    for place, name in enumerate(time.rates):
        came = draws.chance[0, :, place] < draws.shock[0, place]
        if name == time.court:
            came = court
        for quarter in np.flatnonzero(came):
            yield int(quarter) + 1, name
