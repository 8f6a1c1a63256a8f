"""From a search for a better programme to tables that explain what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from winset.ask.dated import Dated
from winset.ask.path import schemas
from winset.ask.path.search import (
    RESTARTS,
    TRAINING,
    Lead,
    Plan,
    Rules,
    Search,
    bound,
    exchanged,
    lead,
    left_out,
    put_off,
    rules_of,
    search,
)
from winset.ask.scene import Scene, scene_of
from winset.case.model import Case, Change, Programme
from winset.tables import Table, share_where

FRESH = 256
"""Worlds, unseen by the search, in which what it found is judged."""
LATE = 4
_NOWHERE = float("nan")


@dataclass(frozen=True)
class Better:
    """What a search found, with its tables."""

    programme: Programme
    tables: Mapping[str, Table]
    method: Mapping[str, object]


def better(
    case: Case,
    written: Programme,
    *,
    budget: int,
    rng: int,
    quarters: int,
    changes: Iterable[Change | str],
    mechanisms: int,
    dated: Sequence[Dated] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Better:
    """Search for a deeper programme under the rules of one, and judge it on fresh worlds."""

    def scene(programme: Programme, n: int, first: int) -> Scene:
        return scene_of(
            case,
            programme,
            n=n,
            rng=rng,
            quarters=quarters,
            changes=changes,
            mechanisms=mechanisms,
            dated=dated,
            first=first,
        )

    rules = rules_of(case, written, quarters)
    seen = scene(written, TRAINING, 0)
    found = search(case, seen, rules, budget=budget, rng=rng, progress=progress)
    programme = rules.programme(found.best)
    fresh = scene(written, FRESH, TRAINING)
    others = [one for one in case.programmes if one.id != written.id]
    beside = {one.id: (one, scene(one, FRESH, TRAINING)) for one in others}
    tables = {
        "search": _compared(programme, written, fresh, beside),
        "starts": _starts(found),
        "moves": _moves(case, fresh, rules, found.best),
        "swaps": schemas.SWAPS.from_rows(
            (one, two, cost.mean, cost.error, cost.real)
            for one, two, cost in exchanged(case, fresh, rules, found.best)
        ),
    }
    method = {
        "search": "simulated annealing with common random numbers",
        "tried": found.tried,
        "budget": budget,
        "restarts": RESTARTS,
        "worlds searched in": TRAINING,
        "worlds judged in": FRESH,
        "most steps": rules.most,
        "most steps a quarter": rules.busiest,
        "last quarter": rules.last,
        "depth that nothing can pass": bound(fresh, rules),
    }
    return Better(programme, tables, method)


def _compared(
    found: Programme,
    written: Programme,
    fresh: Scene,
    beside: Mapping[str, tuple[Programme, Scene]],
) -> Table:
    best = fresh.run(found)
    own = fresh.depth(best)
    runs = {"found": (found, fresh, best), written.id: (written, fresh, fresh.run(written))}
    for name, (programme, scene) in beside.items():
        runs[name] = (programme, scene, scene.run(programme))
    taken = {step.rung for step in found.steps}
    rows = []
    for name, (programme, scene, record) in runs.items():
        depth = scene.depth(record)
        ahead = lead(own, depth)
        rows.append(
            (
                name,
                len(programme.steps),
                float(depth.mean()),
                ahead.mean,
                ahead.error,
                *share_where(np.asarray(own > depth + 1e-9)),
                *share_where(scene.came(record, "crisis").any(axis=1)),
                sum(step.rung in taken for step in programme.steps),
            )
        )
    return schemas.SEARCH.from_rows(rows)


def _starts(found: Search) -> Table:
    return schemas.STARTS.from_rows(
        ("written" if place == 0 else f"shuffled {place}", start, top, tried)
        for place, (start, top, tried) in enumerate(found.starts)
    )


def _moves(case: Case, fresh: Scene, rules: Rules, plan: Plan) -> Table:
    source = {step.rung: one.id for one in reversed(case.programmes) for step in one.steps} | {
        step.rung: rules.written.id for step in rules.written.steps
    }
    written = rules.plan(rules.written)
    adds = left_out(case, fresh, rules, plan)
    late = put_off(case, fresh, rules, plan, LATE)
    rows = []
    for place, step in enumerate(rules.pool):
        before, now = written[place], plan[place]
        if before or now:
            gone = adds.get(step.rung)
            rows.append(
                (
                    step.rung,
                    source[step.rung],
                    before or _NOWHERE,
                    now or _NOWHERE,
                    _what(before, now),
                    *_told(gone),
                    *_told(late.get(step.rung)),
                    gone is not None and gone.real and gone.mean > 0,
                )
            )
    rows.sort(key=lambda row: (np.isnan(row[3]), row[3], row[0]))
    return schemas.MOVES.from_rows(rows)


def _told(one: Lead | None) -> tuple[float, float]:
    return (_NOWHERE, _NOWHERE) if one is None else (one.mean, one.error)


def _what(before: int, now: int) -> str:
    if not before:
        return "taken in"
    if not now:
        return "left out"
    return "kept" if now == before else "earlier" if now < before else "later"
