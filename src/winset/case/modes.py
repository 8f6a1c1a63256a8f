"""The value of a rung with every number at its middle: a ruler for checks, not an answer."""

from __future__ import annotations

from winset.case.model import Case, Criterion, Measure, Scale

HOTTEST = 3.0
"""Heat at which a loss that scales with heat counts in full."""


def middle(case: Case, parameter: str, neutral: float) -> float:
    """Middle of a parameter, or the neutral value where the case has none."""
    value = case.values.get(f"parameters/{parameter}")
    return neutral if value is None else value.mode


def derived(case: Case, constituency: str, measure: str, level: int) -> float:
    """Value of a rung to a constituency by weights and effects alone, in points.

    ``sum over criteria of weight * effect * share / scale`` at the middle of every range, against
    absence; losses have their share raised to ``cost_curve``.  Stances, quiet steps, amplifiers
    and enabling facts are left out.
    """
    row = case.measure[measure]
    party = case.constituency[constituency].party
    curve = middle(case, "cost_curve", 1.0)
    total = 0.0
    for criterion in case.criteria:
        weight = case.values.get(f"weights/{constituency}/{criterion.id}")
        own = case.values.get(f"effects/{measure}/{criterion.id}/{party}")
        effect = own or case.values.get(f"effects/{measure}/{criterion.id}")
        if weight is None or effect is None:
            continue
        term = weight.mode * effect.mode
        share = _share(row, level, _scale(criterion, row.domain, effect.mode))
        total += term * (share**curve if term < 0 else share)
    return total / case.scale


def _scale(criterion: Criterion, domain: str, effect: float) -> Scale:
    if effect > 0:
        return criterion.gain
    return criterion.loss_except.get(domain, criterion.loss)


def _share(measure: Measure, level: int, scale: Scale) -> float:
    if level == 0:
        return 0.0
    if scale == "heat":
        return measure.rungs[level - 1].heat.mode / HOTTEST
    if scale == "benefit" and level == len(measure.rungs):
        return 1.0
    shares = [rung.benefit if scale == "benefit" else rung.exposure for rung in measure.rungs]
    if measure.alternatives:
        return shares[level - 1].mode
    return max(share.mode for share in shares[:level])
