"""Every sentence of the answer to "which assumptions carry the answer?"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from winset.case.model import Case
from winset.tables import Table
from winset.words import phrases as words

Row = dict[str, Any]
TITLE = "Which assumptions carry the answer?"
NULL_MEANINGS = {
    "N0": "signs only: every size is the mean size of its table",
    "N1": "coded signs with random sizes",
    "N2": "logistic fit on exposure, scope, heat and domain of the rung",
    "N3": "assumed values with random signs",
    "N4": "stated values only, all others 0",
    "N5-mean": "mean of preferred levels, weighted by salience",
    "N5-majority": "majority of preferred levels",
    "N6": "weights of one constituency handed to another",
}
"""What each null model answers with."""
RED_LINES_OFF, SATURATION_OFF, SOFT_BIND = "red lines off", "saturation off", "soft actors bind"
"""Other forms of the model, as the table ``variants`` names them."""
_CLEAR = 2.0
"""Standard errors by which one part of the variance must exceed another to be called larger."""

NULLS: Mapping[str, str] = {
    "N0": "signs without sizes",
    "N1": "coded signs with random sizes",
    "N2": "a fit on how wide, visible and heated a step is",
    "N3": "random signs for what is assumed",
    "N4": "nothing but stated values",
    "N5-mean": "the weighted mean of what each prefers",
    "N5-majority": "the majority of what each prefers",
    "N6": "weights handed to somebody else",
}
"""Null models as a sentence names them."""
ABOUT_NULLS = (
    "A null model leaves out, on purpose, something that the coding claims to know; a finding that "
    "it gives as well does not rest on that knowledge."
)

DEFINITION = (
    "Each finding is asked again on the same worlds with one thing made different. lead and beyond "
    "hold while their rung stays on its side of one half of the worlds, blocker while the same "
    "constituency alone stops most of the steps at the edge, depth and package while within 5 "
    "percent of all ladders. A finding that holds everywhere is firm against what was tried, and "
    "against nothing else."
)


def summary(case: Case, tables: Mapping[str, Table], n: int) -> list[str]:
    """Say how firm the findings are, the headline first."""
    rows = [*tables["findings"].rows()]
    told = [headline(rows, tables["nulls"]), *(finding(case, tables, row, n) for row in rows)]
    if len(tables["variants"]):
        told.append(fragile(tables["fragile"], tables["variants"]["rungs"].tolist()[0]))
    return told


def headline(rows: list[Row], nulls: Table) -> str:
    """Say how many findings held throughout, and whether magnitudes carry anything."""
    tried = [row for row in rows if row["variations"]]
    if not tried:
        return "No variation was tried that a finding could fail."
    firm = [row["finding"] for row in tried if row["held"] == row["variations"]]
    many = words.capital(words.number_word(len(firm))) if firm else "None"
    told = f"{many} of {words.number_word(len(tried))} findings "
    told += f"{'holds' if len(firm) < 2 else 'hold'} in every variation tried."
    signs = next(nulls.where(null="N0").rows(), None)
    if signs is None:
        return told
    return (
        f"{told} Signs alone, without sizes, give another verdict for {signs['differ']} of "
        f"{signs['rungs']} steps."
    )


def finding(case: Case, tables: Mapping[str, Table], row: Row, n: int) -> str:
    """Say what a finding is, its band over width, what it rests on and which nulls agree (L6)."""
    if not row["value"]:
        return f"{words.capital(row['finding'])}: the base has no such finding."
    parts = [f"{said(case, row, n)}."]
    if row["variations"]:
        parts.append(f"Holds in {row['held']} of {row['variations']} variations.")
    parts += [band(tables["plane"], row["finding"]), rests(tables["basis"], row["finding"])]
    parts += [agree(tables["nulls"], row["finding"]), reversal(tables["flips"], row["finding"])]
    return " ".join(part for part in parts if part)


def said(case: Case, row: Row, n: int) -> str:
    """Name a finding with its number."""
    match row["finding"]:
        case "lead" | "beyond":
            phrase = case.rung[row["value"]].words.phrase
            return f"{words.capital(phrase)}: open {words.share_phrase(row['number'], n)}"
        case "blocker":
            who = words.capital(case.constituency[row["value"]].words.phrase)
            ends = f"{100 * row['low']:.0f} to {100 * row['high']:.0f}"
            return (
                f"{who} stops most at the edge: {100 * row['number']:.0f} of 100 closures that one "
                f"consent alone would open ({ends})"
            )
        case "depth":
            return (
                f"The deepest package reaches {row['number']:.0f} percent of all ladders on average"
            )
        case _:
            return (
                f"The deepest single package met that stands in 80 of 100 worlds reaches "
                f"{row['number']:.0f} percent"
            )


def band(plane: Table, name: str) -> str:
    """Say how far the number moves over the plane of width and offset."""
    numbers = plane.where(finding=name)["number"]
    known = numbers[~np.isnan(numbers)]
    if known.size == 0:
        return ""
    times = 100 if name in ("lead", "beyond", "blocker") else 1
    low, high = times * float(known.min()), times * float(known.max())
    unit = {"blocker": "of 100 closures", "lead": "of 100 worlds", "beyond": "of 100 worlds"}
    return f"Over width and offset: {low:.0f} to {high:.0f} {unit.get(name, 'percent')}."


def rests(basis: Table, name: str) -> str:
    """Say which basis the spread over worlds rests on; that it is mostly coding, where it is."""
    rows = {row["group"]: row for row in basis.where(finding=name).rows()}
    rows = {key: row for key, row in rows.items() if not np.isnan(row["total"] or np.nan)}
    if not rows:
        return ""
    label = {"S": "stated", "I": "inferred", "A": "assumed", "X": "outside"}
    shares = ", ".join(
        f"{label[key]} {100 * row['total']:.0f} (error {100 * (row['total_error'] or 0.0):.0f})"
        for key, row in rows.items()
    )
    told = f"Parts of 100 of its spread in which values have a hand: {shares}."
    assumed, stated = rows.get("A"), rows.get("S")
    if assumed is None:
        return told
    least = assumed["total"] - _CLEAR * (assumed["total_error"] or 0.0)
    most = (stated["total"] + _CLEAR * (stated["total_error"] or 0.0)) if stated else 0.0
    if least > max(most, 0.5):
        return f"{told} How firmly it is held rests mostly on coding, not on the sources."
    return told


def agree(nulls: Table, name: str) -> str:
    """Name the null models under which the finding stands as well."""
    rows = [*nulls.where(finding=name).rows()]
    if not rows:
        return ""
    same = [NULLS.get(row["null"], row["null"]) for row in rows if row["holds"]]
    if not same:
        return f"None of {len(rows)} null models gives it."
    many = words.capital(words.number_word(len(same)))
    verb = "gives" if len(same) == 1 else "give"
    return f"{many} of {len(rows)} null models {verb} it as well: {words.join_names(same)}."


def reversal(flips: Table, name: str) -> str:
    """Say how few values reverse the finding."""
    row = next(flips.where(finding=name).rows(), None)
    if row is None:
        return ""
    if row["size"] == 0:
        return f"No reversal was found among the {row['tried']} values tried."
    if row["size"] == 1:
        return f"One value at an end of its range reverses it: {row['address']} at {row['moved_to']:g}."
    surety = "no smaller set of those tried does" if row["proven"] else "a smaller set may exist"
    return f"{words.capital(words.number_word(row['size']))} values at an end of their range reverse it; {surety}."


def fragile(rows: Table, rungs: int) -> str:
    """Say how many verdicts hang on the shape of the ranges alone."""
    if len(rows) == 0:
        return f"None of the {rungs} verdicts changes class with the prior."
    verb = "changes" if len(rows) == 1 else "change"
    return f"{len(rows)} of {rungs} verdicts {verb} class with the prior alone: they are fragile."


def losses_for_all(party: str) -> str:
    """Name the form of the model in which all lose as one party does."""
    return f"losses of {party} for all"
