"""Who stops the next step: figure 4, its long form, and consent that has no price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from winset.brief.document import (
    Block,
    Bullets,
    DataTable,
    Fold,
    Heading,
    Paragraph,
    Section,
    StopBlock,
    StopCell,
    StopColumn,
    StopRow,
    Stops,
)
from winset.brief.facts import ClosureFact, Facts, JointFact, LimitFact, RungFact, words_of
from winset.brief.runs import Number, Runs, Small, Text, say
from winset.brief.sections import common, first
from winset.brief.values import references
from winset.case.model import Constituency, Rule
from winset.words import holders
from winset.words import phrases as words
from winset.words.brief import stops as wording
from winset.words.brief.shared import COMMA, NOBODY, steps_word
from winset.words.brief.values import BASES
from winset.words.nouns import label_of

_LINE = 0.05
"""Share of worlds from which a red line at the edge is explained."""


def section(facts: Facts) -> Section:
    """Who, or what, belongs to the smallest set of limits that must give."""
    title = wording.stops_heading(common.stoppers(facts), len(facts.edge))
    found: list[Block] = []
    if facts.edge:
        found += [
            Paragraph(_reading(facts)),
            figure(facts),
            *_open(facts),
            *_sizes(facts),
            *_red_lines(facts),
            *_together(facts),
            *_map(facts),
        ]
    found += _no_price(facts)
    return Section("stops", title, tuple(found))


def _reading(facts: Facts) -> Runs:
    return say(
        wording.READING,
        steps=steps_word(len(facts.edge)),
        stand=wording.stand(len(facts.edge)),
    )


def figure(facts: Facts) -> Stops:
    """Figure 4, rows by main holder and then by how open the step is."""
    rows = tuple(_row(facts, fact) for fact in _by_holder(facts))
    used = {cell.key for row in rows for cell in row.cells}
    never = [
        item.words.phrase
        for item in facts.case.constituencies
        if item.id not in used and item.asked_for
    ]
    return Stops(
        id="fig-stops",
        title=wording.stops_title(common.stoppers(facts)),
        reads=wording.READS,
        legend=legend(facts),
        blocks=_blocks(facts, used),
        rows=rows,
        foot=common.foot(facts, "table-stops", more=wording.never(never)),
        twin=twin(facts),
    )


def legend(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Glyphs that occur, with their words."""
    edge = {fact.rung.id for fact in facts.edge}
    kinds = {row.limit for row in facts.limits if row.rung in edge and row.share > 0}
    found: dict[str, str] = {}
    for kind, glyph in wording.GLYPHS.items():
        if kind in kinds or ("consent" in kinds and kind in ("floor", "threshold")):
            found.setdefault(glyph, wording.LIMIT_WORDS[kind])
    return tuple((glyph, text) for glyph, text in found.items() if len(glyph) == 1)


def _by_holder(facts: Facts) -> list[RungFact]:
    """Edge rows in blocks of one holder: whoever holds most first, most open first inside."""
    count: dict[str, int] = {}
    for fact in facts.edge:
        count[_holder(facts, fact)] = count.get(_holder(facts, fact), 0) + 1
    return sorted(
        facts.edge,
        key=lambda fact: (-count[_holder(facts, fact)], _holder(facts, fact), -fact.share),
    )


def _holder(facts: Facts, fact: RungFact) -> str:
    limit = common.main_limit(facts, fact.rung.id)
    return "~" if limit is None else common.column_of(facts, limit)


def _row(facts: Facts, fact: RungFact) -> StopRow:
    return StopRow(
        rung=fact.rung.id,
        measure_label=fact.measure.words.label,
        label=fact.rung.words.label,
        name=fact.rung.words.name,
        open_shown=words.of_hundred(fact.share, facts.worlds),
        trace=common.open_id(fact.rung.id),
        cells=_cells(facts, fact),
        assumed=fact.rung.basis == "A",
    )


