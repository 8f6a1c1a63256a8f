"""Put programmes side by side on the same worlds and the same weather."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.ask.dated import dated_shocks
from winset.ask.follow import Followed, Progress, follow, mask_of
from winset.ask.followable import check
from winset.ask.path.tabulate import in_effect, lost_something, percentiles
from winset.ask.screen import beyond, distances, screen, thirds, varied
from winset.ask.weigh import schemas
from winset.ask.weigh.answer import Weigh
from winset.ask.weigh.best import best_table, depth_over_time, own_steps
from winset.ask.weigh.boxes import box_tables
from winset.case import find_programme
from winset.case.model import Case, Change, Programme
from winset.errors import AskError
from winset.problem.timing import timing_of
from winset.run import run_of
from winset.tables import Table, share_where
from winset.words.brief.authors import dates

MOST_ASSUMPTIONS = 5
CHANCE = 0.05
"""Share of scans in which chance alone would show one assumption."""
HURWICZ = 0.5
"""Weight of the worst world; the rest is the best one's."""
GOOD_ENOUGH = 0.75
"""Satisficing: share of worlds in which a programme reaches this part of the best mean."""
Floats = NDArray[np.float64]


def weigh(
    case: Case,
    programmes: Sequence[Programme | str | Path] | None = None,
    *,
    n: int = 2000,
    rng: int = 1,
    changes: Iterable[Change | str] = (),
    quarters: int | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
    keep: Path | None = None,
    shocks: Sequence[str] = (),
) -> Weigh:
    """Whose programme does better, by what, and on which assumptions does that turn?

    Programmes run as they are written, in the same worlds under the same shocks and elections.
    What a programme does not mention it does not refuse.  The regret of a programme in a world is
    the depth of the best one there less its own.

    Parameters
    ----------
    case
        A case with time.
    programmes
        Ids, YAML files or programmes; by default all of the case.
    n, rng, changes
        Worlds, seed and changes of the case.
    quarters
        Horizon, 1 to 80; by default that of the case.
    without
        Mechanisms to switch off, by name.
    progress
        Called after each block of worlds.
    keep
        Folder for finished blocks: the same call goes on there after an interrupt.
    shocks
        Shocks put on dates, ``X2@6`` for X2 in quarter 6 of every world; the others come as drawn.

    Returns
    -------
    Weigh
        Tables ``compare`` and ``robust`` (a row a programme, a row a programme and measure of
        robustness), ``outcomes``, ``steps``, ``assumptions`` and others, see
        ``winset.ask.schemas()["weigh"]``. Depth and regret are in percent of all ladders.

    Raises
    ------
    AskError
        Fewer than two programmes, one named twice, one that cannot be followed, or a shock that
        cannot be put on its date.
    """
    timing = timing_of(case)
    horizon = timing.horizon if quarters is None else quarters
    named = [one.id for one in case.programmes] if programmes is None else programmes
    chosen = [one if isinstance(one, Programme) else find_programme(case, one) for one in named]
    names = [one.id for one in chosen]
    if len(names) < 2 or len(set(names)) < len(names):
        message = f"{', '.join(names) or 'nothing'} was asked for; name two or more, each once."
        raise AskError(message)
    for one in chosen:
        check(case, one, horizon)
    dated = dated_shocks(case, shocks, horizon)
    written = dates(case)
    chosen.sort(key=lambda one: (written.get(one.source, "9999"), one.id))
    found = [Followed(one, 1.0, mask_of(without)) for one in chosen]
    worlds = follow(
        case,
        found,
        n=n,
        rng=rng,
        quarters=horizon,
        changes=changes,
        progress=progress,
        keep=keep,
        dated=dated,
    )
    rulers = _rulers(case, found)
    numbers = varied(worlds, found[0].depth.shape[0])
    tables = {
        "compare": _compare(case, found),
        "robust": _robust(found),
        "outcomes": _outcomes(case, found),
        "best": best_table(case, found),
        "steps": _steps(case, found),
        "assumptions": _assumptions(found, rulers, numbers),
        **box_tables(found, rulers, numbers, rng),
    }
    options = [
        *([] if quarters is None else [f"--quarters={quarters}"]),
        *(f"--without={name}" for name in without),
        *(f"--shock={one}" for one in dated),
    ]
    run = run_of(worlds, question="weigh", options=options).done(found[0].depth.shape[0])
    words = run.command.split(" ")
    asked = [str(getattr(one, "id", one)) for one in named] if programmes is not None else []
    run = replace(run, command=" ".join([*words[:3], *asked, *words[3:]]))
    method = {
        "quarters": horizon,
        "without": [*without],
        "shocks": [str(one) for one in dated],
    }
    return Weigh(case, run, tables, method, followed=tuple(found))


def _compare(case: Case, found: Sequence[Followed]) -> Table:
    depth = depth_over_time(found)
    best = depth.max(axis=0)
    rows = []
    for place, one in enumerate(found):
        regret = best - depth[place]
        steps = one.programme.steps
        carried = sum(in_effect(case, one, step.rung)[:, -1].mean() for step in steps)
        rows.append(
            (
                one.programme.id,
                len(steps),
                float(carried),
                *percentiles(one.at_end),
                float(depth[place].mean()),
                *share_where(np.asarray(regret <= 1e-9)),
                float(regret.mean()),
                float(regret.max()),
                *share_where(one.happened("crisis").any(axis=1)),
                *share_where(lost_something(one)),
            )
        )
    return schemas.COMPARE.from_rows(rows)


