"""The same arrays as an integer program for HiGHS: one 0-1 variable a rung.

Products of two rungs become ``y <= x1, y <= x2, y >= x1 + x2 - 1``; broken helpful clauses a
``u >= 1 - (its literals)``; a sleeping row an ``awake`` that is 1 once a measure of its wake set
has moved; "one of these must consent" a binary each with a bound taken from the row.  Squares are
cut from outside by tangents, ``S S >= 2 S0 S - S0 S0``, added where a solution needs them.

HiGHS works in double precision, so each of its packages is judged again in integers
(:class:`winset.oracle.brute.Plain`); one that fails is forbidden and the search goes on.  With its
presolve HiGHS has called packages deepest that were not, so it is asked without it too, and the
better answer counts.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from winset.engine.layout import Problem
from winset.errors import LimitError
from winset.oracle.brute import Best, Levels, Plain

_LARGEST = 1000.0
"""Each row is scaled so that its largest coefficient is this; HiGHS tolerates 1e-6."""
_SLACK = 1e-5
"""Room left in each scaled row, so that no exact tie is lost; judged again afterwards."""
_TANGENTS = 9
_ROUNDS = 400
_Terms = dict[int, float]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from standard output what HiGHS prints there past Python, whatever its options."""
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            yield
    finally:
        with suppress(OSError, TypeError):
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


@dataclass
class _Model:
    """Variables and rows in the form :func:`scipy.optimize.milp` takes."""

    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[_Terms, float]] = field(default_factory=list)
    """``sum of terms >= bound``"""

    def variable(self, *, whole: bool, upper: float = 1.0) -> int:
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.upper) - 1

    def at_least(self, terms: _Terms, bound: float) -> None:
        largest = max((abs(value) for value in terms.values()), default=0.0)
        scale = _LARGEST / largest if largest > _LARGEST else 1.0
        scaled = {name: value * scale for name, value in terms.items() if value != 0}
        self.rows.append((scaled, bound * scale - (_SLACK if scale != 1.0 else 0.0)))

    def solve(self, cost: _Terms, time_limit: float, *, presolve: bool) -> list[float] | None:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        places = [(i, name, v) for i, (row, _) in enumerate(self.rows) for name, v in row.items()]
        matrix = csr_array(
            ([v for _, _, v in places], ([i for i, _, _ in places], [n for _, n, _ in places])),
            shape=(len(self.rows), len(self.upper)),
        )
        objective = np.zeros(len(self.upper))
        for name, value in cost.items():
            objective[name] = value
        with _silence():
            found = milp(
                objective,
                integrality=np.array(self.whole),
                bounds=Bounds(0, np.array(self.upper)),
                constraints=LinearConstraint(matrix, lb=np.array([b for _, b in self.rows])),
                options={"mip_rel_gap": 0.0, "time_limit": time_limit, "presolve": presolve},
            )
        if found.status == 2:
            return None
        if found.status != 0:
            message = f"HiGHS gave no answer: {found.message}"
            raise LimitError(message)
        return [float(value) for value in found.x]


