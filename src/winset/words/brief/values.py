"""What a value of a case is, how it is written and what it rests on."""

from __future__ import annotations

from winset.case.model import Case, Value
from winset.words.nouns import label_of

BASES = {
    "S": "stated in a source",
    "I": "inferred from a source",
    "A": "our assumption",
    "X": "outside knowledge",
}
KINDS = {
    "weights": "what each actor cares about",
    "effects": "what each measure does",
    "stances": "direct statements on a measure",
    "linkages": "how measures help or hinder each other",
    "attitudes": "how outsiders take a measure",
    "rungs": "how far each rung goes and how visible it is",
    "measures": "effort, time and trust of a measure",
    "constituencies": "how much consent asks for",
    "parameters": "general assumptions of the model",
    "elections": "when governments may change",
}
"""Kinds of value by the table they stand in, in the order they are shown."""
_COLUMNS = {
    "benefit": "share of the benefit reached",
    "exposure": "how visible and binding",
    "scope": "how wide",
    "heat": "how far it touches what hurts",
    "effort": "effort",
    "lag": "quarters it takes",
    "trust": "trust it builds",
    "threshold": "what consent asks for",
}
NO_SOURCE = "no source"


def name_of(case: Case, address: str) -> str:
    """Say what a value is, in words of the case."""
    table, *keys = address.split("/")
    if table == "weights":
        return f"{_who(case, keys[0])}: weight on {_criterion(case, keys[1])}"
    if table == "effects":
        party = f" for {case.party[keys[2]].words.label}" if len(keys) > 2 else ""
        return f"{_measure(case, keys[0])}: effect on {_criterion(case, keys[1])}{party}"
    if table == "stances":
        return f"{_who(case, keys[0])} on {_target(case, keys[1])}"
    if table == "linkages":
        return f"{_measure(case, keys[0])} with {_measure(case, keys[1])}"
    if table == "attitudes":
        return f"{label_of(case, keys[0])} on {_measure(case, keys[1])}"
    if table == "rungs":
        return f"{_target(case, keys[0])}: {_COLUMNS.get(keys[1], keys[1])}"
    if table == "measures":
        return f"{_measure(case, keys[0])}: {_COLUMNS.get(keys[1], keys[1])}"
    if table == "constituencies":
        return f"{_who(case, keys[0])}: {_COLUMNS['threshold']}"
    if table == "elections":
        return f"share of cases in which election {keys[0]} brings another government"
    return case.parameter[keys[0]].meaning if keys[0] in case.parameter else keys[0]


def _who(case: Case, name: str) -> str:
    return case.constituency[name].words.name if name in case.constituency else name


def _measure(case: Case, name: str) -> str:
    return case.measure[name].words.label if name in case.measure else name


def _target(case: Case, name: str) -> str:
    if name in case.rung:
        rung = case.rung[name]
        return f"{case.measure[rung.measure].words.label}, {rung.words.label}"
    return _measure(case, name)


def _criterion(case: Case, name: str) -> str:
    return case.criterion[name].words.label if name in case.criterion else name


def number(value: float) -> str:
    """Write a coded number as it is read: a true minus, no trailing zeros."""
    shown = f"{value:.3g}"
    return shown.replace("-", "−")


def span(value: Value) -> str:
    """Value with its range: ``−3 [−3, −2]``; an exact one stands alone."""
    if value.exact:
        return number(value.mode)
    return f"{number(value.mode)} [{number(value.low)}, {number(value.high)}]"
