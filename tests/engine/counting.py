"""Count the calls that a plain copy of the engine makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

Name = tuple[str, str]
"""Module that makes the call, and what is called."""


@contextmanager
def counted(engine: ModuleType, names: Iterable[Name]) -> Iterator[Counter[Name]]:
    """Count calls by name; in a compiled engine those from Python only."""
    spent: Counter[Name] = Counter()

    def counting(key: Name, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            spent[key] += 1
            return function(*given)

        return call

    before = []
    try:
        for part, name in names:
            module = import_module(f"{engine.__name__}.{part}")
            before.append((module, name, getattr(module, name)))
            setattr(module, name, counting((part, name), getattr(module, name)))
        yield spent
    finally:
        for module, name, function in before:
            setattr(module, name, function)
