"""The first screen: the question, the lead, five findings and the room by domain."""

from __future__ import annotations

from typing import Any

from winset.brief.document import (
    Block,
    Columns,
    DataTable,
    Finding,
    Findings,
    Fold,
    Paragraph,
    Plot,
)
from winset.brief.facts import (
    PACKAGE_MATTERS,
    DomainFact,
    Facts,
    LimitFact,
    PackageFact,
    RungFact,
    steps,
)
from winset.brief.points import RoomRow
from winset.brief.runs import Number, Runs, Text, say
from winset.brief.sections import common, move
from winset.brief.sections.rests import basis_counts
from winset.words import phrases as words
from winset.words import reach as reach_words
from winset.words.brief import first as wording
from winset.words.brief.shared import level_of_100, of_100, steps_word

_NAMED = 3
_READINGS = 2


def kicker(facts: Facts) -> str:
    """Product, parties, date the coding stands at."""
    log = facts.case.log
    return wording.kicker(
        [party.words.name for party in facts.case.parties],
        facts.case.as_of,
        log.last if log is not None and log.entries else "",
    )


def lead(facts: Facts) -> Runs:
    """Link the shares of the headline to their traces."""
    told = steps(facts)
    carried = words.deepest_open(told)
    edge = words.first_closed(told, carried)
    marks = []
    for step in (carried, edge):
        if step is not None:
            found = _share_in(facts.headline, facts.rung[step.rung], facts.worlds)
            marks.append((found, common.open_id(step.rung)))
    return common.linked(facts.headline, marks)


def _share_in(sentence: str, fact: RungFact, n: int) -> str:
    for first in (True, False):
        phrase = words.share_phrase(fact.share, n, first=first, unsettled=fact.unsettled)
        inner = wording.bare_share(phrase)
        if inner in sentence:
            return inner
    return ""


def blocks(facts: Facts) -> tuple[Block, ...]:
    """Everything under the lead."""
    about = Paragraph((Text(words.WORLD),), role="note")
    figure = room(facts)
    return (about, Columns((Findings(findings(facts)),), (figure,)), _twin(figure))


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Five computed sentences, one for each question a reader comes with."""
    moved = moves(facts)
    third = Finding(wording.MOVES, moved) if moved else Finding(wording.COMPANY, company(facts))
    return (
        Finding(wording.PACKAGE, package(facts)),
        Finding(wording.STOPS, who_stops(facts)),
        third,
        Finding(wording.HANGS, hangs(facts)),
        Finding(wording.FIRM, firm(facts)),
    )


def package(facts: Facts) -> Runs:
    """Name the balanced package: how much it moves, four rungs of largest gain, what it leaves."""
    balanced = facts.balanced
    taken = new_steps(facts, balanced) if balanced is not None else []
    if balanced is None or not taken:
        return (Text(reach_words.package(facts.case, facts.tables["packages"])),)
    largest = sorted(taken, key=lambda fact: (fact.rung.basis == "A", -fact.gain))[:_NAMED]
    moved = {fact.measure.id for fact in taken}
    left = [
        words.topic(group.title)
        for group in facts.case.groups
        if group.measures and not moved & {*group.measures}
    ]
    sentence = wording.one_package(
        balanced.certainty, [fact.rung.words.phrase for fact in largest], len(taken), left
    )
    marks = [
        (level_of_100(balanced.certainty), package_id(balanced)),
        (wording.more_ladders(sentence), "package-fold"),
    ]
    return common.linked(sentence, marks)


def moves(facts: Facts) -> Runs:
    """Tell the change that opens most (pattern L4); nothing where no change was tried."""
    told = move.unlocked(facts)
    return (Text(wording.moved(told)),) if told else ()


def package_id(found: PackageFact) -> str:
    """Trace of a package."""
    return f"r.reach.package.{common.safe(found.name)}"


def new_steps(facts: Facts, found: PackageFact) -> list[RungFact]:
    """Rungs above today that a package takes, in case order."""
    taken = {
        f"{measure}.{level}"
        for measure, level in found.levels.items()
        if level > facts.case.measure[measure].status_quo
    }
    return [fact for fact in facts.beyond if fact.rung.id in taken]


def who_stops(facts: Facts) -> Runs:
    """Whoever or whatever stops the steps at the edge; the firmest stop stands further down."""
    if not facts.edge:
        return (Text(wording.NOTHING_STOPS),)
    told = reach_words.blockers(facts.case, facts.tables, facts.worlds)
    if not told:
        return say(
            wording.SEVERAL_STOP,
            steps=Number(steps_word(len(facts.edge)), "stops"),
        )
    held = wording.holders(common.stoppers(facts), len(facts.edge), facts.edge[0].rung.words.phrase)
    sentence = " ".join([held, *told[1:]])
    return common.linked(sentence, [(wording.counted_steps(sentence), "stops")])


def price(facts: Facts, limit: LimitFact) -> str:
    """Price phrase of a limit; empty where none may be shown."""
    if limit.price is None or limit.who in {item.id for item in facts.unpriced}:
        return ""
    p25, p50, p75, worlds = limit.price
    return words.price_phrase(p25, p50, p75, worlds=worlds)


def company(facts: Facts) -> Runs:
    """Say what a package carries that no step carries by itself."""
    gaining = only_together(facts)
    if not gaining:
        return (
            Text(wording.carried_by_packages(0, len(facts.beyond), "", 0.0, 0.0, facts.worlds)),
        )
    best = max(gaining, key=lambda fact: fact.share - fact.alone)
    sentence = wording.carried_by_packages(
        len(gaining),
        len(facts.beyond),
        best.rung.words.phrase,
        best.share,
        best.alone,
        facts.worlds,
    )
    marks = [
        (of_100(best.alone, facts.worlds), f"r.reach.{best.rung.id}.alone"),
        (of_100(best.share, facts.worlds), common.open_id(best.rung.id)),
    ]
    start = sentence.index(wording.ACCEPTED_IN)
    return (Text(sentence[:start]), *common.linked(sentence[start:], marks))


def only_together(facts: Facts) -> list[RungFact]:
    """Rungs open in at least 10 of 100 worlds more inside a package than by themselves."""
    return [fact for fact in facts.beyond if fact.share - fact.alone >= PACKAGE_MATTERS]


def hangs(facts: Facts) -> Runs:
    """Tell the disputed reading that moves a step most, every side in the same shape."""
    every = reach_words.widest_reading(facts.case, facts.tables)
    rows = _ends(every)
    sentence = reach_words.readings(facts.case, rows)
    if len(rows) < len(every):
        sentence = wording.ends_only(sentence, len(every) - len(rows))
    marks = [
        (
            words.count_phrase(row["share"], row["worlds"]),
            reading_id(row["rung"], row["switch"]),
        )
        for row in rows
    ]
    return common.linked(sentence, marks)


def _ends(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the reading that opens a rung least and the one that opens it most, in their order."""
    if len(rows) <= _READINGS:
        return rows
    shares = [row["share"] for row in rows]
    kept = {shares.index(min(shares)), shares.index(max(shares))}
    return [row for place, row in enumerate(rows) if place in kept]


