"""Put the question "where would it settle?" to drawn worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from winset.ask.settle.answer import Settle
from winset.ask.settle.frontier import Frontier, frontier
from winset.ask.settle.gains import Levels, Stage, set_stage, value_rows
from winset.ask.settle.mixtures import mix
from winset.ask.settle.offsets import Offsets, Payments, find_offsets
from winset.ask.settle.solutions import best_for, choose, rules
from winset.ask.settle.tabulate import tabulate
from winset.case.model import Case, Change
from winset.errors import AskError, nearest
from winset.problem import Compiled, compile_problem
from winset.run import run_of
from winset.words.reach import unpriced
from winset.worlds import Worlds, draw

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]
_PARTS = 100
"""Parts of a world that are reported while it is searched."""
_ALIKE = "offset_executive"
"""The parameter that, at 1, counts gains and losses of an executive alike."""


@dataclass
class Settled:
    """What was found in the worlds done."""

    case: Case
    executives: tuple[str, ...]
    today: Levels
    worlds: int = 0
    frontiers: list[Frontier] = field(default_factory=list)
    packages: dict[str, list[Levels]] = field(default_factory=dict)
    """By solution, one a world."""
    gains: dict[str, list[Floats]] = field(default_factory=dict)
    """By solution, one a world: [party] points over today."""
    of_best: dict[str, list[Floats]] = field(default_factory=dict)
    accepted: dict[str, list[bool]] = field(default_factory=dict)
    ties: dict[str, list[NDArray[np.bool_]]] = field(default_factory=dict)
    """By solution, one a world: [slot] whether the move is as good."""
    mixed_gains: dict[str, list[Floats]] = field(default_factory=dict)
    """By solution over mixtures, one a world: [party] points over today."""
    mixed_of_best: dict[str, list[Floats]] = field(default_factory=dict)
    parts: dict[str, list[int]] = field(default_factory=dict)
    """By solution over mixtures, one a world: how many packages are mixed."""
    offsets: Offsets | None = None
    rung: str = ""


def settle(
    case: Case,
    *,
    n: int = 60,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    disagreement: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
    offset: str | None = None,
    leak: float = 0.0,
    most: float | None = None,
    mixtures: bool = False,
    eps: float = 0.1,
    node_limit: int = 2_000,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Settle:
    """Where inside the win-set would bargaining settle, and what turns a refusal?

    In every world a frontier of the executives' gains is found among the accepted packages, and on
    it the solutions of Nash, Kalai and Smorodinsky, the egalitarian and the utilitarian one, what
    each executive would propose, and beside them the mean and the median of the executives'
    preferred rungs.  With ``s`` an executive's gain over the disagreement point, in its points, and
    ``s*`` the most it could have, these maximise ``prod(s ** weight)``, the least ``s / s*``, the
    least ``s`` and the sum of ``s``.

    Parameters
    ----------
    case
        The case.
    n, rng, changes
        Worlds drawn, seed, and changes of the case.
    disagreement
        Points that each executive (or party) has over today without an agreement; negative where
        no agreement is costly. Today, 0, by default.
    weights
        Weight of each executive (or party) in the weighted Nash solution, and in the mean and the
        median; 1 by default.
    offset
        A rung: what added to it turns the verdict?
    leak
        Share of a side payment that does not arrive, below 1.
    most
        Most points that any executive pays; no limit by default.
    mixtures
        Whether to find each solution over mixtures of packages of the frontier too: lotteries, or
        one package now and another then.
    eps
        Share of each executive's range by which the frontier may miss a package; 0 finds every
        package of it, which can take hours.
    node_limit
        Nodes after which one question to the engine is left open.
    time_limit
        Seconds after which the search ends with what it has; the table ``frontier`` then says what
        may be missed in the world it was at.
    progress
        Called after each question and each world with the parts done and the parts there are.

    Returns
    -------
    Settle
        Tables ``solutions`` (a row a solution and executive), ``settlements`` (a row a solution and
        rung), ``frontier`` (a row a world), ``offsets`` and others, see
        ``winset.ask.schemas()["settle"]``. Gains are in points, shares of worlds run from 0 to 1.

    Raises
    ------
    AskError
        Unknown names, values that are not finite, weights that are not positive, an ``eps``
        outside 0 to 1.

    References
    ----------
    Nash [nash1950]_, Kalai and Smorodinsky [kalaismorodinsky1975]_, egalitarian [kalai1977]_.
    """
    until = None if time_limit is None else monotonic() + time_limit
    executives = executives_of(case)
    terms = _terms(case, executives, disagreement, weights, eps, node_limit, mixtures=mixtures)
    payments = _payments(case, offset, leak, most)
    asked = [*changes]
    drawn = draw(case, n, rng=rng, changes=asked)
    judged, valued = compile_problem(drawn), compile_problem(alike(case, drawn, asked))
    found = Settled(case, executives, judged.problem.structure.status_quo)
    rows = value_rows(valued, executives)
    _solve_worlds(judged, valued, found, terms, until, progress)
    if offset is not None:
        found.rung = offset
        found.offsets = find_offsets(
            judged,
            valued,
            offset,
            rows=rows,
            rungs={rung: noun.level for rung, noun in case.rung.items()},
            payers=executives,
            terms=payments,
            spared=unpriced(case),
        )
    options = _options(
        disagreement, weights, offset, leak, most, eps, node_limit, mixtures=mixtures
    )
    run = run_of(drawn, question="settle", options=options).done(found.worlds)
    parameters = {
        "disagreement": dict(zip(executives, terms.without.tolist(), strict=True)),
        "weights": {}
        if terms.powers is None
        else dict(zip(executives, terms.powers.tolist(), strict=True)),
        "offset": offset or "",
        "leak": leak,
        "most": most,
        "mixtures": mixtures,
        "eps": eps,
        "node_limit": node_limit,
        "time_limit": time_limit,
    }
    return Settle(case, run, tabulate(found), parameters)


@dataclass(frozen=True)
class _Terms:
    """What is asked of every world."""

    without: Floats
    powers: Floats | None
    eps: float
    node_limit: int
    mixtures: bool


def _terms(
    case: Case,
    executives: tuple[str, ...],
    disagreement: Mapping[str, float] | None,
    weights: Mapping[str, float] | None,
    eps: float,
    node_limit: int,
    *,
    mixtures: bool,
) -> _Terms:
    """Check what is asked of every world and give it to the executives in their order."""
    if not 0 <= eps <= 1:
        raise AskError(f"eps is a share of each range, from 0 to 1: {eps:g} is not.")
    without = _by_executive(case, executives, disagreement, "disagreement", 0.0)
    powers = None if weights is None else _by_executive(case, executives, weights, "weights", 1.0)
    if powers is not None and (powers <= 0).any():
        raise AskError("weights are positive: a weight of 0 or less leaves nothing to bargain for.")
    return _Terms(without, powers, eps, node_limit, mixtures=mixtures)


def _payments(case: Case, offset: str | None, leak: float, most: float | None) -> Payments:
    """Check what is asked about a refused rung and what may be paid for it."""
    if not (0 <= leak < 1 and (most is None or most >= 0)):
        raise AskError("leak is a share from 0 to below 1, and most is not negative.")
    if offset is not None and offset not in case.rung:
        close = nearest(offset, case.rung, count=3)
        raise AskError(f"The case has no rung {offset!r}.", nearest=close)
    return Payments(leak, np.inf if most is None else most)


def _solve_worlds(
    judged: Compiled,
    valued: Compiled,
    found: Settled,
    terms: _Terms,
    until: float | None,
    progress: Progress | None,
) -> None:
    """Solve world after world, the first in any case and others while there is time."""
    n = judged.stop - judged.start
    for world in range(n):
        left = None if until is None else until - monotonic()
        if left is not None and left <= 0 and world > 0:
            break
        within = None if progress is None else _within(progress, world, n)
        stage = set_stage(judged, valued, world, found.executives)
        _solve_world(stage, found, terms, left, within)
        if progress is not None:
            progress(_PARTS * (world + 1), _PARTS * n)


def _options(
    disagreement: Mapping[str, float] | None,
    weights: Mapping[str, float] | None,
    offset: str | None,
    leak: float,
    most: float | None,
    eps: float,
    node_limit: int,
    *,
    mixtures: bool,
) -> list[str]:
    """Write what was asked as options of the command line."""
    told = [f"--disagreement={who}={value}" for who, value in (disagreement or {}).items()]
    told += [f"--weight={who}={value}" for who, value in (weights or {}).items()]
    told += [] if offset is None else [f"--offset={offset}"]
    told += [f"--leak={leak}"] if leak else []
    told += [] if most is None else [f"--most={most}"]
    told += ["--mixtures"] if mixtures else []
    return [*told, f"--eps={eps}", f"--nodes={node_limit}"]


def alike(case: Case, drawn: Worlds, changes: list[Change | str]) -> Worlds:
    """Draw the same worlds with gains and losses counted alike."""
    address = f"parameters/{_ALIKE}"
    if address not in case.values:
        return drawn
    asked = [*changes, f"{address} = 1"]
    return draw(
        case,
        drawn.n,
        rng=drawn.rng,
        changes=asked,
        first=drawn.first,
        prior=drawn.prior,
        correlated=drawn.correlated,
    )


def executives_of(case: Case) -> tuple[str, ...]:
    """Return the executive of each party, in the order of the parties.

    Raises
    ------
    AskError
        A party has none.
    """
    found = []
    for party in case.parties:
        own = [who.id for who in case.constituencies if who.party == party.id]
        heads = [who for who in own if case.constituency[who].kind == "executive"]
        if not heads:
            raise AskError(f"{party.id} has no executive: nobody there bargains for it.")
        found.append(heads[0])
    return tuple(found)


def _by_executive(
    case: Case,
    executives: tuple[str, ...],
    given: Mapping[str, float] | None,
    what: str,
    default: float,
) -> Floats:
    values = np.full(len(executives), default)
    names = {who: place for place, who in enumerate(executives)}
    names |= {case.constituency[who].party: place for who, place in names.items()}
    for name, value in (given or {}).items():
        if name not in names:
            raise AskError(
                f"{what}: {name!r} is no executive and no party.", nearest=nearest(name, names)
            )
        if not isfinite(value):
            raise AskError(f"{what}: the value of {name} is not a finite number.")
        values[names[name]] = value
    return values


def _within(progress: Progress, world: int, n: int) -> Callable[[float], None]:
    """Report how far one world is, so that a long search in it can be watched."""

    def report(share: float) -> None:
        progress(_PARTS * world + int(_PARTS * share), _PARTS * n)

    return report


def _solve_world(
    stage: Stage,
    found: Settled,
    terms: _Terms,
    time_limit: float | None,
    progress: Callable[[float], None] | None,
) -> None:
    scale, without = stage.scale.astype(np.float64), terms.without
    start = np.ceil(without * scale).astype(np.int64)
    border = frontier(
        stage,
        disagreement=start,
        eps=terms.eps,
        node_limit=terms.node_limit,
        time_limit=time_limit,
        progress=progress,
    )
    found.frontiers.append(border)
    found.worlds += 1
    points = border.gains / scale
    ideal = np.maximum(points.max(axis=0, initial=-np.inf), without) - without
    picks = rules(terms.powers) | {
        f"best:{who}": best_for(place) for place, who in enumerate(found.executives)
    }
    chosen: dict[str, Levels | None] = {
        name: border.packages[choose(rule, points - without, ideal)] if len(points) else None
        for name, rule in picks.items()
    }
    chosen |= _averages(stage, terms.powers)
    for name, package in chosen.items():
        levels = stage.status_quo if package is None else package
        gains = stage.gains(levels[None, :])[0] / scale
        surplus = 100.0 * (gains - without) / np.where(ideal > 0, ideal, np.nan)
        found.packages.setdefault(name, []).append(levels)
        found.gains.setdefault(name, []).append(gains)
        found.of_best.setdefault(name, []).append(surplus)
        taken = package is not None and bool(stage.accepted(levels[None, :])[0])
        found.accepted.setdefault(name, []).append(taken)
        if name not in ("mean", "median"):
            found.ties.setdefault(name, []).append(_as_good(stage, levels, border.slack))
    if terms.mixtures:
        _mix_world(found, points, without, ideal, terms.powers)


def _mix_world(
    found: Settled, points: Floats, without: Floats, ideal: Floats, powers: Floats | None
) -> None:
    """Find the solutions over mixtures of one world; today, unmixed, where nothing is accepted."""
    if not len(points):
        points = np.zeros((1, without.size))
    mixed = mix(np.maximum(points - without, 0.0), ideal, weight=powers)
    for name, one in mixed.items():
        gains = one.shares @ points[one.points]
        found.mixed_gains.setdefault(name, []).append(gains)
        surplus = 100.0 * (gains - without) / np.where(ideal > 0, ideal, np.nan)
        found.mixed_of_best.setdefault(name, []).append(surplus)
        found.parts.setdefault(name, []).append(one.points.size)


def _averages(stage: Stage, powers: Floats | None) -> dict[str, Levels | None]:
    """Take the mean and the median of the executives' preferred rungs, measure by measure.

    Both are weighted by the bargaining weights where some are given.
    """
    weight = np.ones(len(stage.worth)) if powers is None else powers
    first = stage.problem.structure.first
    liked = np.array(
        [
            [int(np.argmax(worth[start:stop])) for worth in stage.worth]
            for start, stop in pairwise(first[:-1])
        ]
    )
    liked = np.maximum(liked, stage.status_quo[:, None])
    mean = (liked * weight).sum(axis=1) / weight.sum()
    median = np.array([middle(row, weight) for row in liked])
    return {
        "mean": np.floor(mean + 0.5).astype(np.int8),
        "median": np.floor(median + 0.5).astype(np.int8),
    }


def middle(values: NDArray[np.int64], weight: Floats) -> float:
    """Return the weighted median: halfway between the two middle ones where the halves are even.

    Examples
    --------
    >>> middle(np.array([0, 1, 4]), np.ones(3)), middle(np.array([0, 4]), np.ones(2))
    (1.0, 2.0)
    >>> middle(np.array([0, 1, 4]), np.array([1.0, 1.0, 3.0]))
    4.0
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    half = reached[-1] / 2
    low, high = (int(np.searchsorted(reached, half, side=side)) for side in ("left", "right"))
    return float(values[order[low]] + values[order[min(high, values.size - 1)]]) / 2


def _as_good(stage: Stage, levels: Levels, slack: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each slot whether moving its measure there is accepted and costs nobody much."""
    first = stage.problem.structure.first[:-1]
    moved = np.repeat(levels[None, :], int(first[-1]), axis=0)
    measure = np.repeat(np.arange(levels.size), np.diff(first))
    slots = np.arange(int(first[-1]))
    moved[slots, measure] = (slots - first[measure]).astype(np.int8)
    same = (moved == levels).all(axis=1)
    least = stage.gains(levels[None, :])[0] - slack
    fine = (stage.gains(moved) >= least).all(axis=1)
    return np.asarray(fine & ~same & stage.accepted(moved))
