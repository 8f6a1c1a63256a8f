"""Switches, levers and leader types: named options, each a list of changes."""

from __future__ import annotations

from typing import Literal

from winset.case.change import parse_change
from winset.case.draft import Draft, by_id
from winset.case.fields import Fields
from winset.case.model import At, Change, Choice, Option
from winset.case.strict_yaml import Node
from winset.errors import AskError

ChoiceKind = Literal["switch", "lever", "leader"]
FILES: dict[ChoiceKind, str] = {"switch": "switches", "lever": "levers", "leader": "leaders"}


def register_choices(kind: ChoiceKind, root: Node | None, draft: Draft) -> None:
    """Note the ids of choices and of their options."""
    for name, node in _entries(root, kind, draft).items():
        if kind == "leader":
            draft.known("party", name, node.at)
        if not draft.register(kind, name, node.at):
            continue
        options = node.value.get("options") if isinstance(node.value, dict) else None
        if options is not None and isinstance(options.value, dict):
            for option, item in options.value.items():
                draft.register(f"option of {kind} {name}", option, item.at)


def build_choices(kind: ChoiceKind, root: Node | None, draft: Draft) -> tuple[Choice, ...]:
    """Build choices of one kind, in natural order of their ids."""
    found = [_choice(kind, name, node, draft) for name, node in _entries(root, kind, draft).items()]
    return by_id(found, lambda one: one.id)


def _entries(root: Node | None, kind: ChoiceKind, draft: Draft) -> dict[str, Node]:
    if root is None or root.is_blank:
        return {}
    fields = Fields(root, f"{FILES[kind]}.yaml", draft.findings, root.at)
    return fields.rest()


def _choice(kind: ChoiceKind, name: str, node: Node, draft: Draft) -> Choice:
    fields = Fields(node, f"{kind} {name}", draft.findings, node.at)
    question = fields.text("question")
    refs = tuple(word for word, _ in fields.names("refs"))
    given = fields.mapping("options")
    default = fields.text("default", next(iter(given), ""))
    times = fields.text("times")
    if times:
        draft.known("parameter", times, node.at)
    if given and default not in given:
        draft.findings.unknown("E031", node.at, f"default of {kind} {name}:", default, given)
    if not given:
        draft.findings.add("E023", node.at, f"{kind} {name} has no options", do="Add `options`")
    options = [_option(option, item, kind, draft) for option, item in given.items()]
    fields.done()
    if kind == "switch":
        options = _weighted(options, name, node.at, draft)
    return Choice(name, kind, question, tuple(options), default, refs, node.at, times)


def _option(name: str, node: Node, kind: ChoiceKind, draft: Draft) -> Option:
    fields = Fields(node, f"option {name}", draft.findings, node.at)
    weight = fields.number("weight", 1.0 if kind == "switch" else 0.0)
    if weight < 0:
        draft.findings.add("E042", node.at, f"weight is {weight:g}", allowed="0 or more")
    option = Option(
        id=name,
        label=fields.text("label", name),
        says=fields.text("says"),
        weight=max(weight, 0.0),
        changes=_changes(fields, draft),
        authors=tuple(word for word, _ in fields.names("authors")),
        basis=draft.basis_of(fields.text("basis"), node.at),
        refs=tuple(word for word, _ in fields.names("refs")),
        note=fields.text("note"),
        at=node.at,
    )
    fields.done()
    return option


def _changes(fields: Fields, draft: Draft) -> tuple[Change, ...]:
    changes = []
    for item in fields.items("changes"):
        text = item.value if isinstance(item.value, str) else ""
        try:
            changes.append(parse_change(text, at=item.at))
        except AskError as error:
            draft.findings.add("E060", item.at, str(error).rstrip("."), allowed="ADDRESS = VALUE")
    return tuple(changes)


def _weighted(options: list[Option], name: str, at: At, draft: Draft) -> list[Option]:
    total = sum(option.weight for option in options)
    if options and total <= 0:
        draft.findings.add("E042", at, f"the weights of switch {name} sum to 0", allowed="above 0")
        return options
    return [
        Option(
            one.id,
            one.label,
            one.says,
            one.weight / total,
            one.changes,
            one.authors,
            one.basis,
            one.refs,
            one.note,
            one.at,
        )
        for one in options
    ]
