"""What the user wants in a package, and what not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case, Rung
from winset.engine.layout import Problem
from winset.errors import AskError, nearest

_UNWANTED = 1 << 31
"""Bit that shuts a level for a search of packages alone."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Rungs a package must reach, and rungs it must stay below.

    They restrict the packages that are put forward, not the verdicts on single rungs.
    """

    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.require or self.forbid)

    def words(self) -> str:
        """Return the options of the command line that say the same, each after a blank."""
        asked = (f" --require={rung}" for rung in self.require)
        barred = (f" --forbid={rung}" for rung in self.forbid)
        return "".join((*asked, *barred))


def read_wishes(case: Case, require: Sequence[str], forbid: Sequence[str]) -> Wishes:
    """Check wishes against a case.

    Raises
    ------
    AskError
        A rung the case does not have, or a rung both required (itself or one above it) and
        forbidden (itself or one below it).
    """
    wanted = [_known(case, rung) for rung in require]
    barred = [_known(case, rung) for rung in forbid]
    for rung in wanted:
        for other in barred:
            if rung.measure == other.measure and rung.level >= other.level:
                raise AskError(
                    f"{rung.id} is required and {other.id} is forbidden: a package that reaches "
                    f"{rung.id} has passed {other.id}. Drop one of the two."
                )
    for other in barred:
        if other.status_quo:
            raise AskError(
                f"{other.id} is in place today; a package cannot leave it. Forbid a rung beyond today."
            )
    return Wishes(tuple(dict.fromkeys(require)), tuple(dict.fromkeys(forbid)))


def _known(case: Case, rung: str) -> Rung:
    if rung not in case.rung:
        close = nearest(rung, case.rung, count=3)
        raise AskError(f"The case has no rung {rung!r}.", nearest=close)
    return case.rung[rung]


def within(problem: Problem, allowed: NDArray[np.bool_]) -> Problem:
    """Return a problem with the levels shut that are not allowed, [slot]."""
    shut = problem.values.shut | np.where(allowed, 0, _UNWANTED).astype(np.uint32)
    return problem._replace(values=problem.values._replace(shut=shut))


def allowed_slots(case: Case, wishes: Wishes) -> NDArray[np.bool_]:
    """Tell which levels a package may hold, [slot]."""
    parts = []
    for measure in case.measures:
        levels = np.arange(len(measure.rungs) + 1)
        mine = np.ones(levels.size, dtype=np.bool_)
        for rung in measure.rungs:
            if rung.id in wishes.require:
                mine &= levels >= rung.level
            if rung.id in wishes.forbid:
                mine &= levels < rung.level
        parts.append(mine)
    return np.concatenate(parts)
