"""The calendar by constraint programming: proven optimum or gap, others near it, constraints in conflict.

OR-Tools is an extra and is loaded when it is asked for.  One worker, a fixed seed and a limit in
the solver's own count of work, so that the same regime gives the same calendar on every machine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from winset.exercise.calendar.found import Found, pruned
from winset.exercise.calendar.program import Limit, Program, Term
from winset.exercise.calendar.regime import Form

EFFORT = 3.0
"""Work the solver may do on one calendar, in its own deterministic seconds."""
SEED = 1
ALTERNATIVES = 5
MOST_ROUNDS = 100
DIFFERENT = 2
"""Runs of every earlier calendar that an alternative must do without."""


_Group = tuple[tuple[str, Form, int], str]


class ConflictError(Exception):
    """No calendar meets all constraints; ``names`` cannot hold together, none of them spare."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


class UnknownError(Exception):
    """The solver found neither a calendar nor a proof that there is none."""


def installed() -> bool:
    """Whether OR-Tools is there."""
    return find_spec("ortools") is not None


def named() -> str:
    """Return the solver with its version, on which the choice among equal calendars may hang."""
    return f"OR-Tools {version('ortools')}, CP-SAT"


def best(program: Program, *, effort: float = EFFORT, hint: Collection[int] = ()) -> Found:
    """Find the calendar that covers most, from a calendar to start with.

    Parameters
    ----------
    program
        Cells, limits, terms.
    effort
        Work the solver may do.
    hint
        Cells of a calendar to start from.

    Raises
    ------
    ConflictError
        No calendar meets all constraints.
    UnknownError
        Nothing was found within the effort.
    """
    made = _Model(program)
    made.aim(program.terms)
    for number in range(len(program.cells)):
        made.model.add_hint(made.held[number], number in hint)
    solver, status = _run(made.model, effort)
    if status == "infeasible":
        raise ConflictError(conflict(program, effort=effort))
    if status == "unknown":
        raise UnknownError
    held = pruned(program, made.chosen(solver))
    bound = int(solver.best_objective_bound + 1e-6)
    value = program.value(held)
    return Found(held, value, max(bound, value))


def better(program: Program, than: Found, *, effort: float = EFFORT) -> tuple[int, int]:
    """Return by how much a looser program can exceed a calendar: found, and at most.

    The calendar must be one of the looser program too.
    """
    made = _Model(program)
    worth = made.worth(program.terms)
    made.model.add(worth >= than.value + 1)
    made.model.maximize(worth)
    solver, status = _run(made.model, effort)
    if status == "infeasible":
        return 0, 0
    if status == "unknown":
        most = min(int(solver.best_objective_bound + 1e-6), _most(program.terms))
        return 0, max(0, most - than.value)
    gain = program.value(made.chosen(solver)) - than.value
    return gain, max(gain, int(solver.best_objective_bound + 1e-6) - than.value)


def alternatives(
    program: Program, first: Found, *, effort: float = EFFORT, count: int = ALTERNATIVES
) -> Iterator[Found]:
    """Yield further calendars, best first, each without some runs of every earlier one.

    A run counts as the same if exercise, form and year are: that one is held a month later is no
    other calendar.
    """
    before = [first.held]
    for _ in range(count):
        if any(len(held) < DIFFERENT for held in before):
            return
        try:
            apart = [_unlike(program, held) for held in before]
            found = best(program.with_limits(apart), effort=effort)
        except (ConflictError, UnknownError):
            return
        before.append(found.held)
        yield found


def _unlike(program: Program, held: Collection[int]) -> Limit:
    """Return the limit that leaves out runs of a calendar."""
    kinds = {program.cells[number].kind for number in held}
    same = tuple(n for n, cell in enumerate(program.cells) if cell.kind in kinds)
    return Limit((), same, (1,) * len(same), None, len(held) - DIFFERENT)


def conflict(program: Program, *, effort: float = EFFORT) -> tuple[str, ...]:
    """Return the fewest constraints that cannot hold together.

    A sufficient set from the solver is shrunk by trying to do without each of its members; then
    smaller sets are sought that hit every set of constraints whose fall makes a calendar possible
    [davies2011]_.  Where the effort does not suffice to tell, the set that is known stays.
    """
    names = list(program.names)
    made = _Model(program, switched=True)
    made.model.add_assumptions([made.stands[name] for name in names])
    solver, status = _run(made.model, effort)
    if status == "infeasible":
        core = {*solver.sufficient_assumptions_for_infeasibility()}
        names = [name for name in names if made.stands[name].index in core] or names
    for name in tuple(names):
        fewer = [one for one in names if one != name]
        if _impossible(program, fewer, effort):
            names = fewer
    return _smallest(program, tuple(names), effort)


def _impossible(program: Program, names: Sequence[str], effort: float) -> bool:
    gone = frozenset(program.names) - frozenset(names)
    return _run(_Model(program.without(gone)).model, effort)[1] == "infeasible"


def _smallest(program: Program, known: tuple[str, ...], effort: float) -> tuple[str, ...]:
    to_hit: list[frozenset[str]] = []
    for _ in range(MOST_ROUNDS):
        some = _hitting(to_hit, effort)
        if some is None or len(some) >= len(known):
            break
        fallen = _fallen(program, some, effort)
        if fallen is None:
            return tuple(name for name in program.names if name in some)
        to_hit.append(fallen)
    return known


