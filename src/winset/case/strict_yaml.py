"""YAML without surprises: every node knows its line, keys are unique, ``NO`` is a text.

Only mappings, lists and plain texts are read.  Anchors, aliases, tags and several documents in
one file are errors.  A scalar stays text until somebody asks for a number or a truth value.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from winset.case.findings import Findings
from winset.case.model import At
from winset.case.quantity import NUMBER, number
from winset.errors import shown

DEEPEST = 20
_SHIFT = 1


@dataclass(frozen=True, slots=True)
class Node:
    """One YAML value: a text, a tuple of nodes or a mapping of nodes.

    ``at`` is the line of the key where the node stands under a key.
    """

    at: At
    value: str | tuple[Node, ...] | dict[str, Node]
    quoted: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return isinstance(self.value, str) and not self.quoted and self.value in ("", "~", "null")


def plain(node: Node) -> object:
    """Turn a node into texts, numbers, truth values, lists and mappings (YAML 1.2 core rules)."""
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    if node.quoted:
        return node.value
    if node.is_blank:
        return None
    if node.value in ("true", "false"):
        return node.value == "true"
    value = number(node.value)
    if value is None or not NUMBER.fullmatch(node.value):
        return node.value
    return int(value) if node.value.lstrip("+-").isdigit() else value


def read_yaml(text: str, name: str, findings: Findings) -> Node | None:
    """Read one YAML file; None (and a problem) where it cannot be read."""
    try:
        return _Builder(name, findings).build(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        last = 1 + text.count("\n")
        line = min(mark.line + _SHIFT, last) if mark else _bad_line(text, error)
        why = getattr(error, "problem", None) or "not allowed in YAML"
        findings.add(
            "E020", At(name, line), f"YAML that cannot be read ({why})", do=_advice(text, line)
        )
    except RecursionError:
        findings.add("E020", At(name, 1), "nesting without end", do="Write it flat")
    return None


def _bad_line(text: str, error: yaml.YAMLError) -> int:
    place = getattr(error, "position", None)
    return 1 + text[:place].count("\n") if isinstance(place, int) else 1


def _advice(text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here:
        return "Indent with spaces, not tabs"
    return "Check indentation, and put texts that hold ': ' or ' #' in quotes"


class _Refused(yaml.YAMLError):
    """YAML that can be read, and is not."""

    def __init__(self, problem: str, event: yaml.Event) -> None:
        super().__init__(problem)
        self.problem = problem
        self.problem_mark = event.start_mark


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    at: At
    items: list[Node] | dict[str, Node]
    key: Node | None = None


class _Builder:
    """Build nodes from parser events with an explicit stack, so that depth cannot hurt."""

    def __init__(self, name: str, findings: Findings) -> None:
        self._name = name
        self._findings = findings
        self._stack: list[_Open] = []
        self._root: Node | None = None

    def build(self, text: str) -> Node | None:
        documents = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document (---) in one file"
                    raise _Refused(message, event)
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close()
        return self._root or Node(At(self._name, 1), "")

    def _at(self, event: yaml.Event) -> At:
        mark = event.start_mark
        return At(self._name, mark.line + _SHIFT if mark else _SHIFT)

    def _node(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            message = "an anchor or alias (& or *); put the text in quotes if none was meant"
            raise _Refused(message, event)
        tag = getattr(event, "tag", None)
        if tag:
            message = f"a tag ({tag})"
            raise _Refused(message, event)
        if isinstance(event, yaml.ScalarEvent):
            # the lines of a block text end with one line break nobody means
            value = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
            self._put(Node(self._at(event), value, quoted=bool(event.style)))
            return
        if len(self._stack) >= DEEPEST:
            message = f"more than {DEEPEST} levels"
            raise _Refused(message, event)
        items: list[Node] | dict[str, Node] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        at = self._at(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            message = "a key that is not a text"
            raise _Refused(message, event)
        self._stack.append(_Open(at, items))

    def _close(self) -> None:
        done = self._stack.pop()
        value = done.items if isinstance(done.items, dict) else tuple(done.items)
        self._put(Node(done.at, value))

    def _put(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if isinstance(top.items, list):
            top.items.append(node)
        elif top.key is None:
            top.key = node
        else:
            self._pair(top.items, top.key, node)
            top.key = None

    def _pair(self, items: dict[str, Node], key: Node, node: Node) -> None:
        word = str(key.value)
        if word in items:
            self._findings.add(
                "E021",
                key.at,
                f"key {shown(word)} twice (first in line {items[word].at.line})",
                do="Remove or rename one",
            )
            return
        items[word] = Node(key.at, node.value, node.quoted)
