"""Words for the values of a case: what one is, how it is written, what it rests on."""

from __future__ import annotations

from winset.brief.runs import Basis, Link, Run, Runs, Small, Text, join
from winset.case.model import Basis as Letter
from winset.case.model import Case, Value
from winset.errors import AskError

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


def kind_of(address: str) -> str:
    """Table in which a value stands."""
    return address.split("/", 1)[0]


EXISTENCE = ("rungs", "measures", "constituencies")
"""Tables whose basis letter says that a thing exists or that a rule holds, not how large it is."""


def basis_of(value: Value) -> Letter:
    """Say what the size of a value rests on: an assumption where the letter speaks of existence."""
    own_row = value.at.file.endswith("ranges.csv")
    return "A" if kind_of(value.address) in EXISTENCE and not own_row else value.basis


def value_id(address: str) -> str:
    """Stable id of a value: ``weights/KR-PRES/AUT`` is ``v.weights.KR-PRES.AUT``."""
    return "v." + address.replace("/", ".")


def paragraph_id(ref: str) -> str:
    """Stable id of a paragraph: ``S3.p15`` is ``p.S3.p15``."""
    return f"p.{ref}"


def address_of(case: Case, ident: str) -> str:
    """Return what an id of the page stands for: a value, a paragraph; other words stay as they are.

    Raises
    ------
    AskError
        The id is that of a result, which only a run has.
    """
    if ident.startswith("v."):
        return next((name for name in case.values if value_id(name) == ident), ident)
    if ident.startswith("p."):
        return ident.removeprefix("p.")
    if ident.startswith("r."):
        raise AskError(
            f"{ident} is a result of a run, not a value of the case: open index.html#{ident} in the "
            f"folder of the run, or ask winset why {case.id} RUNG."
        )
    return ident


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
        return f"{_outsider(case, keys[0])} on {_measure(case, keys[1])}"
    if table == "rungs":
        return f"{_target(case, keys[0])}: {_COLUMNS.get(keys[1], keys[1])}"
    if table == "measures":
        return f"{_measure(case, keys[0])}: {_COLUMNS.get(keys[1], keys[1])}"
    if table == "constituencies":
        return f"{_who(case, keys[0])}: {_COLUMNS['threshold']}"
    if table == "elections":
        return f"share of cases in which election {keys[0]} brings another government"
    meaning = {item.id: item.meaning for item in case.parameters}
    return meaning.get(keys[0], keys[0])


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
    return next((item.words.label for item in case.criteria if item.id == name), name)


def _outsider(case: Case, name: str) -> str:
    return next((item.words.label for item in case.outsiders if item.id == name), name)


def number(value: float) -> str:
    """Write a coded number as it is read: a true minus, no trailing zeros."""
    shown = f"{value:.3g}"
    return shown.replace("-", "−")


def span(value: Value) -> str:
    """Value with its range: ``−3 [−3, −2]``; an exact one stands alone."""
    if value.exact:
        return number(value.mode)
    return f"{number(value.mode)} [{number(value.low)}, {number(value.high)}]"


def references(case: Case, refs: tuple[str, ...]) -> Runs:
    """Paragraphs as links, author first, each author named once."""
    found = {item.id: item for item in case.evidence}
    runs: list[Run] = []
    author = ""
    for ref in refs:
        item = found.get(ref)
        if item is None:
            continue
        if runs:
            runs.append(Text(", "))
        named = author_of(case, item.source)
        if named != author:
            runs.append(Text(f"{named} "))
            author = named
        runs.append(Link(f"¶{item.paragraph}", paragraph_id(item.id)))
    return join(runs) if runs else (Small("no source"),)


def author_of(case: Case, source: str) -> str:
    """How the author of a source is named."""
    for item in case.sources:
        if item.id == source:
            return item.reading or item.author or item.id
    return source


def line(case: Case, value: Value) -> Runs:
    """One input of a result: basis, name, value and range, paragraphs."""
    return join(
        [
            Basis(basis_of(value)),
            Text(f" {name_of(case, value.address)}: "),
            Link(span(value), value_id(value.address)),
            Text(" · "),
            *references(case, value.refs),
        ]
    )
