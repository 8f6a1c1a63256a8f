"""One world of a case as fractions: what was drawn, and what follows for one rung alone.

This module and its neighbours state the model a second time, straight from its definitions
and in exact arithmetic, to be read beside the page of the model.  They share no code with
:mod:`winset.problem`; both read the same case and the same draws, nothing else.
"""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from winset.case.model import Case, Constituency, Scale

ONE = Fraction(1)
ZERO = Fraction(0)

NEUTRAL = {
    "cost_curve": ONE,
    "offset_executive": ONE,
    "offset_ratifier": ONE,
    "stance_scale": ONE,
    "linkage_value": ONE,
}
"""Parameters a case may leave out; every other one is 0."""

_GRID = 2**160


class Draws(Protocol):
    """What the re-statement asks of drawn worlds: vectors over the worlds, by address."""

    def number(self, address: str) -> Any:
        """Numbers of one address, one a world."""

    def option(self, address: str) -> Any:
        """Places of the option that holds, one a world."""

    def setting(self, name: str) -> Any:
        """Names of the form that holds, one a world."""


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return ``base ** exponent``, base not below 0: exact for whole exponents, else to 1e-48."""
    if exponent.denominator == 1 and exponent >= 0:
        return Fraction(base**exponent.numerator)
    if base in (0, 1):
        return base
    with decimal.localcontext() as context:
        context.prec = 60
        above, below = (
            decimal.Decimal(part.numerator) / decimal.Decimal(part.denominator)
            for part in (base, exponent)
        )
        result = Fraction(above**below)
    return Fraction(round(result * _GRID), _GRID)


class World:
    """The numbers of world ``index``: ladders after quieting, weights, effects, settings."""

    def __init__(self, case: Case, worlds: Draws, index: int) -> None:
        self.case = case
        self.worlds = worlds
        self.index = index
        self._numbers: dict[str, Fraction] = {}
        self._curved: dict[Fraction, Fraction] = {}
        self.quo = {measure.id: measure.status_quo for measure in case.measures}
        self.top = {measure.id: len(measure.rungs) for measure in case.measures}
        self.executive: dict[str, str] = {}
        for member in case.constituencies:
            if member.kind == "executive":
                self.executive.setdefault(member.party, member.id)

    def number(self, address: str) -> Fraction:
        """Return the drawn number of an address, 0 where the case has no such value."""
        if address not in self._numbers:
            known = address in self.case.values
            value = float(self.worlds.number(address)[self.index]) if known else 0.0
            self._numbers[address] = Fraction(value)
        return self._numbers[address]

    def parameter(self, name: str) -> Fraction:
        """Return a parameter, neutral where the case has none of that name."""
        if f"parameters/{name}" not in self.case.values:
            return NEUTRAL.get(name, ZERO)
        return self.number(f"parameters/{name}")

    def setting(self, name: str) -> str:
        """Return the form of the model that holds in this world."""
        return str(self.worlds.setting(name)[self.index])

    def option(self, address: str) -> str:
        """Return the option of a switch, lever or leader; empty if there is no such choice."""
        choice = self.case.choices.get(address)
        if choice is None:
            return ""
        return choice.options[int(self.worlds.option(address)[self.index])].id

    def switched_on(self, switch: str) -> bool:
        """Whether ``switches/ID=OPTION`` holds; an empty one always does."""
        if not switch:
            return True
        address, _, option = (part.strip() for part in switch.partition("="))
        return self.option(address) == option

    def width(self, who: Constituency) -> Fraction:
        """Points by which one step may lie below the threshold."""
        executive = who.kind == "executive"
        return self.parameter("width_executive" if executive else "width_ratifier")

    def offset(self, who: Constituency) -> Fraction:
        """Rate at which gains pay for losses in the whole."""
        executive = who.kind == "executive"
        return self.parameter("offset_executive" if executive else "offset_ratifier")

    def threshold(self, who: str) -> Fraction:
        """Points against the status quo that the constituency demands."""
        return self.number(f"constituencies/{who}/threshold")

    def weight(self, who: str, criterion: str) -> Fraction:
        """Weight of a criterion for a constituency."""
        return self.number(f"weights/{who}/{criterion}")

    def raw_effect(self, measure: str, criterion: str, party: str) -> Fraction:
        """Effect of the top rung on a party: its own row, or the shared one."""
        own = f"effects/{measure}/{criterion}/{party}"
        return self.number(own if own in self.case.values else f"effects/{measure}/{criterion}")

    # Ladders: lists over levels 0 (absence) to top.

    def benefit(self, measure: str, level: int) -> Fraction:
        """Share of the benefit that a rung brings."""
        return self._ladders["benefit"][measure][level]

    def exposure(self, measure: str, level: int) -> Fraction:
        """Visibility of a rung, quieted or displayed as the lever says."""
        return self._ladders["exposure"][measure][level]

    def heat(self, measure: str, level: int) -> Fraction:
        """Political heat of a rung, 0 to 3."""
        return self._ladders["heat"][measure][level]

    def breadth(self, measure: str, level: int) -> Fraction:
        """Scope of a rung as written, before slippage."""
        return self._ladders["scope"][measure][level]

    @cached_property
    def _ladders(self) -> dict[str, dict[str, list[Fraction]]]:
        ladders: dict[str, dict[str, list[Fraction]]] = {
            column: {} for column in ("benefit", "exposure", "heat", "scope")
        }
        for measure in self.case.measures:
            for column, found in ladders.items():
                found[measure.id] = [
                    ZERO,
                    *(self.number(f"rungs/{rung.id}/{column}") for rung in measure.rungs),
                ]
            ladders["benefit"][measure.id][-1] = ONE
            if not measure.alternatives:
                for column in ("benefit", "exposure"):
                    ladders[column][measure.id] = _never_falling(ladders[column][measure.id])
            ladders["exposure"][measure.id] = [
                self._quieted(measure.id, value) for value in ladders["exposure"][measure.id]
            ]
        return ladders

    def _quieted(self, measure: str, exposure: Fraction) -> Fraction:
        for quiet in self.case.mechanisms.quiet:
            if measure not in quiet.measures:
                continue
            years = Fraction(quiet.horizon_quarters, 4)
            leaks = 1 - power(1 - self.parameter(quiet.leak), years)
            discount = self.parameter(quiet.discount)
            profile = self.option(f"levers/{quiet.lever}")
            if profile == "low":
                exposure *= discount + (1 - discount) * leaks
            elif profile == "none":
                exposure *= leaks
            elif profile == "display":
                exposure = min(ONE, exposure * Fraction(5, 4))
        return exposure

    def share(self, scale: Scale, measure: str, level: int) -> Fraction:
        """Share of a gain or loss that a rung brings, by the scale it follows."""
        if scale == "heat":
            return self.heat(measure, level) / 3
        ladder = self.benefit if scale == "benefit" else self.exposure
        return ladder(measure, level)

    def curved(self, share: Fraction) -> Fraction:
        """Share of a loss: bent by the curvature of costs."""
        if share not in self._curved:
            self._curved[share] = power(share, self.parameter("cost_curve"))
        return self._curved[share]


def _never_falling(ladder: Sequence[Fraction]) -> list[Fraction]:
    return [max(ladder[: level + 1]) for level in range(len(ladder))]
