"""The file time.yaml: names of parameters, measures and shocks, and the part each plays in time."""

from __future__ import annotations

from collections.abc import Iterable

from winset.case.draft import Draft
from winset.case.fields import Fields
from winset.case.model import At, Felt, Government, Timing
from winset.case.selector import select_measures
from winset.case.strict_yaml import Node

STARTS = (
    "trust_pair",
    "trust_ally",
    "assurance",
    "skill",
    "mood",
    "grievance",
    "backing",
)
"""States that need a value at the as-of date."""
OF_AN_ALLY = ("trust_ally", "assurance")
"""Those that only a case with an ally has."""
EFFORTS = ("willing", "other")
ROLES = (
    "contact",
    "drills",
    "reaffirm",
    "relief",
    "people",
    "settlement",
    "durable",
    "insulation",
    "shield",
    "quiet",
)
"""Parts a measure can play."""
MOST_QUARTERS = 80
"""Twenty years: beyond, every coded range is past its use."""


def build_timing(root: Node | None, draft: Draft) -> Timing | None:
    """Read time.yaml; None where the case has no such file."""
    if root is None or root.is_blank:
        return None
    fields = Fields(root, "time.yaml", draft.findings, root.at)
    found = _Reader(fields, draft).read()
    fields.done()
    return found


class _Reader:
    """One method a part of the file; names are checked as they are read."""

    def __init__(self, fields: Fields, draft: Draft) -> None:
        self._fields = fields
        self._draft = draft

    def read(self) -> Timing:
        fields = self._fields
        pair = self._named("pair", "party", "constituency")
        ally = self._name(fields, "ally", "party", needed=False)
        starts = [name for name in STARTS if ally or name not in OF_AN_ALLY]
        if len(pair) != 2:
            self._draft.findings.add(
                "E024", fields.where("pair"), f"{len(pair)} parties in `pair`", allowed="two"
            )
        return Timing(
            horizon=self._between(fields, "horizon", MOST_QUARTERS, 40),
            pair=pair,
            ally=ally,
            fresh=self._name(fields, "fresh", "party", needed=False),
            pressed=self._name(fields, "pressed", "party", needed=False),
            pressing=self._pressing(),
            claimants=self._name(fields, "claimants", "constituency", needed=False),
            starts=self._parameters("starts", starts),
            efforts=self._parameters("efforts", EFFORTS),
            occasion_gap=self._name(fields, "occasion_gap", "parameter"),
            roles=self._roles(),
            threat=self._felt("threat"),
            assurance=self._felt("assurance", needed=bool(ally)),
            drilled=self._listed(fields, "drilled", "criterion"),
            challenger=self._name(fields, "challenger", "outsider", needed=False),
            rates=self._named("rates", "shock", "parameter"),
            court=self._name(fields, "court", "shock", needed=False),
            inflaming=self._name(fields, "inflaming", "shock", needed=False),
            governments=self._governments(),
            drifting=self._listed(fields, "drifting", "criterion"),
            at=fields.at,
        )

    def _name(self, fields: Fields, key: str, kind: str, *, needed: bool = True) -> str:
        name = fields.text(key, needed=needed)
        if name:
            self._draft.known(kind, name, fields.where(key))
        return name

    def _pressing(self) -> tuple[str, str]:
        node = self._fields.node("pressing")
        if node is None:
            return "", ""
        inner = Fields(node, "pressing", self._draft.findings, node.at)
        lever = self._name(inner, "lever", "lever")
        option = self._name(inner, "option", f"option of lever {lever}")
        inner.done()
        return lever, option

    def _between(self, fields: Fields, key: str, most: int, default: int | None = None) -> int:
        value = fields.whole(key, default)
        if not 1 <= value <= most:
            self._draft.findings.add(
                "E042",
                fields.where(key),
                f"{key} of {fields.what} is {value}",
                allowed=f"1 to {most} quarters",
            )
        return value

    def _listed(self, fields: Fields, key: str, kind: str) -> tuple[str, ...]:
        names = fields.names(key)
        for name, at in names:
            self._draft.known(kind, name, at)
        return tuple(name for name, _ in names)

    def _named(self, key: str, kind: str, to: str) -> dict[str, str]:
        inner = Fields(
            self._fields.node(key, needed=True), key, self._draft.findings, self._at(key)
        )
        found = {}
        for name, node in inner.rest().items():
            self._draft.known(kind, name, node.at)
            found[name] = str(node.value)
            self._draft.known(to, found[name], node.at)
        return found

    def _parameters(self, key: str, names: Iterable[str]) -> dict[str, str]:
        inner = Fields(
            self._fields.node(key, needed=True), key, self._draft.findings, self._at(key)
        )
        found = {name: self._name(inner, name, "parameter") for name in names}
        inner.done()
        return found

    def _roles(self) -> dict[str, tuple[str, ...]]:
        inner = Fields(self._fields.node("roles"), "roles", self._draft.findings, self._at("roles"))
        found = {}
        for role in ROLES:
            chosen: set[str] = set()
            for word, at in inner.names(role):
                chosen.update(select_measures(word, at, self._draft))
            found[role] = tuple(one for one in self._draft.tops if one in chosen)
        inner.done()
        return found

    def _felt(self, key: str, *, needed: bool = True) -> Felt:
        inner = Fields(
            self._fields.node(key, needed=needed), key, self._draft.findings, self._at(key)
        )
        found = Felt(
            criteria=self._listed(inner, "criteria", "criterion"),
            parties=self._listed(inner, "parties", "party"),
            less_exposed=self._name(inner, "less_exposed", "party", needed=False),
            exposure=self._name(inner, "exposure", "parameter", needed=False),
        )
        inner.done()
        return found

    def _governments(self) -> dict[str, Government]:
        inner = Fields(
            self._fields.node("governments"),
            "governments",
            self._draft.findings,
            self._at("governments"),
        )
        found = {}
        for party, node in inner.rest().items():
            self._draft.known("party", party, node.at)
            fields = Fields(node, f"government of {party}", self._draft.findings, node.at)
            found[party] = Government(
                other=self._name(fields, "other", f"option of leader {party}"),
                shock=self._name(fields, "shock", "shock", needed=False),
                at=node.at,
            )
            fields.done()
        return found

    def _at(self, key: str) -> At:
        return self._fields.where(key)
