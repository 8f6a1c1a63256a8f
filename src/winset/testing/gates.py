"""Gates every effects model passes before it feeds an answer, as test classes to derive from.

Derive one class a gate, fill in what it asks for, and pytest runs it::

    class TestIdentities(IdentityGate):
        def checks(self):
            yield Check("500 km", minimum_energy(500.0).seconds, 327.4, 0.1)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from winset.effects.contract import GATES, Model
from winset.effects.draws import draw_inputs, normal_stream

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Check:
    """One number, what it must be, and by how much it may differ."""

    name: str
    found: float
    wanted: float
    within: float

    @property
    def holds(self) -> bool:
        """Whether the number is as near as it must be; not a number never is."""
        return bool(abs(self.found - self.wanted) <= self.within)

    def __str__(self) -> str:
        return f"{self.name}: {self.found:.6g}, wanted {self.wanted:.6g} within {self.within:g}"


def hold(checks: Iterable[Check]) -> None:
    """Demand that all checks hold, and that there are any.

    Raises
    ------
    AssertionError
        Some do not; names all of them.
    """
    listed = [*checks]
    failed = [str(check) for check in listed if not check.holds]
    if failed or not listed:
        raise AssertionError("\n".join(failed) or "nothing was checked")


class _ChecksGate:
    def checks(self) -> Iterable[Check]:
        """Yield what must hold."""
        raise NotImplementedError

    def test_all_checks_hold(self) -> None:
        """Demand every check."""
        hold(self.checks())


class IdentityGate(_ChecksGate):
    """Closed forms and limits the model must reproduce."""


class OracleGate(_ChecksGate):
    """Numbers of another method that shares no code with the model."""


class EventsGate(_ChecksGate):
    """Published events, each with its source and tolerance."""


class NullGate:
    """Whether the model beats persistence or a base rate, as its card says.

    ``scores`` gives the error of the model and of the null model; a model without outcomes to
    score gives None, and its card must then not claim to beat anything.
    """

    model: ClassVar[Model]

    def scores(self) -> tuple[float, float] | None:
        """Return the errors of the model and of the null model."""
        raise NotImplementedError

    def test_the_card_claims_no_more_skill_than_was_shown(self) -> None:
        """Compare the scores with the card."""
        found = self.scores()
        better = found is not None and found[0] < found[1]
        if self.model.card.null_beaten != better:
            message = f"the card says null_beaten={self.model.card.null_beaten}, scores: {found}"
            raise AssertionError(message)


class ContractGate:
    """What the common contract promises, whatever the model computes."""

    model: ClassVar[Model]
    worlds: ClassVar[int] = 40

    def test_the_first_rung_changes_exactly_nothing(self) -> None:
        """Demand zeros, not small numbers."""
        found = self.effect(self.model.card.rungs[0])
        if any(np.any(values != 0) for values in found.values()):
            raise AssertionError({name: values.tolist() for name, values in found.items()})

    def test_every_output_of_the_card_has_one_number_a_world(self) -> None:
        """Demand all outputs of the card, finite, and no others."""
        wanted = {one.name for one in self.model.card.outputs}
        for rung in self.model.card.rungs:
            found = self.effect(rung)
            shapes = {values.shape for values in found.values()}
            finite = all(np.isfinite(values).all() for values in found.values())
            if set(found) != wanted or shapes != {(self.worlds,)} or not finite:
                raise AssertionError((rung, sorted(found), shapes))

    def test_a_world_does_not_depend_on_its_company(self) -> None:
        """Demand that some worlds alone are what they are among many."""
        rung = self.model.card.rungs[-1]
        whole, part = self.effect(rung), self.effect(rung, first=10, n=7)
        for name, values in part.items():
            if not np.array_equal(values, whole[name][10:17]):
                raise AssertionError(name)

    def test_the_card_is_complete(self) -> None:
        """Demand units, ordered ranges, sources, claims, limits and a word on every gate."""
        card = self.model.card
        poor = [
            one.name
            for one in card.inputs
            if not (one.low <= one.mode <= one.high and one.unit and one.source)
            or one.basis not in ("X", "A")
        ]
        gates = tuple(name for name, _ in card.gates)
        if poor or gates != GATES or not (card.claims and card.does_not_claim and card.baseline):
            raise AssertionError((poor, gates))

    def effect(self, rung: str, *, first: int = 0, n: int | None = None) -> Mapping[str, Floats]:
        """Compute the effect of a rung on drawn worlds."""
        size = self.worlds if n is None else n
        inputs = draw_inputs(
            self.model.card.inputs, normal_stream(1, first, size, prefix="exercise")
        )
        return self.model.effect(rung, inputs, rng=1, first=first)
