"""What this rests on: figure 9, values without a source, what each author is silent about."""

from __future__ import annotations

from winset.brief import values
from winset.brief.document import (
    BasisBars,
    BasisRow,
    Block,
    Bullets,
    Fold,
    Heading,
    Paragraph,
    Section,
)
from winset.brief.facts import Facts, words_of
from winset.brief.runs import Emphasis, Number, Runs, Strong, Text, say
from winset.brief.sections import assumptions, common
from winset.case.model import Case, Choice, Value
from winset.words import phrases as words
from winset.words.brief import rests as wording
from winset.words.brief.values import BASES, KINDS, name_of, number


def section(facts: Facts) -> Section:
    """Where the values come from and where they do not come from."""
    counts = basis_counts(facts.case)
    sources = common.sources(facts)
    found: list[Block] = [Paragraph(_reading(facts.case)), figure(facts)]
    found += assumptions.blocks(facts)
    found += [*_unsupported(facts.case), *_disputes(facts), *_silences(facts.case)]
    return Section("rests", wording.basis_heading(counts, sources), tuple(found))


def uncertain(case: Case) -> list[Value]:
    """Values that differ between worlds."""
    return [value for value in case.values.values() if not value.exact]


def basis_counts(case: Case) -> dict[str, int]:
    """Count the uncertain values by basis."""
    counts = dict.fromkeys(BASES, 0)
    for value in uncertain(case):
        letter = values.basis_of(value)
        counts[letter] = counts.get(letter, 0) + 1
    return counts


def _reading(case: Case) -> Runs:
    return (Text(wording.reading(basis_counts(case))),)


def figure(facts: Facts) -> BasisBars:
    """Figure 9: kind of value by basis, most assumed first."""
    table: dict[str, dict[str, int]] = {kind: dict.fromkeys(BASES, 0) for kind in KINDS}
    for value in uncertain(facts.case):
        row = table[values.kind_of(value.address)]
        letter = values.basis_of(value)
        row[letter] = row.get(letter, 0) + 1
    kinds = [kind for kind in KINDS if sum(table[kind].values())]
    kinds.sort(key=lambda kind: -table[kind]["A"] / sum(table[kind].values()))
    title = wording.basis_title(
        [(KINDS[kind], table[kind]["A"], sum(table[kind].values())) for kind in kinds]
    )
    rows = tuple(
        BasisRow(words.capital(KINDS[kind]), tuple(table[kind][letter] for letter in BASES))
        for kind in kinds
    )
    return BasisBars(
        "fig-basis",
        title,
        wording.READS,
        wording.HEAD,
        tuple(BASES.items()),
        rows,
        common.foot(facts),
    )


def _unsupported(case: Case) -> list[Block]:
    known = {item.id for item in case.evidence}
    bare = [value for value in uncertain(case) if not known & set(value.refs)]
    if not bare:
        return []
    summary = say(
        wording.UNSUPPORTED,
        count=f"{len(bare):,}",
        total=f"{len(uncertain(case)):,}",
    )
    kinds: dict[str, list[Value]] = {}
    for value in bare:
        kinds.setdefault(values.kind_of(value.address), []).append(value)
    items = tuple(
        (
            Strong(wording.kind_colon(kind, len(found))),
            *_listed(case, found),
        )
        for kind, found in kinds.items()
    )
    return [Fold(summary, (Bullets(items),), "unsupported", appendix=True)]


def _listed(case: Case, found: list[Value]) -> Runs:
    runs: list[Number | Text] = []
    for value in found:
        if runs:
            runs.append(Text(wording.AND_SO_ON))
        name = name_of(case, value.address)
        runs.append(Number(f"{name} {number(value.mode)}", values.value_id(value.address)))
    return tuple(runs)


def _disputes(facts: Facts) -> list[Block]:
    """Questions on which sources differ: every reading, in the order of the sources."""
    items: list[Runs] = []
    for choice in facts.case.switches:
        if sum(bool(option.authors) for option in choice.options) > 1:
            sides = [_side(facts.case, choice, option.id) for option in choice.options]
            items.append((Strong(f"{words.capital(choice.question)} "), *_joined(sides)))
    found: list[Block] = []
    if items:
        summary = wording.disputed(len(items))
        found.append(Fold((Text(summary),), (Bullets(tuple(items)),), "disputes"))
    framings = tuple((Text(line),) for line in words_of(facts.case, "framings"))
    if framings:
        found.append(Fold((Text(wording.FRAMINGS),), (Bullets(framings),)))
    return found


def _side(case: Case, choice: Choice, name: str) -> Runs:
    option = next(item for item in choice.options if item.id == name)
    says = (option.says or option.label).rstrip(".")
    held: Runs = ()
    if option.refs:
        held = (Text(" ("), *values.references(case, option.refs), Text(")"))
    elif option.authors:
        authors = [values.author_of(case, author) for author in option.authors]
        held = (Text(wording.read_by(authors)),)
    label = () if says == option.label else (Text(f": {says}"),)
    return (Emphasis(option.label), *label, *held)


def _joined(sides: list[Runs]) -> Runs:
    runs: list[Runs] = []
    for place, side in enumerate(sides):
        runs.append((Text(wording.OR if place else ""), *side))
    return (*(part for side in runs for part in side), Text("."))


def _silences(case: Case) -> list[Block]:
    """Say what each author does not speak of, in the case's words."""
    lines = words_of(case, "silences")
    if not lines:
        return []
    items = tuple((Text(line),) for line in lines)
    return [Heading(wording.SILENCES), Bullets(items)]
