"""All effects models by name; loads no numbers, so that reading a case stays quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from winset.effects.contract import Card
from winset.errors import AskError, nearest

_HOME = {"warning": "winset.effects.warning.card"}


def names() -> tuple[str, ...]:
    """Return the names of all models."""
    return tuple(_HOME)


def card(name: str) -> Card:
    """Return the card of a model.

    Raises
    ------
    AskError
        There is no such model.
    """
    if name not in _HOME:
        message = f"There is no effects model {name!r}. Allowed: {', '.join(_HOME)}."
        raise AskError(message, nearest=nearest(name, _HOME))
    found: Card = import_module(_HOME[name]).CARD
    return found


def cards() -> Mapping[str, Card]:
    """Return the cards of all models by name."""
    return {name: card(name) for name in _HOME}
