"""Shocks put on dates: they come in their quarter in every world, beside those that are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.case.model import Case
from winset.errors import AskError, nearest
from winset.problem.elections import elections_in
from winset.problem.timing import Timed, Weather, timing_of

Floats = NDArray[np.float64]
CERTAIN = -1.0
"""A number below every probability, 0 included."""
_FORM = re.compile(r"\s*([^@\s]+)\s*@\s*(\d+)\s*")


@dataclass(frozen=True)
class Dated:
    """A shock, or a change of government, in one quarter of every world."""

    shock: str
    quarter: int
    slot: str
    """Name of its uniform number."""

    def __str__(self) -> str:
        return f"{self.shock}@{self.quarter}"


def dated_shocks(case: Case, texts: Iterable[str], quarters: int) -> tuple[Dated, ...]:
    """Read shocks with their quarters, as ``X2@6``; several in one quarter strike together.

    Parameters
    ----------
    case
        A case with time.
    texts
        ``SHOCK@QUARTER``. Shocks from outside can come in any quarter, a change of government in
        one in which that party votes.
    quarters
        Horizon.

    Raises
    ------
    AskError
        Another form, an unknown shock, one that the model brings about by itself, a quarter out of
        the horizon or without an election, a shock named twice in one quarter.
    """
    found: dict[str, Dated] = {}
    for text in texts:
        one = _read(case, text, quarters)
        if str(one) in found:
            message = f"{one.shock} is named twice in quarter {one.quarter}; name it once."
            raise AskError(message)
        found[str(one)] = one
    return tuple(sorted(found.values(), key=lambda one: (one.quarter, one.shock)))


def _read(case: Case, text: str, quarters: int) -> Dated:
    time = timing_of(case)
    form = _FORM.fullmatch(text)
    if form is None:
        message = f"{text!r} is no shock on a date. Write SHOCK@QUARTER, say X2@6."
        raise AskError(message)
    name, quarter = form[1], int(form[2])
    changes = {one.shock: party for party, one in time.governments.items() if one.shock}
    allowed = [*time.rates, *changes]
    if name not in case.shock:
        message = f"There is no shock {name!r}. Those that can be dated: {', '.join(allowed)}."
        raise AskError(message, nearest=nearest(name, allowed))
    if name not in allowed:
        message = (
            f"{name} ({case.shock[name].words.phrase}) comes out of the model and cannot be put on a "
            f"date. Those that can be: {', '.join(allowed)}."
        )
        raise AskError(message)
    if not 1 <= quarter <= quarters:
        message = f"{text}: quarter {quarter} is not followed; 1 to {quarters} are."
        raise AskError(message)
    if name in time.rates:
        return Dated(name, quarter, f"shock/{name}")
    return _change(case, name, changes[name], quarter, quarters)


def _change(case: Case, name: str, party: str, quarter: int, quarters: int) -> Dated:
    time = timing_of(case)
    role = time.parties.index(party)
    polls = {one.quarter: one for one in elections_in(case, time, quarters) if one.role == role}
    if quarter not in polls:
        held = ", ".join(map(str, polls)) or "none"
        message = f"{name}@{quarter}: quarters in which {party} can take a new government: {held}; name one."
        raise AskError(message)
    return Dated(name, quarter, f"election/{polls[quarter].id}")


def struck(timed: Timed, air: Weather, dated: Sequence[Dated]) -> Timed:
    """Return worlds in which dated shocks come for certain; all else is as it was drawn."""
    if not dated:
        return timed
    chance: Floats = timed.draws.chance.copy()
    for one in dated:
        chance[:, one.quarter - 1, air.slots.index(one.slot)] = CERTAIN
    return replace(timed, draws=timed.draws._replace(chance=chance))
