"""Answers with made-up numbers over any case: for layout and grammar, never a result."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from winset.ask.reach.answer import Reach
from winset.ask.reach.schemas import SCHEMAS
from winset.case.model import Case, Measure
from winset.run import Run
from winset.tables import Table, wilson

Share = Callable[[Measure, int, random.Random], float]


def falling(measure: Measure, level: int, rng: random.Random) -> float:
    """Shares that fall along a ladder, at a pace of each ladder's own."""
    steps = level - measure.status_quo
    pace = random.Random(measure.id).uniform(0.02, 0.6)
    return max(0.0, min(1.0, 1.02 - pace * steps - 0.03 * rng.random()))


def answer(
    case: Case,
    *,
    worlds: int = 2000,
    seed: int = 1,
    share: Share = falling,
    unsettled: float = 0.0,
    packages: bool = True,
    readings: bool = True,
    joint: bool = False,
    lean: float | None = None,
    changes: tuple[str, ...] = (),
) -> Reach:
    """Make up an answer: every table of the real one, random numbers in it."""
    rng = random.Random(seed)
    rungs = _rungs(case, worlds, rng, share, unsettled)
    tables = {
        "rungs": _table("rungs", rungs),
        "limits": _table("limits", _limits(case, worlds, rungs, rng, joint=joint)),
        "closures": _table("closures", _closures(worlds, rungs)),
        "joint": _table("joint", _joint(case, worlds, rungs) if joint else []),
        "domains": _table("domains", _domains(case, rng)),
        "packages": _table("packages", _packages(case, rungs, worlds) if packages else []),
        "certainty": _table("certainty", _certainty(worlds) if packages else []),
        "readings": _table("readings", _readings(case, rungs, worlds, lean) if readings else []),
        "valleys": _table("valleys", _valleys(rungs)),
        "deepest": _table("deepest", []),
        "depth": _table("depth", []),
    }
    run = Run(
        case_id=case.id,
        case_hash=case.hash,
        worlds=worlds,
        asked=worlds,
        first=0,
        rng=seed,
        prior="pert",
        correlated=True,
        changes=changes,
        version="0.0",
        versions=(),
        command=f"winset brief {case.id} --worlds={worlds} --rng={seed}",
    )
    return Reach(case, run, tables, {}, worlds=None)  # type: ignore[arg-type]


def _table(name: str, rows: list[Mapping[str, Any]]) -> Table:
    schema = SCHEMAS[name]
    empty = {"text": "", "int": 0, "float": 0.0, "bool": False}
    return schema.from_rows(
        [[row.get(column.name, empty[column.dtype]) for column in schema.columns] for row in rows]
    )


def _interval(name: str, share: float, n: int, low: str, high: str) -> dict[str, float]:
    ends = wilson(round(share * n), max(n, 1))
    return {name: share, low: float(ends[0]), high: float(ends[1])}


def _rungs(
    case: Case, n: int, rng: random.Random, share: Share, unsettled: float
) -> list[Mapping[str, Any]]:
    group = {measure: group.id for group in case.groups for measure in group.measures}
    rows: list[Mapping[str, Any]] = []
    for measure in case.measures:
        for rung in measure.rungs:
            beyond = rung.level > measure.status_quo
            found = round(share(measure, rung.level, rng) * n) / n if beyond else 1.0
            alone = round(found * rng.uniform(0.5, 1.0) * n) / n if beyond else 1.0
            rows.append(
                {
                    "rung": rung.id,
                    "measure": measure.id,
                    "level": rung.level,
                    "domain": measure.domain,
                    "group": group.get(measure.id, ""),
                    "status_quo": not beyond,
                    "unsettled": unsettled if beyond else 0.0,
                    "gain": rng.uniform(0, 3) if beyond else 0.0,
                    "sacrifice": rng.uniform(0, 4),
                    "sacrifice_worlds": 50,
                    "reason": "",
                    **_interval("share_open", found, n, "open_low", "open_high"),
                    **_interval("share_alone", alone, n, "alone_low", "alone_high"),
                    **_interval("share_in_deepest", alone, n, "deepest_low", "deepest_high"),
                }
            )
    return rows


