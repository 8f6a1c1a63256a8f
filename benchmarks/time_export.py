"""Worlds of the model through time as plain lists, for a model that somebody else would write."""

from __future__ import annotations

from typing import Any

from winset.ask.scene import Scene
from winset.engine.simulate import PARAMETERS, Steps
from winset.engine.simulate.layout import BY_HEAT, BY_THREAT, WORTH_TODAY


def exported(scene: Scene, steps: Steps, quarters: int) -> dict[str, Any]:
    """Return all that a plain model needs: ladders, rows, clauses, shocks and a programme."""
    st = scene.timed.compiled.problem.structure
    programme = zip(
        steps.quarter.tolist(), steps.measure.tolist(), steps.level.tolist(), strict=True
    )
    accept = [
        st.accept_owner[st.accept_start[a] : st.accept_start[a + 1]].tolist()
        for a in range(st.accept_start.size - 1)
    ]
    shared = {
        "status_quo": st.status_quo.tolist(),
        "programme": [list(step) for step in programme],
        "accept": accept,
    }
    worlds = [_World(scene, w).told() for w in range(scene.worlds)]
    return {"quarters": quarters, "shared": shared, "worlds": worlds}


class _World:
    """One world as lists."""

    def __init__(self, scene: Scene, w: int) -> None:
        self.st, self.v = scene.timed.compiled.problem
        self.rows = scene.timed.compiled.names.rows
        self.story, self.draws, self.w = scene.timed.story, scene.timed.draws, w
        self.measures = [m.id for m in scene.case.measures]

    def told(self) -> dict[str, Any]:
        """Return everything about the world."""
        draws, w = self.draws, self.w
        par = dict(zip(PARAMETERS, draws.par[w].tolist(), strict=True))
        owned = [row for row in range(len(self.rows)) if self._asks(row)]
        owners = sorted({int(self.st.row_owner[row]) for row in owned} - {-1})
        hard = [q for q in range(self.st.clause_hard.size) if self.st.clause_hard[q]]
        return {
            "seed": w,
            "patience": int(par["patience"] + 0.5),
            "threat_gain": par["threat_gain"],
            "threat_keep": par["threat_keep"],
            "mood_keep": par["salience_keep"],
            "heat_growth": par["heat_growth"],
            "lag": draws.lag[w].tolist(),
            "benefit": self._ladder(draws.benefit[w]),
            "shut": self._ladder(self.v.shut[w] != 0),
            "shocks": [
                [rate, jump[0], jump[3]]
                for rate, jump in zip(draws.shock[w].tolist(), draws.jump[w].tolist(), strict=True)
            ],
            "clauses": [
                [self._clause(q) for q in hard if self._speaks(q, m)]
                for m in range(len(self.measures))
            ],
            "rules": [self._row(row) for row in owned if self.st.row_owner[row] < 0],
            "parties": [self._party(k, owned) for k in owners],
        }

    def _asks(self, row: int) -> bool:
        name = self.rows[row]
        return bool(self.v.row_on[self.w, row] and (name.measure or name.kind == "package"))

    def _ladder(self, slots: Any) -> list[list[Any]]:
        bounds = zip(self.st.first[:-1].tolist(), self.st.first[1:].tolist(), strict=True)
        return [slots[a:b].tolist() for a, b in bounds]

    def _party(self, k: int, owned: list[int]) -> dict[str, Any]:
        role = int(self.story.role[k])
        return {
            "name": k,
            "side": role if role < 2 else -1,
            "rate": float(self.draws.offset[self.w, k]),
            "worth": self._ladder(self.draws.worth[self.w, :, WORTH_TODAY, k]),
            "by_threat": self._ladder(self.draws.worth[self.w, :, BY_THREAT, k]),
            "by_heat": self._ladder(self.draws.worth[self.w, :, BY_HEAT, k]),
            "rows": [self._row(row) for row in owned if self.st.row_owner[row] == k],
        }

    def _speaks(self, q: int, m: int) -> bool:
        span = slice(self.st.clause_start[q], self.st.clause_start[q + 1])
        return bool(self.v.clause_on[self.w, q]) and m in self.st.lit_measure[span].tolist()

    def _clause(self, q: int) -> list[list[int]]:
        st, span = self.st, range(self.st.clause_start[q], self.st.clause_start[q + 1])
        return [
            [int(st.lit_measure[j]), int(st.lit_level[j]), int(st.lit_at_least[j])] for j in span
        ]

    def _row(self, row: int) -> dict[str, Any]:
        st, v, w = self.st, self.v, self.w
        sizes = (st.first[1:] - st.first[:-1]).tolist()
        name, owner = self.rows[row], int(st.row_owner[row])
        entries: list[Any] = []
        terms: list[Any] = []
        costs: list[Any] = []
        for e in range(st.row_start[row], st.row_start[row + 1]):
            m, start = int(st.row_measure[e]), st.coef_start[e]
            entries.append([m, v.coef[w, start : start + sizes[m]].tolist()])
        for t in range(st.term_start[row], st.term_start[row + 1]):
            a, b, start = int(st.term_a[t]), int(st.term_b[t]), st.pair_start[t]
            cells = v.pair[w, start : start + sizes[a] * sizes[b]]
            terms.append([a, b, cells.reshape(sizes[a], sizes[b]).tolist()])
        for s in range(st.soft_start[row], st.soft_start[row + 1]):
            q = int(st.soft_clause[s])
            if v.clause_on[w, q]:
                costs.append([self._clause(q), int(v.soft[w, s])])
        counted = self.draws.counted[w, :, owner].tolist() if owner >= 0 else []
        return {
            "measure": self.measures.index(name.measure) if name.measure else -1,
            "constant": int(v.constant[w, row]),
            "entries": entries,
            "terms": terms,
            "costs": costs,
            "squares": self._squares(row),
            "wake": st.wake_measure[st.wake_start[row] : st.wake_start[row + 1]].tolist(),
            "counted": [m for m, counts in enumerate(counted) if counts],
        }

    def _squares(self, row: int) -> list[list[Any]]:
        found = self.st.square_row.tolist()
        if row not in found:
            return []
        sizes = self.v.square[self.w, found.index(row)].tolist()
        return [
            [size, self._ladder(self.v.total[self.w, c]), int(self.draws.total_today[self.w, c])]
            for c, size in enumerate(sizes)
            if size
        ]
