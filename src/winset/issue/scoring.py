"""How near to what came out are the rules, on many decided issues?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.engine.challenge import challenge, points
from winset.errors import AskError
from winset.issue import schemas
from winset.issue.answer import Score
from winset.issue.council import Decision, Decisions, read_decisions
from winset.run import run_without_case
from winset.tables import Table
from winset.worlds.keyed import uniform

Floats = NDArray[np.float64]
Loss = Callable[[Floats, Floats, Floats], float]
"""Takes forecasts, outcomes and saliences [issue]; returns the loss."""
ROUNDS = 20
CENTRE = 50.0
MOST_DRAWS = 100_000
_LEAST = 2
"""Fewest issues on which a loss is computed."""


def score(
    source: str | Path,
    *,
    power: str | Path | None = None,
    draws: int = 1000,
    rng: int = 1,
) -> Score:
    """How near to what came out are mean, median, Nash point and challenges, by several losses?

    Parameters
    ----------
    source
        Decided issues in the layout of DEU III [arregui2022]_, see
        :func:`winset.issue.council.read_decisions`.
    power
        Table of capabilities; all actors alike without one.
    draws
        Draws of the bootstrap over proposals.
    rng
        Seed of the draws.

    Returns
    -------
    Score
        Tables ``losses`` (a row a rule and loss), ``pairs`` (each rule beside the mean),
        ``forecasts`` (a row an issue and rule) and ``skipped``; positions run from 0 to 100.

    Raises
    ------
    AskError
        There is no such file, no issue can be scored, or ``draws`` is out of range.
    CaseError
        Something in the files is wrong.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise AskError(f"draws are 1 to {MOST_DRAWS:,}: {draws:,} is not.")
    read = read_decisions(source, power=power)
    if len(read.scored) < _LEAST:
        reasons = "; ".join(f"{issue}: {why}" for issue, _, why in read.skipped[:3])
        raise AskError(
            f"{len(read.scored)} issues of {Path(source).name} can be scored, at least {_LEAST} are "
            f"needed. {reasons}"
        )
    forecasts = _forecasts(read.scored)
    outcomes = np.array([one.outcome for one in read.scored])
    salient = np.array([one.salience.mean() for one in read.scored])
    samples = _samples([one.proposal for one in read.scored], draws, rng)
    tables = (
        schemas.LOSSES.from_rows(_losses(forecasts, outcomes, salient, samples)),
        schemas.PAIRS.from_rows(_pairs(forecasts, outcomes, samples)),
        schemas.FORECASTS.from_rows(_listed(read.scored, forecasts)),
        schemas.SKIPPED.from_rows(read.skipped),
    )
    return _answer(read, {table.name: table for table in tables}, source, power, draws, rng)


def _answer(
    read: Decisions,
    tables: Mapping[str, Table],
    source: str | Path,
    power: str | Path | None,
    draws: int,
    rng: int,
) -> Score:
    options = [f"--draws={draws}", f"--rng={rng}"]
    options += [f"--power={power}"] if power is not None else []
    return Score(
        run=run_without_case(
            read.id,
            read.hash,
            worlds=1,
            rng=rng,
            command=" ".join(["winset issue score", str(source), *options]),
        ),
        tables=tables,
        parameters={
            "issues": len(read.scored),
            "proposals": len({one.proposal for one in read.scored}),
            "capability": "alike" if power is None else str(power),
            "draws": draws,
            "rounds": ROUNDS,
        },
    )


def _forecasts(decisions: tuple[Decision, ...]) -> dict[str, Floats]:
    """By rule: [issue] where it would settle it; NaN where the rule says nothing."""
    rows = [_forecast(one) for one in decisions]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _forecast(one: Decision) -> dict[str, float]:
    x, c, s = one.position[None, :], one.capability[None, :], one.salience[None, :]
    mean, median, nash = points(x, c, s)
    found = {"mean": mean[0], "median": median[0], "nash": nash[0]}
    for name, faithful in (("challenge", True), ("challenge-text", False)):
        end = challenge(x, c, s, rounds=ROUNDS, faithful=faithful).positions[:, -1]
        found[name] = points(end, c, s)[1][0]
    found |= {"unweighted": x.mean(), "reference": one.reference, "centre": CENTRE}
    return {name: float(value) for name, value in found.items()}


