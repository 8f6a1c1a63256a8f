"""Two answers that use no win-set at all: a fit on the look of a rung, and counting preferences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.limits import Targets
from winset.problem.frame import Frame
from winset.problem.values import value_rungs
from winset.worlds import Worlds

Floats = NDArray[np.float64]
_RIDGE = 0.1
_STEPS = 50


def logistic(features: Floats, share: Floats) -> Floats:
    """Return the shares that a logistic fit gives, [target].

    Parameters
    ----------
    features
        [target, feature]; each is centred and scaled, and an intercept is added.
    share
        [target] shares of worlds, 0..1.

    Notes
    -----
    Newton's method on the binomial likelihood of the shares less ``0.05 |b|^2``; the small ridge
    keeps the fit finite where a domain is open throughout.
    """
    spread = features.std(axis=0)
    scaled = (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    x = np.column_stack([np.ones(len(share)), scaled])
    ridge = _RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    b = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        fitted = 1.0 / (1.0 + np.exp(-np.clip(x @ b, -30.0, 30.0)))
        curve = x.T @ (x * (fitted * (1.0 - fitted) + 1e-9)[:, None]) + ridge
        move = np.linalg.solve(curve, x.T @ (share - fitted) - ridge @ b)
        b = b + move
        if float(np.abs(move).max()) < 1e-10:
            break
    fit: Floats = 1.0 / (1.0 + np.exp(-np.clip(x @ b, -30.0, 30.0)))
    return fit


def looks_of(worlds: Worlds, targets: Targets) -> Floats:
    """Exposure, scope, heat and domain of each rung at the modes, [target, feature]."""
    case = worlds.case
    domains = [*case.domains]
    rows = []
    for rung in (case.rung[name] for name in targets.rung):
        domain = case.measure[rung.measure].domain
        plain = [rung.exposure.mode, rung.scope.mode, rung.heat.mode]
        rows.append(plain + [float(domain == name) for name in domains])
    return np.array(rows)


def preferred(worlds: Worlds) -> tuple[NDArray[np.int64], Floats]:
    """Level each constituency values most, [constituency, world, measure], and its salience.

    Only constituencies whose party takes part in a measure have a preference on it; the others
    are marked -1.  Of equals the lower level counts.
    """
    frame = Frame(worlds, 0, worlds.n)
    case, valued = worlds.case, value_rungs(frame)
    levels = np.full((len(case.constituencies), worlds.n, len(case.measures)), -1, dtype=np.int64)
    for k, who in enumerate(case.constituencies):
        for m, measure in enumerate(case.measures):
            if who.party in measure.participants:
                levels[k, :, m] = valued.gain[who.id, measure.id].argmax(axis=1)
    return levels, np.array([who.salience for who in case.constituencies])


def counted(worlds: Worlds, targets: Targets, *, majority: bool) -> NDArray[np.bool_]:
    """Tell where preferences alone would carry a rung, [world, target].

    The weighted mean carries a rung when the mean preferred level, weighted by salience, reaches
    it (rounded to the nearest level); the majority when more than half prefer it or more.
    """
    levels, salience = preferred(worlds)
    mine = levels[:, :, targets.measure]
    taking = mine >= 0
    wants = mine >= targets.level
    if majority:
        return np.asarray(2 * (wants & taking).sum(axis=0) > taking.sum(axis=0))
    weight = np.where(taking, salience[:, None, None], 0.0)
    mean = (weight * mine).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-12)
    return np.asarray(mean >= targets.level - 0.5)
