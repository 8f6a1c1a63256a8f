"""Put one issue to drawn worlds: mean, median, Nash point and challenges side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from winset.effects.draws import normal_stream
from winset.engine.challenge import Rounds, challenge, points
from winset.errors import AskError, LimitError, nearest
from winset.issue.actors import ActorTable, Range, read_actors
from winset.issue.answer import Issue
from winset.issue.tabulate import tabulate
from winset.run import run_without_case
from winset.worlds.quantile import value_at

Floats = NDArray[np.float64]
Variant = Literal["replica", "text"]
VARIANTS: dict[Variant, str] = {
    "replica": "challenges as the published replication computed them: votes for a challenger are "
    "divided by the votes on all pairs of positions and bent by attitudes to risk, of compromises "
    "the one towards the lowest point is taken, nobody capitulates",
    "text": "challenges as the text of the replication says: the two chances of a pair add up to "
    "1, the least move is taken, who expects to lose more than the other gains capitulates",
}
MEMORY = 400_000_000
"""Bytes that the rounds of all worlds may take."""


@dataclass(frozen=True)
class Solved:
    """What was found: first in the middle of every range, then in every world."""

    table: ActorTable
    names: tuple[str, ...]
    weights: Floats
    """[world, actor] capability times salience."""
    points: dict[str, Floats]
    """[world] by solution; the middle first."""
    rounds: Rounds
    """[world, ...] the middle first."""
    medians: Floats
    """[world, round] weighted median after each round; the middle first."""
    means: Floats
    """[world, round]"""
    reference: float
    outcome: float

    @property
    def worlds(self) -> int:
        """How many worlds were drawn."""
        return len(self.medians) - 1


def issue(
    table: ActorTable | str | Path,
    *,
    n: int = 1000,
    rng: int = 1,
    variant: Variant = "replica",
    rounds: int = 20,
    reference: float | None = None,
    cost: float = 0.0,
    spread: float = 0.0,
    outcome: float | None = None,
) -> Issue:
    """Where on a line would an issue be settled, by four rules side by side?

    The mean and the median of positions, each weighted by capability times salience; the Nash point
    [nash1950]_, which maximises the product of gains over no agreement with these weights as
    powers; and the expected-utility challenge model [buenodemesquita1994]_, in which actors
    challenge, give way and move in rounds, in a named variant [scholz2011]_.

    Parameters
    ----------
    table
        Actors, or a file, or the name of a ready table.
    n, rng
        Worlds drawn within the ranges of the table, and seed.
    variant
        Which definition of the challenge model, see the parameters of the answer.
    rounds
        Rounds of challenges, at most 1,000.
    reference
        Position at which the issue stays without an agreement; without one, no agreement is as bad
        for everybody as the far end of the line.
    cost
        What everybody loses besides without an agreement, as a share of the line, from 0.
    spread
        Share of the line (of 1 for salience, of itself for a capability) to give to both sides of
        every number that has no range: an assumption.
    outcome
        What came out, to be compared with.

    Returns
    -------
    Issue
        Tables ``solutions``, ``rounds``, ``actors`` and ``moves``.

    Raises
    ------
    AskError, CaseError
        There is no such table or variant, or something in them is wrong.
    LimitError
        More worlds, rounds and actors than memory holds; said before it starts.
    """
    actors = table if isinstance(table, ActorTable) else read_actors(table)
    _check(n, variant, rounds, cost, reference, outcome)
    wide = actors.spread(spread)
    count = len(wide.actors)
    needed = (n + 1) * (rounds + 1) * count * 13
    if needed > MEMORY:
        raise LimitError(
            f"{n:,} worlds of {rounds:,} rounds and {count:,} actors need about "
            f"{needed / 1e6:,.0f} MB; {MEMORY / 1e6:,.0f} MB are allowed. Ask for fewer worlds."
        )
    uncertain = any(
        not value.exact
        for one in wide.actors
        for value in (one.capability, one.position, one.salience)
    )
    worlds = n if uncertain else 1
    found = _solve(
        wide,
        worlds,
        rng,
        faithful=variant == "replica",
        rounds=rounds,
        reference=math.nan if reference is None else reference,
        cost=cost,
        outcome=math.nan if outcome is None else outcome,
    )
    chosen: dict[str, object] = {
        "variant": variant,
        "rounds": rounds,
        "reference": reference,
        "cost": cost,
        "spread": spread,
        "outcome": outcome,
    }
    return Issue(
        actors=wide,
        run=run_without_case(
            actors.id, actors.hash, worlds=worlds, rng=rng, command=_command(table, n, rng, chosen)
        ),
        tables=tabulate(found),
        parameters={
            **chosen,
            "challenge": VARIANTS[variant],
            "salience_in_percent": actors.percent,
        },
    )


def _command(table: ActorTable | str | Path, n: int, rng: int, chosen: dict[str, object]) -> str:
    name = table.id if isinstance(table, ActorTable) else str(table)
    said = [f"--{option}={value}" for option, value in chosen.items() if value is not None]
    return " ".join(["winset issue settle", name, f"--worlds={n}", f"--rng={rng}", *said])


def _check(
    n: int,
    variant: str,
    rounds: int,
    cost: float,
    reference: float | None,
    outcome: float | None,
) -> None:
    if variant not in get_args(Variant):
        raise AskError(
            f"There is no variant {variant!r} of the challenge model; allowed: "
            f"{', '.join(VARIANTS)}.",
            nearest=nearest(variant, VARIANTS),
        )
    if n < 1 or not 1 <= rounds <= 1000:
        raise AskError("At least 1 world and 1 to 1,000 rounds can be asked for.")
    if not 0 <= cost < math.inf:
        raise AskError(f"cost is a share of the line, from 0: {cost:g} is not.")
    for name, value in (("reference", reference), ("outcome", outcome)):
        if value is not None and not math.isfinite(value):
            raise AskError(f"{name} is not a finite number: {value}.")


def _solve(
    table: ActorTable,
    worlds: int,
    rng: int,
    *,
    faithful: bool,
    rounds: int,
    reference: float,
    cost: float,
    outcome: float,
) -> Solved:
    x, c, s = (
        _drawn(table, [getattr(one, name) for one in table.actors], name, worlds, rng)
        for name in ("position", "capability", "salience")
    )
    mean, median, nash = points(x, c, s, reference=reference, cost=cost)
    found = challenge(x, c, s, rounds=rounds, faithful=faithful)
    after = [points(found.positions[:, step], c, s) for step in range(rounds + 1)]
    medians = np.stack([one[1] for one in after], axis=1)
    return Solved(
        table,
        tuple(one.name for one in table.actors),
        c * s,
        {"mean": mean, "median": median, "nash": nash, "challenge": medians[:, -1]},
        found,
        medians,
        np.stack([one[0] for one in after], axis=1),
        reference,
        outcome,
    )


def _drawn(table: ActorTable, ranges: list[Range], name: str, worlds: int, rng: int) -> Floats:
    """[world, actor] the middle of every range first, then the draws."""
    stream = normal_stream(rng, 0, worlds, prefix="issue")
    columns = []
    for one, value in zip(table.actors, ranges, strict=True):
        drawn = value_at(stream(f"{one.name}/{name}"), value.low, value.mode, value.high, "pert")
        columns.append(np.concatenate([[value.mode], drawn]))
    return np.stack(columns, axis=1)
