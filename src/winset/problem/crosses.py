"""Pair terms grouped as a rung meets them: by its slot, the other measure and that one's level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from winset.engine.layout import B1, I4, Structure
from winset.engine.simulate.layout import Crosses

Places = NDArray[np.integer[Any]]


class Cells(NamedTuple):
    """Pair terms, each as one level of one of its two measures meets it."""

    slot: Places
    other: Places
    to: Places
    start: Places
    """Column of ``Values.pair`` for level 0 of the other measure."""
    stride: Places
    """Columns from one level of the other measure to the next."""


def near(st: Structure, slot: Places, first: I4, row: I4) -> Cells:
    """Pair terms of floors, whose first measure is the one that the floor binds.

    Parameters
    ----------
    st
        The problem.
    slot, row
        [floor] the rung it is asked about, and the row.
    first
        [slot + 1] floors of each slot.
    """
    term, floor = spans(st.term_start[row], np.diff(st.term_start)[row])
    a, b = st.term_a[term], st.term_b[term]
    own = slot[floor]
    start = st.pair_start[term] + (own - st.first[a]) * np.diff(st.first)[b]
    stride = np.ones_like(start)
    return Cells(own, b, floor - first[own], start, stride)


def links(st: Structure, wholes: I4) -> Cells:
    """Pair terms of rows that weigh the whole, seen from both measures."""
    term, to = spans(st.term_start[wholes], np.diff(st.term_start)[wholes])
    a, b, start = st.term_a[term], st.term_b[term], st.pair_start[term]
    sizes = np.diff(st.first)
    one = np.ones_like(start)
    seen = []
    for own, other, step, stride in ((a, b, sizes[b], one), (b, a, one, sizes[b])):
        slot, each = spans(st.first[own], sizes[own])
        level = slot - st.first[own][each]
        column = start[each] + level * step[each]
        seen.append(Cells(slot, other[each], to[each], column, stride[each]))
    return Cells(*(np.concatenate(parts) for parts in zip(*seen, strict=True)))


def crosses(st: Structure, used: B1, cells: Cells) -> tuple[Crosses, Places]:
    """Group pair terms by slot, other measure and its level, without what is nothing anywhere.

    Parameters
    ----------
    st, cells
        The problem and its terms.
    used
        [column of ``Values.pair``] whether it is something in any world.

    Returns
    -------
    tuple
        The index, and the columns of ``Values.pair`` in its order.
    """
    sizes = np.diff(st.first)[cells.other]
    level, each = spans(np.zeros_like(sizes), sizes)
    slot, other, to = cells.slot[each], cells.other[each], cells.to[each]
    column = cells.start[each] + level * cells.stride[each]
    group = slot * st.status_quo.size + other
    alive = np.bincount(group[used[column]], minlength=group.max(initial=0) + 1) > 0
    order = np.lexsort((to, level, group))
    order = order[alive[group[order]]]
    slot, other, to, level, column, group = (
        part[order] for part in (slot, other, to, level, column, group)
    )
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    cross = np.repeat(np.arange(begins.size), np.diff(begins, append=group.size))
    at_quo = used[column] & (level == st.status_quo[other])
    index = Crosses(
        first=starts(np.bincount(slot[begins], minlength=st.first[-1])),
        other=other[begins].astype(np.int32),
        place=np.append(begins, column.size).astype(np.int32),
        still=np.bincount(cross[at_quo], minlength=begins.size) == 0,
        to_first=starts(np.bincount(cross[level == 0], minlength=begins.size)),
        to=to[level == 0].astype(np.int32),
    )
    return index, column


def spans(begin: NDArray[Any], sizes: NDArray[Any]) -> tuple[Places, Places]:
    """Return ``begin, begin + 1, ...`` of each size, one after another, and whose each is."""
    ends = np.cumsum(sizes)
    whose = np.repeat(np.arange(sizes.size), sizes)
    return np.arange(whose.size) + (begin - (ends - sizes))[whose], whose


def starts(counts: Sequence[int] | NDArray[Any]) -> I4:
    """Return where each of several runs starts, one more at the end."""
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
