"""How every number on the page was counted, and the values behind it.

Two floors.  A *result* says what was counted and names its inputs; each input is a *value* with
its range, basis and paragraphs.  Ids are stable: ``r.reach.T1.3.open`` for a result,
``v.weights.KR-PRES.AUT`` for a value, ``p.S3.p15`` for a paragraph.
"""

from __future__ import annotations

from math import ceil

from winset.brief import values
from winset.brief.document import TraceNote
from winset.brief.facts import Facts, LimitFact, PackageFact, RungFact
from winset.brief.runs import Link, Runs, Text, enumerate_runs, join, say
from winset.brief.sections import (
    assumptions,
    authors,
    common,
    first,
    governments,
    move,
    scope,
)
from winset.brief.sections.rests import basis_counts
from winset.case.model import Case, Value
from winset.words import phrases as words
from winset.words import reach as reach_words
from winset.words.brief import trace as wording
from winset.words.brief.shared import NONE
from winset.words.brief.stops import LIMIT_WORDS
from winset.words.brief.values import BASES

_STRONGEST = 3
_READINGS = 3
_HOLDERS = 4


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Every result on the page, in the order of the page."""
    return (
        *(package_note(facts, found) for found in facts.packages),
        *(domain_note(facts, place) for place in range(len(facts.domains))),
        *basis_notes(facts),
        *move.notes(facts),
        *governments.notes(facts),
        *scope.notes(facts),
        *authors.notes(facts),
        *assumptions.notes(facts),
        *(rung_note(facts, fact) for fact in facts.rungs),
    )


def rung_note(facts: Facts, fact: RungFact) -> TraceNote:
    """How often a rung is open, what holds it, and what that was made from."""
    rung = fact.rung
    title = (Text(f"{rung.id} {rung.words.name}"),)
    if not fact.beyond:
        counted: Runs = (Text(wording.IN_PLACE),)
        return TraceNote(common.open_id(rung.id), title, counted, _values(facts, fact))
    lines: list[tuple[str, str, Runs]] = [
        (f"r.reach.{rung.id}.alone", wording.ALONE, _count(facts, fact.alone)),
        (f"r.reach.{rung.id}.deepest", wording.DEEPEST, _count(facts, fact.deepest)),
        *_held(facts, fact),
        *_readings(facts, fact),
        *_values(facts, fact),
    ]
    command = f"winset why {facts.case.id} {rung.id}"
    return TraceNote(common.open_id(rung.id), title, _open(facts, fact), tuple(lines), command)


def _open(facts: Facts, fact: RungFact) -> Runs:
    n = facts.worlds
    error = ceil(words.two_errors(fact.share, n))
    gap = wording.gap(round(fact.unsettled * n))
    return say(
        wording.OPEN,
        count=f"{round(fact.share * n):,}",
        n=f"{n:,}",
        gap=gap,
        share=words.count_phrase(fact.share, n),
        error=str(error),
    )


def _count(facts: Facts, share: float) -> Runs:
    return (Text(wording.count(round(share * facts.worlds), facts.worlds)),)


def _held(facts: Facts, fact: RungFact) -> list[tuple[str, str, Runs]]:
    closed = facts.closed(fact.rung.id)
    found = []
    shown = facts.limits_of.get(fact.rung.id, ())
    for limit in shown if fact in facts.edge else shown[:_HOLDERS]:
        if limit.share <= 0:
            continue
        who = words.capital(common.holder(facts, limit))
        price = first.price(facts, limit)
        told = say(
            wording.HELD,
            who=who,
            limit=LIMIT_WORDS[limit.limit],
            count=f"{round(limit.share * closed):,}",
            closed=f"{closed:,}",
            price=wording.aside(price),
        )
        found.append((common.stop_id(fact.rung.id, limit), wording.HELD_BY, told))
    return found


def _readings(facts: Facts, fact: RungFact) -> list[tuple[str, str, Runs]]:
    """List the readings that move the rung, each side in the order of its source."""
    lines: list[tuple[str, str, Runs]] = []
    for rows in reach_words.moving(facts.tables["readings"], fact.rung.id)[:_READINGS]:
        sentence = wording.first_sentence(reach_words.readings(facts.case, rows))
        ident = first.reading_id(fact.rung.id, rows[0]["switch"])
        lines.append((ident, wording.READING, (Text(sentence),)))
    return lines


def _values(facts: Facts, fact: RungFact) -> tuple[tuple[str, str, Runs], ...]:
    return tuple(
        ("", wording.MADE_FROM, values.line(facts.case, item)) for item in inputs(facts, fact)
    )


def inputs(facts: Facts, fact: RungFact) -> list[Value]:
    """Values a result is made from: the rung's own, and the strongest terms of who holds it."""
    rung = fact.rung
    found = [rung.benefit, rung.exposure]
    limit = common.main_limit(facts, rung.id)
    if limit is None:
        return found
    if common.is_person(facts, limit):
        found += terms(facts.case, limit.who, fact)
    else:
        found += _structure(facts, limit, fact)
    return list({value.address: value for value in found}.values())


