"""Reading of sensors, chains and rules of release; what a scenario leaves out is standard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from winset.case.fields import Fields
from winset.case.findings import Findings
from winset.case.quantity import parse_quantity
from winset.case.strict_yaml import Node
from winset.effects.warning.data import Site, sites
from winset.effects.warning.setting import Chain, Form, Link, Setting, Span
from winset.errors import AskError

LONGEST = 7 * 86400.0
"""No delay is longer, s."""


class Rules:
    """Readers of the parts of a scenario; problems are collected."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._owners = tuple(dict.fromkeys(site.owner for site in sites().values()))

    def bounded(
        self, fields: Fields, key: str, default: float | None, *, least: float, most: float = 1e9
    ) -> float:
        """Return a number within bounds."""
        value = fields.number(key, default)
        if key in fields and not least <= value <= most:
            allowed = f"{least:g} or more" if most >= LONGEST else f"{least:g} to {most:g}"
            self._findings.add("E042", fields.where(key), f"{key} is {value:g}", allowed=allowed)
            return max(least, 1.0)
        return value

    def sensors(self, fields: Fields, standard: Setting) -> tuple[Site, ...]:
        """Sensors that take part."""
        if "sensors" not in fields:
            return standard.sites
        known = sites()
        named = fields.names("sensors")
        for name, at in named:
            if name not in known:
                self._findings.unknown("E031", at, "sensor", name, known)
        return tuple(
            known[name] for name in dict.fromkeys(name for name, _ in named) if name in known
        )

    def chains(self, items: dict[str, Node], standard: Setting) -> tuple[Chain, ...]:
        """Chains by party; what a chain leaves out is standard."""
        base = {chain.party: chain for chain in standard.chains}
        for party, node in items.items():
            if party not in base:
                self._findings.unknown("E031", node.at, "seat with regions to warn", party, base)
                continue
            fields = Fields(node, f"chain of {party}", self._findings, node.at)
            old = base[party]
            base[party] = Chain(
                party,
                self._span(fields, "assess_s", old.assess_s, LONGEST),
                self._span(fields, "issue_s", old.issue_s, LONGEST),
                self._span(fields, "review_s", old.review_s, LONGEST),
                self._span(fields, "threshold", old.threshold, 1.0),
                fields.word("overflight", ("true", "false"), str(old.overflight).lower()) == "true",
            )
            fields.done()
        return tuple(base.values())

    def forms(self, items: dict[str, Node], standard: Setting) -> tuple[Form, ...]:
        """Forms of cooperation, the first of which adds nothing."""
        if not items:
            return standard.forms
        forms = [standard.forms[0]]
        for name, node in items.items():
            fields = Fields(node, f"form {name}", self._findings, node.at)
            forms.append(
                Form(
                    name,
                    fields.text("label", name),
                    fields.text("rung"),
                    self.links(fields.items("links"), f"form {name}"),
                    fields.word("common", ("true", "false"), "false") == "true",
                )
            )
            fields.done()
            if name == standard.forms[0].id and forms[-1].links:
                self._findings.add(
                    "E042", node.at, f"form {name} passes something", allowed="no links"
                )
        return tuple({form.id: form for form in forms}.values())

    def links(self, items: Iterable[Node], where: str) -> tuple[Link, ...]:
        """Rules of release."""
        return tuple(self._link(item, where) for item in items)

    def _link(self, item: Node, where: str) -> Link:
        fields = Fields(item, f"link of {where}", self._findings, item.at)
        giver, taker = (self._party(fields, key) for key in ("from", "to"))
        if giver == taker:
            self._findings.add("E042", item.at, f"{giver} passes to itself", allowed="two parties")
        via = self._party(fields, "via") if "via" in fields else ""
        counts = fields.word("passes", ("tracks", "counts"), "tracks") == "counts"
        what: Literal["tracks", "counts"] = "counts" if counts else "tracks"
        held = {site.id for site in sites().values() if site.owner == giver}
        named = fields.names("sensors")
        for name, at in named:
            if name not in held:
                self._findings.unknown("E031", at, f"sensor of {giver}", name, held)
        link = Link(
            giver,
            taker,
            what,
            self._span(fields, "delay_s", None, LONGEST),
            self._span(fields, "loss", (0, 0, 0), 1.0),
            via,
            tuple(name for name, _ in named),
        )
        fields.done()
        return link

    def _party(self, fields: Fields, key: str) -> str:
        name = fields.text(key, needed=True)
        if name and name not in self._owners:
            self._findings.unknown("E031", fields.where(key), "seat", name, self._owners)
        return name

    def _span(self, fields: Fields, key: str, default: Span | None, most: float) -> Span:
        text = fields.text(key, needed=default is None)
        if not text:
            return default or (0, 0, 0)
        try:
            low, mode, high, _ = parse_quantity(text)
        except AskError as error:
            self._findings.add("E040", fields.where(key), f"{key}: {error}".rstrip("."))
            return default or (0, 0, 0)
        if low < 0 or high > most:
            allowed = f"0 to {most:g}"
            self._findings.add("E042", fields.where(key), f"{key} is {text}", allowed=allowed)
        return (low, mode, high)
