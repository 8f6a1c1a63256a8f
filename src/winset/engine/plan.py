"""What can be read from a structure once, before any world: pairs, kinds of rows, owners.

Rows over many measures (*wide*: a whole package, a mean) are kept side by side so that the
machine treats eight of them at once; rows over one measure and its few partners (*narrow*:
floors, ceilings) are kept as short lists.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .layout import B1, I8, Structure

LANES = 8
"""Wide rows that lie side by side."""
WIDE = 6
"""A row with at least so many entries, or with squares, is wide."""

REQUIRED, ASKED, UNASKED = 1, 2, 0
"""An owner must consent in any case, is one of several of whom one must, or nobody asks it."""


class Plan(NamedTuple):
    """Index lists derived from a structure; the same in all worlds."""

    wide: I8
    """[wide row] row"""
    narrow: I8
    """[narrow row] row"""
    square_of: I8
    """[row] place in ``Structure.square_row`` or -1."""
    pair_a: I8
    pair_b: I8
    """[pair] two measures, a < b, that some term or soft of two measures joins."""
    term_pair: I8
    """[term] its pair; ``term_swap`` when its a is the pair's b."""
    term_swap: B1
    lit_start: I8
    """[clause + 1] measures of each clause, each once, ascending."""
    lit_measure: I8
    lit_mask: I8
    """[...] levels (as bits) of that measure at which the clause holds."""
    soft_pair: I8
    """[soft] the pair of its clause's measures; -1: not two measures."""
    part_start: I8
    """[row + 1] measures that a row reads, each once."""
    part_measure: I8
    link_start: I8
    """[row + 1] pairs that a row reads, each once."""
    link_pair: I8
    moved_start: I8
    """[row + 1] measures whose move may change the value or the sleep of each row."""
    moved_measure: I8
    owner_need: I8
    """[owner] REQUIRED, ASKED or UNASKED."""
    choice_start: I8
    """[choice + 1] owners of whom one must consent."""
    choice_owner: I8
    hopeless: bool
    """Whether an acceptance clause names nobody, so that only the status quo is accepted."""


def make_plan(st: Structure) -> Plan:
    """Derive the index lists of a structure."""
    lit_start, lit_measure, lit_mask = _grouped_literals(st)
    pairs: dict[tuple[int, int], int] = {}
    term_a, term_b, soft_clause = st.term_a.tolist(), st.term_b.tolist(), st.soft_clause.tolist()
    term_pair = [_number(pairs, a, b) for a, b in zip(term_a, term_b, strict=True)]
    soft_pair = []
    for clause in soft_clause:
        found = lit_measure[lit_start[clause] : lit_start[clause + 1]]
        soft_pair.append(_number(pairs, *found) if len(found) == 2 else -1)
    square_of = np.full(st.row_owner.size, -1, np.int64)
    square_of[st.square_row] = np.arange(st.square_row.size)
    is_wide = (np.diff(st.row_start) >= WIDE) | (square_of >= 0)
    parts, links = [], []
    row_measure, row_start = st.row_measure.tolist(), st.row_start.tolist()
    term_start, soft_start = st.term_start.tolist(), st.soft_start.tolist()
    for r in range(st.row_owner.size):
        terms = slice(term_start[r], term_start[r + 1])
        softs = slice(soft_start[r], soft_start[r + 1])
        reads = {*row_measure[row_start[r] : row_start[r + 1]]}
        reads |= {*term_a[terms], *term_b[terms]}
        for clause in soft_clause[softs]:
            reads |= set(lit_measure[lit_start[clause] : lit_start[clause + 1]])
        parts.append(sorted(reads))
        links.append(sorted({*term_pair[terms], *soft_pair[softs]} - {-1}))
    moved = _moved(st, parts)
    need, start, owners, hopeless = _acceptance(st)
    ordered = sorted(pairs, key=pairs.__getitem__)
    pair_a = _ints([a for a, _ in ordered])
    return Plan(
        wide=_ints(np.flatnonzero(is_wide)),
        narrow=_ints(np.flatnonzero(~is_wide)),
        square_of=square_of,
        pair_a=pair_a,
        pair_b=_ints([b for _, b in ordered]),
        term_pair=_ints(term_pair),
        term_swap=pair_a[term_pair] != st.term_a,
        lit_start=_ints(lit_start),
        lit_measure=_ints(lit_measure),
        lit_mask=_ints(lit_mask),
        soft_pair=_ints(soft_pair),
        part_start=_starts(parts),
        part_measure=_ints([m for part in parts for m in part]),
        link_start=_starts(links),
        link_pair=_ints([p for link in links for p in link]),
        moved_start=_starts(moved),
        moved_measure=_ints([m for part in moved for m in part]),
        owner_need=need,
        choice_start=start,
        choice_owner=owners,
        hopeless=hopeless,
    )


