"""How far, rung by rung: figure 2, the valleys, and the package in words."""

from __future__ import annotations

from winset.brief.document import (
    Block,
    Bullets,
    Fold,
    Heading,
    Ladder,
    LadderCell,
    LadderGroup,
    LadderRow,
    Paragraph,
    Section,
)
from winset.brief.facts import Facts, RungFact
from winset.brief.runs import Number, Runs, Small, Text, say
from winset.brief.sections import common, first
from winset.words import phrases as words
from winset.words.brief import ladder as wording
from winset.words.brief.shared import STATES, level_of_100, of_100

_VALLEYS = 3
_RIVALS = 5
_VALLEY = 0.10
"""A later rung counts as more open than an earlier one from this difference of shares."""


def section(facts: Facts) -> Section:
    """How far the cooperation can go, on every ladder."""
    whole = wording.tally("", [fact.share for fact in facts.beyond])
    found: list[Block] = [
        Paragraph(_reading(facts)),
        figure(facts),
        *_valleys(facts),
        *_rivals(facts),
        *_together(facts),
    ]
    title = wording.contrast_heading(tallies(facts)) or wording.ladder_heading(whole)
    return Section("ladder", title, tuple(found))


def _reading(facts: Facts) -> Runs:
    text = wording.reading([party.words.phrase for party in facts.case.parties])
    if facts.balanced is None:
        return (Text(text),)
    share = level_of_100(facts.balanced.certainty)
    return say(text + wording.DOT, share=Number(share, first.package_id(facts.balanced)))


def figure(facts: Facts) -> Ladder:
    """Figure 2: every rung of every ladder."""
    groups = []
    for group in dict.fromkeys(fact.group for fact in facts.rungs):
        rows: dict[str, list[RungFact]] = {}
        for fact in facts.rungs:
            if fact.group is group:
                rows.setdefault(fact.measure.id, []).append(fact)
        made = tuple(_row(facts, found) for found in rows.values())
        groups.append(LadderGroup(*wording.title_and_caption(group.title), made))
    return Ladder(
        "fig-ladder",
        _title(facts),
        wording.READS,
        tuple(groups),
        max((len(row.cells) for group in groups for row in group.rows), default=0),
        common.foot(facts, more=wording.FOOT),
    )


def _title(facts: Facts) -> str:
    """Count by group where the heading does not, else name what stays closed."""
    if not wording.contrast_heading(tallies(facts)):
        return wording.ladder_title(tallies(facts))
    return wording.closed_title([(fact.rung.words.phrase, fact.share) for fact in facts.beyond])


def tallies(facts: Facts) -> list[wording.Tally]:
    """How open each group of the ladder is, in order."""
    shares: dict[str, list[float]] = {}
    for fact in facts.beyond:
        shares.setdefault(words.topic(fact.group.title), []).append(fact.share)
    return [wording.tally(title, found) for title, found in shares.items()]


def _row(facts: Facts, found: list[RungFact]) -> LadderRow:
    measure = found[0].measure
    return LadderRow(
        measure.id,
        measure.words.label,
        measure.words.name,
        tuple(_cell(facts, fact) for fact in found),
    )


def _cell(facts: Facts, fact: RungFact) -> LadderCell:
    level, today = fact.rung.level, fact.measure.status_quo
    state = "beyond" if level > today else "today" if level == today else "in place"
    band = words.band(fact.share)
    balanced = facts.balanced
    taken = balanced is not None and balanced.levels.get(fact.measure.id) == level
    return LadderCell(
        rung=fact.rung.id,
        label=fact.rung.words.label,
        name=fact.rung.words.name,
        state=state,
        band=band.index if state == "beyond" else -1,
        shown=words.of_hundred(fact.share, facts.worlds) if state == "beyond" else STATES[state],
        word=band.word if state == "beyond" else STATES[state],
        trace=common.open_id(fact.rung.id),
        in_package=taken,
        red_line=fact.rung.id in red_lined(facts),
        assumed=fact.rung.basis == "A",
        fragile=fact.rung.id in facts.fragile,
    )


def red_lined(facts: Facts) -> frozenset[str]:
    """Rungs at which a red line that is modelled begins."""
    return frozenset(
        rung
        for rule in facts.case.rules
        if rule.kind == "refuses" and "reach" in rule.read_by
        for rung in rule.rungs
    )


def _valleys(facts: Facts) -> list[Block]:
    found = sorted(
        (row for row in facts.valleys if row.later_alone - row.alone >= _VALLEY),
        key=lambda row: row.alone - row.later_alone,
    )
    pairs = [(facts.rung[row.rung], facts.rung[row.later]) for row in found]
    if not pairs:
        return []
    items: list[Runs] = []
    for low, high in pairs:
        sentence = words.valley(
            low.rung.words.phrase, low.alone, high.rung.words.phrase, high.alone, facts.worlds
        )
        marks = [
            (words.count_phrase(fact.alone, facts.worlds), f"r.reach.{fact.rung.id}.alone")
            for fact in (low, high)
        ]
        items.append((*common.linked(sentence, marks), Small(f" {high.measure.id}")))
    title = Heading(wording.VALLEYS)
    note = Paragraph((Text(wording.VALLEYS_COUNTED),), "small")
    shown, rest = tuple(items[:_VALLEYS]), tuple(items[_VALLEYS:])
    more = Fold((Text(wording.more(len(rest))),), (Bullets(rest),))
    return [title, note, Bullets(shown), *((more,) if rest else ())]


def _between(facts: Facts, limit: str, who: str) -> str:
    if limit == "conflict":
        return wording.EXCLUDED
    return common.kind_phrase(facts, limit, who) if who else ""


def _rivals(facts: Facts) -> list[Block]:
    """List the pairs of steps that no accepted package holds together, by how often that is so."""
    rows = sorted(facts.rows("rivals"), key=lambda row: -row["share"])
    items: list[Runs] = [
        (
            Text(
                wording.rival(
                    facts.rung[row["rung"]].rung.words.phrase,
                    facts.rung[row["other"]].rung.words.phrase,
                    _between(facts, row["limit"], row["who"]),
                    row["share"],
                    row["worlds"],
                )
            ),
            Small(f" {row['rung']}, {row['other']}"),
        )
        for row in rows[:_RIVALS]
        if row["rung"] in facts.rung and row["other"] in facts.rung
    ]
    return [Heading(wording.RIVALS), Bullets(tuple(items))] if items else []


def _together(facts: Facts) -> list[Block]:
    found = sorted(first.only_together(facts), key=lambda fact: fact.alone - fact.share)
    if not found:
        return []
    items: list[Runs] = []
    for fact in found:
        share = of_100(fact.share, facts.worlds)
        alone = of_100(fact.alone, facts.worlds)
        sentence = wording.only_in_package(
            fact.rung.words.phrase, fact.share, fact.alone, facts.worlds
        )
        start = sentence.index(wording.AFTER_RUNG)
        marks = [(share, common.open_id(fact.rung.id)), (alone, f"r.reach.{fact.rung.id}.alone")]
        items.append((Text(sentence[:start]), *common.linked(sentence[start:], marks)))
    return [Fold((Text(wording.together(len(items))),), (Bullets(tuple(items)),), "together")]
