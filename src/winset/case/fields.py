"""Typed access to a YAML mapping: each key asked for once, the rest reported as unknown."""

from __future__ import annotations

from collections.abc import Iterable

from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import number, number_hint
from winset.case.strict_yaml import Node
from winset.errors import shown


class Fields:
    """The keys of one mapping; :meth:`done` reports those nobody asked for."""

    def __init__(self, node: Node | None, what: str, findings: Findings, at: At) -> None:
        self.at = node.at if node is not None else at
        self.what = what
        self._findings = findings
        self._asked: set[str] = set()
        self._items: dict[str, Node] = {}
        if node is None or node.is_blank:
            return
        if isinstance(node.value, dict):
            self._items = node.value
        else:
            findings.add(
                "E024",
                node.at,
                f"{what} is {_kind(node)}",
                allowed="a mapping (key: value)",
                do="Write one key a line",
            )

    def __contains__(self, key: str) -> bool:
        return key in self._items

    def node(self, key: str, *, needed: bool = False) -> Node | None:
        """Node under a key; None where the key is absent or blank."""
        self._asked.add(key)
        found = self._items.get(key)
        if found is None or found.is_blank:
            if needed:
                self._findings.add(
                    "E023", self.at, f"{self.what} has no {key!r}", do=f"Add the key {key!r}"
                )
            return None
        return found

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """Text under a key."""
        node = self.node(key, needed=needed)
        if node is None:
            return default
        if isinstance(node.value, str):
            return node.value
        self._wrong(node, key, "a text")
        return default

    def word(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of several words."""
        found = self.text(key, default)
        pool = tuple(allowed)
        if found in pool:
            return found
        self._findings.unknown("E043", self.where(key), f"{key} of {self.what}:", found, pool)
        return default

    def number(self, key: str, default: float | None = None) -> float:
        """Return the number under a key; without a default the key must be there."""
        node = self.node(key, needed=default is None)
        fallback = 0.0 if default is None else default
        if node is None:
            return fallback
        value = number_of(node, f"{key} of {self.what}", self._findings)
        return fallback if value is None else value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return the whole number under a key."""
        value = self.number(key, default)
        if value != int(value):
            self._findings.add(
                "E040",
                self.where(key),
                f"{key} of {self.what} is {value:g}",
                allowed="whole numbers",
            )
        return int(value)

    def names(self, key: str) -> tuple[tuple[str, At], ...]:
        """Names under a key: a list, or one text of names separated by spaces."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node.value, str):
            return tuple((word, node.at) for word in node.value.split())
        if isinstance(node.value, tuple) and all(isinstance(one.value, str) for one in node.value):
            return tuple((str(one.value), one.at) for one in node.value)
        self._wrong(node, key, "a list of names")
        return ()

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the entries of a list."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node.value, tuple):
            return node.value
        self._wrong(node, key, "a list")
        return ()

    def mapping(self, key: str) -> dict[str, Node]:
        """Return the entries of a mapping."""
        node = self.node(key)
        if node is None:
            return {}
        if isinstance(node.value, dict):
            return node.value
        self._wrong(node, key, "a mapping")
        return {}

    def rest(self) -> dict[str, Node]:
        """Entries nobody has asked for."""
        left = {key: node for key, node in self._items.items() if key not in self._asked}
        self._asked.update(left)
        return left

    def done(self) -> None:
        """Report every key nobody has asked for."""
        known = frozenset(self._asked)
        for key, node in self.rest().items():
            self._findings.unknown(
                "E022", node.at, f"key of {self.what}", key, known, do="Rename or remove it"
            )

    def where(self, key: str) -> At:
        """Line of a key, or of the mapping where the key is absent."""
        return self._items[key].at if key in self._items else self.at

    def _wrong(self, node: Node, key: str, allowed: str) -> None:
        found = f"{key} of {self.what} is {_kind(node)}"
        self._findings.add("E024", node.at, found, allowed=allowed)


def number_of(node: Node, what: str, findings: Findings) -> float | None:
    """Return the number a node holds, or None and a problem."""
    if isinstance(node.value, str):
        value = number(node.value)
        if value is not None:
            return value
        found = f"{what} is {shown(node.value)}"
        findings.add("E040", node.at, found, allowed="a number", do=number_hint(node.value))
        return None
    findings.add("E024", node.at, f"{what} is {_kind(node)}", allowed="a number")
    return None


def _kind(node: Node) -> str:
    if isinstance(node.value, dict):
        return "a mapping"
    if isinstance(node.value, tuple):
        return "a list"
    return f"the text {shown(node.value)}"
