"""Who senses, who decides, and who passes what to whom: the setting of a warning exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from winset.effects.warning.data import Area, Site

Span = tuple[float, float, float]
"""Low, middle and high of an uncertain number."""


@dataclass(frozen=True, slots=True)
class Link:
    """A standing rule: what one party holds reaches another so much later.

    Attributes
    ----------
    giver, taker
        Parties; what the giver's own sensors see is passed.
    what
        ``tracks`` while it happens, or ``counts``: only that there was a launch.
    delay_s, loss
        Seconds from the giver's picture to the taker's, and the share that gets lost.
    via
        The party whose centre it passes through; empty where it is direct.
    sensors
        Only these sensors of the giver; empty for all.
    """

    giver: str
    taker: str
    what: Literal["tracks", "counts"]
    delay_s: Span
    loss: Span
    via: str = ""
    sensors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Name of the link in streams and logs."""
        return f"{self.giver}-{self.taker}{f'-via-{self.via}' if self.via else ''}-{self.what}"


@dataclass(frozen=True, slots=True)
class Chain:
    """How a party comes from first information to an alert.

    Attributes
    ----------
    assess_s, issue_s, review_s
        Seconds from first information to a decision, from there to the public, and from the
        decision to a second look.
    threshold
        Least share of the impact estimate inside a region for which it is alerted.
    overflight
        Whether a region is alerted when a flight passes over it.
    """

    party: str
    assess_s: Span
    issue_s: Span
    review_s: Span
    threshold: Span
    overflight: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the cooperation: the links it adds to what is there today.

    Attributes
    ----------
    rung
        Rung of the bundled measures that it stands for; empty for none.
    common
        Whether all decide from one picture, after consulting.
    """

    id: str
    label: str
    rung: str
    links: tuple[Link, ...]
    common: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """A launch, or (``false_at`` names a sensor) a false track that looks like one."""

    id: str
    at: float
    """Seconds from the start of the exercise."""
    start: Area
    azimuth: float
    range_km: float
    apogee_km: float
    false_at: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything but the launches."""

    sites: tuple[Site, ...]
    regions: tuple[Area, ...]
    chains: tuple[Chain, ...]
    today: tuple[Link, ...]
    """Feeds that exist without any further step: the baseline."""
    forms: tuple[Form, ...]
    """The first one adds nothing."""

    @property
    def parties(self) -> tuple[str, ...]:
        """Parties that decide on alerts, in order."""
        return tuple(chain.party for chain in self.chains)

    @property
    def form(self) -> Mapping[str, Form]:
        """Forms by id."""
        return {one.id: one for one in self.forms}
