"""Which package is put to the test: one by name, one of a programme, or one of the user's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.solve import reach
from winset.ask.reach.why import read_package
from winset.ask.settle.picked import SOLUTIONS, picked
from winset.case.model import Case, Programme
from winset.engine import deepest, judge
from winset.errors import AskError, nearest
from winset.problem import Compiled
from winset.worlds import Worlds

NAMED = ("safe", "balanced", "stretch", "deepest")
"""Packages by name: those of ``reach`` that stand in 95, 80 and 50 of 100 worlds, and the deepest."""
PROGRAMME = "programme:"
SETTLEMENT = "settlement:"

Levels = NDArray[np.int8]


@dataclass(frozen=True)
class Chosen:
    """A package in every world.

    Attributes
    ----------
    name
        ``balanced``, ``programme:ID``, ``settlement:SOLUTION``, ``your package``.
    levels
        [world, measure]
    accepted
        [world] whether the present governments accept it; only these worlds count.
    same
        Whether it is the same package in every world.
    """

    name: str
    levels: Levels
    accepted: NDArray[np.bool_]
    same: bool


def choose(
    case: Case,
    worlds: Worlds,
    base: Compiled,
    package: str | Mapping[str, int] | Iterable[str],
) -> Chosen:
    """Read what package was meant.

    Raises
    ------
    AskError
        No package, programme, measure or rung of that name, or the package is today's.
    """
    problem = base.problem
    if isinstance(package, str):
        name, levels = package, _named(case, worlds, base, package)
    elif isinstance(package, Mapping):
        name, levels = "your package", _row(case, read_package(case, (), package))
    else:
        name, levels = "your package", _row(case, read_package(case, tuple(package), None))
    today = problem.structure.status_quo
    if (levels == today).all():
        raise AskError(f"{name} changes nothing against today, so nothing of it can fall.")
    same = bool((levels == levels[:1]).all())
    levels = np.array(np.broadcast_to(levels, problem.values.depth.shape[:1] + today.shape))
    above = (levels > today).any(axis=1)
    return Chosen(name, levels, judge(problem, levels).accepted & above, same)


def _row(case: Case, levels: Mapping[str, int]) -> Levels:
    return np.array([[levels[measure.id] for measure in case.measures]], dtype=np.int8)


def _named(case: Case, worlds: Worlds, base: Compiled, name: str) -> Levels:
    programmes = {f"{PROGRAMME}{one.id}": one for one in case.programmes}
    settlements = {f"{SETTLEMENT}{one}": one for one in SOLUTIONS}
    if name in programmes:
        return _carried(base, case, programmes[name])
    if name in settlements:
        return picked(case, worlds, base, settlements[name])
    if name == "deepest":
        return deepest(base.problem).levels
    if name in NAMED:
        table = reach(case, worlds, rungs=()).table("packages").where(package=name)
        levels = {
            str(m): int(level) for m, level in zip(table["measure"], table["level"], strict=True)
        }
        if not levels:
            raise AskError(f"reach found no {name} package; ask about another one.")
        return _row(case, {m.id: levels.get(m.id, m.status_quo) for m in case.measures})
    known = [*NAMED, *programmes, *settlements]
    raise AskError(
        f"There is no package {name!r}; there are {', '.join(known)}, and a file of your own.",
        nearest=nearest(name, known),
    )


def _carried(base: Compiled, case: Case, programme: Programme) -> Levels:
    """Take the steps of a programme in order, in each world without those it refuses."""
    problem = base.problem
    place = {measure.id: index for index, measure in enumerate(case.measures)}
    count = problem.values.depth.shape[0]
    levels = np.tile(problem.structure.status_quo, (count, 1))
    for step in programme.steps:
        rung = case.rung[step.rung]
        tried = levels.copy()
        where = place[rung.measure]
        tried[:, where] = np.maximum(tried[:, where], rung.level)
        taken = judge(problem, tried).accepted
        levels[taken] = tried[taken]
    return levels
