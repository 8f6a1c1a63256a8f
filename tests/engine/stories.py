"""Small random stories of the model through time, with values at the borders on purpose.

In the even worlds of a story numbers are multiples of an eighth, drawn from few values, so that
what is compared is often equal and every sum is exact; in the odd ones they are drawn freely.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from tests.engine.problems import flat, starts
from tests.engine.story_sizes import EVEN
from winset.engine.layout import Problem, Structure, Values
from winset.engine.simulate import MECHANISMS, PARAMETERS, Draws, Steps, Story
from winset.engine.simulate.layout import WORTH_TODAY
from winset.problem.elections import Polled, ahead
from winset.problem.names import Names, RowName
from winset.problem.timed_rows import four_bytes, lay_out

POINT = 1_000_000
HALF = POINT // 2
QUARTERS = 12
WORLDS = 2
OWNERS = 9
PUBLICS = (3, 4)
PART = {"executive": (0, 1, 2), "spoiler": (5, 6), "claimant": (7,), "ratifier": (8,)}
SIDES = ((0,), (1,), (2,), (0,), (1,), (0, 1, 1), (0, 1, 2, -1), (1,), (-1, 0, 1, 2))
"""Whose each constituency may be: the pair's (0 and 1), the ally's, nobody's that is followed."""

FLOORS = {"mixed": (-0.5, 0, 0, 0.5, 1), "stubborn": (-1, -0.5, -0.5, 0, 0.5), "willing": (0, 0.5)}
"""What a rung adds to a floor: where all are stubborn most steps are refused, and asked again while
the state moves; where all are willing many steps are agreed in one quarter."""


@dataclass(frozen=True)
class Tale:
    """One story: what the kernel is given."""

    problem: Problem
    names: Names
    story: Story
    draws: Draws
    steps: Steps
    mechanisms: int
    quarters: int = QUARTERS


