"""What a case says about time: where the states start, how often shocks come, which government may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from winset.case.model.base import At


@dataclass(frozen=True, slots=True)
class Felt:
    """A state that makes some criteria count for more in some parties."""

    criteria: tuple[str, ...]
    parties: tuple[str, ...]
    less_exposed: str = ""
    """Party that feels events only in part; empty for none."""
    exposure: str = ""
    """Parameter: how far it feels them."""


@dataclass(frozen=True, slots=True)
class Government:
    """What a party's elections may bring."""

    other: str
    """Leader type of a government that is unlike the one at the as-of date."""
    shock: str
    """The shock that a change counts as; empty for none."""
    at: At


@dataclass(frozen=True, slots=True)
class Timing:
    """The time of a case; names of parameters where numbers are meant."""

    horizon: int
    """Quarters followed unless asked otherwise."""
    pair: Mapping[str, str]
    """The two parties whose quarrel is followed, each with its public."""
    ally: str
    """The party on which both may lean; empty for none."""
    fresh: str
    """Party whose government has just come in: its window closes from the as-of date on."""
    pressed: str
    """Party on which the ally may press; empty for none."""
    pressing: tuple[str, str]
    """Lever and the option at which the ally presses; empty for none."""
    claimants: str
    starts: Mapping[str, str]
    efforts: Mapping[str, str]
    occasion_gap: str
    roles: Mapping[str, tuple[str, ...]]
    """Measures by the part they play."""
    threat: Felt
    assurance: Felt
    drilled: tuple[str, ...]
    """Criteria whose outcome waits for practice."""
    challenger: str
    """The outsider that may answer with coercion."""
    rates: Mapping[str, str]
    court: str
    inflaming: str
    governments: Mapping[str, Government]
    """By party; when they may change is the case's calendar of elections."""
    drifting: tuple[str, ...]
    """Criteria whose weight in publics drifts with the generations."""
    at: At

    @property
    def parties(self) -> tuple[str, ...]:
        """Parties in the order of their roles: the pair, and the ally where there is one."""
        return (*self.pair, self.ally) if self.ally else (*self.pair,)
