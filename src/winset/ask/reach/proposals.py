"""What each executive would get and would propose, and how deep a single package could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from winset.ask.reach.additions import Addition, additions
from winset.ask.reach.proof import Bound, bound, percent
from winset.ask.reach.robust import CERTAINTIES, Path, build_path
from winset.ask.reach.wishes import Wishes, allowed_slots, within
from winset.case.model import Case
from winset.engine import accepts, judge
from winset.engine.layout import Problem
from winset.problem import Compiled
from winset.problem.consent import ASKED_KINDS, Consent
from winset.problem.frame import Frame
from winset.problem.rows import MICRO
from winset.problem.values import Valued, value_rungs
from winset.worlds import Worlds

PROPOSED = 0.8
"""Share of worlds that must accept what an executive proposes."""

Levels = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Proven:
    """A level of certainty in the sample: what was found, and what no package exceeds."""

    name: str
    found: float
    """Depth of the deepest package found, percent in the mean world; NaN for none."""
    bound: Bound


@dataclass(frozen=True)
class Proof:
    """What was computed of single packages on the sample.

    Attributes
    ----------
    worlds
        Worlds of the sample.
    levels
        For safe, balanced and stretch.
    packages
        [measure] by name: today, safe, balanced, stretch, and one for each executive.
    shares
        Worlds of the sample that accept each of these packages.
    gains
        [world] points each executive gains over today, by package and executive.
    worth
        [world, level] points of each step to each constituency, by (constituency, measure).
    parts
        [world] points over today that a criterion adds for an executive, by package, executive and
        criterion; charges, linkages and direct stances aside.
    additions
        Each package put forward with one ladder a rung higher.
    """

    worlds: int
    levels: tuple[Proven, ...]
    packages: Mapping[str, Levels]
    shares: Mapping[str, NDArray[np.bool_]]
    gains: Mapping[tuple[str, str], Floats]
    worth: Mapping[tuple[str, str], Floats]
    parts: Mapping[tuple[str, str, str], Floats]
    additions: tuple[Addition, ...]


def prove_packages(
    case: Case,
    worlds: Worlds,
    compiled: Compiled,
    path: Path,
    deepest: Levels,
    wishes: Wishes,
    offered: Mapping[str, Levels],
) -> Proof:
    """Bound the depth of single packages and find what each executive would propose.

    What each package brings, and what one step more would cost it, is counted for those that are
    put forward, ``offered``, and for the proposals; the bounds are those of the sample alone.
    """
    sample = compiled.problem
    allowed = allowed_slots(case, wishes)
    counts = accepts(sample, path.packages).mean(axis=0)
    fits = allowed[sample.structure.first[:-1] + path.packages].all(axis=1)
    levels = []
    for name, share in CERTAINTIES:
        depth = percent(sample, path.packages[fits & (counts >= share)])
        reached = float(depth.max()) if depth.size else float("nan")
        levels.append(Proven(name, reached, bound(within(sample, allowed), share)))
    packages = {"today": sample.structure.status_quo, **offered}
    rows = _whole_rows(compiled, case)
    for who, row in rows.items():
        mine = build_path(sample, deepest, allowed=allowed, worth=_worth(sample, row))
        packages[who] = _best_for(sample, row, [*mine.packages, *path.packages[fits]])
    names = [*packages]
    judged = {name: judge(sample, packages[name]) for name in names}
    gains = {
        (name, who): (judged[name].row_slack[:, row] - sample.values.constant[:, row])
        / (MICRO * float(compiled.names.row_scale[row]))
        for name in names
        for who, row in rows.items()
    }
    frame = Frame(worlds, compiled.start, compiled.stop)
    valued = value_rungs(frame, split=rows)
    shares = {name: judged[name].accepted for name in names}
    return Proof(
        sample.values.depth.shape[0],
        tuple(levels),
        packages,
        shares,
        gains,
        Consent(frame, valued).worth,
        _by_criterion(case, valued, packages),
        tuple(additions(case, compiled, offered, allowed)),
    )


def _by_criterion(
    case: Case, valued: Valued, packages: Mapping[str, Levels]
) -> dict[tuple[str, str, str], Floats]:
    """Sum what each criterion adds over the measures of each package, against today."""
    place = {measure.id: at for at, measure in enumerate(case.measures)}
    found: dict[tuple[str, str, str], Floats] = {}
    for name, package in packages.items():
        for (who, measure, criterion), term in valued.parts.items():
            level, today = package[place[measure]], case.measure[measure].status_quo
            added = term[:, level] - term[:, today]
            key = (name, who, criterion)
            found[key] = found[key] + added if key in found else added
    return found


def _whole_rows(compiled: Compiled, case: Case) -> dict[str, int]:
    """Row in which each executive weighs the whole."""
    return {
        name.constituency: row
        for row, name in enumerate(compiled.names.rows)
        if name.kind == "package"
        and not name.source
        and case.constituency[name.constituency].kind == "executive"
    }


def _worth(sample: Problem, row: int) -> Floats:
    """Mean worth of each level to whoever owns a row, linkages and saturation aside, [slot]."""
    st = sample.structure
    worth = np.zeros(int(st.first[-1]))
    for entry in range(st.row_start[row], st.row_start[row + 1]):
        measure = st.row_measure[entry]
        slots = np.arange(st.first[measure], st.first[measure + 1])
        start = st.coef_start[entry]
        worth[slots] += sample.values.coef[:, start : start + slots.size].mean(axis=0)
    return worth


def _best_for(sample: Problem, row: int, packages: Sequence[Levels]) -> Levels:
    """Return the package enough worlds accept that is worth most, on average, in a row."""
    best, most = sample.structure.status_quo, 0.0
    tried = np.array([*{package.tobytes(): package for package in packages}.values()])
    for package in tried[accepts(sample, tried).mean(axis=0) >= PROPOSED]:
        worth = judge(sample, package).row_slack[:, row]
        gain = float((worth - sample.values.constant[:, row]).mean())
        if gain > most:
            best, most = package, gain
    return best


def consenting(case: Case, rung: str) -> tuple[str, ...]:
    """Constituencies whose consent a rung needs: asked for it, and of a party that takes part."""
    measure = case.measure[case.rung[rung].measure]
    return tuple(
        who.id
        for who in case.constituencies
        if who.kind in ASKED_KINDS and rung in who.asked_for and who.party in measure.participants
    )