def _cells(facts: Facts, fact: RungFact) -> tuple[StopCell, ...]:
    """One cell a column; a holder with two limits shows the stronger and both glyphs."""
    columns: dict[str, list[LimitFact]] = {}
    for limit in facts.limits_of.get(fact.rung.id, ()):
        if limit.share > 0:
            columns.setdefault(common.column_of(facts, limit), []).append(limit)
    cells = []
    for key, limits in columns.items():
        share = facts.stop_share(limits[0])
        glyphs = dict.fromkeys("".join(wording.GLYPHS[limit.limit] for limit in limits))
        cells.append(
            StopCell(
                key,
                words.of_hundred(share, facts.worlds),
                share,
                words.band(share).index,
                "".join(glyphs),
                "; ".join(dict.fromkeys(wording.SHORT_LIMITS[row.limit] for row in limits)),
                common.stop_id(fact.rung.id, limits[0]),
            )
        )
    return tuple(sorted(cells, key=lambda cell: -cell.share))


def _blocks(facts: Facts, used: set[str]) -> tuple[StopBlock, ...]:
    blocks = []
    for place, party in enumerate(facts.case.parties):
        columns = tuple(
            StopColumn(item.id, item.words.label, item.words.name)
            for item in facts.case.constituencies
            if item.party == party.id and item.id in used
        )
        if columns:
            shape = common.SHAPES[place % len(common.SHAPES)]
            blocks.append(StopBlock(party.words.name, shape, columns))
    structure = tuple(_structure(facts, kind) for kind in common.STRUCTURE if kind in used)
    if structure:
        blocks.append(StopBlock(wording.ALONE, "", structure))
    return tuple(blocks)


def _structure(facts: Facts, kind: str) -> StopColumn:
    ceilings = facts.case.mechanisms.ceilings
    if kind == "ceiling" and len(ceilings) == 1:
        return StopColumn(kind, ceilings[0].words.label, ceilings[0].words.name)
    label, name = wording.STRUCTURE_LABELS[kind]
    if kind == "red line":
        lines = {holders.red_line(facts.case, rule.id) for rule in _drawn(facts)}
        if len(lines) == 1:
            return StopColumn(kind, label, wording.bare(lines.pop()))
    return StopColumn(kind, label, name)


def _drawn(facts: Facts) -> list[Rule]:
    """Red lines that hold a step at the edge in more than almost no world."""
    edge = {fact.rung.id for fact in facts.edge}
    held = {
        limit.who
        for limit in facts.limits
        if limit.limit == "red line" and limit.rung in edge and facts.stop_share(limit) >= _LINE
    }
    return [rule for rule in facts.case.rules if rule.id in held]


def _red_lines(facts: Facts) -> list[Block]:
    """Say of each red line of the ladder who draws it, what it refuses and on what it lifts."""
    lines = [
        rule for rule in facts.case.rules if rule.kind == "refuses" and "reach" in rule.read_by
    ]
    items: list[Runs] = [
        (
            Text(holders.red_line_said(facts.case, rule)),
            Text(wording.based(BASES[rule.basis])),
            *((Text(" ("), *references(facts.case, rule.refs), Text(")")) if rule.refs else ()),
            Text("."),
            Small(f" {rule.id}"),
        )
        for rule in lines
    ]
    return [Heading(wording.RED_LINES), Bullets(tuple(items))] if items else []


def twin(facts: Facts) -> DataTable:
    """Long form: one row a step and limit, with what is known about price."""
    rows: list[tuple[Runs, ...]] = []
    for fact in _by_holder(facts):
        for limit in facts.limits_of.get(fact.rung.id, ()):
            if limit.share <= 0:
                continue
            share = words.of_hundred(facts.stop_share(limit), facts.worlds)
            rows.append(
                (
                    (Text(common.short(fact)), Small(f" {fact.rung.id}")),
                    (Text(words.capital(common.holder(facts, limit))),),
                    (Text(wording.LIMIT_WORDS[limit.limit]),),
                    (Number(share, common.stop_id(fact.rung.id, limit)),),
                    (Text(words.of_hundred(_of_all(facts, limit, limit.sole), facts.worlds)),),
                    (Text(priced(facts, limit)),),
                )
            )
    return DataTable(
        "table-stops",
        wording.CAPTION,
        wording.COLUMNS,
        tuple(rows),
        (False, False, False, True, True, False),
        wordy=True,
    )


def _of_all(facts: Facts, limit: LimitFact, share: float) -> float:
    return share * facts.closed(limit.rung) / facts.worlds if facts.worlds else 0.0


def priced(facts: Facts, limit: LimitFact) -> str:
    """Points short where a price is defined; why there is none where it is not."""
    if limit.who in {item.id for item in facts.unpriced}:
        return wording.CONSENT
    if limit.price is None:
        return wording.NO_PRICE if common.is_person(facts, limit) else wording.NO_MATTER
    return first.price(facts, limit)


