"""From what an analyst wrote about a dispute to its graph and to preferences in every world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case, Dispute, DisputeStatement, Holding
from winset.conflict.model import Conflict, Option, Pattern, Player, fits
from winset.errors import AskError
from winset.worlds.keyed import uniform
from winset.worlds.quantile import value_at


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a dispute."""

    places: Mapping[str, NDArray[np.float64]]
    """[world] place of each want; lower weighs more."""
    sides: Mapping[str, NDArray[np.int64]]
    """[world] side taken of each contested matter."""


def dispute_of(case: Case) -> Dispute:
    """Return the dispute of a case.

    Raises
    ------
    AskError
        The case has none.
    """
    if case.dispute is None:
        raise AskError(
            f"Case {case.id} has no dispute: add dispute.yaml to its folder "
            "(`winset dispute trilateral-2022` shows one), or ask about a .gmcr file."
        )
    return case.dispute


def graph_of_moves(dispute: Dispute) -> Conflict:
    """Build the states and moves of a dispute, without preferences.

    Raises
    ------
    AskError
        See :class:`winset.conflict.model.Conflict`.
    """
    place = {option.id: index for index, option in enumerate(dispute.options)}
    bare = Conflict(
        title=dispute.title,
        options=tuple(Option(option.id, option.way) for option in dispute.options),
        players=tuple(
            Player(
                words.phrase,
                tuple(place[option.id] for option in dispute.options if option.player == name),
            )
            for name, words in dispute.players.items()
        ),
        infeasible=patterns(dispute, dispute.infeasible),
        merged=patterns(dispute, dispute.merged),
    )
    today = "".join("Y" if option.id in dispute.status_quo else "N" for option in dispute.options)
    return Conflict(
        bare.title, bare.options, bare.players, bare.infeasible, bare.merged, bare.state(today)
    )


def patterns(dispute: Dispute, holdings: Iterable[Holding]) -> tuple[Pattern, ...]:
    """Turn options by name into options by place."""
    place = {option.id: index for index, option in enumerate(dispute.options)}
    return tuple(tuple((place[name], answer) for name, answer in one) for one in holdings)


def draw_wants(dispute: Dispute, *, n: int, rng: int, first: int) -> Drawn:
    """Draw the place of every want and a side of every contested matter, each by its own key."""
    from scipy.special import ndtri  # heavy

    places = {}
    for one in dispute.statements:
        z = np.asarray(ndtri(uniform(rng, one.place.address, first, n)))
        value = one.place
        places[one.id] = value_at(z, value.low, value.mode, value.high, value.shape)
    sides = {}
    for reading in dispute.readings:
        weights = np.array([side.weight for side in reading.sides])
        edges = np.cumsum(weights) / weights.sum()
        drawn = np.searchsorted(
            edges, uniform(rng, f"dispute/{reading.id}/side", first, n), side="right"
        )
        sides[reading.id] = np.minimum(drawn, len(weights) - 1).astype(np.int64)
    return Drawn(places, sides)


def counts(dispute: Dispute, one: DisputeStatement, drawn: Drawn) -> NDArray[np.bool_]:
    """[world] whether a want counts, that is whether its reading is taken."""
    n = len(drawn.places[one.id])
    if not one.reading:
        return np.ones(n, dtype=bool)
    matter, _, side = one.reading.partition("/")
    reading = next(each for each in dispute.readings if each.id == matter)
    wanted = [each.id for each in reading.sides].index(side)
    return np.asarray(drawn.sides[matter] == wanted)


def ranks(
    dispute: Dispute,
    conflict: Conflict,
    drawn: Drawn,
    *,
    first: str = "",
    dropped: str = "",
) -> NDArray[np.int32]:
    """Rank the states for each player in each world.

    Parameters
    ----------
    first
        A want that comes before all others of its player wherever it counts.
    dropped
        A want that is left out.

    Returns
    -------
    NDArray[np.int32]
        [world, player, state] larger is better.
    """
    n = len(next(iter(drawn.places.values())))
    table = np.empty((n, len(dispute.players), conflict.count), dtype=np.int32)
    for row, name in enumerate(dispute.players):
        own = [one for one in dispute.statements if one.player == name and one.id != dropped]
        # [want, world]: what does not count comes last and fits no state
        place = np.array([drawn.places[one.id] for one in own]).reshape(len(own), n)
        for index, one in enumerate(own):
            if one.id == first:
                place[index] = -np.inf
        live = np.array([counts(dispute, one, drawn) for one in own]).reshape(len(own), n)
        truth = np.array(
            [fits(conflict.codes, patterns(dispute, one.holds)) for one in own], dtype=np.int64
        ).reshape(len(own), conflict.count)
        order = np.argsort(np.where(live, place, np.inf), axis=0, kind="stable")
        worth = np.zeros((n, conflict.count), dtype=np.int64)
        for depth in range(len(own)):
            chosen = order[depth]
            counted = np.where(live[chosen, np.arange(n)][:, None], truth[chosen], 0)
            worth = 2 * worth + counted
        table[:, row] = _dense(worth)
    return table


def _dense(worth: NDArray[np.int64]) -> NDArray[np.int32]:
    """[world, state] place in the order of each world, ties equal, from 0."""
    order = np.argsort(worth, axis=1, kind="stable")
    ordered = np.take_along_axis(worth, order, axis=1)
    steps = np.zeros(worth.shape, dtype=np.int32)
    steps[:, 1:] = np.cumsum(ordered[:, 1:] > ordered[:, :-1], axis=1)
    dense = np.empty(worth.shape, dtype=np.int32)
    np.put_along_axis(dense, order, steps, axis=1)
    return dense
