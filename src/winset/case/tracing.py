"""From any value back to its paragraphs, and forward to everything that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from winset.case.address import every_address, resolve, resolve_change
from winset.case.computed import cards_behind, is_model
from winset.case.condition import walk
from winset.case.draft import UNSAID
from winset.case.model import At, Case, Compare, Consents, Evidence, Named, Value
from winset.case.quantity import written
from winset.case.readers import each_condition, lever_readers, parameter_readers, rung_readers
from winset.effects.contract import Card
from winset.errors import AskError

BASIS_WORDS: Mapping[str, str] = {
    "S": "stated in a source",
    "I": "inferred from a source",
    "A": "assumption",
    "X": "outside knowledge",
    "C": "computed",
}
_SHARED_EFFECT = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph behind a value, in other words; ``says`` is blank where it is not coded."""

    id: str
    author: str
    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a value comes from and what depends on it."""

    address: str
    what: str
    """What stands there, in words."""
    value: Value | None
    """None where the address is no number."""
    basis: str
    note: str
    at: At
    paragraphs: tuple[Paragraph, ...]
    readers: tuple[str, ...]
    """What reads it."""
    changed_by: tuple[str, ...]
    """Options of switches, levers and leader types that change it."""
    claims: tuple[str, ...]
    disagreements: tuple[str, ...]
    """Rows of the case that rest on one of its paragraphs."""
    models: tuple[Card, ...] = ()
    """Cards of the models that computed the value."""

    def __str__(self) -> str:
        lines = [f"{self.address}: {self.what}"]
        if self.value is not None:
            one = self.value
            lines.append(f"  value   {written(one.low, one.mode, one.high, one.shape)}")
        basis = BASIS_WORDS.get(self.basis, "none given")
        lines.append(
            f"  basis   {f'{self.basis}, ' if self.basis else ''}{basis}; written in {self.at}"
        )
        if self.note:
            lines.append(f"  note    {self.note}")
        for one_paragraph in self.paragraphs:
            where = f"{one_paragraph.id} ({one_paragraph.author}, paragraph {one_paragraph.number})"
            lines.append(f"  source  {where}: {one_paragraph.says or 'not coded'}")
        if not self.paragraphs and not self.models:
            lines.append("  source  none")
        for card in self.models:
            head, *rest = str(card).splitlines()
            lines += [f"  model   {head}", *(f"        {line}" for line in rest)]
        lines += [f"  read by {one}" for one in self.readers or ("nothing",)]
        lines += [f"  changed by {one}" for one in self.changed_by]
        lines += [f"  claim {one}" for one in self.claims]
        lines += [f"  disagreement {one}" for one in self.disagreements]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Silence:
    """Measures a source never mentions."""

    source: str
    author: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    what: str
    value: Value | None
    basis: str
    refs: tuple[str, ...]
    note: str
    at: At


def trace(case: Case, address: str) -> Trace:
    """Say where a value comes from and what depends on it.

    Parameters
    ----------
    case
        A case.
    address
        Any address of it, or its unique ending: a value, a choice, a rule, a paragraph.

    Raises
    ------
    AskError
        The address means nothing, or several things.
    """
    found = resolve(case, address)
    if len(found) > 1:
        some = ", ".join(found[:5])
        message = f"trace takes one address; {address!r} means {len(found)}: {some} ..."
        raise AskError(message)
    thing = _thing(case, found[0])
    refs = frozenset(thing.refs)
    return Trace(
        address=found[0],
        what=thing.what,
        value=thing.value,
        basis=thing.basis,
        note=thing.note,
        at=thing.at,
        paragraphs=_paragraphs(case, thing.refs),
        readers=tuple(dict.fromkeys(_readers(case, found[0]))),
        changed_by=tuple(_changers(case, found[0])),
        claims=_touching(case.claims, refs),
        disagreements=_touching(case.disagreements, refs),
        models=cards_behind(thing.refs),
    )


def unsupported(case: Case) -> tuple[Value, ...]:
    """Return the values no source and no model supports: assumptions, and idle references.

    Cells left blank, which have the neutral value, are not counted.
    """
    known = {one.id for one in case.evidence}
    return tuple(
        value
        for value in case.values.values()
        if value.note != UNSAID
        and not (value.basis in ("S", "I") and any(ref in known for ref in value.refs))
        and not (value.basis == "C" and any(is_model(ref) for ref in value.refs))
    )


def silences(case: Case) -> tuple[Silence, ...]:
    """For each source, the measures that none of its paragraphs stands behind."""
    found = []
    for source in case.sources:
        silent = tuple(
            measure.id
            for measure in case.measures
            if not any(
                ref.rpartition(".")[0] == source.id
                for refs in (measure.refs, *(rung.refs for rung in measure.rungs))
                for ref in refs
            )
        )
        found.append(Silence(source.id, source.author, silent))
    return tuple(found)


# what stands at an address


def _thing(case: Case, address: str) -> _Thing:
    table, _, key = address.partition("/")
    if address in case.values:
        value = case.values[address]
        return _Thing(_what(case, address), value, value.basis, value.refs, value.note, value.at)
    if address in case.choices:
        choice = case.choices[address]
        refs = (*choice.refs, *(ref for option in choice.options for ref in option.refs))
        options = ", ".join(option.id for option in choice.options)
        what = f"{choice.question or choice.kind} ({options})"
        return _Thing(what, None, "", tuple(dict.fromkeys(refs)), "", choice.at)
    if table == "dispute":
        return _dispute_thing(case, *key.split("/"))
    if table == "rules":
        rule = case.rule[key]
        what = f"{' '.join(rule.rungs)} {rule.kind} {rule.condition_text}".strip() + (
            f"; {rule.says}" if rule.says else ""
        )
        return _Thing(what, None, rule.basis, rule.refs, rule.note, rule.at)
    if table == "evidence":
        one = next(each for each in case.evidence if each.id == key)
        return _Thing(one.says, None, "S", (one.id,), "", one.at)
    held = case.settings[key] if table == "settings" else str(case.flags[key]).lower()
    return _Thing(f"form of the model, {held}", None, "", (), "", At("case.yaml", 1))


def _dispute_thing(case: Case, name: str, column: str) -> _Thing:
    """Say what stands at the place of a want, or at the side of a contested matter."""
    assert case.dispute is not None  # noqa: S101 - the address was resolved
    if column == "place":
        want = next(one for one in case.dispute.statements if one.id == name)
        player = case.dispute.players[want.player].name
        what = f"how early a want of {player} comes, 1 first: {want.says}"
        return _Thing(what, want.place, want.place.basis, want.place.refs, "", want.at)
    matter = next(one for one in case.dispute.readings if one.id == name)
    refs = tuple(dict.fromkeys(ref for side in matter.sides for ref in side.refs))
    what = f"{matter.says} ({', '.join(side.id for side in matter.sides)})"
    return _Thing(what, None, "", refs, "", matter.at)


def _what(case: Case, address: str) -> str:
    table, *keys = address.split("/")
    if table == "parameters":
        parameter = case.parameter[keys[0]]
        return f"{parameter.meaning} ({parameter.unit})" if parameter.unit else parameter.meaning
    names = [_name(case, key) for key in keys]
    if table == "effects":
        whom = f" for {names[2]}" if len(keys) == _SHARED_EFFECT else ""
        return f"effect of {names[0]} on {names[1]}{whom}"
    forms = {
        "weights": "weight of {1} to {0}",
        "stances": "stance of {0} on {1}",
        "linkages": "linkage of {0} and {1}",
        "attitudes": "attitude of {0} to {1}",
        "elections": "share of cases in which election {0} brings another type of government",
    }
    return forms.get(table, "{1} of {0}").format(*names)


class _Worded(Protocol):
    @property
    def words(self) -> Named: ...


def _name(case: Case, key: str) -> str:
    pools: tuple[Mapping[str, _Worded], ...] = (
        case.measure,
        case.rung,
        case.constituency,
        case.party,
        case.criterion,
        case.outsider,
    )
    found = next((pool[key] for pool in pools if key in pool), None)
    return found.words.name if found is not None else key


def _paragraphs(case: Case, refs: tuple[str, ...]) -> tuple[Paragraph, ...]:
    coded: dict[str, Evidence] = {one.id: one for one in case.evidence}
    authors = {source.id: source.author for source in case.sources}
    found = []
    for ref in refs:
        if is_model(ref):
            continue
        source, _, number = ref.rpartition(".p")
        says = coded[ref].says if ref in coded else ""
        digits = int(number) if number.isdigit() and len(number) < 6 else 0
        found.append(Paragraph(ref, authors.get(source, source), digits, says))
    return tuple(found)


def _touching(rows: tuple[Mapping[str, str], ...], refs: frozenset[str]) -> tuple[str, ...]:
    found = []
    for row in rows:
        if refs & set(row.get("refs", "").split()):
            text = next(
                (row[key] for key in ("claim", "says", "text", "question") if key in row), ""
            )
            found.append(f"{row['id']}: {text}".rstrip(": "))
    return tuple(found)


# what reads it


def _readers(case: Case, address: str) -> Iterator[str]:
    table, *keys = address.split("/")
    if table == "parameters":
        yield from parameter_readers(case).get(keys[0], ())
    elif table == "levers":
        yield from lever_readers(case).get(keys[0], ())
    elif table == "rungs":
        yield f"value of {keys[0]} to everybody who weighs {keys[0].rpartition('.')[0]}"
        yield from rung_readers(case, keys[0])
    elif table == "evidence":
        yield from _resting_on(case, keys[0])
    elif table == "rules":
        rule = case.rule[keys[0]]
        yield from rule.read_by
    elif table == "switches":
        yield from (f"rules/{one.id}" for one in case.rules if one.switch.startswith(address + "="))
    elif table == "flags":
        for where, condition in each_condition(case):
            if any(getattr(part, "name", "") == keys[0] for part in walk(condition)
                   if not isinstance(part, Compare)):  # fmt: skip
                yield where
        yield from (
            f"losses of {one.measure}" for one in case.mechanisms.enablings if one.flag == keys[0]
        )
    else:
        yield from _value_readers(case, table, keys)


def _value_readers(case: Case, table: str, keys: list[str]) -> Iterator[str]:
    if table == "weights":
        touched = [one.measure for one in case.effects if one.criterion == keys[1]]
        yield f"value to {keys[0]} of {', '.join(dict.fromkeys(touched)) or 'no measure'}"
    elif table == "effects":
        own = [
            one.party for one in case.effects if one.measure == keys[0] and one.criterion == keys[1]
        ]
        for weight in case.weights:
            party = case.constituency[weight.constituency].party
            mine = party == keys[2] if len(keys) == _SHARED_EFFECT else party not in own
            if weight.criterion == keys[1] and mine:
                yield f"value of {keys[0]} to {weight.constituency}"
    elif table == "stances":
        stance = next(one for one in case.stances if (one.constituency, one.target) == tuple(keys))
        if stance.use == "override":
            yield f"value of {keys[1]} to {keys[0]}, instead of weights and effects"
    elif table == "linkages":
        linkage = next(one for one in case.linkages if (one.a, one.b) == tuple(keys))
        if linkage.who != ("evidence",):
            whom = ", ".join(linkage.who) or "all whose consent both need"
            yield f"value of {keys[0]} together with {keys[1]} to {whom}"
    elif table == "constituencies":
        for one in case.parties:
            if any(part == Consents(keys[0]) for part in walk(one.accepts)):
                yield f"consent of {keys[0]}, which the rule of {one.id} counts"
    elif table == "measures":
        yield from _measure_column(case, keys)
    elif table == "elections":
        yield "who governs after it (hold)"
    elif table == "dispute":
        yield "the order of states in the dispute (dispute)"
    elif table == "attitudes":
        for where, condition in each_condition(case):
            if any(
                isinstance(part, Compare) and part.subject == "attitude" and part.name == keys[0]
                for part in walk(condition)
            ):
                yield where


def _measure_column(case: Case, keys: list[str]) -> Iterator[str]:
    if keys[1] == "effort" and "effort_price" in case.parameter:
        yield f"what executives pay for {keys[0]}"
    elif keys[1] != "effort":
        yield f"{keys[0]} over time (path)"


def _resting_on(case: Case, ref: str) -> Iterator[str]:
    for value in case.values.values():
        if ref in value.refs:
            yield value.address
    for rule in case.rules:
        if ref in rule.refs:
            yield f"rules/{rule.id}"
    for choice in case.choices.values():
        if any(ref in option.refs for option in choice.options):
            yield choice.address


def _changers(case: Case, address: str) -> Iterator[str]:
    if address not in every_address(case):
        return
    for choice in case.choices.values():
        for option in choice.options:
            for change in option.changes:
                if address in resolve_change(case, change):
                    yield f"{choice.address}={option.id}: {change}"
