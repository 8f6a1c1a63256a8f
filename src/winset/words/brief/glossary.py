"""Words with one meaning, each explained once."""

from __future__ import annotations

import re

GLOSSARY = {
    "world": (
        "one way the unknowns could stand: one draw of every uncertain value and of every "
        "disputed reading"
    ),
    "rung": "one of the ordered steps of a measure; each includes the steps below it",
    "ladder": "all rungs of one measure, from the least to the most demanding",
    "measure": "one thing that could be done together, in steps",
    "package": "a choice of one rung for every measure, offered as a whole",
    "share": (
        "the number of worlds of 100 in which a statement holds; it measures how well an answer "
        "survives what is not known"
    ),
    "reach": "the set of packages that every party could carry at home",
    "depth": (
        "how much of all that is on the ladders a package reaches, in percent; a ruler of the "
        "analyst, nobody's aim"
    ),
    "open": "some package that contains the rung is accepted by all",
    "consent": "a constituency's agreement where the rule of its party asks for it",
    "refuses": "in this coding, a package leaves a constituency below what it needs",
    "red line": "a rung that is refused whatever is offered, unless a named condition holds",
    "ceiling": "the highest level a set of measures may reach, raised by progress elsewhere",
    "slippage": "the widening of a step's scope that comes after it has begun",
    "point": "the unit of a constituency's gains and losses: one step of the coding's scale",
    "reading": "one side of a question on which the sources differ",
    "basis": (
        "what a value rests on: S stated in a source, I inferred from one, A our assumption, "
        "X outside knowledge"
    ),
    "at the edge": (
        "the first rung of a ladder above today that is open in fewer than half of the worlds"
    ),
    "middle half": "the range between the lowest and the highest quarter of worlds",
}
EVERYDAY = ("open", "ladder", "middle half")
"""Words that read well without a tip; the glossary still explains them."""
_PLURAL = "s?"


def uses(term: str) -> str:
    """Pattern of the forms in which a term stands in a sentence."""
    return rf"\b{re.escape(term)}{_PLURAL}\b"


def meaning(term: str) -> str:
    """Explain a term in one sentence."""
    return f"{GLOSSARY[term]}."
