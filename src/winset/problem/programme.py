"""A programme as arrays: its steps, their fallbacks and the gates before them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from winset.case.model import (
    AtLeast,
    Condition,
    Consents,
    Happened,
    Held,
    Not,
    Programme,
    RungAtLeast,
    Supports,
)
from winset.engine.simulate.layout import Steps
from winset.problem.clauses import fact
from winset.problem.frame import Bools
from winset.problem.timing import Timed, timing_of

_Atom = tuple[int, int, int, int, int]


def compile_steps(programme: Programme, timed: Timed, *, pace: float = 1.0) -> Steps:
    """State a programme for the kernel of the model through time.

    Parameters
    ----------
    programme
        The programme.
    timed
        The worlds; facts in gates are decided in each of them.
    pace
        Factor on the quarters between steps: 2 is half as fast.
    """
    gates = _Gates(timed)
    case = timed.consent.frame.case
    place = timed.consent.frame.place
    listed = sorted(programme.steps, key=lambda step: step.quarter)
    rungs = [case.rung[step.rung] for step in listed]
    others = [case.rung.get(step.otherwise) for step in listed]
    for step in listed:
        gates.add(step.when, step.rung)
    return Steps(
        quarter=np.array([1 + round((s.quarter - 1) * pace) for s in listed], dtype=np.int64),
        measure=np.array([place[rung.measure] for rung in rungs], dtype=np.int16),
        level=np.array([rung.level for rung in rungs], dtype=np.int8),
        other=np.array([-1 if o is None else place[o.measure] for o in others], dtype=np.int16),
        other_level=np.array([0 if o is None else o.level for o in others], dtype=np.int8),
        gate_first=np.array(gates.first, dtype=np.int32),
        atom_first=np.array(gates.atom_first, dtype=np.int32),
        atom=np.array(gates.atoms, dtype=np.int64).reshape(-1, 5),
        fact=gates.table(),
    )


@dataclass
class _Gates:
    """Gates in conjunctive form: clauses that must all hold, atoms of which one must."""

    timed: Timed
    first: list[int] = field(default_factory=lambda: [0])
    atom_first: list[int] = field(default_factory=lambda: [0])
    atoms: list[_Atom] = field(default_factory=list)
    facts: list[Bools] = field(default_factory=list)

    def add(self, condition: Condition | None, rung: str) -> None:
        """Add the gate of the next step."""
        clauses = [] if condition is None else self._clauses(condition, rung, wanted=True)
        for clause in clauses:
            self.atoms.extend(clause)
            self.atom_first.append(len(self.atoms))
        self.first.append(len(self.atom_first) - 1)

    def table(self) -> Bools:
        """Return [world, fact]."""
        count = self.timed.consent.frame.count
        if not self.facts:
            return np.zeros((count, 1), dtype=np.bool_)
        return np.stack(self.facts, axis=1)

    def _clauses(self, condition: Condition, rung: str, *, wanted: bool) -> list[list[_Atom]]:
        match condition:
            case Not(item):
                return self._clauses(item, rung, wanted=not wanted)
            case AtLeast(count, items):
                least = count if wanted else len(items) - count + 1
                found: list[list[_Atom]] = []
                for some in combinations(items, len(items) - least + 1):
                    merged: list[list[_Atom]] = [[]]
                    for item in some:
                        parts = self._clauses(item, rung, wanted=wanted)
                        merged = [one + part for one in merged for part in parts]
                    found += merged
                return found
            case _:
                return [[self._atom(condition, rung, wanted=wanted)]]

    def _atom(self, atom: Condition, rung: str, *, wanted: bool) -> _Atom:
        frame = self.timed.consent.frame
        owners = [who.id for who in frame.case.constituencies]
        true = int(wanted)
        match atom:
            case RungAtLeast(measure, level):
                return 1, frame.place[measure], level, 0, true
            case Held(measure, level, quarters):
                return 1, frame.place[measure], level, quarters, true
            case Happened(shock) if shock in timing_of(frame.case).rates:
                return 2, [*timing_of(frame.case).rates].index(shock), 0, 0, true
            case Supports(who):
                return 3, owners.index(who), 0, 0, true
            case Consents(who):
                return 4, owners.index(who), 0, 0, true
            case _:
                self.facts.append(fact(self.timed.consent, atom, rung))
                return 0, len(self.facts) - 1, 0, 0, true
