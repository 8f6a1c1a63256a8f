"""From what was found in every world to the tables of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach import schemas
from winset.ask.reach.found import Floats, Found
from winset.ask.reach.limits import Tally
from winset.ask.reach.proposals import consenting
from winset.ask.reach.robust import CERTAINTIES
from winset.ask.reach.tabulate_proof import proposals
from winset.case.model import Case
from winset.tables import Table, quartiles, share_of
from winset.worlds import Worlds

Rows = list[tuple[object, ...]]


def tabulate(case: Case, worlds: Worlds, found: Found) -> Mapping[str, Table]:
    """Build every table of the answer from the worlds that were done."""
    tables = (
        schemas.RUNGS.from_rows(_rungs(case, found)),
        schemas.LIMITS.from_rows(_limits(found)),
        schemas.CLOSURES.from_rows(_closures(found)),
        schemas.JOINT.from_rows(_joint(found)),
        schemas.DOMAINS.from_rows(_domains(found)),
        schemas.PACKAGES.from_rows(_packages(case, found)),
        schemas.CERTAINTY.from_rows(_certainty(case, found)),
        *proposals(case, found),
        schemas.READINGS.from_rows(_readings(worlds, found)),
        schemas.VALLEYS.from_rows(_valleys(case, found)),
        schemas.DEEPEST.from_rows(_deepest(case, found)),
        _depth(worlds, found),
    )
    return {table.name: table for table in tables}


def _median(values: Floats) -> float:
    return quartiles(values)[1]


def _rungs(case: Case, found: Found) -> Rows:
    n = found.done
    group = {measure: block.id for block in case.groups for measure in block.measures}
    rows: Rows = []
    for target, rung in enumerate(found.targets.rung):
        noun = case.rung[rung]
        measure = case.measure[noun.measure]
        place = int(found.targets.measure[target])
        verdict = found.verdict[:n, target]
        deepest = int((found.levels[:n, place] >= noun.level).sum())
        sacrifice = found.sacrifice[:n, target]
        rows.append(
            (
                rung,
                noun.measure,
                noun.level,
                measure.domain,
                group.get(noun.measure, ""),
                noun.level <= measure.status_quo,
                *share_of(int((verdict == 1).sum()), n),
                int((verdict == -1).sum()) / n,
                *share_of(int(found.alone[:n, target].sum()), n),
                *share_of(deepest, n),
                _median(found.gain[:n, target]),
                _median(sacrifice),
                int((~np.isnan(sacrifice)).sum()),
                _reason(found.tallies[target]),
            )
        )
    return rows


def _reason(tally: Tally) -> str:
    """Name the limit that most often must give, alone or, failing that, with another."""
    counts = tally.alone or tally.joint
    if not counts:
        return ""
    limit, who = max(counts, key=lambda key: counts[key])
    return f"{limit} {who}".strip()


def _limits(found: Found) -> Rows:
    rows: Rows = []
    for target, rung in enumerate(found.targets.rung):
        tally = found.tallies[target]
        keys = sorted(
            {**tally.alone, **tally.joint},
            key=lambda key: (-tally.alone.get(key, 0), -tally.joint.get(key, 0), key),
        )
        for key in keys:
            prices = found.prices.get((target, key), [])
            rows.append(
                (
                    rung,
                    *key,
                    tally.closed,
                    *share_of(tally.alone.get(key, 0), tally.closed),
                    *share_of(tally.sole.get(key, 0), tally.closed),
                    tally.tried,
                    *share_of(tally.joint.get(key, 0), tally.tried),
                    *quartiles(prices),
                    len(prices),
                )
            )
    return rows


def _closures(found: Found) -> Rows:
    rows: Rows = []
    for target, rung in enumerate(found.targets.rung):
        tally = found.tallies[target]
        if tally.closed:
            more = tally.tried - tally.tried_one - tally.two - tally.three
            rows.append(
                (
                    rung,
                    tally.closed,
                    *share_of(tally.one, tally.closed),
                    tally.tried,
                    *share_of(tally.two, tally.tried),
                    *share_of(tally.three, tally.tried),
                    *share_of(more, tally.tried),
                )
            )
    return rows


def _joint(found: Found) -> Rows:
    rows: Rows = []
    for target, rung in enumerate(found.targets.rung):
        tally = found.tallies[target]
        for keys in sorted(tally.sets, key=lambda keys: (-tally.sets[keys], keys)):
            one, other, third = (*keys, ("", ""))[:3]
            share = share_of(tally.sets[keys], tally.tried)
            rows.append((rung, *one, *other, *third, len(keys), tally.tried, *share))
    return rows


def _domains(found: Found) -> Rows:
    n = found.done
    rows: Rows = []
    for place, domain in enumerate(found.domains):
        depth = found.depth[:n, place]
        if not np.isnan(depth).any():
            rows.append((domain, _median(found.today[:n, place]), *quartiles(depth)))
    return rows


def _packages(case: Case, found: Found) -> Rows:
    n = found.done
    rows: Rows = []
    for name, certainty in CERTAINTIES:
        step = found.deepest_step(certainty)
        if step == 0:
            continue
        depth = _median(found.path_depth[:n, step])
        today = _median(found.path_depth[:n, 0])
        share = share_of(int(found.accepted[step]), n)
        for place, measure in enumerate(case.measures):
            at = int(found.path.packages[step, place])
            rung = f"{measure.id}.{at}" if at else ""
            new = at > measure.status_quo
            gain = _gain(found, rung) if new else 0.0
            needs = " ".join(consenting(case, rung)) if new else ""
            coded = (needs, measure.effort.mode, measure.lag.mode)
            rows.append(
                (name, measure.id, at, rung, new, gain, *coded, certainty, *share, depth, today)
            )
    return rows


def _gain(found: Found, rung: str) -> float:
    if rung not in found.targets.rung:
        return float("nan")
    return _median(found.gain[: found.done, found.targets.rung.index(rung)])


def _certainty(case: Case, found: Found) -> Rows:
    """Return the packages that no other beats in both depth and worlds, the most certain first."""
    depth = found.path_depth[: found.done].sum(axis=0)
    order = sorted(range(depth.size), key=lambda step: (-found.accepted[step], -depth[step]))
    rows: Rows = []
    deepest = -1.0
    for step in order:
        if depth[step] <= deepest:
            continue
        deepest = depth[step]
        package = found.path.packages[step]
        new = " ".join(
            f"{measure.id}.{level}"
            for measure, level in zip(case.measures, package.tolist(), strict=True)
            if level > measure.status_quo
        )
        share = share_of(int(found.accepted[step]), found.done)
        rows.append((len(rows), new, *share, _median(found.path_depth[: found.done, step])))
    return rows


def _readings(worlds: Worlds, found: Found) -> Rows:
    n = found.done
    rows: Rows = []
    open_here = found.verdict[:n] == 1
    for choice in worlds.case.switches:
        drawn = worlds.option(choice.address)[:n]
        for place, option in enumerate(choice.options):
            mine = drawn == place
            counts = open_here[mine].sum(axis=0)
            for rung, count in zip(found.targets.rung, counts.tolist(), strict=True):
                total = int(mine.sum())
                rows.append((choice.id, option.id, rung, *share_of(count, total), total))
    return rows


def _valleys(case: Case, found: Found) -> Rows:
    n = found.done
    place = {rung: target for target, rung in enumerate(found.targets.rung)}
    rows: Rows = []
    for measure in case.measures:
        above = [r for r in measure.rungs if r.level > measure.status_quo and r.id in place]
        for early, late in pairwise(above):
            before = found.alone[:n, place[early.id]]
            after = found.alone[:n, place[late.id]]
            if after.sum() > before.sum():
                shares = (float(before.mean()), float(after.mean()))
                rows.append(
                    (early.id, late.id, *shares, *share_of(int((after & ~before).sum()), n))
                )
    return rows


def _deepest(case: Case, found: Found) -> Rows:
    n = found.done
    rows: Rows = []
    for place, measure in enumerate(case.measures):
        for level in range(len(measure.rungs) + 1):
            count = int((found.levels[:n, place] == level).sum())
            rung = f"{measure.id}.{level}" if level else ""
            rows.append((measure.id, level, rung, *share_of(count, n)))
    return rows


def _depth(worlds: Worlds, found: Found) -> Table:
    n, domains = found.done, len(found.domains)
    number: NDArray[np.int64] = np.arange(worlds.first, worlds.first + n)
    return schemas.DEPTH.table(
        {
            "world": np.repeat(number, domains),
            "domain": np.tile(np.array(found.domains), n),
            "depth": found.depth[:n].ravel(),
            "today": found.today[:n].ravel(),
        }
    )
