"""The hash of a case: equal for folders that mean the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

_PLACE = frozenset({"at", "file", "folder", "hash", "unsealed", "without"})


def meaning(thing: object) -> object:
    """Turn a case, or a part of one, into plain data without places: what it says, not where."""
    if is_dataclass(thing) and not isinstance(thing, type):
        named = {"is": type(thing).__name__}
        for field in fields(thing):
            if field.name not in _PLACE:
                named[field.name] = meaning(getattr(thing, field.name))  # type: ignore[assignment]
        return named
    if isinstance(thing, Mapping):
        return {str(key): meaning(value) for key, value in thing.items()}
    if isinstance(thing, frozenset | set):
        return sorted(str(one) for one in thing)
    if isinstance(thing, list | tuple):
        return [meaning(one) for one in thing]
    return thing


def digest(thing: object) -> str:
    """SHA-256 (hex) over the canonical JSON of the meaning."""
    text = json.dumps(meaning(thing), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