def _hitting(sets: Sequence[frozenset[str]], effort: float) -> frozenset[str] | None:
    """Return the fewest names of which every set holds one."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    names = sorted(frozenset().union(*sets))
    taken = {name: model.new_bool_var(name) for name in names}
    for some in sets:
        model.add_bool_or([taken[name] for name in sorted(some)])
    model.minimize(sum(taken.values()))
    solver, status = _run(model, effort)
    if status != "proven":
        return None
    return frozenset(name for name in names if solver.boolean_value(taken[name]))


def _fallen(program: Program, some: frozenset[str], effort: float) -> frozenset[str] | None:
    """Return what must fall for a calendar beside some names, as few as can be; None if none does."""
    made = _Model(program, switched=True)
    for name in some:
        made.model.add(made.stands[name] == 1)
    made.model.maximize(sum(made.stands.values()))
    solver, status = _run(made.model, effort)
    if status not in ("proven", "found"):
        return None if status == "infeasible" else frozenset(program.names) - some
    return frozenset(n for n in program.names if not solver.boolean_value(made.stands[n]))


@dataclass(frozen=True, slots=True)
class Scenario:
    """One draw of windows that may come: what is covered then."""

    terms: tuple[Term, ...]


def robust(
    program: Program,
    scenarios: Sequence[Scenario],
    *,
    share: float,
    effort: float = EFFORT,
    hint: Collection[int] = (),
) -> Found:
    """Find the calendar whose cover in the given share of scenarios is greatest.

    Returns
    -------
    Found
        The calendar, its value without any of the scenarios' windows and no bound.  Of calendars
        with the same cover in that share of scenarios it is the one with the most in all.
    """
    made = _Model(program)
    worths = [made.worth(scenario.terms) for scenario in scenarios]
    most = _most(program.terms)
    level = made.model.new_int_var(0, most, "level")
    counted = [made.model.new_bool_var(f"counted {n}") for n in range(len(worths))]
    for worth, counts in zip(worths, counted, strict=True):
        made.model.add(level <= worth).only_enforce_if(counts)
    need = -int(-share * len(scenarios) // 1)
    made.model.add(sum(counted) >= need)
    made.model.maximize(len(worths) * level + sum(worths))
    for number in range(len(program.cells)):
        made.model.add_hint(made.held[number], number in hint)
    solver, status = _run(made.model, effort)
    if status in ("infeasible", "unknown"):
        raise UnknownError
    held = frozenset(made.chosen(solver))
    return Found(held, program.value(held), None)


def _most(terms: Sequence[Term]) -> int:
    most = 0
    for term in terms:
        most += term.worth * term.cap
    return most


class _Model:
    """A model of the solver: a switch a cell, a count a kind, a switch a constraint if asked.

    Counts of what is held in a year, whatever the month, take the place of their cells wherever a
    limit or a term weighs all of them alike; the solver then proves ten times as fast.
    """

    def __init__(self, program: Program, *, switched: bool = False) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        self._expression = cp_model.LinearExpr.weighted_sum
        self.held = [
            self.model.new_bool_var(f"{cell.drill} {cell.month} {cell.form} {cell.place}")
            for cell in program.cells
        ]
        self._group = [(cell.kind, cell.place) for cell in program.cells]
        self._members: dict[_Group, list[int]] = {}
        for number, group in enumerate(self._group):
            self._members.setdefault(group, []).append(number)
        self._counts = {group: self._count(cells) for group, cells in self._members.items()}
        names = program.names if switched else ()
        self.stands = {name: self.model.new_bool_var(name) for name in names}
        for limit in program.limits:
            self._add(limit)

    def _count(self, cells: Sequence[int]) -> Any:
        if len(cells) == 1:
            return self.held[cells[0]]
        count = self.model.new_int_var(0, len(cells), "")
        self.model.add(count == sum(self.held[n] for n in cells))
        return count

    def _add(self, limit: Limit) -> None:
        total = self._sum(limit.cells, limit.weights)
        for holds in (
            *([total >= limit.least] if limit.least is not None else []),
            *([total <= limit.most] if limit.most is not None else []),
        ):
            added = self.model.add(holds)
            if self.stands and limit.names:
                added.only_enforce_if([self.stands[name] for name in limit.names])

    def _sum(self, cells: Sequence[int], weights: Sequence[int]) -> Any:
        """Return a weighted sum of cells, by counts where a whole group weighs the same."""
        by_group: dict[_Group, dict[int, int]] = {}
        for cell, weight in zip(cells, weights, strict=True):
            by_group.setdefault(self._group[cell], {})[cell] = weight
        things, factors = [], []
        for group, given in by_group.items():
            if len(given) == len(self._members[group]) and len(set(given.values())) == 1:
                things.append(self._counts[group])
                factors.append(next(iter(given.values())))
            else:
                things += [self.held[cell] for cell in given]
                factors += given.values()
        return self._expression(things, factors)

    def worth(self, terms: Sequence[Term]) -> Any:
        """Return what the cells are worth as an expression."""
        covered, worths = [], []
        for term in terms:
            if not term.cells or not term.worth:
                continue
            amount = self.model.new_int_var(0, term.cap, "")
            self.model.add(amount <= self._sum(term.cells, term.gives))
            covered.append(amount)
            worths.append(term.worth)
        return self._expression(covered, worths)

    def aim(self, terms: Sequence[Term]) -> None:
        """Let the solver cover as much as it can."""
        self.model.maximize(self.worth(terms))

    def chosen(self, solver: Any) -> list[int]:
        """Return the cells that are held."""
        return [n for n, one in enumerate(self.held) if solver.boolean_value(one)]


def _run(model: Any, effort: float) -> tuple[Any, str]:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    words = {
        cp_model.OPTIMAL: "proven",
        cp_model.FEASIBLE: "found",
        cp_model.INFEASIBLE: "infeasible",
    }
    return solver, words.get(status, "unknown")
