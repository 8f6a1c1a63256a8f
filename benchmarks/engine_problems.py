"""Synthetic problems for timing: the shape of the bundled case, and that of the first measurements.

Random numbers, no findings: real cases may be easier or harder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from winset.engine import Problem, Structure, Values

MICRO, PICO, MILLI = 10**6, 10**12, 10**3
Grid = NDArray[np.float64]


@dataclass
class Builder:
    """Rows and clauses one by one; ``problem`` lays them out."""

    tops: list[int]
    worlds: int
    clauses: list[list[tuple[int, int, bool]]] = field(default_factory=list)
    hard: list[bool] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def row(self, **given: Any) -> None:
        """Add a row: owner, constant, entries {measure: [world, level]}, terms, wake, square."""
        blank: dict[str, Any] = {"terms": [], "softs": [], "wake": [], "square": None}
        self.rows.append(blank | given)

    def needs(self, m: int, level: int, n: int, other: int, *, hard: bool = True) -> int:
        """Add "m at level or above needs n at other or above"."""
        self.clauses.append([(m, level, False), (n, other, True)])
        self.hard.append(hard)
        return len(self.clauses) - 1

    def problem(self, depth: Grid, effort: Grid, total: Grid, status_quo: list[int]) -> Problem:
        """Lay everything out in the arrays of the engine."""
        coefs = [e for row in self.rows for e in row["entries"].values()]
        terms = [t for row in self.rows for t in row["terms"]]
        softs = [s for row in self.rows for s in row["softs"]]
        squares = [i for i, row in enumerate(self.rows) if row["square"] is not None]
        owners = sorted({row["owner"] for row in self.rows} - {-1})
        literals = [literal for clause in self.clauses for literal in clause]
        structure = Structure(
            first=_starts(np.array(self.tops) + 1),
            status_quo=np.array(status_quo, np.int8),
            clause_start=_starts([len(c) for c in self.clauses]),
            lit_measure=np.array([m for m, _, _ in literals], np.int16),
            lit_level=np.array([k for _, k, _ in literals], np.int8),
            lit_at_least=np.array([s for _, _, s in literals], np.bool_),
            clause_hard=np.array(self.hard, np.bool_),
            row_start=_starts([len(r["entries"]) for r in self.rows]),
            row_measure=np.array([m for r in self.rows for m in r["entries"]], np.int16),
            coef_start=_starts([e.shape[1] for e in coefs])[:-1],
            term_start=_starts([len(r["terms"]) for r in self.rows]),
            term_a=np.array([a for a, _, _ in terms], np.int16),
            term_b=np.array([b for _, b, _ in terms], np.int16),
            pair_start=_starts([t[0].size for _, _, t in terms])[:-1],
            soft_start=_starts([len(r["softs"]) for r in self.rows]),
            soft_clause=np.array([c for c, _ in softs], np.int32),
            square_row=np.array(squares, np.int32),
            wake_start=_starts([len(r["wake"]) for r in self.rows]),
            wake_measure=np.array([m for r in self.rows for m in r["wake"]], np.int16),
            row_owner=np.array([r["owner"] for r in self.rows], np.int16),
            accept_start=_starts([1] * len(owners)),
            accept_owner=np.array(owners, np.int16),
        )
        values = Values(
            depth=_whole(depth),
            effort=_whole(effort),
            shut=np.zeros(depth.shape, np.uint32),
            clause_on=np.ones((self.worlds, len(self.clauses)), np.bool_),
            row_on=np.ones((self.worlds, len(self.rows)), np.bool_),
            constant=_whole(np.stack([r["constant"] for r in self.rows], axis=1)),
            coef=_whole(_joined(coefs, self.worlds)),
            pair=_whole(_joined([t.reshape(self.worlds, -1) for _, _, t in terms], self.worlds)),
            soft=_whole(_joined([c[:, None] for _, c in softs], self.worlds)),
            total=_whole(total),
            square=_whole(np.stack([self.rows[i]["square"] for i in squares], axis=1))
            if squares
            else np.zeros((self.worlds, 0, total.shape[1]), np.int64),
        )
        return Problem(structure, values)


def _starts(sizes: Any) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int32)


def _whole(x: Grid) -> NDArray[np.int64]:
    return np.rint(x).astype(np.int64)


def _joined(parts: list[Grid], worlds: int) -> Grid:
    return np.concatenate(parts, axis=1) if parts else np.zeros((worlds, 0))


def _ladders(rng: np.random.Generator, tops: list[int], worlds: int) -> list[Grid]:
    """[world, level] shares that rise from 0 to 1 along each measure."""
    found = []
    for top in tops:
        steps = rng.random((worlds, top)) + 0.2
        rise = np.cumsum(steps, axis=1) / steps.sum(axis=1, keepdims=True)
        found.append(np.concatenate([np.zeros((worlds, 1)), rise], axis=1))
    return found


def case_like(worlds: int, offset: float, seed: int = 1) -> Problem:
    """Draw a problem of the bundled case's shape; ``offset`` is the rate at which gains count."""
    rng = np.random.default_rng(seed)
    count, packages, criteria = 31, 7, 8
    tops = [4] * 27 + [3] * 4
    base = np.random.default_rng(0)
    b, e = _ladders(rng, tops, worlds), _ladders(rng, tops, worlds)
    builder = Builder(tops, worlds)
    shape = (packages + 6, count)
    mean_gain = base.gamma(1.5, 0.7, shape)
    mean_cost = base.gamma(1.2, 0.8, shape) * (base.random(shape) < 0.5)
    gain = mean_gain * rng.gamma(4.0, 0.25, (worlds, *shape))
    cost = mean_cost * rng.gamma(4.0, 0.25, (worlds, *shape))
    links = [tuple(base.choice(count, 2, replace=False).tolist()) for _ in range(60)]
    hubs = [(int(h), int(m)) for h in (27, 28, 29, 30) for m in base.choice(27, 10, replace=False)]
    ell = rng.uniform(0.1, 0.4, (worlds, 60)) * base.choice([1, 1, 2, -1], 60)
    ease = rng.uniform(0.1, 0.6, (worlds, 40))
    value = [
        [gain[:, k, m, None] * b[m] - cost[:, k, m, None] * e[m] ** 1.5 for m in range(count)]
        for k in range(packages + 6)
    ]
    softs = [builder.needs(int(m), 2, int(base.integers(27)), 1, hard=False) for m in range(5)]
    for _ in range(40):
        m, n = base.choice(count, 2, replace=False).tolist()
        builder.needs(m, int(base.integers(2, tops[m] + 1)), n, int(base.integers(1, 3)))
    for k in range(packages):
        terms = []
        for i, (a, c) in enumerate(links):
            table = ell[:, i, None, None] * b[a][:, :, None] * b[c][:, None, :]
            terms.append((a, c, PICO * np.where(table > 0, offset * table, table)))
        for i, (h, m) in enumerate(hubs):
            loss = np.minimum(value[k][m], 0.0)
            terms.append(
                (h, m, -PICO * (ease[:, i, None] * b[h])[:, :, None] * loss[:, None, :] * 0.6)
            )
        square = offset * rng.uniform(0.0, 0.012, (worlds, criteria)) * PICO / MILLI**2
        builder.row(
            owner=k,
            constant=-PICO * rng.uniform(-0.4, 0.4, worlds),
            entries={
                m: PICO * (offset * np.maximum(v, 0.0) + np.minimum(v, 0.0))
                for m, v in enumerate(value[k])
            },
            terms=terms,
            softs=[(c, PICO * rng.uniform(0.1, 0.5, worlds)) for c in softs] if k < 3 else [],
            wake=list(range(count)),
            square=square,
        )
    for k in range(packages + 6):
        width = rng.uniform(0.5, 2.0, worlds) if k < 3 else rng.uniform(0.0, 0.5, worlds)
        for m in sorted(base.choice(count, 31 if k < 3 else 7, replace=False).tolist()):
            floor = value[k][m] + (width - rng.uniform(-0.4, 0.4, worlds))[:, None]
            floor[:, 0] = 0.0
            near = [i for i, pair in enumerate(links) if m in pair][:3]
            terms = []
            for i in near:
                n = sum(links[i]) - m
                table = ell[:, i, None, None] * b[m][:, :, None] * b[n][:, None, :]
                terms.append((m, n, MICRO * table))
            builder.row(owner=k, constant=np.zeros(worlds), entries={m: MICRO * floor}, terms=terms)
    for m in range(9):
        cap = rng.uniform(0.3, 0.9, worlds)
        builder.row(
            owner=-1,
            constant=MICRO * cap,
            entries={m: -MICRO * e[m], **{h: MICRO * 0.2 * b[h] for h in range(27, 31)}},
            wake=[m],
        )
    effects = base.integers(0, 4, (criteria, count))
    total = np.concatenate(
        [MILLI * effects[None, :, m, None] * b[m][:, None, :] for m in range(count)], axis=2
    )
    weights = base.uniform(0.5, 1.5, count)
    depth = np.concatenate([MICRO * weights[m] * b[m] for m in range(count)], axis=1)
    effort = np.concatenate([MICRO * (1 + m % 3) * b[m] for m in range(count)], axis=1)
    return builder.problem(depth, effort, total, [0] * count)