def reading_id(rung: str, switch: str) -> str:
    """Trace of a rung under the readings of one switch."""
    return f"r.reach.{rung}.reading.{common.safe(switch)}"


def firm(facts: Facts) -> Runs:
    """How much of the coding is assumption, and how many verdicts hang on the shape of ranges."""
    counts = basis_counts(facts.case)
    sources = common.sources(facts)
    sentence = words.firmness(counts["A"], sum(counts.values()), sources=sources)
    marks = [(wording.assumed_part(sentence), "r.basis.A")] if counts["A"] else []
    return (*common.linked(sentence, marks), *_fragile(facts))


def _fragile(facts: Facts) -> Runs:
    """Tell how many verdicts change class with the shape of the ranges; nothing where unasked."""
    variants = facts.rows("variants", "sense")
    if not variants:
        return ()
    fragile = len(facts.rows("fragile", "sense"))
    return (Text(wording.fragile(fragile, variants[0]["rungs"])),)


def room(facts: Facts) -> Plot:
    """Figure 1: depth of each world's deepest package by domain, widest reach first."""
    ranked = widest(facts)
    title = reach_words.domain(facts.case, facts.tables["domains"]).rstrip(".")
    rows = tuple(RoomRow(row.label, row.today, row.p25, row.p50, row.p75) for row in ranked)
    return Plot(
        id="fig-room",
        title=title or wording.NO_DOMAIN,
        reads=wording.ROOM_READS,
        alt=wording.room_alt(title, [(row.label, row.p50) for row in ranked]),
        drawing="room",
        rows=rows,
        foot=common.foot(facts, "table-room"),
        twin=room_table(facts),
    )


def widest(facts: Facts) -> list[DomainFact]:
    """Domains by the depth that could be added to today's in the middle world, most first."""
    return sorted(facts.domains, key=lambda row: row.today - row.p50)


def room_table(facts: Facts) -> DataTable:
    """Table twin of figure 1."""
    ranked = widest(facts)
    rows: list[tuple[Runs, ...]] = []
    for row in ranked:
        cells: list[Runs] = [(Text(words.capital(row.label)),)]
        cells += [(Text(f"{round(value)}"),) for value in (row.today, row.p25)]
        cells.append((Number(f"{round(row.p50)}", f"r.reach.domain.{row.id}"),))
        cells.append((Text(f"{round(row.p75)}"),))
        rows.append(tuple(cells))
    return DataTable(
        "table-room",
        wording.ROOM_CAPTION,
        wording.ROOM_COLUMNS,
        tuple(rows),
        (False, True, True, True, True),
    )


def _twin(figure: Plot) -> Fold:
    return Fold((Text(wording.ROOM_FOLD),), (figure.twin,))
