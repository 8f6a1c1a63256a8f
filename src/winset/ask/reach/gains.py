"""What each government's executive gains over today from the packages offered and programmes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.schemas import GAINS
from winset.case.model import Case
from winset.engine import judge
from winset.problem import Compiled
from winset.tables import Table, wilson

_MICRO = 1_000_000
_QUARTILES = (0.25, 0.5, 0.75)

Levels = NDArray[np.int8]
Points = NDArray[np.float64]


def gains(case: Case, sample: Compiled, packages: Table) -> Table:
    """Weigh packages and programmes as the executive of each government does, against today.

    The gain is the sum that its limit on the whole compares with its threshold: gains times the
    offset, less losses.  ``percent`` divides it by the best middle world of the executive among
    the packages listed, so that governments are never added up.

    Parameters
    ----------
    case
        The case.
    sample
        Worlds in which the packages are weighed, all of them.
    packages
        The table of packages offered.
    """
    offered = {**_offered(case, sample, packages), **_programmes(case, sample)}
    rows = list(_executives(case, sample))
    today = _weighed(sample, _today(case, sample), rows)
    weighed = {name: _weighed(sample, row, rows) - today for name, row in offered.items()}
    return GAINS.from_rows(_rows(case, sample, weighed, rows))


def _rows(
    case: Case, sample: Compiled, weighed: dict[str, Points], rows: list[int]
) -> Iterator[tuple[object, ...]]:
    n = sample.stop - sample.start
    for place, row in enumerate(rows):
        who = sample.names.rows[row].constituency
        best = max((float(np.median(found[:, place])) for found in weighed.values()), default=0.0)
        for name, found in weighed.items():
            points = np.quantile(found[:, place], _QUARTILES)
            percent = 100.0 * points / best if best > 0 else np.full(3, np.nan)
            worse = int((found[:, place] < 0).sum())
            low, high = wilson(worse, n)
            yield (
                name,
                case.constituency[who].party,
                who,
                *points.tolist(),
                *percent.tolist(),
                worse / n,
                float(low),
                float(high),
                n,
            )


def _executives(case: Case, sample: Compiled) -> Iterator[int]:
    """Rows on the whole of the first executive of each party, in the order of the parties."""
    heads: dict[str, str] = {}
    for item in case.constituencies:
        if item.kind == "executive":
            heads.setdefault(item.party, item.id)
    row_of = {
        row.constituency: place
        for place, row in enumerate(sample.names.rows)
        if row.kind == "package"
    }
    for party in case.parties:
        if heads.get(party.id) in row_of:
            yield row_of[heads[party.id]]


def _weighed(sample: Compiled, package: Levels, rows: list[int]) -> Points:
    """Slack of some rows under a package in points, [world, row]."""
    slack = judge(sample.problem, package).row_slack[:, rows]
    scale = np.array([float(sample.names.row_scale[row]) for row in rows])
    found: Points = slack / (_MICRO * scale)
    return found


def _today(case: Case, sample: Compiled) -> Levels:
    return np.array([case.measure[name].status_quo for name in sample.names.measures], np.int8)


def _offered(case: Case, sample: Compiled, packages: Table) -> dict[str, Levels]:
    found: dict[str, Levels] = {}
    for row in packages.rows():
        package = found.setdefault(row["package"], _today(case, sample))
        package[sample.names.measures.index(row["measure"])] = row["rung_level"]
    return found


def _programmes(case: Case, sample: Compiled) -> dict[str, Levels]:
    found: dict[str, Levels] = {}
    for programme in case.programmes:
        package = found.setdefault(programme.id, _today(case, sample))
        for step in programme.steps:
            rung = case.rung.get(step.rung)
            if rung is not None:
                at = sample.names.measures.index(rung.measure)
                package[at] = max(package[at], rung.level)
    return found
