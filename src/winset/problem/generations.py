"""How publics come to weigh things differently as generations follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from winset.case.model import Timing
from winset.problem.frame import Floats, Frame
from winset.problem.revalue import differences
from winset.problem.values import Valued


def drift(frame: Frame, time: Timing, valued: Valued) -> Floats:
    """[world, side, criterion, slot] what one point more of a weight adds in a public, in points."""
    publics = [*time.pair.values()]
    table = np.zeros((frame.count, 2, len(time.drifting), int(frame.first[-1])))
    numbers = frame.worlds.numbers
    for place, criterion in enumerate(time.drifting):
        more = {
            address: numbers[address] + 1.0
            for who in publics
            if (address := f"weights/{who}/{criterion}") in numbers
        }
        worlds = replace(frame.worlds, numbers={**numbers, **more})
        for (who, measure), gap in differences(frame, valued, worlds).items():
            if who in publics:
                table[:, publics.index(who), place, frame.span(measure)] = gap
    return table


def room(frame: Frame, publics: Sequence[str], criteria: Sequence[str]) -> Floats:
    """[world, side, criterion, 2] how far below and above the weight its coded range reaches."""
    table = np.zeros((frame.count, 2, len(criteria), 2))
    for side, who in enumerate(publics):
        for place, criterion in enumerate(criteria):
            coded = frame.case.values.get(f"weights/{who}/{criterion}")
            if coded is not None:
                weight = frame.number(coded.address)
                table[:, side, place, 0] = np.maximum(weight - coded.low, 0.0)
                table[:, side, place, 1] = np.maximum(coded.high - weight, 0.0)
    return table
