"""Put a package through every combination of governments, and what could hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from winset.ask.hold.answer import Hold
from winset.ask.hold.calendar import Course, Dated, through_elections, towards
from winset.ask.hold.durable import Durable, find_durable
from winset.ask.hold.governments import Governments, combinations, under
from winset.ask.hold.leaving import Fallen, Leaving, leaving, settle_down, withdraw
from winset.ask.hold.packages import Chosen, choose
from winset.ask.hold.tabulate import tabulate
from winset.case.model import Case, Change
from winset.problem import Compiled, compile_problem
from winset.run import run_of
from winset.worlds import Worlds, draw

Progress = Callable[[int, int], None]
DURABLE_SHARE = 0.8
_DISTANCES = 7
_BEYOND = 2.0
"""How far past the coded range the distance of two types is drawn, as a multiple of its end."""


@dataclass(frozen=True)
class Held:
    """A package after one combination of governments came to power.

    Attributes
    ----------
    governments
        Who governs.
    fallen
        What became of the package, with what the case puts in force.
    guaranteed
        The same with one guarantee taken to be in force, by its id; ``none`` and ``all`` too.
        Empty where more than one government changed.
    """

    governments: Governments
    rules: Leaving
    fallen: Fallen
    guaranteed: Mapping[str, Fallen]
    compiled: Compiled
    worlds: Worlds


@dataclass(frozen=True)
class Apart:
    """A change of one government, its type drawn at some distance from the present one."""

    party: str
    kind: str
    parameter: str
    value: float
    range_high: float
    fallen: Fallen


@dataclass(frozen=True)
class Findings:
    """Everything found, read once by ``tabulate``."""

    case: Case
    base: Compiled
    chosen: Chosen
    held: Sequence[Held]
    withdrawn: Mapping[str, Fallen]
    """What falls when a constituency withdraws its consent."""
    apart: Sequence[Apart]
    dated: Sequence[Dated]
    courses: Sequence[Course]
    durable: Durable


def hold(
    case: Case,
    worlds: Worlds | None = None,
    *,
    package: str | Mapping[str, int] | Iterable[str] = "balanced",
    governments: Mapping[str, Sequence[str]] | None = None,
    n: int = 300,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    progress: Progress | None = None,
) -> Hold:
    """Which steps of a package would survive a change of government?

    Each new executive weighs, step by step, whether to stay or to leave: it leaves where, in its
    points, ``worth of keeping + cost of leaving * (1 + guarantees) - asked * reversals`` is below
    its threshold. What needed a step that was left follows it; partners remember reversals.  Beside it: what guarantees add, which
    consent costs most once lost, from which distance between two types on a change in one capital
    moves more than one in another, and the deepest package every government keeps.

    Parameters
    ----------
    case
        The case; it needs leader types.
    worlds
        Drawn worlds; by default ``n`` worlds are drawn with ``rng`` and ``changes``.
    n, rng, changes
        Where no worlds are given: how many to draw, seed of the draw, and changes of the case.
    package
        ``safe``, ``balanced``, ``stretch``, ``deepest``, ``programme:ID``, ``settlement:SOLUTION``
        (what a solution of ``settle`` picks in each world), or levels by measure, or rungs.
    governments
        Types to ask about by party; all combinations of all types by default.
    progress
        Called with the parts done and the parts there are.

    Returns
    -------
    Hold
        Tables ``governments`` (a row a combination), ``falls`` (a row a step and combination),
        ``survival``, ``calendar`` (a row an election and step) and others, see
        ``winset.ask.schemas()["hold"]``. Shares of worlds run from 0 to 1; what is kept is in
        percent of the depth that the package added.

    Raises
    ------
    AskError
        No such package, party or type; a package that changes nothing; a case of one government
        a party.
    LimitError
        Too many combinations.

    References
    ----------
    Commitments outlive governments only as far as leaving is dear [fearon1998]_.
    """
    drawn = draw(case, n, rng=rng, changes=changes) if worlds is None else worlds
    combos = combinations(case, drawn, governments)
    steps = _Steps(progress, len(combos) + 3)
    base = compile_problem(drawn)
    chosen = choose(case, drawn, base, package)
    steps.done()
    held = []
    for one in combos:
        held.append(_held(case, drawn, one, chosen))
        steps.done()
    rules = held[0].rules
    fresh = _just_changed(held)
    found = Findings(
        case=case,
        base=base,
        chosen=chosen,
        held=held,
        withdrawn={
            who.id: withdraw(rules, chosen.levels, who)
            for who in case.constituencies
            if who.asked_for
        },
        apart=_apart(case, drawn, combos, chosen),
        dated=through_elections(case, drawn, combos, fresh, chosen.levels),
        courses=towards(case, drawn, combos, fresh, chosen.levels),
        durable=find_durable(
            base.problem, [(one.governments, one.rules) for one in held], DURABLE_SHARE
        ),
    )
    steps.done()
    run = run_of(drawn, question="hold")
    run = replace(run, command=_command(run.command, chosen, governments))
    parameters = {"package": chosen.name, "durable_share": DURABLE_SHARE}
    answer = Hold(case, run, tabulate(found), parameters, package=_levels(case, chosen))
    steps.done()
    return answer


class _Steps:
    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def done(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _held(case: Case, drawn: Worlds, governments: Governments, chosen: Chosen) -> Held:
    mine = under(drawn, governments)
    compiled = compile_problem(mine)
    rules = leaving(compiled, mine, governments.changed)
    guaranteed: dict[str, Fallen] = {}
    if len(governments.changed) == 1:
        names = [one.id for one in case.mechanisms.guarantees]
        trials = {"none": (), **{name: (name,) for name in names}, "all": tuple(names)}
        for name, force in trials.items() if names else ():
            other = leaving(compiled, mine, governments.changed, guarantees=frozenset(force))
            guaranteed[name] = settle_down(other, chosen.levels)
    fallen = settle_down(rules, chosen.levels)
    return Held(governments, rules, fallen, guaranteed, compiled, mine)


def _just_changed(held: Sequence[Held]) -> Callable[[int, str], Leaving]:
    """Rules under a combination of governments of which one party's is new."""

    @cache
    def rules(index: int, party: str) -> Leaving:
        return leaving(held[index].compiled, held[index].worlds, frozenset({party}))

    return rules


