"""What the engine is given: one structure for all worlds, and integers for each of them.

Nothing here knows a name.  A package is a vector of levels, one a measure; level 0 is
absence.  The *slot* of measure m at level l is ``first[m] + l``.

Row i of a world holds when ``row_on[w, i]`` is false or ::

    constant + sum over entries e of row i   coef[coef_start[e] + level of row_measure[e]]
             + sum over terms t of row i     pair[pair_start[t] + level_a * (top_b + 1) + level_b]
             - sum over softs s of row i     soft[s] where clause soft_clause[s] is violated
             - sum over criteria c           square[p, c] * (S_c * S_c - Sq_c * Sq_c)   >= 0

A row also holds while it sleeps: when its wake set is not empty and every measure of it stands
at the status quo (who is asked for nothing cannot refuse).  The last line exists only for the rows named in ``square_row`` (p is the place in that
list), S_c is the sum over measures of ``total[w, c, slot]`` and Sq_c the same at the status quo.
The status quo is in the win-set by definition.
A clause is violated when it is on and none of its literals holds.  A package is in the win-set
when no slot of it is shut, no *hard* clause is violated, and for each acceptance clause at least
one owner has all of its rows satisfied; rows without owner (-1) must hold in any case.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

I1 = NDArray[np.int8]
I2 = NDArray[np.int16]
I4 = NDArray[np.int32]
I8 = NDArray[np.int64]
U4 = NDArray[np.uint32]
B1 = NDArray[np.bool_]


class Structure(NamedTuple):
    """What is the same in all worlds."""

    first: I4
    """[measure + 1] first slot of each measure."""
    status_quo: I1
    """[measure] level in place."""
    clause_start: I4
    """[clause + 1] literals of each clause."""
    lit_measure: I2
    lit_level: I1
    lit_at_least: B1
    """[literal] true: "stands at level >= lit_level"; false: "stands below lit_level"."""
    clause_hard: B1
    """[clause] true: must hold; false: only costs, through the softs of rows."""
    row_start: I4
    """[row + 1] entries of each row."""
    row_measure: I2
    """[entry]"""
    coef_start: I4
    """[entry] place of the coefficient at level 0 in ``Values.coef``."""
    term_start: I4
    """[row + 1] pair terms of each row."""
    term_a: I2
    term_b: I2
    """[term] two different measures."""
    pair_start: I4
    """[term] place of the (0, 0) coefficient in ``Values.pair``."""
    soft_start: I4
    """[row + 1] softs of each row; their amounts are ``Values.soft`` in this order."""
    soft_clause: I4
    """[soft]"""
    square_row: I4
    """[square row] rows that lose by saturation, ascending."""
    wake_start: I4
    """[row + 1]"""
    wake_measure: I2
    """Measures of each row's wake set; an empty set: never asleep."""
    row_owner: I2
    """[row] constituency, or -1 for structure."""
    accept_start: I4
    """[acceptance clause + 1]"""
    accept_owner: I2
    """Owners of each acceptance clause: one of them must have all its rows satisfied."""


class Values(NamedTuple):
    """One block of worlds; the leading axis of every array is the world."""

    depth: I8
    """[world, slot] 1e-6 of the analyst's ruler; higher is better."""
    effort: I8
    """[world, slot] 1e-6; among equally deep packages less effort wins."""
    shut: U4
    """[world, slot] bits of the one-rung limits that close it; 0 is open."""
    clause_on: B1
    """[world, clause]"""
    row_on: B1
    """[world, row]"""
    constant: I8
    """[world, row]"""
    coef: I8
    """[world, ...]"""
    pair: I8
    """[world, ...]"""
    soft: I8
    """[world, soft] not negative."""
    total: I8
    """[world, criterion, slot] milli-shares; not negative."""
    square: I8
    """[world, square row, criterion] not negative."""


class Problem(NamedTuple):
    """A block of worlds with what is common to all."""

    structure: Structure
    values: Values
