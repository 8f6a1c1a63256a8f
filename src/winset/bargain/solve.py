"""Where on the exact frontier of a bargain do the solutions lie?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from winset.ask.settle.mixtures import Mixture, mix
from winset.ask.settle.solutions import best_for, choose, rules
from winset.bargain import schemas
from winset.bargain.answer import BargainAnswer
from winset.bargain.files import read_bargain
from winset.bargain.model import Bargain
from winset.engine.frontier import MEMORY, Frontier, additive_frontier, members
from winset.errors import AskError, LimitError, nearest
from winset.run import run_without_case

Floats = NDArray[np.float64]
UNIT = 1e-9
"""Utilities of a value are rounded to multiples of this; everything after is exact."""
_MEMBERS = 10
_MANY = 3


@dataclass(frozen=True)
class _Found:
    bargain: Bargain
    border: Frontier
    points: Floats
    """[point, party] utilities, those that give everybody at least its fallback."""
    places: NDArray[np.intp]
    """[point] place on the frontier."""
    without: Floats
    picks: dict[str, int]
    mixtures: dict[str, Mixture]


def bargain(
    source: Bargain | str | Path,
    *,
    parties: Sequence[str] = (),
    disagreement: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
    mixtures: bool = False,
    memory: int = MEMORY,
) -> BargainAnswer:
    """Where would rules of dividing settle a bargain, exactly, with all that is as good?

    Utilities are rounded to a billionth, then every outcome is taken account of: the frontier is
    merged matter by matter, and outcomes that give everybody the same stay together as one class.

    Parameters
    ----------
    source
        A bargain, or a folder of GENIUS XML or NegMAS YAML files.
    parties
        Who bargains, by name; everybody who has a profile by default.
    disagreement
        Utility of a party without an agreement, in place of the reservation of its file; where
        neither says any, the least that an outcome gives it.
    weights
        Bargaining weights of the weighted Nash solution; 1 where not said.
    mixtures
        Whether to find each solution over mixtures of outcomes too.
    memory
        Bytes that one merge of the frontier may take.

    Returns
    -------
    BargainAnswer
        Tables ``solutions`` and ``settlements`` (a row a solution and party, or matter),
        ``frontier`` (a row an outcome and party), ``profiles`` and ``left_out``; utilities on the
        scale of the files.

    Raises
    ------
    AskError
        Unknown parties, numbers that are not finite, weights that are not positive.
    CaseError
        Something in the files is wrong.
    LimitError
        The frontier would not fit into memory; said before the merge that would break it.
    """
    whole = source if isinstance(source, Bargain) else read_bargain(source)
    one = whole.only(parties) if parties else whole
    names = [profile.name for profile in one.profiles]
    fallback = [
        profile.least if profile.reservation is None else profile.reservation
        for profile in one.profiles
    ]
    without = _by_party(names, disagreement, "disagreement", fallback)
    powers = None if weights is None else _by_party(names, weights, "weights", [1.0] * len(names))
    if powers is not None and (powers <= 0).any():
        raise AskError("weights are positive: a weight of 0 or less leaves nothing to bargain for.")
    found = _solve(one, without, powers, mixtures=mixtures, memory=memory)
    tables = (
        schemas.SOLUTIONS.from_rows(_solutions(found)),
        schemas.SETTLEMENTS.from_rows(_settlements(found)),
        schemas.FRONTIER.from_rows(_frontier(found)),
        schemas.PROFILES.from_rows(
            (each.name, each.least, each.most, without[place], each.discount)
            for place, each in enumerate(one.profiles)
        ),
        schemas.LEFT_OUT.from_rows([(what,) for what in one.left_out]),
    )
    asked: dict[str, object] = {
        "parties": [*parties],
        "disagreement": dict(disagreement or {}),
        "weights": dict(weights or {}),
        "mixtures": mixtures,
    }
    name = whole.name if isinstance(source, Bargain) else str(source)
    return BargainAnswer(
        bargain=one,
        run=run_without_case(
            one.name,
            one.hash,
            worlds=1,
            rng=0,
            command=" ".join(
                [
                    "winset settle",
                    name,
                    *_options(parties, disagreement, weights, mixtures=mixtures),
                ]
            ),
        ),
        tables={table.name: table for table in tables},
        parameters={**asked, "outcomes": one.outcomes, "unit": UNIT},
    )


def _options(
    parties: Sequence[str],
    disagreement: Mapping[str, float] | None,
    weights: Mapping[str, float] | None,
    *,
    mixtures: bool,
) -> list[str]:
    """Write what was asked as options of the command line."""
    told = [f"--party={who}" for who in parties]
    told += [f"--disagreement={who}={value}" for who, value in (disagreement or {}).items()]
    told += [f"--weight={who}={value}" for who, value in (weights or {}).items()]
    return told + (["--mixtures"] if mixtures else [])


def _by_party(
    names: list[str], given: Mapping[str, float] | None, what: str, default: list[float]
) -> Floats:
    values = np.array(default, dtype=np.float64)
    for name, value in (given or {}).items():
        if name not in names:
            raise AskError(f"{what}: there is no party {name!r}.", nearest=nearest(name, names))
        if not isfinite(value):
            raise AskError(f"{what}: the value of {name} is not a finite number.")
        values[names.index(name)] = value
    return values


def _solve(
    one: Bargain, without: Floats, powers: Floats | None, *, mixtures: bool, memory: int
) -> _Found:
    gains = [
        np.rint(
            np.array(
                [
                    [each.weights[place] * worth for worth in each.evaluations[place]]
                    for each in one.profiles
                ]
            ).T
            / UNIT
        )
        for place in range(len(one.matters))
    ]
    try:
        border = additive_frontier(gains, memory=memory)
    except MemoryError as error:
        hint = " Settle between fewer parties." if len(one.profiles) > _MANY else ""
        raise LimitError(f"{one.name}, {one.outcomes:,} outcomes: {error}{hint}") from error
    except ValueError as error:
        raise LimitError(
            f"{one.name}: {error}. Settle fewer matters at once, or drop values nobody wants."
        ) from error
    points = (border.points * UNIT).astype(np.float64)
    places = np.flatnonzero((points >= without - UNIT / 2).all(axis=1))
    points = points[places]
    picks: dict[str, int] = {}
    mixed: dict[str, Mixture] = {}
    if places.size:
        surplus = np.maximum(points - without, 0.0)
        ideal = surplus.max(axis=0)
        named = rules(powers) | {
            f"best:{each.name}": best_for(place) for place, each in enumerate(one.profiles)
        }
        picks = {name: choose(rule, surplus, ideal) for name, rule in named.items()}
        if mixtures:
            mixed = mix(surplus, ideal, weight=powers)
    return _Found(one, border, points, places, without, picks, mixed)


def _gains(found: _Found) -> dict[str, tuple[Floats, int]]:
    """By solution: utilities [party], and how many outcomes give exactly these."""
    told = {
        name: (found.points[point], int(found.border.packages[found.places[point]]))
        for name, point in found.picks.items()
    }
    for name, mixture in found.mixtures.items():
        told[f"mixed:{name}"] = (mixture.shares @ found.points[mixture.points], 1)
    return told


def _solutions(found: _Found) -> list[tuple[object, ...]]:
    most = found.points.max(axis=0, initial=-np.inf) - found.without
    span = np.where(most > 0, most, np.nan)
    return [
        (name, each.name, utility[place], of_best[place], count)
        for name, (utility, count) in _gains(found).items()
        for of_best in [100.0 * (utility - found.without) / span]
        for place, each in enumerate(found.bargain.profiles)
    ]


def _settlements(found: _Found) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, point in found.picks.items():
        outcomes = islice(members(found.border, int(found.places[point])), _MEMBERS)
        for member, levels in enumerate(outcomes, start=1):
            rows += _outcome(found, name, member, 1.0, levels.tolist())
    for name, mixture in found.mixtures.items():
        for member, (point, share) in enumerate(
            zip(mixture.points.tolist(), mixture.shares.tolist(), strict=True), start=1
        ):
            levels = next(members(found.border, int(found.places[point])))
            rows += _outcome(found, f"mixed:{name}", member, share, levels.tolist())
    return rows


def _outcome(
    found: _Found, name: str, member: int, share: float, levels: list[int]
) -> list[tuple[object, ...]]:
    return [
        (name, member, share, matter.name, matter.values[level])
        for matter, level in zip(found.bargain.matters, levels, strict=True)
    ]


def _frontier(found: _Found) -> list[tuple[object, ...]]:
    return [
        (point + 1, each.name, found.border.points[point, place] * UNIT, count)
        for point, count in enumerate(found.border.packages.tolist())
        for place, each in enumerate(found.bargain.profiles)
    ]
