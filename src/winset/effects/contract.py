"""What every effects model promises: inputs with units and sources, differences, and what it does not claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Drawn = Mapping[str, NDArray[np.float64]]

GATES = ("identities", "oracle", "events", "null model")
"""What a model must pass before it may feed an answer, in this order."""
_REFERENCE = re.compile(r"model:([a-z][a-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class Input:
    """One uncertain number a model reads: range, unit and where the range comes from."""

    name: str
    unit: str
    low: float
    mode: float
    high: float
    basis: str
    """``X`` where a published figure stands behind the range, ``A`` where nothing does."""
    source: str


@dataclass(frozen=True, slots=True)
class Output:
    """One computed difference from the present baseline."""

    name: str
    unit: str
    better: Literal["more", "less"]
    meaning: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader must know before using a number of a model.

    Attributes
    ----------
    id
        Name by which a case refers to it: ``model:ID`` in the column refs of a row of basis C.
    question
        What the model answers.
    baseline
        What is there today; every output is a difference from it.
    rungs
        Forms of the cooperation it tells apart, least first; the first one changes nothing.
    claims, does_not_claim
        Printed wherever a number of the model appears.
    gates
        One sentence for each of :data:`GATES`: how it is held, or that it is not.
    null_beaten
        Whether the model beats its null model.  If not it may give ranges only.
    """

    id: str
    question: str
    baseline: str
    rungs: tuple[str, ...]
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    claims: tuple[str, ...]
    does_not_claim: tuple[str, ...]
    gates: tuple[tuple[str, str], ...]
    null_beaten: bool

    def __str__(self) -> str:
        lines = [f"{self.id}: {self.question}", f"  baseline   {self.baseline}"]
        lines.append(f"  rungs      {', '.join(self.rungs)}")
        lines += [
            f"  input      {one.name} {one.low:g} to {one.high:g} {one.unit}, middle {one.mode:g} "
            f"({one.basis}: {one.source})"
            for one in self.inputs
        ]
        lines += [f"  output     {one.name} [{one.unit}]: {one.meaning}" for one in self.outputs]
        lines += [f"  claims     {line}" for line in self.claims]
        lines += [f"  not        {line}" for line in self.does_not_claim]
        lines += [f"  gate       {name}: {how}" for name, how in self.gates]
        return "\n".join(lines)


class Model(Protocol):
    """One signature for all: a rung and drawn inputs give differences, a number each world."""

    @property
    def card(self) -> Card:
        """What a reader must know."""

    def effect(self, rung: str, inputs: Drawn, *, rng: int, first: int) -> Drawn:
        """Compute the effect of a rung.

        Parameters
        ----------
        rung
            One of the rungs of the card.
        inputs
            [world] drawn inputs by name.
        rng, first
            Seed of further keyed streams, and the number of the first world.

        Returns
        -------
        Mapping
            [world] each output of the card, as difference from the baseline; exactly zero for the
            first rung.
        """


def model_named(refs: Sequence[str]) -> tuple[str, ...]:
    """Return the models a list of references names.

    Examples
    --------
    >>> model_named(["S0.p14", "model:warning"])
    ('warning',)
    """
    return tuple(found[1] for ref in refs if (found := _REFERENCE.fullmatch(ref)))
