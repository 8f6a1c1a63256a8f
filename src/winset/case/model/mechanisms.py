"""Mechanisms of the model; each may be absent, and its names are the case's own."""

from __future__ import annotations

from dataclasses import dataclass

from winset.case.model.base import At, Named


@dataclass(frozen=True, slots=True)
class Scope:
    """How wide a step reaches, slippage included, against what each party bears."""

    applies_to: tuple[str, ...]
    """Measures under the limit."""
    slip: str
    """Parameter: extra scope expected per two years once begun."""
    horizon_quarters: int
    relief: str
    """Measure whose rungs relieve slippage; empty for none."""
    relieved: tuple[float, ...]
    """Share of the slippage removed at each rung of that measure, level 1 upwards."""
    at: At
    levels: tuple[str, ...] = ()
    """What each scope reaches, 1 upwards, as a sentence names it; empty where unnamed."""


@dataclass(frozen=True, slots=True)
class Lift:
    """Progress on ``measure`` raises a ceiling by ``share`` (times a parameter, if named)."""

    measure: str
    share: float
    times: str = ""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest level a set of measures may reach, and what raises it."""

    id: str
    words: Named
    over: tuple[str, ...]
    base: str
    """Parameter: the ceiling without any progress."""
    lift: tuple[Lift, ...]
    threat: str
    """Parameter: rise per level of threat; empty for none."""
    payers: tuple[str, ...]
    """Who pays for the excess in the ``price`` form."""
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Easing:
    """Progress under ``ceiling`` shrinks losses on ``criterion`` to ``remains`` at the most."""

    criterion: str
    ceiling: str
    remains: str
    at: At


@dataclass(frozen=True, slots=True)
class Learning:
    """``measure`` closes the gap between two parties' weights on ``criterion`` by ``rate``."""

    measure: str
    criterion: str
    party: str
    toward: str
    rate: str
    at: At


@dataclass(frozen=True, slots=True)
class Enabling:
    """While ``flag`` holds, losses of ``measure`` shrink by the share ``cut``."""

    measure: str
    flag: str
    cut: str
    at: At


@dataclass(frozen=True, slots=True)
class Quiet:
    """Exposure of ``measures`` follows the lever ``profile``; quiet steps may leak."""

    measures: tuple[str, ...]
    lever: str
    discount: str
    leak: str
    horizon_quarters: int
    at: At


@dataclass(frozen=True, slots=True)
class Amplifier:
    """``who`` strengthens gains of ``boosts`` and softens losses on ``criterion`` of ``softens``."""

    who: str
    boosts: tuple[str, ...]
    softens: tuple[str, ...]
    criterion: str
    size: str
    at: At


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What makes it dearer to leave a step: a rung in place, or a lever set high enough."""

    id: str
    words: Named
    rung: str
    """In force while the package holds this rung; empty for none."""
    lever: str
    option: str
    """In force while the lever stands at this option or a later one; empty for none."""
    covers: tuple[str, ...]
    """Measures that it protects."""
    share: str
    """Parameter: by how much it raises the cost of leaving, 0..1."""
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Reversal:
    """Each step that party ``by`` leaves raises the threshold of ``raises`` on shared measures."""

    by: str
    raises: str
    cost: str
    """Parameter: points for each step left."""
    refs: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Mechanisms:
    """All of a case's mechanisms; an empty one leaves no trace in any answer."""

    scope: Scope | None = None
    ceilings: tuple[Ceiling, ...] = ()
    easings: tuple[Easing, ...] = ()
    learnings: tuple[Learning, ...] = ()
    enablings: tuple[Enabling, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    amplifiers: tuple[Amplifier, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    reversals: tuple[Reversal, ...] = ()
