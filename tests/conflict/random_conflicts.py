"""Random disputes with ties, one-way options, infeasible, merged and disbelieved states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from winset.conflict import Conflict, Option, Player
from winset.conflict.model import Pattern
from winset.errors import AskError
from winset.oracle.conflict import Plain


def pattern(rng: np.random.Generator, options: int, length: int) -> Pattern:
    chosen = rng.choice(options, size=min(length, options), replace=False)
    return tuple((int(option), bool(rng.integers(2))) for option in chosen)


def conflict(seed: int, *, plain: bool = False) -> Conflict:
    """Draw a dispute; a plain one has neither merged nor disbelieved states."""
    rng = np.random.default_rng(seed)
    players = int(rng.integers(2, 5))
    owners = [*range(players), *rng.integers(0, players, size=int(rng.integers(0, 3)))]
    rng.shuffle(owners)
    count = len(owners)
    ways = rng.choice(["both", "both", "forward", "back"], size=count)
    for _ in range(20):
        infeasible = tuple(pattern(rng, count, 2) for _ in range(int(rng.integers(0, 3))))
        merged = () if plain or rng.integers(2) else (pattern(rng, count, 1),)
        try:
            return Conflict(
                f"random {seed}",
                tuple(Option(f"o{k}", way) for k, way in enumerate(ways)),
                tuple(
                    Player(
                        f"p{k}",
                        tuple(place for place, owner in enumerate(owners) if owner == k),
                        tuple(
                            tuple(
                                pattern(rng, count, int(rng.integers(1, 3)))
                                for _ in range(int(rng.integers(1, 3)))
                            )
                            for _ in range(int(rng.integers(0, 5)))
                        ),
                        disbelieves=() if plain or rng.integers(3) else (pattern(rng, count, 2),),
                    )
                    for k in range(players)
                ),
                infeasible,
                merged,
            )
        except AskError:
            continue
    raise AssertionError(seed)


def ranked(seed: int, *, free: bool = False) -> Conflict:
    """Draw a dispute in which every state has its own place in each order, with some ties.

    In a free one everybody can move anywhere in its block and believes every state possible.
    """
    rng = np.random.default_rng(seed)
    dispute = conflict(seed, plain=free)
    options = tuple(Option(one.name) for one in dispute.options) if free else dispute.options
    players = []
    for player in dispute.players:
        places = rng.integers(0, dispute.count, dispute.count)
        groups = [np.flatnonzero(places == place).tolist() for place in np.unique(places)]
        players.append(replace(player, ranking=tuple(map(tuple, groups))))
    return replace(dispute, options=options, players=tuple(players))


def restated(dispute: Conflict) -> Plain:
    ways = [option.way for option in dispute.options]
    return Plain(
        state_of=dispute.index.tolist(),
        holds=dispute.mask,
        forward=sum(1 << k for k, way in enumerate(ways) if way == "forward"),
        back=sum(1 << k for k, way in enumerate(ways) if way == "back"),
        rank=dispute.rank.tolist(),
        impossible=[frozenset(np.flatnonzero(row).tolist()) for row in dispute.impossible],
    )
