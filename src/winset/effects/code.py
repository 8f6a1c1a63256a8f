"""From a computed effect to a value of a case: a row of effects.csv with basis C."""

from __future__ import annotations

from collections.abc import Mapping
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
        return EFFECTS.from_rows(
            (
                f"{self.card.id}.{one.name}",
                self.rung,
                one.unit,
                *(float(end) for end in np.quantile(self.differences[one.name], _ENDS)),
                float(self.differences[one.name].mean()),
                one.better,
                one.meaning,
            )
            for one in self.card.outputs
        )

    def row(self, output: str, measure: str, criterion: str) -> str:
        """Write the row of effects.csv that puts one output into a case.

        A code is :data:`TOP` times the difference of a share: from none to all is the top of the
        scale.  That reading is a convention, and the note says so.
        """
        better = next(one.better for one in self.card.outputs if one.name == output)
        sign = TOP if better == "more" else -TOP
        codes = np.clip(sign * self.differences[output], -TOP, TOP)
        low, middle, high = (f"{float(end):.2f}" for end in np.quantile(codes, _ENDS))
        note = (
            f"{output} of {self.rung} against {self.card.rungs[0]}; {TOP:g} times the share; "
            f"{self.worlds} worlds; rng {self.rng}"
        )
        return f"{measure},{criterion},,{low},{middle},{high},,C,model:{self.card.id},{note}"


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
