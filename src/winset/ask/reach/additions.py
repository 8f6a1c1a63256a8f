"""What one step more would cost a package: the worlds it loses, and who refuses then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.units import CONSENT, Unit, blamed, failed_rows, failing, units_of
from winset.case.model import Case
from winset.engine import Judgement, judge
from winset.problem import Compiled

Levels = NDArray[np.int8]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Addition:
    """A package with one ladder a rung higher.

    Attributes
    ----------
    accepted
        [world] where it is accepted with the rung added.
    lost
        [world] where the package is accepted without the rung and not with it.
    limit, who
        What stops it in most of the worlds lost; empty where none is lost.
    stops
        [world] the worlds lost in which that is so.
    """

    package: str
    rung: str
    accepted: Bools
    lost: Bools
    limit: str
    who: str
    stops: Bools


def additions(
    case: Case, compiled: Compiled, packages: Mapping[str, Levels], allowed: Bools
) -> Iterator[Addition]:
    """Judge each package with each of its ladders moved one rung up.

    Parameters
    ----------
    compiled
        The worlds to judge in.
    packages
        [measure] levels by name.
    allowed
        [slot] levels that wishes leave open; steps onto others are not tried.
    """
    problem, units = compiled.problem, units_of(compiled.names)
    first = problem.structure.first
    for name, package in packages.items():
        before = judge(problem, package).accepted
        for place, measure in enumerate(case.measures):
            level = int(package[place]) + 1
            if level > len(measure.rungs) or not allowed[first[place] + level]:
                continue
            higher = package.copy()
            higher[place] = level
            judged = judge(problem, higher)
            lost = np.asarray(before & ~judged.accepted)
            stopped = blamed(problem, units, failing(units, judged)) & lost[:, None]
            rung = f"{measure.id}.{level}"
            yield _told(name, rung, judged, lost, stopped, units)


def _told(
    name: str,
    rung: str,
    judged: Judgement,
    lost: Bools,
    stopped: Bools,
    units: Sequence[Unit],
) -> Addition:
    counts = stopped.sum(axis=0)
    if not counts.any():
        return Addition(name, rung, judged.accepted, lost, "", "", np.zeros_like(lost))
    most = int(counts.argmax())
    unit, stops = units[most], stopped[:, most]
    limit = unit.limit
    if limit == "consent":
        limit = CONSENT[np.bitwise_or.reduce(unit.failed(failed_rows(judged)[stops]))]
    return Addition(name, rung, judged.accepted, lost, limit, unit.who, stops)
