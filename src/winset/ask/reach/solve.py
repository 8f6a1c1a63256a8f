"""Put the question "how far can it go?" to drawn worlds, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from winset.ask import logged
from winset.ask.reach.answer import Reach
from winset.ask.reach.edge.tables import Samples, edge_tables
from winset.ask.reach.found import Found
from winset.ask.reach.limits import Targets, count_closing, count_sets, find_closing
from winset.ask.reach.price import add_prices
from winset.ask.reach.programmes import programmes
from winset.ask.reach.proposals import prove_packages
from winset.ask.reach.robust import accepting, build_path, depths
from winset.ask.reach.tabulate import tabulate
from winset.ask.reach.units import slimmed, take
from winset.ask.reach.wishes import allowed_slots, read_wishes
from winset.case.model import Case, Change
from winset.engine import Deepest, alone, deepest, exists
from winset.engine.layout import Problem
from winset.errors import AskError, nearest
from winset.problem import Compiled, compile_problem
from winset.run import run_of
from winset.words import reach as words
from winset.worlds import Worlds, draw

Progress = Callable[[int, int], None]
"""Called with the worlds done and the worlds asked for."""


@dataclass(frozen=True, slots=True)
class Method:
    """How the answer is computed; every number is told with the answer.

    Attributes
    ----------
    block
        Worlds computed at a time; answers do not depend on it.  As many as ``path_worlds`` save
        time.
    node_limit
        Nodes after which the search of one world gives up and the world counts as unsettled.
    path_worlds
        First worlds on which single packages for many worlds are searched and programmes judged.
    set_worlds
        First worlds searched for the smallest sets of limits that must give together.
    sacrifice_worlds
        First worlds in which each rung is forced.
    price_worlds
        Worlds priced for one rung and one limit: the first ones that it alone closes.
    samples
        Worlds of the tables beyond the plain answer.
    """

    block: int = 300
    node_limit: int = 2_000
    path_worlds: int = 300
    set_worlds: int = 60
    sacrifice_worlds: int = 100
    price_worlds: int = 60
    samples: Samples = field(default_factory=Samples)


def reach(
    case: Case,
    worlds: Worlds | None = None,
    *,
    n: int = 2000,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    rungs: Sequence[str] | None = None,
    require: Sequence[str] = (),
    forbid: Sequence[str] = (),
    prove: bool = False,
    unlocks: bool = False,
    time_limit: float | None = None,
    progress: Progress | None = None,
    method: Method | None = None,
) -> Reach:
    """How far can the cooperation go?

    In every world the deepest package all accept, exactly; for every rung whether some accepted
    package holds it, whether it is accepted alone, what closes it and at which price; and the
    deepest single packages found that stand in 95, 80 and 50 of 100 worlds.

    A package is accepted where it breaks no structural limit and every party's rule is met; for a
    constituency, in its points: each step is worth at least ``threshold - width``, and
    ``sum(offset * gains + losses) >= threshold`` over the whole.

    Parameters
    ----------
    case
        The case.
    worlds
        Drawn worlds; by default ``n`` worlds are drawn with ``rng`` and ``changes``.
    n, rng, changes
        Where no worlds are given: how many to draw, seed of the draw, and changes of the case.
    rungs
        Rungs to ask about; all by default.
    require, forbid
        Rungs that the packages put forward must reach, or must stay below; verdicts on single
        rungs do not depend on them.
    prove
        Whether to search the packages thoroughly and to prove how much deeper a single package
        could be, with what each executive would get and would propose; takes longer.
    unlocks
        Whether to fill the tables ``unlocks``, ``rivals`` and ``size``, which take longer.
    time_limit
        Seconds after which no further block of worlds is begun; the answer then rests on the
        worlds done, and says so.
    progress
        Called after each block.
    method
        Subsamples and limits of the search.

    Returns
    -------
    Reach
        Tables ``rungs`` and ``limits`` (a row a rung, a row a rung and limit), ``packages``,
        ``depth`` (a row a world) and others, see ``winset.ask.schemas()["reach"]``. Shares of
        worlds run from 0 to 1, depth is in percent of all ladders, prices are in points.

    Raises
    ------
    AskError
        An unknown rung, contradictory wishes or a wrong change.

    References
    ----------
    Win-sets are those of [putnam1988]_; single packages are sought as in [campigaratti2011]_ and
    bounded as in [ahmed2013]_.
    """
    started = monotonic()
    drawn = draw(case, n, rng=rng, changes=changes) if worlds is None else worlds
    how = Method() if method is None else method
    targets = _targets(case, rungs)
    wishes = read_wishes(case, require, forbid)
    sample = slimmed(compile_problem(drawn, 0, min(how.path_worlds, drawn.n)))
    each = deepest(sample.problem, node_limit=how.node_limit)
    allowed = allowed_slots(case, wishes)
    path = build_path(sample.problem, each.levels, allowed=allowed, thorough=prove)
    found = Found.empty(case, drawn.n, targets, path)
    for start in range(0, drawn.n, how.block):
        stop = min(start + how.block, drawn.n)
        same = (start, stop) == (sample.start, sample.stop)
        block = sample if same else slimmed(compile_problem(drawn, start, stop))
        best = each if same else deepest(block.problem, node_limit=how.node_limit)
        _solve_block(block, best, found, how)
        del block, best  # before the next is laid out beside it
        if progress is not None:
            progress(stop, drawn.n)
        if time_limit is not None and monotonic() - started > time_limit:
            break
    if prove:
        offered = found.offered()
        found.proof = prove_packages(case, drawn, sample, path, each.levels, wishes, offered)
    run = run_of(drawn, question="reach").done(found.done)
    asked = f"{wishes.words()}{' --prove' if prove else ''}{' --unlocks' if unlocks else ''}"
    run = replace(run, command=f"{run.command}{asked}")
    tables = {**tabulate(case, drawn, found)}
    tables |= edge_tables(drawn, found, tables, how.samples, asked=unlocks)
    tables["programmes"] = programmes(case, sample)
    return Reach(case, run, tables, {**_parameters(how), **logged.parameters(case)}, worlds=drawn)


def _targets(case: Case, rungs: Sequence[str] | None) -> Targets:
    for rung in rungs or ():
        if rung not in case.rung:
            close = nearest(rung, case.rung, count=3)
            raise AskError(f"The case has no rung {rung!r}.", nearest=close)
    asked = [
        (place, rung.level, rung.id)
        for place, measure in enumerate(case.measures)
        for rung in measure.rungs
        if rungs is None or rung.id in rungs
    ]
    return Targets(
        np.array([place for place, _, _ in asked], dtype=np.int16),
        np.array([level for _, level, _ in asked], dtype=np.int8),
        tuple(rung for _, _, rung in asked),
    )


def _parameters(how: Method) -> dict[str, object]:
    return {name: value for name, value in asdict(how).items() if name != "block"}


def _solve_block(compiled: Compiled, best: Deepest, found: Found, how: Method) -> None:
    problem, targets = compiled.problem, found.targets
    here = slice(compiled.start, compiled.stop)
    above = targets.level > problem.structure.status_quo[targets.measure]
    reached = best.levels[:, targets.measure] >= targets.level
    asked = above & ~reached
    verdict = exists(
        problem, targets.measure, targets.level, node_limit=how.node_limit, asked=asked
    )
    found.levels[here] = best.levels
    found.settled[here] = best.settled
    found.verdict[here] = np.where(asked, verdict, 1)
    found.alone[here] = alone(problem, targets.measure, targets.level) | ~above
    found.add_depths(problem, here)
    found.accepted += accepting(problem, found.path)
    found.path_depth[here] = depths(problem, found.path)
    closed = (found.verdict[here] == 0) & above
    closing = find_closing(compiled, targets, closed, best.levels, how.node_limit)
    count_closing(closing, closed, found.tallies)
    spared = words.unpriced(found.case)
    add_prices(
        compiled,
        closing,
        targets,
        found.prices,
        spared=spared,
        most=how.price_worlds,
        nodes=how.node_limit,
    )
    world = np.arange(compiled.start, compiled.stop)
    tried = closed & (world < how.set_worlds)[:, None]
    count_sets(compiled, closing, targets, tried, found.tallies, how.node_limit)
    _sacrifices(compiled, found, how)
    found.done = compiled.stop


def _sacrifices(compiled: Compiled, found: Found, how: Method) -> None:
    """Force each open rung that the deepest package lacks, in the first worlds."""
    problem, targets = compiled.problem, found.targets
    st = problem.structure
    first = max(min(how.sacrifice_worlds, compiled.stop) - compiled.start, 0)
    if first == 0:
        return
    here = slice(compiled.start, compiled.start + first)
    levels = found.levels[here]
    tops = problem.values.depth[:first, st.first[1:] - 1].sum(axis=1)
    free = _package_depth(problem, levels)
    for target, (measure, level) in enumerate(zip(targets.measure, targets.level, strict=True)):
        open_here = (found.verdict[here, target] == 1) & found.settled[here]
        lost = np.zeros(first)
        forced = np.flatnonzero(open_here & (levels[:, measure] < level))
        if forced.size:
            part = take(problem, forced)
            other = deepest(part, node_limit=how.node_limit, force=(int(measure), int(level)))
            lost[forced] = 100.0 * (free[forced] - other.depth) / np.maximum(tops[forced], 1)
            open_here[forced[~other.settled]] = False
        found.sacrifice[here, target] = np.where(open_here, lost, np.nan)


def _package_depth(problem: Problem, levels: NDArray[np.int8]) -> NDArray[np.int64]:
    slots = problem.structure.first[:-1] + levels
    rows = np.arange(levels.shape[0])[:, None]
    depth: NDArray[np.int64] = problem.values.depth[rows, slots].sum(axis=1)
    return depth
