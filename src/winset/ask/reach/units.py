"""Limits as one waives them: all rows of one constituency, or of one rule, ceiling or scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.engine import Judgement, slim, without
from winset.engine.layout import Problem, Values
from winset.problem import Compiled, Names, RowName

Bools = NDArray[np.bool_]
CONSENT = ("", "floor", "threshold", "consent")
"""Limits of a constituency that fail or must give: none, its floors, the whole, both."""
FLOORS, WHOLE, BOTH = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Unit:
    """What gives or holds as one."""

    limit: str
    """``consent`` for all limits of one constituency, else the kind of structure."""
    who: str
    owner: int
    """Place among the owners of rows; -1 for structure."""
    rows: tuple[int, ...]
    clauses: tuple[int, ...]
    floors: tuple[int, ...] = ()
    """Of the rows of a constituency, those that look at a single step."""
    whole: tuple[int, ...] = ()
    """Of the rows of a constituency, those that look at the whole package."""

    @property
    def limits(self) -> str:
        """All it has: of a constituency ``floor``, ``threshold`` or, for both, ``consent``."""
        if self.owner < 0:
            return self.limit
        return CONSENT[FLOORS * bool(self.floors) + WHOLE * bool(self.whole)]

    def failed(self, rows: Bools) -> NDArray[np.intp]:
        """Which of its limits fail, as places in ``CONSENT``, [world]; from [world, row]."""
        floors = rows[:, [*self.floors]].any(axis=1)
        whole = rows[:, [*self.whole]].any(axis=1)
        return np.asarray(FLOORS * floors + WHOLE * whole)


def units_of(names: Names) -> list[Unit]:
    """List all units of a problem: constituencies first, then structure, in order of the rows."""
    rows: dict[tuple[str, str], list[int]] = {}
    clauses: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(names.rows):
        rows.setdefault(_key(row), []).append(index)
    for index, clause in enumerate(names.clauses):
        if clause.kind != "helps":
            clauses.setdefault((clause.kind, clause.source), []).append(index)
    keys = sorted({**rows, **clauses}, key=lambda key: key[0] != "consent")
    units = []
    for key in keys:
        limit, who = key
        own = tuple(rows.get(key, ()))
        units.append(
            Unit(
                limit,
                who,
                names.owners.index(who) if limit == "consent" else -1,
                own,
                tuple(clauses.get(key, ())),
                tuple(row for row in own if names.rows[row].kind == "floor"),
                tuple(row for row in own if names.rows[row].kind == "package"),
            )
        )
    return units


def _key(row: RowName) -> tuple[str, str]:
    if row.kind in ("floor", "package"):
        return "consent", row.constituency
    return row.kind, row.source


def members_of(problem: Problem, units: Sequence[Unit]) -> tuple[Bools, Bools]:
    """Tell which rows and which clauses go with each unit, [unit, row] and [unit, clause]."""
    rows = np.zeros((len(units), problem.structure.row_owner.size), dtype=bool)
    clauses = np.zeros((len(units), problem.structure.clause_hard.size), dtype=bool)
    for place, unit in enumerate(units):
        rows[place, [*unit.rows]] = True
        clauses[place, [*unit.clauses]] = True
    return rows, clauses


def slimmed(compiled: Compiled) -> Compiled:
    """Leave out the rows that hold whatever the package."""
    return replace(compiled, problem=slim(compiled.problem))


def waived(problem: Problem, units: Sequence[Unit]) -> Problem:
    """Return the problem as if some units always held."""
    return without(
        problem,
        owners=[unit.owner for unit in units if unit.owner >= 0],
        rows=[row for unit in units if unit.owner < 0 for row in unit.rows],
        clauses=[clause for unit in units for clause in unit.clauses],
    )


def take(problem: Problem, worlds: NDArray[np.intp]) -> Problem:
    """Return some worlds of a problem, repeated where asked."""
    if worlds.size == problem.values.row_on.shape[0] and (np.diff(worlds) == 1).all():
        return problem
    values = problem.values
    parts = {name: getattr(values, name)[worlds] for name in values._fields}
    return Problem(problem.structure, Values(**parts))


def failing(units: Sequence[Unit], judged: Judgement) -> Bools:
    """Tell which units a judged package fails, [world, unit]."""
    rows = failed_rows(judged)
    fails = np.zeros((rows.shape[0], len(units)), dtype=bool)
    for place, unit in enumerate(units):
        if unit.rows:
            fails[:, place] |= rows[:, unit.rows].any(axis=1)
        if unit.clauses:
            fails[:, place] |= judged.violated[:, unit.clauses].any(axis=1)
    return fails


def failed_rows(judged: Judgement) -> Bools:
    """Tell which rows bind and are not met, [world, row]."""
    return np.asarray(judged.binding & (judged.row_slack < 0))


def blamed(problem: Problem, units: Sequence[Unit], fails: Bools) -> Bools:
    """Keep of the failing units those without which a party would not be refused.

    A constituency that fails stops nothing where its party's rule is met by others.
    """
    structure = problem.structure
    place = {unit.owner: index for index, unit in enumerate(units) if unit.owner >= 0}
    kept = fails.copy()
    kept[:, [*place.values()]] = False
    for start, stop in zip(structure.accept_start[:-1], structure.accept_start[1:], strict=True):
        owners = structure.accept_owner[start:stop].tolist()
        group = np.array([place[owner] for owner in owners], dtype=np.intp)
        refused = np.asarray(fails[:, group].all(axis=1))
        kept[np.ix_(refused, group)] = fails[np.ix_(refused, group)]
    return kept
