"""The nouns of a case: what an analyst wrote, read and checked, never changed.

Everything here is frozen and holds no behaviour beyond look-ups.  The tables of a folder become
these objects in :mod:`winset.case.read`; draws are made from them in :mod:`winset.worlds`; the
arrays of the engine in :mod:`winset.problem`.
"""

from __future__ import annotations

from winset.case.model.actors import Constituency, Criterion, Group, Measure, Party, Rung
from winset.case.model.base import At, Basis, Change, Kind, Named, Scale, Shape, Value
from winset.case.model.case import Case
from winset.case.model.condition import (
    AtLeast,
    Compare,
    Condition,
    Consents,
    Flag,
    Happened,
    Held,
    Not,
    RungAtLeast,
    Supports,
    Venue,
)
from winset.case.model.dispute import (
    Dispute,
    DisputeOption,
    DisputeOutcome,
    DisputeReading,
    DisputeSide,
    DisputeStatement,
    Holding,
)
from winset.case.model.mechanisms import (
    Amplifier,
    Ceiling,
    Easing,
    Enabling,
    Guarantee,
    Learning,
    Lift,
    Mechanisms,
    Quiet,
    Reversal,
    Scope,
)
from winset.case.model.rules import Choice, Option, Rule
from winset.case.model.story import Evidence, Outsider, Programme, Shock, Source, Step
from winset.case.model.timing import Felt, Government, Timing
from winset.case.model.tracking import (
    STAGES,
    Entry,
    Evaluation,
    Log,
    Move,
    Proficiency,
    Stage,
)
from winset.case.model.values import Attitude, Effect, Election, Linkage, Parameter, Stance, Weight

__all__ = [
    "STAGES",
    "Amplifier",
    "At",
    "AtLeast",
    "Attitude",
    "Basis",
    "Case",
    "Ceiling",
    "Change",
    "Choice",
    "Compare",
    "Condition",
    "Consents",
    "Constituency",
    "Criterion",
    "Dispute",
    "DisputeOption",
    "DisputeOutcome",
    "DisputeReading",
    "DisputeSide",
    "DisputeStatement",
    "Easing",
    "Effect",
    "Election",
    "Enabling",
    "Entry",
    "Evaluation",
    "Evidence",
    "Felt",
    "Flag",
    "Government",
    "Group",
    "Guarantee",
    "Happened",
    "Held",
    "Holding",
    "Kind",
    "Learning",
    "Lift",
    "Linkage",
    "Log",
    "Measure",
    "Mechanisms",
    "Move",
    "Named",
    "Not",
    "Option",
    "Outsider",
    "Parameter",
    "Party",
    "Proficiency",
    "Programme",
    "Quiet",
    "Reversal",
    "Rule",
    "Rung",
    "RungAtLeast",
    "Scale",
    "Scope",
    "Shape",
    "Shock",
    "Source",
    "Stage",
    "Stance",
    "Step",
    "Supports",
    "Timing",
    "Value",
    "Venue",
    "Weight",
]
