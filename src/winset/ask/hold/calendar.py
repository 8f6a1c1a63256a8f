"""What still stands after each election, governments drawn anew at every date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.hold.governments import Governments
from winset.ask.hold.leaving import Leaving, part, settle_down
from winset.case.model import Case, Election
from winset.worlds import Worlds
from winset.worlds.keyed import uniform

Types = dict[str, NDArray[np.int64]]


@dataclass(frozen=True)
class Dated:
    """The package after an election.

    Attributes
    ----------
    election
        The election; its day is when the winner takes office.
    changed
        [world] whether another type of government took over.
    levels
        [world, measure] what stands afterwards.
    """

    election: Election
    changed: NDArray[np.bool_]
    levels: NDArray[np.int8]


def through_elections(
    case: Case,
    worlds: Worlds,
    combos: Sequence[Governments],
    rules: Callable[[int, str], Leaving],
    levels: NDArray[np.int8],
) -> list[Dated]:
    """Let every election of the calendar pass, in the order of its dates.

    At an election another type takes over in the drawn share of worlds; which one is drawn with
    equal shares among those asked about.  The new government then stays in or leaves each step.

    Parameters
    ----------
    case, worlds
        The case, and the worlds under the present governments.
    combos
        Combinations of governments that were asked about.
    rules
        Who may leave what: by number of the combination and party that has just changed.
    levels
        [world, measure] the package in place on the first day.
    """
    names: Mapping[str, list[str]] = {
        party: list(dict.fromkeys(dict(one.types)[party] for one in combos))
        for party, _ in combos[0].types
    }
    now: Types = {party: np.zeros(worlds.n, dtype=np.int64) for party in names}
    place = {
        tuple(names[party].index(kind) for party, kind in one.types): index
        for index, one in enumerate(combos)
    }
    levels = levels.copy()
    left = np.zeros((worlds.n, len(case.parties)), dtype=np.int16)
    found = []
    for election in case.elections:
        party = election.party
        if len(names.get(party, ())) < 2:
            continue
        changed = _draw(worlds, election, now[party], len(names[party]))
        combo = np.array([place[key] for key in zip(*now.values(), strict=True)])
        for index in np.unique(combo[changed]):
            here = np.flatnonzero(changed & (combo == index))
            fallen = settle_down(part(rules(int(index), party), here), levels[here], left[here])
            levels[here], left[here] = fallen.levels, fallen.left
        found.append(Dated(election, changed, levels.copy()))
    return found


@dataclass(frozen=True)
class Course:
    """The package through the elections, towards one combination of governments.

    Attributes
    ----------
    governments
        Who governs in the end.
    dated
        After each election at which a party gets the type it has in that combination.
    """

    governments: Governments
    dated: Sequence[Dated]


def towards(
    case: Case,
    worlds: Worlds,
    combos: Sequence[Governments],
    rules: Callable[[int, str], Leaving],
    levels: NDArray[np.int8],
) -> list[Course]:
    """Let each party get its type of each combination at its next election, in all worlds.

    Nothing is drawn: each course says what would stand from when on *if* these governments came,
    each at the first chance.  Combinations of which some party never votes are left out.

    Parameters
    ----------
    case, worlds, combos, rules, levels
        As in :func:`through_elections`.
    """
    place = {one.types: index for index, one in enumerate(combos)}
    voting = {election.party for election in case.elections}
    found = []
    for target in combos:
        if not target.changed or not target.changed <= voting:
            continue
        now, stands = dict(combos[0].types), levels.copy()
        left = np.zeros((worlds.n, len(case.parties)), dtype=np.int16)
        dated = []
        for election in case.elections:
            party = election.party
            wanted = dict(target.types).get(party)
            if wanted is None or wanted == now[party]:
                continue
            now[party] = wanted
            index = place[tuple(now.items())]
            fallen = settle_down(rules(index, party), stands, left)
            stands, left = fallen.levels, fallen.left
            dated.append(Dated(election, np.ones(worlds.n, dtype=np.bool_), stands.copy()))
        found.append(Course(target, dated))
    return found


def _draw(
    worlds: Worlds, election: Election, now: NDArray[np.int64], types: int
) -> NDArray[np.bool_]:
    """Draw who governs after an election into ``now``; tell where the type changed."""
    address = election.value.address
    change = uniform(worlds.rng, f"{address}/change", worlds.first, worlds.n)
    changed = change < worlds.numbers[address]
    step = uniform(worlds.rng, f"{address}/type", worlds.first, worlds.n) * (types - 1)
    other = (now + 1 + step.astype(np.int64)) % types
    now[changed] = other[changed]
    return np.asarray(changed)
