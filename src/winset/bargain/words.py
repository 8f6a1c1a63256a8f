"""Every sentence about a bargain, from rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.bargain.model import Bargain
from winset.tables import Table
from winset.words import phrases as words
from winset.words.settle import title

DEFINITION = (
    "Utility is the sum over matters of weight times evaluation, rounded to a billionth for each "
    "value. All outcomes are taken account of; those that give every party the same are one point. "
    "Parties only, no ratification at home: nothing here says whether anybody could carry it. A "
    "solution is a rule of dividing, never a forecast."
)


def summary(bargain: Bargain, tables: Mapping[str, Table]) -> list[str]:
    """Return the answer in a few sentences, the headline first."""
    border = tables["frontier"]
    points = len(border) // len(bargain.profiles)
    told = [_headline(bargain, tables["solutions"], points)]
    told += _parting(tables["solutions"])
    told += _mixed(tables["solutions"])
    if bargain.left_out:
        told.append(f"Left out, because it is not used: {words.join_names(bargain.left_out)}.")
    return told


def _by_solution(solutions: Table) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in solutions.rows():
        found.setdefault(row["solution"], {})[row["who"]] = row
    return found


def _headline(bargain: Bargain, solutions: Table, points: int) -> str:
    by = _by_solution(solutions)
    head = (
        f"Of {bargain.outcomes:,} outcomes {points:,} {'point is' if points == 1 else 'points are'}"
    )
    if not by:
        return (
            f"{head} on the frontier, and none gives every party at least what it has without an "
            "agreement: nothing to settle."
        )
    nash = by["nash"]
    parts = [f"{who} {row['utility']:.3f}" for who, row in nash.items()]
    count = next(iter(nash.values()))["outcomes"]
    alike = "" if count == 1 else f", reached by {count:,} outcomes alike"
    return f"{head} on the frontier; the Nash solution gives {words.join_names(parts)}{alike}."


def _parting(solutions: Table) -> list[str]:
    """Say which solutions pick something else than Nash, and who does worst there."""
    by = _by_solution(solutions)
    if "nash" not in by:
        return []
    base = {who: row["utility"] for who, row in by["nash"].items()}
    same, told = [], []
    for name, rows in by.items():
        if name == "nash" or name.startswith(("best:", "mixed:")):
            continue
        apart = {who: row["utility"] - base[who] for who, row in rows.items()}
        if max(map(abs, apart.values())) < 1e-12:
            same.append(title(name))
            continue
        worst = min(apart, key=lambda who: apart[who])
        told.append(f"the {title(name)} one costs {worst} {-apart[worst]:.3f} against it")
    if same:
        noun = "solution picks" if len(same) == 1 else "solutions pick"
        told.insert(0, f"the {words.join_names(same)} {noun} the same")
    return [f"{words.capital('; '.join(told))}."] if told else []


def _mixed(solutions: Table) -> list[str]:
    """Say what mixing adds to the Kalai-Smorodinsky solution, where mixing was asked for."""
    by = _by_solution(solutions)
    if "mixed:kalai-smorodinsky" not in by:
        return []
    before, after = (
        min(row["of_best"] for row in by[name].values())
        for name in ("kalai-smorodinsky", "mixed:kalai-smorodinsky")
    )
    told = (
        f"Over mixtures the party worst off by share of its best rises from {before:.1f} to "
        f"{after:.1f} percent in the Kalai-Smorodinsky solution."
    )
    return [told]
