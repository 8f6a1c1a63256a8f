"""Made-up tables of what moves a step, who gets what, scope, programmes and firmness."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

from tests.brief import synthetic
from winset.ask.reach.answer import Reach
from winset.ask.reach.edge.schemas import CONSENTS
from winset.ask.reach.schemas import CRITERIA, GAINS, GIVES, PROGRAMMES, PROPOSERS
from winset.case.model import At, Case, Named, Programme, Step
from winset.run import Run
from winset.tables import Column, Schema, Table

KINDS = {bool: "bool", int: "int", float: "float", str: "text"}


def table(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """A table whose columns are read off its first row."""
    columns = tuple(Column(key, KINDS[type(value)], "", key) for key, value in rows[0].items())  # type: ignore[arg-type]
    return Schema(name, name, columns).from_rows([tuple(row.values()) for row in rows])


def ends(name: str, share: float, low: str, high: str) -> dict[str, float]:
    return {name: share, low: max(share - 0.05, 0.0), high: min(share + 0.05, 1.0)}


def unlock(
    rung: str, change: str, kind: str, label: str, before: float, after: float, *, best: bool
) -> dict[str, Any]:
    return {
        "rung": rung,
        "change": change,
        "kind": kind,
        "label": label,
        **ends("before", before, "before_low", "before_high"),
        **ends("after", after, "low", "high"),
        "gain": after - before,
        "gain_error": 0.02,
        "worlds": 300,
        "best": best,
    }


def scope_rows() -> list[dict[str, Any]]:
    shares = {"none": (0.99, 0.72, 0.31, 0.04), "slippage": (0.9, 0.4, 0.1, 0.0)}
    shares["statement"] = (0.95, 0.6, 0.2, 0.01)
    rows = []
    for party, variant in (
        ("UP", "none"),
        ("LOW", "none"),
        ("all", "none"),
        ("all", "slippage"),
        ("all", "statement"),
    ):
        for level, share in enumerate(shares[variant], 1):
            rows.append(
                {
                    "party": party,
                    "variant": variant,
                    "scope": level,
                    **ends("share", share, "low", "high"),
                    "lower_p50": 1.2,
                    "ideal_p50": 2.0,
                    "upper_p50": 1.0 if variant == "slippage" else 2.8,
                    **ends("overlap", shares[variant][1], "overlap_low", "overlap_high"),
                    "worlds": 3000,
                }
            )
    return rows


def programme_rows(case: Case, shares: Sequence[float]) -> Table:
    rows = []
    for programme in case.programmes:
        broken = False
        for place, (step, share) in enumerate(zip(programme.steps, shares, strict=True)):
            stops = share < 0.5 and not broken
            broken |= stops
            who = ("consent", "UNION") if stops else ("", "")
            rows.append(
                (
                    *(programme.id, place, step.quarter, step.rung),
                    *(share, share, share, share, share, share),
                    *(*who, 0.4, 0.4, 0.4, 300),
                )
            )
    return PROGRAMMES.from_rows(rows)


def gain_rows(percents: Mapping[str, Mapping[str, float]]) -> Table:
    return GAINS.from_rows(
        (package, who, value / 10 - 1, value / 10, value / 10 + 1, value, 0.8, 0.7, 0.9, 300)
        for package, found in percents.items()
        for who, value in found.items()
    )


def card_tables() -> dict[str, Table]:
    """What the cards of two towns are read from."""
    ends = (0.2, 0.5, 300)
    agree = [
        ("G.3", "MAYOR", "must agree", -0.1, 0.2, 0.4, 0.3, *ends),
        ("F.1", "MAYOR", "must agree", 0.1, 0.7, 0.9, 0.0, *ends),
        ("F.1", "COUNCIL", "must agree", -0.9, -0.7, -0.2, 0.8, *ends),
        ("F.1", "UNION", "can spoil", 0.1, 0.2, 0.3, 0.0, *ends),
        ("F.1", "DISPLACED", "can only complain", nan, nan, nan, nan, nan, nan, 0),
    ]
    gives = [("balanced", "G.3", "MAYOR", 1.0, "COUNCIL", -0.4)]
    part = [
        ("balanced", "MAYOR", "DRY", 1.0, 2.0, 3.0, 300),
        ("balanced", "COUNCIL", "DRY", -2.0, -1.0, 0.0, 300),
    ]
    proposed = [("MAYOR", "F", 1, "F.1", True, 0.8, 0.7, 0.9, 300)]
    return {
        "gains": gain_rows({"balanced": {"MAYOR": 92.0, "COUNCIL": 61.0}}),
        "consents": CONSENTS.from_rows(agree),
        "gives": GIVES.from_rows(gives),
        "criteria": CRITERIA.from_rows(part),
        "proposers": PROPOSERS.from_rows(proposed),
    }


def with_programme(case: Case) -> Case:
    at = At("case.yaml", 1)
    steps = tuple(
        Step(place, rung, "", None, "", "", "S", ("A1.p1",), at)
        for place, rung in enumerate(("G.2", "F.1", "F.2"), 1)
    )
    later = Programme("avon", Named("Avon", "Avon", "Avon's plan"), "A2", {}, "", (), steps, at)
    first = dataclasses.replace(
        later, id="brook", source="A1", words=Named("Brook", "Brook", "Brook's plan")
    )
    return dataclasses.replace(case, programmes=(later, first))


def answer(case: Case, tables: Mapping[str, Table] | None = None, **options: Any) -> Reach:
    """A made-up reach with further tables."""
    made = synthetic.answer(case, **options)
    return dataclasses.replace(made, tables={**made.tables, **(tables or {})})


@dataclass(frozen=True)
class Other:
    """An answer to some other question."""

    question: str
    run: Run
    tables: Mapping[str, Table]
    sentences: tuple[str, ...] = ("Nothing falls.", "A second sentence.")
    title: str = "Does it hold?"

    @property
    def headline(self) -> str:
        return self.sentences[0]


def sense(case: Case) -> Other:
    """Made-up firmness of two findings of the river."""
    flips = [
        {
            "finding": "lead",
            "address": "weights/MAYOR/DRY",
            "basis": "I",
            "low": 0.31,
            "high": 0.83,
            "crossing": 1.4,
            "flips": True,
        },
        {
            "finding": "depth",
            "address": "parameters/cap",
            "basis": "A",
            "low": 40.0,
            "high": 47.0,
            "crossing": float("nan"),
            "flips": False,
        },
    ]
    findings = [{"finding": "lead", "value": "G.3"}, {"finding": "depth", "value": "47"}]
    tables = {"flips_single": table("flips_single", flips), "findings": table("findings", findings)}
    return Other("sense", synthetic.answer(case).run, tables, ("The lead rests on assumptions.",))


UNLOCKS = table(
    "unlocks",
    [
        unlock("F.1", "G.3", "rung", "the live feed in place today", 0.2, 0.7, best=True),
        unlock("F.1", "MAYOR", "consent", "the mayor not asked", 0.2, 0.4, best=False),
        unlock("G.2", "MAYOR", "consent", "the mayor not asked", 0.2, 0.24, best=False),
        unlock("F.1", "G.3 + MAYOR", "pair", "both of them", 0.2, 0.9, best=False),
        unlock("C.1", "DISPLACED", "consent", "families not asked", 0.2, 0.99, best=True),
    ],
)


def tables(case: Case) -> dict[str, Table]:
    """Every further table of the river."""
    return {
        "unlocks": UNLOCKS,
        "scope": table("scope", scope_rows()),
        "programmes": programme_rows(case, (1, 0.8, 0.3)),
        **card_tables(),
    }