def _apart(case: Case, drawn: Worlds, combos: Sequence[Governments], chosen: Chosen) -> list[Apart]:
    """Draw the types of a party apart, one party and type at a time."""
    found = []
    times = {choice.id: choice.times for choice in case.leaders if choice.times}
    for one in combos:
        if len(one.changed) != 1 or (party := next(iter(one.changed))) not in times:
            continue
        address = f"parameters/{times[party]}"
        high = case.values[address].high
        for value in np.linspace(0.0, _BEYOND * high, _DISTANCES).tolist():
            mine = under(drawn, one, (f"{address} = {value:.6g}",))
            rules = leaving(compile_problem(mine), mine, one.changed)
            kind = dict(one.types)[party]
            fallen = settle_down(rules, chosen.levels)
            found.append(Apart(party, kind, times[party], value, high, fallen))
    return found


def _levels(case: Case, chosen: Chosen) -> Mapping[str, int] | None:
    """Levels by measure, or nothing where each world has a package of its own."""
    if not chosen.same:
        return None
    levels: NDArray[np.int8] = chosen.levels[0]
    return {m.id: int(level) for m, level in zip(case.measures, levels, strict=True)}


def _command(command: str, chosen: Chosen, governments: Mapping[str, Sequence[str]] | None) -> str:
    words = [command]
    if chosen.name == "your package":
        words.append("--package=FILE")
    elif chosen.name != "balanced":
        words.append(f"--package={chosen.name}")
    words += [
        f"--government={party}={kind}"
        for party, kinds in (governments or {}).items()
        for kind in kinds
    ]
    return " ".join(words)