def _limits(
    case: Case,
    n: int,
    rungs: list[Mapping[str, Any]],
    rng: random.Random,
    *,
    joint: bool,
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    ceilings = list(case.mechanisms.ceilings)
    for row in rungs:
        closed = n - round(row["share_open"] * n)
        if not closed or joint:
            continue
        asked = [item for item in case.constituencies if row["rung"] in item.asked_for]
        kinds = [("floor", item.id) for item in asked] + [("threshold", item.id) for item in asked]
        kinds += [("ceiling", item.id) for item in ceilings if row["measure"] in item.over]
        kinds += [("scope", case.parties[-1].id)] if case.mechanisms.scope else []
        kinds += [
            ("red line" if rule.kind == "refuses" else "prerequisite", rule.id)
            for rule in case.rules
            if rule.kind in ("refuses", "needs")
            and row["rung"] in rule.rungs
            and "reach" in rule.read_by
        ]
        weights = random.Random(row["measure"])
        for kind, who in kinds:
            strong = weights.random() ** 4
            share = round(strong * rng.uniform(0.6, 1.0) * closed) / closed
            if share < 0.01:
                continue
            person = kind in ("floor", "threshold")
            rows.append(
                {
                    "rung": row["rung"],
                    "limit": kind,
                    "who": who,
                    "closed": closed,
                    "tried": closed,
                    "price_p25": 0.6 if person else float("nan"),
                    "price_p50": 1.2 if person else float("nan"),
                    "price_p75": 2.0 if person else float("nan"),
                    "price_worlds": round(share * closed) if person else 0,
                    **_interval("share_of_closed", share, closed, "low", "high"),
                    **_interval("sole", share / 2, closed, "sole_low", "sole_high"),
                    **_interval("joint", 0.0, closed, "joint_low", "joint_high"),
                }
            )
    return rows


def _closures(n: int, rungs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for row in rungs:
        closed = n - round((row["share_open"] + row["unsettled"]) * n)
        if closed:
            rows.append(
                {
                    "rung": row["rung"],
                    "closed": closed,
                    "tried": min(closed, 100),
                    **_interval("one", 0.6, closed, "one_low", "one_high"),
                    **_interval("two", 0.3, closed, "two_low", "two_high"),
                    **_interval("more", 0.1, closed, "more_low", "more_high"),
                }
            )
    return rows


def _joint(case: Case, n: int, rungs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    who = [item.id for item in case.constituencies if item.asked_for][:2]
    return [
        {
            "rung": row["rung"],
            "limit": "floor",
            "who": who[0],
            "other_limit": "threshold",
            "other": who[-1],
            "tried": 100,
            **_interval("share", 0.7, 100, "low", "high"),
        }
        for row in rungs
        if round(row["share_open"] * n) < n and not row["status_quo"]
    ]


def _domains(case: Case, rng: random.Random) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for domain in ("all", *case.domains):
        today = rng.uniform(0, 15)
        p50 = rng.uniform(today, 90)
        rows.append(
            {
                "domain": domain,
                "today": today,
                "p25": max(today, p50 - rng.uniform(3, 15)),
                "p50": p50,
                "p75": min(100.0, p50 + rng.uniform(3, 15)),
            }
        )
    return rows


def _packages(case: Case, rungs: list[Mapping[str, Any]], n: int) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for name, level in (("safe", 0.95), ("balanced", 0.8), ("stretch", 0.5)):
        for measure in case.measures:
            open_levels = [
                row["level"]
                for row in rungs
                if row["measure"] == measure.id and row["share_alone"] >= level
            ]
            taken = max([measure.status_quo, *open_levels])
            rows.append(
                {
                    "package": name,
                    "measure": measure.id,
                    "level": taken,
                    "rung": f"{measure.id}.{taken}" if taken else "",
                    "new": taken > measure.status_quo,
                    "gain": float(taken - measure.status_quo),
                    "certainty": level,
                    "depth": {"safe": 20.0, "balanced": 40.0, "stretch": 60.0}[name],
                    "today": 8.0,
                    **_interval("share", level + 0.01, n, "low", "high"),
                }
            )
    return rows


def _certainty(n: int) -> list[Mapping[str, Any]]:
    return [
        {
            "step": step,
            "rung": "",
            "depth": 8.0 + 4.0 * step,
            **_interval("share", 1.0 - 0.04 * step, n, "low", "high"),
        }
        for step in range(14)
    ]


def _readings(
    case: Case, rungs: list[Mapping[str, Any]], n: int, wanted: float | None
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for row in rungs:
        if row["status_quo"]:
            continue
        for choice in case.switches:
            lean = 0.25 * random.Random(choice.id).random() if wanted is None else wanted
            for place, option in enumerate(choice.options):
                share = min(1.0, max(0.0, row["share_open"] + (lean if place else -lean)))
                worlds = n // len(choice.options)
                rows.append(
                    {
                        "switch": choice.id,
                        "option": option.id,
                        "rung": row["rung"],
                        "worlds": worlds,
                        **_interval("share", share, worlds, "low", "high"),
                    }
                )
    return rows


def _valleys(rungs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    for before, after in pairwise(rungs):
        if before["measure"] == after["measure"] and after["share_alone"] > before["share_alone"]:
            rows.append(
                {
                    "rung": before["rung"],
                    "later": after["rung"],
                    "share_alone": before["share_alone"],
                    "later_alone": after["share_alone"],
                    **_interval("share", 0.1, 100, "low", "high"),
                }
            )
    return rows
