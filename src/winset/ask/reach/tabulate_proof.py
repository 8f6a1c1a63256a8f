"""From what was proven of single packages to tables."""

from __future__ import annotations

import numpy as np

from winset.ask.reach import schemas
from winset.ask.reach.found import Found
from winset.ask.reach.proposals import Proof, consenting
from winset.ask.reach.robust import CERTAINTIES
from winset.case.model import Case
from winset.tables import Table, quartiles, share_of, share_where

Rows = list[tuple[object, ...]]


def proposals(case: Case, found: Found) -> tuple[Table, ...]:
    """Build the tables about single packages; those not asked for are empty."""
    proof = found.proof
    return (
        schemas.BOUNDS.from_rows(_bounds(proof) if proof else []),
        schemas.IGNORANCE.from_rows(_ignorance(found)),
        schemas.GAINS.from_rows(_gains(proof) if proof else []),
        schemas.CRITERIA.from_rows(_criteria(proof) if proof else []),
        schemas.PROPOSERS.from_rows(_proposers(case, proof) if proof else []),
        schemas.GIVES.from_rows(_gives(case, proof) if proof else []),
        schemas.ADDITIONS.from_rows(_additions(proof) if proof else []),
        schemas.FREE.from_rows(_free(case, found)),
    )


def _bounds(proof: Proof) -> Rows:
    rows: Rows = []
    for one in proof.levels:
        gap = max(one.bound.depth - one.found, 0.0)
        shown = (one.found, one.bound.depth, gap, one.bound.members)
        rows.append((one.name, one.bound.share, proof.worlds, *shown))
    return rows


def _ignorance(found: Found) -> Rows:
    n = found.done
    own = found.depth[:n, -1]
    rows: Rows = []
    for name, certainty in CERTAINTIES:
        if (found.accepted >= certainty * n).any() and not np.isnan(own).any():
            lost = own - found.path_depth[:n, found.deepest_step(certainty)]
            rows.append((name, float(lost.mean()), *quartiles(lost), n))
    return rows


def _gains(proof: Proof) -> Rows:
    rows: Rows = []
    for (package, who), gain in proof.gains.items():
        best = float(np.median(proof.gains[who, who]))
        middle = float(np.median(gain))
        of_best = 100.0 * middle / best if best > 0 else float("nan")
        share = share_where(proof.shares[package])
        rows.append((package, who, *quartiles(gain), of_best, *share, proof.worlds))
    return rows


def _criteria(proof: Proof) -> Rows:
    return [
        (*key, *quartiles(part), proof.worlds)
        for key, part in proof.parts.items()
        if key[0] != "today"
    ]


def _proposers(case: Case, proof: Proof) -> Rows:
    rows: Rows = []
    for who in dict.fromkeys(who for _, who in proof.gains):
        share = (*share_where(proof.shares[who]), proof.worlds)
        for measure, level in zip(case.measures, proof.packages[who].tolist(), strict=True):
            rung = f"{measure.id}.{level}" if level else ""
            rows.append((who, measure.id, level, rung, level > measure.status_quo, *share))
    return rows


def _gives(case: Case, proof: Proof) -> Rows:
    rows: Rows = []
    for name, _ in CERTAINTIES:
        for measure, level in zip(case.measures, proof.packages.get(name, ()), strict=False):
            rung = f"{measure.id}.{level}"
            if level <= measure.status_quo:
                continue
            worth = {
                who: float(np.median(proof.worth[who, measure.id][:, level]))
                for who in consenting(case, rung)
                if (who, measure.id) in proof.worth
            }
            if worth:
                most, least = max(worth, key=worth.__getitem__), min(worth, key=worth.__getitem__)
                rows.append((name, rung, most, worth[most], least, worth[least]))
    return rows


def _additions(proof: Proof) -> Rows:
    rows: Rows = []
    for one in proof.additions:
        lost = int(one.lost.sum())
        stops = share_of(int(one.stops.sum()), lost) if lost else (float("nan"),) * 3
        shown = (*share_where(one.accepted), float(one.lost.mean()), one.limit, one.who, *stops)
        rows.append((one.package, one.rung, *shown, proof.worlds))
    return rows


def _free(case: Case, found: Found) -> Rows:
    rows: Rows = []
    for target, rung in enumerate(found.targets.rung):
        if not case.rung[rung].status_quo and not consenting(case, rung):
            rows.append((rung, *share_where(found.alone[: found.done, target])))
    return rows
