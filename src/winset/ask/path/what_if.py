"""The same programme under conditions set by hand: upkeep, spiral, spoilers, quiet steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.dated import Dated
from winset.ask.followable import named_in
from winset.ask.path import schemas_by_hand as schemas
from winset.ask.path.findings import findings
from winset.ask.path.windows import lifting, windows
from winset.ask.scene import Scene, scene_of, step_of
from winset.case.model import (
    Case,
    Change,
    Programme,
    Step,
)
from winset.engine.simulate import PARAMETERS, Record
from winset.engine.simulate.parts import AGREED
from winset.tables import Table, share_where, standard_error

Floats = NDArray[np.float64]
WORLDS = 96
"""Worlds in which conditions are set by hand."""
GAPS = (1, 2, 3, 4, 6, 8, 12)
"""Quarters between two reaffirmations."""
COURT_QUARTER = 5
BEFORE = 4
"""Quarters before an election in which inflaming pays more."""


def what_if(
    case: Case,
    programme: Programme,
    *,
    rng: int,
    quarters: int,
    changes: Iterable[Change | str],
    mechanisms: int,
    dated: Sequence[Dated] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Mapping[str, Table]:
    """Set conditions by hand and follow the programme again."""
    given = tuple(changes)

    def scene(one: Programme) -> Scene:
        return scene_of(
            case,
            one,
            n=WORLDS,
            rng=rng,
            quarters=quarters,
            changes=given,
            mechanisms=mechanisms,
            dated=dated,
        )

    here = scene(programme)
    return {
        **windows(case, here, programme, progress=progress),
        "findings": findings(case, here, programme),
        "lifting": lifting(case, here),
        "upkeep": upkeep(here, programme),
        "spiral": spiral(case, here, programme),
        "spoilers": spoilers(case, here, programme),
        "quiet": quiet(case, [(form, scene(one)) for form, one in _profiles(case, programme)]),
    }


def upkeep(scene: Scene, programme: Programme) -> Table:
    """Return how often assurance lies below the doubt line, by quarters between reaffirmations."""
    line = scene.timed.draws.par[:, PARAMETERS.index("doubt_line")]
    parties = [*scene.air.time.pair]
    rows = []
    for gap in GAPS:
        record = scene.run(programme, draws=scene.set(occasion_gap=float(gap)))
        doubt = [
            scene.state(record, f"assurance_{side}") < line[:, None] for side in ("first", "second")
        ]
        for party, below in zip(parties, doubt, strict=True):
            often = below.mean(axis=1)
            rows.append(
                (
                    party,
                    gap,
                    float(often.mean()),
                    standard_error(often),
                    *share_where(np.asarray(below.any(axis=1))),
                )
            )
    return schemas.UPKEEP.from_rows(rows)


def spiral(case: Case, scene: Scene, programme: Programme) -> Table:
    """Let a court order the transfer of assets, with and without what may hold the quarrel back.

    All steps are taken as agreed to, so that what holds it back is not what is refused.
    """
    time = scene.air.time
    if time.court not in time.rates:
        return schemas.SPIRAL.from_rows([])
    insulation = _tops(case, time.roles["insulation"])
    settlement = _nexts(case, time.roles["settlement"][:1])
    plain = without(programme, {*time.roles["insulation"], *time.roles["settlement"]}, case)
    arms = {
        "neither": plain,
        "insulation": _first(plain, insulation),
        "a settlement under way": _first(plain, settlement),
        "both": _first(plain, [*insulation, *settlement]),
    }
    rows = []
    slot = f"shock/{time.court}"
    weathers = {"as drawn": None, "ordered": scene.happening({slot: [COURT_QUARTER]})}
    for court, draws in weathers.items():
        for name, arm in arms.items():
            record = scene.run(arm, draws=draws, agreed=True)
            peak = scene.state(record, "trade").max(axis=1)
            rows.append(
                (
                    court,
                    name,
                    *share_where(_stand(record, len(arm.steps) - len(plain.steps))),
                    *share_where(scene.came(record, "court").any(axis=1)),
                    float(np.median(scene.state(record, "politics").max(axis=1))),
                    float(np.median(peak)),
                    *share_where(np.asarray(spirals(case, scene, record).any(axis=1))),
                    *share_where(
                        np.asarray(
                            (
                                scene.came(record, "suspension") | scene.came(record, "step-down")
                            ).any(axis=1)
                        )
                    ),
                    *share_where(scene.came(record, "reprisals").any(axis=1)),
                )
            )
    return schemas.SPIRAL.from_rows(rows)


def _stand(record: Record, first: int) -> NDArray[np.bool_]:
    """[world] whether the first steps of a programme were all agreed to."""
    return np.asarray((record.fate[:, :first] == AGREED).all(axis=1))


def spirals(case: Case, scene: Scene, record: Record) -> NDArray[np.bool_]:
    """[world, quarter] whether a quarrel would feed on itself.

    ``keep + damp sqrt(Kpe Kep + Kps Ksp) >= 1``, damp by trade and ties between people.
    """

    def par(name: str) -> Floats:
        return scene.timed.draws.par[:, PARAMETERS.index(name)][:, None]

    roles = scene.air.time.roles
    people = _share(case, scene, record, roles["people"])
    insulated = _share(case, scene, record, roles["insulation"][:1])
    damp = (1.0 - scene.state(record, "ballast")) * (1.0 - par("people_damp") * people)
    to_trade = par("spill_pe") * (1.0 - par("buffer") * insulated)
    loop = to_trade * par("spill_ep") + par("spill_ps") * par("spill_sp")
    return np.asarray(par("tension_keep") + damp * np.sqrt(loop) >= 1.0)


def _share(case: Case, scene: Scene, record: Record, measures: Iterable[str]) -> Floats:
    """[world, quarter] mean benefit of some measures as they are in effect."""
    frame = scene.timed.consent.frame
    rows = np.arange(scene.worlds)[:, None]
    found = []
    for measure in measures:
        place = [one.id for one in case.measures].index(measure)
        found.append(frame.benefit[measure][rows, record.levels[:, :, place].astype(np.int64)])
    if not found:
        return np.zeros(record.levels.shape[:2])
    return np.asarray(np.mean(found, axis=0))


def spoilers(case: Case, scene: Scene, programme: Programme) -> Table:
    """Return how often inflaming pays, near an election and far from one, and what stops it."""
    time = scene.air.time
    restraint = _tops(case, time.roles["durable"][:1])
    people = _tops(case, time.roles["people"])
    bare = without(programme, {*time.roles["durable"][:1], *time.roles["people"]}, case)
    cost = scene.timed.draws.par[:, PARAMETERS.index("spoiler_cost")]
    dear = scene.timed.draws.par.copy()
    dear[:, PARAMETERS.index("spoiler_cost")] = 2.0 * cost
    arms = {
        "as written": (programme, scene.timed.draws),
        "without restraint or ties between people": (bare, scene.timed.draws),
        "restraint first": (_first(bare, restraint), scene.timed.draws),
        "ties between people first": (_first(bare, people), scene.timed.draws),
        "twice the cost": (programme, scene.timed.draws._replace(par=dear)),
    }
    ahead = scene.timed.story.ahead[1 : scene.air.quarters + 1, :2]
    near = ((ahead >= 0) & (ahead < BEFORE)).any(axis=1)
    rows = []
    cases = [(name, *arm, agreed) for agreed in (False, True) for name, arm in arms.items()]
    for name, arm, draws, agreed in cases:
        record = scene.run(arm, draws=scene.set(draws, exploit=1.0), agreed=agreed)
        acts = scene.came(record, "spoiler")
        rows.append(
            (
                name,
                agreed,
                *share_where(np.asarray(acts.any(axis=1))),
                float(acts.mean()),
                standard_error(acts.mean(axis=1)),
                float(acts[:, near].mean()) if near.any() else float("nan"),
                float(acts[:, ~near].mean()) if (~near).any() else float("nan"),
            )
        )
    return schemas.SPOILERS.from_rows(rows)


def quiet(case: Case, scenes: Iterable[tuple[str, Scene]]) -> Table:
    """Return leaks, coercion and its cost for quiet steps, by profile, with and without shield.

    Consequences are those of steps taken as agreed to; how many would be is told beside them.
    """
    rows = []
    for form, scene in scenes:
        time = scene.air.time
        steps = _nexts(case, time.roles["quiet"])
        base = case.programmes[0]
        bare = replace(base, steps=tuple(step_of(base, rung, 1) for rung in steps))
        for shielded in (False, True):
            arm = _first(bare, _tops(case, time.roles["shield"])) if shielded else bare
            asked = scene.run(arm)
            record = scene.run(arm, agreed=True)
            cost = scene.state(record, "coerced")[:, -1]
            rows.append(
                (
                    form,
                    shielded,
                    float((asked.fate[:, -len(steps) :] == AGREED).mean()) if steps else 0.0,
                    *share_where(scene.came(record, "leak").any(axis=1)),
                    *share_where(scene.came(record, "coercion").any(axis=1)),
                    float(cost.mean()),
                    standard_error(cost),
                )
            )
    return schemas.QUIET.from_rows(rows)


def _profiles(case: Case, programme: Programme) -> Iterable[tuple[str, Programme]]:
    for lever in dict.fromkeys(one.lever for one in case.mechanisms.quiet):
        for option in case.choices[f"levers/{lever}"].options:
            settings = {**programme.settings, lever: option.id}
            yield option.id, replace(programme, settings=settings)


def without(programme: Programme, measures: Iterable[str], case: Case) -> Programme:
    """Take the steps of some measures out of a programme, and the gates that name them."""
    gone = set(measures)

    def freed(step: Step) -> Step:
        lesser = case.rung.get(step.otherwise)
        return replace(
            step,
            when=None if gone & set(named_in(step.when)) else step.when,
            otherwise="" if lesser is None or lesser.measure in gone else step.otherwise,
        )

    kept = [step for step in programme.steps if case.rung[step.rung].measure not in gone]
    return replace(programme, steps=tuple(freed(step) for step in kept))


def _tops(case: Case, measures: Iterable[str]) -> list[str]:
    return [case.measure[name].rungs[-1].id for name in measures]


def _nexts(case: Case, measures: Iterable[str]) -> list[str]:
    nouns = [case.measure[name] for name in measures]
    return [noun.rungs[noun.status_quo].id for noun in nouns if noun.status_quo < len(noun.rungs)]


def _first(programme: Programme, rungs: Iterable[str]) -> Programme:
    """Put rungs, from the lowest above the status quo, before all else."""
    asked: tuple[Step, ...] = tuple(step_of(programme, rung, 1) for rung in rungs)
    return replace(programme, steps=(*asked, *programme.steps))
