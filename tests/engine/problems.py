"""Small random problems with every feature of the layout, tight on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from winset.engine.layout import Problem, Structure, Values
from winset.oracle.brute import Levels, Plain

Target = tuple[int, int]


def starts(lists: Sequence[Sequence[object]]) -> NDArray[np.int32]:
    return np.cumsum([0, *map(len, lists)], dtype=np.int32)


def flat(lists: Iterable[Iterable[Any]], dtype: DTypeLike) -> NDArray[Any]:
    return np.array([x for one in lists for x in one], dtype=dtype)


class Draw:
    """One random structure and its values."""

    def __init__(
        self, seed: int, *, worlds: int = 4, measures: int | None = None, big: int = 1
    ) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.worlds = worlds
        self.big = big
        count = measures or int(rng.integers(2, 6))
        self.tops = rng.integers(1, 4 if count < 6 else 3, count)
        self.first = np.concatenate([[0], np.cumsum(self.tops + 1)]).astype(np.int32)
        self.status_quo = np.array(
            [rng.integers(0, t + 1) * (rng.random() < 0.3) for t in self.tops], np.int8
        )
        self.owners = int(rng.integers(1, 4))
        self.crowded = rng.random() < (0.25 if count > 5 else 0.05)
        """Whether there are more rows over all measures than the engine lays side by side."""

    def some(self, most: int) -> list[int]:
        size = int(self.rng.integers(1, min(most, len(self.tops)) + 1))
        return sorted(self.rng.choice(len(self.tops), size, replace=False).tolist())

    def clauses(self) -> list[list[tuple[int, int, bool]]]:
        rng = self.rng
        found = []
        for _ in range(int(rng.integers(0, 5))):
            clause = []
            for _ in range(int(rng.integers(1, 4))):
                m = int(rng.integers(len(self.tops)))
                clause.append((m, int(rng.integers(1, self.tops[m] + 1)), bool(rng.random() < 0.5)))
            found.append(clause)
        return found

    def accept(self) -> list[list[int]]:
        rng = self.rng
        found = [[owner] for owner in range(self.owners) if rng.random() < 0.4]
        for _ in range(int(rng.integers(0, 3))):
            size = int(rng.integers(1, self.owners + 1))
            found.append(sorted(rng.choice(self.owners, size, replace=False).tolist()))
        return found

    def problem(self) -> Problem:
        rng, tops = self.rng, self.tops
        count = len(tops)
        clauses = self.clauses()
        hard = rng.random(len(clauses)) < 0.6
        rows = int(rng.integers(9, 14) if self.crowded else rng.integers(1, 8))
        entries: list[list[int]] = []
        terms: list[list[tuple[int, int]]] = []
        softs: list[list[int]] = []
        wakes: list[list[int]] = []
        owners: list[int] = []
        for _ in range(rows):
            wide = rng.random() < (0.9 if self.crowded else 0.4)
            entries.append(list(range(count)) if wide else self.some(2))
            if rng.random() < 0.1:
                entries[-1].append(entries[-1][0])
            terms.append([])
            for _ in range(int(rng.integers(0, 4)) if count > 1 else 0):
                a, b = rng.choice(count, 2, replace=False).tolist()
                terms[-1].append((a, b))
            softs.append([q for q in range(len(clauses)) if rng.random() < 0.3])
            kind = rng.random()
            wakes.append([] if kind < 0.5 else self.some(1) if kind < 0.7 else self.some(count))
            owners.append(int(rng.integers(-1, self.owners)))
        square = [r for r in range(rows) if rng.random() < (0.6 if self.crowded else 0.25)]
        accept = self.accept()
        coefs = [[int(tops[m]) + 1 for m in row] for row in entries]
        cells = [[int((tops[a] + 1) * (tops[b] + 1)) for a, b in row] for row in terms]
        structure = Structure(
            first=self.first,
            status_quo=self.status_quo,
            clause_start=starts(clauses),
            lit_measure=flat([[m for m, _, _ in c] for c in clauses], np.int16),
            lit_level=flat([[k for _, k, _ in c] for c in clauses], np.int8),
            lit_at_least=flat([[s for _, _, s in c] for c in clauses], np.bool_),
            clause_hard=np.array(hard, np.bool_),
            row_start=starts(entries),
            row_measure=flat(entries, np.int16),
            coef_start=starts([range(n) for row in coefs for n in row])[:-1],
            term_start=starts(terms),
            term_a=flat([[a for a, _ in row] for row in terms], np.int16),
            term_b=flat([[b for _, b in row] for row in terms], np.int16),
            pair_start=starts([range(n) for row in cells for n in row])[:-1],
            soft_start=starts(softs),
            soft_clause=flat(softs, np.int32),
            square_row=np.array(square, np.int32),
            wake_start=starts(wakes),
            wake_measure=flat(wakes, np.int16),
            row_owner=np.array(owners, np.int16),
            accept_start=starts(accept),
            accept_owner=flat(accept, np.int16),
        )
        return self.values(structure, sum(map(sum, coefs)), sum(map(sum, cells)))

    def values(self, structure: Structure, coefs: int, cells: int) -> Problem:
        rng, w, big = self.rng, self.worlds, self.big
        slots, rows = int(self.first[-1]), structure.row_owner.size
        criteria = int(rng.integers(1, 3))
        values = Values(
            depth=rng.integers(0, 3, (w, slots)) * big,
            effort=rng.integers(0, 3, (w, slots)) * big,
            shut=((rng.random((w, slots)) < 0.05) * rng.integers(1, 8, (w, slots))).astype(
                np.uint32
            ),
            clause_on=rng.random((w, structure.clause_hard.size)) < 0.8,
            row_on=rng.random((w, rows)) < 0.85,
            constant=rng.integers(-1, 3, (w, rows)) * big,
            coef=rng.integers(-2, 3, (w, coefs)) * big,
            pair=rng.integers(-2, 3, (w, cells)) * big,
            soft=rng.integers(0, 3, (w, structure.soft_clause.size)) * big,
            total=rng.integers(0, 3, (w, criteria, slots)),
            square=rng.integers(0, 2, (w, structure.square_row.size, criteria)) * big,
        )
        return tighten(Problem(structure, values), rng)


def tighten(problem: Problem, rng: np.random.Generator) -> Problem:
    """Put rows on the edge: where a drawn package stands, or where no package does better.

    The value there becomes -1, 0 or 1.  Some rows that may sleep get no hope once awake.
    """
    structure, values = problem
    constant = values.constant.copy()
    packages = all_packages(structure)
    sleeps = np.diff(structure.wake_start) > 0
    for w in range(constant.shape[0]):
        plain = Plain(problem, w)
        target = packages[rng.integers(len(packages))]
        slack = plain.judge(target).slack
        for r in range(constant.shape[1]):
            kind = rng.random()
            edge = int(rng.choice([-1, 0, 0, 1, 1]))
            if kind < 0.65:
                constant[w, r] += edge - slack[r]
            elif kind < 0.75:
                constant[w, r] += edge - highest(plain, r, packages)
            elif kind < 0.85 and sleeps[r]:
                constant[w, r] -= 10**6
    return Problem(structure, values._replace(constant=constant))


def highest(plain: Plain, row: int, packages: list[Levels]) -> int:
    """Best value of a row."""
    return max(plain.slack(row, levels, plain.violations(levels)) for levels in packages)


def all_packages(structure: Structure) -> list[Levels]:
    return list(product(*(range(n) for n in np.diff(structure.first).tolist())))


def all_targets(structure: Structure) -> list[Target]:
    return [(m, k) for m, n in enumerate(np.diff(structure.first).tolist()) for k in range(n)]


def columns(targets: Sequence[Target]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    pairs = np.array(targets, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def whole_rows(structure: Structure) -> NDArray[np.bool_]:
    """Rows over a whole package: an owner and a wake set."""
    return (structure.row_owner >= 0) & (np.diff(structure.wake_start) > 0)


def part(problem: Problem, start: int, stop: int) -> Problem:
    """Worlds from start to stop."""
    values = Values._make(array[start:stop] for array in problem.values)
    return Problem(problem.structure, values)
