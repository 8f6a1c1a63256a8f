"""Shocks and programmes: what may happen, and what somebody proposes to do and when."""

from __future__ import annotations

from winset.case.draft import Draft, by_id, named, natural
from winset.case.fields import Fields
from winset.case.model import Programme, Shock, Step
from winset.case.rulebook import read_condition
from winset.case.selector import select_rungs
from winset.case.strict_yaml import Node, plain


def register_shocks(root: Node | None, draft: Draft) -> None:
    """Note the ids of shocks."""
    if root is not None and isinstance(root.value, dict):
        for name, node in root.value.items():
            draft.register("shock", name, node.at)


def build_shocks(root: Node | None, draft: Draft) -> tuple[Shock, ...]:
    """Build shocks in natural order of their ids; fields nobody knows are kept as they are."""
    if root is None or root.is_blank:
        return ()
    entries = Fields(root, "shocks.yaml", draft.findings, root.at).rest()
    return by_id([_shock(name, node, draft) for name, node in entries.items()], lambda one: one.id)


def _shock(name: str, node: Node, draft: Draft) -> Shock:
    fields = Fields(node, f"shock {name}", draft.findings, node.at)
    return Shock(
        id=name,
        words=named(fields.text("label"), fields.text("name"), fields.text("phrase"), name),
        source=fields.text("source"),
        says=fields.text("says"),
        basis=draft.basis_of(fields.text("basis"), node.at),
        refs=tuple(word for word, _ in fields.names("refs")),
        fields={key: plain(item) for key, item in sorted(fields.rest().items())},
        at=node.at,
    )


def build_programmes(roots: dict[str, Node], draft: Draft) -> tuple[Programme, ...]:
    """Build programmes, one a file, in natural order of their ids."""
    found = []
    for file, root in sorted(roots.items()):
        fields = Fields(root, file, draft.findings, root.at)
        own = fields.text("id", needed=True)
        if own and draft.register("programme", own, root.at):
            found.append(_programme(own, fields, draft))
    return by_id(found, lambda one: one.id)


def _programme(own: str, fields: Fields, draft: Draft) -> Programme:
    chosen = fields.node("settings")
    settings = Fields(chosen, f"settings of {own}", draft.findings, fields.at)
    barred: set[str] = set()
    for word, at in fields.names("barred"):
        barred |= select_rungs(word, at, draft)
    programme = Programme(
        id=own,
        words=named(fields.text("label"), fields.text("name"), fields.text("phrase"), own),
        source=fields.text("source"),
        settings={key: settings.text(key) for key in sorted(fields.mapping("settings"))},
        says=fields.text("says"),
        barred=tuple(sorted(barred, key=natural)),
        steps=tuple(_step(node, draft) for node in fields.items("steps")),
        at=fields.at,
    )
    fields.done()
    return programme


def _step(node: Node, draft: Draft) -> Step:
    fields = Fields(node, "step", draft.findings, node.at)
    rung, otherwise = fields.text("rung"), fields.text("else")
    for name in (rung, otherwise):
        if name:
            draft.rung(name, node.at)
    when = fields.text("when")
    step = Step(
        quarter=fields.whole("quarter"),
        rung=rung,
        otherwise=otherwise,
        when=read_condition(when, node.at, draft) if when else None,
        when_text=when,
        says=fields.text("says"),
        basis=draft.basis_of(fields.text("basis"), node.at),
        refs=tuple(word for word, _ in fields.names("refs")),
        at=node.at,
    )
    fields.done()
    return step