def _moved(st: Structure, parts: list[list[int]]) -> list[list[int]]:
    """Return the measures whose move may change the value or the sleep of each row."""
    saturates = {*st.square_row.tolist()}
    moved = []
    wake_measure, wake_start = st.wake_measure.tolist(), st.wake_start.tolist()
    for r, reads in enumerate(parts):
        wake = wake_measure[wake_start[r] : wake_start[r + 1]]
        moved.append(sorted(range(st.status_quo.size) if r in saturates else {*reads, *wake}))
    return moved


def _ints(values: list[int] | NDArray[np.intp]) -> I8:
    return np.array(values, dtype=np.int64)


def _starts(lists: list[list[int]]) -> I8:
    return np.cumsum([0, *map(len, lists)], dtype=np.int64)


def _number(pairs: dict[tuple[int, int], int], a: int, b: int) -> int:
    return pairs.setdefault((min(a, b), max(a, b)), len(pairs))


def _grouped_literals(st: Structure) -> tuple[list[int], list[int], list[int]]:
    """Join the literals of a clause on one measure into one mask of levels; measures ascend."""
    start = [0]
    measure: list[int] = []
    mask: list[int] = []
    sizes, clause_start = np.diff(st.first).tolist(), st.clause_start.tolist()
    lit_measure, lit_level = st.lit_measure.tolist(), st.lit_level.tolist()
    lit_at_least = st.lit_at_least.tolist()
    for q in range(st.clause_hard.size):
        masks: dict[int, int] = {}
        for i in range(clause_start[q], clause_start[q + 1]):
            m, least = lit_measure[i], lit_level[i]
            bits = sum(1 << k for k in range(sizes[m]) if (k >= least) == lit_at_least[i])
            masks[m] = masks.get(m, 0) | bits
        measure += sorted(masks)
        mask += [masks[m] for m in sorted(masks)]
        start.append(len(measure))
    return start, measure, mask


def _acceptance(st: Structure) -> tuple[I8, I8, I8, bool]:
    """Sort the owners into those that must consent and those of whom one must."""
    clauses = [
        {int(o) for o in st.accept_owner[st.accept_start[a] : st.accept_start[a + 1]]}
        for a in range(st.accept_start.size - 1)
    ]
    owners = 1 + max([-1, *map(int, st.row_owner), *map(int, st.accept_owner)])
    need = np.full(owners, UNASKED, np.int64)
    for clause in clauses:
        need[list(clause)] = ASKED
    for clause in clauses:
        if len(clause) == 1:
            need[list(clause)] = REQUIRED
    open_clauses = [sorted(c) for c in clauses if c and all(need[o] == ASKED for o in c)]
    asked = {o for c in open_clauses for o in c}
    for owner in range(owners):
        if need[owner] == ASKED and owner not in asked:
            need[owner] = UNASKED
    start = _starts(open_clauses)
    return need, start, _ints([o for c in open_clauses for o in c]), any(not c for c in clauses)
