"""Values that a model computed: which model a row names, and whether there is one."""

from __future__ import annotations

from winset.case.findings import Findings
from winset.case.model import Value
from winset.effects.catalogue import card, names
from winset.effects.contract import Card, model_named

PREFIX = "model:"


def check_computed(value: Value, findings: Findings) -> None:
    """Report an effect of basis C that names no model, or one that does not exist."""
    if value.basis != "C":
        return
    named = model_named(value.refs)
    known = names()
    if not named:
        findings.add(
            "E046",
            value.at,
            f"{value.address} has basis C and names no model",
            allowed=f"refs with one of {', '.join(PREFIX + name for name in known)}",
            do="Name the model, or set the basis to A",
        )
    for name in named:
        if name not in known:
            findings.unknown("E046", value.at, "model", name, known)


def cards_behind(refs: tuple[str, ...]) -> tuple[Card, ...]:
    """Return the cards of the models that references name."""
    known = names()
    return tuple(card(name) for name in model_named(refs) if name in known)


def is_model(ref: str) -> bool:
    """Whether a reference names a model that exists."""
    return any(name in names() for name in model_named((ref,)))