class Draw:
    """One random story."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.seed = seed
        self.tops = rng.integers(1, 4, int(rng.integers(4, 7)))
        self.count = len(self.tops)
        self.first = np.concatenate([[0], np.cumsum(self.tops + 1)]).astype(np.int32)
        self.quo = np.array(
            [rng.integers(0, top + 1) if rng.random() < 0.2 else 0 for top in self.tops], np.int8
        )
        self.slots = int(self.first[-1])
        self.temper = str(rng.choice([*FLOORS], p=(0.2, 0.5, 0.3)))
        self.order = rng.permutation(OWNERS)
        """Index of each constituency: none has a part by its place."""
        self.even = np.arange(WORLDS) % 2 == 0

    # Numbers.

    def pick(self, shape: tuple[int, ...], *values: float) -> np.ndarray:
        """[world, ...] one of the values in even worlds, something between their ends in odd ones."""
        some = self.rng.choice(values, (WORLDS, *shape))
        free = self.rng.uniform(min(values), max(values), (WORLDS, *shape))
        even = self.even.reshape(-1, *[1] * len(shape))
        found: np.ndarray = np.where(even, some, free)
        return found

    def micro(self, shape: tuple[int, ...], *points: float) -> np.ndarray:
        rounded: np.ndarray = np.rint(self.pick(shape, *points) * POINT).astype(np.int64)
        return rounded

    def some(self, most: int) -> list[int]:
        size = int(self.rng.integers(0, min(most, self.count) + 1))
        return sorted(self.rng.choice(self.count, size, replace=False).tolist())

    def flags(self, share: float) -> np.ndarray:
        return self.rng.random(self.count) < share

    def who(self, place: int) -> int:
        return int(self.order[place])

    def ladders(self) -> np.ndarray:
        """[world, slot] shares that do not fall along a ladder, nothing at level 0."""
        table = self.pick((self.slots,), 0, 0.25, 0.5, 1)
        for m in range(self.count):
            span = slice(self.first[m], self.first[m + 1])
            table[:, self.first[m]] = 0.0
            table[:, span] = np.maximum.accumulate(table[:, span], axis=1)
        return table

    # The snapshot.

    def clauses(self) -> list[list[tuple[int, int, bool]]]:
        found = []
        for _ in range(int(self.rng.integers(0, 5))):
            clause = []
            for _ in range(int(self.rng.integers(1, 4))):
                m = int(self.rng.integers(self.count))
                level = int(self.rng.integers(1, self.tops[m] + 1))
                clause.append((m, level, bool(self.rng.random() < 0.5)))
            found.append(clause)
        return found

    def rows(self) -> list[tuple[RowName, int, list[int], list[int]]]:
        """Name, owner, entries and wake set of each row."""
        rng = self.rng
        found: list[tuple[RowName, int, list[int], list[int]]] = []
        everything = list(range(self.count))
        most = 2 if self.temper == "willing" else int(rng.integers(2, 6))
        for m in everything:
            for place in rng.choice(OWNERS, int(rng.integers(0, most)), replace=False):
                owner = self.who(int(place))
                found.append((RowName("floor", f"{owner}", f"M{m}", 0, ""), owner, [m], [m]))
            if rng.random() < 0.2:
                name = RowName("prerequisite", "", f"M{m}", 1, "rule")
                found.append((name, -1, [m], []))
            if rng.random() < 0.4:
                name = RowName("ceiling", "", f"M{m}", 0, "ceiling")
                found.append((name, -1, sorted({m, *self.some(2)}), [m]))
        if rng.random() < 0.3:
            over = sorted({0, *self.some(3)})
            found.append((RowName("ceiling", "", "", 0, "mean"), -1, over, over))
        for place in (0, 1, 2, 0):
            if rng.random() < 0.7:
                most = 1 if self.temper == "willing" else int(rng.integers(1, self.count + 1))
                owner, wake = self.who(place), self.some(most)
                name = RowName("package", f"{owner}", "", 0, "")
                found.append((name, owner, everything, wake))
        return found

    def accept(self) -> list[list[int]]:
        rng = self.rng
        alone = 0.8 if self.temper == "stubborn" else 0.5
        found = [[owner] for owner in range(OWNERS) if rng.random() < alone]
        for _ in range(int(rng.integers(0, 3))):
            size = int(rng.integers(1, 4))
            found.append(sorted(rng.choice(OWNERS, size, replace=False).tolist()))
        return found

    def problem(self) -> tuple[Problem, Names]:
        rng, rows, clauses, accept = self.rng, self.rows(), self.clauses(), self.accept()
        hard = rng.random(len(clauses)) < 0.25
        package = [name.kind == "package" for name, *_ in rows]
        terms: list[list[tuple[int, int]]] = []
        for (name, _, entries, _), whole in zip(rows, package, strict=True):
            own = entries if whole else [int(name.measure[1:])] if name.measure else entries[:1]
            pairs = [p for p in product(own, range(self.count)) if p[0] != p[1]]
            keep = rng.permutation(len(pairs))[: int(rng.integers(0, 4))]
            terms.append([pairs[i] for i in keep])
        softs = [[q for q in range(len(clauses)) if rng.random() < 0.4] for _ in rows]
        sizes = [[int(self.tops[m]) + 1 for m in entries] for _, _, entries, _ in rows]
        cells = [[int((self.tops[a] + 1) * (self.tops[b] + 1)) for a, b in own] for own in terms]
        square = [i for i, whole in enumerate(package) if whole and rng.random() < 0.6]
        structure = Structure(
            first=self.first,
            status_quo=self.quo,
            clause_start=starts(clauses),
            lit_measure=flat([[m for m, _, _ in c] for c in clauses], np.int16),
            lit_level=flat([[k for _, k, _ in c] for c in clauses], np.int8),
            lit_at_least=flat([[s for _, _, s in c] for c in clauses], np.bool_),
            clause_hard=np.array(hard, np.bool_),
            row_start=starts(sizes),
            row_measure=flat([entries for _, _, entries, _ in rows], np.int16),
            coef_start=starts([range(n) for own in sizes for n in own])[:-1],
            term_start=starts(terms),
            term_a=flat([[a for a, _ in own] for own in terms], np.int16),
            term_b=flat([[b for _, b in own] for own in terms], np.int16),
            pair_start=starts([range(n) for own in cells for n in own])[:-1],
            soft_start=starts(softs),
            soft_clause=flat(softs, np.int32),
            square_row=np.array(square, np.int32),
            wake_start=starts([wake for *_, wake in rows]),
            wake_measure=flat([wake for *_, wake in rows], np.int16),
            row_owner=np.array([owner for _, owner, *_ in rows], np.int16),
            accept_start=starts(accept),
            accept_owner=flat(accept, np.int16),
        )
        names = Names(
            measures=tuple(f"M{m}" for m in range(self.count)),
            owners=tuple(map(str, range(OWNERS))),
            slots=("",) * self.slots,
            rows=tuple(name for name, *_ in rows),
            row_scale=np.where(package, POINT, 1),
            clauses=(),
            shut_bits=(),
        )
        return Problem(structure, self.values(structure, np.array(package, bool), terms)), names

    def values(self, st: Structure, package: np.ndarray, terms: list[Any]) -> Values:
        rng = self.rng
        rows = len(package)
        each = np.diff(st.row_start)
        scale = np.where(package, POINT, 1)
        tops = np.diff(st.first)
        entry = np.repeat(np.arange(rows), each)
        coef = np.repeat(entry, tops[st.row_measure])
        pair = np.repeat(
            np.repeat(np.arange(rows), [len(own) for own in terms]),
            tops[st.term_a] * tops[st.term_b],
        )
        soft = np.repeat(np.arange(rows), np.diff(st.soft_start))
        owned = st.row_owner >= 0
        constant = np.where(
            package, self.micro((rows,), 0, 0.5, 1.5), self.micro((rows,), 0, 0.5, 1)
        )
        return Values(
            depth=np.zeros((WORLDS, self.slots), np.int64),
            effort=np.zeros((WORLDS, self.slots), np.int64),
            shut=(rng.random((WORLDS, self.slots)) < 0.03).astype(np.uint32),
            clause_on=rng.random((WORLDS, st.clause_hard.size)) < 0.8,
            row_on=rng.random((WORLDS, rows)) < 0.9,
            constant=np.where(owned & ~package, 0, constant) * scale,
            coef=self.entries(st, (owned & ~package)[coef]) * scale[coef],
            pair=self.micro((pair.size,), -0.5, 0, 0, 0.5) * scale[pair] * self.speaks(st),
            soft=self.micro((soft.size,), 0, 0.5) * scale[soft],
            total=rng.integers(0, 3, (WORLDS, 2, self.slots)),
            square=self.micro((st.square_row.size, 2), 0, 0.125) * POINT,
        )

    def entries(self, st: Structure, floor: np.ndarray) -> np.ndarray:
        """[world, column of ``coef``] nothing at the status quo, as in a real problem."""
        own, others = FLOORS[self.temper], FLOORS["mixed"]
        table = np.where(floor, self.micro(floor.shape, *own), self.micro(floor.shape, *others))
        table[:, st.coef_start + self.quo[st.row_measure]] = 0
        return table

    def speaks(self, st: Structure) -> np.ndarray:
        """[column of ``pair``] false where a term says nothing while one stands at the status quo."""
        found = []
        for a, b in zip(st.term_a.tolist(), st.term_b.tolist(), strict=True):
            cells = np.ones((self.tops[a] + 1, self.tops[b] + 1), np.bool_)
            if self.rng.random() < 0.5:
                cells[self.quo[a]], cells[:, self.quo[b]] = False, False
            found.append(cells.ravel())
        return np.concatenate([np.zeros(0, np.bool_), *found])

    # Time.

    def elections(self) -> list[Polled]:
        rng = self.rng
        found = [
            Polled(f"{i}", int(rng.integers(1, QUARTERS + 1)), int(rng.integers(3)), "")
            for i in range(int(rng.integers(0, 5)))
        ]
        return sorted(found, key=lambda one: (one.quarter, one.role))

    def tale(self, mechanisms: int) -> Tale:
        problem, names = self.problem()
        rng = self.rng
        needed = rng.random((WORLDS, self.slots, OWNERS)) < 0.8
        told, valued = lay_out(names, problem, needed)
        told["rising"] = np.array(
            [row.kind == "ceiling" and rng.random() < 0.8 for row in names.rows]
        )
        elections = self.elections()
        story, luck = self.story(told, elections)
        draws = self.draws(needed, valued, luck, len(elections))
        return Tale(problem, names, story, draws, self.steps(), mechanisms)

    def story(self, told: dict[str, Any], elections: list[Polled]) -> tuple[Story, int]:
        rng = self.rng
        role = np.full(OWNERS, -1)
        role[self.order] = [rng.choice(sides) for sides in SIDES]
        executive = np.zeros(OWNERS, np.bool_)
        executive[[self.who(place) for place in PART["executive"]]] = True
        spoilers = [self.who(place) for place in PART["spoiler"]]
        settlement, durable, quiet = self.some(3), self.some(3), self.some(2)
        if rng.random() < 0.5:
            quiet = settlement
        rng.shuffle(durable)
        places: dict[str, Any] = {}
        luck = SHOCKS
        for event, count in (
            ("election", len(elections)),
            ("trigger", 1),
            ("spoiler", len(spoilers)),
            ("crisis", len(settlement)),
            ("relapse", len(durable)),
            ("coercion", 1),
            ("leak", len(quiet)),
        ):
            places[f"slot_{event}"] = luck
            luck += count

        def listed(items: list[int]) -> np.ndarray:
            return np.array(items, dtype=np.int64)

        contact = self.flags(0.5)
        story = Story(
            role=role.astype(np.int64),
            executive=executive,
            contact=contact,
            meetings=np.flatnonzero(contact),
            drills=np.flatnonzero(self.flags(0.5)),
            reaffirm=np.flatnonzero(self.flags(0.3)),
            relief=np.flatnonzero(self.flags(0.3)),
            people=np.flatnonzero(self.flags(0.3)),
            settlement=listed(settlement),
            durable=listed(durable),
            insulation=listed(self.some(1)),
            shield=listed([int(rng.integers(self.count))] if rng.random() < 0.8 else []),
            quiet=listed(quiet),
            restraint=listed(durable[:1]),
            publics=listed([self.who(place) for place in PUBLICS]),
            claimants=listed([self.who(7)] if rng.random() < 0.7 else []),
            spoilers=listed(spoilers),
            **told,
            election_quarter=listed([one.quarter for one in elections]),
            election_role=listed([one.role for one in elections]),
            ahead=ahead(elections, QUARTERS),
            court=int(rng.integers(-1, SHOCKS)),
            fresh=int(rng.integers(-1, 3)),
            pressed=int(rng.integers(-1, 2)),
            **places,
        )
        return story, luck

    def draws(
        self,
        needed: np.ndarray,
        valued: dict[str, Any],
        luck: int,
        elections: int,
    ) -> Draws:
        rng = self.rng
        slots, count = self.slots, self.count
        today = self.first[:-1] + self.quo
        most = 0.5 if self.temper == "mixed" else 1
        worth = self.micro((slots, 5, OWNERS), -most, 0, 0, most)
        worth[:, :, WORTH_TODAY] = self.micro((slots, OWNERS), -1, -0.5, 0, 0.5, 1)
        worth[:, today] = 0
        jump = np.stack(
            [
                self.pick((SHOCKS,), *values)
                for values in ((0, 1, 2, 6), (-2, 0, 1), (-1, 0, 1), (0, 0, 1))
            ],
            axis=2,
        )
        return Draws(
            par=np.stack([self.pick((), *self.sizes(name)) for name in PARAMETERS], axis=1),
            worth=four_bytes(worth),
            **valued,
            type_theta=self.pick((OWNERS,), -0.5, 0, 0.5),
            theta=self.pick((OWNERS,), -0.5, 0, 0.5),
            width=self.pick((OWNERS,), 0, 0.5),
            offset=self.pick((OWNERS,), 0.25, 0.5, 1),
            needed=needed,
            counted=rng.random((WORLDS, count, OWNERS)) < 0.7,
            benefit=self.ladders(),
            exposure=self.ladders(),
            open_exposure=self.ladders(),
            minded=self.pick((count,), 0, 0.5, 1),
            code=self.pick((count,), 0, 0.5, 1),
            lag=self.pick((count,), 0, 0.5, 1, 2, 3),
            shock=self.pick((SHOCKS,), 0, 0.125, 0.25),
            jump=np.ascontiguousarray(jump),
            change=self.pick((elections,), 0.25, 0.5, 1),
            drift=self.micro((2, 2, slots), -0.5, 0, 0.5),
            room=self.pick((2, 2, 2), 0, 0.5, 1),
            exposed=self.pick((2,), 0.5, 1),
            pressing=rng.random(WORLDS) < 0.5,
            secret=rng.random(WORLDS) < 0.7,
            chance=self.luck((QUARTERS, luck)),
        )

    def sizes(self, name: str) -> tuple[float, ...]:
        return (12,) if name == "patience" and self.temper == "stubborn" else EVEN[name]

    def luck(self, shape: tuple[int, int]) -> np.ndarray:
        """[world, quarter, event] uniform numbers; in some stories little happens."""
        numbers = self.pick(shape, *(i / 8 for i in range(8)))
        calm = self.rng.choice([0.0, 0.5, 0.85])
        return np.where(self.rng.random(numbers.shape) < calm, 0.875, numbers)

    # The programme.

    def rung(self) -> tuple[int, int]:
        m = int(self.rng.integers(self.count))
        return m, int(self.rng.integers(1, self.tops[m] + 1))

    def atom(self) -> tuple[int, int, int, int, int]:
        rng = self.rng
        kind = int(rng.integers(5))
        m, level = self.rung()
        subject = (int(rng.integers(2)), m, int(rng.integers(SHOCKS)))
        place = subject[kind] if kind < 3 else int(rng.integers(OWNERS))
        if kind == 3 and rng.random() < 0.5:
            place = self.who(int(rng.choice(PUBLICS)))
        held = int(rng.integers(3)) if kind == 1 else 0
        return kind, place, level if kind == 1 else 0, held, int(rng.random() < 0.7)

    def steps(self) -> Steps:
        rng = self.rng
        count = int(rng.integers(6, 15))
        rungs = [self.rung() for _ in range(count)]
        others = [self.rung() if rng.random() < 0.4 else (-1, 0) for _ in range(count)]
        gates = [
            [[self.atom() for _ in range(int(rng.integers(1, 3)))] for _ in range(clauses)]
            for clauses in rng.choice(3, count, p=(0.6, 0.3, 0.1))
        ]
        clauses = [clause for gate in gates for clause in gate]
        return Steps(
            quarter=np.sort(rng.choice(rng.integers(1, QUARTERS - 2, 3), count)),
            measure=np.array([m for m, _ in rungs], np.int16),
            level=np.array([level for _, level in rungs], np.int8),
            other=np.array([m for m, _ in others], np.int16),
            other_level=np.array([level for _, level in others], np.int8),
            gate_first=starts(gates),
            atom_first=starts(clauses),
            atom=np.array([atom for clause in clauses for atom in clause], np.int64).reshape(-1, 5),
            fact=rng.random((WORLDS, 2)) < 0.5,
        )


SHOCKS = 3
EVERYTHING = (1 << len(MECHANISMS)) - 1


def masks(seed: int) -> int:
    """Everything in most stories; else all but one mechanism, each in its turn."""
    if seed % 2:
        return EVERYTHING
    return EVERYTHING & ~(1 << (seed // 2) % len(MECHANISMS))


def tale(seed: int) -> Tale:
    return Draw(seed).tale(masks(seed))
