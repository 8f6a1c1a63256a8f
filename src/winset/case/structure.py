"""case.yaml: parties, domains, groups, sets, settings, flags, correlations and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from winset.case.draft import Draft, named
from winset.case.fields import Fields, number_of
from winset.case.model import At, Constituency, Group, Named, Party
from winset.case.rulebook import party_rule
from winset.case.selector import select_measures
from winset.case.strict_yaml import Node, plain

FORMAT = 1
SETTINGS: dict[str, tuple[str, ...]] = {
    "ceiling": ("level", "mean", "price", "off"),
    "saturation": ("on", "off"),
    "implementers": ("veto", "delay"),
    "soft_binds": ("off", "on"),
    "durability_binds": ("off", "on"),
    "scope": ("soft", "hard", "off"),
    "ladder": ("destination", "stepwise"),
    "red_lines": ("on", "off"),
}
"""Forms of the model and their options; the first is taken where a case says nothing."""
CORRELATED = ("weights", "effects", "thresholds", "linkages", "ladders")
_ROLES = ("core", "carrier", "beyond")


def register_structure(fields: Fields, draft: Draft) -> None:
    """Note parties, domains, flags and sets, and check the format."""
    version = fields.text("format", needed=True)
    if version and version != str(FORMAT):
        draft.findings.add(
            "E080",
            fields.where("format"),
            f"format {version[:20]!r}",
            allowed=str(FORMAT),
            do="Use the winset version this case was written for",
        )
    for kind, key in (
        ("party", "parties"),
        ("domain", "domains"),
        ("flag", "flags"),
        ("set", "sets"),
    ):
        for name, node in fields.mapping(key).items():
            draft.register(kind, name, node.at)
    for kind, key in (("party", "parties"), ("domain", "domains")):
        if not draft.names.get(kind):
            draft.findings.add("E023", fields.at, f"case.yaml has no {key}", do=f"Add {key!r}")


def ladder_order(fields: Fields) -> tuple[str, ...]:
    """Measures in the order in which the groups name them."""
    order = []
    for node in fields.items("groups"):
        if isinstance(node.value, dict) and "measures" in node.value:
            members = node.value["measures"].value
            if isinstance(members, str):
                order += members.split()
            elif isinstance(members, tuple):
                order += [str(one.value) for one in members]
    return tuple(dict.fromkeys(order))


def resolve_sets(fields: Fields, draft: Draft) -> None:
    """Turn the sets of measures into measures; a set may hold sets written before it."""
    for name in fields.mapping("sets"):
        words = _words(fields.mapping("sets")[name], f"set {name}", draft)
        chosen: dict[str, None] = {}
        for word, at in words:
            chosen.update(dict.fromkeys(select_measures(word, at, draft)))
        draft.sets[name] = tuple(one for one in draft.tops if one in chosen)


def _words(node: Node, what: str, draft: Draft) -> tuple[tuple[str, At], ...]:
    if isinstance(node.value, str):
        return tuple((word, node.at) for word in node.value.split())
    if isinstance(node.value, tuple) and all(isinstance(one.value, str) for one in node.value):
        return tuple((str(one.value), one.at) for one in node.value)
    draft.findings.add("E024", node.at, f"{what} is no list of names", allowed="[D1, D2, P*]")
    return ()


def build_domains(fields: Fields, draft: Draft) -> Mapping[str, Named]:
    """Words of the domains, in the order written."""
    return {
        name: _words_of(Fields(node, f"domain {name}", draft.findings, node.at), name, close=True)
        for name, node in fields.mapping("domains").items()
    }


def _words_of(fields: Fields, own: str, *, close: bool = False) -> Named:
    words = named(fields.text("label"), fields.text("name"), fields.text("phrase"), own)
    if close:
        fields.done()
    return words


def build_groups(fields: Fields, draft: Draft) -> tuple[Group, ...]:
    """Blocks of the ladder; a measure may stand in one of them only."""
    groups = []
    placed: dict[str, str] = {}
    for node in fields.items("groups"):
        entry = Fields(node, "group", draft.findings, node.at)
        own = entry.text("id", needed=True)
        role = cast("Literal['core', 'carrier', 'beyond']", entry.word("role", _ROLES, "core"))
        measures: list[str] = []
        for word, at in entry.names("measures"):
            for measure in select_measures(word, at, draft):
                if measure in placed:
                    draft.findings.add(
                        "E032",
                        at,
                        f"{measure} is in group {placed[measure]} already",
                        do="Remove one",
                    )
                    continue
                placed[measure] = own
                measures.append(measure)
        groups.append(Group(own, entry.text("title", own), role, tuple(measures)))
        entry.done()
    return tuple(groups)


def build_parties(
    fields: Fields, constituencies: tuple[Constituency, ...], draft: Draft
) -> tuple[Party, ...]:
    """Parties in the order written, each with the rule whose consent it needs."""
    return tuple(
        _party(name, node, constituencies, draft)
        for name, node in fields.mapping("parties").items()
        if draft.has("party", name)
    )


def _party(name: str, node: Node, constituencies: tuple[Constituency, ...], draft: Draft) -> Party:
    fields = Fields(node, f"party {name}", draft.findings, node.at)
    words = _words_of(fields, name)
    text = fields.text("accepts", "all")
    at = fields.where("accepts")
    scope = None
    limit = fields.node("scope")
    if limit is not None:
        inner = Fields(limit, f"scope of {name}", draft.findings, node.at)
        scope = (inner.text("ideal", needed=True), inner.text("tolerance", needed=True))
        for parameter in scope:
            if parameter:
                draft.known("parameter", parameter, limit.at)
        inner.done()
    fields.done()
    rule = party_rule(text, name, at, constituencies, draft)
    return Party(name, words, rule, text, scope, node.at)


def build_settings(fields: Fields, draft: Draft) -> dict[str, str]:
    """Return every form of the model, the first option where the case says nothing."""
    inner = Fields(fields.node("settings"), "settings", draft.findings, fields.at)
    chosen = {name: inner.word(name, options, options[0]) for name, options in SETTINGS.items()}
    inner.done()
    return chosen


def build_flags(fields: Fields, draft: Draft) -> dict[str, bool]:
    """Yes-or-no facts at the as-of date."""
    flags = {}
    for name, node in sorted(fields.mapping("flags").items()):
        value = plain(node)
        if not isinstance(value, bool):
            draft.findings.add(
                "E024", node.at, f"flag {name} is {value!r}", allowed="true or false"
            )
        flags[name] = value is True
    return flags


def build_correlations(fields: Fields, draft: Draft) -> dict[str, float]:
    """Share of variance values of a kind have in common (0 to 1)."""
    found = {}
    for name, node in sorted(fields.mapping("correlations").items()):
        value = number_of(node, f"correlation of {name}", draft.findings)
        if name not in CORRELATED:
            draft.findings.unknown("E022", node.at, "correlation", name, CORRELATED)
        elif value is not None and not 0 <= value <= 1:
            draft.findings.add("E042", node.at, f"correlation {value:g}", allowed="0 to 1")
        elif value is not None:
            found[name] = value
    return found


def build_words(fields: Fields) -> dict[str, str]:
    """Texts of the case; lists become one text with a line for each entry."""
    return {
        key: "\n".join(str(one.value) for one in node.value)
        if isinstance(node.value, tuple)
        else str(plain(node) or "")
        for key, node in sorted(fields.mapping("words").items())
    }
