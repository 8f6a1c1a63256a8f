"""The tables of the answer about a bargain: every column with its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from winset.tables import Column, Schema

_SOLUTION = Column(
    "solution",
    "text",
    "",
    "`nash`, `weighted-nash`, `kalai-smorodinsky`, `egalitarian`, `utilitarian`; `best:WHO`: what "
    "WHO would propose; `mixed:` before a name: over mixtures of outcomes.",
)
_WHO = Column("who", "text", "", "Party.")
_OUTCOMES = Column("outcomes", "int", "", "Outcomes that give everybody exactly the same.")

SOLUTIONS = Schema(
    "solutions",
    "What does each solution give each party?",
    (
        _SOLUTION,
        _WHO,
        Column("utility", "float", "", "Utility."),
        Column("of_best", "float", "percent", "Gain over no agreement, of the most it can get."),
        _OUTCOMES,
    ),
)
SETTLEMENTS = Schema(
    "settlements",
    "Which outcomes does each solution pick?",
    (
        _SOLUTION,
        Column("member", "int", "", "Outcome among those that are as good, from 1; ten at most."),
        Column("share", "float", "share", "Share of it in a mixture; 1 for a single outcome."),
        Column("matter", "text", "", "What is settled."),
        Column("value", "text", "", "By which value."),
    ),
)
FRONTIER = Schema(
    "frontier",
    "Which utilities are such that no outcome gives everybody at least as much and somebody more?",
    (
        Column("point", "int", "", "Point, from 1; the highest sum first."),
        _WHO,
        Column("utility", "float", "", "Utility."),
        _OUTCOMES,
    ),
)
PROFILES = Schema(
    "profiles",
    "What does each party bring?",
    (
        _WHO,
        Column("least", "float", "", "The least that any outcome gives."),
        Column("most", "float", "", "The most that any outcome gives."),
        Column("without", "float", "", "Utility without an agreement; empty where any will do."),
        Column("discount", "float", "", "Discount factor of the file; not used."),
    ),
)
LEFT_OUT = Schema(
    "left_out",
    "What do the files hold that is not used?",
    (Column("what", "text", "", "Named, because it is not used."),),
)
SCHEMAS: Mapping[str, Schema] = {
    one.name: one for one in (SOLUTIONS, SETTLEMENTS, FRONTIER, PROFILES, LEFT_OUT)
}
