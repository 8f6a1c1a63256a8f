"""A few typical stories: worlds that go alike, and the one nearest to the middle of each group."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winset.ask.follow import Followed
from winset.ask.path import schemas
from winset.tables import Table, share_where
from winset.words import programme as words

Floats = NDArray[np.float64]
MOST = 4
"""Stories told at most."""
LEAST_WORLDS = 10
"""Worlds for one story at least."""
TOLD = ("crisis", "relapse", "reversal", "court", "step-down", "coercion", "change of government")
"""Events by which a story is told, in the order of the model."""


def stories(one: Followed, rng: int) -> Table:
    """Group worlds by depth over time and by what came, and tell the most typical of each group.

    k-means on depth by quarter, in units of its spread over all worlds and quarters, and on
    whether each event came, each weighed like a quarter of the series.
    """
    depth = one.depth[:, :, 0]
    worlds, quarters = depth.shape
    groups = min(MOST, worlds // LEAST_WORLDS)
    if groups < 2:
        return schemas.STORIES.from_rows([])
    came = np.stack([one.happened(event).any(axis=1) for event in TOLD], axis=1)
    spread = max(float(depth.std()), 1e-9)
    series = (depth - depth.mean()) / spread / np.sqrt(quarters)
    features = np.concatenate([series, 0.5 * came.astype(np.float64)], axis=1)
    centres, member = _grouped(features, groups, rng)
    rows: list[tuple[object, ...]] = []
    groups_of = np.unique(member)
    sizes = np.array([(member == group).sum() for group in groups_of])
    for group in groups_of[np.argsort(-sizes, kind="stable")]:
        own = np.flatnonzero(member == group)
        gap = ((features[own] - centres[group]) ** 2).sum(axis=1)
        typical = int(own[int(gap.argmin())])
        rows.append(
            (
                *share_where(np.asarray(member == group)),
                typical,
                float(np.median(depth[own, -1])),
                *(float(came[own, place].mean()) for place in range(len(TOLD))),
                told(one, typical),
            )
        )
    return schemas.STORIES.from_rows((number, *row) for number, row in enumerate(rows, start=1))


def typical_world(table: Table, one: Followed) -> int:
    """Return the typical world of the first story; without stories the one in the middle by depth."""
    for row in table.rows():
        return int(row["world"])
    depth = one.over_time
    return int(np.argsort(depth, kind="stable")[depth.size // 2])


def _grouped(features: Floats, groups: int, rng: int) -> tuple[Floats, NDArray[np.int64]]:
    from scipy.cluster.vq import kmeans2  # heavy

    centres, member = kmeans2(features, groups, minit="++", rng=np.random.default_rng(rng))
    return np.asarray(centres), np.asarray(member, dtype=np.int64)


def told(one: Followed, world: int) -> str:
    """Tell one world by its events in their order, and by depth at first, half way and at last."""
    depth = one.depth[world, :, 0]
    first: list[tuple[int, str]] = []
    for event in TOLD:
        quarters = np.flatnonzero(one.happened(event)[world])
        if quarters.size:
            start = int(quarters[0]) + 1
            first.append((start, words.happened(event, start, quarters.size)))
    events = [text for _, text in sorted(first)]
    return words.story(depth[0], depth[depth.size // 2], depth[-1], events)
