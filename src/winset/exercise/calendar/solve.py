"""Plan the years: from a regime to a calendar with everything that is asked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from winset.case import load
from winset.case.model import Case
from winset.errors import AskError, LimitError, nearest
from winset.exercise.calendar import changes, solver
from winset.exercise.calendar.answer import Calendar
from winset.exercise.calendar.consent import Standing, standings, together
from winset.exercise.calendar.draws import Carried, Draws, draw, final_forms
from winset.exercise.calendar.found import Found
from winset.exercise.calendar.greedy import greedy
from winset.exercise.calendar.program import Program, program_of, terms_of
from winset.exercise.calendar.read import load_regime
from winset.exercise.calendar.regime import Regime
from winset.exercise.calendar.tabulate import Outcome, Price, RefusedYear, planned_rungs, tables
from winset.exercise.calendar.words import constraint
from winset.run import run_without_case

Progress = Callable[[int, int], None]
PARTS = ("nearby", "prices", "refusals")
ROBUST_WORLDS = 16
"""Draws of windows over which a robust calendar is sought."""
MOST_WORLDS = 1_000_000
CONSENT_WORLDS = 300
"""Worlds in which the case is asked about forms."""


def plan(
    regime: Regime | str | Path,
    *,
    n: int = 2000,
    rng: int = 1,
    sets: Iterable[str] = (),
    locks: Iterable[str] = (),
    refuse: Iterable[str] = (),
    skip: Iterable[str] = (),
    greedily: bool = False,
    robust: float | None = None,
    effort: float = solver.EFFORT,
    consent_worlds: int = CONSENT_WORLDS,
    progress: Progress | None = None,
) -> Calendar:
    """Which exercises to hold when, and in which form? The years' calendar that covers most.

    Parameters
    ----------
    regime
        A regime, the name of a ready one, or the path of your own.
    n
        Worlds in which the calendar is carried out.
    rng
        Seed of the draws.
    sets, locks
        Changes of single values, and cells that are fixed; see
        :func:`winset.exercise.calendar.read.load_regime`.
    refuse
        Rungs or exercises that are refused in a year: ``D3.2``, ``hunt-west:2``.
    skip
        Parts to leave out: ``nearby``, ``prices``, ``refusals``.
    greedily
        Whether to do without the solver; so it is too where OR-Tools is not installed.
    robust
        Share of drawn windows, 0.5 to 1, in which a second calendar should cover as much as can be.
    effort
        Work the solver may do on one calendar, in its own deterministic seconds.
    consent_worlds
        Worlds in which the case is asked.
    progress
        Called with the searches done and how many there are.

    Returns
    -------
    Calendar
        Tables ``runs`` (a row a run), ``covered`` (a row a year and objective, in percent),
        ``skills`` (0 to 1), ``prices`` and others, see ``winset.ask.schemas()["plan"]``.

    Raises
    ------
    AskError, CaseError
        There is no such regime, something in it is wrong, or no calendar meets all constraints;
        then the smallest set in conflict is named.
    LimitError
        More cells or worlds than can be computed.

    Examples
    --------
    >>> from winset.exercise.calendar import plan  # doctest: +SKIP
    >>> print(plan("three-years").headline)  # doctest: +SKIP
    """
    left = _parts(skip)
    without_solver = greedily or not solver.installed()
    _check(n, robust, without_solver=without_solver)
    given = (tuple(sets), tuple(locks), tuple(refuse))
    own = (
        regime if isinstance(regime, Regime) else load_regime(regime, sets=given[0], locks=given[1])
    )
    case = load(own.ask.case) if own.ask.case else None
    own = changes.with_elections(own, case)
    own = replace(own, refusals=changes.read_refusals(own, given[2]))
    stand = standings(own, case, n=consent_worlds, rng=rng)
    shut = frozenset(rung for rung, one in stand.items() if one.share < own.ask.open_at)
    search = _Search(own, shut, greedily=without_solver, effort=effort)
    asked = _Asked(search, left, robust, progress)
    program = program_of(own, shut=shut)
    found = search.best(program)
    draws = draw(own, {rung: one.share for rung, one in stand.items()}, n=n, rng=rng)
    rungs = planned_rungs(own, program, found)
    outcome = asked.outcome(program, found, stand, draws)
    outcome = replace(outcome, together=together(own, case, rungs, n=consent_worlds, rng=rng))
    name = own.id if isinstance(regime, Regime) else str(regime)
    options = _options(given, left, robust, effort, greedily=greedily)
    command = ["winset exercise plan", name, f"--worlds={n}", f"--rng={rng}", *options]
    return Calendar(
        regime=own,
        run=run_without_case(
            own.id, _hash(own, case), worlds=n, rng=rng, command=" ".join(command)
        ),
        tables=tables(outcome),
        parameters={
            "method": "greedy" if search.greedily else solver.named(),
            "effort": effort,
            "consent_worlds": consent_worlds,
            "case": case.id if case else "",
            "case_hash": case.hash if case else "",
            "skip": sorted(left),
            "value": found.value,
            "bound": found.bound,
        },
    )


def _check(n: int, robust: float | None, *, without_solver: bool) -> None:
    """Refuse what cannot be planned."""
    if robust is not None and not 0.5 <= robust <= 1:
        message = f"A robust share of {robust:g} was asked for; 0.5 to 1 can be."
        raise AskError(message)
    if robust is not None and without_solver:
        message = (
            "A robust calendar needs the solver: pip install 'winset[plan]', without --greedy."
        )
        raise AskError(message)
    if n > MOST_WORLDS:
        message = (
            f"{n:,} worlds were asked for; a calendar is carried out in up to {MOST_WORLDS:,}."
        )
        raise LimitError(message)


def _options(
    given: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    left: frozenset[str],
    robust: float | None,
    effort: float,
    *,
    greedily: bool,
) -> list[str]:
    """Write what was asked as options of the command line; ``given`` is set, locked and refused."""
    return [
        *(f"--set={one}" for one in given[0]),
        *(f"--lock={'/'.join(one.split())}" for one in given[1]),
        *(f"--refuse={one}" for one in given[2]),
        *([f"--skip={','.join(sorted(left))}"] if left else []),
        *(["--greedy"] if greedily else []),
        *([f"--robust={robust:g}"] if robust is not None else []),
        *([f"--effort={effort:g}"] if effort != solver.EFFORT else []),
    ]


def _parts(skip: Iterable[str]) -> frozenset[str]:
    parts = frozenset(part for one in skip for part in one.split(",") if part)
    for part in sorted(parts):
        if part not in PARTS:
            message = f"A calendar has no part {part!r}; allowed: {', '.join(PARTS)}."
            raise AskError(message, nearest=nearest(part, PARTS))
    return parts


def _hash(regime: Regime, case: Case | None) -> str:
    return f"{regime.hash}+{case.hash}" if case else regime.hash


@dataclass(frozen=True)
class _Search:
    """How calendars are sought."""

    regime: Regime
    shut: frozenset[str]
    greedily: bool
    effort: float

    def best(self, program: Program) -> Found:
        """Find a calendar, or name what stands in the way of any.

        Raises
        ------
        AskError
            No calendar meets all constraints, or none was found that does.
        """
        start, unmet = greedy(program)
        if self.greedily:
            if unmet:
                told = "; ".join(constraint(name, self.regime) for name in unmet)
                message = (
                    f"The greedy search met all but these: {told}. Whether any calendar can, only "
                    "the solver tells: pip install 'winset[plan]'."
                )
                raise AskError(message)
            return start
        try:
            return solver.best(program, effort=self.effort, hint=start.held)
        except solver.ConflictError as error:
            told = "; ".join(constraint(name, self.regime) for name in error.names)
            message = (
                f"No calendar meets all constraints. Together these cannot hold, and without any "
                f"one of them the others can: {told}. Loosen one of them."
            )
            raise AskError(message) from error
        except solver.UnknownError as error:
            message = "No calendar was found within the effort; ask for more with --effort."
            raise AskError(message) from error


@dataclass(frozen=True)
class _Asked:
    """What is asked beside the calendar itself."""

    search: _Search
    left: frozenset[str]
    robust: float | None
    progress: Progress | None

    def outcome(
        self, program: Program, found: Found, stand: Mapping[str, Standing], draws: Draws
    ) -> Outcome:
        regime = self.search.regime
        solved = not self.search.greedily
        others: Sequence[Found] = ()
        if solved and "nearby" not in self.left:
            others = tuple(solver.alternatives(program, found, effort=self.search.effort))
        prices = self._prices(program, found) if solved and "prices" not in self.left else ()
        refusals = self._refusals(program, found, prices) if "refusals" not in self.left else ()
        cells = [program.cells[n] for n in found.held]
        second = None
        if self.robust is not None and solved:
            held = self._robust(program, found, draws).held
            second = Carried.of(regime, draws, [program.cells[n] for n in held])
        return Outcome(
            regime=regime,
            program=program,
            found=found,
            greedily=self.search.greedily,
            standings=stand,
            shut=self.search.shut,
            carried=Carried.of(regime, draws, cells),
            second=second,
            robust=self.robust,
            others=others,
            prices=prices,
            refusals=refusals,
            together=(),
        )

    def _prices(self, program: Program, found: Found) -> tuple[Price, ...]:
        """Price every constraint; those of a kind at once where together they cost nothing."""
        listed = [*changes.relaxations(program, self.search.regime)]
        done: list[Price] = []
        for _, kind in groupby(listed, key=lambda one: one.group):
            self._price([*kind], program, found, done, len(listed))
        return tuple(done)

    def _price(
        self,
        some: list[changes.Relaxed],
        program: Program,
        found: Found,
        done: list[Price],
        total: int,
    ) -> None:
        """Price some constraints together, and apart only if together they cost anything."""
        looser = program
        for one in some:
            looser = one.of(looser)
        gain, most = solver.better(looser, found, effort=self.search.effort)
        if len(some) == 1 or most == 0:
            done += [Price(one.name, one.how, gain, most) for one in some]
            if self.progress is not None:
                self.progress(len(done), total)
            return
        half = len(some) // 2
        for part in (some[:half], some[half:]):
            self._price(part, program, found, done, total)

    def _refusals(
        self, program: Program, found: Found, prices: Sequence[Price]
    ) -> tuple[RefusedYear, ...]:
        """Plan again with each rung of a top form refused in the first year."""
        regime = self.search.regime
        gains = {one.name: one.gain for one in prices}
        free = self._unrefused(program, found)
        years: list[RefusedYear] = []
        for rung in dict.fromkeys(
            drill.ways["three-way"].rung
            for drill in regime.drills.values()
            if "three-way" in drill.ways and drill.ways["three-way"].rung
        ):
            again: Found | None = found
            if set(changes.refused(regime, rung, 0)) <= set(regime.refusals):
                years.append(RefusedYear(rung, program, again, free))
                continue
            if rung in self.search.shut:
                opened = gains.get(f"consent {rung}")
                before = None if opened is None else found.value + opened
                years.append(RefusedYear(rung, program, found, before))
                continue
            more = (*regime.refusals, *changes.refused(regime, rung, 0))
            other = replace(regime, refusals=more)
            refused = program_of(other, shut=self.search.shut)
            try:
                again = replace(self.search, regime=other).best(refused)
            except AskError:
                again = None
            years.append(RefusedYear(rung, refused, again, found.value))
        return tuple(years)

    def _unrefused(self, program: Program, found: Found) -> int:
        """Return what a calendar covers without the refusals that were asked for."""
        names = [name for name in program.names if name.startswith("refused ")]
        return self.search.best(program.without(names)).value if names else found.value

    def _robust(self, program: Program, found: Found, draws: Draws) -> Found:
        regime = self.search.regime
        kept = regime.learning.observers.mode
        drawn = draw(regime, draws.shares, n=ROBUST_WORLDS, rng=draws.rng + 1_000_003)
        scenarios = [
            solver.Scenario(tuple(terms_of(regime, program.cells, kept, forms)))
            for forms in final_forms(regime, drawn, program.cells)
        ]
        share = self.robust if self.robust is not None else 1.0
        return solver.robust(
            program, scenarios, share=share, effort=self.search.effort * 4, hint=found.held
        )
