"""Every form of cooperation on the same launches and the same draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from winset.effects.draws import Stream, at_modes, draw_inputs, middle_stream, normal_stream
from winset.effects.warning.card import INPUTS
from winset.effects.warning.picture import Told, see, tell
from winset.effects.warning.setting import Form, Setting, Shot

Floats = NDArray[np.float64]
Report = Callable[[int, int], None]

BLOCK = 1024
"""Worlds computed at a time; no result depends on it."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What in fact happens with one shot, seconds from its launch.

    Attributes
    ----------
    boost, impact, cue_sight, cue
        [world] burnout, impact, launch cue and its arrival at the allies.
    ready
        [world, sensor] usable track; ``inf`` without one.
    threat
        [world, region] overflight or impact; ``inf`` where not threatened.
    """

    boost: Floats
    impact: Floats
    cue_sight: Floats
    cue: Floats
    ready: Floats
    threat: Floats


@dataclass(frozen=True, slots=True)
class Record:
    """All that happened: truths by shot, and what was told by form, shot and party."""

    setting: Setting
    shots: tuple[Shot, ...]
    worlds: int
    truths: Mapping[str, Truth]
    told: Mapping[tuple[str, str, str], Told]


def simulate(
    setting: Setting,
    shots: tuple[Shot, ...],
    *,
    n: int,
    rng: int = 1,
    first: int = 0,
    forms: tuple[Form, ...] | None = None,
    progress: Report | None = None,
) -> Record:
    """Run all shots under all forms in ``n`` worlds.

    The draws of a world depend on the seed, the address and the number of the world alone, so that
    forms differ in what is passed and in nothing else.
    """
    chosen = setting.forms if forms is None else forms
    parts = []
    for begin in range(0, n, BLOCK):
        size = min(BLOCK, n - begin)
        stream = normal_stream(rng, first + begin, size, prefix="exercise")
        parts.append(block(setting, shots, chosen, draw_inputs(INPUTS, stream), stream))
        if progress is not None:
            progress(begin + size, n)
    return joined(setting, shots, parts)


def in_the_middle(
    setting: Setting, shots: tuple[Shot, ...], forms: tuple[Form, ...] | None = None
) -> Record:
    """Run all shots once with every input at the middle of its range and without chance.

    Shares above one half happen; nothing is drawn, so the same scenario gives the same record.
    """
    chosen = setting.forms if forms is None else forms
    part = block(setting, shots, chosen, at_modes(INPUTS), middle_stream())
    return joined(setting, shots, [part])


def block(
    setting: Setting,
    shots: tuple[Shot, ...],
    forms: tuple[Form, ...],
    inputs: Mapping[str, Floats],
    stream: Stream,
) -> tuple[dict[str, Truth], dict[tuple[str, str, str], Told]]:
    """Run all shots under some forms in the worlds of one stream; a part of a record."""
    truths, told = {}, {}
    for shot in shots:
        seen = see(setting, shot, inputs, stream)
        truths[shot.id] = Truth(
            seen.boost, seen.impact, seen.cue_sight, seen.cue, seen.ready, seen.threat
        )
        for form in forms:
            for party, one in tell(setting, form, seen, inputs, stream).items():
                told[form.id, shot.id, party] = one
    return truths, told


_Kind = TypeVar("_Kind", Truth, Told)


def joined(
    setting: Setting,
    shots: tuple[Shot, ...],
    parts: list[tuple[dict[str, Truth], dict[tuple[str, str, str], Told]]],
) -> Record:
    """Put parts of a record together, in the order of their worlds."""
    truths = {key: _stacked(Truth, [part[0][key] for part in parts]) for key in parts[0][0]}
    told = {key: _stacked(Told, [part[1][key] for part in parts]) for key in parts[0][1]}
    worlds = sum(len(next(iter(part[0].values())).impact) for part in parts)
    return Record(setting, shots, worlds, truths, told)


def _stacked(kind: type[_Kind], parts: list[_Kind]) -> _Kind:
    return kind(
        **{
            one.name: np.concatenate([getattr(part, one.name) for part in parts])
            for one in fields(kind)
        }
    )