class Program:
    """One world of a problem as an integer program.

    ``presolve`` lists the ways to ask HiGHS, with its presolve and without; the best answer counts.
    """

    def __init__(
        self,
        problem: Problem,
        world: int,
        *,
        time_limit: float = 60.0,
        presolve: Sequence[bool] = (True, False),
    ) -> None:
        self.plain = Plain(problem, world)
        self.time_limit = time_limit
        self.presolve = tuple(presolve)
        self._model = _Model()
        self._products: dict[tuple[int, int], int] = {}
        self._broken: dict[int, int] = {}
        self._rungs()
        self._clauses()
        self._willing = self._acceptance()
        self._squared = self._squares()
        for row, on in enumerate(self.plain.row_on):
            if on:
                self._row(row)

    def deepest(self, *, force: tuple[int, int] | None = None, effort: bool = False) -> Best | None:
        """Return the deepest accepted package, or None if there is none.

        Parameters
        ----------
        force
            A measure and the level it must at least reach.
        effort
            Solve again for the least effort at that depth; otherwise any of the deepest.

        Raises
        ------
        LimitError
            HiGHS ran out of time, or too many of its packages failed the exact judge.
        """
        plain = self.plain
        bound = self._forced(force)
        cost = {slot: -float(depth) for slot, depth in enumerate(plain.depth)}
        found = self._best(cost, bound)
        if self._allows(plain.quo, force) and (
            found is None or plain.worth(plain.quo)[0] > plain.worth(found)[0]
        ):
            found = plain.quo
        if found is not None and effort:
            depth = plain.worth(found)[0]
            same = ({slot: float(value) for slot, value in enumerate(plain.depth)}, depth - 0.5)
            least = {slot: float(value) for slot, value in enumerate(plain.effort)}
            again = self._best(least, [*bound, same])
            options = [again or found]
            if plain.worth(plain.quo)[0] == depth and self._allows(plain.quo, force):
                options.append(plain.quo)
            found = min(options, key=lambda levels: plain.worth(levels)[1])
        return None if found is None else Best(found, *plain.worth(found))

    def exists(self, measure: int, level: int) -> bool:
        """Whether some accepted package has the measure at the level or above."""
        if self._allows(self.plain.quo, (measure, level)):
            return True
        return self._best({}, self._forced((measure, level))) is not None

    # Building.

    def _rungs(self) -> None:
        plain, model = self.plain, self._model
        for closed in plain.closed:
            model.variable(whole=True, upper=0.0 if closed else 1.0)
        for m, top in enumerate(plain.tops):
            one = {plain.first[m] + level: 1.0 for level in range(top + 1)}
            model.at_least(one, 1.0)
            model.at_least(dict.fromkeys(one, -1.0), -1.0)

    def _literals(self, clause: int) -> tuple[_Terms, float]:
        """Return the number of true literals of a clause: terms and a constant."""
        terms: _Terms = {}
        for m, at, above in self.plain.clauses[clause]:
            for level in range(self.plain.tops[m] + 1):
                if (level >= at) == above:
                    slot = self.plain.first[m] + level
                    terms[slot] = terms.get(slot, 0.0) + 1.0
        return terms, 0.0

    def _clauses(self) -> None:
        for clause, on in enumerate(self.plain.clause_on):
            if not on:
                continue
            terms, _ = self._literals(clause)
            if not self.plain.hard[clause]:
                self._broken[clause] = self._model.variable(whole=False)
                terms = {**terms, self._broken[clause]: 1.0}
            self._model.at_least(terms, 1.0)

    def _acceptance(self) -> dict[int, int]:
        """Return a binary for each constituency that one of several groups may do without."""
        willing: dict[int, int] = {}
        must = {group[0] for group in self.plain.accept if len(set(group)) == 1}
        for group in self.plain.accept:
            if must & set(group):
                continue
            for who in group:
                if who not in willing:
                    willing[who] = self._model.variable(whole=True)
            self._model.at_least({willing[who]: 1.0 for who in group}, 1.0)
        self._must = must
        return willing

    def _squares(self) -> list[int]:
        """Return a variable for the square of each total, in points, held up by tangents."""
        found = []
        for place, total in enumerate(self.plain.totals):
            most = sum(max(total[a:b]) for a, b in pairwise(self.plain.first))
            found.append(self._model.variable(whole=False, upper=(most / 1000) ** 2 + 1))
            for step in range(_TANGENTS):
                self._tangent(place, found[-1], most * step // (_TANGENTS - 1))
        return found

    def _tangent(self, place: int, square: int, at: int) -> None:
        terms = {
            slot: -2.0 * at * value / 1e6 for slot, value in enumerate(self.plain.totals[place])
        }
        self._model.at_least({**terms, square: 1.0}, -float(at * at) / 1e6)

    def _product(self, one: int, other: int) -> int:
        key = (min(one, other), max(one, other))
        if key not in self._products:
            y = self._products[key] = self._model.variable(whole=False)
            self._model.at_least({one: 1.0, y: -1.0}, 0.0)
            self._model.at_least({other: 1.0, y: -1.0}, 0.0)
            self._model.at_least({y: 1.0, one: -1.0, other: -1.0}, -1.0)
        return self._products[key]

    def _row(self, row: int) -> None:
        plain = self.plain
        owner = plain.owner[row]
        if owner >= 0 and owner not in self._must and owner not in self._willing:
            return
        terms: _Terms = {}

        def add(name: int, value: float) -> None:
            terms[name] = terms.get(name, 0.0) + value

        lowest = float(plain.constant[row])
        for m, coef in plain.entries[row]:
            lowest += min(coef)
            for level, value in enumerate(coef):
                add(plain.first[m] + level, float(value))
        for a, b, pair in plain.terms[row]:
            lowest += min(*pair, 0)
            for place, value in enumerate(pair):
                level_a, level_b = divmod(place, plain.tops[b] + 1)
                if value:
                    slots = plain.first[a] + level_a, plain.first[b] + level_b
                    add(self._product(*slots), float(value))
        for clause, amount in plain.softs[row]:
            if clause in self._broken:
                lowest -= amount
                add(self._broken[clause], -float(amount))
        bound = -float(plain.constant[row])
        for place, rate in enumerate(plain.squares.get(row, ())):
            before = plain.sums(plain.quo)[place]
            lowest -= rate * self._model.upper[self._squared[place]] * 1e6
            lowest += rate * before * before
            add(self._squared[place], -rate * 1e6)
            bound -= rate * before * before
        self._relax(row, terms, bound, max(-lowest, 0.0))

    def _relax(self, row: int, terms: _Terms, bound: float, most: float) -> None:
        """Add a row that falls away while it sleeps or where its owner may refuse."""
        plain = self.plain
        if plain.wake[row]:
            awake = self._model.variable(whole=True)
            for m in plain.wake[row]:
                self._model.at_least({awake: 1.0, plain.first[m] + plain.quo[m]: 1.0}, 1.0)
            terms[awake] = -most
            bound -= most
        if plain.owner[row] in self._willing:
            terms[self._willing[plain.owner[row]]] = -most
            bound -= most
        self._model.at_least(terms, bound)

    # Solving.

    def _forced(self, force: tuple[int, int] | None) -> list[tuple[_Terms, float]]:
        if force is None:
            return []
        m, level = force
        slots = range(self.plain.first[m] + level, self.plain.first[m + 1])
        return [(dict.fromkeys(slots, 1.0), 1.0)]

    def _allows(self, levels: Levels, force: tuple[int, int] | None) -> bool:
        return force is None or levels[force[0]] >= force[1]

    def _best(self, cost: _Terms, extra: list[tuple[_Terms, float]]) -> Levels | None:
        """Return the best package that any way of asking finds."""
        found = [self._found(cost, extra, presolve=presolve) for presolve in self.presolve]
        return min(
            (levels for levels in found if levels is not None),
            key=lambda levels: sum(
                cost.get(self.plain.first[m] + level, 0.0) for m, level in enumerate(levels)
            ),
            default=None,
        )

    def _found(
        self, cost: _Terms, extra: list[tuple[_Terms, float]], *, presolve: bool
    ) -> Levels | None:
        """Solve, judge, cut, until a package passes; the extra rows hold for this call only."""
        kept = len(self._model.rows)
        for terms, bound in extra:
            self._model.at_least(terms, bound)
        lasting: list[tuple[int, int, int]] = []
        try:
            for _ in range(_ROUNDS):
                solution = self._model.solve(cost, self.time_limit, presolve=presolve)
                if solution is None:
                    return None
                levels = self._levels(solution)
                if self.plain.accepts(levels):
                    return levels
                lasting += self._cut(levels)
        finally:
            del self._model.rows[kept:]
            for place, square, at in lasting:
                self._tangent(place, square, at)
        message = f"{_ROUNDS} packages of HiGHS failed the exact judge; the problem is too tight."
        raise LimitError(message)

    def _cut(self, levels: Levels) -> list[tuple[int, int, int]]:
        """Forbid one package and tighten the squares where it stands."""
        chosen = {self.plain.first[m] + level: -1.0 for m, level in enumerate(levels)}
        self._model.at_least(chosen, 1.0 - len(levels))
        added = []
        for place, total in enumerate(self.plain.sums(levels)):
            self._tangent(place, self._squared[place], total)
            added.append((place, self._squared[place], total))
        return added

    def _levels(self, solution: list[float]) -> Levels:
        found = []
        for a, b in pairwise(self.plain.first):
            ladder = solution[a:b]
            found.append(ladder.index(max(ladder)))
        return tuple(found)
