"""What one world of the model through time is given, by name: the one place that knows the arrays."""

from __future__ import annotations

import math
from dataclasses import dataclass

from winset.engine.layout import Problem
from winset.engine.simulate import PARAMETERS, Draws, Steps, Story
from winset.engine.simulate.layout import BY_DOUBT, BY_HEAT, BY_THREAT, BY_TYPE, WORTH_TODAY
from winset.oracle.brute import Plain
from winset.problem.names import Names

PAIR = (0, 1)
"""The sides whose quarrel is followed; 2 is the ally."""
HIGHEST = 5.0
"""Where trust, threat, mood and tension end."""


def keep(half_life: float) -> float:
    """What a half-life of so many quarters leaves after one."""
    return float(2.0 ** (-1.0 / half_life))


def quarters(span: float) -> int:
    """A drawn span of time, in whole quarters."""
    return math.floor(span + 0.5)


def clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-clip(value, -60.0, 60.0)))


@dataclass(frozen=True)
class Parts:
    """What a unit of each moving thing adds to the worth of a rung, in millionths of a point."""

    threat: int
    heat: int
    doubt: int
    type: int


@dataclass(frozen=True)
class Atom:
    """One condition of a gate."""

    kind: str
    subject: int
    level: int
    quarters: int
    wanted: bool


ATOMS = ("fact", "in effect", "happened", "support", "consents")


@dataclass(frozen=True)
class Step:
    """A dated step, its fallback and its gate: clauses that must all hold, atoms of which one must."""

    quarter: int
    measure: int
    level: int
    fallback: tuple[int, int] | None
    gate: tuple[tuple[Atom, ...], ...]


class Given:
    """One world's numbers and what is common to all worlds."""

    def __init__(self, problem: Problem, names: Names, story: Story, draws: Draws, w: int) -> None:
        self.story, self.draws, self.w = story, draws, w
        self.snapshot = Plain(problem, w)
        self.quo = self.snapshot.quo
        self.measures = range(len(self.quo))
        self.constituencies = range(len(story.role))
        self.par: dict[str, float] = dict(zip(PARAMETERS, draws.par[w].tolist(), strict=True))
        self.side = [None if role < 0 else int(role) for role in story.role.tolist()]
        self.publics = story.publics.tolist()
        self.elections = list(
            zip(story.election_quarter.tolist(), story.election_role.tolist(), strict=True)
        )
        self.shocks = range(draws.shock.shape[1])
        self.drifting = range(draws.room.shape[2])
        self.owner = self.snapshot.owner
        self.rows_of = [self._rows_of(names, m) for m in self.measures]
        self.wholes = [i for i, row in enumerate(names.rows) if row.kind == "package"]
        self.alone = {group[0] for group in self.snapshot.accept if len(group) == 1}

    def _rows_of(self, names: Names, m: int) -> list[int]:
        """Rows that bind a measure by name, or one of several by what wakes them."""
        return [
            i
            for i, row in enumerate(names.rows)
            if row.measure == names.measures[m]
            or (row.kind != "package" and not row.measure and m in self.snapshot.wake[i])
        ]

    def has(self, part: str, m: int) -> bool:
        """Whether a measure plays a part: contact, drills, reaffirm, relief or people."""
        return m in (self.listed("meetings") if part == "contact" else self.listed(part))

    def listed(self, part: str) -> list[int]:
        """Measures, or constituencies, that play a part of which the order matters."""
        return [int(item) for item in getattr(self.story, part)]

    def number(self, table: str, *place: int) -> float:
        """One drawn number of this world."""
        return float(getattr(self.draws, table)[(self.w, *place)])

    def slot(self, m: int, level: int) -> int:
        return int(self.snapshot.first[m]) + level

    def benefit(self, m: int, level: int) -> float:
        return self.number("benefit", self.slot(m, level))

    def worth(self, k: int, m: int, level: int) -> int:
        """Millionths of a point at the as-of date, against the status quo."""
        return int(self.draws.worth[self.w, self.slot(m, level), WORTH_TODAY, k])

    def parts(self, k: int, m: int, level: int) -> Parts:
        worth = self.draws.worth[self.w, self.slot(m, level), :, k].tolist()
        return Parts(worth[BY_THREAT], worth[BY_HEAT], worth[BY_DOUBT], worth[BY_TYPE])

    def drift(self, side: int, criterion: int, m: int, level: int) -> float:
        """Points that one point more of weight adds to a rung in a public of the pair."""
        return self.number("drift", side, criterion, self.slot(m, level)) / 1e6

    def luck(self, q: int, event: str, place: int = 0) -> float:
        """The uniform number of an event in a quarter; shocks come first."""
        start = 0 if event == "shock" else getattr(self.story, f"slot_{event}")
        return self.number("chance", q - 1, start + place)


def steps_of(steps: Steps) -> list[Step]:
    """A programme's steps in its order."""

    def clause(c: int) -> tuple[Atom, ...]:
        lines = steps.atom[steps.atom_first[c] : steps.atom_first[c + 1]].tolist()
        return tuple(Atom(ATOMS[kind], a, b, c, bool(t)) for kind, a, b, c, t in lines)

    return [
        Step(
            quarter=int(steps.quarter[i]),
            measure=int(steps.measure[i]),
            level=int(steps.level[i]),
            fallback=None
            if steps.other[i] < 0
            else (int(steps.other[i]), int(steps.other_level[i])),
            gate=tuple(clause(c) for c in range(steps.gate_first[i], steps.gate_first[i + 1])),
        )
        for i in range(steps.quarter.size)
    ]
