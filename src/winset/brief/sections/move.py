"""What would move the steps at the edge: figure 5, and what no change tried opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from winset.brief.document import (
    Axis,
    Block,
    Bullets,
    Heading,
    Mark,
    Paragraph,
    Section,
    TraceNote,
    Track,
    TrackRow,
    Tracks,
)
from winset.brief.facts import Facts, LimitFact, RungFact
from winset.brief.runs import Number, Runs, Small, Text, join, say
from winset.brief.sections import common
from winset.words import phrases as words
from winset.words.brief import move as wording

_MOST_POINTS = 4.0
"""Points at the right end of the price axis; a longer bar ends there."""
_MOST_TOLD = 5

Row = Mapping[str, Any]


def section(facts: Facts) -> Section | None:
    """Prices and unlocks; nothing where no step stands at the edge."""
    if not facts.edge:
        return None
    told = unlocked(facts)
    found: list[Block] = [Paragraph(_reading(facts)), figure(facts)]
    found += [*_pairs(facts), *_nothing(facts)]
    return Section(
        "move",
        wording.move_heading(told, len(facts.edge), [price for _, price in _prices(facts)]),
        tuple(found),
    )


def unlock_id(rung: str) -> str:
    """Trace of the best single change for a rung."""
    return f"r.reach.{rung}.unlock"


def _tried(facts: Facts) -> dict[str, list[Row]]:
    """Single changes by rung at the edge; those that touch consent without a price are left out."""
    spared = {item.id for item in facts.unpriced}
    edge = {fact.rung.id for fact in facts.edge}
    found: dict[str, list[Row]] = {}
    for row in facts.rows("unlocks"):
        if row["rung"] in edge and row["kind"] != "pair" and row["change"] not in spared:
            found.setdefault(row["rung"], []).append(row)
    return found


def best(facts: Facts) -> dict[str, Row | None]:
    """Best single change of each step at the edge that was tried; None where nothing opens it."""
    return {
        rung: next((row for row in rows if row["best"]), None)
        for rung, rows in _tried(facts).items()
    }


def unlocked(facts: Facts) -> list[wording.Unlocked]:
    """List what the headings say of each step, in the order of the figure."""
    tried, found = _tried(facts), best(facts)
    rows = []
    for fact in _ordered(facts):
        if fact.rung.id not in tried:
            continue
        row = found[fact.rung.id]
        phrase = fact.rung.words.phrase
        first = tried[fact.rung.id][0]
        rows.append(
            wording.Unlocked(phrase, "", first["before"], first["before"], first["worlds"])
            if row is None
            else wording.Unlocked(
                phrase,
                row["label"],
                row["before"],
                row["after"],
                row["worlds"],
                waived=row["kind"] == "consent",
            )
        )
    return rows


def _reading(facts: Facts) -> Runs:
    return (Text(wording.reading(tried=bool(facts.rows("unlocks")))),)


def figure(facts: Facts) -> Tracks:
    """Figure 5: cheapest first, what no change opens last."""
    tried = facts.rows("unlocks")
    points = tuple((25.0 * value, str(value)) for value in range(5))
    axes = [Axis(wording.MISSING, points)]
    if tried:
        shares = tuple((float(place), str(place)) for place in (0, 25, 50, 75, 100))
        axes.append(Axis(wording.OPEN, shares))
    rows = tuple(_row(facts, fact, tried=bool(tried)) for fact in _ordered(facts))
    return Tracks(
        "fig-move",
        wording.unlock_title(unlocked(facts)) if tried else wording.price_title(_prices(facts)),
        wording.READS + (wording.right_reads(tried[0]["worlds"]) if tried else ""),
        wording.HEAD,
        tuple(axes),
        rows,
        common.foot(facts),
    )


def _ordered(facts: Facts) -> list[RungFact]:
    found = best(facts)

    def place(fact: RungFact) -> tuple[bool, float, float]:
        priced = _price(facts, fact)
        return (
            found.get(fact.rung.id, fact) is None,
            float("inf") if priced is None else priced[1],
            -fact.share,
        )

    return sorted(facts.edge, key=place)


def _price(facts: Facts, fact: RungFact) -> tuple[float, float, float] | None:
    limit = common.main_limit(facts, fact.rung.id)
    if limit is None or limit.price is None or limit.who in {item.id for item in facts.unpriced}:
        return None
    p25, p50, p75, worlds = limit.price
    return (p25, p50, p75) if worlds >= words.FEWEST_PRICED else None


def _prices(facts: Facts) -> list[tuple[str, float]]:
    found = [(fact.rung.words.phrase, _price(facts, fact)) for fact in facts.edge]
    return [(phrase, price[1]) for phrase, price in found if price is not None]


def _row(facts: Facts, fact: RungFact, *, tried: bool) -> TrackRow:
    head = (Text(words.capital(fact.rung.words.phrase)), Small(f" {fact.rung.id}"))
    cells = [_short(facts, fact)]
    if tried:
        cells.append(_change(facts, fact))
    return TrackRow(head, tuple(cells), assumed=fact.rung.basis == "A")


def _short(facts: Facts, fact: RungFact) -> Track:
    limit = common.main_limit(facts, fact.rung.id)
    if limit is None:
        return Track((), (Text(wording.SEVERAL),))
    who = common.who_phrase(facts, limit)
    price = _price(facts, fact)
    if price is None:
        return Track((), (Text(wording.no_price(who, _unpriced(facts, limit))),))
    low, middle, high = (min(100.0, 100.0 * value / _MOST_POINTS) for value in price)
    said = say(
        wording.PRICE,
        who=words.capital(who),
        points=Number(wording.priced(*price), common.stop_id(fact.rung.id, limit)),
    )
    return Track((Mark("bar", low, high), Mark("tick", middle)), said)


def _unpriced(facts: Facts, limit: LimitFact) -> str:
    if limit.who in {item.id for item in facts.unpriced}:
        return wording.CONSENT
    return wording.RARE if common.is_person(facts, limit) else wording.NO_MATTER


def _change(facts: Facts, fact: RungFact) -> Track:
    rows = _tried(facts).get(fact.rung.id)
    if not rows:
        return Track((), (Text(wording.NOT_TRIED),))
    row = best(facts)[fact.rung.id]
    ring = Mark("ring", 100 * rows[0]["before"])
    if row is None:
        return Track((ring,), (Text(wording.NOTHING_OPENS),))
    said = say(
        wording.CHANGE,
        label=words.capital(row["label"]),
        before=words.of_hundred(row["before"], row["worlds"]),
        after=Number(words.of_hundred(row["after"], row["worlds"]), unlock_id(fact.rung.id)),
    )
    return Track((Mark("arrow", 100 * row["before"], 100 * row["after"]), ring), said)


def _pairs(facts: Facts) -> list[Block]:
    """Two changes at once, for the steps for which they were tried."""
    strongest: dict[str, Row] = {}
    for row in facts.rows("unlocks"):
        known = strongest.get(row["rung"])
        if row["kind"] == "pair" and (known is None or row["after"] > known["after"]):
            strongest[row["rung"]] = row
    items = [
        (
            Text(
                wording.pair(
                    row["label"],
                    facts.rung[rung].rung.words.phrase,
                    row["before"],
                    row["after"],
                    row["worlds"],
                )
            ),
        )
        for rung, row in strongest.items()
        if rung in facts.rung
    ]
    return [Heading(wording.PAIRS), Bullets(tuple(items))] if items else []


def _nothing(facts: Facts) -> list[Block]:
    """List what no change opens, with whoever or whatever holds it."""
    found = best(facts)
    items: list[Runs] = []
    for fact in facts.edge:
        if found.get(fact.rung.id, fact) is not None:
            continue
        limit = common.main_limit(facts, fact.rung.id)
        who = common.who_phrase(facts, limit) if limit else ""
        untried = limit is not None and not common.is_person(facts, limit)
        share = facts.stop_share(limit) if limit is not None and untried else 0.0
        lifted = words.count_phrase(share, facts.worlds) if untried else ""
        told = wording.unopened(fact.rung.words.phrase, who, lifted)
        items.append((Text(told), common.share_number(fact, facts.worlds), Text(".")))
    return (
        [Heading(wording.CLOSED, "closed"), Bullets(tuple(items), "closed-told")] if items else []
    )


def notes(facts: Facts) -> tuple[TraceNote, ...]:
    """Say what was tried for each step at the edge, the strongest changes by name."""
    found = []
    for rung, rows in _tried(facts).items():
        helps = [row for row in rows if row["gain"] > 0]
        strong = sorted(helps, key=lambda row: -row["gain"])[:_MOST_TOLD]
        told = [
            (
                Text(
                    wording.tried(
                        row["label"],
                        row["change"],
                        row["before"],
                        row["after"],
                        row["worlds"],
                        row["gain_error"],
                    )
                ),
            )
            for row in strong
        ]
        counted = say(
            wording.TRIED,
            count=f"{len(rows):,}",
        )
        title = (Text(wording.would_open(facts.rung[rung].rung.words.phrase)),)
        lines = tuple(("", wording.LINE, line) for line in told)
        found.append(TraceNote(unlock_id(rung), title, join(counted), lines))
    return tuple(found)
