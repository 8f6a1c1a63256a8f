"""Read ``dispute.yaml``: a dispute as options, wants and contested matters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from winset.case.draft import Draft, named
from winset.case.fields import Fields
from winset.case.model import (
    At,
    Dispute,
    DisputeOption,
    DisputeOutcome,
    DisputeReading,
    DisputeSide,
    DisputeStatement,
    Holding,
    Named,
    Value,
)
from winset.case.strict_yaml import Node

FILE = "dispute.yaml"
_WAYS = ("both", "forward", "back")


def build_dispute(root: Node | None, draft: Draft) -> Dispute | None:
    """Build the dispute of a case; None where the folder has none."""
    if root is None or root.is_blank:
        return None
    return _Builder(draft).build(Fields(root, FILE, draft.findings, root.at))


class _Builder:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._findings = draft.findings

    def build(self, fields: Fields) -> Dispute:
        players = self._players(fields)
        options = tuple(
            self._option(name, node, players) for name, node in fields.mapping("options").items()
        )
        self._needed(fields, "players", players)
        self._needed(fields, "options", options)
        self._known = [option.id for option in options]
        readings = tuple(
            self._reading(name, node) for name, node in fields.mapping("readings").items()
        )
        sides = [f"{one.id}/{side.id}" for one in readings for side in one.sides]
        dispute = Dispute(
            title=fields.text("title", needed=True),
            phrase=fields.text("phrase", needed=True),
            players=players,
            options=options,
            infeasible=self._holdings(fields, "infeasible"),
            merged=self._holdings(fields, "merged"),
            status_quo=self._status_quo(fields),
            outcomes=tuple(
                self._outcome(name, node) for name, node in fields.mapping("outcomes").items()
            ),
            statements=tuple(
                self._statement(name, node, players, sides)
                for name, node in fields.mapping("statements").items()
            ),
            readings=readings,
            at=fields.at,
        )
        self._needed(fields, "outcomes", dispute.outcomes)
        self._needed(fields, "statements", dispute.statements)
        fields.done()
        return dispute

    def _players(self, fields: Fields) -> dict[str, Named]:
        found = {}
        for name, node in fields.mapping("players").items():
            if not self._draft.known("party", name, node.at, role="player"):
                continue
            inner = Fields(node, f"player {name}", self._findings, node.at)
            found[name] = self._words(inner, name)
            inner.done()
        return found

    def _words(self, fields: Fields, own: str) -> Named:
        return named(fields.text("label"), fields.text("name"), fields.text("phrase"), own)

    def _option(self, name: str, node: Node, players: Iterable[str]) -> DisputeOption:
        self._draft.register("option of the dispute", name, node.at)
        fields = Fields(node, f"option {name}", self._findings, node.at)
        way = fields.word("way", _WAYS, "both")
        option = DisputeOption(
            id=name,
            player=self._player(fields, players),
            words=self._words(fields, name),
            way=cast("Literal['both', 'forward', 'back']", way),
            basis=self._draft.basis_of(fields.text("basis"), node.at),
            refs=tuple(word for word, _ in fields.names("refs")),
            source=fields.text("source"),
            at=node.at,
        )
        fields.done()
        return option

    def _player(self, fields: Fields, players: Iterable[str]) -> str:
        name = fields.text("player", needed=True)
        pool = tuple(players)
        if name and name not in pool:
            self._findings.unknown("E031", fields.where("player"), "player", name, pool)
        return name

    def _statement(
        self, name: str, node: Node, players: Iterable[str], sides: list[str]
    ) -> DisputeStatement:
        fields = Fields(node, f"statement {name}", self._findings, node.at)
        reading = fields.text("reading")
        if reading and reading not in sides:
            self._findings.unknown("E031", fields.where("reading"), "reading", reading, sides)
        holds = self._holdings(fields, "holds")
        if not holds:
            self._findings.add(
                "E023", node.at, f"statement {name} has no 'holds'", do="Name options"
            )
        statement = DisputeStatement(
            id=name,
            player=self._player(fields, players),
            holds=holds,
            place=self._place(name, fields),
            reading=reading,
            says=fields.text("says", needed=True),
            source=fields.text("source"),
            at=node.at,
        )
        fields.done()
        return statement

    def _place(self, name: str, fields: Fields) -> Value:
        node = fields.node("place", needed=True)
        at = node.at if node else fields.at
        inner = Fields(node, f"place of {name}", self._findings, at)
        low, mode, high = (inner.number(key) if node else 0.0 for key in ("low", "mode", "high"))
        if not low <= mode <= high:
            self._findings.add(
                "E041",
                at,
                f"place of {name} is {low:g}, {mode:g}, {high:g}",
                allowed="low <= mode <= high",
            )
        inner.done()
        return Value(
            address=f"dispute/{name}/place",
            low=low,
            mode=mode,
            high=high,
            basis=self._draft.basis_of(fields.text("basis"), fields.at),
            refs=tuple(word for word, _ in fields.names("refs")),
            at=at,
        )

    def _reading(self, name: str, node: Node) -> DisputeReading:
        self._draft.register("reading of the dispute", name, node.at)
        fields = Fields(node, f"reading {name}", self._findings, node.at)
        sides = tuple(self._side(one, at) for one, at in fields.mapping("sides").items())
        if sum(side.weight for side in sides) <= 0:
            self._findings.add("E042", node.at, f"weights of {name} add up to 0", allowed="above 0")
        reading = DisputeReading(name, fields.text("says", needed=True), sides, node.at)
        fields.done()
        return reading

    def _side(self, name: str, node: Node) -> DisputeSide:
        fields = Fields(node, f"side {name}", self._findings, node.at)
        weight = fields.number("weight", 1.0)
        if weight < 0:
            self._findings.add(
                "E042", fields.where("weight"), f"weight is {weight:g}", allowed="0 or more"
            )
        side = DisputeSide(
            id=name,
            says=fields.text("says", needed=True),
            held_by=fields.text("held_by"),
            weight=weight,
            refs=tuple(word for word, _ in fields.names("refs")),
            at=node.at,
        )
        fields.done()
        return side

    def _outcome(self, name: str, node: Node) -> DisputeOutcome:
        fields = Fields(node, f"outcome {name}", self._findings, node.at)
        when = self._holdings(fields, "when")
        if not when:
            self._findings.add("E023", node.at, f"outcome {name} has no 'when'", do="Name options")
        outcome = DisputeOutcome(name, self._words(fields, name), when, node.at)
        fields.done()
        return outcome

    def _status_quo(self, fields: Fields) -> tuple[str, ...]:
        names = fields.names("status_quo")
        return tuple(name for name, at in names if self._is_option(name, at))

    def _holdings(self, fields: Fields, key: str) -> tuple[Holding, ...]:
        node = fields.node(key)
        if node is None:
            return ()
        nodes = node.value if isinstance(node.value, tuple) else (node,)
        return tuple(self._holding(one, key) for one in nodes)

    def _holding(self, node: Node, key: str) -> Holding:
        if not isinstance(node.value, str) or not node.value.split():
            self._findings.add(
                "E024",
                node.at,
                f"{key} is no list of options",
                allowed="ids of options, each with a hyphen before it where it must be left",
                do="Write for instance: curbs -settle",
            )
            return ()
        found: dict[str, bool] = {}
        for word in node.value.split():
            name, answer = word.removeprefix("-"), not word.startswith("-")
            if self._is_option(name, node.at) and found.setdefault(name, answer) != answer:
                self._findings.add(
                    "E016", node.at, f"{key} wants {name} both taken and left", do="Drop one"
                )
        return tuple(found.items())

    def _is_option(self, name: str, at: At) -> bool:
        if name in self._known:
            return True
        self._findings.unknown("E031", at, "option", name, self._known, do="Correct the name")
        return False

    def _needed(self, fields: Fields, key: str, found: object) -> None:
        if not found:
            self._findings.add(
                "E023", fields.at, f"{fields.what} has no {key!r}", do=f"Add the key {key!r}"
            )
