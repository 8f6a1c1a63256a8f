"""From a computed effect to a value of a case: a row of effects.csv with basis C."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from winset.effects.catalogue import card
from winset.effects.contract import Card
from winset.effects.draws import draw_inputs, normal_stream
from winset.effects.schemas import EFFECTS
from winset.tables import Table

Floats = NDArray[np.float64]

TOP = 3.0
"""Code of a measure that takes a share from none to all."""
_ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class Computed:
    """Differences from the baseline that a rung makes, over worlds.

    Attributes
    ----------
    card
        What the model claims and what it does not.
    rung
        Which form was compared with the first.
    differences
        [world] by output.
    """

    card: Card
    rung: str
    worlds: int
    rng: int
    differences: Mapping[str, Floats]

    def table(self) -> Table:
        """Return low, middle and high (5, 50, 95 in 100 worlds) of every output."""
        return EFFECTS.from_rows(effect_rows(self.card, self.rung, self.differences))

    def row(self, output: str, measure: str, criterion: str) -> str:
        """Write the row of effects.csv that puts one output into a case.

        A code is :data:`TOP` times the difference of a share: from none to all is the top of the
        scale.  That reading is a convention, and the note says so.
        """
        better = next(one.better for one in self.card.outputs if one.name == output)
        ends = (float(end) for end in np.quantile(self.differences[output], _ENDS))
        low, middle, high = (f"{code:.2f}" for code in coded(*ends, better=better))
        note = (
            f"{output} of {self.rung} against {self.card.rungs[0]}; {TOP:g} times the share; "
            f"{self.worlds} worlds; rng {self.rng}"
        )
        return f"{measure},{criterion},,{low},{middle},{high},,C,model:{self.card.id},{note}"


def effect_rows(
    about: Card, rung: str, differences: Mapping[str, Floats]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the table ``effects`` for one form: ends, middle and mean over worlds."""
    for one in about.outputs:
        each = differences[one.name]
        yield (
            f"{about.id}.{one.name}",
            rung,
            one.unit,
            *(float(end) for end in np.quantile(each, _ENDS)),
            float(each.mean()),
            one.better,
            one.meaning,
        )


def coded(low: float, mode: float, high: float, *, better: str) -> tuple[float, float, float]:
    """Turn a difference of shares into codes on the scale of effects, better is positive.

    Examples
    --------
    >>> coded(0.125, 0.25, 0.5, better="less")
    (-1.5, -0.75, -0.375)
    """
    ends = [min(max(TOP * one, -TOP), TOP) for one in (low, mode, high)]
    if better == "less":
        ends = [-one for one in reversed(ends)]
    return ends[0], ends[1], ends[2]


def compute(name: str, rung: str, *, n: int = 1000, rng: int = 1) -> Computed:
    """Ask a model what a rung changes.

    Parameters
    ----------
    name
        Model; see :func:`winset.effects.catalogue.names`.
    rung
        One of the rungs of its card.
    n, rng
        How many worlds, and which draw.

    Raises
    ------
    AskError
        There is no such model or rung.
    """
    about = card(name)
    model = import_module(f"winset.effects.{name}.model").MODEL
    inputs = draw_inputs(about.inputs, normal_stream(rng, 0, n, prefix="exercise"))
    return Computed(about, rung, n, rng, model.effect(rung, inputs, rng=rng, first=0))
