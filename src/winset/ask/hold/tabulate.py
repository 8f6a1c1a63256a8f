"""From what became of the package in every world to the tables of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from winset.ask.hold import schemas
from winset.ask.hold.leaving import FOLLOWS, MICRO, Fallen
from winset.case.dates import quarters_after
from winset.tables import Table, quartiles, share_where, standard_error

if TYPE_CHECKING:
    from winset.ask.hold.solve import Findings, Held

Rows = list[tuple[object, ...]]
Floats = NDArray[np.float64]


def tabulate(found: Findings) -> Mapping[str, Table]:
    """Build every table of the answer."""
    tables = (
        schemas.GOVERNMENTS.from_rows(_governments(found)),
        schemas.FALLS.from_rows(_falls(found)),
        schemas.SURVIVAL.from_rows(_survival(found)),
        schemas.GUARANTEES.from_rows(_guarantees(found)),
        schemas.REVERSALS.from_rows(_reversals(found)),
        schemas.LOSSES.from_rows(_losses(found)),
        schemas.DISTANCE.from_rows(_distance(found)),
        schemas.CALENDAR.from_rows(_calendar(found)),
        schemas.COURSES.from_rows(_courses(found)),
        schemas.DURABLE.from_rows(_durable(found)),
    )
    return {table.name: table for table in tables}


def _kept(found: Findings, fallen: Fallen) -> Floats:
    """Depth above today that is left, percent of what the package added, [counted world]."""
    structure, depth = found.base.problem.structure, found.base.problem.values.depth
    rows = np.arange(depth.shape[0])[:, None]
    first = structure.first[:-1]
    today = depth[rows, first + structure.status_quo].sum(axis=1)
    before = depth[rows, first + found.chosen.levels].sum(axis=1) - today
    after = depth[rows, first + fallen.levels].sum(axis=1) - today
    worth = found.chosen.accepted & (before > 0)
    return np.asarray(100.0 * after[worth] / before[worth])


def _lost(found: Findings, fallen: Fallen) -> Floats:
    return 100.0 - _kept(found, fallen)


def _fell(found: Findings, fallen: Fallen) -> NDArray[np.bool_]:
    """Tell which steps fell, [counted world, measure]."""
    return np.asarray(fallen.place[found.chosen.accepted] > 0)


def _mean(values: NDArray[np.generic]) -> float:
    return float(np.asarray(values, np.float64).mean()) if values.size else float("nan")


def _governments(found: Findings) -> Rows:
    counted = found.chosen.accepted
    above = found.chosen.levels[counted] > found.base.problem.structure.status_quo
    steps = int(np.median(above.sum(axis=1))) if counted.any() else 0
    rows: Rows = []
    for held in found.held:
        fell = _fell(found, held.fallen)
        rows.append(
            (
                held.governments.key,
                len(held.governments.changed),
                int(counted.sum()),
                *share_where(~fell.any(axis=1)),
                *quartiles(_kept(found, held.fallen)),
                steps,
                _mean(fell.sum(axis=1)),
            )
        )
    return rows


def _steps(found: Findings) -> list[tuple[int, str, str, NDArray[np.bool_]]]:
    """Place, measure and rung of each step, with the counted worlds that have it."""
    today = found.base.problem.structure.status_quo
    levels = found.chosen.levels[found.chosen.accepted]
    steps = []
    for place, measure in enumerate(found.case.measures):
        has = levels[:, place] > today[place]
        if has.any():
            tops = np.unique(levels[has, place])
            rung = measure.rungs[int(tops[0]) - 1].id if tops.size == 1 else ""
            steps.append((place, measure.id, rung, has))
    return steps


def _survival(found: Findings) -> Rows:
    today = found.base.problem.structure.status_quo
    before = found.chosen.levels[found.chosen.accepted]
    rows: Rows = []
    for held in found.held:
        after = held.fallen.levels[found.chosen.accepted]
        for place, measure, rung, has in _steps(found):
            stands = after[has, place] >= before[has, place]
            partly = ~stands & (after[has, place] > today[place])
            key = held.governments.key
            rows.append((key, measure, rung, int(has.sum()), *share_where(stands), _mean(partly)))
    return rows


def _falls(found: Findings) -> Rows:
    rows: Rows = []
    for held in found.held:
        mine = [_fall(found, held, *step) for step in _steps(found)]
        fell = [row for row in mine if row is not None]
        rows += sorted(fell, key=lambda row: -float(str(row[7])))
    return rows


def _fall(
    found: Findings, held: Held, place: int, measure: str, rung: str, has: NDArray[np.bool_]
) -> tuple[object, ...] | None:
    order = held.fallen.place[found.chosen.accepted][has, place]
    cause = held.fallen.cause[found.chosen.accepted][has, place]
    fell = order > 0
    if not fell.any():
        return None
    owners, counts = np.unique(cause[fell & (cause >= 0)], return_counts=True)
    who = found.case.constituencies[int(owners[counts.argmax()])].id if owners.size else ""
    return (
        held.governments.key,
        measure,
        rung,
        int(has.sum()),
        *share_where(fell),
        *share_where((order == 1) & (cause != FOLLOWS)),
        float(np.median(order[fell])),
        who,
        _mean(cause[fell] == FOLLOWS),
    )


def _guarantees(found: Findings) -> Rows:
    rows: Rows = []
    for held in found.held:
        for name, fallen in held.guaranteed.items():
            fell = _fell(found, fallen)
            rows.append(
                (
                    name,
                    held.governments.key,
                    fell.shape[0],
                    *share_where(~fell.any(axis=1)),
                    *quartiles(_kept(found, fallen)),
                    _mean(fell.sum(axis=1)),
                )
            )
    order = {name: place for place, name in enumerate(dict.fromkeys(str(row[0]) for row in rows))}
    return sorted(rows, key=lambda row: order[str(row[0])])


def _reversals(found: Findings) -> Rows:
    counted = found.chosen.accepted
    rows: Rows = []
    parties = [party.id for party in found.case.parties]
    for held in found.held:
        for (by, who), cost in held.rules.asked.items():
            left = held.fallen.left[counted, parties.index(by)]
            if not left.any():
                continue
            asked = cost[counted] * left
            rows.append(
                (
                    held.governments.key,
                    by,
                    who,
                    int(counted.sum()),
                    _mean(left),
                    *quartiles(asked),
                    _closed(found, held, by, who),
                )
            )
    return rows


def _closed(found: Findings, held: Held, by: str, who: str) -> float:
    """Share of next shared steps that an executive carried and, asking more, no longer carries."""
    names = held.rules.names
    case, values, structure = found.case, held.rules.problem.values, held.rules.problem.structure
    partner = case.constituency[who].party
    asked = held.rules.asked[by, who] * held.fallen.left[:, [p.id for p in case.parties].index(by)]
    worlds = np.arange(asked.size)
    before = closed = 0
    for row, name in enumerate(names.rows):
        if name.kind != "floor" or name.constituency != who or name.level:
            continue
        measure = case.measure[name.measure]
        if not {by, partner} <= set(measure.participants):
            continue
        place = names.measures.index(name.measure)
        level = held.fallen.levels[:, place] + 1
        there = (level <= len(measure.rungs)) & found.chosen.accepted & values.row_on[:, row]
        start = structure.coef_start[structure.row_start[row]]
        worth = values.coef[worlds, start + np.minimum(level, len(measure.rungs))] / MICRO
        carried = there & (worth >= 0)
        before += int(carried.sum())
        closed += int((carried & (worth < asked)).sum())
    return closed / before if before else float("nan")


def _losses(found: Findings) -> Rows:
    rows: Rows = []
    for who, fallen in found.withdrawn.items():
        fell = _fell(found, fallen)
        if fell.any():
            lost = _lost(found, fallen)
            rows.append((who, fell.shape[0], _mean(fell.sum(axis=1)), *quartiles(lost)))
    return sorted(rows, key=lambda row: -float(str(row[4])))


def _distance(found: Findings) -> Rows:
    singles = {
        held.governments.key: (next(iter(held.governments.changed)), held.fallen)
        for held in found.held
        if len(held.governments.changed) == 1
    }
    rows: Rows = []
    for one in found.apart:
        others = [
            (*_mean_error(_lost(found, fallen)), key)
            for key, (party, fallen) in singles.items()
            if party != one.party
        ]
        lost, error = _mean_error(_lost(found, one.fallen))
        other, other_error, key = max(others, default=(float("nan"), float("nan"), ""))
        rows.append(
            (
                one.party,
                one.kind,
                one.parameter,
                one.value,
                one.range_high,
                lost,
                error,
                key,
                other,
                other_error,
                int(found.chosen.accepted.sum()),
            )
        )
    return rows


def _mean_error(values: Floats) -> tuple[float, float]:
    if values.size < 2:
        return _mean(values), float("nan")
    return float(values.mean()), standard_error(values)


def _calendar(found: Findings) -> Rows:
    if not found.dated:
        return []
    counted = found.chosen.accepted
    before = found.chosen.levels[counted]
    rows: Rows = []
    first: tuple[object, ...] = (found.case.as_of, 0, "", "", 0.0)
    moments: list[tuple[tuple[object, ...], NDArray[np.int8]]] = [(first, before)]
    for one in found.dated:
        quarter = quarters_after(found.case.as_of, one.election.date)
        change = _mean(one.changed[counted])
        head: tuple[object, ...] = (
            one.election.date,
            quarter,
            one.election.id,
            one.election.party,
            change,
        )
        moments.append((head, one.levels[counted]))
    for said, after in moments:
        rows += _standing(found, said, before, after)
    return rows


def _standing(
    found: Findings,
    said: tuple[object, ...],
    before: NDArray[np.int8],
    after: NDArray[np.int8],
) -> Rows:
    """List the whole and every step with the share of worlds in which it stands."""
    stands = after >= before
    whole = share_where(stands.all(axis=1))
    rows: Rows = [(*said, "all", "", len(before), *whole)]
    for place, measure, rung, has in _steps(found):
        rows.append((*said, measure, rung, int(has.sum()), *share_where(stands[has, place])))
    return rows


def _courses(found: Findings) -> Rows:
    counted = found.chosen.accepted
    before = found.chosen.levels[counted]
    rows: Rows = []
    for course in found.courses:
        key = course.governments.key
        rows += _standing(found, (key, found.case.as_of, 0, ""), before, before)
        for one in course.dated:
            quarter = quarters_after(found.case.as_of, one.election.date)
            head = (key, one.election.date, quarter, one.election.party)
            rows += _standing(found, head, before, one.levels[counted])
    return rows


def _durable(found: Findings) -> Rows:
    levels, survives = found.durable.levels, found.durable.survives
    structure, depth = found.base.problem.structure, found.base.problem.values.depth
    first = structure.first[:-1]
    tops = np.maximum(depth[:, structure.first[1:] - 1].sum(axis=1), 1)

    def middle(package: NDArray[np.int8]) -> float:
        return float(np.median(100.0 * depth[:, first + package].sum(axis=1) / tops))

    shared = (*share_where(survives), survives.size, middle(levels), middle(structure.status_quo))
    rows: Rows = []
    for place, measure in enumerate(found.case.measures):
        level = int(levels[place])
        rung = measure.rungs[level - 1].id if level else ""
        rows.append((measure.id, level, rung, level > measure.status_quo, *shared))
    return rows
