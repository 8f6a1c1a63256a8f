"""The variations of the worlds, each put to the same five findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from winset.ask.sense import baseline
from winset.ask.sense.finding import (
    HALF,
    Asked,
    Finding,
    Look,
    Subjects,
    ask,
    classes,
    findings,
    look,
    subjects,
)
from winset.tables import share_of
from winset.words import sense as said
from winset.worlds import Worlds, draw
from winset.worlds import transform as other

Rows = list[tuple[object, ...]]
Floats = NDArray[np.float64]
WIDTHS = (0.0, 0.5, 1.0, 2.0, None)
OFFSETS = (0.05, 0.1, 0.25, 0.5, 1.0)
MOVED = 0.15
_KINDS = ("executive", "ratifier")
_STRONG = 0.8


@dataclass(frozen=True)
class Panel:
    """The base, and what every variation of it is measured against."""

    worlds: Worlds
    asked: Asked
    base: Look
    subjects: Subjects

    def look(self, worlds: Worlds, *, floors: bool = True, stops: bool = True) -> Look:
        """Put the questions to a variation."""
        return look(self.asked, worlds, floors=floors, stops=stops)

    def findings(self, found: Look) -> tuple[Finding, ...]:
        """Evaluate the findings of the base in a variation."""
        return findings(self.asked, found, self.subjects)

    def redrawn(self, changes: Sequence[str] = (), **how: object) -> Worlds:
        """Draw the same worlds with further changes, or another prior or other correlations."""
        w = self.worlds
        asked = {"prior": w.prior, "correlated": w.correlated, "case": w.case, **how}
        return draw(n=w.n, rng=w.rng, first=w.first, changes=(*w.changes, *changes), **asked)  # type: ignore[arg-type]


def panel(worlds: Worlds) -> Panel:
    """Ask the base."""
    asked = ask(worlds)
    base = look(asked, worlds)
    return Panel(worlds, asked, base, subjects(asked, base))


def told(finding: Finding) -> tuple[object, ...]:
    """Return a finding as cells of a row."""
    return (
        finding.finding,
        finding.value,
        finding.number,
        finding.low,
        finding.high,
        finding.holds,
    )


def plane(base: Panel) -> Iterator[tuple[Rows, Rows]]:
    """Yield the rows of each cell of the plane, and those of its rungs."""
    for width in WIDTHS:
        for offset in OFFSETS:
            held = {f"parameters/offset_{kind}": offset for kind in _KINDS}
            if width is not None:
                held |= {f"parameters/width_{kind}": width for kind in _KINDS}
            found = base.look(other.fixed(base.worlds, held), floors=width is not None)
            cell = ("none" if width is None else f"{width:g}", offset)
            parts = [float((found.classes == which).mean()) for which in (1, 0, -1)]
            head = (*cell, float(found.depth.mean()), *parts)
            rungs = zip(base.asked.targets.rung, found.open.sum(axis=0).tolist(), strict=True)
            yield (
                [(*head, *told(finding)) for finding in base.findings(found)],
                [(*cell, rung, *share_of(count, base.worlds.n)) for rung, count in rungs],
            )


def switches(base: Panel) -> Iterator[Rows]:
    """Yield for each option of each switch the findings, and the rungs that move."""
    own = {finding.finding: finding for finding in base.findings(base.base)}
    for choice in base.worlds.case.switches:
        for option in choice.options:
            found = base.look(base.redrawn([f"{choice.address} = {option.id}"]))
            rows: Rows = [
                (
                    choice.id,
                    option.id,
                    f.finding,
                    "finding",
                    own[f.finding].number,
                    f.number,
                    f.low,
                    f.high,
                    f.holds,
                )
                for f in base.findings(found)
            ]
            yield rows + _moved(base, choice.id, option.id, found)


def _moved(base: Panel, choice: str, option: str, found: Look) -> Rows:
    rows: Rows = []
    for place, rung in enumerate(base.asked.targets.rung):
        before = float(base.base.share[place])
        now = share_of(int(found.open[:, place].sum()), base.worlds.n)
        same = (before >= HALF) == (now[0] >= HALF)
        if not same or abs(now[0] - before) >= MOVED:
            rows.append((choice, option, rung, "rung", before, *now, same))
    return rows


def variants(base: Panel) -> Iterator[tuple[str, Look]]:
    """Yield the other forms of the model, priors and correlations, with what each answers."""
    case = base.worlds.case
    yield "base", base.base
    for name, key, form in (
        (said.RED_LINES_OFF, "red_lines", "off"),
        (said.SATURATION_OFF, "saturation", "off"),
        (said.SOFT_BIND, "soft_binds", "on"),
    ):
        settings = {**base.worlds.settings, key: np.full(base.worlds.n, form)}
        yield name, base.look(replace(base.worlds, settings=settings))
    mirrored, burdened = other.mirrored(base.worlds)
    if burdened:
        yield said.losses_for_all(burdened), base.look(mirrored)
    for prior in ("pert", "uniform", "ends"):
        if prior != base.worlds.prior:
            yield f"prior {prior}", base.look(base.redrawn(prior=prior))
    yield "no correlations", base.look(base.redrawn(correlated=False))
    strong = {kind: max(rho, _STRONG) for kind, rho in case.correlations.items()}
    together = base.redrawn(case=replace(case, correlations=strong), correlated=True)
    yield "correlations 0.8", base.look(together)


NULLS: dict[str, tuple[str, Callable[[Worlds], Worlds]]] = {
    "N0": (said.NULL_MEANINGS["N0"], other.sign_only),
    "N1": (said.NULL_MEANINGS["N1"], other.random_sizes),
    "N3": (said.NULL_MEANINGS["N3"], other.coin_flips),
    "N4": (said.NULL_MEANINGS["N4"], other.sources_only),
    "N6": (said.NULL_MEANINGS["N6"], other.permuted_weights),
}


def nulls(base: Panel) -> Iterator[tuple[str, str, Look]]:
    """Yield the null models that answer in worlds of their own."""
    for name, (meaning, transform) in NULLS.items():
        yield name, meaning, base.look(transform(base.worlds))


def shares_only(base: Panel) -> Iterator[tuple[str, str, Floats]]:
    """Yield the null models that give a share for each rung and nothing else, [target]."""
    targets = base.asked.targets
    looks = baseline.looks_of(base.worlds, targets)
    yield "N2", said.NULL_MEANINGS["N2"], baseline.logistic(looks, base.base.share)
    for name, majority in (("N5-mean", False), ("N5-majority", True)):
        yield (
            name,
            said.NULL_MEANINGS[name],
            baseline.counted(base.worlds, targets, majority=majority).mean(axis=0),
        )


def difference(base: Panel, share: Floats) -> tuple[int, int, float]:
    """Return rungs whose class differs, rungs compared, and the rank correlation of shares."""
    from scipy.stats import spearmanr  # heavy

    own = base.base.share
    flat = np.ptp(own) == 0 or np.ptp(share) == 0
    rank = float("nan") if flat else float(spearmanr(own, share).statistic)
    return int((classes(share) != classes(own)).sum()), share.size, rank