def first_synthetic(worlds: int, seed: int = 1) -> Problem:
    """Draw a problem like that of the first measurements: 24 measures, 6 vetoes, 40 synergies."""
    rng = np.random.default_rng(seed)
    base = np.random.default_rng(3)
    count, vetoes = 24, 6
    tops = [3] * count
    builder = Builder(tops, worlds)
    ramp = np.array([0.0, 0.4, 0.75, 1.0])
    mean = base.normal(-0.35, 1.6, (vetoes, count))
    bend = base.normal(0.0, 0.5, (vetoes, count, 4))
    pairs = [tuple(base.choice(count, 2, replace=False).tolist()) for _ in range(40)]
    gain = base.uniform(0.2, 1.0, (vetoes, 40))
    for _ in range(20):
        m, n = base.choice(count, 2, replace=False).tolist()
        builder.needs(m, int(base.integers(1, 4)), n, int(base.integers(1, 3)))
    for k in range(vetoes):
        top = mean[k] + rng.normal(0.0, 0.8, (worlds, count))
        entries = {
            m: MILLI
            * (top[:, m, None] * ramp + (bend[k, m] + rng.normal(0, 0.2, (worlds, 4))) * (ramp > 0))
            for m in range(count)
        }
        terms = []
        for i, (a, c) in enumerate(pairs):
            size = gain[k, i] * rng.uniform(0.5, 1.5, worlds)
            both = np.outer(ramp >= 0.7, ramp >= 0.7)
            terms.append((a, c, MILLI * size[:, None, None] * both))
        builder.row(owner=k, constant=np.zeros(worlds), entries=entries, terms=terms)
    weights = base.uniform(0.5, 1.5, count)
    depth = np.concatenate(
        [MICRO * w * (ramp * rng.uniform(0.9, 1.1, (worlds, 1))) for w in weights], axis=1
    )
    effort = np.concatenate([np.tile(MICRO * ramp, (worlds, 1)) for _ in range(count)], axis=1)
    return builder.problem(depth, effort, np.zeros((worlds, 0, 4 * count)), [0] * count)
