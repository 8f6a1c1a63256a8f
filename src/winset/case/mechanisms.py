"""The mechanisms of case.yaml: what limits, eases, hides, strengthens or protects steps."""

from __future__ import annotations

from winset.case.draft import Draft, named, natural
from winset.case.fields import Fields, number_of
from winset.case.model import (
    Amplifier,
    At,
    Ceiling,
    Easing,
    Enabling,
    Guarantee,
    Learning,
    Lift,
    Mechanisms,
    Quiet,
    Reversal,
    Scope,
)
from winset.case.selector import select_measures
from winset.case.strict_yaml import Node


def build_mechanisms(fields: Fields, draft: Draft) -> Mechanisms:
    """Return all mechanisms of a case; each may be absent."""
    entry = Fields(fields.node("mechanisms"), "mechanisms", draft.findings, fields.at)
    found = _Reader(draft).read(entry)
    entry.done()
    return found


class _Reader:
    """One method a mechanism; names are checked as they are read."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def read(self, entry: Fields) -> Mechanisms:
        scope, quiet = entry.node("scope"), entry.items("quiet")
        ceilings = tuple(self._ceiling(node) for node in entry.items("ceilings"))
        for ceiling in ceilings:
            self._draft.register("ceiling", ceiling.id, ceiling.at)
        return Mechanisms(
            scope=self._scope(scope) if scope is not None else None,
            ceilings=ceilings,
            easings=tuple(self._easing(node) for node in entry.items("easings")),
            learnings=tuple(self._learning(node) for node in entry.items("learnings")),
            enablings=tuple(self._enabling(node) for node in entry.items("enablings")),
            quiet=tuple(self._quiet(node) for node in quiet),
            amplifiers=tuple(self._amplifier(node) for node in entry.items("amplifiers")),
            guarantees=tuple(self._guarantee(node) for node in entry.items("guarantees")),
            reversals=tuple(self._reversal(node) for node in entry.items("reversals")),
        )

    def _open(self, node: Node, what: str) -> Fields:
        return Fields(node, what, self._draft.findings, node.at)

    def _name(self, fields: Fields, key: str, kind: str, *, needed: bool = True) -> str:
        name = fields.text(key, needed=needed)
        if name:
            node = fields.node(key)
            self._draft.known(kind, name, node.at if node is not None else fields.at)
        return name

    def _measures(self, fields: Fields, key: str) -> tuple[str, ...]:
        fields.node(key, needed=True)
        chosen: set[str] = set()
        for word, at in fields.names(key):
            chosen.update(select_measures(word, at, self._draft))
        return tuple(one for one in self._draft.tops if one in chosen)

    def _scope(self, node: Node) -> Scope:
        fields = self._open(node, "scope")
        relief = self._name(fields, "relief", "measure", needed=False)
        relieved = tuple(
            value
            for item in fields.items("relieved")
            if (value := self._share(item, "relieved")) is not None
        )
        top = self._draft.tops.get(relief, len(relieved))
        if len(relieved) != top:
            self._draft.findings.add(
                "E024",
                node.at,
                f"{len(relieved)} numbers in `relieved`",
                allowed=f"one for each of the {top} rungs of {relief}",
                do="Give the share relieved at each rung, level 1 upwards",
            )
        found = Scope(
            applies_to=self._measures(fields, "applies_to"),
            slip=self._name(fields, "slip", "parameter"),
            horizon_quarters=fields.whole("horizon_quarters"),
            relief=relief,
            relieved=relieved,
            at=node.at,
            levels=self._levels(fields),
        )
        fields.done()
        return found

    def _levels(self, fields: Fields) -> tuple[str, ...]:
        """Names of the scope levels: none, or one for each up to the bound of scope."""
        names = tuple(name for name, _ in fields.names("levels"))
        top = int(self._draft.spread.bounds.get("scope", (1, len(names)))[1])
        if names and len(names) != top:
            self._draft.findings.add(
                "E024",
                fields.where("levels"),
                f"{len(names)} names in `levels`",
                allowed=f"one for each scope from 1 to {top}, the upper end of `bounds`",
                do="Name every scope, the narrowest first",
            )
        return names

    def _share(self, node: Node, what: str) -> float | None:
        value = number_of(node, what, self._draft.findings)
        if value is not None and not 0 <= value <= 1:
            self._draft.findings.add("E042", node.at, f"{what} is {value:g}", allowed="0 to 1")
        return value

    def _ceiling(self, node: Node) -> Ceiling:
        fields = self._open(node, "ceiling")
        own = fields.text("id", needed=True)
        payers = self._draft.all_known(
            "constituency", [word for word, _ in fields.names("payers")], node.at
        )
        found = Ceiling(
            id=own,
            words=named(fields.text("label"), fields.text("name"), fields.text("phrase"), own),
            over=self._measures(fields, "over"),
            base=self._name(fields, "base", "parameter"),
            lift=self._lifts(fields),
            threat=self._name(fields, "threat", "parameter", needed=False),
            payers=tuple(sorted(payers, key=natural)),
            refs=tuple(word for word, _ in fields.names("refs")),
            at=node.at,
        )
        fields.done()
        return found

    def _lifts(self, fields: Fields) -> tuple[Lift, ...]:
        lifts = []
        for measure, node in fields.mapping("lift").items():
            self._draft.known("measure", measure, node.at)
            if isinstance(node.value, dict):
                inner = self._open(node, f"lift of {measure}")
                item = inner.node("share", needed=True)
                share = self._share(item, "share") if item is not None else 0.0
                times = self._name(inner, "times", "parameter", needed=False)
                inner.done()
            else:
                share, times = self._share(node, f"lift of {measure}"), ""
            lifts.append(Lift(measure, share or 0.0, times))
        return tuple(sorted(lifts, key=lambda one: natural(one.measure)))

    def _easing(self, node: Node) -> Easing:
        fields = self._open(node, "easing")
        found = Easing(
            criterion=self._name(fields, "criterion", "criterion"),
            ceiling=self._name(fields, "ceiling", "ceiling"),
            remains=self._name(fields, "remains", "parameter"),
            at=node.at,
        )
        fields.done()
        return found

    def _learning(self, node: Node) -> Learning:
        fields = self._open(node, "learning")
        found = Learning(
            measure=self._name(fields, "measure", "measure"),
            criterion=self._name(fields, "criterion", "criterion"),
            party=self._name(fields, "party", "party"),
            toward=self._name(fields, "toward", "party"),
            rate=self._name(fields, "rate", "parameter"),
            at=node.at,
        )
        fields.done()
        return found

    def _enabling(self, node: Node) -> Enabling:
        fields = self._open(node, "enabling")
        found = Enabling(
            measure=self._name(fields, "measure", "measure"),
            flag=self._name(fields, "flag", "flag"),
            cut=self._name(fields, "cut", "parameter"),
            at=node.at,
        )
        fields.done()
        return found

    def _quiet(self, node: Node) -> Quiet:
        fields = self._open(node, "quiet")
        found = Quiet(
            measures=self._measures(fields, "measures"),
            lever=self._name(fields, "lever", "lever"),
            discount=self._name(fields, "discount", "parameter"),
            leak=self._name(fields, "leak", "parameter"),
            horizon_quarters=fields.whole("horizon_quarters"),
            at=node.at,
        )
        self._profiles(found.lever, node.at)
        fields.done()
        return found

    def _profiles(self, lever: str, at: At) -> None:
        profiles = ("none", "low", "normal", "display")
        for option in self._draft.names.get(f"option of lever {lever}", {}):
            if option not in profiles:
                self._draft.findings.unknown(
                    "E043", at, f"profile (option of lever {lever})", option, profiles
                )

    def _amplifier(self, node: Node) -> Amplifier:
        fields = self._open(node, "amplifier")
        found = Amplifier(
            who=self._name(fields, "who", "constituency"),
            boosts=self._measures(fields, "boosts"),
            softens=self._measures(fields, "softens"),
            criterion=self._name(fields, "criterion", "criterion"),
            size=self._name(fields, "size", "parameter"),
            at=node.at,
        )
        fields.done()
        return found

    def _guarantee(self, node: Node) -> Guarantee:
        fields = self._open(node, "guarantee")
        own = fields.text("id", needed=True)
        self._draft.register("guarantee", own, node.at)
        lever = self._name(fields, "lever", "lever", needed=False)
        option = fields.text("option", needed=bool(lever))
        if lever and option:
            self._draft.known(f"option of lever {lever}", option, fields.where("option"))
        rung = fields.text("rung")
        if rung:
            self._draft.rung(rung, fields.where("rung"))
        if bool(rung) == bool(lever):
            self._draft.findings.add(
                "E023",
                node.at,
                f"guarantee {own} names {'a rung and a lever' if rung else 'no rung and no lever'}",
                allowed="`rung`, or `lever` with `option`",
                do="Say what puts it in force",
            )
        found = Guarantee(
            id=own,
            words=named(fields.text("label"), fields.text("name"), fields.text("phrase"), own),
            rung=rung,
            lever=lever,
            option=option,
            covers=self._measures(fields, "covers"),
            share=self._name(fields, "share", "parameter"),
            refs=tuple(word for word, _ in fields.names("refs")),
            at=node.at,
        )
        fields.done()
        return found

    def _reversal(self, node: Node) -> Reversal:
        fields = self._open(node, "reversal")
        found = Reversal(
            by=self._name(fields, "by", "party"),
            raises=self._name(fields, "raises", "constituency"),
            cost=self._name(fields, "cost", "parameter"),
            refs=tuple(word for word, _ in fields.names("refs")),
            at=node.at,
        )
        fields.done()
        return found