def _open(facts: Facts) -> list[Block]:
    """Put the long form behind a fold."""
    return [Fold((Text(wording.FOLD),), (twin(facts),))]


def _map(facts: Facts) -> list[Block]:
    """Tell for each step at the edge who must agree, complains, spoils or reacts."""
    rows = []
    for fact in facts.edge:
        found = [row for row in facts.rows("consents") if row["rung"] == fact.rung.id]
        cells = [[row for row in found if row["role"] == role] for role in wording.ROLES]
        if found:
            name = (Text(common.short(fact)), Small(f" {fact.rung.id}"))
            rows.append((name, *(_listed(facts, cell) for cell in cells)))
    if not rows:
        return []
    table = DataTable(
        "table-consents",
        wording.MAP_CAPTION,
        (wording.MAP_COLUMN, *wording.ROLES.values()),
        tuple(rows),
        wordy=True,
    )
    return [Fold((Text(wording.MAP_FOLD),), (table,))]


def _listed(facts: Facts, rows: Sequence[Mapping[str, Any]]) -> Runs:
    """Name constituencies and outsiders, those against first."""
    against = sorted(rows, key=lambda row: -(row["refusing"] or 0.0))
    told = []
    for row in against:
        share = f" {words.of_hundred(row['refusing'], row['worlds'])}" if row["refusing"] else ""
        told.append(f"{label_of(facts.case, row['who'])}{share}")
    return (Text(COMMA.join(told) or NOBODY),)


def _together(facts: Facts) -> list[Block]:
    """List the steps at the edge that more often take two or three limits at once than one."""
    edge = {fact.rung.id: fact for fact in facts.edge}
    strongest: dict[str, JointFact] = {}
    for joint in facts.joints:
        known = strongest.get(joint.rung)
        if (
            joint.rung in edge
            and len(joint.limits) == _most_often(facts.closure[joint.rung])
            and (known is None or joint.share > known.share)
        ):
            strongest[joint.rung] = joint
    if not strongest:
        return []
    items: list[Runs] = []
    for joint in sorted(strongest.values(), key=lambda joint: -joint.share):
        names = [common.kind_phrase(facts, limit, who) for limit, who in joint.limits]
        sentence = words.joint_blocker(names, edge[joint.rung].rung.words.phrase)
        share = words.count_phrase(joint.share, joint.tried)
        items.append((Text(wording.so_often(sentence, share)),))
    return [Heading(wording.TOGETHER), Bullets(tuple(items))]


def _most_often(closure: ClosureFact) -> int:
    """How many limits it takes most often: one, two or three."""
    shares = (closure.one, closure.two, closure.three)
    return shares.index(max(shares)) + 1


def _sizes(facts: Facts) -> list[Block]:
    """Say how much of what is on offer would pass in each capital and in all."""
    rows = {row["party"]: row for row in facts.rows("size")}
    odds = [
        wording.Passing(party.words.phrase, rows[party.id]["offered"] - rows[party.id]["size_p50"])
        for party in facts.case.parties
        if party.id in rows
    ]
    if len(odds) < 2 or "all" not in rows:
        return []
    every = rows["all"]
    together = wording.Passing("", every["offered"] - every["size_p50"])
    sentence = wording.sizes(odds, together, every["offered"], every["worlds"])
    return [Paragraph((Text(sentence),))]


def _no_price(facts: Facts) -> list[Block]:
    if not facts.unpriced:
        return []
    items: list[Runs] = []
    for item in facts.unpriced:
        sentence = wording.consent_row(item.words.phrase, _concerned(facts, item))
        items.append((Text(sentence), Small(f" {item.id}")))
    title = wording.consent_of([item.words.phrase for item in facts.unpriced])
    found: list[Block] = [Heading(title), Bullets(tuple(items))]
    found += [Paragraph((Text(line),)) for line in words_of(facts.case, "unheard")]
    return found


def _concerned(facts: Facts, item: Constituency) -> list[str]:
    """Find the lowest rung of each ladder that asks for, or lasts only with, someone's consent."""
    lowest: dict[str, RungFact] = {}
    for fact in facts.beyond:
        if fact.rung.id in item.asked_for | item.durability:
            lowest.setdefault(fact.measure.id, fact)
    return [fact.rung.words.phrase for fact in lowest.values()]