def _robust(found: Sequence[Followed]) -> Table:
    depth = depth_over_time(found)
    regret = depth.max(axis=0) - depth
    spread = depth.std(axis=1)
    line = GOOD_ENOUGH * depth.mean(axis=1).max()
    values = {
        "maximin": depth.min(axis=1),
        "10th percentile": np.quantile(depth, 0.1, axis=1),
        "mean": depth.mean(axis=1),
        "mean-variance": (depth.mean(axis=1) + 1.0) / (spread + 1.0),
        "hurwicz": HURWICZ * depth.min(axis=1) + (1.0 - HURWICZ) * depth.max(axis=1),
        "minimax regret": -regret.max(axis=1),
        "satisficing": 100.0 * (depth >= line).mean(axis=1),
    }
    return schemas.ROBUST.from_rows(
        (
            one.programme.id,
            name,
            abs(float(value[place])),
            bool(value[place] >= value.max() - 1e-12),
        )
        for place, one in enumerate(found)
        for name, value in values.items()
    )


def _outcomes(case: Case, found: Sequence[Followed]) -> Table:
    rows = []
    for one in found:
        name = one.programme.id
        outcome, worth, depth = one.outcome, one.worth, one.depth
        rows += [
            (name, "criterion", criterion.id, *percentiles(outcome[:, place]))
            for place, criterion in enumerate(case.criteria)
        ]
        rows += [
            (name, "party", party.id, *percentiles(worth[:, -1, place]))
            for place, party in enumerate(case.parties)
        ]
        rows += [
            (name, "domain", domain, *percentiles(depth[:, -1, place + 1]))
            for place, domain in enumerate(case.domains)
        ]
    return schemas.OUTCOMES.from_rows(rows)


def _steps(case: Case, found: Sequence[Followed]) -> Table:
    every = {step.rung for one in found for step in one.programme.steps}
    rows = []
    for one in found:
        own = {one.programme.steps[step].rung: place for place, step in enumerate(one.steps)}
        refuser = one.joined("refuser").astype(np.int64)
        for rung in (rung for rung in case.rung if rung in every):
            named = refuser[:, own[rung]] if rung in own else np.array([], dtype=np.int64)
            named = named[named >= 0]
            who = case.constituencies[int(np.bincount(named).argmax())].id if named.size else ""
            stands = "own" if rung in own else "other"
            held = in_effect(case, one, rung)
            shares = (*share_where(held[:, -1]), *share_where(held.any(axis=1)))
            rows.append((one.programme.id, rung, stands, *shares, who))
    return schemas.STEPS.from_rows(rows)


def _rulers(case: Case, found: Sequence[Followed]) -> dict[str, Floats]:
    """[programme, world] by ruler: depth over time, own steps carried, worth to each government."""
    worths = {
        party.id: np.stack([one.worth[:, -1, place] for one in found])
        for place, party in enumerate(case.parties)
    }
    return {"depth": depth_over_time(found), "steps": own_steps(case, found), **worths}


def _assumptions(
    found: Sequence[Followed], rulers: Mapping[str, Floats], numbers: Mapping[str, Floats]
) -> Table:
    """Rank the numbers of the case by what goes with each pair's difference, ruler by ruler.

    By Spearman's correlation of ranks first; then by the distance of Kolmogorov and Smirnov
    between worlds in which the first leads and the others, where that too is beyond chance.
    """
    pairs: list[tuple[str, str, str]] = []
    leads: list[Floats] = []
    for by, value in rulers.items():
        for one, two in combinations(range(len(found)), 2):
            first, second = (one, two) if np.mean(value[one] > value[two]) >= 0.5 else (two, one)
            pairs.append((by, found[first].programme.id, found[second].programme.id))
            leads.append(value[first] - value[second])
    every = np.stack(leads)
    scores, apart = screen(every, numbers), distances(every > 0, numbers)
    return schemas.ASSUMPTIONS.from_rows(
        (*pair, *row)
        for pair, *turn in zip(pairs, every, scores, apart, strict=True)
        for row in _turns(numbers, *turn)
    )


def _turns(
    numbers: Mapping[str, Floats],
    lead: Floats,
    scores: Mapping[str, float],
    apart: Mapping[str, float],
) -> Iterator[tuple[object, ...]]:
    """Yield the few numbers that go most with a lead, and who leads at their ends."""
    split = beyond(lead > 0, numbers, apart, CHANCE / max(1, len(numbers)))
    others = (address for address in split if address not in scores)
    for address in islice(chain(scores, others), MOST_ASSUMPTIONS):
        lowest, highest = thirds(numbers[address])
        low = share_where(np.asarray(lead[lowest] > 0))
        high = share_where(np.asarray(lead[highest] > 0))
        flips = (low[0] - 0.5) * (high[0] - 0.5) < 0
        yield (address, scores.get(address, 0.0), apart[address], *low, *high, flips)
