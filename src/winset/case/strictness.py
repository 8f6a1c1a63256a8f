"""What ``check --strict`` says: not wrong, but missing, idle or not modelled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from winset.case.columns import LAYOUTS
from winset.case.computed import is_model
from winset.case.condition import walk
from winset.case.draft import UNSAID
from winset.case.findings import Findings
from winset.case.model import At, Case, Consents, Named
from winset.case.modes import derived, middle
from winset.case.read import Folder
from winset.case.readers import lever_readers, parameter_readers
from winset.case.strict_yaml import Node
from winset.errors import nearest

LONGEST_LABEL = 16
_NAMED_IN_YAML = ("parties", "domains")
_CLAIMS_SOURCE = ("S", "I")
Cited = tuple[str, At, str, tuple[str, ...]]


def strict_findings(case: Case, files: Folder, findings: Findings) -> None:
    """Run every strict rule."""
    for rule in _RULES:
        rule(case, findings)
    _words_complete(files, findings)
    _labels_short(case, findings)


def cited(case: Case) -> Iterator[Cited]:
    """Return everything that carries a basis and references: name, place, basis, references."""
    for value in case.values.values():
        if value.note != UNSAID:
            yield value.address, value.at, value.basis, value.refs
    for kind, rows in (
        ("measures", case.measures),
        ("rungs", tuple(case.rung.values())),
        ("criteria", case.criteria),
        ("constituencies", case.constituencies),
        ("rules", case.rules),
        ("shocks", case.shocks),
    ):
        for row in rows:
            yield f"{kind}/{row.id}", row.at, row.basis, row.refs
    for choice in case.choices.values():
        yield choice.address, choice.at, "", choice.refs
        for option in choice.options:
            yield f"{choice.address}={option.id}", option.at, option.basis, option.refs
    for programme in case.programmes:
        for step in programme.steps:
            yield f"programme {programme.id}: {step.rung}", step.at, step.basis, step.refs
    if case.dispute is not None:
        for act in case.dispute.options:
            yield f"dispute/{act.id}", act.at, act.basis, act.refs
        for want in case.dispute.statements:
            yield f"dispute/{want.id}", want.at, want.place.basis, want.place.refs
        for matter in case.dispute.readings:
            for side in matter.sides:
                yield f"dispute/{matter.id}/{side.id}", side.at, "", side.refs
    for ceiling in case.mechanisms.ceilings:
        yield f"ceiling {ceiling.id}", ceiling.at, "", ceiling.refs
    for guarantee in case.mechanisms.guarantees:
        yield f"guarantee {guarantee.id}", guarantee.at, "", guarantee.refs
    for reversal in case.mechanisms.reversals:
        yield f"reversals by {reversal.by}", reversal.at, "", reversal.refs


def _sources_named(case: Case, findings: Findings) -> None:
    """W201: what claims to be stated or inferred names a paragraph."""
    said: set[At] = set()
    for what, at, basis, refs in cited(case):
        if basis in _CLAIMS_SOURCE and not refs and at not in said:
            said.add(at)
            findings.add(
                "W201",
                at,
                f"{what} has basis {basis} and names no paragraph",
                do="Fill in `refs`, or set the basis to A",
            )


def _paragraphs_exist(case: Case, findings: Findings) -> None:
    """W202: references lead to rows of evidence.csv."""
    known = {one.id for one in case.evidence}
    said: set[tuple[At, str]] = set()
    for what, at, _, refs in cited(case):
        for ref in refs:
            if ref not in known and not is_model(ref) and (at, ref) not in said:
                said.add((at, ref))
                findings.add(
                    "W202",
                    at,
                    f"{what} refers to {ref[:40]!r}, which is no row of evidence.csv",
                    near="".join(nearest(ref, known)),
                    do="Correct it, or add the paragraph",
                )


def _parameters_read(case: Case, findings: Findings) -> None:
    """W203: something reads each parameter; W210: those kept for later questions."""
    read = parameter_readers(case)
    for parameter in case.parameters:
        if parameter.id in read:
            continue
        later = [word for word in parameter.read_by if word != "reach"]
        at = parameter.value.at
        if later and "reach" not in parameter.read_by:
            findings.add("W210", at, f"{parameter.id} is kept for {', '.join(later)}")
        else:
            findings.add(
                "W203",
                at,
                f"nothing reads parameter {parameter.id}",
                near="".join(nearest(parameter.id, set(read) - {parameter.id})),
                do="Correct its name, name what reads it, or remove it",
            )


def _levers_read(case: Case, findings: Findings) -> None:
    """W204: something reads each lever; W210: those only programmes set."""
    read = lever_readers(case)
    set_by = {name for programme in case.programmes for name in programme.settings}
    for lever in case.levers:
        if lever.id in read:
            continue
        if lever.id in set_by:
            findings.add("W210", lever.at, f"lever {lever.id} is kept for programmes")
        else:
            findings.add(
                "W204",
                lever.at,
                f"nothing reads lever {lever.id}",
                do="Give it changes or remove it",
            )


def _consents_needed(case: Case, findings: Findings) -> None:
    """W205: who can consent is asked for something, and a rule counts it."""
    counted = {
        part.who
        for party in case.parties
        for part in walk(party.accepts)
        if isinstance(part, Consents)
    }
    for one in case.constituencies:
        if one.kind not in ("executive", "implementer", "majority", "conditional"):
            continue
        asked = [rung for rung in one.asked_for if not _in_place(case, rung)]
        if not asked:
            findings.add(
                "W205",
                one.at,
                f"nothing above the status quo needs {one.id}",
                do="Correct `asked_for`, or change its kind",
            )
        elif one.id not in counted:
            findings.add(
                "W205",
                one.at,
                f"the rule of {one.party} does not count {one.id}",
                do="Name it in `accepts`, or change its kind",
            )


def _in_place(case: Case, rung: str) -> bool:
    found = case.rung[rung]
    return found.level <= case.measure[found.measure].status_quo


def _overrides_bite(case: Case, findings: Findings) -> None:
    """W206: an override is not weaker than the value of the same sign that it replaces."""
    points = middle(case, "stance_scale", 1.0)
    for stance in case.stances:
        if stance.use != "override":
            continue
        rung = case.rung.get(stance.target)
        measure = rung.measure if rung else stance.target
        level = rung.level if rung else len(case.measure[measure].rungs)
        replaced = derived(case, stance.constituency, measure, level)
        override = points * stance.value.mode
        if replaced * override > 0 and abs(override) < abs(replaced):
            findings.add(
                "W206",
                stance.value.at,
                f"{stance.value.address} gives {override:+.2f} points, weights and effects already"
                f" give {replaced:+.2f}",
                do="Make it stronger, or use it as evidence",
            )


def _text_modelled(case: Case, findings: Findings) -> None:
    """W209: rules that are prose only."""
    for rule in case.rules:
        prose = rule.condition is None and not (rule.kind == "refuses" and "reach" in rule.read_by)
        if prose or not rule.read_by:
            findings.add(
                "W209",
                rule.at,
                f"{rule.id} is read, not modelled: {rule.says[:80] or rule.condition_text[:80]}",
                do="Express it as a condition, or leave it as evidence",
            )


_RULES = (
    _sources_named,
    _paragraphs_exist,
    _parameters_read,
    _levers_read,
    _consents_needed,
    _overrides_bite,
    _text_modelled,
)


# words


def _words_complete(files: Folder, findings: Findings) -> None:
    """W207, W208: label, name and phrase are written."""
    for table, rows in files.tables.items():
        if "phrase" in LAYOUTS[table].columns:
            for row in rows:
                own = row[LAYOUTS[table].key[0]]
                _complete(own, row.at, {word: row[word] for word in _WORDS}, findings)
    root = files.nodes["case"].value
    for key in _NAMED_IN_YAML:
        entries = root[key].value if isinstance(root, dict) and key in root else {}
        for name, node in entries.items() if isinstance(entries, dict) else ():
            _complete(name, node.at, {word: _text(node, word) for word in _WORDS}, findings)


_WORDS = ("label", "name", "phrase")


def _text(node: Node, key: str) -> str:
    item = node.value.get(key) if isinstance(node.value, dict) else None
    return str(item.value) if item is not None else ""


def _complete(own: str, at: At, words: dict[str, str], findings: Findings) -> None:
    if not words["label"]:
        findings.add("W207", at, f"{own} has no label", do="Add a short one for figures")
    missing = [word for word in ("name", "phrase") if not words[word]]
    if missing:
        findings.add(
            "W208", at, f"{own} has no {' and no '.join(missing)}", do="Add it for sentences"
        )


class _Worded(Protocol):
    @property
    def words(self) -> Named: ...

    @property
    def at(self) -> At: ...


def _labels_short(case: Case, findings: Findings) -> None:
    """W207: labels fit a figure."""
    named: list[_Worded] = [
        *case.parties,
        *case.outsiders,
        *case.constituencies,
        *case.criteria,
        *case.measures,
        *case.rung.values(),
        *case.shocks,
        *case.mechanisms.ceilings,
        *case.mechanisms.guarantees,
    ]
    labels = [(one.words.label, one.at) for one in named]
    labels += [
        (option.label, option.at) for choice in case.choices.values() for option in choice.options
    ]
    for label, at in labels:
        if len(label) > LONGEST_LABEL:
            findings.add(
                "W207",
                at,
                f"label {label!r} has {len(label)} characters",
                allowed=f"up to {LONGEST_LABEL}",
                do="Shorten it",
            )
