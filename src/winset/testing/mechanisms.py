"""Mechanisms, parameters and forms of the model of random cases."""

from __future__ import annotations

from collections.abc import Sequence

from winset.case.draft import by_id
from winset.case.model import (
    Amplifier,
    Ceiling,
    Constituency,
    Easing,
    Enabling,
    Learning,
    Lift,
    Measure,
    Mechanisms,
    Parameter,
    Quiet,
    Scale,
    Scope,
)
from winset.testing.parts import NOWHERE, Draw, named

_SETTINGS = {
    "ceiling": ("level", "mean", "price", "off"),
    "saturation": ("on", "off"),
    "implementers": ("veto", "veto", "delay"),
    "soft_binds": ("off", "on"),
    "durability_binds": ("off", "on"),
    "scope": ("soft", "hard", "off"),
    "ladder": ("destination", "stepwise"),
    "red_lines": ("on", "on", "off"),
}
_PARAMETERS: dict[str, tuple[float, ...]] = {
    "cost_curve": (1, 2, 1.5),
    "width_executive": (0, 0.5, 1),
    "width_ratifier": (0, 0.25),
    "offset_executive": (0.5, 1, 0.25, 0),
    "offset_ratifier": (0.5, 1, 0),
    "stance_scale": (1, 1.5),
    "effort_price": (0, 0.5),
    "saturation": (0, 0.5),
    "linkage_value": (0.5, 0.25, 0),
    "lobby_shift": (0.5, 0),
    "boost": (0.5, 0),
    "soft_price": (0.5, 1, 0),
    "scope_price": (1, 0.5, 0),
    "ceiling_price": (2, 0),
    "cap": (0.25, 0, 0.5, 1),
    "cap_threat": (0.5, 0),
    "lift_times": (1, 0.5),
    "remains": (0.5, 0, 1),
    "rate": (0.5, 1, 0),
    "cut": (0.5, 1, 0),
    "disc": (0.5, 0, 1),
    "leak": (0, 0.25),
    "slip": (1, 0, 0.5),
    "scope_ideal": (2, 1, 3),
    "scope_tol": (0, 1),
    "mark": (0, 1, -1),
}
_SHARES = ("offset_executive", "offset_ratifier", "cap", "remains", "rate", "cut", "disc", "leak")
_OFTEN_ABSENT = ("lobby_shift", "soft_price", "stance_scale", "cost_curve", "saturation")


def settings(dice: Draw) -> dict[str, str]:
    """Return a form for every question of form."""
    return {name: dice.among(*options) for name, options in _SETTINGS.items()}


def parameters(dice: Draw) -> tuple[Parameter, ...]:
    """Return all parameters, some of those with a neutral value left out."""

    def bounds(name: str) -> tuple[float, float]:
        return (-4.0, 4.0) if name == "mark" else (0.0, 1.0 if name in _SHARES else 4.0)

    found = [
        Parameter(
            name,
            dice.value(f"parameters/{name}", dice.among(*modes), bounds(name)),
            "",
            "",
            (),
            (),
            "",
        )
        for name, modes in _PARAMETERS.items()
        if name not in _OFTEN_ABSENT or not dice.chance(6)
    ]
    return by_id(found, lambda one: one.id)


def mechanisms(
    dice: Draw,
    measures: Sequence[Measure],
    members: Sequence[Constituency],
    criteria: Sequence[tuple[str, Scale, Scale, bool]],
) -> Mechanisms:
    """Return some of the mechanisms, each about measures that the case has."""
    ids = tuple(measure.id for measure in measures)
    names = tuple(row[0] for row in criteria)
    parties = tuple(dict.fromkeys(one.party for one in members))
    ceilings = (_ceiling(dice, ids, members),) if len(ids) > 1 and dice.chance(2) else ()
    amplifiers = [one for one in members if one.kind == "amplifier"]
    speaks = dice.chance(2) if amplifiers else dice.chance(8)
    return Mechanisms(
        scope=_scope(dice, measures) if dice.chance(2) else None,
        ceilings=ceilings,
        easings=(Easing(dice.among(*names), "past", "remains", NOWHERE),)
        if ceilings and dice.chance(2)
        else (),
        learnings=(
            Learning(
                dice.among(*ids),
                dice.among(*names),
                dice.among(*parties),
                dice.among(*reversed(parties)),
                "rate",
                NOWHERE,
            ),
        )
        if dice.chance(2)
        else (),
        enablings=(Enabling(dice.among(*ids), "law", "cut", NOWHERE),) if dice.chance(3) else (),
        quiet=(Quiet(dice.some(ids, 1), "profile", "disc", "leak", dice.among(4, 8), NOWHERE),)
        if dice.chance(3)
        else (),
        amplifiers=(
            Amplifier(
                dice.among(*(amplifiers or members)).id,
                dice.some(ids, 0),
                dice.some(ids, 0),
                dice.among(*names),
                "boost",
                NOWHERE,
            ),
        )
        if speaks
        else (),
    )


def _scope(dice: Draw, measures: Sequence[Measure]) -> Scope:
    relief = dice.among(None, *measures)
    over = dice.some(tuple(one.id for one in measures if one is not relief), 0)
    relieved = tuple(dice.whole(0, 2) / 2 for _ in relief.rungs) if relief else ()
    levels = dice.among((), ("here", "near by", "far off", "anywhere"))
    own = relief.id if relief else ""
    return Scope(over, "slip", 8, own, relieved, NOWHERE, levels)


def _ceiling(dice: Draw, ids: tuple[str, ...], members: Sequence[Constituency]) -> Ceiling:
    lifting = dice.some(ids, 1)
    over = dice.some(tuple(name for name in ids if name not in lifting), 1) or (ids[0],)
    if dice.chance(4):
        over = tuple(name for name in ids if name in {*over, lifting[0]})
    return Ceiling(
        id="past",
        words=named("past"),
        over=over,
        base="cap",
        lift=tuple(
            Lift(name, dice.among(0.5, 0.25, 1.0), "lift_times" if dice.chance(3) else "")
            for name in lifting
        ),
        threat="cap_threat" if dice.chance(2) else "",
        payers=dice.some(tuple(one.id for one in members), 0),
        refs=(),
        at=NOWHERE,
    )