def terms(case: Case, who: str, fact: RungFact) -> list[Value]:
    """Return its stance on the rung, or else its three strongest pairs of weight and effect."""
    constituency = case.constituency[who]
    stances = [
        row.value
        for row in case.stances
        if row.constituency == who
        and row.use == "override"
        and row.target in (fact.rung.id, fact.measure.id)
    ]
    effects: dict[str, Value] = {}
    for effect in case.effects:
        if effect.measure == fact.measure.id and effect.party in ("", constituency.party):
            effects[effect.criterion] = effect.value
    pairs = [
        (row.value, effects[row.criterion])
        for row in case.weights
        if row.constituency == who and row.criterion in effects
    ]
    strong = sorted(pairs, key=lambda pair: -abs(pair[0].mode * pair[1].mode))
    derived = [value for pair in strong[:_STRONGEST] for value in pair if pair[0].mode]
    return [*(stances or derived), constituency.threshold]


def _structure(facts: Facts, limit: LimitFact, fact: RungFact) -> list[Value]:
    case = facts.case
    if limit.limit == "scope":
        named = [item for party in case.parties for item in (party.scope or ())]
        slip = [case.mechanisms.scope.slip] if case.mechanisms.scope else []
        return [fact.rung.scope, *_parameters(case, [*slip, *named])]
    if limit.limit == "ceiling":
        ceiling = case.ceiling.get(limit.who)
        return [fact.rung.heat, *_parameters(case, [ceiling.base] if ceiling else [])]
    return []


def _parameters(case: Case, names: list[str]) -> list[Value]:
    return [case.parameter[name].value for name in names if name in case.parameter]


def package_note(facts: Facts, found: PackageFact) -> TraceNote:
    """In how many worlds one package stands, and what it holds."""
    taken = first.new_steps(facts, found)
    counted = say(
        wording.PACKAGE,
        count=f"{round(found.share * facts.worlds):,}",
        n=f"{facts.worlds:,}",
    )
    held = enumerate_runs([(Link(fact.rung.id, common.open_id(fact.rung.id)),) for fact in taken])
    lines = (("", wording.NEW_STEPS, held or (Text(NONE),)),)
    title = wording.package(found.name, found.certainty)
    return TraceNote(first.package_id(found), (Text(title),), counted, lines)


def domain_note(facts: Facts, place: int) -> TraceNote:
    """Say what the depth of a domain is."""
    row = facts.domains[place]
    counted = wording.domain(facts.worlds, row.p25, row.p50, row.p75, row.today)
    title = (Text(wording.room(row.phrase)),)
    return TraceNote(f"r.reach.domain.{row.id}", title, (Text(counted),), ())


def basis_notes(facts: Facts) -> tuple[TraceNote, ...]:
    """How many values rest on each basis."""
    counts = basis_counts(facts.case)
    total = sum(counts.values())
    return tuple(
        TraceNote(
            f"r.basis.{letter}",
            (Text(wording.basis(meaning)),),
            (Text(wording.of_values(counts[letter], total)),),
            (("", wording.COUNTED_IN, join([Link(wording.RESTS, "rests")])),),
        )
        for letter, meaning in BASES.items()
    )