def _samples(proposals: list[str], draws: int, rng: int) -> list[NDArray[np.intp]]:
    """Draw whole proposals again and again: [draw] issues, those of one proposal together."""
    names = [*dict.fromkeys(proposals)]
    issues = [np.flatnonzero(np.array(proposals) == name) for name in names]
    drawn = uniform(rng, "score/bootstrap", 0, draws * len(names)).reshape(draws, -1)
    return [
        np.concatenate([issues[place] for place in row])
        for row in (drawn * len(names)).astype(np.intp)
    ]


def within(most: float) -> Loss:
    """Return the loss that counts issues missed by at most so many points."""

    def hit(at: Floats, outcome: Floats, salient: Floats) -> float:
        del salient
        return float((np.abs(at - outcome) <= most).mean())

    return hit


def salience_weighted(at: Floats, outcome: Floats, salient: Floats) -> float:
    """Return the mean absolute error, issues weighted by how much they matter to the actors."""
    return float((salient * np.abs(at - outcome)).sum() / salient.sum())


def rank_loss(at: Floats, outcome: Floats, salient: Floats) -> float:
    """Return one less Spearman's correlation of forecasts with outcomes; NaN where one is constant."""
    del salient
    from scipy.stats import rankdata  # heavy

    one, other = (rankdata(values) - (len(values) + 1) / 2 for values in (at, outcome))
    size = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return 1.0 - float((one * other).sum()) / size if size > 0 else float("nan")


LOSSES: dict[str, Loss] = {
    "mae": lambda at, outcome, _: float(np.abs(at - outcome).mean()),
    "rmse": lambda at, outcome, _: float(np.sqrt(((at - outcome) ** 2).mean())),
    "median": lambda at, outcome, _: float(np.median(np.abs(at - outcome))),
    "salient": salience_weighted,
    "within5": within(5.0),
    "within10": within(10.0),
    "within20": within(20.0),
    "rank": rank_loss,
}


def _losses(
    forecasts: Mapping[str, Floats],
    outcomes: Floats,
    salient: Floats,
    samples: list[NDArray[np.intp]],
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, at in forecasts.items():
        known = np.isfinite(at)
        if np.count_nonzero(known) < _LEAST:
            continue
        kept = [sample[known[sample]] for sample in samples]
        for loss, measure in LOSSES.items():
            again = [
                measure(at[one], outcomes[one], salient[one]) for one in kept if one.size >= _LEAST
            ]
            value = measure(at[known], outcomes[known], salient[known])
            rows.append((name, loss, int(known.sum()), value, *_ends(again)))
    return rows


def _pairs(
    forecasts: Mapping[str, Floats], outcomes: Floats, samples: list[NDArray[np.intp]]
) -> list[tuple[object, ...]]:
    base = np.abs(forecasts["mean"] - outcomes)
    rows: list[tuple[object, ...]] = []
    for name, at in forecasts.items():
        apart = np.abs(at - outcomes) - base
        known = np.isfinite(apart)
        if name == "mean" or not known.any():
            continue
        kept = [sample[known[sample]] for sample in samples]
        again = [float(apart[one].mean()) for one in kept if one.size]
        better, worse = (int((sign * apart[known] > 1e-9).sum()) for sign in (-1, 1))
        rows.append(
            (name, int(known.sum()), float(apart[known].mean()), *_ends(again), better, worse)
        )
    return rows


def _ends(values: list[float]) -> tuple[float, float]:
    known = np.array([value for value in values if np.isfinite(value)])
    if known.size == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(known, (0.025, 0.975)).tolist()
    return low, high


def _listed(
    decisions: tuple[Decision, ...], forecasts: Mapping[str, Floats]
) -> list[tuple[object, ...]]:
    return [
        (one.issue, one.proposal, one.outcome, name, at[place], at[place] - one.outcome)
        for place, one in enumerate(decisions)
        for name, at in forecasts.items()
    ]
